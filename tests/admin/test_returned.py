"""A form that was refused comes back on its page: the reason at the top, in the title and by the field, the words kept."""

from __future__ import annotations

from urllib.parse import urljoin

import httpx2
import pytest
from lxml import html

from program.pair_life import Wish
from program.states import PairStatus, RequestState
from storage.database import Database
from storage.tables import Pair, PairAnswer, PairRequest
from tests.admin.conftest import HOST, Browsers
from tests.admin.world import World, furnish


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def back(browser: httpx2.AsyncClient, stood_on: str, path: str, **data: str) -> html.HtmlElement:
    """Sends a form as a browser does; the page that came back, looked at as every such page has to be."""
    answer = await browser.post(path, data=data, headers={"Referer": urljoin(HOST, stood_on)})
    assert answer.status_code == 409, answer.text[:500]
    page = html.document_fromstring(answer.text)
    assert page.findtext(".//title").startswith("Ошибка: ")
    (summary,) = page.find_class("border-danger")[:1]
    (link,) = summary.iter("a")
    field = page.get_element_by_id(link.get("href").removeprefix("#"))
    beside = page.get_element_by_id(f"{field.get('id')}-error")
    assert beside.text == link.text
    assert beside.get("id") in field.get("aria-describedby")
    assert all(one.get("open") for one in field.iterancestors("details"))
    form = next(field.iterancestors("form"))
    assert path in (form.get("action"), field.get("formaction"))
    return page


async def test_help_ended_without_words_stays_on_its_page_twice(
    browsers: Browsers, world: World, curator: httpx2.AsyncClient
) -> None:
    path = f"/help/{world.help}/close"
    page = await back(curator, "/help?done=taken", path, action=" ")
    assert "Напишите, что сделано" in page.find_class("border-danger")[0].text_content()
    assert page.get_element_by_id(f"action-{world.help}").get("aria-invalid") == "true"
    assert not page.get_element_by_id("status").text_content().strip(), "nothing is said to be done"
    again = await back(curator, path, path, action=" ", _page="/help")
    assert [one.get("value") for one in again.xpath("//input[@name='_page']")] == ["/help"]
    assert (await curator.post(path, data={"action": "Поговорили", "_page": "/help"})).status_code == 303


async def test_signs_that_no_page_can_hold_are_left_out_of_what_comes_back(
    world: World, curator: httpx2.AsyncClient
) -> None:
    typed = {"form": "no-such", "most": "3\x19\x17", "least": "\x0b1", "mentors": "\ufffe2"}
    page = await back(curator, "/groups/suggest", "/groups/suggest", **typed)
    assert [one.get("value") for one in page.xpath("//input[@name='most']")] == ["3"]


async def test_what_cannot_be_done_with_a_pair_stays_on_its_card(
    browsers: Browsers, world: World, database: Database, curator: httpx2.AsyncClient
) -> None:
    now = browsers.now
    async with database.transaction() as session:
        offered = await session.get(Pair, world.approved)
        assert offered
        offered.status, offered.answer_by = PairStatus.OFFERED, now
        asked = PairAnswer(
            school_id=world.school,
            pair_id=offered.id,
            person_id=world.mentor,
            about_id=world.mentor,
            side="mentor",
        )
        wish = PairRequest(
            school_id=world.school, pair_id=world.active, person_id=world.mentor, side="mentor", kind=Wish.PAUSE,
            reason="illness", state=RequestState.NEW, at=now,
        )  # fmt: skip
        session.add_all([asked, wish])
    card = f"/pairs/{world.approved}"
    page = await back(curator, card, f"{card}/dissolve", reason="weather")
    assert page.get_element_by_id("dissolve-reason").get("aria-invalid") == "true"
    page = await back(
        curator, "/pairs?show=asked&done=kept", f"/pairs/wishes/{wish.id}/grant", until="2020-01-01"
    )
    assert page.get_element_by_id(f"until-{wish.id}").get("value") == "2020-01-01"
    assert [one.get("value") for one in page.xpath("//input[@name='_page']")] == ["/pairs?show=asked"]


async def test_where_the_form_is_gone_its_words_are_shown_and_nobody_elses(
    browsers: Browsers, world: World, curator: httpx2.AsyncClient
) -> None:
    said = {"title": "Встреча <b>клуба</b>", "version": "1789455600;a=b", "password": "тайное слово"}
    gone = await curator.post("/roadmap/events/987654", data=said)
    assert gone.status_code == 404
    assert "Встреча &lt;b&gt;клуба&lt;/b&gt;" in gone.text
    assert "1789455600" not in gone.text
    assert "тайное" not in gone.text
    late = await curator.post(f"/pairs/{world.active}/dissolve", data={"reason": "не те слова"})
    assert late.status_code == 409
    assert "<title>Ошибка: " in late.text
    assert "не те слова" in late.text
    assert (
        "не те слова"
        not in (await browsers.anonymous().post("/roadmap/nowhere", data={"a": "не те слова"})).text
    )


async def test_a_piece_that_htmx_asks_for_stays_a_piece(world: World, curator: httpx2.AsyncClient) -> None:
    answer = await curator.post(f"/help/{world.help}/close", headers={"HX-Request": "true"})
    assert (answer.status_code, "<html" in answer.text) == (409, False)
