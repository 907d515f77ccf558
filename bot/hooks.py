"""What the doors share where a platform posts its events to us: bounded bodies, secrets, kept or "again"."""

from __future__ import annotations

import json
import secrets
from typing import Any

import structlog
from fastapi import Request
from starlette.requests import ClientDisconnect

from bot.heard import finish
from bot.messenger import Incoming, Receive

log = structlog.get_logger()

LONGEST = 2**20  # bytes of one event; the largest a platform sends is far below


class Unfit(Exception):
    """Not an event at all; `status` is what the sender of the request gets, without a word."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def posted(request: Request) -> dict[str, Any]:
    """The JSON object in the body.

    Raises:
        Unfit: longer than `LONGEST` (413), cut off, or not an object of JSON (400).
    """
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LONGEST:
                raise Unfit(413)
        event = json.loads(bytes(body))
    except (ValueError, RecursionError, ClientDisconnect):
        raise Unfit(400) from None
    if not isinstance(event, dict):
        raise Unfit(400)
    return event


def same(given: object, secret: str) -> bool:
    """Compared in constant time: how long a refusal takes tells nothing about the secret."""
    return isinstance(given, str) and secrets.compare_digest(
        given.encode("utf-8", "replace"), secret.encode()
    )


async def kept(receive: Receive, incoming: Incoming) -> bool:
    """True once the event is committed (or was before). False: the platform must send it again."""
    try:
        await finish(receive(incoming))
    except Exception:
        # Most often the database is away. The front door has logged a defect of ours already.
        log.exception("hook.failed", channel=incoming.channel, event_id=incoming.event_id)
        return False
    return True
