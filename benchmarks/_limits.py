"""Two small servers that enforce what the platforms allow, each in a process of its own, and remember every message.

`python -m benchmarks._limits telegram|vk SECONDS [freely]` prints its address; an answer takes so many seconds; `freely`: no limits.
Limits (platforms' pages, as in docs/operations.md):
Telegram: 30 messages in any second, else 429 with `retry_after`, and until then nothing passes; one chat: three in a
second. VK: 20 calls in any second, else error 6; a call names 100 readers at most and carries a `random_id`, which is
compared within each conversation.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict, deque
from typing import Any

from aiohttp import web


class Limits:
    """Args:
    most: calls in any second; 0: as many as come.
    trip: seconds that an answer takes.
    """

    def __init__(self, most: int, trip: float) -> None:
        self.most, self.trip = most, trip
        self.refused = 0
        self.copies: Counter[tuple[str, str]] = Counter()
        self.arrivals: dict[str, list[float]] = defaultdict(list)  # by chat and text
        self.calls: list[float] = []
        self._recent: deque[float] = deque()
        self._silent_until = 0.0
        self._chats: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=3))

    def admits(self, now: float, penalty: float) -> bool:
        """Whether a call may pass; `penalty`: seconds without any after one that may not."""
        if not self.most:
            self.calls.append(now)
            return True
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if now < self._silent_until or len(self._recent) >= self.most:
            self.refused += 1
            if now >= self._silent_until:
                self._silent_until = now + penalty
            return False
        self._recent.append(now)
        self.calls.append(now)
        return True

    def crowded(self, chat: str, now: float) -> bool:
        if not self.most:
            return False
        last = self._chats[chat]
        if len(last) == 3 and last[0] > now - 1:
            return True
        last.append(now)
        return False

    def deliver(self, chat: str, text: str, now: float) -> int:
        self.copies[chat, text] += 1
        self.arrivals[chat].append(now)
        return len(self.arrivals[chat])

    async def told(self, request: web.Request) -> web.Response:
        """What came: the benchmark reads it at the end."""
        return web.json_response(
            {
                "refused": self.refused,
                "copies": [[chat, text, count] for (chat, text), count in self.copies.items()],
                "arrivals": self.arrivals,
                "calls": self.calls,
            }
        )


class Telegram(Limits):
    def __init__(self, trip: float, most: int = 30) -> None:
        super().__init__(most, trip)

    def routes(self, app: web.Application) -> None:
        app.router.add_post("/bot{token}/{method}", self.call)

    async def call(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        method = request.match_info["method"]
        given = await request.json() if request.content_type == "application/json" else await request.post()
        if method != "sendMessage":
            self.calls.append(now)  # our pace counts it, Telegram's limit of messages does not
            me = {"id": 42, "is_bot": True, "first_name": "Наставник", "username": "bench_bot"}
            return web.json_response({"ok": True, "result": me if method == "getMe" else True})
        chat = str(given["chat_id"])
        if not self.admits(now, 1.0) or self.crowded(chat, now):
            body = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            }
            return web.json_response(body, status=429)
        number = self.deliver(chat, str(given["text"]), now)
        if self.trip:
            await asyncio.sleep(self.trip)
        where = {"id": int(chat), "type": "private", "first_name": "Т"}
        message = {"message_id": number, "date": int(time.time()), "chat": where, "text": given["text"]}
        return web.json_response({"ok": True, "result": message})


class Vk(Limits):
    def __init__(self, trip: float, most: int = 20) -> None:
        super().__init__(most, trip)
        self._seen: dict[tuple[str, str], int] = {}

    def routes(self, app: web.Application) -> None:
        app.router.add_post("/method/{method}", self.call)

    async def call(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        given: dict[str, Any] = dict(request.query) | dict(await request.post())
        if not self.admits(now, 0.0):
            return _error(6, "Too many requests per second")
        if request.match_info["method"] != "messages.send":
            return web.json_response({"response": 1})
        peers = str(given.get("peer_ids") or given["peer_id"]).split(",")
        if len(peers) > 100:
            return _error(100, "peer_ids: at most 100")
        answers = []
        for peer in peers:
            key = (peer, str(given["random_id"]))
            if key not in self._seen:
                self._seen[key] = self.deliver(peer, str(given["message"]), now)
            number = self._seen[key]
            answers.append({"peer_id": int(peer), "message_id": number, "conversation_message_id": number})
        if self.trip:
            await asyncio.sleep(self.trip)
        return web.json_response({"response": answers if given.get("peer_ids") else answers[0]["message_id"]})


def _error(code: int, words: str) -> web.Response:
    return web.json_response({"error": {"error_code": code, "error_msg": words, "request_params": []}})


async def serve(name: str, trip: float, *limit: int) -> None:
    limits = Telegram(trip, *limit) if name == "telegram" else Vk(trip, *limit)
    app = web.Application(client_max_size=2**26)
    limits.routes(app)
    app.router.add_get("/told", limits.told)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}"}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], float(sys.argv[2]), *([0] if "freely" in sys.argv[3:] else [])))
