"""The programme in numbers: counts of one school in a span of time. Everything is counted by the database.

Times are aware; a span is [first, until).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, distinct, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Side
from program.states import ENTERED, MeetingStatus, PairStatus, ParticipationStatus
from storage.tables import Answer, Meeting, Pair, PairMember, Participation, Response

Spans = Sequence[tuple[datetime, datetime]]


async def years(session: AsyncSession, school_id: int) -> list[str]:
    """School years in which anybody took part, the newest first."""
    statement = select(Participation.year).where(Participation.school_id == school_id).distinct()
    return sorted((await session.scalars(statement)).all(), reverse=True)


async def in_base(session: AsyncSession, school_id: int, year: str, until: datetime) -> dict[Side, int]:
    """People that had come into the base by then, each once on each side."""
    statement = (
        select(Participation.side, func.count(distinct(Participation.person_id)))
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.enrolled_at < until,
        )
        .group_by(Participation.side)
    )
    found = {str(side): count for side, count in await session.execute(statement)}
    return {side: found.get(side.value, 0) for side in Side}


async def stages(
    session: AsyncSession, school_id: int, year: str, until: datetime
) -> tuple[int, int, int, int]:
    """People of a year by how far they came until then: put down, in the base, in a pair at work, to its end.

    Each person once; who came farther is in every stage before.
    """
    worked = exists().where(
        PairMember.participation_id == Participation.id,
        PairMember.joined_at < until,
        PairMember.pair_id == Pair.id,
        Pair.status.in_(ENTERED),
    )
    done = or_(Participation.finished_at < until, Participation.status == ParticipationStatus.FINISHED)
    person = Participation.person_id
    in_base = Participation.enrolled_at < until
    statement = select(
        func.count(distinct(person)),
        func.count(distinct(case((or_(in_base, worked, done), person)))),
        func.count(distinct(case((or_(worked, done), person)))),
        func.count(distinct(case((done, person)))),
    ).where(
        Participation.school_id == school_id, Participation.year == year, Participation.created_at < until
    )
    one, two, three, four = (await session.execute(statement)).one()
    return one, two, three, four


async def pairs(
    session: AsyncSession, school_id: int, year: str, first: datetime, until: datetime, last_day: date
) -> list[tuple[str, str, int]]:
    """(form, work / paused / ended, how many) of pairs and groups that were at work in the span.

    Args:
        last_day: of the span, by the school's calendar.
    """
    ended = Pair.closed_at < until
    # Grouped by their names: PostgreSQL takes two values that look alike for two different ones.
    state = case((ended, "ended"), (Pair.status == PairStatus.PAUSED, "paused"), else_="work").label("state")
    statement = (
        select(Pair.form, state, func.count(Pair.id))
        .where(*_entered(school_id, year, last_day), or_(Pair.closed_at.is_(None), Pair.closed_at >= first))
        .group_by(Pair.form, "state")
    )
    return [(form, said, count) for form, said, count in await session.execute(statement)]


async def meeting_lately(
    session: AsyncSession, school_id: int, year: str, since: datetime, until: datetime, old_enough: date
) -> tuple[int, int]:
    """(pairs that met in [since, until), pairs) of those at work then and begun by `old_enough`, none on pause."""
    met = exists().where(
        Meeting.pair_id == Pair.id,
        Meeting.status == MeetingStatus.HELD,
        Meeting.starts_at >= since,
        Meeting.starts_at < until,
    )
    statement = select(func.count(case((met, Pair.id))), func.count(Pair.id)).where(
        *_entered(school_id, year, old_enough),
        Pair.status != PairStatus.PAUSED,
        or_(Pair.closed_at.is_(None), Pair.closed_at >= until),
    )
    some, whole = (await session.execute(statement)).one()
    return some, whole


async def held(session: AsyncSession, school_id: int, spans: Spans) -> list[int]:
    """Held meetings in each span; spans follow each other."""
    return [count for count, _ in await _held(session, school_id, spans, literal(0))]


async def held_and_pairs(session: AsyncSession, school_id: int, spans: Spans) -> list[tuple[int, int]]:
    """(held meetings, pairs that met) in each span; the pairs take most of the time."""
    return await _held(session, school_id, spans, func.count(distinct(Meeting.pair_id)))


async def _held(
    session: AsyncSession, school_id: int, spans: Spans, pairs: ColumnElement[int]
) -> list[tuple[int, int]]:
    if not spans:
        return []
    span = _span(Meeting.starts_at, spans)
    statement = (
        select(span, func.count(Meeting.id), pairs)
        .where(
            Meeting.school_id == school_id,
            Meeting.status == MeetingStatus.HELD,
            Meeting.starts_at >= spans[0][0],
            Meeting.starts_at < spans[-1][1],
        )
        .group_by("span")
    )
    found = {n: (count, met) for n, count, met in await session.execute(statement)}
    return [found.get(n, (0, 0)) for n in range(len(spans))]


async def marks(
    session: AsyncSession, school_id: int, code: str, question: str, spans: Spans
) -> list[tuple[int, dict[int, int]]]:
    """(people, how often each mark was given) in each span; spans follow each other."""
    if not spans:
        return []
    span = _span(Response.finished_at, spans)
    base = (
        select(span)
        .select_from(Response)
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            Response.code == code,
            Response.finished_at >= spans[0][0],
            Response.finished_at < spans[-1][1],
            Answer.question == question,
            Answer.number.is_not(None),
        )
        .group_by("span")
    )
    counted = base.add_columns(func.count(distinct(Response.person_id)))
    people = {row[0]: row[1] for row in await session.execute(counted)}
    found: list[tuple[int, dict[int, int]]] = [(people.get(n, 0), {}) for n in range(len(spans))]
    given = base.add_columns(Answer.number, func.count(Answer.id)).group_by(Answer.number)
    for n, mark, count in await session.execute(given):
        found[n][1][mark] = count
    return found


def _span(column: Any, spans: Spans) -> Any:
    """The number of the span in which a moment lies, of spans that leave nothing between them; «span»."""
    return case(*((column < ends, n) for n, (_, ends) in enumerate(spans)), else_=len(spans)).label("span")


def _entered(school_id: int, year: str, by: date) -> tuple[ColumnElement[bool], ...]:
    """Pairs and groups that had begun their work by that day (domain.md 3.4, rule 4)."""
    lasted = exists().where(Meeting.pair_id == Pair.id, Meeting.status == MeetingStatus.HELD)
    return (
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_(ENTERED),
        or_(Pair.status.not_in((PairStatus.STOPPED, PairStatus.REPLACED)), lasted),
        or_(Pair.starts_on.is_(None), Pair.starts_on <= by),
    )
