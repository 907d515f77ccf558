"""Every answer that is not the page asked for, in words."""

from __future__ import annotations

import secrets
from urllib.parse import quote, urlsplit

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin import returned
from admin.kept import late_form
from admin.menu import home_of
from admin.security import SAFE_METHODS
from admin.show import page
from admin.visit import Denied, SignInNeeded
from program.errors import Refusal
from program.ids import id_in

log = structlog.get_logger()


async def plausible(request: Request) -> None:
    """Stands before every route: an address of a row that cannot exist is no page.

    Raises:
        HTTPException: 404; a key of more than 64 bits, or a NUL, would make the database's driver fail.
    """
    for name, value in request.path_params.items():
        if (name.endswith("_id") and id_in(str(value)) is None) or "\x00" in str(value):
            raise HTTPException(404)


def install(app: FastAPI) -> None:
    app.add_exception_handler(SignInNeeded, _sign_in)
    app.add_exception_handler(Denied, _denied)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(HTTPException, _http)


async def _sign_in(request: Request, _: Exception) -> Response:
    """To the sign-in page, which leads back here; a form that was posted waits there for its author."""
    kept = None
    where = request.url.path
    if request.method not in SAFE_METHODS:
        referer = urlsplit(request.headers.get("referer", ""))
        where = referer.path if referer.netloc == request.url.netloc else "/"
        kept = await late_form(request)
    elif request.url.query:
        where += "?" + request.url.query
    if kept is not None and "hx-request" not in request.headers:
        return page(request, "signing/sign_in.html", status=401, next=where, login="", kept=kept.packed())
    target = str(request.app.url_path_for("sign-in"))
    if where != "/":
        target += "?next=" + quote(where, safe="/")
    if "hx-request" in request.headers:  # the whole page goes to the sign-in, not a piece of it
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, status_code=303)


async def _denied(request: Request, _: Exception) -> Response:
    """The bare address leads everybody to the own first page; other closed pages say that they are closed."""
    staff = request.state.staff
    home = home_of(staff.role)
    if request.url.path == "/" and home is not None:
        return RedirectResponse(request.app.url_path_for(home), status_code=303)
    log.warning("access.refused", route=request.scope["route"].name, account=staff.id, role=staff.role.value)
    return page(request, "errors/denied.html", status=403)


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    on_its_page = await returned.refused(request, refusal.text)
    if on_its_page is not None:
        return on_its_page
    back = urlsplit(request.headers.get("referer", ""))
    where = back.path if back.netloc == request.url.netloc and not back.path.startswith("//") else "/"
    # htmx asks for a fragment: the sentence alone goes where the change would have gone.
    template = "errors/_refused.html" if "hx-request" in request.headers else "errors/refused.html"
    return page(request, template, status=409, refusal=refusal.text, where=where, said=await _said(request))


async def _said(request: Request) -> list[str]:
    """What was typed where the form itself is gone, so that it can be copied; nobody else's words."""
    signed_in = hasattr(request.state, "staff")
    return returned.words_of(await returned.fields_of(request)) if signed_in else []


async def _not_found(request: Request, _: Exception) -> Response:
    return page(request, "errors/missing.html", status=404, said=await _said(request))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (404, 405):
        return page(request, "errors/missing.html", status=error.status_code, said=await _said(request))
    if error.status_code == 429:
        response = page(request, "errors/busy.html", status=429)
        response.headers["Retry-After"] = (error.headers or {}).get("Retry-After", "60")
        return response
    return page(request, "errors/odd.html", status=error.status_code)


class Defects:
    """Innermost middleware: what nobody expected is logged here and nowhere else, and told in words.

    Not an exception handler for `Exception`: those answer outside all middleware, without the strict
    headers, and raise once more so that the server logs the same defect again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except ClientDisconnect:  # gone in the middle of what was being sent, or too slow: no defect of ours
            log.info("request.cut_off", route=getattr(scope.get("route"), "name", None))
            if not begun:
                await Response(status_code=408)(scope, receive, send)
        except Exception:
            if scope["type"] != "http":
                raise
            number = secrets.token_hex(4)
            route = getattr(scope.get("route"), "name", None)
            log.exception("request.failed", request=number, method=scope["method"], route=route)
            if begun:
                raise
            response = page(Request(scope, receive), "errors/defect.html", status=500, number=number)
            await response(scope, receive, send)
