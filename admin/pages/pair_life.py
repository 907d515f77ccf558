"""What a curator does with an announced pair: answers by voice, a pause, a substitute, another mentor, wishes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from actions import acceptance, group_life, pair_life, pair_requests, pairs
from actions.accounts import Staff
from actions.work import Work
from admin.forms import Typed
from admin.pages.matching import get
from admin.pages.pairs import shown
from admin.show import back
from admin.visit import Changing, Fields, Signed, house, words
from program.acceptance import Answer
from program.errors import Refusal
from program.ids import id_in
from program.pair_life import By, Wish, planned_end
from program.states import PairStatus
from storage import pair_requests as wishes

router = APIRouter(prefix="/pairs")

# Beside which field of a small form a refusal stands: the second one if it is about a day.
FIELDS = {
    "pause": ("reason", "until"), "replace": ("reason", "reason"), "close": ("reason", "reason"),
    "term": ("until", "until"), "substitute": ("place", "until"), "member": ("place", "on"),
    "leave": ("reason", "on"),
}  # fmt: skip
ABOUT_A_DAY = ("pair-end-past", "pair-change-too-early", "pair-change-too-late")


@router.post("/{pair_id}/answers/{answer_id}", name="pair-answer")
async def answer(
    request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int, answer_id: int
) -> Response:
    await get(work, pair_id)
    said = Answer.NO if words(form, "answer") == Answer.NO else Answer.YES
    pair = await acceptance.note_spoken(work, pair_id, answer_id, said, words(form, "reason"))
    return back(request, "pair", "spoken", pair_id=pair.id)


@router.post("/{pair_id}/remind", name="pair-remind")
async def remind(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    await get(work, pair_id)
    told = await acceptance.remind(work, pair_id)
    return back(request, "pair", "reminded" if told else "reminded-before", pair_id=pair_id)


@router.post("/{pair_id}/start", name="pair-start")
async def start(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    await get(work, pair_id)
    await acceptance.start(work, pair_id)
    return back(request, "pair", "begun", pair_id=pair_id)


@router.post("/{pair_id}/dissolve", name="pair-dissolve")
async def dissolve(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    await get(work, pair_id)
    await acceptance.dissolve(work, pair_id, words(form, "reason"))
    return back(request, "pair", "dissolved", pair_id=pair_id)


@router.post("/{pair_id}/pause", name="pair-pause")
async def pause(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    typed = await _typed(request, work, form, pair_id)
    reason, until = _reason(typed), typed.day("until") if typed.words("until") else None

    async def act() -> None:
        await pair_life.pause(work, pair_id, reason, until)

    return await _answer(request, staff, work, pair_id, typed, "pause", act, "paused")


@router.post("/{pair_id}/resume", name="pair-resume")
async def resume(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    await get(work, pair_id)
    await pair_life.resume(work, pair_id)
    return back(request, "pair", "resumed", pair_id=pair_id)


@router.post("/{pair_id}/replace", name="pair-replace")
async def replace(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    typed = await _typed(request, work, form, pair_id)
    reason = _reason(typed)
    known = next((one for one in By if one == typed.words("by")), By.CURATOR)

    async def act() -> None:
        await pair_life.replace(work, pair_id, reason, known)

    return await _answer(request, staff, work, pair_id, typed, "replace", act, "replaced")


@router.post("/{pair_id}/close", name="pair-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    typed = await _typed(request, work, form, pair_id)
    status = typed.words("status")
    if status not in (PairStatus.COMPLETED, PairStatus.STOPPED):
        typed.wrong("status", "pairs-many-how-missing")
    reason, result = _reason(typed), typed.text("result", 2000)

    async def act() -> None:
        await pairs.close(work, pair_id, PairStatus(status), result, reason=reason, by=By.CURATOR)

    return await _answer(request, staff, work, pair_id, typed, "close", act, "closed")


@router.post("/{pair_id}/term", name="pair-term")
async def term(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    """Only by the wish of both sides: the curator ticks each after having talked to them."""
    typed, pair = await _typed(request, work, form, pair_id), await get(work, pair_id)
    until = typed.day("until")
    if set(typed.many("agreed")) != {"mentor", "mentee"}:
        typed.wrong("agreed", "pairs-term-both")

    async def act() -> None:
        assert until is not None
        now = planned_end(pair.starts_on or work.today, pair.ends_on)
        await pair_life.set_end(work, pair_id, Wish.LONGER if until > now else Wish.SHORTER, until, "both")

    return await _answer(request, staff, work, pair_id, typed, "term", act, "term")


@router.post("/{pair_id}/substitute", name="pair-substitute")
async def substitute(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    typed = await _typed(request, work, form, pair_id)
    until = typed.day("until")

    async def act() -> None:
        assert until is not None
        await pair_life.substitute(work, pair_id, id_in(typed.words("place", 15)) or 0, until)

    return await _answer(request, staff, work, pair_id, typed, "substitute", act, "substitute")


@router.post("/{pair_id}/substitute/end", name="pair-substitute-end")
async def substitute_end(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    await get(work, pair_id)
    await pair_life.end_substitution(work, pair_id)
    return back(request, "pair", "mentor-back", pair_id=pair_id)


@router.post("/{pair_id}/members", name="pair-member-add")
async def member_add(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    """On the day given: today by default, earlier ones are written down now, later ones the clock does."""
    typed = await _typed(request, work, form, pair_id)
    place = id_in(typed.words("place", 15)) or 0
    since = (typed.day("on") if typed.words("on") else None) or work.today
    ahead = since > work.today

    async def act() -> None:
        if ahead:
            await group_life.plan(work, pair_id, place, since, comes=True)
        else:
            await group_life.add(work, pair_id, place, since)

    done = "member-planned" if ahead else "member"
    return await _answer(request, staff, work, pair_id, typed, "member", act, done)


@router.post("/{pair_id}/members/{person_id}/leave", name="pair-member-remove")
async def member_remove(
    request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int, person_id: int
) -> Response:
    typed, pair = await _typed(request, work, form, pair_id), await get(work, pair_id)
    places = [one.participation_id for one in pair.members if one.person_id == person_id]
    reason = _reason(typed)
    last = (typed.day("on") if typed.words("on") else None) or work.today
    ahead = last > work.today

    async def act() -> None:
        if ahead:
            await group_life.plan(work, pair_id, places[0] if places else 0, last, comes=False, reason=reason)
        else:
            await group_life.remove(work, pair_id, person_id, reason, last)

    done = "member-planned" if ahead else "member"
    return await _answer(request, staff, work, pair_id, typed, f"leave-{person_id}", act, done)


@router.post("/{pair_id}/changes/{change_id}/off", name="pair-change-off")
async def change_off(
    request: Request, staff: Signed, work: Changing, pair_id: int, change_id: int
) -> Response:
    await get(work, pair_id)
    await group_life.unplan(work, pair_id, change_id)
    return back(request, "pair", "change-off", pair_id=pair_id)


@router.post("/{pair_id}/members/{person_id}/again", name="pair-again")
async def again(request: Request, staff: Signed, work: Changing, pair_id: int, person_id: int) -> Response:
    await get(work, pair_id)
    await pair_life.search_again(work, pair_id, person_id)
    return back(request, "pair", "again", pair_id=pair_id)


@router.post("/wishes/{wish_id}/grant", name="pair-wish-grant")
async def grant(request: Request, staff: Signed, work: Changing, form: Fields, wish_id: int) -> Response:
    await _wish(work, wish_id)
    until, status = _day(words(form, "until", 10)), words(form, "status")
    pair = await pair_requests.grant(work, wish_id, until=until, status=status)
    return back(request, "pair", "wish-granted", pair_id=pair.id)


@router.post("/wishes/{wish_id}/keep", name="pair-wish-keep")
async def keep(request: Request, staff: Signed, work: Changing, wish_id: int) -> Response:
    await _wish(work, wish_id)
    pair = await pair_requests.keep(work, wish_id)
    return back(request, "pair", "wish-kept", pair_id=pair.id)


async def _typed(request: Request, work: Work, form: FormData, pair_id: int) -> Typed:
    """What came with a small form of a pair of this school. Raises 404."""
    await get(work, pair_id)
    return Typed(form, house(request).texts)


def _reason(typed: Typed) -> str:
    """Nobody's choice is no reason: the list begins with none."""
    return typed.text("reason", 40, missing="pairs-reason-choose")


async def _answer(
    request: Request,
    staff: Staff,
    work: Work,
    pair_id: int,
    typed: Typed,
    slip: str,
    act: Callable[[], Awaitable[None]],
    done: str,
) -> Response:
    """Does it, unless something is wrong already; what is refused comes back on the card, beside its field.

    Args:
        slip: the small form of the card. done: what the card says afterwards.

    Raises:
        Refusal: the card has no such form any more.
    """
    if not typed.problems:
        try:
            async with work.session.begin_nested():  # of what is refused nothing stays
                await act()
        except Refusal as refusal:
            first, day = FIELDS[slip.partition("-")[0]]
            typed.refused(day if refusal.text.id in ABOUT_A_DAY else first, refusal)
        else:
            return back(request, "pair", done, pair_id=pair_id)
    return await shown(request, staff, work, await get(work, pair_id), typed, slip)


async def _wish(work: Work, wish_id: int) -> None:
    if await wishes.get(work.session, work.school.id, wish_id) is None:
        raise HTTPException(404)


def _day(words: str) -> date | None:
    """The day of a date field; None when it was left empty."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
