"""What a pair is after, and how near it is: said by each at the start, in the middle and at the end."""

from __future__ import annotations

from collections.abc import Sequence

from actions import journal
from actions import plans as verbs
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.pair_life import planned_end
from program.plans import Stage
from storage import plans as rows
from storage.tables import Goal, GoalMark, Pair

STATES = ("open", "reached", "changed")


async def name(
    work: Work, person_id: int, pair_id: int, words: str, personalisation: str = ""
) -> Goal | None:
    """A goal of the pair; one that stood before stays as history.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not a member, or the words do not fit.
    """
    if await verbs.alarmed(work, person_id, words):
        return None
    said = rules.words(words)
    if not said:
        raise Refusal("plan-words-empty")
    await verbs.mine(work, person_id, pair_id)
    for one in await rows.goals(work.session, pair_id):
        if one.state == "open":
            if one.words == said:
                return one
            one.state, one.closed_at = "changed", work.now
    goal = Goal(
        school_id=work.school.id, pair_id=pair_id, person_id=person_id, words=said, personalisation=personalisation,
        state="open", at=work.now,
    )  # fmt: skip
    work.session.add(goal)
    await work.session.flush()
    await journal.note(work, "goal.named", f"pair:{pair_id}", after={"goal": goal.id})
    return goal


async def look(
    work: Work, person_id: int, goal_id: int, progress: int, words: str = "", *, reached: bool = False
) -> GoalMark | None:
    """How near the goal is from 1 to 10, at the stage the pair is in; said again, it replaces what stood.

    Args:
        reached: the goal is closed as reached.

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
    pair, _ = await verbs.mine(work, person_id, goal.pair_id)
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


def stage_of(work: Work, pair: Pair) -> Stage:
    """By the pair's own term."""
    starts_on = pair.starts_on or work.today
    return rules.stage_now(starts_on, planned_end(starts_on, pair.ends_on), work.today)


def standing(goals: Sequence[Goal]) -> Goal | None:
    """The open goal, else the one reached last."""
    open_ = [one for one in goals if one.state == "open"]
    reached = [one for one in goals if one.state == "reached"]
    found = open_ or reached
    return found[-1] if found else None
