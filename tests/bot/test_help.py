"""«Мне нужна помощь» in two presses from every question of every conversation, on every channel; worrying words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import elsewhere, held, menu
from locales import Texts
from program.care import CallKind
from program.channels import Channel
from program.instruments_reading import shipped
from program.names import folded
from program.states import MeetingStatus, PairStatus, RequestState
from program.text import Text
from storage.database import Database
from storage.tables import Conversation, HelpRequest, Meeting, OutboxRow, School, StaffChat, User
from tests import build
from tests.bot.chat import Chat
from tests.bot.fits import CHANNELS as CAN
from tests.bot.fits import shown
from tests.bot.scenes import HERE, SCENES, _answer, _talk
from tests.bot.test_elsewhere import refused
from tests.bot.test_pair_flow import Two, two
from tests.conftest import rows
from tests.pairs import couple

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])
HELP = "Мне нужна помощь"


async def cards(database: Database) -> list[HelpRequest]:
    return await rows(database, HelpRequest)  # type: ignore[return-value]


def in_reach(chat: Chat) -> dict[str, bool]:
    """By channel: whether one press under the newest question, or on what is always in sight, opens help."""
    newest = chat.messages[-1]
    drawn = {name: shown(newest, can) for name, can in CAN.items()}
    under = {
        name: any(button.data == "f:help" for row in out.rows for button in row)
        for name, out in drawn.items()
    }
    # Telegram's «/» button stands beside the field always, and so does the button of the web chat's page.
    return under | {"telegram": "sos" in menu.LISTED and menu.COMMANDS["sos"] == "help", "web": True}


@pytest.mark.parametrize("name", [name for name in SCENES if name not in ("help", "help-more")])
async def test_help_is_one_press_away_from_every_question_and_the_second_calls_an_adult(
    name: str, database: Database, school: School, now: datetime
) -> None:
    scene = SCENES[name]
    chat = await scene.begin(database, school, now)
    talk = await _talk(chat)
    steps = 0
    while talk is not None and talk.flow == scene.flow:
        assert all(in_reach(chat).values()), (talk.step, in_reach(chat))
        labels = [Texts("ru")(Text.from_json(option["label"])) for option in talk.options]
        assert not [one for one in labels if menu.command(one)], "pressed or typed, it must mean the same"
        steps += 1
        if steps in (1, 3):
            talk = await _calls_and_comes_back(chat, database, talk)
        await _answer(chat, talk, scene.answers.get(talk.step, ""))
        talk = await _talk(chat)
    assert steps


async def _calls_and_comes_back(chat: Chat, database: Database, open_: Conversation) -> Conversation:
    """Two presses and a card, or for a stranger one press and contacts; then the question is asked again."""
    before = len(await cards(database))
    first = await chat.press_data("f:help")
    if "care-stranger" not in first:
        assert first == ["care-ask", "care-contacts"]
        second = await chat.presses("care-about-other")
        assert second[:2] == ["care-sent", "care-contacts"]
        assert len(await cards(database)) == max(before, 1)  # a second call joins the first
        while (talk := await _talk(chat)) is not None and talk.flow == "help-more":
            await chat.presses("talk-skip")
    else:
        assert first[:2] == ["care-stranger", "care-contacts"]
        assert len(await cards(database)) == before
    talk = await _talk(chat)
    assert talk is not None
    assert (talk.flow, talk.step) == (open_.flow, open_.step)
    return talk


@CHANNELS
async def test_a_call_is_receipted_and_may_add_a_break_and_words(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE, channel)
    assert await pair.mentee.says(HELP) == ["care-ask", "care-contacts"]
    assert await pair.mentee.presses("care-about-meeting") == ["care-sent", "care-contacts", "care-apart"]
    (card,) = await cards(database)
    assert (card.kind, card.about, card.urgent, card.words) == (CallKind.CALL, "meeting", True, "")
    assert await pair.mentee.presses("care-apart-yes") == ["care-words"]
    assert (await pair.mentee.says("Он на меня кричал"))[-2:] == ["care-apart-done", "care-added"]
    (card,) = await cards(database)
    assert (card.words, card.apart) == ("Он на меня кричал", "done")
    assert await pair.status() is PairStatus.PAUSED
    pair.mentor.messages = await pair.mentor._answers()
    assert pair.mentor.ids == ["pair-paused"]


@CHANNELS
async def test_help_stays_where_a_messenger_was_refused(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await refused(database, school, now, channel)
    assert (await pair.mentee.says(HELP))[0] == "care-ask"
    assert (await pair.mentee.presses("care-about-talk"))[0] == "care-sent"
    assert len(await cards(database)) == 1
    assert {"help", "help-more", "care-take"} <= elsewhere.HERE


async def test_outside_working_hours_the_caller_reads_when_the_school_opens(
    database: Database, school: School, now: datetime
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)
    pair.mentee.now = now.replace(hour=20)  # one in the night in Yekaterinburg
    await pair.mentee.says(HELP)
    await pair.mentee.presses("care-about-talk")
    assert "Школа сейчас закрыта" in pair.mentee.words()
    assert "когда она откроется: среда, 16 сентября, 08:00" in pair.mentee.words()
    assert "112, круглосуточно" in pair.mentee.words()


@pytest.mark.parametrize(
    ("day", "hour", "opens"), [(15, 20, "среда, 16 сентября"), (19, 6, "понедельник, 21 сентября")]
)
async def test_at_night_and_at_weekends_the_caller_reads_the_truth(
    database: Database, school: School, now: datetime, day: int, hour: int, opens: str
) -> None:
    """Somebody's phone rings at any hour, where it can; nobody is promised to look at a screen."""
    pair = await two(database, school, now, PairStatus.ACTIVE)
    pair.mentee.now = now.replace(day=day, hour=hour)
    await pair.mentee.says(HELP)
    await pair.mentee.presses("care-about-talk")
    assert "уже у куратора" not in pair.mentee.words()
    assert "Сообщение сохранено" in pair.mentee.words()
    async with database.transaction() as session:
        ours = await session.merge(school, load=False)
        user = User(
            school_id=ours.id, login="v", name="Вера", role="curator", password_hash="-", created_at=now
        )
        human = build.person(ours, "Вера", "Взрослая", category="teacher")
        session.add_all([user, human])
        await session.flush()
        session.add(build.address(human, Channel.TELEGRAM, "555"))
        session.add(StaffChat(school_id=ours.id, user_id=user.id, person_id=human.id, since=now))
    pair.mentee.now += timedelta(hours=2)
    await pair.mentee.says(HELP)
    await pair.mentee.presses("care-about-talk")
    assert "Взрослым школы уже пришло сообщение" in pair.mentee.words()
    assert f"Самое позднее его прочитают, когда школа откроется: {opens}, 08:00" in pair.mentee.words()
    (row,) = await rows(database, OutboxRow, person_id=human.id)
    assert row.due_at == pair.mentee.now  # type: ignore[attr-defined]
    # Said instead of the answer to a choice, they are heard as well, on the same card.
    said = await pair.mentee.says("я не хочу жить")
    assert said[:3] == ["care-heard", "care-read-rings", "care-contacts"]
    assert [card.words for card in await cards(database)] == ["", "я не хочу жить"]


async def test_who_opens_help_and_leaves_has_called_nobody(
    database: Database, school: School, now: datetime
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)
    await pair.mentee.says(HELP)
    await pair.mentee.says("выйти")
    assert await cards(database) == []


async def test_a_stranger_reads_contacts_and_nothing_is_kept(
    database: Database, school: School, now: datetime
) -> None:
    chat = Chat(database, now)
    assert await chat.says(HELP) == ["care-stranger", "care-contacts"]
    assert "8-800-2000-122" in chat.words()
    assert "112" in chat.words()
    assert await chat.says("меня бьёт отчим") == ["care-heard-stranger", "care-contacts"]
    assert await cards(database) == []
    assert await rows(database, Conversation) == []


# Worrying words


@CHANNELS
async def test_worrying_words_said_to_nobody_are_answered_warmly_and_make_a_card(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE, channel)
    assert await pair.mentee.says("я не хочу жить") == ["care-heard", "care-contacts"]
    (card,) = await cards(database)
    assert (card.kind, card.about, card.words) == (CallKind.WORDS, "self_harm", "я не хочу жить")
    assert pair.mentee.button("menu-help").data == "f:help"


async def meeting_of(pair: Two) -> int:
    async with pair.database.transaction() as session:
        meeting = Meeting(
            school_id=1, pair_id=pair.ids.pair, kind="m1", status=MeetingStatus.CONFIRMED, proposed_by=pair.ids.mentor,
            starts_at=build.NOW.replace(day=25), format="offline", place="Кабинет 214", uid="u", created_at=build.NOW,
        )  # fmt: skip
        session.add(meeting)
        await session.flush()
        return meeting.id


async def test_words_that_a_mentor_would_read_are_not_taken_as_an_answer(
    database: Database, school: School, now: datetime
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)
    number = await meeting_of(pair)
    await pair.mentee.press_data(f"f:meeting-cancel:{number}")
    await pair.mentee.presses("meeting-cancel-yes", "meeting-note-add")
    said = await pair.mentee.says("меня бьёт отчим, не приду")
    assert said[:3] == ["care-heard", "care-contacts", "care-held"]
    assert "бьёт" not in str((await _talk(pair.mentee)).journal)  # type: ignore[union-attr]
    await pair.mentee.presses("talk-stop")
    for row in await rows(database, OutboxRow, person_id=pair.ids.mentor):
        assert "бьёт" not in str(row.body)  # type: ignore[attr-defined]
    assert len(await cards(database)) == 1


async def test_a_new_conversation_is_closed_to_worrying_words_until_it_is_listed() -> None:
    assert set(menu.FLOWS) >= held.STAFF | held.LOOK_THEMSELVES
    assert not held.STAFF & held.LOOK_THEMSELVES
    assert "meeting-cancel-note" not in held.STAFF | held.LOOK_THEMSELVES


async def test_the_label_of_an_answer_on_offer_is_no_alarm(
    database: Database, school: School, now: datetime
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)
    await pair.mentee.says(HELP)
    await pair.mentee.says("Меня обижают")
    (card,) = await cards(database)
    assert card.kind == CallKind.CALL


async def test_a_defect_of_ours_does_not_swallow_worrying_words(
    database: Database, school: School, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)

    async def broken(*_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("bot.front.Front._heard_out", broken)
    assert await pair.mentee.says("хочу умереть") == ["care-heard", "care-contacts", "talk-defect"]
    assert [card.words for card in await cards(database)] == ["хочу умереть"]


# An adult answers


@CHANNELS
async def test_an_adult_takes_a_call_from_the_chat_and_the_caller_hears_of_it(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        ours = await session.merge(school, load=False)
        ids = await couple(session, ours)
        user = User(
            school_id=ours.id, login="vera", name="Вера", role="curator", password_hash="-", created_at=now
        )
        human = build.person(ours, "Вера", "Взрослая", category="teacher")
        session.add_all([user, human])
        await session.flush()
        session.add(build.address(human, channel, HERE))
        session.add(StaffChat(school_id=ours.id, user_id=user.id, person_id=human.id, since=now))
    child = Chat(database, now, Channel.WEB, str(ids.mentee))
    await child.says(HELP)
    await child.presses("care-about-hurt")

    adult = Chat(database, now, channel, HERE)
    adult.messages = await adult._answers()
    assert adult.ids == ["care-alert"]
    assert "Аня" not in adult.words()
    assert await adult.presses("care-alert-take") == ["care-take-done"]
    assert (await adult.press_data(f"f:care-take:{(await cards(database))[0].id}"))[0] == "care-take-done"

    (card,) = await cards(database)
    assert (card.state, card.taken_by) == (RequestState.IN_WORK, f"user:{user.id}")
    child.messages = await child._answers()
    assert "care-read" in child.ids


# One label, one meaning


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_answer_of_a_questionnaire_reads_like_the_way_to_help_or_to_another_conversation(
    language: str,
) -> None:
    taken = []
    for familiar in (False, True):
        say = Texts(language, familiar=familiar)
        home = {folded(say(choice.label)) for choice in (*menu.HOME, *menu.VISITOR_HOME)}
        for instrument in shipped():
            for question in instrument.questions:
                words = [say(option.label.text) for option in question.options]
                taken += [(question.id, one) for one in words if folded(one) in home or menu.command(one)]
    assert taken == []
