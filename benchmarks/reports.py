"""RP1 of a region and of a school, and what is counted of it, beside the usual ways in the same run.

Beside the counting: the same sets from whole rows of the ORM, of a tenth of the region (times ten). Beside the file:
openpyxl's write-only mode with the same cells. Promised (domain.md 9): 170,000 mentees counted in under 5 s and written as RP1
in under 15 s, one school's RP1 in under 1 s. Seconds are the processor's: others may work on the same machine.
"""

from __future__ import annotations

import io
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from actions import collecting, reports
from actions.reports import coverage, federal
from actions.reports.asked import asked
from actions.work import Work
from actions.workbook import Count, Share
from benchmarks._figures import Figure, Line, times
from benchmarks._pool import FORM, NOW, YEAR, furnish
from program.indicators import f1, f2
from program.roles import Side
from program.states import PairStatus
from storage.database import Database, sqlite_url
from storage.tables import Pair, PairMember, Participation, School

REGION, SCHOOL = 170_000, 570
PROMISED = "ours: 5 s", "ours: 15 s"
TENTH = 10


async def run() -> list[Line]:
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        for mentees in (SCHOOL, REGION):
            lines += await _measured(Path(folder) / f"{mentees}.db", mentees)
    return lines


async def _measured(file: Path, mentees: int) -> list[Line]:
    database = Database(sqlite_url(file))
    await furnish(database, mentees, mentees // 5)
    await _pairs(database, mentees, mentees // 5)
    counted, written = PROMISED if mentees > SCHOOL else ("", "ours: 1 s")
    async with database.reading() as session:
        school = (await session.scalars(select(School))).one()
        work = Work(session, school, NOW)
        began = time.process_time()
        of = asked(work, YEAR)
        with collecting.put_off():
            facts = await coverage.facts(work, of)
            covered, rates = await coverage.build(work, of, facts), await federal.rates(work, of, facts)
        ours = time.process_time() - began
        assert rates["F1"].number == covered.pages[1].rows[0][-2].number  # type: ignore[union-attr]
        usual = await _orm(work, of.on, mentees)
    lines: list[Line] = [
        Figure(f"coverage and F1-F6 of {mentees:,} counted, beside the same sets from whole rows of the ORM",
               times(ours, usual), counted, f"{ours:.2f} s", f"{usual:.2f} s"),
    ]  # fmt: skip
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        began = time.process_time()
        work = Work(session, school, NOW)
        _, data = await reports.make(work, "mentees", YEAR)
        whole = time.process_time() - began
        with collecting.put_off():
            built = await reports.counted(work, reports.known("mentees"), of)
        began = time.process_time()
        _plain(built.pages[0].columns, built.pages[0].rows)
        usual = time.process_time() - began
    lines.append(
        Figure(f"RP1 of {mentees:,}, {len(data) / 1e6:.1f} MB, beside its cells by openpyxl, write-only",
               times(whole, usual), written, f"{whole:.2f} s", f"{usual:.2f} s")
    )  # fmt: skip
    await database.close()
    return lines


async def _orm(work: Work, on: date, mentees: int) -> float:
    """Seconds for F1 and F2 from rows with their people; of a region a tenth of it, times ten."""
    part = TENTH if mentees > SCHOOL else 1
    began = time.process_time()
    rows = (
        await work.session.scalars(
            select(Pair)
            .where(Pair.school_id == work.school.id, Pair.year == YEAR, Pair.id <= mentees // part)
            .options(selectinload(Pair.members).joinedload(PairMember.person))
        )
    ).all()
    places = (
        await work.session.scalars(
            select(Participation)
            .where(Participation.school_id == work.school.id, Participation.id <= mentees // part)
            .options(selectinload(Participation.person))
        )
    ).all()
    takers: list[Any] = [
        coverage.Taker(one.person_id, one.person.category, one.side, pair.form, one.person.birth_date)
        for pair in rows
        for one in pair.members
    ]
    assert f1(takers, on, 0).number
    assert f2(takers, on, 0).number + len(places)
    took = (time.process_time() - began) * part
    work.session.expunge_all()
    return took


def _plain(columns: Any, rows: Any) -> bytes:
    """The same cells, dates and numbers with their formats, without titles, filters and print set-up."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Лист")
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, Count | Share):
        return value.number if isinstance(value, Count) else value.part
    if isinstance(value, date | datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "dd.mm.yyyy"
        return cell
    return value


async def _pairs(database: Database, mentees: int, mentors: int) -> None:
    """Everybody works in a pair: mentee n with mentor n of the mentors, in turn."""
    async with database.transaction() as session:
        school = (await session.scalars(select(School.id))).one()
        known = await session.execute(
            select(Participation.person_id, Participation.id).order_by(Participation.id)
        )
        places = {row[0]: row[1] for row in known}
        pairs = [
            {
                "id": n, "school_id": school, "year": YEAR, "form": FORM, "status": PairStatus.ACTIVE, "created_at": NOW,
                "starts_on": NOW.date(), "role_model": "uch_uch.ravny_ravnomu",
            }
            for n in range(1, mentees + 1)
        ]  # fmt: skip
        members = [
            {
                "school_id": school, "pair_id": n, "person_id": who, "participation_id": places[who], "side": side,
                "joined_at": NOW,
            }
            for n in range(1, mentees + 1)
            for side, who in ((Side.MENTEE, n), (Side.MENTOR, mentees + n % mentors + 1))
        ]  # fmt: skip
        for table, rows in ((Pair, pairs), (PairMember, members)):
            for start in range(0, len(rows), 10_000):
                await session.execute(insert(table), rows[start : start + 10_000])
