"""A house as `nastavnik run` builds it, the platforms around it, its people, and a clock that we move."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
from sqlalchemy import func, select

from actions import accounts, schools
from actions.work import Work
from app import opening, settings, start, wiring
from app.wiring import House
from bot.heard import Patience
from bot.pace import Pace
from program.channels import Channel
from program.courtesy import polite_from
from program.outgoing import Kind
from program.roles import Category, StaffRole
from program.settings import SchoolSettings
from storage import schools as stored
from storage.database import Database
from storage.tables import Address, OutboxRow, StreamPlace, WebMessage
from tests.season.phones import Note, Phone, TelegramPhone, VkPhone, WebPhone
from tests.worlds import TelegramWorld, VkWorld

ZONE = ZoneInfo("Asia/Yekaterinburg")
BEGIN = datetime(2026, 9, 15, 10, 0, tzinfo=ZONE)  # a Tuesday
PASSWORD = "осень-клён-тетрадь-42"
PATIENCE = 60.0  # seconds of real time for one act of one person; a busy machine needs them
MOST_BACK_OFF = timedelta(minutes=11)  # the sender's longest pause after a fault

# Hours of a day at which the metronome is looked at: around every hour at which something may be due.
HOURS = ("00:30", "06:45", "07:59", "08:00", "08:30", "13:15", "13:30", "15:15", "15:30", "17:20", "17:40",
         "19:54", "19:56", "20:30", "22:00")  # fmt: skip


class MovedClock:
    def __init__(self) -> None:
        self.now = BEGIN.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Line:
    """One line of the transcript."""

    at: datetime
    who: str
    note: Note
    asked: bool  # it came while this person was acting


@dataclass
class Person:
    """Somebody with a phone. `heard` is what came since they last did something."""

    who: str
    town: Town
    phone: Phone
    category: Category = Category.PUPIL
    heard: list[Note] = field(default_factory=list)
    all: list[Note] = field(default_factory=list)
    taps: int = 0
    _known: dict[int, Note] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return "\n\n".join(note.words for note in self.heard)

    @property
    def labels(self) -> tuple[str, ...]:
        """Buttons of the newest message, else those in place of typing, else of the one before."""
        if self.heard and not self.heard[-1].labels and (below := self.phone.shown_below()):
            return tuple(below)
        return next((note.labels for note in reversed(self.heard) if note.labels), ())

    async def opens(self, join_page: str) -> None:
        await self._does(self.phone.opens(join_page))

    async def says(self, *words: str) -> None:
        for said in words:
            await self._does(self.phone.types(said))

    async def presses(self, *labels: str) -> None:
        for label in labels:
            self.taps += 1
            await self._does(self.phone.presses(self._as_it_stands(label)))

    async def presses_again(self) -> None:
        await self._does(self.phone.presses_again())

    async def sends(self, what: str) -> None:
        await self._does(self.phone.sends(what))

    async def link(self, label: str) -> str:
        """The address that a button opens."""
        url = await self.phone.presses(label)
        assert url, f"{label!r} opens nothing"
        return url

    async def answers_privately(self, *words: str) -> None:
        """Types one after the other, here or on the page of the school where the channel may not carry it."""
        if "Открыть страницу" not in self.labels:
            await self.says(*words)
            return
        page = WebPhone(self.town.browser, await self.link("Открыть страницу"))
        for said in words:
            await self._does(page.types(said))

    async def looks(self, *, asked: bool = False) -> None:
        """Notices what is new."""
        for note in await self.phone.notes():
            old = self._known.get(note.id)
            self._known[note.id] = note
            if old is None or ((old.words, old.labels) != (note.words, note.labels) and not note.mine):
                if old is not None and self.town.channel is Channel.WEB and old.words == note.words:
                    continue  # buttons that are over are taken away on the page
                self.all.append(note)
                if not note.mine:
                    self.heard.append(note)
                self.town.lines.append(Line(self.town.clock.now, self.who, note, asked))

    def _as_it_stands(self, label: str) -> str:
        """The newest button of that label: where several messages came as one, it begins with its number."""
        for note in reversed(self.all):
            for said in note.labels:
                if said == label or (
                    said.partition(". ")[2] == label and said.partition(". ")[0].isdecimal()
                ):
                    return said
        return label

    async def _does(self, act: object) -> None:
        self.heard = []
        await act  # type: ignore[misc]
        await self.town.settles(actor=self)


@dataclass
class Town:
    channel: Channel
    folder: Path
    clock: MovedClock = field(default_factory=MovedClock)
    lines: list[Line] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    logs: io.StringIO = field(default_factory=io.StringIO)
    world: TelegramWorld | VkWorld | None = None
    house: House = field(init=False)
    database: Database = field(init=False)
    browser: httpx2.AsyncClient = field(init=False)
    _port: int = field(init=False)
    _running: AsyncExitStack | None = None
    _bubbles: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    # The house

    async def begins(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.browser = self.new_browser()
        await opening.to_head(self._settings(), self.clock())
        await self.opens()
        async with self.database.transaction() as session:
            school = await schools.add(session, "first", "Школа № 1", ZONE.key, "Берегово", now=self.clock())
            read = SchoolSettings.read(school.settings).to_json()
            school.settings = read | {
                "curator_name": "Мария Ивановна", "meeting_place": "Библиотека", "pupils": 583, "teachers": 51,
            }  # fmt: skip
            work = Work(session, school, self.clock(), "cli")
            await accounts.add_user(work, "zavuch", StaffRole.CURATOR, PASSWORD, "Мария Ивановна")

    async def opens(self) -> None:
        """Builds the house and lets it run, as after a restart of the computer."""
        config = self._settings()
        self.database = Database(config.database_url, durable=False)
        self.house = await wiring.build(config, self.database, self.clock)
        for door in self.house.doors:
            # The pace is tried elsewhere; here people type like machines.
            paced = getattr(door.messenger, "client", door.messenger)
            if hasattr(paced, "pace"):
                paced.pace = Pace(10_000, 10_000)
            if door.inbox is not None:
                door.inbox._patience = Patience(0.01, 0.05)  # type: ignore[attr-defined]  # real seconds
        stack = AsyncExitStack()
        await stack.enter_async_context(start.running(self.house, {"bot", "admin"}))
        self._running = stack
        async with asyncio.timeout(PATIENCE):
            while not await self._answers():  # noqa: ASYNC110 - it is behind HTTP
                await asyncio.sleep(0.01)

    async def closes(self) -> None:
        if self._running is not None:
            await self._running.aclose()
            self._running = None

    async def restarts(self) -> None:
        await self.closes()
        await self.opens()

    @contextlib.asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """A transaction as a command of the command line opens it."""
        async with self.database.transaction() as session:
            school = await stored.default(session)
            assert school is not None
            yield Work(session, school, self.clock(), "cli")

    def new_browser(self) -> httpx2.AsyncClient:
        headers = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        return httpx2.AsyncClient(base_url=self.url, headers=headers, follow_redirects=True, timeout=30)

    def arrives(self, who: str, category: Category = Category.PUPIL) -> Person:
        number = 5000 + len(self.people)
        phone: Phone
        if isinstance(self.world, TelegramWorld):
            phone = TelegramPhone(self.world, number, self.browser)
        elif isinstance(self.world, VkWorld):
            phone = VkPhone(self.world, number, self.browser)
        else:
            phone = WebPhone(self.new_browser())
        person = Person(who, self, phone, category)
        self.people.append(person)
        return person

    # Time

    async def comes(self, day: int, hour: str, *, month: int = 9) -> None:
        """Lives until that moment of the school's clock; whatever is due on the way is sent at its hour."""
        until = datetime.combine(date(2026, month, day), _time(hour), ZONE)
        while (here := self.clock.now.astimezone(ZONE)) < until:
            later = (datetime.combine(here.date(), _time(hour), ZONE) for hour in HOURS)
            midnight = datetime.combine(here.date() + timedelta(days=1), _time("00:00"), ZONE)
            self.clock.now = min([*(at for at in later if at > here), midnight, until]).astimezone(UTC)
            await self.beats()

    async def waits(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)
        await self.beats()

    async def beats(self) -> None:
        """One beat of the metronome, and everything it says is heard."""
        await self.house.metronome.tick_all()
        self.house.sender.wake()
        await self.settles()

    async def settles(self, actor: Person | None = None) -> None:
        """Returns when everything said was heard by the house and everything due was sent."""
        async with asyncio.timeout(PATIENCE):
            while not await self._quiet():  # noqa: ASYNC110 - it is behind HTTP
                await asyncio.sleep(0.003)
        if actor is not None:
            await actor.looks(asked=True)
        fresh = await self._fresh_pages() if self.channel is Channel.WEB else None
        for person in self.people:
            if person is not actor and (fresh is None or self._page_of(person) in fresh):
                await person.looks()

    async def is_deaf_for(self, tries: int) -> None:
        """Waits until the sender has tried so many times in vain."""
        assert self.world is not None
        begun = sum(self.world.calls.values())
        async with asyncio.timeout(PATIENCE):
            while sum(self.world.calls.values()) < begun + tries:  # noqa: ASYNC110 - it is behind HTTP
                await asyncio.sleep(0.005)

    async def tries_nothing(self) -> None:
        """Waits until no message is on its way: what was refused before is refused by the clock of before."""
        on_the_way = select(func.count()).where(OutboxRow.lease_until.is_not(None))
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.database.reading() as session:
                    if not await session.scalar(on_the_way):
                        return
                await asyncio.sleep(0.005)

    # inside

    def _settings(self) -> settings.Settings:
        said = {
            "NASTAVNIK_DATA_DIR": str(self.folder),
            "NASTAVNIK_ADMIN__PORT": str(self._port),
            "NASTAVNIK_LOG_FORMAT": "json",
        }
        if isinstance(self.world, TelegramWorld):
            said |= {
                "NASTAVNIK_TELEGRAM__TOKEN": self.world.token,
                "NASTAVNIK_TELEGRAM__API_URL": self.world.url,
            }
        if isinstance(self.world, VkWorld):
            said |= {
                "NASTAVNIK_VK__TOKEN": self.world.token,
                "NASTAVNIK_VK__GROUP_ID": str(self.world.group_id),
                "NASTAVNIK_VK__WALL_TOKEN": self.world.wall_token,
                "NASTAVNIK_VK__API_URL": self.world.url,
            }
        return settings.load(said, dotenv=Path(os.devnull))

    async def _answers(self) -> bool:
        try:
            return (await self.browser.get("/livez")).status_code == 200
        except httpx2.TransportError:
            return False

    async def _quiet(self) -> bool:
        async with self.database.reading() as session:
            due = await session.scalar(
                select(func.count()).where(
                    OutboxRow.sent_at.is_(None), OutboxRow.dropped == "", OutboxRow.due_at <= self.clock.now
                )
            )
            if due:
                return False
            if isinstance(self.world, TelegramWorld):
                return not self.world.pending
            if isinstance(self.world, VkWorld):
                place = await session.scalar(
                    select(StreamPlace.place).where(StreamPlace.channel == Channel.VK)
                )
                return int(place or 0) == len(self.world.events)
        return True

    async def _fresh_pages(self) -> set[str]:
        """Addresses of the web chats that have something new: nobody else need open the page."""
        async with self.database.reading() as session:
            found = await session.execute(
                select(Address.address, WebMessage.id)
                .join(WebMessage, WebMessage.person_id == Address.person_id)
                .where(Address.channel == Channel.WEB, WebMessage.id > self._bubbles)
            )
            rows = list(found)
        self._bubbles = max([self._bubbles, *(number for _, number in rows)])
        return {address for address, _ in rows}

    def _page_of(self, person: Person) -> str:
        assert isinstance(person.phone, WebPhone)
        return self.house.links.chat_name(person.phone.chat.rpartition("/")[2])


def is_polite(line: Line, category: Category) -> bool:
    """Whether an unasked message may come at that hour."""
    kept = SchoolSettings()
    return polite_from(line.at, kept, ZONE, category, Kind.NOTICE) == line.at.astimezone(ZONE)


def _time(hour: str):  # type: ignore[no-untyped-def]
    return datetime.strptime(hour, "%H:%M").time()
