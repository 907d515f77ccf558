"""What a participant sees of the meetings of the whole programme. Changes nothing."""

from __future__ import annotations

from typing import Any

from actions.gathering_messages import invitation, seat_of
from actions.work import Work
from locales import Texts, dates
from program.gatherings import GatheringState
from program.text import Text
from storage import gatherings, people
from storage.tables import Person


async def mine(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Messages of the list «Встречи»: those that lie ahead, as JSON."""
    me = await people.get(work.session, person_id)
    if me is None or me.school_id != work.school.id:
        return []
    found = await gatherings.of_person(work.session, work.school.id, person_id, work.now)
    return [
        invitation(work, one, me, "gathering-coming-up").to_json()
        for one in found
        if one.state == GatheringState.PLANNED
    ]


async def known(work: Work, person: Person, say: Texts, language: str) -> list[tuple[str, str]]:
    """For «Мои данные»: to which meetings of the programme the person was invited, and whether they came."""
    found = []
    for one in await gatherings.of_person(work.session, work.school.id, person.id):
        seat = seat_of(one, person.id)
        if seat is None:
            continue
        state = "came" if seat.came else "absent" if seat.came is False else str(one.state)
        kind = say(Text(f"meeting-kind-{one.kind}"))
        found.append(
            (
                dates.moment(one.starts_at, work.zone, language),
                f"{kind}: {say(Text(f'gathering-state-{state}'))}",
            )
        )
    return found
