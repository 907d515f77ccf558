"""For whom consents hold, as a condition of the database: for lists of thousands. The rule is
`program.consents.state`; `tests/test_consent_holding.py` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE, Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.roles import Category
from storage.tables import Consent, Guardianship, Person


def holds(school_id: int, kinds: Iterable[ConsentKind], now: datetime, today: date) -> ColumnElement[bool]:
    """Everybody for whom each of these holds, of those who have not come of age since the first word was said.

    Each kind is one pass over the ledger, not a look for each person.
    """
    return and_(true(), *(_holds(school_id, kind, now, today) for kind in kinds))


async def came_of_age(session: AsyncSession, school_id: int, today: date) -> list[int]:
    """Ids of those whose own word may be older than their 18th birthday: for them the rule itself is asked."""
    first = await session.scalar(select(func.min(Consent.at)).where(Consent.school_id == school_id))
    if first is None:
        return []
    # Two days to spare: the birthday begins by the school's clock.
    since = _years_before(first.date(), OF_AGE).toordinal() - 2
    statement = select(Person.id).where(
        Person.school_id == school_id,
        Person.birth_date <= _years_before(today, OF_AGE),
        Person.birth_date >= date.fromordinal(since),
    )
    return list(await session.scalars(statement))


def _holds(school_id: int, kind: ConsentKind, now: datetime, today: date) -> ColumnElement[bool]:
    last = _last(school_id, kind, now)
    said_no = _people(last, last.c.event != ConsentEvent.GIVEN)
    said_yes = _people(
        last,
        last.c.event == ConsentEvent.GIVEN,
        or_(last.c.valid_until.is_(None), last.c.valid_until >= today),
    )
    adult, teen = _years_before(today, OF_AGE), _years_before(today, GUARDIAN_ALONE_BELOW)
    unborn, pupil = Person.birth_date.is_(None), Person.category == Category.PUPIL
    by_guardian = or_(Person.birth_date > adult, and_(unborn, pupil))
    by_self = or_(
        Person.birth_date <= teen,
        and_(unborn, or_(Person.category.is_(None), Person.category != Category.PUPIL)),
    )
    return and_(
        ~said_no(Consenter.SELF),
        or_(by_guardian.is_not(true()), and_(said_yes(Consenter.GUARDIAN), ~said_no(Consenter.GUARDIAN))),
        or_(by_self.is_not(true()), said_yes(Consenter.SELF)),
    )


def _last(school_id: int, kind: ConsentKind, now: datetime) -> Any:
    """The last word of each giver about one purpose. What an adult said who is no guardian is left out."""
    bond = and_(Guardianship.guardian_id == Consent.given_by, Guardianship.child_id == Consent.person_id)
    ended = exists().where(bond, Guardianship.ended_at.is_not(None))
    confirmed = exists().where(bond, Guardianship.confirmed_at.is_not(None), Guardianship.ended_at.is_(None))
    newest = func.row_number().over(
        partition_by=(Consent.person_id, Consent.consenter, Consent.given_by),
        order_by=(Consent.at.desc(), Consent.id.desc()),
    )
    words = (
        select(
            Consent.person_id,
            Consent.consenter,
            Consent.event,
            Consent.valid_until,
            or_(
                Consent.consenter != Consenter.GUARDIAN, Consent.method == ConsentMethod.PAPER, confirmed
            ).label("known"),
            newest.label("newest"),
        )
        .where(Consent.school_id == school_id, Consent.kind == kind, Consent.at <= now, ~ended)
        .subquery()
    )
    return select(words).where(words.c.newest == 1).subquery()


def _people(last: Any, *where: Any) -> Any:
    """consenter -> the condition that such a last word of theirs is there; a «yes» of somebody unknown is none."""

    def of(consenter: Consenter) -> ColumnElement[bool]:
        known = or_(last.c.event != ConsentEvent.GIVEN, last.c.known)
        return Person.id.in_(select(last.c.person_id).where(last.c.consenter == consenter, known, *where))

    return of


def _years_before(day: date, years: int) -> date:
    """The latest birth date of somebody who is that old; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
