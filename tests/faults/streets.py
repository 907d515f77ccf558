"""The worlds with what a fault harness needs: they say when, count every delivery, and can be unreliable."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.worlds import TelegramWorld, VkWorld
from tests.worlds.wire import Fault, World


@dataclass(frozen=True)
class Delivery:
    """One message that has reached a person. `sender`: the process that sent it. `at`: seconds that pass."""

    user: int
    text: str
    sender: str
    at: float


# Who calls, by its name for itself: a call of a process that was killed may be carried out when the next one lives.
_sender: ContextVar[str] = ContextVar("sender")


class Street(World):
    """A world in which a call may be the house's last, and any call may fail.

    `on_call` gets each call before it is carried out and after it ("before", "after"); it returns True where the
    call is to come to nothing. `weather`: kinds of faults and how often each strikes, by chance, of the methods in
    `under_it` (all where that is empty).
    """

    def __init__(self) -> None:
        super().__init__()
        self.broken = ""
        self.deliveries: list[Delivery] = []
        self.on_fetched: Callable[[], object] | None = None
        self.on_delivered: Callable[[], object] | None = None
        self.on_call: Callable[[str, str], bool] | None = None
        self.weather: dict[str, tuple[float, float]] = {}  # kind: (share of calls, value)
        self.under_it: frozenset[str] = frozenset()
        self.struck = 0  # calls that the weather has hit
        self.unanswered = 0  # of them carried out without an answer
        self.chance = random.Random(1)

    async def _serve(
        self, request: web.Request, method: str, work: Callable[[], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        _sender.set(request.headers.get("User-Agent", ""))
        if self.on_call is not None and self.on_call(method, "before"):
            return _cut(request)
        answer = await super()._serve(request, method, work)
        if self.on_call is not None and self.on_call(method, "after"):
            return _cut(request)
        return answer

    def _fault(self, method: str) -> Fault | None:
        if self.weather and (not self.under_it or method in self.under_it):
            drawn = self.chance.random()
            for kind, (share, value) in self.weather.items():
                drawn -= share
                if drawn < 0:
                    self.struck += 1
                    self.unanswered += kind in {"drop", "late"}
                    return Fault(kind, method, 1, value)
        return super()._fault(method)

    def _delivered(self, user: int, text: str) -> None:
        self.deliveries.append(Delivery(user, text, _sender.get(), time.monotonic()))
        if self.on_delivered is not None:
            react, self.on_delivered = self.on_delivered, None
            react()

    def _fetched(self) -> None:
        if self.on_fetched is not None:
            react, self.on_fetched = self.on_fetched, None
            react()

    def _stirred(self, new: list[dict[str, Any]], old: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A platform that repeats itself: some of what was given before, anywhere among the new."""
        mixed = new + self.chance.sample(old, min(len(old), self.chance.randint(0, 3)))
        self.repeated += len(mixed) - len(new)
        self.chance.shuffle(mixed)
        return mixed

    repeated = 0  # updates given again
    stirs = False


class Telegram(Street, TelegramWorld):
    def __init__(self) -> None:
        super().__init__()
        self.given: list[dict[str, Any]] = []

    async def _getUpdates(self, given: dict[str, Any]) -> Any:  # noqa: N802
        updates = await super()._getUpdates(given)
        if updates:
            if self.stirs:
                old = [one for one in self.given if one not in updates]
                self.given += [one for one in updates if one not in self.given]
                updates = self._stirred(updates, old)
            self._fetched()
        return updates

    def _deliver(self, user: int, text: str, given: dict[str, Any], photos: int = 0) -> dict[str, Any]:
        delivered = super()._deliver(user, text, given, photos)
        self._delivered(user, text)
        return delivered


class Vk(Street, VkWorld):
    outdated = False  # the next look is told `failed: 1`; messages that it would have brought are forgotten

    async def _look(self, request: web.Request) -> web.Response:
        before = int(request.query["ts"])
        whole = self.events
        answer = await super()._look(request)
        if self.outdated and all(one["type"] == "message_new" for one in whole[before:]):
            self.outdated = False
            return web.json_response({"failed": 1, "ts": len(whole)})
        if len(whole) > before:
            if self.stirs and b'"updates"' in (answer.body or b""):
                upto = min(len(whole), before + 100)
                mixed = self._stirred(whole[before:upto], whole[:before])
                answer = web.json_response({"ts": str(upto), "updates": mixed})
            self._fetched()
        return answer

    def _deliver(self, peer: int, text: str, drawn: Any, given: dict[str, Any]) -> dict[str, Any]:
        before = self.repeats
        delivered = super()._deliver(peer, text, drawn, given)
        if self.repeats == before:
            self._delivered(peer, text)
        elif self.on_delivered is not None:  # a copy that VK has dropped: the house does not know
            react, self.on_delivered = self.on_delivered, None
            react()
        return delivered


def _cut(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
