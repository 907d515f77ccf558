"""The end of a school year: one tap for the answer, a kind word for each of them."""

from __future__ import annotations

from actions import year_words
from bot.flows.pair import number
from bot.talk import Talk
from program.outgoing import Choice
from program.text import Text

CURATOR = Choice(Text("menu-curator"), "f:curator")


async def year_say(talk: Talk) -> None:
    """Entered from: the question at the end of a year, `f:year-say:<word>.<answer>`."""
    word_id, _, answer = talk.arg.partition(".")
    word = await talk.finish(lambda work: year_words.say(work, talk.person_id, number(word_id), answer))
    talk.say(Text(f"turn-thanks-{word.question}-{word.answer}"), CURATOR)
