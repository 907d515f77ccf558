"""The programme of a pair: drafted by the mentor, read and agreed to by the other side, changed by both.

Every save is a version with its author and day. The words are the pair's; the journal holds states and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import structlog

from actions import journal
from actions import plan_messages as messages
from actions.care import ask_for_help
from actions.plan_store import items_of, keep_version, lost, open_plan, put_items, snapshot
from actions.work import Work
from program import plans as rules
from program.danger import find
from program.errors import Refusal
from program.pair_life import latest_end
from program.plans import PLAN, AmendmentState, Content, Item, PlanState
from program.roles import Side
from program.states import PairStatus
from storage import meetings, pairs
from storage import plans as rows
from storage.consent_lists import PAUSED_FOR
from storage.tables import Pair, PairMember, Plan, PlanAmendment

log = structlog.get_logger()

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)


async def alarmed(work: Work, person_id: int, *words: str) -> bool:
    """Whether the words sound as if somebody needed help: then grown-ups of the school read them, nobody else."""
    unsafe = [one for one in words if find(one) is not None]
    if unsafe:
        await ask_for_help(work, person_id, "\n".join(unsafe), urgent=True)
    return bool(unsafe)


async def mine(work: Work, person_id: int, pair_id: int, side: Side | None = None) -> tuple[Pair, PairMember]:
    """The held pair at work and the person's place in it.

    Raises:
        Refusal: not a member who meets now, the pair is over, waits for a consent, or is led from another side.
    """
    held = await pairs.lock(work.session, work.school.id, [pair_id])
    me = (
        next((one for one in meetings.present(held[0]) if one.person_id == person_id), None) if held else None
    )
    if me is None:
        raise Refusal("plan-not-yours")
    pair = held[0]
    if pair.status not in AT_WORK or pair.paused_for == PAUSED_FOR:
        raise Refusal("plan-pair-over")
    if side is not None and me.side != side:
        raise Refusal("plan-for-mentor")
    return pair, me


async def begin(
    work: Work, pair: Pair, content: Content, items: Sequence[Item], starts_on: date, ends_on: date
) -> Plan:
    """A draft for a held pair. Asked again while one is open, the open one is changed.

    Raises:
        Refusal: something does not fit (`program.plans.checked`), or the term.
    """
    content, items = rules.checked(content, pair.form), rules.checked_items(items, pair.form)
    rules.require_term(starts_on, ends_on)
    before = await rows.current(work.session, work.school.id, pair.id)
    if before is not None and before.state in rules.OPEN:
        return await change(work, before.id, content, items, before.version, term=(starts_on, ends_on))
    plan = Plan(
        school_id=work.school.id, pair_id=pair.id, number=before.number + 1 if before else 1, state=PlanState.DRAFT,
        content=content.to_json(), starts_on=starts_on, ends_on=ends_on, version=0, created_at=work.now,
        created_by=work.actor,
    )  # fmt: skip
    work.session.add(plan)
    await work.session.flush()
    plan = await open_plan(work, plan.id)
    await put_items(work, plan, items)
    await keep_version(work, plan, ("begun",))
    await journal.note(work, "plan.begun", f"pair:{pair.id}", after={"plan": plan.id, "events": len(items)})
    log.info("plan.begun", plan=plan.id, pair=pair.id)
    return plan


async def change(
    work: Work,
    plan_id: int,
    content: Content,
    items: Sequence[Item] | None,
    seen: int,
    *,
    by: str = Side.MENTOR,
    term: tuple[date, date] | None = None,
) -> Plan:
    """Another version. A draft simply changes; at work both sides have to agree, but not about the rhythm.

    Args:
        items: all events in their order; None leaves them.
        seen: the version that was looked at.
        by: whose wish it is: a side, or `curator`.
        term: first and last day, of a draft only: later the pair's own end decides.

    Raises:
        Refusal: somebody was quicker, an earlier change waits, the programme is over, something does not fit, or
            what both sides have agreed to would lose its goal or its last event.
    """
    plan = await held(work, plan_id, seen)
    if plan.state not in rules.OPEN:
        raise Refusal("plan-over")
    if plan.state == PlanState.AMENDED:
        raise Refusal("plan-change-waits")
    form = plan.pair.form
    content = rules.checked(content, form)
    what = list(rules.changed(Content.read(plan.content), content))
    checked = rules.checked_items(items, form) if items is not None else None
    if plan.state in rules.AGREED:
        rules.require_ready(content, plan.items if checked is None else checked)
    if checked is not None and snapshot(plan)["items"] != snapshot(plan, checked)["items"]:
        what.append("events")
        if plan.state in rules.AGREED and lost(plan, checked):
            raise Refusal("plan-event-done")
    if term is not None and plan.state in (PlanState.DRAFT, PlanState.SENT):
        rules.require_term(*term)
        if term != (plan.starts_on, plan.ends_on):
            what.append("term")
            plan.starts_on, plan.ends_on = term
    if not what:
        return plan
    before = PlanState(plan.state)
    plan.content = content.to_json()
    if "events" in what and checked is not None:
        await put_items(work, plan, checked)
    await keep_version(work, plan, what)
    if before in (PlanState.DRAFT, PlanState.SENT):
        plan.state, plan.said = PlanState.DRAFT, {}
    elif rules.is_light(what):
        plan.said = rules.carried(plan.said, plan.version - 1, plan.version)
        await _amend(work, plan, by, "rhythm", what, AmendmentState.ACCEPTED)
    else:
        plan.state = PlanState.AMENDED
        plan.said = {**plan.said, **({_author(work): plan.version} if _author(work) else {})}
        await _amend(work, plan, by, "content", what, AmendmentState.PROPOSED)
    note = {"plan": plan.id, "version": plan.version, "what": what}
    await journal.note(work, "plan.changed", f"pair:{plan.pair_id}", {"state": before}, note)
    if plan.state == PlanState.AMENDED:
        await messages.ask(work, plan, plan.pair, "plan-amended")
    elif before in rules.AGREED:
        await messages.tell_others(work, plan, plan.pair, "plan-rhythm-changed", but=work.actor)
    return plan


async def send(work: Work, plan_id: int, *, author: int = 0) -> Plan:
    """draft → sent: the other side is asked to read it.

    Args:
        author: the mentor who sends it has agreed by that; 0: the curator sends it, both sides are asked.

    Raises:
        Refusal: not a draft, there is no goal or no event in it, or the author does not lead the pair.
    """
    plan = await held(work, plan_id)
    if author:
        await mine(work, author, plan.pair_id, Side.MENTOR)
    if plan.state == PlanState.SENT:
        return plan
    PLAN.require(plan.state, PlanState.SENT)
    rules.require_ready(Content.read(plan.content), plan.items)
    plan.state, plan.sent_at = PlanState.SENT, work.now
    plan.said = {str(author): plan.version} if author else {}
    await journal.note(
        work, "plan.sent", f"pair:{plan.pair_id}", after={"plan": plan.id, "version": plan.version}
    )
    await messages.ask(work, plan, plan.pair, "plan-sent")
    return plan


async def agree(work: Work, person_id: int, plan_id: int, seen: int) -> Plan:
    """«Согласиться»; once everybody has, it is agreed or the change holds. A second press changes nothing.

    Raises:
        Refusal: not a member, another version stands now, or nothing is asked.
    """
    plan = await _asked(work, plan_id, seen)
    await mine(work, person_id, plan.pair_id)
    return await _say_yes(work, plan, person_id)


async def note_spoken(work: Work, plan_id: int, person_id: int) -> Plan:
    """The curator writes down a «yes» said in person or signed on paper. Raises Refusal as `agree`."""
    plan = await _asked(work, plan_id)
    if person_id not in {one.person_id for one in meetings.present(plan.pair)}:
        raise Refusal("plan-not-yours")
    return await _say_yes(work, plan, person_id)


async def object_to(work: Work, person_id: int, plan_id: int, seen: int, words: str = "") -> Plan | None:
    """«Предложить изменение»: a sent programme is a draft again; a change at work is taken back.

    Of one that everybody has agreed to only the mentors are told: it holds until they change it.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: as `agree`, or the words do not fit.
    """
    if await alarmed(work, person_id, words):
        return None
    said = rules.words(words, rules.LONGEST_LINE)
    plan = await _asked(work, plan_id, seen)
    await mine(work, person_id, plan.pair_id)
    before = PlanState(plan.state)
    if before is PlanState.SENT:
        plan.state, plan.said = PlanState.DRAFT, {}
    elif before is PlanState.AMENDED:
        await _take_back(work, plan, person_id)
    note = {"plan": plan.id, "version": seen, "by": person_id}
    await journal.note(work, "plan.objected", f"pair:{plan.pair_id}", {"state": before}, note)
    changed = before in rules.AWAITS
    await messages.objected(work, plan, plan.pair, person_id, said, everybody=changed)
    return plan


def waits_for(plan: Plan, pair: Pair) -> list[PairMember]:
    """Members of now who have not said yes to this version; none where nothing is asked.

    Who has left, is away or waits outside for a consent is not waited for.
    """
    if plan.state not in rules.AWAITS:
        return []
    return [one for one in meetings.present(pair) if plan.said.get(str(one.person_id)) != plan.version]


def newcomers(plan: Plan, pair: Pair) -> list[PairMember]:
    """Members of now who joined after it was agreed and have not said yes; the programme holds meanwhile."""
    if plan.state not in (PlanState.AGREED, PlanState.WORK):
        return []
    return [one for one in meetings.present(pair) if str(one.person_id) not in plan.said]


async def settle(work: Work, plan: Plan) -> bool:
    """Agrees where the last one who was waited for is no longer there; the pair is held. Whether it did."""
    here = meetings.present(plan.pair)
    both = {one.side for one in here} == set(Side)
    if plan.state not in rules.AWAITS or not both or waits_for(plan, plan.pair):
        return False
    await _conclude(work, plan)
    return True


async def held(work: Work, plan_id: int, seen: int | None = None) -> Plan:
    """The programme as it is now, its pair held until the transaction ends.

    Raises:
        Refusal: there is none, or it is no longer the version that was seen.
    """
    pair_id = await rows.pair_of(work.session, work.school.id, plan_id)
    if pair_id is None:
        raise Refusal("plan-not-yours")
    await pairs.lock(work.session, work.school.id, [pair_id])
    plan = await open_plan(work, plan_id)
    if seen is not None and seen != plan.version:
        raise Refusal("plan-changed-meanwhile")
    return plan


async def _asked(work: Work, plan_id: int, seen: int | None = None) -> Plan:
    plan = await held(work, plan_id)
    if plan.state in rules.AGREED and plan.state != PlanState.AMENDED and seen in (None, plan.version):
        return plan  # pressed once more: `_say_yes` finds everything said
    if plan.state not in rules.AWAITS:
        raise Refusal("plan-nothing-asked")
    if seen is not None and seen != plan.version:
        raise Refusal("plan-changed-meanwhile")
    return plan


async def _say_yes(work: Work, plan: Plan, person_id: int) -> Plan:
    new = person_id in {one.person_id for one in newcomers(plan, plan.pair)}
    if plan.said.get(str(person_id)) == plan.version or not (new or plan.state in rules.AWAITS):
        return plan
    plan.said = {**plan.said, str(person_id): plan.version}
    after = {"plan": plan.id, "version": plan.version, "person": person_id}
    await journal.note(work, "plan.said-yes", f"pair:{plan.pair_id}", after=after)
    if not new and not waits_for(plan, plan.pair):
        await _conclude(work, plan)
    return plan


async def _conclude(work: Work, plan: Plan) -> None:
    """Everybody of now has said yes: it is agreed, or the change holds."""
    if plan.state == PlanState.SENT:
        plan.state, plan.agreed_at = PlanState.AGREED, work.now
        await _agree_on_end(work, plan)
    else:
        amendment = await rows.open_amendment(work.session, plan.id)
        if amendment is not None:
            amendment.state, amendment.closed_at = AmendmentState.ACCEPTED, work.now
            amendment.said = _yes(plan)
        plan.state = PlanState.WORK if plan.begun_at else PlanState.AGREED
    await journal.note(
        work, "plan.agreed", f"pair:{plan.pair_id}", after={"plan": plan.id, "state": plan.state}
    )
    await messages.tell_others(work, plan, plan.pair, "plan-agreed", but=work.actor)


async def _agree_on_end(work: Work, plan: Plan) -> None:
    """A pair without an agreed last day gets that of the programme: both sides have just said yes to it."""
    pair = plan.pair
    if pair.ends_on is None:
        pair.ends_on = min(plan.ends_on, latest_end(pair.starts_on or plan.starts_on))
        after = {"ends_on": pair.ends_on.isoformat(), "plan": plan.id}
        await journal.note(work, "pair.end-agreed", f"pair:{pair.id}", {"ends_on": None}, after)


async def _take_back(work: Work, plan: Plan, person_id: int) -> None:
    """The version before the change stands again, as a new version."""
    amendment = await rows.open_amendment(work.session, plan.id)
    base = amendment.version - 1 if amendment is not None else plan.version
    before = await rows.version(work.session, plan.id, base)
    if amendment is not None:
        amendment.state, amendment.closed_at = AmendmentState.DECLINED, work.now
        amendment.said = _yes(plan) | {str(person_id): "no"}
    if before is not None and before.content:
        stored = before.content
        plan.content = dict(stored["content"])
        items = [
            Item(**{**one, "due_on": date.fromisoformat(one["due_on"]) if one["due_on"] else None})
            for one in stored["items"]
        ]
        done = {row.id for row in lost(plan, items)}  # meanwhile: what has happened stays
        items += [one for one, row in zip(items_of(plan), plan.items, strict=True) if row.id in done]
        await put_items(work, plan, items)
    await keep_version(work, plan, ("taken-back",))
    plan.state = PlanState.WORK if plan.begun_at else PlanState.AGREED
    # Not of everybody here: who has joined meanwhile has still to say something.
    plan.said = dict.fromkeys(plan.said, plan.version)


async def _amend(
    work: Work, plan: Plan, by: str, kind: str, what: Iterable[str], state: AmendmentState
) -> PlanAmendment:
    amendment = PlanAmendment(
        school_id=work.school.id, plan_id=plan.id, version=plan.version, at=work.now, initiator=by, kind=kind,
        what=list(what), said=_yes(plan) if state is AmendmentState.PROPOSED else {},
        state=state, closed_at=work.now if state is AmendmentState.ACCEPTED else None,
    )  # fmt: skip
    work.session.add(amendment)
    await work.session.flush()
    return amendment


def _yes(plan: Plan) -> dict[str, str]:
    """Who has agreed to the version that stands now, as an amendment keeps it."""
    return {key: "yes" for key, version in plan.said.items() if version == plan.version}


def _author(work: Work) -> str:
    """The member's id where a participant acts; "" for the school's accounts."""
    kind, _, key = work.actor.partition(":")
    return key if kind == "person" else ""
