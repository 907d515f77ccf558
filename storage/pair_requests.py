"""What participants ask for in their pairs, and pairs that wait for the curator's word: queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.pair_life import MUTUAL
from program.states import HOLDING, PairStatus, RequestState
from storage import group_changes
from storage.overview import Waiting
from storage.tables import Pair, PairAnswer, PairMember, PairRequest

OPEN = (RequestState.NEW, RequestState.IN_WORK)
_WHOLE: Any = joinedload(PairRequest.pair).selectinload(Pair.members).joinedload(PairMember.person)


async def get(session: AsyncSession, school_id: int, request_id: int) -> PairRequest | None:
    """With the person."""
    statement = (
        select(PairRequest)
        .where(PairRequest.id == request_id, PairRequest.school_id == school_id)
        .options(joinedload(PairRequest.person))
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def of_pair(session: AsyncSession, pair_id: int) -> Sequence[PairRequest]:
    """Newest first, with the person."""
    statement = (
        select(PairRequest)
        .where(PairRequest.pair_id == pair_id)
        .options(joinedload(PairRequest.person))
        .order_by(PairRequest.id.desc())
    )
    return (await session.scalars(statement)).all()


async def open_ones(session: AsyncSession, school_id: int) -> Sequence[PairRequest]:
    """Everything that waits, the oldest first, with the person, the pair and its people."""
    statement = (
        select(PairRequest)
        .where(PairRequest.school_id == school_id, PairRequest.state.in_(OPEN))
        .options(joinedload(PairRequest.person), _WHOLE)
        .order_by(PairRequest.at, PairRequest.id)
    )
    return (await session.scalars(statement)).all()


async def standing(session: AsyncSession, pair_id: int, person_id: int, kind: str) -> PairRequest | None:
    """The same thing asked by the same person and not answered yet."""
    statement = select(PairRequest).where(
        PairRequest.pair_id == pair_id,
        PairRequest.person_id == person_id,
        PairRequest.kind == kind,
        PairRequest.state.in_(OPEN),
    )
    return await session.scalar(statement)


async def said_by(
    session: AsyncSession, school_id: int, person_id: int
) -> tuple[Sequence[PairAnswer], Sequence[PairRequest]]:
    """Everything one person has said about pairs, the oldest first."""
    answers = select(PairAnswer).where(PairAnswer.school_id == school_id, PairAnswer.person_id == person_id)
    wishes = select(PairRequest).where(PairRequest.school_id == school_id, PairRequest.person_id == person_id)
    return (
        (await session.scalars(answers.order_by(PairAnswer.id))).all(),
        (await session.scalars(wishes.order_by(PairRequest.id))).all(),
    )


async def close_open(session: AsyncSession, pair_id: int, now: datetime, actor: str) -> None:
    """Nothing is left to be decided about a pair that is over."""
    await session.execute(
        update(PairRequest)
        .where(PairRequest.pair_id == pair_id, PairRequest.state.in_(OPEN))
        .values(state=RequestState.CLOSED, closed_at=now, closed_by=actor)
    )


async def members_with_an_end(session: AsyncSession, school_id: int, before: date) -> Sequence[int]:
    """Pairs in which somebody stands in for a mentor until a day before `before`."""
    statement = select(PairMember.pair_id).where(
        PairMember.school_id == school_id,
        PairMember.left_at.is_(None),
        PairMember.stands_in_until < before,
    )
    return sorted(set(await session.scalars(statement)))


async def ready(session: AsyncSession, school_id: int) -> list[PairRequest]:
    """Open requests that the curator can decide: mutual ones only once every member has said yes."""
    return [
        one
        for one in await open_ones(session, school_id)
        if one.kind not in MUTUAL or agreed_by_all(one, one.pair)
    ]


def agreed_by_all(request: PairRequest, pair: Pair) -> bool:
    """Every member of now has said yes; the members must be loaded.

    Who waits outside a group for a consent or only stands in was not asked and is not waited for.
    """
    asked = (m for m in pair.members if not (m.left_at or m.aside_since or m.stands_in_until))
    here = {str(one.person_id) for one in asked}
    return here <= {key for key, said in request.said.items() if said == "yes"}


async def waiting(
    session: AsyncSession, school_id: int, year: str, now: datetime, today: date
) -> list[Waiting]:
    """What of pairs waits for the curator on «Сегодня»; kinds with nothing are left out."""
    found = []
    of_year = (Pair.school_id == school_id, Pair.year == year)
    asked = await ready(session, school_id)
    if asked:
        found.append(Waiting("requests", len(asked), asked[0].at))
    declined = await _declined(session, school_id, year)
    if declined:
        found.append(Waiting("declined", len(declined), min(declined)))
    silent = select(func.count(Pair.id), func.min(Pair.answer_by)).where(
        *of_year, Pair.status == PairStatus.OFFERED, Pair.answer_by < now
    )
    count, oldest = (await session.execute(silent)).one()
    if count:
        found.append(Waiting("answers", count, oldest))
    stuck = await group_changes.stuck(session, school_id)
    if stuck:
        found.append(Waiting("group-changes", len(stuck), stuck[0]))
    for code, status, column in (
        ("pauses", PairStatus.PAUSED, Pair.paused_until),
        ("due", PairStatus.ACTIVE, Pair.ends_on),
    ):
        over = select(func.count(Pair.id)).where(*of_year, Pair.status == status, column < today)
        count = await session.scalar(over) or 0
        if count:
            found.append(Waiting(code, count, None))
    return found


async def _declined(session: AsyncSession, school_id: int, year: str) -> list[datetime]:
    """When pairs were declined whose mentees have been in no pair since: somebody else is to be found."""
    statement = (
        select(Pair)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.status == PairStatus.DECLINED,
            Pair.is_group.is_(False),
        )
        .options(selectinload(Pair.members).joinedload(PairMember.participation))
        .order_by(Pair.id)
    )
    lately = {
        one.participation_id: (pair.closed_at, one.participation.status)
        for pair in (await session.scalars(statement)).unique()
        for one in pair.members
        if one.side == "mentee" and pair.closed_at is not None
    }
    busy = await _busy(session, lately)
    return [at for key, (at, status) in lately.items() if key not in busy and status == "searching" and at]


async def _busy(session: AsyncSession, places: Iterable[int]) -> set[int]:
    statement = (
        select(PairMember.participation_id)
        .join(PairMember.pair)
        .where(
            PairMember.participation_id.in_(list(places)[:500]),
            PairMember.left_at.is_(None),
            Pair.status.in_(HOLDING),
        )
    )
    return set(await session.scalars(statement))
