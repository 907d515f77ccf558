"""One scripted life of a school: two people join, four are reminded of a meeting, ten read a piece of news.

It is lived once unharmed, which says what everybody is to hear, and then again and again under faults.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asyncpg import PostgresError
from sqlalchemy.exc import DBAPIError

from actions import news, news_plan
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.roles import Category
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from scheduler.timetable import TIMETABLE
from storage import migrate, schools
from storage.database import Database
from storage.tables import Meeting, OutboxRow, Person, School, SystemValue
from tests import build
from tests.conftest import rows
from tests.faults.house import PATIENCE, House, told
from tests.faults.streets import Telegram, Vk
from tests.pairs import group, papers
from tests.worlds.wire import Seen

World = Telegram | Vk
BEGINS = build.NOW  # Tuesday
HOUR = timedelta(hours=1)
NEWCOMER = 11  # the address of who joins, on either platform
COUPLE = (701, 801)
READERS = (501, 502, 503)
WORDS = "Добрые новости"
QUICK = {f"tick:{line.name}" for line in TIMETABLE if line.every <= timedelta(minutes=5)}


@dataclass(frozen=True)
class Step:
    """What a person does, and the question that this answers ("" where it opens the conversation)."""

    act: Callable[[World, int], object]
    answers: str = ""


def presses(text_id: str, answers: str = "") -> Step:
    def act(world: World, user: int) -> None:
        shown = {label for seen in world.chat(user) for label in seen.labels} | set(world.keyboard(user))
        label = next(words for words in _wordings(text_id) if words in shown)
        world.presses(user, label)

    return Step(act, answers)


def _wordings(text_id: str) -> tuple[str, str]:
    return Texts("ru", familiar=True)(text_id), Texts("ru")(text_id)


def says(words: str, answers: str) -> Step:
    return Step(lambda world, user: world.says(user, words), answers)


# A pupil of 16 who looks for an older pupil: their own consents, then a parent's.
JOIN = (
    Step(lambda world, user: world.starts(user)),
    presses("menu-join"),
    presses("category-pupil", "category"),
    presses("join-side-mentee", "side"),
    presses("join-with-uch-uch-mentee", "form-mentee"),
    says("16", "age"),
    *(
        presses("join-agree", f"consent-{kind}")
        for kind in ("pd", "participation", "messenger", "publication")
    ),
    says("Алиса", "first-name"),
    says("10Б", "class"),
)

# Hours after the beginning at which something is due: a reminder, the news, a reminder, a question.
HOURS = (2.1, 3.1, 24.1, 28.6)


@dataclass
class Told:
    """What each person is to hear: texts, and how often each."""

    telegram: dict[int, Counter[str]] = field(default_factory=dict)
    vk: dict[int, Counter[str]] = field(default_factory=dict)
    posts: int = 0

    def lacks(self, found: Told) -> bool:
        """Whether anything of this is not in what was found."""
        pairs = ((self.telegram, found.telegram), (self.vk, found.vk))
        short = any(texts - there[user] for ours, there in pairs for user, texts in ours.items())
        return short or found.posts < self.posts


async def make_school(database: Database, zone: str = "Asia/Omsk", begins: datetime = BEGINS) -> None:
    """A school with two couples that meet in 26 hours, readers, and news planned three hours ahead."""
    await migrate.to_head(database)
    async with database.transaction() as session:
        # Of what nobody asked for only the news: of two the first has the day, and kills decide which is first.
        settings = {"curator_name": "Мария Ивановна", "nudges": {"meetings": False}}
        school = build.school(timezone=zone, now=begins, settings=settings)
        session.add(school)
        await session.flush()
        for channel in (Channel.TELEGRAM, Channel.VK):
            names = ((COUPLE[0], Category.TEACHER), *((one, Category.PUPIL) for one in (COUPLE[1], *READERS)))
            people = [await _known(session, school, channel, at, who, begins) for at, who in names]
            pair = await group(session, [people[0]], [people[1]])
            starts = begins + 26 * HOUR
            session.add(
                Meeting(
                    school_id=school.id, pair_id=pair.id, kind=MeetingKind.M1, status=MeetingStatus.CONFIRMED,
                    proposed_by=people[0].id, starts_at=starts, format=MeetingFormat.OFFLINE,
                    place="Кабинет 214", uid=f"{starts}-{pair.id}", created_at=begins - 24 * HOUR,
                    confirmed_at=begins - 24 * HOUR,
                )
            )  # fmt: skip
        work = Work(session, await schools.get(session, school.id), begins, "user:1")
        item = await news.write(work, news.Draft(WORDS, WORDS))
        await news_plan.plan(work, item.id, begins + 3 * HOUR, wall_ready=True)


async def _known(
    session: object, school: School, channel: Channel, at: int, category: Category, begins: datetime
) -> Person:
    """Somebody who has joined and written to us."""
    person = build.person(school, f"Имя{at}", "Котова", category=category, created_at=begins)
    session.add(person)  # type: ignore[attr-defined]
    await session.flush()  # type: ignore[attr-defined]
    session.add(build.address(person, channel, str(at), used_at=begins))  # type: ignore[attr-defined]
    session.add_all(papers(person))  # type: ignore[attr-defined]
    return person


@dataclass
class Life:
    """One life in a house of its own, in worlds of their own."""

    house: House
    telegram: Telegram
    vk: Vk
    begins: datetime = BEGINS
    hours: Sequence[float] = HOURS
    updates: int = 0
    shaken: int = 0  # faults that no world counts: the database away, a place lost
    frozen: int = 0  # times that a process stood still past its leases, with a message in hand, perhaps

    @property
    def worlds(self) -> tuple[World, World]:
        return self.telegram, self.vk

    def open(self, mould: Path | None) -> None:
        """Puts the school's data in place, and people into the worlds. Nothing runs yet."""
        if mould is not None:
            shutil.copytree(mould, self.house.data, dirs_exist_ok=True)
        for world in self.worlds:
            for user in (*COUPLE, *READERS):
                world.chats[user] = [Seen(1, "Здравствуйте", mine=True)]
        self.vk.allowed |= {*COUPLE, *READERS}
        self.set_clock(0)

    def now(self) -> datetime:
        """As the house sees it."""
        return datetime.now(UTC) + self.house.levers.ahead

    def set_clock(self, hours: float) -> None:
        """So many hours after the school's beginning. The time that a life itself takes does not count."""
        self.house.levers.ahead = self.begins + hours * HOUR - datetime.now(UTC)

    async def live(self, expected: Sequence[Told] = ()) -> list[Told]:
        """From the first word to the last; returns what had been said after joining and at each hour.

        Args:
            expected: of the unharmed life: each step waits until everybody has heard as much.
        """
        stages = []
        for step in JOIN:
            before = [len(told(world, NEWCOMER)) for world in self.worlds]
            for world in self.worlds:
                step.act(world, NEWCOMER)
            self.updates += 2
            await self.until(
                lambda before=before: all(  # type: ignore[misc]
                    len(told(world, NEWCOMER)) > had for world, had in zip(self.worlds, before, strict=True)
                )
            )
            await self.all_is_sent()
        stages.append(self.told())
        for number, hours in enumerate(self.hours, 1):
            self.set_clock(hours)
            if expected:
                await self.until(lambda number=number: not expected[number].lacks(self.told()))  # type: ignore[misc]
                await (
                    self.all_is_sent()
                )  # what is heard and not yet marked would be out of date at the next hour
            else:
                await self._every_beat()
            stages.append(self.told())
        await self.all_is_sent()
        return stages

    async def _every_beat(self) -> None:
        """Unharmed nobody knows how much is due: each quick line of the timetable runs, and what it queues is sent."""
        moved = (self.now() + timedelta(seconds=0.1)).isoformat()
        database = self.house.database()
        try:
            while any(
                one.value < moved  # type: ignore[attr-defined]
                for one in await rows(database, SystemValue)
                if one.name in QUICK  # type: ignore[attr-defined]
            ):
                self._whole()
                await asyncio.sleep(0.05)
        finally:
            await database.close()
        await self.all_is_sent()

    async def all_is_sent(self) -> None:
        """Every update is handled, every message has been tried and settled."""
        await self.until(self._handled)
        async with asyncio.timeout(PATIENCE):
            while await self._waiting():
                self._whole()
                await asyncio.sleep(0.05)

    async def until(self, what: Callable[[], bool], seconds: float = PATIENCE) -> None:
        async with asyncio.timeout(seconds):
            while not what():
                self._whole()
                await asyncio.sleep(0.004)

    def polls(self) -> int:
        """How often the house has asked for updates."""
        return self.telegram.calls["getUpdates"]

    def _handled(self) -> bool:
        return not self.telegram.pending

    async def _waiting(self) -> bool:
        try:
            database = self.house.database()
            now = self.now()
            try:
                found = await rows(database, OutboxRow, sent_at=None, dropped="")
            finally:
                await database.close()
        except (DBAPIError, OSError, PostgresError):
            return True  # the database is away, or a copy of it was taken in the middle of a change
        # What was tried once is heard, perhaps, and only waits to be marked: it must not outlive its hour.
        return any(row.due_at <= now or row.attempts for row in found)  # type: ignore[attr-defined]

    def _whole(self) -> None:
        for world in self.worlds:
            assert not world.broken, world.broken

    def told(self) -> Told:
        """What has been said so far."""
        found = Told(posts=len(self.vk.posts))
        for world, by_user in ((self.telegram, found.telegram), (self.vk, found.vk)):
            for user in (NEWCOMER, *COUPLE, *READERS):
                by_user[user] = Counter(one.text for one in world.deliveries if one.user == user)
        return found
