"""News items and who may be meant by an audience: queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from program.mailings import Fate
from program.news import PARENT, STAGES
from program.roles import PersonState
from program.states import NewsPlace, NewsStatus, WallState
from storage import schools
from storage.mailings import in_fate
from storage.news_copies import fates, of_item
from storage.overview import GONE, KEPT
from storage.tables import Guardianship, NewsItem, OutboxRow, Participation, Person, Takedown


async def all_of(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """Newest first."""
    statement = select(NewsItem).where(NewsItem.school_id == school_id).order_by(NewsItem.id.desc())
    return (await session.scalars(statement.limit(200))).all()


async def get(session: AsyncSession, school_id: int, item_id: int) -> NewsItem | None:
    return await session.scalar(
        select(NewsItem).where(NewsItem.school_id == school_id, NewsItem.id == item_id)
    )


async def due(session: AsyncSession, school_id: int, now: datetime) -> Sequence[int]:
    """Ids of items whose planned hour has come, the earliest first."""
    return (await session.scalars(_due(), {"school": school_id, "now": now})).all()


@cache
def _due() -> Select[int]:
    """Built once: asked every minute."""
    statement = select(NewsItem.id).where(
        NewsItem.school_id == bindparam("school"),
        NewsItem.status == NewsStatus.PLANNED,
        NewsItem.planned_at <= bindparam("now"),
    )
    return statement.order_by(NewsItem.planned_at, NewsItem.id)


async def lock(session: AsyncSession, school_id: int, item_id: int) -> NewsItem | None:
    """The item as it is now, held until the transaction ends: two presses of «Опубликовать» go one by one.

    The school's row is held first, as the journal does: whoever takes a consent back has written into it
    before news are looked at, and the two would wait for each other.
    """
    await schools.hold(session, school_id)
    statement = (
        select(NewsItem)
        .where(NewsItem.school_id == school_id, NewsItem.id == item_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def joined(session: AsyncSession, school_id: int) -> Sequence[Person]:
    """Everybody who joined."""
    mine = (Person.school_id == school_id, Person.state == PersonState.ACTIVE)
    return (await session.scalars(select(Person).where(*mine).order_by(Person.id))).all()


async def people(session: AsyncSession, condition: ColumnElement[bool]) -> Sequence[Person]:
    """Everybody of whom this holds, see `meant`."""
    return (await session.scalars(select(Person).where(condition).order_by(Person.id))).all()


def meant(
    school_id: int,
    year: str,
    roles: Sequence[str],
    *,
    forms: Sequence[str],
    classes: Sequence[str],
    stages: Sequence[str],
    given: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Who is meant, as a condition on `Person`: joined people of these roles, forms, classes and stages.

    An empty list does not narrow; parents are meant only where they are named, for the children who fit the rest.

    Args:
        given: that the consent to personal data holds for a `Person`.
    """
    sides = [role for role in roles if role != PARENT]
    named: list[ColumnElement[bool]] = []
    if sides or not roles:
        named.append(and_(_taking_part(year, sides, forms, classes, stages), given))
    if PARENT in roles:
        children = and_(_taking_part(year, (), forms, classes, stages), Person.school_id == school_id, given)
        theirs = select(Guardianship.guardian_id).where(
            Guardianship.confirmed_at.is_not(None),
            Guardianship.ended_at.is_(None),
            Guardianship.child_id.in_(select(Person.id).where(children)),
        )
        named.append(Person.id.in_(theirs))
    return and_(Person.school_id == school_id, Person.state == PersonState.ACTIVE, or_(*named))


def _taking_part(
    year: str, sides: Sequence[str], forms: Sequence[str], classes: Sequence[str], stages: Sequence[str]
) -> ColumnElement[bool]:
    fits: list[ColumnElement[bool]] = [true()]
    if classes:
        fits.append(Person.class_name.in_(classes))
    if sides or forms or stages:
        statuses = [status for stage in stages for status in STAGES.get(stage, ())]
        place = select(Participation.person_id).where(Participation.year == year)
        place = place.where(
            Participation.status.in_(statuses) if stages else Participation.status.not_in(GONE)
        )
        if sides:
            place = place.where(Participation.side.in_(sides))
        if forms:
            place = place.where(Participation.form.in_(forms))
        fits.append(Person.id.in_(place))
    return and_(*fits)


async def names(session: AsyncSession, school_id: int) -> list[tuple[int, str, str]]:
    """Id, first name and surname of everybody on the school's lists."""
    statement = select(Person.id, Person.first_name, Person.last_name).where(
        Person.school_id == school_id, Person.state.in_(KEPT)
    )
    return [(key, first, last) for key, first, last in await session.execute(statement.order_by(Person.id))]


async def being_posted(session: AsyncSession, item_id: int) -> bool:
    """Whether the sender has the post for the wall in its hands."""
    statement = select(OutboxRow.id).where(
        OutboxRow.key == f"news-wall:{item_id}", OutboxRow.sent_at.is_(None), OutboxRow.dropped == ""
    )
    return await session.scalar(statement) is not None


async def delivered(
    session: AsyncSession, school_id: int, item_id: int, now: datetime
) -> tuple[int, int, int, int]:
    """Of the messages of a news item: sent, still waiting, did not arrive, will not go for another reason."""
    mine = of_item(school_id, item_id)
    sent, waiting, dropped = await fates(session, mine)
    lost = await session.scalar(select(func.count(OutboxRow.id)).where(mine, in_fate(Fate.LOST, now))) or 0
    return sent, waiting, lost, dropped - lost


async def on_wall(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """What stands on the wall with its address, the newest first; what has to be taken down is left out."""
    leaving = exists().where(
        Takedown.item_id == NewsItem.id, Takedown.place == NewsPlace.WALL, Takedown.done_at.is_(None)
    )
    statement = select(NewsItem).where(
        NewsItem.school_id == school_id, NewsItem.wall == WallState.POSTED, NewsItem.wall_url != "", ~leaving
    )
    return (await session.scalars(statement.order_by(NewsItem.id.desc()))).all()
