"""Calling an announcement off until its messages have been sent; and where each announcement stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from actions import journal
from actions.announcing import letter
from actions.pair_news import unsay
from actions.places import hold, hold_pairs, release
from actions.work import Work
from program.errors import Refusal
from program.states import PairStatus
from program.ways import PAIR
from storage import acceptance, people
from storage.tables import OutboxRow, Pair, Person

log = structlog.get_logger()

LOOK_BACK = timedelta(days=4)  # the longest weekend a message waits for


@dataclass(frozen=True)
class Standing:
    """One announcement that may still be called off.

    Args:
        until: when the next message goes; while nobody can be written to, the end of the delay.
        waiting: who has not been written to yet. heard: who has.
    """

    pair: Pair
    until: datetime
    waiting: tuple[Person, ...]
    heard: tuple[Person, ...]


async def standing(work: Work) -> list[Standing]:
    """Announcements that may still be called off, the newest first."""
    found = []
    for pair in await acceptance.announced_since(work.session, work.school.id, work.now - LOOK_BACK):
        one = await _standing(work, pair)
        if one is not None:
            found.append(one)
    return found


async def recall(work: Work, pair_ids: Iterable[int]) -> list[Standing]:
    """offered or active → approved. What waits is not sent; whoever has heard gets a neutral word.

    Returns:
        Where each announcement stood: who had heard it.

    Raises:
        Refusal: everything has been sent, or somebody has answered already.
    """
    found = []
    wanted = sorted(set(pair_ids))
    await hold_pairs(work, wanted)
    for pair_id in wanted:
        pair, places = await hold(work, pair_id)
        # Looked at while the pair is held: an answer may have come meanwhile.
        fresh = await acceptance.announced_since(work.session, work.school.id, work.now - LOOK_BACK)
        one = await _standing(work, pair) if pair.id in {seen.id for seen in fresh} else None
        if one is None:
            raise Refusal("pair-recall-late")
        before = {"status": pair.status}
        PAIR.require(pair.status, PairStatus.APPROVED)
        was_active = pair.status == PairStatus.ACTIVE
        pair.status = PairStatus.APPROVED
        await work.session.flush()
        if was_active:
            for place in places.values():
                await release(work, place, PairStatus.STOPPED)
        told = await unsay(work, pair, "pair-recalled")
        await acceptance.forget(work.session, pair.id)
        pair.announced_at = pair.answer_by = pair.starts_on = None
        note = {"status": pair.status, "told": told}
        await journal.note(work, "pair.recalled", f"pair:{pair.id}", before, note)
        found.append(one)
    log.info("pairs.recalled", school=work.school.id, pairs=len(found))
    return found


async def _standing(work: Work, pair: Pair) -> Standing | None:
    """None: too late, everything is on its way."""
    assert pair.announced_at is not None
    rows = await acceptance.letters(work.session, letter(pair.id, pair.announced_at))
    waiting = [
        row
        for row in rows
        if row.sent_at is None and (row.lease_until is None or row.lease_until <= work.now)
    ]
    grace = pair.announced_at + timedelta(minutes=work.settings.announce_delay)
    if not waiting and (rows or work.now >= grace):
        return None
    until = min((row.due_at for row in waiting), default=grace)
    return Standing(
        pair,
        max(until, work.now),
        await _readers(work, waiting),
        await _readers(work, [row for row in rows if row not in waiting]),
    )


async def _readers(work: Work, rows: Iterable[OutboxRow]) -> tuple[Person, ...]:
    found = {row.person_id: await people.get(work.session, row.person_id) for row in rows if row.person_id}
    return tuple(person for person in found.values() if person is not None)
