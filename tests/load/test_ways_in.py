"""EXPLAIN kept: no hot statement reads a table from end to end, nor all the years of a school."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx2

from benchmarks import region as load
from benchmarks._costs import Asked, listening
from benchmarks._region import LOGIN, PASSWORD, Size, past, region
from scheduler.timetable import TIMETABLE
from storage import beats, outbox, outbox_counts, relay, school_year
from storage.database import Database
from tests.both import database as database
from tests.conftest import NOW
from tests.load.explained import whole_reads

SCHOOL = 2


async def test_a_turn_a_beat_a_claim_and_today_read_only_what_they_need(database: Database) -> None:
    await region(database, Size(*((2, 50) if database.is_sqlite else (10, 20))))
    await past(database, 1, 2 if database.is_sqlite else 21)
    found: dict[str, set[str]] = {}
    async with httpx2.AsyncClient(
        transport=load._admin(database), base_url=load.HOST, headers=load._SAME
    ) as browser:
        await browser.post("/login", data={"login": f"{LOGIN}-{SCHOOL - 1}", "password": PASSWORD})
        works: dict[str, Callable[[], Awaitable[object]]] = {
            "turn": load._turns(database, SCHOOL),
            "claim": load._claims(database),
            "keys": _keys(database),
            "where the beats go": _where(database),
            "«Сегодня»": load._todays(browser),
        }
        works |= {f"beat {tick.name}": load._beats(database, tick, SCHOOL) for tick in TIMETABLE}
        for name, work in works.items():
            with listening(database) as asked:
                await work()
            if reads := await whole_reads(database, asked):
                found[name] = reads
    assert not found, "\n".join(f"{n} | {r}" for n, reads in found.items() for r in sorted(reads))
    assert await _would_be_seen(database)


def _keys(database: Database) -> Callable[[], Awaitable[object]]:
    """What a changed meeting, a letter and a turned year ask of the outbox: messages by the beginning of their keys."""

    async def work() -> None:
        async with database.transaction() as session:
            await outbox.cancel(session, ("meeting-soon:1:", "meeting-outcome:1:"), "moved", now=NOW)
            await outbox.held_waiting(session, "encounter-soon:1:", now=NOW)
            await outbox.known(session, ["meeting-soon:1:1", "meeting-soon:1:2"])
            await relay.ways(session, SCHOOL, 1)
            await school_year.told(session, "year-turned:1:")
            await outbox.last_unasked(session, 1)
            await outbox_counts.dropped_counts(session, NOW)

    return work


def _where(database: Database) -> Callable[[], Awaitable[object]]:
    async def work() -> None:
        async with database.reading() as session:
            await beats.asked(session, [tick.where for tick in TIMETABLE if tick.where is not None], NOW)

    return work


async def _would_be_seen(database: Database) -> bool:
    """Whether a statement that does read everything is named: the whole outbox, and a school's years of meetings."""
    mark = "?" if database.is_sqlite else "$1"
    bad = Asked([
        ("SELECT count(*) FROM outbox WHERE error <> ''", ()),
        (f"SELECT count(place) FROM meeting WHERE school_id = {mark} AND place <> ''", (SCHOOL,)),
    ])  # fmt: skip
    seen = await whole_reads(database, bad)
    return {one.partition(":")[0] for one in seen} == {"outbox", "meeting"}
