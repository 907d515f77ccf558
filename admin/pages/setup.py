"""The first start: the school, the curator's own password, then the list of the school or the invented one."""

from __future__ import annotations

from zoneinfo import available_timezones

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from actions import accounts, first_run
from actions.work import Work
from admin.forms import Typed
from admin.pages.settings import ZONES
from admin.pages.signing import open_session, set_cookie
from admin.show import page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from storage import lists, schools
from storage.database import Database

router = APIRouter()

_FIELD = {
    "admin-password-short": "password",
    "admin-password-guessable": "password",
    "schools-zone": "timezone",
}
MOSCOW = "Europe/Moscow"


@router.get("/setup/{token}", name="setup")
async def school(request: Request, token: str) -> Response:
    place = house(request)
    if (closed := await _closed(request, place.database, token)) is not None:
        return closed
    async with place.database.reading() as session:
        known = await schools.default(session)
        now = (known.name, known.city, known.timezone) if known else ("", "", MOSCOW)
    return _school(request, Typed.empty(), token, now)


@router.post("/setup/{token}", name="setup-school")
async def school_named(request: Request, token: str) -> Response:
    place = house(request)
    if (closed := await _closed(request, place.database, token)) is not None:
        return closed
    async with request.form(max_files=0, max_fields=10) as form:
        typed = Typed(form, place.texts)
        name = typed.text("name", 300, "admin-settings-name-missing")
        city, zone = typed.text("city", 100), typed.words("timezone")
        if zone not in available_timezones():
            typed.wrong("timezone", "admin-settings-zone-unknown")
        if not typed.problems:
            try:
                async with place.database.transaction() as session:
                    await first_run.name_school(session, place.clock(), name, city, zone)
            except Refusal as refusal:
                typed.refused(_FIELD.get(refusal.text.id, "name"), refusal)
        if typed.problems:
            return _school(request, typed, token, (name, city, zone))
    return RedirectResponse(str(request.app.url_path_for("setup-account", token=token)), status_code=303)


@router.get("/setup/{token}/account", name="setup-account")
async def account(request: Request, token: str) -> Response:
    if (closed := await _closed(request, house(request).database, token)) is not None:
        return closed
    return _account(request, Typed.empty(), token)


@router.post("/setup/{token}/account", name="setup-account-make")
async def account_made(request: Request, token: str) -> Response:
    place = house(request)
    if (closed := await _closed(request, place.database, token)) is not None:
        return closed
    async with request.form(max_files=0, max_fields=10) as form:
        typed = Typed(form, place.texts)
        login, name = typed.text("login", 100, "admin-login-empty"), typed.text("name", 100)
        given, again = form.get("password"), form.get("again")
        password = given if isinstance(given, str) else ""
        if len(password) < accounts.PASSWORD_MIN:
            typed.wrong("password", "admin-password-short", least=accounts.PASSWORD_MIN)
        elif password != again:
            typed.wrong("again", "setup-not-the-same")
        made = None
        if not typed.problems:
            try:
                async with place.database.transaction() as session:
                    default = await schools.default(session)
                    if default is None:
                        return RedirectResponse(str(request.app.url_path_for("setup", token=token)), 303)
                    work = Work(session, default, place.clock(), "system")
                    user = await first_run.let_in(work, token, login, password, name)
                    made = user.school_id, user.id
            except Refusal as refusal:
                typed.refused(_FIELD.get(refusal.text.id, "login"), refusal)
        if made is None:
            return _account(request, typed, token)
    response = RedirectResponse(str(request.app.url_path_for("begin")), status_code=303)
    agent = request.headers.get("user-agent", "")
    set_cookie(response, place, await open_session(place, *made, agent))
    return response


@router.get("/begin", name="begin")
async def begin(request: Request, staff: Signed, work: Reading) -> Response:
    """The third step: the school's own list, or a look at the invented school."""
    empty = not await lists.classes(work.session, work.school.id)
    can_show = empty and house(request).show_demo is not None and await schools.alone(work.session)
    return page(request, "setup/begin.html", work, section="today", can_show=can_show)


@router.post("/begin/demo", name="begin-demo")
async def show_demo(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """The program turns to the invented school; only while there is nobody whom it could keep waiting, in no school."""
    show = house(request).show_demo
    if (
        show is None
        or await lists.classes(work.session, work.school.id)
        or not await schools.alone(work.session)
    ):
        raise HTTPException(404)
    show()
    return page(request, "setup/wait.html", work, to="/demo", seconds=8)


async def _closed(request: Request, database: Database, token: str) -> Response | None:
    """What somebody is answered for whom there is no way in here; None: the door is open."""
    async with database.reading() as session:
        if await first_run.fits(session, token):
            return None
    return page(request, "setup/closed.html", status=404)


def _school(request: Request, typed: Typed, token: str, now: tuple[str, str, str]) -> Response:
    status = 422 if typed.problems else 200
    return page(
        request,
        "setup/school.html",
        status=status,
        problems=typed.problems,
        token=token,
        zones=ZONES,
        values=dict(zip(("name", "city", "timezone"), now, strict=True)),
    )


def _account(request: Request, typed: Typed, token: str) -> Response:
    status = 422 if typed.problems else 200
    least = accounts.PASSWORD_MIN
    return page(
        request,
        "setup/account.html",
        status=status,
        problems=typed.problems,
        typed=typed,
        token=token,
        least=least,
    )
