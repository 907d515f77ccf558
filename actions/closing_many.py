"""Ending many pairs at once: said beforehand for each, then each is ended by the same verb as on its page.

What was sent cannot be called back, so nothing of it is taken back either. Source: ux.md 2.3, A14.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from actions import pairs
from actions.bulk import MOST
from actions.pair_life import AT_WORK, require_end_reason
from actions.places import hold_pairs
from actions.work import Work
from program.errors import Refusal
from program.pair_life import By
from program.states import PairStatus
from program.text import Text
from storage import consent_lists, meeting_lists, meetings
from storage import pairs as rows
from storage.tables import Pair, Person

log = structlog.get_logger()


@dataclass(frozen=True)
class Closing:
    """What a press would do.

    Args:
        do: pairs that end; `skip`: those that stay, and why.
        told: people who get a message; `unheard`: members whom no chat reaches.
        ahead: pairs with a meeting ahead, which is called off.
    """

    do: Sequence[Pair]
    skip: Sequence[tuple[Pair, Text]]
    told: int
    unheard: Sequence[Person]
    ahead: int


async def planned(work: Work, pair_ids: Sequence[int]) -> Closing:
    """Changes nothing. Raises Refusal: nothing is chosen, or too much."""
    found = await _chosen(work, pair_ids)
    do = [pair for pair in found if pair.status in AT_WORK]
    skip = [(pair, Text("pairs-many-not-at-work")) for pair in found if pair.status not in AT_WORK]
    readers = {one.id: one for pair in do for one in meetings.reachable(pair)}
    heard = await consent_lists.reachable(work.session, work.school.id, readers)
    ahead = await meeting_lists.rhythm(work.session, work.school.id, [pair.id for pair in do], work.now)
    return Closing(
        do,
        skip,
        len(heard),
        [one for key, one in readers.items() if key not in heard],
        sum(one.next is not None for one in ahead.values()),
    )


async def close(
    work: Work, pair_ids: Sequence[int], status: PairStatus, reason: str, result: str
) -> list[Pair]:
    """Ends those that are at work at this moment; the others stay as they are.

    Args:
        result: what came of it, the same for all; "" keeps what stands at each.

    Raises:
        Refusal: nothing is chosen, too much, none of them is at work, or there is no such reason.
    """
    require_end_reason(reason)
    await hold_pairs(work, pair_ids)
    ids = [pair.id for pair in await _chosen(work, pair_ids) if pair.status in AT_WORK]
    if not ids:
        raise Refusal("pairs-many-nothing")
    ended = [await pairs.close(work, key, status, result, reason=reason, by=By.CURATOR) for key in ids]
    log.info("pairs.closed_many", school=work.school.id, pairs=len(ended))
    return ended


async def _chosen(work: Work, pair_ids: Sequence[int]) -> Sequence[Pair]:
    if len(set(pair_ids)) > MOST:
        raise Refusal("pairs-many-most", most=MOST)
    found = await rows.some(work.session, work.school.id, set(pair_ids))
    if not found:
        raise Refusal("pairs-many-none")
    return found
