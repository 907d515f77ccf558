"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from actions import accounts
from actions.work import Work
from admin.kept import LONGEST, Kept
from admin.menu import home_of
from admin.show import page
from admin.visit import House, house, words
from program.roles import StaffRole
from storage import schools

router = APIRouter()

WINDOW = 15  # minutes
PER_LOGIN = RateLimitItemPerMinute(5, WINDOW)
PER_ADDRESS = RateLimitItemPerMinute(20, WINDOW)


class Patience:
    """How many wrong passwords are borne. In memory: a restart forgives."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def try_once(self, login: str, address: str) -> bool:
        """Takes one try of this login; False when it or the address has none left."""
        # A try is taken before the password is looked at: many at once gain nothing.
        return self._limiter.test(PER_ADDRESS, "address", address) and self._limiter.hit(
            PER_LOGIN, "login", login
        )

    def failed(self, address: str) -> None:
        self._limiter.hit(PER_ADDRESS, "address", address)

    def succeeded(self, login: str) -> None:
        self._limiter.clear(PER_LOGIN, "login", login)


@router.get("/login", name="sign-in")
async def sign_in(request: Request) -> Response:
    return page(request, "signing/sign_in.html", next=request.query_params.get("next", ""), login="", kept="")


@router.post("/login", name="sign-in-check")
async def check(request: Request) -> Response:
    place = house(request)
    async with request.form(max_files=0, max_fields=10, max_part_size=4 * LONGEST) as form:
        login = accounts.folded_login(words(form, "login", 100))
        password, where = form.get("password"), words(form, "next")
        kept = words(form, "kept", LONGEST)
    patience: Patience = request.app.state.patience
    address = request.client.host if request.client else ""
    if not patience.try_once(login, address):
        return _again(request, "admin-sign-in-wait", login, where, kept, status=429)
    async with place.database.reading() as session:
        user = await accounts.check(session, login, password if isinstance(password, str) else "")
        # Values are copied: the object ends with the session.
        found = (user.id, user.school_id, StaffRole(user.role)) if user else None
    if found is None:
        patience.failed(address)
        return _again(request, "admin-sign-in-wrong", login, where, kept, status=422)
    patience.succeeded(login)
    user_id, school_id, role = found
    token = await open_session(place, school_id, user_id)
    target = where if _inside(where) else str(request.app.url_path_for(home_of(role) or "today"))
    late = Kept.unpacked(kept)
    response: Response = RedirectResponse(target, status_code=303)
    if late is not None and _inside(late.where):
        response = page(request, "signing/again.html", kept=late, next=target)
    set_cookie(response, place, token)
    return response


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


async def open_session(place: House, school_id: int, user_id: int) -> str:
    """Opens a session for a user; returns the token for `set_cookie`. The demo lets people in this way."""
    async with place.database.transaction() as session:
        school = await schools.get(session, school_id)
        user = await accounts.user(session, school_id, user_id)
        work = Work(session, school, place.clock())
        return await accounts.open_session(work, user, place.session_life)


def set_cookie(response: Response, place: House, token: str) -> None:
    """A cookie of the browser's session: school computers are shared, closing the browser signs out."""
    response.set_cookie(
        place.cookie, token, path="/", secure=place.secure_cookies, httponly=True, samesite="lax"
    )


def _inside(where: str) -> bool:
    """A path of ours; `//other.host` and `/\\other.host` are addresses of others."""
    return where.startswith("/") and not where.startswith(("//", "/\\")) and where.isprintable()


def _again(request: Request, text: str, login: str, where: str, kept: str, *, status: int) -> Response:
    words_of = house(request).texts(text, minutes=WINDOW)
    return page(
        request,
        "signing/sign_in.html",
        status=status,
        next=where,
        login=login,
        kept=kept,
        problems={"login": words_of},
    )
