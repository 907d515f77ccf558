"""Consents as a filter and an order of long lists: the database decides, the rule where it has to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_

from actions import consents
from actions.work import Work
from program.consents import REQUIRED, ConsentKind
from storage import consent_holding, lists
from storage.tables import Person


async def given(work: Work, kinds: Iterable[ConsentKind] = REQUIRED) -> ColumnElement[bool]:
    """The condition that every one of these consents holds for a person of this school today."""
    kinds = tuple(kinds)
    holds = consent_holding.holds(work.school.id, kinds, work.now, work.today)
    grown = await consent_holding.came_of_age(work.session, work.school.id, work.today)
    if not grown:
        return holds
    people = await lists.bare(work.session, work.school.id, grown)
    by_rule = await consents.allowed(work, people, *kinds)
    return or_(and_(Person.id.not_in(grown), holds), Person.id.in_(by_rule))
