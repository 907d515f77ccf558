"""Whole conversations, walked at the front door: who talks, how it opens, what is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from actions import encounters
from actions.care import call
from actions.encounter_speed import make_table
from actions.work import Work
from program.care import About
from program.channels import Channel
from program.roles import Category, PersonState, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, ParticipationStatus
from storage import people
from storage.database import Database
from storage.tables import Address, Conversation, Invitation, Meeting, Person, School
from tests import build, meetups
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import couple, papers

HERE = "555"  # the address of whoever talks
ANYTHING = ("Хочу подтянуть математику", "5", "5-9", "01.02.2012")  # tried in turn where a scene says nothing


@dataclass
class Scene:
    """One conversation.

    Args:
        flow: whose journal is kept.
        prepare: who is there before; returns nothing, ids are always the same.
        opens: from an empty chat to the flow's first question.
        answers: by step; the others get the first option, else anything.
    """

    flow: str
    opens: Callable[[Chat], Awaitable[object]]
    answers: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Work], Awaitable[object]] | None = None

    async def begin(self, database: Database, school: School, now: datetime) -> Chat:
        if self.prepare is not None:
            async with database.transaction() as session:
                await self.prepare(Work(session, await session.merge(school, load=False), now))
        chat = Chat(database, now, Channel.VK, HERE)
        await self.opens(chat)
        return chat


@dataclass
class Walk:
    """What one conversation came to: its open steps in their order, its journal before the last answer and after."""

    subject: dict[str, Any]
    steps: list[str]
    journal: list[list[Any]]


async def walk(chat: Chat, scene: Scene) -> Walk:
    """Answers until the flow is over."""
    talk = await _talk(chat)
    assert talk is not None
    assert talk.flow == scene.flow, talk.flow
    subject, steps, journal = dict(talk.subject), [], list(talk.journal)
    while talk is not None and talk.flow == scene.flow:
        step = talk.step
        steps.append(step)
        assert len(steps) < 100, steps
        said = await _answer(chat, talk, scene.answers.get(step, ""))
        journal = [*(line for line in talk.journal if line[0] != step), [step, said, "a"]]
        talk = await _talk(chat)
    return Walk(subject, steps, journal)


async def _answer(chat: Chat, talk: Conversation, wanted: str) -> Any:
    """Gives an answer that is taken; returns it as the journal keeps it."""
    if wanted:
        await chat.says(wanted)
        values = [option["value"] for option in talk.options]
        return values[int(wanted) - 1] if wanted.isdecimal() and values else wanted
    if talk.accepts.get("many"):
        await chat.says("1")
        return [talk.options[0]["value"]]
    if talk.options:
        await chat.press_data(f"t:{talk.turn}:0")
        return talk.options[0]["value"]
    for words in ANYTHING:
        await chat.says(words)
        after = await _talk(chat)
        if after is None or (after.flow, after.step) != (talk.flow, talk.step):
            return words
    raise AssertionError(f"nothing fits {talk.step}")


async def _talk(chat: Chat) -> Conversation | None:
    person = await chat.person()
    found = await rows(chat.database, Conversation, person_id=person.id)
    return found[0] if found else None  # type: ignore[return-value]


# Who is there before


async def _in_base(work: Work) -> None:
    pupil = build.person(work.school, birth_date=None, last_name="")
    work.session.add(pupil)
    await work.session.flush()
    work.session.add(build.address(pupil, Channel.VK, HERE))
    work.session.add(
        build.participation(pupil, Side.MENTEE, status=ParticipationStatus.IN_BASE, enrolled_at=work.now)
    )
    work.session.add_all(papers(pupil))


async def _child(work: Work) -> None:
    child = build.person(work.school, birth_date=None, last_name="")
    work.session.add(child)
    await work.session.flush()
    work.session.add(build.participation(child, Side.MENTEE, status=ParticipationStatus.CONSENT_PENDING))
    work.session.add(
        Invitation(
            school_id=work.school.id,
            token="of-a-parent",
            purpose="guardian",
            child_id=child.id,
            uses_left=10,
            created_at=work.now,
            expires_at=work.now + timedelta(days=30),
        )
    )


async def _pair(work: Work) -> None:
    ids = await couple(work.session, work.school)
    mentee = await work.session.get(Person, ids.mentee)
    assert mentee is not None
    work.session.add(build.address(mentee, Channel.VK, HERE))


async def _called(work: Work) -> None:
    await _pair(work)
    address = await people.address_of(work.session, Channel.VK, "default", HERE)
    assert address is not None
    await call(work, address.person_id, About.TALK)


async def _leads(work: Work) -> None:
    """The talker leads the pair."""
    ids = await couple(work.session, work.school)
    mentor = await work.session.get_one(Person, ids.mentor)
    work.session.add(build.address(mentor, Channel.VK, HERE))


async def _met(work: Work) -> None:
    await _pair(work)
    work.session.add(
        Meeting(
            school_id=work.school.id,
            pair_id=1,
            kind=MeetingKind.M1,
            proposed_by=1,
            format=MeetingFormat.OFFLINE,
            uid="meeting-1",
            created_at=work.now,
            status=MeetingStatus.HELD,
            starts_at=work.now - timedelta(hours=2),
            closed_at=work.now,
        )
    )


async def _led(work: Work) -> None:
    """The talker leads a pair that has met."""
    await _met(work)
    addresses = await work.session.scalars(select(Address).where(Address.address == HERE))
    addresses.one().person_id = 1


async def _somebody(work: Work) -> None:
    person = build.person(work.school, state=PersonState.ACTIVE, category=Category.TEACHER)
    work.session.add(person)
    await work.session.flush()
    work.session.add(build.address(person, Channel.VK, HERE))


async def _let_in(work: Work) -> None:
    host = await meetups.mentor(work)
    work.session.add(build.address(host, Channel.VK, HERE))


async def _asks(work: Work) -> None:
    child = await meetups.pupil(work)
    work.session.add(build.address(child, Channel.VK, HERE))


async def _met_in_rounds(work: Work) -> None:
    """The talker (person 1) has sat with two who lead."""
    await _asks(work)
    event = await meetups.speed(work, 2)
    leaders = [await meetups.mentor(work, name, "Лебедева") for name in ("Мария", "Ирина")]
    everybody = [await work.session.get_one(Person, 1), *leaders]
    for person in everybody:
        await encounters.sign_up(work, person, event.id)
    await make_table(work, event.id)
    over = meetups.later(work, timedelta(days=2))
    await encounters.attendance(over, event.id, {person.id for person in everybody})
    event.starts_at, event.closed_at = work.now - timedelta(hours=2), work.now - timedelta(hours=1)


# How it opens


async def _asks_to_join(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join")


async def _joins_as_a_teacher(chat: Chat) -> None:
    await _asks_to_join(chat)
    await walk(chat, SCENES["join-teacher"])


def _says(words: str) -> Callable[[Chat], Awaitable[object]]:
    return lambda chat: chat.says(words)


def _presses(data: str) -> Callable[[Chat], Awaitable[object]]:
    return lambda chat: chat.press_data(data)


PUPIL = {"category": "1", "side": "1", "first-name": "Алиса", "class": "8А"}
SCENES = {
    "join-pupil-below-14": Scene("join", _asks_to_join, PUPIL | {"age": "12"}),
    "join-pupil-of-16": Scene("join", _asks_to_join, PUPIL | {"age": "16", "class": "10Б"}),
    "join-teacher": Scene("join", _asks_to_join, {"category": "2", "side": "2", "name": "Ромашкина Алиса Сергеевна"}),
    "intake-mentor": Scene("intake", _joins_as_a_teacher),
    "intake-pupil": Scene(
        "intake", _says("анкета"), {"last-name": "Ромашкина", "birth-date": "05.03.2014"}, _in_base
    ),
    "guardian": Scene(
        "guardian", lambda chat: chat.starts("of-a-parent"), {"name": "Ромашкина Вера Петровна", "born": "1985"}, _child
    ),
    "meeting": Scene("meeting", _presses("f:meeting:1"), {"more1": "2", "place": "Кабинет 214"}, _pair),
    "meeting-weekly": Scene("meeting", _presses("f:meeting:1"), {"day1": "8", "kind": "1", "time1": "16:20", "more1": "3", "until": "30.11", "place": "Кабинет 214"}, _pair),
    "meeting-diary": Scene("meeting-diary", _presses("f:meeting-diary:1"), {"topic": "Дроби", "method": "2"}, _led),
    "feedback": Scene("feedback", _presses("f:feedback:1"), {}, _met),
    "relay": Scene("relay", _presses("f:relay:1"), {"words": "Здравствуйте! Когда встречаемся?"}, _pair),
    "encounter-offer": Scene(
        "encounter-offer", _presses("f:encounter-offer"), {"topic": "Шахматы", "about": "Для новичков", "place": "Кабинет 214"}, _let_in
    ),
    "encounter-words": Scene("encounter-words", _presses("f:encounter-words:1"), {}, _met_in_rounds),
    "pool-ask": Scene(
        "pool-ask", _presses("f:pool-ask:question"), {"words": "Как решать задачи с дробями?"}, _asks
    ),
    "plan-draft": Scene("plan-draft", _presses("f:plan-draft:1"), {}, _leads),
    "goal": Scene("goal", _presses("f:goal:1"), {}, _pair),
    "achievement": Scene(
        "achievement", _presses("f:achievement:1"), {"title": "Олимпиада по химии", "day": "10.09.2026"}, _pair
    ),
    "help": Scene("help", _says("мне нужна помощь"), {"words": "Меня не слышат"}, _somebody),
    "help-more": Scene("help-more", _presses("f:help-more:1"), {"words": "Меня не слышат"}, _called),
    "curator": Scene("curator", _says("написать куратору"), {"words": "Когда встреча?"}, _somebody),
    "language": Scene("language", _says("/language"), {}, _somebody),
}  # fmt: skip
