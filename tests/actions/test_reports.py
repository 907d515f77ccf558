"""Reports: the published numbers of seed 000, titles of the federal forms, privacy, safety of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import consents, questionnaires, reports
from actions.reports import coverage, mentees, mentors
from actions.work import Work
from actions.workbook import Page, clean, workbook
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.roles import Category, PersonState, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from storage.tables import Guardianship, JournalEntry, Meeting, Participation, Person
from tests import build
from tests.actions.files import opened, table
from tests.actions.season import YEAR, Season, seed_000


async def made(work: Work, name: str) -> bytes:
    return (await reports.make(work, name, YEAR))[1]


def words(data: bytes) -> str:
    return "\n".join(
        str(value)
        for sheet in opened(data)
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )


async def pupil_in_base(work: Work, side: Side = Side.MENTEE, **values: Any) -> tuple[Season, Participation]:
    season = Season(work)
    person = build.person(work.school, "Алиса", "Ромашкина", **values)
    work.session.add(person)
    await work.session.flush()
    return season, (await season.places([person], side, "uch_uch"))[0]


async def test_coverage_gives_the_published_numbers(work: Work) -> None:
    await seed_000(work)
    data = await made(work, "coverage")

    assert table(data, "Т1 Базы", "База")[1:] == [
        ["База наставников", "Ученик – ученик", "учащиеся", 11, 11],
        ["База наставников", "Учитель – учитель", "учителя", 4, 4],
        ["База наставников", "Учитель – ученик", "учителя", 11, 11],
        ["База наставников", "Всего", None, 26, 26],
        ["База наставляемых", "Ученик – ученик", "учащиеся", 57, 57],
        ["База наставляемых", "Учитель – учитель", "учителя", 4, 4],
        ["База наставляемых", "Учитель – ученик", "учащиеся", 37, 37],
        ["База наставляемых", "Всего", None, 98, 61],
    ]
    head, pupils = table(data, "Т2 Обучающиеся", "Учебный год")
    assert tuple(head) == coverage.T2
    assert [pupils[i] for i in (0, 1, 2, 4, 6)] == [YEAR, 583, 68, 57, 11]
    assert [round(pupils[i] * 100, 1) for i in (3, 5, 7)] == [11.7, 9.8, 1.9]
    teachers = table(data, "Т3 Педагоги", "Учебный год")[1]
    assert [teachers[i] for i in (1, 2, 4, 6)] == [51, 19, 4, 15]
    assert [round(teachers[i] * 100, 1) for i in (3, 5, 7)] == [37.3, 7.8, 29.4]


async def test_role_models_are_counted_in_pairs_and_groups(work: Work) -> None:
    await seed_000(work)
    rows = table(await made(work, "coverage"), "Т4 Формы и модели", "Форма наставничества")[1:]
    assert {row[1]: tuple(row[2:4]) for row in rows[:-1]} == {
        "Лидер – тихоня": (1, 0),
        "Наставник – подопечный": (4, 0),
        "«Мастер-класс»": (0, 1),
        "Равный – равному": (0, 1),
        "«Волонтёрский отряд наставников»": (0, 1),
        "Опытный педагог – молодой специалист": (4, 0),
        "Учитель – неуспевающий ученик": (5, 0),
        "Учитель – одарённый ребёнок": (23, 2),
        "Учитель – «особенный» ребёнок": (2, 0),
    }
    assert rows[-1] == ["Всего", None, 39, 5, 26, 61]


async def test_the_coverage_names_nobody_and_states_its_rules(work: Work) -> None:
    await seed_000(work)
    data = await made(work, "coverage")
    said = words(data)
    assert "Ромашкин" not in said
    assert "Противоречий нет" in said
    assert said.count("Правило подсчёта: люди") == 3
    assert opened(data).sheetnames[-1] == "Правила подсчёта"
    assert "персональные" not in (opened(data)["Т2 Обучающиеся"].oddFooter.left.text or "")


async def test_who_works_in_a_pair_but_stands_in_no_base_is_a_contradiction(work: Work) -> None:
    season = await seed_000(work)
    strays = await season.places(await season.people(2, Category.PUPIL), Side.MENTOR, "uch_uch")
    for stray in strays:
        stray.enrolled_at = None
    mentee = await season.places(await season.people(1, Category.PUPIL), Side.MENTEE, "uch_uch")
    await season.pair("uch_uch.ravny_ravnomu", strays, mentee)
    said = words(await made(work, "coverage"))
    assert "ПРОТИВОРЕЧИЕ: в программу вошли 2 человека, которых нет в базах" in said


async def test_totals_that_cannot_be_true_are_a_contradiction(work: Work) -> None:
    await seed_000(work)
    work.school.settings = {"pupils": 50}
    said = words(await made(work, "coverage"))
    assert "больше, чем всего в школе (50)" in said
    assert "Общая численность не указана" in said


async def test_last_year_stands_beside_this_one(work: Work) -> None:
    await seed_000(work)
    before = await Season(work).places(await Season(work).people(3, Category.PUPIL), Side.MENTEE, "uch_uch")
    for place in before:
        place.year = "2025-2026"
    await work.session.flush()
    rows = table(await made(work, "coverage"), "Т2 Обучающиеся", "Учебный год")[1:]
    assert [row[0] for row in rows] == [YEAR, "2025-2026", "К прошлому году"]
    assert [row[2] for row in rows] == [68, 3, 65]


@pytest.mark.parametrize(
    ("status", "held", "counted"),
    [
        (PairStatus.APPROVED, True, 0),
        (PairStatus.SUGGESTED, False, 0),
        (PairStatus.ACTIVE, False, 1),
        (PairStatus.COMPLETED, False, 1),
        (PairStatus.STOPPED, False, 0),
        (PairStatus.STOPPED, True, 1),
        (PairStatus.DECLINED, True, 0),
    ],
)
async def test_a_pair_counts_once_its_work_has_begun(
    work: Work, status: PairStatus, held: bool, counted: int
) -> None:
    season, mentee = await pupil_in_base(work)
    mentor = await season.places(await season.people(1, Category.PUPIL), Side.MENTOR, "uch_uch")
    pair = await season.pair("uch_uch.ravny_ravnomu", mentor, [mentee], status)
    if held:
        work.session.add(
            Meeting(
                school_id=work.school.id,
                pair_id=pair.id,
                kind=MeetingKind.M1,
                status=MeetingStatus.HELD,
                proposed_by=mentee.person_id,
                format=MeetingFormat.OFFLINE,
                uid="m",
                created_at=work.now,
            )
        )
        await work.session.flush()
    assert table(await made(work, "coverage"), "Т2 Обучающиеся", "Учебный год")[1][4] == counted


async def test_the_bases_have_the_columns_of_the_federal_form(work: Work) -> None:
    await seed_000(work)
    for name, module, width, rows in (("mentees", mentees, 13, 98), ("mentors", mentors, 16, 26)):
        found = table(await made(work, name))
        assert tuple(found[0]) == module.COLUMNS
        assert len(found[0]) == width
        assert [row[0] for row in found[1:]] == list(range(1, rows + 1))


async def test_the_municipality_gets_a_list_that_names_nobody(work: Work) -> None:
    await seed_000(work)
    for name, rows in (("mentees", 98), ("mentors", 26)):
        title, data = await reports.make(work, name, YEAR, ending=reports.NAMELESS)
        said = words(data)
        assert "без_персональных_данных" in title
        assert "Ромашкин" not in said
        assert "Школа № 1, " not in said
        head, *found = table(data)
        assert tuple(head) == reports.known(name).nameless
        assert len(found) == rows
        assert "персональные" not in opened(data).worksheets[0].oddFooter.left.text
        assert opened(data).worksheets[0]["A1"].value.endswith("без персональных данных")


async def test_a_mentee_stands_with_mentor_form_request_and_days(work: Work) -> None:
    season, place = await pupil_in_base(work, phone="+79001234567", birth_date=date(2012, 3, 5))
    older = build.person(work.school, "Тимур", "Подсолнухов", class_name="10Б")
    mother = build.person(work.school, "Ольга", "Ромашкина", category=Category.PARENT, phone="+79007654321")
    stranger = build.person(work.school, "Иван", "Чужой", category=Category.PARENT, phone="+79000000000")
    work.session.add_all([older, mother, stranger])
    await work.session.flush()
    for adult, confirmed in ((mother, work.now), (stranger, None)):
        work.session.add(
            Guardianship(
                school_id=work.school.id,
                guardian_id=adult.id,
                child_id=place.person_id,
                created_at=work.now,
                confirmed_at=confirmed,
            )
        )
    mentor = await season.places([older], Side.MENTOR, "uch_uch")
    pair = await season.pair("uch_uch.lider_tihonya", mentor, [place], PairStatus.COMPLETED)
    pair.closed_at, pair.result = work.now, "Сдан проект"
    await answered(work, place.person_id, "INT_ME_P", {"INT_ME_P.1": "Хочу собрать робота"})

    row = table(await made(work, "mentees"))[1]
    assert row[1:5] == [
        "Ромашкина Алиса",
        "+79001234567\nПредставитель: Ромашкина Ольга, +79007654321",
        2012,
        "Хочу собрать робота",
    ]
    assert row[5].date() == (work.now - timedelta(days=14)).date()
    assert row[6:9] == ["Подсолнухов Тимур", "Ученик – ученик", "Школа № 1, 10Б"]
    assert row[9].date() == work.now.date()
    assert row[10:] == ["Сдан проект", None, "пройдена"]
    assert "тихоня" not in words(await made(work, "mentees"))


async def test_a_mentor_stands_with_what_the_questionnaire_said(work: Work) -> None:
    _, place = await pupil_in_base(work, Side.MENTOR)
    await answered(
        work,
        place.person_id,
        "INT_MO",
        {"INT_MO.2": ["project", "talk"], "INT_MO.3": "Олимпиада", "INT_MO.6": 4},
    )
    row = table(await made(work, "mentors"))[1]
    assert row[3:6] == ["Школа № 1, 8А", "Проект, Просто поговорить", "Олимпиада"]
    assert row[8] == "4 ч в месяц"
    assert row[10:13] == [None, "Ученик – ученик", None]


async def answered(work: Work, person_id: int, code: str, answers: dict[str, Any]) -> None:
    """Keeps answers as rows: the whole questionnaire is somebody else's test."""
    from storage.tables import Answer, Response

    await questionnaires.publish_shipped(work)
    response = Response(
        school_id=work.school.id, person_id=person_id, code=code, version=1, finished_at=work.now
    )
    work.session.add(response)
    await work.session.flush()
    for question, value in answers.items():
        kind = {int: "number", str: "words", list: "choices"}[type(value)]
        work.session.add(
            Answer(school_id=work.school.id, response_id=response.id, question=question, **{kind: value})
        )
    await work.session.flush()


async def test_who_took_the_word_back_is_listed_nowhere_and_still_counted(work: Work) -> None:
    _, withdrawn = await pupil_in_base(work)
    withdrawn.status = ParticipationStatus.WITHDRAWN
    _, frozen = await pupil_in_base(work, state=PersonState.FROZEN)
    _, spoken = await pupil_in_base(work)
    person = await work.session.get(Person, spoken.person_id)
    assert person is not None
    await consents.say(
        work,
        person,
        ConsentKind.PD,
        ConsentEvent.WITHDRAWN,
        consenter=Consenter.GUARDIAN,
        giver=None,
        method=ConsentMethod.PAPER,
    )
    assert len(table(await made(work, "mentees"))) == 1
    assert table(await made(work, "coverage"), "Т2 Обучающиеся", "Учебный год")[1][2] == 3
    assert frozen.enrolled_at is not None


async def test_a_published_case_is_linked_only_with_the_consent_to_it(work: Work) -> None:
    _, place = await pupil_in_base(work, birth_date=date(2000, 1, 1))
    place.case_url = "https://school.example/case"
    assert table(await made(work, "mentees"))[1][11] is None
    person = await work.session.get(Person, place.person_id)
    assert person is not None
    await consents.say(
        work,
        person,
        ConsentKind.PUBLICATION,
        ConsentEvent.GIVEN,
        consenter=Consenter.SELF,
        giver=person,
        method=ConsentMethod.WEB_FORM,
    )
    assert table(await made(work, "mentees"))[1][11] == "https://school.example/case"


async def test_a_school_that_has_just_begun_gets_empty_tables(work: Work) -> None:
    for report in reports.REPORTS:
        said = words(await made(work, report.name))
        assert "Школа № 1" in said
    assert len(table(await made(work, "mentors"))) == 1
    assert table(await made(work, "coverage"), "Т3 Педагоги", "Учебный год")[1][1:7] == [51, 0, 0, 0, 0, 0]


async def test_another_school_and_another_year_stay_out(work: Work) -> None:
    await seed_000(work)
    other = build.school("other")
    work.session.add(other)
    await work.session.flush()
    assert len(table(await made(replace(work, school=other), "mentees"))) == 1
    assert len(table((await reports.make(work, "mentees", "2024-2025"))[1])) == 1


async def test_the_same_data_gives_the_same_bytes(work: Work) -> None:
    await seed_000(work)
    soon, later = (replace(work, now=work.now + timedelta(hours=hours)) for hours in (1, 3))
    for report in reports.REPORTS:
        assert await reports.make(soon, report.name) == await reports.make(later, report.name), report.name


async def test_the_file_says_what_it_is_and_the_journal_that_it_was_made(work: Work) -> None:
    name, data = await reports.make(work.by("cli"), "mentees")
    assert name == "База_наставляемых_2026-09-15.xlsx"
    said = words(data)
    for line in ("Школа № 1", "На 15.09.2026 · учебный год 2026-2027", "Сформировано: командная строка"):
        assert line in said
    entry = await work.session.scalar(select(JournalEntry))
    assert entry is not None
    assert (entry.actor, entry.action, entry.subject, entry.after) == (
        "cli",
        "report.made",
        "report:mentees",
        {"year": YEAR},
    )


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("grades", "", "report-unknown"),
        ("mentees", "2026", "report-year"),
        ("mentees", "2026-2028", "report-year"),
    ],
)
async def test_a_report_that_does_not_exist_is_refused(work: Work, name: str, year: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        await reports.make(work, name, year)


async def test_prints_on_a4_with_headings_on_each_page(work: Work) -> None:
    await seed_000(work)
    sheet = opened(await made(work, "mentees")).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "№")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:M{head + 98}"
    assert sheet.oddFooter.left.text == "Содержит персональные данные"
    assert sheet.cell(head, 1).font.bold
    assert sheet.cell(head, 1).fill.fgColor.rgb == "FFDCE6F1"


HOSTILE = (
    '=HYPERLINK("http://evil.example","нажми")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "https://evil.example",
    "\x00\x07\x1b[31m\ud800\ufffe",
    "справа\u202eналево",
    "А" * 40_000,
    "<script>alert(1)</script>&amp;",
)


def test_hostile_words_stay_words() -> None:
    data = workbook([Page("Лист", ("№", "Слова"), [(n, text) for n, text in enumerate(HOSTILE)])], build.NOW)
    sheet = opened(data).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.column == 2]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert [cell.value for cell in cells] == [clean(text) or None for text in HOSTILE]
    assert all(cell.quotePrefix for cell in cells[:6])
    assert len(cells[9].value) == 32_000


async def test_a_pupil_who_answers_with_a_formula_gets_no_formula_into_the_report(work: Work) -> None:
    _, place = await pupil_in_base(work)
    await answered(work, place.person_id, "INT_ME_P", {"INT_ME_P.1": HOSTILE[0]})
    book = opened(await made(work, "mentees"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert HOSTILE[0] in [cell.value for cell in cells]
