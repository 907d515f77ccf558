"""Each working morning to every curator with a chat: how much waits. No names; the cards come by a press."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog

from actions import decisions
from actions.decisions import Urgency
from actions.nudges import free_for_staff, rules_of
from actions.tell import tell
from actions.work import Work
from program.nudges import DIGEST_AT
from program.outgoing import Choice, Kind, say
from program.roles import StaffRole
from program.text import Text
from storage import care

log = structlog.get_logger()


async def send(work: Work) -> int:
    """From half past eight on, once a day; nothing where nothing waits. Returns how many were told."""
    local = work.now.astimezone(work.zone)
    if not rules_of(work).morning or local.time() < DIGEST_AT or free_for_staff(work, work.today):
        return 0
    curators = await care.staff(work.session, work.school.id, (StaffRole.CURATOR,))
    chats = await care.chats(work.session, work.school.id, [user.id for user in curators])
    if not chats:
        return 0
    asking = decisions.Asking(work, StaffRole.CURATOR, 0)  # every curator sees the same
    found = await decisions.waiting(asking, lambda route: True)
    if not found:
        return 0
    urgent = sum(one.count for one in found if one.kind.urgency is Urgency.NOW)
    text = Text("desk-morning", {"count": sum(one.count for one in found), "urgent": urgent})
    message = say(text, Choice(Text("desk-show"), "f:tasks", style="primary"))
    ends = datetime.combine(work.today + timedelta(days=1), time(), work.zone)
    told = 0
    for user_id, person in chats:
        key = f"morning:{work.today.isoformat()}:{user_id}"
        told += await tell(work, person, message, key=key, kind=Kind.NUDGE, expires_at=ends)
    if told:
        log.info("desk.morning", school=work.school.id, accounts=told)
    return told
