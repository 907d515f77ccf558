"""Readers of words that the other side will see: what the school would look at first is asked for in other words."""

from __future__ import annotations

from collections.abc import Callable

from actions.shared_words import rules_here
from bot.answers import Unclear, clean, some_text
from bot.talk import Talk
from program import shared_words as rules
from program.errors import Refusal

LONGEST_LINK = 300
Reader = Callable[[str], str]


async def shared_text(talk: Talk, longest: int) -> Reader:
    """Free words for the other side."""
    allowed = await talk.read(rules_here)
    return _looked_at(some_text(longest), lambda words: rules.require_fit(words, allowed))


async def shared_place(talk: Talk, longest: int) -> Reader:
    """Where to meet, typed."""
    allowed = await talk.read(rules_here)
    return _looked_at(some_text(longest), lambda words: rules.require_place(words, allowed))


async def shared_link(talk: Talk) -> Reader:
    """The address of an online meeting."""
    allowed = await talk.read(rules_here)
    return _looked_at(https_link, lambda link: rules.require_link(link, allowed))


def https_link(typed: str) -> str:
    """An address of a page, as it was typed. Raises Unclear for anything else."""
    link = clean(typed)
    whole = link.startswith("https://") and not any(c.isspace() for c in link)
    if not whole or not 12 <= len(link) <= LONGEST_LINK:
        raise Unclear("meeting-link-unclear")
    return link


def _looked_at(read: Reader, require: Callable[[str], None]) -> Reader:
    def shared(typed: str) -> str:
        words = read(typed)
        try:
            require(words)
        except Refusal as no:
            raise Unclear(no.text.id) from no
        return words

    return shared
