"""«Объявить пары»: every message before anything is sent, one button, and a way back until it has been sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import pairs, recalling, school_settings
from actions.announcing import Planned
from actions.work import Work
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, ticked
from locales import Texts
from program.ids import id_in
from program.roles import Category
from program.text import Text

router = APIRouter(prefix="/announce")

LONGEST_DELAY = 240  # minutes
ANSWER_DAYS = (1, 14)


@router.get("", name="announce")
async def preview(request: Request, staff: Signed, work: Reading) -> Response:
    return await _page(request, work, Typed.empty())


@router.post("", name="announce-send")
async def send(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    # Exactly the pairs whose messages were on the page; one approved since then waits for its own look.
    await pairs.announce(work, _ids(form))
    return back(request, "announce", "announced")


@router.post("/recall", name="announce-recall")
async def recall(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    found = await recalling.recall(work, _ids(form))
    return back(request, "announce", "recalled-heard" if any(one.heard for one in found) else "recalled")


@router.post("/rules", name="announce-rules")
async def rules(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed, editing = Typed(form, house(request).texts), _editing(work)
    if await editing.clashes(work, typed):
        return await _page(request, work, typed, editing=editing)
    delay = typed.number("announce_delay", 0, LONGEST_DELAY)
    days = typed.number("answer_days", *ANSWER_DAYS)
    if typed.problems:
        return await _page(request, work, typed, editing=editing)
    changed = replace(
        work.settings,
        announce_delay=delay,
        answer_hours=days * 24,
        acceptance=typed.words("acceptance", 3) == "yes",
    )
    school = work.school
    await school_settings.save(work, changed, name=school.name, city=school.city, timezone=school.timezone)
    return back(request, "announce", "settings")


async def chosen(request: Request, work: Work, pair_ids: Sequence[int]) -> Response:
    """The same page about these pairs only, as they were ticked in a list."""
    return await _page(request, work, Typed.empty(), pair_ids)


def _ids(form: Fields) -> list[int]:
    return [number for value in ticked(form, "pair") if (number := id_in(value))]


def _editing(work: Work) -> Editing:
    """The rules of announcing as the form shows them."""
    now = work.settings
    asks = {one: Text(f"announce-rule-acceptance-{one}") for one in ("yes", "no")}
    days = {str(n): Text("announce-rule-days", {"n": n}) for n in range(ANSWER_DAYS[0], ANSWER_DAYS[1] + 1)}
    fields = {
        "announce_delay": Field(Text("announce-rule-delay"), str(now.announce_delay)),
        "acceptance": Field(Text("announce-rule-acceptance"), "yes" if now.acceptance else "no", asks),
        "answer_days": Field(Text("announce-rule-answers"), str(now.answer_hours // 24), days),
    }
    return Editing(subject(work), fields)


async def _page(
    request: Request,
    work: Work,
    typed: Typed,
    pair_ids: Sequence[int] | None = None,
    editing: Editing | None = None,
) -> Response:
    editing = editing or _editing(work)
    shown = await pairs.preview_announcement(work, pair_ids)
    of_pair: dict[int, list[tuple[Planned, str]]] = defaultdict(list)
    for one in shown.planned:
        of_pair[one.pair_id].append((one, _worded(one)))
    return page(
        request,
        "matching/announce.html",
        work,
        section="announce",
        status=422 if typed.problems else 200,
        preview=shown,
        messages=of_pair,
        standing=await recalling.standing(work) if pair_ids is None else [],
        chosen=pair_ids is not None,
        gone=len(pair_ids or ()) - len(shown.pairs) - len(shown.blocked),
        now=work.settings,
        typed=typed,
        problems=typed.problems,
        rules={
            name: typed.words(name) if typed.problems else one.value for name, one in editing.fields.items()
        },
        answer_days=range(ANSWER_DAYS[0], ANSWER_DAYS[1] + 1),
        **context(editing, work.now),
    )


def _worded(one: Planned) -> str:
    """As the reader will see it."""
    texts = Texts(one.person.language, familiar=one.person.category == Category.PUPIL)
    return texts.join(one.message.texts)
