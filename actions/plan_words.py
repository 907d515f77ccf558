"""What members say beside the agreed programme: a mentee's wish, what came of it in everybody's own words.

Each has words of one's own; nobody else's are replaced by them. The speaker, the mentors and the curator read
them, a mentee's guardian too; the other mentees of a group never do. Nobody has to agree anew.
"""

from __future__ import annotations

from collections.abc import Collection

from actions import journal
from actions import plan_messages as messages
from actions import plans as verbs
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.plans import Said
from program.roles import Side
from storage import meetings
from storage.tables import Pair, PairMember, Plan, PlanWord


async def add_wish(work: Work, person_id: int, plan_id: int, words: str) -> Plan | None:
    """The mentee's own wish stands beside the programme from now on, in place of the mentee's earlier one.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not a mentee who meets now, the programme is over, or the words do not fit.
    """
    if await verbs.alarmed(work, person_id, words):
        return None
    plan = await _for_mentee(work, person_id, plan_id)
    said = rules.words(words, rules.LONGEST_LINE)
    if not said:
        raise Refusal("plan-words-empty")
    await _keep(work, plan, person_id, Said.WISH, said)
    note = {"plan": plan.id, "version": plan.version, "by": person_id}
    await journal.note(work, "plan.wish", f"pair:{plan.pair_id}", after=note)
    await messages.wished(work, plan, plan.pair, person_id, said)
    return plan


async def drop_wish(work: Work, person_id: int, plan_id: int) -> Plan:
    """The mentee takes the own wish back; nobody is told. Raises Refusal as `add_wish`."""
    plan = await _for_mentee(work, person_id, plan_id)
    if (mine := of(plan, person_id, Said.WISH)) is not None:
        await work.session.delete(mine)
        await work.session.flush()
        await work.session.refresh(plan, ["words"])
        note = {"plan": plan.id, "by": person_id}
        await journal.note(work, "plan.wish-dropped", f"pair:{plan.pair_id}", after=note)
    return plan


async def say_result(work: Work, person_id: int, plan_id: int, words: str, advice: str = "") -> Plan | None:
    """What one member says in the end. A mentor's advice: continue, change or finish.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not a member, not agreed yet, or the words do not fit.
    """
    if await verbs.alarmed(work, person_id, words):
        return None
    plan = await verbs.held(work, plan_id)
    _, me = await verbs.mine(work, person_id, plan.pair_id)
    if plan.state not in rules.AGREED:
        raise Refusal("plan-not-agreed-yet" if plan.state in rules.OPEN else "plan-over")
    if advice and advice not in rules.RECOMMENDED:
        raise Refusal("plan-choice-unknown")
    said = rules.words(words, rules.LONGEST_TEXT)
    await _keep(work, plan, person_id, Said.RESULT, said, advice if me.side == Side.MENTOR else "")
    note = {"plan": plan.id, "side": me.side, "by": person_id}
    await journal.note(work, "plan.result", f"pair:{plan.pair_id}", after=note)
    return plan


def of(plan: Plan, person_id: int, kind: Said) -> PlanWord | None:
    """What this member has said."""
    return next((one for one in plan.words if (one.person_id, one.kind) == (person_id, kind)), None)


def those(
    plan: Plan, pair: Pair, kind: Said, side: Side, among: Collection[int] | None = None
) -> list[tuple[PairMember, PlanWord]]:
    """What members of one side have said, in the order of their joining; empty words are left out.

    Args:
        among: only these people; None: everybody who has ever been a member.
    """
    found = []
    for member in sorted(pair.members, key=lambda one: one.id):
        said = of(plan, member.person_id, kind)
        asked = among is None or member.person_id in among
        if said is not None and said.words and member.side == side and asked:
            found.append((member, said))
    return found


def advice_of(plan: Plan, pair: Pair) -> str:
    """The school's recommendation, else what all mentors who said something agree on; "" where they differ."""
    said = {one.advice for _, one in those(plan, pair, Said.RESULT, Side.MENTOR) if one.advice}
    return str(plan.result.get("recommendation", "")) or (said.pop() if len(said) == 1 else "")


def here(pair: Pair) -> set[int]:
    """Whose words belong to the programme now: who meets; of a pair that is over, who was in it to the end."""
    now = meetings.present(pair) or [m for m in pair.members if m.left_at and m.left_at == pair.closed_at]
    return {one.person_id for one in now or pair.members}


async def _for_mentee(work: Work, person_id: int, plan_id: int) -> Plan:
    plan = await verbs.held(work, plan_id)
    _, me = await verbs.mine(work, person_id, plan.pair_id)
    if me.side != Side.MENTEE:
        raise Refusal("plan-for-mentee")
    if plan.state not in rules.OPEN:
        raise Refusal("plan-over")
    return plan


async def _keep(work: Work, plan: Plan, person_id: int, kind: Said, words: str, advice: str = "") -> PlanWord:
    known = of(plan, person_id, kind)
    if known is None:
        known = PlanWord(school_id=work.school.id, plan_id=plan.id, person_id=person_id, kind=kind, words="")
        plan.words.append(known)
    known.words, known.advice, known.at = words, advice, work.now
    await work.session.flush()
    return known
