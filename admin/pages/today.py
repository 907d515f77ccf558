"""«Сегодня»: what needs a decision, with the way to it; the week ahead; one press that reminds of consents."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import consent_reminders, decisions, launch, news_ideas, this_week, upkeep
from actions.accounts import Staff
from actions.work import Work
from admin.access import may
from admin.show import back, page
from admin.visit import Changing, Reading, Signed, house
from program.roles import StaffRole
from storage import overview, schools

router = APIRouter()


@router.get("/", name="today")
async def today(request: Request, staff: Signed, work: Reading) -> Response:
    own = class_of(staff)
    copy_due = may(staff.role, "copy-make") and await _copy_due(request, work)
    return page(
        request,
        "today/today.html",
        work,
        section="today",
        waiting=await decisions.waiting(asking(staff, work), lambda route: may(staff.role, route)),
        looks_only=staff.role is StaffRole.DIRECTOR,
        today=work.today,
        faults=await upkeep.faults(work.session, work.now) if may(staff.role, "upkeep") else [],
        cramped=_cramped(request) if may(staff.role, "upkeep") else None,
        copy_due=copy_due,
        alone=copy_due and await schools.alone(work.session),
        steps=await _steps(request, work) if may(staff.role, "launch-away") else [],
        year=work.settings.year,
        ideas=len(await news_ideas.fresh(work)) if may(staff.role, "news-idea-use") else 0,
        ahead=await this_week.ahead(work) if own is None else None,
        numbers=await overview.numbers(work.session, *asking(staff, work).place) if own is None else None,
    )


@router.get("/consents/remind", name="consents-remind")
async def remind_form(request: Request, staff: Signed, work: Reading) -> Response:
    """To how many and what; nothing is sent by looking."""
    plan = await consent_reminders.plan(work, class_of(staff))
    return page(
        request,
        "today/remind.html",
        work,
        section="consents",
        plan=plan,
        quiet=consent_reminders.QUIET_FOR,
        own=any(ask.own for ask in plan.asks),
        parent=next((ask.child for ask in plan.asks if ask.child.id != ask.reader.id), None),
        pages=any(ask.page for ask in plan.asks),
    )


@router.post("/consents/remind", name="consents-remind-do")
async def remind(request: Request, staff: Signed, work: Changing) -> Response:
    told = await consent_reminders.send(work, class_of(staff))
    return back(request, "today", "consents-reminded" if told else "consents-reminded-none")


def _cramped(request: Request) -> int | None:
    place = house(request)
    return place.copies.cramped if place.copies is not None and not place.invented else None


async def _copy_due(request: Request, work: Work) -> bool:
    """Where the admin can make copies, of what somebody would miss."""
    if house(request).invented:
        return False
    made = await upkeep.copied_at(work.session)
    return house(request).copies is not None and upkeep.copy_is_due(made, work.now)


async def _steps(request: Request, work: Work) -> list[launch.Step]:
    return await launch.steps(work, messengers=house(request).links.messengers)


def asking(staff: Staff, work: Work) -> decisions.Asking:
    return decisions.Asking(work, staff.role, staff.id, class_of(staff))


def class_of(staff: Staff) -> str | None:
    """The class that a class teacher sees; None: the whole school."""
    return staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None
