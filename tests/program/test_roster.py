"""A school's list as cells: header, columns, names, dates, what is wrong with a row."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import cells, roster
from program.cells import Cell, Unreadable
from program.roles import Category
from program.roster import Roster
from program.roster_columns import Field, meaning
from program.roster_draft import Draft

TODAY = date(2026, 9, 15)


def read(*rows: list[Cell], sheet: str = "") -> Roster:
    found = roster.read(rows, TODAY, sheet)
    assert found is not None
    return found


def one(header: list[Cell], row: list[Cell]) -> Draft:
    return read(header, row).drafts[0]


def problems(name: Cell, **more: Cell) -> list[str]:
    draft = one(["ФИО", "Класс", "Дата рождения"], [name, "8А", more.get("born", "05.03.2012")])
    return [problem.id for problem in draft.problems]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Ф.И.О. обучающегося", Field.FULL),
        ("Ф. И. О.", Field.FULL),
        ("Фамилия Имя Отчество", Field.FULL),
        ("Фамилия, имя", Field.FULL),
        ("ФИО учителя", Field.FULL),
        ("Фамилия", Field.LAST),
        ("имя", Field.FIRST),
        ("Класс", Field.CLASS),
        ("Дата рожд.", Field.BORN),
        ("Д/р", Field.BORN),
        ("Моб. телефон", Field.PHONE),
        ("Тел. родителя", Field.GUARDIAN),
        ("ФИО матери", Field.GUARDIAN),
        ("Адрес электронной почты", Field.EMAIL),
        ("E-mail", Field.EMAIL),
        ("Пол", Field.GENDER),
        ("Должность", Field.POSITION),
        ("Педагогический стаж", Field.SINCE),
        ("Классный руководитель", Field.SKIP),
        ("Примечание", Field.SKIP),
        ("№ п/п", Field.SKIP),
        ("СНИЛС", Field.SKIP),
        ("Группа здоровья", Field.SKIP),
    ],
)
def test_a_column_is_known_by_its_title(title: str, field: Field) -> None:
    assert meaning(title) is field


def test_finds_the_header_below_the_title_rows() -> None:
    found = read(
        ["МАОУ «Школа № 1»", "", ""],
        ["Список обучающихся", "", ""],
        ["", "", ""],
        ["№", "Ф.И.О. обучающегося", "Класс"],
        [1, "Ромашкина  Алиса Павловна", "8 A"],
    )
    assert found.header == 4
    assert [(d.row, d.shown, d.class_name, d.category) for d in found.drafts] == [
        (5, "Ромашкина Алиса Павловна", "8А", Category.PUPIL)
    ]


def test_a_list_without_names_has_no_header() -> None:
    assert roster.read([["Дата", "Тема"], ["01.09.2026", "Урок"]], TODAY) is None
    assert roster.read([[""]] * 15 + [["ФИО"], ["Ромашкина Алиса"]], TODAY) is None


@pytest.mark.parametrize("typed", ["8 A", "8-а", "8«А»", '8 "а" класс', "8А", " 8 а ", "8.А", "8 A кл."])
def test_a_class_is_written_one_way(typed: str) -> None:
    assert cells.class_name(typed) == "8А"


def test_a_class_without_a_letter_may_be_a_number() -> None:
    assert cells.class_name(9.0) == "9"
    assert cells.is_class("11Б")
    assert not cells.is_class("13А")


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("05.03.2012", date(2012, 3, 5)),
        ("05.03.12", date(2012, 3, 5)),
        ("5/3/2012", date(2012, 3, 5)),
        ("2012-03-05", date(2012, 3, 5)),
        ("2012-03-05 00:00:00", date(2012, 3, 5)),
        ("5 марта 2012 г.", date(2012, 3, 5)),
        (datetime(2012, 3, 5), date(2012, 3, 5)),
        (40973.0, date(2012, 3, 5)),
        ("40973", date(2012, 3, 5)),
        ("01.02.76", date(1976, 2, 1)),
        ("", None),
    ],
)
def test_reads_dates_as_schools_type_them(typed: Cell, born: date | None) -> None:
    assert cells.day(typed, TODAY) == born


@pytest.mark.parametrize("typed", ["03/25/2012", "31.02.2012", "вчера", "99999", "5 2012", "12"])
def test_never_swaps_day_and_month_to_make_a_date(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        cells.day(typed, TODAY)
    assert refused.value.text.id == "roster-born-unclear"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ромашкина Алиса Павловна", ("Ромашкина", "Алиса", "Павловна")),
        ("Ли Вера", ("Ли", "Вера", "")),
        ("Алиса Павловна Ромашкина", ("Ромашкина", "Алиса", "Павловна")),
        ("Мамедов Али Рашид оглы", ("Мамедов", "Али", "Рашид оглы")),
        ("Салтыкова-Щедрина Анна-Мария Ильинична", ("Салтыкова-Щедрина", "Анна-Мария", "Ильинична")),
        ("О’Коннор Патрик", ("О’Коннор", "Патрик", "")),
        ("Ром\u200bашкина\u202e Али\u00adса", ("Ромашкина", "Алиса", "")),
        ("Pомашкинa Алиcа", ("Ромашкина", "Алиса", "")),
        ("PAXOB Иван", ("РАХОВ", "Иван", "")),
        ("Smith John", ("Smith", "John", "")),
    ],
)
def test_a_full_name_becomes_its_parts(typed: str, name: tuple[str, str, str]) -> None:
    draft = one(["ФИО", "Класс"], [typed, "8А"])
    assert (draft.last_name, draft.first_name, draft.middle_name) == name
    assert draft.problems == ()


def test_names_in_columns_of_their_own() -> None:
    draft = one(["Фамилия", "Имя, отчество", "Класс"], ["Ромашкина", "Алиса Павловна", "8А"])
    assert (draft.last_name, draft.first_name, draft.middle_name) == ("Ромашкина", "Алиса", "Павловна")
    draft = one(["Фамилия", "Имя", "Отчество", "Класс"], ["Ли", "Вера", "—", "8А"])
    assert (draft.last_name, draft.first_name, draft.middle_name) == ("Ли", "Вера", "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "roster-name-missing"),
        ("Ромашкина", "roster-name-one-word"),
        ("Алиса Павловна", "roster-name-no-surname"),
        ("Ромашкина А. П.", "roster-name-initials"),
        ("Ромашкина А.П.", "roster-name-initials"),
        ("Ромашк1на Алиса", "roster-name-digits"),
        ('=HYPERLINK("http://x","y") Алиса', "roster-name-code"),
        ("+cmd|' /C calc'!A0 Алиса", "roster-name-code"),
        ("<b>Ромашкина</b> Алиса", "roster-name-code"),
        ("Ромашкина " + "А" * 500, "roster-name-long"),
        ("Рoмaшкинaz Алиса", "roster-name-letters"),
        ("Ромашкина (Котова) Алиса", "roster-name-letters"),
        ("😀 Алиса", "roster-name-letters"),
    ],
)
def test_a_name_that_cannot_be_used_keeps_the_row_out(typed: str, problem: str) -> None:
    assert problems(typed) == [problem]


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        ("05.03.2032", "roster-born-future"),
        ("05.03.1952", "roster-born-age"),
        ("05.25.2012", "roster-born-unclear"),
    ],
)
def test_a_birth_date_that_cannot_be_true_keeps_the_row_out(born: str, problem: str) -> None:
    assert problems("Ромашкина Алиса", born=born) == [problem]


def test_a_birth_date_is_one_of_the_age_that_such_a_person_has() -> None:
    """A pupil of a class is 5 to 21, whoever has a position is no child; a class that no school has is asked about."""
    header = ["ФИО", "Класс", "Должность", "Дата рождения"]
    for row, problem, warning in (
        (["Ромашкина Алиса", "8А", "", "05.03.1985"], ["roster-born-age"], []),
        (["Ромашкина Алиса", "", "учитель", "05.03.2018"], ["roster-born-age"], []),
        (["Ромашкина Алиса", "", "учитель", "05.03.1985"], [], []),
        (["Ромашкина Алиса", "15Ю", "", "05.03.2012"], [], ["roster-class-odd"]),
        (["Ромашкина Алиса", "8Ю", "", "05.03.2012"], [], []),
    ):
        draft = one(header, row)
        assert [said.id for said in draft.problems] == problem, row
        assert [said.id for said in draft.warnings] == warning, row


def test_a_missing_birth_date_is_said_and_lets_the_row_in() -> None:
    assert problems("Ромашкина Алиса", born="") == []
    draft = one(["ФИО", "Класс", "Год рождения"], ["Ромашкина Алиса", "8А", 2012])
    assert [w.id for w in draft.warnings] == ["roster-born-year"]


def test_rows_that_name_nobody_are_skipped_and_said() -> None:
    found = read(
        ["№", "ФИО", "Класс"],
        [1, 2, 3],
        ["", "8А класс", ""],
        [1, "Ромашкина Алиса", ""],
        ["", "", ""],
        ["№", "ФИО", "Класс"],
        [2, "Ландышев Пётр", "8Б"],
        [3, "", ""],
        ["", "Итого: 2", ""],
        ["", "", ""],
    )
    assert [(d.row, d.class_name) for d in found.drafts] == [(4, "8А"), (7, "8Б")]
    assert [(s.row, s.reason.id) for s in found.skipped] == [
        (2, "roster-skip-numbers"),
        (3, "roster-skip-section"),
        (5, "roster-skip-empty"),
        (6, "roster-skip-header"),
        (8, "roster-skip-empty"),
        (9, "roster-skip-total"),
    ]


def test_the_class_may_stand_in_the_title_only() -> None:
    found = read(["Список 8 «А» класса"], ["ФИО"], ["Ромашкина Алиса"])
    assert [(d.class_name, d.category) for d in found.drafts] == [("8А", Category.PUPIL)]
    assert [note.id for note in found.notes] == ["roster-class-from-title"]
    assert read(["Список 5-8 классов"], ["ФИО"], ["Ромашкина Алиса"]).drafts[0].class_name == ""
    assert read(["ФИО"], ["Ромашкина Алиса"], sheet="10Б").drafts[0].class_name == "10Б"


def test_teachers_are_known_by_their_post() -> None:
    found = read(
        ["ФИО", "Должность", "Стаж", "Категория"],
        ["Ландышева Вера Олеговна", "учитель математики", "3 года", "высшая"],
        ["Васильков Олег Ильич", "педагог-психолог", 2019, ""],
    )
    assert [(d.category, d.teaching_since) for d in found.drafts] == [
        (Category.TEACHER, 2023),
        (Category.TEACHER, 2019),
    ]


def test_data_of_parents_are_left_in_the_file() -> None:
    found = read(
        ["", "", "", "Родитель (законный представитель)", ""],
        ["№", "ФИО", "Класс", "ФИО", "Телефон"],
        [1, "Ромашкина Алиса", "8А", "Ромашкина Ольга", "89000000000"],
    )
    assert found.drafts[0].phone == ""
    assert found.drafts[0].shown == "Ромашкина Алиса"


def test_data_of_parents_under_a_group_title_are_left_in_the_file() -> None:
    found = read(
        ["", "Ученик", "", "Родитель (законный представитель)", ""],
        ["№", "ФИО", "Класс", "ФИО", "Телефон"],
        [1, "Ромашкина Алиса", "8А", "Ромашкина Ольга", "89000000000"],
    )
    assert found.drafts[0].phone == ""
    assert [note.id for note in found.notes] == ["roster-column-guardian"] * 2


def test_a_person_who_stands_twice_is_taken_once() -> None:
    found = read(
        ["ФИО", "Класс", "Дата рождения"],
        ["Ёлкина Алиса", "8А", "05.03.2012"],
        ["Елкина  АЛИСА", "8A", ""],
        ["Ёлкина Алиса", "8А", "06.03.2012"],
    )
    assert [[p.id for p in d.problems] for d in found.drafts] == [[], ["roster-twice"], []]
    assert found.drafts[1].problems[0].args["row"] == 2


CELL = st.one_of(
    st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.none()
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5))
def test_any_cells_at_all_are_read_or_refused(rows: list[list[Cell]]) -> None:
    found = roster.read([["ФИО", "Дата рождения", "Стаж"], *rows], TODAY)
    assert found is not None
    for draft in found.drafts:
        assert draft.problems or (draft.last_name and draft.first_name)
