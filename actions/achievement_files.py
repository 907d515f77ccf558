"""The photo or file of a diploma that somebody of the pair adds from a page of their own chat.

The curator sees it beside the achievement; it goes with the data of the person it is about. Nobody else of the pair
is shown it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions import achievements
from actions import plans as verbs
from actions.plan_words import here
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from storage import meetings
from storage import plans as rows
from storage.consent_lists import PAUSED_FOR
from storage.tables import Achievement, Pair, PairMember

MOST = 30  # files of one pair: no child has more diplomas in a year, and a disk is finite
LATELY = timedelta(days=30)  # a photo sent to the chat is taken to be meant for what was entered so lately


async def of_pair(work: Work, person_id: int, pair_id: int) -> list[list[Any]]:
    """What this member may add a file to, the newest first: [id, title]; JSON. Empty for whoever is not at work here."""
    pair = await meetings.whole(work.session, work.school.id, pair_id)
    me = _place(pair, person_id)
    if pair is None or me is None:
        return []
    found = await rows.achievements(work.session, pair.id)
    return [[one.id, one.title] for one in found if _may(one, me, pair)]


async def newest(work: Work, person_id: int) -> list[Any]:
    """The newest of them that was entered lately and has no file: [id, title]; empty where there is none."""
    found: list[tuple[Achievement, PairMember, Pair]] = []
    for pair in await meetings.active_pairs(work.session, work.school.id, person_id):
        me = _place(pair, person_id)
        if me is not None:
            found += [(one, me, pair) for one in await rows.achievements(work.session, pair.id)]
    since = work.now - LATELY
    bare = [one for one, me, pair in found if _may(one, me, pair) and one.file_id is None and one.at > since]
    last = max(bare, key=lambda one: one.id, default=None)
    return [last.id, last.title] if last is not None else []


async def facts(work: Work, person_id: int, achievement_id: int) -> dict[str, Any]:
    """What the page shows: `title`, `kept` (whether a file is there already).

    Raises:
        Refusal: not one's own, or the pair is over.
    """
    found = await _mine(work, person_id, achievement_id)
    return {"id": found.id, "title": found.title, "kept": found.file_id is not None}


async def attach(work: Work, person_id: int, achievement_id: int, data: bytes) -> None:
    """Puts the file beside the achievement, in place of an earlier one.

    Raises:
        Refusal: not one's own, the pair is over or has too many, nothing was chosen, or as `achievements.attach`.
    """
    found = await _mine(work, person_id, achievement_id)
    if not data:
        raise Refusal("plan-file-none")
    await verbs.mine(work, person_id, found.pair_id)  # held: two files at once come one after the other
    kept = [one for one in await rows.achievements(work.session, found.pair_id) if one.file_id is not None]
    if len(kept) >= MOST and found.file_id is None:
        raise Refusal("plan-file-many", limit=MOST)
    await achievements.attach(work, found.id, data)


async def _mine(work: Work, person_id: int, achievement_id: int) -> Achievement:
    found = await rows.achievement(work.session, work.school.id, achievement_id)
    pair = await meetings.whole(work.session, work.school.id, found.pair_id) if found else None
    me = _place(pair, person_id)
    if found is None or pair is None or me is None or not _may(found, me, pair):
        raise Refusal("plan-file-not-yours")
    return found


def _place(pair: Pair | None, person_id: int) -> PairMember | None:
    if pair is None or pair.status not in verbs.AT_WORK or pair.paused_for == PAUSED_FOR:
        return None
    return next((one for one in meetings.present(pair) if one.person_id == person_id), None)


def _may(won: Achievement, me: PairMember, pair: Pair) -> bool:
    """Whose it is, and the mentors of whoever is still there: of a group no mentee touches what is another's."""
    if won.person_id == me.person_id:
        return True
    return me.side == Side.MENTOR and won.pair_id == pair.id and won.person_id in here(pair)
