"""Taking a curator's decision about a pair back, while nobody has been told of it."""

from __future__ import annotations

from actions.places import decide, hold
from actions.work import Work
from program.errors import Refusal
from program.states import PairStatus
from storage.tables import Pair


async def unapprove(work: Work, pair_id: int) -> Pair:
    """approved → suggested: the pair waits for a decision again; its place is only offered.

    Raises:
        Refusal: announced or decided otherwise by now.
    """
    pair, _ = await hold(work, pair_id)
    if pair.status != PairStatus.APPROVED:
        raise Refusal("pair-decided")
    await decide(work, pair, PairStatus.SUGGESTED, "pair.unapproved")
    return pair


async def unreject(work: Work, pair_id: int) -> Pair:
    """rejected → dropped: the next run may propose the two again. Their reason for the staff stays.

    Raises:
        Refusal: it is not rejected any more.
    """
    pair, _ = await hold(work, pair_id)
    if pair.status != PairStatus.REJECTED:
        raise Refusal("pair-decided")
    await decide(work, pair, PairStatus.DROPPED, "pair.unrejected")
    return pair
