"""The curator's admin as one FastAPI application."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import cache

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from actions.accounts import SESSION
from actions.links import Links
from admin import errors
from admin.access import RULES
from admin.pages import (
    account,
    announce,
    awards,
    bulk,
    calls,
    cards,
    care,
    comparisons,
    confirmations,
    consents,
    directories,
    documents,
    eligibility,
    encounters,
    encounters_edit,
    encounters_pool,
    encounters_speed,
    encounters_trials,
    export,
    finding,
    gatherings,
    group_suggestions,
    groups,
    help,
    help_rules,
    invitations,
    journal,
    launch,
    mailing,
    matching,
    matching_choice,
    matching_decisions,
    matching_fairness,
    matching_rejected,
    matching_rules,
    matching_runs,
    materials,
    meetings,
    meetings_month,
    messages,
    news,
    news_edit,
    news_stories,
    packs,
    pair_life,
    pairs,
    pairs_many,
    paper,
    papers,
    partner,
    partners,
    people,
    person,
    person_edit,
    person_story,
    plan_edit,
    plan_extras,
    plans,
    public,
    questionnaire_editor,
    questionnaires,
    queue,
    relay,
    release,
    report,
    reports,
    roadmap,
    roadmap_events,
    roster,
    school_numbers,
    school_time,
    school_years,
    selection,
    settings,
    setup,
    signing,
    site,
    staff_cards,
    templates,
    today,
    town,
    twins,
    upkeep,
    users,
    views,
    week,
    welcome,
    wishes,
    worries,
)
from admin.pages import (
    channels as channels_page,
)
from admin.pages import (
    check as check_page,
)
from admin.patience import Patience, Takings
from admin.security import Shield
from admin.show import HERE
from admin.visit import Channels, Copies, House, nothing_to_check
from storage.database import Database

PAGES = (
    signing,
    welcome,
    account,
    finding,
    today,
    launch,
    confirmations,
    people,
    bulk,
    views,
    person,
    person_edit,
    person_story,
    consents,
    roster,
    invitations,
    cards,
    twins,
    paper,
    matching,
    matching_choice,
    matching_decisions,
    matching_fairness,
    matching_rejected,
    matching_rules,
    matching_runs,
    group_suggestions,
    groups,
    announce,
    pairs,
    pairs_many,
    pair_life,
    plan_edit,
    plan_extras,
    plans,
    public,
    check_page,
    site,
    queue,
    worries,
    gatherings,
    meetings_month,
    meetings,
    encounters_trials,
    encounters_edit,
    encounters_pool,
    encounters_speed,
    encounters,
    help,
    help_rules,
    calls,
    care,
    questionnaires,
    questionnaire_editor,
    comparisons,
    staff_cards,
    wishes,
    mailing,
    news_edit,
    news_stories,
    news,
    messages,
    templates,
    papers,
    documents,
    awards,
    roadmap_events,
    roadmap,
    partners,
    partner,
    report,
    reports,
    materials,
    directories,
    selection,
    eligibility,
    users,
    town,
    school_numbers,
    school_time,
    school_years,
    export,
    packs,
    upkeep,
    channels_page,
    week,
    settings,
    setup,
    relay,
    release,
    journal,
)


class Static(StaticFiles):
    """Files whose names carry a version never change; the theme carries its version in the query."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=604800"
        return response


@cache
def pages() -> APIRouter:
    """All pages, read once in a process: the framework takes a fifth of a second to look at four hundred routes."""
    together = APIRouter(dependencies=[Depends(errors.plausible)])
    for module in PAGES:
        together.include_router(module.router)
    return together


@cache
def shapes() -> Mapping[str, str]:
    """Of each page by its name: its path with gaps. Asking the framework takes ten milliseconds a name."""
    found: dict[str, str] = {}
    for module in PAGES:
        for route in module.router.routes:
            found.setdefault(route.name, route.path_format)
    return found


@cache
def opened() -> tuple[re.Pattern[str], ...]:
    """What the addresses of the pages look like that somebody signed in may open; files are no pages."""
    return tuple(
        route.path_regex
        for module in PAGES
        for route in module.router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and route.name in RULES
        if not route.name.endswith("-file")
    )


def add_first(app: FastAPI, router: APIRouter) -> None:
    """Before the pages: a message of a chat is not compared with four hundred addresses that it does not want."""
    known = list(app.router.routes)
    app.include_router(router)
    app.router.routes[:] = [*app.router.routes[len(known) :], *known]


def build(
    database: Database,
    clock: Callable[[], datetime],
    links: Links,
    *,
    secure_cookies: bool,
    wake: Callable[[], None],
    wall_ready: bool = False,
    session_life: timedelta = SESSION,
    version: str = "",
    copies: Copies | None = None,
    check: Callable[[], Awaitable[None]] = nothing_to_check,
    channels: Channels | None = None,
) -> FastAPI:
    """The application; other rooms may add their routers to it, all stand behind `Shield`.

    Args:
        clock: the house's time, aware.
        secure_cookies: True when the public address is https.
        wake: called after every committed change: the outbox may have something.
        wall_ready: a token that may write on the wall of the VK community is configured.
        session_life: how long a session lasts without a click; the demo moves its clock by weeks.
        version: of the programme, for the foot of every page.
        copies: makes copies of everything; None: only the command line does.
        check: asks the messengers' platforms now whether all is well.
        channels: asks how they are set, and sets it; None: there are no messengers.
    """
    app = FastAPI(
        title="Наставник",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(errors.plausible)],
    )
    app.state.house = House(
        database,
        clock,
        links,
        secure_cookies,
        wake,
        wall_ready=wall_ready,
        session_life=session_life,
        version=version,
        copies=copies,
        check=check,
        channels=channels,
    )
    app.state.patience = Patience()
    app.state.takings = Takings()
    app.state.visits = public.Visits()
    app.state.checks = check_page.Checks()
    app.state.shapes = dict(shapes())
    app.state.opened = opened()
    app.mount("/static", Static(directory=HERE / "static"), name="static")
    app.router.routes.extend(pages().routes)

    @app.get("/favicon.ico", include_in_schema=False, name="favicon")
    async def favicon(request: Request) -> Response:
        return RedirectResponse("/static/favicon.svg", status_code=301)

    errors.install(app)
    app.add_middleware(errors.Defects)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Shield, public_url=links.public_url)
    return app
