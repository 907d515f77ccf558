"""A school that asks some roles for a code at sign-in (ASVS 6.3.3): nobody of them is in without one, and nobody is locked out."""

from __future__ import annotations

import base64
import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import update

from actions import accounts, desk
from actions.work import Work
from program import one_time_codes as codes
from program.errors import Refusal
from program.roles import StaffRole
from storage.database import Database
from storage.tables import JournalEntry, School, SecondStep, SignIn, StaffChat, User
from tests.admin.conftest import PASSWORD, Browsers, Clock
from tests.admin.test_account_pages import NEW, hidden, link_on, signed_in, switched_on
from tests.build import person
from tests.conftest import rows

CURATOR, DIRECTOR = StaffRole.CURATOR, StaffRole.DIRECTOR


async def required(browser: httpx2.AsyncClient, *roles: StaffRole) -> httpx2.Response:
    return await browser.post("/settings/users/codes", data={"code_roles": list(roles), "password": PASSWORD})


def offered(page: str) -> tuple[bytes, dict[str, str]]:
    """The secret that a page of setting up shows, and what its form holds."""
    typed = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    sealed = re.search(r'name="offered" value="([^"]*)"', page)
    assert typed is not None, page
    assert sealed is not None
    secret = base64.b32decode(typed[1].replace(" ", ""))
    return secret, {**hidden(page), "offered": html.unescape(sealed[1])}


def code_of(secret: bytes, clock: Clock) -> str:
    return codes.code_at(secret, codes.step_of(clock.now))


async def test_whoever_owes_a_code_sets_it_up_between_the_password_and_the_first_page(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    assert (await required(await browsers.of(), DIRECTOR)).status_code == 303
    browser = browsers.anonymous()
    login = {"login": "director-first", "password": PASSWORD, "next": "/people?x=1"}
    async with database.transaction() as session:
        await accounts.add_user(
            Work(session, browsers.school, clock.now, "cli"), "director-first", DIRECTOR, PASSWORD
        )
    shown = await browser.post("/login", data=login)
    assert shown.status_code == 200
    assert "Включите код при входе" in shown.text
    assert not browser.cookies
    assert (await browser.get("/people")).status_code == 303

    secret, form = offered(shown.text)
    wrong = await browser.post("/login/setup", data={**form, "entry_code": "000000"})
    assert wrong.status_code == 422
    assert offered(wrong.text)[0] == secret, "the picture that was scanned stays"
    assert await rows(database, SecondStep) == []
    assert await rows(database, JournalEntry, action="user.signed-in", subject="user:2") == []

    done = await browser.post("/login/setup", data={**form, "entry_code": code_of(secret, clock)})
    assert done.status_code == 200
    recovery = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done.text)
    assert len(set(recovery)) == codes.RECOVERY
    assert 'href="/people?x=1"' in done.text
    assert (await browser.get("/people")).status_code == 200
    again = await browsers.anonymous().post(
        "/login/setup", data={**form, "entry_code": code_of(secret, clock)}
    )
    assert again.status_code == 422, "an offer is taken once"
    second = await browsers.anonymous().post("/login", data=login)
    assert 'action="/login/code"' in second.text


async def test_whoever_is_in_by_the_password_alone_is_out_when_the_code_is_required(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    curator, director = await browsers.of(), await browsers.of(DIRECTOR)
    with_code = await browsers.of(StaffRole.PSYCHOLOGIST)
    await switched_on(with_code, database, browsers, clock)
    assert (await required(curator, DIRECTOR, StaffRole.PSYCHOLOGIST)).status_code == 303
    assert (await director.get("/account")).status_code == 303
    assert (await with_code.get("/account")).status_code == 200
    assert (await curator.get("/account")).status_code == 200
    shown = (await curator.get("/settings/users")).text
    assert shown.count("код ещё не включён") == 1
    assert shown.count('name="code_roles"') == len(StaffRole)
    assert len(re.findall(r'name="code_roles" value="\w+" checked', shown)) == 2
    [line] = await rows(database, JournalEntry, action="user.codes-required")
    assert (line.before, line.after) == ({"roles": []}, {"roles": ["director", "psychologist"]})  # type: ignore[attr-defined]
    assert (await required(curator)).status_code == 303
    assert (await signed_in(browsers, f"director-{browsers.school.slug}")).status_code == 303


async def test_whoever_finds_an_open_browser_lets_nobody_off_the_code(
    browsers: Browsers, database: Database
) -> None:
    curator = await browsers.of()
    await required(curator, DIRECTOR, StaffRole.AUDITOR)

    async def asked() -> object:
        (school,) = await rows(database, School)
        return school.settings["code_roles"]  # type: ignore[attr-defined]

    only_auditor = {"code_roles": [StaffRole.AUDITOR]}
    first = await curator.post("/settings/users/codes", data=only_auditor)
    assert first.status_code == 200
    assert "директор" in first.text
    assert 'name="code_roles" value="auditor"' in first.text
    wrong = await curator.post("/settings/users/codes", data=only_auditor | {"password": "не та фраза"})
    assert wrong.status_code == 422
    assert await asked() == ["director", "auditor"]
    right = await curator.post("/settings/users/codes", data=only_auditor | {"password": PASSWORD})
    assert right.status_code == 303
    assert await asked() == ["auditor"]


async def test_the_own_role_is_asked_only_by_who_has_a_code(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    curator = await browsers.of()
    no = await required(curator, CURATOR, DIRECTOR)
    assert no.status_code == 422
    assert "Сначала включите код себе" in no.text
    assert len(re.findall(r'name="code_roles" value="\w+" checked', no.text)) == 2, "what was ticked stays"
    await switched_on(curator, database, browsers, clock)
    assert (await required(curator, CURATOR)).status_code == 303
    assert (await curator.get("/account")).status_code == 200


async def test_another_telephone_is_set_up_at_the_next_sign_in(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    curator = await browsers.of()
    old, _ = await switched_on(curator, database, browsers, clock)
    await required(curator, CURATOR)
    assert "Отключить прежнее приложение" in (await curator.get("/account/code")).text
    gone = await curator.post("/account/code/off", data={"password": PASSWORD})
    assert (gone.status_code, gone.headers["location"]) == (303, "/login?done=second-step-anew")
    assert "Прежний код больше не действует" in (await curator.get(gone.headers["location"])).text
    assert (await curator.get("/account")).status_code == 303
    shown = await curator.post(
        "/login", data={"login": f"curator-{browsers.school.slug}", "password": PASSWORD}
    )
    secret, form = offered(shown.text)
    assert secret != old
    for sent, status in ((old, 422), (secret, 200)):
        answer = await curator.post("/login/setup", data={**form, "entry_code": code_of(sent, clock)})
        assert answer.status_code == status
    assert (await curator.get("/account")).status_code == 200


async def test_a_colleagues_link_leads_to_the_code_too(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    curator, director = await browsers.of(), await browsers.of(DIRECTOR)
    await switched_on(director, database, browsers, clock)  # and the telephone is lost
    await required(curator, DIRECTOR)
    sent = await curator.post("/settings/users/2/link", data={"password": PASSWORD})
    path = link_on((await curator.get(sent.headers["location"])).text)
    guest = browsers.anonymous()
    shown = await guest.post(path, data={"password": NEW})
    assert not guest.cookies
    secret, form = offered(shown.text)
    done = await guest.post("/login/setup", data={**form, "entry_code": code_of(secret, clock)})
    assert done.status_code == 200
    assert (await guest.get("/account")).status_code == 200


async def test_an_offer_fits_its_account_its_password_and_its_ten_minutes_only(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    curator = await browsers.of()
    for role in (DIRECTOR, StaffRole.AUDITOR):
        await browsers.of(role)
    await required(curator, DIRECTOR, StaffRole.AUDITOR)
    forms = {}
    for role in (DIRECTOR, StaffRole.AUDITOR):
        shown = await signed_in(browsers, f"{role}-{browsers.school.slug}")
        forms[role] = offered(shown.text)
    (secret, form), (_, other) = forms[DIRECTOR], forms[StaffRole.AUDITOR]
    guest, code = browsers.anonymous(), code_of(secret, clock)
    for odd in ({**form, "pending": other["pending"]}, {**form, "offered": "AAAA"}, {**form, "offered": ""}):
        answer = await guest.post("/login/setup", data={**odd, "entry_code": code})
        assert answer.status_code == 422
    tries = [(await guest.post("/login/setup", data={**form, "entry_code": "000000"})).text for _ in range(6)]
    assert ["через 15 минут" in one for one in tries] == [False] * 5 + [True]
    clock.forward(timedelta(minutes=11))
    late = await guest.post("/login/setup", data={**form, "entry_code": code_of(secret, clock)})
    assert "слишком давно" in late.text
    assert await rows(database, SecondStep) == []
    assert [one.user_id for one in await rows(database, SignIn)] == [1]  # type: ignore[attr-defined]


async def test_what_was_typed_before_survives_the_setting_up(browsers: Browsers, clock: Clock) -> None:
    curator, editor = await browsers.of(), await browsers.of(StaffRole.SITE_EDITOR)
    await required(curator, StaffRole.SITE_EDITOR)
    late = await editor.post("/news/new", data={"title": "Клуб", "body": "Ждём всех в пятницу."})
    assert late.status_code == 401
    login = {"login": f"site_editor-{browsers.school.slug}", "password": PASSWORD}
    secret, form = offered((await editor.post("/login", data={**hidden(late.text), **login})).text)
    done = await editor.post("/login/setup", data={**form, "entry_code": code_of(secret, clock)})
    assert "Ждём всех в пятницу." in done.text


async def test_no_door_opens_a_session_without_the_code(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    await required(await browsers.of(), DIRECTOR)
    async with database.transaction() as session:
        school = await session.get_one(School, browsers.school.id)
        work = Work(session, school, clock.now, "cli")
        user = await accounts.add_user(work, "anna", DIRECTOR, PASSWORD)
        with pytest.raises(Refusal, match="staff-step-due"):
            await accounts.open_session(work, user)


async def test_the_tasks_of_a_chat_wait_for_the_code_of_its_account(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    curator = await browsers.of()
    await switched_on(await browsers.of(), database, browsers, clock)
    await required(curator, CURATOR)
    async with database.transaction() as session:
        school = await session.get_one(School, browsers.school.id)
        work = Work(session, school, clock.now, "cli")
        anna = await accounts.add_user(work, "anna", CURATOR, PASSWORD)
        chat = person(school, "Анна", "Ромашкина")
        session.add(chat)
        await session.flush()
        session.add(StaffChat(school_id=school.id, user_id=anna.id, person_id=chat.id, since=clock.now))
        await session.flush()
        with pytest.raises(Refusal, match="talk-tasks-code"):
            await desk.account_of(work, chat.id)
        await session.execute(update(StaffChat).values(user_id=1))  # of who has a code
        assert (await desk.account_of(work, chat.id)).id == 1


async def test_the_setting_of_one_school_ends_no_session_of_another(
    browsers: Browsers, other_school: School, database: Database
) -> None:
    theirs = await browsers.of(DIRECTOR, other_school)
    await required(await browsers.of(), DIRECTOR)
    assert (await theirs.get("/account")).status_code == 200
    assert (await signed_in(browsers, f"director-{other_school.slug}")).status_code == 303
    assert len(await rows(database, User)) == 2


async def test_the_demo_whose_clock_was_moved_takes_the_code_that_a_telephone_shows(
    browsers: Browsers, clock: Clock
) -> None:
    application = browsers.application
    application.state.house = replace(application.state.house, invented=True)
    curator = await browsers.of()
    await curator.post("/account/code", data={"password": PASSWORD})
    written = re.search(r"<code>([A-Z2-7 ]+)</code>", (await curator.get("/account/code")).text)
    assert written is not None
    secret = base64.b32decode(written[1].replace(" ", ""))
    moved = await curator.post("/account/code/confirm", data={"entry_code": code_of(secret, clock)})
    assert moved.status_code == 422
    shown = codes.code_at(secret, codes.step_of(datetime.now(UTC)))
    done = await curator.post("/account/code/confirm", data={"entry_code": shown})
    assert done.status_code == 200, done.text
