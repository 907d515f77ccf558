"""Showing: templates, dates by the school's clock, redirects and files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.naming import Case, in_case
from actions.work import Work
from admin.access import may
from admin.menu import home_of, menu, place_of
from admin.visit import house
from locales import dates, has
from program.forms import FORMS
from program.settings import SchoolSettings
from program.text import Text
from storage.overview import given_up

HERE = Path(__file__).parent
BOOTSTRAP = "bootstrap-5.3.9.min.css"
HTMX = "htmx-4.0.1.min.js"


@cache
def version(name: str) -> str:
    """Of a file of ours: browsers keep it until it changes."""
    return hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:8]


@cache
def templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["in_case"] = lambda person, case: in_case(person, Case(case))
    made.globals.update(bootstrap=BOOTSTRAP, htmx=HTMX, forms=FORMS)
    made.globals.update(
        has=has,
        given_up=given_up,
        theme_version=version("theme.css"),
        frame_version=version("frame.css"),
        print_version=version("print.css"),
        board_version=version("board.css"),
        charts_version=version("charts.css"),
        script_version=version("admin.js"),
    )
    return made


def address(request: Request, name: str, /, **path: Any) -> str:
    """The path of a route of ours; of those that other rooms added the framework is asked, once."""
    shapes: dict[str, str] = request.app.state.shapes
    if name not in shapes:
        shapes[name] = str(request.app.url_path_for(name, **{part: f"{{{part}}}" for part in path}))
    return shapes[name].format(**path)


def page(
    request: Request,
    template: str,
    work: Work | None = None,
    *,
    section: str = "",
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """A whole page. Templates get `t`, the signed-in user, the menu, and dates by the school's clock.

    Args:
        section: the route of the page's tab in `admin.menu`: the frame marks the tab and its word.
    """
    staff = getattr(request.state, "staff", None)
    words = menu(staff.role) if staff else ()
    done = "admin-done-" + request.query_params.get("done", "")
    context: dict[str, Any] = {
        "request": request,
        "t": house(request).texts,
        "staff": staff,
        "menu": words,
        "stands": place_of(words, section),
        "home": address(request, (staff and home_of(staff.role)) or "today"),
        "may": lambda route: staff is not None and may(staff.role, route),
        "route": getattr(request.scope.get("route"), "name", ""),
        "done": done if has(done) else "",
        "school": work.school if work else None,
        "house_version": house(request).version,
        "invented": house(request).invented,
        "copied_at": getattr(request.state, "copied_at", None),
        "url": lambda name, /, **path: address(request, name, **path),
        "problems": {},
    }
    if work is not None:
        context["forms"] = Forms(work.settings)
        zone = work.zone
        context |= {
            "printed": day(work.now, zone, work.today),
            "day": lambda at: day(at, zone, work.today),
            "moment": lambda at: moment(at, zone, work.today),
            "when_met": lambda one: (day if one.by_day else moment)(one.starts_at, zone, work.today),
            "ago": lambda at: ago(at, work.now),
            "clock": lambda at: dates.clock(at, zone),
            "weekday": dates.weekday_and_day,
        }
    return HTMLResponse(templates().get_template(template).render(context | values), status)


@dataclass(frozen=True)
class NamedForm:
    """A form under the school's words. `text`: for `t`."""

    slug: str
    text: Text


class Forms(dict[str, NamedForm]):
    """Forms of a school for its pages, shipped and own; what an older row names is found by its slug."""

    def __init__(self, settings: SchoolSettings) -> None:
        super().__init__((slug, NamedForm(slug, settings.form_name(slug))) for slug in settings.known_forms)

    def __missing__(self, slug: str) -> NamedForm:
        return NamedForm(slug, Text(FORMS[slug].text))


def day(at: date | datetime, zone: ZoneInfo, today: date) -> str:
    """«15 сентября», with the year when it is another one."""
    on = at.astimezone(zone).date() if isinstance(at, datetime) else at
    return dates.dated(on, today)


def moment(at: datetime, zone: ZoneInfo, today: date) -> str:
    """«15 сентября, 15:30»."""
    return f"{day(at, zone, today)}, {dates.clock(at, zone)}"


def ago(at: datetime, now: datetime) -> tuple[str, int]:
    """How long something waits: the unit's text id and the number of units, to be worded by `t`."""
    hours = max(int((now - at).total_seconds() // 3600), 0)
    return ("admin-ago-days", hours // 24) if hours >= 24 else ("admin-ago-hours", hours)


def back(
    request: Request, route: str, done: str = "", *, query: str = "", at: str = "", **path: Any
) -> RedirectResponse:
    """After a change: to a page, with a sentence about what was done (text `admin-done-<done>`).

    Args:
        at: id of the element to stay at.
    """
    asked = "&".join(part for part in (query, f"done={done}" if done else "") if part)
    where = address(request, route, **path)
    where += (f"?{asked}" if asked else "") + (f"#{at}" if at else "")
    return RedirectResponse(where, status_code=303)


def file(data: bytes, name: str, content_type: str, *, inline: bool = False) -> Response:
    """A download whose name may be Russian (RFC 5987)."""
    kind = "inline" if inline else "attachment"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    disposition = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=content_type, headers={"Content-Disposition": disposition})
