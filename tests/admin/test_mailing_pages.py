"""The page of a mailing: how far it is, pause and cancel, who has to be called and on which telephone."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import httpx2
import openpyxl
import pytest
from sqlalchemy import select, update

from program.channels import Channel
from program.mailings import EXPIRED, NO_ADDRESS, Counts, Fate, fate, left
from program.roles import StaffRole
from program.states import MailingState
from storage import mailings
from storage.database import Database
from storage.tables import Guardianship, JournalEntry, Mailing, OutboxRow, Person
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.build import NOW
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _set(database: Database, world: World, person_id: int, **values: object) -> None:
    key = f"news:{world.published}:{person_id}"
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).where(OutboxRow.key == key).values(**values))


async def _state(database: Database) -> MailingState:
    (mailing,) = await rows(database, Mailing)
    return mailing.state  # type: ignore[attr-defined, no-any-return]


def _count(page: str, name: str) -> int:
    found = re.search(rf"{name}</dt><dd[^>]*>(\d+)</dd>", page)
    assert found, name
    return int(found[1])


async def test_a_press_pauses_and_another_goes_on_and_both_stand_in_the_journal(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    where = f"/news/{world.published}/mailing"
    assert "Рассылка идёт" in (await curator.get(where)).text
    assert (await curator.post(f"{where}/pause")).status_code == 303
    assert await _state(database) == MailingState.PAUSED
    assert "Продолжить рассылку" in (await curator.get(where)).text
    assert (await curator.post(f"{where}/pause")).status_code == 409, "somebody else was quicker"
    assert (await curator.post(f"{where}/resume")).status_code == 303
    assert await _state(database) == MailingState.GOING
    noted = [line.action for line in await rows(database, JournalEntry) if "mailing" in line.action]  # type: ignore[attr-defined]
    assert noted == ["news.mailing-paused", "news.mailing-resumed"]


async def test_calling_off_asks_first_and_then_drops_what_waits(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    where = f"/news/{world.published}/mailing"
    asked = await curator.post(f"{where}/cancel")
    assert asked.status_code == 200
    assert "Оставить как есть" in asked.text
    assert await _state(database) == MailingState.GOING
    assert (await curator.post(f"{where}/cancel", data={"sure": "yes"})).status_code == 303
    page = (await curator.get(where)).text
    assert "Отменена" in page
    assert _count(page, "Отменено") > 0
    assert _count(page, "В очереди") == 0
    assert "hx-trigger" not in page.partition('id="progress"')[2].partition("</dl>")[0], (
        "nothing changes any more"
    )
    assert (await curator.post(f"{where}/resume")).status_code == 409


async def test_the_numbers_say_what_became_of_each_message(
    curator: httpx2.AsyncClient, world: World, database: Database, clock: Clock
) -> None:
    await _set(database, world, world.mentor, sent_at=clock.now)
    await _set(database, world, world.mentee, dropped="unreachable")
    page = (await curator.get(f"/news/{world.published}/mailing/live")).text
    assert _count(page, "Отправлено") == 1
    assert _count(page, "Не дошло") == 1
    assert 'hx-trigger="every 3s"' in page


async def test_for_a_child_the_telephone_of_the_adult_is_given(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    async with database.transaction() as session:
        guardian = await session.get_one(Person, world.guardian)
        guardian.phone = "+79990001122"
        bond = Guardianship(
            school_id=world.school, guardian_id=world.guardian, child_id=world.mentee, created_at=NOW,
            confirmed_at=NOW,
        )  # fmt: skip
        session.add(bond)
        child = await session.get_one(Person, world.mentee)
        child.phone = "+79990003344"
        name = guardian.full_name
    await _set(database, world, world.mentee, dropped=NO_ADDRESS)
    where = f"/news/{world.published}/mailing"
    page = (await curator.get(f"{where}?fate=lost")).text
    assert "Кому позвонить: 1" in page
    assert name in page
    assert "tel:+79990001122" in page
    assert "+79990003344" not in page
    answer = await curator.post(f"{where}/file?fate=lost")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    said = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert f"{name}: +79990001122" in said
    assert "нет чата, куда писать" in said


async def test_a_class_teacher_sees_the_own_class_and_presses_nothing(
    browsers: Browsers, world: World, database: Database
) -> None:
    where = f"/news/{world.published}/mailing"
    async with database.reading() as session:
        found = await session.scalars(
            select(Person).join(OutboxRow, OutboxRow.person_id == Person.id).where(OutboxRow.mailing_id > 0)
        )
        classes = {one.last_name: one.class_name for one in found}
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    page = (await teacher.get(where)).text
    for name, class_name in classes.items():
        assert (name in page) == (class_name == "8А"), name
    assert "Поставить на паузу" not in page
    assert (await teacher.post(f"{where}/pause")).status_code == 403
    editor = await browsers.of(StaffRole.SITE_EDITOR)
    shown = (await editor.get(where)).text
    assert not any(name in shown for name in classes)
    assert "Отправлено" in shown
    assert (await editor.post(f"{where}/file")).status_code == 403


async def test_every_fate_is_found_by_its_filter(world: World, database: Database, clock: Clock) -> None:
    """The condition for the list and the rule for one row say the same."""
    reasons = [
        "unreachable", "in-doubt", "refused: x", "gave-up: x", "not-allowed", "paused", EXPIRED, "crowded",
        "cancelled", "joined", "gone", NO_ADDRESS, "",
    ]  # fmt: skip
    later = clock.now + timedelta(hours=1)
    async with database.transaction() as session:
        one = await session.scalar(select(OutboxRow).where(OutboxRow.mailing_id.is_not(None)).limit(1))
        assert one is not None
        for reason in reasons:
            for due in (clock.now, later):
                one.dropped, one.due_at = reason, due
                await session.flush()
                expected = fate(sent=False, dropped=reason, later=due > clock.now)
                for code in Fate:
                    where = select(OutboxRow.id).where(
                        OutboxRow.id == one.id, mailings.in_fate(code, clock.now)
                    )
                    assert (await session.scalar(where) is not None) == (code is expected), (reason, code)


def test_the_end_is_foretold_by_what_went_in_the_last_minute_else_by_the_limits() -> None:
    waiting = Counts(waits={Channel.TELEGRAM: 290, Channel.VK: 100})
    assert left(waiting, NOW, NOW) == timedelta(seconds=10)
    measured = Counts(waits={Channel.TELEGRAM: 290}, lately={Channel.TELEGRAM: 600})
    assert left(measured, NOW - timedelta(hours=1), NOW) == timedelta(seconds=29)
