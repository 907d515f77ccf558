"""Trial meetings before the final pair: the curator brings two together, both are asked silently afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions import encounter_messages as shown
from actions.encounter_people import guests, leaders, welcome
from actions.encounters import Draft, add, held
from actions.places import hold_people
from actions.tell import tell
from actions.work import Work
from locales import Texts
from program.encounters import TRIAL_AT_ONCE, EncounterKind, EncounterState, SeatState
from program.errors import Refusal
from program.text import Text
from storage import encounters, matching, people
from storage.tables import Encounter, Person, Seat


@dataclass(frozen=True)
class Trial:
    """One meeting of two, at a time the curator has chosen."""

    mentor: int
    mentee: int
    starts_at: datetime
    place: str = ""


async def arrange(work: Work, trials: Iterable[Trial]) -> list[Encounter]:
    """Brings each two together and tells both. Either may say no without a reason; the other reads neutral words.

    Raises:
        Refusal: nobody chosen, more than three at once for somebody, one who may not, a family, or in the past.
    """
    wanted = list(trials)
    if not wanted:
        raise Refusal("encounters-staff-trial-nobody")
    # Two curators at once: each counts what the other has arranged.
    await hold_people(work, {key for one in wanted for key in (one.mentor, one.mentee)})
    far = work.now + timedelta(days=400)
    open_ = await encounters.between(work.session, work.school.id, work.now, far)
    running = [
        (one.host_id, seat.person_id)
        for one in open_
        if one.kind == EncounterKind.TRIAL
        for seat in shown.seated(one)
    ]
    made = []
    for one in wanted:
        if (one.mentor, one.mentee) in running:
            raise Refusal("encounters-staff-trial-again")
        running.append((one.mentor, one.mentee))
        if sum(mentee == one.mentee for _, mentee in running) > TRIAL_AT_ONCE:
            raise Refusal("encounters-staff-trial-many", count=TRIAL_AT_ONCE)
        if sum(mentor == one.mentor for mentor, _ in running) > TRIAL_AT_ONCE:
            raise Refusal("encounters-staff-trial-many", count=TRIAL_AT_ONCE)
        made.append(await _arrange(work, one))
    return made


async def _arrange(work: Work, one: Trial) -> Encounter:
    mentor, mentee = await people.get(work.session, one.mentor), await people.get(work.session, one.mentee)
    if mentor is None or mentee is None or {mentor.school_id, mentee.school_id} != {work.school.id}:
        raise Refusal("encounters-nobody")
    known = await guests(work, [mentor, mentee])
    if not welcome(known, mentor) or not welcome(known, mentee) or not known[mentor.id].admitted:
        raise Refusal("encounters-staff-trial-not-now")
    if mentor.id in await not_for(work, mentee.id):
        raise Refusal("encounters-staff-trial-not-now")
    topic = Texts("ru")(Text("encounters-trial-topic"))
    draft = Draft(
        topic=topic, starts_at=one.starts_at, kind=EncounterKind.TRIAL, minutes=work.settings.meeting_minutes,
        place=one.place, seats=1, host=mentor.id,
    )  # fmt: skip
    encounter = await add(work, draft, EncounterState.OPEN, "encounter.trial")
    seat = Seat(
        school_id=work.school.id, encounter_id=encounter.id, person_id=mentee.id, state=SeatState.SEATED,
        at=work.now, wishes=[],
    )  # fmt: skip
    work.session.add(seat)
    await work.session.flush()
    encounter = await held(work, encounter.id)
    for reader in (mentor, mentee):
        message = shown.coming(work, encounter, reader, "encounters-trial")
        key = f"encounter-trial:{encounter.id}:{reader.id}"
        await tell(work, reader, message, key=key, expires_at=one.starts_at)
    return encounter


async def candidates(work: Work, person: Person, *, is_mentor: bool) -> list[Person]:
    """With whom the curator may bring somebody together: let in, with consents, no family, not kept apart."""
    apart = await not_for(work, person.id)
    if is_mentor:
        found = await encounters.looking(work.session, work.school.id, work.settings.year)
    else:
        found = list((await leaders(work)).values())
    found = [one for one in found if one.id not in apart]
    known = await guests(work, found)
    return [one for one in found if welcome(known, one)]


async def not_for(work: Work, mentee_id: int) -> set[int]:
    """People who may not be brought together with this one: family, and where an «avoid» was said."""
    family = (await matching.families(work.session, work.school.id, [mentee_id])).get(mentee_id, set())
    apart = await encounters.kept_apart(work.session, work.school.id, work.settings.year)
    return {*family, *apart.get(mentee_id, set()), mentee_id}
