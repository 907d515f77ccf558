"""«Загрузка списка»: a file, then what would happen row by row, then the import."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from actions import roster, uploads
from actions.sheets import LARGEST
from actions.work import Work
from admin.show import back, file, page
from admin.visit import Fields, Reading, Signed, changing, house, words
from program.errors import Refusal
from program.roles import Category

router = APIRouter(prefix="/roster")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CATEGORIES = (Category.PUPIL, Category.TEACHER, Category.PARENT, Category.ALUMNUS, Category.EMPLOYER)


@router.get("", name="roster")
async def start(request: Request, staff: Signed, work: Reading) -> Response:
    return _start(request, work, {})


@router.get("/sample", name="roster-sample")
async def sample(request: Request, staff: Signed, work: Reading) -> Response:
    return file(roster.sample(), house(request).texts("admin-roster-sample-name"), XLSX)


@router.post("", name="roster-read")
async def read(request: Request, staff: Signed, work: Reading, form: Fields) -> Response:
    """The preview. Only the file is kept until the next step."""
    t = house(request).texts
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _start(request, work, {"file": t("admin-roster-no-file")})
    category = _category(form)
    data = await sent.read(LARGEST + 1)
    try:
        preview = await roster.read(work, sent.filename, data, category)
    except Refusal as refusal:
        return _start(request, work, {"file": t(refusal.text)})
    # A file takes seconds to parse: the only writing connection of SQLite is not held meanwhile.
    async with changing(house(request), staff) as writing:
        kept = await uploads.keep(writing, sent.filename, data)
    return page(
        request,
        "roster/preview.html",
        work,
        section="roster",
        preview=preview,
        counts=preview.counts,
        kept=kept,
        category=category or "",
    )


@router.post("/{upload_id}", name="roster-apply")
async def apply(request: Request, staff: Signed, work: Reading, form: Fields, upload_id: int) -> Response:
    kept = await uploads.get(work, upload_id)
    if kept is None:
        raise HTTPException(404)
    name, data = kept
    category = _category(form)
    preview = await roster.read(work, name, data, category)
    async with changing(house(request), staff) as writing:
        await roster.apply(writing, preview, category)
        await uploads.forget(writing)
    return back(request, "people", "imported", query="state=invited")


def _category(form: Fields) -> Category | None:
    asked = words(form, "category")
    return Category(asked) if asked in CATEGORIES else None


def _start(request: Request, work: Work, problems: dict[str, str]) -> Response:
    return page(
        request,
        "roster/start.html",
        work,
        section="roster",
        status=422 if problems else 200,
        problems=problems,
        categories=CATEGORIES,
    )
