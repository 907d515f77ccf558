"""People, addresses, guardians, participations, invitations: queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from program.channels import Channel
from program.roles import Side
from storage.adding import read_rows
from storage.places import chunks
from storage.tables import Address, Guardianship, Invitation, Participation, Person


async def get(session: AsyncSession, person_id: int) -> Person | None:
    return await session.get(Person, person_id)


async def of_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, Person]:
    """These people by their ids; unknown ones are left out."""
    found: dict[int, Person] = {}
    for part in chunks(ids):
        found |= {person.id: person for person in await session.scalars(_of_ids(), {"ids": part})}
    return found


@cache
def _of_ids() -> Select[Person]:
    return select(Person).where(Person.id.in_(bindparam("ids", expanding=True)))


async def lock(session: AsyncSession, person_id: int) -> Person | None:
    """The person as of now, held until the transaction ends: events of one person go one after the other.

    A row that was read before the lock is read anew: somebody else may have changed it while we waited.
    """
    return await session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


async def address_of(session: AsyncSession, channel: Channel, account: str, address: str) -> Address | None:
    """The address with its person."""
    statement = (
        select(Address)
        .where(Address.channel == channel, Address.account == account, Address.address == address)
        .options(joinedload(Address.person))
    )
    return await session.scalar(statement)


async def addresses_of(
    session: AsyncSession, channel: Channel, account: str, addresses: Iterable[str], *, people: bool = True
) -> dict[str, Address]:
    """These addresses, with their people unless those are known already."""
    asked = {"channel": channel, "account": account, "addresses": list(set(addresses))}
    return {one.address: one for one in await session.scalars(_addresses_of(people), asked)}


@cache
def _addresses_of(people: bool) -> Any:
    these = Address.address.in_(bindparam("addresses", expanding=True))
    asked = (Address.channel == bindparam("channel"), Address.account == bindparam("account"), these)
    statement = select(Address).where(*asked)
    return statement.options(joinedload(Address.person)) if people else statement


async def best_address(session: AsyncSession, person_id: int) -> Address | None:
    """Where to write to a person: the reachable messenger heard from last, else the web chat; None if neither.

    A messenger comes first because a page in a browser rings no bell. Who refused messengers
    (`Person.preferences["web_only"]`) is written to in the web chat only.
    """
    person = await session.get(Person, person_id)
    web_only = person is not None and bool(person.preferences.get("web_only"))
    found: Address | None = await session.scalar(_best_address(web_only), {"person": person_id})
    return found


async def best_place(session: AsyncSession, person: Person) -> tuple[str, str, str] | None:
    """Channel, account and address of the same, for whoever is being written to."""
    web_only = bool(person.preferences.get("web_only"))
    found = (await read_rows(session, _best_place(web_only), {"person": person.id})).first()
    return tuple(found) if found else None


async def best_places(session: AsyncSession, persons: Iterable[Person]) -> dict[int, tuple[str, str, str]]:
    """The same of many, by their ids; who has no reachable address is left out."""
    web_only = {person.id: bool(person.preferences.get("web_only")) for person in persons}
    found: dict[int, tuple[str, str, str]] = {}
    for part in chunks(web_only):
        rows: Any = await read_rows(session, _best_places(), {"ids": part})
        for person_id, channel, account, address in rows:
            if person_id not in found and (channel == Channel.WEB or not web_only[person_id]):
                found[person_id] = channel, account, address
    return found


@cache
def _best_places() -> Any:
    place = Address.__table__.c
    columns = (place.person_id, place.channel, place.account, place.address)
    these = place.person_id.in_(bindparam("ids", expanding=True))
    return _in_order(select(*columns).where(these, place.unreachable_since.is_(None)), place)


@cache
def _best_place(web_only: bool) -> Any:
    place = Address.__table__.c
    return _best(select(place.channel, place.account, place.address), place, web_only)


@cache
def _best_address(web_only: bool) -> Any:
    """Built once, like everything that is asked for each message: building takes longer than running."""
    return _best(select(Address), Address, web_only)


def _best(statement: Any, of: Any, web_only: bool) -> Any:
    statement = statement.where(of.person_id == bindparam("person"), of.unreachable_since.is_(None))
    if web_only:
        statement = statement.where(of.channel == Channel.WEB)
    return _in_order(statement, of).limit(1)


def _in_order(statement: Any, of: Any) -> Any:
    """Where to write comes first."""
    return statement.order_by(of.channel == Channel.WEB, of.used_at.desc(), of.id.desc())


async def address_on(session: AsyncSession, person_id: int, channel: Channel) -> Address | None:
    """The newest address of a person on one channel, reachable or not."""
    statement = (
        select(Address)
        .where(Address.person_id == person_id, Address.channel == channel)
        .order_by(Address.used_at.desc())
        .limit(1)
    )
    return await session.scalar(statement)


async def mark_unreachable(
    session: AsyncSession, channel: Channel, account: str, address: str, reason: str, now: datetime
) -> None:
    """The platform says that this address takes no more messages; it does again once the person writes."""
    await session.execute(
        update(Address)
        .where(
            Address.channel == channel,
            Address.account == account,
            Address.address == address,
            Address.unreachable_since.is_(None),
        )
        .values(unreachable_since=now, unreachable_reason=reason)
    )


async def guardians_of(session: AsyncSession, child_id: int) -> Sequence[Guardianship]:
    """With the guardian loaded; confirmed or not."""
    statement = (
        select(Guardianship)
        .where(Guardianship.child_id == child_id)
        .options(joinedload(Guardianship.guardian))
    )
    return (await session.scalars(statement)).all()


async def children_of(session: AsyncSession, guardian_id: int) -> Sequence[Guardianship]:
    """With the child loaded; what has ended is left out."""
    statement = (
        select(Guardianship)
        .where(Guardianship.guardian_id == guardian_id, Guardianship.ended_at.is_(None))
        .options(joinedload(Guardianship.child))
        .order_by(Guardianship.id)
    )
    return (await session.scalars(statement)).all()


async def acts_for_somebody(session: AsyncSession, guardian_id: int) -> bool:
    """Whether the school has confirmed a child for whom this person acts."""
    return await session.scalar(_acts_for_somebody(), {"person": guardian_id}) or False


@cache
def _acts_for_somebody() -> Select[bool]:
    """Built once: every answer in Telegram asks."""
    bond = Guardianship.guardian_id == bindparam("person")
    return select(
        exists().where(bond, Guardianship.ended_at.is_(None), Guardianship.confirmed_at.is_not(None))
    )


async def participations_of(session: AsyncSession, person_id: int, year: str) -> Sequence[Participation]:
    return (await session.scalars(_participations_of(), {"person": person_id, "year": year})).all()


@cache
def _participations_of() -> Select[Participation]:
    return (
        select(Participation)
        .where(Participation.person_id == bindparam("person"), Participation.year == bindparam("year"))
        .order_by(Participation.id)
    )


async def takes_part(session: AsyncSession, person_id: int) -> bool:
    """Whether the person has ever had a place in the programme."""
    return await session.scalar(_takes_part(), {"person": person_id}) or False


async def years_of(session: AsyncSession, person_id: int) -> set[str]:
    """The school years in which the person has had a place."""
    found = await read_rows(session, _years_of(), {"person": person_id})
    return set(found.scalars())


@cache
def _years_of() -> Any:
    place = Participation.__table__.c
    return select(place.year).where(place.person_id == bindparam("person")).distinct()


async def taking_part(session: AsyncSession, ids: Iterable[int]) -> set[int]:
    """The same of many: those who have."""
    found: set[int] = set()
    for part in chunks(ids):
        found.update((await read_rows(session, _taking_part(), {"ids": part})).scalars())
    return found


@cache
def _taking_part() -> Any:
    place = Participation.__table__.c
    return select(place.person_id).where(place.person_id.in_(bindparam("ids", expanding=True))).distinct()


@cache
def _takes_part() -> Select[bool]:
    return select(exists().where(Participation.person_id == bindparam("person")))


async def pool(
    session: AsyncSession,
    school_id: int,
    year: str,
    form: str,
    side: Side,
    only: Collection[int] | None = None,
) -> Sequence[Participation]:
    """All participations of one side of one form, with the person, in a fixed order.

    Args:
        only: these alone (their ids).
    """
    statement = (
        select(Participation)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.form == form,
            Participation.side == side,
        )
        .options(joinedload(Participation.person))
        .order_by(Participation.id)
    )
    if only is not None:
        statement = statement.where(Participation.id.in_(only))
    return (await session.scalars(statement)).all()


async def invitation(session: AsyncSession, token: str) -> Invitation | None:
    return await session.scalar(select(Invitation).where(Invitation.token == token))


def usable(invitation: Invitation, now: datetime) -> bool:
    return invitation.revoked_at is None and invitation.uses_left > 0 and invitation.expires_at > now
