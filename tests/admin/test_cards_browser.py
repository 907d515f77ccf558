"""Sheets of QR cards as the printer gets them, and the wizard in a real browser."""

from __future__ import annotations

import re

import pytest

from actions import invitations
from actions.work import Work
from program.roles import PersonState
from storage.database import Database
from storage.tables import School
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site
from tests.build import person

pytestmark = pytest.mark.browser

MM = 96 / 25.4  # CSS pixels
LIST = "Кто;Класс;Связь\nПавлова Мария Олеговна;8А;1\nX;8А;2\nСеров Иван;8А;12345\n"


@pytest.mark.parametrize(("size", "sheets"), [(6, 3), (12, 2)])
async def test_every_card_has_a_code_of_three_centimetres_on_its_page(
    site: Site, database: Database, school: School, now: object, size: int, sheets: int
) -> None:
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        pupils = [
            person(held, "Александра", f"Преображенская-{n}", class_name="5В", state=PersonState.INVITED)
            for n in range(14)
        ]
        session.add_all(pupils)
        await session.flush()
        await invitations.cards(Work(session, held, now), pupils)  # type: ignore[arg-type]
    async with site.window() as page:
        await site.enter(page)
        await page.goto(f"{site.url}/qr-cards?class_name=5В&size={size}")
        await page.emulate_media(media="print")
        codes = await page.evaluate(
            """[...document.querySelectorAll(".a4-card")].map(card => {
                 const [code, link, box] = [card.querySelector("svg"), card.querySelector(".a4-link"), card]
                   .map(e => e.getBoundingClientRect());
                 return [code.width, code.height, box.bottom - link.bottom, box.right - link.right]})"""
        )
        assert len(codes) == 14
        assert all(min(width, height) >= 30 * MM for width, height, _, _ in codes)
        assert all(min(below, beside) >= 0 for _, _, below, beside in codes), "the address is on the card"
        made = await page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == sheets
        await page.emulate_media(media="screen")
        assert await look(page, "/qr-cards", 1280) == []


@pytest.mark.parametrize("script", [True, False])
async def test_the_wizard_from_unknown_titles_to_the_import_without_a_fault(site: Site, script: bool) -> None:
    wrong: list[str] = []
    async with site.window(360, script=script) as page:
        await site.enter(page)
        await page.goto(f"{site.url}/roster")
        await page.set_input_files(
            "#file", {"name": "8А.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        await page.click("main .btn-primary")
        await page.select_option("#header-0", "1")
        await page.click("text=Проверить заново")
        await page.select_option("#column-0", "full")
        await page.select_option("#column-2", "phone")
        await page.click("text=Проверить заново")
        wrong += await look(page, "/roster-check", 360) if script else []
        await page.fill("section[aria-labelledby=h-refused] input", "Ильин Олег")
        await page.click("section[aria-labelledby=h-refused] button")
        assert await page.locator("#h-refused").count() == 0
        await page.click("main .btn-primary")
        await page.get_by_text("Ильин Олег").first.wait_for(state="attached")
        await page.goto(f"{site.url}/roster")
        wrong += await look(page, "/roster-undo", 360) if script else []
        await page.click("main .btn-bad")
        await page.get_by_text("Загрузка отменена").first.wait_for(state="attached")
        for address in ("/paper", "/twins", f"/people/{site.world.mentee}/answers", "/people"):
            await page.goto(site.url + address)
            wrong += await look(page, address, 360) if script else []  # axe itself is a script
    assert wrong == []
