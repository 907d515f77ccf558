"""A turned year by the clock: who leaves the school leaves once nothing can be taken back; on the chosen day questionnaires are offered anew."""

from __future__ import annotations

import structlog

from actions import enrolment, journal, leaving
from actions.places import hold_people
from actions.work import Work
from actions.year_turn import choices
from program.school_years import UNDO
from program.states import ParticipationStatus
from storage import school_year as rows
from storage import year_lines

log = structlog.get_logger()

LEAVE_AT_ONCE = 50  # some tenths of a second: on SQLite nobody else is served meanwhile


async def say_goodbye(work: Work) -> int:
    """Who left the school with the turn and never took part: the clock of deletion starts. How many of them did now.

    Who has joined the programme meanwhile stays.
    """
    turn = await rows.turn_of(work.session, work.school.id, work.settings.year)
    if turn is None or turn.done_at is None or work.now < turn.done_at + UNDO:
        return 0
    due = await year_lines.leave_next(work.session, turn.id, LEAVE_AT_ONCE)
    if not due:
        return 0
    alone = await rows.without_places(work.session, due)
    gone = await leaving.leave_all(work, sorted(alone))
    await year_lines.forget_leaving(work.session, turn.id, due)
    log.info("year.left", school=work.school.id, people=len(gone))
    return len(gone)


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
