"""The term and the end of a programme: it follows the pair's last day; the school's look at it and its close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from actions import journal
from actions import plans as verbs
from actions.plan_items import begin_work
from actions.plan_store import keep_version
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.pair_life import By, Wish
from program.plans import PLAN, AmendmentState, PlanState, Present, Way
from storage import meetings
from storage import plans as rows
from storage.tables import Pair, Plan, PlanAcknowledgement, PlanAmendment


async def follow_end(work: Work, pair: Pair, wish: Wish, before: date | None, until: date) -> None:
    """Another last day of the held pair, wished by both sides, is that of its programme as well.

    The amendment names whose wish it was and carries what both said (S004-23); without a request the
    curator has talked to both.
    """
    plan = await rows.current(work.session, work.school.id, pair.id)
    if plan is None or plan.state not in rules.OPEN or plan.ends_on == until:
        return
    if plan.state in rules.AGREED:
        await _amend(work, pair, plan, wish, before, until)
    plan.ends_on = until
    await keep_version(work, plan, ("term",))
    plan.said = rules.carried(plan.said, plan.version - 1, plan.version)


async def _amend(work: Work, pair: Pair, plan: Plan, wish: Wish, before: date | None, until: date) -> None:
    asked = await rows.granted(work.session, pair.id, wish, work.now)
    members = [one.person_id for one in meetings.present(pair)]
    amendment = PlanAmendment(
        school_id=work.school.id, plan_id=plan.id, version=plan.version + 1, at=work.now,
        initiator=asked.side if asked else By.CURATOR, kind=wish, what=["term"], ends_before=plan.ends_on or before,
        ends_on=until, said=dict(asked.said) if asked else {str(key): "yes" for key in members},
        state=AmendmentState.ACCEPTED, closed_at=work.now, request_id=asked.id if asked else None,
    )  # fmt: skip
    work.session.add(amendment)


async def acknowledge(
    work: Work, plan_id: int, way: str, present: Iterable[str], held_on: date
) -> PlanAcknowledgement:
    """Writes down how the pair got to know the version that stands now, and who was there. agreed → work.

    Source: S004-03, S004-04; the curator is present or informed.

    Raises:
        Refusal: both sides have not agreed yet, no such way, or a day ahead.
    """
    plan = await verbs.held(work, plan_id)
    if plan.state not in (*rules.AGREED, PlanState.COMPLETED):
        raise Refusal("plan-not-agreed-yet")
    if way not in tuple(Way):
        raise Refusal("plan-choice-unknown")
    if held_on > work.today:
        raise Refusal("plan-day-ahead")
    here = [one.value for one in Present if one in set(present)]
    known = next(
        (one for one in await rows.acknowledgements(work.session, plan.id) if one.version == plan.version),
        None,
    )
    if known is None:
        known = PlanAcknowledgement(
            school_id=work.school.id, plan_id=plan.id, version=plan.version, at=work.now
        )
        work.session.add(known)
    known.way, known.held_on, known.present = way, held_on, here
    known.noted_by, known.at = work.actor, work.now
    await begin_work(work, plan)
    note = {"plan": plan.id, "version": plan.version, "way": way, "present": here}
    await journal.note(work, "plan.acknowledged", f"pair:{plan.pair_id}", after=note)
    return known


async def complete(work: Work, plan_id: int, achieved: str, recommendation: str) -> Plan:
    """The curator closes the programme with what was achieved; also of a pair that is over.

    Raises:
        Refusal: never agreed to, closed before, or the words are too long.
    """
    plan = await verbs.held(work, plan_id)
    before = PlanState(plan.state)
    if before is PlanState.COMPLETED:
        raise Refusal("plan-over")
    PLAN.require(before, PlanState.COMPLETED)
    if recommendation not in ("", *rules.RECOMMENDED):
        raise Refusal("plan-choice-unknown")
    if before is PlanState.AMENDED and (waits := await rows.open_amendment(work.session, plan.id)):
        waits.state, waits.closed_at = AmendmentState.DECLINED, work.now
    result = {"achieved": rules.words(achieved, rules.LONGEST_TEXT), "recommendation": recommendation}
    plan.result = {**plan.result, **{name: value for name, value in result.items() if value}}
    plan.state, plan.finished_at = PlanState.COMPLETED, work.now
    done, whole = rules.progress(one.done_on for one in plan.items)
    note = {"plan": plan.id, "done": done, "events": whole}
    await journal.note(work, "plan.completed", f"pair:{plan.pair_id}", {"state": before}, note)
    return plan
