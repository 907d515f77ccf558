"""Meetings outside of pairs: queries. Every query takes the school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.encounters import (
    ATTENDANCE_AFTER,
    BY_SIGN_UP,
    UNANSWERED_AFTER,
    EncounterKind,
    EncounterState,
    QuestionKind,
    QuestionState,
    SeatState,
    Word,
)
from program.roles import PersonState, Side
from program.states import ParticipationStatus
from storage.overview import GONE, Waiting
from storage.places import chunks
from storage.tables import Encounter, Impression, Participation, Person, PoolQuestion, Response, Seat

STAYING = (SeatState.SEATED, SeatState.WAITING)


def _whole() -> Select[Encounter]:
    return (
        select(Encounter)
        .options(joinedload(Encounter.host), selectinload(Encounter.taken).joinedload(Seat.person))
        .execution_options(populate_existing=True)
    )


async def get(session: AsyncSession, school_id: int, encounter_id: int) -> Encounter | None:
    """With its host and its seats with their people."""
    return await session.scalar(
        _whole().where(Encounter.school_id == school_id, Encounter.id == encounter_id)
    )


async def lock(session: AsyncSession, school_id: int, encounter_id: int) -> Encounter | None:
    """As `get`, held until the transaction ends: two who want the last seat come one after the other."""
    statement = _whole().where(Encounter.school_id == school_id, Encounter.id == encounter_id)
    return await session.scalar(statement.with_for_update(of=Encounter, key_share=True))


async def ahead(session: AsyncSession, school_id: int, now: datetime) -> Sequence[Encounter]:
    """Open for sign-up and not begun, the next one first."""
    statement = _whole().where(
        Encounter.school_id == school_id,
        Encounter.state == EncounterState.OPEN,
        Encounter.kind.in_(BY_SIGN_UP),
        Encounter.starts_at > now,
    )
    return (await session.scalars(statement.order_by(Encounter.starts_at, Encounter.id))).all()


async def of_person(
    session: AsyncSession, school_id: int, person_id: int, since: datetime
) -> Sequence[Encounter]:
    """Those that the person leads, has a seat at or waits for, the earliest first."""
    mine = exists().where(
        Seat.encounter_id == Encounter.id, Seat.person_id == person_id, Seat.state.in_(STAYING)
    )
    statement = _whole().where(
        Encounter.school_id == school_id,
        Encounter.starts_at > since,
        or_(Encounter.host_id == person_id, mine),
    )
    return (await session.scalars(statement.order_by(Encounter.starts_at, Encounter.id))).all()


async def everything_of(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Encounter]:
    """Every one in which the person ever had a seat or led, oldest first."""
    mine = exists().where(Seat.encounter_id == Encounter.id, Seat.person_id == person_id)
    statement = _whole().where(Encounter.school_id == school_id, or_(Encounter.host_id == person_id, mine))
    # People whom a page has read already keep what it read of them.
    statement = statement.execution_options(populate_existing=False)
    return (await session.scalars(statement.order_by(Encounter.starts_at, Encounter.id))).all()


async def of_year(session: AsyncSession, school_id: int, year: str) -> Sequence[Encounter]:
    """Everything of a school year, the newest first."""
    statement = _whole().where(Encounter.school_id == school_id, Encounter.year == year)
    return (await session.scalars(statement.order_by(Encounter.starts_at.desc(), Encounter.id.desc()))).all()


async def between(
    session: AsyncSession,
    school_id: int,
    first: datetime,
    last: datetime,
    states: Iterable[EncounterState] = (EncounterState.OPEN,),
) -> Sequence[Encounter]:
    """Those that start in a stretch of time, the earliest first."""
    asked = {"school": school_id, "states": list(states), "first": first, "last": last}
    return (await session.scalars(_between(), asked)).all()


@cache
def _between() -> Select[Encounter]:
    statement = _whole().where(
        Encounter.school_id == bindparam("school"),
        Encounter.state.in_(bindparam("states", expanding=True)),
        Encounter.starts_at >= bindparam("first"),
        Encounter.starts_at <= bindparam("last"),
    )
    return statement.order_by(Encounter.starts_at, Encounter.id)


async def leading(
    session: AsyncSession, school_id: int, year: str, person_ids: Iterable[int] | None = None
) -> list[Participation]:
    """Places of admitted mentors with their people; by default everybody's."""
    statement = (
        select(Participation)
        .join(Participation.person)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.admitted.is_(True),
            Participation.status.not_in(GONE),
            Person.state == PersonState.ACTIVE,
        )
        .options(joinedload(Participation.person))
        .order_by(Participation.id)
    )
    if person_ids is None:
        return list(await session.scalars(statement))
    found: list[Participation] = []
    for part in chunks(person_ids):
        found.extend(await session.scalars(statement.where(Participation.person_id.in_(part))))
    return found


async def looking(session: AsyncSession, school_id: int, year: str) -> list[Person]:
    """Mentees who look for a pair, by name; each once, whatever the number of forms."""
    place = exists().where(
        Participation.person_id == Person.id,
        Participation.year == year,
        Participation.side == Side.MENTEE,
        Participation.status.in_((ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)),
    )
    statement = select(Person).where(Person.school_id == school_id, Person.state == PersonState.ACTIVE, place)
    return list(await session.scalars(statement.order_by(Person.plain, Person.id)))


async def subscribers(session: AsyncSession, school_id: int) -> list[Person]:
    """Everybody who joined and chose topics to answer; which ones stands in `preferences["topics"]`."""
    statement = select(Person).where(Person.school_id == school_id, Person.state == PersonState.ACTIVE)
    return [
        one for one in await session.scalars(statement.order_by(Person.id)) if one.preferences.get("topics")
    ]


async def impressions(session: AsyncSession, school_id: int, encounter_id: int) -> Sequence[Impression]:
    statement = select(Impression).where(
        Impression.school_id == school_id, Impression.encounter_id == encounter_id
    )
    return (await session.scalars(statement.order_by(Impression.id))).all()


async def answered(session: AsyncSession, school_id: int, person_id: int, encounter_id: int) -> bool:
    """Whether the person has filled in the poll about it."""
    about = Response.about == f"encounter:{encounter_id}"
    where = exists().where(Response.school_id == school_id, Response.person_id == person_id, about)
    return bool(await session.scalar(select(where)))


async def who_answered(session: AsyncSession, school_id: int, encounter_id: int) -> set[int]:
    """Ids of those who have filled in the poll about it."""
    statement = select(Response.person_id).where(
        Response.school_id == school_id, Response.about == f"encounter:{encounter_id}"
    )
    return {person_id for person_id in await session.scalars(statement) if person_id is not None}


async def preferences_from_events(
    session: AsyncSession, school_id: int, year: str
) -> dict[tuple[int, int], Word]:
    """(who said it, of whom) -> the newest silent word of trial meetings and events; people, not places."""
    statement = (
        select(Impression.person_id, Impression.about_id, Impression.word)
        .join(Encounter, Encounter.id == Impression.encounter_id)
        .where(Impression.school_id == school_id, Encounter.year == year)
        .order_by(Impression.at, Impression.id)
    )
    return {(who, about): Word(word) for who, about, word in await session.execute(statement)}


async def counts(session: AsyncSession, school_id: int, year: str) -> dict[str, dict[str, int]]:
    """Kind -> {"planned", "held", "people"}; "question" -> {"asked", "answered", "people"}.

    `people`: different ones who came (or, of questions, who asked). Meetings called off count nowhere.
    """
    found: dict[str, dict[str, int]] = {
        str(kind): {"planned": 0, "held": 0, "people": 0} for kind in EncounterKind
    }
    kinds = select(Encounter.kind, Encounter.state, func.count()).where(
        Encounter.school_id == school_id, Encounter.year == year
    )
    names = {EncounterState.OPEN: "planned", EncounterState.HELD: "held"}
    for kind, state, count in await session.execute(kinds.group_by(Encounter.kind, Encounter.state)):
        if state in names:
            found[str(kind)][names[EncounterState(state)]] = count
    came = (
        select(Encounter.kind, func.count(Seat.person_id.distinct()))
        .join(Seat, Seat.encounter_id == Encounter.id)
        .where(Encounter.school_id == school_id, Encounter.year == year, Seat.came.is_(True))
        .group_by(Encounter.kind)
    )
    for kind, people in await session.execute(came):
        found[str(kind)]["people"] = people
    asked = select(
        func.count(PoolQuestion.id),
        func.count(PoolQuestion.answered_at),
        func.count(PoolQuestion.asker_id.distinct()),
    ).where(
        PoolQuestion.school_id == school_id,
        PoolQuestion.year == year,
        PoolQuestion.kind == QuestionKind.QUESTION,
    )
    all_asked, with_answer, people = (await session.execute(asked)).one()
    found["question"] = {"asked": all_asked, "answered": with_answer, "people": people}
    return found


async def waiting(session: AsyncSession, school_id: int, now: datetime) -> list[Waiting]:
    """What of this the curator decides, for «Сегодня»; kinds with nothing are left out."""
    late = and_(
        PoolQuestion.state.in_((QuestionState.OPEN, QuestionState.TAKEN)),
        PoolQuestion.answered_at.is_(None),
        or_(
            and_(PoolQuestion.kind == QuestionKind.QUESTION, PoolQuestion.at <= now - UNANSWERED_AFTER),
            and_(PoolQuestion.kind == QuestionKind.REQUEST, PoolQuestion.state == QuestionState.OPEN),
        ),
    )
    kinds = {
        "encounter-offers": select(func.count(Encounter.id), func.min(Encounter.created_at)).where(
            Encounter.school_id == school_id, Encounter.state == EncounterState.PROPOSED
        ),
        "encounter-came": select(func.count(Encounter.id), func.min(Encounter.starts_at)).where(
            Encounter.school_id == school_id,
            Encounter.state == EncounterState.OPEN,
            Encounter.starts_at <= now - ATTENDANCE_AFTER * 2,
        ),
        "pool-questions": select(func.count(PoolQuestion.id), func.min(PoolQuestion.at)).where(
            PoolQuestion.school_id == school_id, late
        ),
    }
    found = []
    for code, statement in kinds.items():
        count, oldest = (await session.execute(statement)).one()
        if count:
            found.append(Waiting(code, count, oldest))
    return found


async def question(
    session: AsyncSession, school_id: int, question_id: int, *, hold: bool = False
) -> PoolQuestion | None:
    """With both people and what was said.

    Args:
        hold: until the transaction ends, so that only one takes it.
    """
    statement = (
        select(PoolQuestion)
        .where(PoolQuestion.school_id == school_id, PoolQuestion.id == question_id)
        .options(
            joinedload(PoolQuestion.asker), joinedload(PoolQuestion.taker), selectinload(PoolQuestion.words)
        )
        .execution_options(populate_existing=True)
    )
    if hold:
        statement = statement.with_for_update(of=PoolQuestion, key_share=True)
    return await session.scalar(statement)


async def asked_for(session: AsyncSession, school_id: int, encounter_id: int) -> PoolQuestion | None:
    """The request that became this meeting, held."""
    statement = select(PoolQuestion).where(
        PoolQuestion.school_id == school_id, PoolQuestion.encounter_id == encounter_id
    )
    return await session.scalar(statement.with_for_update(key_share=True))


async def questions(
    session: AsyncSession,
    school_id: int,
    year: str | None,
    *,
    person_id: int | None = None,
    states: Iterable[QuestionState] = tuple(QuestionState),
) -> Sequence[PoolQuestion]:
    """Of one year (None: of all), the newest first; with `person_id` those the person asked or took."""
    statement = (
        select(PoolQuestion)
        .where(PoolQuestion.school_id == school_id, PoolQuestion.state.in_(list(states)))
        .options(
            joinedload(PoolQuestion.asker), joinedload(PoolQuestion.taker), selectinload(PoolQuestion.words)
        )
        .order_by(PoolQuestion.id.desc())
        .execution_options(populate_existing=True)
    )
    if year is not None:
        statement = statement.where(PoolQuestion.year == year)
    if person_id is not None:
        mine = or_(PoolQuestion.asker_id == person_id, PoolQuestion.taken_by == person_id)
        statement = statement.where(mine)
    return (await session.scalars(statement)).all()


async def kept_apart(session: AsyncSession, school_id: int, year: str) -> dict[int, set[int]]:
    """Person -> people of the other side whom an `avoid` stands between, said by either."""
    found: dict[int, set[int]] = defaultdict(set)
    for (who, about), word in (await preferences_from_events(session, school_id, year)).items():
        if word is Word.AVOID:
            found[who].add(about)
            found[about].add(who)
    return found
