"""The VK API over vk_api, next to asyncio: threads of its own, one pace, timeouts, sorted errors."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from jconfig import MemoryConfig
from requests.adapters import HTTPAdapter
from vk_api import ApiError, ApiHttpError, Captcha, VkApiError
from vk_api.vk_api import VkApiGroup

from bot.messenger import CalledOff, DeliveryFailed, Still, certainly
from bot.pace import Leave, Pace, StandStill

VERSION = "5.199"
OFFICIAL = "https://api.vk.ru/"  # vk_api 11.10 talks to it, not to api.vk.com
TIMEOUT = (5, 20)  # seconds to connect, to answer; vk_api itself would wait for ever, holding its lock
# One object makes one call at a time: at 300 ms an answer, six reach 20 a second. A mailing takes eight at most
# (`bot.vk.messenger`), so that an answer to somebody never waits for a thread.
THREADS = 12

UNREACHABLE = {18, 900, 901, 902, 936}
OURS = {8, 100, 104, 911, 914}
TOKEN = {5, 15, 27, 28, 1051}
LIMITS = {940, 944, 950, 984}
SLOW_DOWN = {9: 60.0, 14: 300.0, 17: 300.0}  # seconds; a captcha needs a person anyway
TOO_FAST = {6: 1.0, 29: 1.0}


class ToServer(HTTPAdapter):
    """Timeouts for every call, and another server where one is set. No retries: `random_id` is ours."""

    def __init__(self, base: str | None) -> None:
        super().__init__(max_retries=0)
        self.base = base

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        if self.base:
            parts = urlsplit(str(request.url))
            request.url = self.base.rstrip("/") + parts.path + ("?" + parts.query if parts.query else "")
        options["timeout"] = options.get("timeout") or TIMEOUT
        return super().send(request, *args, **options)


class _Session(VkApiGroup):  # type: ignore[misc]
    # `Pace` stands in front instead. vk_api pauses by the time of day: with 0 it slept, holding its lock, for as long
    # as the clock was set back.
    RPS_DELAY = -math.inf


def make_session(token: str, api_url: str | None) -> VkApiGroup:
    """One vk_api object for one thread. It raises what it gets; nothing is repeated inside."""
    session = _Session(token=token, api_version=VERSION, config=MemoryConfig)
    session.error_handlers.clear()  # error 6 was repeated without end, holding the thread
    session.http.mount(OFFICIAL, ToServer(api_url))
    return session


class VkClient:
    """Calls of one token.

    Args:
        api_url: another server than the official one.
        pace: shared by everything that uses the token.
    """

    def __init__(self, token: str, api_url: str | None = None, *, pace: Pace | None = None) -> None:
        self.pace = pace or Pace(19.6, 8, cap=20)  # a community has 20 a second (platforms.md 2.5)
        self.token, self.api_url = token, api_url
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="vk")
        self._own = threading.local()

    async def call(self, method: str, address: str = "", /, **values: Any) -> Any:
        """The `response` of the API. Raises nothing but `DeliveryFailed`."""
        return await self._answered(self.pace.turn(address), method, values)

    async def spare(self, still: Still, method: str, /, **values: Any) -> Any:
        """As `call`, for what can wait until nobody else wants to speak; raises `CalledOff` if it goes no more."""
        return await self._answered(self.pace.spare(), method, values, still)

    async def _answered(
        self, turn: Awaitable[Leave], method: str, values: dict[str, Any], still: Still = certainly
    ) -> Any:
        try:
            leave = await turn
            if not await still():
                self.pace.unused(leave)
                raise CalledOff
            return await self._run(partial(self._call, leave, method, values))
        except StandStill as still:
            raise DeliveryFailed("flood", retry_after=still.seconds) from still
        except (VkApiError, requests.RequestException) as error:
            failed = failure(error)
            if failed.retry_after:
                self.pace.hold(failed.retry_after)
            raise failed from error

    async def upload(self, url: str, field: str, photo: tuple[str, str, bytes]) -> dict[str, Any]:
        """What the upload server answers; the matching photos.save… takes it."""
        name, content_type, content = photo
        files = {field: (name, content, content_type)}
        try:
            answer = await self._run(partial(requests.post, url, files=files, timeout=TIMEOUT))
            if not answer.ok:
                raise DeliveryFailed("server")
            return dict(answer.json())
        except requests.RequestException as error:
            raise DeliveryFailed("network") from error  # an upload alone shows nothing to anybody

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _call(self, leave: Leave, method: str, values: dict[str, Any]) -> Any:
        if not hasattr(self._own, "session"):
            self._own.session = make_session(self.token, self.api_url)
        leave.now()
        return self._own.session.method(method, values)

    async def _run(self, work: partial[Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def failure(error: Exception) -> DeliveryFailed:
    """What the outbox must do about an error of VK. Source: platforms.md section 3."""
    match error:
        case ApiError() | Captcha():
            return of_code(int(error.code))
        case ApiHttpError():
            return DeliveryFailed("server", unknown=True)
        case requests.ConnectTimeout():
            return DeliveryFailed("network")
        case requests.exceptions.JSONDecodeError():
            return DeliveryFailed("server", unknown=True)  # a gateway's HTML page
    return DeliveryFailed("network", unknown=not _refused(error))


def of_reader(code: int) -> DeliveryFailed:
    """What VK says of one reader within its answer.

    A token is refused for a whole call. Of one reader the same number means a conversation that is closed to us in a
    way VK does not name: this message is given up, the others go on.
    """
    return DeliveryFailed(f"vk-{code}", broken=True) if code in TOKEN else of_code(code)


def of_code(code: int) -> DeliveryFailed:
    """As `failure`, for a bare number."""
    if code in TOO_FAST:
        return DeliveryFailed("flood", retry_after=TOO_FAST[code])
    if code in SLOW_DOWN:
        return DeliveryFailed("captcha" if code == 14 else "flood", retry_after=SLOW_DOWN[code])
    if code in UNREACHABLE:
        return DeliveryFailed("blocked", permanent=True)
    if code in OURS:
        return DeliveryFailed("bad-request", broken=True)
    if code in TOKEN:
        return DeliveryFailed("token", stop=True)
    if code == 912:
        return DeliveryFailed("bot-features-off", stop=True)  # a switch in the community's settings
    if code in LIMITS:
        return DeliveryFailed("limit")
    return DeliveryFailed("server" if code in {1, 10} else f"vk-{code}")


def is_refused(failed: DeliveryFailed) -> bool:
    """VK would say the same again, or says what nobody has described: no use in asking until it changes its mind."""
    return failed.stop or failed.broken or failed.permanent or failed.reason.startswith("vk-")


def code_of(failed: DeliveryFailed) -> int:
    """VK's number behind a failure; 0 where there is none."""
    return int(getattr(failed.__cause__, "code", 0) or 0)


def _refused(error: Exception) -> bool:
    """The connection was never made, so nothing was sent."""
    inner = error.args[0] if error.args else None
    return type(getattr(inner, "reason", inner)).__name__ in {"NewConnectionError", "NameResolutionError"}
