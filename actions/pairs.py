"""What a curator decides about pairs. Nothing here is told to anybody: announcing is a second act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions import directories, journal, pair_life
from actions.announcing import Announced, Planned, Preview, announce, preview_announcement
from actions.matching import member, new_pair, rate
from actions.places import (
    CLOSED_TO_PAIRS,
    decide,
    hold,
    hold_places,
    ids,
    line,
    make_room,
    participation,
    require_free_mentees,
    require_open,
    short_name,
    strength,
    suggestions,
    supersede,
    taken_of,
)
from actions.selection import require_admitted
from actions.work import Work
from program.directories import Directory
from program.errors import Refusal
from program.forms import FORMS
from program.matching_reasons import Score
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage import matching as matching_rows
from storage import pairs
from storage.tables import Pair, Participation, Person

__all__ = [
    "CLOSED_TO_PAIRS",
    "Alternative",
    "Announced",
    "Planned",
    "Preview",
    "alternatives",
    "announce",
    "approve",
    "choose",
    "close",
    "make_group",
    "preview_announcement",
    "reject",
    "set_capacity",
    "set_role_model",
]

WHY_REJECTED = ("time", "character", "parents", "know", "other")  # texts `admin-reject-<code>`
_LONGEST_TITLE = 100
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a mentee.

    Args:
        free: places no decided pair takes.
        displaces: the suggestion that would be dropped, because it takes the last place.
    """

    participation: int
    person: Person
    score: Score
    free: int
    displaces: Pair | None


async def approve(work: Work, pair_id: int) -> Pair:
    """suggested → approved. Participants hear nothing yet.

    Raises:
        Refusal: decided already, somebody left or is in another pair, the mentor has no place left.
    """
    pair, places = await hold(work, pair_id)
    if pair.status != PairStatus.SUGGESTED:
        raise Refusal("pair-decided")
    for one in places.values():
        require_open(one)
    await require_free_mentees(work, pair.form, ids(pair, Side.MENTEE), but=pair.id)
    leaders, led = ids(pair, Side.MENTOR), ids(pair, Side.MENTEE)
    await _require_no_family(work, [places[one] for one in leaders], [places[one] for one in led])
    for mentor in leaders:
        await require_admitted(work, places[mentor])
        await make_room(
            work, places[mentor], -(-len(led) // len(leaders)) if pair.is_group else 1, but=pair.id
        )
    if pair.is_group:
        for mentee in led:
            await supersede(work, mentee, None, only_suggested=True)
    await decide(work, pair, PairStatus.APPROVED, "pair.approved")
    return pair


async def reject(work: Work, pair_id: int, reason: str = "") -> Pair:
    """suggested or approved → rejected; the matching never proposes these two again.

    Args:
        reason: the curator's, for staff only.

    Raises:
        Refusal: decided or announced already.
    """
    pair, _ = await hold(work, pair_id)
    if pair.status not in (PairStatus.SUGGESTED, PairStatus.APPROVED):
        raise Refusal("pair-decided")
    pair.decision_reason = line(reason, _LONGEST_REASON)
    await decide(work, pair, PairStatus.REJECTED, "pair.rejected")
    return pair


async def alternatives(work: Work, mentee_participation_id: int, limit: int = 5) -> list[Alternative]:
    """The best mentors for a mentee whom no hard rule forbids, the best first.

    Raises:
        Refusal: there is no such mentee.
    """
    mentee = await participation(work, mentee_participation_id, Side.MENTEE)
    rated = await rate(work, mentee.form, mentee.id)
    if rated is None:
        raise Refusal("pair-unknown")
    _, found = rated
    fitting = {key: pair for key, pair in found.items() if not pair[1].blocked}
    best = sorted(fitting, key=lambda key: (-found[key][1].points, key))[:limit]
    offered = await suggestions(work, best)
    persons = await pairs.people_of(work.session, work.school.id, best)
    return [
        Alternative(
            key,
            persons[key],
            found[key][1],
            found[key][0].left,
            _weakest(
                [p for p in offered.get(key, []) if mentee.id not in ids(p, Side.MENTEE)], found[key][0].left
            ),
        )
        for key in best
    ]


async def choose(
    work: Work, mentee_participation_id: int, mentor_participation_id: int, *, reverse: bool = False
) -> Pair:
    """The curator's own choice: an approved pair in place of the mentee's suggestion or unannounced pair.

    Two whom the matching would not propose again may be chosen; every other hard rule holds. A suggestion
    that takes the mentor's last place is dropped.

    Args:
        reverse: the younger leads the older on purpose.

    Raises:
        Refusal: a rule forbids it, the mentor has no place left, the mentee is in a pair already.
    """
    mentee = await participation(work, mentee_participation_id, Side.MENTEE)
    mentor = await participation(work, mentor_participation_id, Side.MENTOR)
    if mentee.form != mentor.form or mentee.year != mentor.year:
        raise Refusal("pair-forms-differ")
    held = await hold_places(work, [mentee.id, mentor.id])
    for one in held.values():
        require_open(one)
    found = await _require_allowed(work, held[mentee.id], held[mentor.id], reverse)
    await require_free_mentees(work, mentee.form, [mentee.id], announced_only=True)
    pair = await supersede(work, mentee.id, mentor.id)
    await make_room(work, held[mentor.id], 1, but=pair.id if pair else None)
    if pair is None:
        pair = new_pair(work, mentee.form, PairStatus.APPROVED, found)
        pair.members = [
            member(work, Side.MENTOR, mentor.id, mentor.person_id),
            member(work, Side.MENTEE, mentee.id, mentee.person_id),
        ]
        work.session.add(pair)
        await work.session.flush()
    pair.score, pair.reasons = found.points, found.to_json()
    await decide(work, pair, PairStatus.APPROVED, "pair.chosen")
    return await _reload(work, pair)


async def make_group(
    work: Work,
    form: str,
    role_model: str,
    title: str,
    mentor_participation_ids: Sequence[int],
    mentee_participation_ids: Sequence[int],
) -> Pair:
    """An approved group. It takes of each mentor as many places as there are mentees for each mentor.

    Raises:
        Refusal: nobody on a side, somebody not of this form, twice, or not open to it; places are short.
    """
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    await _require_model(work, form, role_model)
    sides = dict.fromkeys(mentor_participation_ids, Side.MENTOR) | dict.fromkeys(
        mentee_participation_ids, Side.MENTEE
    )
    held = await hold_places(work, sides)
    mentors = [held[one] for one in held if sides[one] is Side.MENTOR]
    mentees = [held[one] for one in held if sides[one] is Side.MENTEE]
    if not mentors or not mentees:
        raise Refusal("pair-group-empty")
    both_sides = set(mentor_participation_ids) & set(mentee_participation_ids)
    persons = {one.person_id for one in held.values()}
    if both_sides or len(held) < len(sides) or len(persons) < len(sides):
        raise Refusal("pair-group-mixed")
    for one in held.values():
        if one.side != sides[one.id] or one.form != form or one.year != work.settings.year:
            raise Refusal("pair-group-mixed")
        require_open(one)
    need = -(-len(mentees) // len(mentors))
    for mentor in mentors:
        await require_admitted(work, mentor)
        await make_room(work, mentor, need)
    for one in mentees:
        await supersede(work, one.id, None, only_suggested=True)
    pair = new_pair(work, form, PairStatus.APPROVED)
    pair.is_group, pair.role_model, pair.title = True, role_model, line(title, _LONGEST_TITLE)
    pair.members = [member(work, Side(one.side), one.id, one.person_id) for one in (*mentors, *mentees)]
    work.session.add(pair)
    await work.session.flush()
    await decide(work, pair, PairStatus.APPROVED, "pair.grouped")
    return await _reload(work, pair)


async def set_role_model(work: Work, pair_id: int, role_model: str) -> Pair:
    """A variant of the pair's form, for staff only; "" takes it away. Raises Refusal for another form's."""
    pair, _ = await hold(work, pair_id)
    await _require_model(work, pair.form, role_model)
    before = {"role_model": pair.role_model}
    pair.role_model = role_model
    await journal.note(work, "pair.model", f"pair:{pair.id}", before, {"role_model": role_model})
    return pair


async def set_capacity(work: Work, mentor_participation_id: int, capacity: int) -> Participation:
    """How many mentees a mentor leads at once. Raises Refusal below what is taken already."""
    held = await hold_places(work, [mentor_participation_id])
    mentor = held.get(mentor_participation_id)
    if mentor is None or mentor.side != Side.MENTOR:
        raise Refusal("pair-unknown")
    taken = await taken_of(work, mentor, pairs.FIRM)
    if capacity < max(1, taken):
        raise Refusal("pair-places-taken", count=taken)
    before = {"capacity": mentor.capacity}
    mentor.capacity = capacity
    await make_room(work, mentor, 0)
    await journal.note(work, "mentor.places", f"participation:{mentor.id}", before, {"capacity": capacity})
    return mentor


async def close(
    work: Work, pair_id: int, status: PairStatus, result: str = "", *, reason: str = "", by: str = ""
) -> Pair:
    """active or paused → completed or stopped. After a stop the mentee is looked for a pair again.

    Meetings ahead are called off and both sides learn that; nothing else is sent for this pair any more.

    Args:
        reason, by: why and by whose wish (`program.pair_life`), for staff; with `by` both sides hear a neutral word.

    Raises:
        Refusal: the pair is not at work.
    """
    if status not in (PairStatus.COMPLETED, PairStatus.STOPPED):
        raise ValueError(f"a pair is not closed as {status}")
    if reason:
        pair_life.require_end_reason(reason)
    pair, places = await hold(work, pair_id)
    return await pair_life.end(work, pair, places, status, result=result, reason=reason, by=by)


async def _reload(work: Work, pair: Pair) -> Pair:
    """With members, people and participations, as doors show it."""
    await work.session.flush()
    return (await pairs.lock(work.session, work.school.id, [pair.id]))[0]


async def _require_model(work: Work, form: str, role_model: str) -> None:
    if role_model:
        found = await directories.entry(work, Directory.ROLE_MODEL, role_model)
        if found is None or found.parent != form:
            raise Refusal("pair-model-unknown")


async def _require_allowed(work: Work, mentee: Participation, mentor: Participation, reverse: bool) -> Score:
    rated = await rate(work, mentee.form, mentee.id, [mentor.id], reverse=reverse)
    if rated is None or mentor.id not in rated[1]:
        raise Refusal("pair-not-open", name=short_name(mentor.person))
    points = rated[1][mentor.id][1]
    # Places are counted by `_make_room`; what was rejected before, the curator may want after all.
    lifted = {"match-no-place", "match-no-again", "match-no-ban"}
    reasons = [text for text in points.blocked if text.id not in lifted]
    if reasons:
        raise Refusal("match-forbidden", why=reasons[0])
    return points


async def _require_no_family(
    work: Work, mentors: Sequence[Participation], mentees: Sequence[Participation]
) -> None:
    """A suggestion may be older than the school's word that two of it are parent and child."""
    families = await matching_rows.families(work.session, work.school.id, [one.person_id for one in mentees])
    for mentee in mentees:
        if {one.person_id for one in mentors} & families.get(mentee.person_id, set()):
            raise Refusal("match-forbidden", why=Text("match-no-family"))


def _weakest(offered: list[Pair], free: int) -> Pair | None:
    return min(offered, key=strength) if len(offered) >= free > 0 else None
