"""Who was asked to fill in what: by hand (askings), by rule (keys of the outbox), and who is inside now. Queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.names import folded
from program.roles import PersonState
from program.states import MeetingKind, MeetingStatus
from storage import ballots, outbox
from storage.adding import read_rows
from storage.overview import GONE
from storage.places import chunks
from storage.tables import (
    Asking,
    Conversation,
    Guardianship,
    Meeting,
    OutboxRow,
    Participation,
    Person,
    Response,
)
from storage.ways_in import begins, begins_as, span, unindexed

FIRST, AGAIN = "questionnaire:", "questionnaire-again:"  # keys of the outbox


async def newest(
    session: AsyncSession, school_id: int, code: str, year: str, person_id: int | None = None
) -> Asking | None:
    """The newest row of a code; of those with a list of people, the newest that names this person."""
    statement = (
        select(Asking)
        .where(Asking.school_id == school_id, Asking.code == code, Asking.round == year)
        .order_by(Asking.id.desc())
    )
    for asking in await session.scalars(statement):
        if not asking.people or person_id is None or person_id in asking.people:
            return asking
    return None


async def of_year(session: AsyncSession, school_id: int, year: str) -> Sequence[Asking]:
    """Newest first."""
    return (await session.scalars(_of_year(), {"school": school_id, "year": year})).all()


@cache
def _of_year() -> Select[Asking]:
    """Built once, as is all that the rules ask in every school at every quarter of an hour."""
    of_year = (Asking.school_id == bindparam("school"), Asking.round == bindparam("year"))
    return select(Asking).where(*of_year).order_by(Asking.id.desc())


async def places(
    session: AsyncSession, school_id: int, year: str, form: str, person_ids: Collection[int]
) -> Sequence[Participation]:
    """Places of these people in one form, with the person, by first name."""
    statement = (
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.form == form,
            Participation.person_id.in_(person_ids),
            Participation.status.not_in(GONE),
        )
        .options(joinedload(Participation.person))
    )
    found = (await session.scalars(statement)).all()
    return sorted(
        found, key=lambda one: (folded(one.person.first_name), one.person.plain, one.person_id, one.id)
    )


async def waiting_places(
    session: AsyncSession, school_id: int, year: str, since: datetime
) -> Sequence[Participation]:
    """Places of people in the base since then, with the person."""
    statement = (
        select(Participation)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.enrolled_at > since,
            Participation.status.not_in(GONE),
        )
        .options(joinedload(Participation.person))
        .order_by(Participation.id)
    )
    return (await session.scalars(statement)).all()


async def final_meetings(
    session: AsyncSession, school_id: int, pair_ids: Iterable[int]
) -> dict[int, datetime]:
    """When each of these pairs held its final meeting."""
    found: dict[int, datetime] = {}
    for some in chunks(pair_ids):
        rows: Any = await read_rows(session, _final_meetings(), {"pairs": some, "school": school_id})
        found |= {pair: last for pair, last in rows if last}
    return found


@cache
def _final_meetings() -> Any:
    one = Meeting.__table__.c
    at = func.max(func.coalesce(one.starts_at, one.closed_at))
    return select(one.pair_id, at).where(*_held(one), one.kind == MeetingKind.M5).group_by(one.pair_id)


async def at_work(session: AsyncSession, school_id: int, pair_ids: Iterable[int]) -> set[int]:
    """Those of these pairs that have held a working meeting; an acquaintance is none (domain.md 7.1)."""
    found: set[int] = set()
    for some in chunks(pair_ids):
        rows = await read_rows(session, _at_work(), {"pairs": some, "school": school_id})
        found.update(rows.scalars())
    return found


@cache
def _at_work() -> Any:
    one = Meeting.__table__.c
    working = one.kind.not_in((MeetingKind.M0, MeetingKind.M1))
    return select(one.pair_id).where(*_held(one), working).distinct()


def _held(one: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        one.pair_id.in_(bindparam("pairs", expanding=True)),
        unindexed(one.school_id) == bindparam("school"),
        one.status == MeetingStatus.HELD,
    )


async def guardians(
    session: AsyncSession, school_id: int, child_ids: Collection[int]
) -> Sequence[Guardianship]:
    """Confirmed ones of these children, with both people; who turned out not to be a guardian is left out."""
    statement = (
        select(Guardianship)
        .join(Person, Person.id == Guardianship.guardian_id)
        .where(
            Guardianship.school_id == school_id,
            Guardianship.child_id.in_(child_ids),
            Guardianship.confirmed_at.is_not(None),
            Guardianship.ended_at.is_(None),
            Person.state == PersonState.ACTIVE,
        )
        .options(joinedload(Guardianship.guardian), joinedload(Guardianship.child))
        .order_by(Guardianship.id)
    )
    return (await session.scalars(statement)).all()


async def answered(session: AsyncSession, school_id: int, year: str) -> set[tuple[int, str, str, str]]:
    """Who has answered what in this school year: person, code, about, round."""
    asked = {"school": school_id, **span("round", year)}
    found: Any = await read_rows(session, _answered(), asked)
    named = {(person, code, about, round) for person, code, about, round in found.all()}
    return named | await ballots.voted(session, school_id, year)


@cache
def _answered() -> Any:
    one = Response.__table__.c
    return select(one.person_id, one.code, one.about, one.round).where(
        one.school_id == bindparam("school"), one.person_id.is_not(None), begins_as(one.round, "round")
    )


async def invited(session: AsyncSession, school_id: int, year: str, code: str = "%") -> dict[str, datetime]:
    """When each invitation and reminder of the year was queued, by its key."""
    asked = {
        "school": school_id,
        "since": datetime(int(year[:4]), 1, 1, tzinfo=UTC),  # nobody is asked for it earlier
        "first": f"{FIRST}{code}:{year}%",
        "again": f"{AGAIN}{code}:{year}%",
    }
    rows: Any = await read_rows(session, _invited(), asked)
    return dict(rows.all())


@cache
def _invited() -> Any:
    row = OutboxRow.__table__.c
    return select(row.key, row.created_at).where(
        row.school_id == bindparam("school"),
        row.kind == outbox.NUDGE,
        row.created_at >= bindparam("since"),
        or_(row.key.like(bindparam("first")), row.key.like(bindparam("again"))),
    )


async def finished_counts(session: AsyncSession, school_id: int, year: str) -> dict[str, int]:
    """How many filled in each questionnaire this year, by code."""
    statement = (
        select(Response.code, func.count(Response.id))
        .where(Response.school_id == school_id, begins(Response.round, year))
        .group_by(Response.code)
    )
    counts = {row[0]: row[1] for row in await session.execute(statement)}
    return counts | {one.code: one.people for one in await ballots.of_year(session, school_id, year)}


async def inside(session: AsyncSession, school_id: int) -> list[tuple[str, str]]:
    """Who is in the middle of a questionnaire: (its code, the open question's id), one for each person.

    Conversations that wait under another one count as well.
    """
    statement = select(Conversation.flow, Conversation.subject, Conversation.step, Conversation.parked).where(
        Conversation.school_id == school_id
    )
    found: list[tuple[str, str]] = []
    for flow, subject, step, parked in (await session.execute(statement)).all():
        rows: list[dict[str, Any]] = [{"flow": flow, "subject": subject, "step": step}, *parked]
        for row in rows:
            if row["flow"] == "questionnaire":
                found.append((str(row["subject"].get("arg", "")).partition(":")[0], row["step"]))
    return found
