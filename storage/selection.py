"""Mentors' places with what was decided about them, marks, interviews. Every query takes the school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.roles import PersonState, Side
from program.selection import CARD, Decision, Setting, Talk, from_card
from program.states import PairStatus
from storage.adding import add_new
from storage.overview import GONE
from storage.places import chunks
from storage.tables import (
    Answer,
    Candidacy,
    Interview,
    Pair,
    PairMember,
    Participation,
    Person,
    Response,
    SelectionMark,
)


async def places(session: AsyncSession, school_id: int, year: str) -> Sequence[Participation]:
    """Everybody's places as a mentor in one year, with the person; by name."""
    statement = (
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.status.not_in(GONE),
            Person.state.in_((PersonState.INVITED, PersonState.ACTIVE)),
        )
        .options(joinedload(Participation.person))
        .order_by(Person.plain, Participation.id)
    )
    return (await session.scalars(statement)).all()


async def place(session: AsyncSession, school_id: int, participation_id: int) -> Participation | None:
    """One mentor's place with the person."""
    statement = (
        select(Participation)
        .where(
            Participation.id == participation_id,
            Participation.school_id == school_id,
            Participation.side == Side.MENTOR,
        )
        .options(joinedload(Participation.person))
    )
    return await session.scalar(statement)


async def candidacies(
    session: AsyncSession, school_id: int, participations: Iterable[int]
) -> dict[int, Candidacy]:
    """Participation -> what was decided about it; nothing for a place nobody has decided about."""
    found: dict[int, Candidacy] = {}
    for part in chunks(participations):
        statement = select(Candidacy).where(
            Candidacy.school_id == school_id, Candidacy.participation_id.in_(part)
        )
        found |= {row.participation_id: row for row in await session.scalars(statement)}
    return found


async def marks(
    session: AsyncSession, school_id: int, people: Iterable[int]
) -> dict[int, dict[str, SelectionMark]]:
    """Person -> item -> mark."""
    found: dict[int, dict[str, SelectionMark]] = defaultdict(dict)
    for part in chunks(people):
        statement = select(SelectionMark).where(
            SelectionMark.school_id == school_id, SelectionMark.person_id.in_(part)
        )
        for row in await session.scalars(statement):
            found[row.person_id][row.item] = row
    return found


async def mark(session: AsyncSession, **values: Any) -> None:
    """Adds a mark; one that is there already stays as it is."""
    await add_new(session, SelectionMark, values, ["person_id", "item"])


async def talks(session: AsyncSession, school_id: int, people: Iterable[int]) -> dict[int, list[Talk]]:
    """Person -> interviews, those filled in as a card of the staff among them; the newest first."""
    ids = list(people)
    found: dict[int, list[Talk]] = defaultdict(list)
    for row in await _interviews(session, school_id, ids):
        setting, decision = Setting(row.setting), Decision(row.decision)
        talk = Talk(
            row.held_on, setting, row.interviewers, row.marks, decision, row.notes, row.risk, row.reason
        )
        found[row.person_id].append(talk)
    for person, said in await _cards(session, school_id, ids):
        card = from_card(said)
        if card is not None:
            found[person].append(card)
    return {who: sorted(known, key=lambda talk: talk.held_on, reverse=True) for who, known in found.items()}


async def _cards(
    session: AsyncSession, school_id: int, people: Iterable[int]
) -> list[tuple[int, dict[str, Any]]]:
    """Cards IVW about these people: person, answers by question."""
    cards: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)
    for part in chunks(people):
        statement = (
            select(Response.id, Response.about, Answer.question, Answer.number, Answer.words, Answer.choices)
            .join(Answer, Answer.response_id == Response.id)
            .where(
                Response.school_id == school_id,
                Response.code == CARD,
                Response.about.in_([f"person:{one}" for one in part]),
                Answer.skipped.is_(False),
            )
            .order_by(Response.id.desc())
        )
        for response, about, question, number, words, choices in await session.execute(statement):
            key = (response, int(about.removeprefix("person:")))
            cards[key][question] = choices if choices is not None else words if number is None else number
    return [(person, said) for (_, person), said in cards.items()]


async def _interviews(session: AsyncSession, school_id: int, people: Iterable[int]) -> list[Interview]:
    found: list[Interview] = []
    for part in chunks(people):
        statement = (
            select(Interview)
            .where(Interview.school_id == school_id, Interview.person_id.in_(part))
            .order_by(Interview.held_on.desc(), Interview.id.desc())
        )
        found += await session.scalars(statement)
    return found


async def in_pairs(session: AsyncSession, school_id: int, year: str) -> set[int]:
    """Mentors' participations of pairs that are at work."""
    statement = (
        select(PairMember.participation_id)
        .distinct()
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.status.in_((PairStatus.ACTIVE, PairStatus.PAUSED)),
            PairMember.side == Side.MENTOR,
            PairMember.left_at.is_(None),
        )
    )
    return set(await session.scalars(statement))


async def expired(session: AsyncSession, school_id: int, year: str, today: date) -> int:
    """How many mentors of pairs at work have a paper that has run out."""
    statement = (
        select(func.count(distinct(SelectionMark.person_id)))
        .join(PairMember, PairMember.person_id == SelectionMark.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            SelectionMark.school_id == school_id,
            SelectionMark.valid_until < today,
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.status.in_((PairStatus.ACTIVE, PairStatus.PAUSED)),
            PairMember.side == Side.MENTOR,
            PairMember.left_at.is_(None),
        )
    )
    return await session.scalar(statement) or 0
