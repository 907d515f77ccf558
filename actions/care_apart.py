"""What a caller adds to a call for help; contact of the pair may stop for now.

The other of the pair hears only that there is a break.
"""

from __future__ import annotations

from actions import journal, pair_life
from actions.care import ask_for_help
from actions.places import hold_pairs
from actions.work import Work
from program.care import CallKind
from program.errors import Refusal
from program.states import PairStatus, RequestState
from storage import care as rows
from storage import pairs

REASON = "asked"  # of program.pair_life.STAFF_PAUSES


async def add(work: Work, person_id: int, request_id: int, words: str, *, apart: bool) -> str:
    """What the caller adds to the own card: words, and whether contact with the pair is to stop for now.

    Returns:
        "done": meetings and letters are paused; "asked": the curator decides (a group); "".

    Raises:
        Refusal: not one's own.
    """
    request = await rows.request(work.session, work.school.id, request_id, hold=True)
    if request is None or request.person_id != person_id:
        raise Refusal("care-not-yours")
    apart_now = await keep_apart(work, person_id) if apart else ""
    if (words or apart_now) and request.state == RequestState.CLOSED:
        request = await ask_for_help(work, person_id, words, urgent=True, kind=CallKind.CALL)
    elif words:
        request.words = "\n\n".join(part for part in (request.words, words) if part)
    request.apart = apart_now or request.apart
    if words or apart_now:
        await journal.note(
            work, "help.added", f"help:{request.id}", after={"words": bool(words), "apart": apart_now}
        )
    return apart_now


async def keep_apart(work: Work, person_id: int) -> str:
    """Pauses the pairs of two that the person is in: meetings are called off, letters wait.

    A group goes on for the others, so the curator decides about it; till then its letters neither reach the
    person nor come from them (`actions.relay`, `actions.permission`).

    Returns:
        "done", "asked" (only groups), or "" where there is no pair at work.
    """
    found = await rows.pairs_at_work(work.session, work.school.id, person_id)
    await hold_pairs(work, found)  # all rows before the first line of the journal
    held = await pairs.lock(work.session, work.school.id, found)
    of_two = [pair for pair in held if pair.status == PairStatus.ACTIVE and not pair.is_group]
    for pair in of_two:
        await pair_life.pause(work, pair.id, REASON)
    if of_two:
        return "done"
    return "asked" if any(pair.is_group for pair in held) else ""
