"""«Идея для встречи» in the chat: one, another one, kept with the pair, a topic of the diary; on every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from actions import ideas, my_data
from actions.work import Work
from program.channels import Channel
from program.instruments import Method
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage import questionnaires
from storage.database import Database
from storage.tables import Address, Answer, Meeting, MeetingNote, PairIdea, School, SchoolIdea
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import Couple, couple

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])


@dataclass
class Two:
    database: Database
    school: School
    ids: Couple
    mentor: Chat
    mentee: Chat

    async def kept(self) -> list[PairIdea]:
        return [one for one in await rows(self.database, PairIdea) if isinstance(one, PairIdea)]

    async def given(self) -> list[str]:
        return [one.slug for one in await self.kept()]


async def two(
    database: Database,
    school: School,
    now: datetime,
    channel: Channel = Channel.TELEGRAM,
    status: PairStatus = PairStatus.ACTIVE,
) -> Two:
    async with database.transaction() as session:
        ids = await couple(session, school, status=status, starts_on=now.date())
        for person in (ids.mentor, ids.mentee):
            await session.execute(
                update(Address)
                .where(Address.person_id == person)
                .values(channel=channel, address=f"{person}00")
            )
    chats = [Chat(database, now, channel, address=f"{person}00") for person in (ids.mentor, ids.mentee)]
    return Two(database, school, ids, *chats)


@CHANNELS
async def test_an_idea_is_found_changed_taken_and_read_again(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, channel)

    await scene.mentor.says("моя пара")
    assert await scene.mentor.presses("ideas-title") == ["ideas-card"]
    first = scene.mentor.words()
    assert "1. " in first
    assert "минут" in first
    assert await scene.mentor.presses("ideas-other") == ["ideas-card"]
    assert scene.mentor.words() != first
    assert await scene.mentor.presses("ideas-take") == ["ideas-taken-diary"]
    assert scene.mentor.button("ideas-arrange").data == f"f:meeting:{scene.ids.pair}"
    assert await scene.mentor.presses("ideas-ours") == ["ideas-card"]

    # The other side sees the same idea first that day, and what was taken.
    await scene.mentee.says("встречи")
    assert await scene.mentee.presses("ideas-title") == ["ideas-card"]
    assert scene.mentee.words() == first
    assert await scene.mentee.presses("ideas-take") == ["ideas-taken"]
    assert await scene.mentee.presses("ideas-ours") == ["ideas-ours-which"]
    assert [bool(one.taken_at) for one in await scene.kept()] == [True, True]


@CHANNELS
async def test_methods_and_words_are_two_presses_away(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, channel)
    await scene.mentor.says("идея")
    assert await scene.mentor.presses("ideas-methods") == ["ideas-methods-which"]
    assert await scene.mentor.presses("Личный пример") == ["ideas-method"]
    assert "На встрече:" in scene.mentor.words()
    assert await scene.mentor.press_data("f:methods:nothing") == ["ideas-method-unknown"]
    await scene.mentor.says("идея")
    assert await scene.mentor.presses("ideas-words") == ["guide-what-glossary"]
    await scene.mentor.says("Запрос")
    assert "С чем" not in scene.mentor.words()
    assert "приходит к наставнику" in scene.mentor.words()


async def test_what_was_shown_another_day_comes_last(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now)
    await scene.mentor.says("идея")
    for _ in range(2):
        await scene.mentor.presses("ideas-other")
    monday = await scene.given()
    scene.mentor.now += timedelta(days=1)
    await scene.mentor.says("идея")
    await scene.mentor.presses("ideas-other", "ideas-other")
    assert len(await scene.given()) == len(set(await scene.given())) == 6
    # The same words the same day, after a restart as well.
    again = scene.mentor.words()
    await scene.mentor.press_data(f"f:idea:{scene.ids.pair}.2")
    assert scene.mentor.words() == again
    assert (await scene.given())[:3] == monday


async def test_ideas_follow_what_the_mentee_asked_for_and_nobody_is_told_why(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now)
    async with database.transaction() as session:
        key = await questionnaires.add(
            session, school_id=school.id, code="INT_ME_P", version=1, about="", round="2026-2027",
            person_id=scene.ids.mentee, finished_at=now, method=Method.CHAT,
        )  # fmt: skip
        session.add(Answer(school_id=school.id, response_id=key, question="INT_ME_P.2", choices=["career"]))
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        named = {idea.slug: idea for idea in await ideas.all_of(work)}
        found = [await ideas.show(work, scene.ids.mentor, scene.ids.pair, place) for place in range(12)]
        assert sum("career" in named[card["slug"]].topics for card in found if card) >= 3
    await scene.mentor.says("идея")
    assert "професси" not in scene.mentor.words().split("Около")[1]


async def test_the_taken_idea_is_offered_as_the_topic_of_the_diary_once(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now)
    async with database.transaction() as session:
        for number in (1, 2):
            session.add(
                Meeting(
                    school_id=school.id, pair_id=scene.ids.pair, kind=MeetingKind.M4, status=MeetingStatus.HELD,
                    proposed_by=scene.ids.mentor, format=MeetingFormat.OFFLINE, uid=f"m{number}", created_at=now,
                    starts_at=now - timedelta(days=number), closed_at=now, slots=[],
                )
            )  # fmt: skip
        work = Work(session, await session.merge(school, load=False), now)
        await ideas.take(work, scene.ids.mentor, scene.ids.pair, "our_rules")
    await scene.mentor.press_data("f:meeting-diary:1")
    await scene.mentor.presses("Правила нашей пары")
    await scene.mentor.presses("Личный пример")
    (note,) = await rows(database, MeetingNote)
    assert isinstance(note, MeetingNote)
    assert (note.topic, note.topic_words) == ("", "Правила нашей пары")
    await scene.mentor.press_data("f:meeting-diary:2")
    with pytest.raises(AssertionError, match="no button"):
        scene.mentor.button("Правила нашей пары")


async def test_ideas_are_for_the_people_of_a_pair_at_work(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, status=PairStatus.PAUSED)
    await scene.mentor.says("моя пара")
    with pytest.raises(AssertionError, match="no button"):
        scene.mentor.button("ideas-title")
    assert await scene.mentor.says("идеи") == ["ideas-no-pair-yet"]
    stranger = Chat(database, now, address="999")
    await stranger.says("помощь")
    pair = scene.ids.pair
    for data in (f"f:idea:{pair}", "f:idea:x", f"f:idea:{pair}.x", f"f:idea-take:{pair}.our_rules", f"f:ideas-ours:{pair}"):  # fmt: skip
        assert await stranger.press_data(data) == ["ideas-no-pair"], data
    assert await scene.kept() == []


async def test_a_hidden_idea_is_not_taken_and_the_schools_own_is_shown_as_typed(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now)
    async with database.transaction() as session:
        session.add(SchoolIdea(school_id=school.id, slug="our_rules", active=False, forms=[], changed_at=now))
        session.add(
            SchoolIdea(
                school_id=school.id, slug="own1", title="Наш музей", words="Сходите в зал № 3.", minutes=30,
                forms=["uchit_uch"], changed_at=now,
            )
        )  # fmt: skip
    assert await scene.mentor.press_data(f"f:idea-take:{scene.ids.pair}.our_rules") == ["ideas-unknown"]
    await scene.mentor.press_data(f"f:idea-take:{scene.ids.pair}.own1")
    await scene.mentor.presses("ideas-ours")
    assert "Сходите в зал № 3." in scene.mentor.words()
    assert "1. " not in scene.mentor.words()
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        known = await my_data.known(work, scene.ids.mentee, scene.ids.mentee)
        (section,) = [one for one in known.sections if one.code == "ideas"]
        assert section.rows == (("15.09.2026", "Наш музей"),)
