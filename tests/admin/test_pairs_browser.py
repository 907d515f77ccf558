"""Pages of announced pairs, of wishes and of the queue in a real browser, wide and narrow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import acceptance, encounters, group_life, pair_requests, pairs
from actions.encounters import Draft
from actions.work import Work
from program.pair_life import Wish
from program.roles import Side
from storage.database import Database
from storage.tables import School
from tests.actions.pool import begun, guardian, join
from tests.admin.looking import look
from tests.admin.test_pages_browser import Site
from tests.admin.test_pages_browser import site as site
from tests.build import NOW

pytestmark = pytest.mark.browser


async def furnish(database: Database, school_id: int) -> list[str]:
    """A pair that waits for answers, one at work with a wish, a group at work, one declined, one who waits."""
    async with database.transaction() as session:
        school = await session.get(School, school_id)
        assert school is not None
        work = Work(session, school, NOW, "user:1")
        made = []
        for number in range(3):
            mentee = await join(work, Side.MENTEE, f"Имя{number}", "Длиннофамильская-Перепёлкина")
            mentor = await join(work, Side.MENTOR, f"Вера{number}", "Осина", phone="+79000000001")
            await guardian(work, mentee.person_id)
            made.append((await pairs.choose(work, mentee.id, mentor.id), mentee, mentor))
        waits, works, refused = made
        await begun(work, works[0].id)
        await pairs.announce(work, [waits[0].id, refused[0].id])
        await acceptance.agree(work, waits[2].person_id, waits[0].id)
        await acceptance.decline(work, refused[1].person_id, refused[0].id, "other", "Хочу подумать")
        me = works[1].person_id
        await pair_requests.ask(
            work.by(f"person:{me}"), me, works[0].id, Wish.PAUSE, "other", "Скоро экзамен"
        )
        mentees = [await join(work, Side.MENTEE, f"Ия{number}") for number in range(3)]
        leader = await join(work, Side.MENTOR, "Юрий", "Ветлугин", place={"capacity": 5})
        group = await pairs.make_group(
            work, "uch_uch", "", "Шахматы", [leader.id], [one.id for one in mentees]
        )
        await begun(work, group.id)
        mentees[0].enrolled_at = NOW - timedelta(days=20)
        free = [
            await join(work, Side.MENTEE, f"Лия{number}", "Длиннофамильская-Журавлёва") for number in range(2)
        ]
        await group_life.plan(work, group.id, free[0].id, work.today + timedelta(days=3), comes=True)
        leaving = work.today + timedelta(days=5)
        await group_life.plan(work, group.id, mentees[1].id, leaving, comes=False, reason="busy")
        event = await encounters.publish(
            work,
            Draft(
                "Как выбрать профессию и не пожалеть об этом", NOW + timedelta(days=3), place="Кабинет 214"
            ),
        )
        ids = [waits[0].id, works[0].id, refused[0].id, group.id]
    return [
        "/", "/announce", "/queue", "/pairs?show=offered", "/pairs?show=asked", "/pairs?show=declined",
        *(f"/pairs/{key}" for key in ids), f"/queue/{free[1].id}/groups", f"/encounters/{event.id}",
        f"/encounters/{event.id}/edit", "/groups?form=uch_uch", "/matching?form=uch_uch",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
async def test_every_page_of_a_pairs_life_is_within_reach_of_everybody(
    site: Site, database: Database, school: School, width: int
) -> None:
    paths = await furnish(database, school.id)
    wrong: list[str] = []
    async with site.window(width) as page:
        await site.enter(page)
        for path in paths:
            await page.goto(site.url + path)
            await page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            wrong += await look(page, path, width)
    assert wrong == []
    assert site.strangers == []


async def test_a_wish_is_granted_without_a_script(site: Site, database: Database, school: School) -> None:
    await furnish(database, school.id)
    async with site.window(360, script=False) as page:
        await site.enter(page)
        await page.goto(site.url + "/pairs?show=asked")
        await page.click("text=Поставить на паузу")
        await page.wait_for_url("**done=wish-granted*")
        assert "на паузе" in await page.inner_text("main") or "пауза" in await page.inner_text("main")
