"""People and pairs by what somebody types into «Найти». Every query takes the school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.finding import Part
from program.states import KNOWN, PairStatus
from storage.overview import KEPT
from storage.tables import Pair, PairMember, Person

# Nobody looks for a proposal that was thrown away.
_THROWN_AWAY = (PairStatus.REJECTED, PairStatus.DROPPED)


def matches(parts: Iterable[Part], person: Any = Person) -> ColumnElement[bool]:
    """Whose name, class or phone holds every one of these parts."""
    return and_(true(), *(_holds(part, person) for part in parts))


def _holds(part: Part, person: Any) -> ColumnElement[bool]:
    if part.whole:
        words = " " + person.plain + " "
        known = [words.contains(f" {one} ", autoescape=True) for one in part.spellings]
        if part.grade:  # «8» is 8А and 8Б: one more letter
            known += [words.like(f"% {one}_ %") for one in part.spellings]
        return or_(*known)
    return or_(*(person.plain.contains(one, autoescape=True) for one in part.spellings))


def _rank(parts: Sequence[Part]) -> ColumnElement[int]:
    """Surnames that begin so first, then other names that begin so, then the rest."""
    named = [one for part in parts if not part.whole for one in part.spellings]
    return case(
        (or_(false(), *(Person.plain.startswith(one, autoescape=True) for one in named)), 0),
        (or_(false(), *(Person.plain.contains(f" {one}", autoescape=True) for one in named)), 1),
        else_=2,
    )


async def people(
    session: AsyncSession,
    school_id: int,
    parts: Sequence[Part],
    *,
    limit: int,
    class_name: str | None = None,
    only: Iterable[int] | None = None,
) -> Sequence[Person]:
    """Those who fit best, nothing around them.

    Args:
        class_name: of this class alone; None: of any.
        only: among these ids; None: among everybody.
    """
    if not parts:
        return []
    statement = (
        select(Person)
        .where(Person.school_id == school_id, Person.state.in_(KEPT), matches(parts))
        .order_by(_rank(parts), Person.plain, Person.id)
        .limit(limit)
    )
    if class_name is not None:
        statement = statement.where(Person.class_name == class_name)
    if only is not None:
        statement = statement.where(Person.id.in_(list(only)))
    return (await session.scalars(statement)).all()


async def pairs(
    session: AsyncSession, school_id: int, parts: Sequence[Part], *, limit: int
) -> Sequence[Pair]:
    """Pairs and groups in which every part is found with somebody, with members and people.

    Those at work first, then the newest.
    """
    if not parts:
        return []
    statement = (
        select(Pair)
        .where(
            Pair.school_id == school_id,
            Pair.status.not_in(_THROWN_AWAY),
            *(Pair.id.in_(_with(part, school_id)) for part in parts),
        )
        .order_by(case((Pair.status.in_(KNOWN), 0), else_=1), Pair.id.desc())
        .limit(limit)
        .options(selectinload(Pair.members).options(joinedload(PairMember.person)))
    )
    return (await session.scalars(statement)).all()


def _with(part: Part, school_id: int) -> Any:
    return (
        select(PairMember.pair_id)
        .join(Person, Person.id == PairMember.person_id)
        .where(Person.school_id == school_id, Person.state.in_(KEPT), _holds(part, Person))
    )


async def count(session: AsyncSession, school_id: int, parts: Sequence[Part]) -> int:
    """How many people fit at all."""
    if not parts:
        return 0
    statement = select(func.count()).where(
        Person.school_id == school_id, Person.state.in_(KEPT), matches(parts)
    )
    return await session.scalar(statement) or 0
