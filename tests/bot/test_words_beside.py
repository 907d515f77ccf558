"""Words that come with a picture, in a forward, in a poll or a contact: nobody's words are passed over."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest

from bot.messenger import Heard, Incoming
from bot.telegram.update import read_update
from bot.vk.update import read_event
from locales import Texts
from program.channels import Channel
from program.states import PairStatus
from storage.database import Database
from storage.tables import HelpRequest, School
from tests import build
from tests.bot.test_help import meeting_of
from tests.bot.test_pair_flow import two
from tests.conftest import rows

MESSENGERS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK])
DANGER = "Меня дома бьёт отчим"
_numbers = count(1)
PHOTO = [{"file_id": "p"}]


def telegram(address: str = "1001", **parts: Any) -> Incoming:
    chat = {"id": int(address), "type": "private"}
    message = {"message_id": 1, "date": 1_789_455_600, "chat": chat} | parts
    found = read_update({"update_id": next(_numbers), "message": message}, "default", build.NOW)
    assert found is not None
    return found


def vk(address: str = "1001", **parts: Any) -> Incoming:
    message = {"date": 1_789_455_600, "peer_id": int(address), "from_id": int(address), "text": ""} | parts
    event = {
        "type": "message_new",
        "group_id": 7,
        "event_id": f"e{next(_numbers)}",
        "object": {"message": message},
    }
    found = read_event(event, "default", build.NOW)
    assert found is not None
    return found


def photo(channel: Channel, address: str, words: str = "") -> Incoming:
    if channel is Channel.TELEGRAM:
        return telegram(address, photo=PHOTO, **({"caption": words} if words else {}))
    return vk(address, text=words, attachments=[{"type": "photo", "photo": {"id": 1}}])


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        ({"photo": PHOTO}, "heard-photo"),
        ({"photo": PHOTO, "live_photo": {}}, "heard-photo"),
        ({"video": {}}, "heard-file"),
        ({"document": {}}, "heard-file"),
        ({"animation": {}, "document": {}}, "heard-file"),
        ({"audio": {}}, "heard-file"),
        ({"voice": {}}, "heard-voice"),
        ({"paid_media": {}}, "heard-other"),
    ],
)
def test_a_caption_is_what_was_typed_whatever_carries_it(part: dict[str, Any], lost: str) -> None:
    one = telegram(caption=DANGER, **part)
    assert (one.heard, one.text, one.lost) == (Heard.TEXT, DANGER, lost)
    for empty in ({}, {"caption": ""}, {"caption": " \n"}):
        one = telegram(**part, **empty)
        assert (one.heard, one.text, one.lost) == (Heard.OTHER, lost, "")


def test_a_caption_is_read_like_any_words() -> None:
    assert telegram(photo=PHOTO, caption="я" * 5000).cut
    one = telegram(photo=PHOTO, caption="/start abc Привет")
    assert (one.heard, one.data, one.text, one.lost) == (Heard.START, "abc", "Привет", "heard-photo")
    assert "\x00" not in telegram(photo=PHOTO, caption="да\x00").text
    forward = {"type": "hidden_user", "sender_user_name": "Кто-то"}
    assert telegram(text=DANGER, forward_origin=forward).text == DANGER


@pytest.mark.parametrize(
    "part",
    [
        {"poll": {"id": "1", "question": "Как быть?", "options": [{"text": DANGER}, {"text": "Молчать"}]}},
        {"checklist": {"title": "План", "tasks": [{"id": 1, "text": DANGER}]}},
        {"contact": {"phone_number": "112", "first_name": "Мама", "last_name": DANGER}},
        {"venue": {"title": DANGER, "address": "Дом"}},
        {
            "rich_message": {
                "blocks": [{"type": "paragraph", "text": [{"type": "bold", "text": DANGER}, "!"]}]
            }
        },
    ],
)
def test_what_is_filled_with_words_is_read_beside(part: dict[str, Any]) -> None:
    one = telegram(**part)
    assert (one.heard, one.text) == (Heard.OTHER, "heard-other")
    assert DANGER in one.beside


def test_in_vk_forwards_and_polls_are_read_and_what_the_bot_said_is_not() -> None:
    ours = {"from_id": -7, "text": "Помощь рядом", "attachments": [{"type": "doc"}]}
    inside = {"from_id": 5, "text": DANGER, "attachments": [{"type": "photo"}]}
    one = vk(text="Вот", fwd_messages=[ours, {"from_id": 5, "text": "", "fwd_messages": [inside]}])
    assert (one.heard, one.text, one.lost) == (Heard.TEXT, f"Вот\n{DANGER}", "heard-photo")
    assert vk(fwd_messages=[{"from_id": 5, "text": DANGER}]).text == DANGER
    assert vk(fwd_messages=[ours]).text == "heard-other"
    poll = {"type": "poll", "poll": {"question": "Как быть?", "answers": [{"text": DANGER}]}}
    one = vk(attachments=[poll])
    assert (one.heard, one.text) == (Heard.OTHER, "heard-other")
    assert DANGER in one.beside
    one = vk(text="Смотрите", attachments=[poll])
    assert (one.text, one.lost) == ("Смотрите", "heard-other")
    assert DANGER in one.beside


@pytest.mark.parametrize("kind", ["link", "sticker"])
def test_what_vk_makes_of_an_address_itself_is_not_called_lost(kind: str) -> None:
    assert vk(text="https://example.ru", attachments=[{"type": kind}]).lost == ""


def test_forwards_without_end_are_left_somewhere() -> None:
    deep: dict[str, Any] = {"from_id": 5, "text": "слово"}
    for _ in range(300):
        deep = {"from_id": 5, "text": "слово", "fwd_messages": [deep]}
    assert vk(fwd_messages=[deep]).text.count("слово") == 20


@MESSENGERS
async def test_danger_under_a_photo_is_answered_as_if_it_were_typed(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE, channel)
    child = pair.mentee
    said = await child.receives(photo(channel, child.address, DANGER))
    assert said == ["care-heard", "care-contacts", "heard-photo-beside"]
    (card,) = await rows(database, HelpRequest)
    assert card.words == DANGER  # type: ignore[attr-defined]
    # In the middle of a question whose answer the mentor reads.
    await child.press_data(f"f:meeting-cancel:{await meeting_of(pair)}")
    said = await child.receives(photo(channel, child.address, f"{DANGER}, не приду"))
    assert said[:4] == ["care-heard", "care-contacts", "heard-photo-beside", "care-held"]


@MESSENGERS
async def test_the_words_of_a_photo_answer_the_open_question(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE, channel)
    await pair.mentee.says("мне нужна помощь")
    first = await pair.mentee.receives(photo(channel, pair.mentee.address, "Меня обижают"))
    assert first[0] == "heard-photo-beside"
    (card,) = await rows(database, HelpRequest)
    assert card.kind == "call", "the label of a button, written under a photo, presses it"  # type: ignore[attr-defined]
    said = await pair.mentee.receives(photo(channel, pair.mentee.address))
    assert said[0] == "heard-photo"


@MESSENGERS
async def test_words_with_a_photo_to_nobody_in_particular_are_read_too(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE, channel)
    said = await pair.mentee.receives(photo(channel, pair.mentee.address, "мои данные"))
    assert said[0] == "heard-photo-beside"
    assert "heard-photo" not in said
    assert len(said) > 1


async def test_of_an_album_one_answer_is_given_and_every_caption_is_read(
    database: Database, school: School, now: datetime
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)
    child = pair.mentee

    def part(album: str, **more: Any) -> Incoming:
        return telegram(child.address, photo=PHOTO, media_group_id=album, **more)

    assert await child.receives(part("1")) == ["heard-photo"]
    assert await child.receives(part("1")) == []
    said = await child.receives(part("1", caption=DANGER))
    assert said == ["care-heard", "care-contacts"]
    assert (await child.receives(part("2", caption="мои данные")))[0] == "heard-photo-beside"
    assert await child.receives(part("2")) == []
    assert await child.receives(part("3")) != []


async def test_danger_in_a_poll_is_heard_and_answers_nothing(
    database: Database, school: School, now: datetime
) -> None:
    pair = await two(database, school, now, PairStatus.ACTIVE)
    child = pair.mentee
    poll = {"question": "Что делать, если дома бьют?", "options": [{"text": DANGER}]}
    assert await child.receives(telegram(child.address, poll=poll)) == ["care-heard", "care-contacts"]
    await child.press_data(f"f:meeting-cancel:{await meeting_of(pair)}")
    step = child.ids
    said = await child.receives(telegram(child.address, poll=poll))
    assert said == ["care-heard", "care-contacts", *step]
    assert await child.receives(telegram(child.address, poll={"question": "Чай?"})) == ["heard-other", *step]


def test_each_kind_has_its_words() -> None:
    for kind in ("photo", "voice", "file", "other", "sticker"):
        for language in ("ru", "en"):
            assert Texts(language)(f"heard-{kind}-beside")
