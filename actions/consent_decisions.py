"""What the school decides about consents: guardians who disagree, an adult who does not act for the child."""

from __future__ import annotations

from actions import consent_life, consents, enrolment, journal
from actions.work import Work
from program.consents import REQUIRED, ConsentState, disagree
from program.errors import Refusal
from program.states import ParticipationStatus
from storage import consent_lists as lists
from storage import consents as ledger
from storage import people
from storage.tables import Guardianship, Person


async def unlike(work: Work, class_name: str | None = None) -> list[Person]:
    """Children of whom one guardian agrees and another does not; until it is decided they are out."""
    found = await lists.unlike_guardians(work.session, work.school.id, class_name)
    words = await consents.words(work, found)
    return [child for child in found if any(disagree(words[child.id], kind, work.now) for kind in REQUIRED)]


async def refused(work: Work, class_name: str | None = None) -> list[tuple[Person, str]]:
    """Who waits at the door although somebody whose word is needed said no; with why, where it was said."""
    session, school, year = work.session, work.school.id, work.settings.year
    found = [
        *(who for who, _ in await lists.pending(session, school, year, class_name, refused=True)),
        *await lists.put_aside(session, school, year, class_name, refused=True),
    ]
    if not found:
        return []
    states = await consents.states(work, found, REQUIRED)
    lines = await ledger.ledger(work.session, [who.id for who in found])
    return [
        (who, next((line.reason for line in reversed(lines.get(who.id, [])) if line.reason), ""))
        for who in found
        if ConsentState.REFUSED in states[who.id].values()
    ]


async def leave_out(work: Work, child: Person) -> None:
    """The refusal stands: every place is closed, pairs end; nothing of what was said is changed.

    Raises:
        Refusal: nobody refuses (any more).
    """
    held = await people.lock(work.session, child.id)
    assert held is not None
    words = (await consents.words(work, [held]))[held.id]
    states = (await consents.states(work, [held], REQUIRED))[held.id]
    apart = any(disagree(words, kind, work.now) for kind in REQUIRED)
    if not apart and ConsentState.REFUSED not in states.values():
        raise Refusal("ledger-agree-already")
    await consent_life.leave_pairs(work, held)
    for place in await people.participations_of(work.session, held.id, work.settings.year):
        if place.status not in consent_life.OVER or place.status_before:
            place.status, place.status_before = ParticipationStatus.DECLINED, ""
    await journal.note(work, "guardians.decided", f"person:{held.id}", after={"decision": "out"})


async def end_bond(work: Work, guardian_id: int, child: Person) -> Guardianship:
    """This adult does not act for the child: none of their words counts any more, nothing is told to them.

    Raises:
        Refusal: the two are not linked.
    """
    await people.lock(work.session, child.id)
    bond = next(
        (b for b in await people.guardians_of(work.session, child.id) if b.guardian_id == guardian_id), None
    )
    if bond is None or bond.school_id != work.school.id:
        raise Refusal("guardian-not-linked")
    if bond.ended_at is None:
        bond.ended_at, bond.confirmed_at = work.now, None
        await journal.note(work, "guardian.ended", f"person:{child.id}", after={"guardian": guardian_id})
        await enrolment.refresh(work, child)
    return bond
