"""How far a school has come before its first pairs: one look. Every query takes the school."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Category, PersonState
from storage.tables import Consent, MatchRun, Pair, Person


@dataclass(frozen=True)
class There:
    """Whether there are any: teachers on the list, pupils, words about consents, pairs or a matching."""

    staff: bool
    pupils: bool
    consents: bool
    pairs: bool


async def there(session: AsyncSession, school_id: int, year: str) -> There:
    known = (Person.school_id == school_id, Person.state.not_in((PersonState.VISITOR, PersonState.ERASED)))
    statement = select(
        exists().where(*known, Person.category == Category.TEACHER),
        exists().where(*known, Person.category == Category.PUPIL),
        exists().where(Consent.school_id == school_id),
        exists().where(Pair.school_id == school_id, Pair.year == year)
        | exists().where(MatchRun.school_id == school_id),
    )
    staff, pupils, consents, pairs = (await session.execute(statement)).one()
    return There(bool(staff), bool(pupils), bool(consents), bool(pairs))
