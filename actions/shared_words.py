"""Words for the other side outside letters, looked at by the school's rules: see `program.shared_words`."""

from __future__ import annotations

from actions.work import Work
from program import shared_words as rules
from program.relay import RelayRules


async def rules_here(work: Work) -> RelayRules:
    """What the school lets pass now."""
    return RelayRules.read(work.settings.relay)


def require_fit(work: Work, *said: str) -> None:
    """Raises Refusal where the school would have one of these looked at before the other side reads it."""
    for words in said:
        rules.require_fit(words, RelayRules.read(work.settings.relay))


def require_where(work: Work, place: str, link: str) -> None:
    """As `require_fit`, of where a meeting is: a place of the school's own list always stands."""
    allowed = RelayRules.read(work.settings.relay)
    rules.require_place(place, allowed, work.settings.places)
    rules.require_link(link, allowed)
