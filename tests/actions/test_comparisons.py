"""Summing up: pairs of answers, once, in cohorts; nothing can be subtracted from what was shown before."""

from __future__ import annotations

import io

import openpyxl
import pytest

from actions import comparison_file, comparisons, questionnaires
from actions.work import Work
from program.comparison import SATISFIED
from program.errors import Refusal
from program.hiding import ALL
from program.instruments import Value
from program.roles import Category, Side
from storage.tables import Person
from tests import build
from tests.pairs import papers

PUPILS, TEACHERS = "UCH_UCH_MENTEE", "UCHIT_UCHIT_MENTEE"


async def people(work: Work, count: int, form: str = "uch_uch", **values: object) -> list[Person]:
    found = [build.person(work.school, f"Ученик{n}", **values) for n in range(count)]  # type: ignore[arg-type]
    work.session.add_all(found)
    await work.session.flush()
    work.session.add_all([build.participation(one, Side.MENTEE, form) for one in found])
    work.session.add_all([paper for one in found for paper in papers(one)])
    await work.session.flush()
    return found


async def fill(work: Work, person: Person, code: str, **answers: Value) -> None:
    required: dict[str, Value] = {"C16": "no"}
    if code.startswith("POST_"):
        required |= {"C08": answers.get("C01", 5), "C15": "same"}
    if code.startswith("INT_ME_T"):
        required = {"INT_ME_T.10": "beginner", "INT_ME_T.13": "Уроки"}
    await questionnaires.save(work, person, code, 1, required | answers, round=work.settings.year)


async def test_the_same_people_are_compared_before_and_after(work: Work) -> None:
    for n, one in enumerate(await people(work, 7)):
        if n:
            await fill(work, one, f"PRE_{PUPILS}", C01=4, S04=8)
        await fill(work, one, f"POST_{PUPILS}", C01=8, S04=3)
    row = await comparisons.sum_up(work, Side.MENTEE)
    [summed] = await comparisons.made(work, Side.MENTEE)
    assert summed.row.id == row.id
    cell = summed.table.cells["C01"][ALL]
    assert (cell.people, cell.before, cell.after, cell.change, cell.up) == (6, 4.0, 8.0, 4.0, 6)
    assert summed.table.cells["S04"][ALL].change == 5.0  # calmer: 11 - 3 after 11 - 8
    assert summed.table.cells["C08"][ALL].people == 7
    assert summed.table.cells[SATISFIED][ALL].after == 100.0
    assert (summed.table.before, summed.table.after, summed.table.both) == (6, 7, 6)


async def test_a_table_is_made_once_and_nobody_is_in_two(work: Work) -> None:
    known = await people(work, 12)
    for one in known[:6]:
        await fill(work, one, f"POST_{PUPILS}", C01=8)
    first = await comparisons.sum_up(work, Side.MENTEE)
    kept = dict(first.body)
    for one in known[6:10]:
        await fill(work, one, f"POST_{PUPILS}", C01=1)
    assert await comparisons.waiting(work, Side.MENTEE) == 4
    with pytest.raises(Refusal, match="compare-few"):
        await comparisons.sum_up(work, Side.MENTEE)
    await fill(work, known[10], f"POST_{PUPILS}", C01=1)
    second = await comparisons.sum_up(work, Side.MENTEE)
    assert (first.number, second.number, len(second.responses)) == (1, 2, 5)
    assert not set(first.responses) & set(second.responses)
    assert first.body == kept
    assert await comparisons.waiting(work, Side.MENTEE) == 0


async def test_a_small_class_is_hidden_and_so_is_the_one_that_would_give_it_away(work: Work) -> None:
    for name, count in (("8А", 9), ("8Б", 6), ("9А", 2)):
        for one in await people(work, count, class_name=name):
            await fill(work, one, f"POST_{PUPILS}", C01=7)
    await comparisons.sum_up(work, Side.MENTEE)
    [summed] = await comparisons.made(work, Side.MENTEE)
    assert ("class", "8А", "") in summed.table.groups()
    assert ("class", "8Б", "") not in summed.table.groups()
    assert ("class", "9А", "") not in summed.table.groups()


async def test_teachers_are_compared_with_what_they_said_when_they_joined(work: Work) -> None:
    for one in await people(work, 5, "uchit_uchit", category=Category.TEACHER):
        await fill(work, one, "INT_ME_T", D1=9)
        await fill(work, one, f"POST_{TEACHERS}", D1=4, C01=6)
    await comparisons.sum_up(work, Side.MENTEE)
    [summed] = await comparisons.made(work, Side.MENTEE)
    assert (summed.table.cells["D1"][ALL].before, summed.table.cells["D1"][ALL].after) == (2.0, 7.0)


async def test_one_person_s_change_is_there_for_the_curator(work: Work) -> None:
    [one] = await people(work, 1)
    assert await comparisons.change_of(work, one.id) == {}
    await fill(work, one, f"PRE_{PUPILS}", C01=4)
    await fill(work, one, f"POST_{PUPILS}", C01=9)
    [found] = [c for c in (await comparisons.change_of(work, one.id))[Side.MENTEE] if c.question.id == "C01"]
    assert (found.before, found.after) == (4.0, 9.0)


async def test_the_workbook_holds_what_the_page_shows(work: Work) -> None:
    for one in await people(work, 6):
        await fill(work, one, f"PRE_{PUPILS}", C01=4)
        await fill(work, one, f"POST_{PUPILS}", C01=9)
    await comparisons.sum_up(work, Side.MENTEE)
    [summed] = await comparisons.made(work, Side.MENTEE)
    asked = await comparisons.questions(work, Side.MENTEE)
    names = {one: one[1] or "Все" for one in summed.table.groups()}
    name, data = comparison_file.file(work, Side.MENTEE, summed, asked, names)
    assert name == "До и после, наставляемые, 2026-2027, 1.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [[cell.value for cell in row] for row in book["Вопросы"].iter_rows()]
    row = next(one for one in cells if one[1] and str(one[1]).startswith("Насколько комфортно"))
    assert row[2:9] == [6, 4, 9, 5, 6, 0, 0]
    assert row[9] == "наблюдений мало"
