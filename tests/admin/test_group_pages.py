"""Who comes to a group and who leaves it, and on which day, on the group's page in the curator's browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import httpx2
import pytest

from actions import group_life, pairs
from actions.work import Work
from program.roles import Side
from storage.database import Database
from storage.tables import School
from tests.actions.pool import begun, join
from tests.admin.conftest import Browsers, Clock
from tests.season.office import section, words

DAY = timedelta(days=1)


@dataclass
class Group:
    """A page of a group at work since today with two mentees; a third may come."""

    browsers: Browsers
    database: Database
    clock: Clock
    curator: httpx2.AsyncClient
    page: str = ""
    first: int = 0  # a member's person
    third: int = 0  # a free place
    mentor: int = 0  # the mentor's place

    @property
    def today(self) -> date:
        return self.clock.now.date()

    def day(self, ahead: int) -> str:
        return (self.today + ahead * DAY).isoformat()

    async def work(self, session: object) -> Work:
        school = await session.get(School, self.browsers.school.id)  # type: ignore[attr-defined]
        return Work(session, school, self.clock.now, "clock")  # type: ignore[arg-type]

    async def reads(self) -> str:
        answer = await self.curator.get(self.page)
        assert answer.status_code == 200, words(answer)
        return answer.text

    async def changes(self) -> str:
        """What is planned, in words; "" without such a part."""
        page = await self.reads()
        return words(section(page, 'id="h-changes"')) if 'id="h-changes"' in page else ""

    async def sends(self, path: str, **form: object) -> httpx2.Response:
        return await self.curator.post(f"{self.page}{path}", data=form)

    async def passes(self, days: int) -> None:
        self.clock.forward(days * DAY)
        async with self.database.transaction() as session:
            await group_life.follow(await self.work(session))
        self.curator = await self.browsers.of()  # a session does not last so long


@pytest.fixture
async def group(browsers: Browsers, database: Database, clock: Clock, curator: httpx2.AsyncClient) -> Group:
    made = Group(browsers, database, clock, curator)
    async with database.transaction() as session:
        work = await made.work(session)
        mentees = [await join(work, Side.MENTEE, name, "Котова") for name in ("Аня", "Юля", "Зоя")]
        mentor = await join(work, Side.MENTOR, "Вера", "Осина", place={"capacity": 4})
        pair = await pairs.make_group(
            work, "uch_uch", "", "Шахматы", [mentor.id], [one.id for one in mentees[:2]]
        )
        await begun(work, pair.id)
        made.page = f"/pairs/{pair.id}"
        made.first, made.third, made.mentor = mentees[0].person_id, mentees[2].id, mentor.id
    return made


async def test_both_forms_ask_for_a_day_and_offer_today(group: Group) -> None:
    page = await group.reads()
    fields = re.findall(r'<input[^>]*type="date"[^>]*name="on"[^>]*value="([^"]*)"', page)
    assert fields == [group.day(0)] * len(fields)
    assert len(fields) == 4, "for each of three members, and for who comes"
    assert page.count("Последний день") == 3
    assert "Первый день" in page
    assert await group.changes() == ""


async def test_what_is_planned_stands_on_the_page_and_happens_on_its_day(group: Group) -> None:
    leave = f"/members/{group.first}/leave"
    assert (await group.sends("/members", place=group.third, on=group.day(3))).status_code == 303
    assert (await group.sends(leave, reason="busy", on=group.day(2))).status_code == 303
    planned = await group.changes()
    assert "приходит Котова Зоя" in planned
    assert "последний день: Котова Аня" in planned
    assert 'class="tag bad"' not in section(await group.reads(), 'id="h-changes"')

    await group.passes(3)

    assert await group.changes() == ""
    people = words(section(await group.reads(), 'id="h-who"'))
    assert re.search(r"Котова Аня ?, 8А \(до 17 сентября\)", people), people
    assert "Котова Зоя" in people


async def test_a_plan_is_taken_off_by_one_press_and_a_newer_day_counts(group: Group) -> None:
    await group.sends("/members", place=group.third, on=group.day(3))
    await group.sends("/members", place=group.third, on=group.day(5))
    page = await group.reads()
    assert (await group.changes()).count("приходит") == 1, "the newer day counts"
    off = re.findall(rf'action="{group.page}(/changes/\d+/off)"', page)
    assert len(off) == 1
    for _ in range(2):
        assert (await group.sends(off[0])).status_code == 303
    assert await group.changes() == ""
    await group.passes(6)
    assert "Котова Зоя" not in words(section(await group.reads(), 'id="h-who"'))


async def test_what_cannot_be_done_on_its_day_waits_with_the_reason(group: Group) -> None:
    await group.sends("/members", place=group.third, on=group.day(2))
    async with group.database.transaction() as session:
        await pairs.set_capacity(await group.work(session), group.mentor, 2)
    await group.passes(2)
    assert "Не получилось" in await group.changes()
    assert "Котова Зоя" not in words(section(await group.reads(), 'id="h-who"'))


@pytest.mark.parametrize(
    ("ahead", "said"), [(-40, "не раньше начала группы"), (400, "не больше трёх месяцев")]
)
async def test_a_day_out_of_reason_is_refused_in_words(group: Group, ahead: int, said: str) -> None:
    for path, form, field in (
        ("/members", {"place": group.third}, "member-on"),
        (f"/members/{group.first}/leave", {"reason": "busy"}, f"leave-{group.first}-on"),
    ):
        answer = await group.sends(path, **form, on=group.day(ahead))
        assert answer.status_code == 422
        assert f'<a class="bad" href="#{field}">' in answer.text
        assert f'id="{field}" name="on" value="{group.day(ahead)}"' in answer.text
        assert said in words(answer)
    assert await group.changes() == ""
