"""What the curator tells the next run: keep this suggestion, never propose these two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions import journal
from actions.places import drop, hold, hold_places, ids, line, participation
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from program.states import PairStatus
from storage import matching as rows
from storage import pairs
from storage.tables import Ban, Pair, Person

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Forbidden:
    """Two people of a form whom no run may propose. `mentee`, `mentor`: participations."""

    mentee: int
    mentor: int
    mentee_person: Person
    mentor_person: Person
    reason: str
    at: datetime


async def pin(work: Work, pair_id: int) -> Pair:
    """The suggestion stays in later runs, as long as no rule forbids it. Raises Refusal once it is decided."""
    return await _pinned(work, pair_id, True)


async def unpin(work: Work, pair_id: int) -> Pair:
    """The next run may suggest something else. Raises Refusal once it is decided."""
    return await _pinned(work, pair_id, False)


async def forbid(work: Work, mentee_id: int, mentor_id: int, reason: str = "") -> None:
    """These two are never proposed; an open suggestion of them is dropped. Twice is once.

    Args:
        mentee_id, mentor_id: participations of the same form.
        reason: the curator's, for staff only.

    Raises:
        Refusal: no such people, or they are in a decided pair: that one has to be rejected.
    """
    mentee = await participation(work, mentee_id, Side.MENTEE)
    mentor = await participation(work, mentor_id, Side.MENTOR)
    held = await hold_places(work, [mentee.id, mentor.id])
    for pair in await pairs.of_participations(work.session, [mentee.id], (*pairs.FIRM, PairStatus.SUGGESTED)):
        if pair.is_group or mentor.id not in ids(pair, Side.MENTOR):
            continue
        if pair.status != PairStatus.SUGGESTED:
            raise Refusal("pair-decided")
        await drop(work, pair)
    two = held[mentee.id].person_id, held[mentor.id].person_id
    known = await rows.ban(work.session, work.school.id, *two)
    words = line(reason, _LONGEST_REASON)
    if known is None:
        work.session.add(
            Ban(
                school_id=work.school.id,
                mentee_id=two[0],
                mentor_id=two[1],
                reason=words,
                actor=work.actor,
                at=work.now,
            )
        )
        await journal.note(work, "match.forbidden", f"participation:{mentee.id}", after={"mentor": mentor.id})
    elif words:
        known.reason = words


async def allow(work: Work, mentee_id: int, mentor_id: int) -> None:
    """Takes `forbid` back; two who are not forbidden stay as they are. Raises Refusal for unknown people."""
    mentee = await participation(work, mentee_id, Side.MENTEE)
    mentor = await participation(work, mentor_id, Side.MENTOR)
    known = await rows.ban(work.session, work.school.id, mentee.person_id, mentor.person_id)
    if known is not None:
        await work.session.delete(known)
        await journal.note(work, "match.allowed", f"participation:{mentee.id}", {"mentor": mentor.id})


async def forbidden(work: Work, form: str) -> list[Forbidden]:
    """Everybody of this form and school year whom the curator forbids, the newest first."""
    found = await rows.bans(work.session, work.school.id, work.settings.year, form)
    return [
        Forbidden(mentee.id, mentor.id, mentee.person, mentor.person, one.reason, one.at)
        for one, mentee, mentor in found
    ]


async def _pinned(work: Work, pair_id: int, pinned: bool) -> Pair:
    pair, _ = await hold(work, pair_id)
    if pair.status != PairStatus.SUGGESTED:
        raise Refusal("pair-decided")
    if pair.pinned != pinned:
        pair.pinned = pinned
        action = "match.pinned" if pinned else "match.unpinned"
        await journal.note(work, action, f"pair:{pair.id}")
    return pair
