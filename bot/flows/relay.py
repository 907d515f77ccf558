"""Mentor and mentee write to each other. A message is one press and one text; what was sent cannot be called back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions import care
from actions import relay as letters
from actions.work import Work
from bot.answers import else_words, some_text
from bot.flows.pair import number
from bot.talk import Talk, options
from locales import dates
from program import danger
from program.errors import Refusal
from program.outgoing import Choice
from program.relay import LONGEST, Photos, RelayRules, RelayState, Rule, Verdict, screened
from program.screening import Found
from program.text import Text

CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")
REWORDINGS = 5  # offers to change the words; then the message goes to the curator as it is


async def relay(talk: Talk) -> None:
    """One message. Entered from: «Моя пара», «Ответить», `f:relay:<pair>`; «переписка» asks for the pair."""
    pair_id, typed = await _which(talk)
    if pair_id is None:
        return
    known = await talk.once("known", lambda work: letters.standing(work, talk.person_id, pair_id))
    partner, rules = Text.from_json(known["partner"]), RelayRules.read(known["rules"])
    whom = Text.from_json(known.get("whom", known["partner"]))  # begun before names had cases
    more = "" if known["told"] else await _told(talk, known, whom)
    if more is None:
        talk.say(Text("relay-not-now-said"))
        return
    begun = "\n".join(part for part in (typed, more) if part)[:LONGEST]
    if rules.photos is not Photos.OFF:
        talk.say(Text("relay-photo-how"), Choice(Text("relay-photo"), url=f"page:relay-photo:{pair_id}"))
    rewritten: list[Found] = []
    words = begun or await talk.ask("words", Text("relay-words", {"partner": whom}), some_text(LONGEST))
    for turn in range(1, REWORDINGS + 1):
        verdict = screened(words, rules)
        if verdict.rule is Rule.ALLOW or danger.find(words) is not None:
            break
        said = await _sure(talk, f"sure-{turn}", verdict)
        if said == "drop":
            talk.say(Text("relay-dropped"))
            return
        if said == "send":
            break
        rewritten += verdict.found
        words = await talk.ask(f"words-{turn}", Text("relay-words-again"), some_text(LONGEST))
    written = await talk.finish(lambda work: _write(work, talk.person_id, pair_id, words, rewritten))
    _result(talk, pair_id, partner, written)


async def relay_read(talk: Talk) -> None:
    """The newest messages of a pair. Entered from: the buttons under a message, `f:relay-read:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: letters.correspondence(work, talk.person_id, pair_id))
    await talk.finish(lambda work: letters.read(work, talk.person_id, pair_id, known["last"]))
    partner = Text.from_json(known["partner"])
    talk.say(Text("relay-all" if known["lines"] else "relay-empty", {"partner": partner}))
    talk.letters_of = pair_id
    for line in known["lines"]:
        talk.say(Text.from_json(line))
    if known["open"]:
        talk.say(Text("relay-who-reads"), Choice(Text("relay-answer"), f"f:relay:{pair_id}"))
    else:
        talk.say(Text("relay-closed-now"), CURATOR)


async def relay_mute(talk: Talk) -> None:
    """«Тихо до утра». `f:relay-mute:<pair>`."""
    pair_id = number(talk.arg)
    until = await talk.finish(lambda work: _mute(work, talk.person_id, pair_id))
    talk.say(Text("relay-muted", {"when": until}), Choice(Text("relay-loud"), f"f:relay-loud:{pair_id}"))


async def relay_loud(talk: Talk) -> None:
    """No longer quiet. `f:relay-loud:<pair>`."""
    pair_id = number(talk.arg)
    await talk.finish(lambda work: letters.mute(work, talk.person_id, pair_id, quiet=False))
    talk.say(Text("relay-loud-again"))


async def relay_report(talk: Talk) -> None:
    """«Что-то не так»: two presses; the author is not told. `f:relay-report:<message>`."""
    message_id = number(talk.arg)
    known = await talk.once("reach", lambda work: care.facts(work, talk.person_id))
    words = await talk.ask("words", Text("relay-report-what"), some_text(letters.LONGEST_REPORT), skip=True)
    await talk.finish(lambda work: letters.complain(work, talk.person_id, message_id, words or ""))
    talk.say(Text("relay-report-sent"))
    talk.say(care.when_read(known), HELP, CURATOR)


async def _which(talk: Talk) -> tuple[int | None, str]:
    """The pair on the button, the only one there is, or the one chosen; None: only old letters, which are offered.

    With it the message of somebody who has typed it at once instead of choosing.
    """
    if talk.arg:
        return number(talk.arg), ""
    known = await talk.once("pairs", lambda work: letters.open_pairs(work, talk.person_id))
    if not known:
        kept = await talk.once("kept", lambda work: letters.kept_pairs(work, talk.person_id))
        if not kept:
            raise Refusal("relay-none")
        all_ = [
            Choice(
                Text("relay-read-of", {"partner": Text.from_json(one["partner"])}),
                f"f:relay-read:{one['pair']}",
            )
            for one in kept
        ]
        talk.say(Text("relay-none"))
        talk.say(Text("relay-none-kept"), *all_, CURATOR)
        return None, ""
    if len(known) == 1:
        return int(known[0]["pair"]), ""
    named = options([(str(one["pair"]), Text.from_json(one["partner"])) for one in known])
    read = else_words(talk.one_of(named), some_text(LONGEST))
    said = await talk.ask("pair", Text("relay-whom"), read, options=named)
    if said in {one.value for one in named}:
        return int(said), ""
    return int(await talk.choose("pair-kept", Text("relay-whom-kept"), named)), said


async def _told(talk: Talk, known: dict[str, Any], whom: Text) -> str | None:
    """Who can read it, before the first word is sent; None: not now.

    Returns the message where somebody has typed it at once instead of reading: it waits for «Понятно».
    """
    talk.say(Text("relay-rules", {"partner": whom}))
    talk.say(Text("relay-rules-school", {"curator": known["curator"]}))
    held = Rule.HOLD in RelayRules.read(known["rules"]).rules.values()
    talk.say(Text("relay-rules-held", {"held": "yes" if held else "no"}))
    both = options((("yes", Text("relay-understood")), ("no", Text("relay-not-now-button"))))
    final = Text("relay-rules-final", {"photos": known.get("photos", "off")})
    read = else_words(talk.one_of(both), some_text(LONGEST))
    said = await talk.ask("rules", final, read, options=both)
    begun = "" if said in ("yes", "no") else said
    if begun:
        said = await talk.choose("rules-kept", Text("relay-rules-kept"), both)
    return begun if said == "yes" else None


async def _sure(talk: Talk, step: str, verdict: Verdict) -> str:
    """What was found, kindly; then: change, send (to the curator, where the school wants it), drop."""
    for kind in verdict.found:
        talk.say(Text(f"relay-found-{kind}"))
    held = verdict.rule is Rule.HOLD
    ways = (
        ("change", Text("relay-change")),
        ("send", Text("relay-to-curator" if held else "relay-send-so")),
        ("drop", Text("relay-drop")),
    )
    return await talk.choose(step, Text("relay-sure-hold" if held else "relay-sure-warn"), options(ways))


def _result(talk: Talk, pair_id: int, partner: Text, written: dict[str, Any]) -> None:
    more = Choice(Text("relay-more"), f"f:relay:{pair_id}")
    all_ = Choice(Text("relay-read"), f"f:relay-read:{pair_id}")
    if written["state"] == RelayState.CARE:
        talk.say(Text("relay-care"), Choice(Text("relay-again"), f"f:relay:{pair_id}"), CURATOR)
    elif written["state"] == RelayState.HELD:
        talk.say(Text("relay-held", {"partner": partner}), more, all_)
    elif written["silent"]:
        talk.say(Text("relay-sent-silent", {"partner": partner}), more, all_)
    elif written["when"]:
        talk.say(Text("relay-sent-later", {"partner": partner, "when": written["when"]}), more, all_)
    else:
        talk.say(Text("relay-sent", {"partner": partner}), more, all_)


async def _write(
    work: Work, person_id: int, pair_id: int, words: str, rewritten: list[Found]
) -> dict[str, Any]:
    written = await letters.write(work, person_id, pair_id, words, rewritten)
    when = await _when(work, person_id, written.at) if written.at else ""
    return {"state": written.state, "when": when, "silent": written.silent}


async def _mute(work: Work, person_id: int, pair_id: int) -> str:
    until = await letters.mute(work, person_id, pair_id)
    return await _when(work, person_id, until) if until else ""


async def _when(work: Work, person_id: int, at: datetime) -> str:
    """In the reader's language, by the school's clock."""
    return dates.moment(at, work.zone, await letters.language_of(work, person_id))
