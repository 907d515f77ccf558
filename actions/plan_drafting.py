"""From what a mentor has chosen by buttons to a programme: ready words, dates, one part changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions import goals, plan_views
from actions import plans as verbs
from actions.plan_store import items_of
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.plan_templates import begun, dated, template_of
from program.plans import LINES, Content, Item
from program.roles import Side
from storage import plans as rows
from storage.tables import Pair, Plan

GROUP = "group"  # in both directories, of the models and of the organisation


@dataclass(frozen=True)
class Chosen:
    """Codes of the form's template; `goal` and `problem` may be words of one's own."""

    goal: str
    problem: str = ""
    tasks: Sequence[str] = ()
    directions: Sequence[str] = ()
    events: Sequence[str] = ()
    planned: Sequence[str] = ()
    mode: str = "offline"
    rhythm: str = "biweekly"
    ends_on: date | None = None


async def draft(work: Work, person_id: int, pair_id: int, chosen: Chosen) -> Plan | None:
    """The mentor's draft; the pair has its goal by that if it had none.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not the pair's mentor, or something does not fit.
    """
    if await verbs.alarmed(work, person_id, chosen.goal, chosen.problem):
        return None
    pair, _ = await verbs.mine(work, person_id, pair_id, Side.MENTOR)
    content, items, starts_on, ends_on = compose(work, pair, chosen)
    plan = await verbs.begin(work, pair, content, items, starts_on, ends_on)
    if goals.standing(await rows.goals(work.session, pair.id)) is None:
        await goals.name(work, person_id, pair_id, content.goal)
    return plan


def compose(work: Work, pair: Pair, chosen: Chosen) -> tuple[Content, tuple[Item, ...], date, date]:
    """Words, events with days, first and last day."""
    template = template_of(pair.form)
    starts_on = rules.first_day(pair.starts_on, work.today)
    ends_on = chosen.ends_on or plan_views.ends_on_offer(work, pair)[-1]
    content = replace(
        begun(template),
        goal=full(pair.form, "goal", chosen.goal),
        problem=full(pair.form, "problem", chosen.problem),
        tasks=template.words("tasks", chosen.tasks),
        planned=template.words("planned", chosen.planned),
        directions=tuple(chosen.directions),
        mode=chosen.mode,
        rhythm=chosen.rhythm,
    )
    if pair.is_group:
        content = replace(content, model=GROUP, organisation=GROUP)
    picked = [one for one in template.items if one.code in set(chosen.events)]
    return content, dated(picked, max(starts_on, work.today), ends_on), starts_on, ends_on


def full(form: str, section: str, said: str) -> str:
    """The ready sentence of a code; words of one's own are left as they are."""
    found = template_of(form).words(section, [said])
    return found[0] if found else said


async def alter(work: Work, person_id: int, plan_id: int, seen: int, section: str, value: Any) -> Plan | None:
    """Another value for one section.

    Args:
        value: codes or words for a section of words, a list of codes and lines for one of lines.

    Returns and raises as `draft`.
    """
    typed = [value] if isinstance(value, str) else list(value)
    if await verbs.alarmed(work, person_id, *typed):
        return None
    plan = await verbs.held(work, plan_id, seen)
    pair, _ = await verbs.mine(work, person_id, plan.pair_id, Side.MENTOR)
    before = Content.read(plan.content)
    if section in LINES:
        new: Any = _lines(pair.form, section, getattr(before, section), typed)
    elif section == "directions":
        new = tuple(typed)
    elif section in rules.SECTIONS:
        new = full(pair.form, section, typed[0]) if section in ("goal", "problem") else typed[0]
    else:
        raise Refusal("plan-choice-unknown")
    return await verbs.change(work, plan_id, replace(before, **{section: new}), None, seen)


async def drop_event(work: Work, person_id: int, plan_id: int, seen: int, item_id: int) -> Plan:
    """Leaves one event out; one that is done stays. Raises Refusal as `alter`."""
    plan = await verbs.held(work, plan_id, seen)
    await verbs.mine(work, person_id, plan.pair_id, Side.MENTOR)
    listed = items_of(plan)
    place = next((at for at, one in enumerate(plan.items) if one.id == item_id), None)
    if place is None:
        raise Refusal("plan-event-gone")
    if plan.items[place].done_on is not None:
        raise Refusal("plan-event-done")
    del listed[place]
    return await verbs.change(work, plan_id, Content.read(plan.content), listed, seen)


def _lines(form: str, section: str, before: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """Chosen ready sentences, lines of one's own from before, and new ones."""
    template = template_of(form)
    ready = {one.code: one.text for one in template.ready[section]}
    own = [line for line in before if line not in ready.values()]
    fresh = [one for one in said if one not in ready]
    return (*template.words(section, [one for one in said if one in ready]), *own, *fresh)
