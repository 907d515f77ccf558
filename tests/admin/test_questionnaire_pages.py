"""«Анкеты» and the cards of the staff as their readers see them; answers are only read."""

from __future__ import annotations

import html
import re

import httpx2
import pytest
from sqlalchemy import func, select, update

from actions import questionnaires
from actions.work import Work
from program.instruments import Value
from program.roles import StaffRole
from storage import schools, selection
from storage.database import Database
from storage.tables import (
    Answer,
    Asking,
    Instrument,
    InstrumentDraft,
    OutboxRow,
    Participation,
    Response,
    User,
)
from tests import build
from tests.admin.conftest import Browsers
from tests.admin.test_access import routes
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def answered(database: Database, browsers: Browsers, count: int) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        for n in range(count):
            person = build.person(work.school, f"Ученик{n}")
            session.add(person)
            await session.flush()
            given: dict[str, Value] = {"MID.1": 8, "MID.3": "few", "MID.8": f"Секрет {n}"}
            await questionnaires.save(work, person, "MID", 1, given, round="2026-2027")


async def test_no_route_changes_an_answer() -> None:
    """The only one that writes answers at all is a card of the staff's own."""
    writing = {name for name, method, path in routes() if method != "GET" and "questionnaires" in path}
    assert writing == {
        "quiz-new", "quiz-send", "quiz-remind", "quiz-close", "quiz-reopen", "quiz-file", "quizzes-file", "quiz-people-file", "quiz-edit-start",
        "quiz-head", "quiz-question-add", "quiz-question-save", "quiz-question-look", "quiz-question-move",
        "quiz-question-remove",
        "quiz-publish", "quiz-discard",
    }  # fmt: skip


async def test_nothing_that_the_curator_does_changes_an_answer(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    await answered(database, browsers, 2)
    before = [
        (a.id, a.number, a.words, a.choices) for a in await rows(database, Answer) if isinstance(a, Answer)
    ]
    for name, method, path in routes():
        if method == "POST" and name.startswith("quiz"):
            data = {"title": "Х", "text": "Х", "kind": "yes_no", "closes_on": "2026-09-20"}
            await curator.post(path.replace("{code}", "MID").replace("{number}", "1"), data=data)
    after = [
        (a.id, a.number, a.words, a.choices) for a in await rows(database, Answer) if isinstance(a, Answer)
    ]
    assert after == before


async def test_the_list_shows_what_is_alive_and_what_waits(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    await answered(database, browsers, 1)
    text = (await curator.get("/questionnaires")).text
    assert text.index("Анкета в середине года") < text.index("Ещё не отправляли:")
    assert "Экспресс-опрос" in text
    assert "SWOT" not in text


async def test_words_are_read_by_the_curator_and_small_groups_by_nobody(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    await answered(database, browsers, 4)
    text = (await curator.get("/questionnaires/MID")).text
    assert "Меньше 5 ответов: не показываем." in text
    assert "8,00" not in text
    assert "Секрет 3" in text
    await answered(database, browsers, 1)
    assert "8,00" in (await curator.get("/questionnaires/MID")).text
    director = await browsers.of(StaffRole.DIRECTOR)
    seen = (await director.get("/questionnaires/MID")).text
    assert "8,00" in seen
    assert "Секрет" not in seen
    assert "Напомнить тем" not in seen


async def test_the_curator_sends_to_an_audience_and_closes(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    wrong = await curator.post("/questionnaires/INT_E/send", data={"closes_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "не раньше сегодняшнего" in wrong.text
    sent = await curator.post(
        "/questionnaires/INT_E/send",
        data={"closes_on": "2026-09-25", "sides": "mentor"},
        follow_redirects=True,
    )
    assert "Анкета отправлена" in sent.text
    keys = [r.key for r in await rows(database, OutboxRow) if isinstance(r, OutboxRow)]
    assert [key for key in keys if key.startswith("questionnaire:INT_E:")]
    closed = await curator.post("/questionnaires/INT_E/close", follow_redirects=True)
    assert "Открыть снова" in closed.text
    assert len(await rows(database, Asking)) == 2


async def test_after_a_group_meeting_the_curator_ticks_who_was_there(
    database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    page = (await curator.get("/questionnaires/PREF?form=uch_uch")).text
    assert "Наставники, которые были" in page
    ids = [str(world.mentor), str(world.mentee)]
    data = {"form": "uch_uch", "forms": "uch_uch", "closes_on": "2026-09-25", "people": ids}
    sent = await curator.post("/questionnaires/PREF/send", data=data, follow_redirects=True)
    assert "Анкета отправлена" in sent.text
    one_side = await curator.post("/questionnaires/PREF/send", data=data | {"people": ids[:1]})
    assert "Отметьте и наставников, и наставляемых" in one_side.text


async def test_a_questionnaire_is_copied_edited_looked_at_and_published(
    database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    for title in (" ", "Ж" * 101):
        wrong = await curator.post("/questionnaires", data={"title": title, "of": "INT_E"})
        assert wrong.status_code == 422
        for words in (
            "<title>Ошибка:",
            'href="#title"',
            'value="INT_E" selected',
            f'value="{title.strip()}"',
        ):
            assert words in wrong.text, words
    made = await curator.post("/questionnaires", data={"title": "Как дела", "of": "INT_E"})
    assert made.headers["location"].endswith("/questionnaires/OWN_1/edit")
    await curator.post("/questionnaires/OWN_1/edit/add")
    draft = await curator.get("/questionnaires/OWN_1/edit")
    assert "У вопроса нет текста" in draft.text
    assert "Опубликовать версию" not in draft.text
    long = {"text": "Что нового?", "ty": "", "kind": "single", "options": "Да\n" + "Н" * 31}
    for options, said in (
        (long["options"], "длиннее 30 знаков (сейчас 31)"),
        ("Да\nНет", "Помещается во все мессенджеры"),
    ):
        typed = await curator.post("/questionnaires/OWN_1/edit/3/look", data=long | {"options": options})
        assert (typed.status_code, said in typed.text, "<html" in typed.text) == (200, True, False)
    assert "У вопроса нет текста" in (await curator.post("/questionnaires/OWN_1/edit/3/look", data={})).text
    assert "У вопроса нет текста" in (await curator.get("/questionnaires/OWN_1/edit")).text, (
        "nothing is saved"
    )
    await curator.post("/questionnaires/OWN_1/edit/3", data=long)
    assert "длиннее 30 знаков (сейчас 31)" in (await curator.get("/questionnaires/OWN_1/edit")).text
    await curator.post(
        "/questionnaires/OWN_1/edit/3", data=long | {"options": "Да | Yes\nНет", "shown_if": "OWN_1.1=none"}
    )
    await curator.post("/questionnaires/OWN_1/edit/3/move", data={"way": "up"})
    await curator.post("/questionnaires/OWN_1/edit/3/remove", data={"sure": "yes"})
    await curator.post(
        "/questionnaires/OWN_1/edit/head", data={"title": "Как дела?", "minutes": "3", "audience": "mentee"}
    )
    chat = (await curator.get("/questionnaires/OWN_1/chat")).text
    assert chat.index("Что вам подходит?") < chat.index("Что нового?")
    assert "Что тебе подходит?" in (await curator.get("/questionnaires/OWN_1/chat?as_pupil=1")).text
    done = await curator.post("/questionnaires/OWN_1/publish", follow_redirects=True)
    assert "Новая версия опубликована" in done.text
    [row] = [r for r in await rows(database, Instrument, code="OWN_1") if isinstance(r, Instrument)]
    assert row.body["audience"] == "mentee"
    assert row.body["questions"][1]["shown_if"] == {"question": "OWN_1.1", "any_of": ["none"]}
    assert (await curator.get("/questionnaires/NONE")).status_code == 404
    assert (await curator.get("/questionnaires/OWN_1/edit/9")).status_code == 303


SCALE = {"kind": "scale10", "text": "Как дела?", "low": "плохо", "high": "хорошо"}


async def test_a_branch_on_a_mark_parts_and_uses_are_written_in_the_editor_and_shown_as_a_chat(
    database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    await curator.post("/questionnaires", data={"title": "Неделя", "of": ""})
    path = "/questionnaires/OWN_1/edit"
    first = SCALE | {"ty": "Как твои дела?", "low_ty": "плохо тебе", "reversed": "yes", "part": "Начало"}
    first |= {"short": "Дела", "short_en": "Life", "feeds": ["AX", "R1"]}
    assert (await curator.post(f"{path}/1", data=first)).status_code == 303
    await curator.post(f"{path}/add")
    second = {
        "kind": "text",
        "text": "Что мешает?",
        "reader": "curator",
        "limit": "300",
        "if_scale": "OWN_1.1",
    }
    for bounds, why in (
        ({"if_from": "8", "if_to": "4"}, "напишите числа от 1 до 10"),
        ({}, "выполняется всегда"),
        ({"if_to": "4", "shown_if": "OWN_1.9=yes"}, "только по одному из вопросов"),
    ):
        refused = await curator.post(f"{path}/2", data=second | bounds)
        assert refused.status_code == 422
        assert why in refused.text
    assert (await curator.post(f"{path}/2", data=second | {"if_to": "4"})).status_code == 303
    shown = (await curator.get(f"{path}/2")).text
    assert 'name="if_to" type="number" value="4"' in shown
    assert "обратная шкала" in (await curator.get(path)).text
    chat = (await curator.get("/questionnaires/OWN_1/chat?as_pupil=1")).text
    assert "если на вопрос 1 ответили от 1 до 4" in chat
    assert "Часть 1 из 1: Начало" in chat
    assert "плохо тебе" in chat
    await curator.post("/questionnaires/OWN_1/publish")
    [row] = [r for r in await rows(database, Instrument, code="OWN_1") if isinstance(r, Instrument)]
    scale, words = row.body["questions"]
    assert (scale["reversed"], scale["feeds"], scale["part"]) == (True, ["AX", "R1"], {"ru": "Начало"})
    assert scale["short"] == {"ru": "Дела", "en": "Life"}
    assert words["shown_if"] == {"question": "OWN_1.1", "at_most": 4}


async def test_saving_a_shipped_question_unchanged_loses_nothing_of_it(
    database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    """What the page shows comes back as it was, for every kind of question."""
    for code in ("INT_ME_P", "POST_UCH_UCH_MENTEE", "MID"):
        await curator.post(f"/questionnaires/{code}/edit")
        before = (await questionnaires_body(database, code))["questions"]
        for number in range(1, len(before) + 1):
            page = (await curator.get(f"/questionnaires/{code}/edit/{number}")).text
            saved = await curator.post(f"/questionnaires/{code}/edit/{number}", data=filled_form(page))
            assert saved.status_code == 303, (code, number, saved.text)
        assert (await questionnaires_body(database, code))["questions"] == before


async def questionnaires_body(database: Database, code: str) -> dict[str, object]:
    [draft] = await rows(database, InstrumentDraft, code=code)
    assert isinstance(draft, InstrumentDraft)
    return draft.body


def filled_form(page: str) -> dict[str, list[str]]:
    """What a browser would send of the last form of the page, nothing touched."""
    form = page[page.rindex('<form class="sheet prose"') :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input class="form-control[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form):
        found.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        found.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(r'type="checkbox"[^>]*name="([^"]+)" value="([^"]+)"[^>]* checked', form):
        found.setdefault(name, []).append(html.unescape(value))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found.setdefault(name, []).append(html.unescape(chosen[1]) if chosen else "")
    return found


async def test_another_school_s_questionnaire_does_not_exist(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, other_school: object, world: World
) -> None:
    await curator.post("/questionnaires", data={"title": "Только наша", "of": "INT_E"})
    await curator.post("/questionnaires/OWN_1/publish")
    theirs = await browsers.of(StaffRole.CURATOR, other_school)  # type: ignore[arg-type]
    assert "Только наша" not in (await theirs.get("/questionnaires")).text
    for path in ("", "/edit", "/chat"):
        assert (await theirs.get(f"/questionnaires/OWN_1{path}")).status_code == 404


async def test_a_class_teacher_fills_in_a_card_about_the_own_class_only(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER)
    assert "Карта наблюдения" in (await teacher.get("/staff-cards")).text
    chosen = (await teacher.get("/staff-cards/OBS")).text
    assert "Рыжов" in chosen
    assert "Ветров" not in chosen
    path = "/staff-cards/OBS"
    assert (await teacher.get(f"{path}?person={world.mentor}")).status_code == 404
    assert (await teacher.post(path, data={"person": world.mentor, "OBS.1": "5"})).status_code == 404
    wrong = await teacher.post(path, data={"person": world.waiting, "OBS.1": "7", "OBS.9": "9,9"})
    assert wrong.status_code == 422
    saved = await teacher.post(
        path, data={"person": world.waiting, "OBS.1": "7", "OBS.9": "4,25"}, follow_redirects=True
    )
    assert "Карта сохранена" in saved.text
    again = await teacher.post(path, data={"person": world.waiting, "OBS.1": "1"})
    assert again.status_code == 422
    assert "4,25" in (await curator.get(f"{path}?person={world.waiting}")).text
    async with database.reading() as session:
        assert await session.scalar(select(func.count(Response.id)).where(Response.user_id.is_not(None))) == 1
    assert (await teacher.get("/staff-cards/COND")).status_code == 303


async def test_a_class_teacher_is_told_of_cards_that_wait_at_the_two_times_of_the_year(
    browsers: Browsers, database: Database, world: World
) -> None:
    async with database.transaction() as session:
        await session.execute(update(Participation).values(enrolled_at=browsers.now))
    teacher = await browsers.of(StaffRole.CLASS_TEACHER)
    assert "Карты наблюдения о ваших учениках" in (await teacher.get("/")).text
    assert (await teacher.get("/staff-cards/OBS")).text.count("карта ждёт") == 2
    for person in (world.mentee, world.waiting):
        saved = await teacher.post("/staff-cards/OBS", data={"person": str(person), "OBS.1": "7"})
        assert saved.status_code == 303
    assert "Карты наблюдения о ваших учениках" not in (await teacher.get("/")).text
    other = await browsers.of(StaffRole.CURATOR)
    assert "Карты наблюдения о ваших учениках" not in (await other.get("/")).text


async def test_an_interview_is_written_down_in_one_place_and_older_cards_are_read_there(
    browsers: Browsers, database: Database, curator: httpx2.AsyncClient, world: World
) -> None:
    async with database.reading() as session:
        place = next(
            one
            for one in await selection.places(session, world.school, "2026-2027")
            if one.id == world.mentor_place
        )
    user = (await rows(database, User))[0]
    assert isinstance(user, User)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        old: dict[str, Value] = {f"IVW.{n}": "2" for n in range(1, 9)}
        old |= {"IVW.date": "2026-09-10", "IVW.decision": "admitted", "IVW.notes": "Спокойный голос"}
        await questionnaires.save(work, user, "IVW", 1, old, f"person:{place.person_id}", "2026-2027")

    assert "записывают в разделе «Отбор»" in (await curator.get("/staff-cards")).text
    led = await curator.get("/staff-cards/IVW", params={"person": place.person_id})
    assert led.headers["location"] == f"/selection/{place.id}#interview"
    assert (await curator.get("/staff-cards/IVW")).headers["location"] == "/selection?state=new"
    refused = await curator.post("/staff-cards/IVW", data={"person": str(place.person_id)})
    assert refused.status_code == 409
    shown = (await curator.get(f"/selection/{place.id}")).text
    assert "16 из 24: допущен" in shown
    assert "Спокойный голос" in shown


async def test_a_swot_shows_its_evidence_and_is_revised_over_the_earlier_answers(
    curator: httpx2.AsyncClient, world: World
) -> None:
    path = "/staff-cards/SWOT_UCH_UCH"
    assert "по данным: с парой 1 из 4 наставляемых" in (await curator.get(path)).text
    first = {"SW6": "3", "SWS": "Дружный клуб"}
    assert (await curator.post(path, data=first)).status_code == 303
    shown = (await curator.get(path)).text
    assert "Новая редакция" in shown
    assert 'name="SW6"' not in shown
    again = (await curator.get(f"{path}?again=1")).text
    assert 'name="SW6" value="3" checked' in again
    assert "Дружный клуб</textarea>" in again
    assert (await curator.post(path, data=first | {"SW6": "8", "revision": "2"})).status_code == 303
    assert (await curator.get(path)).text.count("Заполнено: ") == 2
    assert (await curator.post(path, data=first | {"revision": "2"})).status_code == 422


@pytest.mark.parametrize("code", ["SWOT_UCH_UCH", "COND", "CLIMATE"])
async def test_the_curator_s_own_questionnaires_are_a_form(curator: httpx2.AsyncClient, code: str) -> None:
    page = await curator.get(f"/staff-cards/{code}")
    assert page.status_code == 200
    assert page.text.count('type="radio"') >= 27
