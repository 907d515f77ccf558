"""How long a correspondence is kept, and the person's own words of it among «Мои данные»."""

from __future__ import annotations

import structlog

from actions.work import Work
from locales import Texts, dates
from program.retention import AFTER_PAIR
from program.text import Text, raw
from storage import relay
from storage.tables import Person

log = structlog.get_logger()


async def forget_old(work: Work) -> int:
    """Deletes what was written in pairs that ended longer ago than it is kept; returns how many messages.

    What somebody complained of stays until a grown-up has dealt with it. Copies in Telegram and VK are the
    readers' own: no bot can take them back after two days.
    """
    over = await relay.over_since(work.session, work.school.id, work.now - AFTER_PAIR)
    if not over:
        return 0
    instead = Texts("ru")(Text("relay-bubble-old"))
    gone = await relay.forget(work.session, over, instead)
    if gone:
        work.session.info["erased"] = True  # the write-ahead log holds the words as well
        log.info("relay.forgotten", school=work.school.id, pairs=len(over), messages=gone)
    return gone


async def said(work: Work, person: Person, say: Texts, language: str) -> list[tuple[str, str]]:
    """What the person has written to the others of a pair; what they wrote is theirs."""
    found = []
    for one in await relay.written_by(work.session, work.school.id, person.id):
        when = dates.moment(one.at, work.zone, language)
        state = say(Text(f"relay-state-{one.state}"))
        words = say(Text("relay-photo-in", {"words": raw(one.words)})) if one.photo_id else one.words
        found.append((f"{when}, {state}", words.strip()))
    return found
