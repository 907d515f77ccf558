"""Parents and children: several on either side, each message says about whom; nobody too young answers."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from actions import invitations
from actions.work import Work
from program.channels import Channel
from program.roles import Category, PersonState
from storage.database import Database
from storage.tables import Consent, Guardianship, Person, School
from tests.bot.chat import Chat
from tests.build import address, person
from tests.conftest import rows

DECISIONS = ("guardian-agree",) * 4


@pytest.fixture
async def links(database: Database, school: School, now: datetime) -> dict[str, str]:
    """The parent's link of each of two children."""
    found = {}
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        for name, grade in (("Аня", "8А"), ("Костя", "5Б")):
            child = person(work.school, name, class_name=grade, birth_date=date(2013, 3, 5))
            session.add(child)
            await session.flush()
            found[name] = (await invitations.guardian_invitation(work, child)).token
    return found


async def answers(chat: Chat, token: str, name: str = "") -> None:
    await chat.starts(token)
    await chat.presses("guardian-begin-me", *DECISIONS, "guardian-relation-mother")
    if name:
        await chat.says("1985", name)
    assert chat.ids[0] == "guardian-check", chat.ids
    await chat.presses("talk-send")


async def test_one_parent_answers_for_two_children_and_is_asked_for_the_name_once(
    database: Database, now: datetime, links: dict[str, str]
) -> None:
    chat = Chat(database, now, Channel.VK, "70")
    await answers(chat, links["Аня"], "Котова Вера Олеговна")
    await chat.starts(links["Костя"])
    assert "Костя" in chat.words()
    assert "Аня" not in chat.words()
    await chat.presses("guardian-begin-me")
    for _ in range(4):
        assert "Костя: " in chat.words(), "each question names the child"
        await chat.presses("guardian-agree")
    await chat.presses("guardian-relation-mother")
    assert chat.ids[0] == "guardian-check", "the name is known already"
    assert "Костя" in chat.words()
    await chat.presses("talk-send")
    bonds = [one for one in await rows(database, Guardianship) if isinstance(one, Guardianship)]
    assert len({one.guardian_id for one in bonds}) == 1
    assert len({one.child_id for one in bonds}) == 2


async def test_two_parents_answer_for_one_child(
    database: Database, now: datetime, links: dict[str, str]
) -> None:
    await answers(Chat(database, now, Channel.VK, "70"), links["Аня"], "Котова Вера Олеговна")
    await answers(Chat(database, now, Channel.VK, "71"), links["Аня"], "Котов Олег Павлович")
    bonds = [one for one in await rows(database, Guardianship) if isinstance(one, Guardianship)]
    assert len({one.guardian_id for one in bonds}) == 2
    assert len({one.child_id for one in bonds}) == 1


@pytest.mark.parametrize(
    ("category", "born", "said"),
    [
        (Category.PUPIL, date(2008, 3, 5), "guardian-is-a-pupil"),
        (Category.OTHER, date(2010, 3, 5), "guardian-too-young"),  # older than the child, but not of age
        (Category.OTHER, date(2014, 3, 5), "guardian-too-young"),  # younger than the child
    ],
)
async def test_who_is_not_of_age_cannot_answer_for_a_child(
    database: Database, school: School, now: datetime, links: dict[str, str], category: Category, born: date,
    said: str,
) -> None:  # fmt: skip
    async with database.transaction() as session:
        someone = person(
            school, "Олег", "Ветров", category=category, birth_date=born, state=PersonState.ACTIVE
        )
        session.add(someone)
        await session.flush()
        session.add(address(someone, Channel.VK, "70"))
    assert await Chat(database, now, Channel.VK, "70").starts(links["Аня"]) == [said]
    assert await rows(database, Consent) == []
    assert await rows(database, Guardianship) == []
    assert len(await rows(database, Person)) == 3
