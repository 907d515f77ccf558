"""Copies of a published item with its readers: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.states import NewsStatus
from storage.outbox import unheld, waits
from storage.tables import NewsItem, OutboxRow, Person


def _of_item(school_id: int, item_id: int) -> tuple[Any, ...]:
    return (
        OutboxRow.school_id == school_id,
        OutboxRow.key.startswith(f"news:{item_id}:", autoescape=True),
    )


def _again(item: NewsItem) -> str:
    """How the keys of the newest correction begin; of the taking back, once it was taken back."""
    gone = item.status == NewsStatus.WITHDRAWN
    return f"news-gone:{item.id}:" if gone else f"news-again:{item.id}:{item.edition}:"


async def waiting(session: AsyncSession, school_id: int, item_id: int, now: datetime) -> Sequence[OutboxRow]:
    """Messages of an item that nobody is sending, held so that nobody begins to."""
    statement = select(OutboxRow).where(*_of_item(school_id, item_id), waits(), unheld(now))
    return (await session.scalars(statement.order_by(OutboxRow.id).with_for_update(skip_locked=True))).all()


async def out(session: AsyncSession, school_id: int, item_id: int) -> Sequence[OutboxRow]:
    """Messages of an item that have gone to its readers."""
    statement = select(OutboxRow).where(*_of_item(school_id, item_id), OutboxRow.sent_at.is_not(None))
    return (await session.scalars(statement.order_by(OutboxRow.id))).all()


async def wall_row(session: AsyncSession, school_id: int, item_id: int) -> OutboxRow | None:
    """The row of the post on the wall, where the programme itself puts it up."""
    return await session.scalar(
        select(OutboxRow).where(OutboxRow.school_id == school_id, OutboxRow.key == f"news-wall:{item_id}")
    )


async def again(session: AsyncSession, school_id: int, item: NewsItem) -> tuple[int, int, int]:
    """Of the newest correction or taking back: done, still waiting, not possible."""
    begins = OutboxRow.key.startswith(_again(item), autoescape=True)
    return await fates(session, OutboxRow.school_id == school_id, begins)


async def fates(session: AsyncSession, *where: ColumnElement[bool]) -> tuple[int, int, int]:
    """Of these messages: sent, still waiting, not sent for good."""
    sent, lost = OutboxRow.sent_at.is_not(None), OutboxRow.dropped != ""
    statement = select(
        func.count(OutboxRow.id),
        func.sum(case((sent, 1), else_=0)),
        func.sum(case((and_(lost, ~sent), 1), else_=0)),
    ).where(*where)
    all_, went, gone = (await session.execute(statement)).one()
    return went or 0, all_ - (went or 0) - (gone or 0), gone or 0


async def left(session: AsyncSession, school_id: int, item: NewsItem, most: int) -> list[Person]:
    """Readers in whose messenger the older copy stays, by name; at most so many.

    Whoever got it in the web chat sees what the school wants to be seen.
    """
    reached = select(OutboxRow.person_id).where(
        OutboxRow.school_id == school_id,
        OutboxRow.key.startswith(_again(item), autoescape=True),
        OutboxRow.dropped == "",
    )
    statement = (
        select(Person)
        .join(OutboxRow, OutboxRow.person_id == Person.id)
        .where(
            *_of_item(school_id, item.id),
            OutboxRow.sent_at.is_not(None),
            OutboxRow.channel != Channel.WEB,
            Person.id.not_in(reached),
        )
        .order_by(Person.last_name, Person.first_name, Person.id)
        .limit(most)
    )
    return list(await session.scalars(statement))
