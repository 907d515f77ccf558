"""Accounts, sessions and codes in any order: nobody is in who should not be, and whoever should be is."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts
from actions.links import Links
from actions.work import Work
from admin.application import build as build_admin
from admin.patience import Patience
from program import one_time_codes as codes
from program.roles import StaffRole
from tests import build
from tests.admin.conftest import HOST
from tests.admin.test_account_pages import hidden, link_on
from tests.admin.test_required_codes import offered
from tests.conftest import NOW
from tests.machine import Machine, walked

ANNA, BORIS = "anna", "boris"  # the curator, who closes and lets in again; the director
COOKIE = accounts.cookie(secure=True)
browsers, logins = st.sampled_from((0, 1, 2)), st.sampled_from((ANNA, ANNA, BORIS))
mostly = st.sampled_from((True, True, False))


@dataclass
class Account:
    password: str
    open: bool = True
    secret: bytes = b""
    last_step: int = 0


@dataclass
class Session:
    login: str
    begun: datetime
    seen: datetime
    ends: datetime


class SignIns(Machine):
    """Beside the admin itself, a small reckoning of who should be in."""

    def __init__(self) -> None:
        super().__init__()
        self.accounts = {ANNA: Account("клён у школьных ворот"), BORIS: Account("берёза у старой речки")}
        self.inside: dict[int, Session | None] = dict.fromkeys((0, 1, 2))
        self.required = False  # of the director: a code
        self.numbers = 0
        self.app = build_admin(
            self.database, lambda: self.now, Links(HOST, "secret"), secure_cookies=True, wake=lambda: None
        )
        transport = httpx2.ASGITransport(app=self.app)
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
        self.at = [httpx2.AsyncClient(transport=transport, base_url=HOST, headers=headers) for _ in range(3)]
        self.turn(self._people)
        for browser, login in ((0, ANNA), (1, BORIS), (2, ANNA)):
            self.signs_in(browser, login, right=True, right_code=True)

    async def _people(self, session: AsyncSession) -> None:
        school = build.school(now=NOW)
        session.add(school)
        await session.flush()
        for login, role in ((ANNA, StaffRole.CURATOR), (BORIS, StaffRole.DIRECTOR)):
            work = Work(session, school, NOW, "cli")
            await accounts.add_user(work, login, role, self.accounts[login].password)

    def teardown(self) -> None:
        for browser in self.at:
            self.run(browser.aclose())
        super().teardown()

    def post(self, browser: int, path: str, **data: str) -> httpx2.Response:
        self.app.state.patience = Patience()  # guessing has tests of its own
        return self.run(self.at[browser].post(path, data=data))

    def phrase(self) -> str:
        self.numbers += 1
        return f"новая длинная фраза номер {self.numbers}"

    # What should be.

    def who(self, browser: int) -> str:
        """The login that is in there; "": nobody. A look keeps the session alive, as a click does."""
        held = self.inside[browser]
        if held is None or self.now >= held.ends or not self.accounts[held.login].open:
            return ""
        if self.now - held.seen >= accounts.PROLONG_AFTER:
            held.seen = self.now
            held.ends = min(self.now + accounts.SESSION, held.begun + accounts.SESSION_LONGEST)
        return held.login

    def enters(self, browser: int, login: str) -> None:
        self.inside[browser] = Session(login, self.now, self.now, self.now + accounts.SESSION)

    def leave(self, login: str, but: int | None = None) -> None:
        for browser, held in self.inside.items():
            if held is not None and held.login == login and browser != but:
                self.inside[browser] = None

    def code_fits(self, login: str) -> bool:
        return codes.step_of(self.now) > self.accounts[login].last_step

    def owes(self, login: str) -> bool:
        return login == BORIS and self.required and not self.accounts[login].secret

    def takes_what_is_offered(self, browser: int, login: str, answer: httpx2.Response, right: bool) -> None:
        assert answer.status_code == 200
        secret, form = offered(answer.text)
        step = codes.step_of(self.now)
        typed = codes.code_at(secret, step if right else step - 50)
        done = self.post(browser, "/login/setup", **form, entry_code=typed)
        assert done.status_code == (200 if right else 422)
        if right:
            self.accounts[login].secret, self.accounts[login].last_step = secret, step
            self.enters(browser, login)

    # What people do.

    @rule(browser=browsers, login=logins, right=mostly, right_code=mostly)
    def signs_in(self, browser: int, login: str, right: bool, right_code: bool) -> None:
        account = self.accounts[login]
        password = account.password if right else "не та длинная фраза"
        answer = self.post(browser, "/login", login=login.upper(), password=password)
        if not right or not account.open:
            assert answer.status_code == 422
        elif self.owes(login):
            self.takes_what_is_offered(browser, login, answer, right_code)
        elif not account.secret:
            assert answer.status_code == 303
            self.enters(browser, login)
        else:
            assert answer.status_code == 200
            step = codes.step_of(self.now)
            typed = codes.code_at(account.secret, step if right_code else step - 50)
            fits = right_code and self.code_fits(login)
            done = self.post(browser, "/login/code", **hidden(answer.text), entry_code=typed)
            assert done.status_code == (303 if fits else 422)
            if fits:
                account.last_step = step
                self.enters(browser, login)
                again = self.post(2 - browser, "/login/code", **hidden(answer.text), entry_code=typed)
                assert again.status_code == 422, "a code opens once"

    @rule(browser=browsers)
    def switches_the_code_on(self, browser: int) -> None:
        login = self.who(browser)
        if not login or self.accounts[login].secret:
            return
        wrong = self.post(browser, "/account/code", password="не та длинная фраза")
        assert wrong.status_code == 422
        self.post(browser, "/account/code", password=self.accounts[login].password)
        typed = re.search(r"<code>([A-Z2-7 ]+)</code>", self.run(self.at[browser].get("/account/code")).text)
        assert typed is not None
        secret, step = base64.b32decode(typed[1].replace(" ", "")), codes.step_of(self.now)
        done = self.post(browser, "/account/code/confirm", entry_code=codes.code_at(secret, step))
        assert done.status_code == 200
        self.accounts[login].secret, self.accounts[login].last_step = secret, step
        self.signs_in(2 - browser, login, right=True, right_code=True)  # with the code that was just used
        self.now += timedelta(seconds=31)
        self.signs_in(2 - browser, login, right=True, right_code=True)

    @rule(browser=browsers, right=mostly)
    def switches_the_code_off(self, browser: int, right: bool) -> None:
        login = self.who(browser)
        if not login or not self.accounts[login].secret:
            return
        password = self.accounts[login].password if right else "не та длинная фраза"
        answer = self.post(browser, "/account/code/off", password=password)
        assert answer.status_code == (303 if right else 422)
        if right:
            self.accounts[login].secret, self.accounts[login].last_step = b"", 0
            if self.owes(login):
                self.leave(login)

    @rule(browser=browsers, required=mostly)
    def the_school_asks_directors_for_a_code(self, browser: int, required: bool) -> None:
        login = self.who(browser)
        password = self.accounts[login].password if login else ""
        roles = "director" if required else ""
        answer = self.post(browser, "/settings/users/codes", code_roles=roles, password=password)
        if login == ANNA:
            self.required = required
            if self.owes(BORIS):
                self.leave(BORIS)
        elif login == BORIS:
            assert answer.status_code == 403

    @rule(browser=browsers, right=mostly)
    def changes_the_password(self, browser: int, right: bool) -> None:
        login, new = self.who(browser), self.phrase()
        if not login:
            return
        password = self.accounts[login].password if right else "не та длинная фраза"
        answer = self.post(browser, "/account/password", password=password, new_password=new)
        assert answer.status_code == (303 if right else 422)
        if right:
            self.accounts[login].password = new
            self.leave(login, but=browser)

    @rule(browser=browsers)
    def signs_out(self, browser: int) -> None:
        token = self.at[browser].cookies.get(COOKIE, "")
        self.post(browser, "/logout")
        self.inside[browser] = None
        thief = self.run(self.at[browser].get("/account", headers={"Cookie": f"{COOKIE}={token}"}))
        assert thief.status_code == 303, "what was signed out of is over on the server"

    @rule(browser=browsers)
    def ends_the_other_sessions(self, browser: int) -> None:
        if login := self.who(browser):
            self.post(browser, "/account/sessions/end")
            self.leave(login, but=browser)

    @rule(browser=browsers)
    def the_director_is_closed(self, browser: int) -> None:
        login = self.who(browser)
        answer = self.post(browser, "/settings/users/2/close", sure="yes")
        if login == ANNA:
            self.accounts[BORIS].open = False
            self.leave(BORIS)
        elif login == BORIS:
            assert answer.status_code == 403

    @rule(browser=browsers, opens=browsers)
    def the_director_is_let_in_again(self, browser: int, opens: int) -> None:
        if self.who(browser) != ANNA:
            return
        own = self.accounts[ANNA].password
        link = self.post(browser, "/settings/users/2/link", password=own).headers["location"]
        path, new = link_on(self.run(self.at[browser].get(link)).text), self.phrase()
        answer = self.post(opens, path, password=new)
        self.leave(BORIS)
        self.accounts[BORIS] = Account(new)
        if self.required:
            self.takes_what_is_offered(opens, BORIS, answer, right=True)
        else:
            assert answer.status_code == 303
            self.enters(opens, BORIS)
        assert self.post(opens, path, password=new).status_code == 404

    @rule(
        by=st.sampled_from(
            (timedelta(seconds=31), timedelta(hours=4), timedelta(hours=11), timedelta(days=5))
        )
    )
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    @invariant()
    def whoever_should_be_in_is_in_and_nobody_else(self) -> None:
        for browser in self.inside:
            login = self.who(browser)
            answer = self.run(self.at[browser].get("/account"))
            assert answer.status_code == (200 if login else 303), (browser, login)
            assert not login or f">{login}<" in answer.text or login in answer.text


def test_no_way_leads_in_without_the_password_the_code_and_an_open_account(
    at_head: Path, tmp_path: Path
) -> None:
    walked(SignIns, at_head, tmp_path, max_examples=10, stateful_step_count=14)
