"""What is said to a person, before a channel renders it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from program.text import Text


class Kind(StrEnum):
    """Why a message goes out; decides its priority and whether courtesy may hold it back."""

    REPLY = "reply"  # the answer to what somebody has just sent
    ALERT = "alert"  # safety: passes quiet hours
    LETTER = "letter"  # one person's words to another, passed on by the bot
    SOON = "soon"  # a notice of a meeting so near that it would otherwise come too late
    NOTICE = "notice"  # what somebody did that concerns the reader; reminders of what the reader agreed to
    NUDGE = "nudge"  # what the house asks for by itself: polls, questionnaires, ideas
    NEWS = "news"  # mailings


PRIORITY = {
    Kind.ALERT: 0,
    Kind.REPLY: 1,
    Kind.LETTER: 3,
    Kind.SOON: 4,
    Kind.NOTICE: 5,
    Kind.NUDGE: 7,
    Kind.NEWS: 9,
}
MAILING = 10  # the priority of what goes to many at once: everything of one person passes it
# Of these a person gets one a day at most; those of one day become one message.
UNASKED = (Kind.NUDGE, Kind.NEWS)


@dataclass(frozen=True)
class Choice:
    """One button. `data` comes back when it is pressed; `url` opens a page instead."""

    label: Text
    data: str = ""
    url: str = ""
    style: str = ""  # "", "primary", "danger": a hint only, the words say it all

    def to_json(self) -> dict[str, Any]:
        pairs = (("data", self.data), ("url", self.url), ("style", self.style))
        return {"label": self.label.to_json()} | {name: value for name, value in pairs if value}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Choice:
        return Choice(
            Text.from_json(value["label"]),
            value.get("data", ""),
            value.get("url", ""),
            value.get("style", ""),
        )


@dataclass(frozen=True)
class Concerns:
    """Whose consents an unasked message needs; looked at again right before it is sent.

    Args:
        people: of whom it tells: taking part must be allowed for each of them.
        ward: the child as whose guardian the reader is told; the school must have confirmed it.
        shown: who is on its photos: publication must be allowed.
        formal: it asks for a consent or is the receipt of one taken back: it goes where none holds.
        last: the one word that still goes to a messenger that was refused: where everything goes on.
        pair: it passes on words within this pair, which has to be at work, with all of `people` in it; an answer
            that shows them goes in any case, and is emptied with them.
    """

    people: tuple[int, ...] = ()
    ward: int = 0
    shown: tuple[int, ...] = ()
    formal: bool = False
    last: bool = False
    pair: int = 0

    def to_json(self) -> dict[str, Any]:
        values = {
            "people": list(self.people),
            "ward": self.ward,
            "shown": list(self.shown),
            "formal": self.formal,
            "last": self.last,
            "pair": self.pair,
        }
        return {name: value for name, value in values.items() if value}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Concerns:
        return Concerns(
            tuple(value.get("people", ())),
            value.get("ward", 0),
            tuple(value.get("shown", ())),
            value.get("formal", False),
            value.get("last", False),
            value.get("pair", 0),
        )


# Fields of a message that are kept as they are, where they say anything.
_LISTS = ("photos", "captions", "listed")
_MARKS = ("familiar", "asks", "remove", "replaces", "in_place", "over", "silent")


@dataclass(frozen=True)
class Ticks:
    """Where the answers that may be ticked do not all fit under a message: which are there, how to see the others.

    Args:
        first: the number of the first one shown. more: the button that shows the next ones.
    """

    first: int
    more: Choice

    def to_json(self) -> dict[str, Any]:
        return {"first": self.first, "more": self.more.to_json()}

    @staticmethod
    def from_json(value: Mapping[str, Any] | None) -> Ticks | None:
        return None if value is None else Ticks(value["first"], Choice.from_json(value["more"]))


@dataclass(frozen=True)
class Message:
    """Paragraphs and buttons.

    `home` asks the channel to show the person's constant menu in place of typing as well.
    `photos` are ids of stored files. `familiar`: the reader is addressed as «ты» even before a row
    says that this is a pupil. `asks`: it is an open question; the way to help stands under it where the channel
    has no menu that stays. `remove`: what this row redraws is to be taken down. `replaces`: the platform's id of the
    one message that is redrawn, and nothing is sent where that cannot be. `captions`: what is on each photo.
    `in_place`: a page of settings, cards or a calendar: what its buttons open takes its place. `over`: the platform's
    id of the message whose place this one takes. `listed`: commands for the reader's chat. `ticks`: of a question with
    several answers. `silent`: what is pressed leaves no words in the chat, where the platform can do that.
    """

    texts: tuple[Text, ...]
    rows: tuple[tuple[Choice, ...], ...] = ()
    home: tuple[Choice, ...] = ()
    photos: tuple[int, ...] = ()
    familiar: bool = False
    concerns: Concerns = Concerns()
    asks: bool = False
    remove: bool = False
    replaces: str = ""
    captions: tuple[str, ...] = ()
    in_place: bool = False
    over: str = ""
    listed: tuple[str, ...] = ()
    ticks: Ticks | None = None
    silent: bool = False

    def about(self, *people: int, ward: int = 0) -> Message:
        """The same message, known to tell of these people."""
        return replace(self, concerns=replace(self.concerns, people=people, ward=ward))

    def formally(self, ward: int = 0) -> Message:
        """The same message, known to be about a consent itself."""
        return replace(self, concerns=replace(self.concerns, ward=ward, formal=True))

    def as_last_word(self) -> Message:
        """The same message, known to be the last in a messenger that was refused."""
        return replace(self, concerns=replace(self.concerns, formal=True, last=True))

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"texts": [text.to_json() for text in self.texts]}
        if self.rows:
            body["rows"] = [[choice.to_json() for choice in row] for row in self.rows]
        if self.home:
            body["home"] = [choice.to_json() for choice in self.home]
        for name in _LISTS:
            if many := getattr(self, name):
                body[name] = list(many)
        for name in _MARKS:
            if mark := getattr(self, name):
                body[name] = mark
        if self.concerns != Concerns():
            body["concerns"] = self.concerns.to_json()
        if self.ticks:
            body["ticks"] = self.ticks.to_json()
        return body

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Message:
        kept: dict[str, Any] = {name: tuple(value[name]) for name in _LISTS if name in value}
        kept |= {name: value[name] for name in _MARKS if name in value}
        return Message(
            tuple(Text.from_json(text) for text in value["texts"]),
            tuple(tuple(Choice.from_json(choice) for choice in row) for row in value.get("rows", ())),
            tuple(Choice.from_json(choice) for choice in value.get("home", ())),
            concerns=Concerns.from_json(value.get("concerns", {})),
            ticks=Ticks.from_json(value.get("ticks")),
            **kept,
        )


def say(text: Text, *choices: Choice) -> Message:
    """One paragraph; each choice on a row of its own."""
    return Message((text,), tuple((choice,) for choice in choices))
