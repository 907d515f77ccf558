"""Programmes of groups whose members come and go: who no longer blocks them, who has still to be asked or told."""

from __future__ import annotations

from datetime import timedelta

import structlog

from actions import plan_messages as messages
from actions import plans
from actions.plan_store import open_plan
from actions.work import Work
from program.plans import PlanState
from storage import pairs, plan_members

log = structlog.get_logger()

NEW = timedelta(days=14)  # after that a newcomer has surely been told


async def follow(work: Work) -> int:
    """By the clock: agrees where only somebody who has gone was waited for; asks and tells who came later.

    Returns:
        How many programmes were agreed by that.
    """
    found = await plan_members.unsettled(work.session, work.school.id, work.now - NEW)
    # All rows before the first line of the journal, in the order of ids.
    await pairs.lock(work.session, work.school.id, [pair_id for _, pair_id in found])
    agreed = 0
    for plan_id, _ in found:
        plan = await open_plan(work, plan_id)
        if await plans.settle(work, plan):
            agreed += 1
            log.info("plan.settled", plan=plan.id)
        elif plan.state == PlanState.SENT:
            await messages.ask(work, plan, plan.pair, "plan-sent")
        elif plan.state == PlanState.AMENDED:
            await messages.ask(work, plan, plan.pair, "plan-amended")
        await messages.welcome(work, plan, plan.pair, plans.newcomers(plan, plan.pair))
    return agreed
