"""A message to many: what has become of each, and when the rest will be through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from program.channels import Channel

# Why a row of the outbox was dropped, where others than the sender need to know.
JOINED = "joined"  # its words went out in another row's message
CROWDED = "crowded"  # its turn would have come after it had expired
EXPIRED = "expired"
CANCELLED = "cancelled"  # had not gone when its mailing was called off
NO_ADDRESS = "no-address"  # nothing of theirs takes messages
NOT_ALLOWED = "not-allowed"  # a consent that it needs holds no longer
SILENCE = "paused"  # the reader asked for silence
LOST = ("unreachable", "in-doubt", NO_ADDRESS)
LOST_BEGINS = ("refused", "gave-up")

# Messages a second that the platforms take: what is foretold before anything was measured (benchmarks/mailing.py).
RATES = {Channel.TELEGRAM: 29.0, Channel.VK: 1_900.0, Channel.WEB: 200.0}
MEASURED = timedelta(minutes=1)


class Fate(StrEnum):
    """What has become of one reader's message."""

    SENT = "sent"
    WAITS = "waits"
    LATER = "later"  # quiet hours, an unasked message today already, or a try that failed
    LOST = "lost"  # did not arrive, or nobody knows: such people are called
    NOT_ALLOWED = "not-allowed"
    SILENCE = "silence"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    NOT_NEEDED = "not-needed"  # the item was taken back, the person is gone


_OF = {
    JOINED: Fate.SENT,
    CROWDED: Fate.EXPIRED,
    EXPIRED: Fate.EXPIRED,
    CANCELLED: Fate.CANCELLED,
    NOT_ALLOWED: Fate.NOT_ALLOWED,
    SILENCE: Fate.SILENCE,
}


def fate(*, sent: bool, dropped: str, later: bool) -> Fate:
    """Args:
    dropped: why it never goes, "" if it may.
    later: its time has not come.
    """
    if sent:
        return Fate.SENT
    if dropped in LOST or dropped.startswith(LOST_BEGINS):
        return Fate.LOST
    if dropped:
        return _OF.get(dropped, Fate.NOT_NEEDED)
    return Fate.LATER if later else Fate.WAITS


@dataclass
class Counts:
    """Of one mailing, or of one class in it.

    Args:
        waits: by channel, due now.
        lately: by channel, sent within the last minute.
        next_at: when the earliest of those comes whose time has not come; last_at: the latest.
    """

    fates: dict[Fate, int] = field(default_factory=dict)
    waits: dict[Channel, int] = field(default_factory=dict)
    lately: dict[Channel, int] = field(default_factory=dict)
    next_at: datetime | None = None
    last_at: datetime | None = None

    def __getitem__(self, one: str) -> int:
        return self.fates.get(Fate(one), 0)

    @property
    def total(self) -> int:
        return sum(self.fates.values())

    @property
    def settled(self) -> int:
        """Of whom it is known what became of them."""
        return self.total - self["waits"] - self["later"]


def left(counts: Counts, going_since: datetime, now: datetime) -> timedelta:
    """How long what is due now still takes, all channels side by side.

    By what went within the last minute; by the platforms' limits where that says nothing yet.
    """
    watched = min(MEASURED, now - going_since)
    measured: Mapping[Channel, int] = counts.lately if watched >= timedelta(seconds=10) else {}
    seconds = 0.0
    for channel, waiting in counts.waits.items():
        rate = measured.get(channel, 0) / max(watched.total_seconds(), 1.0) or RATES.get(channel, 1.0)
        seconds = max(seconds, waiting / rate)
    return timedelta(seconds=seconds)
