"""The demo's front page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.links import Links
from bot.web.demo import Door, Player, demo_router
from program import durations
from storage.database import Database
from storage.tables import School
from tests.web.conftest import HOST, Pages, make, words


@pytest.fixture
def demo(database: Database, school: School, now: object) -> Pages:
    return make_demo(database, school, now, HOST)


async def nobody_joins() -> None:
    """Where a test does not look at who joins."""


def make_demo(
    database: Database,
    school: School,
    now: object,
    url: str,
    bring: Callable[[], Awaitable[None]] = nobody_joins,
) -> Pages:
    pages = make(database, school, now, Links(url, "secret"), demo=True)  # type: ignore[arg-type]

    async def people() -> list[Player]:
        return [
            Player(1, "Аня К., 8А", "mentee", pages.links.chat(1), "web-demo-invited"),
            Player(2, "Олег В., 10Б", "mentor", pages.links.chat(2)),
            Player(3, "Ирина К.", "guardian", pages.links.chat(3)),
            Player(4, "Костя Р., 5Б", "visitor", f"{url}/join/abc"),
        ]

    async def advance(by: timedelta) -> None:
        pages.now += by

    door = Door(f"{url}/login", "curator", "demo")
    pages.app.include_router(
        demo_router(
            pages.site, people, pages.clock, advance, zone=ZoneInfo(school.timezone), admin=door, bring=bring
        )
    )
    return pages


async def test_everybody_who_can_be_played_is_one_press_away(demo: Pages) -> None:
    async with demo.browser() as browser:
        page = await browser.get("/demo")
        listed = (await browser.get("/demo/people")).json()["people"]
    assert "Демо. Данные выдуманы, сообщения никуда не уходят" in words(page)
    assert "Вход: curator, пароль: demo" in words(page)
    assert [person["chat"] for person in listed] == [demo.links.chat(number) for number in (1, 2, 3)] + [
        f"{HOST}/join/abc"
    ]
    assert listed[0]["note"] in words(page)
    assert "web-demo" not in words(page)
    for person in listed:
        assert f'href="{person["chat"]}"' in page.text


@pytest.mark.parametrize(("step", "hours"), [("PT1H", 1), ("P1D", 24), ("P7D", 168)])
async def test_a_button_moves_the_clock(demo: Pages, step: str, hours: int) -> None:
    before = demo.now
    async with demo.browser() as browser:
        page = await browser.post("/demo/clock", data={"advance": step})
    assert demo.now - before == timedelta(hours=hours)
    assert page.url.path == "/demo"


async def test_a_program_moves_the_clock_by_json(demo: Pages) -> None:
    async with demo.browser() as browser:
        answer = await browser.post("/demo/clock", json={"advance": "P7D"})
    assert answer.json() == {"now": "2026-09-22T07:00:00+00:00"}


@pytest.mark.parametrize("body", ['{"advance": "-P1D"}', '{"advance": 7}', "[]", "{", ""])
async def test_a_senseless_step_is_refused(demo: Pages, body: str) -> None:
    before = demo.now
    async with demo.browser() as browser:
        answer = await browser.post("/demo/clock", content=body, headers={"content-type": "application/json"})
        page = await browser.post("/demo/clock", data={"advance": "P1Y"})
    assert answer.status_code == 422
    assert "Часы можно перевести вперёд" in words(page)
    assert demo.now == before


async def test_there_is_no_demo_where_it_is_not_mounted(pages: Pages) -> None:
    async with pages.browser() as browser:
        assert (await browser.get("/demo")).status_code == 404
        assert (await browser.get("/demo/people")).status_code == 404
        assert (await browser.post("/demo/clock", json={"advance": "P7D"})).status_code == 404


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("PT1H", timedelta(hours=1)),
        ("P1D", timedelta(days=1)),
        ("P1W", timedelta(weeks=1)),
        ("P1DT2H30M", timedelta(days=1, hours=2, minutes=30)),
        ("P60D", timedelta(days=60)),
    ],
)
def test_reads_a_duration(written: str, length: timedelta) -> None:
    assert durations.parse(written) == length


@pytest.mark.parametrize(
    "written",
    ["", "P", "PT", "P0D", "PT0M", "P61D", "-P1D", "P1DT", "1D", "P1.5D", "P1Y", "PT1S", "P1D ", "P٣D"],
)
def test_refuses_what_is_no_step_of_the_clock(written: str) -> None:
    with pytest.raises(ValueError):
        durations.parse(written)


async def test_new_people_join_by_themselves_at_a_press(
    database: Database, school: School, now: object
) -> None:
    brought = []

    async def bring() -> None:
        brought.append(1)

    pages = make_demo(database, school, now, HOST, bring=bring)
    async with pages.browser() as browser:
        assert "Пусть вступят сами" in words(await browser.get("/demo"))
        assert brought == []
        assert (await browser.post("/demo/newcomers")).url.path == "/demo"
    assert brought == [1]
