"""Every route with every parameter that it asks for, filled with what nobody should send: nothing breaks, nothing runs,
and nothing that was sent, and nobody's name, stands in a log, in the gauges or on a page of an error.

Whatever somebody has typed before stands there with markup behind it and «=» before it: no page and no file runs it.

Not schemathesis: it reads a description of parameters (OpenAPI), and our forms are read field by field, so it would have
nothing to fill. Here the routes themselves are listened to: what they ask for is what they get. Each request is taken
back, so that all find the same school. `NASTAVNIK_TEST_HOSTILE=50` sends fifty times as much.
"""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx2
import pytest
from fastapi.routing import APIRoute

from admin.access import RULES, may
from admin.pages.check import Checks
from admin.pages.public import Visits
from admin.patience import Patience, Takings
from app.settings import load
from app.wiring import House, build
from bot.web import chat
from bot.web.pace import Pace
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import HOST, PASSWORD, Browsers, account
from tests.admin.hostile import (
    EVIL,
    NO_METHODS,
    SECRET,
    TAG,
    Asked,
    body,
    forms_of,
    listening,
    poison,
    query,
    runs_in,
)
from tests.admin.test_addresses import routes
from tests.admin.things import filled, things
from tests.bot.explorer import forked
from tests.unnamed import marks, named_in, written

NAMES = re.compile(r"{(\w+)}")
TIMES = int(os.environ.get("NASTAVNIK_TEST_HOSTILE", "1"))
METER = "metrics-token-0123456789"
# A copy is read from the file by a connection of its own, which waits for ours; the others ask platforms over the network.
NOT_HERE = {"copy-make", "copy-take", "copy-file"}
BY = (
    StaffRole.CURATOR, StaffRole.PSYCHOLOGIST, StaffRole.SYSADMIN, StaffRole.SITE_EDITOR, StaffRole.DIRECTOR,
    StaffRole.CLASS_TEACHER, StaffRole.MUNICIPAL_COORDINATOR, StaffRole.EVALUATOR, StaffRole.AUDITOR,
)  # fmt: skip


@dataclass
class Walk:
    """Args:
    tokens: beginning of a path -> the token that stands in it.
    known: names and numbers of the school's people.
    """

    house: House
    browsers: dict[StaffRole | None, httpx2.AsyncClient]
    ids: dict[str, int]
    tokens: dict[str, str]
    known: set[str]
    asked: Asked = field(default_factory=Asked)
    usual: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    requests: int = 0
    taken: int = 0  # changes that a route agreed to
    shown: int = 0  # answers with words of somebody's that a browser might run

    @property
    def people(self) -> set[str]:
        """Without logins: every page says who is signed in."""
        return {one for one in self.known if not one.isascii() or one.startswith("+7")}

    def browser(self, route: APIRoute) -> httpx2.AsyncClient:
        role = next((role for role in BY if may(role, route.name)), None) if route.name in RULES else None
        return self.browsers[role]

    def path(self, route: APIRoute) -> str:
        token = next(
            (token for begins, token in self.tokens.items() if route.path.startswith(begins)), "none"
        )
        path = route.path.replace("{token}", token).replace("{mark}", token)
        return filled(path, dict.fromkeys(NAMES.findall(path), 1) | self.ids)

    async def sends(self, route: APIRoute, method: str, path: str, **what: object) -> httpx2.Response:
        self.requests += 1
        self.forgives()
        self.asked.route = route.name
        browser = self.browser(route)
        answer = await browser.request(method, path, **what)
        self.looks(answer, f"{method} {path} {what}")
        if answer.status_code == 303 and method == "POST":
            self.taken += 1
            self.asked.route = ""
            self.looks(await browser.get(answer.headers["location"]), f"after {method} {path} {what}")
        return answer

    def forgives(self) -> None:
        """Whoever sends this much would wait most of the time."""
        state = self.house.web.state
        state.patience, state.takings, state.visits, state.checks = Patience(), Takings(), Visits(), Checks()
        object.__setattr__(self.house.site, "pace", Pace())

    def looks(self, answer: httpx2.Response, how: str) -> None:
        wrong = []
        if (
            answer.status_code >= 500 and answer.url.path != "/readyz"
        ):  # it may well say what is not running here
            wrong.append(str(answer.status_code))
        kind = answer.headers.get("content-type", "")
        if kind.startswith(("text/html", "image/svg", "application/xhtml")):
            if TAG[:8] in answer.text or "Traceback" in answer.text:
                wrong.append("what was sent stands there as markup")
            # What a «no» (409) names is what was asked about; a page that is closed, or not there, names nobody.
            if answer.status_code in (403, 404, 405, 429) and any(one in answer.text for one in self.people):
                wrong.append("a page of an error names somebody")
        self.shown += TAG[1:8] in answer.text
        if what := runs_in(answer.content):
            wrong.append(what)
        where = answer.headers.get("location", "")
        if where.startswith(("//", "/\\", "\\")) or (where.startswith("http") and not where.startswith(HOST)):
            wrong.append(f"leads to {where}")
        if "x-injected" in answer.headers or EVIL in str(answer.headers):
            wrong.append("a header of the sender's")
        self.faults += [f"{one}: {how[:400]}" for one in wrong]


@pytest.fixture
async def made(
    database: Database, school: School, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, int]:
    monkeypatch.setattr(chat, "ANSWER_WITHIN", 0.0)  # nobody sends here
    ids = await things(database, school, now, owner=f"curator-{school.slug}")
    for role in BY:
        await account(database, school, role, now)
    return ids


@pytest.mark.long
async def test_no_route_breaks_runs_or_repeats_what_it_is_sent(
    database: Database, school: School, now: datetime, tmp_path: Path, made: dict[str, int]
) -> None:
    known = await marks(database)
    assert await poison(database) > 150
    values = {"DATA_DIR": str(tmp_path), "PUBLIC_URL": HOST, "METRICS__TOKEN": METER}
    settings = load({f"NASTAVNIK_{name}": value for name, value in values.items()}, tmp_path / "no.env")
    async with forked(database) as rows:
        house = await build(settings, rows, lambda: now)
        walk = Walk(house, {}, made, await _tokens(house, made), known)
        opens = Browsers(house.web, rows, school, now)
        walk.browsers[None] = opens.anonymous()
        for role in BY:
            walk.browsers[role] = await opens.of(role)
        with listening(walk.asked), written() as lines:
            await _walked(walk, rows)
        meter = await walk.browsers[None].get("/metrics", headers={"Authorization": f"Bearer {METER}"})
        for browser in walk.browsers.values():
            await browser.aclose()
    assert walk.faults == [], "\n".join(walk.faults[:20])
    assert walk.requests > 900
    assert walk.taken > 100
    assert walk.shown > 200
    assert sum(map(len, walk.asked.values())) > 1500
    assert meter.status_code == 200
    assert named_in(meter.text, known | {SECRET}) == []
    assert lines.getvalue().count("\n") > 10
    assert named_in(lines.getvalue(), known | {SECRET, TAG, PASSWORD, METER, *walk.tokens.values()}) == []


@pytest.mark.parametrize(
    ("name", "part", "said"),
    [
        ("word/document.xml", TAG.encode(), "markup"),
        ("xl/worksheets/sheet1.xml", f"<c><f>1+&lt;{TAG[1:]}</f></c>".encode(), "counts"),
        ("../a.txt", b"", "leads"),
        ("xl/sharedStrings.xml", b"<t>=&lt;zz-mark</t>", ""),
    ],
)
def test_what_a_file_would_run_is_seen(name: str, part: bytes, said: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        pack.writestr(name, part)
    found = runs_in(made.getvalue())
    assert said in found
    assert bool(found) == bool(said)


async def _walked(walk: Walk, rows: object) -> None:
    chance = random.Random(20261122)
    every = [
        (route, method)
        for route in routes(walk.house.web)
        if route.name not in NOT_HERE and not route.path.startswith("/demo")
        for method in sorted(route.methods or ())
    ]
    shapes = [(route, method.lower()) for route, method in every]
    for route, method in every:  # pages as they are: their forms tell what is usual
        if method == "GET":
            async with _taken_back(rows):
                answer = await walk.sends(route, method, walk.path(route))
            if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                for how, where, fields in forms_of(answer.text, walk.path(route)):
                    for one, known in shapes:
                        if known == how and one.path_regex.fullmatch(where):
                            walk.usual.setdefault((one.name, how), fields)
    for number, path in enumerate(sorted({route.path for route, _ in every})):
        route = next(route for route, _ in every if route.path == path)
        method = NO_METHODS[number % len(NO_METHODS)]
        answer = await walk.sends(route, method, walk.path(route))
        if answer.status_code not in (404, 405):
            walk.faults.append(f"{answer.status_code}: {method} {path}")
    for turn in range(2 * TIMES):
        for route, method in every:
            names = walk.asked[route.name]
            words = {one.partition(" ")[2] for one in names if one.startswith("query ")}
            if method == "GET" and not words:
                continue
            where = walk.path(route) + ("?" + query(chance, words) if words else "")
            sent = {}
            if method != "GET":
                fields = {one.partition(" ")[2] for one in names if one.startswith("form ")}
                fields |= {one.alias for one in route.dependant.body_params}
                sent = body(chance, fields, walk.usual.get((route.name, "post"), {}), wild=turn % 2 == 1)
            async with _taken_back(rows):
                await walk.sends(route, method, where, **sent)


def _taken_back(rows: object) -> object:
    from tests.bot.explorer import Explorer, Forked

    assert isinstance(rows, Forked)
    return Explorer(rows, datetime.min).taken_back()


async def _tokens(house: House, ids: dict[str, int]) -> dict[str, str]:
    """By the beginning of a path, a token that opens it."""
    links, until = house.links, int(house.clock().timestamp()) + 3600
    return {
        "/chat/": links.chat_token(ids["mentee"]),
        "/my-data/": links.my_data(ids["mentor"], ids["mentor"], until).rpartition("/")[2],
        "/poll/": links.poll(ids["mentee"], "HONEST").rpartition("/")[2],
        "/calendar/": links.calendar(ids["mentee"]).rpartition("/")[2].removesuffix(".ics"),
        "/join/": f"token-{ids['school']}",
        "/consent/": f"token-{ids['school']}",
        "/check/": "23456789BCDF",
    }
