"""«Программы пар»: which are missing, late or wait for a word; one programme with its versions and its document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import (
    mentor_hours,
    mentor_report,
    plan_document,
    plan_drafting,
    plan_numbers,
    plan_paper,
    plan_term,
    plan_words,
    plans,
)
from actions.accounts import Staff
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.journal_words import names_of
from admin.listing import Source, download, view
from admin.lists import plans as table_of
from admin.lists.plans import Row
from admin.pages.matching import get
from admin.show import back, file, page
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed, house, words
from locales import Texts, has
from program import plans as rules
from program.errors import Refusal
from program.ids import id_in
from program.plan_templates import template_of
from program.plans import Content, PlanState, Present, Said, Way
from program.roles import Side
from program.text import Text
from storage import pairs as pair_rows
from storage import plans as rows
from storage.tables import Pair, Plan

router = APIRouter(prefix="/plans")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWS = ("all", "none", "draft", "waits", "see", "late", "done")
READ_FIELDS = {"plan-choice-unknown": "way", "plan-day-ahead": "held_on"}  # where a refusal stands
USUAL = 4  # ready sentences of each kind in a draft that the school begins


@router.get("", name="plans")
async def all_plans(request: Request, staff: Signed, work: Reading) -> Response:
    show, found = _show(request), await listed(work)
    return page(
        request,
        "plans/plans.html",
        work,
        section="plans",
        show=show,
        shows=SHOWS,
        counts={name: sum(_matches(name, one) for one in found) for name in SHOWS},
        view=await view(request, staff, work, *_table(work, show, found)),
    )


@router.post("/file", name="plans-file")
async def plans_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[Row], Source[Row]]:
        return _table(work, _show(request), await listed(work))

    return await download(request, staff, built)


def _show(request: Request) -> str:
    asked = request.query_params.get("show", "all")
    return asked if asked in SHOWS else "all"


def _table(work: Work, show: str, found: list[Row]) -> tuple[Table[Row], Source[Row]]:
    return table_of.built(work, show, [one for one in found if _matches(show, one)])


@router.get("/{pair_id}", name="plan")
async def one(request: Request, staff: Signed, work: Reading, pair_id: int) -> Response:
    return await shown(request, staff, work, await get(work, pair_id), Typed.empty())


async def shown(
    request: Request,
    staff: Staff,
    work: Work,
    pair: Pair,
    typed: Typed,
    *,
    reading: bool = False,
    finishing: bool = False,
) -> Response:
    """The programme's page.

    Args:
        typed: what could not be taken as it came: an achievement, or
        reading, finishing: how the pair got to know the programme, what came of it.
    """
    plan = await _asked(request, work, pair)
    return page(
        request,
        "plans/plan.html",
        work,
        section="plans",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        reading=reading,
        finishing=finishing,
        pair=pair,
        plan=plan,
        label=name_of(pair),
        pupil=rules.is_for_pupil(pair.form),
        at_work=pair.status in plans.AT_WORK,
        ways=tuple(Way),
        presents=tuple(Present),
        advice=rules.RECOMMENDED,
        kinds=rules.ACHIEVEMENTS,
        levels=rules.LEVELS,
        outcomes=rules.OUTCOMES,
        **(await _whole(work, plan, pair, own_words=_reads_own_words(staff)) if plan else {}),
    )


@router.post("/{pair_id}/start", name="plan-start")
async def start(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    """A draft of the form's usual words: the mentor, or the curator with the mentor, goes on with it."""
    pair = await get(work, pair_id)
    if pair.status not in plans.AT_WORK:
        raise Refusal("plan-pair-over")
    ready = template_of(pair.form)
    chosen = plan_drafting.Chosen(
        goal=ready.ready["goal"][0].code,
        problem=ready.ready["problem"][0].code,
        tasks=[one.code for one in ready.ready["tasks"][:USUAL]],
        directions=ready.directions[:2],
        events=[one.code for one in ready.suited(ready.directions[:2])],
        planned=[one.code for one in ready.ready["planned"][:2]],
    )
    await plans.begin(work, pair, *plan_drafting.compose(work, pair, chosen))
    return back(request, "plan-edit", pair_id=pair_id)


@router.post("/{pair_id}/send", name="plan-send")
async def send(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    plan = await current(work, pair_id)
    await plans.send(work, plan.id)
    return back(request, "plan", "plan-sent", pair_id=pair_id)


@router.post("/{pair_id}/yes", name="plan-yes")
async def yes(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    """A «yes» said in person or signed on paper."""
    plan = await current(work, pair_id)
    await plans.note_spoken(work, plan.id, id_in(words(form, "person", 15)) or 0)
    return back(request, "plan", "plan-yes", pair_id=pair_id)


@router.post("/{pair_id}/read", name="plan-read")
async def read(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    plan = await current(work, pair_id)
    if plan.state not in (*rules.AGREED, PlanState.COMPLETED):  # then the page has no such form
        raise Refusal("plan-not-agreed-yet")
    typed = Typed(form, house(request).texts)
    held_on = typed.day("held_on") if typed.words("held_on") else work.today
    if held_on is not None:
        try:
            async with work.session.begin_nested():  # of what is refused nothing stays
                await plan_term.acknowledge(work, plan.id, typed.words("way"), typed.many("present"), held_on)
        except Refusal as refusal:
            typed.refused(READ_FIELDS.get(refusal.text.id, "way"), refusal)
    if typed.problems:
        return await shown(request, staff, work, await get(work, pair_id), typed, reading=True)
    return back(request, "plan", "plan-read", pair_id=pair_id)


@router.post("/{pair_id}/finish", name="plan-finish")
async def finish(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    plan = await current(work, pair_id)
    if plan.state == PlanState.COMPLETED:  # then the page has no such form
        raise Refusal("plan-over")
    typed = Typed(form, house(request).texts)
    achieved, advice = typed.text("achieved", rules.LONGEST_TEXT), typed.words("recommendation")
    if advice not in ("", *rules.RECOMMENDED):
        typed.wrong("recommendation", "admin-field-choose")
    if typed.problems:
        return await shown(request, staff, work, await get(work, pair_id), typed, finishing=True)
    await plan_term.complete(work, plan.id, achieved, advice)
    return back(request, "plan", "plan-finish", pair_id=pair_id)


@router.post("/{pair_id}/file", name="plan-file")
async def document(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    await get(work, pair_id)
    known = {str(plan.number): plan for plan in await rows.all_of(work.session, work.school.id, pair_id)}
    plan = known.get(words(form, "number", 4)) or await current(work, pair_id)
    alone = id_in(words(form, "person", 15)) or 0
    own_words = _reads_own_words(staff)
    name, data = await plan_document.build(work, plan.id, alone=alone, own_words=own_words)
    return file(data, name, DOCX)


@router.post("/{pair_id}/report", name="plan-report")
async def report(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    """The mentor's report, filled in from the programme and the diary."""
    plan = await current(work, pair_id)
    name, data = await mentor_report.build(work, plan.id, own_words=_reads_own_words(staff))
    return file(data, name, DOCX)


async def listed(work: Work) -> list[Row]:
    """Every pair at work of the year: what stands latest needs a look first."""
    found = await pair_rows.board(work.session, work.school.id, work.settings.year, None, plans.AT_WORK)
    known = await rows.of_pairs(work.session, work.school.id, [pair.id for pair in found])
    listed_rows = []
    for pair in found:
        plan = known.get(pair.id)
        waits = tuple(m.person.full_name for m in plans.waits_for(plan, pair)) if plan else ()
        numbers = plan_numbers.of_plan(plan, work.today) if plan else None
        weight = _weight(plan, numbers)
        listed_rows.append(Row(pair, plan, numbers, waits, name_of(pair), weight))
    return sorted(listed_rows, key=lambda one: (one.weight, one.pair.id))


async def current(work: Work, pair_id: int) -> Plan:
    """Raises Refusal when the pair has no programme yet, 404 when there is no such pair here."""
    await get(work, pair_id)
    plan = await rows.current(work.session, work.school.id, pair_id)
    if plan is None:
        raise Refusal("plan-none-yet")
    return plan


def name_of(pair: Pair) -> str:
    """A group's title, else the names of both sides."""
    if pair.is_group and pair.title:
        return pair.title
    here = pair_rows.present(pair) or sorted(pair.members, key=lambda one: (one.side != Side.MENTOR, one.id))
    return " – ".join(one.person.full_name for one in here)


def _weight(plan: Plan | None, numbers: plan_numbers.Numbers | None) -> int:
    order = ("see", "late", "waits", "none", "draft")
    return next((place for place, name in enumerate(order) if _fits(name, plan, numbers)), len(order))


def _matches(show: str, row: Row) -> bool:
    return _fits(show, row.plan, row.numbers)


def _fits(show: str, plan: Plan | None, numbers: plan_numbers.Numbers | None) -> bool:
    state = plan.state if plan else None
    match show:
        case "none":
            return plan is None
        case "draft":
            return state == PlanState.DRAFT
        case "waits":
            return state in rules.AWAITS
        case "see":
            return state == PlanState.AGREED
        case "late":
            return numbers is not None and numbers.late > 0
        case "done":
            return state == PlanState.COMPLETED
        case _:
            return True


async def _asked(request: Request, work: Work, pair: Pair) -> Plan | None:
    """The programme of the number in the address, else the newest."""
    number = request.query_params.get("number", "")
    everything = await rows.all_of(work.session, work.school.id, pair.id)
    wanted = next((one for one in everything if str(one.number) == number), None)
    return wanted or (everything[-1] if everything else None)


def _reads_own_words(staff: Signed) -> bool:
    """What a mentee says beside the programme is read by the curator; the director approves what was agreed."""
    return may(staff.role, "plan-yes")


async def _whole(work: Work, plan: Plan, pair: Pair, *, own_words: bool) -> dict[str, Any]:
    words_of = plan_paper.shown(pair, own_words=own_words).words if not own_words else None
    versions = await rows.versions(work.session, plan.id)
    before = {one.number: one.content for one in versions}
    amendments = await rows.amendments(work.session, plan.id)
    return {
        "content": Content.read(plan.content),
        "numbers": await plan_numbers.of_pair(work, plan),
        "short": rules.is_short(plan.starts_on, plan.ends_on),
        "waits": plans.waits_for(plan, pair),
        "newcomers": plans.newcomers(plan, pair),
        "own_words": own_words,
        "wishes": plan_words.those(plan, pair, Said.WISH, Side.MENTEE) if own_words else [],
        "results": [(side, plan_words.those(plan, pair, Said.RESULT, side, words_of)) for side in Side],
        "facts": {
            item.id: [one for one in item.facts if words_of is None or one.person_id in words_of]
            for item in plan.items
        },
        "names": {one.person_id: one.person.full_name for one in pair.members},
        "copies": pair_rows.present(pair, Side.MENTEE) if pair.is_group else [],
        "read": await rows.acknowledgements(work.session, plan.id),
        "amendments": amendments,
        "versions": [
            (
                one,
                plan_numbers.differences(before.get(one.number - 1, {}), one.content)
                if one.number > 1
                else [],
            )
            for one in versions
        ],
        "actors": await names_of(work, [one.author for one in versions]),
        "goals": await rows.goals(work.session, pair.id),
        "sides": {one.person_id: one.side for one in pair.members},
        "won": await rows.achievements(work.session, pair.id),
        "projects": await rows.projects(work.session, pair.id),
        "others": [
            one for one in await rows.all_of(work.session, work.school.id, pair.id) if one.id != plan.id
        ],
        "clock": plan_paper.clock,
        "months": await _months(work, pair.id),
        "said": _said,
        "overdue": lambda item: rules.is_overdue(item.due_on, item.done_on, work.today),
        "advised": plan_words.advice_of(plan, pair),
        "open_to_end": rules.PLAN.may(plan.state, PlanState.COMPLETED) and plan.state != PlanState.COMPLETED,
        "agreed": plan.state in (*rules.AGREED, PlanState.COMPLETED),
    }


async def _months(work: Work, pair_id: int) -> list[tuple[str, int]]:
    """(month in words, minutes of the mentors) of this month and the two before it, where there are any."""
    found = []
    last = work.today
    for _ in range(3):
        first = last.replace(day=1)
        spent = (await mentor_hours.load(work, pair_id, first, last)).whole
        if spent:
            found.append((f"{first:%m.%Y}", spent))
        last = first - timedelta(days=1)
    return found


def _said(code: str) -> str:
    """The name of a changed section."""
    text = f"plans-section-{code}"
    return Texts()(Text(text)) if has(text) else code
