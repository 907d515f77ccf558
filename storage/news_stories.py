"""Stories that people propose for the news, and ideas that the programme has by itself: queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.states import IdeaState, NewsStatus, StoryState
from storage.adding import add_new
from storage.overview import Waiting
from storage.tables import NewsIdea, NewsItem, NewsStory, Person, StoredFile


async def get(
    session: AsyncSession, school_id: int, story_id: int, *, hold: bool = False
) -> NewsStory | None:
    statement = select(NewsStory).where(NewsStory.school_id == school_id, NewsStory.id == story_id)
    if hold:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(statement)


async def of_item(session: AsyncSession, school_id: int, item_id: int) -> Sequence[NewsStory]:
    statement = select(NewsStory).where(NewsStory.school_id == school_id, NewsStory.item_id == item_id)
    return (await session.scalars(statement.order_by(NewsStory.id))).all()


async def of_person(session: AsyncSession, school_id: int, person_id: int) -> Sequence[NewsStory]:
    """The newest first."""
    statement = select(NewsStory).where(NewsStory.school_id == school_id, NewsStory.person_id == person_id)
    return (await session.scalars(statement.order_by(NewsStory.id.desc()))).all()


async def open_ones(session: AsyncSession, school_id: int) -> list[tuple[NewsStory, Person]]:
    """What waits for the curator, with its author; the oldest first."""
    statement = (
        select(NewsStory, Person)
        .join(Person, Person.id == NewsStory.person_id)
        .where(NewsStory.school_id == school_id, NewsStory.state == StoryState.NEW)
        .order_by(NewsStory.id)
    )
    return [(story, person) for story, person in await session.execute(statement)]


async def waiting(session: AsyncSession, school_id: int) -> list[Waiting]:
    """What «Сегодня» says: how many stories, since when."""
    statement = select(func.count(NewsStory.id), func.min(NewsStory.at)).where(
        NewsStory.school_id == school_id, NewsStory.state == StoryState.NEW
    )
    count, oldest = (await session.execute(statement)).one()
    return [Waiting("stories", count, oldest)] if count else []


async def stopped(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """Planned items that could not go out, the oldest first."""
    statement = select(NewsItem).where(NewsItem.school_id == school_id, NewsItem.status == NewsStatus.STOPPED)
    return (await session.scalars(statement.order_by(NewsItem.stopped_at, NewsItem.id))).all()


async def forget(session: AsyncSession, stories: Sequence[NewsStory]) -> None:
    """Deletes stories with their photos; a photo that went over to the news is not theirs any more."""
    photos = [one.photo_id for one in stories if one.photo_id is not None]
    keys = [one.id for one in stories]
    if keys:
        await session.execute(delete(NewsStory).where(NewsStory.id.in_(keys)))
    if photos:
        await session.execute(delete(StoredFile).where(StoredFile.id.in_(photos)))


async def drop_photo(session: AsyncSession, file_id: int) -> None:
    await session.execute(delete(StoredFile).where(StoredFile.id == file_id))


async def old(
    session: AsyncSession, school_id: int, decided_before: datetime, sent_before: datetime
) -> Sequence[NewsStory]:
    """What was decided before then, and what nobody has decided since long before."""
    over = or_(
        NewsStory.decided_at < decided_before,
        and_(NewsStory.decided_at.is_(None), NewsStory.at < sent_before),
    )
    statement = select(NewsStory).where(NewsStory.school_id == school_id, over)
    return (await session.scalars(statement)).all()


async def forget_person(session: AsyncSession, school_id: int, person_id: int) -> int:
    """Deletes what the person proposed, photos too; returns how many."""
    mine = await of_person(session, school_id, person_id)
    await forget(session, mine)
    return len(mine)


async def forget_named(session: AsyncSession, school_id: int, named: Callable[[str], bool]) -> int:
    """Deletes stories of others that name somebody; returns how many."""
    everything = await session.scalars(select(NewsStory).where(NewsStory.school_id == school_id))
    found = [one for one in everything if named(one.words)]
    await forget(session, found)
    return len(found)


async def add_idea(session: AsyncSession, **values: Any) -> bool:
    """False: this one was offered before."""
    return await add_new(session, NewsIdea, values, ["school_id", "key"]) is not None


async def ideas(session: AsyncSession, school_id: int, since: datetime) -> Sequence[NewsIdea]:
    """Open ones, the newest first."""
    statement = select(NewsIdea).where(
        NewsIdea.school_id == school_id, NewsIdea.state == IdeaState.OPEN, NewsIdea.at >= since
    )
    return (await session.scalars(statement.order_by(NewsIdea.id.desc()))).all()


async def idea(session: AsyncSession, school_id: int, idea_id: int) -> NewsIdea | None:
    statement = select(NewsIdea).where(NewsIdea.school_id == school_id, NewsIdea.id == idea_id)
    return await session.scalar(statement.with_for_update().execution_options(populate_existing=True))
