"""News items and who may be meant by an audience: queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import PersonState
from program.states import NewsPlace, WallState
from storage.overview import GONE, KEPT
from storage.tables import NewsItem, OutboxRow, Participation, Person, School, Takedown


async def all_of(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """Newest first."""
    statement = select(NewsItem).where(NewsItem.school_id == school_id).order_by(NewsItem.id.desc())
    return (await session.scalars(statement.limit(200))).all()


async def get(session: AsyncSession, school_id: int, item_id: int) -> NewsItem | None:
    return await session.scalar(
        select(NewsItem).where(NewsItem.school_id == school_id, NewsItem.id == item_id)
    )


async def lock(session: AsyncSession, school_id: int, item_id: int) -> NewsItem | None:
    """The item as it is now, held until the transaction ends: two presses of «Опубликовать» go one by one.

    The school's row is held first, as the journal does: whoever takes a consent back has written into it
    before news are looked at, and the two would wait for each other.
    """
    await session.execute(select(School.id).where(School.id == school_id).with_for_update(key_share=True))
    statement = (
        select(NewsItem)
        .where(NewsItem.school_id == school_id, NewsItem.id == item_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def meant(
    session: AsyncSession,
    school_id: int,
    year: str,
    sides: Sequence[str],
    forms: Sequence[str],
    classes: Sequence[str],
) -> Sequence[Person]:
    """Joined people of this side, form and class; an empty list does not narrow."""
    statement = select(Person).where(Person.school_id == school_id, Person.state == PersonState.ACTIVE)
    if classes:
        statement = statement.where(Person.class_name.in_(classes))
    if sides or forms:
        place = exists().where(
            Participation.person_id == Person.id,
            Participation.year == year,
            Participation.status.not_in(GONE),
        )
        if sides:
            place = place.where(Participation.side.in_(sides))
        if forms:
            place = place.where(Participation.form.in_(forms))
        statement = statement.where(place)
    return (await session.scalars(statement.order_by(Person.id))).all()


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


async def delivered(session: AsyncSession, school_id: int, item_id: int) -> tuple[int, int, int]:
    """Of the messages of a news item: sent, still waiting, not sent for good."""
    statement = select(
        OutboxRow.sent_at.is_not(None), OutboxRow.dropped != "", func.count(OutboxRow.id)
    ).where(OutboxRow.school_id == school_id, OutboxRow.key.startswith(f"news:{item_id}:", autoescape=True))
    sent = waiting = lost = 0
    grouped = statement.group_by(OutboxRow.sent_at.is_not(None), OutboxRow.dropped != "")
    for was_sent, was_dropped, count in await session.execute(grouped):
        if was_sent:
            sent += count
        elif was_dropped:
            lost += count
        else:
            waiting += count
    return sent, waiting, lost


async def on_wall(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """What stands on the wall with its address, the newest first; what has to be taken down is left out."""
    leaving = exists().where(
        Takedown.item_id == NewsItem.id, Takedown.place == NewsPlace.WALL, Takedown.done_at.is_(None)
    )
    statement = select(NewsItem).where(
        NewsItem.school_id == school_id, NewsItem.wall == WallState.POSTED, NewsItem.wall_url != "", ~leaving
    )
    return (await session.scalars(statement.order_by(NewsItem.id.desc()))).all()
