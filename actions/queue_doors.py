"""What can be done today for a mentee who waits: a one-off meeting with others of the queue, or a group at work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import joinedload

from actions import encounter_messages as messages
from actions import encounters, group_life
from actions.encounter_people import guests, welcome
from actions.matching_left import Left, why_left
from actions.matching_pool import Pool, pool
from actions.matching_rules import rules_of
from actions.pair_life import AT_WORK
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.matching import Codes, Judge, Mentee, blocked_text, blocks
from program.matching_reasons import label, score
from program.outgoing import Kind
from program.roles import Side
from program.text import Text
from storage import pairs, queue
from storage.tables import Pair, Participation, Person

MOST_COMPANIONS = 20
PLACE = "place"  # the rule about a mentor's places; a group reckons them anew


@dataclass(frozen=True)
class Companion:
    """`same`: what both asked for, in words; staff only."""

    person: Person
    same: tuple[Text, ...]


@dataclass(frozen=True)
class Invited:
    """Who a one-off meeting is made for. `wants`: what this mentee asked for; `companions`: others of the queue."""

    place: Participation
    person: Person
    wants: tuple[Text, ...]
    companions: tuple[Companion, ...]

    @property
    def people(self) -> dict[int, Person]:
        return {one.id: one for one in (self.person, *(with_.person for with_ in self.companions))}


@dataclass(frozen=True)
class Fitting:
    """A group at work as a place for this mentee.

    Args:
        why: what speaks for it. against: what forbids it; empty where it suits.
        free: places left.
    """

    group: Pair
    mentors: tuple[Person, ...]
    size: int
    free: int
    points: int
    why: tuple[Text, ...]
    against: tuple[Text, ...]

    @property
    def suits(self) -> bool:
        return not self.against


async def why_waiting(work: Work, forms: Collection[str]) -> dict[int, Left]:
    """Place -> why there is no mentor and the one thing that would help, as things stand now.

    Whoever would get a pair in a new run is not there.
    """
    found: dict[int, Left] = {}
    for form in sorted(set(forms)):
        found |= await why_left(work, form)
    return found


async def company(work: Work, place_id: int) -> Invited:
    """The mentee with those of the queue who asked for the same, most in common first.

    Raises:
        Refusal: there is no such mentee in the queue.
    """
    waiting = await queue.waits(work.session, work.school.id, work.settings.year)
    mine = next((one for one in waiting if one.place.id == place_id), None)
    if mine is None:
        raise Refusal("pair-unknown")
    form = mine.place.form
    seen = await pool(work, form)
    asked = {one.id: one.requests | one.subjects for one in seen.mentees}
    wants = asked.get(place_id, frozenset())
    others = [
        (one, wants & asked.get(one.place.id, frozenset()))
        for one in waiting
        if one.place.form == form and one.place.id != place_id
    ]
    others = sorted((one for one in others if one[1]), key=lambda one: -len(one[1]))[:MOST_COMPANIONS]
    return Invited(
        mine.place,
        mine.person,
        _words(wants, seen),
        tuple(Companion(one.person, _words(same, seen)) for one, same in others),
    )


def _words(codes: Codes, seen: Pool) -> tuple[Text, ...]:
    return tuple(label(code, seen.labels) for code in sorted(codes))


async def invite_some(work: Work, encounter_id: int, people: Collection[Person]) -> int:
    """Invites just these to an open meeting, once; whoever has a seat is left out. How many were told.

    Each decides alone whether to come. Raises Refusal where the meeting is not open.
    """
    encounter = await encounters.held(work, encounter_id)
    encounters.require_open(work, encounter)
    there = {seat.person_id for seat in encounter.taken} | {encounter.host_id}
    known = await guests(work, people)
    told = 0
    for reader in people:
        if reader.id not in there and welcome(known, reader):
            # The key of the invitation to everybody: nobody is invited twice.
            key = f"encounter-invite:{encounter.id}:{reader.id}"
            message = messages.card(work, encounter, reader)
            told += await tell(work, reader, message, key=key, kind=Kind.NEWS, expires_at=encounter.starts_at)
    await encounters.note(work, encounter, "encounter.invited", told=told)
    return told


async def fitting_groups(work: Work, place_id: int) -> tuple[Participation, tuple[Fitting, ...]]:
    """Groups at work of the mentee's form, those that suit first, each with what speaks for it and against.

    Raises:
        Refusal: there is no such mentee.
    """
    place = await work.session.get(Participation, place_id, options=[joinedload(Participation.person)])
    if place is None or place.school_id != work.school.id or place.side != Side.MENTEE:
        raise Refusal("pair-unknown")
    session, school, year = work.session, work.school.id, work.settings.year
    found = await pairs.board(session, school, year, place.form, AT_WORK, groups_only=True)
    leading = {one.participation_id for group in found for one in pairs.present(group, Side.MENTOR)}
    seen = await pool(work, place.form, mentee=place_id, only=leading)
    (mentee,) = seen.mentees or (None,)
    if mentee is None:
        return place, ()
    judge = Judge(mentee, rules_of(work, place.form).of(place.role_model))
    fitting = [_fitting(group, mentee, judge, seen) for group in found]
    return place, tuple(sorted(fitting, key=lambda one: (not one.suits, -one.points, one.group.id)))


def _fitting(group: Pair, mentee: Mentee, judge: Judge, seen: Pool) -> Fitting:
    """A group is as good for somebody as its mentors are, on average; what forbids one of them forbids it."""
    lead = pairs.present(group, Side.MENTOR)
    led = pairs.present(group, Side.MENTEE)
    known = {one.id: one for one in seen.mentors}
    mentors = [known[one.participation_id] for one in lead if one.participation_id in known]
    scores = [score(judge, one, seen.labels) for one in mentors]
    against: list[Text] = []
    for one in mentors:
        for name in blocks(mentee, one, judge.rules):
            text = blocked_text(name, one)
            if name != PLACE and text not in against:
                against.append(text)
    if len(mentors) < len(lead) or not lead:
        against.append(Text("pairs-fit-mentor-away"))
    # Mentees are shared among the mentors: one more takes a new place of each only now and then.
    taken = -(-len(led) // max(1, len(lead)))
    free = min((max(0, one.left) + taken for one in mentors), default=0) * len(lead) - len(led)
    if free < 1 and mentors:
        against.append(blocked_text(PLACE))
    why = scores[0].for_ if scores else ()
    return Fitting(
        group,
        tuple(one.person for one in lead),
        len(led),
        max(0, free),
        sum(one.points for one in scores) // max(1, len(scores)),
        why,
        tuple(against),
    )


async def join_group(work: Work, place_id: int, pair_id: int) -> Pair:
    """The mentee joins that group today, as on the group's card. Raises Refusal as `group_life.add`."""
    return await group_life.add(work, pair_id, place_id)
