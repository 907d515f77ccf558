"""«Документы»: what the programme makes, and the school's own documents with their versions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import directories
from actions import school_papers as verbs
from actions.reports import REPORTS
from actions.school_papers import Signed as OnPaper
from actions.school_papers import Words
from actions.work import Work
from admin import made_papers
from admin.forms import Typed
from admin.pages.roadmap_events import uploaded
from admin.show import back, file, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from locales import has
from program.directories import Directory
from program.errors import Refusal
from program.paper_files import LARGEST
from program.text import Text
from storage import files, own_templates
from storage import school_papers as rows
from storage.tables import SchoolPaper

router = APIRouter(prefix="/documents")

FIELDS = {
    "papers-title-missing": "title", "papers-kind-unknown": "kind", "papers-not-clean": "clean",
    "roadmap-link-odd": "site_url", "papers-day-ahead": "signed_on",
}  # fmt: skip


@router.get("", name="documents")
async def documents(request: Request, staff: Signed, work: Reading) -> Response:
    role = staff.role
    named = set(made_papers.reports(role))
    return page(
        request,
        "documents/documents.html",
        work,
        section="documents",
        templates=made_papers.templates(role),
        used=await own_templates.used(work.session, work.school.id),
        documents=made_papers.open_to(role, made_papers.DOCUMENTS),
        sheets=made_papers.open_to(role, made_papers.SHEETS),
        numbers=made_papers.open_to(role, made_papers.NUMBERS),
        reports=[(one, has(f"papers-inside-{one.name}")) for one in REPORTS if one.name in named],
        lists=list(made_papers.lists(role)),
        papers=await rows.of_school(work.session, work.school.id),
        kinds=await _kinds(work),
        year=work.settings.year,
    )


@router.get("/new", name="school-paper-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _form(request, work, Typed.empty())


@router.post("/new", name="school-paper-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    said, signed = _words(typed), _signed(typed, work)
    if not typed.problems:
        try:
            made = await verbs.add(work, said, signed, *await uploaded(form))
        except Refusal as refusal:
            typed.refused(FIELDS.get(refusal.text.id, "file"), refusal)
        else:
            return back(request, "school-paper", "paper-added", paper_id=made.id)
    return await _form(request, work, typed)


@router.get("/{paper_id}", name="school-paper")
async def one(request: Request, staff: Signed, work: Reading, paper_id: int) -> Response:
    paper = await _get(work, paper_id)
    return await _page(request, work, paper, Typed.empty(), await _editing(work, paper))


@router.post("/{paper_id}", name="school-paper-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, paper_id: int) -> Response:
    await turn(work, f"paper:{paper_id}")
    paper = await _get(work, paper_id)
    typed = Typed(form, house(request).texts)
    editing = await _editing(work, paper)
    if not await editing.clashes(work, typed):
        said = _words(typed)
        if not typed.problems:
            try:
                await verbs.edit(work, paper_id, said)
            except Refusal as refusal:
                typed.refused(FIELDS.get(refusal.text.id, "title"), refusal)
            else:
                return back(request, "school-paper", "paper-saved", paper_id=paper_id)
    return await _page(request, work, paper, typed, editing)


@router.post("/{paper_id}/versions", name="school-paper-replace")
async def replace(request: Request, staff: Signed, work: Changing, form: Fields, paper_id: int) -> Response:
    paper = await _get(work, paper_id)
    typed = Typed(form, house(request).texts)
    signed = _signed(typed, work)
    if not typed.problems:
        was_public = paper.public
        try:
            await verbs.replace(work, paper_id, signed, *await uploaded(form))
        except Refusal as refusal:
            typed.refused(FIELDS.get(refusal.text.id, "file"), refusal)
        else:
            done = "paper-replaced-closed" if was_public else "paper-replaced"
            return back(request, "school-paper", done, paper_id=paper_id)
    return await _page(request, work, paper, typed, await _editing(work, paper))


@router.post("/{paper_id}/remove", name="school-paper-remove")
async def remove(request: Request, staff: Signed, work: Changing, paper_id: int) -> Response:
    await _get(work, paper_id)
    await verbs.remove(work, paper_id)
    return back(request, "documents", "paper-removed", at="school")


@router.get("/{paper_id}/file", name="school-paper-file")
async def download(request: Request, staff: Signed, work: Reading, paper_id: int) -> Response:
    """The newest version, or the one that the address names: `?version=2`."""
    paper = await _get(work, paper_id)
    asked = request.query_params.get("version", "")
    found = next((one for one in paper.versions if not asked or str(one.number) == asked), None)
    kept = await files.get(work.session, work.school.id, found.file_id) if found else None
    if kept is None:
        raise HTTPException(404)
    return file(kept.data, kept.name, kept.content_type)


async def _get(work: Work, paper_id: int) -> SchoolPaper:
    found = await rows.get(work.session, work.school.id, paper_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _kinds(work: Work, keep: str = "") -> dict[str, Text]:
    """Kinds of documents by slug; those switched off only where something has them."""
    found = await directories.entries(work, Directory.PAPER_KIND, everything=True)
    return {one.slug: one.name for one in found if one.active or keep in ("", one.slug)}


def _words(typed: Typed) -> Words:
    return Words(
        title=typed.text("title", 300, "papers-title-missing"),
        kind=typed.words("kind"),
        public=typed.words("public") == "yes",
        clean=typed.words("clean") == "yes",
        site_url=typed.text("site_url", 300),
    )


def _signed(typed: Typed, work: Work) -> OnPaper:
    on = typed.day("signed_on", work.today) if typed.words("signed_on") else None
    return OnPaper(typed.text("signed_number", 64), on)


async def _editing(work: Work, paper: SchoolPaper) -> Editing:
    kinds = await _kinds(work, paper.kind)
    public = {"yes": Text("papers-open")}
    fields = {
        "title": Field(Text("papers-title"), paper.title),
        "kind": Field(Text("papers-kind"), paper.kind, kinds),
        "site_url": Field(Text("papers-site"), paper.site_url),
        "public": Field(Text("papers-public"), ("yes",) if paper.public else (), public),
    }
    return Editing(f"paper:{paper.id}", fields, (paper.changed_by, paper.changed_at))


def _values(paper: SchoolPaper | None, typed: Typed) -> dict[str, Any]:
    names = ("title", "kind", "site_url", "signed_number", "signed_on")
    if typed.problems and (paper is None or typed.words("title") or "title" in typed.problems):
        ticks = {name: typed.words(name) == "yes" for name in ("public", "clean")}
        return {name: typed.words(name) for name in names} | ticks
    kept = {name: getattr(paper, name) if paper else "" for name in ("title", "kind", "site_url")}
    public = bool(paper and paper.public)  # a new version closes the paper, so this file has been looked at
    return {**kept, "signed_number": "", "signed_on": "", "public": public, "clean": public}


async def _form(request: Request, work: Work, typed: Typed) -> Response:
    return page(
        request, "documents/new.html", work, section="documents", status=422 if typed.problems else 200,
        values=_values(None, typed), kinds=await _kinds(work, "-"), problems=typed.problems,
        megabytes=LARGEST // 2**20,
    )  # fmt: skip


async def _page(request: Request, work: Work, paper: SchoolPaper, typed: Typed, editing: Editing) -> Response:
    return page(
        request, "documents/paper.html", work, section="documents", status=422 if typed.problems else 200,
        paper=paper, values=_values(paper, typed), kinds=await _kinds(work, paper.kind), problems=typed.problems,
        typed=typed, megabytes=LARGEST // 2**20, **context(editing, work.now),
    )  # fmt: skip
