"""Somebody without a messenger: the paper application and the paper questionnaire, typed in by the school."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx2
import pytest

from program.consents import ConsentMethod
from program.instruments import QuestionKind
from program.instruments_reading import shipped
from program.roles import Category, PersonState, StaffRole
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import Answer, Consent, Guardianship, JournalEntry, Participation, Person, Response
from tests.admin.conftest import Browsers
from tests.build import person
from tests.conftest import rows

PAPER: dict[str, Any] = {
    "last_name": "Рыжов", "first_name": "Костя", "middle_name": "", "class_name": "8 a",
    "born": "2012-11-03", "place": "mentee:uch_uch", "kinds": ["pd", "participation"],
    "signed_on": "2026-09-10", "number": "17", "signed_self": [],
    "guardian_last": "Рыжова", "guardian_first": "Вера", "guardian_middle": "Олеговна",
    "relation": "mother", "guardian_born": "1985", "guardian_phone": "8 900 123-45-67",
}  # fmt: skip


async def some(database: Database, table: Any) -> list[Any]:
    return list(await rows(database, table))


async def test_a_pupil_without_a_messenger_is_in_the_base_after_one_page(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    done = await curator.post("/paper", data=PAPER)
    assert done.headers["location"].endswith("?done=paper-entered")
    child, mother = await some(database, Person)
    assert (child.full_name, child.class_name, child.birth_date) == ("Рыжов Костя", "8А", date(2012, 11, 3))
    assert (child.state, mother.category, mother.phone) == (
        PersonState.ACTIVE,
        Category.PARENT,
        "+79001234567",
    )
    (bond,) = await some(database, Guardianship)
    assert (bond.guardian_id, bond.child_id, bond.relation) == (mother.id, child.id, "mother")
    assert bond.confirmed_by.startswith("user:")
    (place,) = await some(database, Participation)
    assert place.status == ParticipationStatus.IN_BASE
    lines = await some(database, Consent)
    assert {(one.kind, one.method, one.paper_number, one.given_by) for one in lines} == {
        (kind, ConsentMethod.PAPER, "№ 17 от 10.09.2026", mother.id) for kind in ("pd", "participation")
    }


async def test_a_pupil_of_the_list_is_recognised_and_a_second_paper_doubles_nobody(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        session.add(person(browsers.school, "Костя", "Рыжов", birth_date=None, state=PersonState.INVITED))
    for _ in range(2):
        assert (await curator.post("/paper", data=PAPER)).status_code == 303
    assert len(await some(database, Person)) == 2
    assert len(await some(database, Guardianship)) == 1
    assert len(await some(database, Participation)) == 1


async def test_a_class_teacher_enters_the_own_class_only(browsers: Browsers, database: Database) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8Б")
    assert "8Б" in (await teacher.get("/paper")).text
    assert (await teacher.post("/paper", data={**PAPER, "class_name": "8А"})).status_code == 303
    assert (await some(database, Person))[0].class_name == "8Б"


async def test_a_class_teacher_takes_no_pupil_of_another_class_by_a_paper(
    browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        session.add(person(browsers.school, "Костя", "Рыжов", birth_date=date(2012, 11, 3), class_name="8А"))
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8Б")
    answer = await teacher.post("/paper", data=PAPER)
    assert answer.status_code == 422
    assert "Это заявление внесёт куратор" in answer.text
    (child,) = await some(database, Person)
    assert child.class_name == "8А"
    assert await some(database, Consent) == []


async def test_an_adult_who_was_ended_is_brought_back_by_the_curators_paper_only(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    await curator.post("/paper", data=PAPER)
    child, mother = await some(database, Person)
    page = f"/people/{child.id}/guardians/{mother.id}"
    assert (await curator.post(f"{page}/end", data={"sure": "yes"})).status_code == 303
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    for browser in (teacher, curator):  # the button of a page that was opened before
        answer = await browser.post(page)
        assert answer.status_code == 409
        assert "Вернуть его может только куратор" in answer.text
    assert (await teacher.post("/paper", data=PAPER)).status_code == 422
    (bond,) = await some(database, Guardianship)
    assert bond.ended_at is not None
    assert bond.confirmed_at is None

    assert (await curator.post("/paper", data=PAPER)).status_code == 303
    (bond,) = await some(database, Guardianship)
    assert bond.ended_at is None
    assert bond.confirmed_at is not None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_name": ""}, "Впишите буквами"),
        ({"first_name": "=1+1"}, "формула"),
        ({"last_name": "Рыжoв2"}, "цифры"),
        ({"first_name": "К."}, "инициалы"),
        ({"last_name": "ы" * 150}, "длиннее"),
        ({"class_name": "восьмой"}, "Впишите класс так"),
        ({"born": "2031-01-01"}, "admin-field-date-odd"),
        ({"born": "1950-01-01"}, "Проверьте год"),
        ({"born": "вчера"}, "admin-field-date"),
        ({"signed_on": "2011-01-01"}, "раньше рождения"),
        ({"signed_on": "2031-01-01"}, "admin-field-date-odd"),
        ({"place": "mentor:nothing"}, "admin-field-choose"),
        ({"kinds": []}, "admin-paper-no-kind"),
        ({"guardian_last": "", "guardian_first": ""}, "кто из взрослых"),
        ({"guardian_last": "Рыжов", "guardian_first": "Костя", "guardian_middle": ""}, "записаны одинаково"),
        ({"guardian_phone": "12"}, "не читается"),
        ({"relation": "сосед"}, "admin-field-choose"),
        ({"guardian_born": ""}, "четырьмя цифрами"),
        ({"guardian_born": "85"}, "четырьмя цифрами"),
        ({"guardian_born": "2013"}, "похоже на опечатку"),
        ({"guardian_born": "2009"}, "только взрослый"),
        ({"guardian_born": "2009", "exception": "сестра"}, "только взрослый"),
        ({"guardian_born": "2000"}, "старше хотя бы на 14 лет"),
    ],
)
async def test_a_senseless_field_gets_a_sentence_and_nothing_is_half_written(
    curator: httpx2.AsyncClient, database: Database, wrong: dict[str, Any], said: str
) -> None:
    from locales import Texts

    answer = await curator.post("/paper", data={**PAPER, **wrong})
    assert answer.status_code == 422
    assert (Texts()(said) if said.startswith("admin-") else said) in answer.text
    assert "Костя" in answer.text or "first_name" in wrong, "what was typed stays"
    for table in (Person, Consent, Guardianship, Participation):
        assert await some(database, table) == []


async def test_an_elder_sister_who_is_the_guardian_by_law_is_confirmed_with_a_reason(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    why = "Сестра, опекун по решению"
    done = await curator.post("/paper", data={**PAPER, "guardian_born": "2003", "exception": why})
    assert done.status_code == 303
    (bond,) = await some(database, Guardianship)
    assert bond.confirmed_at is not None
    noted = [one for one in await some(database, JournalEntry) if one.action == "guardian.exception"]
    assert [one.after["reason"] for one in noted] == [why]


async def test_latin_letters_that_look_russian_are_put_right(
    curator: httpx2.AsyncClient, database: Database
) -> None:
    await curator.post("/paper", data={**PAPER, "last_name": "Pыжoв"})
    assert (await some(database, Person))[0].last_name == "Рыжов"


async def test_of_two_namesakes_without_birth_dates_nobody_is_guessed(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        for _ in range(2):
            session.add(person(browsers.school, "Костя", "Рыжов", birth_date=None))
    answer = await curator.post("/paper", data=PAPER)
    assert answer.status_code == 422
    assert "несколько людей" in answer.text
    assert await some(database, Consent) == []


def sheet() -> dict[str, Any]:
    """Every question of the pupils' questionnaire answered somehow."""
    (newest,) = [one for one in shipped() if one.code == "INT_ME_P"][-1:]
    typed: dict[str, Any] = {"code": newest.code}
    for question in newest.questions:
        match question.kind:
            case QuestionKind.SCALE10:
                typed[question.id] = "7"
            case QuestionKind.NUMBER:
                typed[question.id] = str(question.low_number)
            case QuestionKind.RANGE:
                typed[question.id] = f"{question.low_number}-{question.high_number}"
            case QuestionKind.DATE:
                typed[question.id] = "2026-09-01"
            case QuestionKind.TEXT:
                typed[question.id] = "=Рисую"
            case QuestionKind.MULTI:
                typed[question.id] = [question.options[0].code]
            case _:
                typed[question.id] = question.options[0].code
    return typed


async def test_a_paper_questionnaire_becomes_the_pupils_answers_once(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    await curator.post("/paper", data=PAPER)
    (child, _) = await some(database, Person)
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    path = f"/people/{child.id}/answers"
    assert "Анкета с бумаги" in (await teacher.get(path)).text
    empty = await teacher.post(path, data={"code": "INT_ME_P"})
    assert empty.status_code == 422
    assert await some(database, Response) == []
    assert (await teacher.post(path, data=sheet())).status_code == 303
    (response,) = await some(database, Response)
    assert (response.person_id, response.code) == (child.id, "INT_ME_P")
    assert "=Рисую" in {one.words for one in await some(database, Answer)}
    (place,) = await some(database, Participation)
    assert place.status == ParticipationStatus.SEARCHING
    entry = [one for one in await some(database, JournalEntry) if one.action == "person.answered-on-paper"]
    assert entry[0].after["method"] == "paper"
    assert entry[0].actor.startswith("user:")
    assert (await teacher.post(path, data=sheet())).status_code == 409
    assert len(await some(database, Response)) == 1


async def test_a_questionnaire_waits_for_the_consents(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        child = person(browsers.school)
        session.add(child)
    assert "когда есть все согласия" in (await curator.get(f"/people/{child.id}/answers")).text
    assert (await curator.post(f"/people/{child.id}/answers", data=sheet())).status_code == 409
