"""What a colleague's one-time link opens: they set their own password and are in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import accounts, staff_invitations
from actions.work import Work
from admin.menu import home_of
from admin.pages.signing import open_session, patience_of, set_cookie, set_up
from admin.show import page
from admin.visit import house, words
from program.devices import device, system_of
from program.errors import Refusal
from program.roles import StaffRole
from storage import schools
from storage.tables import StaffInvitation

router = APIRouter(prefix="/welcome/{token}")

_FIELD = {
    "admin-password-short": "password",
    "admin-password-guessable": "password",
    "staff-link-dead": "",
    "staff-link-tries": "",
}


@router.get("", name="welcome")
async def welcome(request: Request, token: str) -> Response:
    return await _show(request, token)


@router.post("", name="welcome-set")
async def set_password(request: Request, token: str) -> Response:
    place = house(request)
    async with request.form() as form:
        login, password = words(form, "login", 100), form.get("password")
    agent = request.headers.get("user-agent", "")
    try:
        made = await _behind(request, token)
        async with place.database.transaction() as session:
            school = await schools.get(session, made.school_id)
            work = Work(session, school, place.clock(), origin=f"admin:{system_of(device(agent))}")
            fresh = await staff_invitations.behind(session, place.links, token, place.clock())
            user = await staff_invitations.accept(
                work, fresh, login, password if isinstance(password, str) else ""
            )
            offered = set_up(request, user) if await accounts.owes_code(work, user) else None
            user_id, school_id, role = user.id, user.school_id, StaffRole(user.role)
    except Refusal as refusal:
        field = _FIELD.get(refusal.text.id, "login")
        return await _show(request, token, login, {field: place.texts(refusal.text)} if field else None)
    if offered is not None:
        return offered
    response = RedirectResponse(str(request.app.url_path_for(home_of(role) or "account")), status_code=303)
    before = request.cookies.get(place.cookie, "")
    set_cookie(response, place, await open_session(place, school_id, user_id, agent, before))
    return response


async def _show(
    request: Request, token: str, login: str = "", problems: dict[str, str] | None = None
) -> Response:
    place = house(request)
    try:
        made = await _behind(request, token)
    except Refusal as refusal:
        status = 429 if refusal.text.id == "staff-link-tries" else 404
        return page(request, "signing/link_dead.html", status=status, said=place.texts(refusal.text))
    async with place.database.reading() as session:
        school = await schools.get(session, made.school_id)
    return page(
        request,
        "signing/welcome.html",
        status=422 if problems else 200,
        token=token,
        made=made,
        its=school.name,
        login=made.user.login if made.again and made.user else login,
        least=accounts.PASSWORD_MIN,
        problems=problems or {},
    )


async def _behind(request: Request, token: str) -> StaffInvitation:
    """Raises Refusal: a dead link, or this address has tried too many of them."""
    place = house(request)
    patience, address = patience_of(request)
    if not patience.take(address):
        raise Refusal("staff-link-tries")
    async with place.database.reading() as session:
        made = await staff_invitations.behind(session, place.links, token, place.clock())
    patience.give_back(address)
    return made
