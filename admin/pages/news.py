"""«Новости»: the list, an item before and after it is out, what has to be taken down. Writing: `news_edit`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import news, news_again, news_ideas, news_plan, news_reach, takedowns
from actions.audiences import Audience
from actions.work import Work
from admin import sure
from admin.access import may
from admin.forms import Typed
from admin.show import address, back, file, page
from admin.visit import Changing, Fields, House, Reading, Seen, Signed, house
from program.channels import Channel
from program.errors import Refusal
from program.outgoing import Message
from program.roles import StaffRole
from program.states import NewsPlace, NewsStatus, WallState
from program.text import Text, raw
from storage import files, lists, news_copies, news_stories
from storage import news as rows
from storage import takedowns as takedown_rows
from storage.tables import NewsItem, Person, Takedown

router = APIRouter(prefix="/news")

LINK = re.compile(r"(https?://[^\s<>«»]+[^\s<>«».,;:!?)])")
LEFT_SHOWN = 30  # names of those who keep an old copy
OUT = (NewsStatus.PUBLISHED, NewsStatus.WITHDRAWN)


@router.get("", name="news")
async def all_news(request: Request, staff: Signed, work: Reading) -> Response:
    session, school = work.session, work.school.id
    return page(
        request,
        "news/list.html",
        work,
        section="news",
        items=await rows.all_of(session, school),
        to_take_down=bool(await takedown_rows.waiting(session, school)),
        stories=sum(one.count for one in await news_stories.waiting(session, school))
        if may(staff.role, "news-stories")
        else 0,
        ideas=[(one, news_ideas.title(one)) for one in await news_ideas.fresh(work)]
        if may(staff.role, "news-idea-use")
        else [],
    )


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
    return await _item(request, work, await get(work, item_id), Typed.empty())


@router.get("/{item_id}/photos/{file_id}", name="news-photo")
async def photo(request: Request, staff: Signed, work: Reading, item_id: int, file_id: int) -> Response:
    shown = await get(work, item_id)
    found = await files.get(work.session, work.school.id, file_id) if file_id in shown.photos else None
    if found is None:
        raise HTTPException(404)
    keep = "save" in request.query_params
    return file(found.data, found.name, found.content_type, inline=not keep)


@router.post("/{item_id}/publish", name="news-publish")
async def publish(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await get(work, item_id)
    typed = Typed(form, house(request).texts)
    if not _looked_at(shown, typed):
        return await _item(request, work, shown, typed)
    await news.publish(work, item_id, wall_ready=house(request).wall_ready)
    return back(request, "news-item", "published", item_id=item_id)


@router.post("/{item_id}/plan", name="news-plan")
async def plan(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    """The hour is typed by the school's clock."""
    shown = await get(work, item_id)
    typed = Typed(form, house(request).texts)
    at = _hour(typed, work)
    if not _looked_at(shown, typed) or at is None:
        return await _item(request, work, shown, typed)
    try:
        await news_plan.plan(work, item_id, at, wall_ready=house(request).wall_ready)
    except Refusal as no:
        if no.text.id not in ("news-plan-past", "news-plan-far"):
            raise
        typed.refused("day", no)
        return await _item(request, work, shown, typed)
    return back(request, "news-item", "news-planned", item_id=item_id)


@router.post("/{item_id}/plan/off", name="news-plan-off")
async def plan_off(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    await news_plan.call_off(work, (await get(work, item_id)).id)
    edits = Typed(form, house(request).texts).words("then") == "edit"
    return back(request, "news-edit" if edits else "news-item", "news-plan-off", item_id=item_id)


@router.post("/{item_id}/not-meant/{person_id}", name="news-not-meant")
async def not_meant(
    request: Request, staff: Signed, work: Changing, item_id: int, person_id: int
) -> Response:
    """«Это другой человек»: somebody of the same name."""
    await news.not_meant(work, (await get(work, item_id)).id, person_id)
    return back(request, "news-item", item_id=item_id, at="h-shown")


@router.post("/{item_id}/withdraw", name="news-withdraw")
async def withdraw(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await get(work, item_id)
    copies = await takedown_rows.in_messengers(work.session, work.school.id, shown.id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-news-withdraw", {"title": raw(shown.title)}),
        effect=Text("sure-news-withdraw-effect", {"n": copies}),
        do="sure-news-withdraw-do",
        stay=address(request, "news-item", item_id=item_id),
        section="news",
    )
    if asking is not None:
        return asking
    await news_again.withdraw(work, shown.id)
    return back(request, "news-item", "news-withdrawn", item_id=item_id)


@router.post("/{item_id}/link", name="news-link")
async def link(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await get(work, item_id)
    typed = Typed(form, house(request).texts)
    await news.posted_by_hand(work, shown.id, typed.words("url", 301))
    return back(request, "news-item", "linked", item_id=item_id)


@router.post("/{item_id}/wall-done", name="news-wall-done")
async def wall_done(request: Request, staff: Signed, work: Changing, item_id: int) -> Response:
    """The post was corrected or removed by hand."""
    await news.done_by_hand(work, (await get(work, item_id)).id)
    return back(request, "news-item", "news-wall-done", item_id=item_id)


@router.post("/{item_id}/taken-down", name="news-taken-down")
async def taken_down(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    shown = await get(work, item_id)
    place = Typed(form, house(request).texts).one_of("place", NewsPlace)
    if place is None:
        raise Refusal("news-takedown-done")
    await takedowns.tick(work, shown.id, place)
    return back(request, "news-takedowns", "taken-down")


async def get(work: Work, item_id: int) -> NewsItem:
    found = await rows.get(work.session, work.school.id, item_id)
    if found is None:
        raise HTTPException(404)
    return found


async def people(work: Work, ids: Sequence[int]) -> list[tuple[Person, bool]]:
    """These people in this order, and whether they may be shown."""
    known = {one.id: one for one in await lists.bare(work.session, work.school.id, ids)}
    missing = {one.id for one in await takedowns.lacking(work, ids)}
    return [(known[key], key not in missing) for key in ids if key in known]


def as_seen(place: House, message: Message, channel: Channel) -> tuple[Seen, list[tuple[str, bool]]]:
    """How the message is drawn there, and its text in parts: words, and addresses that can be pressed."""
    seen = place.preview(message, channel)
    return seen, [(part, LINK.fullmatch(part) is not None) for part in LINK.split(seen.text) if part]


def previews(place: House, item: NewsItem) -> dict[str, tuple[Seen, list[tuple[str, bool]]]]:
    message = news.message(item)
    readers = news.for_bot(message, Audience.read(item.audience))
    return {
        "wall": as_seen(place, message, Channel.VK_WALL),
        "bot": as_seen(place, readers, Channel.WEB),
    }


def _looked_at(shown: NewsItem, typed: Typed) -> bool:
    """Whether somebody says that everybody on the photos has agreed."""
    if shown.photos and not typed.many("agreed"):
        typed.wrong("agreed", "admin-news-agreed-missing")
        return False
    return True


def _hour(typed: Typed, work: Work) -> datetime | None:
    day = typed.day("day")
    try:
        clock = time.fromisoformat(typed.words("time", 5))
    except ValueError:
        typed.wrong("time", "admin-news-time-odd")
        return None
    return None if day is None else datetime.combine(day, clock, work.zone)


async def _item(request: Request, work: Work, shown: NewsItem, typed: Typed) -> Response:
    out = shown.status in OUT
    meant = None if out or not shown.to_bot else await news_reach.reach(work, Audience.read(shown.audience))
    named = [] if out else await news.unticked(work, shown)
    asked = await takedown_rows.open_ones(work.session, work.school.id) if out else []
    again = await news_copies.again(work.session, work.school.id, shown) if out and shown.edition else None
    # Whoever keeps the site ticks people, and reads no lists of them (docs/privacy.md).
    lists = request.state.staff.role is not StaffRole.SITE_EDITOR
    left = lists and again and await news_copies.left(work.session, work.school.id, shown, LEFT_SHOWN + 1)
    return page(
        request,
        "news/item.html",
        work,
        section="news",
        status=422 if typed.problems else 200,
        item=shown,
        draft=not out,
        typed=typed,
        by_hand=shown.status == NewsStatus.PUBLISHED and shown.wall == WallState.MANUAL,
        problems=typed.problems,
        pictures=await files.listed(work.session, work.school.id, shown.photos),
        seen=previews(house(request), shown),
        reach=meant,
        silent=await news_reach.silent(work, Audience.read(shown.audience), LEFT_SHOWN)
        if lists and meant and meant.silent
        else [],
        hour=news_plan.hour(work, shown.planned_at) if shown.planned_at else None,
        zone=work.zone,
        soon=work.now,
        people=await people(work, shown.shows),
        named=await people(work, named),
        to_take_down=shown.id in {one.id for _, one, _ in asked},
        delivered=await rows.delivered(work.session, work.school.id, shown.id, work.now) if out else None,
        again=again,
        left=(left or [])[:LEFT_SHOWN],
        more_left=len(left or []) > LEFT_SHOWN,
        wall_ready=house(request).wall_ready,
        group_url=work.settings.vk_group_url,
    )
