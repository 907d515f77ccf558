"""Calls for help, the adults who answer them, and psychologists' notes. Every query takes the school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.care import CallKind, Step
from program.roles import StaffRole
from program.states import PairStatus, RequestState
from storage.tables import CareNote, HelpRequest, Pair, PairMember, Participation, Person, StaffChat, User

LISTED = 200


async def requests(session: AsyncSession, school_id: int) -> Sequence[HelpRequest]:
    """Open ones first, urgent before others, older before newer; then the last closed ones."""
    statement = (
        select(HelpRequest)
        .where(HelpRequest.school_id == school_id)
        .order_by(
            HelpRequest.state == RequestState.CLOSED,
            HelpRequest.urgent.desc(),
            HelpRequest.state == RequestState.IN_WORK,
            HelpRequest.at,
            HelpRequest.id,
        )
        .limit(LISTED)
    )
    return (await session.scalars(statement)).all()


async def is_open(session: AsyncSession, school_id: int, person_id: int, words: str) -> bool:
    """Whether the same card of this person waits for the curator already."""
    statement = select(
        exists().where(
            HelpRequest.school_id == school_id,
            HelpRequest.person_id == person_id,
            HelpRequest.state != RequestState.CLOSED,
            HelpRequest.words == words,
        )
    )
    return await session.scalar(statement) or False


async def request(
    session: AsyncSession, school_id: int, request_id: int, *, hold: bool = False
) -> HelpRequest | None:
    """`hold`: until the transaction ends, so that of two adults who take a card one is told who was first."""
    statement = select(HelpRequest).where(HelpRequest.school_id == school_id, HelpRequest.id == request_id)
    if hold:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(statement)


async def newest_new(
    session: AsyncSession,
    person_id: int,
    kinds: Iterable[CallKind],
    since: datetime,
    *,
    about: str = "",
    hold: bool = True,
) -> HelpRequest | None:
    """The person's newest card of these kinds that nobody has taken, made then or later; held unless said."""
    statement = (
        select(HelpRequest)
        .where(
            HelpRequest.person_id == person_id,
            HelpRequest.kind.in_(list(kinds)),
            HelpRequest.state == RequestState.NEW,
            HelpRequest.at >= since,
        )
        .order_by(HelpRequest.id.desc())
        .limit(1)
    )
    if about:
        statement = statement.where(HelpRequest.about == about)
    return await session.scalar(statement.with_for_update() if hold else statement)


async def made_at(session: AsyncSession, person_id: int, at: datetime) -> Sequence[HelpRequest]:
    """Cards of this very turn."""
    return (
        await session.scalars(
            select(HelpRequest).where(HelpRequest.person_id == person_id, HelpRequest.at == at)
        )
    ).all()


async def unanswered(session: AsyncSession, school_id: int) -> Sequence[HelpRequest]:
    """Urgent cards that nobody has taken, the oldest first; held.

    A card in another's hands is left out: the next tick looks again.
    """
    return (await session.scalars(_unanswered(), {"school": school_id})).all()


@cache
def _unanswered() -> Select[HelpRequest]:
    """Built once: asked every minute while somebody waits."""
    return (
        select(HelpRequest)
        .where(
            HelpRequest.school_id == bindparam("school"),
            HelpRequest.urgent,
            HelpRequest.state == RequestState.NEW,
        )
        .order_by(HelpRequest.id)
        .with_for_update(skip_locked=True)
    )


async def called_in(session: AsyncSession, school_id: int, step: Step) -> Sequence[HelpRequest]:
    """Urgent cards that nobody has taken and that have come this far."""
    statement = (
        select(HelpRequest)
        .where(
            HelpRequest.school_id == school_id,
            HelpRequest.urgent,
            HelpRequest.state == RequestState.NEW,
            HelpRequest.step >= step,
        )
        .order_by(HelpRequest.at, HelpRequest.id)
    )
    return (await session.scalars(statement)).all()


@dataclass(frozen=True)
class Open:
    """What the curator's screen shows all the time: urgent cards that nobody has taken, and since when."""

    count: int
    newest: int  # id; 0 for none
    since: datetime | None


def opened(found: Sequence[HelpRequest]) -> Open:
    ids, times = [one.id for one in found], [one.at for one in found]
    return Open(len(found), max(ids, default=0), min(times, default=None))


async def open_calls(session: AsyncSession, school_id: int) -> Open:
    statement = select(func.count(HelpRequest.id), func.max(HelpRequest.id), func.min(HelpRequest.at)).where(
        HelpRequest.school_id == school_id, HelpRequest.urgent, HelpRequest.state == RequestState.NEW
    )
    count, newest, since = (await session.execute(statement)).one()
    return Open(count, newest or 0, since)


async def flagged(session: AsyncSession, school_id: int, year: str) -> Sequence[Person]:
    """Who called for help, or asked for the psychologist while waiting this year; by name."""
    called = select(HelpRequest.person_id).where(HelpRequest.school_id == school_id, HelpRequest.urgent)
    noted = select(CareNote.person_id).where(CareNote.school_id == school_id)
    wanted = select(Participation.person_id).where(
        Participation.school_id == school_id, Participation.year == year, Participation.support != ""
    )
    statement = (
        select(Person)
        .where(
            Person.school_id == school_id,
            Person.first_name != "",
            or_(Person.id.in_(called), Person.id.in_(noted), Person.id.in_(wanted)),
        )
        .order_by(Person.plain, Person.id)
    )
    return (await session.scalars(statement)).all()


async def requests_of(session: AsyncSession, school_id: int, person_id: int) -> Sequence[HelpRequest]:
    """Newest first."""
    statement = (
        select(HelpRequest)
        .where(HelpRequest.school_id == school_id, HelpRequest.person_id == person_id)
        .order_by(HelpRequest.id.desc())
    )
    return (await session.scalars(statement)).all()


async def notes(session: AsyncSession, school_id: int, person_id: int) -> Sequence[CareNote]:
    """Newest first; their words are sealed."""
    statement = (
        select(CareNote)
        .where(CareNote.school_id == school_id, CareNote.person_id == person_id)
        .order_by(CareNote.id.desc())
    )
    return (await session.scalars(statement)).all()


async def staff(session: AsyncSession, school_id: int, roles: Iterable[StaffRole]) -> Sequence[User]:
    """Accounts of these roles that are in use."""
    statement = (
        select(User)
        .where(User.school_id == school_id, User.active, User.role.in_(list(roles)))
        .order_by(User.id)
    )
    return (await session.scalars(statement)).all()


async def chats(session: AsyncSession, school_id: int, users: Iterable[int]) -> Sequence[tuple[int, Person]]:
    """Account and the human in whose chat its alerts arrive."""
    statement = (
        select(StaffChat.user_id, Person)
        .join(Person, Person.id == StaffChat.person_id)
        .where(StaffChat.school_id == school_id, StaffChat.user_id.in_(list(users)))
        .order_by(StaffChat.user_id)
    )
    return [(user_id, person) for user_id, person in await session.execute(statement)]


async def accounts_of(session: AsyncSession, school_id: int, person_id: int) -> Sequence[User]:
    """The accounts in use whose alerts this person gets."""
    statement = (
        select(User)
        .join(StaffChat, StaffChat.user_id == User.id)
        .where(StaffChat.school_id == school_id, StaffChat.person_id == person_id, User.active)
        .order_by(User.id)
    )
    return (await session.scalars(statement)).all()


async def let_go_of_chat(session: AsyncSession, school_id: int, user_id: int) -> None:
    await session.execute(
        delete(StaffChat).where(StaffChat.school_id == school_id, StaffChat.user_id == user_id)
    )


async def forget_person(session: AsyncSession, person_id: int) -> dict[str, int]:
    """Empties the person's cards, deletes notes about them and lets go of the chat. How much of each."""
    emptied = update(HelpRequest).where(HelpRequest.person_id == person_id)
    emptied = emptied.values(words="", about="", action="")
    noted = delete(CareNote).where(CareNote.person_id == person_id)
    await session.execute(delete(StaffChat).where(StaffChat.person_id == person_id))
    return {
        "requests": len((await session.scalars(emptied.returning(HelpRequest.id))).all()),
        "notes": len((await session.scalars(noted.returning(CareNote.id))).all()),
    }


async def apart(session: AsyncSession, school_id: int, people: Iterable[int]) -> dict[int, datetime]:
    """Who of these has asked for a break and since when, as long as a grown-up has not closed the card."""
    statement = (
        select(HelpRequest.person_id, func.min(HelpRequest.at))
        .where(
            HelpRequest.school_id == school_id,
            HelpRequest.person_id.in_(list(people)),
            HelpRequest.apart != "",
            HelpRequest.state != RequestState.CLOSED,
        )
        .group_by(HelpRequest.person_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def pairs_at_work(session: AsyncSession, school_id: int, person_id: int) -> Sequence[int]:
    """Ids of the pairs and groups at work in which the person meets others now."""
    statement = (
        select(Pair.id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            Pair.school_id == school_id,
            Pair.status == PairStatus.ACTIVE,
            PairMember.person_id == person_id,
            PairMember.left_at.is_(None),
            PairMember.aside_since.is_(None),
        )
        .order_by(Pair.id)
    )
    return (await session.scalars(statement)).all()


async def taken_by(session: AsyncSession, school_id: int, actor: str) -> Sequence[HelpRequest]:
    """What somebody has in hand."""
    statement = (
        select(HelpRequest)
        .where(
            HelpRequest.school_id == school_id,
            HelpRequest.state == RequestState.IN_WORK,
            HelpRequest.taken_by == actor,
        )
        .order_by(HelpRequest.at, HelpRequest.id)
    )
    return (await session.scalars(statement)).all()
