"""«Моя пара» → what one may ask for: a break, another mentor, more time, an end. Two presses; the curator decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions import pair_requests
from bot.answers import Option, some_text
from bot.flows.pair import ids, number
from bot.talk import Talk, options
from program.outgoing import Choice
from program.pair_life import MUTUAL, REASONS, Wish
from program.text import Text, raw

CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")
IN_WORDS = ("other", "safety")  # reasons that may be said in one's own words


async def more(talk: Talk) -> None:
    """What may be asked for now. Entered from: «Моя пара», `f:pair-more:<pair>`."""
    known = await _known(talk)
    asked = [Choice(Text(f"pair-ask-{wish}"), f"f:pair-{wish}:{talk.arg}") for wish in known["wishes"]]
    talk.say(Text("pair-more", {"partner": known["partner"]}), *asked, CURATOR, HELP)


async def pause(talk: Talk) -> None:
    """Entered from: `f:pair-pause:<pair>`."""
    await _ask(talk, Wish.PAUSE)


async def resume(talk: Talk) -> None:
    """Entered from: `f:pair-resume:<pair>`."""
    await _ask(talk, Wish.RESUME)


async def replace(talk: Talk) -> None:
    """Entered from: `f:pair-replace:<pair>[.<child>]`."""
    await _ask(talk, Wish.REPLACE)


async def longer(talk: Talk) -> None:
    """Entered from: `f:pair-longer:<pair>`."""
    await _ask(talk, Wish.LONGER)


async def shorter(talk: Talk) -> None:
    """Entered from: `f:pair-shorter:<pair>`."""
    await _ask(talk, Wish.SHORTER)


async def end(talk: Talk) -> None:
    """Entered from: `f:pair-end:<pair>[.<child>]`."""
    await _ask(talk, Wish.END)


async def agree_on_end(talk: Talk) -> None:
    """The other side's word about a new last day, in one press. Entered from: `f:pair-agree:<request>.<yes|no>`."""
    request, _, said = talk.arg.partition(".")
    yes = said == "yes"
    first = await talk.finish(
        lambda work: pair_requests.say_on_end(work, talk.person_id, number(request), yes)
    )
    if not first:
        talk.say(Text("pair-end-said-before"), CURATOR)
    else:
        talk.say(Text("pair-end-said-yes" if yes else "pair-end-said-no"), CURATOR)


async def _ask(talk: Talk, wish: Wish) -> None:
    pair_id, about = ids(talk.arg)
    known = await _known(talk)
    if wish not in known["wishes"]:
        talk.say(Text("pair-wish-not-now"), CURATOR)
        return
    until = None
    if wish in MUTUAL:
        labels = [Option(day, raw(label)) for day, label in known["ends"][wish]]
        until = date.fromisoformat(await talk.choose("until", Text(f"pair-{wish}-until"), labels))
    reason = words = None
    if REASONS[wish]:
        listed = [(code, Text(f"pair-because-{code}")) for code in REASONS[wish]]
        reason = await talk.choose("reason", Text(f"pair-{wish}-why"), options(listed))
    else:
        sure = (Option("yes", Text("pair-resume-yes")), Option("no", Text("pair-resume-no")))
        if await talk.choose("sure", Text("pair-resume-sure"), sure) == "no":
            talk.say(Text("pair-wish-left"))
            return
    if reason in IN_WORDS:
        read = some_text(pair_requests.LONGEST_WORDS)
        words = await talk.ask("words", Text("pair-no-words"), read, skip=True, private=True)
    await talk.finish(
        lambda work: pair_requests.ask(
            work, talk.person_id, pair_id, wish, reason or "", words or "", until, about
        )
    )
    if reason == "safety":
        talk.say(Text("pair-safety"), HELP, CURATOR)
    else:
        talk.say(Text("pair-wish-both" if wish in MUTUAL else "pair-wish-kept-safe"), CURATOR)


async def _known(talk: Talk) -> dict[str, Any]:
    pair_id, about = ids(talk.arg)
    found: dict[str, Any] = await talk.once(
        "known", lambda work: pair_requests.offered(work, talk.person_id, pair_id, about)
    )
    return found
