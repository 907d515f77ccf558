"""The days between the announcement of the demo's pairs and its opening: who does what on which of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.work import Work
from app.clock import Clock
from bot.sender import Sender
from program.roles import Side
from program.settings import SchoolSettings
from storage import pairs, schools
from storage.database import Database
from storage.tables import School

LEAST = 6  # school days that the stories need; right after holidays plain weekdays are taken instead
NEXT = timedelta(days=7)  # what is agreed stands within the week after the opening

Act = Callable[[Work], Awaitable[object]]


@dataclass(frozen=True)
class Cast:
    """One pair or group: its id, who leads it, who is led."""

    pair: int
    mentor: int
    mentees: Sequence[int]
    group: bool

    @property
    def mentee(self) -> int:
        return self.mentees[0]


class Weeks:
    """School days, and what happens on them.

    Args:
        clock: held at the hour of the announcement; afterwards at the last thing that happened.
        actor: the curator, as the journal names them.
        opens: the day on which the demo opens.
    """

    def __init__(
        self, database: Database, sender: Sender, clock: Clock, school: School, actor: str, opens: date
    ) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._school_id = school.id
        self._actor = actor
        self._opens = opens
        self._zone = ZoneInfo(school.timezone)
        self._settings = SchoolSettings.read(school.settings)
        self._planned: list[tuple[datetime, str, Act]] = []
        self._meets: list[tuple[int, datetime]] = []
        self._days = self._school_days(clock().astimezone(self._zone).date())

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """Day -1 is the last school day before the opening, -2 the one before it; at most `LEAST` back."""
        return self._instant(self._days[day], hour, minute)

    def next(self, hour: int, minute: int = 0) -> datetime:
        """On the first school day after the opening."""
        days = [self._opens + timedelta(days=n) for n in range(1, NEXT.days + 1)]
        return self._instant(next((d for d in days if not self._settings.is_rest(d)), days[0]), hour, minute)

    def put(self, at: datetime, who: int, act: Act) -> None:
        """At that hour somebody does something. `who`: a person's id; 0: the curator."""
        self._planned.append((at, f"person:{who}" if who else "", act))

    def free(self, at: datetime, who: Iterable[int]) -> datetime:
        """That hour, or one near it, at which none of these people meets anybody yet; from now on they do."""
        long, people = timedelta(minutes=self._settings.meeting_minutes), set(who)
        theirs = [start for one, start in self._meets if one in people]
        near = (at + long * step for step in (0, -1, -2, -3, 1, 2))  # earlier first: it is told of at three
        found = next(hour for hour in near if all(abs(hour - start) >= long for start in theirs))
        self._meets += [(one, found) for one in people]
        return found

    async def casts(self, pair_ids: Sequence[int]) -> list[Cast]:
        async with self._database.reading() as session:
            found = []
            for pair_id in pair_ids:
                pair = await pairs.get(session, self._school_id, pair_id)
                assert pair is not None
                led = [one.person_id for one in pairs.present(pair, Side.MENTEE)]
                lead = pairs.present(pair, Side.MENTOR)[0].person_id
                found.append(Cast(pair_id, lead, led, pair.is_group))
            return found

    async def live(self) -> None:
        """Everything that was put on the days happens, in its order, and what it says to people is sent."""
        for at, who, act in sorted(self._planned, key=lambda one: one[0]):
            self._clock.held = at
            async with self._database.transaction() as session:
                school = await schools.get(session, self._school_id)
                await act(Work(session, school, at, who or self._actor))
            await self._sender.drain()

    def _instant(self, day: date, hour: int, minute: int) -> datetime:
        return datetime.combine(day, time(hour, minute), self._zone).astimezone(UTC)

    def _school_days(self, announced: date) -> list[date]:
        """Those between the announcement and the opening."""
        between = [announced + timedelta(days=n) for n in range(1, (self._opens - announced).days)]
        school = [day for day in between if not self._settings.is_rest(day)]
        return school if len(school) >= LEAST else [day for day in between if day.weekday() < 5]
