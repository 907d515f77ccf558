"""The one entrance: a turn happens whole, once, or not at all; and a conversation goes where its person goes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from actions import webchat
from actions.work import Work
from bot.front import Front, NoSchool
from bot.messenger import Heard, Incoming
from bot.sender import Sender
from program.channels import Channel
from program.outgoing import Message
from program.roles import PersonState
from storage import inline_sqlite
from storage.database import Database, is_passing
from storage.tables import (
    Address,
    Conversation,
    HelpRequest,
    OutboxRow,
    Participation,
    Person,
    School,
    SeenEvent,
)
from tests import build
from tests.bot.chat import Chat
from tests.bot.post import LINKS, unsent
from tests.both import database as database
from tests.conftest import rows

AGREE_ALL = ("join-agree",) * 4
TO_NAME = ("menu-join", "category-teacher", "join-side-mentor", "join-with-uchit-uch-mentor", *AGREE_ALL)


@pytest.fixture
def chat(database: Database, school: School, now: datetime) -> Chat:
    return Chat(database, now)


def said(
    words: str, now: datetime, event_id: str, address: str = "100", channel: Channel = Channel.TELEGRAM
) -> Incoming:
    return Incoming(channel, address, event_id, Heard.TEXT, now, text=words)


def front(database: Database, now: datetime) -> Front:
    return Front(database, lambda: now, unsent(database, lambda: now))


async def member(database: Database, school: School, *channels: Channel) -> Person:
    """Somebody who takes part, with an address «100» in each channel."""
    person = build.person(school)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        for channel in channels:
            session.add(build.address(person, channel, "100"))
    return person


# Once


async def test_a_turn_wakes_only_the_accounts_for_which_it_has_something(
    database: Database, school: School, now: datetime
) -> None:
    await member(database, school, Channel.TELEGRAM, Channel.VK)
    woken: list[set[tuple[str, str]]] = []

    class Noting(Sender):
        def wake(self, accounts: Collection[tuple[str, str]] | None = None) -> None:
            woken.append(set(accounts or ()))

    entrance = Front(database, lambda: now, Noting(database, lambda: now, LINKS, []))
    await entrance.receive(said("/menu", now, "1"))
    assert woken == [{(Channel.TELEGRAM, "default")}]


async def test_an_event_given_again_does_nothing(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.sends(Heard.TEXT, "хочу участвовать", event_id="same")
    before = await _everything(database)
    assert await chat.sends(Heard.TEXT, "хочу участвовать", event_id="same") == []
    assert await _everything(database) == before


async def test_the_same_number_from_another_channel_is_another_event(
    chat: Chat, database: Database, now: datetime
) -> None:
    await chat.sends(Heard.TEXT, "привет", event_id="1")
    vk = Chat(database, now, Channel.VK, "100")
    assert await vk.sends(Heard.TEXT, "привет", event_id="1") != []
    assert len(await rows(database, Person)) == 2


async def test_one_event_given_five_times_at_once_is_answered_once(
    database: Database, school: School, now: datetime
) -> None:
    event = said("привет", now, "same")
    await asyncio.gather(*(front(database, now).receive(event) for _ in range(5)))
    assert len(await rows(database, OutboxRow)) == 1
    assert len(await rows(database, Person)) == 1


async def _everything(database: Database) -> list[object]:
    talks = [(t.flow, t.step, t.turn, t.journal) for t in await rows(database, Conversation)]  # type: ignore[attr-defined]
    return [talks, len(await rows(database, OutboxRow)), len(await rows(database, SeenEvent))]


# Or not at all


async def test_without_a_school_an_event_is_kept_for_later(database: Database, now: datetime) -> None:
    with pytest.raises(NoSchool):
        await front(database, now).receive(said("привет", now, "1"))
    async with database.transaction() as session:
        session.add(build.school(now=now))
    await front(database, now).receive(said("привет", now, "1"))
    assert len(await rows(database, OutboxRow)) == 1


@pytest.mark.sqlite
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_turn_that_the_locked_file_refused_works_when_it_is_given_again(
    tmp_path: Path, database: Database, school: School, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline_sqlite, "PATIENCE", 0.05)  # half a minute otherwise
    another = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    another.execute("BEGIN IMMEDIATE")
    event = said("привет", now, "1")
    with pytest.raises(OperationalError):
        await front(database, now).receive(event)
    another.execute("ROLLBACK")
    another.close()
    assert await rows(database, SeenEvent) == []
    await front(database, now).receive(event)
    assert len(await rows(database, OutboxRow)) == 1


@pytest.mark.sqlite
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # PostgreSQL has more than one writer
async def test_a_turn_waits_for_another_process_that_writes(
    tmp_path: Path, database: Database, school: School, now: datetime
) -> None:
    another = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    another.execute("BEGIN IMMEDIATE")
    turn = asyncio.create_task(front(database, now).receive(said("привет", now, "1")))
    done, _ = await asyncio.wait({turn}, timeout=0.1)
    assert not done
    another.execute("COMMIT")
    another.close()
    await turn
    assert len(await rows(database, OutboxRow)) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_turn_whose_connection_was_cut_works_when_it_is_given_again(
    database: Database, school: School, now: datetime
) -> None:
    await member(database, school, Channel.TELEGRAM)
    event = said("привет", now, "1")
    async with database.engine.connect() as holder:
        await holder.execute(text("SELECT * FROM person FOR UPDATE"))
        turn = asyncio.create_task(front(database, now).receive(event))
        assert await _waiters(database, 1)
        await holder.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
        )
        with pytest.raises(Exception):  # noqa: B017 - whatever the driver calls it
            await turn
        await holder.rollback()
    assert await rows(database, SeenEvent) == []
    await front(database, now).receive(event)
    (reply,) = await rows(database, OutboxRow)
    assert reply.body["texts"][0]["id"] == "basics-hello-again"  # type: ignore[attr-defined]


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_turn_that_lost_a_deadlock_works_when_it_is_given_again(
    database: Database, school: School, now: datetime
) -> None:
    """The turn holds its event and waits for the person; the other holds the person and waits for the event."""
    await member(database, school, Channel.TELEGRAM)
    event = said("привет", now, "1")
    async with database.engine.connect() as other:
        await other.execute(text("SET deadlock_timeout = '1h'"))  # the turn is the one that notices
        await other.execute(text("SELECT * FROM person FOR UPDATE"))
        turn = asyncio.create_task(front(database, now).receive(event))
        assert await _waiters(database, 1)
        values = "('telegram', 'default', '1', now())"
        insert = (
            f"INSERT INTO seen_event (channel, account, event_id, at) VALUES {values} ON CONFLICT DO NOTHING"
        )
        circle = asyncio.create_task(_execute(other, insert))
        with pytest.raises(Exception, match="deadlock"):
            await turn
        await circle
        await other.rollback()
    assert await rows(database, SeenEvent) == []
    await front(database, now).receive(event)
    assert len(await rows(database, OutboxRow)) == 1


@pytest.mark.parametrize("statement", ["SELECT :x + nothing", "INSERT INTO person (id) VALUES (:x)"])
async def test_what_would_fail_for_ever_is_not_tried_for_ever(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.transaction() as session:
            await session.execute(text(statement), {"x": 1})
    if not database.is_sqlite or "INSERT" in statement:  # SQLite calls a wrong statement "operational"
        assert not is_passing(caught.value)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_value_that_fits_no_column_is_a_defect(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.transaction() as session:
            await session.get(Person, 10**30)
    assert not is_passing(caught.value)


async def test_a_defect_of_ours_is_apologised_for_once_and_the_conversation_stays(
    chat: Chat, database: Database
) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    async with database.transaction() as session:
        talk = await session.scalar(select(Conversation))
        assert talk is not None
        good, talk.journal = talk.journal, [["facts", "spoilt", "f"], *talk.journal[1:]]
    assert await chat.says("1") == ["talk-defect"]
    async with database.transaction() as session:
        talk = await session.scalar(select(Conversation))
        assert talk is not None
        assert talk.step == "side"
        talk.journal = good
    assert await chat.says("Могу быть наставником") == ["join-form-mentor"]


# Side by side, and in order


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_different_people_do_not_wait_for_each_other(
    database: Database, school: School, now: datetime
) -> None:
    slow = await member(database, school, Channel.TELEGRAM)
    async with database.engine.connect() as holder:
        await holder.execute(text("SELECT * FROM person WHERE id = :id FOR UPDATE"), {"id": slow.id})
        waits = asyncio.create_task(front(database, now).receive(said("привет", now, "1")))
        assert await _waiters(database, 1)
        for number in range(3):
            other = said("привет", now, f"other{number}", address=f"20{number}")
            await asyncio.wait_for(front(database, now).receive(other), 5)
        assert not waits.done()
        await holder.rollback()
    await waits
    assert len(await rows(database, OutboxRow)) == 4


async def test_what_one_person_says_in_two_channels_at_once_is_two_turns(
    database: Database, school: School, now: datetime
) -> None:
    person = await member(database, school, Channel.TELEGRAM, Channel.VK)
    await front(database, now).receive(said("мне нужна помощь", now, "1"))
    words = [
        said("Написать куратору", now, "2"),
        said("/language", now, "3", channel=Channel.VK),
        said("/language", now, "4"),
        said("Написать куратору", now, "5", channel=Channel.VK),
    ]
    if database.is_sqlite:
        await asyncio.gather(*(front(database, now).receive(one) for one in words))
    else:
        async with database.engine.connect() as holder:
            await holder.execute(text("SELECT * FROM person FOR UPDATE"))
            turns = [asyncio.create_task(front(database, now).receive(one)) for one in words]
            assert await _waiters(database, len(words))
            await holder.rollback()
        await asyncio.gather(*turns)
    (after,) = await rows(database, Person, id=person.id)
    replies = await rows(database, OutboxRow)
    data = [c.data for r in replies for row in Message.from_json(r.body).rows for c in row]  # type: ignore[attr-defined]
    shown = {one.split(":")[1] for one in data if one.startswith("t:")}
    assert len(replies) == 5
    assert after.turn == 5  # type: ignore[attr-defined]
    assert len(shown) >= 3  # every question has a number of its own


async def _execute(connection: object, statement: str) -> None:
    await connection.execute(text(statement))  # type: ignore[attr-defined]


async def _waiters(database: Database, count: int) -> bool:
    """Waits until so many turns stand at a lock."""
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    async with asyncio.timeout(10):
        while True:
            async with database.reading() as session:  # one transaction sees one state of the server
                if (await session.scalar(asked) or 0) >= count:
                    return True
            await asyncio.sleep(0.01)


# Reachable or not


async def test_who_blocks_us_is_noted_and_who_comes_back_is_reachable_again(
    chat: Chat, database: Database, now: datetime
) -> None:
    await chat.starts()
    assert await chat.sends(Heard.BLOCKED) == []
    (address,) = await rows(database, Address)
    assert (address.unreachable_since, address.unreachable_reason) == (now, "blocked")  # type: ignore[attr-defined]
    assert await chat.sends(Heard.ALLOWED) == []
    (address,) = await rows(database, Address)
    assert (address.unreachable_since, address.unreachable_reason) == (None, "")  # type: ignore[attr-defined]


async def test_who_blocks_us_in_the_middle_goes_on_where_they_were(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    await chat.sends(Heard.BLOCKED)
    await chat.sends(Heard.ALLOWED)
    assert await chat.says("Могу быть наставником") == ["join-form-mentor"]


async def test_a_stranger_who_blocks_us_leaves_no_trace(chat: Chat, database: Database) -> None:
    assert await chat.sends(Heard.BLOCKED) == []
    assert await rows(database, Person) == []


# From channel to channel


async def test_a_conversation_goes_on_in_another_messenger_of_the_same_person(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher", "join-side-mentor")
    person = await chat.person()
    async with database.transaction() as session:
        merged = await session.merge(school, load=False)
        link = await webchat.invite_own_messenger(Work(session, merged, now), await session.merge(person))
    vk = Chat(database, now, Channel.VK, "555")
    await vk.starts(link.token)
    assert (await vk.person()).id == person.id
    assert "join-form-mentor" in vk.ids, "the open question is shown where the person is now"
    assert await vk.presses("join-with-uchit-uch-mentor") == ["join-consent"]
    assert (await chat.says("назад"))[-1] == "join-form-mentor"


async def test_a_private_question_moves_to_the_page_and_the_conversation_comes_back(
    chat: Chat, database: Database, now: datetime
) -> None:
    await chat.starts()
    await chat.presses(*TO_NAME)
    assert chat.ids == ["talk-private"]
    person = await chat.person()
    (talk,) = await rows(database, Conversation)
    journal = talk.journal  # type: ignore[attr-defined]
    page = Chat(database, now, Channel.WEB, str(person.id))
    page.messages = await page._answers()
    assert page.ids == ["join-full-name"]
    await page.says("Ромашкина Алиса Сергеевна")
    assert page.ids.count("talk-private-done") == 1
    chat.messages = await chat._answers()
    assert "join-done" in chat.ids
    assert "questionnaire-start" in chat.ids
    (talk,) = await rows(database, Conversation)
    assert talk.flow == "intake"  # type: ignore[attr-defined]
    assert talk.away is False  # type: ignore[attr-defined]
    assert journal != talk.journal  # type: ignore[attr-defined]
    (place,) = await rows(database, Participation)
    assert place.person_id == person.id  # type: ignore[attr-defined]


async def test_a_private_question_is_not_answered_where_personal_data_may_not_be_asked(
    chat: Chat, database: Database
) -> None:
    await chat.starts()
    await chat.presses(*TO_NAME)
    await chat.says("Ромашкина Алиса Сергеевна")
    assert chat.ids == ["talk-private"]
    assert (await chat.person()).last_name == ""
    (talk,) = await rows(database, Conversation)
    assert "Ромашкина" not in str(talk.journal)  # type: ignore[attr-defined]
    await chat.says("назад")
    assert await chat.presses("join-agree") == ["talk-private"], "what is not private is answered here"


async def test_where_the_school_allows_it_a_private_question_stays(
    chat: Chat, database: Database, school: School
) -> None:
    async with database.transaction() as session:
        ours = await session.get(School, school.id)
        assert ours is not None
        ours.settings = {**ours.settings, "personal_channels": ["telegram", "web"]}
    await chat.starts()
    await chat.presses(*TO_NAME)
    assert chat.ids == ["join-full-name"]


# One inside the other


async def test_interruptions_are_left_in_the_order_they_came(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    assert await chat.says("/language") == ["basics-language"]
    assert await chat.says("написать куратору") == ["care-curator-words"]
    assert await chat.says("Когда первая встреча?") == [
        "care-curator-sent", "talk-where-were-we", "basics-language",
    ]  # fmt: skip
    assert await chat.says("русский") == ["basics-language-set", "talk-where-were-we", "join-side"]
    (talk,) = await rows(database, Conversation)
    assert (talk.flow, talk.parked) == ("join", [])  # type: ignore[attr-defined]
    (asked,) = await rows(database, HelpRequest)
    assert not asked.urgent  # type: ignore[attr-defined]


async def test_asking_for_the_same_thing_again_and_again_pushes_nothing_out(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    for _ in range(6):
        await chat.says("написать куратору")
    assert await chat.says("Когда первая встреча?") == [
        "care-curator-sent", "talk-where-were-we", "join-side",
    ]  # fmt: skip


async def test_joining_begun_anew_from_the_menu_keeps_one_conversation(
    chat: Chat, database: Database
) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    await chat.says("хочу участвовать")
    (talk,) = await rows(database, Conversation)
    assert (talk.flow, talk.parked) == ("join", [])  # type: ignore[attr-defined]


async def test_a_frozen_person_still_reaches_the_curator(
    chat: Chat, database: Database, school: School
) -> None:
    person = await member(database, school, Channel.TELEGRAM)
    async with database.transaction() as session:
        row = await session.get(Person, person.id)
        assert row is not None
        row.state = PersonState.FROZEN
    assert "care-curator-words" in await chat.says("написать куратору")
