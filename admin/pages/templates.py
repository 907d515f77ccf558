"""Templates of documents: which one is in use, its fields, an own one uploaded, looked at, taken into use, gone back from."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import field_sheet, own_templates, pages, template_check
from actions.made_documents import WORD
from actions.pages import PDF
from actions.template_check import Looked
from actions.template_writing import MADE_AT
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages.roadmap_events import uploaded
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.errors import Refusal
from program.templates import BY_CODE, TEMPLATES, Pick, groups
from program.text import Text
from program.word_files import LARGEST
from storage import own_templates as rows

router = APIRouter(prefix="/documents/templates")


@router.get("", name="templates")
async def listed(request: Request, staff: Signed, work: Reading) -> Response:
    used = await rows.used(work.session, work.school.id)
    return page(
        request,
        "documents/templates.html",
        work,
        section="templates",
        templates=TEMPLATES,
        used=used,
        award=Pick.AWARD,
    )


@router.get("/{paper}", name="template")
async def one(request: Request, staff: Signed, work: Reading, paper: str) -> Response:
    return await _page(request, work, _known(paper), Typed.empty())


@router.get("/{paper}/file", name="template-get")
async def download(request: Request, staff: Signed, work: Reading, paper: str) -> Response:
    """A version to edit: `?version=2`; 0 is the shipped one, without a number the one in use."""
    number = await _number(request, work, _known(paper))
    data = await _version(work, paper, number)
    return file(data, f"{_title(request, paper)}_шаблон.docx".replace(" ", "_"), WORD)


@router.get("/{paper}/sample", name="template-sample")
async def sample(request: Request, staff: Signed, work: Reading, paper: str) -> Response:
    """The document with invented people: `?as=pdf`, `?as=png` for its first page, else .docx."""
    number = await _number(request, work, _known(paper))
    if request.query_params.get("as") == "png":
        template = await _version(work, paper, number)
        drawn = await asyncio.to_thread(template_check.first_page, paper, template)
        return Response(drawn, media_type="image/png")
    made = await asyncio.to_thread(template_check.sample, paper, await _version(work, paper, number))
    name = f"{_title(request, paper)}_образец".replace(" ", "_")
    if request.query_params.get("as") == "pdf":
        return file(await asyncio.to_thread(pages.pdf, made, MADE_AT), f"{name}.pdf", PDF)
    return file(made, f"{name}.docx", WORD)


@router.get("/{paper}/fields", name="template-sheet")
async def sheet(request: Request, staff: Signed, work: Reading, paper: str) -> Response:
    """The fields with examples, to lie beside the keyboard."""
    data = await asyncio.to_thread(field_sheet.pdf, _known(paper))
    return file(data, f"{_title(request, paper)}_поля.pdf".replace(" ", "_"), PDF)


@router.post("/{paper}", name="template-upload")
async def upload(request: Request, staff: Signed, work: Changing, form: Fields, paper: str) -> Response:
    """Kept when it can be used; it is not in use before somebody has seen the sample and says so."""
    typed = Typed(form, house(request).texts)
    looked = None
    try:
        made, looked = await own_templates.upload(work, _known(paper), *await uploaded(form))
    except Refusal as refusal:
        typed.refused("file", refusal)
    else:
        if made is not None and not looked.notes:
            return back(request, "template", "template-uploaded", query=f"version={made.number}", paper=paper)
        for number, problem in enumerate(looked.problems):
            typed.problems[f"file-{number}" if number else "file"] = typed.say(problem)
        return await _page(request, work, paper, typed, looked, shown=made.number if made else None)
    return await _page(request, work, paper, typed, looked)


@router.post("/{paper}/use", name="template-use")
async def use(request: Request, staff: Signed, work: Changing, form: Fields, paper: str) -> Response:
    await own_templates.use(work, _known(paper), _numbered(words(form, "version", 6)))
    return back(request, "template", "template-used", paper=paper)


@router.post("/{paper}/remove", name="template-remove")
async def remove(request: Request, staff: Signed, work: Changing, form: Fields, paper: str) -> Response:
    number = _numbered(words(form, "version", 6))
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-template"),
        effect=Text(
            "sure-template-effect", {"number": number, "paper": Text(f"templates-name-{_known(paper)}")}
        ),
        do="sure-template-do",
        stay=str(request.app.url_path_for("template", paper=paper)),
        section="templates",
    )
    if asking is not None:
        return asking
    await own_templates.remove(work, paper, number)
    return back(request, "template", "template-removed", paper=paper)


def _known(paper: str) -> str:
    if paper not in BY_CODE:
        raise HTTPException(404)
    return paper


def _numbered(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() else -1


async def _number(request: Request, work: Work, paper: str) -> int:
    said = request.query_params.get("version", "")
    if said:
        return _numbered(said[:6])
    return (await rows.used(work.session, work.school.id)).get(paper, own_templates.SHIPPED)


async def _version(work: Work, paper: str, number: int) -> bytes:
    try:
        return await own_templates.file_of(work, paper, number)
    except Refusal:
        raise HTTPException(404) from None


def _title(request: Request, paper: str) -> str:
    return house(request).texts(f"templates-name-{paper}")


async def _page(
    request: Request,
    work: Work,
    paper: str,
    typed: Typed,
    looked: Looked | None = None,
    shown: int | None = None,
) -> Response:
    """With a picture of the sample: of the version that the address names, else of the one in use."""
    used = (await rows.used(work.session, work.school.id)).get(paper, own_templates.SHIPPED)
    versions = await rows.versions(work.session, work.school.id, paper)
    wanted = shown if shown is not None else await _number(request, work, paper)
    if wanted not in {0, *(one.number for one in versions)}:
        raise HTTPException(404)
    return page(
        request, "documents/template.html", work, section="templates", status=422 if typed.problems else 200,
        made=BY_CODE[paper], groups=list(groups(paper)), versions=versions, used=used, shown=wanted, typed=typed,
        problems=typed.problems, looked=looked, megabytes=LARGEST // 2**20,
        award=Pick.AWARD, written=field_sheet.written, each=field_sheet.each,
    )  # fmt: skip
