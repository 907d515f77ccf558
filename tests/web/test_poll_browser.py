"""An anonymous poll in a browser: at both widths, by keyboard, without a script."""

from __future__ import annotations

import pytest

from actions.links import Links
from tests.web.test_browser import WIDTHS, Live, accessible, live
from tests.web.test_poll import asked

__all__ = ["live"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_poll_is_read_answered_and_thanked_for(live: Live, width: int) -> None:
    poll = await asked(live.pages, 6)
    link = live.pages.links.poll(poll.people[0].id, "HONEST")
    path = link.removeprefix(live.pages.links.public_url)
    assert isinstance(live.pages.links, Links)
    page = await live.open(path, width, java_script_enabled=True)
    await accessible(page, "poll")
    await page.get_by_text("Что будет с ответами").click()
    await accessible(page, "poll-what")
    for label in ("Время встреч", "Место встреч", "Чем занимаемся", "Меньше анкет"):
        await page.get_by_label(label).check()
    await page.get_by_role("button", name="Отправить").click()
    await accessible(page, "poll-wrong")
    await page.get_by_label("Меньше анкет").uncheck()
    await page.get_by_role("button", name="Отправить").click()
    await page.wait_for_url("**/thanks")
    await accessible(page, "poll-thanks")


async def test_a_poll_is_answered_by_keyboard_alone_without_a_script(live: Live) -> None:
    poll = await asked(live.pages, 6)
    path = live.pages.links.poll(poll.people[1].id, "HONEST").removeprefix(live.pages.links.public_url)
    page = await live.open(path, 360, java_script_enabled=False)
    await page.locator("#HONEST\\.1 input").first.focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await page.get_by_role("button", name="Отправить").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/thanks")
    ballot = await poll.ballot()
    assert live.pages.links.ballots.open(ballot.waiting) == {"HONEST.1": [2]}
