"""The page of a mailing in a real browser: every state at both widths, and numbers that change by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from program.states import MailingState
from storage.database import Database
from storage.tables import Mailing, OutboxRow
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site
from tests.build import NOW

pytestmark = pytest.mark.browser

FATES: tuple[dict[str, object], ...] = (
    {"sent_at": NOW},
    {"dropped": "unreachable"},
    {"dropped": "in-doubt"},
    {"due_at": NOW + timedelta(hours=20)},
    {"dropped": "not-allowed"},
)


async def test_every_state_of_a_mailing_is_accessible_and_the_numbers_follow(
    site: Site, database: Database
) -> None:
    where = f"/news/{site.world.published}/mailing"
    async with database.transaction() as session:
        ids = (await session.scalars(select(OutboxRow.id).where(OutboxRow.mailing_id.is_not(None)))).all()
        for key, values in zip(ids, FATES, strict=False):
            await session.execute(update(OutboxRow).where(OutboxRow.id == key).values(**values))
    wrong: list[str] = []
    for width in (1280, 360):
        async with site.window(width) as page:
            await site.enter(page)
            await page.goto(site.url + "/mailings")
            wrong += await look(page, "/mailings", width)
            for state in MailingState:
                async with database.transaction() as session:
                    await session.execute(update(Mailing).values(state=state, changed_at=NOW))
                await page.goto(site.url + where)
                wrong += await look(page, f"/mailing-{state}", width)
            await page.goto(site.url + where + "?fate=lost")
            wrong += await look(page, "/mailing-lost", width)
    assert wrong == []
    async with database.transaction() as session:
        await session.execute(update(Mailing).values(state=MailingState.GOING))
    async with site.window() as page:
        await site.enter(page)
        await page.goto(site.url + where)
        assert await page.locator("progress").get_attribute("value") == "4"
        async with database.transaction() as session:
            waiting = OutboxRow.mailing_id.is_not(None), OutboxRow.sent_at.is_(None), OutboxRow.dropped == ""
            await session.execute(update(OutboxRow).where(*waiting).values(sent_at=NOW))
        await page.wait_for_selector("text=Рассылка закончена", timeout=10_000)
    async with site.window(script=False) as page:
        await site.enter(page)
        await page.goto(site.url + where)
        assert "Рассылка закончена" in await page.inner_text("main")
