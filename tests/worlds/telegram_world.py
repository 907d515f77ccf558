"""A Telegram Bot API of one bot, over HTTP.

Every request is held to the published list (Bot API 10.2, `published.py`); other limits and error texts:
platforms.md 1.4, 1.5 and github.com/tdlib/telegram-bot-api Client.cpp.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, web

from tests.worlds.published import telegram_faults
from tests.worlds.wire import Key, Refused, Seen, World, find, units

SENDING = {"sendMessage", "sendPhoto", "sendMediaGroup"}
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
A_SECOND = 30  # messages of one bot


class TelegramWorld(World):
    """People with phones, one bot."""

    token = "42:TEST-token-of-the-world-0000000000"

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, list[Seen]] = {}
        self.lower: dict[int, list[list[str]]] = {}  # keyboards in place of typing
        self.blocked: set[int] = set()
        self.answered: set[str] = set()  # presses whose spinner was stopped
        self.commands: list[dict[str, str]] = []  # for everybody, in no language of their own
        self.scoped: dict[tuple[str, str], list[dict[str, str]]] = {}  # by scope ("chat 5") and language
        # Name, description, short_description by language; a bot has a name from its first day.
        self.profile: dict[tuple[str, str], str] = {("name", ""): "Наставник"}
        self.menu_button = "default"
        self.can_join_groups = False
        self.albums: dict[int, list[int]] = {}  # ids of all pictures, by that of the first
        self.too_old: set[int] = set()  # messages that nobody may delete any more
        self.typing: list[int] = []  # whom «печатает…» was shown
        self.left: list[int] = []  # groups the bot went out of
        self.files: list[str] = []  # pictures whose bytes came
        self.webhook = ""
        self.webhook_secret = ""
        self.webhook_error = ""  # what went wrong with the last delivery
        self.plain_http = False  # posts to http:// as well, for tests of the whole way
        self.pending: list[dict[str, Any]] = []
        self._queries: set[str] = set()
        self._allowed: list[str] | None = None
        self._numbers = iter(range(1, 10**9))
        self._updates = iter(range(700_000_001, 10**10))
        self._news = asyncio.Event()
        self._poller: asyncio.Event | None = None  # set to end the poll that waits

    # What people do

    def says(self, user: int, text: str) -> int:
        """Types a message; returns its number."""
        return self._write(user, text, text=text)

    def starts(self, user: int, ref: str = "") -> int:
        """Opens t.me/<bot>?start=<ref> and presses the start button."""
        if user in self.blocked:
            self.allows(user)
        text = f"/start {ref}" if ref else "/start"
        entities = [{"type": "bot_command", "offset": 0, "length": 6}]
        return self._write(user, text, text=text, entities=entities)

    def presses(self, user: int, button: str, message: int | None = None) -> str:
        """Presses a button, by its words or its data, of the newest message that has buttons (or a given one).

        Returns the address where the button opens a page, else "".
        """
        shown = [seen for seen in self.chats.get(user, []) if seen.rows and message in {None, seen.id}]
        key = find(shown[-1].rows, button) if shown else None
        if key is None:
            if message is None and any(button in row for row in self.lower.get(user, [])):
                self.says(user, button)
                return ""
            raise AssertionError(f"no button {button!r} in {[seen.labels for seen in shown[-1:]]}")
        if key.url:
            return key.url
        query = f"q{next(self._numbers)}"
        self._queries.add(query)
        self._push(
            "callback_query",
            {
                "id": query,
                "from": self._user(user),
                "chat_instance": "1",
                "data": key.data,
                "message": {
                    "message_id": shown[-1].id,
                    "date": int(time.time()),
                    "chat": self._chat(user),
                    "text": shown[-1].text,
                },
            },
        )
        return ""

    def sends_sticker(self, user: int) -> int:
        sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 512, "height": 512}
        return self._write(user, "[sticker]", sticker=sticker | {"is_animated": False, "is_video": False})

    def sends_voice(self, user: int) -> int:
        return self._write(user, "[voice]", voice={"file_id": "v", "file_unique_id": "v", "duration": 3})

    def sends_photo(self, user: int, caption: str = "") -> int:
        size = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}
        return self._write(user, caption, photo=[size], **({"caption": caption} if caption else {}))

    def blocks(self, user: int) -> None:
        self.blocked.add(user)
        self._member(user, "member", "kicked")

    def allows(self, user: int) -> None:
        self.blocked.discard(user)
        self._member(user, "kicked", "member")

    def invites_to_group(self, user: int, group: int, text: str) -> None:
        """Puts the bot into a group and writes there."""
        chat = {"id": group, "type": "group", "title": "8А"}
        me = self._me()
        self._push(
            "my_chat_member",
            {
                "chat": chat,
                "from": self._user(user),
                "date": int(time.time()),
                "old_chat_member": {"status": "left", "user": me},
                "new_chat_member": {"status": "member", "user": me},
            },
        )
        message = {"message_id": next(self._numbers), "date": int(time.time()), "chat": chat}
        self._push("message", message | {"from": self._user(user), "text": text})

    def chat(self, user: int) -> list[Seen]:
        """The messages of both sides, as the person sees them now."""
        return self.chats.get(user, [])

    def last(self, user: int) -> Seen:
        """The newest message of the bot."""
        return next(seen for seen in reversed(self.chat(user)) if not seen.mine)

    def keyboard(self, user: int) -> list[str]:
        """Labels of the keyboard in place of typing."""
        return [label for row in self.lower.get(user, []) for label in row]

    def again(self, update: dict[str, Any]) -> None:
        """Delivers an update once more."""
        self.pending.append(update)
        self._news.set()

    async def deliver(self, **headers: str) -> list[int]:
        """Posts what is pending to the webhook, in order, and keeps what was not taken; returns the statuses.

        Args:
            headers: in place of the secret's.
        """
        known = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
        statuses = []
        async with ClientSession() as http:
            for update in list(self.pending):
                async with http.post(self.webhook, json=update, headers=headers or known) as answer:
                    statuses.append(answer.status)
                if answer.status == 200:
                    self.pending.remove(update)
                else:
                    self.webhook_error = f"Wrong response from the webhook: {answer.status}"
        return statuses

    # How it becomes updates

    def _write(self, user: int, shown: str, **content: Any) -> int:
        number = next(self._numbers)
        self.chats.setdefault(user, []).append(Seen(number, shown, mine=True))
        message = {"message_id": number, "date": int(time.time()), "chat": self._chat(user)}
        self._push("message", message | {"from": self._user(user)} | content)
        return number

    def _member(self, user: int, before: str, after: str) -> None:
        me = self._me()
        self._push(
            "my_chat_member",
            {
                "chat": self._chat(user),
                "from": self._user(user),
                "date": int(time.time()),
                "old_chat_member": {"status": before, "user": me},
                "new_chat_member": {"status": after, "user": me},
            },
        )

    def _push(self, kind: str, content: dict[str, Any]) -> None:
        if self._allowed and kind not in self._allowed:
            return
        self.pending.append({"update_id": next(self._updates), kind: content})
        self._news.set()

    def _me(self) -> dict[str, Any]:
        return {"id": 42, "is_bot": True, "first_name": "Наставник", "username": "nastavnik_world_bot"}

    def _user(self, user: int) -> dict[str, Any]:
        return {"id": user, "is_bot": False, "first_name": "Тест", "language_code": "ru"}

    def _chat(self, user: int) -> dict[str, Any]:
        return {"id": user, "type": "private", "first_name": "Тест"}

    # The API

    def _routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self._method)

    def _refusal(self, error: Refused) -> web.Response:
        body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.words}
        if error.parameters:
            body["parameters"] = error.parameters
        return web.json_response(body, status=error.code)

    def _flood(self, seconds: float) -> Refused:
        whole = max(1, round(seconds))
        return Refused(429, f"Too Many Requests: retry after {whole}", retry_after=whole)

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        return await self._serve(request, method, lambda: self._carry_out(request, method))

    async def _carry_out(self, request: web.Request, method: str) -> web.Response:
        if request.match_info["token"] != self.token:
            raise Refused(401, "Unauthorized")
        given: dict[str, Any] = dict(request.query) | await _given(request)
        files = {name for name in given if not isinstance(given[name], str)}
        texts = {name: value for name, value in given.items() if name not in files}
        self.violations.extend(telegram_faults(method, texts, files))
        carry_out = getattr(self, f"_{method}", None)
        if carry_out is None:
            self.violations.append(f"{method}: not a method of this world")
            raise Refused(404, "Not Found")
        if method in SENDING:
            self._count(A_SECOND)
        result = await carry_out(given)
        return web.json_response({"ok": True, "result": result})

    async def _getMe(self, given: dict[str, Any]) -> Any:  # noqa: N802
        flags = {"can_join_groups": self.can_join_groups, "can_read_all_group_messages": False}
        return self._me() | flags | {"supports_inline_queries": False}

    async def _getUpdates(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        if "allowed_updates" in given:
            self._allowed = json.loads(given["allowed_updates"])
        offset, limit = int(given.get("offset", 0)), min(100, int(given.get("limit", 100)))
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        until = time.monotonic() + min(50.0, float(given.get("timeout", 0)))
        try:
            while not self.pending and time.monotonic() < until:
                self._news.clear()
                await _either(self._news, mine, until - time.monotonic())
                if mine.is_set():
                    raise Refused(
                        409,
                        "Conflict: terminated by other getUpdates request;"
                        " make sure that only one bot instance is running",
                    )
        finally:
            if self._poller is mine:
                self._poller = None
        return self.pending[:limit]

    async def _deleteWebhook(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = ""
        return True

    async def _setWebhook(self, given: dict[str, Any]) -> Any:  # noqa: N802
        url, secret = str(given.get("url", "")), str(given.get("secret_token", ""))
        if url and not url.startswith("https://") and not self.plain_http:
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not SECRET.fullmatch(secret):
            raise self._bad(
                "setWebhook: secret_token", "Bad Request: secret token contains unallowed characters"
            )
        if "allowed_updates" in given:
            self._allowed = json.loads(given["allowed_updates"])
        self.webhook, self.webhook_secret = url, secret
        return True

    async def _getWebhookInfo(self, given: dict[str, Any]) -> Any:  # noqa: N802
        count = len(self.pending)
        info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": count}
        if self.webhook_error:
            info |= {"last_error_message": self.webhook_error, "last_error_date": int(time.time())}
        return info | {"allowed_updates": self._allowed or []}

    async def _sendMessage(self, given: dict[str, Any]) -> Any:  # noqa: N802
        user = self._reader(given)
        text = self._text(given, "text", 4096, "message")
        return self._deliver(user, text, given)

    async def _sendPhoto(self, given: dict[str, Any]) -> Any:  # noqa: N802
        user = self._reader(given)
        name = self._file(given, given.get("photo"))
        caption = self._text(given, "caption", 1024, "caption", empty=True)
        return self._deliver(user, caption, given, photos=1) | _photo(name)

    async def _sendMediaGroup(self, given: dict[str, Any]) -> Any:  # noqa: N802
        user = self._reader(given)
        media = json.loads(given.get("media", "[]"))
        if not 2 <= len(media) <= 10:
            raise self._bad("sendMediaGroup: 2-10 items", "Bad Request: expected 2-10 items in an album")
        names = [self._file(given, item.get("media")) for item in media]
        caption = media[0].get("caption", "")
        message = self._deliver(user, caption, {}, photos=len(media))
        ids = [message["message_id"], *(next(self._numbers) for _ in names[1:])]  # each picture is a message
        self.albums[ids[0]] = ids
        return [message | {"message_id": key} | _photo(name) for key, name in zip(ids, names, strict=True)]

    async def _editMessageText(self, given: dict[str, Any]) -> Any:  # noqa: N802
        user = self._reader(given)
        seen = next((seen for seen in self.chats[user] if seen.id == int(given.get("message_id", 0))), None)
        if seen is None or seen.mine:
            raise Refused(400, "Bad Request: message to edit not found")
        if seen.photos:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        text, rows = self._text(given, "text", 4096, "message"), self._inline(given)
        if (text, rows) == (seen.text, seen.rows):
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup"
                " are exactly the same as a current content and reply markup of the message",
            )
        seen.text, seen.rows, seen.edited = text, rows, seen.edited + 1
        return self._message(user, seen)

    async def _editMessageCaption(self, given: dict[str, Any]) -> Any:  # noqa: N802
        user = self._reader(given)
        seen = next((seen for seen in self.chats[user] if seen.id == int(given["message_id"])), None)
        if seen is None or seen.mine or not seen.photos:
            raise Refused(400, "Bad Request: there is no caption in the message to edit")
        text = self._text(given, "caption", 1024, "caption", empty=True)
        seen.text, seen.rows, seen.edited = text, self._inline(given), seen.edited + 1
        return self._message(user, seen)

    async def _deleteMessages(self, given: dict[str, Any]) -> Any:  # noqa: N802
        user, gone = self._reader(given), set(json.loads(given["message_ids"]))
        mine = [one for one in self.chats[user] if {one.id, *self.albums.get(one.id, ())} <= gone]
        if any(one.id in self.too_old for one in mine):
            raise Refused(400, "Bad Request: message can't be deleted for everyone")
        for one in mine:
            self.chats[user].remove(one)
        return True

    async def _answerCallbackQuery(self, given: dict[str, Any]) -> Any:  # noqa: N802
        query = given.get("callback_query_id", "")
        if query not in self._queries:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        if units(given.get("text", "")) > 200:
            raise self._bad("answerCallbackQuery: text over 200", "Bad Request: MESSAGE_TOO_LONG")
        self._queries.discard(query)
        self.answered.add(query)
        return True

    async def _setMyCommands(self, given: dict[str, Any]) -> Any:  # noqa: N802
        listed = json.loads(given["commands"])
        for command in listed:
            name, words = command["command"], command["description"]
            if not 1 <= len(name) <= 32 or name != name.lower() or not 1 <= len(words) <= 256:
                raise self._bad(f"setMyCommands: {name}", "Bad Request: BOT_COMMAND_INVALID")
        where = _scope(given)
        self.scoped[where] = listed
        if where == ("default", ""):
            self.commands = listed
        return True

    async def _getMyCommands(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self.scoped.get(_scope(given), [])

    async def _deleteMyCommands(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.scoped.pop(_scope(given), None)
        if _scope(given) == ("default", ""):
            self.commands = []
        return True

    async def _setMyName(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._describe("name", given)

    async def _getMyName(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._described("name", given)

    async def _setMyDescription(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._describe("description", given)

    async def _getMyDescription(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._described("description", given)

    async def _setMyShortDescription(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._describe("short_description", given)

    async def _getMyShortDescription(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._described("short_description", given)

    def _describe(self, what: str, given: dict[str, Any]) -> bool:
        self.profile[what, str(given.get("language_code", ""))] = str(given.get(what, ""))
        return True

    def _described(self, what: str, given: dict[str, Any]) -> dict[str, str]:
        """In a language that has none of its own, the one for everybody."""
        own = self.profile.get((what, str(given.get("language_code", ""))))
        return {what: own or self.profile.get((what, ""), "")}

    async def _setChatMenuButton(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.menu_button = json.loads(given.get("menu_button", '{"type": "default"}'))["type"]
        return True

    async def _getChatMenuButton(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if self.menu_button == "web_app":
            return {"type": "web_app", "text": "Сайт", "web_app": {"url": "https://school.test"}}
        return {"type": self.menu_button}

    async def _sendChatAction(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.typing.append(self._reader(given))
        return True

    async def _leaveChat(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.left.append(int(given["chat_id"]))
        return True

    # Checks

    def _reader(self, given: dict[str, Any]) -> int:
        user = int(given.get("chat_id", 0))
        if user not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        if user in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return user

    def _text(self, given: dict[str, Any], name: str, most: int, what: str, *, empty: bool = False) -> str:
        text = str(given.get(name, ""))
        if not text.strip() and not empty:
            raise self._bad(f"{what} text is empty", "Bad Request: message text is empty")
        if units(text) > most:
            raise self._bad(f"{what} of {units(text)} units", f"Bad Request: {what} is too long")
        return text

    def _file(self, given: dict[str, Any], value: Any) -> str:
        """Its id from now on: of bytes, or of a picture that the bot has sent before."""
        if isinstance(value, str) and not value.startswith("attach://"):
            if value not in self.files:
                raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
            return value
        name = value.removeprefix("attach://") if isinstance(value, str) else "photo"
        content = given.get(name)
        if not isinstance(content, web.FileField):
            raise self._bad("no file", "Bad Request: there is no photo in the request")
        if len(content.file.read()) > 10 * 2**20:
            raise Refused(413, "Request Entity Too Large")
        self.files.append(f"picture{len(self.files)}")
        return self.files[-1]

    def _inline(self, given: dict[str, Any]) -> list[list[Key]]:
        markup = json.loads(given.get("reply_markup") or "{}")
        rows = markup.get("inline_keyboard", [])
        if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
            raise self._bad("inline keyboard too big", "Bad Request: reply markup is too long")
        return [[self._key(button) for button in row] for row in rows]

    def _key(self, button: dict[str, Any]) -> Key:
        data, url = button.get("callback_data"), button.get("url")
        if not button.get("text"):
            raise self._bad(
                "button without words", "Bad Request: inline keyboard button text must be non-empty"
            )
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise self._bad(
                f"callback_data of {len(data.encode())} bytes", "Bad Request: BUTTON_DATA_INVALID"
            )
        if url is not None and not _is_public(url):
            raise Refused(400, f"Bad Request: inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        if (data is None) == (url is None):
            raise self._bad("button of no kind", "Bad Request: BUTTON_TYPE_INVALID")
        return Key(button["text"], data or "", url or "")

    def _bad(self, violation: str, words: str) -> Refused:
        self.violations.append(violation)
        return Refused(400, words)

    def _deliver(self, user: int, text: str, given: dict[str, Any], photos: int = 0) -> dict[str, Any]:
        markup = json.loads(given.get("reply_markup") or "{}")
        rows = self._inline(given)
        if "keyboard" in markup:
            lower = [
                [key if isinstance(key, str) else key["text"] for key in row] for row in markup["keyboard"]
            ]
            if sum(map(len, lower)) > 300 or any(len(row) > 12 for row in lower):
                raise self._bad("reply keyboard too big", "Bad Request: reply markup is too long")
            self.lower[user] = lower
        elif markup.get("remove_keyboard"):
            self.lower.pop(user, None)
        seen = Seen(next(self._numbers), text, rows=rows, photos=photos)
        self.chats[user].append(seen)
        self.copies[user, text] += 1
        return self._message(user, seen)

    def _message(self, user: int, seen: Seen) -> dict[str, Any]:
        message = {"message_id": seen.id, "date": int(time.time()), "chat": self._chat(user)}
        return message | {"from": self._me(), "text": seen.text}


def _scope(given: dict[str, Any]) -> tuple[str, str]:
    scope = json.loads(given.get("scope") or '{"type": "default"}')
    where = f"{scope['type']} {scope.get('chat_id', '')}".strip()
    return where, str(given.get("language_code", ""))


async def _given(request: web.Request) -> dict[str, Any]:
    """Parameters as text, whichever way they came; of JSON as the server takes them: what is no text stays JSON."""
    if request.content_type != "application/json":
        return dict(await request.post())
    read = await request.json()
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in read.items()}


async def _either(first: asyncio.Event, second: asyncio.Event, seconds: float) -> None:
    waits = [asyncio.create_task(event.wait()) for event in (first, second)]
    try:
        await asyncio.wait(waits, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waits:
            task.cancel()


def _photo(name: str) -> dict[str, Any]:
    return {"photo": [{"file_id": name, "file_unique_id": name, "width": 90, "height": 90}]}


def _is_public(url: str) -> bool:
    """Telegram refuses addresses like http://localhost."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "tg"} and (parts.scheme == "tg" or "." in (parts.hostname or ""))
