"""Before a mailing the curator reads how many have had their message of the day."""

from __future__ import annotations

import httpx2

from actions import news
from actions.work import Work
from program.outgoing import Kind
from storage.database import Database
from storage.tables import OutboxRow
from tests.admin.conftest import Browsers
from tests.pairs import couple


async def test_the_curator_reads_who_gets_the_news_tomorrow(
    browsers: Browsers, curator: httpx2.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        school = await session.merge(browsers.school, load=False)
        work = Work(session, school, browsers.now, "system")
        made = await couple(session, school)
        item = await news.write(work, news.Draft("Начинаем", "Программа начинается.", to_bot=True))
        session.add(
            OutboxRow(
                school_id=school.id, key="poll:1", kind=Kind.NUDGE, priority=7, person_id=made.mentee, channel="web",
                address="1", lane="web:default:1", body={"texts": []}, created_at=browsers.now,
                due_at=browsers.now, sent_at=browsers.now,
            )
        )  # fmt: skip
        key = item.id
    read = (await curator.get(f"/news/{key}")).text
    assert "1 человеку бот сегодня уже писал" in read
