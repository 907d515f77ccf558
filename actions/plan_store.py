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
    """Exactly these events in this order. One whose words are the same keeps its mark of being done."""
    left = {one.event: one for one in plan.items}
    for place, row in enumerate(plan.items, 1):
        row.number = -place  # numbers are unique: all of them move out of the way first
    await work.session.flush()
    kept = []
    for number, item in enumerate(items, 1):
        known = item.event in left
        row = left.pop(item.event) if known else _new(work, item)
        for name in FIELDS:
            setattr(row, name, getattr(item, name))
        row.number = number
        kept.append(row)
    plan.items = kept
    await work.session.flush()


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


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
