"""Two people edit one thing at once: the second is told, sees both, nothing is lost or overwritten unseen."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from html import unescape

import httpx2
import pytest

from actions.work import Work
from admin.versions import turn
from program.roles import StaffRole
from program.selection import Decision
from storage import selection
from storage.database import Database
from storage.tables import InstrumentDraft, Interview, NewsItem, School, SelectionMark
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.build import school as build_school
from tests.conftest import rows


@pytest.fixture
async def world(database: Database, school: School, now) -> World:
    return await furnish(database, school, now)


async def opened(browser: httpx2.AsyncClient, path: str, action: str = "") -> dict[str, str | list[str]]:
    """The fields of the page's form as the browser would post them."""
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    return fields(answer.text, action)


def fields(html: str, action: str = "") -> dict[str, str | list[str]]:
    """Of the form that carries a stamp (and posts to `action`): names and values."""
    forms = [
        one
        for one in re.findall(r"<form.*?</form>", html, re.S)
        if 'name="version"' in one and (not action or f'action="{action}"' in one)
    ]
    assert len(forms) == 1
    found: dict[str, str | list[str]] = {}

    def put(name: str, value: str, *, many: bool) -> None:
        if many:
            kept = found.setdefault(name, [])
            assert isinstance(kept, list)
            kept.append(value)
        else:
            found[name] = value

    for tag in re.findall(r"<input[^>]*>", forms[0]):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if kind and kind[1] == "radio" and " checked" not in tag:
            continue
        if not name or (kind and kind[1] in ("checkbox", "file", "search")):
            if name and kind and kind[1] == "checkbox" and " checked" in tag:
                put(name[1], unescape(value[1]) if value else "on", many=True)
            continue
        put(name[1], unescape(value[1]) if value else "", many=False)
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', forms[0], re.S):
        put(name, unescape(text), many=False)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', forms[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        put(name, unescape(chosen[1]) if chosen else "", many=False)
    return found


async def test_the_second_is_told_who_changed_what_and_keeps_the_own_words(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of(StaffRole.CURATOR)
    path = f"/news/{world.draft}/edit"
    mine, theirs = await opened(second, path), await opened(first, path)
    saved = await first.post(path, data=theirs | {"body": "Ждём всех в четверг."})
    assert saved.status_code == 303

    answer = await second.post(path, data=mine | {"body": "Ждём всех в пятницу в библиотеке."})
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert 'name="version" id="version"' in page  # what keeps itself puts the new stamp there
    assert "<title>Ошибка:" in page
    assert "curator-first, 15 сентября, 12:00" in page  # who and when
    assert 'data-label="Сохранено сейчас"><span class="pre">Ждём всех в четверг.' in page
    assert 'data-label="У вас"><span class="pre">Ждём всех в пятницу в библиотеке.' in page
    assert ">Ждём всех в пятницу в библиотеке.</textarea>" in page
    (item,) = await rows(database, NewsItem, id=world.draft)
    assert item.body == "Ждём всех в четверг."

    again = await second.post(path, data=fields(answer.text))
    assert again.status_code == 303
    (item,) = await rows(database, NewsItem, id=world.draft)
    assert item.body == "Ждём всех в пятницу в библиотеке."


async def test_what_the_second_has_not_touched_becomes_what_the_first_has_saved(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    path = f"/news/{world.draft}/edit"
    mine, theirs = await opened(second, path), await opened(first, path)
    await first.post(path, data=theirs | {"title": "Встреча клуба переносится", "to": ["bot"]})
    answer = await second.post(path, data=mine | {"body": "Новые слова."})
    shown = fields(answer.text)
    assert shown["title"] == "Встреча клуба переносится"
    assert shown["to"] == ["bot"]
    assert shown["body"] == "Новые слова."
    assert "вы не меняли, взято сохранённое" in answer.text
    await second.post(path, data=shown)
    (item,) = await rows(database, NewsItem, id=world.draft)
    assert (item.title, item.body, item.to_wall) == ("Встреча клуба переносится", "Новые слова.", False)


async def test_an_error_in_between_does_not_let_a_clash_through(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    path = f"/news/{world.draft}/edit"
    mine, theirs = await opened(second, path), await opened(first, path)
    wrong = await second.post(path, data=mine | {"title": ""})
    assert wrong.status_code == 422
    mine = fields(wrong.text)
    await first.post(path, data=theirs | {"body": "Раньше."})
    answer = await second.post(path, data=mine | {"title": "Позже", "body": "Позже."})
    assert answer.status_code == 422
    assert "Раньше." in answer.text


async def test_looking_for_people_in_between_does_not_hide_a_clash(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    path = f"/news/{world.draft}/edit"
    mine, theirs = await opened(second, path), await opened(first, path)
    await first.post(path, data=theirs | {"body": "Раньше."})
    looked = await second.post(path, data=mine | {"body": "Позже.", "who": "Котова", "find": "1"})
    assert looked.status_code == 200
    answer = await second.post(path, data=fields(looked.text))
    assert answer.status_code == 422
    assert "Раньше." in answer.text


async def test_who_saves_alone_is_asked_nothing_and_may_save_twice(browsers: Browsers, world: World) -> None:
    alone = await browsers.of()
    path = f"/news/{world.draft}/edit"
    for body in ("Раз.", "Два."):
        mine = await opened(alone, path)
        assert (await alone.post(path, data=mine | {"body": body})).status_code == 303


QUIZ, IDEA = "MID", "three_facts"
EDITED = (  # the page, where it posts to if there are several forms, what the first changes, what the second does
    ("/settings", "", {"city": "Речной"}, {"city": "Озёрный"}),
    ("/settings/time", "", {"lessons": "08:00-08:40"}, {"lessons": "09:00-09:40"}),
    ("/settings/ages", "", {"uch_uch-mentor-from": "14"}, {"uch_uch-mentor-from": "12"}),
    ("/help-rules", "", {"help_line_hours": "9–21", "help_line_when": "some"}, {"help_minutes": "45"}),
    ("/directories/circle/pupils", "", {"about": "Первые слова."}, {"about": "Другие слова."}),
    ("/gatherings/{gathering}/edit", "", {"place": "Спортзал"}, {"place": "Столовая"}),
    ("/encounters/{encounter}/edit", "", {"topic": "Вечер игр"}, {"topic": "Вечер чая"}),
    (f"/questionnaires/{QUIZ}/edit", f"/questionnaires/{QUIZ}/edit/head", {"minutes": "7"}, {"minutes": "9"}),
    (f"/questionnaires/{QUIZ}/edit/1", "", {"text": "Первый вопрос?"}, {"text": "Другой вопрос?"}),
    ("/materials/{idea}", "", {"title": "Первое имя"}, {"title": "Второе имя"}),
    ("/settings/nudges", "", {"on": ["unfinished"]}, {"on": ["digest"]}),
    ("/announce", "/announce/rules", {"announce_delay": "5"}, {"announce_delay": "20"}),
    ("/documents/letterhead", "", {"founder": "Отдел образования"}, {"founder": "Город"}),
    ("/site", "/site", {"about": "Первые слова."}, {"about": "Другие слова."}),
    ("/polls", "", {"pulse_days": "21"}, {"pulse_days": "45"}),
    ("/relay/rules", "", {"photos": "hold"}, {"photos": "allow"}),
    ("/worries", "/worries/rules", {"warn_after": "10"}, {"warn_after": "14"}),
    (
        "/matching/rules?form=uch_uch",
        "/matching/rules",
        {"gap_least": "1", "gap_most": "4"},
        {"gap_least": "2", "gap_most": "5"},
    ),
    ("/roadmap/stages", "/roadmap/stages/name?stage=1", {"title-1": "Начало"}, {"title-1": "Запуск"}),
    ("/reports/own/mentees", "", {"title-0": "Ученик", "shown": ["0", "1"]}, {"title-0": "Наставляемый"}),
    ("/plans/{active}/edit", "", {"goal": "Читать вместе"}, {"goal": "Считать вместе"}),
)


async def test_every_form_whose_words_may_be_lost_stops_the_second(browsers: Browsers, world: World) -> None:
    first, second = await browsers.of(), await browsers.of()
    await first.post(f"/questionnaires/{QUIZ}/edit")
    await first.post(f"/plans/{world.active}/start")
    for path, action, theirs, mine in EDITED:
        path = path.format(
            gathering=world.gathering,
            encounter=world.encounter,
            active=world.active,
            person=world.mentee,
            idea=IDEA,
        )
        before, also = await opened(second, path, action), await opened(first, path, action)
        saved = await first.post(action or path, data=also | theirs)
        assert saved.status_code == 303, (path, saved.text)
        answer = await second.post(action or path, data=before | mine)
        assert answer.status_code == 422, (path, answer.text)
        assert "Это уже изменено" in answer.text
        shown = fields(answer.text, action)
        assert {name: shown[name] for name in mine} == mine, path
        again = await second.post(action or path, data=shown)
        assert again.status_code == 303, (path, again.text)
        kept = await opened(second, path, action)
        assert {name: kept[name] for name in mine} == mine, path
        for name, value in theirs.items():
            assert name in mine or kept[name] == value, path


async def test_a_talk_that_a_colleague_has_written_down_meanwhile_is_told(
    browsers: Browsers, world: World, database: Database, school: School
) -> None:
    """Talks are added, none is overwritten; but who would decide anew without knowing reads of the other's first."""
    first, second = await browsers.of(), await browsers.of()
    async with database.transaction() as session:
        places = await selection.places(session, school.id, "2026-2027")
    path = f"/selection/{places[0].id}"
    talk = {"held_on": "2026-09-14", "setting": "here", "decision": "yes", "notes": "Первые слова."}
    mine, theirs = [await opened(one, path, f"{path}/interview") for one in (second, first)]
    marks = {name: "3" for name in mine if name.startswith("mark-")}
    talk |= {"setting": str(mine["setting"])} | marks
    talk["decision"] = next(one.value for one in Decision)
    assert (await first.post(f"{path}/interview", data=theirs | talk)).status_code == 303
    answer = await second.post(f"{path}/interview", data=mine | talk | {"notes": "Вторые слова."})
    assert answer.status_code == 422
    assert "Это уже изменено" in answer.text
    assert "Вторые слова." in answer.text
    again = await second.post(f"{path}/interview", data=fields(answer.text, f"{path}/interview"))
    assert again.status_code == 303
    assert len(await rows(database, Interview)) == 2


async def test_whom_a_colleague_has_noted_at_a_training_meanwhile_is_told_and_keeps_the_day(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    page = "/selection/training?topic=role"
    mine, theirs = [await opened(one, page) for one in (second, first)]
    there = {"people": [str(world.mentor)]}
    assert (
        await first.post("/selection/training", data=theirs | there | {"on-role": "2026-09-10"})
    ).status_code == 303
    answer = await second.post("/selection/training", data=mine | there | {"on-role": "2026-09-12"})
    assert answer.status_code == 422
    assert "Это уже изменено" in answer.text
    assert "curator-first, 15 сентября" in answer.text
    assert fields(answer.text)["on-role"] == "2026-09-12"
    (mark,) = await rows(database, SelectionMark)
    assert f"{mark.done_on}" == "2026-09-10"


async def test_a_stage_that_was_removed_meanwhile_is_told_and_its_new_name_kept(
    browsers: Browsers, world: World
) -> None:
    first, second = await browsers.of(), await browsers.of()
    path = "/roadmap/stages/name?stage=8"
    await first.post("/roadmap/stages", data={"year": "2026-2027", "title": "Летняя смена"})
    mine = await opened(second, "/roadmap/stages", path) | {"title-8": "Летний лагерь"}
    assert (await first.post("/roadmap/stages/8/remove")).status_code == 303
    answer = await second.post(path, data=mine)
    assert answer.status_code == 422
    assert "<title>Ошибка:" in answer.text
    assert "curator-first, 15 сентября, 12:00" in answer.text
    assert 'href="#title"' in answer.text
    assert 'name="title" type="text" value="Летний лагерь"' in answer.text
    assert (await second.post("/roadmap/stages/name?stage=77", data=mine)).status_code == 404


async def test_a_question_that_was_removed_meanwhile_keeps_the_words_and_changes_no_other(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    await first.post(f"/questionnaires/{QUIZ}/edit")
    edit = f"/questionnaires/{QUIZ}/edit"
    mine = await opened(second, f"{edit}/2")
    (before,) = await rows(database, InstrumentDraft)
    await first.post(f"{edit}/2/remove", data={"question": mine["question"], "sure": "yes"})

    answer = await second.post(f"{edit}/2", data=mine | {"text": "Что вам помогло?"})
    assert answer.status_code == 422
    assert "его убрали из анкеты" in answer.text
    shown = fields(answer.text)
    assert shown["text"] == "Что вам помогло?"
    # Neither of these reaches the question that has moved up.
    for verb in ("move", "remove"):
        done = await second.post(
            f"{edit}/2/{verb}", data={"question": mine["question"], "sure": "yes", "way": "up"}
        )
        assert "done=quiz-gone" in done.headers["location"]
    (draft,) = await rows(database, InstrumentDraft)
    assert [one["id"] for one in draft.body["questions"]] == [
        one["id"] for one in before.body["questions"] if one["id"] != mine["question"]
    ]
    kept = await second.post(f"{edit}/2", data=shown)
    assert kept.status_code == 303, kept.text
    (draft,) = await rows(database, InstrumentDraft)
    assert draft.body["questions"][-1]["text"]["ru"] == "Что вам помогло?"
    assert len(draft.body["questions"]) == len(before.body["questions"])
    assert (await second.get(f"{edit}/99")).status_code == 303


async def test_a_draft_that_is_published_or_discarded_meanwhile_loses_nothing_that_was_typed(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    edit = f"/questionnaires/{QUIZ}/edit"
    for path, action, theirs, mine, name in (
        (f"{edit}/1", "", {"text": "Первый вопрос?"}, {"text": "Другой вопрос?"}, "text"),
        (edit, f"{edit}/head", {"minutes": "7"}, {"minutes": "9"}, "minutes"),
    ):
        await first.post(edit)
        before, also = await opened(second, path, action), await opened(first, path, action)
        assert (await first.post(action or path, data=also | theirs)).status_code == 303
        assert (await first.post(f"/questionnaires/{QUIZ}/publish")).status_code == 303
        answer = await second.post(action or path, data=before | mine)
        assert answer.status_code == 422
        page = unescape(answer.text)
        for words in ("<title>Ошибка:", "черновик опубликовали", "curator-first, 15 сентября", theirs[name]):
            assert words in page, (path, words)
        shown = fields(answer.text, action)
        assert shown[name] == mine[name]
        assert await rows(database, InstrumentDraft) == [], "nothing begins by itself"
        again = await second.post(action or path, data=shown)
        assert again.status_code == 303, again.text
        assert (await opened(second, path, action))[name] == mine[name]

        before = await opened(second, path, action)
        await first.post(f"/questionnaires/{QUIZ}/discard", data={"sure": "yes"})
        answer = await second.post(action or path, data=before | mine)
        assert "черновик удалили" in answer.text
        assert fields(answer.text, action)[name] == mine[name]

    # One that was never published: nothing of it is left but what stands in the form.
    made = await first.post("/questionnaires", data={"title": "Наш клуб"})
    edit = made.headers["location"].partition("?")[0]
    await first.post(f"{edit}/add")
    mine = await opened(second, f"{edit}/1") | {"text": "Что вам нравится?"}
    await first.post(edit.replace("/edit", "/discard"), data={"sure": "yes"})
    answer = await second.post(f"{edit}/1", data=mine)
    shown = fields(answer.text)
    assert shown["text"] == "Что вам нравится?"
    assert (await second.post(f"{edit}/1", data=shown)).status_code == 303
    (draft,) = await rows(database, InstrumentDraft)
    assert [one["text"]["ru"] for one in draft.body["questions"]][-1] == "Что вам нравится?"


async def test_a_question_that_has_moved_meanwhile_is_saved_where_it_stands(
    browsers: Browsers, world: World, database: Database
) -> None:
    first, second = await browsers.of(), await browsers.of()
    await first.post(f"/questionnaires/{QUIZ}/edit")
    edit = f"/questionnaires/{QUIZ}/edit"
    mine = await opened(second, f"{edit}/1")
    await first.post(f"{edit}/1/move", data={"way": "down"})
    saved = await second.post(f"{edit}/1", data=mine | {"text": "Иначе."})
    assert saved.status_code == 303
    (draft,) = await rows(database, InstrumentDraft)
    assert (draft.body["questions"][1]["id"], draft.body["questions"][1]["text"]["ru"]) == (
        mine["question"],
        "Иначе.",
    )


async def test_rules_that_were_only_tried_still_stop_the_second(browsers: Browsers, world: World) -> None:
    first, second = await browsers.of(), await browsers.of()
    path = "/matching/rules?form=uch_uch"
    mine, theirs = [await opened(one, path) for one in (second, first)]
    mine |= {"gap_least": "2", "gap_most": "5"}
    await first.post("/matching/rules", data=theirs | {"gap_least": "1", "gap_most": "4"})
    tried = await second.post("/matching/rules/try", data=mine)
    assert tried.status_code == 200
    answer = await second.post("/matching/rules", data=fields(tried.text))
    assert answer.status_code == 422
    assert "Это уже изменено" in answer.text


async def test_a_stamp_that_nobody_of_ours_has_made_changes_nothing(browsers: Browsers, world: World) -> None:
    alone = await browsers.of()
    path = f"/news/{world.draft}/edit"
    mine = await opened(alone, path)
    for odd in ("", "завтра", "99999999999999999;title=1", "=;;=", "1;title"):
        answer = await alone.post(path, data=mine | {"version": odd})
        assert answer.status_code in (303, 422)


@pytest.mark.postgres
async def test_of_two_who_save_at_the_same_moment_one_waits_for_the_other(
    postgres: Database, now: datetime
) -> None:
    """Without the turn both would compare with the same old values and the later would overwrite the earlier."""
    async with postgres.transaction() as session:
        held = build_school(now=now)
        session.add(held)
    done: list[str] = []
    first_in, may_end = asyncio.Event(), asyncio.Event()

    async def save(name: str) -> None:
        async with postgres.transaction() as session:
            work = Work(session, await session.merge(held, load=False), now)
            await turn(work, "news:1")
            if name == "first":
                first_in.set()
                await may_end.wait()
            done.append(name)

    one = asyncio.create_task(save("first"))
    await first_in.wait()
    two = asyncio.create_task(save("second"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(two), 0.5)
    may_end.set()
    await asyncio.gather(one, two)
    assert done == ["first", "second"]
