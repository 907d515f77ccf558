"""The end of a school year: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.consents import ConsentEvent
from program.roles import Category, PersonState, StaffRole
from program.states import MeetingStatus, PairStatus, ParticipationStatus
from storage.adding import add_new
from storage.pairs import WHOLE
from storage.places import chunks
from storage.tables import (
    Consent,
    Meeting,
    OutboxRow,
    Pair,
    Participation,
    Person,
    School,
    User,
    YearLine,
    YearTurn,
    YearWord,
)
from storage.tables.people import BY_CLASS
from storage.ways_in import begins

HERE = (PersonState.INVITED, PersonState.ACTIVE, PersonState.FROZEN)
LEAVES = "leaves"  # the kind of a line: somebody who leaves the school once nothing can be taken back
AHEAD = (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED, MeetingStatus.MOVED)
# Places that have not come to an end of their own.
OPEN = (
    ParticipationStatus.REGISTERED,
    ParticipationStatus.CONSENT_PENDING,
    ParticipationStatus.IN_BASE,
    ParticipationStatus.SEARCHING,
    ParticipationStatus.PAIRED,
    ParticipationStatus.PAUSED,
)


# --- the turn itself ---


async def turn_of(session: AsyncSession, school_id: int, year: str) -> YearTurn | None:
    """The turn to this year."""
    return await session.scalar(
        select(YearTurn).where(YearTurn.school_id == school_id, YearTurn.year == year)
    )


async def lock_turn(session: AsyncSession, school_id: int, year: str) -> YearTurn | None:
    """As it is now, held until the transaction ends: two curators come one after the other."""
    statement = select(YearTurn).where(YearTurn.school_id == school_id, YearTurn.year == year)
    return await session.scalar(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    )


async def begin(session: AsyncSession, **values: Any) -> None:
    await add_new(
        session, YearTurn, {"version": 1, "choices": {}, "numbers": {}, **values}, ["school_id", "year"]
    )


async def hold_school(session: AsyncSession, school_id: int) -> School:
    """The school as it is now, held: its settings are about to change."""
    statement = select(School).where(School.id == school_id).with_for_update(key_share=True)
    return (await session.scalars(statement.execution_options(populate_existing=True))).one()


async def told(session: AsyncSession, prefix: str) -> int:
    """How many messages of the turn have gone out, or are on their way."""
    statement = select(func.count(OutboxRow.id)).where(
        begins(OutboxRow.key, prefix),
        OutboxRow.dropped == "",
        or_(OutboxRow.sent_at.is_not(None), OutboxRow.attempts > 0, OutboxRow.lease_until.is_not(None)),
    )
    return await session.scalar(statement) or 0


# --- who is there ---


async def classes(session: AsyncSession, school_id: int) -> dict[str, int]:
    """Classes of pupils with how many are in them."""
    statement = (
        select(Person.class_name, func.count(Person.id))
        .where(
            Person.school_id == school_id,
            Person.category == Category.PUPIL,
            Person.class_name != "",
            Person.state.in_(HERE),
        )
        .group_by(Person.class_name)
    )
    return dict((await session.execute(statement)).all())


async def pupils(
    session: AsyncSession, school_id: int, names: Collection[str], *, anew: bool = False
) -> Sequence[Person]:
    """Pupils of these classes by class and name. `anew`: as they are now, whatever was read before."""
    statement = select(Person).where(
        Person.school_id == school_id,
        Person.category == Category.PUPIL,
        Person.class_name.in_(list(names)),
        Person.state.in_(HERE),
    )
    if anew:
        statement = statement.execution_options(populate_existing=True)
    return (await session.scalars(statement.order_by(*BY_CLASS))).all()


async def class_teachers(session: AsyncSession, school_id: int) -> Sequence[User]:
    statement = select(User).where(
        User.school_id == school_id, User.role == StaffRole.CLASS_TEACHER, User.class_name != ""
    )
    return (await session.scalars(statement.order_by(User.id))).all()


async def places(
    session: AsyncSession, school_id: int, year: str, statuses: Iterable[ParticipationStatus] | None = None
) -> Sequence[Participation]:
    """Places of a year with their people, by name."""
    statement = (
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(Participation.school_id == school_id, Participation.year == year)
        .options(joinedload(Participation.person))
        .order_by(Person.plain, Participation.id)
    )
    if statuses is not None:
        statement = statement.where(Participation.status.in_(list(statuses)))
    return (await session.scalars(statement)).all()


async def waiting(
    session: AsyncSession, school_id: int, year: str, statuses: Iterable[ParticipationStatus]
) -> list[tuple[int, int]]:
    """(place, person) of a year in these states, by name; nobody who pauses out of a pair, nobody who is frozen."""
    of_pair = (Participation.status == ParticipationStatus.PAUSED) & (
        Participation.status_before == ParticipationStatus.PAIRED
    )
    statement = (
        select(Participation.id, Participation.person_id)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.status.in_(list(statuses)),
            Person.state.in_((PersonState.ACTIVE, PersonState.INVITED)),
            ~of_pair,
        )
        .order_by(Person.plain, Participation.id)
    )
    return [(key, person_id) for key, person_id in await session.execute(statement)]


async def some_places(session: AsyncSession, school_id: int, ids: Sequence[int]) -> list[Participation]:
    """These places with their people, in this order."""
    found: dict[int, Participation] = {}
    for part in chunks(ids):
        statement = (
            select(Participation)
            .where(Participation.school_id == school_id, Participation.id.in_(part))
            .options(joinedload(Participation.person))
        )
        found |= {one.id: one for one in await session.scalars(statement)}
    return [found[key] for key in ids if key in found]


class Had(NamedTuple):
    """A place of a year, as much of it as whole classes of people are chosen by."""

    person_id: int
    side: str
    state: str
    category: str | None


async def had(
    session: AsyncSession, school_id: int, year: str, statuses: Iterable[ParticipationStatus]
) -> list[Had]:
    """Places of a year in these states."""
    statement = (
        select(Participation.person_id, Participation.side, Person.state, Person.category)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.status.in_(list(statuses)),
        )
    )
    return [Had._make(row) for row in await session.execute(statement)]


async def people(session: AsyncSession, school_id: int, ids: Collection[int]) -> list[Person]:
    found: list[Person] = []
    for part in chunks(sorted(ids)):
        statement = select(Person).where(Person.school_id == school_id, Person.id.in_(part))
        found += await session.scalars(statement)
    return found


async def taking_part(session: AsyncSession, school_id: int, year: str) -> set[int]:
    """Everybody with a place in a year."""
    statement = select(Participation.person_id).where(
        Participation.school_id == school_id, Participation.year == year
    )
    return set(await session.scalars(statement))


async def keys_of(
    session: AsyncSession, people: Collection[int], year: str
) -> dict[tuple[int, str, str], int]:
    """(person, side, form) -> place of a year."""
    found: dict[tuple[int, str, str], int] = {}
    for part in chunks(people):
        statement = select(
            Participation.person_id, Participation.side, Participation.form, Participation.id
        ).where(Participation.person_id.in_(part), Participation.year == year)
        found |= {(person, side, form): key for person, side, form, key in await session.execute(statement)}
    return found


async def without_places(session: AsyncSession, people: Collection[int]) -> set[int]:
    """Those of these who have never had a place in any year."""
    found: set[int] = set(people)
    for part in chunks(people):
        found -= set(
            await session.scalars(select(Participation.person_id).where(Participation.person_id.in_(part)))
        )
    return found


async def with_meetings_ahead(
    session: AsyncSession, school_id: int, pair_ids: Iterable[int], now: datetime
) -> set[int]:
    """Pairs with a meeting that is offered or agreed and has not begun."""
    found: set[int] = set()
    for part in chunks(pair_ids):
        statement = select(Meeting.pair_id).where(
            Meeting.school_id == school_id, Meeting.pair_id.in_(part), *ahead(now)
        )
        found |= set(await session.scalars(statement))
    return found


def ahead(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of meetings that are offered or agreed and have not begun."""
    not_begun = or_(
        Meeting.starts_at.is_(None), Meeting.starts_at > now, Meeting.status == MeetingStatus.MOVED
    )
    return (Meeting.status.in_(AHEAD), not_begun)


async def met(session: AsyncSession, school_id: int, year: str) -> dict[int, int]:
    """Held meetings of every pair of a year."""
    statement = (
        select(Meeting.pair_id, func.count(Meeting.id))
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(Pair.school_id == school_id, Pair.year == year, Meeting.status == MeetingStatus.HELD)
        .group_by(Meeting.pair_id)
    )
    return dict((await session.execute(statement)).all())


async def years(session: AsyncSession, school_id: int) -> dict[str, tuple[int, int]]:
    """Every year with people or pairs: how many took part, how many pairs came to work."""
    people = (
        select(Participation.year, func.count(func.distinct(Participation.person_id)))
        .where(Participation.school_id == school_id)
        .group_by(Participation.year)
    )
    pairs = (
        select(Pair.year, func.count(Pair.id))
        .where(Pair.school_id == school_id, Pair.starts_on.is_not(None))
        .group_by(Pair.year)
    )
    counted = dict((await session.execute(pairs)).all())
    found = dict((await session.execute(people)).all())
    return {year: (found.get(year, 0), counted.get(year, 0)) for year in {*found, *counted}}


async def worked(session: AsyncSession, school_id: int, year: str) -> Sequence[Pair]:
    """Pairs and groups of a year that came to work, with their people; the archive."""
    statement = (
        select(Pair)
        .where(Pair.school_id == school_id, Pair.year == year, Pair.starts_on.is_not(None))
        .options(*WHOLE)
        .order_by(Pair.form, Pair.id)
    )
    return (await session.scalars(statement)).unique().all()


async def running_out(
    session: AsyncSession, school_id: int, people: Collection[int], until: date
) -> dict[int, date]:
    """Of these people, whose last agreement of some kind ends before that day, and when the first does."""
    found: dict[int, date] = {}
    for part in chunks(people):
        newest = (
            select(func.max(Consent.id))
            .where(Consent.school_id == school_id, Consent.person_id.in_(part))
            .group_by(Consent.person_id, Consent.kind, Consent.consenter)
        )
        statement = (
            select(Consent.person_id, func.min(Consent.valid_until))
            .where(
                Consent.id.in_(newest),
                Consent.event == ConsentEvent.GIVEN,
                Consent.valid_until.is_not(None),
                Consent.valid_until < until,
            )
            .group_by(Consent.person_id)
        )
        found |= {person: day for person, day in await session.execute(statement) if day is not None}
    return found


# --- what people were asked ---


async def words(session: AsyncSession, school_id: int, year: str) -> Sequence[YearWord]:
    statement = select(YearWord).where(YearWord.school_id == school_id, YearWord.year == year)
    return (await session.scalars(statement.order_by(YearWord.id))).all()


async def lock_word(session: AsyncSession, school_id: int, word_id: int) -> YearWord | None:
    statement = select(YearWord).where(YearWord.id == word_id, YearWord.school_id == school_id)
    return await session.scalar(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    )


async def ask(session: AsyncSession, **values: Any) -> int | None:
    """The key of a new question; None if the person was asked this before."""
    unique = ["person_id", "year", "question", "about"]
    key: int | None = await add_new(session, YearWord, {"answer": "", "noted_by": "", **values}, unique)
    return key


async def of_person(session: AsyncSession, person_id: int) -> Sequence[YearWord]:
    statement = select(YearWord).where(YearWord.person_id == person_id)
    return (await session.scalars(statement.order_by(YearWord.id))).all()


async def forget_person(session: AsyncSession, person_id: int) -> int:
    """What the person was asked and said; and what the turn has kept of the person's row."""
    places = select(Participation.id).where(Participation.person_id == person_id)
    of_places = ("participation", "new-participation")
    for kinds, ids in ((("person", LEAVES), (person_id,)), (of_places, places)):
        await session.execute(delete(YearLine).where(YearLine.kind.in_(kinds), YearLine.subject_id.in_(ids)))
    gone = delete(YearWord).where(YearWord.person_id == person_id).returning(YearWord.id)
    return len((await session.scalars(gone)).all())


async def undecided(session: AsyncSession, school_id: int, year: str) -> dict[str, int]:
    """How many pairs are proposed, approved or wait for answers, by status."""
    statuses = (PairStatus.SUGGESTED, PairStatus.APPROVED, PairStatus.OFFERED)
    statement = (
        select(Pair.status, func.count(Pair.id))
        .where(Pair.school_id == school_id, Pair.year == year, Pair.status.in_(statuses))
        .group_by(Pair.status)
    )
    return {str(status): count for status, count in await session.execute(statement)}


async def worked_pairs_left(session: AsyncSession, school_id: int, year: str) -> int:
    """Pairs of a year that are not over."""
    statement = select(func.count(Pair.id)).where(
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_((PairStatus.OFFERED, PairStatus.ACTIVE, PairStatus.PAUSED)),
    )
    return await session.scalar(statement) or 0


async def open_places(session: AsyncSession, school_id: int, year: str) -> int:
    statement = select(func.count(Participation.id)).where(
        Participation.school_id == school_id, Participation.year == year, Participation.status.in_(OPEN)
    )
    return await session.scalar(statement) or 0
