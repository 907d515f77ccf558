"""«Новости»: drafts, preview, publishing to the bot and the wall, the kit for posting by hand."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from actions import audiences, news
from actions.audiences import Audience
from actions.work import Work
from admin.forms import Typed
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.forms import FORMS
from program.pictures import LARGEST
from program.roles import Side
from program.states import NewsStatus, WallState
from storage import files, lists
from storage import news as rows
from storage.tables import NewsItem

router = APIRouter(prefix="/news")


@router.get("", name="news")
async def all_news(request: Request, staff: Signed, work: Reading) -> Response:
    items = await rows.all_of(work.session, work.school.id)
    return page(request, "news/list.html", work, section="news", items=items)


@router.get("/new", name="news-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _editor(request, work, Typed.empty(), None)


@router.post("/new", name="news-create")
async def create(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    return await _save(request, work, form, None)


@router.get("/{item_id}", name="news-item")
async def item(request: Request, staff: Signed, work: Reading, item_id: int) -> Response:
    shown = await _get(work, item_id)
    return await _item(request, work, shown, {})


@router.get("/{item_id}/edit", name="news-edit")
async def edit(request: Request, staff: Signed, work: Reading, item_id: int) -> Response:
    shown = await _get(work, item_id)
    if shown.status == NewsStatus.PUBLISHED:
        return back(request, "news-item", item_id=item_id)
    return await _editor(request, work, Typed.empty(), shown)


@router.post("/{item_id}/edit", name="news-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    return await _save(request, work, form, await _get(work, item_id))


@router.get("/{item_id}/photos/{file_id}", name="news-photo")
async def photo(request: Request, staff: Signed, work: Reading, item_id: int, file_id: int) -> Response:
    shown = await _get(work, item_id)
    found = await files.get(work.session, work.school.id, file_id) if file_id in shown.photos else None
    if found is None:
        raise HTTPException(404)
    keep = "save" in request.query_params
    return file(found.data, found.name, found.content_type, inline=not keep)


@router.post("/{item_id}/photos/{file_id}/remove", name="news-photo-remove")
async def remove_photo(
    request: Request, staff: Signed, work: Changing, item_id: int, file_id: int
) -> Response:
    shown = await _get(work, item_id)
    await news.remove_photo(work, shown.id, file_id)
    return back(request, "news-edit", "photo-removed", item_id=item_id)


@router.post("/{item_id}/publish", name="news-publish")
async def publish(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await _get(work, item_id)
    typed = Typed(form, house(request).texts)
    if shown.photos and not typed.many("agreed"):
        typed.wrong("agreed", "admin-news-agreed-missing")
        return await _item(request, work, shown, typed.problems)
    await news.publish(work, item_id, wall_ready=house(request).wall_ready)
    return back(request, "news-item", "published", item_id=item_id)


@router.post("/{item_id}/link", name="news-link")
async def link(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await _get(work, item_id)
    typed = Typed(form, house(request).texts)
    await news.posted_by_hand(work, shown.id, typed.words("url", 301))
    return back(request, "news-item", "linked", item_id=item_id)


async def _get(work: Work, item_id: int) -> NewsItem:
    found = await rows.get(work.session, work.school.id, item_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _save(request: Request, work: Work, form: Fields, known: NewsItem | None) -> Response:
    typed = Typed(form, house(request).texts)
    draft = news.Draft(
        typed.text("title", news.TITLE_LIMIT, "admin-news-title-missing"),
        typed.text("body", news.BODY_LIMIT, "admin-news-body-missing"),
        to_bot="bot" in typed.many("to"),
        to_wall="wall" in typed.many("to"),
        audience=Audience(
            typed.chosen("sides", Side),
            typed.chosen("forms", FORMS),
            typed.chosen("classes", await lists.classes(work.session, work.school.id)),
        ),
    )
    photos = [part for part in form.getlist("photos") if isinstance(part, UploadFile) and part.filename]
    if len(photos) + len(known.photos if known else ()) > news.MOST_PHOTOS:
        typed.wrong("photos", "news-photo-many", limit=news.MOST_PHOTOS)
    if typed.problems:
        return await _editor(request, work, typed, known)
    written = await news.write(work, draft, known.id if known else None)
    for part in photos:
        await news.add_photo(work, written.id, await part.read(LARGEST + 1))
    return back(request, "news-item", "saved", item_id=written.id)


async def _editor(request: Request, work: Work, typed: Typed, known: NewsItem | None) -> Response:
    return page(
        request,
        "news/edit.html",
        work,
        section="news",
        status=422 if typed.problems else 200,
        item=known,
        typed=typed,
        problems=typed.problems,
        pictures=await files.listed(work.session, work.school.id, known.photos) if known else [],
        sides=tuple(Side),
        enabled=[slug for slug in work.settings.forms if slug in FORMS],
        classes=await lists.classes(work.session, work.school.id),
        limits=(news.TITLE_LIMIT, news.BODY_LIMIT, news.MOST_PHOTOS),
    )


async def _item(request: Request, work: Work, shown: NewsItem, problems: dict[str, str]) -> Response:
    draft = shown.status == NewsStatus.DRAFT
    meant = await audiences.people(work, Audience.read(shown.audience)) if draft and shown.to_bot else []
    return page(
        request,
        "news/item.html",
        work,
        section="news",
        status=422 if problems else 200,
        item=shown,
        draft=draft,
        by_hand=shown.wall == WallState.MANUAL,
        problems=problems,
        pictures=await files.listed(work.session, work.school.id, shown.photos),
        count=len(meant),
        delivered=None if draft else await rows.delivered(work.session, work.school.id, shown.id),
        wall_ready=house(request).wall_ready,
        group_url=work.settings.vk_group_url,
    )
