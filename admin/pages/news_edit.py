"""The editor of news. What is typed is kept by itself while it is typed; without a script the buttons keep it.

A form that was opened has a mark of its own (`form`): what it has kept itself is no other person's change.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from actions import news, news_again, news_reach
from actions.audiences import Audience
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages.news import get, people, previews
from admin.show import address, back, page
from admin.versions import LONGEST_STAMP, STAMP, Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program import news as limits
from program.errors import Refusal
from program.forms import FORMS
from program.ids import id_in
from program.pictures import LARGEST, picture
from program.states import NewsStatus
from program.text import Text, raw
from storage import files, lists
from storage.lists import Narrowed
from storage.tables import NewsItem

router = APIRouter(prefix="/news")

MOST_FOUND = 20  # people offered at once; more letters narrow them


@router.get("/new", name="news-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _editor(request, work, Typed.empty(), None)


@router.post("/new", name="news-create")
async def create(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    return await _save(request, work, form, await _begun(work, Typed(form, house(request).texts)))


@router.post("/keep", name="news-keep")
async def keep(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """What has been typed so far, kept without a press: the answer is a piece of the editor's page."""
    typed = Typed(form, house(request).texts)
    known = await _begun(work, typed)
    if known is not None and known.status not in news.EDITABLE:
        return _kept(request, work, "news-keep-planned", known)
    if known is not None and not _own(typed, known):
        editing = await _editing(work, known)
        if await editing.clashes(work, typed):
            return _kept(request, work, "news-keep-clash", known)
    draft = await _draft(work, typed)
    photos = _photos(form)
    if known is None and not (draft.title.strip() or draft.body.strip() or photos):
        return _kept(request, work, "", None)
    try:
        item = await news.keep(work, draft, known.id if known else None, form=typed.words("form", 64))
        await news.set_shown(work, item.id, _ids(typed))
        problem = await _add(work, item, photos)
    except Refusal as no:
        return _kept(request, work, "", known, no.text)
    return await _piece(request, work, item, problem, with_photos=bool(photos))


@router.get("/{item_id}/edit", name="news-edit")
async def edit(request: Request, staff: Signed, work: Reading, item_id: int) -> Response:
    shown = await get(work, item_id)
    if shown.status in (NewsStatus.PLANNED, NewsStatus.WITHDRAWN):
        return back(request, "news-item", item_id=item_id)
    return await _editor(request, work, Typed.empty(), shown)


@router.post("/{item_id}/edit", name="news-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    await turn(work, _subject(item_id))
    return await _save(request, work, form, await get(work, item_id))


@router.post("/{item_id}/photos/{file_id}/remove", name="news-photo-remove")
async def remove_photo(
    request: Request, staff: Signed, work: Changing, form: Fields, item_id: int, file_id: int
) -> Response:
    shown = await get(work, item_id)
    await _keep_typed(request, work, form, shown)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-photo"),
        effect=Text("sure-photo-effect", {"title": raw(shown.title)}),
        do="sure-photo-do",
        stay=address(request, "news-edit", item_id=item_id),
        section="news",
    )
    if asking is not None:
        return asking
    await news.remove_photo(work, shown.id, file_id)
    return back(request, "news-edit", "photo-removed", item_id=item_id, at="pictures")


@router.post("/{item_id}/photos/{file_id}/move", name="news-photo-move")
async def move_photo(
    request: Request, staff: Signed, work: Changing, form: Fields, item_id: int, file_id: int
) -> Response:
    """What was typed beside is kept as well: the button stands in the same form."""
    shown = await get(work, item_id)
    await _keep_typed(request, work, form, shown)
    earlier = Typed(form, house(request).texts).words("whither") == "earlier"
    await news.move_photo(work, shown.id, file_id, earlier=earlier)
    return back(request, "news-edit", item_id=item_id, at="pictures")


async def _begun(work: Work, typed: Typed) -> NewsItem | None:
    """The draft that this form has made already by keeping itself; None: none yet."""
    number = id_in(typed.words("item", 20))
    if number is None:
        return None
    await turn(work, _subject(number))
    return await get(work, number)


def _own(typed: Typed, known: NewsItem) -> bool:
    """Whether this very form was the last to keep the item."""
    return known.changed_in != "" and known.changed_in == typed.words("form", 64)


async def _keep_typed(request: Request, work: Work, form: Fields, shown: NewsItem) -> None:
    typed = Typed(form, house(request).texts)
    if "title" not in form or shown.status not in news.EDITABLE:
        return
    if _own(typed, shown) or not await (await _editing(work, shown)).clashes(work, typed):
        await news.keep(work, await _draft(work, typed), shown.id, form=typed.words("form", 64))
        await news.set_shown(work, shown.id, _ids(typed))


async def _save(request: Request, work: Work, form: Fields, known: NewsItem | None) -> Response:
    typed = Typed(form, house(request).texts)
    finding = bool(typed.many("find"))
    if known is not None and not finding and not _own(typed, known):
        editing = await _editing(work, known)
        if await editing.clashes(work, typed):
            return await _editor(request, work, typed, known, editing=editing)
    if finding and (typed.words("who") or "hx-request" in request.headers):
        return await _editor(request, work, typed, known, typing=True)
    typed.text("title", limits.TITLE_LIMIT, "admin-news-title-missing")
    typed.text("body", limits.BODY_LIMIT, "admin-news-body-missing")
    photos = _photos(form)
    shots = await _shots(typed, photos, len(known.photos) if known else 0)
    if typed.problems:
        return await _editor(request, work, typed, known)
    if known is not None and known.status == NewsStatus.PUBLISHED:
        return await _correct(request, work, typed, known)
    draft = await _draft(work, typed)
    written = await news.write(work, draft, known.id if known else None, form=typed.words("form", 64))
    await news.set_shown(work, written.id, _ids(typed))
    for shot in shots:
        await news.add_photo(work, written.id, shot)
    stays = typed.words("then") == "stay"
    return back(request, "news-edit" if stays else "news-item", "saved", item_id=written.id)


async def _correct(request: Request, work: Work, typed: Typed, known: NewsItem) -> Response:
    draft = await _draft(work, typed)
    shown = _ids(typed)
    try:
        await news_again.correct(work, known.id, draft.title, draft.body, shown, draft.captions)
    except Refusal as no:
        if no.text.id != "news-no-publication":
            raise
        typed.refused("shown", no)
        return await _editor(request, work, typed, known)
    return back(request, "news-item", "news-corrected", item_id=known.id)


async def _draft(work: Work, typed: Typed) -> news.Draft:
    captions = {
        key: typed.words(name, limits.CAPTION_LIMIT)
        for name, key in ((name, id_in(name.removeprefix("caption-"))) for name in typed.names("caption-"))
        if key is not None
    }
    return news.Draft(
        typed.words("title", limits.TITLE_LIMIT),
        typed.words("body", limits.BODY_LIMIT),
        to_bot="bot" in typed.many("to"),
        to_wall="wall" in typed.many("to"),
        audience=Audience(
            typed.chosen("sides", limits.ROLES),
            typed.chosen("forms", work.settings.known_forms),
            typed.chosen("classes", await lists.classes(work.session, work.school.id)),
            typed.chosen("stages", limits.STAGES),
        ),
        captions=captions,
    )


def _photos(form: Fields) -> list[UploadFile]:
    return [part for part in form.getlist("photos") if isinstance(part, UploadFile) and part.filename]


async def _shots(typed: Typed, photos: Sequence[UploadFile], there: int) -> list[bytes]:
    """The chosen files, looked at before anything is kept: what was typed beside must not be lost to one of them."""
    if len(photos) + there > limits.MOST_PHOTOS:
        typed.wrong("photos", "news-photo-many", limit=limits.MOST_PHOTOS)
        return []
    shots = [await part.read(LARGEST + 1) for part in photos]
    for shot in shots:
        try:
            picture(shot)
        except Refusal as no:
            typed.refused("photos", no)
            break
    return shots


async def _add(work: Work, item: NewsItem, photos: Sequence[UploadFile]) -> Text | None:
    """Adds what can be added; why the first other one cannot."""
    for part in photos:
        try:
            await news.add_photo(work, item.id, await part.read(LARGEST + 1))
        except Refusal as no:
            return no.text
    return None


def _ids(typed: Typed) -> list[int]:
    return [number for one in typed.many("shown") if (number := id_in(one)) is not None]


def _subject(item_id: int) -> str:
    return f"news:{item_id}"


async def _editing(work: Work, item: NewsItem) -> Editing:
    """An item as the form shows it."""
    shown = await lists.names(work.session, work.school.id, item.shows)
    meant = Audience.read(item.audience)
    names = {str(key): raw(one.full_name or one.first_name) for key, one in shown.items()}
    fields = {
        "title": Field(Text("admin-news-title"), item.title),
        "body": Field(Text("admin-news-body"), item.body),
        "shown": Field(Text("admin-news-shown"), [str(key) for key in item.shows], names),
    }
    if item.status != NewsStatus.PUBLISHED:
        places = {"bot": Text("admin-news-to-bot"), "wall": Text("admin-news-to-wall")}
        to = [place for place, on in (("bot", item.to_bot), ("wall", item.to_wall)) if on]
        roles = {role: Text(f"admin-news-role-{role}") for role in limits.ROLES}
        forms = {slug: work.settings.form_name(slug) for slug in work.settings.known_forms}
        stages = {stage: Text(f"admin-news-stage-{stage}") for stage in limits.STAGES}
        fields |= {
            "to": Field(Text("admin-news-to"), to, places),
            "sides": Field(Text("admin-people-side"), meant.sides, roles),
            "forms": Field(Text("admin-people-form"), meant.forms, forms),
            "classes": Field(Text("admin-people-class-name"), meant.classes),
            "stages": Field(Text("admin-news-stage"), meant.stages, stages),
        }
    for number, key in enumerate(item.photos, 1):
        label = Text("admin-news-caption", {"n": number})
        fields[f"caption-{key}"] = Field(label, str(item.captions.get(str(key), "")))
    changed = (item.changed_by, item.changed_at) if item.changed_by and item.changed_at else None
    return Editing(_subject(item.id), fields, changed)


async def _editor(
    request: Request,
    work: Work,
    typed: Typed,
    known: NewsItem | None,
    *,
    typing: bool = False,
    editing: Editing | None = None,
) -> Response:
    """`typing`: the form came back to look for people; what was typed stays, nothing is saved yet."""
    looking = typing
    typing = typing or bool(typed.problems)
    if known is not None and editing is None:
        editing = await _editing(work, known)
    version = context(editing, work.now) if editing else {"stamp": "", "clash": None}
    if looking and typed.words(STAMP, LONGEST_STAMP):  # the form is still the one that was opened
        version["stamp"] = typed.words(STAMP, LONGEST_STAMP)
    words = f"{typed.words('title', 1000)} {typed.words('body', 10000)}"
    if not typing:
        words = f"{known.title} {known.body}" if known else ""
    ticked = _ids(typed) if typing else list(known.shows) if known else []
    asked = typed.words("who", 100)
    found = (
        await lists.people(work.session, work.school.id, work.settings.year, Narrowed(asked)) if asked else []
    )
    offered = [one for one in (*found[:MOST_FOUND], *await news.named(work, words)) if one not in ticked]
    return page(
        request,
        "news/edit.html",
        work,
        section="news",
        status=422 if typed.problems else 200,
        typed=typed,
        typing=typing,
        problems=typed.problems,
        people=await people(work, [*ticked, *dict.fromkeys(offered)]),
        ticked=ticked,
        asked=asked,
        more=len(found) > MOST_FOUND,
        correcting=known is not None and known.status == NewsStatus.PUBLISHED,
        form_mark=typed.words("form", 64) or secrets.token_hex(8),
        roles=limits.ROLES,
        stages=tuple(limits.STAGES),
        enabled=[slug for slug in work.settings.forms if slug in FORMS],
        classes=await lists.classes(work.session, work.school.id),
        limits=(limits.TITLE_LIMIT, limits.BODY_LIMIT, limits.MOST_PHOTOS, limits.CAPTION_LIMIT),
        **version,
        **await _beside(request, work, known),
    )


async def _beside(request: Request, work: Work, item: NewsItem | None) -> dict[str, Any]:
    """What stands beside the fields: photos, both previews, the counter."""
    return {
        "item": item,
        "meant": Audience.read(item.audience) if item else Audience(),
        "pictures": await files.listed(work.session, work.school.id, item.photos) if item else [],
        "seen": previews(house(request), item) if item else None,
        "reach": await news_reach.reach(work, Audience.read(item.audience)) if item and item.to_bot else None,
        "wall_ready": house(request).wall_ready,
    }


async def _piece(
    request: Request, work: Work, item: NewsItem, problem: Text | None, *, with_photos: bool
) -> Response:
    await work.session.flush()
    answer = page(
        request,
        "news/_kept.html",
        work,
        said=None if problem else Text("news-keep-done"),
        problem=problem,
        stamp=(await _editing(work, item)).stamp(work.now),
        with_photos=with_photos,
        limits=(limits.TITLE_LIMIT, limits.BODY_LIMIT, limits.MOST_PHOTOS, limits.CAPTION_LIMIT),
        **await _beside(request, work, item),
    )
    answer.headers["HX-Replace-Url"] = address(request, "news-edit", item_id=item.id)
    return answer


def _kept(
    request: Request, work: Work, said: str, item: NewsItem | None, problem: Text | None = None
) -> Response:
    """Nothing was kept, and why; the fields stay as they are."""
    return page(
        request,
        "news/_kept.html",
        work,
        said=None,
        problem=problem or (Text(said) if said else None),
        item=item,
        stamp=None,
        with_photos=False,
    )
