"""Joining, where the school keeps a form for certain ages: a kind word and a person to ask."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from actions import enrolment
from actions.enrolment import Application
from actions.work import Work
from program.channels import Channel
from program.eligibility import fits, require_bounds
from program.errors import Refusal
from program.roles import Category, Side
from storage import schools
from storage.database import Database
from storage.tables import Participation, School
from tests import build
from tests.bot.chat import Chat
from tests.conftest import rows

AGES = {"uch_uch": {"mentor": [12, 18]}}


@pytest.fixture
async def bounded(database: Database, school: School) -> School:
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        held.settings = {**held.settings, "ages": AGES, "forms": ["uch_uch"]}
    return school


async def test_a_pupil_of_ten_who_wants_to_lead_is_told_kindly_whom_to_ask(
    database: Database, bounded: School, now: datetime
) -> None:
    chat = Chat(database, now)
    await chat.press_data("f:join")
    await chat.presses("category-pupil", "join-side-mentor")
    assert await chat.says("10") == ["join-age-other"]
    assert "Наставником здесь можно быть с 12 до 18 лет" in chat.words()
    assert "Мария Ивановна" in chat.words()
    chat.button("menu-curator")
    assert await rows(database, Participation) == []


async def test_who_wants_both_goes_on_with_what_fits(
    database: Database, bounded: School, now: datetime
) -> None:
    chat = Chat(database, now)
    await chat.press_data("f:join")
    await chat.presses("category-pupil", "join-side-both")
    said = await chat.says("10")
    assert said[0] == "join-age-other"
    assert len(said) > 1, "the next question follows"


async def test_a_pupil_of_the_right_age_is_asked_on(
    database: Database, bounded: School, now: datetime
) -> None:
    chat = Chat(database, now)
    await chat.press_data("f:join")
    await chat.presses("category-pupil", "join-side-mentor")
    assert "join-age-other" not in await chat.says("15")


async def test_the_verb_itself_looks_at_a_known_birth_date(
    database: Database, bounded: School, now: datetime
) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, bounded.id), now)
        child = build.person(bounded, birth_date=date(2016, 1, 1))
        session.add(child)
        await session.flush()
        told = Application(Category.PUPIL, [(Side.MENTOR, "uch_uch")], Channel.WEB)
        with pytest.raises(Refusal, match="join-age-no"):
            await enrolment.register(work, child.id, told)


def test_bounds_are_both_included_and_an_unknown_age_fits() -> None:
    assert [fits(AGES, "uch_uch", Side.MENTOR, age) for age in (11, 12, 18, 19, None)] == [
        False, True, True, False, True,
    ]  # fmt: skip
    assert fits(AGES, "uch_uch", Side.MENTEE, 6)
    for wrong in ((3, None), (18, 12), (None, 120)):
        with pytest.raises(Refusal):
            require_bounds(*wrong)


@pytest.mark.parametrize("said", ["05.03.1961", "14.09.2026", "05.03.2021"])
async def test_a_birth_date_that_no_pupil_has_is_asked_again(
    database: Database, school: School, now: datetime, said: str
) -> None:
    """A slip in the year would make an adult of a child, and ask nobody else for a consent."""
    chat = Chat(database, now)
    await chat.starts()
    await chat.presses("menu-join", "category-pupil", "join-side-mentor")
    await chat.says("18")
    await chat.presses(*("join-agree",) * 4)
    chat.channel, chat.address = Channel.WEB, str((await chat.person()).id)
    assert "join-birth-date-odd" in await chat.says(said)
    assert "join-birth-date-odd" not in await chat.says("05.03.2008")
