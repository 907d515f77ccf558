"""The conversation engine without network and storage, beside hand-written handlers of aiogram and aiogram-dialog.

The same conversation as in `turn`: an update is read, dispatched, answered; the message is worded, drawn and handed to a
session that sends nothing. States stay in memory. Ours looks through the words for danger as well.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from statistics import median
from typing import Any, cast

from aiogram import Bot

from actions.collecting import seldom
from actions.work import Work
from benchmarks import _rivals as rivals
from benchmarks._figures import Figure, Line, times
from benchmarks._ours import FLOW, asks, now, unsent
from benchmarks._served import TOKEN
from bot import menu
from bot.front import Front
from bot.messenger import Outgoing
from bot.render import render
from bot.telegram.messenger import NO_PREVIEW, TelegramMessenger, keyboard
from bot.telegram.update import read_update
from bot.turn import Turn
from locales import Texts
from program.channels import Channel
from program.outgoing import Message
from storage.tables import Address, Conversation, Person, School

ROUNDS, TURNS = 15, 200
CHAT = 1001


async def run() -> list[Line]:
    menu.FLOWS[FLOW] = asks
    bot = Bot(TOKEN, session=rivals.Deaf())
    async with AsyncExitStack() as stack:
        ways = {"ours": Ours(bot).turn, "hand-written": await rivals.aiogram(stack, bot, None)}
        missing = rivals.missing()
        if "aiogram-dialog" not in missing:
            ways["aiogram-dialog"] = await rivals.aiogram_dialog(stack, bot, None)
        seldom()
        took = await _side_by_side(ways)
    ours, hand = took["ours"], took["hand-written"]
    lines: list[Line] = [
        Figure("a turn without network and storage beside hand-written handlers: processor time",
               times(ours, hand), "≤ 1.3 ×", f"{ours:.0f} µs", f"{hand:.0f} µs"),
    ]  # fmt: skip
    if (dialog := took.get("aiogram-dialog")) is not None:
        lines.append(
            Figure("the same beside aiogram-dialog", times(ours, dialog), "", "", f"{dialog:.0f} µs,"
                   f" {dialog / hand:.2f} × the hand-written one")
        )  # fmt: skip
    return [
        *lines,
        *(f"{name} is not installed: make bench puts it there" for name in missing if "dialog" in name),
    ]


async def _side_by_side(ways: Mapping[str, rivals.Turn]) -> dict[str, float]:
    """Microseconds of processor for one turn: the median of rounds in which each has its go."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    number = 0
    for _ in range(ROUNDS):
        for name, turn in ways.items():
            began = time.process_time()
            for _ in range(TURNS):
                number += 1
                await turn(rivals.update(number, CHAT))
            found[name].append((time.process_time() - began) / TURNS * 1e6)
    return {name: median(took) for name, took in found.items()}


class Nowhere:
    """In place of a session: rows are kept by whoever made them."""

    def add(self, row: object) -> None: ...

    async def delete(self, row: object) -> None: ...

    async def flush(self) -> None: ...


class Said(Turn):
    """A turn whose answer goes past the outbox and its JSON: worded, drawn, handed to the bot."""

    bot: Bot

    async def reply(self, message: Message, *, edit_key: str = "", to: Address | None = None) -> None:
        outgoing = render(
            message,
            Texts("ru"),
            TelegramMessenger.capabilities,
            address=str(CHAT),
            key=1,
            resolve=lambda url: url,
        )
        await sent(self.bot, outgoing)


async def sent(bot: Bot, outgoing: Outgoing) -> None:
    await bot.send_message(
        chat_id=outgoing.address,
        text=outgoing.text,
        parse_mode=None,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(outgoing.rows, outgoing.lower),
    )


class Ours:
    """The front door's own way of answering, for one person whose rows stand in no database."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._front = Front(cast(Any, None), now, unsent(cast(Any, None), now))
        at = now()
        self._school = School(
            id=1, slug="first", name="Школа", timezone="Europe/Moscow", settings={}, created_at=at
        )
        self._person = Person(
            id=1, school_id=1, state="visitor", language="ru", preferences={}, turn=1, created_at=at
        )
        self._address = Address(
            id=1,
            school_id=1,
            person_id=1,
            channel=Channel.TELEGRAM,
            account="default",
            address=str(CHAT),
            used_at=at,
        )
        self._open: Conversation | None = Conversation(
            person_id=1, school_id=1, flow=FLOW, subject={}, journal=[], step="q0", options=[], accepts={}, turn=1,
            misses=0, channel=Channel.TELEGRAM, away=False, paused=False, parked=[], started_at=at, updated_at=at,
        )  # fmt: skip

    async def turn(self, update: Mapping[str, Any]) -> None:
        heard = read_update(update, "default", now())
        assert heard is not None
        work = Work(cast(Any, Nowhere()), self._school, now(), "person:1", Channel.TELEGRAM)
        turn = Said(work, self._person, self._address, heard, self._open)
        turn.bot = self._bot
        await self._front._answer(turn)
        self._open = turn.conversation
        assert self._open is not None
        self._open.misses = self._open.misses or 0
