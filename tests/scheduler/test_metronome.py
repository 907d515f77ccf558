from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
import structlog
from sqlalchemy import select

from actions.work import Work
from program.channels import Channel
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from scheduler.metronome import Metronome
from scheduler.timetable import TIMETABLE, Tick
from storage import outbox, system
from storage.database import Database
from storage.tables import Meeting, OutboxRow, School
from tests import build
from tests.pairs import Couple, couple

HOUR = timedelta(hours=1)
START = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)  # Wednesday, 15:30 at the school
NOON = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


def still() -> datetime:
    return NOON


def line(run: Callable[[Work], Awaitable[object]], name: str = "probe") -> Tick:
    return Tick(name, timedelta(seconds=0.01), run)


async def fixed_meeting(database: Database, school: School) -> Couple:
    async with database.transaction() as session:
        pair = await couple(session, school)
        session.add(
            Meeting(
                school_id=school.id,
                pair_id=pair.pair,
                kind=MeetingKind.M1,
                status=MeetingStatus.CONFIRMED,
                proposed_by=pair.mentor,
                starts_at=START,
                format=MeetingFormat.ONLINE,
                uid="meeting-1",
                created_at=NOON - timedelta(days=3),
                confirmed_at=NOON - timedelta(days=3),
            )
        )
    return pair


async def keys(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxRow.key).order_by(OutboxRow.key)))


async def test_every_line_runs_for_every_school_in_a_transaction_of_its_own(
    database: Database, school: School
) -> None:
    async with database.transaction() as session:
        session.add(build.school("second"))
    seen: list[tuple[str, datetime, str]] = []

    async def note(work: Work) -> None:
        seen.append((work.school.slug, work.now, work.actor))

    await Metronome(database, still, [line(note), line(note, "other")]).tick_all()

    assert seen == [("first", NOON, "system"), ("second", NOON, "system")] * 2
    async with database.reading() as session:
        said = await system.beginning(session, "tick:")
    assert said == {"tick:probe": NOON.isoformat(), "tick:other": NOON.isoformat()}


async def test_a_line_that_raises_is_logged_once_and_hurts_nobody_else(
    database: Database, school: School
) -> None:
    async with database.transaction() as session:
        session.add(build.school("second"))
    done: list[str] = []

    async def half(work: Work) -> None:
        if work.school.slug == "first":
            await outbox_row(work)
            raise ValueError("a defect")
        done.append(work.school.slug)

    async def whole(work: Work) -> None:
        done.append("whole")

    with structlog.testing.capture_logs() as logs:
        await Metronome(database, still, [line(half, "half"), line(whole, "whole")]).tick_all()

    assert done == ["second", "whole", "whole"]
    assert [(entry["event"], entry["tick"], entry["school"]) for entry in logs] == [
        ("tick.failed", "half", school.id)
    ]
    assert logs[0]["exc_info"]
    assert await keys(database) == []  # rolled back
    async with database.reading() as session:
        assert list(await system.beginning(session, "tick:")) == ["tick:whole"]


async def outbox_row(work: Work) -> None:
    await outbox.put(
        work.session, school_id=work.school.id, key="half-done", kind="notice", priority=5,
        channel=Channel.WEB, address="1", body={}, created_at=work.now, due_at=work.now,
    )  # fmt: skip


async def test_it_beats_by_itself_goes_on_after_a_defect_and_stops_with_the_work_in_hand_done(
    database: Database, school: School
) -> None:
    began, again, finished = 0, asyncio.Event(), []

    async def fails_at_first(work: Work) -> None:
        nonlocal began
        began += 1
        if began == 1:
            raise ValueError("a defect")
        again.set()
        await asyncio.sleep(0)
        finished.append(began)

    metronome = Metronome(database, still, [line(fails_at_first)])
    with structlog.testing.capture_logs():
        metronome.start()
        async with asyncio.timeout(10):
            await again.wait()
        await metronome.stop()
    count = began
    assert finished[-1] == count

    await metronome.stop()  # again: harmless
    assert began == count


async def test_beats_go_on_when_the_clock_of_the_machine_is_set_back_a_day(
    database: Database, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    back, beats = timedelta(0), asyncio.Queue[int]()

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - back

    async def beat(work: Work) -> None:
        beats.put_nowait(1)

    monkeypatch.setattr("scheduler.metronome.datetime", Moved)
    monkeypatch.setattr("scheduler.metronome.LOOK", 0.02)
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Moved)
    metronome = Metronome(database, still, [line(beat)])
    with structlog.testing.capture_logs():
        metronome.start()
        async with asyncio.timeout(10):
            await beats.get()
            back = timedelta(days=1)
            for _ in range(5):  # one or two may have been on their way
                await beats.get()
            # Wrong for a moment only: long enough for the scheduler to have looked at it.
            metronome._looking.cancel()  # type: ignore[union-attr]
            back += timedelta(days=1)
            metronome._scheduler.wakeup()  # type: ignore[union-attr]
            await asyncio.sleep(0.05)
            back -= timedelta(days=1)
            metronome._looking = asyncio.create_task(metronome._look_at_the_clock(metronome._scheduler))  # type: ignore[arg-type]
            for _ in range(5):
                await beats.get()
        await metronome.stop()


async def test_a_week_that_is_jumped_over_is_lived_through(database: Database, school: School) -> None:
    pair = await fixed_meeting(database, school)
    metronome, steps = Metronome(database, still, TIMETABLE), []

    async def sent(now: datetime) -> None:
        steps.append(now)

    await metronome.catch_up(NOON, NOON + timedelta(days=3), step=HOUR, after_step=sent)

    assert (len(steps), steps[0], steps[-1]) == (72, NOON + HOUR, NOON + timedelta(days=3))
    start = START.isoformat()
    expected = [
        f"meeting-{kind}:1:{person}{rest}"
        for person in (pair.mentor, pair.mentee)
        for kind, rest in (
            ("soon", f":24:{start}"),
            ("soon", f":2:{start}"),
            ("outcome", f":{start}"),
            ("outcome", f":again:{start}"),
        )
    ]
    assert await keys(database) == sorted(expected)
    async with database.reading() as session:
        for row in await session.scalars(select(OutboxRow)):
            assert row.created_at - row.due_at <= HOUR  # queued at its hour


async def doubles(database: Database, school: School) -> None:
    """Two metronomes of two processes, at once, over the whole life of a meeting."""
    await fixed_meeting(database, school)
    another = Database(database.url)
    pairs = [Metronome(database, still, TIMETABLE), Metronome(another, still, TIMETABLE)]
    for hours in (3, 4, 22, 26, 30, 54):
        now = NOON + hours * HOUR
        with structlog.testing.capture_logs() as logs:
            await asyncio.gather(*(metronome.run_due(now) for metronome in pairs))
        assert [entry for entry in logs if entry["event"] == "tick.failed"] == []

    await another.close()
    found = await keys(database)
    assert len(found) == len(set(found))
    assert [key.split(":")[0] for key in found].count("meeting-soon") == 4
    assert [key.split(":")[0] for key in found].count("meeting-outcome") == 4


async def test_two_metronomes_on_one_database_double_nothing(database: Database, school: School) -> None:
    await doubles(database, school)


@pytest.mark.postgres
async def test_two_metronomes_on_one_postgresql_double_nothing(postgres: Database) -> None:
    school = build.school()
    async with postgres.transaction() as session:
        session.add(school)
    await doubles(postgres, school)


def test_names_of_lines_are_unique_and_none_is_slower_than_an_hour() -> None:
    names = [tick.name for tick in TIMETABLE]
    assert len(set(names)) == len(names)
    assert all(timedelta(seconds=10) <= tick.every <= HOUR for tick in TIMETABLE)
