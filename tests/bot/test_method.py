"""How a questionnaire was filled in is kept with it: in a messenger, on a page, on paper."""

from __future__ import annotations

import pytest

from actions import questionnaire_results, questionnaires
from actions.work import Work
from program.channels import Channel
from program.instruments import Method, Value
from program.roles import Category, StaffRole
from storage.database import Database
from storage.tables import Response, School, User
from tests import build
from tests.bot.chat import Chat
from tests.conftest import NOW, rows


@pytest.mark.parametrize(
    ("channel", "method"),
    [(Channel.TELEGRAM, "chat"), (Channel.VK, "chat"), (Channel.WEB, "web")],
)
async def test_the_channel_of_the_conversation_says_how(
    database: Database, school: School, channel: Channel, method: str
) -> None:
    person = build.person(school, "Олег", "Ветров", category=Category.TEACHER)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        session.add(build.address(person, channel, "100"))
    chat = Chat(database, NOW, channel)
    await chat.press_data("f:questionnaire:INT_E")
    await chat.says("1")
    await chat.says("пропустить")
    (response,) = await rows(database, Response)
    assert isinstance(response, Response)
    assert response.method == method


async def test_what_an_account_of_the_school_writes_down_for_somebody_came_on_paper(work: Work) -> None:
    person = build.person(work.school, "Олег", "Ветров", category=Category.TEACHER)
    user = User(
        school_id=work.school.id,
        login="c",
        name="К",
        role=StaffRole.CURATOR,
        password_hash="",
        created_at=NOW,
    )
    work.session.add_all([person, user])
    await work.session.flush()
    office = work.by(user)
    typed = await questionnaires.save(office, person, "INT_E", 1, {"INT_E.1": "mentee"}, round="2026-2027")
    marks: dict[str, Value] = {f"COND.{n}": "2" for n in range(1, 10)}
    card = await questionnaires.save(office, user, "COND", 1, marks, round="2026-2027")
    said = await questionnaires.save(
        work, person, "TRN", 1, {"TRN.1": 9}, round="2026-2027", method=Method.WEB
    )
    assert [typed.method, card.method, said.method] == ["paper", "web", "web"]

    found = await questionnaire_results.results(work, "INT_E", words=False)
    assert found.methods == ((Method.PAPER, 1),)
    done = await questionnaire_results.of_person(work, person.id)
    assert [one.method for one in done] == [Method.WEB, Method.PAPER]
