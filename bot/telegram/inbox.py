"""Listening to Telegram by getUpdates.

aiogram's own polling confirms updates while their handlers still run and loses them in a crash
(docs/operations.md); here nothing is confirmed before it was committed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import AnswerCallbackQuery, DeleteWebhook, LeaveChat, SendChatAction, TelegramMethod

from bot.heard import UNREADABLE, Asides, Batch, Patience, finish, part, typing
from bot.messenger import Incoming, Place, Receive
from bot.telegram.client import TIMEOUT
from bot.telegram.update import ALLOWED, foreign_chat, pressed, read_update

log = structlog.get_logger()

WAIT = 25  # seconds of one long poll; the server allows 50
STANDBY = 2.0  # seconds between looks whether the other reader is gone
CONFLICT = 5.0  # seconds to let a second poller finish
REFUSED = 60.0  # seconds between tries with a token that is refused


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as plain data: one update of a kind aiogram cannot read must not stop all others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = WAIT
    allowed_updates: list[str] = ALLOWED


class TelegramInbox:
    """Listens to one bot until cancelled.

    Args:
        bot: shared with the messenger of the same account.
        wait: seconds of one long poll.
        clock: our time, for events that carry none.
        patience: first and longest pause after a fault, in seconds.
    """

    def __init__(
        self,
        bot: Bot,
        place: Place,
        account: str = "default",
        *,
        wait: int = WAIT,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: tuple[float, float] = (0.5, 15.0),
        standby: float = STANDBY,
    ) -> None:
        self.polled_at: datetime | None = None
        self.stands_by = False
        self.account = account
        self._bot, self._place = bot, place
        self._wait, self._clock, self._standby = wait, clock, standby
        self._patience = Patience(*patience)
        self._asides = Asides()
        self._batch = Batch()
        self._answered: set[int] = set()
        self._offset: int | None = None
        self._webhook_gone = False

    async def run(self, receive: Receive) -> None:
        try:
            while True:
                await self._step(receive)
        finally:
            await part(self._asides, self._place)

    async def _step(self, receive: Receive) -> None:
        try:
            self.stands_by = not await finish(self._place.take())
            if self.stands_by:
                self.polled_at = self._clock()  # by the process that holds the stream
                await Patience(self._standby, self._standby).pause()
                return
            if not self._webhook_gone:
                await self._bot(DeleteWebhook())
                self._webhook_gone = True
                self.polled_at = self._clock()  # Telegram answers; the first long poll may take its full time
            updates = await self._poll()
            self.polled_at = self._clock()
            if await finish(self._work(updates, receive)):
                self._patience.reset()
            else:
                await self._patience.pause()
        except Exception as error:
            at_least = _pause_after(error)
            log.warning("telegram.poll.failed", account=self.account, error=type(error).__name__)
            await self._patience.pause(at_least)

    async def _poll(self) -> list[dict[str, Any]]:
        method = RawUpdates(offset=self._offset, timeout=self._wait)
        updates: list[dict[str, Any]] = await self._bot(method, request_timeout=int(self._wait + TIMEOUT))
        return updates

    async def _work(self, updates: list[dict[str, Any]], receive: Receive) -> bool:
        """Moves the offset behind everything that is committed; False if something must come again.

        The offset is not stored: the server keeps what was not confirmed, and gives it after a restart.
        """
        if not updates:
            return True
        self._stop_spinners(updates)
        left = await self._batch.hand_on(
            self._read(updates), typing(receive, partial(show_typing, self._bot))
        )
        # The server keeps everything from the offset on: the first one that failed, or the next new one.
        last = max(int(update["update_id"]) for update in updates)
        self._offset = min((int(event_id) for event_id in left), default=last + 1)
        if not left:
            self._batch.done.clear()
            self._answered.clear()
        return not left

    def _read(self, updates: list[dict[str, Any]]) -> list[Incoming]:
        now, events = self._clock(), []
        for update in updates:
            try:
                events.append(read_update(update, self.account, now))
            except UNREADABLE:
                log.exception("telegram.update.unreadable", update_id=update["update_id"])
        return [event for event in events if event is not None]

    def _stop_spinners(self, updates: list[dict[str, Any]]) -> None:
        for update in updates:
            if update["update_id"] in self._answered:
                continue
            self._answered.add(update["update_id"])
            answer_aside(self._asides, self._bot, update)


async def show_typing(bot: Bot, incoming: Incoming) -> None:
    await bot(SendChatAction(chat_id=incoming.address, action=ChatAction.TYPING))


def answer_aside(asides: Asides, bot: Bot, update: Mapping[str, Any]) -> None:
    """Stops the spinner on a pressed button, leaves a group: what nobody waits for."""
    try:
        if query := pressed(update):
            answer = AnswerCallbackQuery(callback_query_id=query)
            asides.start(partial(bot, answer), "telegram.press.unanswered")
        elif chat := foreign_chat(update):
            asides.start(partial(bot, LeaveChat(chat_id=chat)), "telegram.group.not_left")
    except UNREADABLE:
        log.info(
            "telegram.update.unreadable", update_id=update.get("update_id")
        )  # said again where it is read


def _pause_after(error: Exception) -> float:
    match error:
        case TelegramRetryAfter():
            return float(error.retry_after)
        case TelegramConflictError():
            return CONFLICT
        case TelegramUnauthorizedError() | TelegramNotFound():
            return REFUSED
    return 0.0
