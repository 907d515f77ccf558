"""Every flow through all its buttons, with everybody who may sit at a chat: nothing breaks, every question can be
left, answered in any way and in another messenger, and every message passes the platforms' own checks.
"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from bot import menu
from bot.journal import Journal, Mark
from bot.messenger import Heard
from bot.pace import Pace
from locales import Texts
from program.channels import Channel
from program.outgoing import Message
from program.text import Text
from storage.tables import Address
from tests.bot import cast
from tests.bot.conftest import Season
from tests.bot.explorer import Event, Explorer, Place, forked, press, say
from tests.bot.fits import CHANNELS, fits_everywhere, shown
from tests.bot.wires import WIRES
from tests.unnamed import marks, named_in, written

READER = 1001
KINDS = ("heard-sticker", "heard-voice", "heard-photo", "heard-file", "heard-other")
WORDS = tuple({flow: words for words, flow in menu.COMMANDS.items()}.values())
# A typed number is the answer itself there, not the number of a button.
NUMBERS = {("meeting-length", "minutes")}
ELSEWHERE = "999"
FORGING = ("stranger", "mentor", "mentee", "parent")  # they press whatever button there may be, also others'


def _same(one: Place, other: Place) -> bool:
    where = [(place.open.flow, place.open.step) if place.open else None for place in (one, other)]
    return where[0] == where[1]


async def leaves(explorer: Explorer, place: Place, way: list[Event]) -> None:
    """B8: one word from any step, and what was answered is kept."""
    assert place.open
    words = ("ОТМЕНА", "/cancel", "стоп")[len(explorer.steps) % 3]
    async with explorer.taken_back():
        left = await explorer.does(say(words))
        if left.open is not None or not {"talk-left", "talk-left-empty"} & set(left.ids):
            explorer.fault(f"«{words}» does not lead out", way)
        if _answers(place) != _answers(left):
            explorer.fault(f"«{words}» loses answers", way)


async def takes_words(explorer: Explorer, place: Place, way: list[Event]) -> None:
    """B22: a number and a label do what the button does."""
    talk = place.open
    assert talk
    if not talk.options or (talk.flow, talk.step) in NUMBERS:
        return
    many = bool(talk.accepts.get("many"))
    for number, by_label in {0: True, len(talk.options) - 1: False}.items():
        label = Texts("ru", familiar=True)(Text.from_json(talk.options[number]["label"]))
        async with explorer.taken_back():
            pressed = await explorer.does(press(f"t:{talk.turn}:{'t' if many else ''}{number}"))
            if many:
                pressed = await explorer.does(press(f"t:{talk.turn}:done"))
        words = label.upper() if by_label else str(number + 1)
        async with explorer.taken_back():
            if not _same(pressed, await explorer.does(say(words))):
                explorer.fault(f"typed «{words}» is not the button", way)


async def bears_anything(explorer: Explorer, place: Place, way: list[Event]) -> None:
    """B25: what is no answer gets a kind word and the question again; nothing is written."""
    for kind in {KINDS[len(explorer.steps) % 5], KINDS[(len(explorer.steps) + 2) % 5]}:
        async with explorer.taken_back():
            after = await explorer.does(Event(Heard.OTHER, kind))
            if not _same(place, after) or kind not in after.ids or _answers(place) != _answers(after):
                explorer.fault(f"{kind} is not borne", way)


async def goes_on_elsewhere(explorer: Explorer, place: Place, way: list[Event]) -> None:
    """B13: the process has been restarted before every event; the answer comes from another messenger."""
    talk = place.open
    assert talk
    if not talk.options or talk.accepts.get("many"):
        return
    async with explorer.taken_back():
        here = await explorer.does(press(f"t:{talk.turn}:0"))
    async with explorer.taken_back():
        async with explorer.database.transaction() as session:
            session.add(
                Address(
                    school_id=talk.school_id, person_id=talk.person_id, channel=Channel.WEB,
                    address=ELSEWHERE, used_at=explorer.now,
                )
            )  # fmt: skip
        there = await explorer.does(press(f"t:{talk.turn}:0"), Channel.WEB, ELSEWHERE)
        if not _same(here, there):
            explorer.fault("another messenger leads elsewhere", way)


async def survives_old_buttons(explorer: Explorer, place: Place, way: list[Event]) -> None:
    """B16, B17: the button of an earlier question says where one is and writes nothing."""
    talk = place.open
    assert talk
    for turn in (talk.turn - 1, talk.turn - 2):
        async with explorer.taken_back():
            after = await explorer.does(press(f"t:{turn}:0"))
            if after.talk is None or _answers(after) != _answers(place):
                explorer.fault("an old button writes", way)
            if not {"talk-saved", "talk-stale", "talk-closed"} & set(after.ids):
                explorer.fault("an old button says nothing", way)


async def says_what_to_do(explorer: Explorer, place: Place, way: list[Event]) -> None:
    """B23: words that cannot be read get a sentence and the question; the third time a person is offered."""
    talk = place.open
    assert talk
    async with explorer.taken_back():
        said = []
        for _ in range(3):
            said.append(await explorer.does(say("ъъ ыы 77777")))
            if not _same(place, said[-1]):
                return  # free words: they are an answer
        if not all(one.ids[0].partition("-")[0] in ("answer", *UNCLEAR) for one in said):
            explorer.fault(f"unreadable words get no hint but {said[0].ids}", way)
        if "talk-offer-person" not in said[2].ids:
            explorer.fault("nobody is offered", way)


UNCLEAR = ("guardian", "privacy", "meeting", "quiz", "questionnaire", "plan", "relay", "encounters", "pause")


def _answers(place: Place) -> list[tuple[str, object]]:
    journal = Journal(list(place.talk.journal)) if place.talk else Journal()
    return [(step, value) for step, value, mark in journal.lines if mark == Mark.ANSWER]


PROBES = (leaves, takes_words, bears_anything, goes_on_elsewhere, survives_old_buttons, says_what_to_do)


@dataclass
class Walks:
    """What walking with each of several people came to."""

    messages: dict[str, Message]
    steps: set[tuple[str, str]]
    faults: list[str]
    events: int = 0


async def walk(season: Season, now: datetime, people: Collection[str] = (), most: int = 100_000) -> Walks:
    walks, known = Walks({}, set(), []), set[tuple[object, ...]]()
    for name, person in season.seats.items():
        if people and name not in people:
            continue
        async with forked(season.database) as rows:
            waiting = await season.sits(rows, name)
            explorer = Explorer(
                rows, now, probes=PROBES, most=most, messages=walks.messages, steps=walks.steps,
                faults=walks.faults, known=known,
            )  # fmt: skip
            links = [Event(Heard.START, data=token) for token in cast.TOKENS] if not person else []
            words = [say(one) for one in ("привет", *WORDS)]
            argued = range(1, 5) if name in ("mentor", "mentee") else ()
            bare = [press(f"f:{flow}") for flow in menu.FLOWS if name in FORGING]
            forged = [press(f"f:{flow}:{number}") for flow in menu.FLOWS for number in argued]
            await explorer.walk(*words[:1], *links, *waiting, *words[1:], *bare, *forged)
            walks.events += explorer.events
    return walks


async def sent_without_a_complaint(messages: Collection[Message]) -> None:
    """B47: through the real adapters to servers that refuse what the platforms refuse."""
    for name, open_wire in WIRES.items():
        async with open_wire() as wire:
            wire.world.says(READER, "Здравствуйте")
            _unhurried(wire.messenger)
            for number, message in enumerate(messages):
                made = shown(message, CHANNELS[name], familiar=bool(number % 2))
                await wire.messenger.send(replace(made, address=str(READER), key=number + 1))
            assert wire.world.violations == []


def _unhurried(messenger: object) -> None:
    pace = Pace(1e6, 1000)
    if hasattr(messenger, "pace"):
        messenger.pace = pace
    else:
        messenger.client.pace = pace  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
async def unnamed(season: Season) -> AsyncIterator[io.StringIO]:
    """Whatever is said in a walk, the logs name nobody, repeat no word and hold no token."""
    known = await marks(season.database)
    assert len(known) > 30
    with written() as lines:
        yield lines
    assert named_in(lines.getvalue(), known) == []


async def test_a_stranger_may_press_whatever_is_offered(season: Season, now: datetime) -> None:
    walks = await walk(season, now, ("stranger",), most=60)
    assert walks.faults == [], "\n".join(walks.faults)
    assert len(walks.steps) > 2
    for message in walks.messages.values():
        fits_everywhere(message)


@pytest.mark.long
async def test_everybody_may_press_whatever_is_offered(
    season: Season, now: datetime, unnamed: io.StringIO
) -> None:
    walks = await walk(season, now)
    assert unnamed.getvalue().count("\n") > 100, "something was written at all"
    print(f"{walks.events} events, {len(walks.steps)} questions, {len(walks.messages)} messages")  # noqa: T201
    assert walks.faults == [], "\n".join(walks.faults)
    assert len(walks.steps) > 200
    for message in walks.messages.values():
        fits_everywhere(message)
    await sent_without_a_complaint(list(walks.messages.values()))
