"""Pages of a school for everybody, without signing in: «Наставничество в цифрах» and the same as a fragment.

A school that is not there and one that has switched its page off answer alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from actions import public_page
from actions.public_page import View
from actions.work import Work
from admin import public_view
from admin.security import FRAMED_BY
from admin.show import file, templates
from admin.visit import house, place_of
from storage import schools

router = APIRouter(prefix="/school")

KEPT_FOR = "public, max-age=300"  # seconds
PER_ADDRESS = RateLimitItemPerMinute(240)  # a class looks at it together from one address
LONGEST = 64  # of a slug


class Visits:
    """How often one address may open these pages. In memory: each web process counts for itself."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allowed(self, address: str) -> bool:
        return self._limiter.hit(PER_ADDRESS, address)


@router.get("/{slug}", name="public-page")
async def whole(request: Request, slug: str) -> Response:
    async with _shown(request, slug) as work:
        view = await public_page.view(work)
        return _answer(request, render(request, view, slug, "public/page.html"), view)


@router.get("/{slug}/fragment", name="public-fragment")
async def fragment(request: Request, slug: str) -> Response:
    """The same for a frame on the school's own site."""
    async with _shown(request, slug) as work:
        view = await public_page.view(work)
        request.scope[FRAMED_BY] = view.page.site
        return _answer(request, render(request, view, slug, "public/fragment.html"), view)


@router.get("/{slug}/photos/{file_id}", name="public-photo")
async def photo(request: Request, slug: str, file_id: int) -> Response:
    async with _shown(request, slug) as work:
        found = await public_page.photo(work, file_id)
        if found is None:
            raise HTTPException(404)
        return _kept(file(found.data, found.name, found.content_type, inline=True))


@router.get("/{slug}/papers/{paper_id}", name="public-paper")
async def paper(request: Request, slug: str, paper_id: int) -> Response:
    async with _shown(request, slug) as work:
        found = await public_page.paper(work, paper_id)
        if found is None:
            raise HTTPException(404)
        return _kept(file(found.data, found.name, found.content_type))


def render(request: Request, view: View, slug: str, template: str, *, preview: bool = False) -> str:
    """The page as text; no name of somebody signed in, no menu, the same for everybody."""
    t = house(request).texts
    return (
        templates()
        .get_template(template)
        .render(
            t=t,
            view=view,
            preview=preview,
            page_url=f"{house(request).links.public_url}/school/{slug}",
            pictures=public_view.pictures(t, view),
            file_url=lambda route, **parts: request.app.url_path_for(route, slug=slug, **parts),
            **public_view.words(view),
        )
    )


@asynccontextmanager
async def _shown(request: Request, slug: str) -> AsyncIterator[Work]:
    """Work of a school whose page is on. Raises HTTPException: there is none, or too many visits."""
    place = house(request)
    visits: Visits = request.app.state.visits
    if not visits.allowed(place_of(request)):
        raise HTTPException(429)
    async with place.database.reading() as session:
        school = await schools.by_slug(session, slug[:LONGEST])
        work = Work(session, school, place.clock()) if school is not None else None
        if work is None or not public_page.page_of(work).on:
            raise HTTPException(404)
        yield work


def _answer(request: Request, page: str, view: View) -> Response:
    mark = f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'
    seen = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    response: Response = Response(status_code=304) if mark in seen else HTMLResponse(page)
    response.headers["ETag"] = mark
    if not view.page.indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return _kept(response)


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = KEPT_FOR
    return response
