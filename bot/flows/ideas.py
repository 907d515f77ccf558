"""An idea for the next meeting: one, another one, kept with the pair; methods in short cards.

Entered from: «Моя пара», «Встречи», a friendly word after weeks without a meeting. `f:idea:<pair>.<place>`.
"""

from __future__ import annotations

from typing import Any

from actions import ideas as verbs
from bot.answers import Option
from bot.talk import Talk, options
from program.errors import Refusal
from program.outgoing import Choice
from program.text import Text, raw

METHODS = Choice(Text("ideas-methods"), "f:methods")
WORDS = Choice(Text("ideas-words"), "f:guide:glossary")
MORE_METHODS = Choice(Text("ideas-methods-more"), "f:methods")


async def idea(talk: Talk) -> None:
    """One idea; «Другая» is the next of today's order."""
    talk.in_place()
    key, _, place = talk.arg.partition(".")
    pair_id = await _which(talk, key)
    if pair_id is None:
        return
    card = await talk.finish(
        lambda work: verbs.show(work, talk.person_id, pair_id, number(place) if place else 0)
    )
    if card is None:
        talk.say(Text("ideas-none"), METHODS, WORDS)
        return
    take = Choice(Text("ideas-take"), f"f:idea-take:{pair_id}.{card['slug']}", style="primary")
    other = Choice(Text("ideas-other"), f"f:idea:{pair_id}.{card['next']}")
    ours = [Choice(Text("ideas-ours"), f"f:ideas-ours:{pair_id}")] if card["ours"] else []
    first = [] if card["taken"] else [take]
    talk.say(verbs.card_text(card), *first, other, *ours, METHODS, WORDS)


async def idea_take(talk: Talk) -> None:
    """«Взять»: it stays with the pair. `f:idea-take:<pair>.<idea>`."""
    key, _, slug = talk.arg.partition(".")
    pair_id = number(key)
    said = await talk.finish(lambda work: verbs.take(work, talk.person_id, pair_id, slug))
    arrange = [Choice(Text("ideas-arrange"), f"f:meeting:{pair_id}", style="primary")]
    text = "ideas-taken-diary" if said["leads"] else "ideas-taken"
    talk.say(
        Text(text, {"title": raw(said["title"])}),
        *(arrange if said["arranges"] else []),
        Choice(Text("ideas-ours"), f"f:ideas-ours:{pair_id}"),
        Choice(Text("ideas-more"), f"f:idea:{pair_id}"),
    )


async def ours(talk: Talk) -> None:
    """What the pair took, to be read again. `f:ideas-ours:<pair>`."""
    talk.in_place()
    pair_id = number(talk.arg)
    again = Choice(Text("ideas-more"), f"f:idea:{pair_id}")
    cards = await talk.once("ours", lambda work: verbs.taken(work, talk.person_id, pair_id))
    if not cards:
        talk.say(Text("ideas-ours-none"), again)
        return
    found = cards[0]
    if len(cards) > 1:
        named = options((card["slug"], raw(card["title"])) for card in cards)
        slug = await talk.choose("which", Text("ideas-ours-which"), named)
        found = next(card for card in cards if card["slug"] == slug)
    talk.say(verbs.card_text(found), again)


async def methods(talk: Talk) -> None:
    """Ways to spend a meeting. `f:methods:<method>` opens one card."""
    talk.in_place()
    cards = await talk.once("methods", verbs.methods)
    slug = talk.arg
    if not slug:
        named = [Option(card["slug"], Text.from_json(card["short"])) for card in cards]
        slug = await talk.choose("which", Text("ideas-methods-which"), named)
    card: dict[str, Any] | None = next((one for one in cards if one["slug"] == slug), None)
    if card is None:
        raise Refusal("ideas-method-unknown")
    title, about = Text.from_json(card["title"]), Text.from_json(card["about"])
    talk.say(Text("ideas-method", {"title": title, "about": about}), MORE_METHODS)


def number(arg: str) -> int:
    """An id from a button; a mangled one is nobody's pair."""
    if not arg.isascii() or not arg.isdecimal() or len(arg) > 15:
        raise Refusal("ideas-no-pair")
    return int(arg)


async def _which(talk: Talk, key: str) -> int | None:
    if key:
        return number(key)
    pairs = await talk.once("pairs", lambda work: verbs.pairs(work, talk.person_id))
    if not pairs:
        talk.say(Text("ideas-no-pair-yet"), METHODS, WORDS)
        return None
    if len(pairs) == 1:
        return int(pairs[0][0])
    named = [Option(str(pair), raw(name)) for pair, name in pairs]
    return int(await talk.choose("pair", Text("ideas-which-pair"), named))
