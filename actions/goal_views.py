"""What one member sees of goals, achievements, projects and hours: JSON that a conversation remembers."""

from __future__ import annotations

from typing import Any

from actions import goals as goal_verbs
from actions import mentor_hours
from actions.achievements import may_lead
from actions.meeting_messages import called
from actions.plan_views import Json, mine, short
from actions.work import Work
from program.errors import Refusal
from program.plans import Stage
from program.roles import Side
from program.text import Text, raw
from storage import meetings
from storage import plans as rows
from storage.tables import Pair, PairMember


async def looking(work: Work, person_id: int, pair_id: int, about: int | None = None) -> Json:
    """The goal that stands, and what was said of it so far in words of numbers, as far as this member reads it.

    Args:
        about: in a group, for a mentor: the mentee whose goal it is, 0 for the common one; None: to be asked.
    """
    pair, me = await mine(work, person_id, pair_id)
    found = await rows.goals(work.session, pair.id)
    leads = me.side == Side.MENTOR
    whose = _mentees(pair) if leads and pair.is_group else []
    if about and about not in {key for key, _ in whose}:
        raise Refusal("plan-not-yours")
    goal = goal_verbs.standing(found, about) if about else goal_verbs.nearest(found, me)
    names = {one.person_id: one for one in pair.members}
    mentors = [one.person_id for one in pair.members if one.side == Side.MENTOR]
    said = [
        Text(
            "plan-goal-mark",
            {
                "stage": Text(f"plan-stage-{mark.stage}"),
                "who": _who(names.get(mark.person_id), named=pair.is_group),
                "progress": mark.progress,
            },
        ).to_json()
        for mark in (goal_verbs.marks_for(goal, me, mentors) if goal else ())
    ]
    return {
        "whose": whose if about is None else [],
        "own": pair.is_group and not leads,
        "common": pair.is_group and goal is not None and goal.about_id is None,
        "form": pair.form,
        "goal": goal.words if goal else "",
        "goal_id": goal.id if goal else 0,
        "reached": goal is not None and goal.state == "reached",
        "stage": str(goal_verbs.stage_of(work, pair)),
        "said": said,
        "end": goal_verbs.stage_of(work, pair) is Stage.END
        and goal is not None
        and goal_verbs.may_close(pair, me, goal),
        "mentor": me.side == Side.MENTOR,
    }


async def whom(work: Work, person_id: int, pair_id: int) -> list[list[Any]]:
    """[id, name] of those about whom an achievement may be entered: oneself, and a mentor's mentees."""
    pair, me = await mine(work, person_id, pair_id)
    others = _mentees(pair) if me.side == Side.MENTOR else []
    return others or [[me.person_id, called(me.person)]]


async def my_projects(work: Work, person_id: int, pair_id: int) -> list[list[Any]]:
    """[id, title, stage] of the projects that are not defended and that this member may lead on."""
    pair, me = await mine(work, person_id, pair_id)
    found = [one for one in await rows.projects(work.session, pair_id) if one.stage != "defended"]
    names = {one.person_id: called(one.person) for one in pair.members if me.side == Side.MENTOR}
    return [
        [
            one.id,
            short(f"{names[one.about_id]}: {one.title}" if one.about_id in names else one.title),
            one.stage,
        ]
        for one in found
        if may_lead(pair, me, one)
    ][:6]


async def mentees(work: Work, person_id: int, pair_id: int) -> list[list[Any]]:
    """[id, name] of a group's mentees, for a mentor who enters a project; else none."""
    pair, me = await mine(work, person_id, pair_id)
    if not pair.is_group or me.side != Side.MENTOR:
        return []
    return _mentees(pair)


async def my_load(work: Work, person_id: int, pair_id: int) -> Json:
    """Hours of this pair so far: minutes of meetings, beside them, and in all."""
    _, me = await mine(work, person_id, pair_id)
    if me.side != Side.MENTOR:
        raise Refusal("plan-for-mentor")
    found = await mentor_hours.load(work, pair_id)
    return {"held": found.held, "meetings": found.meetings, "beside": found.beside, "whole": found.whole}


def _mentees(pair: Pair) -> list[list[Any]]:
    """[id, name] of the mentees who meet now."""
    return [[one.person_id, called(one.person)] for one in meetings.present(pair) if one.side == Side.MENTEE]


def _who(member: PairMember | None, *, named: bool) -> Text:
    side = Text(f"plan-who-{member.side if member else Side.MENTEE}")
    return raw(called(member.person)) if member is not None and named else side
