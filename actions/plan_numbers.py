"""Plan and fact of one programme in numbers: events, meetings, what is late, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from actions import mentor_hours
from actions.work import Work
from program import plans as rules
from program.plans import Content, PlanState
from storage.tables import Plan

EVERY = {"weekly": 7, "biweekly": 14, "monthly": 30}  # days between meetings; advice, never a duty (S004-20)


@dataclass(frozen=True)
class Numbers:
    """Args:
    due: events whose day has come. late: of these, not done.
    meant: meetings up to today by the rhythm that was chosen; 0: as needed. minutes: of the mentor.
    """

    done: int
    whole: int
    due: int
    late: int
    missing: tuple[str, ...]
    held: int = 0
    meant: int = 0
    minutes: int = 0


def of_plan(plan: Plan, today: date) -> Numbers:
    """Without meetings: for a list of many."""
    content = Content.read(plan.content)
    done, whole = rules.progress(one.done_on for one in plan.items)
    counts = plan.state in rules.AGREED
    return Numbers(
        done,
        whole,
        due=sum(one.due_on is not None and one.due_on <= today for one in plan.items),
        late=sum(rules.is_overdue(one.due_on, one.done_on, today) for one in plan.items) if counts else 0,
        missing=rules.missing(content, plan.items) if plan.state != PlanState.COMPLETED else (),
    )


async def of_pair(work: Work, plan: Plan) -> Numbers:
    """With meetings held and meant since the programme began."""
    plain = of_plan(plan, work.today)
    load = await mentor_hours.load(work, plan.pair_id)
    every = EVERY.get(Content.read(plan.content).rhythm)
    until = min(work.today, plan.ends_on)
    gone = max((until - plan.starts_on) / timedelta(days=1), 0)
    return Numbers(
        plain.done, plain.whole, plain.due, plain.late, plain.missing,
        held=load.held, meant=int(gone // every) if every else 0, minutes=load.whole,
    )  # fmt: skip


def differences(before: dict[str, object], after: dict[str, object]) -> list[tuple[str, str, str]]:
    """[(section, how it was, how it is)] between two kept versions; lines one under the other."""
    found = []
    was, now = before.get("content") or {}, after.get("content") or {}
    assert isinstance(was, dict)
    assert isinstance(now, dict)
    for name in rules.SECTIONS:
        old, new = was.get(name, ""), now.get(name, "")
        if old != new:
            found.append((name, _words(old), _words(new)))
    if before.get("items") != after.get("items"):
        found.append(("events", _events(before.get("items")), _events(after.get("items"))))
    old_term = tuple(before.get(name) for name in ("starts_on", "ends_on"))
    new_term = tuple(after.get(name) for name in ("starts_on", "ends_on"))
    if old_term != new_term:
        found.append(("term", " – ".join(map(str, old_term)), " – ".join(map(str, new_term))))
    return found


def _words(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _events(items: object) -> str:
    listed = items if isinstance(items, list) else []
    return "\n".join(
        " · ".join(part for part in (one["event"], one.get("due_on") or "") if part) for one in listed
    )
