"""Importing the school's lists: the preview writes nothing, the import writes once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from actions import roster
from actions.recognition import Kind
from actions.roster import Counts, Preview
from actions.work import Work
from program.errors import Refusal
from program.roles import Category, PersonState
from storage.tables import JournalEntry, Person, School
from tests import build
from tests.actions.files import xlsx

HEADER = ["№", "Ф.И.О. обучающегося", "Класс", "Дата рождения", "Телефон", "Тел. родителя", "Примечание"]


def pupil(number: int, name: str, grade: str = "8А", born: Any = "", phone: Any = "") -> list[Any]:
    return [number, name, grade, born, phone, 89000000099, "болел"]


async def shown(work: Work, *rows: list[Any], **more: Any) -> Preview:
    file = xlsx(("Лист1", [["Список обучающихся"], [], HEADER, *rows]))
    return await roster.read(work, "список.xlsx", file, **more)


async def people(work: Work) -> list[Person]:
    statement = select(Person).where(Person.school_id == work.school.id).order_by(Person.id)
    return list(await work.session.scalars(statement.execution_options(populate_existing=True)))


async def test_a_preview_says_everything_and_writes_nothing(work: Work) -> None:
    preview = await shown(
        work,
        pupil(1, "Ромашкина  Алиса Павловна", "8 A", date(2012, 3, 5), 89001234567.0),
        pupil(2, "Подсолнухов Тимур", "8-а", "05.03.12", "8(900)123-45-6"),
        pupil(3, "=1+1", "8А"),
        pupil(4, "Ландышева Вера", "8«А»", "01.01.2030"),
        ["", "Итого: 4"],
    )
    assert await people(work) == []
    assert preview.counts == Counts(new=2, changed=0, same=0, refused=2, skipped=1, missing=0)
    assert [(row.draft.row, row.draft.shown) for row in preview.of(Kind.NEW)] == [
        (4, "Ромашкина Алиса Павловна"),
        (5, "Подсолнухов Тимур"),
    ]
    assert [(row.draft.row, [reason.id for reason in row.reasons]) for row in preview.of(Kind.REFUSED)] == [
        (6, ["roster-name-code"]),
        (7, ["roster-born-future"]),
    ]
    assert [reason.id for reason in preview.of(Kind.NEW)[1].reasons] == ["roster-phone-unclear"]
    assert [note.id for note in preview.notes] == ["roster-column-guardian"]


async def test_people_come_in_as_invited_with_what_the_list_says(work: Work) -> None:
    preview = await shown(work, pupil(1, "Ромашкина Алиса Павловна", "8 A", date(2012, 3, 5), 89001234567.0))
    await roster.apply(work, preview)
    alice = (await people(work))[0]
    assert (alice.full_name, alice.class_name, alice.birth_date) == (
        "Ромашкина Алиса Павловна",
        "8А",
        date(2012, 3, 5),
    )
    assert (alice.phone, alice.state, alice.category) == ("+79001234567", PersonState.INVITED, Category.PUPIL)
    assert alice.created_at == work.now


async def test_nothing_about_parents_is_kept(work: Work) -> None:
    await roster.apply(work, await shown(work, pupil(1, "Ромашкина Алиса")))
    alice = (await people(work))[0]
    stored = " ".join(str(getattr(alice, column.key)) for column in Person.__table__.columns)
    assert "0000099" not in stored
    assert "болел" not in stored


async def test_the_second_import_of_a_list_changes_nothing(work: Work) -> None:
    rows = [pupil(1, "Ёлкина Алиса", "8А", "05.03.2012"), pupil(2, "Ландышева Вера")]
    await roster.apply(work, await shown(work, *rows))
    again = await shown(work, pupil(1, "Елкина АЛИСА", "8а", "05.03.12"), pupil(2, "Ландышева  Вера"))
    assert again.counts == Counts(new=0, changed=0, same=2, refused=0, skipped=0, missing=0)


async def test_two_curators_who_import_one_list_add_nobody_twice(work: Work) -> None:
    first, second = [await shown(work, pupil(1, "Ромашкина Алиса")) for _ in range(2)]
    assert (await roster.apply(work, first)).new == 1
    assert (await roster.apply(work, second)).new == 0
    assert len(await people(work)) == 1


async def test_a_pupil_who_moved_up_is_recognised_by_the_birth_date(work: Work) -> None:
    await roster.apply(work, await shown(work, pupil(1, "Ромашкина Алиса", "8А", "05.03.2012")))
    preview = await shown(work, pupil(1, "Ромашкина Алиса Павловна", "9А", "05.03.2012", "89001234567"))
    assert preview.of(Kind.CHANGED)[0].changes == {
        "middle_name": ("", "Павловна"),
        "class_name": ("8А", "9А"),
        "phone": ("", "+79001234567"),
    }
    assert await roster.apply(work, preview) == Counts(0, 1, 0, 0, 0, 0)
    assert [(p.class_name, p.phone) for p in await people(work)] == [("9А", "+79001234567")]


async def test_an_empty_cell_erases_nothing(work: Work) -> None:
    await roster.apply(
        work, await shown(work, pupil(1, "Ромашкина Алиса", "8А", "05.03.2012", "89001234567"))
    )
    assert (await shown(work, pupil(1, "Ромашкина Алиса"))).counts.same == 1


async def test_namesakes_with_other_birth_dates_are_two_people(work: Work) -> None:
    await roster.apply(work, await shown(work, pupil(1, "Ромашкина Алиса", "8А", "05.03.2012")))
    preview = await shown(work, pupil(1, "Ромашкина Алиса", "8А", "06.03.2012"))
    assert (preview.counts.new, preview.counts.missing) == (1, 1)


async def test_a_namesake_in_another_class_is_new_and_said(work: Work) -> None:
    await roster.apply(work, await shown(work, pupil(1, "Ромашкина Алиса", "8А")))
    row = (await shown(work, pupil(1, "Ромашкина Алиса", "9Б"))).rows[0]
    assert (row.kind, [reason.id for reason in row.reasons]) == (
        Kind.NEW,
        ["roster-born-empty", "roster-namesake"],
    )


async def test_people_whom_the_list_lacks_are_counted_and_stay(work: Work) -> None:
    await roster.apply(work, await shown(work, pupil(1, "Ромашкина Алиса"), pupil(2, "Ландышева Вера")))
    preview = await shown(work, pupil(1, "Ромашкина Алиса"))
    assert preview.counts.missing == 1
    await roster.apply(work, preview)
    assert len(await people(work)) == 2


async def test_what_a_person_said_of_themselves_is_not_overwritten(work: Work) -> None:
    joined = build.person(work.school, "Алиса", "Ромашкина", phone="+79000000001")
    work.session.add(joined)
    await work.session.flush()
    preview = await shown(work, pupil(1, "Ромашкина Алиса", "9А", date(2012, 3, 5), "89001234567"))
    assert preview.rows[0].changes == {"class_name": ("8А", "9А")}


async def test_a_person_who_took_the_consent_back_stays_as_they_are(work: Work) -> None:
    work.session.add(build.person(work.school, "Алиса", "Ромашкина", state=PersonState.FROZEN))
    await work.session.flush()
    preview = await shown(work, pupil(1, "Ромашкина Алиса", "8А", date(2012, 3, 5), "89001234567"))
    assert [reason.id for reason in preview.rows[0].reasons] == ["roster-frozen"]
    await roster.apply(work, preview)
    assert [person.phone for person in await people(work)] == [""]


async def test_another_school_is_another_list(work: Work) -> None:
    other = School(slug="b", name="Б", timezone=build.ZONE, created_at=work.now)
    work.session.add(other)
    await work.session.flush()
    work.session.add(build.person(other, "Алиса", "Ромашкина"))
    await work.session.flush()
    assert (await shown(work, pupil(1, "Ромашкина Алиса", "8А", "05.03.2012"))).counts == Counts(
        1, 0, 0, 0, 0, 0
    )


async def test_a_list_of_names_alone_waits_for_a_category(work: Work) -> None:
    file = "ФИО;Телефон\r\nЛандышева Вера;8 900 123-45-67\r\n".encode("cp1251")
    preview = await roster.read(work, "list.csv", file)
    assert [reason.id for reason in preview.rows[0].reasons] == ["roster-no-category"]
    assert (await roster.read(work, "list.csv", file, Category.TEACHER)).counts.new == 1
    assert (await roster.apply(work, preview, Category.TEACHER)).new == 1
    assert [(p.category, p.phone) for p in await people(work)] == [(Category.TEACHER, "+79001234567")]


async def test_teachers_come_with_post_and_the_year_they_began(work: Work) -> None:
    file = xlsx(("Педагоги", [["ФИО", "Должность", "Стаж"], ["Ландышева Вера Олеговна", "учитель", 2]]))
    await roster.apply(work, await roster.read(work, "т.xlsx", file))
    vera = (await people(work))[0]
    assert (vera.category, vera.position, vera.teaching_since, vera.class_name) == (
        Category.TEACHER,
        "учитель",
        2024,
        "",
    )


async def test_sheets_by_class_are_one_list(work: Work) -> None:
    header, alice = ["ФИО", "Дата рождения"], ["Ромашкина Алиса", "05.03.2012"]
    file = xlsx(("8А", [header, alice]), ("8Б", [header, ["Ландышева Вера", ""], alice]), ("Итоги", [["x"]]))
    preview = await roster.read(work, "все.xlsx", file)
    assert [(row.draft.sheet, row.draft.class_name, row.kind) for row in preview.rows] == [
        ("8А", "8А", Kind.NEW),
        ("8Б", "8Б", Kind.NEW),
        ("8Б", "8Б", Kind.REFUSED),
    ]


async def test_a_file_without_known_columns_is_refused(work: Work) -> None:
    with pytest.raises(Refusal) as refused:
        await roster.read(work, "list.csv", "Дата;Тема\r\n01.09.2026;Урок\r\n".encode())
    assert refused.value.text.id == "roster-no-header"
    with pytest.raises(Refusal) as refused:
        await roster.read(work, "list.csv", "ФИО;Класс\r\n".encode())
    assert refused.value.text.id == "roster-no-people"


async def test_the_journal_holds_counts_and_no_names(work: Work) -> None:
    await roster.apply(work, await shown(work, pupil(1, "Ромашкина Алиса")))
    entry = await work.session.scalar(select(JournalEntry))
    assert entry is not None
    assert (entry.action, entry.after) == (
        "roster.imported",
        {"new": 1, "changed": 0, "same": 0, "refused": 0, "skipped": 0, "missing": 0, "left": 0},
    )


async def test_ten_thousand_people_come_in_at_once(work: Work) -> None:
    letters = "абвгдежзиклмнопрстуф"
    rows = [
        pupil(
            n,
            f"Ромашкин{letters[n // 400]}{letters[n // 20 % 20]} Алис{letters[n % 20]} Павловна",
            f"{n % 11 + 1}А",
        )
        for n in range(8_000)
    ]
    rows += [pupil(n, "Васильков" + row[1], row[2]) for n, row in enumerate(rows[:2_000])]
    preview = await shown(work, *rows)
    counts = await roster.apply(work, preview)
    assert (counts.new, counts.refused) == (10_000, 0)
    assert await work.session.scalar(select(func.count()).select_from(Person)) == 10_000


async def test_the_sample_loads_without_a_question(work: Work, tmp_path: Path) -> None:
    assert roster.sample() == roster.sample()
    preview = await roster.read(work, roster.SAMPLE_NAME, roster.sample())
    assert preview.counts == Counts(len(roster.SAMPLE_ROWS), 0, 0, 0, 0, 0)
    assert {row.draft.category for row in preview.rows} == {Category.PUPIL, Category.TEACHER}
    assert openpyxl.load_workbook(io.BytesIO(roster.sample())).active.freeze_panes == "C2"
