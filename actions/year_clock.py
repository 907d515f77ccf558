"""The beginning of a turned year, by the clock: on the chosen day everybody in it is asked for the questionnaires anew."""

from __future__ import annotations

import structlog

from actions import enrolment, journal
from actions.places import hold_people
from actions.work import Work
from actions.year_turn import choices
from program.school_years import UNDO
from program.states import ParticipationStatus
from storage import school_year as rows

log = structlog.get_logger()


async def start(work: Work) -> int:
    """Once, from the chosen day on: places enter the base where consents hold, and their people hear of the questionnaire.

    Who lacks a consent is asked for it as usual. Returns for how many it was looked.
    """
    turn = await rows.turn_of(work.session, work.school.id, work.settings.year)
    if turn is None or turn.done_at is None or turn.begun_at is not None:
        return 0
    if work.now < turn.done_at + UNDO or work.today < choices(turn).start(turn.year):
        return 0
    people = await rows.taking_part(work.session, work.school.id, turn.year)
    await hold_people(work, people)
    turn = await rows.lock_turn(work.session, work.school.id, turn.year)
    if turn is None or turn.begun_at is not None:
        return 0
    turn.begun_at = work.now
    await work.session.flush()
    waits = (ParticipationStatus.CONSENT_PENDING,)
    found = await rows.places(work.session, work.school.id, turn.year, waits)
    everybody = {place.person_id: place.person for place in found}
    for person in everybody.values():
        await enrolment.refresh(work, person)
    await journal.note(
        work, "year.begun", f"year:{turn.id}", after={"year": turn.year, "people": len(everybody)}
    )
    log.info("year.begun", school=work.school.id, people=len(everybody))
    return len(everybody)
