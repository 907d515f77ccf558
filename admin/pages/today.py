"""«Сегодня»: what needs a decision, with the way to it."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import care_alerts, care_reach, consent_decisions, early_warning, staff_cards, twins, wishes
from admin.access import may
from admin.show import page
from admin.visit import Reading, Signed, house
from program.early_warning import Sign
from program.encounters import ATTENDANCE_AFTER
from program.pair_life import LONG_WAIT
from program.roles import StaffRole
from storage import (
    care,
    consent_lists,
    encounters,
    gatherings,
    overview,
    pair_requests,
    plans,
    queue,
    relay,
    selection,
    takedowns,
    worries,
)

router = APIRouter()

URGENT = ("help", "calls")

# What waits -> where it is decided: the route and what narrows its list.
WAYS: dict[str, tuple[str, str]] = {
    "help": ("help", ""),
    "calls": ("calls", ""),
    "guardians": ("confirmations", ""),
    "consents": ("people", "?status=consent_pending"),
    "admission": ("confirmations", ""),
    "selection": ("selection", "?state=expired"),
    "differ": ("consents", "?show=differ"),
    "groups": ("consents", "?show=groups"),
    "refused": ("consents", "?show=refused"),
    "withdrawn": ("consents", "?show=withdrawn"),
    "paused": ("consents", "?show=paused"),
    "answers": ("pairs", "?show=offered"),
    "requests": ("pairs", "?show=asked"),
    "declined": ("pairs", "?show=declined"),
    "group-changes": ("pairs", "?show=work"),
    "pauses": ("pairs", "?show=work"),
    "due": ("pairs", "?show=work"),
    "worries": ("worries", ""),
    "plans": ("plans", "?show=see"),
    "queue": ("queue", ""),
    "relay": ("relay", ""),
    "suggested": ("matching", ""),
    "approved": ("announce", ""),
    "meetings": ("meetings", "?show=unanswered"),
    "gathering": ("gatherings", ""),
    "encounter-offers": ("encounters", ""),
    "encounter-came": ("encounters", ""),
    "pool-questions": ("pool-questions", ""),
    "news": ("news", ""),
    "takedown": ("news-takedowns", ""),
    "unreachable": ("people", "?state=unreachable"),
    "failures": ("messages", ""),
    "twins": ("twins", ""),
    "wishes": ("wishes", ""),
    "observation": ("staff-cards", ""),
}


@router.get("/", name="today")
async def today(request: Request, staff: Signed, work: Reading) -> Response:
    own = staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None
    year = work.settings.year
    waiting = await overview.waiting(work.session, work.school.id, year, work.now, own)
    calls = care.opened(await care_alerts.waiting_for(work, staff.role, staff.id))
    if calls.count:
        waiting.append(overview.Waiting("calls", calls.count, calls.since))
    expired = await selection.expired(work.session, work.school.id, year, work.today) if own is None else 0
    if expired:
        waiting.append(overview.Waiting("selection", expired, None))
    if may(staff.role, "twins") and (found := await twins.found(work, own)):
        waiting.append(overview.Waiting("twins", len(found), None))
    if may(staff.role, "wishes") and (open_ := await wishes.unclear(work)):
        waiting.append(overview.Waiting("wishes", len(open_), None))
    if own is None:
        waiting += await takedowns.waiting(work.session, work.school.id)
    if own is None:
        of_pairs = await pair_requests.waiting(work.session, work.school.id, year, work.now, work.today)
        decides = may(staff.role, "pair-wish-grant")
        waiting += [one for one in of_pairs if decides or one.code != "requests"]
        signs = early_warning.signs(staff.role) - {Sign.HELP}  # a call stands among the calls
        waiting += await worries.waiting(work.session, work.school.id, signs)
        past, since = await gatherings.waiting(work.session, work.school.id, work.now - ATTENDANCE_AFTER)
        if past:
            waiting.append(overview.Waiting("gathering", past, since))
        waiting += await plans.waiting(work.session, work.school.id, year)
        many, since = await queue.long_waiting(work.session, work.school.id, year, work.now - LONG_WAIT)
        if many:
            waiting.append(overview.Waiting("queue", many, since))
    if own is not None and (unobserved := await staff_cards.unobserved(work, own)):
        waiting.append(overview.Waiting("observation", len(unobserved), None))
    waiting += await consent_lists.waiting(work.session, work.school.id, year, own)
    if own is None:
        waiting += await relay.waiting(work.session, work.school.id)
        waiting += await encounters.waiting(work.session, work.school.id, work.now)
    differ = len(await consent_decisions.unlike(work, own))
    if differ:
        waiting.append(overview.Waiting("differ", differ, None))
    if refused := len(await consent_decisions.refused(work, own)):
        waiting.append(overview.Waiting("refused", refused, None))
    waiting.sort(key=lambda one: (one.code not in URGENT, one.oldest is None, one.oldest or work.now))
    week = await overview.meetings_between(
        work.session, work.school.id, work.now, work.now + timedelta(days=7)
    )
    unheard = [one for one in await care_reach.named(work) if not one.rings]
    return page(
        request,
        "today/today.html",
        work,
        section="today",
        waiting=[(one, *WAYS[one.code]) for one in waiting if may(staff.role, WAYS[one.code][0])],
        looks_only=staff.role is StaffRole.DIRECTOR,
        week=week,
        today=work.today,
        year=year,
        unheard=unheard if may(staff.role, "help-rules") and house(request).links.messengers else [],
        numbers=await overview.numbers(work.session, work.school.id, year) if own is None else None,
    )
