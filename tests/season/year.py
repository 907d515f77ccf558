"""A school year of a hundred pairs, lived through in seconds: habits, planted problems, and what came of them.

People act through the verbs that their chats call; time passes by the metronome's own timetable and the sender.
Everything is drawn from one seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions import feedback, meeting_outcomes, meetings, questionnaires
from actions.care import ask_for_help
from actions.work import Work
from bot.sender import Sender
from program.channels import Channel
from program.early_warning import Sign
from program.errors import Refusal
from program.instruments_reading import shipped
from program.series import Repeat
from program.settings import SchoolSettings
from program.states import MeetingFormat, MeetingStatus
from scheduler.metronome import Metronome
from scheduler.timetable import TIMETABLE
from storage import people
from storage.database import Database
from storage.tables import Address, Meeting, Person, School
from tests.pairs import couple

ZONE = ZoneInfo("Asia/Yekaterinburg")
FIRST, LAST = date(2026, 9, 7), date(2027, 5, 28)
HOLIDAYS = (
    "2026-10-26/2026-11-03",
    "2026-12-28/2027-01-10",
    "2027-02-23",
    "2027-03-08",
    "2027-03-22/2027-03-30",
)
EXAMS = ("2026-12-14/2026-12-18", "2027-05-17/2027-05-21")
# The hours at which anything happens: lessons end, people answer, a reminder is due.
HOURS = (time(8, 5), time(12, 35), time(15, 30), time(17, 5), time(18, 56))
ANSWERED = HOURS[2]
ACTED = HOURS[1:4]
MEET_AT = (time(14), time(14, 30))
SERIES_FOR = timedelta(days=110)
# Of the questionnaires that are answered after a meeting; a chat has them from the poll it opened.
VERSIONS = {one.code: one.version for one in shipped() if one.code in ("FB_M", "FB_N", "FB_START")}
PULSE = next(one.version for one in shipped() if one.code == "PULSE")
PULSE_EVERY = timedelta(days=28)


class Planted(StrEnum):
    """What goes wrong in a pair, and by which sign it is to be found."""

    SILENT = "silent"  # they stop meeting
    NEVER = "never"  # they never meet
    LOST = "lost"  # nobody comes
    CALLED_OFF = "called-off"
    MOVED = "moved"  # before they happen, again and again
    UNANSWERED = "unanswered"
    LOW = "low"
    FELL = "fell"
    APART = "apart"
    BAD = "bad"
    NOT_ON = "not-on"
    STOP = "stop"
    HELP = "help"


SIGNS: dict[Planted, tuple[Sign, ...]] = {
    Planted.SILENT: (Sign.NO_MEETING,),
    Planted.NEVER: (Sign.NEVER_MET,),
    Planted.LOST: (Sign.LOST,),
    Planted.CALLED_OFF: (Sign.CALLED_OFF,),
    Planted.MOVED: (Sign.CALLED_OFF,),
    Planted.UNANSWERED: (Sign.NO_ANSWER,),
    Planted.LOW: (Sign.LOW_TWICE,),
    Planted.FELL: (Sign.FELL,),
    Planted.APART: (Sign.APART,),
    Planted.BAD: (Sign.BAD_MOOD,),
    Planted.NOT_ON: (Sign.NOT_ON,),
    Planted.STOP: (Sign.STOP,),
    Planted.HELP: (Sign.HELP,),
}
# Days (those of holidays apart) after which a planted problem must have been found: three weeks without a
# meeting take three weeks; marks are given at the next meetings of a pair that meets every second week, the pulse is taken
# once in four weeks.
FOUND_WITHIN: dict[Planted, int] = {Planted.SILENT: 45, Planted.NEVER: 30, Planted.HELP: 1, Planted.APART: 70}
FOUND_WITHIN_USUAL = 50


@dataclass
class Duo:
    """One pair and its habits."""

    pair: int
    mentor: int
    mentee: int
    every: int  # days
    liking: tuple[int, int]  # usual mark of the mentee, of the mentor
    planted: Planted | None = None
    since: date = LAST
    met: int = 0
    next_on: date = FIRST
    pulse_on: date = FIRST + PULSE_EVERY
    in_series: bool = False  # agrees to many meetings at once
    moves: bool = False  # moves every second meeting, once, the evening before
    series_until: date = FIRST

    def broken(self, today: date) -> bool:
        return self.planted is not None and today >= self.since

    def puts_off(self, meeting: Meeting, on: date, today: date) -> bool:
        """Whether the mentor moves the agreed meeting this evening."""
        if self.planted is Planted.MOVED and self.broken(today):
            return True
        once = self.moves and self.met % 2 == 1 and not meeting.moves
        return once and on == today + timedelta(days=1)


@dataclass
class Year:
    database: Database
    school: School
    sender: Sender
    clock: Moving
    chance: random.Random
    duos: list[Duo] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # What beats by the quarter of an hour or slower is looked at once a day: late costs nothing.
        often = [tick for tick in TIMETABLE if tick.every <= timedelta(minutes=5)]
        self._all = Metronome(self.database, self.clock)
        self._often = Metronome(self.database, self.clock, often)

    async def furnish(self, pairs: int, planted: Sequence[Planted]) -> None:
        """Pairs in the web chat; the first of them carry what was planted, from a day in autumn or winter."""
        settings = SchoolSettings.read(self.school.settings)
        async with self.database.transaction() as session:
            for n in range(pairs):
                made = await couple(
                    session, self.school, starts_on=FIRST, announced_at=self.clock.now,
                    ends_on=LAST + timedelta(days=30),
                )  # fmt: skip
                liking = (self.chance.randint(7, 10), self.chance.randint(7, 10))
                every = self.chance.choice((10, 14, 14))
                duo = Duo(made.pair, made.mentor, made.mentee, every, liking)
                duo.next_on = FIRST + timedelta(days=self.chance.randint(2, 9))
                spare = n - len(planted)  # by the number, so that the draw of the others stays
                duo.in_series, duo.moves = spare >= 0 and spare % 9 == 0, spare >= 0 and spare % 6 == 0
                duo.every = 14 if duo.in_series else duo.every
                if n < len(planted):
                    duo.planted, duo.every = planted[n], 7
                    duo.since = _school_day(FIRST + timedelta(days=self.chance.randint(30, 150)), settings)
                    if duo.planted is Planted.NEVER:
                        duo.since = FIRST
                self.duos.append(duo)

    async def lives(self) -> None:
        """From the first school day to the last."""
        day = FIRST
        while day <= LAST:
            quiet = SchoolSettings.read(self.school.settings).is_rest(day)
            for at in (HOURS[0], HOURS[3]) if quiet else HOURS:
                self.clock.now = datetime.combine(day, at, ZONE)
                if at != ANSWERED:  # nothing is due between noon and the end of the meetings
                    beat = self._all if at == HOURS[0] else self._often
                    await beat.run_due(self.clock.now)
                    await self.sender.drain()
                if at in ACTED and not quiet:
                    await self._acts(day, at)
                    await self.sender.drain()
            day += timedelta(days=1)

    async def _acts(self, day: date, at: time) -> None:
        async with self.database.transaction() as session:
            school = await session.get_one(School, self.school.id)
            work = Work(session, school, self.clock.now, "person")
            if at == HOURS[1]:
                await self._offer(work, day)
            elif at == HOURS[2]:
                await self._answer(work)
            elif at == HOURS[3]:
                await self._tell_how_it_was(work, day)

    async def _offer(self, work: Work, day: date) -> None:
        """Mentors whose turn it is offer two starts in two or three days."""
        settings = SchoolSettings.read(work.school.settings)
        mentors = await people.of_ids(work.session, [duo.mentor for duo in self.duos if day >= duo.next_on])
        for duo in self.duos:
            if day == duo.since and duo.planted is Planted.HELP:
                await ask_for_help(work, duo.mentee, "", urgent=True)
            silent = duo.broken(day) and duo.planted in (Planted.SILENT, Planted.NEVER)
            if day < duo.next_on or silent or settings.is_exam(day):
                continue
            on = _school_day(day + timedelta(days=2), settings)
            repeat = None
            if duo.in_series and day > duo.series_until and on + SERIES_FOR < LAST:
                repeat, duo.series_until = Repeat(2, on + SERIES_FOR), on + SERIES_FOR
            try:
                await meetings.propose(
                    work, mentors[duo.mentor], duo.pair, _slots(on), MeetingFormat.OFFLINE, "библиотека",
                    repeat=repeat,
                )  # fmt: skip
            except Refusal as refusal:
                self.refused.append(refusal.text.id)
            duo.next_on = max(on, duo.series_until) + timedelta(days=duo.every)

    async def _answer(self, work: Work) -> None:
        """Mentees take one of the starts, the same day; a few forget, and whoever was planted to."""
        offered = select(Meeting).where(Meeting.status == MeetingStatus.PROPOSED)
        waiting = (await work.session.scalars(offered.order_by(Meeting.id))).all()
        of_pair = {duo.pair: duo for duo in self.duos}
        readers = await people.of_ids(work.session, [of_pair[meeting.pair_id].mentee for meeting in waiting])
        for meeting in waiting:
            duo = of_pair[meeting.pair_id]
            if duo.planted is Planted.UNANSWERED and duo.broken(work.today):
                continue
            if self.chance.random() < 0.05:
                continue
            try:
                await meetings.accept(work, readers[duo.mentee], meeting.id, self.chance.randint(0, 1))
            except Refusal as refusal:  # too late: the start is past
                self.refused.append(refusal.text.id)

    async def _tell_how_it_was(self, work: Work, day: date) -> None:
        """Meetings of the day are said to have been held, put off or missed, and marked by both sides."""
        of_pair = {duo.pair: duo for duo in self.duos}
        found = select(Meeting).where(Meeting.status == MeetingStatus.CONFIRMED)
        agreed = (await work.session.scalars(found.order_by(Meeting.id))).all()
        mine = [of_pair[meeting.pair_id] for meeting in agreed]
        # Held until the end: who answers a poll is not read a second time.
        known = await people.of_ids(work.session, [key for duo in mine for key in (duo.mentor, duo.mentee)])
        for meeting in agreed:
            assert meeting.starts_at is not None
            duo, starts = of_pair[meeting.pair_id], meeting.starts_at.astimezone(ZONE)
            if starts > work.now:
                if duo.planted is Planted.CALLED_OFF and duo.broken(day):
                    await meetings.cancel(work, known[duo.mentor], meeting.id)
                    duo.next_on = day + timedelta(days=4)
                elif duo.puts_off(meeting, starts.date(), day):
                    await self._move(work, known[duo.mentor], meeting)
                continue
            if starts + timedelta(hours=1, minutes=45) > work.now:
                continue
            outcome = self._outcome(duo, day)
            await meeting_outcomes.outcome(work, known[duo.mentor], meeting.id, outcome)
            if outcome is not MeetingStatus.HELD:
                duo.next_on = day + timedelta(days=3)
                continue
            duo.met += 1
            await self._marks(work, duo, meeting.id, day)

    async def _move(self, work: Work, mentor: Person, meeting: Meeting) -> None:
        """Two days on; the mentee answers the next afternoon."""
        assert meeting.starts_at is not None
        settings = SchoolSettings.read(work.school.settings)
        on = _school_day(meeting.starts_at.astimezone(ZONE).date() + timedelta(days=2), settings)
        await meetings.move(work, mentor, meeting.id, _slots(on))

    def _outcome(self, duo: Duo, day: date) -> MeetingStatus:
        if duo.planted is Planted.LOST and duo.broken(day):
            return MeetingStatus.MISSED
        drawn = self.chance.random()
        if drawn < 0.03:
            return MeetingStatus.MISSED
        return MeetingStatus.MOVED if drawn < 0.07 else MeetingStatus.HELD

    async def _marks(self, work: Work, duo: Duo, meeting_id: int, day: date) -> None:
        """Most answer the poll; those with a problem always do, or it could not be known."""
        led, leading = (max(1, min(10, mark + self.chance.choice((-1, 0, 0, 1)))) for mark in duo.liking)
        mood, need, go_on = "fine", "no", "yes"
        broken = duo.broken(day)
        if broken and duo.planted is Planted.LOW:
            led = self.chance.randint(1, 3)
        elif broken and duo.planted is Planted.FELL:
            led = max(1, duo.liking[0] - 6)
        mood = "bad" if broken and duo.planted is Planted.BAD else mood
        need = "stop" if broken and duo.planted is Planted.STOP else need
        go_on = "no" if duo.planted is Planted.NOT_ON else go_on
        start = duo.met <= 2
        first = {"FB_M.2": led, "FB_M.3": mood, "FB_M.4": "no"} | ({"FB_START.1": go_on} if start else {})
        second = {"FB_N.4": leading, "FB_N.6": need} | ({"FB_START.1": "yes"} if start else {})
        for person, said in ((duo.mentee, first), (duo.mentor, second)):
            if duo.planted is not None or self.chance.random() < 0.8:
                await feedback.record(work, person, meeting_id, said, VERSIONS)
        if duo.planted is not None and day >= duo.pulse_on:
            duo.pulse_on = day + PULSE_EVERY
            await self._pulse(work, duo, day)

    async def _pulse(self, work: Work, duo: Duo, day: date) -> None:
        """The same question to both sides, once in four weeks."""
        apart = duo.planted is Planted.APART and duo.broken(day)
        for key, mark in zip((duo.mentee, duo.mentor), (4, 10) if apart else duo.liking, strict=True):
            person = await work.session.get_one(Person, key)
            said: dict[str, int | str] = {"PULSE.1": mark, "PULSE.2": duo.liking[0], "PULSE.3": "no"}
            about, round = f"pair:{duo.pair}", f"p{day:%Y%m%d}"
            await questionnaires.keep(work, person, "PULSE", PULSE, said, about, round)


def _school_day(day: date, settings: SchoolSettings) -> date:
    while settings.is_rest(day) or settings.is_exam(day):
        day += timedelta(days=1)
    return day


def _slots(day: date) -> list[datetime]:
    return [datetime.combine(day, start, ZONE) for start in MEET_AT]


@dataclass
class Moving:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


async def lose_phones(database: Database, people: Sequence[int], account: str = "default") -> None:
    """These people had Telegram and nothing else; the world below says that they blocked the bot."""
    async with database.transaction() as session:
        for address in await session.scalars(select(Address).where(Address.person_id.in_(people))):
            address.channel, address.account = Channel.TELEGRAM, account
            address.address = str(5_000_000 + address.person_id)
