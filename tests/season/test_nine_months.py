"""A hundred pairs over nine months: what was due came once, nothing came at night, every planted problem was found."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from program.courtesy import day_begins
from program.early_warning import Light, Sign, counted_days
from program.outgoing import UNASKED, Kind
from program.settings import SchoolSettings
from program.states import MeetingStatus
from storage.database import Database, sqlite_url
from storage.overview import given_up
from storage.tables import Meeting, OutboxRow, PairWorry, Person, School
from tests.both import ON_POSTGRES, empty
from tests.season.hundred import LOST, PAIRS, PLANTED, hundred_pairs
from tests.season.year import FOUND_WITHIN, FOUND_WITHIN_USUAL, SIGNS, ZONE, Duo, Planted, Year

FAR = datetime.max.replace(tzinfo=UTC)
MONTHS = 9
LIGHTS_A_MONTH = 0.1  # of a pair in which nothing was planted; measured 0.09
BY_THE_CALENDAR = {Sign.NO_MEETING, Sign.NEVER_MET, Sign.LOST, Sign.CALLED_OFF, Sign.NO_ANSWER}


pytestmark = pytest.mark.long


@pytest.fixture
async def database(tmp_path: Path, at_head: Path) -> AsyncIterator[Database]:
    """As the demo's: nobody pulls the plug of a year that is made up."""
    if ON_POSTGRES:
        database = await empty()
    else:
        database = Database(sqlite_url(Path(shutil.copy(at_head, tmp_path / "year.db"))), durable=False)
    yield database
    await database.close()


@pytest.fixture
async def year(database: Database) -> AsyncIterator[Year]:
    async with hundred_pairs(database) as lived:
        with capture_logs() as said:
            await lived.lives()
        assert [one for one in said if one["log_level"] in ("error", "critical")] == []
        yield lived


async def test_a_year_of_a_hundred_pairs_ends_in_numbers(year: Year) -> None:
    async with year.database.reading() as session:
        outbox = list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
        held = list(await session.scalars(select(Meeting).where(Meeting.status == MeetingStatus.HELD)))
        found = list(await session.scalars(select(PairWorry).order_by(PairWorry.id)))
        people = {one.id: one for one in await session.scalars(select(Person))}
        settings = SchoolSettings.read((await session.get_one(School, year.school.id)).settings)
    gone = {duo.mentee for duo in year.duos[-LOST:]}
    nothing_is_left_over(outbox, gone, year.clock.now)
    nobody_was_woken(outbox, people, settings)
    unasked_came_once_a_day(outbox)
    every_held_meeting_was_reminded_of_once(outbox, held, year.duos, gone)
    late = {duo.pair: late_for(duo, found, settings) for duo in year.duos if duo.planted}
    missed = {duo.pair: duo.planted for duo in year.duos if duo.planted and late[duo.pair] is not None}
    assert missed == {}
    unplanted = [
        one for one in found if one.pair_id in {duo.pair for duo in year.duos if duo.planted is None}
    ]
    told = numbers(outbox, held, found, unplanted)
    # Who moves a meeting waits for its answer since then, however old the meeting is.
    assert [one.key for one in unplanted if one.sign == Sign.NO_ANSWER and "+" in one.key] == []
    assert sum(bool(one.moves) for one in held) > 50, told
    assert sum(bool(one.series) for one in held) > 50, told
    # What is said of the other pairs is so: who put a meeting off had three weeks without one. No mark alarms.
    assert {Sign(one.sign) for one in unplanted} <= BY_THE_CALENDAR, told
    assert len(unplanted) <= (PAIRS - len(PLANTED)) * MONTHS * LIGHTS_A_MONTH, told


def nothing_is_left_over(outbox: list[OutboxRow], gone: set[int], until: datetime) -> None:
    """Sent once, or let go with a reason; what is still due belongs to the last two days."""
    assert len({row.key for row in outbox}) == len(outbox)
    failed = [row for row in outbox if given_up(row)]
    assert {row.dropped for row in failed} == {"unreachable"}
    assert {row.person_id for row in failed} == gone
    waiting = [row.key for row in outbox if row.sent_at is None and not row.dropped and row.due_at < until]
    assert waiting == []
    assert all(row.attempts <= 1 for row in outbox if row.dropped != "unreachable")


def nobody_was_woken(outbox: list[OutboxRow], people: dict[int, Person], settings: SchoolSettings) -> None:
    for row in outbox:
        if row.sent_at is None or row.person_id is None or row.kind in (Kind.REPLY, Kind.ALERT):
            continue
        local, category = row.sent_at.astimezone(ZONE), people[row.person_id].category
        first, last = settings.hours(category)
        assert first <= local.time() < last, (row.key, local)
        if row.kind is not Kind.LETTER:
            assert not settings.is_rest(local.date(), category), (row.key, local)


def unasked_came_once_a_day(outbox: list[OutboxRow]) -> None:
    days = Counter(
        (row.person_id, day_begins(row.sent_at, ZONE))
        for row in outbox
        if row.sent_at is not None and row.kind in UNASKED
    )
    assert max(days.values()) == 1


def every_held_meeting_was_reminded_of_once(
    outbox: list[OutboxRow], held: list[Meeting], duos: list[Duo], gone: set[int]
) -> None:
    """Both sides of each, a day or two hours before, unless the hours of the day left no room."""
    of_pair = {duo.pair: duo for duo in duos}
    told: Counter[tuple[int, int, datetime]] = Counter()
    for row in outbox:
        if row.key.startswith("meeting-soon:") and row.sent_at is not None:
            meeting, person, _, start = row.key.split(":", 4)[1:]
            told[int(meeting), int(person), datetime.fromisoformat(start)] += 1
    unlike = [
        (meeting.id, person)
        for meeting in held
        for person in (of_pair[meeting.pair_id].mentor, of_pair[meeting.pair_id].mentee)
        if person not in gone and not 1 <= told[meeting.id, person, meeting.starts_at or FAR] <= 2
    ]
    assert unlike == []


def late_for(duo: Duo, found: list[PairWorry], settings: SchoolSettings) -> str | None:
    """None if the planted problem was found in time."""
    assert duo.planted is not None
    signs = [sign.value for sign in SIGNS[duo.planted]]
    when = [
        one.found_at.astimezone(ZONE).date() for one in found if one.pair_id == duo.pair and one.sign in signs
    ]
    after = [day for day in when if day >= duo.since or duo.planted is Planted.NOT_ON]
    if not after:
        return "never"

    def silent(day: Any) -> bool:
        return settings.is_holiday(day) or settings.is_exam(day)

    days = counted_days(duo.since, min(after), silent) if min(after) > duo.since else 0
    return None if days <= FOUND_WITHIN.get(duo.planted, FOUND_WITHIN_USUAL) else f"after {days} days"


def numbers(
    outbox: list[OutboxRow], held: list[Meeting], found: list[PairWorry], unplanted: list[PairWorry]
) -> str:
    sent = sum(row.sent_at is not None for row in outbox)
    by_sign = Counter(one.sign for one in found)
    others = Counter((one.sign, Light(one.light).name) for one in unplanted)
    return f"held {len(held)}; messages {len(outbox)}, sent {sent}; worries {dict(by_sign)}; unplanted {dict(others)}"
