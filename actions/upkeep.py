"""What the house knows of its own channels and copies: which channel is broken and why, when the last copy was made.

Facts of the installation, not of a school: written by whoever looks (`app.watch`, `app.copies`), read by the admin.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.text import Text
from storage import system

STALE = timedelta(minutes=4)  # the part that listens says every minute that it does
COPY_OLD = timedelta(days=2)
ASKED, HEARD = "asked", "heard"  # what the platform answered; what the listening part knows of itself
_PREFIX, _POLLED, _COPY = "channel:", "polled:", "copy:made"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a channel, in words, and since when it is known."""

    channel: Channel
    text: Text
    since: datetime


async def note_channel(
    session: AsyncSession, channel: Channel, part: str, wrong: Sequence[Text], now: datetime
) -> None:
    """Replaces what one part knows of a channel; what was wrong before keeps its beginning."""
    name = f"{_PREFIX}{channel}:{part}"
    known = _read(await system.get(session, name))
    since = {json.dumps(one["text"], sort_keys=True): one["since"] for one in known.get("wrong", [])}
    found = []
    for text in wrong:
        worded = text.to_json()
        begun = since.get(json.dumps(worded, sort_keys=True), now.isoformat())
        found.append({"text": worded, "since": begun})
    await system.put(session, name, json.dumps({"at": now.isoformat(), "wrong": found}), now)


async def faults(session: AsyncSession, now: datetime) -> list[Fault]:
    """Everything that is wrong now, by channel. A channel nobody has looked at yet says nothing."""
    found = []
    for name, value in sorted((await system.beginning(session, _PREFIX)).items()):
        _, channel, part = name.split(":")
        fact = _read(value)
        at = datetime.fromisoformat(fact["at"])
        if part == HEARD and now - at > STALE:
            found.append(Fault(Channel(channel), Text(f"upkeep-{channel}-unattended"), at))
            continue
        for one in fact["wrong"]:
            since = datetime.fromisoformat(one["since"])
            found.append(Fault(Channel(channel), Text.from_json(one["text"]), since))
    return found


async def looked_at(session: AsyncSession) -> dict[Channel, datetime]:
    """When each channel was last asked."""
    found = await system.beginning(session, _PREFIX)
    asked = {name.split(":")[1]: value for name, value in found.items() if name.endswith(f":{ASKED}")}
    return {Channel(name): datetime.fromisoformat(_read(value)["at"]) for name, value in asked.items()}


async def note_polled(session: AsyncSession, channel: Channel, at: datetime | None, now: datetime) -> None:
    """When the part that listens last got an answer. None: not yet; then it is counted from the first word of it."""
    name = f"{_POLLED}{channel}"
    if at is not None or await system.get(session, name) is None:
        await system.put(session, name, (at or now).isoformat(), now)


async def polled_at(session: AsyncSession) -> dict[Channel, datetime]:
    """When each channel that is polled was last answered, whichever process polls it; a minute late at most."""
    found = await system.beginning(session, _POLLED)
    return {Channel(name.removeprefix(_POLLED)): datetime.fromisoformat(at) for name, at in found.items()}


async def note_copy(session: AsyncSession, now: datetime) -> None:
    await system.put(session, _COPY, now.isoformat(), now)


async def copied_at(session: AsyncSession) -> datetime | None:
    """When the last copy of everything was made; None: never by this programme."""
    value = await system.get(session, _COPY)
    return datetime.fromisoformat(value) if value else None


def copy_is_due(at: datetime | None, now: datetime) -> bool:
    return at is None or now - at > COPY_OLD


def _read(value: str | None) -> dict[str, Any]:
    return dict(json.loads(value)) if value else {}
