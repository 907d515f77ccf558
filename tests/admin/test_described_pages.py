"""schemathesis over every route, as the curator and as a stranger: no defect, no traceback, nobody's name, strict headers.

What a form takes is read off the pages (`described.py`). Each request is taken back, so that all find the same school.
`NASTAVNIK_TEST_SCHEMA=50` sends fifty times as much.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from starlette.requests import Request
from starlette.responses import Response

from admin.access import RULES
from admin.pages.check import Checks
from admin.pages.public import Visits
from admin.patience import Patience, Takings
from admin.security import HEADERS
from app.settings import load
from app.wiring import House, build
from bot.web import chat
from bot.web.pace import Pace
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import HOST, Browsers, account
from tests.admin.described import PARTS, document, forms_on
from tests.admin.hostile import Asked, listening
from tests.admin.test_addresses import routes
from tests.admin.test_hostile_walk import NOT_HERE, _taken_back, _tokens
from tests.admin.things import filled, things
from tests.bot.explorer import Forked, forked
from tests.unnamed import marks

TIMES = int(os.environ.get("NASTAVNIK_TEST_SCHEMA", "1"))
NEVER = (403, 404, 405, 429)  # pages that name nobody


def cases(described: dict[str, Any], times: int = TIMES) -> list[schemathesis.Case]:
    """What schemathesis would send: the same each time, so many for each route and method."""
    found: list[schemathesis.Case] = []
    for one in schemathesis.openapi.from_dict(described).get_all_operations():
        found += _drawn(one.ok().as_strategy(), times)
    return found


def _drawn(strategy: Any, times: int) -> list[schemathesis.Case]:
    found: list[schemathesis.Case] = []

    @settings(
        max_examples=1 + times, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def one_more(case: schemathesis.Case) -> None:
        found.append(case)

    one_more()
    return found[1:] or found  # the first is always the plainest there is


async def sends(browser: httpx2.AsyncClient, case: schemathesis.Case) -> httpx2.Response:
    """One case as this browser would send it."""
    said = case.as_transport_kwargs(base_url=HOST)
    ready = requests.Request(
        said["method"],
        said["url"],
        params=said.get("params"),
        data=said.get("data"),
        headers=said.get("headers"),
    ).prepare()
    kind = {"Content-Type": str(ready.headers["Content-Type"])} if ready.body else {}
    return await browser.request(str(ready.method), str(ready.url), content=ready.body, headers=kind)


def faults(case: schemathesis.Case, answer: httpx2.Response, people: set[str]) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    wrong = []
    if answer.url.path != "/readyz":  # it may well say what is not running here
        try:
            case.validate_response(answer, checks=[not_a_server_error])
        except (Failure, FailureGroup):
            wrong.append(f"a defect, {answer.status_code}")
    if "Traceback" in answer.text:
        wrong.append("a traceback")
    framed = {"X-Frame-Options"} if "fragment" in answer.url.path else set()
    if missing := [one for one in HEADERS.keys() - framed if one not in answer.headers]:
        wrong.append(f"without {missing}")
    if any(one in answer.text for one in people):
        wrong.append("names somebody")
    return [f"{one}: {case.method} {case.path} {answer.url.query!r} {case.body!r}"[:500] for one in wrong]


@pytest.mark.long
async def test_no_route_fails_at_anything_its_description_allows(
    database: Database, school: School, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "ANSWER_WITHIN", 0.0)  # nobody sends here
    ids = await things(database, school, now, owner=f"{StaffRole.CURATOR}-{school.slug}")
    people = {one for one in await marks(database) if not one.isascii()}
    values = {"NASTAVNIK_DATA_DIR": str(tmp_path), "NASTAVNIK_PUBLIC_URL": HOST}
    await account(database, school, StaffRole.CURATOR, now)
    wrong: list[str] = []
    got: Counter[tuple[str, int]] = Counter()
    async with forked(database) as rows:
        house = await build(load(values, tmp_path / "no.env"), rows, lambda: now)
        opens = Browsers(house.web, rows, school, now)
        curator, stranger = await opens.of(), opens.anonymous()
        described = await _described(house, curator, ids, rows)
        by_path = {route.path: route for route, _ in _every(house)}
        kept = {browser: list(browser.cookies.jar) for browser in (curator, stranger)}
        for case in cases(described):
            route = by_path[case.path]
            for who, browser in (("curator", curator), ("stranger", stranger)):
                _forgives(house)
                browser.cookies.jar.clear()  # whoever has signed out, or was let into a chat, is as before
                for cookie in kept[browser]:
                    browser.cookies.jar.set_cookie(cookie)
                async with _taken_back(rows):
                    answer = await sends(browser, case)
                got[who, answer.status_code] += 1
                closed = who == "stranger" and route.name in RULES
                named = people if closed or answer.status_code in NEVER else set()
                wrong += [f"{who}: {one}" for one in faults(case, answer, named)]
        for browser in opens.opened:
            await browser.aclose()
    assert wrong == [], "\n".join(wrong[:20])
    assert got["curator", 200] > 100
    assert got["curator", 303] > 50
    assert got["curator", 422] + got["curator", 409] > 20
    assert sum(got.values()) > 900


async def test_a_route_that_breaks_at_a_strange_value_is_found() -> None:
    app = FastAPI(openapi_url=None)

    @app.post("/odd", name="odd")
    async def odd(request: Request) -> Response:
        async with request.form() as form:
            typed = str(form.get("mark", "1"))
        return Response(str(int(typed)))

    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app, raise_app_exceptions=False), base_url=HOST
    ) as browser:
        [(_, _, fields)] = forms_on(
            '<form method="post" action="/odd"><input type="number" name="mark"></form>', "/"
        )
        [route] = [one for one in routes(app) if one.name == "odd"]
        described = document([(route, "POST")], {"/odd": {}}, {("odd", "post"): fields}, {})
        found = []
        for case in cases(described, times=30):
            found += faults(case, await sends(browser, case), set())
    assert any("a defect, 500" in one for one in found), "a word where a number is asked for"
    assert any("without" in one for one in found), "it stands behind no Shield"


def _every(house: House) -> list[tuple[APIRoute, str]]:
    return [
        (route, method)
        for route in routes(house.web)
        if route.name not in NOT_HERE and not route.path.startswith("/demo")
        for method in sorted(route.methods or ())
    ]


async def _described(
    house: House, curator: httpx2.AsyncClient, ids: dict[str, int], rows: Forked
) -> dict[str, Any]:
    """Opens every page and reads its forms."""
    every, tokens = _every(house), await _tokens(house, ids)
    parts, forms, asked = {}, {}, Asked()
    for route, method in every:
        token = next((token for begins, token in tokens.items() if route.path.startswith(begins)), "none")
        path = route.path.replace("{token}", token).replace("{mark}", token)
        path = filled(path, dict.fromkeys(PARTS.findall(path), 1) | ids)
        found = route.path_regex.fullmatch(path)
        assert found is not None
        parts[route.path] = found.groupdict()
        if method != "GET":
            continue
        asked.route = route.name
        with listening(asked):
            async with _taken_back(rows):
                answer = await curator.get(path)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            for how, where, fields in forms_on(answer.text, path):
                for one, other in every:
                    if other.lower() == how and one.path_regex.fullmatch(where):
                        forms.setdefault((one.name, how), {}).update(fields)
    words = {
        name: {one.partition(" ")[2] for one in said if one.startswith("query ")}
        for name, said in asked.items()
    }
    return document(every, parts, forms, words)


def _forgives(house: House) -> None:
    """Whoever sends this much would wait most of the time."""
    state = house.web.state
    state.patience, state.takings, state.visits, state.checks = Patience(), Takings(), Visits(), Checks()
    object.__setattr__(house.site, "pace", Pace())
