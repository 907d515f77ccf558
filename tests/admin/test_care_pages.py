"""Pages of those who answer calls for help: the strip, the cards, the second adult, closed notes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from actions import care, care_alerts, linking
from actions.work import Work
from program.care import About
from program.channels import Channel
from program.roles import StaffRole
from program.states import RequestState
from storage import schools
from storage.database import Database
from storage.tables import CareNote, HelpRequest, JournalEntry, Person, School, StaffChat, User
from tests import build
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def calls(database: Database, school: School, clock: Clock, person_id: int) -> int:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), clock.now)
        return await care.call(work, person_id, About.HURT)


async def ticks(database: Database, school: School, clock: Clock) -> None:
    async with database.transaction() as session:
        now = await schools.get(session, school.id)
        await care_alerts.escalate(Work(session, now, clock.now))


async def test_a_new_call_is_on_every_page_of_the_curator_with_its_clock(
    browsers: Browsers, world: World, database: Database, clock: Clock
) -> None:
    curator = await browsers.of()
    assert 'hx-get="/calls/live"' in (await curator.get("/people")).text
    before = (await curator.get("/calls/live")).text
    await calls(database, browsers.school, clock, world.mentee)
    clock.forward(timedelta(minutes=12))
    after = (await curator.get("/calls/live")).text
    assert "1 просьба" in before  # of the furnished school
    assert "2 просьбы о помощи ждут" in after
    assert "12 мин." in after
    assert "Котова" not in after, "the strip may be seen by a whole class"
    known = re.findall(r'name="seen" value="([^"]+)"', after)[0]
    assert (await curator.get(f"/calls/live?seen={known}")).status_code == 204, (
        "nothing new: nothing is read out"
    )
    page = (await curator.get("/help")).text
    assert "Ждёт 12 мин." in page
    assert "В 12:30 позовут следующего взрослого." in page
    assert "Меня обижают" in page


async def test_a_taken_call_leaves_the_strip_and_a_second_taker_is_told(
    browsers: Browsers, world: World, database: Database
) -> None:
    curator, psychologist = await browsers.of(), await browsers.of(StaffRole.PSYCHOLOGIST)
    assert (await psychologist.post(f"/help/{world.help}/take")).status_code == 303
    assert "просьб" not in (await curator.get("/calls/live")).text
    answer = await curator.post(f"/help/{world.help}/take")
    assert answer.status_code == 409
    assert "уже взял другой взрослый" in answer.text


def decisions_of(page: str) -> str:
    """«Сегодня» itself, without the menu and the rows of tabs."""
    return page.split("<h1", 1)[1]


async def test_closing_needs_a_word_about_what_was_done(
    browsers: Browsers, world: World, database: Database
) -> None:
    curator = await browsers.of()
    assert (await curator.post(f"/help/{world.help}/close", data={"action": " "})).status_code == 409
    (card,) = await rows(database, HelpRequest)
    assert card.state == RequestState.NEW  # type: ignore[attr-defined]


async def test_the_director_is_called_in_late_and_reads_who_but_not_what(
    browsers: Browsers, world: World, database: Database, clock: Clock
) -> None:
    director = await browsers.of(StaffRole.DIRECTOR)
    assert 'href="/calls"' not in decisions_of((await director.get("/")).text)
    clock.forward(timedelta(minutes=31))
    await ticks(database, browsers.school, clock)
    assert 'href="/calls"' in decisions_of((await director.get("/")).text)
    page = (await director.get("/calls")).text
    assert "Котова" in page
    assert "Не получается договориться" not in page
    assert (await director.post(f"/calls/{world.help}/take")).status_code == 303
    await director.post(f"/calls/{world.help}/close", data={"action": "Позвонил родителям"})
    (card,) = await rows(database, HelpRequest)
    assert card.action == "Позвонил родителям"  # type: ignore[attr-defined]


async def test_the_second_adult_answers_only_what_they_were_called_for(
    browsers: Browsers, world: World, database: Database, clock: Clock
) -> None:
    curator = await browsers.of()
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="5Б")
    (user,) = await rows(database, User, role=StaffRole.CLASS_TEACHER)
    saved = await curator.post(
        "/help-rules",
        data={"help_minutes": "10", "help_second": str(user.id), "help_line": "8-800-2000-122"},  # type: ignore[attr-defined]
    )
    assert saved.status_code == 303
    assert (await teacher.post(f"/calls/{world.help}/take")).status_code == 404
    clock.forward(timedelta(minutes=11))
    await ticks(database, browsers.school, clock)
    assert "Котова" in (await teacher.get("/calls")).text
    other = await browsers.of(StaffRole.DIRECTOR)
    assert "Котова" not in (await other.get("/calls")).text, "the director is next"
    assert (await teacher.post(f"/calls/{world.help}/take")).status_code == 303


@pytest.mark.parametrize("minutes", ["4", "241", "", "скоро"])
async def test_a_senseless_wait_is_refused_beside_its_field(browsers: Browsers, minutes: str) -> None:
    curator = await browsers.of()
    answer = await curator.post(
        "/help-rules", data={"help_minutes": minutes, "help_second": "0", "help_line": "112"}
    )
    assert answer.status_code == 422
    assert "help_minutes-error" in answer.text


async def test_a_chat_for_alerts_is_bound_by_the_bots_code(
    browsers: Browsers, world: World, database: Database
) -> None:
    curator = await browsers.of()
    async with database.transaction() as session:
        school = await session.merge(browsers.school, load=False)
        code = await linking.make(Work(session, school, browsers.now), world.mentor)
    assert (await curator.post("/help-rules/chat", data={"code": "AAAA-BBBB"})).status_code == 422
    assert (await curator.post("/help-rules/chat", data={"code": code})).status_code == 303
    assert "Чат подключён" in (await curator.get("/help-rules")).text
    assert len(await rows(database, StaffChat, person_id=world.mentor)) == 1
    await curator.post("/help-rules/chat/off", data={"sure": "yes"})
    assert await rows(database, StaffChat) == []


async def test_notes_are_the_psychologists_alone_and_every_opening_is_in_the_journal(
    browsers: Browsers, world: World, database: Database
) -> None:
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    assert "Котова" in (await psychologist.get("/care")).text
    saved = await psychologist.post(f"/care/{world.mentee}/notes", data={"words": "Договорились о встрече"})
    assert saved.status_code == 303
    assert "Договорились о встрече" in (await psychologist.get(f"/care/{world.mentee}")).text
    await psychologist.get(f"/care/{world.mentee}")
    assert len(await rows(database, JournalEntry, action="care.notes-read")) == 2
    (note,) = await rows(database, CareNote)
    assert "Договорились" not in note.sealed  # type: ignore[attr-defined]
    for role in (StaffRole.CURATOR, StaffRole.DIRECTOR, StaffRole.SYSADMIN, StaffRole.AUDITOR):
        browser = await browsers.of(role)
        assert (await browser.get(f"/care/{world.mentee}")).status_code == 403, role


async def test_the_strip_does_not_keep_a_session_alive(
    browsers: Browsers, world: World, clock: Clock
) -> None:
    curator = await browsers.of()
    for _ in range(11):
        clock.forward(timedelta(hours=1))
        await curator.get("/calls/live")
    answer = await curator.get("/calls/live")
    assert answer.status_code == 303
    out = (await browsers.anonymous().get("/login")).text
    assert 'id="calls-now" hidden' in out, "what an open page shows then"


async def test_who_is_not_reached_by_a_chat_is_named_on_today_and_on_the_rules(
    browsers: Browsers, world: World, database: Database
) -> None:
    curator = await browsers.of()
    today = (await curator.get("/")).text
    assert "Тревога не придёт в мессенджер" in today
    assert 'href="/help-rules#chat"' in today
    page = (await curator.get("/help-rules")).text
    assert "чат не подключён" in page
    assert "Учётной записи психолога в школе нет" in page
    async with database.transaction() as session:
        school = await session.merge(browsers.school, load=False)
        session.add(build.address(await session.get_one(Person, world.mentor), Channel.VK, "777"))
        code = await linking.make(Work(session, school, browsers.now), world.mentor)
    await curator.post("/help-rules/chat", data={"code": code})
    page = (await curator.get("/help-rules")).text
    assert "придёт в мессенджер" in page
    assert "Тревога дойдёт до всех" in page
    assert "В мессенджер тревога не придёт" not in (await curator.get("/")).text


async def test_the_hours_of_the_helpline_are_the_schools_word(browsers: Browsers, database: Database) -> None:
    curator = await browsers.of()
    form = {
        "help_minutes": "30",
        "help_second": "0",
        "help_line": "8-343-000-00-00",
        "help_line_when": "some",
    }
    assert (await curator.post("/help-rules", data=form)).status_code == 422
    form["help_line_hours"] = "по будням с 9 до 20"
    assert (await curator.post("/help-rules", data=form)).status_code == 303
    (school,) = await rows(database, School)
    said = school.settings  # type: ignore[attr-defined]
    assert (said["help_line_hours"], said["help_line_always"]) == ("по будням с 9 до 20", False)
    assert 'value="по будням с 9 до 20"' in (await curator.get("/help-rules")).text
    await curator.post("/help-rules", data=form | {"help_line_when": "always"})
    (school,) = await rows(database, School)
    assert school.settings["help_line_always"]  # type: ignore[attr-defined]
