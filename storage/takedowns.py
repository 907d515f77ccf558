"""What has been published and has to be taken down again: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, distinct, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.states import NewsPlace, NewsStatus
from storage import news_copies
from storage.adding import add_new
from storage.news_copies import COPY, blank, of_item, reword, without_pictures
from storage.outbox import unheld, waits
from storage.overview import Waiting
from storage.tables import NewsItem, OutboxRow, Person, Takedown
from storage.ways_in import begins, unindexed

AT_ONCE = 1_000  # copies of an item that one transaction lets go of
CONSENT = "consent"  # why a copy never goes: somebody it shows agrees no longer


async def showing(session: AsyncSession, school_id: int, person_id: int) -> list[NewsItem]:
    """News, drafts too, in which the person is shown or named; the newest first."""
    # A list of ids in a column of JSON: the two databases search it differently, a school has some hundred news.
    statement = select(NewsItem.id, NewsItem.shows).where(NewsItem.school_id == school_id)
    ids = [key for key, shows in await session.execute(statement) if person_id in shows]
    found = select(NewsItem).where(NewsItem.school_id == school_id, NewsItem.id.in_(ids))
    return list(await session.scalars(found.order_by(NewsItem.id.desc())))


async def everybody_shown(session: AsyncSession, school_id: int) -> set[int]:
    """Ids of everybody whom something published or planned shows."""
    statement = select(NewsItem.shows).where(
        NewsItem.school_id == school_id,
        NewsItem.status.in_((NewsStatus.PUBLISHED, NewsStatus.PLANNED)),
    )
    return {person_id for shows in await session.scalars(statement) for person_id in shows}


async def ask(session: AsyncSession, **values: object) -> bool:
    """Puts a place on the list; False if it stands there, or stood there and was done."""
    return await add_new(session, Takedown, values, ["item_id", "person_id", "place"]) is not None


async def open_ones(session: AsyncSession, school_id: int) -> Sequence[tuple[Takedown, NewsItem, Person]]:
    """Everything to be taken down, the oldest first."""
    statement = (
        select(Takedown, NewsItem, Person)
        .join(NewsItem, NewsItem.id == Takedown.item_id)
        .join(Person, Person.id == Takedown.person_id)
        .where(Takedown.school_id == school_id, Takedown.done_at.is_(None))
        .order_by(Takedown.asked_at, Takedown.id)
    )
    return [(row, item, person) for row, item, person in await session.execute(statement)]


async def of_person(session: AsyncSession, school_id: int, person_id: int) -> dict[int, bool]:
    """By item that this person has to be taken from: whether everything of it is done."""
    statement = select(Takedown.item_id, Takedown.done_at).where(
        Takedown.school_id == school_id, Takedown.person_id == person_id
    )
    found: dict[int, bool] = {}
    for item_id, done_at in await session.execute(statement):
        found[item_id] = found.get(item_id, True) and done_at is not None
    return found


async def done(
    session: AsyncSession, school_id: int, item_id: int, place: NewsPlace, actor: str, now: datetime
) -> Sequence[int]:
    """Marks a place of an item as cleared; ids of the people who had asked for it."""
    statement = (
        update(Takedown)
        .where(
            Takedown.school_id == school_id,
            Takedown.item_id == item_id,
            Takedown.place == place,
            Takedown.done_at.is_(None),
        )
        .values(done_at=now, done_by=actor)
        .returning(Takedown.person_id)
    )
    return (await session.scalars(statement)).all()


async def lift(session: AsyncSession, school_id: int, *, person_id: int = 0, item_id: int = 0) -> int:
    """Takes from the list what is not done yet: of a person who agrees again, or an item's wall."""
    statement = delete(Takedown).where(Takedown.school_id == school_id, Takedown.done_at.is_(None))
    if person_id:
        statement = statement.where(Takedown.person_id == person_id)
    if item_id:
        statement = statement.where(Takedown.item_id == item_id, Takedown.place == NewsPlace.WALL)
    return len((await session.scalars(statement.returning(Takedown.id))).all())


async def waiting(session: AsyncSession, school_id: int) -> list[Waiting]:
    """What «Сегодня» says: how many items, since when."""
    statement = select(func.count(distinct(Takedown.item_id)), func.min(Takedown.asked_at)).where(
        Takedown.school_id == school_id, Takedown.done_at.is_(None)
    )
    count, oldest = (await session.execute(statement)).one()
    return [Waiting("takedown", count, oldest)] if count else []


async def in_messengers(session: AsyncSession, school_id: int, item_id: int) -> int:
    """How many people have an item in a messenger, where it was not deleted for them."""
    deleted = select(OutboxRow.person_id).where(
        unindexed(OutboxRow.school_id) == school_id,
        begins(OutboxRow.key, f"news-gone:{item_id}:"),
        OutboxRow.sent_at.is_not(None),
    )
    statement = select(func.count(OutboxRow.id)).where(
        of_item(school_id, item_id),
        OutboxRow.channel != Channel.WEB,
        OutboxRow.sent_at.is_not(None),
        OutboxRow.person_id.not_in(deleted),
    )
    return await session.scalar(statement) or 0


async def blank_bubbles(
    session: AsyncSession, school_id: int, item: NewsItem, words: Mapping[str, str]
) -> None:
    """Empties an item in the web chats, of its pictures as well. `words`: what stands there instead, by language."""
    mine = (of_item(school_id, item.id), OutboxRow.channel == Channel.WEB)
    await blank(session, school_id, select(OutboxRow.id).where(*mine), words)
    if item.photos:
        rows = await session.execute(select(*COPY).where(*mine))
        await reword(session, rows, without_pictures)


async def let_go(
    session: AsyncSession, school_id: int, person_id: int, items: Sequence[NewsItem], now: datetime
) -> None:
    """What shows the person and has not left never goes: copies of these items, and their posts and corrections.

    Of very many copies the first are let go of at once; `copies_after` holds back the others, for the clock to go on.
    """
    for item in items:
        mine = (of_item(school_id, item.id), waits(), unheld(now))
        some = select(OutboxRow.id).where(*mine).order_by(OutboxRow.id).limit(AT_ONCE)
        ids = list(await session.scalars(some))
        await news_copies.let_go(session, ids, (), CONSENT, now)
        if len(ids) == AT_ONCE:
            item.copies_after = 0
    others = select(OutboxRow).where(
        OutboxRow.school_id == school_id, OutboxRow.mailing_id.is_(None), waits(), unheld(now)
    )
    for row in await session.scalars(others):
        if person_id in row.body.get("concerns", {}).get("shown", ()):
            row.dropped = CONSENT
    await session.flush()
