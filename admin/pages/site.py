"""«Страница для сайта»: what of the programme everybody may see, with a preview; off until it is switched on."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from actions import public_page
from actions.work import Work
from admin import public_view
from admin.forms import Typed
from admin.pages.public import render
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.public_page import ABOUT, CONTACT, PublicPage, origin
from program.text import Text
from storage import news, school_papers
from storage import public_page as rows

router = APIRouter(prefix="/site")

PARTS = ("papers", "stories", "opinions")


@router.get("", name="site")
async def settings(request: Request, staff: Signed, work: Reading) -> Response:
    return await _form(request, work, Typed.empty(), _editing(work))


@router.post("", name="site-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed, editing = Typed(form, house(request).texts), _editing(work)
    if await editing.clashes(work, typed):
        return await _form(request, work, typed, editing)
    wanted = _read(typed)
    if typed.problems:
        return await _form(request, work, typed, editing)
    await public_page.save(work, wanted)
    return back(request, "site", "site-on" if wanted.on else "site-off")


@router.get("/preview", name="site-preview")
async def preview(request: Request, staff: Signed, work: Reading) -> Response:
    """What everybody would see now; nothing becomes visible by looking."""
    view = await public_page.preview(work)
    return HTMLResponse(render(request, view, work.school.slug, "public/page.html", preview=True))


@router.post("/stories/{item_id}", name="site-story")
async def story(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    if await news.get(work.session, work.school.id, item_id) is None:
        raise HTTPException(404)
    on = "on" in Typed(form, house(request).texts).many("show")
    await public_page.show_story(work, item_id, on)
    return back(request, "site", "site-story-on" if on else "site-story-off", at="h-stories")


def _read(typed: Typed) -> PublicPage:
    """What was typed; what is wrong is noted in `typed`."""
    said = typed.text("site", 300)
    site = origin(said) if said else ""
    if site is None:
        typed.wrong("site", "site-address-odd")
    shown = typed.chosen("parts", PARTS)
    return PublicPage(
        on="on" in typed.many("on"),
        site=site or "",
        indexed="on" in typed.many("indexed"),
        contact=typed.text("contact", CONTACT),
        about=typed.text("about", ABOUT),
        **{part: part in shown for part in PARTS},
    )


def _editing(work: Work) -> Editing:
    """The page's settings as the form shows them."""
    now, yes = public_page.page_of(work), {"on": Text("versions-yes")}
    parts = {part: Text(f"site-part-{part}") for part in PARTS}
    fields = {
        "on": Field(Text("site-on"), ["on"] if now.on else [], yes),
        "parts": Field(Text("site-parts"), [part for part in PARTS if getattr(now, part)], parts),
        "about": Field(Text("site-about"), now.about),
        "contact": Field(Text("site-contact"), now.contact),
        "site": Field(Text("site-address"), now.site),
        "indexed": Field(Text("site-indexed"), ["on"] if now.indexed else [], yes),
    }
    return Editing(subject(work), fields)


async def _form(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    now = public_page.page_of(work)
    wanted = await rows.published(work.session, work.school.id)
    agreed = {item.id for item in await public_page.stories(work)}
    address = f"{house(request).links.public_url}/school/{work.school.slug}"
    view = await public_page.view(work)
    return page(
        request,
        "public/settings.html",
        work,
        section="site",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        now=now,
        parts=PARTS,
        limits=(CONTACT, ABOUT),
        usual_contact=work.settings.curator_contact,
        news=wanted,
        agreed=agreed,
        papers=await school_papers.public(work.session, work.school.id),
        address=address,
        frame=f'<iframe src="{address}/fragment" title="{house(request).texts("site-title")}" width="100%" height="1400"></iframe>',
        pasted=public_view.plain(house(request).texts, view, address) if now.on and view.lines else "",
        **context(editing, work.now),
    )
