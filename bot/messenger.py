"""What a channel must be able to do, and what passes between it and the house."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.text import storable
from storage.tables import Person


class Heard(StrEnum):
    """What kind of thing came in."""

    TEXT = "text"
    PRESS = "press"  # of one of our buttons; `data` is what the button carried
    START = "start"  # first contact or /start; `data` is the token of the link, or ""
    BLOCKED = "blocked"  # the person closed this address to us
    ALLOWED = "allowed"  # and opened it again
    OTHER = "other"  # sticker, voice, photo, file: `text` names it as heard-<kind>


@dataclass(frozen=True)
class Incoming:
    """One event of one person.

    Args:
        account: which of our bots or communities heard it; "default" for the configured one.
        address: where an answer goes (chat id, peer id; the person's id in the web chat).
        event_id: unique within channel and account; a repeat carries the same.
        text: what was typed, at most 4096 characters (longer is cut by the inbox, which says so by `cut`).
        data: what a button or a link carried; with TEXT and OTHER, the token of a link that was opened before
            them (VK gives it with the first words).
        at: aware; the platform's time where it gives one, else ours.
        message: the platform's id of our message whose button was pressed, where it says so.
        callbacks: the client they write from can press a button without saying anything in the conversation.
        lost: what came with the words and is not taken, as heard-<kind>; "" for words alone.
        beside: words that answer nothing (a poll's, a contact's), read for signs of danger only.
        album: what the parts of one album share, each of which is an event of its own; "" outside albums.
    """

    channel: Channel
    address: str
    event_id: str
    heard: Heard
    at: datetime
    text: str = ""
    data: str = ""
    account: str = "default"
    cut: bool = False
    message: str = ""
    callbacks: bool = True
    lost: str = ""
    beside: str = ""
    album: str = ""

    def __post_init__(self) -> None:
        # What a button or a link carries is looked for in the database before anybody reads it.
        object.__setattr__(self, "data", storable(self.data))
        object.__setattr__(self, "message", storable(self.message)[:64])
        object.__setattr__(self, "album", storable(self.album)[:40])
        for number, longest in ((self.event_id, 100), (self.address, 64)):  # as their columns take it
            if not 0 < len(number) <= longest or storable(number) != number:
                raise ValueError("no number of a platform")


@dataclass(frozen=True)
class Button:
    """One button as it will be seen: words already chosen, lengths already fitted to the channel."""

    label: str
    data: str = ""
    url: str = ""
    style: str = ""


@dataclass(frozen=True)
class Outgoing:
    """One message as it will be seen.

    Args:
        key: the outbox row's id; the same message tried again has the same key (VK's random_id comes from it).
        rows: buttons under the message.
        lower: rows of the keyboard in place of typing; None leaves it as it is.
        photos: name, content type, bytes.
        in_place: what its buttons open takes this message's place; a press says nothing in the conversation.
        silent: only the latter.
        commands: what stands behind the «/» button of this reader's chat: name, description.
        remove: the post is to be taken down; its words are there to find it by.
        replaces: an earlier message is redrawn or taken down, or nothing is sent at all.
        again_since: an earlier try may have reached the platform, the first one then; None: none has.
    """

    address: str
    text: str
    key: int
    rows: tuple[tuple[Button, ...], ...] = ()
    lower: tuple[tuple[Button, ...], ...] | None = None
    photos: tuple[tuple[str, str, bytes], ...] = ()
    in_place: bool = False
    silent: bool = False
    commands: tuple[tuple[str, str], ...] = ()
    remove: bool = False
    replaces: bool = False
    again_since: datetime | None = None


@dataclass(frozen=True)
class Capabilities:
    """What a channel can show. The renderer degrades to it; flows never ask which channel it is."""

    text_limit: int  # UTF-16 units in one message
    buttons: int  # under one message
    row: int  # in one row
    rows: int
    label_limit: int
    edits: bool  # an earlier message can be redrawn
    lower_keyboard: bool
    url_buttons: bool = True
    # Where buttons cannot hold ten marks and the way back, the lower keyboard takes them all (VK).
    lower_rows: int = 0
    menu_stays: bool = True  # the home menu, and with it the way to help, is always in sight


class DeliveryFailed(Exception):
    """The only error a messenger raises.

    Args:
        reason: a short slug for the log and the admin: blocked, flood, server, network, bad-request, token…
        permanent: this address will not take messages until the person comes back; do not try again.
        broken: the message itself is refused (our defect); park the row, tell the operator.
        retry_after: seconds during which no message of this account may be tried.
        unknown: the platform may have accepted it (connection cut after sending).
        stop: the account's token is refused; stop the channel and tell the operator.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        broken: bool = False,
        retry_after: float | None = None,
        unknown: bool = False,
        stop: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.broken = broken
        self.retry_after = retry_after
        self.unknown = unknown
        self.stop = stop


class Messenger(Protocol):
    """One account of one channel, for sending. Raises nothing but `DeliveryFailed`."""

    channel: Channel
    account: str
    capabilities: Capabilities

    async def send(self, outgoing: Outgoing) -> str:
        """Returns the platform's id of the message, which `edit` takes."""
        ...

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        """Redraws an earlier message; falls back to a new one where it is gone. Returns its id."""
        ...

    async def close(self) -> None: ...


@runtime_checkable
class Indoors(Protocol):
    """A messenger whose messages are rows of the house's own database (the web chat): what it sends and
    the mark that it was sent are one transaction."""

    async def put_up(
        self, session: AsyncSession, several: Sequence[tuple[Person | None, Outgoing, str]]
    ) -> list[str | DeliveryFailed]:
        """Several messages, each with its reader and the id of the message to redraw, "" for a new one.

        Returns the message's id of each, in their order, or why it cannot be shown.
        """
        ...


Still = Callable[[], Awaitable[bool]]


class CalledOff(Exception):
    """When its place in the pace had come, it was not to be sent any more. Nothing was."""


async def certainly() -> bool:
    return True


@dataclass(frozen=True)
class Mail:
    """One call of a mailing: the same words for one reader or several.

    Args:
        batch: the same number for the same call tried again.
        outgoing: as it will be seen; its `address` is nobody's.
        uploads: what the platform calls the pictures, where it has got them already.
        still: asked when its place in the pace has come: is it to be sent?
    """

    batch: int
    addresses: tuple[str, ...]
    outgoing: Outgoing
    uploads: tuple[str, ...] = ()
    still: Still = certainly


@dataclass(frozen=True)
class Mailed:
    """What became of a call: the message's id or what went wrong, in the order of the addresses.

    `uploads`: what the platform calls the pictures from now on.
    """

    fates: tuple[str | DeliveryFailed, ...]
    uploads: tuple[str, ...] = ()


@runtime_checkable
class Mailer(Protocol):
    """A messenger that takes a mailing at its platform's full pace, behind everything that somebody waits for."""

    together: int  # readers of one call
    at_once: int  # calls on their way at the same time
    drops_repeats: bool  # the platform tells a repeat of a call from a new one, for an hour

    async def mail(self, mail: Mail) -> Mailed:
        """Raises `DeliveryFailed` where the call as a whole came to nothing, or nobody knows; `CalledOff`."""
        ...


@runtime_checkable
class Probing(Protocol):
    """A messenger that cannot tell a repeat from a new message, but says whether it answers at all."""

    async def probe(self) -> None:
        """Changes nothing and shows nothing to anybody. Raises `DeliveryFailed` where the platform is away."""
        ...


Receive = Callable[[Incoming], Awaitable[None]]


class Place(Protocol):
    """Where an event stream was left, kept in the database; one reader at a time."""

    async def take(self) -> bool:
        """True while this process may read the stream (takes over or renews the lease)."""
        ...

    async def load(self) -> str: ...

    async def store(self, place: str) -> None:
        """After every event before `place` is committed."""
        ...

    async def leave(self) -> None:
        """Lets the next reader in at once; called when a reader stops."""
        ...


class Inbox(Protocol):
    """Listens to one account until cancelled. `receive` returns only after its transaction committed;
    if it raises, the same event must be given to it again later."""

    # Last successful look at the platform, or at another process that holds the stream; for /readyz.
    polled_at: datetime | None
    # Whether another process held the stream at the last look: what is known of polling is that one's to tell.
    stands_by: bool

    async def run(self, receive: Receive) -> None: ...


@dataclass
class Door:
    """An account ready to use: how to send, and how to listen (None: events come through HTTP)."""

    messenger: Messenger
    inbox: Inbox | None = field(default=None)
