"""What a curator does with an announced pair: answers by voice, a pause, a substitute, another mentor, wishes."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import acceptance, group_life, pair_life, pair_requests
from actions.work import Work
from admin.pages.matching import get
from admin.show import back
from admin.visit import Changing, Fields, Signed, ticked, words
from program.acceptance import Answer
from program.errors import Refusal
from program.pair_life import By, Wish, planned_end
from storage import pair_requests as wishes

router = APIRouter(prefix="/pairs")


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
    await get(work, pair_id)
    await pair_life.pause(work, pair_id, words(form, "reason"), _day(words(form, "until", 10)))
    return back(request, "pair", "paused", pair_id=pair_id)


@router.post("/{pair_id}/resume", name="pair-resume")
async def resume(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    await get(work, pair_id)
    await pair_life.resume(work, pair_id)
    return back(request, "pair", "resumed", pair_id=pair_id)


@router.post("/{pair_id}/replace", name="pair-replace")
async def replace(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    await get(work, pair_id)
    by = words(form, "by")
    known = next((one for one in By if one == by), By.CURATOR)
    pair = await pair_life.replace(work, pair_id, words(form, "reason"), known)
    return back(request, "pair", "replaced", pair_id=pair.id)


@router.post("/{pair_id}/term", name="pair-term")
async def term(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    """Only by the wish of both sides: the curator ticks each after having talked to them."""
    pair = await get(work, pair_id)
    until = _day(words(form, "until", 10))
    if until is None:
        raise Refusal("pair-end-unchanged")
    if set(ticked(form, "agreed")) != {"mentor", "mentee"}:
        raise Refusal("pair-not-both")
    now = planned_end(pair.starts_on or work.today, pair.ends_on)
    wish = Wish.LONGER if until > now else Wish.SHORTER
    await pair_life.set_end(work, pair.id, wish, until, "both")
    return back(request, "pair", "term", pair_id=pair.id)


@router.post("/{pair_id}/substitute", name="pair-substitute")
async def substitute(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    await get(work, pair_id)
    until = _day(words(form, "until", 10)) or work.today
    await pair_life.substitute(work, pair_id, _number(words(form, "place", 15)), until)
    return back(request, "pair", "substitute", pair_id=pair_id)


@router.post("/{pair_id}/substitute/end", name="pair-substitute-end")
async def substitute_end(request: Request, staff: Signed, work: Changing, pair_id: int) -> Response:
    await get(work, pair_id)
    await pair_life.end_substitution(work, pair_id)
    return back(request, "pair", "mentor-back", pair_id=pair_id)


@router.post("/{pair_id}/members", name="pair-member-add")
async def member_add(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    """On the day given: today by default, earlier ones are written down now, later ones the clock does."""
    await get(work, pair_id)
    place, since = _number(words(form, "place", 15)), _day(words(form, "on", 10)) or work.today
    if since > work.today:
        await group_life.plan(work, pair_id, place, since, comes=True)
        return back(request, "pair", "member-planned", pair_id=pair_id)
    await group_life.add(work, pair_id, place, since)
    return back(request, "pair", "member", pair_id=pair_id)


@router.post("/{pair_id}/members/{person_id}/leave", name="pair-member-remove")
async def member_remove(
    request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int, person_id: int
) -> Response:
    pair = await get(work, pair_id)
    last, reason = _day(words(form, "on", 10)) or work.today, words(form, "reason")
    if last > work.today:
        places = [one.participation_id for one in pair.members if one.person_id == person_id]
        await group_life.plan(work, pair_id, places[0] if places else 0, last, comes=False, reason=reason)
        return back(request, "pair", "member-planned", pair_id=pair_id)
    await group_life.remove(work, pair_id, person_id, reason, last)
    return back(request, "pair", "member", pair_id=pair_id)


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


async def _wish(work: Work, wish_id: int) -> None:
    if await wishes.get(work.session, work.school.id, wish_id) is None:
        raise HTTPException(404)


def _day(words: str) -> date | None:
    """The day of a date field; None when it was left empty."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() else 0
