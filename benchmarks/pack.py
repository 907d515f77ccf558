"""The pack of a school of 583 pupils: all documents and reports of its year in one archive, seconds from the press on.

Beside it the usual way in the same run: each paper filled by docxtpl by itself, and its PDF by LibreOffice, twenty files a call.
Of that a part is done and the time of all papers told from it. Promised (docs, reliability.md): less than 20 s.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import multiprocessing
import resource
import subprocess
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from sqlalchemy import insert, select

from actions import awards, packs, roadmap
from actions.awards import Said
from actions.template_check import example
from actions.template_writing import shipped
from actions.work import Work
from benchmarks._figures import Figure, Line
from benchmarks._pool import FORM, YEAR, Rows, furnish
from program.meeting_diary import TOPICS
from program.packs import DOCX, PDF, Part, chosen
from program.plans import Content, PlanState
from program.roadmap import Calendar
from program.roles import Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from program.templates import Kind, fields
from scheduler.packer import Packer
from storage import packs as rows
from storage.database import Database, sqlite_url
from storage.tables import (
    Meeting,
    MeetingNote,
    Pair,
    PairMember,
    Participation,
    Plan,
    PlanItem,
    School,
)

NOW = datetime(2027, 5, 20, 7, 0, tzinfo=UTC)
BEGAN = datetime(2026, 10, 1, 7, 0, tzinfo=UTC)
# (mentees, mentors with a pair each): so many as take part in the school of seed 000; all its 583 pupils.
SCHOOLS = ((80, 44), (466, 117))
MEETINGS, EVENTS = 12, 10  # of a pair; of its programme
SAMPLE = 20  # papers of the usual way


async def run() -> list[Line]:
    lines: list[Line] = []
    papers, usual = _usual()
    for mentees, mentors in SCHOOLS:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(sqlite_url(Path(folder) / "school.db"))
            await _school(database, mentees, mentors)
            before = _spent()
            took, slowest, files, left, size, first = await _pack(database)
            while multiprocessing.active_children():  # noqa: ASYNC110 - they tell nobody when they have gone
                await asyncio.sleep(0.1)
            spent = _spent() - before
            *_, second = await _pack(database)
            assert first == second  # byte by byte
            await database.close()
        long = usual / papers * files / 2
        what = f"{mentees + mentors} people, {mentors} pairs: {files} files, {left} left out, {size / 1e6:.0f} MB"
        pause = f"longest pause of the serving process {1000 * slowest:.0f} ms"
        lines.append(
            Figure(f"{what}; beside docxtpl and LibreOffice for the same {files // 2} papers", f"{took / long:.3f} ×",
                   "ours: 20 s", f"{took:.1f} s, {spent:.1f} s of processors, {pause}", f"{long:.0f} s")
        )  # fmt: skip
    return lines


def _spent() -> float:
    """Seconds of processors that processes of ours have taken."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


async def _pack(database: Database) -> tuple[float, float, int, int, int, str]:
    """(seconds, the longest pause in seconds, files, things left out, bytes, what they sum up to)."""
    wanted = chosen(YEAR, "year", date(2027, 5, 20), list(Part), [DOCX, PDF], "https://school.example/check")
    packer = Packer(database, lambda: NOW)
    slowest = 0.0

    async def serve() -> None:
        nonlocal slowest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            slowest = max(slowest, time.perf_counter() - before - 0.01)

    serving = asyncio.create_task(serve())
    began = time.perf_counter()
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        await packs.ask(Work(session, school, NOW, "user:1"), wanted)
    await packer.look()
    async with database.transaction() as session:
        work = Work(session, (await session.scalars(select(School))).one(), NOW, "user:1")
        job = await packs.job(work)
        assert job is not None
        files, left, _ = await rows.numbers(session, job.id)
        _, _, inside = await packs.take(work)
    size, sums = 0, hashlib.sha256()
    async for part in packs.sent(database, wanted, inside):
        size += len(part)
        sums.update(part)
    took = time.perf_counter() - began
    serving.cancel()
    return took, slowest, files, left, size, sums.hexdigest()


async def _school(database: Database, mentees: int, mentors: int) -> None:
    """Every mentor has a pair with a programme at work, a diary and a certificate."""
    await furnish(database, mentees, mentors)
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        known = await session.execute(select(Participation.person_id, Participation.id))
        places: dict[int, int] = {row[0]: row[1] for row in known}
        for table, lines in _pairs(school.id, places, mentees, mentors):
            for start in range(0, len(lines), 5_000):
                await session.execute(insert(table), lines[start : start + 5_000])
        work = Work(session, school, NOW, "user:1")
        await roadmap.take(work, YEAR, Calendar.YEAR, past_done=True)
        everybody = tuple(f"person:{mentees + n}" for n in range(1, mentors + 1))
        for code in ("letter", "certificate"):
            said = Said(
                code,
                code,
                everybody,
                "За терпение и внимание",
                date(2027, 5, 18),
                BEGAN.date(),
                date(2027, 5, 18),
            )
            await awards.give(work, said)


def _pairs(school: int, places: dict[int, int], mentees: int, mentors: int) -> list[tuple[Any, Rows]]:
    made: dict[Any, Rows] = {one: [] for one in (Pair, PairMember, Plan, PlanItem, Meeting, MeetingNote)}
    content = Content(
        problem="Трудно рассказывать перед классом", goal="Выступить с проектом", tasks=("Выбрать тему", "Собрать слайды"),
        mentor_activity=("Советует",), mentee_activity=("Готовит проект",), interim=("Тема выбрана",),
        planned=("Выступление",), rhythm="weekly", mode="offline", conditions="Кабинет 214", directions=("project",),
    ).to_json()  # fmt: skip
    for n in range(1, mentors + 1):
        made[Pair].append({
            "id": n, "school_id": school, "year": YEAR, "form": FORM, "created_at": BEGAN, "score": 50,
            "status": PairStatus.ACTIVE, "announced_at": BEGAN, "starts_on": BEGAN.date(), "ends_on": date(2027, 5, 31),
        })  # fmt: skip
        for person, side in ((n, Side.MENTEE), (mentees + n, Side.MENTOR)):
            made[PairMember].append({
                "school_id": school, "pair_id": n, "person_id": person, "side": side,
                "participation_id": places[person], "joined_at": BEGAN,
            })  # fmt: skip
        made[Plan].append({
            "id": n, "school_id": school, "pair_id": n, "number": 1, "state": PlanState.WORK, "content": content,
            "starts_on": BEGAN.date(), "ends_on": date(2027, 5, 31), "created_at": BEGAN,
        })  # fmt: skip
        for number in range(1, EVENTS + 1):
            made[PlanItem].append({
                "school_id": school, "plan_id": n, "number": number, "event": "Разобрать одну часть рассказа",
                "due_on": BEGAN.date() + timedelta(days=20 * number), "final": "Часть готова", "direction": "project",
                "done_on": BEGAN.date() + timedelta(days=20 * number) if number < EVENTS else None,
            })  # fmt: skip
        for number in range(MEETINGS):
            key, at = (n - 1) * MEETINGS + number + 1, BEGAN + timedelta(days=18 * number)
            made[Meeting].append({
                "id": key, "school_id": school, "pair_id": n, "kind": MeetingKind.M2, "starts_at": at, "minutes": 45,
                "status": MeetingStatus.HELD, "place": "кабинет 214", "format": MeetingFormat.OFFLINE, "proposed_by": n,
                "uid": f"{n}-{number}", "created_at": BEGAN, "slots": [],
            })  # fmt: skip
            made[MeetingNote].append({
                "school_id": school, "meeting_id": key, "person_id": mentees + n, "topic": TOPICS[0],
                "methods": [], "step": "Дописать вступление", "minutes": 45, "at": at,
            })  # fmt: skip
    return list(made.items())


def _usual() -> tuple[int, float]:
    """(papers, seconds) for some agreements, each by itself."""
    template = shipped("agreement")
    values = {
        one.name: [] if one.kind is Kind.LIST else example(one)
        for one in fields("agreement").values()
        if one.kind is not Kind.PICTURE
    }
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number in range(SAMPLE):
            made = DocxTemplate(io.BytesIO(template))
            made.render(values, autoescape=True)
            made.save(folder / f"{number}.docx")
        office = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/office",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        files = sorted(str(file) for file in folder.glob("*.docx"))
        subprocess.run([*office, "--outdir", place, *files], check=True, capture_output=True, timeout=300)
        assert len(list(folder.glob("*.pdf"))) == SAMPLE
    return SAMPLE, time.perf_counter() - began
