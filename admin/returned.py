"""What a form was refused comes back in the form: on its page, the reason at the top and by the field, the words kept.

Routes that look at their fields themselves (`admin.forms.Typed`) say which one is wrong. For all others, whatever verb
refused, the page on which the form stood is asked for once more, as its reader would, and the form on it is filled with
what came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from lxml import html
from starlette.exceptions import HTTPException
from starlette.types import Message, Scope

from admin.kept import MOST_FIELDS, NEVER
from admin.show import templates
from admin.visit import house
from locales import Texts
from program.text import Text, storable

STOOD_ON = "_page"  # the hidden field of a form that has come back once: its address is no longer its page's
PARTS = (
    "type",
    "asgi",
    "http_version",
    "server",
    "client",
    "scheme",
    "root_path",
)  # of a request, for the next one
CONTROLS = ("input", "select", "textarea")
SHUT = ("hidden", "submit", "button", "image", "reset")  # kinds of inputs that nobody types into
MOST_WORDS = 20
# A document refuses these; nobody types them, and no page shows them.
CONTROL_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Fields = list[tuple[str, str]]


async def fields_of(request: Request) -> Fields:
    """What was typed and chosen, in its order, as a page can hold it; no passwords, no files."""
    if request.method != "POST":
        return []
    try:
        form = await request.form(max_files=20, max_fields=MOST_FIELDS)
    except HTTPException:  # no form at all
        return []
    found = ((storable(name), value) for name, value in form.multi_items() if name not in NEVER)
    return [(name, _shown(value)) for name, value in found if isinstance(value, str)]


def _shown(said: str) -> str:
    return CONTROL_SIGNS.sub("", storable(said))


def words_of(fields: Fields) -> list[str]:
    """What somebody has written, to be copied from where the form itself is gone; numbers and codes are left out."""
    said = dict.fromkeys(value.strip() for _, value in fields if not value.isascii() or " " in value.strip())
    return list(said)[:MOST_WORDS]


async def refused(request: Request, reason: Text) -> Response | None:
    """The page with the form and the reason; None: it stands on no page any more, or htmx asked for a piece."""
    if request.method != "POST" or "hx-request" in request.headers:
        return None
    fields = await fields_of(request)
    for where in _pages(request, dict(fields).get(STOOD_ON, "")):
        text = await _asked(request, where)
        page = html.document_fromstring(text) if text else None
        form = _form(page, request.url.path, fields) if page is not None else None
        if page is not None and form is not None:
            _fill(form, fields)
            _tell(page, form, house(request).texts, reason)
            _remember(form, where)
            return HTMLResponse(
                html.tostring(page, encoding="unicode", doctype="<!doctype html>"), status_code=409
            )
    return None


def _pages(request: Request, stood_on: str) -> Iterator[str]:
    """Addresses on which the form may stand: where it says it was, where it came from, above where it went."""
    came = urlsplit(request.headers.get("referer", ""))
    told = [urlsplit(stood_on)] * stood_on.startswith("/") + [came] * (came.netloc == request.url.netloc)
    parts = request.url.path.rstrip("/").split("/")
    above = [urlsplit("/".join(parts[:length])) for length in range(len(parts), 1, -1)]
    seen = set()
    for one in (*told, *above):
        query = [(name, value) for name, value in parse_qsl(one.query) if name != "done"]
        where = _shown(unquote(one.path)) + ("?" + urlencode(query) if query else "")
        if where not in seen and _is_page(request, unquote(one.path)):
            seen.add(where)
            yield where


def _is_page(request: Request, path: str) -> bool:
    return any(shape.fullmatch(path) for shape in request.app.state.opened)


async def _asked(request: Request, where: str) -> str:
    """A page of ours as this reader gets it; "" if there is none."""
    path, _, query = where.partition("?")
    kept = (b"host", b"cookie", b"user-agent")
    scope: Scope = {
        **{part: request.scope[part] for part in PARTS if part in request.scope},
        "method": "GET",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": query.encode(),
        "headers": [(name, value) for name, value in request.scope["headers"] if name in kept],
        "state": {},
    }
    begun: dict[str, Any] = {}
    body = bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.update(message)
        else:
            body.extend(message.get("body", b""))

    await request.app(scope, receive, send)
    kind = dict(begun.get("headers", ())).get(b"content-type", b"")
    return body.decode() if begun.get("status") == 200 and kind.startswith(b"text/html") else ""


def _form(page: Any, path: str, fields: Fields) -> Any:
    """The form that came; of several with one address, the one whose hidden values, buttons and names are those."""
    forms = [
        form
        for form in page.iter("form")
        if any(
            urlsplit(one.get("formaction") or form.get("action") or "").path == path
            for one in (form, *_of(page, form, ("button",)))
        )
    ]
    names = {name for name, _ in fields}

    def likeness(form: Any) -> int:
        every = [one for one in _of(page, form, (*CONTROLS, "button")) if one.get("name")]
        fixed = [one for one in every if one.tag == "button" or one.get("type") == "hidden"]
        same = sum((one.get("name"), one.get("value") or "") in fields for one in fixed)
        return 2 * same + sum(one.get("name") in names for one in every if one not in fixed)

    return max(forms, key=likeness, default=None)


def _of(page: Any, form: Any, tags: tuple[str, ...]) -> list[Any]:
    """Everything of a form, also what only names it."""
    beside = page.xpath("//*[@form=$id]", id=form.get("id")) if form.get("id") else []
    return [one for one in (*form.iter(*tags), *beside) if one.tag in tags]


def _typed_into(page: Any, form: Any) -> list[Any]:
    every = _of(page, form, CONTROLS)
    return [one for one in every if one.get("name") and one.get("type", "text") not in SHUT]


def _fill(form: Any, fields: Fields) -> None:
    page = form.getroottree().getroot()
    for one in _typed_into(page, form):
        values = [value for name, value in fields if name == one.get("name")]
        kind = one.get("type", "text")
        if kind in ("checkbox", "radio"):
            _mark(one, "checked", on=(one.get("value") or "on") in values)
        elif one.tag == "select":
            for option in one.iter("option"):
                _mark(option, "selected", on=(option.get("value", option.text) or "") in values)
        elif one.tag == "textarea" and values:
            one.text = "\n" + values[0]  # the first line break of it is not shown
        elif values and kind != "file":
            one.set("value", values[0])


def _mark(element: Any, name: str, *, on: bool) -> None:
    element.attrib.pop(name, None)
    if on:
        element.set(name, name)


def _tell(page: Any, form: Any, texts: Texts, reason: Text) -> None:
    """The reason in a summary at the top, beside the field and in the title; what hides the form is opened."""
    field = _wrong(page, form)
    key = field.get("id") or "again"
    field.set("id", key)
    if field.tag in CONTROLS:
        field.set("aria-invalid", "true")
        if field.get("type") not in ("checkbox", "radio"):
            field.set("class", f"{field.get('class', '')} is-invalid".strip())
    field.set("aria-describedby", f"{field.get('aria-describedby', '')} {key}-error".strip())
    beside = html.Element("div", {"class": "bad mb-1", "id": f"{key}-error"})
    beside.text = texts(reason)
    place = next((one for one in field.iterancestors("fieldset") if one in form.iter("fieldset")), field)
    place = next(
        (one for one in place.iterancestors("div") if one.get("class", "").startswith("form-check")), place
    )
    place.addprevious(beside)
    for one in form.iterancestors("details"):
        one.set("open", "open")
    heading = "admin-error-summary" if field.tag in CONTROLS else "admin-refused-title"
    said = templates().get_template("errors/_summary.html")
    summary = html.fragment_fromstring(
        said.render(t=texts, problems={key: beside.text}, heading=heading).strip()
    )
    first = next(page.iter("h1"), None)
    if first is not None:
        first.addnext(summary)
    title = next(page.iter("title"))
    title.text = f"{texts('admin-error-prefix')} {(title.text or '').strip()}"


def _wrong(page: Any, form: Any) -> Any:
    """The field that the reason is likely about: one that must not be empty and is, else the first, else the button."""
    typed = _typed_into(page, form)
    empty = [one for one in typed if one.get("required") is not None and not (one.get("value") or one.text)]
    return next(iter([*empty, *typed, *_of(page, form, ("button",)), form]))


def _remember(form: Any, where: str) -> None:
    for one in form.iter("input"):
        if one.get("name") == STOOD_ON:
            one.set("value", where)
            return
    form.append(html.Element("input", {"type": "hidden", "name": STOOD_ON, "value": where}))
