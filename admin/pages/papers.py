"""Making a document from its template: what has to be chosen, then the file; the letterhead; numbers given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import award_facts, made_documents, own_templates, paper_values, school_settings
from actions.awards_reading import with_people
from actions.made_documents import WORD, Wanted
from actions.pages import PDF
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, file, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.ids import id_in
from program.letterhead import LONGEST, Letterhead
from program.names import folded
from program.roles import Side
from program.templates import BY_CODE, Pick, Template
from program.text import Text
from storage import awards as lists
from storage import gatherings
from storage import own_templates as rows
from storage import pairs as pair_rows
from storage.tables import Pair

router = APIRouter(prefix="/documents")

CHANGES = ("replace", "prolong", "end", "leave")
SHOWN = 300  # numbers on the page
MOST = 1500  # people in one list; of more a class is chosen, or the way leads from a card
FIELDS = {
    "templates-no-pair": "pair", "templates-no-plan": "pair", "templates-no-period": "first", "templates-no-awards": "first",
    "templates-no-gathering": "gathering", "templates-no-change": "change", "templates-no-other": "other", "templates-no-leaver": "leaver",
    "templates-no-until": "last", "templates-nobody": "whom", "templates-many": "whom", "templates-no-pairs": "form",
}  # fmt: skip


@router.get("/make/{paper}", name="paper-make")
async def choose(request: Request, staff: Signed, work: Reading, paper: str) -> Response:
    return await _form(request, work, _template(paper), Typed.empty())


@router.post("/make/{paper}", name="paper-take")
async def make(request: Request, staff: Signed, work: Changing, form: Fields, paper: str) -> Response:
    """The file; that it was made and under which number is written down in the same transaction."""
    template = _template(paper)
    typed = Typed(form, house(request).texts)
    wanted = await _wanted(work, template, typed)
    if not typed.problems:
        try:
            async with work.session.begin_nested():  # of what is refused nothing stays
                own_words = may(staff.role, "plan-yes")
                name, data = await made_documents.make(work, replace(wanted, own_words=own_words))
        except Refusal as refusal:
            typed.refused(FIELDS.get(refusal.text.id, "number"), refusal)
        else:
            return file(data, name, PDF if wanted.pdf else WORD)
    return await _form(request, work, template, typed)


@router.get("/letterhead", name="letterhead")
async def letterhead(request: Request, staff: Signed, work: Reading) -> Response:
    return _letterhead(request, work, Typed.empty(), _editing(work))


@router.post("/letterhead", name="letterhead-save")
async def save_letterhead(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed, editing = Typed(form, house(request).texts), _editing(work)
    if await editing.clashes(work, typed):
        return _letterhead(request, work, typed, editing)
    said = Letterhead(**{name: typed.text(name, LONGEST) for name in Letterhead().to_json()})
    if typed.problems:
        return _letterhead(request, work, typed, editing)
    await school_settings.save_letterhead(work, said)
    return back(request, "documents", "letterhead")


@router.get("/issued", name="issued")
async def issued(request: Request, staff: Signed, work: Reading) -> Response:
    """Numbers given out this school year, the newest first."""
    found = await rows.issued(work.session, work.school.id, work.settings.year, SHOWN)
    return page(
        request, "documents/issued.html", work, section="documents", year=work.settings.year,
        issued=await with_people(work, found), most=SHOWN,
    )  # fmt: skip


def _template(code: str) -> Template:
    found = BY_CODE.get(code)
    if found is None or found.pick is Pick.AWARD:
        raise HTTPException(404)
    return found


async def _wanted(work: Work, template: Template, typed: Typed) -> Wanted:
    """What was asked for; what is wrong is noted in `typed`."""

    def on(name: str) -> date | None:
        return typed.day(name) if typed.words(name) else None

    asked = Wanted(
        template.code,
        number=typed.text("number", 40),
        on=on("on"),
        pdf=typed.words("as") == "pdf",
        form=typed.words("form", 40),
        pair=id_in(typed.words("pair", 15)) or 0,
        gathering=id_in(typed.words("gathering", 15)) or 0,
        first=on("first"),
        last=on("last"),
        change=typed.words("change", 10),
        reason=typed.text("reason", 300),
        other=id_in(typed.words("leaver" if typed.words("change", 10) == "leave" else "other", 15)) or 0,
    )
    if template.pick is not Pick.PERSON:
        return asked
    return replace(asked, people=await _people(work, typed))


async def _people(work: Work, typed: Typed) -> tuple[int, ...]:
    """«class:8А», «side:mentor», «person:12»; "": an empty paper. Nobody of the kind is noted in `typed`."""
    whom = typed.words("whom", 60)
    kind, _, what = whom.partition(":")
    everybody = await award_facts.candidates(work)
    if kind == "person":
        number = id_in(what)
        return (number,) if number is not None else ()
    chosen = [one for one in everybody if (kind, what) in (("class", one.class_name), ("side", one.side))]
    if kind in ("class", "side") and not chosen:
        typed.wrong("whom", "templates-nobody")
    return tuple(dict.fromkeys(one.person_id for one in chosen))


async def _form(request: Request, work: Work, template: Template, typed: Typed) -> Response:
    t = house(request).texts
    names = (
        "number",
        "on",
        "form",
        "pair",
        "gathering",
        "first",
        "last",
        "change",
        "reason",
        "other",
        "leaver",
        "whom",
    )
    values = {name: typed.words(name) for name in names}
    if not typed.problems:
        asked = request.query_params
        values |= {name: asked.get(name, "")[:60] for name in ("pair", "whom")}
    picks: dict[str, Any] = {}
    if template.pick in (Pick.PAIR, Pick.PLAN, Pick.PERIOD):
        found_pairs = await _pairs(work)
        picks["pairs"] = [(str(one.id), _named(work, one)) for one in found_pairs]
    if template.code == "order-change":
        picks["leavers"] = [
            (str(member.person_id), f"{member.person.full_name} – {_named(work, one)}")
            for one in found_pairs if one.is_group
            for member in one.members if member.person.full_name
        ]  # fmt: skip
        lead = await award_facts.candidates(work, Side.MENTOR, MOST)
        picks["mentors"] = [
            (str(key), name) for key, name in dict.fromkeys((o.person_id, o.name) for o in lead)
        ]
    if template.pick is Pick.PERSON:
        picks |= await _whom(work, values["whom"])
    if template.pick is Pick.GATHERING:
        found = await gatherings.of_year(work.session, work.school.id, work.settings.year)
        picks["gatherings"] = [
            (str(one.id), f"{t('meeting-kind-' + one.kind)}, {paper_values.day(one.starts_at.astimezone(work.zone).date())}")
            for one in found
        ]  # fmt: skip
    if template.pick is Pick.PAIRS:
        picks["of_forms"] = [(slug, t(work.settings.form_name(slug))) for slug in work.settings.forms]
    used = (await rows.used(work.session, work.school.id)).get(template.code, own_templates.SHIPPED)
    return page(
        request, "documents/make.html", work, section="documents", status=422 if typed.problems else 200,
        made=template, values=values, problems=typed.problems, changes=CHANGES if picks.get("leavers") else CHANGES[:-1], used=used, **picks,
    )  # fmt: skip


async def _whom(work: Work, asked: str) -> dict[str, Any]:
    """Classes and people to choose from. Of more people than a list can hold, whoever the address names."""
    everybody = await award_facts.candidates(work, None, MOST + 1)
    named = {one.person_id: one.name + (f", {one.class_name}" if one.class_name else "") for one in everybody}
    if len(everybody) > MOST:
        number = id_in(asked.removeprefix("person:")) or 0
        one = (await rows.people(work.session, work.school.id, [number])).get(number)
        named = {number: one.full_name} if one is not None else {}
    classes = await lists.classes(work.session, work.school.id, work.settings.year)
    return {"classes": classes, "people": sorted(named.items(), key=lambda one: folded(one[1]))}


async def _pairs(work: Work) -> Sequence[Pair]:
    found = await pair_rows.board(work.session, work.school.id, work.settings.year, None, award_facts.WORKED)
    return sorted(found, key=lambda one: folded(_named(work, one)))


def _named(work: Work, pair: Pair) -> str:
    return str(paper_values.of_pair(work, pair)["пара"])


def _editing(work: Work) -> Editing:
    """The letterhead as the form shows it."""
    kept = Letterhead.read(work.settings.letterhead).to_json()
    fields = {
        name: Field(Text(f"letterhead-{name.replace('_', '-')}"), value) for name, value in kept.items()
    }
    return Editing(subject(work), fields)


def _letterhead(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    values = {
        name: typed.words(name) if typed.problems else one.value for name, one in editing.fields.items()
    }
    return page(
        request, "documents/letterhead.html", work, section="documents", status=422 if typed.problems else 200,
        values=values, problems=typed.problems, **context(editing, work.now),
    )  # fmt: skip
