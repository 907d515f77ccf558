"""Changes of pairs that have an order in a pack: another mentor, a later last day, an end before the time, who left a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from actions.reports.asked import Asked
from actions.work import Work
from program.pair_life import STOOD_IN, planned_end
from program.roles import PersonState, Side
from program.states import PairStatus
from storage import pairs as pair_rows
from storage.tables import Pair


def changes(work: Work, pairs: Sequence[Pair], of: Asked) -> Iterator[tuple[Pair, dict[str, Any]]]:
    """Pairs that got another mentor, were extended or ended before their time, groups that somebody has left, and what
    their order says.

    The reason is left to be written by hand: both sides read an order, and what is kept is for the curator alone.
    """
    for one in pairs:
        yield from _left(work, one, of)
        if one.closed_at is None:
            if one.extended and one.ends_on is not None:
                yield one, {"change": "prolong", "last": one.ends_on.isoformat(), "numbered": True}
            continue
        day = one.closed_at.astimezone(work.zone).date()
        in_time = one.status == PairStatus.COMPLETED and day >= planned_end(one.starts_on or day, None)
        if in_time or not of.first <= one.closed_at < of.until:
            continue
        new = _next_mentor(one, pairs) if one.status == PairStatus.REPLACED else 0
        # The number of an extended pair's order may be that of its extension.
        found = {"change": "end", "first": day.isoformat(), "numbered": not one.extended}
        yield one, found | ({"change": "replace", "other": new} if new else {})


def _left(work: Work, one: Pair, of: Asked) -> Iterator[tuple[Pair, dict[str, Any]]]:
    """Who left a group that went on; nobody who only stood in, nobody whose data are erased."""
    for member in sorted(one.members, key=lambda member: member.id) if one.is_group else ():
        at = member.left_at
        if at is None or at == one.closed_at or not of.first <= at < of.until:
            continue
        if member.left_for != STOOD_IN and member.person.state != PersonState.ERASED:
            day = at.astimezone(work.zone).date()
            yield (
                one,
                {"change": "leave", "other": member.person_id, "first": day.isoformat(), "numbered": False},
            )


def _next_mentor(over: Pair, pairs: Sequence[Pair]) -> int:
    """Who leads the mentee now; 0 while somebody is looked for."""
    led = {one.person_id for one in over.members if one.side == Side.MENTEE}
    for one in pairs:
        if one.id > over.id and one.form == over.form and led & {each.person_id for each in one.members}:
            lead = pair_rows.present(one, Side.MENTOR) or [m for m in one.members if m.side == Side.MENTOR]
            return lead[0].person_id if lead else 0
    return 0
