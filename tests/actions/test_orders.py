"""Lists of people stand as a Russian reader looks for them: «Ё» with «Е», class 5 before class 10."""

from __future__ import annotations

from actions import awards_reading, reports
from actions.work import Work
from program.channels import Channel
from program.names import class_order
from program.roles import PersonState, Side
from storage import awards as award_rows
from storage import lists, records
from storage.tables import IssuedPaper, Person
from tests import build
from tests.actions.files import table
from tests.actions.season import YEAR, Season

NAMES = ("Яковлева", "Ёлкина", "Абрамова")
IN_ORDER = ["Абрамова Алиса", "Ёлкина Алиса", "Яковлева Алиса"]
CLASSES = ("10А", "5Б", "11А", "5А", "9В")


async def mentees(work: Work, *people: Person) -> None:
    work.session.add_all(people)
    await work.session.flush()
    await Season(work).places(list(people), Side.MENTEE, "uch_uch")


async def test_a_base_is_in_the_order_of_the_alphabet(work: Work) -> None:
    await mentees(work, *(build.person(work.school, "Алиса", name) for name in NAMES))
    _, data = await reports.make(work, "mentees", YEAR)
    assert [row[1] for row in table(data)[1:]] == IN_ORDER


async def test_the_order_of_thanks_is_in_the_order_of_the_alphabet(work: Work) -> None:
    people = [build.person(work.school, "Алиса", name) for name in NAMES]
    await mentees(work, *people)
    for n, one in enumerate(people):
        work.session.add(
            IssuedPaper(
                school_id=work.school.id, year=YEAR, code="letter", serial=n, number=f"БП-{n}", on_day=work.today,
                person_id=one.id, at=work.now,
            )
        )  # fmt: skip
    await work.session.flush()
    rows = await awards_reading.for_order(work, work.today, work.today)
    assert [row["фио"] for row in rows] == IN_ORDER


async def test_classes_stand_by_their_number(work: Work) -> None:
    people = [
        build.person(work.school, "Лев", "Котов", class_name=name, state=PersonState.ACTIVE)
        for name in CLASSES
    ]
    await mentees(work, *people)
    in_order = ["5А", "5Б", "9В", "10А", "11А"]
    assert await award_rows.classes(work.session, work.school.id, YEAR) == in_order
    assert await lists.classes(work.session, work.school.id) == in_order
    for one in people:
        work.session.add(build.address(one, Channel.TELEGRAM, f"{one.id}", unreachable_since=work.now))
    await work.session.flush()
    lost = await records.lost(work.session, work.school.id)
    assert [one.class_name for one in lost] == in_order


def test_a_class_without_a_number_comes_last() -> None:
    assert sorted(["Лицей", "10А", "2Б"], key=class_order) == ["2Б", "10А", "Лицей"]
