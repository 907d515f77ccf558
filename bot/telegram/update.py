"""One raw update of Telegram as an `Incoming`; for polling and for a webhook alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot import heard
from bot.messenger import Heard, Incoming
from program.channels import Channel

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")  # all that Telegram lets a link carry
ALLOWED = ["message", "callback_query", "my_chat_member"]

# Parts of a message that a person sends; everything else ("pinned_message"…) is housekeeping.
CONTENT = {
    "sticker": heard.STICKER,
    "dice": heard.STICKER,
    "voice": heard.VOICE,
    "video_note": heard.VOICE,
    "audio": heard.FILE,
    "photo": heard.PHOTO,
    "video": heard.FILE,
    "animation": heard.FILE,
    "document": heard.FILE,
    "contact": heard.OTHER,
    "location": heard.OTHER,
    "venue": heard.OTHER,
    "poll": heard.OTHER,
    "story": heard.OTHER,
    "checklist": heard.OTHER,
    "paid_media": heard.OTHER,
    "game": heard.OTHER,
    "rich_message": heard.OTHER,
}
# Of them, what a person fills with words of their own that answer no question of ours.
FILLED = ("poll", "checklist", "contact", "venue", "rich_message")


def read_update(update: Mapping[str, Any], account: str, now: datetime) -> Incoming | None:
    """None for what is not ours: groups, channels, housekeeping, kinds that we did not ask for.

    Args:
        now: the time of events that carry none.
    """
    if message := update.get("message"):
        return _message(update, message, account)
    if query := update.get("callback_query"):
        chat = (query.get("message") or {}).get("chat") or {"id": query["from"]["id"], "type": "private"}
        if chat.get("type") != "private":
            return None
        shown = str((query.get("message") or {}).get("message_id", ""))
        return _incoming(update, chat, Heard.PRESS, now, account, data=query.get("data", ""), message=shown)
    if change := update.get("my_chat_member"):
        status = change["new_chat_member"]["status"]
        what = {"kicked": Heard.BLOCKED, "member": Heard.ALLOWED}.get(status)
        if what is None or change["chat"].get("type") != "private":
            return None
        return _incoming(update, change["chat"], what, _time(change["date"]), account)
    return None


def pressed(update: Mapping[str, Any]) -> str:
    """The id by which the spinner on a pressed button is stopped; "" for other updates."""
    return str((update.get("callback_query") or {}).get("id", ""))


def foreign_chat(update: Mapping[str, Any]) -> int:
    """A group or channel that our bot was put into; 0 otherwise. What we know of children stays out of groups."""
    change = update.get("my_chat_member") or {}
    chat = change.get("chat") or {"type": "private"}
    if chat["type"] == "private" or change["new_chat_member"]["status"] not in {"member", "administrator"}:
        return 0
    return int(chat["id"])


def _message(update: Mapping[str, Any], message: Mapping[str, Any], account: str) -> Incoming | None:
    chat, at = message["chat"], _time(message["date"])
    if chat.get("type") != "private":
        return None
    lost = next((CONTENT[part] for part in CONTENT if part in message and "text" not in message), "")
    album = str(message.get("media_group_id") or "")
    # A caption is what was typed: a photo or a voice message carries the words of whoever sends it.
    text, cut = heard.readable(message.get("text") or message.get("caption") or "")
    if "text" not in message and not text.strip():
        said = (message[part] for part in FILLED if part in message)
        beside, _ = heard.readable("\n".join(map(heard.words_in, said)))
        if not lost:
            return None
        return _incoming(update, chat, Heard.OTHER, at, account, text=lost, beside=beside, album=album)
    command, *rest = text.split(maxsplit=2)[:3] or [""]
    if command.partition("@")[0].lower() == "/start":
        token, words = rest[0] if rest else "", rest[1] if len(rest) > 1 else ""
        if not _TOKEN.fullmatch(token):
            token, words = "", " ".join(rest)  # typed by hand: «/start привет»
        return _incoming(update, chat, Heard.START, at, account, text=words, data=token, cut=cut, lost=lost)
    return _incoming(update, chat, Heard.TEXT, at, account, text=text, cut=cut, lost=lost, album=album)


def _incoming(
    update: Mapping[str, Any], chat: Mapping[str, Any], what: Heard, at: datetime, account: str, **said: Any
) -> Incoming:
    event_id, address = str(update["update_id"]), str(chat["id"])
    return Incoming(Channel.TELEGRAM, address, event_id, what, at, account=account, **said)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
