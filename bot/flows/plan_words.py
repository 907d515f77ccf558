"""What the flows of the plan share: ready sentences on buttons beside one's own words, days, a kind word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from bot.answers import Option, Unclear, else_words, past_date, some_text
from bot.talk import Talk
from program.danger import find
from program.errors import Refusal
from program.outgoing import Choice
from program.plan_templates import Ready
from program.plans import LONGEST_LINE
from program.plans import words as require_words
from program.text import Text, raw

CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")


def listed(ready: Iterable[Ready]) -> list[Option]:
    return [Option(one.code, raw(one.short)) for one in ready]


async def asked(talk: Talk, step: str, text: Text, ready: Iterable[Ready], *notes: Text) -> str:
    """The full sentence of a pressed button, or one's own words.

    Args:
        notes: said beside the question, as who will read the answer.
    """
    known = list(ready)
    said = await talk.ask(
        step, text, ready_or_words(known), options=listed(known), notes=(Text("plan-or-own"), *notes)
    )
    return next((one.text for one in known if one.code == said), said)


def ready_or_words(ready: Iterable[Ready], longest: int = LONGEST_LINE) -> Callable[[str], str]:
    """The code of a ready sentence by button or number, else words."""
    known = list(ready)
    own = own_words(longest)

    def read(said: str) -> str:
        for place, one in enumerate(known, 1):
            if said in (one.code, str(place)) or said.casefold() == one.short.casefold():
                return one.code
        return own(said)

    return read


def own_words(longest: int = LONGEST_LINE) -> Callable[[str], str]:
    """Words that the other side reads: as `program.plans.words`. What sounds like a call for help is let through."""
    plain = some_text(longest)

    def read(said: str) -> str:
        if find(said) is not None:
            return some_text(2000)(said)
        words = plain(said)
        try:
            require_words(words, longest)
        except Refusal as no:
            raise Unclear(no.text.id) from no
        return words

    return read


def safe(talk: Talk, found: object | None) -> bool:
    """False where the words went to the school's grown-ups: then a kind word and the contacts are said."""
    if found is None:
        talk.say(Text("plan-heard"), HELP, CURATOR)
    return found is not None


async def day(talk: Talk, step: str, text: Text) -> date:
    """A day that is past or today: on a button, or typed."""
    today = talk.today
    near = [
        Option(today.isoformat(), Text("plan-day-today")),
        Option((today - timedelta(days=1)).isoformat(), Text("plan-day-yesterday")),
        Option((today - timedelta(days=7)).isoformat(), Text("plan-day-week")),
    ]
    by_date = past_date(today, 2)
    read = else_words(talk.one_of(near), lambda said: by_date(said).isoformat())
    return date.fromisoformat(await talk.ask(step, text, read, options=near))


def number(arg: str) -> int:
    """An id from a button; a mangled one is nobody's."""
    if not arg.isascii() or not arg.isdecimal() or len(arg) > 15:
        raise Refusal("plan-not-yours")
    return int(arg)
