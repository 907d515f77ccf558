"""Programmes, goals, achievements, projects and hours in «Мои данные».

What a pair or group has agreed to is read by each of its members and their guardians, as it stood in the
member's own time. Of what is said beside it everybody reads only the own words; a guardian reads the child's
wish and result, which stand on the paper that parents sign, and else only what a mentor has put in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from actions.work import Work
from locales import Texts
from program.plans import Content, Said
from program.text import Text
from storage import plan_members
from storage import plans as rows
from storage.tables import Goal, PairMember, Person, Plan, PlanWord, Project

Row = tuple[str, str]


async def kept(work: Work, person: Person, say: Texts, *, own: bool) -> list[Row]:
    found = await plan_members.kept_about(work.session, work.school.id, person.id)
    mentors = await plan_members.mentors_of(work.session, work.school.id, person.id)
    stays = await plan_members.stays(work.session, work.school.id, person.id)
    said: dict[int, list[PlanWord]] = defaultdict(list)
    for word in (*found["words"], *await _of_the_mentor(work, found["plans"], person)):
        said[word.plan_id].append(word)
    facts = {one.item_id: one.words for one in found["facts"]} if own else {}

    def readable(row: Goal | Project) -> bool:
        return own or (row.person_id != person.id and (row.pair_id, row.person_id) in mentors)

    lines: list[Row] = []
    for plan in found["plans"]:
        shared = await _shared(work, plan, stays[plan.pair_id])
        if shared or said[plan.id] or any(one.id in facts for one in plan.items):
            lines.append((say(Text("plan-title")), _term(shared, say) if shared else "–"))
            lines += _content(shared, say) if shared else []
            lines += [(f"– {_label(word, say)}", word.words) for word in said[plan.id] if word.words]
            lines += _events(work, plan, shared, stays[plan.pair_id], facts)
    for goal in found["goals"]:
        if _in_time(goal, stays[goal.pair_id], person):
            lines += _goal(goal, person, say, own=own, readable=readable(goal))
    for won in found["achievements"]:
        what = ", ".join(say(Text(f"plan-{name}-{value}")) for name, value in (("kind", won.kind), ("level", won.level), ("outcome", won.outcome)))  # fmt: skip
        paper = ", " + say(Text("plan-my-diploma")) if won.file_id is not None else ""
        lines.append(
            (say(Text("plan-my-achievement", {"day": _day(won.held_on)})), f"{won.title}: {what}{paper}")
        )
    for project in found["projects"]:
        if _in_time(project, stays[project.pair_id], person):
            stage = say(Text(f"plan-project-{project.stage}"))
            value = f"{project.title}: {stage}. {project.result}".strip() if readable(project) else stage
            lines.append((say(Text("plan-my-project")), value))
    for spent in found["hours"] if own else ():
        value = f"{spent.minutes // 60}:{spent.minutes % 60:02}, {say(Text(f'plan-hours-{spent.what}'))}"
        lines.append((say(Text("plan-my-hours", {"day": _day(spent.spent_on)})), value))
    return lines


async def _of_the_mentor(work: Work, plans: Sequence[Plan], person: Person) -> list[PlanWord]:
    """What the mentor of a pair of two has said in the end: it is about the person. Of a group it is about all."""
    alone = [plan.id for plan in plans if not plan.pair.is_group]
    found = await plan_members.words_of_mentors(work.session, alone)
    return [one for one in found if one.person_id != person.id]


async def _shared(work: Work, plan: Plan, stay: PairMember) -> dict[str, Any]:
    """What was agreed, as the member saw it last; empty where it belongs to before or after the member's time."""
    since = stay.reads_from or stay.joined_at
    if plan.finished_at is not None and plan.finished_at < since and plan.pair.is_group:
        return {}
    for version in await rows.versions(work.session, plan.id):
        if stay.left_at is None or version.at <= stay.left_at:
            return version.content
    return {}


def _term(shared: dict[str, Any], say: Texts) -> str:
    days = {"first": shared["starts_on"], "last": shared["ends_on"]}
    return say(Text("plan-term", {name: _day(date.fromisoformat(day)) for name, day in days.items()}))


def _content(shared: dict[str, Any], say: Texts) -> list[Row]:
    content, lines = Content.read(shared["content"]), []
    for section in ("goal", "problem", "tasks", "planned"):
        if value := getattr(content, section):
            said = value if isinstance(value, str) else "; ".join(value)
            lines.append((f"– {say(Text(f'plan-section-{section}'))}", said))
    return lines


def _events(
    work: Work, plan: Plan, shared: dict[str, Any], stay: PairMember, facts: dict[int, str]
) -> list[Row]:
    """The events that stood there, when they were done, and the member's own line about each."""
    last = stay.left_at.astimezone(work.zone).date() if stay.left_at else None
    known = {one.event: one for one in plan.items}
    told = {one.event for one in plan.items if one.id in facts} - {
        one["event"] for one in shared.get("items", ())
    }
    lines = [(f"– {event}", facts[known[event].id]) for event in known if event in told]
    for number, event in enumerate((one["event"] for one in shared.get("items", ())), 1):
        row = known.get(event)
        done_on = (
            row.done_on if row is not None and row.done_on and (not last or row.done_on <= last) else None
        )
        fact = facts.get(row.id, "") if row is not None else ""
        value = ". ".join(part for part in (_day(done_on) if done_on else "", fact) if part)
        lines.append((f"– {number}. {event}", value or "–"))
    return lines


def _in_time(row: Goal | Project, stay: PairMember, person: Person) -> bool:
    """Common rows of after the member's time are not shown; the member's own always are."""
    mine = person.id in (row.person_id, row.about_id)
    return mine or stay.left_at is None or row.at <= stay.left_at


def _label(word: PlanWord, say: Texts) -> str:
    return say(Text("plan-my-wish" if word.kind == Said.WISH else "plan-button-result"))


def _goal(goal: Goal, person: Person, say: Texts, *, own: bool, readable: bool) -> list[Row]:
    label = "plan-my-goal" if goal.about_id is None else "plan-my-own-goal"
    lines = [(say(Text(label)), goal.words if readable else "–")]
    for mark in goal.marks if own else ():
        if mark.person_id == person.id:
            stage = say(Text(f"plan-stage-{mark.stage}"))
            lines.append((f"– {stage}", f"{mark.progress} / 10. {mark.words}".strip()))
    return lines


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}"
