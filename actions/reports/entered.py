"""Who has entered the programme with a pair: one rule for the lists of people and for all that is counted.

Source: domain.md 3.4, rule 4; 7.4.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.pair_life import days_of
from actions.reports.asked import Asked
from actions.work import Work
from program.pair_life import STOOD_IN
from storage import report_rows as rows
from storage.report_rows import Joined, Member, Span, Worked


async def joined(work: Work, asked: Asked, person_id: int | None = None) -> list[Joined]:
    """Everybody who has entered by that day, once for each pair or group; or this person alone."""
    session, school_id = work.session, work.school.id
    stayed, others = await rows.joined(session, school_id, asked.year, asked.on, asked.until, person_id)
    met = await _met(work, asked, [(one, span) for one, span, _ in others])
    return [*stayed, *(who for one, span, who in others if _counts(work, one, span, met))]


async def members(
    work: Work, asked: Asked, pairs: Mapping[int, Worked], some: Sequence[Member]
) -> list[Member]:
    """Those of these members who have entered with their pair."""
    # Nearly everybody of a region came once and has stayed: asking each of them takes seconds.
    moved = [
        one for one in some if one.left_at is not None or one.days_before or one.stands_in_until is not None
    ]
    met = await _met(work, asked, [(one, pairs[one.pair_id]) for one in moved])
    out = {id(one) for one in moved if not _counts(work, one, pairs[one.pair_id], met)}
    return [one for one in some if id(one) not in out] if out else list(some)


async def _met(
    work: Work, asked: Asked, some: Sequence[tuple[Member, Span | Worked]]
) -> Mapping[int, Collection[datetime]]:
    """Held meetings of the pairs that somebody has left before the others."""
    early = {one.pair_id for one, span in some if _left_early(one, span)}
    return await rows.held(work.session, work.school.id, asked.year, asked.until, early) if early else {}


def _counts(work: Work, one: Member, span: Span | Worked, met: Mapping[int, Collection[datetime]]) -> bool:
    """On at least one day of its work, not only in somebody's place; who left early, after a meeting in those days."""
    if one.left_for == STOOD_IN or one.stands_in_until is not None:
        return False
    as_rows: tuple[Any, Any] = span, one  # they have the names of the tables
    # Nobody has left and nobody has come from elsewhere: those days need not be counted.
    plain = span.starts_on is None or (one.left_at is None and not one.days_before)
    if not plain and days_of(work, *as_rows) <= 0:
        return False
    return not _left_early(one, span) or any(
        one.left_at is None or one.joined_at <= at <= one.left_at for at in met.get(one.pair_id, ())
    )


def _left_early(one: Member, span: Span | Worked) -> bool:
    return one.left_at is not None and (span.closed_at is None or one.left_at < span.closed_at)
