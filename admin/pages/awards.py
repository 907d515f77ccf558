"""«Благодарности»: letters of thanks, diplomas, certificates for many at once; printed, told of, taken back."""

from __future__ import annotations

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import awards
from actions.award_facts import FAMILY, PARTNER, PERSON
from actions.awards import Said
from actions.awards_reading import values, with_people
from actions.made_documents import WORD
from actions.pages import PDF
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.awards import REASON, shown_code
from program.errors import Refusal
from program.roles import Category, Side
from program.settings import school_year
from program.templates import AWARDS
from program.text import Text, raw
from storage import awards as lists
from storage import own_templates as rows
from storage import partners
from storage.tables import IssuedPaper

router = APIRouter(prefix="/awards")

SHOWN = 400  # people with a box each; a class or a side is chosen first where there are more
KINDS = {"docx": WORD, "pdf": PDF, "zip": awards.ZIP}
FIELDS = {"awards-reason-missing": "reason", "admin-field-long": "reason", "templates-no-period": "first"}


@dataclass(frozen=True)
class Line:
    """One box of the list."""

    key: str
    name: str
    about: str


@router.get("", name="awards")
async def listed(request: Request, staff: Signed, work: Reading) -> Response:
    year = work.settings.year
    found = await lists.batches(work.session, work.school.id, year, AWARDS)
    return page(request, "awards/awards.html", work, section="awards", batches=found, year=year)


@router.get("/new", name="award-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _form(request, work, Typed.empty())


@router.post("/new", name="award-preview")
async def preview(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """Nothing is kept yet: whom it would go to, in the right case, and how the first one looks."""
    typed = Typed(form, house(request).texts)
    said = await _said(work, typed, secrets.token_hex(8))
    if not typed.problems:
        try:
            found = await awards.planned(work, said)
            drawn = await awards.picture(work, found[0], house(request).links.check)
        except Refusal as refusal:
            typed.refused(FIELDS.get(refusal.text.id, "people"), refusal)
        else:
            told = [(one, values(work, one, "check")) for one in found]
            return page(
                request, "awards/preview.html", work, section="awards", said=said, found=told,
                picture=f"data:image/png;base64,{b64encode(drawn).decode()}",
            )  # fmt: skip
    return await _form(request, work, typed)


@router.post("/give", name="award-give")
async def give(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    name = typed.words("name", 16)
    said = await _said(work, typed, name)
    if typed.problems or not name.isalnum():
        return await _form(request, work, typed)
    made = await awards.give(work, said)
    return back(request, "award", "award-given", award_id=made[0].id)


@router.get("/{award_id}", name="award")
async def batch(request: Request, staff: Signed, work: Reading, award_id: int) -> Response:
    return await _batch(request, work, await _papers(work, award_id), Typed.empty())


@router.post("/{award_id}/take", name="award-take")
async def take(request: Request, staff: Signed, work: Changing, form: Fields, award_id: int) -> Response:
    asked = Typed(form, house(request).texts).words("as")
    papers = await _papers(work, award_id)
    kind = asked if asked in KINDS else "pdf"
    name, data = await awards.printed(work, papers, house(request).links.check, kind)
    return file(data, name, KINDS[kind])


@router.post("/{award_id}/tell", name="award-tell")
async def tell(request: Request, staff: Signed, work: Changing, form: Fields, award_id: int) -> Response:
    papers = await _papers(work, award_id)
    waiting = sum(
        one.told_at is None and one.revoked_at is None and one.person_id is not None for one in papers
    )
    asking = sure.asked(
        request, form, work, what=Text("awards-tell-sure"), effect=Text("awards-tell-effect", {"count": waiting}),
        do="awards-tell-do", stay=request.app.url_path_for("award", award_id=award_id), section="awards",
    )  # fmt: skip
    if asking is not None:
        return asking
    done, nowhere = await awards.tell_all(work, papers)
    what = "award-told" if not nowhere else "award-told-some" if done else "award-told-none"
    return back(request, "award", what, award_id=award_id)


@router.post("/{award_id}/revoke", name="award-revoke")
async def revoke(request: Request, staff: Signed, work: Changing, form: Fields, award_id: int) -> Response:
    paper = await rows.get(work.session, work.school.id, award_id)
    if paper is None or paper.code not in AWARDS:
        raise HTTPException(404)
    typed = Typed(form, house(request).texts)
    why = typed.text("why", REASON, "awards-why-missing")
    if typed.problems:
        return await _batch(request, work, await _papers(work, award_id), typed, award_id)
    award = (await with_people(work, [paper]))[0]
    asking = sure.asked(
        request, form, work, what=Text("awards-revoke-sure", {"number": raw(paper.number)}),
        effect=Text("awards-revoke-effect", {"name": raw(award.whom)}), do="awards-revoke-do",
        stay=request.app.url_path_for("award", award_id=award_id), section="awards",
    )  # fmt: skip
    if asking is not None:
        return asking
    await awards.revoke(work, award_id, why)
    return back(request, "award", "award-revoked", award_id=award_id)


async def _papers(work: Work, award_id: int) -> list[IssuedPaper]:
    """All that were given together with this one."""
    one = await rows.get(work.session, work.school.id, award_id)
    if one is None or one.code not in AWARDS:
        raise HTTPException(404)
    return list(await rows.batch(work.session, work.school.id, one.batch)) if one.batch else [one]


async def _said(work: Work, typed: Typed, name: str) -> Said:
    code = typed.words("code", 20)
    if code not in AWARDS:
        typed.wrong("code", "admin-field-choose")
    on = typed.day("on") or work.today
    first, last = typed.day("first") or work.today, typed.day("last") or work.today
    chosen = tuple(typed.many("people"))
    if typed.words("all") == "yes":
        chosen = tuple(one.key for group in (await _groups(work, typed)).values() for one in group)
    if not chosen:
        typed.wrong("people", "awards-nobody")
    return Said(code, name, chosen, typed.text("reason", REASON), on, first, last)


async def _groups(work: Work, typed: Typed) -> dict[str, list[Line]]:
    """Whom the list shows, by heading: people of a side and a class, the families of pupils among mentors, partners."""
    side = typed.words("side", 10)
    class_name = typed.words("class_name", 20)
    year, school = work.settings.year, work.school.id
    if side == PARTNER:
        found = await partners.of_school(work.session, school, archived=False)
        return {PARTNER: [Line(f"{PARTNER}:{one.id}", one.name, "") for one in found]}
    people = await lists.of_year(
        work.session, school, year, side=Side.MENTEE if side == Side.MENTEE else Side.MENTOR, class_name=class_name,
        most=SHOWN,
    )  # fmt: skip
    lines: dict[str, list[Line]] = {PERSON: [], FAMILY: []}
    for one in dict.fromkeys((each.person_id, each.name, each.class_name, each.category) for each in people):
        key, name, of_class, category = one
        if side != FAMILY:
            lines[PERSON].append(Line(f"{PERSON}:{key}", name, of_class))
        elif category == Category.PUPIL:
            lines[FAMILY].append(Line(f"{FAMILY}:{key}", name, of_class))
    return {name: group for name, group in lines.items() if group}


async def _form(request: Request, work: Work, typed: Typed) -> Response:
    if not typed.problems:
        for name in ("code", "side", "class_name"):
            typed.put(name, request.query_params.get(name, "")[:20])
    values = {
        name: typed.words(name) for name in ("code", "side", "class_name", "reason", "on", "first", "last")
    }
    first_day = date(int(school_year(work.today)[:4]), 9, 1)
    values["on"] = values["on"] or work.today.isoformat()
    values["first"] = values["first"] or min(first_day, work.today).isoformat()
    values["last"] = values["last"] or work.today.isoformat()
    values["code"] = values["code"] or "letter"
    context: dict[str, Any] = {
        "values": values,
        "codes": AWARDS,
        "sides": (Side.MENTOR.value, Side.MENTEE.value, FAMILY, PARTNER),
        "classes": await lists.classes(work.session, work.school.id, work.settings.year),
        "groups": await _groups(work, typed),
        "chosen": set(typed.many("people")),
        "shown": SHOWN,
        "longest": REASON,
    }
    return page(
        request, "awards/new.html", work, section="awards", status=422 if typed.problems else 200,
        problems=typed.problems, **context,
    )  # fmt: skip


async def _batch(
    request: Request, work: Work, papers: list[IssuedPaper], typed: Typed, asked: int = 0
) -> Response:
    found = await with_people(work, papers)
    return page(
        request, "awards/award.html", work, section="awards", status=422 if typed.problems else 200, found=found,
        first=papers[0], problems=typed.problems, asked=asked, shown_code=shown_code,
        waiting=sum(one.paper.told_at is None and one.paper.revoked_at is None and one.person is not None for one in found),
    )  # fmt: skip
