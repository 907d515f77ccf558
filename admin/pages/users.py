"""Accounts of the admin."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import accounts
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage import lists

router = APIRouter(prefix="/settings/users")


@router.get("", name="users")
async def users(request: Request, staff: Signed, work: Reading) -> Response:
    return await _users(request, work, Typed.empty())


@router.post("", name="user-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    login = typed.text("login", 100, "admin-login-empty")
    role = typed.one_of("role", StaffRole)
    password = form.get("password")
    if not typed.problems and role is not None:
        try:
            await accounts.add_user(
                work,
                login,
                role,
                password if isinstance(password, str) else "",
                typed.words("name", 100),
                typed.words("class_name", 20),
            )
        except Refusal as refusal:
            typed.refused(_FIELD.get(refusal.text.id, "login"), refusal)
    if typed.problems:
        return await _users(request, work, typed)
    return back(request, "users", "user-added")


@router.post("/{user_id}/close", name="user-close")
async def close(request: Request, staff: Signed, work: Changing, user_id: int) -> Response:
    user = await rows.get(work.session, work.school.id, user_id)
    if user is None:
        raise HTTPException(404)
    await accounts.close_user(work, user)
    return back(request, "users", "user-closed")


_FIELD = {"admin-password-short": "password", "admin-class-needed": "class_name"}


async def _users(request: Request, work: Work, typed: Typed) -> Response:
    return page(
        request,
        "settings/users.html",
        work,
        section="users",
        status=422 if typed.problems else 200,
        users=await rows.of_school(work.session, work.school.id),
        roles=tuple(StaffRole),
        classes=await lists.classes(work.session, work.school.id),
        typed=typed,
        problems=typed.problems,
        least=accounts.PASSWORD_MIN,
    )
