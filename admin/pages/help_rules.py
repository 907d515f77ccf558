"""Who is called in when somebody asks for help, how long each may be silent, and in whose chat alerts arrive."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import care_reach, care_staff, school_settings
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.care import ANSWER_LIMITS
from program.errors import Refusal
from program.roles import StaffRole
from program.text import Text, raw
from storage import accounts
from storage import care as rows
from storage.tables import User

router = APIRouter(prefix="/help-rules")

SECOND = (StaffRole.DIRECTOR, StaffRole.CURATOR, StaffRole.PSYCHOLOGIST, StaffRole.CLASS_TEACHER)


@router.get("", name="help-rules")
async def rules(request: Request, staff: Signed, work: Reading) -> Response:
    return await _shown(request, work, staff.id, Typed.empty(), await _editing(work))


@router.post("", name="help-rules-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = await _editing(work)
    if await editing.clashes(work, typed):
        return await _shown(request, work, staff.id, typed, editing)
    minutes = typed.number("help_minutes", *ANSWER_LIMITS)
    line = typed.text("help_line", 50, "help-line-missing")
    when, hours = typed.words("help_line_when"), typed.text("help_line_hours", 60)
    if when == "some" and not hours:
        typed.wrong("help_line_hours", "help-line-hours-missing")
    adults = {str(user.id): user for user in await rows.staff(work.session, work.school.id, SECOND)}
    second = adults.get(typed.words("help_second"))
    if typed.problems:
        return await _shown(request, work, staff.id, typed, editing)
    changed = replace(
        work.settings,
        help_minutes=minutes,
        help_line=line,
        help_line_always=when == "always",
        help_line_hours=hours if when == "some" else "",
        help_second=second.id if second else 0,
    )
    await school_settings.save(
        work, changed, name=work.school.name, city=work.school.city, timezone=work.school.timezone
    )
    return back(request, "help-rules", "settings")


@router.post("/chat", name="help-chat")
async def bind(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    try:
        await care_staff.bind(work, await _own(work, staff.id), words(form, "code", 40))
    except Refusal as refusal:
        typed.refused("code", refusal)
        return await _shown(request, work, staff.id, typed, await _editing(work))
    return back(request, "help-rules", "help-chat")


@router.post("/chat/off", name="help-chat-off")
async def unbind(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-chat"),
        effect=Text("sure-chat-effect"),
        do="sure-chat-do",
        stay=f"{request.app.url_path_for('help-rules')}#chat",
        section="help-rules",
        forever=False,
    )
    if asking is not None:
        return asking
    await care_staff.unbind(work, await _own(work, staff.id))
    return back(request, "help-rules", "help-chat-off")


async def _own(work: Work, user_id: int) -> User:
    user = await accounts.get(work.session, work.school.id, user_id)
    if user is None:
        raise HTTPException(404)
    return user


async def _editing(work: Work) -> Editing:
    """The rules as the form shows them."""
    now = work.settings
    adults = {
        str(one.id): raw(one.name or one.login)
        for one in await rows.staff(work.session, work.school.id, SECOND)
    }
    when = {one: Text(f"help-line-{one}") for one in ("unsaid", "always", "some")}
    return Editing(
        subject(work),
        {
            "help_minutes": Field(Text("help-minutes"), str(now.help_minutes)),
            "help_second": Field(
                Text("help-second"), str(now.help_second), {"0": Text("help-second-none"), **adults}
            ),
            "help_line": Field(Text("help-line"), now.help_line),
            "help_line_when": Field(Text("help-line-when"), _when(work), when),
            "help_line_hours": Field(Text("help-line-hours"), now.help_line_hours),
        },
    )


async def _shown(request: Request, work: Work, user_id: int, typed: Typed, editing: Editing) -> Response:
    adults = await rows.staff(work.session, work.school.id, SECOND)
    return page(
        request,
        "help/rules.html",
        work,
        section="help-rules",
        status=422 if typed.problems else 200,
        now=work.settings,
        typed=typed,
        problems=typed.problems,
        adults=adults,
        called=await care_reach.named(work),
        messengers=house(request).links.messengers,
        psychologist=any(one.role == StaffRole.PSYCHOLOGIST for one in adults),
        own=await care_staff.chat_of(work, user_id),
        when=typed.words("help_line_when") or _when(work),
        limits=ANSWER_LIMITS,
        **context(editing, work.now),
    )


def _when(work: Work) -> str:
    """When the helpline answers, as a choice of the form."""
    if work.settings.help_line_always:
        return "always"
    return "some" if work.settings.help_line_hours else "unsaid"
