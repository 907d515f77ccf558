"""The own letter or certificate is opened from the chat; nobody else's is."""

from __future__ import annotations

from actions import awards
from actions.awards import Said
from actions.work import Work
from storage import schools
from tests.pairs import couple
from tests.web.conftest import Pages


async def test_the_own_paper_opens_and_no_other(pages: Pages) -> None:
    async with pages.database.transaction() as session:
        school = await schools.get(session, pages.school.id)
        work = Work(session, school, pages.now)
        ids = await couple(session, school)
        recipients = (f"person:{ids.mentor}", f"person:{ids.mentee}")
        given = await awards.give(
            work, Said("letter", "press", recipients, "за терпение", work.today, work.today, work.today)
        )
        mine = next(one.id for one in given if one.person_id == ids.mentee)
        other = next(one.id for one in given if one.person_id == ids.mentor)
    async with pages.browser() as browser:
        address = f"/chat/{pages.links.chat_token(ids.mentee)}/award?paper="
        answer = await browser.get(address + str(mine))
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["cache-control"] == "no-store"
        for wrong in (str(other), "0", "", "x", "999999999999999999999"):
            assert (await browser.get(address + wrong)).status_code == 404, wrong
