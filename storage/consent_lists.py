"""Who is affected by consents that hold no longer, and what is due to be erased. Every query takes the school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent
from program.retention import Basis
from program.roles import Category, PersonState
from program.states import HOLDING, PairStatus, ParticipationStatus
from storage.adding import read_rows
from storage.overview import Waiting
from storage.places import chunks
from storage.tables import (
    Address,
    Consent,
    Conversation,
    Pair,
    PairMember,
    Participation,
    Person,
)
from storage.tables.people import BY_CLASS

IN_WORK = (ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING, ParticipationStatus.PAIRED)
PAUSED_FOR = "consents"


class Bare(NamedTuple):
    """Somebody as far as the rules of consents look: who needs whose word."""

    id: int
    birth_date: date | None
    category: str | None

    @property
    def is_minor_category(self) -> bool:
        return self.category == Category.PUPIL


async def at_work(session: AsyncSession, school_id: int, year: str) -> list[Bare]:
    """People with a place at work or put aside for a consent. Columns: all of a school, at every beat."""
    found: Any = await read_rows(session, _bare_at_work(), {"school": school_id, "year": year})
    return [Bare._make(row) for row in found.all()]


@cache
def _bare_at_work() -> Any:
    person: Any = Person.__table__.c
    statement = _at_work(bindparam("school"), bindparam("year"))
    return statement.with_only_columns(person.id, person.birth_date, person.category)


async def aside(session: AsyncSession, school_id: int, year: str) -> set[int]:
    """Who has a place put aside for a consent."""
    found = await read_rows(session, _aside(), {"school": school_id, "year": year})
    return set(found.scalars())


@cache
def _aside() -> Any:
    place = Participation.__table__.c
    of_year = (place.school_id == bindparam("school"), place.year == bindparam("year"))
    return select(place.person_id).where(*of_year, place.status_before != "")


async def may_be_reminded(
    session: AsyncSession, school_id: int, year: str, ends: tuple[date, date], born: date
) -> list[Bare]:
    """Active ones of `at_work` of whom somebody's word ends or ended between these days, or born until then."""
    asked = {"school": school_id, "year": year, "first": ends[0], "last": ends[1], "born": born}
    found: Any = await read_rows(session, _may_be_reminded(), asked)
    return [Bare._make(row) for row in found.all()]


@cache
def _may_be_reminded() -> Any:
    person, line = Person.__table__.c, Consent.__table__.c
    between = (line.valid_until >= bindparam("first"), line.valid_until <= bindparam("last"))
    asked = or_(exists().where(line.person_id == person.id, *between), person.birth_date <= bindparam("born"))
    return _bare_at_work().where(person.state == PersonState.ACTIVE, asked)


async def with_places(
    session: AsyncSession, school_id: int, year: str, people: Iterable[int]
) -> Sequence[Person]:
    """These of `at_work`, with their places of the year."""
    found: list[Person] = []
    for part in chunks(people):
        statement = _at_work(school_id, year).where(Person.id.in_(part))
        statement = statement.options(selectinload(Person.participations.and_(Participation.year == year)))
        found += await session.scalars(statement.execution_options(populate_existing=True))
    return found


def _at_work(school_id: Any, year: Any) -> Select[Person]:
    # One list of places: asked anew for each person, SQLite reads by the school and not by the person.
    places = select(Participation.person_id).where(
        Participation.school_id == school_id,
        Participation.year == year,
        or_(Participation.status.in_(IN_WORK), Participation.status_before != ""),
        Participation.status != ParticipationStatus.ARCHIVED,
    )
    return (
        select(Person)
        .where(Person.school_id == school_id, Person.id.in_(places), Person.state != PersonState.ERASED)
        .order_by(Person.id)
    )


async def holding_pairs(session: AsyncSession, school_id: int, person_id: int) -> Sequence[int]:
    """Ids of pairs that take a place, in which the person is now."""
    statement = (
        select(Pair.id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            Pair.school_id == school_id,
            Pair.status.in_(HOLDING),
            PairMember.person_id == person_id,
            PairMember.left_at.is_(None),
        )
        .order_by(Pair.id)
    )
    return (await session.scalars(statement)).all()


async def end_conversation(session: AsyncSession, person_id: int, *, speaking: bool) -> None:
    """What a person was in the middle of.

    Args:
        speaking: the change is made from that very conversation: it ends by itself, what it had
            interrupted is not taken up again.
    """
    found = await session.get(Conversation, person_id)
    if found is None:
        return
    if speaking:
        found.parked = []
    else:
        await session.delete(found)
        await session.flush()


async def frozen(session: AsyncSession, school_id: int, class_name: str | None = None) -> Sequence[Person]:
    """Those whose clock of deletion runs, the soonest first."""
    statement = select(Person).where(
        Person.school_id == school_id, Person.erase_basis != "", Person.state != PersonState.ERASED
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return (await session.scalars(statement.order_by(Person.erase_after, Person.id))).all()


async def due(session: AsyncSession, school_id: int, now: datetime, limit: int) -> Sequence[int]:
    """Ids of people whose day of erasure has come; those in another's hands are left out."""
    statement = (
        select(Person.id)
        .where(
            Person.school_id == school_id,
            Person.erase_basis != "",
            Person.erase_after <= now,
            Person.state != PersonState.ERASED,
        )
        .order_by(Person.erase_after, Person.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(statement)).all()


async def ended(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """Joined people none of whose places is at work, with all their places; no date of erasure yet."""
    place = exists().where(
        Participation.person_id == Person.id,
        Participation.status.not_in(
            (
                ParticipationStatus.FINISHED,
                ParticipationStatus.DECLINED,
                ParticipationStatus.ARCHIVED,
                ParticipationStatus.WITHDRAWN,
            )
        ),
    )
    statement = (
        select(Person)
        .where(
            Person.school_id == school_id,
            Person.state == PersonState.ACTIVE,
            Person.erase_basis == "",
            exists().where(Participation.person_id == Person.id),
            ~place,
        )
        .options(selectinload(Person.participations))
        .order_by(Person.id)
    )
    return (await session.scalars(statement)).all()


async def unlike_guardians(
    session: AsyncSession, school_id: int, class_name: str | None = None
) -> Sequence[Person]:
    """Children about whom more than one guardian has spoken, while a place of theirs is open or put aside."""
    spoken = (
        select(Consent.person_id)
        .where(
            Consent.school_id == school_id,
            Consent.consenter == Consenter.GUARDIAN,
            Consent.kind.in_(REQUIRED),
        )
        .group_by(Consent.person_id)
        .having(func.count(func.distinct(func.coalesce(Consent.given_by, 0))) > 1)
        .having(func.count(func.distinct(Consent.event)) > 1)
    )
    place = exists().where(
        Participation.person_id == Person.id,
        or_(
            Participation.status.in_((*IN_WORK, ParticipationStatus.CONSENT_PENDING)),
            Participation.status_before != "",
        ),
        Participation.status != ParticipationStatus.ARCHIVED,
    )
    statement = select(Person).where(Person.school_id == school_id, Person.id.in_(spoken), place)
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return (await session.scalars(statement.order_by(*BY_CLASS))).all()


def _said_no() -> ColumnElement[bool]:
    """Of whom somebody has ever refused something: without it nothing can stand refused now."""
    return exists().where(Consent.person_id == Person.id, Consent.event == ConsentEvent.REFUSED)


async def put_aside(
    session: AsyncSession,
    school_id: int,
    year: str,
    class_name: str | None = None,
    *,
    refused: bool = False,
) -> Sequence[Person]:
    """Those whose places wait for a consent that ran out, is refused or has to be given anew.

    Args:
        refused: only those of whom somebody has said no at some time.
    """
    places = select(Participation.person_id).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.status == ParticipationStatus.PAUSED,
        Participation.status_before != "",
    )
    statement = select(Person).where(
        Person.school_id == school_id, Person.state == PersonState.ACTIVE, Person.id.in_(places)
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    if refused:
        statement = statement.where(_said_no())
    return (await session.scalars(statement.order_by(*BY_CLASS))).all()


async def pending(
    session: AsyncSession,
    school_id: int,
    year: str,
    class_name: str | None = None,
    *,
    refused: bool = False,
) -> Sequence[tuple[Person, datetime]]:
    """Who waits for a first consent, and since when; the oldest first. `refused`: as for `put_aside`."""
    since = func.min(Participation.created_at)
    statement = (
        select(Person, since)
        .join(Participation, Participation.person_id == Person.id)
        .where(
            Participation.school_id
            == school_id,  # not the person's too: SQLite would join the two lists of a school
            Participation.year == year,
            Participation.status == ParticipationStatus.CONSENT_PENDING,
        )
        .group_by(Person.id)
        .order_by(since, Person.id)
    )
    if refused:
        statement = statement.where(_said_no())
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return [(person, at) for person, at in await session.execute(statement)]


async def reachable(session: AsyncSession, school_id: int, ids: Iterable[int]) -> set[int]:
    """Who of these has a chat that takes messages; who refused messengers, a web chat."""
    found: set[int] = set()
    for part in chunks(ids):
        statement = (
            select(Address.person_id, Address.channel, Person.preferences)
            .join(Person, Person.id == Address.person_id)
            .where(
                Address.school_id == school_id,
                Address.person_id.in_(part),
                Address.unreachable_since.is_(None),
            )
        )
        found.update(
            person
            for person, channel, preferences in await session.execute(statement)
            if channel == Channel.WEB or not preferences.get("web_only")
        )
    return found


async def running_out(
    session: AsyncSession, school_id: int, first: date, last: date
) -> Sequence[tuple[int, int | None]]:
    """(person, giver) of agreements whose last day lies between the two; a later word may stand above them."""
    statement = (
        select(Consent.person_id, Consent.given_by)
        .where(
            Consent.school_id == school_id,
            Consent.event == ConsentEvent.GIVEN,
            Consent.valid_until >= first,
            Consent.valid_until <= last,
        )
        .distinct()
    )
    return [(person, giver) for person, giver in await session.execute(statement)]


async def waiting(session: AsyncSession, school_id: int, year: str, class_name: str | None) -> list[Waiting]:
    """What «Сегодня» says about consents: codes withdrawn, paused, groups."""
    found = []
    clocks: Any = select(func.count(Person.id)).where(
        Person.school_id == school_id, Person.state == PersonState.FROZEN, Person.erase_basis != Basis.LEFT
    )
    aside = aliased(Participation)
    stopped: Any = (
        select(func.count(func.distinct(aside.person_id)))
        .join(Person, Person.id == aside.person_id)
        .where(
            aside.school_id == school_id,
            aside.year == year,
            aside.status == ParticipationStatus.PAUSED,
            aside.status_before != "",
        )
    )
    for code, statement in (("withdrawn", clocks), ("paused", stopped)):
        if class_name is not None:
            statement = statement.where(Person.class_name == class_name)
        count = await session.scalar(statement) or 0
        if count:
            found.append(Waiting(code, count, None))
    groups = {pair.id for _, pair, _ in await out_of_groups(session, school_id, class_name)}
    if groups:
        found.append(Waiting("groups", len(groups), None))
    return found


async def waiting_groups(session: AsyncSession, school_id: int) -> Sequence[int]:
    """Ids of groups that are paused for a consent."""
    statement = select(Pair.id).where(
        Pair.school_id == school_id,
        Pair.is_group,
        Pair.status == PairStatus.PAUSED,
        Pair.paused_for == PAUSED_FOR,
    )
    return (await session.scalars(statement.order_by(Pair.id))).all()


async def out_of_groups(
    session: AsyncSession, school_id: int, class_name: str | None = None
) -> Sequence[tuple[Person, Pair, bool]]:
    """Whom a consent keeps out of a group at work, with the group; whether the place is kept meanwhile."""
    statement = (
        select(Person, Pair, PairMember.left_at)
        .join(PairMember, PairMember.person_id == Person.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.is_group,
            Pair.status.in_((PairStatus.ACTIVE, PairStatus.PAUSED)),
            or_(
                PairMember.aside_since.is_not(None) & PairMember.left_at.is_(None),
                PairMember.left_at.is_not(None) & (Person.state == PersonState.FROZEN),
            ),
        )
        .order_by(Pair.id, Person.id)
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    return [(person, pair, left is None) for person, pair, left in await session.execute(statement)]
