"""«Кого имели в виду?»: wishes in free words that name nobody for sure; the curator says whom they mean."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import wishes
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, looked
from program.errors import Refusal
from program.named import Wish
from storage import preferences

router = APIRouter(prefix="/wishes")


@router.get("", name="wishes")
async def unclear(request: Request, staff: Signed, work: Reading) -> Response:
    await looked(request, staff, work, "wish.opened", f"school:{work.school.id}")
    mentors = await preferences.mentors(work.session, work.school.id, work.settings.year)
    return page(
        request,
        "wishes/wishes.html",
        work,
        section="wishes",
        open=await wishes.unclear(work),
        mentors=mentors,
    )


@router.post("/{answer_id}", name="wish-settle")
async def settle(request: Request, staff: Signed, work: Changing, form: Fields, answer_id: int) -> Response:
    if await preferences.answer(work.session, work.school.id, answer_id) is None:
        raise HTTPException(404)
    typed = Typed(form, house(request).texts)
    named = [who for who in (*typed.many("who"), typed.words("other", 15)) if who]
    wish = Wish.AVOID if typed.words("wish") == Wish.AVOID else Wish.PREFER
    if not named and typed.words("do") != "nobody":
        raise Refusal("quiz-wish-choose")
    if not all(who.isdecimal() and len(who) < 16 for who in named):
        raise Refusal("quiz-wish-not-mentor")
    said = {} if typed.words("do") == "nobody" else {int(who): wish for who in named}
    await wishes.settle(work, answer_id, said)
    return back(request, "wishes", "wish-settled")
