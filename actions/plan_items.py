"""Events of a programme at work: done in one press, a line about it if somebody likes, one more event."""

from __future__ import annotations

from actions import journal
from actions import plans as verbs
from actions.plan_store import items_of
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.plans import PLAN, Content, Item, PlanState
from program.roles import Side
from storage import plans as rows
from storage.tables import PairMember, Plan, PlanFact, PlanItem


async def mark(work: Work, person_id: int, item_id: int, *, done: bool = True) -> PlanItem:
    """«Сделано», or taken back. The first one begins the work.

    What members have said of it stays: each can say it anew. A mark is taken back by whoever set it, or a mentor.

    Raises:
        Refusal: not a member, the programme is not agreed or over, or another mentee has set the mark.
    """
    plan, item, me = await _item(work, person_id, item_id)
    if (item.done_on is not None) == done:
        return item
    if not done and item.done_by != person_id and me.side != Side.MENTOR:
        raise Refusal("plan-mark-of-another")
    before = {"done": item.done_on is not None}
    item.done_on, item.done_by = (work.today, person_id) if done else (None, None)
    if not done and (mine := fact_of(item, person_id)) is not None:
        item.facts.remove(mine)
    await begin_work(work, plan)
    note = {"plan": plan.id, "event": item.number, "done": done}
    await journal.note(work, "plan.event", f"pair:{plan.pair_id}", before, note)
    return item


async def tell_fact(work: Work, person_id: int, item_id: int, grade: str, words: str = "") -> PlanItem | None:
    """How an event that is done went for this member: one of `GRADES`, and a line. Others' words stay.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: as `mark`, the event is not done, or the words do not fit.
    """
    if await verbs.alarmed(work, person_id, words):
        return None
    plan, item, _ = await _item(work, person_id, item_id)
    if item.done_on is None or (grade and grade not in rules.GRADES):
        raise Refusal("plan-not-done-yet")
    said = rules.words(words)
    known = fact_of(item, person_id)
    if known is None:
        known = PlanFact(school_id=work.school.id, item_id=item.id, person_id=person_id, words="")
        item.facts.append(known)
    known.grade, known.words, known.at = grade, said or known.words, work.now
    await work.session.flush()
    note = {"plan": plan.id, "event": item.number, "grade": grade, "by": person_id}
    await journal.note(work, "plan.fact", f"pair:{plan.pair_id}", after=note)
    return item


async def add(work: Work, person_id: int, plan_id: int, item: Item, seen: int) -> Plan | None:
    """One more event at the end, by the mentor; at work the other side is asked. As `tell_fact`."""
    if await verbs.alarmed(work, person_id, item.event):
        return None
    plan = await verbs.held(work, plan_id, seen)
    await verbs.mine(work, person_id, plan.pair_id, Side.MENTOR)
    listed = [*items_of(plan), item]
    return await verbs.change(work, plan_id, Content.read(plan.content), listed, seen)


async def begin_work(work: Work, plan: Plan) -> None:
    """agreed → work."""
    if plan.state == PlanState.AGREED:
        PLAN.require(plan.state, PlanState.WORK)
        plan.state, plan.begun_at = PlanState.WORK, work.now
        await journal.note(work, "plan.at-work", f"pair:{plan.pair_id}", after={"plan": plan.id})


def fact_of(item: PlanItem, person_id: int) -> PlanFact | None:
    """How the event went for this member."""
    return next((one for one in item.facts if one.person_id == person_id), None)


async def _item(work: Work, person_id: int, item_id: int) -> tuple[Plan, PlanItem, PairMember]:
    plan_id = await rows.plan_of_item(work.session, work.school.id, item_id)
    if plan_id is None:
        raise Refusal("plan-event-gone")
    plan = await verbs.held(work, plan_id)
    _, me = await verbs.mine(work, person_id, plan.pair_id)
    if plan.state not in rules.AGREED:
        raise Refusal("plan-not-agreed-yet" if plan.state in rules.OPEN else "plan-over")
    return plan, next(one for one in plan.items if one.id == item_id), me
