"""Which adults of the school hear of a call for help, in their own chats, and what happens when they are silent.

An alert names nobody and repeats no words: those stand in the admin. It passes quiet hours.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from actions import journal
from actions.tell import tell
from actions.work import Work
from locales import dates
from program.care import FIRST_ADULTS, Step, due_step
from program.outgoing import Choice, Kind, Message
from program.roles import StaffRole
from program.states import RequestState
from program.text import Text
from storage import accounts
from storage import care as rows
from storage.tables import HelpRequest, User

log = structlog.get_logger()


async def call_in(work: Work, request: HelpRequest, step: int = Step.FIRST) -> int:
    """Tells the adults of this step who have a chat with us; each once. Returns how many were told."""
    found = await adults(work, step)
    told = 0
    for user_id, person in await rows.chats(work.session, work.school.id, [user.id for user in found]):
        message = Message(
            (_alert(work, request, step),),
            (
                (Choice(Text("care-alert-take"), f"f:care-take:{request.id}", style="primary"),),
                (Choice(Text("care-alert-open"), url="page:help"),),
            ),
        )
        key = f"care:{request.id}:{int(step)}:{user_id}"
        told += await tell(work, person, message.formally(), key=key, kind=Kind.ALERT)
    log.info("care.called_in", request=request.id, step=int(step), adults=len(found), told=told)
    return told


def _alert(work: Work, request: HelpRequest, step: int) -> Text:
    if step == Step.FIRST:
        return Text("care-alert", {"number": request.id, "at": dates.clock(request.at, work.zone)})
    if step > Step.DIRECTOR:
        since = dates.moment(request.at, work.zone)
        return Text("care-alert-morning", {"number": request.id, "since": since})
    minutes = int((work.now - request.at).total_seconds()) // 60
    return Text("care-alert-again", {"number": request.id, "minutes": minutes})


async def adults(work: Work, step: int) -> Sequence[User]:
    """Who is called in at this step: the first adults, then also the second one, then also the director."""
    found = list(await rows.staff(work.session, work.school.id, FIRST_ADULTS))
    if step >= Step.SECOND:
        second = await accounts.get(work.session, work.school.id, work.settings.help_second)
        if second is not None and second.active:
            found.append(second)
        if step >= Step.DIRECTOR or second is None or not second.active:
            found += await rows.staff(work.session, work.school.id, [StaffRole.DIRECTOR])
    return list({user.id: user for user in found}.values())


async def escalate(work: Work) -> int:
    """Calls in the next adult wherever the ones before have been silent for too long. Returns how many cards.

    Safe to run twice, late and by two processes: a step is taken once, on a held row.
    """
    moved = []
    for request in await rows.unanswered(work.session, work.school.id):
        step = due_step(request.at, work.now, work.settings, work.zone)
        if request.state == RequestState.NEW and step > request.step:
            request.step = step
            moved.append((request, step))
    for request, step in moved:
        await call_in(work, request, step)
        await journal.note(work, "help.called-in", f"help:{request.id}", after={"step": int(step)})
    return len(moved)


async def waiting_for(work: Work, role: StaffRole, user_id: int) -> Sequence[HelpRequest]:
    """Calls that the first adults have left unanswered and for which this account has been called in."""
    second = await accounts.get(work.session, work.school.id, work.settings.help_second)
    chosen = second is not None and second.active
    if chosen and second is not None and user_id == second.id:
        step = Step.SECOND
    elif role == StaffRole.DIRECTOR:
        step = Step.DIRECTOR if chosen else Step.SECOND
    else:
        return ()
    return await rows.called_in(work.session, work.school.id, step)
