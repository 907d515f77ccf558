"""Selecting mentors: what each one needs and has, ticking it, interviews, training, the curator's word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions import consents, directories, journal
from actions.places import hold_people, line
from actions.work import Work
from program.consents import REQUIRED, ConsentKind, ConsentState
from program.directories import Directory, Entry
from program.errors import Refusal
from program.roles import Category, Side
from program.selection import (
    TOPIC,
    Decision,
    Gap,
    Held,
    Kind,
    Requirement,
    Talk,
    barring,
    ends_on,
    gaps,
    require_interview,
    required,
    requirement,
    trained,
)
from program.text import Text
from storage import people as people_rows
from storage import selection
from storage.tables import Candidacy, Interview, Participation, Person, SelectionMark

_LONGEST_REASON = 300
_LONGEST_NOTES = 2000
SPOKEN = (*REQUIRED, ConsentKind.EMPLOYMENT)
Spoken = Mapping[int, Mapping[ConsentKind, ConsentState]]


@dataclass(frozen=True)
class Standing:
    """Where one mentor's place stands.

    Args:
        gaps: what is missing or has run out; `barred`: which of it keeps an admitted mentor from new pairs.
    """

    place: Participation
    requirements: Sequence[Requirement]
    held: Mapping[str, Held]
    gaps: Sequence[Gap]
    barred: Sequence[Gap]
    candidacy: Candidacy | None
    interview: Talk | None

    @property
    def shortlisted(self) -> bool:
        return self.candidacy is not None and self.candidacy.shortlisted


async def standings(
    work: Work, places: Iterable[Participation], spoken: Spoken | None = None
) -> dict[int, Standing]:
    """Participation -> where it stands today. The places come with their people.

    Args:
        spoken: what `consents.states` says of these people (of `SPOKEN`), where it was read already.
    """
    places = list(places)
    session, school = work.session, work.school.id
    persons = {place.person_id: place.person for place in places}
    entries = await directories.entries(work, Directory.REQUIREMENT)
    topics = [TOPIC + one.slug for one in await directories.entries(work, Directory.TRAINING)]
    marks = await selection.marks(session, school, persons)
    talks = await selection.talks(session, school, persons)
    decided = await selection.candidacies(session, school, (place.id for place in places))
    if spoken is None:
        spoken = await consents.states(work, persons.values(), SPOKEN)
    kinds = {(place.form, place.person.category or Category.OTHER) for place in places}
    concerning = {kind: required(entries, *kind) for kind in kinds}
    found, today = {}, work.today
    for place in places:
        who = place.person_id
        talk = talks[who][0] if who in talks else None
        needed = concerning[place.form, place.person.category or Category.OTHER]
        held = _held(needed, marks.get(who, {}), talk, topics, spoken[who])
        open_ = gaps(needed, held, today)
        candidacy = decided.get(place.id)
        written = candidacy is not None and candidacy.admitted_at is not None
        waived = candidacy.waived if candidacy is not None and written else None
        barred = barring(open_, waived) if place.admitted else []
        found[place.id] = Standing(place, needed, held, open_, barred, candidacy, talk)
    return found


async def barred(
    work: Work, places: Iterable[Participation], spoken: Spoken | None = None
) -> dict[int, tuple[Text, ...]]:
    """Participation -> why this admitted mentor may have no new pair now; nothing for those who may."""
    admitted = [place for place in places if place.admitted]
    found = await standings(work, admitted, spoken)
    return {key: tuple(gap.text for gap in one.barred) for key, one in found.items() if one.barred}


async def require_admitted(work: Work, mentor: Participation) -> None:
    """Raises Refusal, with the precise reason, when this mentor may not be put into a new pair."""
    if not mentor.admitted:
        raise Refusal("match-forbidden", why=Text("match-no-admission"))
    why = (await barred(work, [mentor])).get(mentor.id)
    if why:
        raise Refusal("match-forbidden", why=Text("match-no-admission-now", {"why": why[0]}))


async def admit(work: Work, person: Person, participation_id: int, reason: str = "") -> Participation:
    """Lets a mentor in: only an admitted one is proposed for a pair. A second press is harmless.

    Args:
        reason: the curator's, why something may be missing; what is missing then is written down as waived.

    Raises:
        Refusal: the person has no such place, it is not a mentor's, or something is missing without a reason.
    """
    place = await _place(work, person, participation_id)
    standing = (await standings(work, [place]))[place.id]
    if place.admitted and not standing.barred:
        return place
    reason = line(reason, _LONGEST_REASON)
    if standing.gaps and not reason:
        raise Refusal("selection-not-yet", what=listed([gap.text for gap in standing.gaps]))
    if standing.interview is not None and standing.interview.decision == Decision.REFUSE:
        raise Refusal("selection-refused")
    row = await _candidacy(work, place, standing.candidacy)
    row.admitted_at, row.admitted_by, row.reason = work.now, work.actor, reason
    row.waived = [gap.requirement for gap in standing.gaps]
    place.admitted = True
    # The reason's words stay in the row, where they can be erased; the journal names what was waived.
    after = {"participation": place.id, "waived": row.waived, "reason": bool(reason)}
    await journal.note(work, "mentor.admitted", f"person:{person.id}", after=after)
    return place


async def suspend(work: Work, person: Person, participation_id: int) -> Participation:
    """Takes the admission back: no new pairs; those at work stay, the curator decides about each."""
    place = await _place(work, person, participation_id)
    if place.admitted:
        place.admitted = False
        after = {"participation": place.id}
        await journal.note(work, "mentor.suspended", f"person:{person.id}", after=after)
    return place


async def shortlist(work: Work, person: Person, participation_id: int, *, on: bool) -> None:
    place = await _place(work, person, participation_id)
    known = await selection.candidacies(work.session, work.school.id, [place.id])
    row = await _candidacy(work, place, known.get(place.id))
    if row.shortlisted != on:
        row.shortlisted = on
        action = "mentor.shortlisted" if on else "mentor.unlisted"
        await journal.note(work, action, f"person:{person.id}", after={"participation": place.id})


async def tick(
    work: Work, person: Person, item: str, done_on: date, valid_until: date | None = None
) -> SelectionMark:
    """Notes that a requirement is met or a topic attended. Only the fact and its dates are kept.

    Args:
        item: a requirement's slug, or `program.selection.TOPIC` and a topic's.
        valid_until: its last day; by default what the directory says.

    Raises:
        Refusal: there is nothing such to tick, the day is ahead, or it ends before it begins.
    """
    months = await _months(work, item)
    if done_on > work.today:
        raise Refusal("selection-day-ahead")
    until = valid_until or ends_on(done_on, months)
    if until is not None and until < done_on:
        raise Refusal("selection-until-before")
    await people_rows.lock(work.session, person.id)
    row = (await selection.marks(work.session, work.school.id, [person.id])).get(person.id, {}).get(item)
    if row is None:
        row = SelectionMark(school_id=work.school.id, person_id=person.id, item=item)
        work.session.add(row)
    elif (row.done_on, row.valid_until) == (done_on, until):
        return row
    row.done_on, row.valid_until, row.entered_at, row.entered_by = done_on, until, work.now, work.actor
    after = {"item": item, "on": done_on.isoformat(), "until": until.isoformat() if until else None}
    await journal.note(work, "mentor.ticked", f"person:{person.id}", after=after)
    return row


async def untick(work: Work, person: Person, item: str) -> None:
    """Takes a mark back, as when it was set for somebody else."""
    row = (await selection.marks(work.session, work.school.id, [person.id])).get(person.id, {}).get(item)
    if row is not None:
        await work.session.delete(row)
        await journal.note(work, "mentor.unticked", f"person:{person.id}", after={"item": item})


async def attended(work: Work, topic: str, persons: Collection[Person], on: date) -> int:
    """Notes who was at the training of one topic; those noted before keep their day. Returns how many are new."""
    known = await selection.marks(work.session, work.school.id, [person.id for person in persons])
    fresh = [person for person in persons if TOPIC + topic not in known.get(person.id, {})]
    await hold_people(work, [person.id for person in fresh])
    for person in fresh:
        await tick(work, person, TOPIC + topic, on)
    return len(fresh)


async def interviewed(work: Work, person: Person, talk: Talk) -> Interview:
    """Writes down a talk with a candidate; the newest one counts.

    Raises:
        Refusal: marks that are none, a day ahead, or a decision that needs a reason and has none.
    """
    require_interview(talk.marks, talk.decision, talk.reason)
    if talk.held_on > work.today:
        raise Refusal("selection-day-ahead")
    row = Interview(
        school_id=work.school.id,
        person_id=person.id,
        held_on=talk.held_on,
        setting=talk.setting,
        interviewers=line(talk.interviewers, _LONGEST_REASON),
        marks=dict(talk.marks),
        notes=talk.notes.strip()[:_LONGEST_NOTES],
        risk=talk.risk.strip()[:_LONGEST_NOTES],
        decision=talk.decision,
        reason=line(talk.reason, _LONGEST_REASON),
        entered_at=work.now,
        entered_by=work.actor,
    )
    work.session.add(row)
    await work.session.flush()
    after = {"interview": row.id, "decision": str(talk.decision)}
    await journal.note(work, "mentor.interviewed", f"person:{person.id}", after=after)
    return row


def listed(texts: Sequence[Text]) -> Text:
    """«a; b; c» as one text."""
    whole = texts[-1]
    for text in reversed(texts[:-1]):
        whole = Text("selection-and", {"first": text, "rest": whole})
    return whole


def _held(
    needed: Iterable[Requirement],
    marks: Mapping[str, SelectionMark],
    talk: Talk | None,
    topics: Sequence[str],
    spoken: Mapping[ConsentKind, ConsentState],
) -> dict[str, Held]:
    found = {}
    for one in needed:
        have = _one_held(one, marks, talk, topics, spoken)
        if have is not None:
            found[one.slug] = have
    return found


def _one_held(
    one: Requirement,
    marks: Mapping[str, SelectionMark],
    talk: Talk | None,
    topics: Sequence[str],
    spoken: Mapping[ConsentKind, ConsentState],
) -> Held | None:
    match one.kind:
        case Kind.CONSENT:
            return Held() if all(spoken[kind] is ConsentState.GIVEN for kind in REQUIRED) else None
        case Kind.INTERVIEW:
            if talk is None or talk.decision != Decision.ADMIT:
                return None
            return Held(talk.held_on, ends_on(talk.held_on, one.months))
        case Kind.TRAINING:
            return trained(topics, {item: mark.done_on for item, mark in marks.items()})
        case Kind.EMPLOYMENT if spoken[ConsentKind.EMPLOYMENT] is ConsentState.GIVEN:
            return Held()
        case _:
            mark = marks.get(one.slug)
            return Held(mark.done_on, mark.valid_until) if mark is not None else None


async def _months(work: Work, item: str) -> int:
    """How long the thing to tick holds. Raises Refusal if it cannot be ticked by hand."""
    if item.startswith(TOPIC):
        found = await directories.entry(work, Directory.TRAINING, item.removeprefix(TOPIC))
    else:
        found = await directories.entry(work, Directory.REQUIREMENT, item)
    if found is None or not can_tick(found):
        raise Refusal("selection-item-unknown")
    return requirement(found).months if found.directory is Directory.REQUIREMENT else 0


def can_tick(entry: Entry) -> bool:
    """Whether somebody says by hand that it is there: papers and topics; an employee's consent may be on paper."""
    return entry.directory is Directory.TRAINING or requirement(entry).kind in (Kind.TICK, Kind.EMPLOYMENT)


async def _place(work: Work, person: Person, participation_id: int) -> Participation:
    place = await work.session.get(Participation, participation_id)
    if place is None or place.school_id != work.school.id or place.person_id != person.id:
        raise Refusal("admin-place-missing")
    if place.side != Side.MENTOR:
        raise Refusal("admin-place-not-mentor")
    found = await selection.place(work.session, work.school.id, participation_id)
    assert found is not None
    return found


async def _candidacy(work: Work, place: Participation, known: Candidacy | None) -> Candidacy:
    if known is not None:
        return known
    row = Candidacy(
        school_id=work.school.id,
        participation_id=place.id,
        person_id=place.person_id,
        shortlisted=False,
        waived=[],
        reason="",
    )
    work.session.add(row)
    await work.session.flush()
    return row
