"""«Другой…»: the best, what a choice does to others, why not somebody else, and two who change places."""

from __future__ import annotations

import re
from datetime import date

import httpx2
import pytest

from actions.work import Work
from program.roles import Side
from program.states import PairStatus
from storage.database import Database
from storage.tables import Ban, Pair, PairMember, School
from tests.actions.pool import join
from tests.admin.conftest import Browsers
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
async def four(browsers: Browsers, database: Database) -> dict[str, int]:
    """Two mentees and two mentors with a place each; one mentor can be met on Mondays only."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        made = {}
        for name, side, hours in (
            ("Белова", Side.MENTEE, ["mon_day"]),
            ("Серова", Side.MENTEE, ["mon_day", "tue_day"]),
            ("Жуков", Side.MENTOR, ["mon_day"]),
            ("Лосев", Side.MENTOR, ["tue_day"]),
        ):
            hour = "INT_MO.6b" if side is Side.MENTOR else "INT_ME_P.8"
            made[name] = (await join(work, side, "Саша", name, said={hour: hours})).id
        young = await join(
            work, Side.MENTOR, "Игорь", "Младший", class_name="5А", birth_date=date(2015, 1, 1), said={}
        )
        made["Младший"] = young.id
    return made


async def _mentor_of(database: Database, mentee: int, status: PairStatus) -> int:
    members = [one for one in await rows(database, PairMember) if isinstance(one, PairMember)]
    (pair,) = [
        pair
        for pair in await rows(database, Pair, status=status)
        if isinstance(pair, Pair)
        and any(m.pair_id == pair.id and m.participation_id == mentee for m in members)
    ]
    return next(m.participation_id for m in members if m.pair_id == pair.id and m.side == Side.MENTOR)


async def test_a_swap_shows_both_before_and_after_and_approves_both(
    curator: httpx2.AsyncClient, four: dict[str, int], database: Database
) -> None:
    await curator.post("/matching/suggest", data={"form": "uch_uch"})
    assert await _mentor_of(database, four["Белова"], PairStatus.SUGGESTED) == four["Жуков"]
    page = (await curator.get(f"/matching/mentees/{four['Серова']}")).text
    assert "Поменять местами: Белова Саша" in _words(page)
    assert "Белова Саша Жуков Саша (100) Лосев Саша (60)" in _words(page), (
        "was and would be, with both scores"
    )
    swapped = await curator.post(f"/matching/mentees/{four['Серова']}/swap", data={"with": four["Белова"]})
    assert swapped.status_code == 303, _words(swapped.text)
    assert await _mentor_of(database, four["Белова"], PairStatus.APPROVED) == four["Лосев"]
    assert await _mentor_of(database, four["Серова"], PairStatus.APPROVED) == four["Жуков"]


async def test_a_swap_that_is_late_changes_nothing(
    curator: httpx2.AsyncClient, four: dict[str, int], database: Database
) -> None:
    late = await curator.post(f"/matching/mentees/{four['Серова']}/swap", data={"with": four["Белова"]})
    assert late.status_code == 409


async def test_the_page_says_why_not_somebody_and_what_would_help(
    curator: httpx2.AsyncClient, four: dict[str, int]
) -> None:
    await curator.post("/matching/suggest", data={"form": "uch_uch"})
    page = _words((await curator.get(f"/matching/mentees/{four['Белова']}?mentor={four['Лосев']}")).text)
    assert "Почему не Лосев Саша?" in page
    assert "Свободное время" in page
    younger = (await curator.get(f"/matching/mentees/{four['Белова']}?mentor={four['Младший']}")).text
    assert "Почему не Младший Игорь" in younger
    assert "Всё равно выбрать: младший ведёт старшего" in younger
    unknown = await curator.get(f"/matching/mentees/{four['Белова']}?mentor=999999")
    assert "Этого наставника нет в базе формы" in unknown.text


async def test_the_younger_leads_the_older_when_the_curator_says_so(
    curator: httpx2.AsyncClient, four: dict[str, int], database: Database
) -> None:
    chosen = await curator.post(
        f"/matching/mentees/{four['Белова']}", data={"mentor": four["Младший"], "reverse": "yes"}
    )
    assert chosen.status_code == 303
    assert await _mentor_of(database, four["Белова"], PairStatus.APPROVED) == four["Младший"]


async def test_two_kept_apart_are_not_proposed_until_they_may_be_again(
    curator: httpx2.AsyncClient, four: dict[str, int], database: Database
) -> None:
    apart = f"/matching/mentees/{four['Белова']}/apart"
    kept = await curator.post(apart, data={"mentor": four["Жуков"], "reason": "из одного двора"})
    assert kept.headers["location"].endswith("done=apart")
    await curator.post("/matching/suggest", data={"form": "uch_uch"})
    assert await _mentor_of(database, four["Белова"], PairStatus.SUGGESTED) == four["Лосев"]
    listed = (await curator.get("/matching/rejected?form=uch_uch")).text
    assert "из одного двора" in listed
    again = {"form": "uch_uch", "mentee": str(four["Белова"]), "mentor": str(four["Жуков"])}
    assert (await curator.post("/matching/apart", data=again)).status_code == 303
    assert await rows(database, Ban) == []


async def test_whoever_is_left_reads_what_keeps_everybody_away_and_what_would_help(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(f"/matching/pairs/{world.suggested}/approve")
    await curator.post("/matching/suggest", data={"form": "uch_uch"})
    board = _words((await curator.get("/matching?form=uch_uch")).text)
    assert "Пока без пары (1)" in board
    assert "Что изменить:" in board
    page = _words((await curator.get(f"/matching/mentees/{world.free_mentee_place}")).text)
    assert "Что изменить:" in page


async def test_a_mentee_of_another_school_is_not_there(
    browsers: Browsers, world: World, other_school: School
) -> None:
    stranger = await browsers.of(school=other_school)
    for path in ("", "/swap", "/apart"):
        answer = await stranger.post(f"/matching/mentees/{world.mentee_place}{path}", data={"mentor": "1"})
        assert answer.status_code == 404
