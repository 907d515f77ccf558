"""Consents, papers and erasure in a real browser, with rows in the lists: accessible, no sideways scrolling."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from actions import consents, enrolment
from actions.work import Work
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.retention import Basis
from program.roles import PersonState, Side
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import School
from tests.actions import pool
from tests.actions.test_group_consents import group, says_no
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site

pytestmark = pytest.mark.browser

LISTS = ("missing", "refused", "expiring", "paused", "groups", "differ", "withdrawn")
LONG = "Мы переезжаем в другой город и не знаем, в какую школу пойдём, поэтому пока не можем ничего обещать"


@pytest.fixture
async def pupil(site: Site, database: Database, school: School, now: datetime) -> int:
    """Somebody in most lists: a refusal with a long reason, a group that misses a mentee, a running clock."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        place = {"status": ParticipationStatus.CONSENT_PENDING}
        born = date(2013, 3, 5)
        child = (await pool.join(work, Side.MENTEE, agreed=False, place=place, birth_date=born)).person
        mother = await pool.guardian(work, child.id)
        for kind in REQUIRED:
            await consents.say(
                work, child, kind, ConsentEvent.REFUSED, consenter=Consenter.GUARDIAN, giver=mother,
                method=ConsentMethod.WEB_FORM, reason=LONG,
            )  # fmt: skip
        await enrolment.refresh(work, child)
        _, (_, out, _) = await group(work)
        await says_no(work, out)
        gone = (await pool.join(work, Side.MENTEE, "Юля", "Снегирёва")).person
        gone.state, gone.erase_basis = PersonState.FROZEN, Basis.WITHDRAWAL
        gone.erase_after = now + timedelta(days=30)
        return child.id


@pytest.mark.parametrize("width", [1280, 360])
async def test_consents_and_papers_are_accessible(site: Site, pupil: int, width: int) -> None:
    wrong = []
    async with site.window(width) as page:
        await site.enter(page)
        paths = [f"/consents?show={show}" for show in LISTS]
        paths += ["/deletion-acts", "/paper"]
        paths += [f"/people/{pupil}{path}" for path in ("", "/consent", "/answers", "/erase")]
        for path in paths:
            answer = await page.goto(site.url + path)
            assert answer is not None
            assert answer.ok, path
            wrong += await look(page, path, width)
        await page.goto(site.url + "/paper")
        await page.evaluate("document.querySelector('main form').noValidate = true")
        await page.click("main form .btn-primary")
        assert (await page.title()).startswith("Ошибка:")
        wrong += await look(page, "/paper-error", width)
    assert wrong == []
