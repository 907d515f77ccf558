"""Rows that a decision about people may change, held in one order before the first line of the journal.

The journal of a school is one queue: who stands at its head and then waits for a row that somebody further
back holds, waits for ever. The order: people, places, pairs, one-off meetings, and the journal last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.encounters import EncounterState
from program.states import HOLDING, PairStatus
from storage.places import chunks
from storage.tables import Encounter, Pair, PairMember, Participation, Person, Seat

TRIES = 6
_HELD = "held-people"  # in `session.info`: who is held in this transaction


async def of_people(
    session: AsyncSession, school_id: int, person_ids: Iterable[int], *, patient: bool = True
) -> set[int]:
    """Holds these people, their places, the pairs and one-off meetings in which they are, and who is in them.

    Nothing is read anew: who was read before keeps what was read.

    Args:
        patient: False leaves out whom somebody else holds now; for the clock, which comes again.

    Returns:
        Whom it holds.
    """
    # Once in a transaction: what has come since then would be waited for behind the journal.
    before: set[int] = session.info.setdefault(_HELD, set())
    wanted, held = set(person_ids), set[int]()
    for part in chunks(wanted - before):
        statement = select(Person.id).where(Person.id.in_(part), Person.school_id == school_id)
        held |= await _hold(session, statement.order_by(Person.id), Person, skip_locked=not patient)
    await _hold_places_of(session, held)
    for part in chunks(
        await _pairs(session, held) | await _open_pairs(session, await _places(session, held))
    ):
        await _hold(session, select(Pair.id).where(Pair.id.in_(part)).order_by(Pair.id), Pair)
    for part in chunks(await _encounters(session, held)):
        statement = select(Encounter.id).where(Encounter.id.in_(part))
        await _hold(session, statement.order_by(Encounter.id), Encounter)
    before |= held
    return held | (wanted & before)


async def _hold(session: AsyncSession, statement: Any, table: Any, *, skip_locked: bool = False) -> set[int]:
    found = await session.scalars(
        statement.with_for_update(of=table, key_share=True, skip_locked=skip_locked)
    )
    return set(found)


async def _hold_places_of(session: AsyncSession, person_ids: set[int]) -> None:
    """Their places and their partners', all in the order of ids.

    Somebody may come into one of the pairs while we wait. Then everything is let go and held anew: one more
    place taken out of turn is how two come to wait for each other.
    """
    for _ in range(TRIES):
        places = await _places(session, person_ids)
        async with session.begin_nested() as attempt:
            await _hold_places(session, places)
            if await _places(session, person_ids) <= places:
                return
            await attempt.rollback()
    await _hold_places(session, await _places(session, person_ids))


async def _hold_places(session: AsyncSession, ids: Iterable[int]) -> None:
    for part in chunks(ids):
        statement = select(Participation.id).where(Participation.id.in_(part)).order_by(Participation.id)
        await _hold(session, statement, Participation)


async def _pairs(session: AsyncSession, person_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(person_ids):
        statement = (
            select(Pair.id)
            .join(PairMember, PairMember.pair_id == Pair.id)
            .where(
                Pair.status.in_(HOLDING), PairMember.person_id.in_(part), PairMember.left_at.is_(None)
            )
        )  # fmt: skip
        found |= set(await session.scalars(statement))
    return found


async def _open_pairs(session: AsyncSession, places: Iterable[int]) -> set[int]:
    """Suggestions and unannounced pairs of these places: they give way when a pair is decided or ended."""
    found: set[int] = set()
    for part in chunks(places):
        statement = (
            select(Pair.id)
            .join(PairMember, PairMember.pair_id == Pair.id)
            .where(
                Pair.status.in_((PairStatus.SUGGESTED, PairStatus.APPROVED)),
                PairMember.participation_id.in_(part),
            )
        )
        found |= set(await session.scalars(statement))
    return found


async def _places(session: AsyncSession, person_ids: Iterable[int]) -> set[int]:
    """Their own, and of everybody in their pairs."""
    found: set[int] = set()
    for part in chunks(person_ids):
        own = select(Participation.id).where(Participation.person_id.in_(part))
        found |= set(await session.scalars(own))
    for part in chunks(await _pairs(session, person_ids)):
        shared = select(PairMember.participation_id).where(PairMember.pair_id.in_(part))
        found |= set(await session.scalars(shared))
    return found


async def _encounters(session: AsyncSession, person_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(person_ids):
        seats = select(Seat.encounter_id).where(Seat.person_id.in_(part))
        statement = select(Encounter.id).where(
            Encounter.state.in_((EncounterState.PROPOSED, EncounterState.OPEN)),
            or_(Encounter.host_id.in_(part), Encounter.id.in_(seats)),
        )
        found |= set(await session.scalars(statement))
    return found
