"""Numbers of the school as a signed file; the coordinator's schools with copies of their own, and the sums."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from actions import town, town_book
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.hiding import LEAST
from program.text import Text
from program.town import FIGURES, LARGEST, OF_FORM, RATES
from storage import town as rows

router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- the school's side ---


@router.get("/town", name="town-own")
async def own(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request,
        "town/own.html",
        work,
        section="town-own",
        own=await town.own(work),
        figures=FIGURES,
        of_form=OF_FORM,
        rates=RATES,
        least=LEAST,
    )


# A POST: taking numbers out of the house is written into the journal.
@router.post("/town", name="town-signed-file")
async def sign(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    name, data = await town.sign(work, house(request).links.town_keys)
    return file(data, name, "application/json")


# --- the coordinator's side ---


@router.get("/schools/town", name="town")
async def book(request: Request, staff: Signed, work: Reading) -> Response:
    return await _book(request, work, Typed.empty())


@router.post("/schools/town", name="town-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed, sent = Typed(form, house(request).texts), form.get("file")
    data = await sent.read(LARGEST + 1) if isinstance(sent, UploadFile) else b""
    if not data:
        typed.wrong("file", "town-file-missing")
        return await _book(request, work, typed)
    try:
        async with work.session.begin_nested():  # of what is refused nothing stays
            await town_book.add(work, data)
    except Refusal as refusal:
        typed.refused("file", refusal)
        return await _book(request, work, typed)
    return back(request, "town", "town-added")


@router.post("/schools/town/report", name="town-report-file")
async def report(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    year = typed.words("year", 9) or work.settings.year
    name, data = await town_book.report(work, typed.words("which", 9), year)
    return file(data, name, XLSX)


@router.post("/schools/town/{town_school_id}/trust", name="town-trust")
async def trust(request: Request, staff: Signed, work: Changing, town_school_id: int) -> Response:
    await town_book.trust(work, town_school_id)
    return back(request, "town", "town-trusted")


@router.post("/schools/town/{town_school_id}/remove", name="town-remove")
async def remove(
    request: Request, staff: Signed, work: Changing, form: Fields, town_school_id: int
) -> Response:
    found = await rows.school(work.session, work.school.id, town_school_id)
    if found is None:
        raise HTTPException(404)
    asked = sure.asked(
        request, form, work, what=Text("town-remove-sure"), effect=Text("town-remove-effect", {"name": found.name}),
        do="town-remove", stay=str(request.app.url_path_for("town")), section="town", forever=False,
    )  # fmt: skip
    if asked is not None:
        return asked
    await town_book.remove(work, town_school_id)
    return back(request, "town", "town-removed")


async def _book(request: Request, work: Work, typed: Typed) -> Response:
    return page(
        request,
        "town/book.html",
        work,
        section="town",
        status=422 if typed.problems else 200,
        known=await town_book.known(work),
        problems=typed.problems,
        year=work.settings.year,
        years=await town_book.years(work),
    )
