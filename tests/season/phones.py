"""What somebody holds in the hand: a messenger of one of the worlds, or a browser without a script."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.worlds import TelegramWorld, VkWorld
from tests.worlds.wire import find

BUBBLE = re.compile(r'<li class="bubble (mine|ours)" id="m(\d+)".*?</li>', re.S)
WORDS = re.compile(r'<p class="words">(.*?)</p>', re.S)
BUTTON = re.compile(r'<button[^>]*name="data" value="([^"]*)"[^>]*>([^<]*)</button>')
LINK = re.compile(r'<a class="btn[^"]*" href="([^"]*)"[^>]*>([^<]*)</a>')
FOOT = re.compile(r'<button[^>]*name="text" value="([^"]*)"[^>]*>[^<]*</button>')


@dataclass(frozen=True)
class Note:
    """One message as it is seen now."""

    id: int
    words: str
    mine: bool
    labels: tuple[str, ...]


class Phone(Protocol):
    async def opens(self, join_page: str) -> None:
        """Opens what the QR code says and goes on in this channel."""

    async def starts(self, token: str) -> None:
        """Follows a link with this token straight into the channel."""

    async def types(self, words: str) -> None: ...

    async def presses(self, label: str) -> str:
        """Presses a button of the newest message that has it. Returns the address it opens, else ""."""

    async def presses_again(self) -> None:
        """The last press once more, as an impatient thumb does."""

    async def sends(self, what: str) -> None:
        """sticker, voice."""

    async def notes(self) -> list[Note]: ...

    def shown_below(self) -> list[str]:
        """Labels that stand in place of typing."""


@dataclass
class TelegramPhone:
    world: TelegramWorld
    user: int
    browser: httpx2.AsyncClient
    _pressed: tuple[str, int | None] = ("", None)

    async def opens(self, join_page: str) -> None:
        await self.starts(await way(self.browser, join_page, "https://t.me/", "start"))

    async def starts(self, token: str) -> None:
        self.world.starts(self.user, token)

    async def types(self, words: str) -> None:
        self.world.says(self.user, words)

    async def presses(self, label: str) -> str:
        self._pressed = _key(self, label)
        return self.world.presses(self.user, *self._pressed)

    async def presses_again(self) -> None:
        self.world.presses(self.user, *self._pressed)

    async def sends(self, what: str) -> None:
        getattr(self.world, f"sends_{what}")(self.user)

    async def notes(self) -> list[Note]:
        return [Note(n.id, n.text, n.mine, tuple(n.labels)) for n in self.world.chat(self.user)]

    def shown_below(self) -> list[str]:
        return self.world.keyboard(self.user)


@dataclass
class VkPhone:
    world: VkWorld
    user: int
    browser: httpx2.AsyncClient
    _pressed: tuple[str, int | None] = ("", None)

    async def opens(self, join_page: str) -> None:
        await self.starts(await way(self.browser, join_page, "https://vk.me/", "ref"))

    async def starts(self, token: str) -> None:
        self.world.starts(self.user, token)

    async def types(self, words: str) -> None:
        self.world.says(self.user, words)

    async def presses(self, label: str) -> str:
        self._pressed = _key(self, label)
        return self.world.presses(self.user, *self._pressed)

    async def presses_again(self) -> None:
        self.world.presses(self.user, *self._pressed)

    async def sends(self, what: str) -> None:
        getattr(self.world, f"sends_{what}")(self.user)

    async def notes(self) -> list[Note]:
        return [Note(n.id, n.text, n.mine, tuple(n.labels)) for n in self.world.chat(self.user)]

    def shown_below(self) -> list[str]:
        return self.world.keyboard(self.user)


@dataclass
class WebPhone:
    """The pages of the web chat by forms alone."""

    browser: httpx2.AsyncClient
    chat: str = ""  # address of the page
    _page: str = ""  # as it stands on the screen
    _new: bool = False  # and was not read yet
    _sent: dict[str, str] = field(default_factory=dict)

    async def opens(self, join_page: str) -> None:
        page = await self.browser.get(join_page)
        visit = hidden(page.text, "visit")
        done = await self.browser.post(f"{urlsplit(join_page).path}/web", data={"visit": visit})
        assert done.status_code == 200, done.text[:400]
        self.chat = str(done.url).partition("#")[0]

    async def starts(self, token: str) -> None:
        await self.opens(f"/join/{token}")

    async def types(self, words: str) -> None:
        await self._post({"text": words})

    async def presses(self, label: str) -> str:
        page = self._page or await self._opened()
        for found in reversed(list(BUBBLE.finditer(page))):
            for url, words in LINK.findall(found[0]):
                if html.unescape(words) == label:
                    return html.unescape(url)
            for data, words in BUTTON.findall(found[0]):
                if html.unescape(words) == label:
                    await self._post({"data": html.unescape(data)}, page)
                    return ""
        if label in [html.unescape(words) for words in FOOT.findall(page)]:
            await self._post({"text": label}, page)
            return ""
        raise AssertionError(f"no button {label!r} on {(await self.notes())[-1:]}")

    async def presses_again(self) -> None:
        """The same form sent twice."""
        self._page, self._new = (await self.browser.post(self.chat, data=self._sent)).text, True

    async def sends(self, what: str) -> None:
        raise AssertionError(f"a page of forms sends no {what}")

    async def notes(self) -> list[Note]:
        if not self.chat:
            return []
        page = self._page if self._new else await self._opened()
        self._new = False
        return [
            Note(int(found[2]), _words(found[0]), found[1] == "mine", _labels(found[0]))
            for found in BUBBLE.finditer(page)
        ]

    def shown_below(self) -> list[str]:
        return []

    async def _post(self, said: dict[str, str], page: str = "") -> None:
        page = page or self._page or await self._opened()
        self._sent = {"nonce": hidden(page, "nonce"), "text": "", **said}
        answer = await self.browser.post(self.chat, data=self._sent)
        assert answer.status_code == 200, answer.text[:400]
        self._page, self._new = answer.text, True

    async def _opened(self) -> str:
        self._page = (await self.browser.get(self.chat)).text
        return self._page


async def way(browser: httpx2.AsyncClient, join_page: str, into: str, name: str) -> str:
    """The token that the page's link into a messenger carries."""
    page = await browser.get(join_page)
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', page.text)]
    link = next((link for link in links if link.startswith(into)), None)
    assert link is not None, (
        f"no way into {into} on {join_page}: {page.status_code} {_words(page.text)[:300]}"
    )
    return parse_qs(urlsplit(link).query)[name][0]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else secrets.token_hex(12)


def _words(bubble: str) -> str:
    found = WORDS.search(bubble)
    inner = re.sub(r'<span class="visually-hidden">.*?</span>', "", found[1] if found else bubble, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", inner)).strip()


def _labels(bubble: str) -> tuple[str, ...]:
    found = [words for _, words in BUTTON.findall(bubble)] + [words for _, words in LINK.findall(bubble)]
    return tuple(html.unescape(words) for words in found)


def _key(phone: TelegramPhone | VkPhone, label: str) -> tuple[str, int | None]:
    """What the button of that label carries and the message it stands under.

    The newest message comes first, then the keyboard in place of typing (None), then older messages.
    """
    notes = [note for note in reversed(phone.world.chat(phone.user)) if not note.mine]
    for number, note in enumerate(notes):
        for key in (key for row in note.rows for key in row):
            if key.label == label:
                return key.data or label, note.id
        if number == 0 and label in phone.shown_below():
            return _below(phone, label), None
    return label, None


def _below(phone: TelegramPhone | VkPhone, label: str) -> str:
    """What tells the key in place of typing from an older button of the same label."""
    if isinstance(phone, TelegramPhone):
        return label
    key = find(phone.world.lower[phone.user][0], label)
    return key.data if key is not None and key.data else label
