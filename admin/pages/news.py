"""«Новости»: drafts, preview, publishing to the bot and the wall, the kit for posting by hand."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from actions import audiences, news, takedowns
from actions.audiences import Audience
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.show import back, file, page
from admin.versions import LONGEST_STAMP, STAMP, Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program import news as limits
from program.courtesy import day_begins
from program.errors import Refusal
from program.forms import FORMS
from program.ids import id_in
from program.pictures import LARGEST
from program.roles import Side
from program.states import NewsPlace, NewsStatus, WallState
from program.text import Text, raw
from storage import files, lists, outbox
from storage import news as rows
from storage import takedowns as takedown_rows
from storage.lists import Narrowed
from storage.tables import NewsItem, Person, Takedown

router = APIRouter(prefix="/news")

MOST_FOUND = 20  # people offered at once; more letters narrow them


@router.get("", name="news")
async def all_news(request: Request, staff: Signed, work: Reading) -> Response:
    items = await rows.all_of(work.session, work.school.id)
    to_take_down = bool(await takedown_rows.waiting(work.session, work.school.id))
    return page(request, "news/list.html", work, section="news", items=items, to_take_down=to_take_down)


@router.get("/new", name="news-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _editor(request, work, Typed.empty(), None)


@router.post("/new", name="news-create")
async def create(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    return await _save(request, work, form, None)


@router.get("/takedowns", name="news-takedowns")
async def all_takedowns(request: Request, staff: Signed, work: Reading) -> Response:
    """What has to be taken down, an item's place at a time."""
    places: dict[tuple[int, str], list[tuple[Takedown, Person]]] = {}
    items: dict[int, NewsItem] = {}
    for row, shown, person in await takedown_rows.open_ones(work.session, work.school.id):
        places.setdefault((shown.id, row.place), []).append((row, person))
        items[shown.id] = shown
    copies = {key: await takedown_rows.in_messengers(work.session, work.school.id, key) for key in items}
    return page(
        request,
        "news/takedowns.html",
        work,
        section="news-takedowns",
        places=[(items[key], place, asked) for (key, place), asked in places.items()],
        copies=copies,
    )


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
    await turn(work, _subject(item_id))
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
    request: Request, staff: Signed, work: Changing, form: Fields, item_id: int, file_id: int
) -> Response:
    shown = await _get(work, item_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-photo"),
        effect=Text("sure-photo-effect", {"title": raw(shown.title)}),
        do="sure-photo-do",
        stay=str(request.app.url_path_for("news-edit", item_id=item_id)),
        section="news",
    )
    if asking is not None:
        return asking
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


@router.post("/{item_id}/taken-down", name="news-taken-down")
async def taken_down(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await _get(work, item_id)
    place = Typed(form, house(request).texts).one_of("place", NewsPlace)
    if place is None:
        raise Refusal("news-takedown-done")
    await takedowns.tick(work, shown.id, place)
    return back(request, "news-takedowns", "taken-down")


async def _get(work: Work, item_id: int) -> NewsItem:
    found = await rows.get(work.session, work.school.id, item_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _save(request: Request, work: Work, form: Fields, known: NewsItem | None) -> Response:
    typed = Typed(form, house(request).texts)
    if known is not None and not typed.many("find"):
        editing = await _editing(work, known)
        if await editing.clashes(work, typed):
            return await _editor(request, work, typed, known, editing=editing)
    if typed.many("find") and (typed.words("who") or "hx-request" in request.headers):
        return await _editor(request, work, typed, known, typing=True)
    draft = news.Draft(
        typed.text("title", limits.TITLE_LIMIT, "admin-news-title-missing"),
        typed.text("body", limits.BODY_LIMIT, "admin-news-body-missing"),
        to_bot="bot" in typed.many("to"),
        to_wall="wall" in typed.many("to"),
        audience=Audience(
            typed.chosen("sides", Side),
            typed.chosen("forms", work.settings.known_forms),
            typed.chosen("classes", await lists.classes(work.session, work.school.id)),
        ),
    )
    photos = [part for part in form.getlist("photos") if isinstance(part, UploadFile) and part.filename]
    if len(photos) + len(known.photos if known else ()) > limits.MOST_PHOTOS:
        typed.wrong("photos", "news-photo-many", limit=limits.MOST_PHOTOS)
    if typed.problems:
        return await _editor(request, work, typed, known)
    written = await news.write(work, draft, known.id if known else None)
    await news.set_shown(work, written.id, _ids(typed))
    for part in photos:
        await news.add_photo(work, written.id, await part.read(LARGEST + 1))
    return back(request, "news-item", "saved", item_id=written.id)


def _ids(typed: Typed) -> list[int]:
    return [number for one in typed.many("shown") if (number := id_in(one)) is not None]


def _subject(item_id: int) -> str:
    return f"news:{item_id}"


async def _editing(work: Work, item: NewsItem) -> Editing:
    """A draft as the form shows it."""
    people = await lists.names(work.session, work.school.id, item.shows)
    meant = Audience.read(item.audience)
    names = {str(key): raw(one.full_name or one.first_name) for key, one in people.items()}
    places = {"bot": Text("admin-news-to-bot"), "wall": Text("admin-news-to-wall")}
    to = [place for place, on in (("bot", item.to_bot), ("wall", item.to_wall)) if on]
    sides = {side.value: Text(f"admin-side-{side}") for side in Side}
    forms = {slug: work.settings.form_name(slug) for slug in work.settings.known_forms}
    return Editing(
        _subject(item.id),
        {
            "title": Field(Text("admin-news-title"), item.title),
            "body": Field(Text("admin-news-body"), item.body),
            "shown": Field(Text("admin-news-shown"), [str(key) for key in item.shows], names),
            "to": Field(Text("admin-news-to"), to, places),
            "sides": Field(Text("admin-people-side"), meant.sides, sides),
            "forms": Field(Text("admin-people-form"), meant.forms, forms),
            "classes": Field(Text("admin-people-class-name"), meant.classes),
        },
    )


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
        item=known,
        typed=typed,
        typing=typing,
        problems=typed.problems,
        people=await _people(work, [*ticked, *dict.fromkeys(offered)]),
        ticked=ticked,
        asked=asked,
        more=len(found) > MOST_FOUND,
        pictures=await files.listed(work.session, work.school.id, known.photos) if known else [],
        sides=tuple(Side),
        enabled=[slug for slug in work.settings.forms if slug in FORMS],
        classes=await lists.classes(work.session, work.school.id),
        limits=(limits.TITLE_LIMIT, limits.BODY_LIMIT, limits.MOST_PHOTOS),
        **version,
    )


async def _people(work: Work, ids: Sequence[int]) -> list[tuple[Person, bool]]:
    """These people in this order, and whether they may be shown."""
    known = {one.id: one for one in await lists.bare(work.session, work.school.id, ids)}
    missing = {one.id for one in await takedowns.lacking(work, ids)}
    return [(known[key], key not in missing) for key in ids if key in known]


async def _item(request: Request, work: Work, shown: NewsItem, problems: dict[str, str]) -> Response:
    draft = shown.status == NewsStatus.DRAFT
    meant = await audiences.people(work, Audience.read(shown.audience)) if draft and shown.to_bot else []
    named = await news.named(work, f"{shown.title} {shown.body}") if draft else []
    today = await outbox.told_since(work.session, work.school.id, day_begins(work.now, work.zone))
    asked = [] if draft else await takedown_rows.open_ones(work.session, work.school.id)
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
        tomorrow=sum(one.id in today for one in meant),
        people=await _people(work, shown.shows),
        named=await _people(work, [key for key in named if key not in shown.shows]),
        to_take_down=shown.id in {one.id for _, one, _ in asked},
        delivered=None if draft else await rows.delivered(work.session, work.school.id, shown.id),
        wall_ready=house(request).wall_ready,
        group_url=work.settings.vk_group_url,
    )
