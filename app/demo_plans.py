"""Programmes of the demo's pairs: drafted and agreed to in the chat, by the same buttons as in life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from actions.plans import waits_for
from app.demo_life import Life
from program.plans import PlanState
from program.roles import Side
from storage import pairs, plans
from storage.database import Database
from storage.tables import School

MANY = 6  # pairs with a programme; the others show that it is missing
# Of these: left as drafts, left waiting for the other side, left for the curator to look at.
DRAFTS, SENT, AGREED = 1, 1, 1


async def plan_together(
    database: Database, school: School, life: Callable[[int], Life], pair_ids: Sequence[int], now: datetime
) -> None:
    """The first pairs have a programme: one is a draft, one waits, one is for the curator, the others go on."""
    for place, pair_id in enumerate(pair_ids[:MANY]):
        async with database.reading() as session:
            pair = await pairs.get(session, school.id, pair_id)
            assert pair is not None
            mentor = pairs.present(pair, Side.MENTOR)[0].person_id
        leads = life(mentor)
        leads.answers = {**leads.answers, "sure": "send"}
        await leads.presses(f"f:plan-draft:{pair_id}", now)
        if place < DRAFTS:
            continue
        await leads.presses(f"f:plan-send:{pair_id}", now)
        if place < DRAFTS + SENT:
            continue
        asked = await _agree(database, school, life, pair_id, now)
        if asked and place >= DRAFTS + SENT + AGREED:
            await life(asked[0]).presses(f"f:plan-done:{pair_id}", now)


async def _agree(
    database: Database, school: School, life: Callable[[int], Life], pair_id: int, now: datetime
) -> list[int]:
    """Everybody who is asked says yes; returns who that was."""
    async with database.reading() as session:
        plan = await plans.current(session, school.id, pair_id)
        if plan is None or plan.state != PlanState.SENT:
            return []
        asked = [one.person_id for one in waits_for(plan, plan.pair)]
        press = f"f:plan-agree:{plan.id}.{plan.version}"
    for person_id in asked:
        await life(person_id).presses(press, now)
    return asked
