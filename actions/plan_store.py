"""Rows of a programme: its events, its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from actions.work import Work
from program.errors import Refusal
from program.plans import Item
from storage import plans as rows
from storage.tables import Plan, PlanItem, PlanVersion

FIELDS = ("event", "direction", "focus", "about", "form", "due_on", "interim", "final", "responsible")


async def open_plan(work: Work, plan_id: int) -> Plan:
    """As it is now, with events, what members have said, the pair and its people. Raises Refusal when there is none."""
    plan = await rows.get(work.session, work.school.id, plan_id)
    if plan is None:
        raise Refusal("plan-not-yours")
    return plan


async def put_items(work: Work, plan: Plan, items: Sequence[Item]) -> None:
    """Exactly these events in this order; a row that `_rows` finds keeps its mark and what was said of it."""
    rows_of = _rows(plan, items)
    for place, row in enumerate(plan.items, 1):
        row.number = -place  # numbers are unique: all of them move out of the way first
    await work.session.flush()
    kept = []
    for number, (item, known) in enumerate(zip(items, rows_of, strict=True), 1):
        row = known or _new(work, item)
        for name in FIELDS:
            setattr(row, name, getattr(item, name))
        row.number = number
        kept.append(row)
    plan.items = kept
    await work.session.flush()


def lost(plan: Plan, items: Sequence[Item]) -> list[PlanItem]:
    """Events that are done, or of which somebody has said something, and that are not among these."""
    kept = {row.id for row in _rows(plan, items) if row is not None}
    return [row for row in plan.items if row.id not in kept and (row.done_on is not None or row.facts)]


def _rows(plan: Plan, items: Sequence[Item]) -> list[PlanItem | None]:
    """For each event the row that it was: of the same words; where none was added or left out, of the same place."""
    left = {one.event: one for one in plan.items}
    found = [left.pop(item.event, None) for item in items]
    if len(items) != len(plan.items):
        return found
    free = set(left.values())
    return [row or (old if old in free else None) for row, old in zip(found, plan.items, strict=True)]


def _new(work: Work, item: Item) -> PlanItem:
    return PlanItem(school_id=work.school.id, event=item.event, facts=[])


async def keep_version(work: Work, plan: Plan, what: Iterable[str]) -> PlanVersion:
    """One version more, as the programme stands now."""
    plan.version += 1
    version = PlanVersion(
        school_id=work.school.id, plan_id=plan.id, number=plan.version, at=work.now, author=work.actor,
        what=list(what), content=snapshot(plan),
    )  # fmt: skip
    work.session.add(version)
    await work.session.flush()
    return version


def snapshot(plan: Plan, items: Sequence[Any] | None = None) -> dict[str, Any]:
    """The words and dates as JSON; marks of being done are not a part of a version.

    Args:
        items: instead of the plan's own.
    """
    listed = plan.items if items is None else items
    return {
        "content": dict(plan.content),
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "items": [{name: _plain(getattr(one, name)) for name in FIELDS} for one in listed],
    }


def items_of(plan: Plan) -> list[Item]:
    """The plan's events as values."""
    return [
        Item(
            one.event, one.direction, one.focus, one.about, one.form, one.due_on, one.interim, one.final, one.responsible
        )
        for one in plan.items
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
