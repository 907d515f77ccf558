"""Somebody asks for help or writes to the curator: it is kept, receipted, and seen at once."""

from __future__ import annotations

from actions import journal
from actions.work import Work
from program.states import RequestState
from storage.tables import HelpRequest


async def ask_for_help(work: Work, person_id: int, words: str, *, urgent: bool) -> HelpRequest:
    """Puts a card on the curator's screen. Its words are read by the curator and the psychologist only."""
    request = HelpRequest(
        school_id=work.school.id,
        person_id=person_id,
        urgent=urgent,
        words=words,
        state=RequestState.NEW,
        at=work.now,
    )
    work.session.add(request)
    await work.session.flush()
    await journal.note(work, "help.asked", f"help:{request.id}", after={"urgent": urgent})
    return request


async def take(work: Work, request: HelpRequest) -> None:
    """Somebody of the school deals with it now."""
    if request.state == RequestState.NEW:
        request.state, request.taken_by = RequestState.IN_WORK, work.actor
        await journal.note(work, "help.taken", f"help:{request.id}")


async def close(work: Work, request: HelpRequest, action: str) -> None:
    """What was done stands beside it; a closed card stays in the person's history."""
    if request.state != RequestState.CLOSED:
        request.state, request.closed_at, request.action = RequestState.CLOSED, work.now, action
        await journal.note(work, "help.closed", f"help:{request.id}")
