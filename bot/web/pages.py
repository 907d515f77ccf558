"""How a participant's page is made: words, template, and the headers that keep its address secret."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import urlize
from markupsafe import Markup, escape

from actions.links import Links
from bot.messenger import Receive
from bot.web.pace import Pace, Use
from locales import LANGUAGES, Texts
from program.addresses import counted_as
from program.roles import Category
from program.text import Text
from storage.database import Database
from storage.tables import Person

log = structlog.get_logger()

HERE = Path(__file__).parent
LONGEST_TOKEN = 200

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
    ),
    # The address is the key: no other host may learn it. Not "no-referrer", which would also
    # empty the Origin by which forms of our own pages are told from foreign ones.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass(frozen=True)
class Site:
    """What the pages are built from.

    Args:
        receive: takes one event of the web chat; returns after its transaction committed.
        demo: the pages say that people are invented and lead to the list of them.
    """

    database: Database
    clock: Callable[[], datetime]
    links: Links
    receive: Receive
    demo: bool = False
    pace: Pace = field(default_factory=Pace)

    def page(
        self, template: str, texts: Texts, *, title: Text, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """One whole page. In the template `t("id", …)` words a text."""
        html = _ENVIRONMENT.get_template(template).render(
            t=texts, title=title, language=texts.language, demo=self.demo, **values
        )
        return HTMLResponse(html, status, headers=HEADERS)

    def unfit(self, texts: Texts, *, status: int = 404) -> HTMLResponse:
        """The polite page for an address that opens nothing (or not any more)."""
        return self.page("unfit.html", texts, title=Text("web-unfit-title"), status=status, busy=False)

    def busy(self, texts: Texts) -> HTMLResponse:
        response = self.page("unfit.html", texts, title=Text("web-busy-title"), status=429, busy=True)
        response.headers["Retry-After"] = "60"
        return response

    def miss(self, request: Request, texts: Texts) -> HTMLResponse:
        """The answer to a wrong token; many of them from one place are slowed down."""
        if getattr(request.state, "guess", False):
            request.state.guess = False  # counted before it was looked up
        elif not self.pace.allows(Use.MISS, place(request)):
            log.warning("tokens.too_many_wrong")
            return self.busy(texts)
        return self.unfit(texts)

    def guesses(self, request: Request) -> bool:
        """Whether so many wrong tokens came from there that a right one has to wait as well: it may be a guess.

        Counted as a miss before anybody looks, so that many at once gain nothing; `settled` gives it back.
        """
        if not self.pace.allows(Use.MISS, place(request)):
            log.warning("tokens.too_many_wrong")
            return True
        request.state.guess = True
        return False

    async def settled(self, request: Request) -> AsyncIterator[None]:
        """Around every route: a token that was looked for and was no `miss` costs nothing."""
        yield
        if getattr(request.state, "guess", False):
            self.pace.was_right(place(request))


def see(url: str) -> Response:
    """After a form: the browser opens `url`, so that reloading repeats nothing."""
    return RedirectResponse(url, status_code=303, headers=HEADERS)


def place(request: Request) -> str:
    """The network address that a request came from, as tries are counted by it."""
    return counted_as(request.client.host if request.client else "")


def words_of(person: Person) -> Texts:
    return Texts(person.language, familiar=person.category == Category.PUPIL)


def words_asked(request: Request) -> Texts:
    """In the language of the address (`?lang=en`), else Russian: a school's page does not guess."""
    asked = request.query_params.get("lang", "ru")
    return Texts(asked if asked in LANGUAGES else "ru")


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _file(name: str) -> str:
    """The address of a file of ours; changes with its contents, so that a browser may keep it."""
    content = (HERE / "static" / name).read_bytes()
    return f"/chat-static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


# What any link has in it; to look at each word of a chat for one took longer than all else of its page.
_MAY_BE_LINK = re.compile(r"://|www\.|@|\.(?:com|net|int|edu|gov|org|info|mil)\b", re.IGNORECASE)


def _linked(words: str) -> Markup:
    """What the bot said, safe to show, with its links to press."""
    if not _MAY_BE_LINK.search(words):
        return escape(words)
    return Markup(urlize(words, rel="noopener noreferrer nofollow", target="_blank"))  # noqa: S704 - it escapes


_ENVIRONMENT.globals["file"] = _file
_ENVIRONMENT.filters["linked"] = _linked
