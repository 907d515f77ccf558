"""What stands before every page of the web part: forged requests out, strict headers on, no endless bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_LIMIT = 64 * 1024 * 1024  # ten photos of a news item and some room
# Without an account nobody sends more than words here, whatever cookie they show: a kept form of the sign-in page is the
# longest.
FOR_ANYBODY = ("/login", "/logout", "/welcome/", "/setup/", "/join/", "/consent/", "/poll/", "/my-data/", "/check", "/school/")  # fmt: skip
BODY_LIMIT_OF_ANYBODY = 4 * 1024 * 1024
CHATS = "/chat/"
BODY_LIMIT_OF_CHATS = 12 * 1024 * 1024  # one photo or one scanned diploma
SESSION = "nastavnik="  # the end of the cookie's name is the same with and without https
SILENCE = 30.0  # seconds between two pieces of a body; a telephone in a lift needs some

HEADERS = {
    # ux.md 2.2: no inline style, no inline script, no other host.
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
# Not for subdomains: a school's other sites may still speak plain http, and nothing takes this word back for a year.
ONLY_HTTPS = "max-age=31536000"
FRAMED = frozenset({"public-fragment"})  # routes that another site may show in a frame
FRAMED_BY = "framed_by"  # in the scope: the origin of that site, said by the route
FORGED = "Запрос пришёл с чужой страницы, поэтому ничего не изменилось. Откройте нужную страницу заново."
UNREADABLE = "В адресе стоит невидимый знак. Откройте нужную страницу заново."
TOO_BIG = "Файл слишком большой. Уменьшите его и попробуйте ещё раз."


def forged(method: str, headers: Headers, trusted: Iterable[str] = ()) -> bool:
    """True when another site made the browser send this.

    A browser tells where a request began: by Sec-Fetch-Site, an older one by Origin. Who tells neither
    is not a browser, holds no cookie of a victim, and passes (webhooks, curl).

    Args:
        trusted: origins that are ours whatever Host says: a proxy may rewrite it.
    """
    if method in SAFE_METHODS:
        return False
    origin = headers.get("origin", "")
    if origin and origin in trusted:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    if not origin:
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


class Shield:
    """Wraps the whole web part.

    Args:
        public_url: the address people use; its origin is ours even behind a proxy.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        parts = urlsplit(public_url)
        self.trusted = (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()
        self.headers = dict(HEADERS)
        if parts.scheme == "https":
            self.headers["Strict-Transport-Security"] = ONLY_HTTPS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                if (site := _frame_of(scope)) is not None:
                    del headers["X-Frame-Options"]
                    policy = HEADERS["Content-Security-Policy"]
                    framed = policy.replace("frame-ancestors 'none'", f"frame-ancestors 'self' {site}")
                    headers["Content-Security-Policy"] = framed
                # Almost every page holds personal data; what may be kept says so itself.
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if forged(scope["method"], headers, self.trusted):
            log.warning("request.forged", method=scope["method"])
            await PlainTextResponse(FORGED, 403)(scope, receive, guarded)
        elif b"%00" in scope["query_string"]:  # no database can look for it
            await PlainTextResponse(UNREADABLE, 400)(scope, receive, guarded)
        elif _length(headers) > (limit := _limit(scope["path"], headers)):
            await PlainTextResponse(TOO_BIG, 413)(scope, receive, guarded)
        else:
            await self.app(scope, _bounded(receive, limit), guarded)


def _frame_of(scope: Scope) -> str | None:
    """The origin that may show this answer in a frame; None: nobody may."""
    route = getattr(scope.get("route"), "name", "")
    return (scope.get(FRAMED_BY) or None) if route in FRAMED else None


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isdecimal() else 0


def _limit(path: str, headers: Headers) -> int:
    """Bytes of a body. A page of the admin asks who it is before it reads; a cookie only says that somebody may be."""
    if path.startswith(CHATS):
        return BODY_LIMIT_OF_CHATS
    known = SESSION in headers.get("cookie", "")
    return BODY_LIMIT if known and not path.startswith(FOR_ANYBODY) else BODY_LIMIT_OF_ANYBODY


def _bounded(receive: Receive, limit: int) -> Receive:
    """A body that is longer than announced, or stands still, is cut off as if the browser had gone."""
    seen, whole = 0, False

    async def counted() -> Message:
        nonlocal seen, whole
        if whole:  # what comes now is that the browser has gone, whenever that is
            return await receive()
        try:
            async with asyncio.timeout(SILENCE):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        seen += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        return {"type": "http.disconnect"} if seen > limit else message

    return counted
