"""«Рассылки»: how a news item goes out to many; pause, go on, call off; whom to call instead."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import mailings
from actions.accounts import Staff
from actions.work import Work
from admin import sure
from admin.listing import Source, download, view
from admin.lists import mailing as listed
from admin.lists.mailing import Row
from admin.show import back, page
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed
from program.mailings import Counts, left
from program.roles import StaffRole
from program.states import MailingState
from program.text import Text, raw
from storage import mailings as kept
from storage import news as items
from storage.tables import Mailing, NewsItem

router = APIRouter()


@router.get("/mailings", name="mailings")
async def all_mailings(request: Request, staff: Signed, work: Reading) -> Response:
    found = await kept.recent(work.session, work.school.id)
    ids = [mailing.id for mailing, _ in found]
    counts = await kept.counts(work.session, ids, work.now, _class(staff)) if ids else {}
    return page(request, "news/mailings.html", work, section="mailings", found=found, counts=counts)


@router.get("/news/{item_id}/mailing", name="mailing")
async def mailing(request: Request, staff: Signed, work: Reading, item_id: int) -> Response:
    if await kept.of_item(work.session, work.school.id, item_id) is None:
        return back(request, "mailings")  # a draft, or an item that went to the wall alone
    one, item = await _get(work, item_id)
    values = await _progress(work, staff, one, item) | {"view": None}
    if staff.role is not StaffRole.SITE_EDITOR:  # of people they see no more than the news show
        table, source = listed.built(work, one, item, _class(staff))
        values["view"] = await view(request, staff, work, table, source)
    return page(request, "news/mailing.html", work, section="mailings", why=listed.why, **values)


@router.get("/news/{item_id}/mailing/live", name="mailing-live")
async def live(request: Request, staff: Signed, work: Reading, item_id: int) -> Response:
    """The bar and the numbers alone; the page asks for them every three seconds while something waits."""
    if await kept.of_item(work.session, work.school.id, item_id) is None:
        return back(request, "mailings")
    one, item = await _get(work, item_id)
    answer = page(request, "news/_mailing.html", work, **await _progress(work, staff, one, item))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/news/{item_id}/mailing/file", name="mailing-file")
async def mailing_file(request: Request, staff: Signed, item_id: int) -> Response:
    async def built(work: Work) -> tuple[Table[Row], Source[Row]]:
        return listed.built(work, *await _get(work, item_id), _class(staff))

    return await download(request, staff, built)


@router.post("/news/{item_id}/mailing/pause", name="mailing-pause")
async def pause(request: Request, staff: Signed, work: Changing, item_id: int) -> Response:
    await mailings.pause(work, item_id)
    return back(request, "mailing", "mailing-paused", item_id=item_id)


@router.post("/news/{item_id}/mailing/resume", name="mailing-resume")
async def resume(request: Request, staff: Signed, work: Changing, item_id: int) -> Response:
    await mailings.resume(work, item_id)
    return back(request, "mailing", "mailing-resumed", item_id=item_id)


@router.post("/news/{item_id}/mailing/cancel", name="mailing-cancel")
async def cancel(request: Request, staff: Signed, work: Changing, form: Fields, item_id: int) -> Response:
    one, item = await _get(work, item_id)
    counts = (await kept.counts(work.session, [one.id], work.now))[one.id]
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("mailing-cancel-sure", {"title": raw(item.title)}),
        effect=Text(
            "mailing-cancel-effect", {"n": counts["waits"] + counts["later"], "sent": counts["sent"]}
        ),
        do="mailing-cancel-do",
        stay=str(request.app.url_path_for("mailing", item_id=item_id)),
        section="mailings",
    )
    if asking is not None:
        return asking
    await mailings.cancel(work, item_id)
    return back(request, "mailing", "mailing-cancelled", item_id=item_id)


async def _get(work: Work, item_id: int) -> tuple[Mailing, NewsItem]:
    one = await kept.of_item(work.session, work.school.id, item_id)
    item = await items.get(work.session, work.school.id, item_id)
    if one is None or item is None:
        raise HTTPException(404)
    return one, item


async def _progress(work: Work, staff: Staff, one: Mailing, item: NewsItem) -> dict[str, Any]:
    counts: Counts = (await kept.counts(work.session, [one.id], work.now, _class(staff)))[one.id]
    over = not counts["waits"] and not counts["later"]
    ends_at = None
    if one.state == MailingState.GOING and counts["waits"]:
        ends_at = work.now + left(counts, one.changed_at, work.now)
    return {
        "item": item,
        "mailing": one,
        "counts": counts,
        "over": over,
        "ends_at": ends_at,
        "minutes": -(-int((ends_at - work.now).total_seconds()) // 60) if ends_at else 0,
    }


def _class(staff: Staff) -> str | None:
    """The class to which this user's sight is narrowed; None: the whole school."""
    return staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None
