"""«Пары»: how each one is doing, who is asked what, and the card with the whole history on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import directories, early_warning, group_life, meeting_diary, pairs, plan_numbers
from actions import matching as runs
from actions.accounts import Staff
from actions.meeting_rows import held_kinds, last_day
from actions.pair_life import days_of
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.journal_words import action_text, actors
from admin.listing import Source, download, view
from admin.lists import pairs as listed
from admin.lists.pairs import Row
from admin.pages.bulk import OF_PAIRS, verbs_of
from admin.pages.matching import get
from admin.show import back, page, version
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed, words
from locales import has
from program import acceptance, pair_life
from program.errors import Refusal
from program.journal_reading import Reach
from program.meetings import next_kind
from program.pair_life import By
from program.roles import Side
from program.states import MeetingStatus, PairStatus, RequestState
from storage import acceptance as answers
from storage import (
    group_changes,
    lists,
    meeting_lists,
    meetings,
    pair_history,
    pair_requests,
    places,
    plans,
    stories,
    worries,
)
from storage import pairs as rows
from storage.consent_lists import PAUSED_FOR
from storage.tables import JournalEntry, Meeting, Pair, PairMember, PairRequest

router = APIRouter(prefix="/pairs")

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)
LAST_MARKS = ("FB_M.2", "FB_N.4")  # how useful the meeting was; how much the mentee took part
ENDED = (PairStatus.COMPLETED, PairStatus.STOPPED, PairStatus.REPLACED)
SHOWN = {
    "work": AT_WORK,
    "approved": (PairStatus.APPROVED,),
    "offered": (PairStatus.OFFERED,),
    "declined": (PairStatus.DECLINED,),
    "ended": ENDED,
}


@router.get("", name="pairs")
async def all_pairs(request: Request, staff: Signed, work: Reading) -> Response:
    show = shown_as(request.query_params, staff)
    wishes: Sequence[PairRequest] = ()
    if show == "asked":
        wishes = await pair_requests.open_ones(work.session, work.school.id)
    table, source = await table_of(work, staff, show)
    return page(
        request,
        "pairs/pairs.html",
        work,
        section="pairs",
        show=show,
        shows=("work", "approved", "offered", "asked", "declined", "ended"),
        view=await view(request, staff, work, table, source),
        verbs=_verbs(staff, show),
        script=version("tables.js"),
        wishes=wishes,
        ready={one.id for one in await pair_requests.ready(work.session, work.school.id)}
        if wishes
        else set(),
        now=work.now,
        today=work.today,
    )


@router.post("/file", name="pairs-file")
async def pairs_file(request: Request, staff: Signed) -> Response:
    show = shown_as(request.query_params, staff)
    return await download(request, staff, lambda work: table_of(work, staff, show))


def _verbs(staff: Staff, show: str) -> list[str]:
    """What may be done to many pairs of this list at once."""
    if show == "approved":
        return ["announce"] if may(staff.role, "announce-send") else []
    if show != "work":
        return []
    return [verb.slug for verb in verbs_of(staff, OF_PAIRS)] + ["close"] * may(staff.role, "pairs-many-do")


def shown_as(query: Mapping[str, str], staff: Staff) -> str:
    """Which of the lists an address asks for; pairs at work by default."""
    asked = query.get("show", "work")
    known = asked in SHOWN or (asked == "asked" and may(staff.role, "pair-wish-grant"))
    return asked if known else "work"


async def table_of(work: Work, staff: Staff, show: str) -> tuple[Table[Row], Source[Row]]:
    session, school, year = work.session, work.school.id, work.settings.year
    shown = await rows.board(session, school, year, None, SHOWN[show]) if show in SHOWN else ()
    ids = [pair.id for pair in shown]
    said = await answers.answers(session, ids) if show in ("offered", "declined") else {}
    return listed.built(
        work,
        show,
        shown,
        await meeting_lists.rhythm(session, school, ids, work.now),
        await early_warning.lights(work, staff.role),
        said,
        reasons=may(staff.role, "pair-answer"),
    )


@router.get("/{pair_id}", name="pair")
async def card(request: Request, staff: Signed, work: Reading, pair_id: int) -> Response:
    return await shown(request, staff, work, await get(work, pair_id))


async def shown(
    request: Request, staff: Staff, work: Work, pair: Pair, typed: Typed | None = None, slip: str = ""
) -> Response:
    """The pair's card.

    Args:
        typed: what came with one of the small forms of the card and could not be done.
        slip: which of them; its fields' ids on the page begin so.

    Raises:
        Refusal: that form is no longer on the card, the pair has changed meanwhile.
    """
    at_work = pair.status in AT_WORK
    met = await meetings.of_pair(work.session, pair.id)
    found = early_warning.readable(await worries.of_pair(work.session, work.school.id, pair.id), staff.role)
    if not at_work:  # what still waits passes with the next look of the clock
        found = [one for one in found if one.state == RequestState.CLOSED]
    guest = next((one for one in pair.members if one.stands_in_until and not one.left_at), None)
    open_to = await _open_to(work, pair) if at_work and may(staff.role, "pair-pause") else ()
    slips = _slips(pair, open_to, guest)
    if slip and slip not in slips:
        raise Refusal("pair-not-at-work")
    typed = typed or Typed.empty()
    return page(
        request,
        "pairs/pair.html",
        work,
        section="pairs",
        status=422 if typed.problems else 200,
        problems={f"{slip}-{name}": words for name, words in typed.problems.items()},
        typed=typed,
        slip=slip,
        slips=slips,
        pair=pair,
        members=sorted(pair.members, key=lambda member: (member.side != "mentor", member.id)),
        called_by=rows.named(pair),
        days={one.id: days_of(work, pair, one) for one in pair.members},
        today=work.today,
        change_reasons=group_life.NO_ARGS,
        changes=await group_changes.of_pair(work.session, work.school.id, pair.id),
        reasons=runs.reasons_of(pair),
        plan_numbers=await _plan(work, pair),
        meetings=met,
        **await _now(work, staff, pair, met),
        diary={line.meeting_id: line for line in await meeting_diary.lines(work, pair)},
        next_kind=next_kind(held_kinds(met), work.today, last_day(pair)),
        explained=await directories.explained(work, pair.form, pair.role_model),
        models=await directories.role_models(work, pair.form, keep=pair.role_model),
        answers=(await answers.answers(work.session, [pair.id])).get(pair.id, []),
        wishes=await pair_requests.of_pair(work.session, pair.id),
        worries=found,
        open_worries=any(one.state != RequestState.CLOSED for one in found),
        by=By,
        why_not=acceptance.REASONS,
        dissolving=acceptance.DISSOLVING,
        late=pair.answer_by is not None and work.now >= pair.answer_by,
        at_work=at_work,
        waits_for_consent=pair.paused_for == PAUSED_FOR,
        guest=guest,
        pauses=pair_life.STAFF_PAUSES,
        replacing=pair_life.REASONS[pair_life.Wish.REPLACE],
        ends=pair_life.STAFF_ENDS,
        leaves=pair_life.STAFF_LEAVES,
        planned_end=pair_life.planned_end(pair.starts_on, pair.ends_on) if pair.starts_on else None,
        latest_end=pair_life.latest_end(pair.starts_on) if pair.starts_on else None,
        open_to=open_to,
        **await _history(work, pair.id, early_warning.reach(staff.role)),
    )


def _slips(pair: Pair, open_to: Sequence[places.Standing], guest: PairMember | None) -> set[str]:
    """The small forms of the card that make sense now."""
    if pair.status not in AT_WORK:
        return set()
    mentor_free = any(one.side == Side.MENTOR for one in open_to)
    known = {
        "pause": pair.status == PairStatus.ACTIVE,
        "substitute": not pair.is_group and guest is None and mentor_free,
        "member": pair.is_group and bool(open_to),
        "replace": not pair.is_group,
        "term": pair.starts_on is not None,
        "close": True,
    }
    leaving = {f"leave-{one.person_id}" for one in pair.members if pair.is_group and not one.left_at}
    return leaving | {name for name, open_ in known.items() if open_}


@router.post("/{pair_id}/model", name="pair-model")
async def model(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    await pairs.set_role_model(work, pair.id, words(form, "role_model"))
    return back(request, "pair", "model", pair_id=pair.id)


async def _now(work: Work, staff: Staff, pair: Pair, met: Sequence[Meeting]) -> dict[str, Any]:
    """How the pair is doing: the goal, how often they met, and the last marks of both where they may be read.

    Marks of one pair are read by the curator and the psychologist only (domain.md 4.15).
    """
    goals = await plans.goals(work.session, pair.id) if may(staff.role, "plan") else ()
    here = rows.present(pair)
    moods = {}
    if may(staff.role, "pulse") and met:
        about = [f"meeting:{one.id}" for one in met]
        people = [member.person_id for member in here]
        moods = await stories.moods(work.session, work.school.id, people, LAST_MARKS, about)
    return {
        "goals": [one for one in goals if one.state == "open"],
        "held": sum(one.status == MeetingStatus.HELD for one in met),
        "planned": sum(one.status in (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED) for one in met),
        "moods": [(member, moods[member.person_id]) for member in here if member.person_id in moods],
    }


async def _plan(work: Work, pair: Pair) -> plan_numbers.Numbers | None:
    """Plan and fact of its programme; None: there is none yet."""
    plan = await plans.current(work.session, work.school.id, pair.id)
    return plan_numbers.of_plan(plan, work.today) if plan else None


async def _open_to(work: Work, pair: Pair) -> list[places.Standing]:
    """Who may come into it: admitted mentors with a place left; for a group also mentees who look for one."""
    here = {one.person_id for one in rows.present(pair)}
    sides = tuple(Side) if pair.is_group else (Side.MENTOR,)
    found = await places.grouped(
        work.session, work.school.id, pair.year, pair.form, pairs.CLOSED_TO_PAIRS, sides
    )
    taken = await rows.holding(work.session, work.school.id, pair.year, pair.form, places.FIRM)
    return [
        place
        for place in found
        if place.person_id not in here
        and (
            (place.side == Side.MENTOR and place.admitted and place.capacity > taken.get(place.id, 0))
            or place.side == Side.MENTEE
        )
    ]


async def _history(work: Work, pair_id: int, reach: Reach) -> dict[str, Any]:
    """The journal's lines about the pair and its meetings, in words."""
    lines = await pair_history.of_pair(work.session, work.school.id, pair_id, reach)
    named = {int(line.after["person"]) for line in lines if str(line.after.get("person", "")).isdecimal()}
    return {
        "history": lines,
        "actors": await actors(work, lines, reach),
        "words_of": {line.action: action_text(line.action) for line in lines},
        "why_of": {line.number: _why(line) for line in lines},
        "until_of": {line.number: _until(line) for line in lines},
        "named": await lists.names(work.session, work.school.id, sorted(named)),
    }


def _until(line: JournalEntry) -> date | None:
    """The last day that a line of the journal names."""
    named = line.after.get("until") or line.after.get("ends_on")
    return date.fromisoformat(str(named)[:10]) if named else None


def _why(line: JournalEntry) -> str:
    """The text id of the reason that stands in a line of the journal; "" if none does."""
    reason = str(line.after.get("reason", ""))
    text = f"pairs-because-{reason}"
    return text if reason and has(text) else ""
