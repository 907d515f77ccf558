"""The journal as it is read: narrowed by who, about whom, what and when; in words; looks noted; the erased unnamed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx2
import openpyxl
import pytest

from actions import early_warning, erasure, journal
from actions.work import Work
from admin.lists import journal as listed
from program.channels import Channel
from program.retention import Basis
from program.roles import StaffRole
from storage import journal_lines
from storage.database import Database
from storage.journal_lines import Wanted
from storage.tables import JournalEntry, School
from tests.admin.conftest import Browsers, Clock
from tests.admin.test_pair_pages import Desk, desk
from tests.conftest import rows

__all__ = ["desk"]


def lines_of(page: str) -> list[str]:
    return [line for line in re.findall(r"<tr>.*?</tr>", page, re.S) if "<td" in line]


async def read(browser: httpx2.AsyncClient, query: str = "") -> list[str]:
    answer = await browser.get(f"/journal{query}")
    assert answer.status_code == 200, answer.text
    return lines_of(answer.text)


async def test_a_line_says_who_from_where_what_and_from_what_to_what(desk: Desk) -> None:
    async with desk.work() as work:
        here = Work(work.session, work.school, work.now, "user:1", origin="admin:android")
        await journal.note(
            here, "pair.approved", f"pair:{desk.pair}", {"status": "suggested"}, {"status": "approved"}
        )
        told = Work(work.session, work.school, work.now, f"person:{desk.mentee}", Channel.TELEGRAM)
        await journal.note(told, "person.paused", f"person:{desk.mentee}", after={"until": "2026-10-01"})
    second, first = (await read(desk.curator))[:2]
    assert "кабинет, телефон или планшет Android" in first
    assert "состояние: предложена → одобрена, не объявлена" in first
    assert f"/pairs/{desk.pair}" in first
    assert "чат в Telegram" in second
    assert "до какого дня: 1 октября" in second
    assert "Котова" in second


async def test_it_is_narrowed_by_person_pair_author_group_and_day(desk: Desk, clock: Clock) -> None:
    async with desk.work() as work:
        await journal.note(
            work.by(f"person:{desk.mentee}"), "goal.named", f"pair:{desk.pair}", after={"goal": 1}
        )
        await journal.note(work, "person.calendar", f"person:{desk.mentee}")
        await journal.note(work.by("system"), "person.calendar", f"person:{desk.mentor}")
        await journal.note(work.by("cli"), "settings.changed", f"school:{work.school.id}")
        later = Work(work.session, work.school, work.now + timedelta(days=3), "cli")
        await journal.note(later, "settings.changed", f"school:{work.school.id}")
    about = await read(desk.curator, f"?person={desk.mentee}&looks=without")
    assert any("назвала цель" in line for line in about)
    assert not any("Лебедев" in line for line in about)
    done = await read(desk.curator, f"?who=person:{desk.mentee}")
    assert any("цель" in line for line in done)
    assert all(line.count("Котова") for line in done)
    assert any("цель" in line for line in await read(desk.curator, f"?pair={desk.pair}"))
    assert not any("настройки" in line for line in await read(desk.curator, f"?pair={desk.pair}"))
    assert len(await read(desk.curator, "?who=cli&group=settings")) == 2
    assert len(await read(desk.curator, "?who=cli&at_from=2026-09-17")) == 1
    assert len(await read(desk.curator, "?who=cli&at_to=2026-09-17&group=settings")) == 1


@pytest.mark.parametrize(
    "query",
    ["?person=x", "?pair=-1", "?who=user:", "?who=drop", "?at_from=2026-99-99", "?at_to=0001-01-01", "?group=xx",
     "?page=0", "?looks=all", "?at_from=9999-12-31", f"?person={10**30}"],
)  # fmt: skip
async def test_what_cannot_be_read_narrows_nothing(desk: Desk, query: str) -> None:
    assert await read(desk.curator, query)


async def test_asking_for_a_person_does_not_tell_the_director_who_called_for_help(desk: Desk) -> None:
    async with desk.work() as work:
        await journal.note(work.by(f"person:{desk.mentee}"), "pair.paused", f"pair:{desk.pair}")
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    for query in (f"?person={desk.mentee}", f"?who=person:{desk.mentee}"):
        assert any("на паузе" in line for line in await read(desk.curator, query))
        assert not any("на паузе" in line for line in await read(director, query))
    assert any("на паузе" in line for line in await read(director))


async def test_whose_data_were_erased_has_no_name_in_the_journal(desk: Desk, database: Database) -> None:
    async with desk.work() as work:
        await journal.note(work.by(f"person:{desk.mentee}"), "goal.named", f"pair:{desk.pair}")
        await erasure.erase(work, desk.mentee, Basis.CURATOR)
    found = await read(desk.curator, f"?person={desk.mentee}")
    assert found
    assert not any("Котова" in line for line in found)
    assert any(f"данные удалены (№ {desk.mentee})" in line for line in found)


async def test_opening_a_card_is_noted_once_an_hour_for_each_reader(
    desk: Desk, database: Database, clock: Clock
) -> None:
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    path = f"/people/{desk.mentee}"
    for browser in (desk.curator, desk.curator, director):
        assert (await browser.get(path)).status_code == 200
    noted = await rows(database, JournalEntry, action="person.opened")
    assert [one.subject for one in noted] == [f"person:{desk.mentee}"] * 2  # type: ignore[attr-defined]
    assert len({one.actor for one in noted}) == 2  # type: ignore[attr-defined]
    clock.forward(timedelta(hours=1, minutes=1))
    await desk.curator.get(path)
    assert len(await rows(database, JournalEntry, action="person.opened")) == 3
    looks = await read(desk.curator, f"?person={desk.mentee}&looks=only")
    assert len(looks) == 3
    assert not any("открыта карточка" in line for line in await read(desk.curator, "?looks=without"))


async def test_a_look_that_is_refused_is_none(desk: Desk, database: Database) -> None:
    teacher = await desk.browsers.of(StaffRole.CLASS_TEACHER, class_name="1А")
    assert (await teacher.get(f"/people/{desk.mentee}")).status_code == 404
    assert await rows(database, JournalEntry, action="person.opened") == []


async def test_the_page_ends_with_what_to_write_down(desk: Desk, database: Database) -> None:
    last = (await rows(database, JournalEntry))[-1]
    answer = await desk.curator.get("/journal")
    assert f"{last.number}:{last.hash[:16]}" in answer.text  # type: ignore[attr-defined]


async def test_lines_of_another_school_are_none_of_ours(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    async with database.transaction() as session:
        held = await session.merge(other_school, load=False)
        await journal.note(Work(session, held, browsers.now, "cli"), "roster.undone", "person:1")
    curator = await browsers.of()
    for query in ("", "?person=1", "?who=cli", "?group=roster"):
        assert not any("отменена" in line for line in lines_of((await curator.get(f"/journal{query}")).text))


async def test_its_file_is_what_is_on_the_screen_and_says_that_it_names_people(desk: Desk) -> None:
    answer = await desk.curator.post(f"/journal/file?person={desk.mentee}&looks=without")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert "Содержит персональные данные" in sheet.oddFooter.left.text
    said = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "Записи об участнике и его действиях: Котова" in said
    assert "Что показать: только изменения" in said
    _, count = await some_lines(desk, Wanted(person=desk.mentee, looks=False))
    assert f"Журнал ({count})" in said
    assert "список скачан" in (await desk.curator.get("/journal?group=table")).text


async def test_more_lines_than_a_file_can_hold_are_asked_for_by_days(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST", 1)
    answer = await desk.curator.post("/journal/file")
    assert answer.status_code == 409
    assert "Выберите дни" in answer.text


async def test_the_count_of_every_narrowing_is_the_count_of_its_lines(desk: Desk) -> None:
    async with desk.work() as work:
        for action in (
            "help.asked",
            "care.taken",
            "pair.paused",
            "person.opened",
            "copy.made",
            "worry.found",
        ):
            for by in ("cli", f"person:{desk.mentee}"):
                told = {"sign": "silent"} if action == "worry.found" else {}
                await journal.note(work.by(by), action, f"pair:{desk.pair}", after=told)
    narrowings = [
        Wanted(**parts)
        for parts in (
            {}, {"group": "pair"}, {"group": "help"}, {"looks": True}, {"looks": False}, {"actor": "cli"},
            {"actor": f"person:{desk.mentee}"}, {"pair": desk.pair}, {"group": "person", "looks": True},
            {"actor": "cli", "looks": False}, {"since": desk.browsers.now - timedelta(days=1)},
            {"before": desk.browsers.now - timedelta(days=1)}, {"since": desk.browsers.now, "group": "copy"},
        )
    ]  # fmt: skip
    for role in (StaffRole.CURATOR, StaffRole.DIRECTOR, StaffRole.AUDITOR):
        for wanted in narrowings:
            lines, count = await some_lines(desk, wanted, role, most=None)
            assert len(lines) == count, (role, wanted)
        newest, oldest = [await some_lines(desk, Wanted(), role, most=3, oldest=one) for one in (False, True)]
        assert newest[0][0].number > oldest[0][0].number


async def some_lines(
    desk: Desk, wanted: Wanted, role: StaffRole = StaffRole.CURATOR, **parts: Any
) -> tuple[Sequence[JournalEntry], int]:
    async with desk.work() as work:
        return await journal_lines.some(
            work.session, work.school.id, early_warning.reach(role), wanted, **parts
        )
