"""What is on a photo of the news is said in words to whoever does not see it."""

from __future__ import annotations

from sqlalchemy import select

from actions import news
from actions.work import Work
from storage import schools, webchat
from storage.tables import OutboxRow
from tests.pairs import couple
from tests.web.conftest import Pages
from tests.web.test_relay import png


async def test_the_web_chat_says_what_is_on_a_photo(pages: Pages) -> None:
    async with pages.database.transaction() as session:
        ids = await couple(session, await session.merge(pages.school, load=False))
        work = Work(session, await schools.get(session, pages.school.id), pages.now, "user:1")
        item = await news.write(work, news.Draft("О клубе", "Было весело.", to_wall=False))
        photo = await news.add_photo(work, item.id, png())
        news.caption(item, {photo.id: "Дети у шахматных досок"})
        await news.publish(work, item.id)
        (row,) = (await session.scalars(select(OutboxRow).where(OutboxRow.person_id == ids.mentee))).all()
        await webchat.add_ours(
            session, school_id=row.school_id, person_id=ids.mentee, outbox_id=row.id, words="О клубе", buttons=[],
            at=pages.now,
        )  # fmt: skip
    async with pages.browser() as browser:
        shown = (await browser.get(f"/chat/{pages.links.chat_token(ids.mentee)}")).text
    assert 'alt="Дети у шахматных досок"' in shown
