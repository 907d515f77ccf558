"""«Задачи»: what waits for a member of staff, one card after another; each button does what the admin's does."""

from __future__ import annotations

from actions import desk
from bot.answers import Option
from bot.talk import Talk
from program.outgoing import Choice
from program.text import Text

AGAIN = Choice(Text("desk-again"), "f:tasks")
ADMIN = Choice(Text("desk-open"), url="page:today")
PRIMARY = ("approve", "take", "start", "held", "remind", "confirm", "grant", "admit", "announce")


async def tasks(talk: Talk) -> None:
    """The next card. Entered from: «задачи», the morning's word, «Потом», a press on the card before; `f:tasks[:<card>]`."""
    found = await talk.once("next", lambda work: desk.next_card(work, talk.person_id, talk.arg))
    talk.names_people(Text("desk-on-page"))
    if not found["card"]:
        talk.say(Text.from_json(found["text"]), *([AGAIN] if found["left"] else []), ADMIN)
        return
    if found["head"]:
        talk.say(Text.from_json(found["head"]))
    card = found["card"]
    stamp = f"{int(talk.now.timestamp()):x}"
    buttons = [
        Choice(Text(label), f"f:task:{card}.{name}.{stamp}", style="primary" if name in PRIMARY else "")
        for name, label in found["verbs"]
    ]
    talk.redraws(_key(card, stamp))
    talk.say(Text.from_json(found["text"]), *buttons, Choice(Text("desk-later"), f"f:tasks:{card}"))


async def task(talk: Talk) -> None:
    """A press on a card. Entered from: its buttons, `f:task:<card>.<verb>.<stamp>`."""
    card, _, rest = talk.arg.partition(".")
    verb, _, stamp = rest.partition(".")
    asked = await talk.once("asked", lambda work: desk.question(work, talk.person_id, card, verb))
    why = ""
    if asked["options"]:
        offered = [Option(code, Text.from_json(label)) for code, label in asked["options"]]
        why = await talk.choose("why", Text.from_json(asked["text"]), offered)
    key = _key(card, stamp)
    before = await talk.once("before", lambda work: desk.pressed_before(work, talk.person_id, key))
    told = await talk.finish(lambda work: desk.decide(work, talk.person_id, card, verb, why))
    talk.names_people(Text("desk-on-page"))
    talk.redraws(key)
    talk.say(told.text)
    if told.acted or not before:
        talk.then("tasks", arg=card)


def _key(card: str, stamp: str) -> str:
    return f"card:{card}:{stamp}"[:64]
