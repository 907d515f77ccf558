"""A curator without JavaScript: reads a page, follows its links and presses its buttons by their names, and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import httpx2
from lxml import html


@dataclass
class Hands:
    """Args:
    pages: pages that were read. presses: links followed and buttons pressed. fields: fields typed into or ticked.
    """

    browser: httpx2.AsyncClient
    pages: int = 0
    presses: int = 0
    fields: int = 0
    steps: list[str] = field(default_factory=list)
    url: str = "/"
    kind: str = ""  # of what was answered last
    page: Any = None
    _filled: dict[str, str] = field(default_factory=dict)

    async def opens(self, address: str) -> None:
        """A bookmark: a page, not a press."""
        await self._read(await self.browser.get(address))

    async def follows(self, name: str) -> None:
        """The first link of this name (or whose name begins so)."""
        link = next((one for one in self.page.iter("a") if _named(one).startswith(name)), None)
        assert link is not None, f"no link «{name}» at {self.url}"
        await self._press(name, self.browser.get(urljoin(self.url, link.get("href"))))

    def types(self, label: str, words: str) -> None:
        """Into the first field of this label, to be sent with the next press of its form."""
        found = next((one for one in self.page.iter("label") if _text(one).startswith(label)), None)
        assert found is not None, f"no field «{label}» at {self.url}"
        self._filled[found.get("for")] = words
        self.fields += 1

    def has(self, name: str) -> bool:
        return any(_named(one).startswith(name) for one in self.page.iter("button", "a"))

    async def presses_button(self, name: str) -> None:
        """The first button of this name; everything else of its form goes as it stands."""
        button = next((one for one in self.page.iter("button") if _named(one).startswith(name)), None)
        assert button is not None, f"no button «{name}» at {self.url}"
        form = next(button.iterancestors("form"))
        values = self._values(form)
        if button.get("name"):
            values.append((button.get("name"), button.get("value", "")))
        target = urljoin(self.url, form.get("action") or self.url)
        if (form.get("method") or "get").lower() == "get":
            await self._press(name, self.browser.get(target, params=values))
            return
        data: dict[str, Any] = {}
        for key, value in values:
            data.setdefault(key, []).append(value)
        await self._press(name, self.browser.post(target, data=data))

    def says(self, words: str) -> bool:
        return words in " ".join(self.page.text_content().split())

    def _values(self, form: Any) -> list[tuple[str, str]]:
        values = []
        for one in form.iter("input", "select", "textarea"):
            name, kind = one.get("name"), one.get("type", "text")
            if not name or (kind in ("checkbox", "radio") and one.get("checked") is None):
                continue
            typed = self._filled.pop(one.get("id") or "", None)
            values.append((name, typed if typed is not None else _value(one)))
        return values

    async def _press(self, name: str, going: Any) -> None:
        self.presses += 1
        self.steps.append(name)
        await self._read(await going)

    async def _read(self, answer: httpx2.Response) -> None:
        while answer.status_code in (302, 303):
            answer = await self.browser.get(urljoin(self.url, answer.headers["location"]))
        assert answer.status_code == 200, (self.url, answer.status_code, answer.text[-800:])
        self.url = str(answer.request.url)
        self.pages += 1
        self.kind = answer.headers["content-type"]
        if self.kind.startswith("text/html"):
            self.page = html.fromstring(answer.text)


def _named(element: Any) -> str:
    """As a reader of the screen says it."""
    return element.get("aria-label") or _text(element)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _value(element: Any) -> str:
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = next(
            (one for one in options if one.get("selected") is not None), options[0] if options else None
        )
        return "" if chosen is None else chosen.get("value", _text(chosen))
    return element.get("value", "on" if element.get("type") == "checkbox" else "")
