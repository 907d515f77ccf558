"""Programmes, goals, achievements, projects and hours in «Мои данные».

A guardian reads what was agreed for the child and what a mentor has put in words; words that the child or
another mentee has typed are not shown, as everywhere. Of how an event went everybody reads only their own words.
"""

from __future__ import annotations

from typing import Any

from actions.work import Work
from locales import Texts
from program.plans import Content
from program.text import Text
from storage import plans as rows
from storage.tables import Goal, Person, Plan, Project

Row = tuple[str, str]


async def kept(work: Work, person: Person, say: Texts, *, own: bool) -> list[Row]:
    found = await rows.of_person(work.session, work.school.id, person.id)
    mentors = await rows.mentors_of(work.session, work.school.id, person.id)

    def readable(row: Goal | Project) -> bool:
        return own or (row.person_id != person.id and (row.pair_id, row.person_id) in mentors)

    lines: list[Row] = []
    for plan in found["plans"]:
        lines += _plan(plan, person, say, own=own)
    for goal in found["goals"]:
        lines += _goal(goal, person, say, own=own, readable=readable(goal))
    for won in found["achievements"]:
        what = ", ".join(say(Text(f"plan-{name}-{value}")) for name, value in (("kind", won.kind), ("level", won.level), ("outcome", won.outcome)))  # fmt: skip
        lines.append((say(Text("plan-my-achievement", {"day": _day(won.held_on)})), f"{won.title}: {what}"))
    for project in found["projects"]:
        stage = say(Text(f"plan-project-{project.stage}"))
        value = f"{project.title}: {stage}. {project.result}".strip() if readable(project) else stage
        lines.append((say(Text("plan-my-project")), value))
    for spent in found["hours"] if own else ():
        value = f"{spent.minutes // 60}:{spent.minutes % 60:02}, {say(Text(f'plan-hours-{spent.what}'))}"
        lines.append((say(Text("plan-my-hours", {"day": _day(spent.spent_on)})), value))
    return lines


def _plan(plan: Plan, person: Person, say: Texts, *, own: bool) -> list[Row]:
    content = Content.read(plan.content)
    term = say(Text("plan-term", {"first": _day(plan.starts_on), "last": _day(plan.ends_on)}))
    lines = [(say(Text("plan-title")), term)]
    for section in ("goal", "problem", "tasks", "planned", *(("wish",) if own else ())):
        value = getattr(content, section)
        if value:
            said = value if isinstance(value, str) else "; ".join(value)
            lines.append((f"– {say(Text(f'plan-section-{section}'))}", said))
    for item in plan.items:
        fact = item.fact if own and item.done_by == person.id else ""
        done = f"{_day(item.done_on)}. {fact}".strip() if item.done_on else "–"
        lines.append((f"– {item.number}. {item.event}", done))
    if own:
        said_words = [plan.result[side] for side in ("mentor", "mentee") if plan.result.get(side)]
        lines += [(f"– {say(Text('plan-button-result'))}", words) for words in said_words]
    return lines


def _goal(goal: Goal, person: Person, say: Texts, *, own: bool, readable: bool) -> list[Row]:
    lines = [(say(Text("plan-my-goal")), goal.words if readable else "–")]
    for mark in goal.marks if own else ():
        if mark.person_id == person.id:
            stage = say(Text(f"plan-stage-{mark.stage}"))
            lines.append((f"– {stage}", f"{mark.progress} / 10. {mark.words}".strip()))
    return lines


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}"
