"""One raw event of a VK community as an `Incoming`; for long poll and for the Callback API alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from bot import heard
from bot.messenger import Heard, Incoming
from program.channels import Channel

log = structlog.get_logger()

EVENTS = ("message_new", "message_event", "message_allow", "message_deny")

CHATS_FROM = 2_000_000_000  # peer ids of group conversations
START_WORDS = {"начать", "start", "/start"}

DEEPEST = 20  # forwards inside forwards; VK allows fewer

CONTENT = {
    "sticker": heard.STICKER,
    "graffiti": heard.STICKER,
    "audio_message": heard.VOICE,
    "audio": heard.FILE,
    "doc": heard.FILE,
    "photo": heard.PHOTO,
    "video": heard.FILE,
}
# Not lost: VK makes the first from an address in the words, and its people read the second as a smile.
NOT_LOST = ("link", "sticker")


def read_event(event: Mapping[str, Any], account: str, now: datetime) -> Incoming | None:
    """None for what is not ours: group conversations, our own messages, kinds that we did not ask for.

    Args:
        now: the time of events that carry none.
    """
    about = event["object"]
    match event["type"]:
        case "message_new":
            # Communities set to a version below 5.103 send the message itself.
            return _message(event, about.get("message", about), account, _callbacks(about))
        case "message_event":
            data = _data(about.get("payload"))
            shown = str(about.get("conversation_message_id", ""))
            return _incoming(event, about["peer_id"], Heard.PRESS, now, account, data=data, message=shown)
        case "message_allow":
            return _incoming(event, about["user_id"], Heard.ALLOWED, now, account)
        case "message_deny":
            return _incoming(event, about["user_id"], Heard.BLOCKED, now, account)
    return None


def read_events(events: Iterable[Mapping[str, Any]], account: str, now: datetime) -> list[Incoming]:
    """What of them is ours; one of a shape that nobody described is logged and passed over."""
    found = []
    for event in events:
        try:
            found.append(read_event(event, account, now))
        except heard.UNREADABLE:
            log.exception("vk.event.unreadable", event_id=event.get("event_id"))
    return [one for one in found if one is not None]


def foreign_chat(event: Mapping[str, Any]) -> int:
    """The number of a group conversation that something was said in; 0 otherwise. What we know of children stays
    out of groups, so the community leaves them.
    """
    if event.get("type") != "message_new":
        return 0
    about = event["object"]
    return max(0, int(about.get("message", about)["peer_id"]) - CHATS_FROM)


def event_key(event: Mapping[str, Any]) -> str:
    """Of a message its own numbers, by which it is the same in the stream and in the conversation's history; of
    other events VK's id, or their digest where VK gave none (events of old versions).
    """
    if event.get("type") == "message_new" and (numbers := _numbers(event.get("object"))):
        return numbers
    if event.get("event_id"):
        return str(event["event_id"])
    return hashlib.sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()[:40]


def _numbers(about: Any) -> str:
    """ "" where the message has not all of them."""
    said = about.get("message", about) if isinstance(about, Mapping) else None
    if not isinstance(said, Mapping):
        return ""
    numbers = [said.get(name) for name in ("peer_id", "conversation_message_id", "date")]
    whole = all(isinstance(one, int) and 0 < one < 2**63 for one in numbers)
    return ":".join(map(str, numbers)) if whole else ""


def _callbacks(about: Mapping[str, Any]) -> bool:
    """Whether the client they write from can press without saying anything; an old one does not tell."""
    return "callback" in ((about.get("client_info") or {}).get("button_actions") or ())


def _message(
    event: Mapping[str, Any], message: Mapping[str, Any], account: str, callbacks: bool
) -> Incoming | None:
    peer = int(message["peer_id"])
    if peer >= CHATS_FROM or int(message["from_id"]) <= 0 or message.get("out"):
        return None
    at = datetime.fromtimestamp(message["date"], UTC)
    able: dict[str, Any] = {"callbacks": callbacks}
    whole = list(_said(message, event.get("group_id")))
    text, cut = heard.readable("\n".join(words for one in whole if (words := one.get("text"))))
    pressed, ref = _parsed(message.get("payload")), str(message.get("ref") or "")[:64]
    if pressed.get("command") == "start" or (ref and text.strip().lower() in START_WORDS):
        return _incoming(event, peer, Heard.START, at, account, data=ref, **able)
    if "d" in pressed:
        return _incoming(
            event, peer, Heard.PRESS, at, account, text=text, data=str(pressed["d"]), cut=cut, **able
        )
    parts = [part for one in whole for part in one.get("attachments") or ()]
    polls = (part.get("poll") for part in parts if part.get("type") == "poll")
    able["beside"], _ = heard.readable("\n".join(map(heard.words_in, polls)))
    # The first words behind a link of ours may be any words; `front` says what the link is worth.
    if text.strip():
        lost = _kind(part for part in parts if part.get("type") not in NOT_LOST)
        return _incoming(
            event, peer, Heard.TEXT, at, account, text=text, data=ref, cut=cut, lost=lost, **able
        )
    kind = _kind(parts) or heard.OTHER
    return _incoming(event, peer, Heard.OTHER, at, account, text=kind, data=ref, **able)


def _said(message: Mapping[str, Any], community: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The message and what it forwards; without what this community said itself."""
    yield message
    for one in message.get("fwd_messages") or () if depth < DEEPEST else ():
        if not isinstance(community, int) or one.get("from_id") != -community:
            yield from _said(one, community, depth + 1)


def _kind(parts: Iterable[Mapping[str, Any]]) -> str:
    """What the first of them is; "" where there is none."""
    return next((CONTENT.get(str(part.get("type")), heard.OTHER) for part in parts), "")


def _parsed(payload: object) -> dict[str, Any]:
    """A payload is ours or a stranger's: anything but an object is nothing."""
    try:
        value = json.loads(payload) if isinstance(payload, str) else payload
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _data(payload: object) -> str:
    return str(_parsed(payload).get("d", ""))


def _incoming(
    event: Mapping[str, Any], peer: int, what: Heard, at: datetime, account: str, **said: Any
) -> Incoming:
    return Incoming(Channel.VK, str(peer), event_key(event), what, at, account=account, **said)
