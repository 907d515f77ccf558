"""VK's rules for keyboards (https://dev.vk.com/ru/api/bots/development/keyboard; platforms.md 2.5)."""

from __future__ import annotations

import json
from typing import Any

from tests.worlds.wire import Key

FIELDS = {
    "text": {"label", "payload"},
    "callback": {"label", "payload"},
    "open_link": {"link", "label", "payload"},
}
COLOURS = {"primary", "secondary", "negative", "positive"}


class WrongKeyboard(Exception):
    pass


def read_keyboard(raw: str) -> tuple[list[list[Key]], str]:
    """Rows and "inline", "one_time" or "stays". Raises WrongKeyboard."""
    try:
        drawn = json.loads(raw)
    except ValueError as error:
        raise WrongKeyboard("not a JSON object") from error
    if not isinstance(drawn, dict) or not isinstance(drawn.get("buttons"), list):
        raise WrongKeyboard("buttons must be an array")
    inline, one_time, rows = drawn.get("inline", False), drawn.get("one_time", False), drawn["buttons"]
    if inline and "one_time" in drawn and one_time:
        raise WrongKeyboard("one_time is not allowed with inline")
    count = sum(len(row) for row in rows)
    if (
        len(rows) > (6 if inline else 10)
        or count > (10 if inline else 40)
        or any(len(row) > 5 for row in rows)
    ):
        raise WrongKeyboard(f"{len(rows)} rows of {[len(row) for row in rows]} buttons")
    if any(not row for row in rows):
        raise WrongKeyboard("an empty row")
    if sum(len(button.get("action", {}).get("payload", "")) for row in rows for button in row) > 1000:
        raise WrongKeyboard("payloads of more than 1000 characters")
    keys = [[_key(button) for button in row] for row in rows]
    return keys, "inline" if inline else "one_time" if one_time else "stays"


def _key(button: dict[str, Any]) -> Key:
    action = button.get("action", {})
    kind, label, payload = action.get("type"), action.get("label", ""), action.get("payload", "")
    if kind not in FIELDS or set(action) - {"type"} - FIELDS[kind]:
        raise WrongKeyboard(f"action {sorted(action)} of type {kind}")
    if not 1 <= len(label) <= 40:
        raise WrongKeyboard(f"label of {len(label)} characters")
    if "color" in button and (kind == "open_link" or button["color"] not in COLOURS):
        raise WrongKeyboard(f"color {button['color']} on {kind}")
    if not payload or len(payload) > 255:
        raise WrongKeyboard(f"payload of {len(payload)} characters")
    if kind == "open_link" and not str(action.get("link", "")).startswith(("http://", "https://")):
        raise WrongKeyboard("link")
    data = json.loads(payload)
    return Key(label, str(data.get("d", "")), action.get("link", ""), kind)
