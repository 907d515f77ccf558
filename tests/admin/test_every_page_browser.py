"""Every page of the admin in a real browser, on a wide and on a narrow screen. A new route is walked by itself.

Accessible (axe finds nothing), no sideways scrolling, nothing too small to hit, no request to another host, no
complaint of the browser, one heading, few kilobytes. A route that cannot be opened with the things of this school
fails here: `tests.admin.things` has to make what its address names, or `MORE` to say how it is opened.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page
from sqlalchemy import delete, func, select

from actions import first_run, year_turn
from actions.links import Links
from actions.work import Work
from admin.access import OPEN, RULES, may
from program.roles import StaffRole
from program.school_years import Step
from program.states import PairStatus
from storage import schools
from storage.database import Database
from storage.tables import MatchRun, Pair, School, StaffInvitation
from tests.admin.conftest import PASSWORD, account
from tests.admin.looking import AXE, SHOTS, faults
from tests.admin.test_access import routes
from tests.admin.test_pages_browser import serving
from tests.admin.things import filled, things

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 360
ZOOMED = (640, 320)  # a wide screen at 200 % and at 400 %
FIRST_LOAD, NEXT_LOAD = 60 * 1024, 15 * 1024  # bytes as they come over the wire; ux.md 6.2, A42
TABS = 2  # pages looked at side by side

# Not opened here, and why.
NO_PAGE = {
    "news-photo": "a picture",
    "news-story-photo": "a picture",
    "plan-won-file": "a picture",
    "report-chart": "a picture",
    "mailing": "of news that are out: test_mailing_browser.py",
    "mailing-live": "the same, a part of the page",
    "pack-live": "a part of the page «pack»",
    "report-people": "of one number of a report: test_reports_browser.py",
    "relay-photo": "a picture",
    "help-live": "asked by a script, without a page around it",
    "copy-take": "of a copy of everything, which only a running house makes: test_upkeep.py",
    "setup": "only while the house has no account: below",
    "setup-account": "the same",
    "public-page": "of a school that has switched it on: test_public_page_browser.py",
    "public-fragment": "the same",
    "public-photo": "the same",
    "public-paper": "the same",
}
# Addresses besides the plain one: other states of the page, or the only way to open it.
MORE: dict[str, tuple[str, ...]] = {
    "people": ("/people?q=котова", "/people?q=нет-такого", "/people?page=9"),
    "person": ("/people/{mentee}",),
    "find": ("/find?q=котова", "/find?q=нет-такого", "/find?q=согласия"),
    "views": ("/views?page=people",),
    "person-card": ("{card}",),
    "bulk-result": ("{bulk}",),
    "invitation": ("{invited}",),
    "welcome": ("{welcome}",),
    "matching": ("/matching?form=uch_uch", "/matching?form=rab_uch"),
    "matching-others": ("/matching/mentees/{free_mentee_place}",),
    "pairs": ("/pairs?show=approved", "/pairs?show=offered", "/pairs?show=asked", "/pairs?show=declined"),
    "meetings": ("/meetings?show=unanswered",),
    "news-item": ("/news/{published}",),
    "group": ("/groups?form=uch_uch", "/groups?form=rab_uch"),
    "class-cards": ("/invitations/class?class_name=8А",),
    "quiz": ("/questionnaires/MID", "/questionnaires/PREF?form=uch_uch"),
    "staff-card": (
        "/staff-cards/OBS?class_name=8А", "/staff-cards/SWOT_UCH_UCH", "/staff-cards/IVW?person={mentor}",
    ),
    "encounter-new": ("/encounters/new?for={free_mentee_place}",),
    "trials": ("/encounters/trials?person={mentor}",),
    "directory": ("/directories/form", "/directories/role_model"),
    "directory-entry": ("/directories/requirement/outside_check",),
    "group-suggest": ("/groups/suggest?form=uch_uch",),
    "paper-answers": ("/people/{mentee}/answers",),
    "check-code": ("/check/23456789BCDF",),
    "year-turn": tuple(f"/years/turn/{step}" for step in Step),
}  # fmt: skip
# Which of several things of one kind a page is about.
ABOUT = {"/matching": {"pair_id": "suggested"}, "": {"pair_id": "active"}}


@dataclass
class Walk:
    """The admin on a loopback port with a school that has something of everything, and what is to be opened."""

    url: str
    browser: Browser
    logins: dict[StaffRole, str]
    ids: dict[str, int]
    now: datetime
    made: dict[str, str] = field(default_factory=dict)  # addresses of what had to be made by pressing
    wrong: list[str] = field(default_factory=list)

    def addresses(self) -> dict[tuple[StaffRole | None, str], list[str]]:
        """By who opens it and the route: what to open. None: nobody who is signed in."""
        found: dict[tuple[StaffRole | None, str], list[str]] = {}
        for name, method, path in routes():
            if method != "GET" or name in NO_PAGE:
                continue
            about = next(things for beginning, things in ABOUT.items() if path.startswith(beginning))
            ids = self.ids | {id_: self.ids[thing] for id_, thing in about.items()}
            more = [
                re.sub(r"{(\w+)}", lambda hit: str((self.ids | self.made)[hit[1]]), one)
                for one in MORE.get(name, ())
            ]
            found[_opener(name), name] = [filled(path, ids), *more]
        return found

    async def enter(self, role: StaffRole | None, *, width: int = WIDE) -> BrowserContext:
        context = await self.browser.new_context(
            viewport={"width": width, "height": 900}, locale="ru-RU", timezone_id="Europe/Moscow", reduced_motion="reduce",
        )  # fmt: skip
        await context.add_init_script(path=AXE)
        page = await context.new_page()
        await page.goto(self.url + "/login")
        if role is not None:
            await page.fill("#login", self.logins[role])
            await page.fill("#password", PASSWORD)
            await page.click("main button")
            await page.wait_for_load_state()
            assert "/login" not in page.url, role
        return context

    @asynccontextmanager
    async def client(self, role: StaffRole) -> AsyncIterator[httpx2.AsyncClient]:
        async with httpx2.AsyncClient(base_url=self.url, headers={"Sec-Fetch-Site": "same-origin"}) as made:
            await made.post("/login", data={"login": self.logins[role], "password": PASSWORD})
            yield made


def _opener(name: str) -> StaffRole | None:
    if name in OPEN:
        return None
    order: tuple[StaffRole, ...] = (StaffRole.CURATOR, *StaffRole)
    return next(role for role in order if may(role, name))


@pytest.fixture
async def walk(database: Database, school: School, now: datetime) -> AsyncIterator[Walk]:
    logins = {
        role: await account(database, school, role, now)
        for role in {_opener(name) for name in RULES if name not in OPEN}
        if role is not None
    }
    ids = await things(database, school, now, owner=logins[StaffRole.CURATOR])
    async with database.transaction() as session:
        await session.execute(delete(MatchRun))  # an empty one, which no page can show
    async with serving(database, now) as (url, browser):
        made = Walk(url, browser, logins, ids, now)
        await _make_the_rest(made, database)
        yield made


async def _make_the_rest(walk: Walk, database: Database) -> None:
    """What only pressing makes: a run of the matching, a programme, a draft of a questionnaire, a QR card."""
    ids = walk.ids
    async with walk.client(StaffRole.CURATOR) as client:
        await client.post("/matching/suggest", data={"form": "uch_uch"})
        await client.post(f"/plans/{ids['active']}/start")
        await client.post("/questionnaires/INT_E/edit")
        for name, address, form in (
            ("card", f"/people/{ids['person_id']}/invite", {}),
            ("invited", "/invitations", {"purpose": "any", "uses": "1"}),
            (
                "bulk",
                "/people/changes/do",
                {"verb": "class", "ids": str(ids["person_id"]), "to_class": "8Б"},
            ),
        ):
            made = await client.post(address, data=form)
            walk.made[name] = made.headers["location"].partition("?")[0]
    async with database.transaction() as session:  # in June: the wizard opens in March
        june = walk.now + timedelta(days=270)
        await year_turn.begin(Work(session, await schools.get(session, ids["school"]), june))
    async with database.reading() as session:
        ids["run_id"] = await session.scalar(select(func.max(MatchRun.id))) or 0
        link = await session.get_one(StaffInvitation, ids["staff_invitation_id"])
        walk.made["welcome"] = urlsplit(Links(walk.url, "secret").staff(link.id, link.nonce)).path
        suggested = select(Pair.id).where(Pair.status == PairStatus.SUGGESTED)
        ids["suggested"] = await session.scalar(suggested) or 0


@pytest.mark.long
async def test_every_page_is_accessible_and_keeps_to_itself(walk: Walk) -> None:
    addresses = walk.addresses()
    assert {name for _, name in addresses} | set(NO_PAGE) == {
        name for name, method, _ in routes() if method == "GET"
    }
    shown: Counter[str] = Counter()
    for role in {role for role, _ in addresses}:
        context = await walk.enter(role)
        todo = [(name, one) for (whose, name), all_ in addresses.items() if whose is role for one in all_]
        pages = [context.pages[0], *[await context.new_page() for _ in range(TABS - 1)]]
        await asyncio.gather(*(_look_at(walk, page, todo[n::TABS], shown) for n, page in enumerate(pages)))
        await context.close()
    walk.wrong += [f"{name}: no address has opened it" for _, name in addresses if not shown[name]]
    assert not walk.wrong, "\n".join(sorted(set(walk.wrong)))


async def _look_at(walk: Walk, page: Page, todo: Iterable[tuple[str, str]], shown: Counter[str]) -> None:
    page.set_default_timeout(20_000)
    page.on("request", lambda request: _own(walk, request.url))
    page.on("console", lambda said: _heard(walk, page, said))
    page.on("pageerror", lambda error: walk.wrong.append(f"{page.url}: {error}"))
    for name, address in todo:
        await page.set_viewport_size({"width": WIDE, "height": 900})
        try:
            answer = await page.goto(walk.url + address, wait_until="load")
        except Error as no_page:
            shown[name] += 1
            if "Download is starting" not in no_page.message:
                walk.wrong.append(f"{address}: {no_page.message.splitlines()[0]}")
            continue
        if answer is not None and answer.status >= 500:
            walk.wrong.append(f"{address}: a defect")
            shown[name] += 1
            continue
        if answer is None or answer.status != 200 or page.url.rstrip("/") != _quoted(walk.url + address):
            continue  # led elsewhere: another address of the route has to show it
        shown[name] += 1
        walk.wrong += [f"{address}: {one}" for one in await faults(page)]
        await page.set_viewport_size({"width": NARROW, "height": 740})
        walk.wrong += [f"{address} at {NARROW}: {one}" for one in await faults(page)]
        for width in ZOOMED:
            await page.set_viewport_size({"width": width, "height": 740})
            if await page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ):
                walk.wrong.append(f"{address}: sideways scrolling at {width}")
        if SHOTS:
            await _keep(page, address)


def _heard(walk: Walk, page: Page, said: ConsoleMessage) -> None:
    if (
        said.type == "error" and "status of 404" not in said.text
    ):  # an address that is not there fails otherwise
        walk.wrong.append(f"{page.url}: {said.text}")


def _quoted(address: str) -> str:
    return str(httpx2.URL(address)).rstrip("/")


def _own(walk: Walk, address: str) -> None:
    if not address.startswith((walk.url, "data:")):
        walk.wrong.append(f"asked for {address}")


async def _keep(page: Page, address: str) -> None:
    file = address.strip("/").replace("/", "-").replace("?", "_") or "today"
    for width in (NARROW, WIDE):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.screenshot(path=Path(str(SHOTS)) / f"{file}-{width}.png", full_page=True)


async def test_the_pages_of_the_first_start_are_accessible(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        token = await first_run.open_door(session, now)
    async with serving(database, now) as (url, browser):
        walk = Walk(url, browser, {}, {}, now)
        context = await walk.enter(None)
        shown: Counter[str] = Counter()
        await _look_at(walk, context.pages[0], [("setup", f"/setup/{token}")], shown)
        async with httpx2.AsyncClient(base_url=url, headers={"Sec-Fetch-Site": "same-origin"}) as client:
            school = {"name": "Школа № 5", "city": "Речной", "timezone": "Asia/Omsk"}
            await client.post(f"/setup/{token}", data=school)
        await _look_at(walk, context.pages[0], [("account", f"/setup/{token}/account")], shown)
        await context.close()
    assert not walk.wrong, "\n".join(sorted(set(walk.wrong)))
    assert set(shown) == {"setup", "account"}


async def test_pages_are_light(walk: Walk) -> None:
    """The first page with all that belongs to it, and every next one, as they come over the wire."""
    heavy = []
    async with walk.client(StaffRole.CURATOR) as client:
        weights: dict[str, int] = {}
        whole, parts = await _weigh(client, "/people", weights)
        assert whole <= FIRST_LOAD, whole
        base = set(parts)
        for (role, _), addresses in walk.addresses().items():
            for address in addresses if role is StaffRole.CURATOR else ():
                whole, parts = await _weigh(client, address, weights)
                again = whole - sum(weights[part] for part in base & set(parts))
                if again > NEXT_LOAD:
                    heavy.append((address, again))
    assert not heavy, heavy


async def _weigh(client: httpx2.AsyncClient, address: str, weights: dict[str, int]) -> tuple[int, list[str]]:
    """(bytes of the page with its styles, scripts and pictures of ours, the addresses of those)."""
    size, text = await _fetch(client, address)
    parts = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text)))
    for part in parts:
        if part not in weights:
            weights[part], _ = await _fetch(client, part)
    return size + sum(weights[part] for part in parts), parts


async def _fetch(client: httpx2.AsyncClient, address: str) -> tuple[int, str]:
    async with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        await answer.aread()
        if answer.headers.get("content-disposition", "").startswith("attachment"):
            return 0, ""  # taken on purpose, no page
        return answer.num_bytes_downloaded, answer.text
