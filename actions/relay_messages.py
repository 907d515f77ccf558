"""How a message between two people is shown: first names only, who can read it, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.naming import Case, named
from actions.work import Work
from locales import dates
from program.names import short
from program.outgoing import Choice, Concerns, Message
from program.relay import PART, RelayState
from program.roles import Category
from program.text import Arg, Text, raw
from storage.meetings import present
from storage.tables import Pair, Person, RelayMessage

CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")
PIECE = 400  # characters of one message in the list of the correspondence
HEAD = 40  # the name and the hour before it


def name(person: Person) -> str:
    """«Аня», «Мария Ивановна»: never a surname."""
    if person.category == Category.PUPIL or not person.middle_name:
        return person.first_name
    return f"{person.first_name} {person.middle_name}"


def name_in(pair: Pair, person: Person) -> str:
    """The name; of two with the same one in a group, with the surname's letter."""
    same = [one.person for one in pair.members if name(one.person) == name(person)]
    return name(person) if len(same) < 2 else short(person.first_name, person.last_name)


def partner(pair: Pair, reader: Person) -> Text:
    """Whom this person writes to."""
    if pair.is_group:
        return Text("relay-group-named", {"title": raw(pair.title)}) if pair.title else Text("relay-group")
    others = present(pair) or pair.members
    return raw(", ".join(name(one.person) for one in others if one.person_id != reader.id))


def whom(pair: Pair, reader: Person) -> Text:
    """«Ане», for «Кому: …»; a group as it is called."""
    others = [one.person for one in present(pair) or pair.members if one.person_id != reader.id]
    if pair.is_group or len(others) != 1:
        return partner(pair, reader)
    return named(others[0], Case.DATIVE, name(others[0]))


def incoming(
    pair: Pair,
    message: RelayMessage,
    author: Person,
    reader: Person,
    words: str,
    number: int,
    of: int,
    *,
    told: bool,
) -> Message:
    """One piece of the words for one reader; the last carries the buttons.

    The words stand in the message itself, as everywhere in a messenger; whether the locked screen shows them is
    set in the phone.
    """
    who: dict[str, Arg] = {"name": raw(name_in(pair, author))}
    if pair.is_group:
        who["group"] = partner(pair, reader)
        head = Text("relay-incoming-group", who)
    else:
        head = Text("relay-incoming", who)
    texts = [head, raw(words)]
    if of > 1:
        texts[0] = Text("relay-incoming-part", {**who, "number": number, "of": of})
    if number < of:
        return _within(pair, author, reader, Message(tuple(texts)))
    if not told:
        texts.append(Text("relay-who-reads"))
    return _within(pair, author, reader, Message(tuple(texts), _ways(pair, message)))


def photo(pair: Pair, message: RelayMessage, author: Person, reader: Person, *, alone: bool) -> Message:
    """The picture of a message; its words follow in messages of their own, unless it has none."""
    head = Text("relay-incoming-photo", {"name": raw(name_in(pair, author))})
    rows = _ways(pair, message) if alone else ()
    return _within(pair, author, reader, Message((head,), rows, photos=(message.photo_id or 0,)))


def _ways(pair: Pair, message: RelayMessage) -> tuple[tuple[Choice, ...], ...]:
    return (
        (Choice(Text("relay-answer"), f"f:relay:{pair.id}", style="primary"),),
        (
            Choice(Text("relay-mute"), f"f:relay-mute:{pair.id}"),
            Choice(Text("relay-report"), f"f:relay-report:{message.id}"),
        ),
    )


def released(message: RelayMessage) -> Message:
    """To the author: the curator has looked, and passed it on."""
    more = Choice(Text("relay-more"), f"f:relay:{message.pair_id}")
    return Message((Text("relay-released"),), ((more,),)).about(message.author_id)


def returned(message: RelayMessage, note: str) -> Message:
    """To the author: it was not passed on, with the curator's word."""
    texts = [Text("relay-returned")]
    if note:
        texts.append(Text("relay-note", {"words": raw(note)}))
    again = Choice(Text("relay-again"), f"f:relay:{message.pair_id}")
    return Message(tuple(texts), ((again,), (CURATOR,))).about(message.author_id)


def lines(work: Work, pair: Pair, reader: Person, messages: Sequence[RelayMessage]) -> list[dict[str, Any]]:
    """The newest messages as texts (JSON), oldest first, as many as one message of a messenger holds."""
    found: list[dict[str, Any]] = []
    room = PART
    for one in reversed(messages):
        words = one.words if not found or len(one.words) <= PIECE else f"{one.words[:PIECE].rstrip()}…"
        room -= len(words.encode("utf-16-le")) // 2 + HEAD
        if found and room < 0:
            break
        args: dict[str, Arg] = {
            "name": Text("relay-me") if one.author_id == reader.id else raw(name_in(pair, one.author)),
            "when": dates.moment(one.at, work.zone, reader.language),
            "words": Text("relay-photo-in", {"words": raw(words)}) if one.photo_id else raw(words),
        }
        state = one.state if one.author_id == reader.id else RelayState.SENT
        found.append(Text(f"relay-line-{state}", args).to_json())
    return found[::-1]


def _within(pair: Pair, author: Person, reader: Person, message: Message) -> Message:
    return replace(message, concerns=Concerns(people=(author.id, reader.id), pair=pair.id))
