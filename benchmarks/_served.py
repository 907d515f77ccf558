"""A platform's server in a process of its own (`benchmarks/_limits.py`), so that its processor time is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog

from program.channels import Channel

TOKEN = "42:bench-0000000000000000000000000000000"


@asynccontextmanager
async def server(channel: Channel, trip: float = 0.0, *, freely: bool = False) -> AsyncIterator[str]:
    """Its address.

    Args:
        trip: seconds that an answer takes.
        freely: it takes everything at any pace; else it enforces what the platform allows.
    """
    words = [channel.value, str(trip), *(["freely"] if freely else [])]
    process = subprocess.Popen(  # noqa: ASYNC220 - it prints its address at once
        [sys.executable, "-m", "benchmarks._limits", *words], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["url"]
    finally:
        process.terminate()
        process.wait()


async def came_to(url: str) -> dict[str, Any]:
    """What came: refusals, copies, arrivals by chat, calls."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/told") as answer:
        found: dict[str, Any] = await answer.json()
    return found


def quiet() -> None:
    """No log lines, as in a process that keeps those of importance only."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), processors=[_silent])


def _silent(*_: Any) -> Any:
    raise structlog.DropEvent
