"""For whom consents hold, as a condition of the database: for lists of thousands. The rule is
`program.consents.state`; `tests/test_consent_holding.py` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE, Consenter, years_before
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.roles import Category
from storage.tables import Consent, Guardianship, Person


def holds(school_id: int, kinds: Iterable[ConsentKind], now: datetime, today: date) -> ColumnElement[bool]:
    """Everybody for whom each of these holds, of those who have not come of age since the first word was said.

    One pass over the ledger, not a look for each person.
    """
    wanted = list(kinds)
    said, who = _said(school_id, wanted, now, today), aliased(Person)
    adult, teen = years_before(today, OF_AGE), years_before(today, GUARDIAN_ALONE_BELOW)
    pupil = func.coalesce(who.category, "") == Category.PUPIL
    by_guardian = or_(who.birth_date > adult, and_(who.birth_date.is_(None), pupil))
    by_self = or_(who.birth_date <= teen, and_(who.birth_date.is_(None), not_(pupil)))
    found = (
        select(said.c.person_id)
        .join(who, who.id == said.c.person_id)
        .where(
            said.c.self_no == 0,
            or_(by_guardian.is_not(true()), and_(said.c.guardian_yes == 1, said.c.guardian_no == 0)),
            or_(by_self.is_not(true()), said.c.self_yes == 1),
        )
        .group_by(said.c.person_id)
        .having(func.count() == len(wanted))
    )
    return Person.id.in_(found)


async def came_of_age(session: AsyncSession, school_id: int, today: date) -> list[int]:
    """Ids of those whose own word may be older than their 18th birthday: for them the rule itself is asked."""
    first = await session.scalar(select(func.min(Consent.at)).where(Consent.school_id == school_id))
    if first is None:
        return []
    # Two days to spare: the birthday begins by the school's clock.
    since = years_before(first.date(), OF_AGE).toordinal() - 2
    statement = select(Person.id).where(
        Person.school_id == school_id,
        Person.birth_date <= years_before(today, OF_AGE),
        Person.birth_date >= date.fromordinal(since),
    )
    return list(await session.scalars(statement))


def _said(school_id: int, kinds: list[ConsentKind], now: datetime, today: date) -> Any:
    """For each person and purpose: whether a last word of that giver's kind says yes, or no (1 or 0)."""
    last = _last(school_id, kinds, now)
    no = last.c.event != ConsentEvent.GIVEN
    yes = and_(
        last.c.event == ConsentEvent.GIVEN,
        or_(last.c.valid_until.is_(None), last.c.valid_until >= today),
        last.c.known,
    )
    said = [
        func.max(case((and_(last.c.consenter == consenter, what), 1), else_=0)).label(
            f"{consenter.value}_{name}"
        )
        for consenter in (Consenter.SELF, Consenter.GUARDIAN)
        for name, what in (("no", no), ("yes", yes))
    ]
    return select(last.c.person_id, last.c.kind, *said).group_by(last.c.person_id, last.c.kind).subquery()


def _last(school_id: int, kinds: list[ConsentKind], now: datetime) -> Any:
    """The last words of each giver about each purpose. What an adult said who is no guardian is left out."""
    bond = and_(Guardianship.guardian_id == Consent.given_by, Guardianship.child_id == Consent.person_id)
    ended = exists().where(bond, Guardianship.ended_at.is_not(None))
    confirmed = exists().where(bond, Guardianship.confirmed_at.is_not(None), Guardianship.ended_at.is_(None))
    later = aliased(Consent)
    spoken_since = exists().where(
        later.person_id == Consent.person_id,
        later.kind == Consent.kind,
        later.at >= Consent.at,
        later.at <= now,
        or_(later.at > Consent.at, later.id > Consent.id),
        later.consenter == Consent.consenter,
        later.given_by.is_not_distinct_from(Consent.given_by),
    )
    paper = Consent.method == ConsentMethod.PAPER
    return (
        select(
            Consent.person_id,
            Consent.kind,
            Consent.consenter,
            Consent.event,
            Consent.valid_until,
            or_(Consent.consenter != Consenter.GUARDIAN, paper, confirmed).label("known"),
        )
        .where(
            Consent.school_id == school_id,
            Consent.kind.in_(kinds),
            Consent.at <= now,
            or_(Consent.given_by.is_(None), Consent.given_by == Consent.person_id, ~ended),
            ~spoken_since,
        )
        .subquery()
    )
