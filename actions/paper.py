"""What happens outside messengers and is written down by the school: papers, admission of mentors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from actions import consents, enrolment, guardians, journal
from actions.work import Work
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod, lasts_until
from program.errors import Refusal
from program.roles import Side
from storage.tables import Participation, Person


async def enter(
    work: Work,
    person: Person,
    kinds: Sequence[ConsentKind],
    event: ConsentEvent,
    *,
    consenter: Consenter,
    giver: Person | None,
    signed_on: date,
    number: str = "",
) -> None:
    """Writes a signed paper into the ledger, one line for each purpose, and moves the person on.

    Args:
        giver: a guardian known to the school, the person, or None: an adult without a row.
        signed_on: the day on the paper; a consent lasts from that day.
        number: of the paper in the school's folder; may be empty.

    Raises:
        Refusal: no purpose was named, or the paper is dated tomorrow or later.
    """
    if not kinds:
        raise Refusal("admin-paper-no-kind")
    if signed_on > work.today:
        raise Refusal("admin-paper-future")
    texts = await guardians.consent_texts(work, consenter)
    label = f"№ {number} от {signed_on:%d.%m.%Y}" if number else f"от {signed_on:%d.%m.%Y}"
    for kind in kinds:
        await consents.say(
            work,
            person,
            kind,
            event,
            consenter=consenter,
            giver=giver,
            method=ConsentMethod.PAPER,
            text=texts.get(kind),
            valid_until=lasts_until(kind, signed_on) if event is ConsentEvent.GIVEN else None,
            paper_number=label,
        )
    await enrolment.refresh(work, person)


async def admit(work: Work, person: Person, participation_id: int) -> Participation:
    """Lets a mentor in: only an admitted one is proposed for a pair (domain.md 7.5). A second press is harmless.

    Raises:
        Refusal: the person has no such place, or it is not a mentor's.
    """
    place = await work.session.get(Participation, participation_id)
    if place is None or place.school_id != work.school.id or place.person_id != person.id:
        raise Refusal("admin-place-missing")
    if place.side != Side.MENTOR:
        raise Refusal("admin-place-not-mentor")
    if not place.admitted:
        place.admitted = True
        await journal.note(work, "mentor.admitted", f"person:{person.id}", after={"participation": place.id})
    return place
