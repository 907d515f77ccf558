"""What is to be said, before it is worded: an id of the catalogue and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, Union

Arg: TypeAlias = Union[str, int, "Text"]


@dataclass(frozen=True)
class Text:
    """A text of `locales/`, worded only when its reader's language and form of address are known.

    Values are strings, whole numbers or other texts; dates are formatted before they go in.
    """

    id: str
    args: Mapping[str, Arg] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """A JSON value that `from_json` reads back; the outbox keeps texts this way."""
        args = {
            name: value.to_json() if isinstance(value, Text) else value for name, value in self.args.items()
        }
        return {"id": self.id, "args": args} if args else {"id": self.id}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Text:
        args = {
            name: Text.from_json(arg) if isinstance(arg, dict) else arg
            for name, arg in value.get("args", {}).items()
        }
        return Text(value["id"], args)


def storable(typed: str) -> str:
    """What came from outside, as every database takes it: PostgreSQL refuses a NUL, both refuse halves of characters."""
    return typed.replace("\x00", "").encode("utf-8", "replace").decode()


def raw(words: str) -> Text:
    """Words that are data already: a name, a question written by a curator."""
    return Text("raw", {"text": words})


def worded(ru: str, en: str = "", ty: str = "") -> Text:
    """Words that are data in every language: a question of an instrument, the label of its option.

    Args:
        ty: the Russian wording for those addressed as «ты», where it differs.
    """
    args = {"ru": ru} | {name: words for name, words in (("en", en), ("ty", ty)) if words}
    return Text("worded", args)
