"""Messages of the web chat: several are put up in one transaction, each once, and one that breaks stops none before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messenger import DeliveryFailed, Outgoing
from bot.sender import TOGETHER, Sender
from bot.web.messenger import WebMessenger
from program.channels import Channel
from program.outgoing import PRIORITY, Kind, Message
from program.text import raw
from storage import outbox
from storage.database import Database
from storage.tables import OutboxRow, Person, School, WebMessage
from tests.bot.post import LINKS
from tests.conftest import rows
from tests.pairs import member


async def readers(database: Database, school: School, count: int) -> list[Person]:
    async with database.transaction() as session:
        there = await session.merge(school, load=False)
        return [await member(session, there, "Аня", f"Рыжова{n}") for n in range(count)]


async def letters(
    database: Database, school: School, to: list[Person], now: datetime, times: int = 1
) -> None:
    async with database.transaction() as session:
        for n in range(times):
            for person in to:
                await outbox.put(
                    session, school_id=school.id, key=f"test:{person.id}:{n}", kind=Kind.NOTICE,
                    priority=PRIORITY[Kind.NOTICE], person_id=person.id, channel=Channel.WEB,
                    address=str(person.id), created_at=now, due_at=now,
                    body=Message((raw(f"письмо {n}"),)).about(person.id).to_json(),
                )  # fmt: skip


class Counting(Database):
    """Counts transactions that write."""

    writes = 0

    def transaction(self) -> Any:
        self.writes += 1
        return super().transaction()


class Breaking(WebMessenger):
    """Breaks at one reader, as a database does that a disk fails under."""

    reader = 0

    async def put_up(
        self, session: AsyncSession, several: Sequence[tuple[Person | None, Outgoing, str]]
    ) -> list[str | DeliveryFailed]:
        if any(reader is not None and reader.id == self.reader for reader, _, _ in several):
            raise OSError("the disk is gone")
        return await super().put_up(session, several)


async def test_everybody_gets_each_letter_once_and_in_its_order(
    database: Database, school: School, now: datetime
) -> None:
    everybody = await readers(database, school, TOGETHER + 5)
    await letters(database, school, everybody, now, times=2)
    counting = Counting(database.url, durable=False)
    sender = Sender(counting, lambda: now, LINKS, [WebMessenger(counting, lambda: now)])
    assert await sender.drain() == 2 * len(everybody)
    if database.is_sqlite:  # PostgreSQL has many writers: there they would hold each other's readers
        assert counting.writes <= 6, "twenty go together"
    await counting.close()
    shown = [row for row in await rows(database, WebMessage) if isinstance(row, WebMessage)]
    of = {person.id: [row.words for row in shown if row.person_id == person.id] for person in everybody}
    assert set(map(tuple, of.values())) == {("письмо 0", "письмо 1")}


async def test_one_that_breaks_lets_those_before_it_go_and_is_not_lost(
    database: Database, school: School, now: datetime
) -> None:
    everybody = await readers(database, school, 4)
    await letters(database, school, everybody, now)
    messenger = Breaking(database, lambda: now)
    messenger.reader = everybody[2].id
    sender = Sender(database, lambda: now, LINKS, [messenger])
    for _ in range(4):
        with pytest.raises(OSError, match="disk"):
            await sender.drain()
    sent = {
        row.person_id for row in await rows(database, OutboxRow) if isinstance(row, OutboxRow) and row.sent_at
    }
    assert sent == {everybody[0].id, everybody[1].id}
    messenger.reader = 0
    await sender.drain()
    kept = [row for row in await rows(database, OutboxRow) if isinstance(row, OutboxRow)]
    assert all(row.sent_at and not row.dropped for row in kept)
