"""Listening to a VK community by long poll.

The place in the stream (`ts`) is stored after everything before it is committed; vk_api's own
`listen()` begins at the newest event after a restart and ends at the first network fault.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import structlog
from vk_api.bot_longpoll import VkBotLongPoll

from bot.heard import UNREADABLE, Asides, Batch, Patience, finish, part, typing
from bot.messenger import DeliveryFailed, Incoming, Place, Receive
from bot.vk.client import VERSION, VkClient, failure, is_refused, make_session
from bot.vk.missed import missed
from bot.vk.update import EVENTS, event_key, foreign_chat, read_events

log = structlog.get_logger()
T = TypeVar("T")

WAIT = 25  # seconds of one long poll; the server allows 90
STANDBY = 2.0  # seconds between looks whether the other reader is gone
REFUSED = 60.0  # seconds between tries with a token that is refused


class LongPoll(VkBotLongPoll):  # type: ignore[misc]
    """vk_api's long poll with raw events, beginning where we stopped. Blocks: for a thread of its own."""

    def __init__(self, client: VkClient, group_id: int, wait: int, ts: str) -> None:
        self._lost = 0  # times in a row that VK has lost our place
        super().__init__(make_session(client.token, client.api_url), group_id, wait)
        if ts:
            self.ts = ts

    def check(self) -> list[dict[str, Any]]:
        before = self._lost
        events: list[dict[str, Any]] = super().check()
        if self._lost == before:
            self._lost = 0
        return events

    def update_longpoll_server(self, update_ts: bool = True) -> None:
        """A place lost (`failed: 3`) is asked for once more with the new key: what came meanwhile may still be there.

        VK's own words are to take the place that comes with the key, which skips it. Said twice, that is done.
        """
        kept = self.ts
        super().update_longpoll_server(update_ts)
        if update_ts and kept is not None:
            self._lost += 1
            if self._lost == 1:
                self.ts = kept

    def _parse_event(self, raw_event: dict[str, Any]) -> dict[str, Any]:
        return raw_event


class VkInbox:
    """Listens to one community until cancelled.

    Args:
        client: shared with the messenger of the same account.
        wait: seconds of one long poll.
        clock: our time, for events that carry none.
        patience: first and longest pause after a fault, in seconds.
    """

    def __init__(
        self,
        client: VkClient,
        group_id: int,
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
        self._client, self._group_id, self._place = client, group_id, place
        self._wait, self._clock, self._standby = wait, clock, standby
        self._patience = Patience(*patience)
        self._asides = Asides()
        self._batch = Batch()
        self._answered: set[str] = set()
        self._poll: LongPoll | None = None

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
                self._poll = None  # the other reader moves the place
                self.polled_at = self._clock()  # by the process that holds the stream
                await Patience(self._standby, self._standby).pause()
                return
            poll = self._poll or await self._begin()
            before = str(poll.ts)
            events: list[dict[str, Any]] = await in_thread(poll.check)
            self.polled_at = self._clock()
            if str(poll.ts) != before and not events:
                events = await self._missed()
            if await finish(self._work(events, receive, "" if str(poll.ts) == before else str(poll.ts))):
                self._patience.reset()
            else:
                poll.ts = before  # the server gives them again
                await self._patience.pause()
        except Exception as error:
            self._poll = None  # what we know of the stream is in the database
            failed = error if isinstance(error, DeliveryFailed) else failure(error)
            log.warning(
                "vk.poll.failed", account=self.account, error=type(error).__name__, reason=failed.reason
            )
            await self._patience.pause(REFUSED if failed.stop else failed.retry_after or 0.0)

    async def _missed(self) -> list[dict[str, Any]]:
        """What the stream has forgotten: VK keeps events for a while only, conversations for good."""
        log.warning("vk.poll.gap", account=self.account)
        try:
            return await missed(self._client, self._group_id, self._clock())
        except DeliveryFailed as failed:
            if not is_refused(failed):
                raise  # the place is not stored: the same gap is met at the next try
            log.warning("vk.poll.gap_not_filled", account=self.account, reason=failed.reason)
            return []

    async def _begin(self) -> LongPoll:
        await self._switch_on()
        stored = await finish(self._place.load())
        poll: LongPoll = await in_thread(lambda: LongPoll(self._client, self._group_id, self._wait, stored))
        if not stored:
            # From here on nothing is skipped, even if we die before the first event.
            await finish(self._place.store(str(poll.ts)))
        self._poll = poll
        self.polled_at = self._clock()  # VK answers; the first long poll may take its full time
        return poll

    async def _switch_on(self) -> None:
        """Long poll and the kinds of events we read are off in a new community."""
        settings = await self._client.call("groups.getLongPollSettings", group_id=self._group_id)
        kinds = settings.get("events") or {}
        right = settings.get("api_version", VERSION) == VERSION
        if settings.get("is_enabled") and right and all(kinds.get(kind) for kind in EVENTS):
            return
        wanted = dict.fromkeys(EVENTS, 1)
        try:
            await self._client.call(
                "groups.setLongPollSettings",
                group_id=self._group_id,
                enabled=1,
                api_version=VERSION,
                **wanted,
            )
            log.info("vk.long_poll.switched_on", account=self.account)
        except DeliveryFailed as failed:
            log.warning("vk.long_poll.not_switched_on", account=self.account, reason=failed.reason)

    async def _work(self, events: list[dict[str, Any]], receive: Receive, ts: str) -> bool:
        """True when everything is committed and `ts` is stored (if any), False if the batch must come again."""
        for event in events:
            self._answer_aside(event)
        left = await self._batch.hand_on(
            read_events(events, self.account, self._clock()),
            typing(receive, partial(show_typing, self._client)),
        )
        if left:
            return False
        if ts:
            await self._place.store(ts)
        self._batch.done.clear()
        self._answered.clear()
        return True

    def _answer_aside(self, event: dict[str, Any]) -> None:
        if event_key(event) in self._answered:
            return
        self._answered.add(event_key(event))
        answer_aside(self._asides, self._client, event)


async def show_typing(client: VkClient, incoming: Incoming) -> None:
    await client.call("messages.setActivity", peer_id=incoming.address, type="typing")


def answer_aside(asides: Asides, client: VkClient, event: Mapping[str, Any]) -> None:
    """Stops the spinner on a pressed button, leaves a group conversation: what nobody waits for."""
    try:
        if event.get("type") == "message_event":
            pressed = {name: event["object"].get(name) for name in ("event_id", "user_id", "peer_id")}
            answer = partial(client.call, "messages.sendMessageEventAnswer", **pressed)
            asides.start(answer, "vk.press.unanswered")
        elif chat := foreign_chat(event):
            leave = partial(
                client.call, "messages.removeChatUser", chat_id=chat, member_id=-event["group_id"]
            )
            asides.start(leave, "vk.group.not_left")
    except UNREADABLE:
        log.info("vk.event.unreadable", event_id=event.get("event_id"))  # said again where it is read


async def in_thread(work: Callable[[], T]) -> T:
    """Runs `work` in a daemon thread: unlike an executor's, it does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        try:
            value, error = work(), None
        except Exception as raised:
            value, error = None, raised
        with suppress(RuntimeError):  # the loop has ended: nobody waits for this poll any more
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=run, daemon=True, name="vk-poll").start()
    return await done
