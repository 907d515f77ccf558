"""Signing in, staying in, being put out."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import timedelta
from time import process_time

import httpx2
import pytest
from argon2 import PasswordHasher
from structlog.testing import capture_logs

from actions import accounts
from actions.work import Work
from program.errors import Refusal
from program.roles import StaffRole
from storage.database import Database
from storage.tables import NewsItem, SignIn, User
from tests.admin.conftest import PASSWORD, Browsers, Clock, account
from tests.conftest import rows
from tests.reading import ROOT


async def test_a_stranger_is_led_to_the_sign_in_page_and_back_to_where_they_wanted(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    browser = browsers.anonymous()
    sent = await browser.get("/?x=1")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=/%3Fx%3D1")
    answer = await browser.post("/login", data={"login": login, "password": PASSWORD, "next": "/?x=1"})
    assert answer.headers["location"] == "/?x=1"
    assert (await browser.get("/")).status_code == 200


@pytest.mark.parametrize("where", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:x", ""])
async def test_nobody_is_led_to_another_site(browsers: Browsers, database: Database, where: str) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    answer = await browsers.anonymous().post(
        "/login", data={"login": login, "password": PASSWORD, "next": where}
    )
    assert answer.headers["location"] == "/"


async def test_the_cookie_is_secret_and_the_database_holds_only_its_hash(
    browsers: Browsers, database: Database
) -> None:
    browser = await browsers.of()
    token = browser.cookies["__Host-nastavnik"]
    kept = await rows(database, SignIn)
    assert [len(row.token_hash) for row in kept] == [64]
    assert token not in repr(kept[0].__dict__)
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    answer = await browsers.anonymous().post("/login", data={"login": login, "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" in cookie
    assert "max-age" not in cookie


async def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    browser = browsers.anonymous()
    known = await browser.post("/login", data={"login": login, "password": "не тот пароль"})
    unknown = await browser.post("/login", data={"login": "nobody", "password": "не тот пароль"})
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(login, "nobody") == unknown.text
    assert "Ошибка:" in known.text


async def test_many_at_once_from_one_address_have_twenty_tries_together(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    browser = browsers.anonymous()

    async def tries(name: str, password: str) -> int:
        return (await browser.post("/login", data={"login": name, "password": password})).status_code

    for _ in range(30):  # whoever knows the password uses nothing up
        assert await tries(login, PASSWORD) == 303
    found = await asyncio.gather(*(tries(f"nobody{n}", "не тот пароль") for n in range(60)))
    assert sorted(found) == [422] * 20 + [429] * 40
    assert await tries(login, PASSWORD) == 429


async def test_many_links_at_once_from_one_address_have_twenty_tries_together(browsers: Browsers) -> None:
    browser = browsers.anonymous()
    found = await asyncio.gather(*(browser.get(f"/welcome/{n}.forged") for n in range(60)))
    assert sorted(one.status_code for one in found) == [404] * 20 + [429] * 40


async def test_an_unknown_login_is_answered_no_sooner_than_a_known_one(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = PasswordHasher(
        time_cost=3, memory_cost=8192, parallelism=1
    )  # a hundred times what an answer costs
    monkeypatch.setattr(accounts, "_hasher", hasher)
    monkeypatch.setattr(accounts, "_NOBODY", accounts._of_nobody())
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    spent: dict[str, list[float]] = {login: [], "nobody": []}
    async with database.reading() as session:
        for _ in range(4):
            for name, times in spent.items():
                begun = process_time()  # of all threads: a busy machine counts for nothing
                assert await accounts.check(session, name, "не тот пароль", browsers.now) is None
                times.append(process_time() - begun)
    known, unknown = min(spent[login]), min(spent["nobody"])
    assert unknown > known / 2


async def test_a_planted_session_is_not_taken_over_and_the_one_before_ends(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    planted = "known-to-somebody-else"
    browser = browsers.anonymous()
    browser.cookies.set("__Host-nastavnik", planted, domain="school.test")
    await browser.post("/login", data={"login": login, "password": PASSWORD})
    first = browser.cookies.get("__Host-nastavnik", domain="school.test", path="/")
    assert first not in (None, planted)
    thief = browsers.anonymous()
    for token in (planted, first):
        if token == first:  # whoever signs in once more in the same browser has left the session before
            await browser.post("/login", data={"login": login, "password": PASSWORD})
        thief.cookies.set("__Host-nastavnik", str(token))
        assert (await thief.get("/")).status_code == 303
    assert len(await rows(database, SignIn)) == 1


async def test_a_refused_sign_in_is_a_line_of_the_log_that_names_nobody(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    browser = browsers.anonymous()
    with capture_logs() as told:
        for _ in range(6):
            await browser.post("/login", data={"login": login, "password": "не тот пароль"})
    assert [(line["event"], line["why"]) for line in told] == [("sign_in.refused", "password")] * 5 + [
        ("sign_in.refused", "too many tries")
    ]
    assert login not in str(told)


async def test_after_five_wrong_passwords_even_the_right_one_waits(
    browsers: Browsers, database: Database
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    browser = browsers.anonymous()
    wrong = [
        (await browser.post("/login", data={"login": login, "password": f"wrong {n}"})).status_code
        for n in range(5)
    ]
    right = await browser.post("/login", data={"login": login.upper(), "password": PASSWORD})
    assert wrong == [422] * 5
    assert right.status_code == 429
    assert "через 15 минут" in right.text


async def test_twenty_wrong_passwords_close_the_address_for_every_login(browsers: Browsers) -> None:
    browser = browsers.anonymous()
    codes = [
        (await browser.post("/login", data={"login": f"nobody{n}", "password": "x"})).status_code
        for n in range(21)
    ]
    assert codes == [422] * 20 + [429]


async def test_a_password_is_as_good_after_two_years(
    browsers: Browsers, database: Database, clock: Clock
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    clock.forward(timedelta(days=730))
    browser = browsers.anonymous()
    done = await browser.post("/login", data={"login": login, "password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert (await browser.get("/")).status_code == 200


async def test_a_right_password_forgives_the_wrong_ones(browsers: Browsers, database: Database) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    browser = browsers.anonymous()
    for _ in range(2):
        for _ in range(4):
            await browser.post("/login", data={"login": login, "password": "wrong"})
        assert (await browser.post("/login", data={"login": login, "password": PASSWORD})).status_code == 303


async def test_a_session_lasts_ten_hours_after_the_last_click(
    curator: httpx2.AsyncClient, clock: Clock
) -> None:
    for _ in range(3):
        clock.forward(timedelta(hours=9))
        assert (await curator.get("/")).status_code == 200
    clock.forward(timedelta(hours=10, minutes=1))
    assert (await curator.get("/")).status_code == 303


async def test_a_session_ends_after_fourteen_days_however_often_somebody_clicks(
    curator: httpx2.AsyncClient, clock: Clock
) -> None:
    begun, last = clock.now, clock.now
    while clock.now - begun < timedelta(days=15):
        clock.forward(timedelta(hours=3))
        if (await curator.get("/")).status_code != 200:
            break
        last = clock.now
    assert (last - begun, clock.now - begun) == (timedelta(days=14, hours=-3), timedelta(days=14))


def test_a_session_lasts_as_long_as_the_operators_page_says() -> None:
    hours, days = accounts.SESSION // timedelta(hours=1), accounts.SESSION_LONGEST // timedelta(days=1)
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert f"живёт {hours} часов без действий, не дольше {days} дней и до закрытия браузера" in page
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert page.count(f"{hours} часов без дела, {days} дней всего") == 2


async def test_signing_out_ends_the_session_on_the_server(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database
) -> None:
    token = curator.cookies["__Host-nastavnik"]
    await curator.post("/logout")
    thief = browsers.anonymous()
    thief.cookies.set("__Host-nastavnik", token)
    assert (await thief.get("/")).status_code == 303
    assert await rows(database, SignIn) == []


async def test_a_closed_account_is_out_at_once(curator: httpx2.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        (user,) = [await session.get(User, 1)]
        assert user is not None
        user.active = False
    assert (await curator.get("/")).status_code == 303


async def test_a_short_password_and_a_taken_login_are_refused(work: Work) -> None:
    with pytest.raises(Refusal) as short:
        await accounts.add_user(work, "maria", StaffRole.CURATOR, "123456789")
    await accounts.add_user(work, "maria", StaffRole.CURATOR, PASSWORD)
    with pytest.raises(Refusal) as taken:
        await accounts.add_user(work, " Maria ", StaffRole.DIRECTOR, PASSWORD)
    with pytest.raises(Refusal) as first_tried:
        await accounts.add_user(work, "snegireva", StaffRole.CURATOR, "Snegireva-2026")
    with pytest.raises(Refusal) as classless:
        await accounts.add_user(work, "olga", StaffRole.CLASS_TEACHER, PASSWORD)
    assert [no.value.text.id for no in (short, taken, first_tried, classless)] == [
        "admin-password-short", "admin-login-taken", "admin-password-guessable", "admin-class-needed",
    ]  # fmt: skip


async def test_a_new_password_ends_all_sessions(
    curator: httpx2.AsyncClient, database: Database, browsers: Browsers
) -> None:
    async with database.transaction() as session:
        user = await session.get(User, 1)
        assert user is not None
        await accounts.set_password(Work(session, browsers.school, browsers.now), user, "другая фраза 123")
    assert (await curator.get("/")).status_code == 303


async def test_what_was_typed_when_the_session_ran_out_survives_signing_in(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, clock: Clock
) -> None:
    clock.forward(timedelta(days=30))
    text = "Первая строка.\nВторая «строка» с <b>разметкой</b> & знаками."
    form = {"title": "Начинаем", "body": text, "to": ["bot", "wall"]}
    late = await curator.post("/news/new", data=form, files={"photos": ("кадр.jpg", b"x", "image/jpeg")})
    assert late.status_code == 401
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    typed = {"login": login, "next": "/news", "kept": _hidden(late.text, "kept")}
    wrong = await curator.post("/login", data=typed | {"password": "не та фраза"})
    assert wrong.status_code == 422
    assert _hidden(wrong.text, "kept") == typed["kept"]
    signed_in = await curator.post("/login", data=typed | {"password": PASSWORD})
    assert 'action="/news/new"' in signed_in.text
    assert html.escape(text, quote=False).replace('"', "&#34;") in signed_in.text
    assert signed_in.text.count('name="to"') == 2
    assert "Файлы не сохранились" in signed_in.text
    assert await rows(database, NewsItem) == []
    assert (await curator.post("/news/new", data=form)).status_code == 303


@pytest.mark.parametrize(
    "kept", ["{", "[]", '["//evil.test", [["a", "b"]], false]', '["/news", [1], 0]', "0"]
)
async def test_a_kept_form_that_is_not_ours_is_ignored(
    browsers: Browsers, database: Database, kept: str
) -> None:
    login = await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    answer = await browsers.anonymous().post(
        "/login", data={"login": login, "password": PASSWORD, "kept": kept}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])
