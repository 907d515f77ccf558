"""The poll after a meeting as each channel delivers it: from the invitation to the thanks in four taps at most."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions import feedback
from actions.work import Work
from program.channels import Channel
from program.outgoing import Message
from program.roles import Category, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.database import Database
from storage.tables import (
    Answer,
    Conversation,
    HelpRequest,
    Meeting,
    OutboxRow,
    PairWorry,
    Person,
    Response,
    School,
)
from tests import build
from tests.bot.chat import Chat
from tests.bot.fits import fits_everywhere
from tests.conftest import rows
from tests.pairs import papers

CHANNELS = (Channel.TELEGRAM, Channel.VK, Channel.WEB)
HERE = "100"


async def invited(
    database: Database, school: School, now: datetime, channel: Channel, side: Side, kind: MeetingKind
) -> tuple[Chat, Message]:
    """Whoever sits at the channel, on that side, after a held meeting; and the invitation they got."""
    me = build.person(school, "Аня")
    other = build.person(school, "Олег", "Громов", category=Category.TEACHER)
    async with database.transaction() as session:
        session.add_all([me, other])
        await session.flush()
        session.add(build.address(me, channel, HERE))
        places = [build.participation(me, side), build.participation(other, side.other)]
        session.add_all([*places, *papers(me), *papers(other)])
        await session.flush()
        pair = build.pair(*places)
        session.add(pair)
        await session.flush()
        session.add(
            Meeting(
                school_id=school.id, pair_id=pair.id, kind=kind, status=MeetingStatus.HELD, uid="held",
                proposed_by=other.id, starts_at=now - timedelta(hours=2), closed_at=now, closed_by=other.id,
                format=MeetingFormat.OFFLINE, created_at=now,
            )
        )  # fmt: skip
        await session.flush()
        work = Work(session, await session.merge(school, load=False), now)
        assert await feedback.invite_due(work) == 1
    (row,) = await rows(database, OutboxRow, person_id=me.id)
    assert isinstance(row, OutboxRow)
    return Chat(database, now, channel, HERE), Message.from_json(row.body)


async def open_talk(chat: Chat) -> Conversation | None:
    person: Person = await chat.person()
    found = await rows(chat.database, Conversation, person_id=person.id)
    return found[0] if found else None  # type: ignore[return-value]


@pytest.mark.parametrize("kind", [MeetingKind.M1, MeetingKind.M4])
@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("channel", CHANNELS)
async def test_four_taps_are_enough(
    database: Database, school: School, now: datetime, channel: Channel, side: Side, kind: MeetingKind
) -> None:
    chat, invitation = await invited(database, school, now, channel, side, kind)
    fits_everywhere(invitation)
    await chat.press_data(invitation.rows[0][0].data)
    taps = 1
    while (talk := await open_talk(chat)) is not None:
        await chat.press_data(f"t:{talk.turn}:" + ("skip" if talk.step == "FB_N.3" else "0"))
        taps += 1
    assert taps <= 4
    assert chat.ids == ["feedback-thanks"]
    labels = {choice.label.id for message in chat.messages for row in message.rows for choice in row}
    assert ("meeting-diary-write" in labels) is (side is Side.MENTOR)
    codes = {one.code for one in await rows(database, Response) if isinstance(one, Response)}
    assert codes == {
        "FB_M" if side is Side.MENTEE else "FB_N",
        *(["FB_START"] if kind is MeetingKind.M1 else []),
    }


async def test_who_thinks_again_presses_another_button_and_keeps_the_other_answers(
    database: Database, school: School, now: datetime
) -> None:
    chat, invitation = await invited(database, school, now, Channel.VK, Side.MENTEE, MeetingKind.M4)
    great, *_, bad = [row[0].data for row in invitation.rows]
    await chat.press_data(great)
    await chat.says("8")
    await chat.press_data(bad)
    talk = await open_talk(chat)
    assert talk is not None
    assert (talk.step, talk.parked) == ("FB_M.4", [])
    await chat.says("1")
    assert chat.ids == ["feedback-told"]
    kept = {one.question: one for one in await rows(database, Answer) if isinstance(one, Answer)}
    assert (kept["FB_M.2"].number, kept["FB_M.3"].choices) == (8, ["bad"])
    assert len(await rows(database, PairWorry)) == 1
    assert await rows(database, HelpRequest) == []


async def test_who_is_unsure_may_say_why_and_only_the_curator_reads_it(
    database: Database, school: School, now: datetime
) -> None:
    chat, invitation = await invited(database, school, now, Channel.VK, Side.MENTEE, MeetingKind.M1)
    await chat.press_data(invitation.rows[0][0].data)
    await chat.says("8", "1", "2")
    talk = await open_talk(chat)
    assert talk is not None
    assert talk.step == "FB_START.2"
    assert "questionnaire-reader-curator" in chat.ids


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        *((one, ("3",)) for one in CHANNELS),
        *((one, ("2", "Меня не слушают")) for one in (Channel.VK, Channel.WEB)),  # Telegram asks on the page
    ],
)
async def test_what_was_said_of_the_meeting_does_not_wait_for_whether_they_go_on(
    database: Database, school: School, now: datetime, channel: Channel, said: tuple[str, ...]
) -> None:
    chat, invitation = await invited(database, school, now, channel, Side.MENTEE, MeetingKind.M1)
    await chat.press_data(invitation.rows[-1][0].data)  # «плохо»
    await chat.says("3", *said)
    (card,) = await rows(database, HelpRequest)
    assert isinstance(card, HelpRequest)
    assert card.urgent is (said == ("3",)), "«Пусть поможет взрослый»"
    assert card.words.endswith(said[-1]) or card.urgent
    kept = {one.question: one for one in await rows(database, Answer) if isinstance(one, Answer)}
    assert kept["FB_M.3"].choices == ["bad"]
    assert any(one.startswith("care-") for one in chat.ids) is card.urgent
    talk = await open_talk(chat)
    assert talk is not None
    assert talk.step == "FB_START.1"

    # Whoever left there finds it by the same button, and only it.
    await chat.presses("talk-stop")
    await chat.press_data(invitation.rows[0][0].data)
    talk = await open_talk(chat)
    assert talk is not None
    assert talk.step == "FB_START.1"
    assert chat.ids[0] == "feedback-about"
    await chat.press_data(f"t:{talk.turn}:0")
    assert chat.ids == ["feedback-thanks"]
    assert await chat.press_data(invitation.rows[0][0].data) == ["feedback-done"]
    assert await chat.press_data("f:feedback-start:1") == ["feedback-done"]
    assert {one.code for one in await rows(database, Response)} == {"FB_M", "FB_START"}  # type: ignore[attr-defined]
    assert len(await rows(database, HelpRequest)) == 1


async def test_the_questions_of_both_are_counted_together(
    database: Database, school: School, now: datetime
) -> None:
    chat, invitation = await invited(database, school, now, Channel.VK, Side.MENTEE, MeetingKind.M2)
    await chat.press_data(f"f:feedback:{invitation.rows[0][0].data.split(':')[2].split('.')[0]}")
    seen = [chat.number[:2]]
    for _ in range(3):
        talk = await open_talk(chat)
        assert talk is not None
        await chat.press_data(f"t:{talk.turn}:0")
        seen.append(chat.number[:2])
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("arg", ["", "x", "9" * 20, "999"])
async def test_going_on_is_asked_of_nobody_elses_meeting(
    database: Database, school: School, now: datetime, arg: str
) -> None:
    chat, _ = await invited(database, school, now, Channel.VK, Side.MENTEE, MeetingKind.M1)
    assert (await chat.press_data(f"f:feedback-start:{arg}"))[-1] == "feedback-not-yours"


async def test_going_on_is_not_asked_after_a_later_meeting(
    database: Database, school: School, now: datetime
) -> None:
    chat, invitation = await invited(database, school, now, Channel.VK, Side.MENTEE, MeetingKind.M4)
    meeting = invitation.rows[0][0].data.split(":")[2].split(".")[0]
    assert (await chat.press_data(f"f:feedback-start:{meeting}"))[-1] == "feedback-done"
