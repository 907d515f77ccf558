"""Whatever a platform, or somebody in its name, sends us is an event that can be kept, or nothing; it never holds up what
comes behind it.
"""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import heard
from bot.messenger import Incoming
from bot.telegram.update import foreign_chat as telegram_group
from bot.telegram.update import pressed, read_update
from bot.vk.update import event_key, read_event
from bot.vk.update import foreign_chat as vk_group
from storage.tables import Address, SeenEvent

NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
CHAT = {"id": 1001, "type": "private", "first_name": "Аня"}
MESSAGE = {"message_id": 5, "date": 1789455600, "chat": CHAT, "from": {"id": 1001}}
UPDATES = (
    {"update_id": 1, "message": MESSAGE | {"text": "/start token привет"}},
    {"update_id": 2, "message": MESSAGE | {"text": "Да"}},
    {"update_id": 3, "message": MESSAGE | {"photo": [{"file_id": "x"}], "caption": "Фото"}},
    {"update_id": 4, "callback_query": {"id": "7", "from": {"id": 1001}, "data": "t:1:0", "message": MESSAGE}},
    {"update_id": 5, "my_chat_member": {"chat": CHAT, "date": 1789455600, "new_chat_member": {"status": "kicked"}}},
)  # fmt: skip
SAID = {
    "date": 1789455600,
    "peer_id": 1001,
    "from_id": 1001,
    "text": "Да",
    "payload": '{"d":"t:1:0"}',
    "ref": "token",
}
EVENTS = (
    {"type": "message_new", "group_id": 7, "event_id": "a1", "object": {"message": SAID, "client_info": {"button_actions": ["callback"]}}},
    {"type": "message_new", "group_id": 7, "event_id": "a2", "object": {"message": SAID | {"text": "", "attachments": [{"type": "sticker"}]}}},
    {"type": "message_event", "group_id": 7, "event_id": "a3", "object": {"user_id": 1001, "peer_id": 1001, "event_id": "b", "payload": {"d": "t:1:0"}}},
    {"type": "message_deny", "group_id": 7, "event_id": "a4", "object": {"user_id": 1001}},
)  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from((
        "", "\x00", "\ud800", "а" * 5000, "9" * 5000, "²", -1, 2**63, 10**18, 10**400, 1e308, [], {}, [[]], {"id": 5}, {"type": "private"},
        "[" * 5000, '{"d":' * 1500, '{"d":{"d":"\\ud800"}}', '{"d":' + "9" * 5000 + "}", '{"command":["start"]}',
    )),
    st.recursive(st.text(max_size=3), lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=3), inside, max_size=2), max_leaves=3),
)  # fmt: skip


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything inside."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in pairs for found in ((*way, key), *places(one, (*way, key)))]


@st.composite
def spoilt(draw: st.DrawFn, whole: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """An event as it comes, with one to three of its places gone or filled with what does not belong there."""
    event = copy.deepcopy(draw(st.sampled_from(whole)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(places(event)))
        inside: Any = event
        for key in way:
            inside = inside[key]
        if draw(st.booleans()):
            inside[last] = draw(ODD)
        else:
            del inside[last]
        if not event:
            break
    return event


def fits(incoming: Incoming | None) -> None:
    """Whatever was read can be kept by every database."""
    if incoming is None:
        return
    for words in (incoming.text, incoming.data, incoming.event_id, incoming.address, incoming.message):
        assert isinstance(words, str)
        assert "\x00" not in words
        words.encode()
    assert len(incoming.text) <= heard.LONGEST
    assert 0 < len(incoming.event_id) <= SeenEvent.event_id.type.length
    assert 0 < len(incoming.address) <= Address.address.type.length
    assert incoming.at.tzinfo is not None


def test_what_is_spoilt_below_is_read_as_it_comes() -> None:
    read = [read_update(one, "default", NOW) for one in UPDATES]
    read += [read_event(one, "default", NOW) for one in EVENTS]
    assert [one.address for one in read if one] == ["1001"] * (len(UPDATES) + len(EVENTS))


@settings(max_examples=300, deadline=None)
@given(spoilt(UPDATES))
def test_any_update_of_telegram_is_read_or_passed_over(update: dict[str, Any]) -> None:
    try:
        fits(read_update(update, "default", NOW))
        assert isinstance(pressed(update), str)
        assert isinstance(telegram_group(update), int)
    except heard.UNREADABLE:
        pass


@settings(max_examples=300, deadline=None)
@given(spoilt(EVENTS))
def test_any_event_of_vk_is_read_or_passed_over(event: dict[str, Any]) -> None:
    try:
        assert len(event_key(event)) <= SeenEvent.event_id.type.length
        fits(read_event(event, "default", NOW))
        assert isinstance(vk_group(event), int)
    except heard.UNREADABLE:
        pass


@pytest.mark.parametrize("payload", ["[" * 5000, '{"d":' * 1500, "{", "5", '"d"', '{"d":{}}', None])
def test_a_payload_of_a_strangers_client_is_nothing_and_the_words_count(payload: object) -> None:
    event = copy.deepcopy(EVENTS[0])
    event["object"]["message"]["payload"] = payload  # type: ignore[index]
    incoming = read_event(json.loads(json.dumps(event)), "default", NOW)
    assert incoming is not None
    assert incoming.text == "Да"
