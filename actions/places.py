"""What decisions about pairs share: holding rows, counting places, dropping what gives way.

Whoever gives a mentor's place away holds the mentor's participation first and counts again, so that two
curators at once never give the same place twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions import journal
from actions.work import Work
from program.errors import Refusal
from program.names import short
from program.roles import Side
from program.states import KNOWN, PairStatus, ParticipationStatus
from program.ways import PAIR, PARTICIPATION
from storage import holding, pairs
from storage.tables import Pair, Participation, Person

CLOSED_TO_PAIRS = (
    ParticipationStatus.REGISTERED,
    ParticipationStatus.CONSENT_PENDING,
    ParticipationStatus.DECLINED,
    ParticipationStatus.PAUSED,
    ParticipationStatus.WITHDRAWN,
    ParticipationStatus.ARCHIVED,
)


async def hold(work: Work, pair_id: int, also: Iterable[int] = ()) -> tuple[Pair, dict[int, Participation]]:
    """The pair and its participations as they are now; participations are held first.

    Args:
        also: participations that are to come into it, held in the same order so that nobody waits in a circle.
    """
    also = list(also)
    for _ in range(holding.TRIES):
        seen = await pairs.get(work.session, work.school.id, pair_id)
        if seen is None:
            raise Refusal("pair-unknown")
        async with work.session.begin_nested() as attempt:
            held = await hold_places(work, [*(one.participation_id for one in seen.members), *also])
            (pair,) = await pairs.lock(work.session, work.school.id, [pair_id])
            if {one.participation_id for one in pair.members} <= held.keys():
                return pair, held
            await attempt.rollback()  # somebody came into it while we waited: everybody anew, in order
    raise Refusal("pair-decided")


async def hold_pairs(work: Work, pair_ids: Iterable[int], also: Iterable[int] = ()) -> None:
    """Pairs that are decided about one after the other, with everybody in them, held before the first of them.

    Args:
        also: participations that are to come into them.
    """
    seen = await pairs.some(work.session, work.school.id, pair_ids)
    await hold_places(work, [*(one.participation_id for pair in seen for one in pair.members), *also])
    await pairs.lock(work.session, work.school.id, [pair.id for pair in seen])


async def hold_people(work: Work, person_ids: Iterable[int], *, patient: bool = True) -> set[int]:
    """Everything that a decision about these people may change, held in the house's order; whom it holds.

    Called before the first line of the journal; a second time it costs little and changes nothing.

    Args:
        patient: False leaves out whom somebody else holds now.
    """
    return await holding.of_people(work.session, work.school.id, person_ids, patient=patient)


async def hold_places(work: Work, participations: Iterable[int]) -> dict[int, Participation]:
    """These participations, and whatever pairs of theirs may give way, held until the transaction ends.

    All rows before the first line of the journal: who holds the journal and then waits for a pair that another
    one holds, who waits for the journal, waits for ever.
    """
    held = await pairs.lock_participations(work.session, work.school.id, participations)
    open_ = (PairStatus.SUGGESTED, PairStatus.APPROVED)
    found = await pairs.of_participations(work.session, held, open_)
    await pairs.lock(work.session, work.school.id, [pair.id for pair in found])
    return held


async def participation(work: Work, participation_id: int, side: Side) -> Participation:
    found = await work.session.get(Participation, participation_id)
    if found is None or found.school_id != work.school.id or found.side != side:
        raise Refusal("pair-unknown")
    return found


async def decide(work: Work, pair: Pair, status: PairStatus, action: str) -> None:
    PAIR.require(pair.status, status)
    before: dict[str, Any] = {"status": pair.status}
    pair.status, pair.decided_at, pair.decided_by = status, work.now, work.actor
    members = {
        side.value: [one.participation_id for one in pair.members if one.side == side] for side in Side
    }
    await journal.note(work, action, f"pair:{pair.id}", before, {"status": status, **members})


def require_open(one: Participation) -> None:
    if one.status in CLOSED_TO_PAIRS or (
        one.side == Side.MENTEE and one.status == ParticipationStatus.FINISHED
    ):
        raise Refusal("pair-not-open", name=short_name(one.person))


async def require_free_mentees(
    work: Work, form: str, mentees: Iterable[int], *, but: int | None = None, announced_only: bool = False
) -> None:
    """Raises Refusal when one of them is in another decided pair of the form (groups aside)."""
    statuses = KNOWN if announced_only else pairs.FIRM
    wanted = set(mentees)
    for place in await pairs.places(work.session, work.school.id, work.settings.year, form, statuses, wanted):
        if place.pair_id != but and not place.is_group and wanted & {one for one, _ in place.mentees}:
            raise Refusal("pair-mentee-busy")


async def taken_of(
    work: Work, mentor: Participation, statuses: Iterable[PairStatus], but: int | None = None
) -> int:
    found = await pairs.places(work.session, work.school.id, mentor.year, mentor.form, statuses, [mentor.id])
    return pairs.taken(place for place in found if place.pair_id != but).get(mentor.id, 0)


async def make_room(work: Work, mentor: Participation, need: int, but: int | None = None) -> None:
    """Sees that the held mentor has `need` places beside decided pairs; weaker suggestions give way.

    Raises:
        Refusal: decided pairs alone leave too few.
    """
    firm = await taken_of(work, mentor, pairs.FIRM, but)
    if firm + need > mentor.capacity:
        raise Refusal("match-mentor-full")
    open_ = (await suggestions(work, [mentor.id])).get(mentor.id, [])
    offered = [pair for pair in open_ if pair.id != but]
    for pair in sorted(offered, key=strength)[: max(0, firm + need + len(offered) - mentor.capacity)]:
        await drop(work, pair)


async def suggestions(work: Work, mentors: Iterable[int]) -> dict[int, list[Pair]]:
    """Mentor's participation -> open suggestions."""
    wanted = set(mentors)
    found: dict[int, list[Pair]] = {}
    for pair in await pairs.of_participations(work.session, wanted, (PairStatus.SUGGESTED,)):
        for one in ids(pair, Side.MENTOR):
            if one in wanted:
                found.setdefault(one, []).append(pair)
    return found


def strength(pair: Pair) -> tuple[bool, int, int]:
    """The weakest first, pinned ones last; among equals the one suggested last."""
    return (pair.pinned, pair.score or 0, -pair.id)


async def supersede(
    work: Work, mentee: int, mentor: int | None, *, only_suggested: bool = False
) -> Pair | None:
    """Drops the mentee's suggestion or unannounced pair; the one with this very mentor is returned."""
    same: Pair | None = None
    statuses = (PairStatus.SUGGESTED,) if only_suggested else (PairStatus.SUGGESTED, PairStatus.APPROVED)
    for pair in await pairs.of_participations(work.session, [mentee], statuses):
        if pair.is_group or mentee not in ids(pair, Side.MENTEE):
            continue
        if same is None and mentor is not None and mentor in ids(pair, Side.MENTOR):
            same = pair
        else:
            await drop(work, pair)
    return same


async def release(work: Work, place: Participation, how: PairStatus) -> None:
    """The participation after one of its pairs ended; another pair at work keeps it `paired`."""
    if place.status != ParticipationStatus.PAIRED:
        return
    still = await pairs.places(
        work.session,
        work.school.id,
        place.year,
        place.form,
        (PairStatus.ACTIVE, PairStatus.PAUSED),
        [place.id],
    )
    if still:
        return
    if how is PairStatus.COMPLETED:
        place.status, place.finished_at = ParticipationStatus.FINISHED, work.now
    else:
        place.status = ParticipationStatus.SEARCHING


async def begin(work: Work, pair: Pair) -> None:
    """The pair works from now on; its members and their places must be loaded."""
    PAIR.require(pair.status, PairStatus.ACTIVE)
    pair.status, pair.starts_on = PairStatus.ACTIVE, pair.starts_on or work.today
    for one in pairs.present(pair):
        PARTICIPATION.require(one.participation.status, ParticipationStatus.PAIRED)
        one.participation.status = ParticipationStatus.PAIRED


async def drop(work: Work, pair: Pair) -> None:
    PAIR.require(pair.status, PairStatus.DROPPED)
    before = {"status": pair.status}
    pair.status, pair.decided_at, pair.decided_by = PairStatus.DROPPED, work.now, work.actor
    pair.pinned = False
    await journal.note(work, "pair.dropped", f"pair:{pair.id}", before, {"status": pair.status})


def ids(pair: Pair, side: Side) -> list[int]:
    return [one.participation_id for one in pairs.present(pair, side)]


def line(words: str, longest: int) -> str:
    """One line without invisible characters."""
    return " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())[:longest]


def short_name(person: Person) -> str:
    return short(person.first_name, person.last_name)
