"""Anonymous polls: asked in three channels, answered on a page; nothing joins a person to an answer."""

from __future__ import annotations

import json
import logging
import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import inspect, select

from actions import assignments, ballots, erasure, my_data, questionnaires, sweeps
from actions.audiences import Audience
from actions.links import Links
from actions.sealing import Box
from actions.work import Work
from program.ballots import PEOPLE
from program.channels import Channel
from program.errors import Refusal
from program.instruments import Value
from program.outgoing import Message
from program.retention import Basis
from program.roles import Side
from storage.database import Database
from storage.tables import Ballot, Base, Conversation, OutboxRow, Person, Response, School, WebMessage
from tests import build
from tests.bot.chat import Chat
from tests.conftest import NOW, rows
from tests.pairs import papers
from tests.web.conftest import Pages, words

CHANNELS = (Channel.TELEGRAM, Channel.VK, Channel.WEB)
LAST_DAY = NOW.replace(day=28)


@dataclass
class Poll:
    pages: Pages
    people: list[Person]

    def work(self, session: Any) -> Work:
        return Work(session, self.pages.school, self.pages.now)

    async def link(self, person: Person) -> str:
        """Where the button of the invitation leads."""
        for row in await rows(self.pages.database, OutboxRow, person_id=person.id):
            assert isinstance(row, OutboxRow)
            for choices in Message.from_json(row.body).rows:
                for choice in choices:
                    if choice.url.startswith("page:poll:"):
                        return self.pages.links.resolve(choice.url, person.id)
        raise AssertionError("not asked")

    async def answers(self, person: Person, **given: object) -> int:
        data = {name.replace("_", "."): value for name, value in given.items()}
        async with self.pages.browser() as browser:
            answer = await browser.post(await self.link(person), data=data)
        return answer.status_code

    async def ballot(self) -> Ballot:
        (found,) = await rows(self.pages.database, Ballot)
        assert isinstance(found, Ballot)
        return found

    async def shown(self) -> dict[str, int]:
        """How many answers to each question the school sees now."""
        async with self.pages.database.reading() as session:
            found = await ballots.counted(self.work(session), self.pages.links.ballots, "HONEST")
        return {name: counts[PEOPLE] for name, counts in found.told.items()}


@pytest.fixture
async def poll(pages: Pages) -> Poll:
    """Twelve pupils, four in each channel, who were asked today."""
    return await asked(pages, 12)


async def asked(pages: Pages, count: int) -> Poll:
    people = [build.person(pages.school, f"Ученик{n}", f"Номер{n}") for n in range(count)]
    async with pages.database.transaction() as session:
        session.add_all(people)
        await session.flush()
        for n, person in enumerate(people):
            session.add(build.address(person, CHANNELS[n % 3], f"{900 + n}" if n % 3 < 2 else ""))
            session.add(build.participation(person, Side.MENTEE, enrolled_at=NOW))
            session.add_all(papers(person))
        await session.flush()
        work = Work(session, await session.merge(pages.school, load=False), pages.now)
        await assignments.send(work, "HONEST", Audience(), LAST_DAY.date())
    return Poll(pages, people)


async def dump(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as anybody with a copy of the database reads it."""
    found = {}
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            every = await session.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = [repr(row) for row in every]
    return found


def files(database: Database) -> bytes:
    """The file and its write-ahead log, byte by byte: what was there before is still there."""
    path = Path(str(database.engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))


async def test_an_answer_changes_one_row_without_its_writer_and_writes_no_line_of_a_log(
    poll: Poll, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await poll.pages.sender.drain()
    before = await dump(poll.pages.database)
    caplog.set_level(logging.DEBUG)
    capfd.readouterr()
    order = random.Random(7).sample(poll.people, 12)
    with structlog.testing.capture_logs() as logged:
        for n, person in enumerate(order):
            assert await poll.answers(person, HONEST_1=n % 10 + 1, HONEST_3="must", HONEST_4="no") == 200
    after = await dump(poll.pages.database)
    assert [name for name in after if after[name] != before.get(name)] == ["ballot"]
    # `httpx` and `sqlalchemy` of the test itself may speak; the house does not.
    ours = [
        r for r in caplog.records if r.name.split(".")[0] not in ("httpx", "httpx2", "httpcore2", "asyncio")
    ]
    assert (logged, ours) == ([], [])
    assert "must" not in "".join(capfd.readouterr())
    ballot = await poll.ballot()
    assert ballot.answered == sorted(person.id for person in poll.people)
    assert ballot.people == 12
    assert ballot.told["HONEST.3"] == {PEOPLE: 5, "=must": 5}
    assert sum(ballot.told["HONEST.1"].values()) == 10
    assert set(inspect(Ballot).columns.keys()) == {
        "id", "school_id", "code", "round", "version", "closes_at", "people", "answered", "waiting", "told",
    }  # fmt: skip
    assert ballot.closes_at.date() == LAST_DAY.date()


@pytest.mark.sqlite
async def test_the_whole_file_and_its_log_hold_no_answer_of_the_first_to_answer(poll: Poll) -> None:
    """Who has answered is known; with one answer in clear beside it, so would be the answer."""
    await poll.pages.sender.drain()
    words_before = [files(poll.pages.database).count(word) for word in (b"must", b"papers")]
    for person in poll.people[:3]:
        await poll.answers(person, HONEST_3="must", HONEST_5=["papers", "choice"])
    # The published questions hold these words, too: once, as before.
    assert [files(poll.pages.database).count(word) for word in (b"must", b"papers")] == words_before
    ballot = await poll.ballot()
    assert ballot.told == {}
    assert len(ballot.waiting) == len(poll.pages.links.ballots.seal({}))
    heaps = poll.pages.links.ballots.open(ballot.waiting)
    assert heaps["HONEST.3"] == ["must"] * 3
    with pytest.raises(ValueError):
        Box("another key", "ballots").open(ballot.waiting)


async def test_one_answers_once_and_hears_it_kindly(poll: Poll) -> None:
    person = poll.people[0]
    assert await poll.answers(person, HONEST_1=7) == 200
    for _ in range(2):
        await poll.answers(person, HONEST_1=2)
    assert (await poll.ballot()).people == 1
    async with poll.pages.browser() as browser:
        again = await browser.get(await poll.link(person))
    assert "ответ уже принят" in words(again)


async def test_counts_come_by_fives_and_all_of_them_when_it_is_closed(pages: Pages) -> None:
    poll = await asked(pages, 17)
    seen = []
    for person in poll.people:
        await poll.answers(person, HONEST_1=5)
        seen.append((await poll.shown()).get("HONEST.1", 0))
    assert seen == [0] * 9 + [5] * 5 + [10] * 3
    pages.now = LAST_DAY.replace(hour=23)
    assert await poll.shown() == {"HONEST.1": 17}


async def test_under_five_answers_are_never_shown_not_even_at_the_end(poll: Poll) -> None:
    for person in poll.people[:6]:
        given = {"HONEST_1": 5} if person is not poll.people[0] else {}
        await poll.answers(person, HONEST_2=5, **given)
    for person in poll.people[6:8]:
        await poll.answers(person, HONEST_3="own")
    await close(poll)
    assert await poll.shown() == {"HONEST.1": 5, "HONEST.2": 6}


async def test_what_was_seen_when_it_was_closed_is_not_changed_by_one_more_answer(poll: Poll) -> None:
    for person in poll.people[:7]:
        await poll.answers(person, HONEST_1=9)
    await close(poll)
    assert await poll.shown() == {"HONEST.1": 7}
    async with poll.pages.database.transaction() as session:
        await assignments.reopen(poll.work(session), "HONEST")
    for person in poll.people[7:11]:
        await poll.answers(person, HONEST_1=1)
        assert await poll.shown() == {"HONEST.1": 7}
    await close(poll)
    assert await poll.shown() == {"HONEST.1": 7}


async def close(poll: Poll) -> None:
    async with poll.pages.database.transaction() as session:
        await assignments.close(poll.work(session), "HONEST")


async def test_a_crash_in_the_middle_leaves_nothing_and_the_answer_can_be_sent_again(poll: Poll) -> None:
    person = poll.people[0]

    async def breaks_down() -> None:
        async with poll.pages.database.transaction() as session:
            await ballots.cast(
                poll.work(session), poll.pages.links.ballots, person.id, "HONEST", {"HONEST.1": 3}
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await breaks_down()
    assert await rows(poll.pages.database, Ballot) == []
    assert await poll.answers(person, HONEST_1=4) == 200
    assert poll.pages.links.ballots.open((await poll.ballot()).waiting) == {"HONEST.1": [4]}


async def test_only_those_who_have_not_answered_are_reminded(poll: Poll) -> None:
    for person in poll.people[:5]:
        await poll.answers(person, HONEST_1=4)
    async with poll.pages.database.transaction() as session:
        assert await assignments.remind(poll.work(session), "HONEST") == 7


async def test_a_poll_of_fewer_than_five_people_is_not_sent(pages: Pages) -> None:
    with pytest.raises(Refusal, match="quiz-anonymous-few"):
        await asked(pages, 4)


async def test_no_response_of_a_person_can_be_made_of_an_anonymous_poll(poll: Poll) -> None:
    given: dict[str, Value] = {"HONEST.1": 4}
    async with poll.pages.database.transaction() as session:
        person = await session.merge(poll.people[0], load=False)
        with pytest.raises(ValueError, match="anonymous"):
            await questionnaires.save(poll.work(session), person, "HONEST", 1, given)
    assert await rows(poll.pages.database, Response) == []


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_messenger_leads_to_the_page_and_keeps_no_question(
    database: Database, school: School, channel: Channel
) -> None:
    pages_links = Links("https://school.test", "secret")
    person = build.person(school)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        session.add_all([build.address(person, channel, "100"), build.participation(person, Side.MENTEE)])
        session.add_all(papers(person))
    chat = Chat(database, NOW, channel)
    assert await chat.press_data("f:questionnaire:HONEST") == ["poll-here"]
    assert pages_links.resolve(chat.button("poll-open").url, person.id).startswith(
        "https://school.test/poll/"
    )
    assert await rows(database, Conversation) == []
    assert [row for row in await rows(database, WebMessage) if "HONEST" in json.dumps(repr(row))] == []


async def test_who_is_erased_is_off_the_list_and_the_counts_stay(poll: Poll) -> None:
    for person in poll.people:
        await poll.answers(person, HONEST_1=4)
    async with poll.pages.database.transaction() as session:
        await erasure.erase(poll.work(session), poll.people[0].id, Basis.REQUEST)
    ballot = await poll.ballot()
    assert poll.people[0].id not in ballot.answered
    assert (ballot.people, ballot.told["HONEST.1"][PEOPLE]) == (12, 5)


async def test_two_months_after_it_closed_nobody_knows_who_answered_and_the_counts_are_all_there(
    poll: Poll,
) -> None:
    for person in poll.people[:8]:
        await poll.answers(person, HONEST_1=4)
    for days, known in ((70, 8), (80, 0)):
        poll.pages.now = NOW + timedelta(days=days)
        async with poll.pages.database.transaction() as session:
            await sweeps.clean(poll.work(session))
        assert len((await poll.ballot()).answered) == known
        assert await poll.shown() == {"HONEST.1": 8}


async def test_ones_own_data_say_that_one_took_part_and_no_more(poll: Poll) -> None:
    person = poll.people[0]
    await poll.answers(person, HONEST_3="must")
    async with poll.pages.database.reading() as session:
        known = await my_data.known(poll.work(session), person.id, person.id)
    told = dict(next(one.rows for one in known.sections if one.code == "questionnaires"))
    assert "без имён" in told["Честно о программе"]
    assert "трудно отказаться" not in repr(known.sections)


async def test_a_page_that_needs_an_answer_keeps_what_was_chosen(poll: Poll) -> None:
    async with poll.pages.browser() as browser:
        link = await poll.link(poll.people[0])
        page = await browser.get(link)
        assert "Что будет с ответами" in words(page)
        assert page.text.count('type="radio"') == 10 * 3 + 3 + 2
        wrong = await browser.post(
            link, data={"HONEST.1": "8", "HONEST.5": ["time", "place", "tasks", "papers"]}
        )
        assert wrong.status_code == 422
        assert 'value="8" checked' in wrong.text
        bad = await browser.get(link[:-3] + "abc")
        assert bad.status_code == 404
