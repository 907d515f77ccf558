"""What came of the work: before and after side by side, the pulse of pairs, and what is asked by itself."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import comparison_file, comparisons, directories, poll_rules, pulses
from actions.comparisons import Summed
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages.reports import XLSX
from admin.pages.settings import subject
from admin.show import back, file, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, looked, sees
from locales import Texts
from program.comparison import INDICES, SATISFIED
from program.directories import Directory
from program.hiding import ALL, LEAST, Group
from program.ids import id_in
from program.polls import BOUNDS, PULSE_DAYS, TICKS, PollRules
from program.roles import Side
from program.text import Text
from storage import people

router = APIRouter()


@router.get("/comparison", name="comparison")
async def show(
    request: Request,
    staff: Signed,
    work: Reading,
    side: Side = Side.MENTEE,
    number: str = "",
    group: str = "",
) -> Response:
    made = await comparisons.made(work, side)
    chosen = next((one for one in made if str(one.row.number) == number), made[0] if made else None)
    groups = chosen.table.groups() if chosen else []
    at = groups[int(group)] if group.isdecimal() and len(group) < 4 and int(group) < len(groups) else ALL
    asked = await comparisons.questions(work, side) if chosen else []
    items = [one.item for one in asked]
    return page(
        request,
        "comparison/comparison.html",
        work,
        section="comparison",
        side=side,
        sides=tuple(Side),
        made=made,
        chosen=chosen,
        groups=[(number, one, await _name(work, one)) for number, one in enumerate(groups)],
        at=at,
        at_name=await _name(work, at),
        waiting=await comparisons.waiting(work, side),
        least=LEAST,
        satisfied=SATISFIED,
        indices=[
            code for code in INDICES if chosen and any(chosen.table.index(code, items, one) for one in groups)
        ],
        index=(lambda code, one: chosen.table.index(code, items, one)) if chosen else None,
        moved=(lambda code, one: chosen.table.moved(code, items, one)) if chosen else None,
        asked=asked,
        bound=poll_rules.rules_of(work).satisfied_from,
    )


@router.post("/comparison/{side}", name="comparison-make")
async def make(request: Request, staff: Signed, work: Changing, form: Fields, side: Side) -> Response:
    count = await comparisons.waiting(work, side)
    if count >= LEAST:
        asking = sure.asked(
            request,
            form,
            work,
            what=Text("sure-comparison"),
            effect=Text("sure-comparison-effect", {"count": count, "side": side.value}),
            do="sure-comparison-do",
            stay=f"{request.app.url_path_for('comparison')}?side={side.value}",
            section="comparison",
        )
        if asking is not None:
            return asking
    await comparisons.sum_up(work, side)
    return back(request, "comparison", "comparison-made", query=f"side={side.value}")


@router.post("/comparison/{side}/{number}/file", name="comparison-file")
async def download(request: Request, staff: Signed, work: Changing, side: Side, number: int) -> Response:
    chosen = await _made(work, side, number)
    names = {one: await _name(work, one) for one in chosen.table.groups()}
    made, data = comparison_file.file(work, side, chosen, await comparisons.questions(work, side), names)
    return file(data, made, XLSX)


@router.get("/comparison/person/{person_id}", name="comparison-person")
async def person(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    """How one person's answers changed: for the curator and the psychologist."""
    who = await people.get(work.session, person_id)
    if who is None or not sees(staff, who):
        raise HTTPException(404)
    await looked(request, staff, work, "person.changes-opened", f"person:{who.id}")
    return page(
        request,
        "comparison/person.html",
        work,
        section="pulse",
        who=who,
        changes=await comparisons.change_of(work, person_id),
    )


@router.get("/pulse", name="pulse")
async def pulse(request: Request, staff: Signed, work: Reading) -> Response:
    found = await pulses.lines(work)
    await looked(request, staff, work, "pair.pulse-opened", f"school:{work.school.id}")
    return page(
        request,
        "comparison/pulse.html",
        work,
        section="pulse",
        lines=found,
        answered=pulses.answered(found),
        rules=poll_rules.rules_of(work),
        sides=tuple(Side),
    )


@router.get("/polls", name="polls")
async def rules(request: Request, staff: Signed, work: Reading) -> Response:
    return _rules(request, work, Typed.empty(), _editing(work))


@router.post("/polls", name="polls-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return _rules(request, work, typed, editing)
    on = typed.many("on")
    days, bound = id_in(typed.words("pulse_days")), typed.words("satisfied_from")
    usual = poll_rules.rules_of(work)
    await poll_rules.save(
        work,
        PollRules(
            **{name: name in on for name in TICKS},
            pulse_days=days if days in PULSE_DAYS else usual.pulse_days,
            satisfied_from=next((one for one in BOUNDS if str(one) == bound), usual.satisfied_from),
        ),
    )
    return back(request, "polls", "polls-saved")


def _kept(work: Work) -> dict[str, str | list[str]]:
    rules = poll_rules.rules_of(work)
    on = [name for name in TICKS if getattr(rules, name)]
    return {"on": on, "pulse_days": str(rules.pulse_days), "satisfied_from": str(rules.satisfied_from)}


def _editing(work: Work) -> Editing:
    """What is asked by itself, as the form shows it."""
    labels = {"on": "polls-ask", "pulse_days": "polls-pulse-days", "satisfied_from": "polls-satisfied"}
    words = {
        "on": {name: Text(f"polls-{name}") for name in TICKS},
        "pulse_days": {str(one): Text("polls-days", {"days": one}) for one in PULSE_DAYS},
    }
    fields = {name: Field(Text(labels[name]), value, words.get(name)) for name, value in _kept(work).items()}
    return Editing(subject(work), fields)


def _rules(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    kept = _kept(work)
    if typed.problems:
        kept = {"on": typed.many("on"), **{name: typed.words(name) for name in kept if name != "on"}}
    return page(
        request,
        "comparison/rules.html",
        work,
        section="polls",
        status=422 if typed.problems else 200,
        kept=kept,
        ticks=TICKS,
        days=PULSE_DAYS,
        bounds=BOUNDS,
        problems=typed.problems,
        **context(editing, work.now),
    )


async def _made(work: Work, side: Side, number: int) -> Summed:
    for one in await comparisons.made(work, side):
        if one.row.number == number:
            return one
    raise HTTPException(404)


async def _name(work: Work, group: Group) -> str:
    """What a group is called on the page and in the file."""
    kind, one, two = group
    t = Texts("ru")
    if kind == "all":
        return t("compare-all")
    if kind == "class":
        return t("compare-class", name=one)
    if kind == "form":
        return t(work.settings.form_name(one)) if one in work.settings.known_forms else one
    entry = await directories.entry(work, Directory.ROLE_MODEL, two)
    return entry.label.ru if entry else two
