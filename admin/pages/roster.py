"""«Загрузка списка»: a file, then what would happen row by row, then the import; 24 hours to take it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from actions import roster, roster_copy, roster_fixes, roster_undo, sheets, uploads
from actions.recognition import Kind
from actions.roster import Preview, Wishes
from actions.work import Work
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, changing, house, ticked, words
from program.errors import Refusal
from program.ids import id_in
from program.roles import Category
from program.roster_columns import HEADER_WITHIN, Field
from program.text import Text

router = APIRouter(prefix="/roster")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CATEGORIES = (Category.PUPIL, Category.TEACHER, Category.PARENT, Category.ALUMNUS, Category.EMPLOYER)
MOST_ASKED = 100  # rows with fields on one page; a form takes 500 fields


@router.get("", name="roster")
async def start(request: Request, staff: Signed, work: Reading) -> Response:
    return await _start(request, work, {})


@router.get("/sample", name="roster-sample")
async def sample(request: Request, staff: Signed, work: Reading) -> Response:
    return file(roster.sample(), house(request).texts("admin-roster-sample-name"), XLSX)


@router.post("", name="roster-read")
async def read(request: Request, staff: Signed, work: Reading, form: Fields) -> Response:
    """The preview. Only the file is kept until the next step."""
    t = house(request).texts
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _start(request, work, {"file": t("admin-roster-no-file")})
    data = await sent.read(sheets.LARGEST + 1)
    wishes = Wishes(_category(form))
    try:
        tables = await sheets.read(sent.filename, data)
        preview = await roster.look(work, sent.filename, tables, wishes)
        if not preview.rows and any(sheet.header for sheet in preview.sheets):
            raise Refusal("roster-no-people")
    except Refusal as refusal:
        return await _start(request, work, {"file": t(refusal.text)})
    # A file takes seconds to parse: the only writing connection of SQLite is not held meanwhile.
    async with changing(house(request), staff) as writing:
        kept = await uploads.keep(writing, sent.filename, data)
        if wishes.category:
            await uploads.say(writing, kept, roster_fixes.to_json(wishes))
    return _check(request, work, tables, preview, wishes, kept)


@router.get("/{upload_id}", name="roster-check")
async def check(request: Request, staff: Signed, work: Reading, upload_id: int) -> Response:
    name, tables, wishes = await _kept(work, upload_id)
    return _check(request, work, tables, await roster.look(work, name, tables, wishes), wishes, upload_id)


@router.post("/{upload_id}/columns", name="roster-columns")
async def columns(request: Request, staff: Signed, work: Reading, form: Fields, upload_id: int) -> Response:
    """The header's row of each sheet and what each column holds."""
    name, tables, wishes = await _kept(work, upload_id)
    before = await roster.look(work, name, tables, wishes)
    headers = dict(wishes.headers)
    for number, sheet in enumerate(before.sheets):
        asked = words(form, f"header-{number}", 3)
        if asked.isdecimal() and int(asked) <= HEADER_WITHIN and int(asked) != sheet.header:
            headers[sheet.name] = int(asked)
    chosen = dict(wishes.columns)
    for number, (key, (column, _)) in enumerate(before.columns.items()):
        asked = words(form, f"column-{number}", 20)
        if asked in tuple(Field) and asked != column.field:
            chosen[key] = Field(asked)
    wishes = replace(wishes, category=_category(form), headers=headers, columns=chosen)
    return await _said(request, staff, upload_id, wishes)


@router.post("/{upload_id}/fix", name="roster-fix")
async def fix(request: Request, staff: Signed, work: Reading, form: Fields, upload_id: int) -> Response:
    """Words put in place of bad cells; the whole file is checked anew with them."""
    name, tables, wishes = await _kept(work, upload_id)
    preview = await roster.look(work, name, tables, wishes)
    blanks = {
        blank.name(one.row): blank.value
        for grave in (True, False)
        for rows in roster_fixes.asked(tables, preview, wishes, grave=grave).values()
        for one in rows
        for blank in one.blanks
    }
    typed = [(key, value) for key, value in form.multi_items() if isinstance(value, str)]
    fixes = {**wishes.fixes, **roster_fixes.said(typed, blanks)}
    return await _said(request, staff, upload_id, replace(wishes, fixes=fixes))


@router.get("/{upload_id}/copy", name="roster-copy")
async def copy(request: Request, staff: Signed, work: Reading, upload_id: int) -> Response:
    """Their own file once more, with marks."""
    name, tables, wishes = await _kept(work, upload_id)
    preview = await roster.look(work, name, tables, wishes)
    # Some seconds for 10,000 rows: meanwhile others are answered.
    data = await asyncio.to_thread(
        roster_copy.copy, tables, preview, house(request).texts, work.now.astimezone(work.zone)
    )
    stem = name[: name.rfind(".")]
    return file(data, house(request).texts("roster-page-copy-name", name=stem), XLSX)


@router.post("/{upload_id}", name="roster-apply")
async def apply(request: Request, staff: Signed, work: Reading, form: Fields, upload_id: int) -> Response:
    name, tables, wishes = await _kept(work, upload_id)
    wishes = replace(wishes, category=wishes.category or _category(form))
    preview = await roster.look(work, name, tables, wishes)
    # Without the boxes (an earlier page, a script of the school) everything that fits is loaded.
    kinds = [Kind(kind) for kind in ticked(form, "kinds") if kind in (Kind.NEW, Kind.CHANGED)]
    left = {number for one in ticked(form, "left") if (number := id_in(one)) is not None}
    if not kinds and words(form, "choice"):
        if not left:
            raise Refusal("roster-page-no-group")
    elif not kinds:
        kinds = [Kind.NEW, Kind.CHANGED]
    async with changing(house(request), staff) as writing:
        await roster.apply(writing, preview, kinds=kinds, wishes=wishes, left=left)
        await uploads.forget(writing)
    return back(request, "people", "imported", query="state=invited")


@router.post("/{import_id}/undo", name="roster-undo")
async def undo(request: Request, staff: Signed, work: Changing, import_id: int) -> Response:
    if import_id not in {one.id for one in await roster_undo.offered(work)}:
        raise HTTPException(404)
    await roster_undo.undo(work, import_id)
    return back(request, "roster", "import-undone")


async def _kept(work: Work, upload_id: int) -> tuple[str, Sequence[sheets.Sheet], Wishes]:
    """The file this user sent, read again, and what was said about it. Raises 404."""
    kept = await uploads.get(work, upload_id)
    if kept is None:
        raise HTTPException(404)
    name, data = kept
    return name, await sheets.read(name, data), roster_fixes.from_json(await uploads.said(work, upload_id))


async def _said(request: Request, staff: Signed, upload_id: int, wishes: Wishes) -> Response:
    async with changing(house(request), staff) as writing:
        await uploads.say(writing, upload_id, roster_fixes.to_json(wishes))
    where = request.app.url_path_for("roster-check", upload_id=upload_id)
    return RedirectResponse(f"{where}#main", status_code=303)


def _category(form: FormData) -> Category | None:
    asked = words(form, "category")
    return Category(asked) if asked in CATEGORIES else None


def _check(
    request: Request,
    work: Work,
    tables: Sequence[sheets.Sheet],
    preview: Preview,
    wishes: Wishes,
    kept: int,
) -> Response:
    read_at_all = any(sheet.header for sheet in preview.sheets)
    return page(
        request,
        "roster/check.html",
        work,
        section="roster",
        preview=preview,
        counts=preview.counts,
        kept=kept,
        category=wishes.category or "",
        categories=CATEGORIES,
        fields=tuple(Field),
        unsure=not read_at_all or any(column.field is Field.SKIP for column, _ in preview.columns.values()),
        trouble=None if read_at_all else Text("roster-no-header", {"rows": HEADER_WITHIN}),
        asked={
            "refused": roster_fixes.asked(tables, preview, wishes, grave=True),
            "warned": roster_fixes.asked(tables, preview, wishes, grave=False),
        },
        most=MOST_ASKED,
    )


async def _start(request: Request, work: Work, problems: dict[str, str]) -> Response:
    return page(
        request,
        "roster/start.html",
        work,
        section="roster",
        status=422 if problems else 200,
        problems=problems,
        categories=CATEGORIES,
        imports=await roster_undo.offered(work),
    )
