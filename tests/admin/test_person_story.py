"""A person's whole story on one page, what is due now, correcting a card and the name in its cases."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import httpx2
import pytest
from sqlalchemy import event

from actions import questionnaires
from actions.naming import Case, in_case
from actions.work import Work
from program.next_steps import Due, Facts, steps
from program.outgoing import Kind, say
from program.roles import Side, StaffRole
from program.states import ParticipationStatus
from program.text import raw
from storage import outbox
from storage.database import Database
from storage.tables import Conversation, Person, School
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.build import participation
from tests.conftest import rows


@pytest.fixture
async def world(database: Database, school: School, now) -> World:
    return await furnish(database, school, now)


async def shown(browser: httpx2.AsyncClient, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def test_the_most_pressing_thing_stands_first() -> None:
    found = steps(
        Facts(help=True, guardians_waiting=1, consents=False, reached=False, unadmitted=(3,), stopped=(5,))
    )
    assert [one.due for one in found] == [Due.HELP, Due.GUARDIAN, Due.CONSENT, Due.LOST, Due.UNFINISHED]
    assert steps(Facts()) == []


def test_without_a_consent_nobody_is_asked_about_pairs() -> None:
    assert [one.due for one in steps(Facts(consents=False, searching=(1,), unadmitted=(2,)))] == [Due.CONSENT]
    assert [one.due for one in steps(Facts(searching=(1,)))] == [Due.PAIR]


async def test_the_story_stands_on_one_page(
    curator: httpx2.AsyncClient, world: World, database: Database, school: School, now
) -> None:
    async with database.transaction() as session:
        work = Work(session, school, now)
        one = await questionnaires.current(work, "MID")
        session.add(
            Conversation(
                person_id=world.mentee, school_id=school.id, flow="questionnaire", subject={"arg": "MID"},
                step=one.questions[2].id, turn=1, channel="web", started_at=now, updated_at=now,
            )
        )  # fmt: skip
        await outbox.put(
            session, school_id=school.id, key=f"questionnaire:PREF:{work.settings.year}:{world.mentee}",
            kind=Kind.NUDGE, priority=7, person_id=world.mentee, channel="web", address=str(world.mentee),
            body=say(raw("…")).to_json(), created_at=now, due_at=now,
        )  # fmt: skip
    page = await shown(curator, f"/people/{world.mentee}")
    order = [
        page.index(f'<section class="sheet" aria-labelledby="h-{name}"')
        for name in ("contacts", "due", "consents", "places", "answered", "pairs", "meetings", "messages")
    ]
    assert order == sorted(order)
    assert f"не закончена, вопрос 3 из {len(one.questions)}" in page
    assert "Анкета не закончена: остановка на вопросе 3." in page
    assert "ещё не начата, предложена 15 сентября" in page
    assert "Состоялось: 0. Впереди: 2." in page
    assert "на бумаге" in page
    assert "Олимпиада по биологии" in page
    assert "Просьба о помощи ещё открыта." in page
    assert 'href="#meetings"' in page


async def test_who_waits_for_a_consent_is_told_what_to_do(curator: httpx2.AsyncClient, world: World) -> None:
    page = await shown(curator, f"/people/{world.waiting}")
    due = page[page.index('id="h-due"') : page.index('id="h-consents"')]
    assert due.index("Подтвердите, что это родитель") < due.index("Нет обязательного согласия")
    assert f'href="/people/{world.waiting}/consent"' in due
    assert "Сообщения не доходят" in due
    assert "Не дошло: 1." in page


async def test_other_roles_see_their_part_of_the_story(browsers: Browsers, world: World) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    page = await shown(teacher, f"/people/{world.mentee}")
    for closed in ("Просьба о помощи", 'id="h-history"', 'id="h-won"', "всё хорошо", "Паре нужно внимание"):
        assert closed not in page
    assert f'href="/pairs/{world.active}"' not in page
    assert "Исправить" not in page
    director = await shown(await browsers.of(StaffRole.DIRECTOR), f"/people/{world.mentee}")
    assert "Просьба о помощи" not in director
    assert "help.asked" not in director
    for role in (StaffRole.PSYCHOLOGIST, StaffRole.AUDITOR, StaffRole.SYSADMIN):
        assert (await (await browsers.of(role)).get(f"/people/{world.mentee}")).status_code == 403


async def test_interviews_are_told_without_the_words_said_in_them(
    browsers: Browsers, world: World, database: Database
) -> None:
    from datetime import date

    from storage.tables import Interview

    mentor = world.mentor
    async with database.transaction() as session:
        session.add(
            Interview(
                school_id=world.school, person_id=mentor, held_on=date(2026, 9, 10), setting="person",
                marks={}, notes="тайные слова", risk="тайный риск", decision="admit",
                entered_at=browsers.now, entered_by="cli",
            )
        )  # fmt: skip
    page = await shown(await browsers.of(), f"/people/{mentor}")
    assert "Собеседование 10 сентября: допущен" in page
    assert "тайн" not in page
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="10Б")
    assert "Собеседование" not in await shown(teacher, f"/people/{mentor}")


async def test_a_long_story_takes_no_more_queries(
    curator: httpx2.AsyncClient, world: World, database: Database, school: School, now
) -> None:
    asked = 0

    def count(*_: object) -> None:
        nonlocal asked
        asked += 1

    engine = database._reader.sync_engine  # pages read by it
    event.listen(engine, "before_cursor_execute", count)
    try:
        await shown(curator, f"/people/{world.mentor}")
        few, asked = asked, 0
        async with database.transaction() as session:
            from program.states import MeetingStatus, PairStatus
            from storage.tables import Meeting
            from tests.build import pair, person

            mentor = await session.get(Person, world.mentor)
            assert mentor is not None
            for n in range(6):
                mentee = person(school, f"Имя{n}", "Длинная")
                session.add(mentee)
                await session.flush()
                places = [
                    participation(mentor, Side.MENTOR, year=f"202{n}-202{n + 1}"),
                    participation(mentee, Side.MENTEE),
                ]
                places[0].status = ParticipationStatus.FINISHED
                session.add_all(places)
                await session.flush()
                made = pair(*places, status=PairStatus.ACTIVE)
                session.add(made)
                await session.flush()
                for k in range(5):
                    session.add(
                        Meeting(
                            school_id=school.id, pair_id=made.id, kind="m1", status=MeetingStatus.HELD, proposed_by=mentor.id, format="offline",
                            starts_at=now - timedelta(days=k + 1), uid=f"{n}-{k}", created_at=now,
                        )
                    )  # fmt: skip
        asked = 0
        page = await shown(curator, f"/people/{world.mentor}")
        assert "Состоялось: 30." in page
        assert few > 5
        assert asked <= few + 2
    finally:
        event.remove(engine, "before_cursor_execute", count)


CARD = {
    "last_name": "Котова", "first_name": "Аня", "middle_name": "Сергеевна", "birth_date": "2012-03-05",
    "gender": "", "class_name": "8А", "position": "", "workplace": "", "phone": "8 900 000 00 01", "email": "",
}  # fmt: skip


async def test_a_card_is_corrected_and_the_journal_names_fields_not_words(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    form = CARD | {"last_name": "Коткова", "phone": "8 (900) 000-00-07", "class_name": "8Б"}
    answer = await curator.post(f"/people/{world.mentee}/edit", data=form)
    assert answer.status_code == 303
    (who,) = await rows(database, Person, id=world.mentee)
    assert (who.last_name, who.phone, who.class_name) == ("Коткова", "+79000000007", "8Б")
    from storage.tables import JournalEntry

    (line,) = await rows(database, JournalEntry, action="person.corrected")
    assert line.after == {"fields": ["class_name", "last_name", "phone"]}


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("phone", "12", "Такого номера не бывает"),
        ("email", "а@", "Проверьте адрес"),
        ("first_name", "", "Напишите имя"),
        ("birth_date", "2030-01-01", "Дата не подходит"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(
    curator: httpx2.AsyncClient, world: World, field: str, typed: str, word: str
) -> None:
    answer = await curator.post(f"/people/{world.mentee}/edit", data=CARD | {field: typed})
    assert answer.status_code == 422
    assert word in answer.text
    assert f'href="#{field}"' in answer.text
    if field != "phone":  # whatever else is wrong is said at the same time
        both = await curator.post(f"/people/{world.mentee}/edit", data=CARD | {field: typed, "phone": "12"})
        assert [f'href="#{one}"' in both.text for one in (field, "phone")] == [True, True]


async def test_a_corrected_case_wins_and_is_marked_until_the_name_changes(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    path = f"/people/{world.mentee}"
    assert "Кому: Котовой Ане Сергеевне" in await shown(curator, path)
    cases = {"case-dative": "Котовой Анечке Сергеевне", "case-genitive": "Котовой Ани Сергеевны"}
    await curator.post(f"{path}/edit", data=CARD | cases)
    page = await shown(curator, path)
    assert 'Кому: Котовой Анечке Сергеевне <span class="tag">исправлено' in page
    assert "Кого, для кого: Котовой Ани Сергеевны <span" not in page  # as proposed: nothing was corrected
    assert "Программа предлагает: Котовой Ане Сергеевне" in await shown(curator, f"{path}/edit")
    # The form of the old name is sent with another surname: the correction was not for it.
    await curator.post(f"{path}/edit", data=CARD | cases | {"last_name": "Мышкина"})
    (who,) = await rows(database, Person, id=world.mentee)
    assert in_case(who, Case.DATIVE) == "Мышкиной Ане Сергеевне"
    assert who.name_cases == {}


async def test_a_pairs_page_begins_with_how_they_are_doing(
    browsers: Browsers, world: World, database: Database, school: School, now
) -> None:
    from storage.tables import Answer, Goal, Response

    async with database.transaction() as session:
        session.add(
            Goal(
                school_id=school.id, pair_id=world.active, person_id=world.mentee, words="Сдать зачёт", at=now
            )
        )
        for who, code, question, mark in (
            (world.mentee, "FB_M", "FB_M.2", 8),
            (world.mentor, "FB_N", "FB_N.4", 3),
        ):
            filled = Response(
                school_id=school.id, person_id=who, code=code, version=1, about=f"meeting:{world.meeting}",
                finished_at=now,
            )  # fmt: skip
            filled.answers = [Answer(school_id=school.id, question=question, number=mark)]
            session.add(filled)
    page = await shown(await browsers.of(), f"/pairs/{world.active}")
    now_part = page[page.index('id="now"') : page.index('id="h-who"')]
    assert "Сдать зачёт" in now_part
    assert "Состоялось: 0. Впереди: 2." in now_part
    assert "Котова Аня Сергеевна: последняя оценка встречи – 8 из 10" in now_part
    assert "Ветров Олег: последняя оценка участия подопечного – 3 из 10" in now_part
    director = await shown(await browsers.of(StaffRole.DIRECTOR), f"/pairs/{world.active}")
    assert "последняя оценка" not in director
    assert "Сдать зачёт" in director
