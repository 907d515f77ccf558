"""One request: who makes it, whether they may, and the transaction it works in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Protocol

import structlog
from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData, UploadFile

from actions import channel_lines, journal, upkeep
from actions.accounts import SESSION, Staff, cookie, prolong, who
from actions.links import Links
from actions.work import Work
from admin.access import may
from admin.own_ids import all_own
from admin.patience import Takings
from locales import Texts
from program.addresses import counted_as
from program.channels import Channel
from program.outgoing import Message
from program.roles import StaffRole
from program.text import storable
from storage import journal_lines, schools
from storage.database import Database
from storage.tables import Person

log = structlog.get_logger()


@dataclass(frozen=True)
class Copy:
    """A file with everything. `size`: bytes."""

    name: str
    size: int
    made_at: datetime


class Copies(Protocol):
    """Makes copies of everything and knows those that are there; the floor above brings it."""

    @property
    def locks(self) -> bool:
        """Whether a copy that is made now opens with a passphrase only."""
        ...

    @property
    def cramped(self) -> int | None:
        """Free megabytes of the disk where the data and copies lie, if they are too few; None: enough."""
        ...

    async def make(self) -> Copy: ...

    def listed(self) -> list[Copy]: ...

    def path(self, name: str) -> Path | None: ...


@dataclass(frozen=True)
class Seen:
    """A news item as a reader sees it.

    Args:
        buttons: their labels. apart: in Telegram the photos come before the words, as messages of their own.
    """

    text: str
    buttons: tuple[str, ...] = ()
    apart: bool = False


def as_written(message: Message, channel: Channel) -> Seen:
    """Where nobody has said how messages are drawn: the words one below the other."""
    return Seen("\n\n".join(str(text.args.get("text", "")) for text in message.texts))


class Channels(Protocol):
    """Asks the messengers' platforms how they are set, and sets what they let us; the floor above brings it.

    None of this may be called within a transaction: a platform may be slow.
    """

    async def look_at_all(self) -> None:
        """What is found is kept in `actions.channel_lines`."""
        ...

    async def look(self, channel: Channel) -> list[channel_lines.Line]: ...

    async def set(self, name: str) -> bool:
        """False: it is set already. Raises Refusal: nothing of this name, or the platform does not let us."""
        ...

    async def test_wall(self) -> channel_lines.WallRight: ...


async def nothing_to_check() -> None:
    """Where there are no messengers."""


@dataclass(frozen=True)
class House:
    """What the application hands to its pages; kept in `app.state.house`."""

    database: Database
    clock: Callable[[], datetime]
    links: Links
    secure_cookies: bool
    wake: Callable[[], None]
    wall_ready: bool = False
    session_life: timedelta = SESSION
    version: str = ""
    copies: Copies | None = None
    channels: Channels | None = None
    check: Callable[[], Awaitable[None]] = nothing_to_check  # asks the messengers' platforms now
    invented: bool = False  # the demo: its people are nobody
    preview: Callable[[Message, Channel], Seen] = as_written
    show_demo: Callable[[], None] | None = None  # turns the program to the demo; None: it cannot from here
    texts: Texts = field(default_factory=Texts)

    @property
    def cookie(self) -> str:
        return cookie(secure=self.secure_cookies)

    def by_telephones(self) -> datetime:
        """What the staff's telephones show: the demo moves its clock, and nobody's telephone."""
        return datetime.now(UTC) if self.invented else self.clock()


LOOK = timedelta(hours=1)  # one line of the journal for each reader and thing
WATCHING = (
    "help-live",
    "mailing-live",
    "pack-live",
)  # asked by the page itself: nobody has clicked, so the session goes on getting older

# Files with people in them whose routes are called otherwise than `…-file`; what is asked about people by their names.
FILES_TOO = frozenset({"export-take", "pack-take", "paper-take", "award-take"})
SEARCHES = frozenset({"find"})


class SignInNeeded(Exception):
    """Nobody is signed in, or no longer."""


class Denied(Exception):
    """Signed in, but this page is not for this role."""


def house(request: Request) -> House:
    found: House = request.app.state.house
    return found


async def staff_of(request: Request) -> Staff:
    """Who is signed in, provided their role may use this route.

    Raises:
        SignInNeeded: nobody. Denied: the role may not. HTTPException: 404, a row of another school.
    """
    place = house(request)
    token = request.cookies.get(place.cookie)
    now, route = place.clock(), request.scope["route"].name
    if not token:
        raise SignInNeeded
    async with place.database.reading() as session:
        found = await who(session, token, now)
        if found is None:
            raise SignInNeeded
        staff, stale = found
        request.state.staff = staff
        if may(staff.role, "upkeep"):
            request.state.copied_at = await upkeep.copied_at(session)  # for the foot of every page
        if not may(staff.role, route):
            raise Denied
        if not await all_own(session, staff.school_id, route, request.path_params):
            raise HTTPException(404)
    _require_bearable(request.app.state.takings, route, staff.id)
    if stale and route not in WATCHING:
        async with place.database.transaction() as session:
            await prolong(session, token, now, place.session_life)
    return staff


def _require_bearable(takings: Takings, route: str, account: int) -> None:
    """Raises 429 for whoever copies the school, file by file or name by name."""
    if (route.endswith("-file") or route in FILES_TOO) and not takings.allowed(account):
        log.warning("files.too_many", route=route, account=account)
    elif route in SEARCHES and not takings.may_search(account):
        log.warning("searches.too_many", route=route, account=account)
    else:
        return
    raise HTTPException(429, headers={"Retry-After": "600"})


Signed = Annotated[Staff, Depends(staff_of)]


async def _fields(request: Request, staff: Signed) -> FormData:
    return plain(await request.form(max_files=20, max_fields=500))


def plain(form: FormData) -> FormData:
    """Names, words and names of files of a form, as every database takes them."""
    found: list[tuple[str, str | UploadFile]] = []
    for name, value in form.multi_items():
        if not isinstance(value, str):
            value.filename = storable(value.filename or "")
        found.append((storable(name), storable(value) if isinstance(value, str) else value))
    return FormData(found)


Fields = Annotated[FormData, Depends(_fields)]


@asynccontextmanager
async def reading(place: House, staff: Staff) -> AsyncIterator[Work]:
    """For a part of a route; what it reads may have changed by the time something is written."""
    async with place.database.reading() as session:
        school = await schools.get(session, staff.school_id)
        yield Work(session, school, place.clock(), staff.actor, origin=staff.origin)


async def _reading(request: Request, staff: Signed) -> AsyncIterator[Work]:
    async with reading(house(request), staff) as work:
        yield work


async def looked(request: Request, staff: Staff, work: Work, action: str, subject: str) -> None:
    """Notes in the journal that somebody has opened something sensitive; once in `LOOK`, a reload is no news.

    A transaction of its own: the page itself only reads.
    """
    session, school = work.session, work.school.id
    since = work.now - LOOK
    if await journal_lines.looked_lately(session, school, staff.actor, action, subject, since):
        return
    async with house(request).database.transaction() as writing:
        here = Work(writing, await schools.get(writing, school), work.now, staff.actor, origin=staff.origin)
        await journal.note(here, action, subject)


@asynccontextmanager
async def changing(place: House, staff: Staff) -> AsyncIterator[Work]:
    """A transaction in a route that must not hold one all along; wakes the sender after the commit."""
    async with place.database.transaction() as session:
        school = await schools.get(session, staff.school_id)
        yield Work(session, school, place.clock(), staff.actor, origin=staff.origin)
    place.wake()


async def _changing(request: Request, staff: Signed, form: Fields) -> AsyncIterator[Work]:
    # `form` comes first: a slow upload must not hold the only writing connection of SQLite.
    async with changing(house(request), staff) as work:
        yield work


# scope="function": commit *before* the response leaves. With FastAPI's default ("request") the
# browser follows the redirect while the change is not committed yet.
Reading = Annotated[Work, Depends(_reading, scope="function")]
Changing = Annotated[Work, Depends(_changing, scope="function")]


def place_of(request: Request) -> str:
    """The network address that a request came from, as tries are counted by it."""
    return counted_as(request.client.host if request.client else "")


def sees(staff: Staff, person: Person | None) -> bool:
    """Whether this person may be shown to this user: the same school; to a class teacher, the own class."""
    if person is None or person.school_id != staff.school_id:
        return False
    return staff.role is not StaffRole.CLASS_TEACHER or person.class_name == staff.class_name


def words(form: FormData, name: str, longest: int = 300) -> str:
    """What was typed into a field, without spaces around, cut; "" if nothing or a file."""
    value = form.get(name, "")
    return storable(value).strip()[:longest] if isinstance(value, str) else ""


def ticked(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]
