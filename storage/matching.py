"""What stands around the people who are matched: earlier pairs, families, guardians, addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.channels import Channel
from program.instruments import Value
from program.roles import Side
from program.states import PairStatus
from storage.places import chunks
from storage.tables import Address, Answer, Guardianship, Pair, PairMember, Person, Response

# Ended so that the same two are not proposed again.
REFUSED = (PairStatus.REJECTED, PairStatus.DECLINED, PairStatus.REPLACED)
WORKED = (PairStatus.COMPLETED, PairStatus.STOPPED)


async def past(
    session: AsyncSession, school_id: int, mentees: Iterable[int]
) -> dict[int, list[tuple[int, PairStatus]]]:
    """Mentee (person) -> mentors (person) of pairs of any year that ended, with how."""
    mentor = PairMember.__table__.alias("mentor")
    mentee = PairMember.__table__.alias("mentee")
    found: dict[int, list[tuple[int, PairStatus]]] = defaultdict(list)
    for part in chunks(mentees):
        statement = (
            select(mentee.c.person_id, mentor.c.person_id, Pair.status)
            .join(Pair, Pair.id == mentee.c.pair_id)
            .join(mentor, mentor.c.pair_id == Pair.id)
            .where(
                Pair.school_id == school_id,
                Pair.is_group.is_(False),
                Pair.status.in_([*REFUSED, *WORKED]),
                mentee.c.side == Side.MENTEE,
                mentor.c.side == Side.MENTOR,
                mentee.c.person_id.in_(part),
            )
            .order_by(Pair.id)
        )
        for who, whom, status in await session.execute(statement):
            found[who].append((whom, PairStatus(status)))
    return found


async def families(session: AsyncSession, school_id: int, people: Iterable[int]) -> dict[int, set[int]]:
    """Person -> guardians, wards, and other children of the same guardians; confirmed or not."""
    ids = set(people)
    guardians: dict[int, set[int]] = defaultdict(set)
    wards: dict[int, set[int]] = defaultdict(set)
    statement = select(Guardianship.guardian_id, Guardianship.child_id)
    for guardian, child in await session.execute(statement.where(Guardianship.school_id == school_id)):
        guardians[child].add(guardian)
        wards[guardian].add(child)
    found = {}
    for person in ids:
        siblings = {child for guardian in guardians[person] for child in wards[guardian]}
        found[person] = (guardians[person] | wards[person] | siblings) - {person}
    return found


async def answers(
    session: AsyncSession, school_id: int, people: Iterable[int], questions: Iterable[str]
) -> dict[int, dict[str, Value]]:
    """Person -> question -> the newest answer: a number, words or a list of codes; skipped ones left out.

    Columns, not rows of classes: eleven thousand answers of a school of 800 would cost a second.
    """
    found: dict[int, dict[str, Value]] = defaultdict(dict)
    wanted = list(questions)
    for part in chunks(people):
        statement = (
            select(Response.person_id, Answer.question, Answer.number, Answer.words, Answer.choices)
            .join(Answer, Answer.response_id == Response.id)
            .where(
                Response.school_id == school_id,
                Response.person_id.in_(part),
                Response.about == "",
                Answer.question.in_(wanted),
                Answer.skipped.is_(False),
            )
            .order_by(Response.finished_at, Response.id)
        )
        for person, question, number, words, choices in await session.execute(statement):
            found[person][question] = choices if choices is not None else words if number is None else number
    return found


async def confirmed_guardians(
    session: AsyncSession, school_id: int, children: Iterable[int]
) -> dict[int, list[Person]]:
    """Child -> guardians whom the school has confirmed."""
    found: dict[int, list[Person]] = defaultdict(list)
    for part in chunks(children):
        statement = (
            select(Guardianship)
            .where(
                Guardianship.school_id == school_id,
                Guardianship.child_id.in_(part),
                Guardianship.confirmed_at.is_not(None),
                Guardianship.ended_at.is_(None),
            )
            .options(joinedload(Guardianship.guardian))
            .order_by(Guardianship.id)
        )
        for line in await session.scalars(statement):
            found[line.child_id].append(line.guardian)
    return found


async def addresses(session: AsyncSession, people: Iterable[int]) -> dict[int, Address]:
    """Person -> the address `storage.people.best_address` would give; nobody without one is in it."""
    found: dict[int, Address] = {}
    for part in chunks(people):
        statement = (
            select(Address)
            .where(Address.person_id.in_(part), Address.unreachable_since.is_(None))
            .options(joinedload(Address.person))
            .order_by(Address.channel != Channel.WEB, Address.used_at, Address.id)
        )
        found |= {
            address.person_id: address
            for address in await session.scalars(statement)
            if address.channel == Channel.WEB or not address.person.preferences.get("web_only")
        }
    return found
