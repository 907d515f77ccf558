"""«Объявить пары»: a page that shows every message before anything is sent, and one button."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import pairs
from actions.announcing import Planned
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, ticked
from locales import Texts
from program.roles import Category

router = APIRouter(prefix="/announce")


@router.get("", name="announce")
async def preview(request: Request, staff: Signed, work: Reading) -> Response:
    shown = await pairs.preview_announcement(work)
    of_pair: dict[int, list[tuple[Planned, str]]] = defaultdict(list)
    for one in shown.planned:
        of_pair[one.pair_id].append((one, _worded(one)))
    return page(request, "matching/announce.html", work, section="matching", preview=shown, messages=of_pair)


@router.post("", name="announce-send")
async def send(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    # Exactly the pairs whose messages were on the page; one approved since then waits for its own look.
    ids = [int(value) for value in ticked(form, "pair") if value.isdecimal()]
    await pairs.announce(work, ids)
    return back(request, "pairs", "announced")


def _worded(one: Planned) -> str:
    """As the reader will see it."""
    texts = Texts(one.person.language, familiar=one.person.category == Category.PUPIL)
    return texts.join(one.message.texts)
