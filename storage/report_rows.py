"""What the reports list and count, as plain columns: a region has 170,000 mentees, and whole rows take five times as long.

Queries of one school and one school year; `until` is the first moment after the day for which it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.consents import ConsentEvent, ConsentKind
from program.indicators import Taker
from program.roles import Category, Side
from program.states import ENTERED, MeetingStatus, PairStatus, ParticipationStatus
from storage.places import chunks
from storage.tables import (
    Answer,
    Consent,
    Guardianship,
    Meeting,
    Pair,
    PairMember,
    Participation,
    Person,
    Response,
)

# Ended early: counts as entered only after a meeting that took place. Source: domain.md 3.4, rule 4.
ENDED_EARLY = (PairStatus.STOPPED, PairStatus.REPLACED)


class Who(NamedTuple):
    """A person as reports name them; the names are those of the table."""

    id: int
    state: str
    category: str | None
    last_name: str
    first_name: str
    middle_name: str
    birth_date: date | None
    class_name: str
    position: str
    workplace: str
    phone: str
    email: str

    @property
    def full_name(self) -> str:
        names = (self.last_name, self.first_name, self.middle_name)
        return " ".join([one for one in names if one])

    @property
    def is_minor_category(self) -> bool:
        return self.category == Category.PUPIL


class Place(NamedTuple):
    """One participation in the base."""

    id: int
    person_id: int
    form: str
    status: str
    enrolled_at: datetime
    finished_at: datetime | None
    result: str
    case_url: str


class Worked(NamedTuple):
    """A pair or group that has begun its work."""

    id: int
    form: str
    role_model: str
    is_group: bool
    status: str
    starts_on: date | None
    closed_at: datetime | None
    result: str
    title: str
    ends_on: date | None
    extended: bool


class Member(NamedTuple):
    """Somebody of a pair; the names are those of the table, so that `actions.pair_life.days_of` reads them."""

    pair_id: int
    person_id: int
    participation_id: int
    side: str
    joined_at: datetime
    left_at: datetime | None
    left_for: str
    days_before: int
    stands_in_until: date | None


class Span(NamedTuple):
    """When a pair worked; the names are those of the table."""

    starts_on: date | None
    closed_at: datetime | None


class Joined(NamedTuple):
    """Somebody who has been in a pair or group at work."""

    pair_id: int
    role_model: str
    is_group: bool
    taker: Taker


_WHO = (
    Person.id, Person.state, Person.category, Person.last_name, Person.first_name, Person.middle_name,
    Person.birth_date, Person.class_name, Person.position, Person.workplace, Person.phone, Person.email,
)  # fmt: skip
_TAKER = (Person.category, Person.birth_date, Person.teaching_since)
_MEMBER = (
    PairMember.pair_id, PairMember.person_id, PairMember.participation_id, PairMember.side, PairMember.joined_at,
    PairMember.left_at, PairMember.left_for, PairMember.days_before, PairMember.stands_in_until,
)  # fmt: skip


async def base(
    session: AsyncSession, school_id: int, year: str, side: Side, until: datetime
) -> list[tuple[Place, Who]]:
    """Participations that had been in the base by then, with their people, by name."""
    statement = (
        select(
            Participation.id, Participation.person_id, Participation.form, Participation.status,
            Participation.enrolled_at, Participation.finished_at, Participation.result, Participation.case_url, *_WHO,
        )
        .join(Person, Person.id == Participation.person_id)
        .where(*_in_base(school_id, year, until), Participation.side == side)
        .order_by(Person.plain, Person.id, Participation.form, Participation.id)
    )  # fmt: skip
    width = len(Place._fields)
    return [
        (_place(Place._make(row[:width]), until), Who._make(row[width:]))
        for row in (await session.execute(statement)).all()
    ]


def _place(one: Place, until: datetime) -> Place:
    """As it stood then: what ended later had not ended."""
    if one.finished_at is None or one.finished_at < until:
        return one
    return one._replace(finished_at=None, status=ParticipationStatus.PAIRED, result="")


async def base_takers(session: AsyncSession, school_id: int, year: str, until: datetime) -> list[Taker]:
    """Everybody who had been in a base by then, once for each side and form."""
    statement = (
        select(Participation.person_id, Person.category, Participation.side, Participation.form, *_TAKER[1:])
        .join(Person, Person.id == Participation.person_id)
        .where(*_in_base(school_id, year, until))
    )
    return [Taker._make(row) for row in (await session.execute(statement)).all()]


def _in_base(school_id: int, year: str, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.enrolled_at.is_not(None),
        Participation.enrolled_at < until,
    )


def began(school_id: int, year: str, on: date, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Pairs and groups that had begun their work by the end of that day (domain.md 3.4, rule 4)."""
    lasted = (
        select(Meeting.id)
        .where(
            Meeting.pair_id == Pair.id,
            Meeting.status == MeetingStatus.HELD,
            or_(Meeting.starts_at.is_(None), Meeting.starts_at < until),
        )
        .exists()
    )
    return (
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_(ENTERED),
        or_(Pair.starts_on.is_(None), Pair.starts_on <= on),
        or_(Pair.status.not_in(ENDED_EARLY), Pair.closed_at >= until, lasted),
    )


async def worked(
    session: AsyncSession, school_id: int, year: str, on: date, until: datetime
) -> dict[int, Worked]:
    """By its id, in the order of ids."""
    statement = (
        select(
            Pair.id, Pair.form, Pair.role_model, Pair.is_group, Pair.status, Pair.starts_on, Pair.closed_at,
            Pair.result, Pair.title, Pair.ends_on, Pair.extended,
        )
        .where(*began(school_id, year, on, until))
        .order_by(Pair.id)
    )  # fmt: skip
    return {row[0]: _worked(Worked._make(row), until) for row in (await session.execute(statement)).all()}


def _worked(one: Worked, until: datetime) -> Worked:
    if one.closed_at is None or one.closed_at < until:
        return one
    return one._replace(closed_at=None, status=PairStatus.ACTIVE, result="")


async def members(
    session: AsyncSession, school_id: int, year: str, on: date, until: datetime
) -> list[Member]:
    """Everybody who has ever been in one of these pairs, those who joined later left out.

    Of those who have stayed since they came, `joined_at` is not read: two hundred thousand moments of a region.
    """
    there = (*began(school_id, year, on, until), PairMember.joined_at < until)
    plain = (await session.execute(_of_members(*_MEMBER[:4]).where(*there, _stayed()))).all()
    moved = (await session.execute(_of_members(*_MEMBER).where(*there, ~_stayed()))).all()
    return [
        *(Member(pair, person, place, side, until, None, "", 0, None) for pair, person, place, side in plain),
        *(_member(Member._make(row), until) for row in moved),
    ]


def _stayed() -> ColumnElement[bool]:
    """Of whom nothing has to be looked at: they came once, have stayed, and stand in for nobody."""
    return PairMember.left_at.is_(None) & (PairMember.days_before == 0) & PairMember.stands_in_until.is_(None)


def _member(one: Member, until: datetime) -> Member:
    """As it stood then: who left later had not left."""
    return one if one.left_at is None or one.left_at < until else one._replace(left_at=None)


async def joined(
    session: AsyncSession, school_id: int, year: str, on: date, until: datetime, person_id: int | None = None
) -> tuple[list[Joined], list[tuple[Member, Span, Joined]]]:
    """Members of these pairs by then: those who have stayed since they came, and all others, to be looked at."""
    columns = (
        PairMember.pair_id, Pair.role_model, Pair.is_group,
        PairMember.person_id, Person.category, PairMember.side, Pair.form, *_TAKER[1:],
    )  # fmt: skip
    there = [*began(school_id, year, on, until), PairMember.joined_at < until]
    if person_id is not None:
        there.append(PairMember.person_id == person_id)
    more = (*_MEMBER, Pair.starts_on, Pair.closed_at)
    found = [
        (
            await session.execute(
                _of_members(*wanted).join(Person, Person.id == PairMember.person_id).where(*there, which)
            )
        ).all()
        for wanted, which in ((columns, _stayed()), ((*columns, *more), ~_stayed()))
    ]
    plain, moved = found
    width, end = len(columns), len(columns) + len(_MEMBER)
    return [_joined(row) for row in plain], [
        (_member(Member._make(row[width:end]), until), Span._make(row[end:]), _joined(row[:width]))
        for row in moved
    ]


def _joined(row: Any) -> Joined:
    return Joined(row[0], row[1], row[2], Taker._make(row[3:]))


async def as_they_were(session: AsyncSession, school_id: int, year: str) -> dict[int, tuple[str, str]]:
    """Person -> category and class, as they were when that school year ended; nobody of a year that goes on."""
    statement = select(Participation.person_id, Participation.category, Participation.class_name).where(
        Participation.school_id == school_id, Participation.year == year, Participation.category.is_not(None)
    )
    return {
        person: (category or "", name) for person, category, name in (await session.execute(statement)).all()
    }


def _of_members(*columns: Any) -> Select[Any]:
    return select(*columns).join(Pair, Pair.id == PairMember.pair_id).order_by(PairMember.id)


async def people(session: AsyncSession, school_id: int, ids: Iterable[int]) -> dict[int, Who]:
    found: dict[int, Who] = {}
    for part in chunks(ids):
        statement = select(*_WHO).where(Person.school_id == school_id, Person.id.in_(part))
        found |= {row[0]: Who._make(row) for row in (await session.execute(statement)).all()}
    return found


async def taking_part(session: AsyncSession, school_id: int, year: str, but: Side) -> dict[int, Who]:
    """Everybody of a year but one side, by id: one query instead of one for each five thousand of a region."""
    mine = select(Participation.person_id).where(
        Participation.school_id == school_id, Participation.year == year, Participation.side != but
    )
    statement = select(*_WHO).where(Person.school_id == school_id, Person.id.in_(mine))
    return {row[0]: Who._make(row) for row in (await session.execute(statement)).all()}


async def guardians(session: AsyncSession, school_id: int) -> dict[int, list[Who]]:
    """Child -> guardians whom the school has confirmed, in the order in which they were put down."""
    statement = (
        select(Guardianship.child_id, *_WHO)
        .join(Person, Person.id == Guardianship.guardian_id)
        .where(Guardianship.school_id == school_id, Guardianship.confirmed_at.is_not(None))
        .order_by(Guardianship.id)
    )
    found: dict[int, list[Who]] = defaultdict(list)
    for row in (await session.execute(statement)).all():
        found[row[0]].append(Who._make(row[1:]))
    return found


async def took_back(session: AsyncSession, school_id: int) -> set[int]:
    """People of whom anybody has ever refused or taken back the consent to data: whose state has to be worked out."""
    statement = select(Consent.person_id).where(
        Consent.school_id == school_id,
        Consent.kind == ConsentKind.PD,
        Consent.event.in_((ConsentEvent.REFUSED, ConsentEvent.WITHDRAWN)),
    )
    return set((await session.scalars(statement.distinct())).all())


async def said(
    session: AsyncSession, school_id: int, code: str, questions: Collection[str], later: str, until: datetime
) -> list[tuple[int, str, int | None, str | None, list[Any] | None, bool]]:
    """(person, question, number, words, codes, skipped) of everybody, the earliest first.

    Args:
        later: the school year before which it was said.
    """
    statement = (
        select(
            Response.person_id, Answer.question, Answer.number, Answer.words, Answer.choices, Answer.skipped
        )
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            Response.code == code,
            Response.person_id.is_not(None),
            Response.round < later,
            Response.finished_at < until,
            Answer.question.in_(questions),
        )
        .order_by(Response.finished_at, Response.id)
    )
    return [
        (person or 0, question, number, words, codes, skipped)
        for person, question, number, words, codes, skipped in (await session.execute(statement)).all()
    ]


async def held(
    session: AsyncSession, school_id: int, year: str, until: datetime, pair_ids: Collection[int] | None = None
) -> dict[int, list[datetime]]:
    """Pair -> when its held meetings began, in their order."""
    found: dict[int, list[datetime]] = defaultdict(list)
    statement = (
        select(Meeting.pair_id, Meeting.starts_at)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Meeting.status == MeetingStatus.HELD,
            Meeting.starts_at < until,
        )
        .order_by(Meeting.starts_at)
    )
    parts = [None] if pair_ids is None else list(chunks(pair_ids))
    for part in parts:
        one = statement if part is None else statement.where(Pair.id.in_(part))
        for pair_id, at in (await session.execute(one)).all():
            if at is not None:
                found[pair_id].append(at)
    return found
