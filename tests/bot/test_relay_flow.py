"""Two people of a pair write to each other at their chats; every event meets a house that has just been restarted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from actions import erasure, my_data, relay_keeping
from actions.work import Work
from program.channels import Channel
from program.outgoing import Kind
from program.relay import RelayState
from program.retention import Basis
from program.states import PairStatus
from storage.database import Database
from storage.tables import Address, HelpRequest, OutboxRow, Pair, PairMember, Person, RelayMessage, School
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import Couple, couple, group, member

UNDERSTOOD = "relay-understood"


@dataclass
class Two:
    database: Database
    ids: Couple
    mentor: Chat
    mentee: Chat

    async def introduced(self) -> None:
        """Both have been told who reads it."""
        for chat in (self.mentor, self.mentee):
            await chat.press_data(f"f:relay:{self.ids.pair}")
            await chat.presses(UNDERSTOOD)
            await chat.says("Здравствуйте!")
        await self.news(self.mentor)
        await self.news(self.mentee)

    async def sends(self, chat: Chat, words: str) -> list[str]:
        await chat.press_data(f"f:relay:{self.ids.pair}")
        return await chat.says(words)

    async def news(self, chat: Chat) -> list[str]:
        """What was written to that person since they last looked, in words."""
        chat.messages = await chat._answers()
        return [chat.words()] if chat.messages else []

    async def kept(self) -> list[RelayMessage]:
        return list(await rows(self.database, RelayMessage))  # type: ignore[arg-type]


async def meet(database: Database, school: School, now: datetime, channel: Channel) -> Two:
    async with database.transaction() as session:
        ids = await couple(session, school)
        places = [
            str(person) if channel is Channel.WEB else f"{person}00" for person in (ids.mentor, ids.mentee)
        ]
        for person, place in zip((ids.mentor, ids.mentee), places, strict=True):
            moved = update(Address).where(Address.person_id == person)
            await session.execute(moved.values(channel=channel, address=place))
    return Two(database, ids, *(Chat(database, now, channel, place) for place in places))


@pytest.fixture
async def two(database: Database, school: School, now: datetime) -> Two:
    return await meet(database, school, now, Channel.TELEGRAM)


@pytest.fixture(params=[Channel.TELEGRAM, Channel.VK, Channel.WEB])
async def anywhere(request: pytest.FixtureRequest, database: Database, school: School, now: datetime) -> Two:
    return await meet(database, school, now, request.param)


async def test_the_first_opening_says_who_can_read_it_and_then_the_words_arrive(anywhere: Two) -> None:
    await anywhere.mentee.says("моя пара")
    await anywhere.mentee.presses("relay-write-mentee")
    assert anywhere.mentee.ids[:4] == [
        "relay-rules",
        "relay-rules-school",
        "relay-rules-held",
        "relay-rules-final",
    ]
    assert await anywhere.mentee.presses(UNDERSTOOD) == ["relay-words"]
    assert await anywhere.mentee.says("Здравствуйте! Можно спросить про олимпиаду?") == ["relay-sent"]
    (said,) = await anywhere.news(anywhere.mentor)
    assert "Аня пишет через бота" in said
    assert "олимпиаду" in said
    assert "Котова" not in said


async def test_an_answer_takes_one_press_and_one_text(two: Two) -> None:
    await two.introduced()
    await two.sends(two.mentee, "Когда встречаемся?")
    await two.news(two.mentor)
    assert await two.mentor.presses("relay-answer") == ["relay-words"]
    assert await two.mentor.says("В среду в 15:30, кабинет 214") == ["relay-sent"]
    (said,) = await two.news(two.mentee)
    assert "Мария Ивановна пишет через бота" in said
    assert "кабинет 214" in said


async def test_a_phone_can_be_taken_out_before_anybody_sees_it(anywhere: Two) -> None:
    await anywhere.introduced()
    ids = await anywhere.sends(anywhere.mentor, "Звони: 8 912 345-67-89")
    assert ids == ["relay-found-phone", "relay-sure-hold"]
    await anywhere.mentor.presses("relay-change")
    assert await anywhere.mentor.says("Напиши мне здесь, когда удобно") == ["relay-sent"]
    (said,) = await anywhere.news(anywhere.mentee)
    assert "912" not in said
    last = (await anywhere.kept())[-1]
    assert (last.state, last.found, last.rewritten) == (RelayState.SENT, [], ["phone"])
    assert "912" not in last.words


async def test_what_stays_in_goes_to_the_curator_and_to_nobody_else(two: Two) -> None:
    await two.introduced()
    await two.sends(
        two.mentor,
        "Мой номер восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
    )
    assert await two.mentor.presses("relay-to-curator") == ["relay-held"]
    assert await two.news(two.mentee) == []
    assert (await two.kept())[-1].state == RelayState.HELD


async def test_a_message_that_is_given_up_leaves_no_trace(two: Two) -> None:
    await two.introduced()
    before = len(await two.kept())
    await two.sends(two.mentee, "ты дурак")
    assert await two.mentee.presses("relay-drop") == ["relay-dropped"]
    assert len(await two.kept()) == before


async def test_words_of_danger_reach_the_grown_ups_and_not_the_pair(two: Two) -> None:
    await two.introduced()
    assert (await two.sends(two.mentee, "Я не хочу жить, звоните 8 912 345-67-89"))[-1] == "relay-care"
    assert await two.news(two.mentor) == []
    (card,) = await rows(two.database, HelpRequest)
    assert card.urgent  # type: ignore[attr-defined]
    assert (await two.kept())[-1].state == RelayState.CARE
    assert "не хочу жить" not in await everything_told(two, two.ids.mentor)


async def test_a_message_of_the_night_waits_for_the_morning_and_its_writer_knows(two: Two) -> None:
    await two.introduced()
    two.mentee.now = two.mentor.now = two.mentee.now.replace(hour=18)  # 23:00 there
    assert await two.sends(two.mentee, "Спасибо за встречу!") == ["relay-sent-later"]
    assert "08:00" in two.mentee.words()
    row = [one for one in await outbox(two) if one.kind == Kind.LETTER][-1]
    assert row.due_at == two.mentee.now.replace(hour=3) + timedelta(days=1)


async def test_quiet_till_morning_is_nobodys_business(two: Two) -> None:
    await two.introduced()
    await two.mentee.press_data(f"f:relay-mute:{two.ids.pair}")
    assert two.mentee.ids == ["relay-muted"]
    await two.sends(two.mentor, "Как дела?")
    row = [one for one in await outbox(two) if one.kind == Kind.LETTER][-1]
    assert row.due_at > two.mentor.now + timedelta(hours=10)
    await two.mentee.presses("relay-loud")
    assert two.mentee.ids[-1] == "relay-loud-again"
    row = [one for one in await outbox(two) if one.kind == Kind.LETTER][-1]
    assert row.due_at == two.mentor.now


async def test_a_complaint_is_two_presses_and_its_author_hears_nothing(two: Two) -> None:
    await two.introduced()
    await two.sends(two.mentor, "Никому не рассказывай о наших разговорах, ладно, приходи вечером одна")
    message = (await two.kept())[-1]
    if message.state == RelayState.CARE:
        pytest.skip("taken for danger at once")
    await two.news(two.mentee)
    await two.mentee.presses("relay-report")
    assert await two.mentee.presses("talk-skip") == ["relay-report-sent", "care-read-now"]
    (card,) = await rows(two.database, HelpRequest)
    assert card.person_id == two.ids.mentee  # type: ignore[attr-defined]
    assert await two.news(two.mentor) == []


async def test_a_paused_pair_says_so_before_anything_is_typed(two: Two) -> None:
    async with two.database.transaction() as session:
        await session.execute(update(Pair).values(status=PairStatus.PAUSED))
    assert await two.mentee.press_data(f"f:relay:{two.ids.pair}") == ["relay-paused"]


async def test_a_stranger_cannot_write_by_an_old_button(two: Two, now: datetime) -> None:
    stranger = Chat(two.database, now, two.mentor.channel, "99900")
    assert "relay-not-yours" in await stranger.press_data(f"f:relay:{two.ids.pair}")
    assert "relay-not-yours" in await stranger.press_data(f"f:relay-read:{two.ids.pair}")
    assert "pair-not-yours" in await stranger.press_data("f:relay:77777777777777777777")


async def test_the_whole_correspondence_can_be_read_again(two: Two) -> None:
    await two.introduced()
    await two.sends(two.mentee, "Прочитал главу")
    await two.mentor.press_data(f"f:relay-read:{two.ids.pair}")
    assert "relay-all" in two.mentor.ids
    assert "Аня, " in two.mentor.words()
    assert "Прочитал главу" in two.mentor.words()


async def listed(two: Two) -> None:
    """Each side has its own words in the correspondence, and both have opened the whole of it."""
    await two.introduced()
    await two.sends(two.mentee, "Прочитал главу")
    for chat in (two.mentor, two.mentee):
        await chat.press_data(f"f:relay-read:{two.ids.pair}")
        assert "Прочитал главу" in chat.words()


@pytest.mark.parametrize("erased", [False, True], ids=["old", "erased"])
async def test_a_list_of_letters_goes_with_the_letters(
    two: Two, school: School, now: datetime, *, erased: bool
) -> None:
    await listed(two)
    async with two.database.transaction() as session:
        if erased:
            await erasure.erase(Work(session, school, now), two.ids.mentee, Basis.REQUEST)
        else:
            await session.execute(update(Pair).values(status=PairStatus.COMPLETED, closed_at=now))
            await relay_keeping.forget_old(Work(session, school, now + timedelta(days=31)))
    left = [row for row in await rows(two.database, OutboxRow) if "Прочитал главу" in str(row.body)]  # type: ignore[attr-defined]
    assert left == []


async def test_a_list_of_letters_is_not_in_the_readers_own_data(
    two: Two, school: School, now: datetime
) -> None:
    await listed(two)
    async with two.database.transaction() as session:
        await session.execute(update(OutboxRow).values(sent_at=now))
        work = Work(session, school, now)
        known = [str(await my_data.known(work, one, one)) for one in (two.ids.mentor, two.ids.mentee)]
    assert ["Прочитал главу" in one for one in known] == [False, True]


async def test_the_word_opens_it_too(two: Two) -> None:
    assert (await two.mentee.says("переписка"))[0] == "relay-rules"


async def test_after_the_pair_the_word_leads_to_what_was_written_as_long_as_it_is_kept(anywhere: Two) -> None:
    two = anywhere
    await two.introduced()
    await two.mentee.press_data(f"f:relay:{two.ids.pair}")
    await two.mentee.says("Спасибо за год!")
    async with two.database.transaction() as session:
        await session.execute(update(Pair).values(status=PairStatus.COMPLETED, closed_at=two.mentee.now))
        await session.execute(update(PairMember).values(left_at=two.mentee.now))
    for chat in (two.mentee, two.mentor):
        assert (await chat.says("переписка"))[-2:] == ["relay-none", "relay-none-kept"]
        read = await chat.presses("relay-read-of")
        assert (read[0], read[-2], read[-1]) == ("relay-all", "relay-line-sent", "relay-closed-now")
    async with two.database.transaction() as session:
        await session.execute(update(RelayMessage).values(words=""))
    assert (await two.mentee.says("переписка"))[-1] == "relay-none"


async def test_the_way_to_the_photo_page_is_shown_where_the_school_takes_photos(two: Two) -> None:
    await two.introduced()
    await two.mentee.press_data(f"f:relay:{two.ids.pair}")
    assert "relay-photo-how" not in two.mentee.ids
    async with two.database.transaction() as session:
        await session.execute(update(School).values(settings={"relay": {"photos": "hold"}}))
    await two.mentee.press_data(f"f:relay:{two.ids.pair}")
    assert two.mentee.ids == ["relay-photo-how", "relay-words"]
    assert two.mentee.button("relay-photo").url == f"page:relay-photo:{two.ids.pair}"
    assert await two.mentee.says("Сейчас пришлю рисунок") == ["relay-sent"]


async def outbox(two: Two) -> list[OutboxRow]:
    return list(await rows(two.database, OutboxRow))  # type: ignore[arg-type]


async def everything_told(two: Two, person: int) -> str:
    return "".join(str(one.body) for one in await outbox(two) if one.person_id == person)


async def test_what_is_typed_before_reading_who_sees_it_is_kept_and_goes_after_understood(
    anywhere: Two,
) -> None:
    await anywhere.mentee.press_data(f"f:relay:{anywhere.ids.pair}")
    assert "relay-rules-kept" in await anywhere.mentee.says("Здравствуйте! Это Аня.")
    assert await anywhere.kept() == []
    assert "relay-sent" in await anywhere.mentee.presses(UNDERSTOOD)
    [letter] = await anywhere.kept()
    assert letter.words == "Здравствуйте! Это Аня."


async def test_what_was_typed_at_once_is_dropped_by_not_now_and_looked_at_like_any_letter(two: Two) -> None:
    await two.mentee.press_data(f"f:relay:{two.ids.pair}")
    await two.mentee.says("Это Аня")
    assert await two.mentee.presses("relay-not-now-button") == ["relay-not-now-said"]
    await two.mentee.press_data(f"f:relay:{two.ids.pair}")
    await two.mentee.says("Мой номер 8 912 345-67-89")
    assert "relay-sent" not in await two.mentee.presses(UNDERSTOOD)
    assert await two.kept() == []


async def test_what_is_typed_before_the_reader_is_chosen_goes_to_the_chosen_one(anywhere: Two) -> None:
    async with anywhere.database.transaction() as session:
        school = await session.get_one(School, 1)
        mentor = await session.get_one(Person, anywhere.ids.mentor)
        other = await member(session, school, "Вера", "Кленова")
        second = await group(session, [mentor], [other])
    await anywhere.introduced()
    assert await anywhere.mentor.says("переписка") == ["relay-whom"]
    assert await anywhere.mentor.says("Во вторник жду в библиотеке") == ["relay-whom-kept"]
    await anywhere.mentor.presses("Вера")
    await anywhere.mentor.presses(UNDERSTOOD)
    newest = max(await anywhere.kept(), key=lambda one: one.id)
    assert (newest.pair_id, newest.words) == (second.id, "Во вторник жду в библиотеке")
