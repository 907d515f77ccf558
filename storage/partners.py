"""Partners of the programme: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.partners import ENDING, OUTSIDE, WORKED_WITH, PartnerState
from program.roles import Side
from storage.adding import add_new
from storage.overview import GONE, KEPT, Waiting
from storage.tables import Participation, Partner, PartnerDeed, PartnerPerson, Person

CONTACT = {"contact": "", "contact_position": "", "phone": "", "email": "", "contact_ground": ""}


async def of_school(session: AsyncSession, school_id: int, *, archived: bool) -> Sequence[Partner]:
    """Partners with their people and deeds, by name.

    Args:
        archived: those with whom the work is over; else all others.
    """
    over = Partner.state == PartnerState.ARCHIVED
    statement = (
        select(Partner)
        .where(Partner.school_id == school_id, over if archived else ~over)
        .order_by(Partner.name, Partner.id)
        .options(selectinload(Partner.deeds), selectinload(Partner.people).joinedload(PartnerPerson.person))
    )
    return (await session.scalars(statement)).all()


async def known_by(session: AsyncSession, school_id: int, on: date, until: datetime) -> Sequence[Partner]:
    """Partners on a day with their people and deeds, by name: put down or dealt with by then, and not in the archive.

    Args:
        until: the first moment after that day.
    """
    met = select(PartnerDeed.id).where(PartnerDeed.partner_id == Partner.id, PartnerDeed.on_day <= on)
    statement = (
        select(Partner)
        .where(
            Partner.school_id == school_id,
            or_(Partner.created_at < until, Partner.agreement_on <= on, met.exists()),
            or_(Partner.state != PartnerState.ARCHIVED, Partner.archived_at >= until),
        )
        .order_by(Partner.name, Partner.id)
        .options(selectinload(Partner.deeds), selectinload(Partner.people).joinedload(PartnerPerson.person))
    )
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, school_id: int, partner_id: int) -> Partner | None:
    statement = (
        select(Partner)
        .where(Partner.school_id == school_id, Partner.id == partner_id)
        .options(selectinload(Partner.deeds), selectinload(Partner.people).joinedload(PartnerPerson.person))
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def named(session: AsyncSession, school_id: int, name: str) -> int | None:
    statement = select(Partner.id).where(Partner.school_id == school_id, Partner.name == name)
    return await session.scalar(statement)


async def counts(session: AsyncSession, school_id: int) -> dict[str, int]:
    """How many partners stand in each state."""
    statement = select(Partner.state, func.count(Partner.id)).where(Partner.school_id == school_id)
    return {str(state): many for state, many in await session.execute(statement.group_by(Partner.state))}


async def add(session: AsyncSession, **values: object) -> int | None:
    """The key of a new partner; None if there is one of this name."""
    key: int | None = await add_new(session, Partner, values, ["school_id", "name"])
    return key


async def add_person(session: AsyncSession, **values: object) -> bool:
    """False if this partner has this person already."""
    return await add_new(session, PartnerPerson, values, ["partner_id", "person_id"]) is not None


async def outsiders(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """People of the base who are not the school's own pupils and teachers and stand among the mentors."""
    place = select(Participation.id).where(
        Participation.person_id == Person.id,
        Participation.side == Side.MENTOR,
        Participation.status.not_in(GONE),
    )
    statement = (
        select(Person)
        .where(
            Person.school_id == school_id,
            Person.state.in_(KEPT),
            Person.category.in_(OUTSIDE),
            place.exists(),
        )
        .order_by(Person.plain, Person.id)
    )
    return (await session.scalars(statement)).all()


async def waiting(session: AsyncSession, school_id: int, today: date) -> list[Waiting]:
    """What «Сегодня» says: agreements that end within a month or have ended, since the earliest end."""
    statement = select(func.count(Partner.id), func.min(Partner.agreement_until)).where(
        Partner.school_id == school_id,
        Partner.state.in_(WORKED_WITH),
        Partner.agreement_until <= today + ENDING,
    )
    many, first = (await session.execute(statement)).one()
    past = datetime.combine(first, time(), UTC) if first is not None and first < today else None
    return [Waiting("partners", many, past)] if many else []


async def forget_contacts(session: AsyncSession, school_id: int, before: datetime) -> Sequence[int]:
    """Empties the contacts of partners archived before; ids of those that had one."""
    statement = (
        update(Partner)
        .where(
            Partner.school_id == school_id,
            Partner.archived_at < before,
            or_(
                Partner.contact != "",
                Partner.phone != "",
                Partner.email != "",
                Partner.contact_position != "",
            ),
        )
        .values(**CONTACT)
        .returning(Partner.id)
    )
    return (await session.scalars(statement)).all()


async def of_person(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Partner]:
    """Partners from which a person came, by name."""
    mine = select(PartnerPerson.partner_id).where(PartnerPerson.person_id == person_id)
    statement = select(Partner).where(Partner.school_id == school_id, Partner.id.in_(mine))
    return (await session.scalars(statement.order_by(Partner.name))).all()


async def contacted(session: AsyncSession, person: Person) -> Sequence[Partner]:
    """Partners whose contact this person is: the same phone or the same mail."""
    same = [
        column == value
        for column, value in ((Partner.phone, person.phone), (Partner.email, person.email))
        if value
    ]
    if not same:
        return ()
    statement = select(Partner).where(Partner.school_id == person.school_id, or_(*same))
    return (await session.scalars(statement.order_by(Partner.name))).all()


async def forget_person(session: AsyncSession, person: Person, named: Callable[[str], bool]) -> int:
    """Takes an erased person out of the register: as one of a partner's people, as a contact, in words.

    Args:
        named: whether words name the person.

    Returns:
        How many rows had something of the person.
    """
    own = delete(PartnerPerson).where(PartnerPerson.person_id == person.id).returning(PartnerPerson.id)
    found = len((await session.scalars(own)).all())
    mine = {one.id for one in await contacted(session, person)}
    for partner in await session.scalars(select(Partner).where(Partner.school_id == person.school_id)):
        is_contact = partner.id in mine or named(partner.contact)
        if is_contact:
            for name, value in CONTACT.items():
                setattr(partner, name, value)
        said = named(partner.notes)
        partner.notes = "" if said else partner.notes
        itself = named(partner.name)  # a parent or an entrepreneur under the own name
        partner.name = f"№ {partner.id}" if itself else partner.name
        found += is_contact or said or itself
    for deed in await session.scalars(select(PartnerDeed).where(PartnerDeed.school_id == person.school_id)):
        if named(deed.title):
            deed.title = ""
            found += 1
    return found
