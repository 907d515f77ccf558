"""«Задачи»: the staff's queue as cards; a press does what the admin's button does, once, and draws the card anew."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select, update

from actions import desk, directories, pair_requests, selection
from actions import pairs as verbs
from actions.desk import morning
from actions.work import Work
from admin.access import RULES
from program.channels import Channel
from program.directories import Directory
from program.early_warning import Sign
from program.pair_life import Wish
from program.roles import StaffRole
from program.states import MeetingStatus, NewsPlace, PairStatus, RequestState
from storage import schools
from storage import selection as selection_rows
from storage.database import Database
from storage.tables import (
    HelpRequest,
    JournalEntry,
    Meeting,
    NewsItem,
    OutboxRow,
    Pair,
    PairWorry,
    Participation,
    School,
    StaffChat,
    Takedown,
    User,
)
from tests import build
from tests.admin.world import World, furnish
from tests.bot.chat import Chat

RINGING = pytest.mark.parametrize("channel", [Channel.VK, Channel.WEB])


async def account(
    database: Database,
    school: School,
    now: datetime,
    channel: Channel = Channel.VK,
    role: StaffRole = StaffRole.CURATOR,
    login: str = "curator",
    class_name: str = "",
) -> tuple[User, Chat]:
    """An account of the admin whose human has linked this chat."""
    async with database.transaction() as session:
        ours = await session.merge(school, load=False)
        user = User(
            school_id=ours.id, login=login, name=f"Имя {login}", role=role, password_hash="x",
            created_at=now, class_name=class_name,
        )  # fmt: skip
        human = build.person(ours, "Вера", "Взрослая", category="teacher")
        session.add_all([user, human])
        await session.flush()
        at = str(human.id) if channel is Channel.WEB else f"7{human.id}"
        session.add(build.address(human, channel, at))
        session.add(StaffChat(school_id=ours.id, user_id=user.id, person_id=human.id, since=now))
    return user, Chat(database, now, channel, at)


async def until(chat: Chat, text_id: str) -> None:
    """Goes on with «Потом» to the card of this text."""
    while text_id not in chat.ids:
        await chat.presses("desk-later")


async def test_a_mentor_whom_nothing_keeps_waiting_is_admitted_by_a_press_and_no_other(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    user, chat = await account(database, school, now, Channel.VK)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        found = await selection_rows.places(session, school.id, work.settings.year)
        place = min(found, key=lambda one: one.id)
        place.admitted = False
        await session.flush()
        (kind,) = [one for one in desk.KINDS if one.code == "admission"]
        assert (await selection.standings(work, [place]))[place.id].gaps
        assert place.id not in await kind.ids(work, user), "what is lacking is read in the admin"
        for one in await directories.entries(work, Directory.REQUIREMENT):
            await directories.switch(work, Directory.REQUIREMENT, one.slug, on=False)
        assert (await kind.ids(work, user))[0] == place.id
    await chat.says("Задачи")
    await until(chat, "desk-admit")
    assert (await chat.presses("desk-admission-admit"))[0] == "desk-admission-admitted"
    async with database.reading() as session:
        assert (await session.get_one(Participation, place.id)).admitted


@RINGING
async def test_every_kind_of_card_is_decided_in_the_chat(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    world = await furnish(database, school, now)
    user, chat = await account(database, school, now, channel)
    assert (await chat.says("Задачи"))[:2] == ["desk-head", "desk-help"]
    assert "Не получается договориться" not in chat.words()  # nothing of what a child has said
    assert (await chat.presses("desk-help-take"))[0] == "desk-help-taken"
    await chat.says("задачи")
    await chat.presses("desk-help-close")
    assert chat.ids == ["desk-help-close-ask"]
    assert (await chat.presses("desk-done-passed"))[0] == "desk-help-closed"
    await until(chat, "desk-guardian")
    assert (await chat.presses("desk-guardians-confirm"))[0] == "desk-guardian-confirmed"
    await until(chat, "desk-pair")
    assert "Юля, 8Б" in chat.words()
    assert "Снегирёва" not in chat.words()
    assert (await chat.presses("desk-suggested-approve"))[0] == "desk-pair-approved"
    await until(chat, "desk-pair-approved-one")
    assert "Юля, 8Б" in chat.words()
    assert "отозвать в кабинете" in chat.words()
    assert (await chat.presses("desk-approved-announce"))[0] == "desk-pair-announced"
    await until(chat, "desk-meeting")
    assert (await chat.presses("desk-meetings-held"))[0] == "desk-meeting-settled"
    async with database.reading() as session:
        call = await session.get_one(HelpRequest, world.help)
        pair = await session.get_one(Pair, world.suggested)
        meeting = await session.get_one(Meeting, world.meeting)
        done = set(
            await session.scalars(select(JournalEntry.action).where(JournalEntry.actor == f"user:{user.id}"))
        )
    assert (call.state, call.action) == (RequestState.CLOSED, "Передано психологу")
    assert (pair.status, pair.decided_by) == (PairStatus.OFFERED, f"user:{user.id}")
    assert meeting.status == MeetingStatus.HELD
    assert {
        "help.taken",
        "help.closed",
        "guardian.confirmed",
        "pair.approved",
        "pair.announced",
        "meeting.held",
    } <= done


async def test_the_card_is_drawn_anew_and_a_second_press_brings_no_second_card(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    _, chat = await account(database, school, now)
    await chat.says("задачи")
    press = chat.button("desk-help-take").data
    first = await chat.press_data(press)
    assert first[0] == "desk-help-taken"
    assert len(chat.messages) == 2
    assert await chat.press_data(press) == ["desk-settled-you"]
    async with database.reading() as session:
        keys = list(
            await session.scalars(
                select(OutboxRow.edit_key)
                .where(OutboxRow.edit_key.startswith("card:h"))
                .order_by(OutboxRow.id)
            )
        )
        taken = list(
            await session.scalars(select(JournalEntry.id).where(JournalEntry.action == "help.taken"))
        )
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert len(taken) == 1


async def test_who_comes_second_hears_kindly_who_was_quicker(
    database: Database, school: School, now: datetime
) -> None:
    world = await furnish(database, school, now)
    other, _ = await account(database, school, now, login="other")
    _, chat = await account(database, school, now)
    await chat.says("задачи")
    await until(chat, "desk-pair")
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now, f"user:{other.id}")
        await verbs.approve(work, world.suggested)
    assert (await chat.presses("desk-suggested-approve"))[0] == "desk-settled"
    assert "Имя other" in chat.words()


async def test_a_rejected_pair_keeps_the_reason_of_the_list(
    database: Database, school: School, now: datetime
) -> None:
    world = await furnish(database, school, now)
    _, chat = await account(database, school, now)
    await chat.says("задачи")
    await until(chat, "desk-pair")
    await chat.presses("desk-suggested-reject")
    assert (await chat.presses("admin-reject-time"))[0] == "desk-pair-rejected"
    async with database.reading() as session:
        pair = await session.get_one(Pair, world.suggested)
    assert (pair.status, pair.decision_reason) == (PairStatus.REJECTED, "time")


async def test_a_closed_account_and_a_pupil_get_nothing(
    database: Database, school: School, now: datetime
) -> None:
    world: World = await furnish(database, school, now)
    user, chat = await account(database, school, now)
    await chat.says("задачи")
    press = chat.button("desk-help-take").data
    async with database.transaction() as session:
        await session.execute(update(User).where(User.id == user.id).values(active=False))
    assert await chat.press_data(press) == ["talk-no-tasks"]
    assert await chat.says("задачи") == ["talk-no-tasks"]
    pupil = Chat(database, now, Channel.WEB, str(world.mentee))
    assert (await pupil.says("задачи"))[-1] == "talk-no-tasks"
    assert await pupil.press_data(press) == ["talk-no-tasks"]


async def test_a_psychologist_and_a_class_teacher_see_their_own_cards_only(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    _, chat = await account(database, school, now, role=StaffRole.PSYCHOLOGIST, login="psychologist")
    assert (await chat.says("задачи"))[-1] == "desk-help"
    assert await chat.press_data("f:task:p1.approve.1") == ["talk-no-tasks"]
    for own, expected in (("8А", "desk-guardian"), ("8Б", "desk-calm")):
        _, chat = await account(
            database, school, now, role=StaffRole.CLASS_TEACHER, login=f"class-{own}", class_name=own
        )
        assert (await chat.says("задачи"))[-1] == expected
        assert (await chat.press_data("f:task:g1.confirm.1"))[0] == (
            "desk-guardian-confirmed" if own == "8А" else "desk-settled"
        )


async def test_names_stand_on_the_signed_page_where_the_school_forbids_them_in_a_messenger(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    _, chat = await account(database, school, now, Channel.TELEGRAM)
    assert await chat.says("задачи") == ["desk-on-page"]
    assert chat.button("talk-private-open").url == "page:chat"
    async with database.reading() as session:
        row = await session.scalar(select(OutboxRow).where(OutboxRow.edit_key.startswith("card:")))
    assert row is not None
    assert row.channel == Channel.WEB


async def test_news_to_take_down_and_news_that_did_not_go_out_are_cards_that_name_nobody(
    database: Database, school: School, now: datetime
) -> None:
    world = await furnish(database, school, now)
    async with database.transaction() as session:
        for person in (world.mentee, world.mentor):  # two of one photo are one thing to do
            session.add(
                Takedown(
                    school_id=school.id, item_id=world.published, person_id=person, place=NewsPlace.CHATS,
                    reason="withdrawn", asked_at=now,
                )
            )  # fmt: skip
        item = await session.get_one(NewsItem, world.draft)
        item.status, item.planned_at, item.stopped_at, item.stop_reason = "stopped", now, now, "consent"
    _, chat = await account(database, school, now, role=StaffRole.SITE_EDITOR, login="editor")
    assert (await chat.says("задачи"))[-1] == "desk-takedown"
    assert "«Начинаем»: мессенджеры" in chat.words()
    assert "Котова" not in chat.words()
    assert await chat.presses("desk-takedown-done") == ["desk-takedown-gone", "desk-news-stopped"]
    assert "Новость не вышла: не у всех есть согласие" in chat.words()
    assert (await chat.presses("desk-news-stopped-draft"))[0] == "desk-news-drafted"
    async with database.reading() as session:
        assert (await session.get_one(NewsItem, world.draft)).status == "draft"
        left = await session.scalar(select(Takedown.id).where(Takedown.done_at.is_(None)))
    assert left is None


def test_a_card_may_be_pressed_by_whoever_may_press_the_button_of_the_admin() -> None:
    for kind in desk.KINDS:
        for verb in kind.verbs:
            assert verb.roles == RULES[verb.route], (kind.code, verb.name)


async def test_why_somebody_asks_and_what_somebody_feels_is_read_in_the_admin_only(
    database: Database, school: School, now: datetime
) -> None:
    world = await furnish(database, school, now)
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        await pair_requests.ask(work, world.mentor, world.active, Wish.PAUSE, "illness")
        for key, sign in (("a", Sign.NOT_ON), ("b", Sign.LOST)):
            session.add(
                PairWorry(
                    school_id=school.id, pair_id=world.active, sign=sign, light=2, key=key, since=now.date(),
                    args={"count": 2}, found_at=now, state=RequestState.NEW,
                )
            )  # fmt: skip
    _, chat = await account(database, school, now)
    await chat.says("задачи")
    await chat.presses("desk-later")
    assert "не хочет продолжать" not in chat.words()
    assert "Причина – только в кабинете" in chat.words()
    await chat.presses("desk-later")
    assert "Подряд не состоялось встреч: 2" in chat.words()
    await until(chat, "desk-ask")
    assert "самочувствие" not in chat.words()
    assert (await chat.presses("desk-requests-grant"))[0] == "desk-ask-granted"


async def test_an_urgent_word_of_the_morning_opens_the_cards(
    database: Database, school: School, now: datetime
) -> None:
    await furnish(database, school, now)
    _, chat = await account(database, school, now)
    async with database.transaction() as session:
        assert await morning.send(Work(session, await schools.get(session, school.id), now)) == 1
    chat.messages = await chat._answers()
    assert chat.ids == ["desk-morning"]
    assert (await chat.presses("desk-show"))[1] == "desk-help"
