"""A post office for tests of the sender: people with messengers, rows of the outbox, a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from actions.links import Links
from bot.sender import Sender
from program.channels import Channel
from program.outgoing import PRIORITY, Kind, Message
from program.text import raw
from storage import outbox
from storage.database import Database
from storage.tables import OutboxRow, Person, School
from tests import build
from tests.bot.wires import WIRES, Wire
from tests.conftest import rows
from tests.worlds import TelegramWorld, VkWorld

ANYA, OLEG = 1001, 1002
LINKS = Links("https://school.example.org", "a secret of the test")


def unsent(database: Database, clock: Callable[[], datetime]) -> Sender:
    """A sender with no account: what turns put stays in the outbox."""
    return Sender(database, clock, LINKS, [])


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@dataclass
class Post:
    """One account of one messenger with its world."""

    database: Database
    school: School
    clock: Clock
    wire: Wire
    sender: Sender
    people: dict[int, Person] = field(default_factory=dict)
    _keys: Any = field(default_factory=lambda: count(1))

    @property
    def world(self) -> TelegramWorld | VkWorld:
        return self.wire.world

    @property
    def channel(self) -> Channel:
        return self.wire.messenger.channel

    async def knows(self, *users: int, **values: Any) -> None:
        """People who have written to us."""
        for user in users:
            self.world.says(user, "Здравствуйте")
            person = build.person(self.school, **values)
            async with self.database.transaction() as session:
                session.add(person)
                await session.flush()
                session.add(build.address(person, self.channel, str(user)))
            self.people[user] = person

    async def put(self, user: int, words: str, kind: Kind = Kind.NOTICE, **values: Any) -> int:
        """Queues a message; returns the row's id."""
        values.setdefault("due_at", self.clock.now)
        values.setdefault("body", Message((raw(words),)).to_json())
        key = f"test:{next(self._keys)}"
        async with self.database.transaction() as session:
            await outbox.put(
                session,
                school_id=self.school.id,
                key=key,
                kind=kind,
                priority=PRIORITY[kind],
                person_id=self.people[user].id,
                channel=self.channel,
                address=str(user),
                created_at=self.clock.now,
                **values,
            )
        return (await self.row(key=key)).id

    async def row(self, row_id: int | None = None, **where: object) -> OutboxRow:
        (found,) = await rows(self.database, OutboxRow, **(where if row_id is None else {"id": row_id}))
        assert isinstance(found, OutboxRow)
        return found

    def told(self, user: int) -> list[str]:
        return [seen.text for seen in self.world.chat(user) if not seen.mine]

    def another_sender(self, database: Database | None = None) -> Sender:
        return Sender(database or self.database, self.clock, LINKS, [self.wire.messenger])


@asynccontextmanager
async def post_office(channel: str, database: Database, school: School, now: datetime) -> AsyncIterator[Post]:
    async with WIRES[channel]() as wire:
        clock = Clock(now)
        yield Post(database, school, clock, wire, Sender(database, clock, LINKS, [wire.messenger]))


@pytest.fixture(params=WIRES)
async def post(
    request: pytest.FixtureRequest, database: Database, school: School, now: datetime
) -> AsyncIterator[Post]:
    """Of each messenger; whoever imports it has a `database` of its own choice."""
    async with post_office(request.param, database, school, now) as post:
        yield post


@pytest.fixture(params=WIRES)
async def known_post(
    request: pytest.FixtureRequest, database: Database, school: School, now: datetime
) -> AsyncIterator[Post]:
    """As `post`, and it knows Аня and Олег."""
    async with post_office(request.param, database, school, now) as post:
        await post.knows(ANYA, OLEG)
        yield post
