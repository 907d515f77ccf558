"""One's own account and the colleagues': links, passwords, sessions, the code after the password."""

from __future__ import annotations

import base64
import html
import re
from datetime import timedelta

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from actions import staff_invitations
from actions.links import Links
from actions.work import Work
from admin.visit import House
from program import one_time_codes as codes
from program.roles import StaffRole, gives
from storage.database import Database
from storage.tables import (
    JournalEntry,
    RecoveryCode,
    School,
    SecondStep,
    SignIn,
    StaffInvitation,
    User,
)
from tests.admin.conftest import PASSWORD, Browsers, Clock, account
from tests.conftest import rows

WINDOWS = "Mozilla/5.0 (Windows NT 10.0) Chrome/126 YaBrowser/24.7 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537.36"
NEW = "совсем другая длинная фраза"


def link_on(page: str) -> str:
    found = re.search(r'id="link" value="https://school\.test([^"]+)"', page)
    assert found is not None, page
    return html.unescape(found[1])


async def invited(browser: httpx2.AsyncClient, role: StaffRole, **more: str) -> str:
    """The path of a new colleague's link."""
    sent = await browser.post("/settings/users", data={"role": role, "password": PASSWORD, **more})
    assert sent.status_code == 303, sent.text
    return link_on((await browser.get(sent.headers["location"])).text)


async def let_in(browser: httpx2.AsyncClient, user: int, password: str = PASSWORD) -> httpx2.Response:
    return await browser.post(f"/settings/users/{user}/link", data={"password": password})


async def signed_in(
    browsers: Browsers, login: str, password: str = PASSWORD, agent: str = ""
) -> httpx2.Response:
    browser = browsers.anonymous()
    return await browser.post(
        "/login", data={"login": login, "password": password}, headers={"User-Agent": agent} if agent else {}
    )


async def test_a_colleague_sets_a_password_that_nobody_else_has_seen(
    browsers: Browsers, database: Database
) -> None:
    path = await invited(await browsers.of(), StaffRole.CLASS_TEACHER, name="Пётр Ильич", class_name="8А")
    guest = browsers.anonymous()
    shown = await guest.get(path)
    assert "классный руководитель" in shown.text
    assert 'autocomplete="new-password"' in shown.text
    done = await guest.post(path, data={"login": "Petr", "password": NEW})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert (await guest.get("/")).status_code == 200
    user = next(one for one in await rows(database, User) if one.login == "petr")  # type: ignore[attr-defined]
    assert (user.role, user.class_name, user.name) == ("class_teacher", "8А", "Пётр Ильич")  # type: ignore[attr-defined]
    assert (await signed_in(browsers, "petr", NEW)).status_code == 303


async def test_a_link_opens_once(browsers: Browsers) -> None:
    path = await invited(await browsers.of(), StaffRole.DIRECTOR)
    assert (await browsers.anonymous().post(path, data={"login": "one", "password": NEW})).status_code == 303
    again = await browsers.anonymous().post(path, data={"login": "two", "password": NEW})
    assert again.status_code == 404
    assert "уже использована" in again.text


async def test_a_link_ends_after_a_week_or_when_it_is_taken_back(browsers: Browsers, clock: Clock) -> None:
    browser = await browsers.of()
    late, revoked = await invited(browser, StaffRole.DIRECTOR), await invited(browser, StaffRole.DIRECTOR)
    assert (await browser.post("/settings/users/links/2/revoke", data={"sure": "yes"})).status_code == 303
    assert (await browsers.anonymous().get(revoked)).status_code == 404
    assert (await browsers.anonymous().get(late)).status_code == 200
    clock.forward(staff_invitations.LIFE)
    assert (await browsers.anonymous().get(late)).status_code == 404


async def test_a_short_password_leaves_the_link_open(browsers: Browsers) -> None:
    path = await invited(await browsers.of(), StaffRole.DIRECTOR)
    guest = browsers.anonymous()
    short = await guest.post(path, data={"login": "petr", "password": "коротко"})
    assert short.status_code == 422
    assert 'value="petr"' in short.text
    assert "Ошибка:" in short.text
    assert (await guest.post(path, data={"login": "petr", "password": NEW})).status_code == 303


async def test_a_forged_link_opens_nothing_and_after_twenty_tries_nothing_at_all(
    browsers: Browsers, application: FastAPI
) -> None:
    path = await invited(await browsers.of(), StaffRole.DIRECTOR)
    forged = (
        Links("https://school.test", "another key").staff(1, "0" * 32).removeprefix("https://school.test")
    )
    guest = browsers.anonymous()
    assert [(await guest.get(forged)).status_code for _ in range(20)] == [404] * 20
    assert (await guest.get(path)).status_code == 429


@pytest.mark.parametrize("role", [role for role in StaffRole if role not in gives(StaffRole.CURATOR)])
async def test_a_curator_gives_no_role_that_would_open_what_is_closed_to_curators(
    browsers: Browsers, role: StaffRole
) -> None:
    answer = await (await browsers.of()).post("/settings/users", data={"role": role, "password": PASSWORD})
    assert answer.status_code == 422
    assert "системный администратор" in answer.text


async def test_a_curator_neither_lets_in_nor_closes_a_psychologist_nor_opens_a_link_for_one(
    browsers: Browsers, database: Database
) -> None:
    await browsers.of(StaffRole.PSYCHOLOGIST)
    sysadmin, curator = await browsers.of(StaffRole.SYSADMIN), await browsers.of()
    await invited(sysadmin, StaffRole.PSYCHOLOGIST)
    [psychologist] = [one.id for one in await rows(database, User, role=StaffRole.PSYCHOLOGIST)]  # type: ignore[attr-defined]
    for path in ("link", "close"):
        assert (await curator.post(f"/settings/users/{psychologist}/{path}")).status_code == 409
    assert (await curator.get("/settings/users/links/1")).status_code == 404
    assert (await curator.post("/settings/users/links/1/revoke")).status_code == 404
    assert (
        await sysadmin.post(f"/settings/users/{psychologist}/close", data={"sure": "yes"})
    ).status_code == 303


async def test_a_new_password_by_a_colleagues_link_ends_all_sessions_and_the_code(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    director = await browsers.of(StaffRole.DIRECTOR)
    await switched_on(director, database, browsers, clock)
    [user] = [one.id for one in await rows(database, User, role=StaffRole.DIRECTOR)]  # type: ignore[attr-defined]
    curator = await browsers.of()
    first = link_on((await curator.get((await let_in(curator, user)).headers["location"])).text)
    path = link_on((await curator.get((await let_in(curator, user)).headers["location"])).text)
    assert (await browsers.anonymous().get(first)).status_code == 404, "an older link is worth nothing"
    guest = browsers.anonymous()
    assert 'autocomplete="username"' in (await guest.get(path)).text
    assert (await guest.post(path, data={"password": NEW})).status_code == 303
    assert (await director.get("/")).status_code == 303
    login = f"{StaffRole.DIRECTOR}-{browsers.school.slug}"
    assert (await signed_in(browsers, login)).status_code == 422
    assert (await signed_in(browsers, login, NEW)).status_code == 303
    assert await rows(database, SecondStep) == []


async def test_a_closed_account_is_out_at_once_and_comes_back_by_a_link(
    browsers: Browsers, database: Database
) -> None:
    director, curator = await browsers.of(StaffRole.DIRECTOR), await browsers.of()
    [user] = [one.id for one in await rows(database, User, role=StaffRole.DIRECTOR)]  # type: ignore[attr-defined]
    await curator.post(f"/settings/users/{user}/close", data={"sure": "yes"})
    assert (await director.get("/")).status_code == 303
    sent = await let_in(curator, user)
    path = link_on((await curator.get(sent.headers["location"])).text)
    assert (await browsers.anonymous().post(path, data={"password": NEW})).status_code == 303


async def test_an_evaluator_comes_until_a_day(browsers: Browsers, clock: Clock) -> None:
    curator = await browsers.of()
    without = await curator.post("/settings/users", data={"role": StaffRole.EVALUATOR, "password": PASSWORD})
    assert without.status_code == 422
    last = clock.now.date() + timedelta(days=5)
    path = await invited(curator, StaffRole.EVALUATOR, until=last.isoformat())
    guest = browsers.anonymous()
    answer = await guest.post(path, data={"login": "guest", "password": NEW})
    assert answer.headers["location"] == "/schools"
    assert (await guest.get("/schools")).status_code == 200
    clock.forward(timedelta(days=6))
    assert (await guest.get("/schools")).status_code == 303
    assert (await signed_in(browsers, "guest", NEW)).status_code == 422


async def test_ones_own_password_needs_the_old_one_and_ends_the_other_sessions(
    browsers: Browsers, database: Database
) -> None:
    here, there = await browsers.of(), await browsers.of()
    wrong = await here.post("/account/password", data={"password": "не тот", "new_password": NEW})
    same = await here.post("/account/password", data={"password": PASSWORD, "new_password": PASSWORD})
    assert [wrong.status_code, same.status_code] == [422, 422]
    assert NEW not in wrong.text
    done = await here.post("/account/password", data={"password": PASSWORD, "new_password": NEW})
    assert done.status_code == 303
    assert (await here.get("/account")).status_code == 200
    assert (await there.get("/account")).status_code == 303
    assert NEW not in repr([one.__dict__ for one in await rows(database, JournalEntry)])


async def test_an_open_browser_is_no_place_to_guess_the_password(browsers: Browsers) -> None:
    here = await browsers.of()
    tries = [
        (await here.post("/account/password", data={"password": f"no {n}", "new_password": NEW})).text
        for n in range(6)
    ]
    assert "через 15 минут" in tries[5]
    right = await here.post("/account/password", data={"password": PASSWORD, "new_password": NEW})
    assert right.status_code == 422


async def test_sessions_are_told_by_device_and_ended_one_by_one_or_all(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    opened = []
    for agent in (WINDOWS, PHONE, PHONE):
        browser = browsers.anonymous()
        await browser.post(
            "/login", data={"login": login, "password": PASSWORD}, headers={"User-Agent": agent}
        )
        opened.append(browser)
    here, *others = opened
    shown = (await here.get("/account")).text
    assert "компьютер с Windows, Яндекс Браузер" in shown
    assert shown.count("телефон или планшет Android, Chrome") >= 2
    assert all(one.device in ("windows.yandex", "android.chrome") for one in await rows(database, SignIn))  # type: ignore[attr-defined]
    end = re.search(r"/account/sessions/([0-9a-f]{16})/end", shown)
    assert end is not None
    assert (await here.post(end[0])).status_code == 303
    assert (await here.post(end[0])).status_code == 404
    left = [browser for browser in others if (await browser.get("/account")).status_code == 200]
    assert len(left) == 1
    await here.post("/account/sessions/end")
    assert (await left[0].get("/account")).status_code == 303
    assert (await here.get("/account")).status_code == 200


async def test_nobody_ends_the_session_of_another_account(browsers: Browsers, database: Database) -> None:
    curator, director = await browsers.of(), await browsers.of(StaffRole.DIRECTOR)
    [held] = [one for one in await rows(database, SignIn) if one.user_id == 2]  # type: ignore[attr-defined]
    assert (await curator.post(f"/account/sessions/{held.token_hash[:16]}/end")).status_code == 404  # type: ignore[attr-defined]
    assert (await director.get("/account")).status_code == 200


async def switched_on(
    browser: httpx2.AsyncClient, database: Database, browsers: Browsers, clock: Clock
) -> tuple[bytes, list[str]]:
    """The secret and the recovery codes of an account that asks for a code from now on."""
    assert (await browser.post("/account/code", data={"password": "не тот"})).status_code == 422
    await browser.post("/account/code", data={"password": PASSWORD})
    shown = (await browser.get("/account/code")).text
    typed = re.search(r"<code>([A-Z2-7 ]+)</code>", shown)
    assert typed is not None

    secret = base64.b32decode(typed[1].replace(" ", ""))
    wrong = await browser.post("/account/code/confirm", data={"entry_code": "000000"})
    assert wrong.status_code == 422
    code = codes.code_at(secret, codes.step_of(clock.now))
    done = await browser.post("/account/code/confirm", data={"entry_code": code})
    assert done.status_code == 200
    assert typed[1] not in (await browser.get("/account/code")).text
    return secret, re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done.text)


def hidden(page: str) -> dict[str, str]:
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(pending|next|kept)" value="([^"]*)"', page)
    }


async def test_with_a_code_the_password_alone_opens_nothing_and_a_code_opens_once(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    secret, recovery = await switched_on(await browsers.of(), database, browsers, clock)
    assert len(set(recovery)) == codes.RECOVERY
    login = f"{StaffRole.CURATOR}-{browsers.school.slug}"
    kept = [one.sealed for one in await rows(database, SecondStep)]  # type: ignore[attr-defined]
    assert secret.hex() not in repr(kept)
    assert not set(recovery) & {one.code_hash for one in await rows(database, RecoveryCode)}  # type: ignore[attr-defined]

    browser = browsers.anonymous()
    second = await browser.post("/login", data={"login": login, "password": PASSWORD, "next": "/people?x=1"})
    assert second.status_code == 200
    assert 'autocomplete="one-time-code"' in second.text
    assert not browser.cookies
    assert (await browser.get("/")).status_code == 303

    used = codes.code_at(secret, codes.step_of(clock.now))
    again = await browser.post("/login/code", data={**hidden(second.text), "entry_code": used})
    assert again.status_code == 422, "the code that switched it on is used"
    clock.forward(timedelta(seconds=30))
    fresh = codes.code_at(secret, codes.step_of(clock.now))
    right = await browser.post("/login/code", data={**hidden(second.text), "entry_code": fresh})
    assert (right.status_code, right.headers["location"]) == (303, "/people?x=1")
    thief = await browsers.anonymous().post("/login/code", data={**hidden(second.text), "entry_code": fresh})
    assert thief.status_code == 422


async def test_a_recovery_code_opens_once(browsers: Browsers, database: Database, clock: Clock) -> None:
    _, recovery = await switched_on(await browsers.of(), database, browsers, clock)
    login = f"{StaffRole.CURATOR}-{browsers.school.slug}"
    for status in (303, 422):
        browser = browsers.anonymous()
        second = await browser.post("/login", data={"login": login, "password": PASSWORD})
        answer = await browser.post(
            "/login/code", data={**hidden(second.text), "entry_code": recovery[0].upper().replace("-", " ")}
        )
        assert answer.status_code == status
    assert len(await rows(database, RecoveryCode)) == codes.RECOVERY - 1


async def test_codes_are_not_guessed_and_the_second_page_does_not_wait_for_ever(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    secret, _ = await switched_on(await browsers.of(), database, browsers, clock)
    login = f"{StaffRole.CURATOR}-{browsers.school.slug}"
    browser = browsers.anonymous()
    second = await browser.post("/login", data={"login": login, "password": PASSWORD})
    tries = [
        (await browser.post("/login/code", data={**hidden(second.text), "entry_code": "000000"})).status_code
        for _ in range(6)
    ]
    assert tries == [422] * 5 + [429]
    clock.forward(timedelta(minutes=11))
    late = await browser.post("/login/code", data={**hidden(second.text), "entry_code": "000000"})
    assert "слишком давно" in late.text
    forged = await browser.post("/login/code", data={"pending": "WzEsIngiLDFd.x", "entry_code": "000000"})
    assert forged.status_code == 422
    assert secret


async def test_the_code_goes_off_with_the_password_only(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    browser = await browsers.of()
    _, old = await switched_on(browser, database, browsers, clock)
    assert (await browser.post("/account/code/off", data={"password": "не тот"})).status_code == 422
    made = await browser.post("/account/code/recovery", data={"password": PASSWORD})
    assert not set(old) & set(re.findall(r"<code>([a-z2-9-]{11})</code>", made.text))
    assert (await browser.post("/account/code/off", data={"password": PASSWORD})).status_code == 303
    assert await rows(database, RecoveryCode) == []
    login = f"{StaffRole.CURATOR}-{browsers.school.slug}"
    assert (await signed_in(browsers, login)).status_code == 303


async def test_the_journal_says_on_what_kind_of_device_and_nothing_closer(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    await signed_in(browsers, login, agent=WINDOWS)
    [line] = await rows(database, JournalEntry, action="user.signed-in")
    assert line.origin == "admin:windows"  # type: ignore[attr-defined]
    assert "YaBrowser" not in repr(line.__dict__)


async def test_a_link_of_another_school_is_none_of_ours(
    browsers: Browsers, database: Database, other_school: School, application: FastAPI
) -> None:
    async with database.transaction() as session:
        work = Work(session, other_school, browsers.now)
        made = await staff_invitations.invite(work, None, StaffRole.DIRECTOR)
        number = made.id
    curator = await browsers.of()
    assert (await curator.get(f"/settings/users/links/{number}")).status_code == 404
    assert (await curator.post(f"/settings/users/links/{number}/revoke")).status_code == 404
    async with database.reading() as session:
        held = (await session.scalars(select(StaffInvitation))).one()
    assert held.revoked_at is None
    place: House = application.state.house
    path = place.links.staff(held.id, held.nonce).removeprefix("https://school.test")
    await browsers.anonymous().post(path, data={"login": "their", "password": NEW})
    [user] = [one for one in await rows(database, User) if one.login == "their"]  # type: ignore[attr-defined]
    assert user.school_id == other_school.id  # type: ignore[attr-defined]


async def test_what_was_typed_survives_the_code_too(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    secret, _ = await switched_on(await browsers.of(), database, browsers, clock)
    clock.forward(timedelta(minutes=1))
    browser = browsers.anonymous()
    late = await browser.post("/news/new", data={"title": "Клуб", "body": "Ждём всех в пятницу."})
    assert late.status_code == 401
    login = f"{StaffRole.CURATOR}-{browsers.school.slug}"
    second = await browser.post("/login", data={**hidden(late.text), "login": login, "password": PASSWORD})
    code = codes.code_at(secret, codes.step_of(clock.now))
    answer = await browser.post("/login/code", data={**hidden(second.text), "entry_code": code})
    assert "Ждём всех в пятницу." in answer.text
