"""The admin as a browser sees it, without a network: two schools, one account of every role."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx2
import pytest
from fastapi import FastAPI

from actions import accounts
from actions.links import Links
from actions.work import Work
from admin.application import build
from program.roles import ENDING, StaffRole
from storage.database import Database
from storage.tables import School
from tests.build import school as build_school

PASSWORD = "длинная фраза для входа"
HOST = "https://school.test"


@dataclass
class Clock:
    """A clock that moves when told to."""

    now: datetime
    woken: list[datetime] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by

    def wake(self) -> None:
        self.woken.append(self.now)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def application(database: Database, clock: Clock) -> FastAPI:
    links = Links(HOST, "secret", telegram_bot="nastavnik_bot", vk_group="school1")
    return build(database, clock, links, secure_cookies=True, wake=clock.wake)


@pytest.fixture
async def other_school(database: Database, now: datetime) -> School:
    school = build_school("second", now=now, name="Школа № 2")
    async with database.transaction() as session:
        session.add(school)
    return school


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm with the least work: a quick suite signs in some hundred times."""
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", cheap)
    monkeypatch.setattr(accounts, "_NOBODY", cheap.hash("nobody"))


async def account(
    database: Database, school: School, role: StaffRole, now: datetime, class_name: str = ""
) -> str:
    """Makes an account of this role, if there is none; returns its login."""
    login = f"{role}-{school.slug}"
    async with database.transaction() as session:
        from storage.accounts import by_login

        if await by_login(session, login) is None:
            if role is StaffRole.CLASS_TEACHER:
                class_name = class_name or "8А"
            work = Work(session, school, now, "cli")
            until = now + timedelta(days=90) if role in ENDING else None
            await accounts.add_user(work, login, role, PASSWORD, class_name=class_name, until=until)
    return login


@dataclass
class Browsers:
    """Opens browsers; each keeps its own cookies."""

    application: FastAPI
    database: Database
    school: School
    now: datetime
    opened: list[httpx2.AsyncClient] = field(default_factory=list)

    def anonymous(self) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=self.application)
        browser = httpx2.AsyncClient(
            transport=transport,
            base_url=HOST,
            # Nothing is packed: some thousand pages of a walk would be, one by one.
            headers={"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"},
        )
        self.opened.append(browser)
        return browser

    async def of(
        self, role: StaffRole = StaffRole.CURATOR, school: School | None = None, class_name: str = ""
    ) -> httpx2.AsyncClient:
        login = await account(self.database, school or self.school, role, self.now, class_name)
        browser = self.anonymous()
        answer = await browser.post("/login", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser


@pytest.fixture
async def browsers(
    application: FastAPI, database: Database, school: School, now: datetime
) -> AsyncIterator[Browsers]:
    made = Browsers(application, database, school, now)
    yield made
    for browser in made.opened:
        await browser.aclose()


@pytest.fixture
async def curator(browsers: Browsers) -> httpx2.AsyncClient:
    return await browsers.of(StaffRole.CURATOR)
