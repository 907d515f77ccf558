"""`/check`: whether a letter of thanks, a diploma or a certificate was given by a school. For everybody, without signing in.

It answers only who has the code in hand, tells less than the paper, is kept by no cache and found by no search engine.
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from actions import awards_reading
from actions.awards_reading import Confirmed
from actions.work import Work
from admin.show import address, templates, version
from admin.visit import house, place_of
from program.awards import typed_code
from storage import own_templates as rows

router = APIRouter(prefix="/check")

PER_ADDRESS = RateLimitItemPerMinute(30)  # a jury has a pile of papers; a guesser needs ages
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Checks:
    """How often one address may ask. In memory: each web process counts for itself."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allowed(self, who: str) -> bool:
        return self._limiter.hit(PER_ADDRESS, who)


@router.get("", name="check")
async def ask(request: Request, code: str = "") -> Response:
    """Where a code is typed; the form comes back here and goes on to the code's own address."""
    plain = typed_code(code)
    if plain:
        return RedirectResponse(address(request, "check-code", mark=plain), 303, HEADERS)
    return _page(request, None, typed=code[:40], status=404 if code.strip() else 200)


@router.get("/{mark}", name="check-code")
async def confirm(request: Request, mark: str) -> Response:
    checks: Checks = request.app.state.checks
    if not checks.allowed(place_of(request)):
        raise HTTPException(429)
    code, place = typed_code(mark), house(request)
    async with place.database.reading() as session:
        found = await rows.by_check_code(session, code) if code else None
        if found is None:
            return _page(request, None, typed=mark[:40], status=404)
        paper, school = found
        told = await awards_reading.confirmed(Work(session, school, place.clock()), paper)
    return _page(request, told)


def _page(request: Request, told: Confirmed | None, *, typed: str = "", status: int = 200) -> Response:
    shown = (
        templates()
        .get_template("public/check.html")
        .render(
            t=house(request).texts,
            told=told,
            typed=typed,
            missing=status == 404,
            here=address(request, "check"),
            public_version=version("public.css"),
        )
    )
    return HTMLResponse(shown, status, HEADERS)
