"""One account of a messenger as the sender sees it: how it fares, and what a try that failed leads to."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy.ext.asyncio import AsyncSession

from bot.look import IN_DOUBT, Prepared
from bot.messenger import DeliveryFailed, Indoors, Mailer, Messenger, Probing
from program.channels import Channel
from storage import outbox, people, rerouting
from storage.mailing_post import Before
from storage.tables import OutboxRow

GIVE_UP_AFTER = 8  # attempts with an answer that says "later", while others get through
LONGEST_OUTAGE = timedelta(hours=24)  # for which a message waits on a platform that takes none
FIRST_WAIT = 2.0  # seconds; doubles with each attempt, with jitter
LONGEST_WAIT = 600.0
SLOWEST = outbox.LEASE / 2  # what a send may take: two tries of 30 s


@dataclass(frozen=True)
class Gone:
    """A message that the platform has taken, and what it calls it. `handed`: its turn had handed it over."""

    row: OutboxRow
    external_id: str
    at: datetime
    handed: bool = False


@dataclass(frozen=True)
class Taken:
    """An answer that its turn has leased and looked at, and what the row was before the look."""

    ready: Prepared
    before: Before

    def late(self, now: datetime) -> bool:
        """Whether another might take the row while it is being sent."""
        return self.before.leased_until - now < SLOWEST


@dataclass
class Lane:
    """One account: its messenger, and how it fares. Read by /readyz and the metrics."""

    messenger: Messenger
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    served: bool = False  # somebody goes on looking at it
    more: bool = True  # something was put since the last look
    held: tuple[datetime, datetime] | None = None  # retry_after: from and until when all of it stands still
    stopped: str = ""  # the token was refused
    went_at: datetime | None = None  # when this process last got a message through
    stumbled: bool = False  # the last look broke off
    unmarked: list[Gone] = field(default_factory=list)  # gone while the database was away
    dry: bool = False  # the last look found nothing due
    looked: float = 0.0  # when it did, by the monotonic clock
    idle: bool = False  # the sender has nothing to do: an answer may be handed to it
    promised: AsyncSession | None = None  # of the turn that is about to hand it one
    handed: Taken | None = None  # an answer that goes next, without a look
    # What the messenger can do besides; asked once, since a protocol takes as long as a statement to say so.
    indoors: Indoors | None = field(init=False)
    mailer: Mailer | None = field(init=False)
    probing: Probing | None = field(init=False)

    def __post_init__(self) -> None:
        one = self.messenger
        self.indoors = one if isinstance(one, Indoors) else None
        self.mailer = one if isinstance(one, Mailer) else None
        self.probing = one if isinstance(one, Probing) else None

    @property
    def account(self) -> tuple[Channel, str]:
        return self.messenger.channel, self.messenger.account

    def takes(self, now: datetime) -> bool:
        """Whether an answer may be handed over: one at a time, so that none of them waits behind another."""
        return self.idle and self.promised is None and self.handed is None and not self.stands(now)

    def stands(self, now: datetime) -> bool:
        """Whether nothing of this account may be tried now."""
        # A clock that was set back behind the refusal ends it: the platform says again how long it wants.
        return bool(self.stopped) or (self.held is not None and self.held[0] <= now < self.held[1])

    def wake(self) -> None:
        """Something was put for it, or it may go on."""
        self.more = True
        self.woken.set()

    def rests(self, at_most: float) -> float:
        """Seconds until it looks again at what is due, if nobody wakes it; 0 once it is time."""
        return max(0.0, self.looked + at_most - monotonic())

    def hold(self, now: datetime, seconds: float) -> None:
        self.held = now, now + timedelta(seconds=seconds)


async def probe(lane: Lane, row: OutboxRow) -> None:
    """The one repeat of a message of unknown fate is not spent on a platform that does not answer at all."""
    if not row.error.startswith(IN_DOUBT) or lane.probing is None:
        return
    try:
        await lane.probing.probe()
    except DeliveryFailed as failure:
        failure.unknown = False  # of the message itself nothing was sent
        raise


async def settle(
    session: AsyncSession, lane: Lane, row: OutboxRow, failure: DeliveryFailed, now: datetime
) -> bool:
    """Writes down what a failed try of a row leads to. Returns whether it is given up, or nothing more can go."""
    attempts = row.attempts
    doubted = row.error.startswith(IN_DOUBT)
    error = IN_DOUBT + failure.reason if doubted or failure.unknown else failure.reason
    hopeless = attempts >= GIVE_UP_AFTER and _only_this_one(lane, row, now)
    if failure.permanent:
        await people.mark_unreachable(session, row.channel, row.account, row.address, failure.reason, now)
        if not await rerouting.elsewhere(session, row):
            await outbox.drop(session, row.id, "unreachable")
    elif failure.broken:
        await outbox.drop(session, row.id, f"refused: {failure.reason}")
    elif failure.stop:
        await outbox.put_off(session, row.id, now, error)
    elif failure.retry_after is not None:
        await outbox.put_off(session, row.id, now + timedelta(seconds=failure.retry_after), error)
    elif failure.unknown and doubted and row.channel == Channel.TELEGRAM:
        await outbox.drop(session, row.id, "in-doubt")
    elif hopeless:
        await outbox.drop(session, row.id, f"gave-up: {failure.reason}")
    else:
        await outbox.put_off(session, row.id, now + timedelta(seconds=wait_after(attempts)), error)
    if failure.stop:
        lane.stopped = failure.reason
    return failure.stop or failure.permanent or failure.broken or hopeless


def wait_after(attempts: int) -> float:
    """Seconds before the next try, so many having failed."""
    longest: float = min(LONGEST_WAIT, FIRST_WAIT * 2**attempts)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311


def _only_this_one(lane: Lane, row: OutboxRow, now: datetime) -> bool:
    """Whether a message fails by itself: others got through meanwhile, or it has waited for a day.

    While the platform is away nothing is given up; what is out of date by then expires. A post for the
    wall has no others beside it, and a person can put it up by hand.
    """
    since = row.first_tried_at or now
    passed = lane.went_at is not None and lane.went_at > since
    return row.channel == Channel.VK_WALL or passed or now - since > LONGEST_OUTAGE
