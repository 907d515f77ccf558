"""Who of the school may enter: accounts, one-time links for colleagues."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import accounts, second_step, staff_invitations
from actions.accounts import Staff
from actions.invitations import qr_svg
from actions.work import Work
from admin import own_password, sure
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.roles import ENDING, StaffRole, gives
from program.text import Text, raw
from storage import accounts as rows
from storage import lists
from storage.tables import StaffInvitation, User

router = APIRouter(prefix="/settings/users")

SHOWN = timedelta(minutes=10)  # to who has just made a link, and given the password for it

_FIELD = {
    "admin-class-needed": "class_name",
    "staff-class-unknown": "class_name",
    "staff-until-needed": "until",
}


@router.get("", name="users")
async def users(request: Request, staff: Signed, work: Reading) -> Response:
    return await _users(request, staff, work, Typed.empty())


@router.post("", name="user-invite")
async def invite(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    role = typed.one_of("role", StaffRole)
    made = None
    if (
        not typed.problems
        and role is not None
        and await own_password.given(request, staff, work, form, typed)
    ):
        try:
            made = await staff_invitations.invite(
                work,
                staff.role,
                role,
                typed.text("name", 100),
                typed.words("class_name", 20) if role is StaffRole.CLASS_TEACHER else "",
                _until(work, typed) if role in ENDING else None,
            )
        except Refusal as refusal:
            typed.refused(_FIELD.get(refusal.text.id, "role"), refusal)
    if typed.problems or made is None:
        return await _users(request, staff, work, typed)
    return back(request, "user-invitation", invitation_id=made.id)


@router.post("/codes", name="user-codes")
async def require_codes(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    roles = [StaffRole(one) for one in typed.chosen("code_roles", StaffRole)]
    let_off = [role for role in StaffRole if role.value in work.settings.code_roles and role not in roles]
    if let_off and not await _by_whom_it_is(request, staff, work, form, typed):
        return page(
            request,
            "settings/codes_off.html",
            work,
            section="users",
            status=422 if typed.problems else 200,
            let_off=let_off,
            stay=roles,
            problems=typed.problems,
        )
    try:
        own = await accounts.user(work.session, staff.school_id, staff.id)
        await second_step.require(work, roles, own)
    except Refusal as refusal:
        typed.refused("code_roles-1", refusal)
        return await _users(request, staff, work, typed)
    return back(request, "users", "codes-required")


@router.get("/links/{invitation_id}", name="user-invitation")
async def invitation(request: Request, staff: Signed, work: Reading, invitation_id: int) -> Response:
    made = await _invitation(work, staff, invitation_id)
    just_made = made.created_by == staff.actor and work.now - made.created_at < SHOWN
    return _link(request, work, made, shown=just_made)


@router.post("/links/{invitation_id}", name="user-invitation-show")
async def show(request: Request, staff: Signed, work: Changing, form: Fields, invitation_id: int) -> Response:
    """Once more, later: whoever opens a link first is in, so it does not stand on a screen that was left."""
    made, typed = await _invitation(work, staff, invitation_id), Typed(form, house(request).texts)
    shown = await own_password.given(request, staff, work, form, typed)
    return _link(request, work, made, shown=shown, problems=typed.problems)


def _link(
    request: Request,
    work: Work,
    made: StaffInvitation,
    *,
    shown: bool,
    problems: dict[str, str] | None = None,
) -> Response:
    url = house(request).links.staff(made.id, made.nonce)
    opens = made.used_at is None and made.revoked_at is None and made.expires_at > work.now
    return page(
        request,
        "settings/staff_link.html",
        work,
        section="users",
        status=422 if problems else 200,
        made=made,
        opens=opens,
        link=url if opens and shown else "",
        picture=qr_svg(url) if opens and shown else "",
        problems=problems or {},
    )


@router.post("/links/{invitation_id}/revoke", name="user-invitation-revoke")
async def revoke(
    request: Request, staff: Signed, work: Changing, form: Fields, invitation_id: int
) -> Response:
    made = await _invitation(work, staff, invitation_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-staff-link"),
        effect=Text("sure-staff-link-effect", {"role": Text(f"admin-role-{made.role}")}),
        do="sure-staff-link-do",
        stay=str(request.app.url_path_for("user-invitation", invitation_id=made.id)),
        section="users",
        forever=False,
    )
    if asking is not None:
        return asking
    await staff_invitations.revoke(work, staff.role, made)
    return back(request, "users", "staff-link-revoked")


@router.post("/{user_id}/link", name="user-let-in")
async def let_in(request: Request, staff: Signed, work: Changing, form: Fields, user_id: int) -> Response:
    user, typed = await _user(work, user_id), Typed(form, house(request).texts)
    staff_invitations.require_lets_in(work, staff.role, user)
    if await _by_whom_it_is(request, staff, work, form, typed):
        made = await staff_invitations.let_back_in(work, staff.role, user)
        return back(request, "user-invitation", invitation_id=made.id)
    return page(
        request,
        "settings/let_in.html",
        work,
        section="users",
        status=422 if typed.problems else 200,
        user=user,
        problems=typed.problems,
    )


@router.post("/{user_id}/close", name="user-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, user_id: int) -> Response:
    user = await _user(work, user_id)
    accounts.require_closes(work, user, staff.role)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-user", {"name": raw(user.name or user.login)}),
        effect=Text("sure-user-effect", {"role": Text(f"admin-role-{user.role}")}),
        do="sure-user-do",
        stay=str(request.app.url_path_for("users")),
        section="users",
        forever=False,
    )
    if asking is not None:
        return asking
    await accounts.close_user(work, user, staff.role)
    return back(request, "users", "user-closed")


async def _by_whom_it_is(request: Request, staff: Staff, work: Work, form: Fields, typed: Typed) -> bool:
    """Whether the own password came with the press; the first one comes without it, from another page."""
    return own_password.FIELD in form and await own_password.given(request, staff, work, form, typed)


async def _user(work: Work, user_id: int) -> User:
    user = await rows.get(work.session, work.school.id, user_id)
    if user is None:
        raise HTTPException(404)
    return user


async def _invitation(work: Work, staff: Staff, invitation_id: int) -> StaffInvitation:
    """Raises 404, also for a link that this role could not make: it would open what the role may not give."""
    made = await rows.invitation(work.session, invitation_id, work.school.id)
    if made is None or StaffRole(made.role) not in gives(staff.role):
        raise HTTPException(404)
    return made


def _until(work: Work, typed: Typed) -> datetime | None:
    """The end of the day that was chosen, by the school's clock; None: none yet, or it cannot be read."""
    day = typed.day("until") if typed.words("until") else None
    return datetime.combine(day + timedelta(days=1), time(0), work.zone) if day else None


async def _users(request: Request, staff: Staff, work: Work, typed: Typed) -> Response:
    school = work.school.id
    own = gives(staff.role)
    return page(
        request,
        "settings/users.html",
        work,
        section="users",
        status=422 if typed.problems else 200,
        users=await rows.of_school(work.session, school),
        seen=await rows.last_seen(work.session, school, work.now),
        code_roles=typed.chosen("code_roles", StaffRole) if typed.problems else work.settings.code_roles,
        required=work.settings.code_roles,
        with_code=await rows.with_second_step(work.session, school),
        over=lambda user: accounts.over(user, work.now),
        open_links=[
            one
            for one in await rows.open_invitations(work.session, school, work.now)
            if StaffRole(one.role) in own
        ],
        mine=lambda user: StaffRole(user.role) in own and user.id != staff.id,
        roles=tuple(role for role in StaffRole if role in own),
        every_role=tuple(StaffRole),
        classes=await lists.classes(work.session, school),
        typed=typed,
        problems=typed.problems,
        days=staff_invitations.LIFE.days,
    )
