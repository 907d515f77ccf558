"""Friendly words in the chat: what they say, what their buttons do, on the platforms' own worlds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from actions import assignments, digest, early_warning, nudges
from actions.work import Work
from program.channels import Channel
from program.outgoing import Message
from program.pauses import KEY
from program.roles import Category, StaffRole
from storage.database import Database
from storage.tables import Address, Conversation, Person, School, StaffChat, User
from tests.bot.chat import Chat
from tests.bot.post import LINKS, Post
from tests.bot.post import post as post
from tests.bot.scenes import SCENES
from tests.conftest import rows
from tests.pairs import couple

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])
DAY = timedelta(days=1)


async def tick(database: Database, school: School, now: datetime, *verbs: object) -> None:
    for verb in verbs:
        async with database.transaction() as session:
            await verb(Work(session, await session.merge(school, load=False), now))  # type: ignore[operator]


async def read_new(chat: Chat) -> list[str]:
    """What came unasked since the last look."""
    chat.messages = await chat._answers()
    return chat.ids


@CHANNELS
async def test_an_unfinished_questionnaire_goes_on_from_the_same_place_or_is_forgotten(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, school, announced_at=now)
        await session.execute(
            update(Address).where(Address.person_id == ids.mentee).values(channel=channel, address="600")
        )
    asked = now + DAY
    chat = Chat(database, asked, channel, address="600")
    await tick(database, school, asked, assignments.invite_due)
    assert await read_new(chat) == ["questionnaire-invite"]
    await chat.presses("questionnaire-begin")
    (before,) = await rows(database, Conversation)
    await tick(database, school, asked + timedelta(hours=20), nudges.unfinished)
    assert await read_new(chat) == []
    await tick(database, school, asked + DAY, nudges.unfinished, nudges.unfinished)
    assert await read_new(chat) == ["nudge-unfinished-answers"]
    # It was the one reminder of this questionnaire.
    await tick(database, school, asked + 4 * DAY, assignments.invite_due, nudges.unfinished)
    assert "questionnaire-again" not in " ".join(await read_new(chat))
    chat.now = asked + 4 * DAY
    await chat.press_data("f:resume")
    (after,) = await rows(database, Conversation)
    assert isinstance(before, Conversation)
    assert isinstance(after, Conversation)
    assert after.step == before.step
    assert await chat.press_data("f:forget") == ["talk-forgotten"]
    assert await rows(database, Conversation) == []


async def test_the_word_leads_a_pupil_back_into_the_intake_and_is_said_once(
    database: Database, school: School, now: datetime
) -> None:
    chat = await SCENES["intake-pupil"].begin(database, school, now)
    (before,) = await rows(database, Conversation)
    await chat.says("отмена")
    await tick(database, school, now + DAY, nudges.unfinished)
    assert await read_new(chat) == ["nudge-unfinished-answers"]
    assert "Ответы на вопросы сохранены" in chat.words(familiar=True)
    chat.now = now + DAY
    await chat.presses("talk-resume")
    (after,) = await rows(database, Conversation)
    assert isinstance(before, Conversation)
    assert isinstance(after, Conversation)
    assert (after.step, after.paused) == (before.step, False)
    await tick(database, school, now + 3 * DAY, nudges.unfinished)
    assert await read_new(chat) == []


@CHANNELS
async def test_the_mentor_of_a_quiet_pair_arranges_or_looks_at_an_idea(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, school, starts_on=now.date(), announced_at=now)
        await session.execute(
            update(Address).where(Address.person_id == ids.mentor).values(channel=channel, address="700")
        )
    chat = Chat(database, now + 22 * DAY, channel, address="700")
    await tick(database, school, chat.now, early_warning.follow, nudges.quiet_pairs, nudges.quiet_pairs)
    assert await read_new(chat) == ["nudge-meet"]
    said = chat.words()
    assert "Аня" in said
    for harsh in ("должны", "обязан", "просроч", "нарушен", "почему"):
        assert harsh not in said.lower()
    assert (await chat.presses("ideas-title")) == ["ideas-card"]
    assert (await chat.press_data(f"f:meeting:{ids.pair}"))[0].startswith("meeting-")


async def left(post: Post, user: int, now: datetime) -> None:
    async with post.database.transaction() as session:
        session.add(
            Conversation(
                person_id=post.people[user].id, school_id=post.school.id, flow="intake", subject={}, journal=[],
                step="x", turn=1, channel=post.channel, started_at=now, updated_at=now,
            )
        )  # fmt: skip


async def test_it_arrives_once_and_not_at_somebody_who_asked_for_silence(
    post: Post, database: Database, school: School, now: datetime
) -> None:
    anya, oleg = 1001, 1002
    await post.knows(anya, oleg)
    async with database.transaction() as session:
        held = await session.get_one(Person, post.people[oleg].id)
        held.preferences = {KEY: {"since": "2026-09-01"}}
    for user in (anya, oleg):
        await left(post, user, now)
    post.clock.passes(days=1)
    for _ in range(3):
        await tick(database, school, post.clock.now, nudges.unfinished)
        await post.sender.drain()
        post.clock.passes(hours=1)
    assert len(post.told(anya)) == 1
    assert "Ответы на вопросы сохранены" in post.told(anya)[0]
    assert post.told(oleg) == []


async def test_what_was_queued_at_night_and_answered_before_morning_is_not_sent(
    post: Post, database: Database, school: School, now: datetime
) -> None:
    await post.knows(1001)
    night = now + timedelta(hours=10)  # 22:00 in Yekaterinburg
    await left(post, 1001, night)
    post.clock.passes(hours=34)
    await tick(database, school, post.clock.now, nudges.unfinished)
    await post.sender.drain()
    assert post.told(1001) == []
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(updated_at=post.clock.now + timedelta(hours=9)))
    post.clock.passes(hours=10)
    await tick(database, school, post.clock.now, nudges.unfinished)
    await post.sender.drain()
    assert post.told(1001) == []


async def test_the_curators_chat_gets_the_week_without_a_name(
    post: Post, database: Database, school: School, now: datetime
) -> None:
    curator = 1003
    await post.knows(curator, category=Category.TEACHER)
    async with database.transaction() as session:
        await couple(session, school, starts_on=now.date())
        user = User(
            school_id=school.id, login="c", role=StaffRole.CURATOR, password_hash="x", created_at=now
        )  # fmt: skip
        session.add(user)
        await session.flush()
        session.add(
            StaffChat(school_id=school.id, user_id=user.id, person_id=post.people[curator].id, since=now)
        )
    post.clock.now = datetime.fromisoformat("2026-09-21T08:30:00+05:00")
    for _ in range(2):
        await tick(database, school, post.clock.now, digest.send)
        await post.sender.drain()
    (told,) = post.told(curator)
    assert "Неделя в цифрах" in told
    assert "Аня" not in told
    assert "Лебедева" not in told
    assert LINKS.resolve("page:week", None) == "https://school.example.org/week"


def test_the_digest_fits_every_channel() -> None:
    from datetime import date

    from program.outgoing import say
    from tests.bot.fits import fits_everywhere

    numbers = digest.Week(date(2026, 9, 21), 999, 999, 999, 99, 99, 99, 99, 99)
    message: Message = say(digest.words(numbers))
    fits_everywhere(message)
