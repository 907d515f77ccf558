"""The year of a school of 10,000 people turns and is taken back; then everything is packed into one archive."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from actions import exporting, year_back, year_check, year_turn, year_turning
from actions.work import Work
from benchmarks._big_school import big_school
from benchmarks._figures import Figure, Line
from benchmarks._pool import YEAR
from program.roles import Category, PersonState
from program.school_years import Step
from storage import exports
from storage.database import Database, sqlite_url
from storage.tables import Pair, Person, School

JUNE = datetime(2027, 6, 1, 7, 0, tzinfo=UTC)
STRANGERS = 600  # of the last class, in the school's list only
CARDS = 4_000_000  # above the keys of everybody else
EXTENDED = 2  # every second pair goes on


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await big_school(database)
        async with database.transaction() as session:
            await _strangers(Work(session, (await session.scalars(select(School))).one(), JUNE))
        took: dict[str, float] = {}

        async def timed(name: str, act: Callable[[Work], Awaitable[Any]], at: datetime = JUNE) -> Any:
            began = time.perf_counter()
            async with database.transaction() as session:
                found = await act(Work(session, (await session.scalars(select(School))).one(), at))
            took[name] = time.perf_counter() - began
            return found

        version = await timed("choose", _chosen)

        async def turns(work: Work) -> None:
            await year_turning.turn(work, version)

        async def looks(work: Work) -> None:
            turn = await year_turn.begin(work)
            await year_check.check(work, turn)

        await timed("check", looks)
        await timed("turn", turns)
        back = await timed("undo", year_back.undo, JUNE + timedelta(hours=1))
        await timed("export: ask", exporting.ask)
        beats, longest, began = 0, 0.0, time.perf_counter()
        while True:
            async with database.reading() as session:
                made = await exporting.read(
                    Work(session, (await session.scalars(select(School))).one(), JUNE)
                )
            one = time.perf_counter()
            async with database.transaction() as session:
                await exporting.keep(Work(session, (await session.scalars(select(School))).one(), JUNE), made)
            longest = max(longest, time.perf_counter() - one)
            if not made:
                break
            beats += 1
        took["export: make"] = time.perf_counter() - began
        began, size = time.perf_counter(), 0
        async with database.reading() as session:
            job = await exports.job(session, 1)
            assert job is not None
            parts = [part.id for part in await exports.parts(session, job.id)]
        async for piece in exporting.packed(database, parts):
            size += len(piece)
        took["export: take"] = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        await database.close()
    notes = {
        "undo": f"{back.kept} kept",
        "export: make": f"{beats} beats, the writer held for {longest:.2f} s at most",
        "export: take": f"{size // 1_000_000} MB; peak memory of the process {peak:.0f} MB",
    }
    return [
        Figure(f"a school of 10,600 people: {name}", f"{seconds:.1f} s", "", notes.get(name, ""))
        for name, seconds in took.items()
    ]


async def _strangers(work: Work) -> None:
    rows = [
        {
            "id": CARDS + n, "school_id": work.school.id, "state": PersonState.INVITED, "category": Category.PUPIL,
            "class_name": "11А", "first_name": "Имя", "last_name": f"Фамилия{n}", "created_at": JUNE,
        }
        for n in range(STRANGERS)
    ]  # fmt: skip
    await work.session.execute(insert(Person), rows)


async def _chosen(work: Work) -> int:
    turn = await year_turn.begin(work)
    ids = list(await work.session.scalars(select(Pair.id).where(Pair.year == YEAR).order_by(Pair.id)))
    ids = ids[::EXTENDED]
    turn = await year_turn.save(
        work, turn.version, Step.PAIRS,
        lambda now: replace(now, pairs={str(one): "extend" for one in ids}, spoken=tuple(ids)),
    )  # fmt: skip
    return turn.version
