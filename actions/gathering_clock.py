"""What the clock has to say about meetings of the whole programme: a reminder a day and two hours ahead."""

from __future__ import annotations

from datetime import UTC, timedelta

from actions import consents
from actions import gathering_messages as messages
from actions.tell import tell
from actions.work import Work
from program.meetings import due, reminder_window, reminders
from program.roles import PersonState
from storage import gatherings, outbox

GUESTS_KEPT = timedelta(days=30)


async def remind(work: Work) -> int:
    """Everybody invited who has not said that they cannot come; in polite hours, once each. How many."""
    until = reminder_window(work.now, work.settings, work.zone)
    told = 0
    for one in await gatherings.between(work.session, work.school.id, work.now, until):
        start = one.starts_at.astimezone(UTC).isoformat()
        wanted = []
        for seat in one.invited:
            if seat.coming is False or seat.person.state != PersonState.ACTIVE:
                continue
            moments = reminders(one.starts_at, work.settings, work.zone, seat.person.category)
            moment = due(moments, work.now)
            if moment is not None and moment.at >= max(seat.at, one.changed_at or seat.at):
                wanted.append(
                    (f"gathering-soon:{one.id}:{seat.person_id}:{moment.name}:{start}", seat, moment)
                )
        known = await outbox.known(work.session, [key for key, *_ in wanted])
        fresh = [line for line in wanted if line[0] not in known]
        agreed = await consents.allowed(work, [seat.person for _, seat, _ in fresh]) if fresh else set()
        for key, seat, moment in fresh:
            if seat.person_id in agreed:
                message = messages.invitation(work, one, seat.person, "gathering-soon")
                told += await tell(
                    work,
                    seat.person,
                    message,
                    key=key,
                    due_at=max(moment.at, work.now),
                    expires_at=moment.until,
                )
    return told


async def forget_guests(work: Work) -> None:
    """Names of guests from outside are not kept once the gathering has been over for a month."""
    await gatherings.forget_guests(work.session, work.school.id, work.now - GUESTS_KEPT)
