"""«Материалы»: short cards of the mentors' training, with «Прочитано». Entered from: «Моя пара», «Помощь»,
`f:training`.

`f:training:<topic>` opens one card, `f:training-read:<topic>` marks it.
"""

from __future__ import annotations

from typing import Any

from actions import training as verbs
from actions.work import Work
from bot.answers import Option
from bot.talk import Talk
from program.errors import Refusal
from program.outgoing import Choice
from program.text import Arg, Text

ALL = Choice(Text("training-all"), "f:training")


async def training(talk: Talk) -> None:
    talk.in_place()
    cards = await talk.once("cards", lambda work: verbs.materials(work, talk.person_id))
    slug = talk.arg
    if not cards:
        raise Refusal("training-nothing")
    if not slug:
        counts = {"read": sum(bool(card["read"]) for card in cards), "all": len(cards)}
        slug = await talk.choose("which", Text("training-which", counts), [_option(card) for card in cards])
    card = next((one for one in cards if one["slug"] == slug), None)
    if card is None:
        raise Refusal("training-unknown")
    args: dict[str, Arg] = {"title": Text.from_json(card["title"]), "about": Text.from_json(card["about"])}
    if card["read"]:
        talk.say(Text("training-card-read", args | {"day": card["read"]}), ALL)
    else:
        read = Choice(Text("training-read"), f"f:training-read:{slug}", style="primary")
        talk.say(Text("training-card", args), read, ALL)


async def training_read(talk: Talk) -> None:
    talk.in_place()

    async def read(work: Work) -> list[dict[str, Any]]:
        await verbs.mark_read(work, talk.person_id, talk.arg)
        return [card for card in await verbs.materials(work, talk.person_id) if not card["read"]]

    cards = await talk.finish(read)
    if cards:
        more = Choice(Text("training-next"), f"f:training:{cards[0]['slug']}", style="primary")
        talk.say(Text("training-marked", {"left": len(cards)}), more, ALL)
    else:
        talk.say(Text("training-done"), ALL)


def _option(card: dict[str, Any]) -> Option:
    title = Text.from_json(card["title"])
    return Option(card["slug"], Text("talk-ticked", {"label": title}) if card["read"] else title)
