"""What a pair is after, and how near it is: said by each at the start, in the middle and at the end.

In a group a mentor names the common goal or one for a single mentee, a mentee names the own one; no other
mentee reads it. The marks that somebody sets are read by that one and by the mentors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from actions import journal
from actions import plans as verbs
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.pair_life import planned_end
from program.plans import Stage
from program.roles import Side
from storage import meetings
from storage import plans as rows
from storage.tables import Goal, GoalMark, Pair, PairMember, Project

Kept = TypeVar("Kept", Goal, Project)
STATES = ("open", "reached", "changed")


async def name(
    work: Work, person_id: int, pair_id: int, words: str, personalisation: str = "", *, about: int = 0
) -> Goal | None:
    """A goal of the pair, or of one mentee of a group; the one that stood there before stays as history.

    Args:
        about: the mentee of a group for whom a mentor names it; 0: for all. A mentee's is always the own one.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not a member, no such mentee, or the words do not fit.
    """
    if await verbs.alarmed(work, person_id, words):
        return None
    said = rules.words(words)
    if not said:
        raise Refusal("plan-words-empty")
    pair, me = await verbs.mine(work, person_id, pair_id)
    whose = owner(pair, me, about)
    for one in await rows.goals(work.session, pair_id):
        if one.state == "open" and one.about_id == whose:
            if one.words == said:
                return one
            one.state, one.closed_at = "changed", work.now
    goal = Goal(
        school_id=work.school.id, pair_id=pair_id, person_id=person_id, about_id=whose, words=said,
        personalisation=personalisation, state="open", at=work.now,
    )  # fmt: skip
    work.session.add(goal)
    await work.session.flush()
    await journal.note(work, "goal.named", f"pair:{pair_id}", after={"goal": goal.id})
    return goal


async def look(
    work: Work, person_id: int, goal_id: int, progress: int, words: str = "", *, reached: bool = False
) -> GoalMark | None:
    """How near the goal is from 1 to 10, at the stage the pair is in; said again, it replaces one's own word.

    Args:
        reached: the goal is closed as reached; a group's common one by a mentor only.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not a member, no such goal, or the number or the words do not fit.
    """
    if await verbs.alarmed(work, person_id, words):
        return None
    goal = await work.session.get(Goal, goal_id)
    if goal is None or goal.school_id != work.school.id or goal.state == "changed":
        raise Refusal("plan-goal-gone")
    if not 1 <= progress <= 10:
        raise Refusal("plan-choice-unknown")
    pair, me = await verbs.mine(work, person_id, goal.pair_id)
    if not readable([goal], me):
        raise Refusal("plan-goal-gone")
    if reached and not may_close(pair, me, goal):
        raise Refusal("plan-for-mentor")
    stage = stage_of(work, pair)
    known = next(
        (
            mark
            for one in await rows.goals(work.session, pair.id)
            if one.id == goal.id
            for mark in one.marks
            if (mark.stage, mark.person_id) == (stage, person_id)
        ),
        None,
    )
    if known is None:
        known = GoalMark(school_id=work.school.id, goal_id=goal.id, stage=stage, person_id=person_id)
        work.session.add(known)
    known.progress, known.words, known.at = progress, rules.words(words), work.now
    if reached:
        goal.state, goal.closed_at = "reached", work.now
    await journal.note(
        work,
        "goal.looked-at",
        f"pair:{pair.id}",
        after={"goal": goal.id, "stage": stage, "progress": progress},
    )
    return known


def owner(pair: Pair, me: PairMember, about: int = 0) -> int | None:
    """Whose a new goal or project of this member is; None: of the whole pair or group.

    Raises:
        Refusal: a mentor names somebody who is no mentee of the group now.
    """
    if not pair.is_group:
        return None
    if me.side == Side.MENTEE:
        return me.person_id
    if about and about not in {one.person_id for one in meetings.present(pair) if one.side == Side.MENTEE}:
        raise Refusal("plan-not-yours")
    return about or None


def readable(found: Iterable[Kept], me: PairMember) -> list[Kept]:
    """Of goals or projects those that this member may read."""
    leads = me.side == Side.MENTOR
    return [one for one in found if rules.may_read(me.person_id, one.about_id, leads=leads)]


def marks_for(goal: Goal, me: PairMember, mentors: Iterable[int]) -> list[GoalMark]:
    """Those of its marks that this member may read: the own ones and the mentors'; a mentor reads all."""
    known = {me.person_id, *mentors}
    return [one for one in goal.marks if me.side == Side.MENTOR or one.person_id in known]


def may_close(pair: Pair, me: PairMember, goal: Goal) -> bool:
    """Whether this member may call it reached."""
    return not pair.is_group or me.side == Side.MENTOR or goal.about_id == me.person_id


def stage_of(work: Work, pair: Pair) -> Stage:
    """By the pair's own term."""
    starts_on = pair.starts_on or work.today
    return rules.stage_now(starts_on, planned_end(starts_on, pair.ends_on), work.today)


def standing(goals: Sequence[Goal], about: int | None = None) -> Goal | None:
    """The open goal of all or of one mentee, else the one reached last."""
    theirs = [one for one in goals if one.about_id == about]
    open_ = [one for one in theirs if one.state == "open"]
    reached = [one for one in theirs if one.state == "reached"]
    found = open_ or reached
    return found[-1] if found else None


def nearest(goals: Sequence[Goal], me: PairMember) -> Goal | None:
    """What this member is after: the own goal, else the common one."""
    return standing(goals, me.person_id) or standing(goals)
