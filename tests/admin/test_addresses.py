"""Addresses that name a row which cannot exist: the page that says so, never a defect."""

from __future__ import annotations

import re

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from actions.links import Links
from bot.messenger import Incoming
from bot.web.routes import install
from program.ids import LARGEST, id_in
from storage.database import Database
from tests.admin.conftest import HOST, Browsers, Clock

ODD = ("0", "-1", str(LARGEST + 1), "9" * 40, "1" * 5000, "1.5", "abc", "%D9%A1", "+1", "1e3")
NUMBERS = re.compile(r"{(\w+_id)}")
OTHERS = {"number": "1", "name": "coverage", "directory": "model", "slug": "flash", "code": "INT_E"}


async def nothing(_: Incoming) -> None:
    """Nobody speaks in these tests."""


@pytest.fixture
def whole(application: FastAPI, database: Database, clock: Clock) -> FastAPI:
    install(application, database, clock, Links(HOST, "secret"), nothing)
    return application


def routes(of: FastAPI | APIRouter) -> list[APIRoute]:
    """Every route, those of included routers too."""
    found: list[APIRoute] = []
    for route in of.routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif included := getattr(route, "original_router", None):
            found += routes(included)
    return found


@pytest.mark.parametrize(
    ("words", "number"), [("1", 1), (str(LARGEST), LARGEST), *((one, None) for one in ODD)]
)
def test_only_numbers_that_a_row_may_have_are_read(words: str, number: int | None) -> None:
    assert id_in(words) == number


@pytest.mark.parametrize("odd", ["0", "-1", str(LARGEST + 1)])
async def test_no_route_breaks_at_an_odd_number(whole: FastAPI, browsers: Browsers, odd: str) -> None:
    browser = await browsers.of()
    walked = 0
    for route in (one for one in routes(whole) if "{token}" not in one.path):  # tokens: the next test
        for at in range(len(NUMBERS.findall(route.path))):
            names = iter(range(100))
            path = NUMBERS.sub(lambda _, names=names, at=at: odd if next(names) == at else "1", route.path)  # type: ignore[misc]
            path = re.sub(r"{(\w+)}", lambda found: OTHERS[found[1]], path)
            for method in sorted(route.methods or ()):
                answer = await browser.request(method, path)
                assert answer.status_code == 404, (route.name, path, answer.status_code)
                assert "<h1" in answer.text
                walked += 1
    assert walked > 60


@pytest.mark.parametrize("odd", [str(LARGEST + 1), "WzEsMSwxXQ.x", "x" * 300])
async def test_no_page_of_participants_breaks_at_an_odd_token(
    whole: FastAPI, browsers: Browsers, odd: str
) -> None:
    browser = browsers.anonymous()
    tokens = [route for route in routes(whole) if "{token}" in route.path]
    assert len(tokens) > 6
    for route in tokens:
        path = re.sub(r"{\w+}", odd, route.path)
        for method in sorted(route.methods or ()):
            answer = await browser.request(method, path)
            assert answer.status_code in (404, 422, 429), (route.name, answer.status_code)


@pytest.mark.parametrize("odd", ["0", str(LARGEST + 1), "9" * 40])
async def test_odd_numbers_in_forms_are_nobody(whole: FastAPI, browsers: Browsers, odd: str) -> None:
    browser = await browsers.of()
    for path, data in (
        ("/announce", {"pair": [odd]}),
        ("/news/new", {"title": "О", "body": "Т", "to": ["bot"], "shown": [odd]}),
        ("/people", {}),
    ):
        answer = await browser.post(path, data=data)
        assert answer.status_code < 500, path
    for path in (
        f"/staff-cards/IVW?person={odd}",
        f"/people?page={odd}",
        f"/journal?page={odd}",
        f"/matching?focus={odd}",
    ):
        assert (await browser.get(path)).status_code < 500, path
