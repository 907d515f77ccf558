"""Walks every flow through all its buttons: each event is taken back afterwards, so that every way is tried.

The rows of one school lie in one transaction that never ends; a savepoint stands before each event. A place is
known by what stands on the screen and which question is open, and is walked on from once.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.front import Front
from bot.messenger import Heard, Incoming
from program.channels import Channel
from program.outgoing import Message
from storage import people, talks
from storage.database import Database
from storage.inline_sqlite import InlineSession
from storage.tables import Conversation, OutboxRow
from tests.bot.post import unsent

HERE = "555"  # the address of whoever talks
DEEPEST = 60  # presses from the beginning
ANYTHING = (
    "Хочу подтянуть математику",
    "5",
    "5-9",
    "01.02.2012",
    "Ромашкина Алиса Сергеевна",
    "8А",
    "16:20",
    "1985",
)
_NUMBER = re.compile(r"\d+")


class Forked(Database):
    """Every transaction is a savepoint of one that is never committed."""

    def __init__(self, url: str, connection: AsyncConnection) -> None:
        super().__init__(url)
        self._connection = connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with self._session() as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._session() as session:
            yield session
            session.expunge_all()

    def _session(self) -> AsyncSession:
        kind = InlineSession if self.is_sqlite else AsyncSession  # as the house's own
        return kind(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint")


@asynccontextmanager
async def forked(database: Database) -> AsyncIterator[Forked]:
    """The same rows, for as long as the block lasts; nothing of what is done there stays."""
    async with database.engine.connect() as connection:
        outer = await connection.begin()
        yield Forked(database.url, connection)
        await outer.rollback()


@dataclass(frozen=True)
class Event:
    """What somebody does: presses, types, follows a link, sends a sticker."""

    heard: Heard
    words: str = ""
    data: str = ""

    def __str__(self) -> str:
        return self.data or self.words or str(self.heard)


def press(data: str) -> Event:
    return Event(Heard.PRESS, data=data)


def say(words: str) -> Event:
    return Event(Heard.TEXT, words)


@dataclass(frozen=True)
class Place:
    """Where an event has led: what was said, what is open."""

    messages: tuple[Message, ...]
    talk: Conversation | None

    @property
    def ids(self) -> list[str]:
        return [text.id for message in self.messages for text in message.texts]

    @property
    def buttons(self) -> list[str]:
        found = [
            choice.data for message in self.messages for row in message.rows for choice in row if choice.data
        ]
        return list(dict.fromkeys(found))

    @property
    def open(self) -> Conversation | None:
        """The conversation whose question waits for an answer."""
        return None if self.talk is None or self.talk.paused else self.talk

    @property
    def known_by(self) -> tuple[Any, ...]:
        talk = self.open
        asked = (talk.flow, talk.step) if talk else ()
        shown = tuple(
            _NUMBER.sub("#", data) if data.startswith("f:") else data.split(":", 2)[-1]
            for data in self.buttons
        )
        return asked, tuple(dict.fromkeys(self.ids)), shown


def _shape(message: Message) -> str:
    """The same for messages that differ in numbers and in names only."""
    texts = [text.id if text.args else str(text) for text in message.texts]
    rows = [
        [(choice.label.id, _NUMBER.sub("#", choice.data), bool(choice.url)) for choice in row]
        for row in message.rows
    ]
    return str((texts, rows, len(message.home), message.asks, message.in_place))


Look = Callable[["Explorer", Place, list[Event]], Awaitable[None]]


@dataclass
class Explorer:
    """Args:
    probes: looked at once at every place with an open question, with the way that led there.
    most: events in all.
    """

    database: Forked
    now: datetime
    channel: Channel = Channel.VK
    probes: tuple[Look, ...] = ()
    most: int = 100_000
    messages: dict[str, Message] = field(default_factory=dict)
    steps: set[tuple[str, str]] = field(default_factory=set)
    events: int = 0
    faults: list[str] = field(default_factory=list)
    known: set[tuple[Any, ...]] = field(default_factory=set)
    _pressed: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)

    async def walk(self, *beginnings: Event) -> None:
        for event in beginnings:
            await self._on([event])

    async def _on(self, way: list[Event]) -> None:
        """Does the last event of the way, goes on from there, and takes it back."""
        if self.events >= self.most:
            return
        async with self.taken_back():
            place = await self.does(way[-1])
            self._look(place, way)
            if place.known_by in self.known or len(way) >= DEEPEST:
                return
            self.known.add(place.known_by)
            talk = place.open
            if talk is not None and (talk.flow, talk.step) not in self.steps:
                self.steps.add((talk.flow, talk.step))
                for probe in self.probes:
                    await probe(self, place, way)
            for data in place.buttons:
                if talk is None and data in self._pressed:
                    continue  # it opens the same, and interrupts nothing
                self._pressed.add(data)
                await self._on([*way, press(data)])
            if talk is not None and not talk.options:
                await self._typed(way, talk)

    async def _typed(self, way: list[Event], talk: Conversation) -> None:
        """Goes on with the first words that the open question takes."""
        for words in ANYTHING:
            async with self.taken_back():
                after = (await self.does(say(words))).open
                taken = after is None or (after.flow, after.step) != (talk.flow, talk.step)
            if taken:
                await self._on([*way, say(words)])
                return

    @asynccontextmanager
    async def taken_back(self) -> AsyncIterator[None]:
        savepoint = await self.database._connection.begin_nested()
        try:
            yield
        finally:
            await savepoint.rollback()

    async def does(self, event: Event, channel: Channel | None = None, at: str = HERE) -> Place:
        self.events += 1
        front = Front(
            self.database, lambda: self.now, unsent(self.database, lambda: self.now)
        )  # a new one: as after a restart
        before = await self._last()
        where = channel or self.channel
        await front.receive(
            Incoming(
                where, at, f"e{next(self._numbers)}", event.heard, self.now, text=event.words, data=event.data
            )
        )
        return await self._place(before, where, at)

    async def _last(self) -> int:
        async with self.database.reading() as session:
            return await session.scalar(select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(1)) or 0

    async def _place(self, before: int, channel: Channel, at: str) -> Place:
        async with self.database.reading() as session:
            rows = await session.scalars(
                select(OutboxRow).where(OutboxRow.id > before).order_by(OutboxRow.id)
            )
            messages = []
            for row in rows:
                message = Message.from_json(row.body)
                self.messages.setdefault(_shape(message), message)
                if row.address == at and row.channel == channel:
                    messages.append(message)
            address = await people.address_of(session, channel, "default", at)
            talk = await talks.conversation(session, address.person_id) if address else None
        return Place(tuple(messages), talk)

    def _look(self, place: Place, way: list[Event]) -> None:
        if not place.messages:
            self.fault("no answer", way)
        if "talk-defect" in place.ids:
            self.fault("a defect", way)

    def fault(self, what: str, way: list[Event]) -> None:
        self.faults.append(f"{what}: {' > '.join(map(str, way))}")
