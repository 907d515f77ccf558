"""Two mentees change their mentors, as one decision of the curator."""

from __future__ import annotations

from actions.pairs import choose
from actions.places import drop, hold_places, ids, participation
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from program.states import PairStatus
from storage import pairs
from storage.tables import Pair

_OPEN = (PairStatus.SUGGESTED, PairStatus.APPROVED)


async def change_places(work: Work, mentee_id: int, other_id: int) -> tuple[Pair, Pair]:
    """Each of the two gets the other's mentor; both pairs are approved, nobody is told.

    Args:
        mentee_id, other_id: participations of mentees with a suggestion or an unannounced pair.

    Raises:
        Refusal: one of them has no such pair by now, or a rule forbids a new pair; then nothing is changed.
    """
    for key in (mentee_id, other_id):
        await participation(work, key, Side.MENTEE)
    first, second = await _open_pair(work, mentee_id), await _open_pair(work, other_id)
    held = sorted({one.participation_id for pair in (first, second) for one in pair.members})
    await hold_places(work, held)
    # Once more: somebody may have decided before the places were held.
    first, second = await _open_pair(work, mentee_id), await _open_pair(work, other_id)
    (mine,), (theirs,) = ids(first, Side.MENTOR), ids(second, Side.MENTOR)
    for pair in await pairs.lock(work.session, work.school.id, [first.id, second.id]):
        if pair.status not in _OPEN:
            raise Refusal("pair-decided")
        await drop(work, pair)  # both before both: neither takes the other's place
    await work.session.flush()
    return await choose(work, mentee_id, theirs), await choose(work, other_id, mine)


async def _open_pair(work: Work, mentee_id: int) -> Pair:
    found = await pairs.of_participations(work.session, [mentee_id], _OPEN)
    pair = next((one for one in found if not one.is_group and mentee_id in ids(one, Side.MENTEE)), None)
    if pair is None:
        raise Refusal("pair-decided")
    return pair
