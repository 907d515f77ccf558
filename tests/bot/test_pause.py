"""«Пауза» stops what nobody asked for; answers, safety and consents go on. Only the person's word ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from actions import pauses
from actions.permission import may_be_told
from actions.work import Work
from bot.sender import Sender
from bot.web.messenger import WebMessenger
from program.channels import Channel
from program.outgoing import PRIORITY, Kind, say
from program.pauses import end_of, pause_of
from program.text import raw
from storage import outbox
from storage.database import Database
from storage.tables import OutboxRow, Person, School
from tests.bot.chat import Chat
from tests.bot.post import LINKS
from tests.bot.test_link import member
from tests.conftest import rows
from tests.pairs import told


@pytest.fixture
def chat(database: Database, school: School, now: datetime) -> Chat:
    return Chat(database, now, Channel.WEB, "1")


@pytest.fixture
async def oleg(chat: Chat, school: School) -> Person:
    return await member(chat, school, "1", Channel.WEB)


@pytest.mark.parametrize(
    ("choice", "today", "until"),
    [
        ("1", date(2026, 9, 15), date(2026, 9, 22)),
        ("4", date(2026, 12, 30), date(2027, 1, 27)),
        ("september", date(2026, 8, 31), date(2026, 9, 1)),
        ("september", date(2026, 9, 1), date(2027, 9, 1)),
        ("open", date(2026, 9, 15), None),
    ],
)
def test_a_button_means_a_day(choice: str, today: date, until: date | None) -> None:
    assert end_of(choice, today) == until


@pytest.mark.parametrize("word", ["Пауза", "/pause", "пауза."])
async def test_the_word_asks_how_long_and_the_answer_begins_the_pause(
    chat: Chat, oleg: Person, word: str
) -> None:
    assert await chat.says(word) == ["pause-how-long"]
    assert await chat.says("2 недели") == ["pause-done"]
    pause = pause_of((await chat.person()).preferences)
    assert pause is not None
    assert pause.until == date(2026, 9, 29)
    assert await chat.presses("pause-go-on") == ["pause-ended"]
    assert pause_of((await chat.person()).preferences) is None


async def test_going_on_without_a_pause_changes_nothing(chat: Chat, oleg: Person) -> None:
    assert await chat.says("продолжить") == ["pause-none"]


async def test_the_word_under_answers_that_were_kept_goes_on_with_them(chat: Chat, oleg: Person) -> None:
    assert await chat.says("язык") == ["basics-language"]
    assert await chat.says("выйти") == ["talk-left-empty"]
    assert await chat.says("Продолжить") == ["basics-language"]


async def test_a_stranger_is_told_that_nobody_writes_first(chat: Chat, school: School) -> None:
    assert await chat.says("пауза") == ["pause-stranger"]


async def test_notices_and_news_are_kept_back_while_answers_and_alerts_go(
    chat: Chat, oleg: Person, school: School, database: Database
) -> None:
    await chat.says("пауза", "Пока не напишу «продолжить»")
    async with database.transaction() as session:
        for kind in Kind:
            await outbox.put(
                session, school_id=school.id, key=f"{kind}:1", kind=kind, priority=PRIORITY[kind], person_id=oleg.id,
                channel=Channel.WEB, address="1", body=say(raw(str(kind))).to_json(), created_at=chat.now,
                due_at=chat.now,
            )  # fmt: skip
    await Sender(database, lambda: chat.now, LINKS, [WebMessenger(database, lambda: chat.now)]).drain()
    found = [one for one in await rows(database, OutboxRow) if isinstance(one, OutboxRow)]
    assert {one.key: one.dropped for one in found if one.key.endswith(":1") and "reply:web" not in one.key} == {
        "reply:1": "", "alert:1": "", "letter:1": "paused", "notice:1": "paused", "nudge:1": "paused",
            "news:1": "paused", "soon:1": "paused",
    }  # fmt: skip
    await chat.says("продолжить")
    assert chat.text("pause-ended").args["missed"] == 5


async def test_the_question_after_a_pause_comes_once_and_the_silence_lasts_until_the_answer(
    work: Work, school: School
) -> None:
    from tests.pairs import member as joined

    person = await joined(work.session, school)
    await pauses.pause(work, person.id, work.today + timedelta(weeks=1))
    assert await pauses.ask_ended(work) == 0
    after = replace(work, now=work.now + timedelta(weeks=1))
    assert [await pauses.ask_ended(after) for _ in range(2)] == [1, 0]
    (asked,) = await told(work.session, "pause-over:", person=person.id)
    assert await may_be_told(after, person, Channel.WEB, asked.body)
    assert not await may_be_told(after, person, Channel.WEB, say(raw("Новость")).to_json())
    await pauses.go_on(after, person.id)
    assert await may_be_told(after, person, Channel.WEB, say(raw("Новость")).to_json())
