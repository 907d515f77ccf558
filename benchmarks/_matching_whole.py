"""One run of the matching, measured in a process of its own; prints a line of JSON for `benchmarks.matching`."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import func, select

from actions import accounts
from actions.collecting import put_off
from actions.links import Links
from actions.matching import explained
from actions.matching_pool import pool
from actions.matching_rules import rules_of
from actions.work import Work
from admin.application import build
from benchmarks._pool import FORM, NOW, furnish
from program.matching_plan import plan
from program.roles import StaffRole
from storage.database import Database, sqlite_url
from storage.tables import MatchRun, School

PASSWORD = "phrase-of-the-benchmark"
HOST = "https://school.test"


async def prepare(path: Path, mentees: int, mentors: int) -> None:
    database = Database(sqlite_url(path))
    await furnish(database, mentees, mentors)
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        await accounts.add_user(Work(session, school, NOW, "cli"), "curator", StaffRole.CURATOR, PASSWORD)
    await database.close()


async def measure(path: Path) -> dict[str, Any]:
    """Seconds of processor time, and the peak of memory up to the explanation."""
    database = Database(sqlite_url(path))
    found: dict[str, Any] = {}
    async with database.reading() as session:
        school = (await session.scalars(select(School))).one()
        work = Work(session, school, NOW, "cli")
        with put_off():
            start = time.process_time()
            seen, book = await pool(work, FORM), rules_of(work, FORM)
            found["load"] = time.process_time() - start
            start = time.process_time()
            answer = plan(seen.mentees, seen.mentors, book, seen.pins)
            found["solve"] = time.process_time() - start
            start = time.process_time()
            explained(seen, book, answer)
            found["explain"] = time.process_time() - start
        found |= {
            "pairs": len(answer.answer.pairs),
            "points": answer.answer.points,
            "solver": answer.solver,
            "proved": answer.proof.holds,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    del seen, answer
    found |= await until_the_board(database)
    async with database.reading() as session:
        found["bytes"] = await session.scalar(select(func.length(MatchRun.inputs)))
    await database.close()
    return found


async def until_the_board(database: Database) -> dict[str, float]:
    """The curator presses «Подобрать пары», everything is stored, and the board shows."""
    application = build(
        database,
        lambda: NOW,
        Links(HOST, "secret", telegram_bot="nastavnik_bot", vk_group="school1"),
        secure_cookies=True,
        wake=lambda: None,
    )
    transport = httpx2.ASGITransport(app=application)
    headers = {"Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(
        transport=transport, base_url=HOST, headers=headers, timeout=None
    ) as browser:
        await browser.post("/login", data={"login": "curator", "password": PASSWORD})
        start = time.process_time()
        answer = await browser.post("/matching/suggest", data={"form": FORM})
        pressed = time.process_time() - start
        start = time.process_time()
        page = await browser.get(answer.headers["location"])
        shown = time.process_time() - start
        if answer.status_code != 303 or page.status_code != 200:
            raise SystemExit(f"the board answered {answer.status_code} and {page.status_code}")
    return {"press": pressed, "board": shown}


def main() -> None:
    if sys.argv[1] == "--measure":
        print(json.dumps(asyncio.run(measure(Path(sys.argv[2])))))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        asyncio.run(prepare(path, int(sys.argv[1]), int(sys.argv[2])))
        # The database is made by this process and measured by another, whose memory is its own.
        command = [sys.executable, "-m", "benchmarks._matching_whole", "--measure", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(done.stdout, end="")
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])


if __name__ == "__main__":
    main()
