"""What happens outside messengers and is written down by the school: papers, admission of mentors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from actions import consent_texts, consents, enrolment, selection
from actions.work import Work
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod, lasts_until
from program.errors import Refusal
from program.roles import PersonState
from storage import people
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
    held = await people.lock(work.session, person.id)
    assert held is not None
    if held.state == PersonState.ERASED:
        raise Refusal("ledger-person-unknown")
    texts = await consent_texts.newest(work, consenter)
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


async def admit(work: Work, person: Person, participation_id: int, reason: str = "") -> Participation:
    """Lets a mentor in: only an admitted one is proposed for a pair (domain.md 7.5). A second press is harmless.

    Args:
        reason: why something of the school's checklist may be missing.

    Raises:
        Refusal: the person has no such place, it is not a mentor's, or something is missing without a reason.
    """
    return await selection.admit(work, person, participation_id, reason)
