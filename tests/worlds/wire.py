"""What the worlds share: a server on the loopback, faults that are switched at run time, what people see."""

from __future__ import annotations

import asyncio
import dataclasses
import socket
import time
from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class Key:
    """One button as a person sees it."""

    label: str
    data: str = ""
    url: str = ""
    kind: str = "text"  # VK: text, callback, open_link


@dataclass
class Seen:
    """One message as a person sees it."""

    id: int
    text: str
    mine: bool = False  # the person wrote it
    rows: list[list[Key]] = field(default_factory=list)
    photos: int = 0
    edited: int = 0

    @property
    def labels(self) -> list[str]:
        return [key.label for row in self.rows for key in row]


@dataclass
class Fault:
    kind: str  # 500, 502, slow, flood, drop, late
    method: str | None
    left: int | None
    value: float


class Refused(Exception):
    """An answer that is an error of the platform."""

    def __init__(self, code: int, words: str, **parameters: Any) -> None:
        super().__init__(words)
        self.code, self.words, self.parameters = code, words, parameters


class World(ABC):
    """A server and the people behind it.

    `violations` collects what the real platform would refuse or ignore; a test asserts that it is empty.
    `copies` counts deliveries per (person, text). With `limited` the platform's pace is enforced.
    """

    def __init__(self) -> None:
        self.url = ""
        self.limited = False
        self.violations: list[str] = []
        self.calls: Counter[str] = Counter()
        self.copies: Counter[tuple[int, str]] = Counter()
        self.busiest = 0  # calls in the fullest second seen
        self._faults: list[Fault] = []
        self._recent: deque[float] = deque()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        self._routes(app)
        app.router.add_post("/control", self._control)
        # A poller that goes away must not go on waiting for events in its name.
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", port))
        await web.SockSite(self._runner, listener).start()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        return self

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def fail(
        self, kind: str, *, method: str | None = None, times: int | None = None, value: float = 1
    ) -> None:
        """Switches a fault on.

        Args:
            kind: "500", "502", "504" (a gateway's page), "slow" (`value` seconds), "flood" (`value` seconds to wait),
                "refused" (with the code `value`),
                "drop" (carried out, then the connection is cut), "late" (carried out, answered `value` seconds later).
            method: only for calls of this one.
            times: how often; None until `heal`.
        """
        self._faults.append(Fault(kind, method, times, value))

    def heal(self) -> None:
        self._faults.clear()

    @abstractmethod
    def _routes(self, app: web.Application) -> None:
        """The addresses this platform answers at."""

    @abstractmethod
    def _refusal(self, error: Refused) -> web.Response:
        """A refusal in this platform's form."""

    @abstractmethod
    def _flood(self, seconds: float) -> Refused:
        """What this platform says to who is too fast."""

    async def _serve(
        self, request: web.Request, method: str, work: Callable[[], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        """One call through the faults that are on."""
        self.calls[method] += 1
        fault = self._fault(method)
        match fault.kind if fault else "":
            case "500":
                return self._refusal(Refused(500, "Internal Server Error"))
            case "502" | "504":
                return web.Response(status=int(fault.kind), text=GATEWAY_PAGE, content_type="text/html")
            case "flood":
                assert fault
                return self._refusal(self._flood(fault.value))
            case "refused":
                assert fault
                return self._refusal(Refused(int(fault.value), "One of the parameters is invalid"))
            case "slow":
                assert fault
                await asyncio.sleep(fault.value)
        try:
            answer = await work()
        except Refused as error:
            answer = self._refusal(error)
        if fault and fault.kind == "late":
            await asyncio.sleep(fault.value)
        if fault and fault.kind == "drop" and request.transport is not None:
            request.transport.abort()
        return answer

    def _fault(self, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.method in {None, method} and fault.left != 0:
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    def _count(self, limit: int) -> None:
        """Raises Refused above `limit` calls within a second, when limits are on."""
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if self.limited and len(self._recent) >= limit:
            raise self._flood(1)
        self._recent.append(now)
        self.busiest = max(self.busiest, len(self._recent))

    async def _control(self, request: web.Request) -> web.Response:
        """The driving methods for another process: {"do": "says", "args": [1, "Привет"], "named": {}}."""
        asked = await request.json()
        if asked["do"].startswith("_"):
            raise web.HTTPForbidden
        found = getattr(self, asked["do"])
        result = found(*asked.get("args", ()), **asked.get("named", {})) if callable(found) else found
        return web.json_response({"result": plain(result)})


def plain(value: Any) -> Any:
    """As JSON can carry it; keys that are tuples become "a|b"."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    if isinstance(value, dict):
        return {"|".join(map(str, k)) if isinstance(k, tuple) else str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def units(text: str) -> int:
    """UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def find(rows: list[list[Key]], wanted: str) -> Key | None:
    """A button by its words or by what it carries."""
    keys = [key for row in rows for key in row]
    return next((key for key in keys if wanted in {key.label, key.data}), None)
