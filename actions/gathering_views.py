"""What a participant sees of the meetings of the whole programme. Changes nothing."""

from __future__ import annotations

from typing import Any

from actions.gathering_messages import invitation
from actions.work import Work
from program.gatherings import GatheringState
from storage import gatherings, people


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
