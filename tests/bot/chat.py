"""A person at the front door: types, presses, reads. Above the wire everything is real.

A new `Front` is made for every event, as after a restart: nothing may live in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.front import Front
from bot.messenger import Heard, Incoming
from locales import Texts
from program.channels import Channel
from program.outgoing import Choice, Message
from program.text import Text
from storage.database import Database
from storage.tables import OutboxRow, Person
from tests.bot.fits import fits_everywhere
from tests.bot.post import unsent

_events = count(1)

COUNTED = "talk-progress"


@dataclass
class Chat:
    database: Database
    now: datetime
    channel: Channel = Channel.TELEGRAM
    address: str = "100"
    messages: list[Message] = field(default_factory=list)
    _read: int = 0

    async def says(self, *words: str) -> list[str]:
        """Types one thing after the other; returns the text ids of the answers to the last."""
        for text in words:
            await self._hears(Heard.TEXT, text=text)
        return self.ids

    async def starts(self, token: str = "") -> list[str]:
        await self._hears(Heard.START, data=token)
        return self.ids

    async def presses(self, *labels: str) -> list[str]:
        """Presses buttons of the newest message by label, value of `data`, or the label's text id."""
        for label in labels:
            await self._hears(Heard.PRESS, data=self.button(label).data)
        return self.ids

    async def press_data(self, data: str) -> list[str]:
        await self._hears(Heard.PRESS, data=data)
        return self.ids

    async def sends(self, heard: Heard, text: str = "", event_id: str = "") -> list[str]:
        await self._hears(heard, text=text, event_id=event_id)
        return self.ids

    def button(self, label: str) -> Choice:
        words = Texts("ru"), Texts("ru", familiar=True)
        choices = [choice for message in reversed(self.messages) for row in message.rows for choice in row]
        for choice in choices:
            if label in (choice.label.id, choice.data, *(say(choice.label) for say in words)):
                return choice
        raise AssertionError(f"no button {label!r} among {[words[0](choice.label) for choice in choices]}")

    @property
    def ids(self) -> list[str]:
        """Text ids of the newest answers, in order, without the raw ones' words and the numbers of questions."""
        texts = [text.id for message in self.messages for text in message.texts]
        return [one for one in texts if not one.startswith(COUNTED)]

    @property
    def number(self) -> tuple[int, int, bool]:
        """Which question is open, of how many, and whether that is known for sure."""
        texts = [text for message in self.messages for text in message.texts]
        one = next(text for text in texts if text.id.startswith(COUNTED))
        return int(str(one.args["number"])), int(str(one.args["total"])), one.id == COUNTED

    def words(self, *, familiar: bool = False) -> str:
        say = Texts("ru", familiar=familiar)
        return "\n\n".join(say(text) for message in self.messages for text in message.texts)

    def text(self, text_id: str) -> Text:
        return next(text for message in self.messages for text in message.texts if text.id == text_id)

    async def person(self) -> Person:
        async with self.database.reading() as session:
            from storage import people

            address = await people.address_of(session, self.channel, "default", self.address)
            assert address is not None
            return address.person

    async def _hears(self, heard: Heard, *, text: str = "", data: str = "", event_id: str = "") -> None:
        event = event_id or f"e{next(_events)}"
        await self.receives(
            Incoming(self.channel, self.address, event, heard, self.now, text=text, data=data)
        )

    async def receives(self, incoming: Incoming) -> list[str]:
        """An event as an inbox read it."""
        front = Front(self.database, lambda: self.now, unsent(self.database, lambda: self.now))
        await front.receive(incoming)
        self.messages = await self._answers()
        return self.ids

    async def _answers(self) -> list[Message]:
        """What was queued for this address since the last look."""
        async with self.database.reading() as session:
            rows: Any = await session.scalars(
                select(OutboxRow)
                .where(
                    OutboxRow.channel == self.channel,
                    OutboxRow.address == self.address,
                    OutboxRow.id > self._read,
                )
                .order_by(OutboxRow.id)
            )
            found = list(rows)
        if found:
            self._read = found[-1].id
        messages = [Message.from_json(row.body) for row in found]
        for message in messages:
            fits_everywhere(message)
        return messages
