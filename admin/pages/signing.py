"""Signing in and out: the password, then the code where the account asks for one, or owes one."""

from __future__ import annotations

from datetime import timedelta

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, second_step
from actions.invitations import qr_svg
from actions.work import Work
from admin.kept import LONGEST, Kept
from admin.menu import home_of
from admin.patience import WINDOW, Patience
from admin.show import address, page
from admin.visit import House, house, place_of, words
from program import one_time_codes
from program.devices import device, system_of
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage import schools
from storage.tables import User

log = structlog.get_logger()

router = APIRouter()

BETWEEN = timedelta(minutes=10)  # from the password to the code
NO_LONGER = "staff-code-late"


@router.get("/login", name="sign-in")
async def sign_in(request: Request) -> Response:
    asked = request.query_params
    async with house(request).database.reading() as session:
        fresh = not await rows.anybody(session)
    return page(request, "signing/sign_in.html", next=asked.get("next", "/"), login="", kept="", fresh=fresh)


@router.post("/login", name="sign-in-check")
async def check(request: Request) -> Response:
    place = house(request)
    async with request.form(max_part_size=LONGEST * 4) as form:  # the kept form, in UTF-8
        login, where = accounts.folded_login(words(form, "login", 100)), words(form, "next")
        password = form.get("password")
        kept = words(form, "kept", LONGEST)
    patience, came_from = patience_of(request)
    if not patience.try_once(login, came_from):
        log.warning("sign_in.refused", why="too many tries")
        return _again(request, "admin-sign-in-wait", login, where, kept, status=429)
    now = place.clock()
    async with place.database.reading() as session:
        user = await accounts.check(session, login, password if isinstance(password, str) else "", now)
        if user is None:
            log.warning("sign_in.refused", why="password")
            return _again(request, "admin-sign-in-wrong", login, where, kept, status=422)
        patience.succeeded(login, came_from)
        if await accounts.owes_code(await _work(request, session, user), user):
            return set_up(request, user, where, kept)
        if await rows.has_code(session, user.id):
            return page(request, "signing/code.html", pending=_pending(place, user), next=where, kept=kept)
        # Values are copied: the object ends with the session.
        school_id, user_id, role = user.school_id, user.id, StaffRole(user.role)
    return await _enter(request, school_id, user_id, role, where, kept)


@router.post("/login/code", name="sign-in-code")
async def code(request: Request) -> Response:
    """The second page: whoever has given the password gives the app's code, or a recovery code."""
    place = house(request)
    async with request.form(max_part_size=LONGEST * 4) as form:
        typed, pending, where = (
            words(form, "entry_code", 40),
            words(form, "pending", 500),
            words(form, "next"),
        )
        kept = words(form, "kept", LONGEST)
    read = place.links.pending_of(pending, place.clock())
    patience, came_from = patience_of(request)
    if read is None:
        return _again(request, NO_LONGER, "", where, kept, status=422)
    name = f"code:{read[0]}"
    if not patience.try_once(name, came_from):
        log.warning("sign_in.refused", why="too many codes", account=read[0])
        return _code_again(request, "admin-sign-in-wait", pending, where, kept, status=429)
    async with place.database.transaction() as session:
        user = await _whose(session, place, read)
        if user is None:
            return _again(request, NO_LONGER, "", where, kept, status=422)
        work = await _work(request, session, user)
        right = await second_step.fits(work, place.links.second_steps, user, typed, place.by_telephones())
        user_id, school_id, role = user.id, user.school_id, StaffRole(user.role)
    if not right:
        log.warning("sign_in.refused", why="code", account=user_id)
        return _code_again(request, "staff-code-wrong", pending, where, kept, status=422)
    patience.succeeded(name, came_from)
    return await _enter(request, school_id, user_id, role, where, kept)


@router.post("/login/setup", name="sign-in-setup")
async def take_code(request: Request) -> Response:
    """Whoever owes a code shows the first one of the secret they were offered, and is in."""
    place = house(request)
    async with request.form(max_part_size=LONGEST * 4) as form:
        typed, pending, where = (
            words(form, "entry_code", 40),
            words(form, "pending", 500),
            words(form, "next"),
        )
        sealed, kept = words(form, "offered", 4000), words(form, "kept", LONGEST)
    read = place.links.pending_of(pending, place.clock())
    secret = second_step.offered(place.links.offered_steps, read[0], sealed) if read else None
    patience, came_from = patience_of(request)
    if read is None or secret is None:
        return _again(request, NO_LONGER, "", where, kept, status=422)
    waits = not patience.try_once(f"code:{read[0]}", came_from)
    async with place.database.transaction() as session:
        user = await _whose(session, place, read)
        if user is None or await rows.has_code(session, user.id):
            return _again(request, NO_LONGER, "", where, kept, status=422)
        if waits:
            return set_up(request, user, where, kept, (secret, sealed), "admin-sign-in-wait")
        work = await _work(request, session, user)
        try:
            codes = await second_step.take(
                work, place.links.second_steps, user, secret, typed, place.by_telephones()
            )
        except Refusal as refusal:
            return set_up(request, user, where, kept, (secret, sealed), refusal.text.id)
        user_id, school_id, role = user.id, user.school_id, StaffRole(user.role)
    patience.succeeded(f"code:{user_id}", came_from)
    token = await open_session(place, school_id, user_id, request.headers.get("user-agent", ""))
    late = Kept.unpacked(kept)
    response = page(
        request,
        "account/codes.html",
        codes=codes,
        next=_target(request, role, where),
        kept=late if late is not None and _inside(late.where) else None,
    )
    set_cookie(response, place, token)
    return response


def set_up(
    request: Request,
    user: User,
    where: str = "",
    kept: str = "",
    held: tuple[bytes, str] | None = None,
    problem: str = "",
) -> Response:
    """The page between the password and the cabinet for whoever owes a code.

    Args:
        held: the secret that this browser was offered, and the same sealed; None: a new one.
        problem: text id of what was wrong with the code.
    """
    place = house(request)
    secret, sealed = held or second_step.offer(place.links.offered_steps, user.id)
    return page(
        request,
        "signing/set_up.html",
        status=422 if problem else 200,
        pending=_pending(place, user),
        offered=sealed,
        secret=one_time_codes.typed_secret(secret),
        picture=qr_svg(one_time_codes.address(secret, place.texts("admin-product"), user.login)),
        next=where,
        kept=kept,
        problems={"entry_code": place.texts(problem, minutes=WINDOW)} if problem else {},
    )


@router.post("/logout", name="sign-out")
async def sign_out(request: Request) -> Response:
    place = house(request)
    token = request.cookies.get(place.cookie)
    if token:
        async with place.database.transaction() as session:
            await accounts.sign_out(session, token)
    response = RedirectResponse(str(request.app.url_path_for("sign-in")), status_code=303)
    response.delete_cookie(place.cookie, secure=place.secure_cookies, httponly=True, samesite="lax")
    return response


async def _enter(
    request: Request, school_id: int, user_id: int, role: StaffRole, where: str, kept: str
) -> Response:
    place = house(request)
    agent, before = request.headers.get("user-agent", ""), request.cookies.get(place.cookie, "")
    token = await open_session(place, school_id, user_id, agent, before)
    target = _target(request, role, where)
    late = Kept.unpacked(kept)
    response: Response = RedirectResponse(target, status_code=303)
    if late is not None and _inside(late.where):
        response = page(request, "signing/again.html", kept=late, next=target)
    set_cookie(response, place, token)
    return response


def _target(request: Request, role: StaffRole, where: str) -> str:
    return where if _inside(where) else address(request, home_of(role) or "today")


async def open_session(
    place: House, school_id: int, user_id: int, user_agent: str = "", before: str = ""
) -> str:
    """Opens a session for a user; returns the token for `set_cookie`. The demo lets people in this way.

    Args:
        before: the token this browser came with; its session, if it is one, ends.
    """
    kind = device(user_agent)
    async with place.database.transaction() as session:
        if before:
            await accounts.sign_out(session, before)
        school = await schools.get(session, school_id)
        user = await accounts.user(session, school_id, user_id)
        work = Work(session, school, place.clock(), origin=f"admin:{system_of(kind)}")
        return await accounts.open_session(work, user, place.session_life, kind)


def set_cookie(response: Response, place: House, token: str) -> None:
    """A cookie of the browser's session: school computers are shared, closing the browser signs out."""
    response.set_cookie(
        place.cookie, token, path="/", secure=place.secure_cookies, httponly=True, samesite="lax"
    )


def patience_of(request: Request) -> tuple[Patience, str]:
    """Who counts the tries, and the address they come from."""
    patience: Patience = request.app.state.patience
    return patience, place_of(request)


async def _work(request: Request, session: AsyncSession, user: User) -> Work:
    school = await schools.get(session, user.school_id)
    return Work(session, school, house(request).clock(), origin=_origin(request))


def _pending(place: House, user: User) -> str:
    return place.links.pending(user.id, _mark(user), int((place.clock() + BETWEEN).timestamp()))


async def _whose(session: AsyncSession, place: House, read: tuple[int, str]) -> User | None:
    """Who gave the password; None where the account has been closed, or has another password, since."""
    user = await session.get(User, read[0])
    if user is None or not user.active or accounts.over(user, place.clock()) or _mark(user) != read[1]:
        return None
    return user


def _mark(user: User) -> str:
    """Of the password that was right: another one in between makes the code worthless."""
    return accounts.digest(user.password_hash)[:16]


def _origin(request: Request) -> str:
    return f"admin:{system_of(device(request.headers.get('user-agent', '')))}"


def _inside(where: str) -> bool:
    """A path of ours; `//other.host` and `/\\other.host` are addresses of others."""
    return where.startswith("/") and not where.startswith(("//", "/\\")) and where.isprintable()


def _again(request: Request, text: str, login: str, where: str, kept: str, *, status: int) -> Response:
    said = {"login": house(request).texts(text, minutes=WINDOW)}
    return page(
        request, "signing/sign_in.html", status=status, next=where, login=login, kept=kept, problems=said
    )


def _code_again(request: Request, text: str, pending: str, where: str, kept: str, *, status: int) -> Response:
    said = {"entry_code": house(request).texts(text, minutes=WINDOW)}
    return page(
        request, "signing/code.html", status=status, pending=pending, next=where, kept=kept, problems=said
    )
