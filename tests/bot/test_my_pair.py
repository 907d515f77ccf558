"""«Моя пара» of somebody with several pairs, and of a parent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.roles import Category, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage.database import Database
from storage.tables import Address, Guardianship, Meeting, Pair, Participation, Person, School
from tests.bot.chat import Chat
from tests.pairs import couple, group, member

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])


async def chats(session: AsyncSession, channel: Channel, *people: int) -> None:
    for person in people:
        values = {"channel": channel, "address": f"{person}00"}
        await session.execute(update(Address).where(Address.person_id == person).values(**values))


async def parent(session: AsyncSession, school: School, child: int, now: datetime, **bond: object) -> Person:
    """Somebody who takes no part and whom the school has confirmed."""
    person = await member(session, school, "Ирина", "Котова", category=Category.PARENT)
    times = {"created_at": now, "confirmed_at": now} | bond
    session.add(Guardianship(school_id=school.id, guardian_id=person.id, child_id=child, **times))
    return person


@CHANNELS
async def test_of_two_pairs_each_is_opened_by_a_button_with_its_name(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        first = await couple(session, school, status=PairStatus.ACTIVE, starts_on=now.date())
        mentee = await session.get_one(Person, first.mentee)
        names = {"category": Category.TEACHER, "middle_name": "Андреевич"}
        other = await member(session, school, "Олег", "Рябинин", **names)
        second = await group(session, [other], [mentee], status=PairStatus.ACTIVE, starts_on=now.date())
        await chats(session, channel, first.mentee)
    pupil = Chat(database, now, channel, address=f"{first.mentee}00")
    assert await pupil.says("моя пара") == ["basics-pair-mentee", "basics-pair-mentee"]
    labels = [choice.label.id for message in pupil.messages for row in message.rows for choice in row]
    assert labels == ["basics-pair-open", "basics-pair-open", "menu-help"]
    assert await pupil.presses(f"f:my-pair:{second.id}") == ["basics-pair-mentee"]
    assert "Олег Андреевич" in pupil.words()
    assert pupil.button("basics-arrange").data == f"f:meeting:{second.id}"


async def test_one_is_spoken_of_as_one_and_two_as_two(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        mentors = [
            await member(session, school, name, "Громов", category=Category.TEACHER)
            for name in ("Олег", "Юрий")
        ]
        mentee = await member(session, school)
        pair = await group(session, mentors, [mentee], status=PairStatus.ACTIVE, starts_on=now.date())
        people = [mentee.id, *(one.id for one in mentors)]
        await chats(session, Channel.TELEGRAM, *people)
    pupil, mentor = (Chat(database, now, address=f"{one}00") for one in people[:2])
    await pupil.says("моя пара")
    assert "Твои наставники: Олег Г., Юрий Г." in pupil.words(familiar=True)
    await mentor.says("моя пара")
    assert "Вы помогаете: Аня К." in mentor.words()
    async with database.transaction() as session:
        await session.execute(update(Pair).where(Pair.id == pair.id).values(status=PairStatus.PAUSED))
    await pupil.says("моя пара")
    assert "Твои наставники: Олег Г., Юрий Г. Сейчас у вас пауза." in pupil.words(familiar=True)


@CHANNELS
async def test_a_parent_hears_whom_the_child_meets_and_how_to_ask_for_another(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        pair = await couple(session, school, status=PairStatus.ACTIVE, starts_on=now.date())
        mother = await parent(session, school, pair.mentee, now)
        await chats(session, channel, mother.id)
    chat = Chat(database, now, channel, address=f"{mother.id}00")
    assert await chat.says("встречи") == ["meeting-child-none", "meeting-of-child"]
    assert await chat.says("моя пара") == ["basics-child-pair"]
    assert "Аня" in chat.words()
    assert "Мария Ивановна" in chat.words()
    assert await chat.presses("pair-ask-replace") == ["pair-replace-why"]


@CHANNELS
async def test_a_parent_sees_when_and_where_a_child_meets_and_no_address_of_a_meeting_online(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        pair = await couple(session, school, status=PairStatus.ACTIVE, starts_on=now.date())
        mother = await parent(session, school, pair.mentee, now)
        other = await parent(session, school, pair.mentee, now, confirmed_at=None)
        await chats(session, channel, mother.id, other.id)
        at_school, online, over = (
            Meeting(
                school_id=school.id, pair_id=pair.pair, kind=MeetingKind.M0, status=MeetingStatus.CONFIRMED,
                format=MeetingFormat.OFFLINE, place="Кабинет 214", starts_at=now + timedelta(days=days),
                proposed_by=pair.mentor, created_at=now, uid=f"{days}", minutes=45,
            )
            for days in (2, 5, -3)
        )  # fmt: skip
        online.format, online.place, online.link = MeetingFormat.ONLINE, "", "https://example.org/x1"
        session.add_all([at_school, online, over])
    chat = Chat(database, now, channel, address=f"{mother.id}00")
    assert await chat.says("встречи") == ["meeting-child-ahead", "meeting-child-ahead", "meeting-of-child"]
    assert "Аня: четверг, 17 сентября" in chat.words()
    assert "с кем: Марией Ивановной" in chat.words()
    assert "Кабинет 214" in chat.words()
    assert "example.org" not in chat.words()
    unknown = Chat(database, now, channel, address=f"{other.id}00")
    assert await unknown.says("встречи") == ["meeting-no-pair"]


@pytest.mark.parametrize(
    ("bond", "said"),
    [
        ({"confirmed_at": None}, "basics-parent-waits"),
        ({"ended_at": datetime.fromisoformat("2026-09-02T07:00:00+00:00")}, "basics-no-place"),
    ],
)
async def test_who_is_no_parent_in_the_eyes_of_the_school_hears_nothing_of_the_pair(
    database: Database, school: School, now: datetime, bond: dict[str, object], said: str
) -> None:
    async with database.transaction() as session:
        pair = await couple(session, school, status=PairStatus.ACTIVE, starts_on=now.date())
        stranger = await parent(session, school, pair.mentee, now, **bond)
        await chats(session, Channel.TELEGRAM, stranger.id)
    assert await Chat(database, now, address=f"{stranger.id}00").says("моя пара") == [said]


async def test_a_parent_of_a_child_who_takes_no_part_is_not_asked_to_join(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        child = await member(session, school)
        mother = await parent(session, school, child.id, now)
        await chats(session, Channel.TELEGRAM, mother.id)
    chat = Chat(database, now, address=f"{mother.id}00")
    assert await chat.says("моя пара") == ["basics-parent-none"]
    assert "f:join" not in [one.data for message in chat.messages for row in message.rows for one in row]


async def test_a_grown_child_speaks_for_oneself(database: Database, school: School, now: datetime) -> None:
    async with database.transaction() as session:
        pair = await couple(session, school, status=PairStatus.ACTIVE, starts_on=now.date())
        child = await session.get_one(Person, pair.mentee)
        child.birth_date = date(now.year - 18, 1, 1)
        mother = await parent(session, school, pair.mentee, now)
        await chats(session, Channel.TELEGRAM, mother.id)
    assert await Chat(database, now, address=f"{mother.id}00").says("моя пара") == ["basics-no-place"]


async def test_a_parent_knows_of_a_child_who_still_waits(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        child = await member(session, school)
        session.add(
            Participation(
                school_id=school.id,
                person_id=child.id,
                side=Side.MENTEE,
                form="uchit_uch",
                year="2026-2027",
                status="searching",
                created_at=now,
            )
        )
        mother = await parent(session, school, child.id, now)
        await chats(session, Channel.TELEGRAM, mother.id)
    assert await Chat(database, now, address=f"{mother.id}00").says("моя пара") == ["basics-child-waits"]
