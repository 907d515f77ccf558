"""A VK API of one community, over HTTP: methods, long poll, uploads, the wall.

Every request is held to the published list (API 5.199, `published.py`); other limits and codes:
platforms.md 2.4-2.6.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.worlds.published import vk_faults
from tests.worlds.vk_keyboard import WrongKeyboard, read_keyboard
from tests.worlds.wire import Key, Refused, Seen, World, find

USER_ONLY = {
    "photos.getWallUploadServer",
    "photos.saveWallPhoto",
    "wall.edit",
    "wall.delete",
    "wall.get",
    "groups.getSettings",
    "account.getAppPermissions",
}
OF_WALL, OF_PHOTOS = 8192, 4  # bits of a token's rights
NEEDS = {
    "wall.post": OF_WALL,
    "wall.edit": OF_WALL,
    "wall.delete": OF_WALL,
    "photos.getWallUploadServer": OF_PHOTOS,
    "photos.saveWallPhoto": OF_PHOTOS,
}
SERVER = ("id", "title", "creator_id", "url", "secret_key", "status")
A_SECOND = 20  # calls of a community's token
WORDS = {
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    10: "Internal server error",
    15: "Access denied: no access to call this method",
    27: "Group authorization failed: method is unavailable with group auth.",
    100: "One of the parameters specified was missing or invalid",
    901: "Can't send messages for users without permission",
    909: "Can't edit this message, because it's too old",
    914: "Message is too long",
}


def error(code: int, more: str = "") -> Refused:
    words = WORDS.get(code, "Error")
    return Refused(code, f"{words}: {more}" if more else words)


class VkWorld(World):
    """People, one community, its wall."""

    token = "vk1.a.community"
    wall_token = "vk1.a.user-with-wall"
    group_id = 777

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, list[Seen]] = {}
        self.letters: dict[int, list[dict[str, Any]]] = {}  # the same conversations as the API tells of them
        self.lower: dict[int, tuple[list[list[Key]], bool]] = {}  # keyboard in place of typing, one_time
        self.allowed: set[int] = set()
        self.closed: dict[int, int] = {}  # VK's number with which one reader's conversation is refused
        self.answered: set[str] = set()  # presses whose spinner was stopped
        self.posts: list[dict[str, Any]] = []
        self.repeats = 0  # messages and posts that were copies and were dropped
        self.too_old: set[int] = set()  # messages that nobody may delete any more
        self.typing: list[int] = []  # whom «печатает…» was shown
        self.left: list[int] = []  # group conversations the community went out of
        self.can_message = 1  # are messages of the community switched on?
        self.community_posts = False  # may the community's token post text?
        self.user_rights = OF_WALL | OF_PHOTOS
        self.user_level = 3  # 1 moderator, 2 editor, 3 administrator
        self.guids = True  # does a repeated guid keep from a copy? Nobody has said.
        self.asked_right = 0  # posts of nothing, which only ask
        self.refusals: dict[str, int] = {}  # VK's number with which a method is refused
        self.clock: Callable[[], float] = time.time
        self.community_rights = 262_144 | 4096 | OF_PHOTOS  # manage, messages
        self.switches = {"bots_capabilities": 1, "bots_start_button": 1}
        self.online = "none"
        self.confirmation = "c0nf1rm"
        self.servers: dict[int, dict[str, Any]] = {}  # addresses of the Callback API
        self.long_poll = True
        self.version = "5.199"  # of the events of the long poll
        self.kinds = dict.fromkeys(("message_new", "message_event", "message_allow", "message_deny"), 1)
        self.events: list[dict[str, Any]] = []
        self._first = 0  # events before it are forgotten
        self._key = 1
        self._lost = 0
        self._news = asyncio.Event()
        self._numbers = iter(range(1, 10**9))
        self._sent: dict[tuple[int, str], tuple[float, Seen]] = {}
        self._guids: dict[str, int] = {}
        self._uploads: set[str] = set()
        self._event_ids: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    # What people do

    def says(self, user: int, text: str, **more: Any) -> int:
        """Types a message; returns its number in the conversation."""
        return self._write(user, text, **more)

    def starts(self, user: int, ref: str = "") -> int:
        """Opens vk.me/<community>?ref=<ref> and presses «Начать»."""
        more: dict[str, Any] = {"ref": ref, "ref_source": "test"} if ref else {}
        return self._write(user, "Начать", payload='{"command":"start"}', **more)

    def presses(self, user: int, button: str, message: int | None = None) -> str:
        """Presses a button, by its words or its data: of the newest message with buttons (or a given one), or
        of the keyboard in place of typing. Returns the address where the button opens a page, else "".
        """
        shown = [seen for seen in self.chats.get(user, []) if seen.rows and message in {None, seen.id}]
        lower, one_time = self.lower.get(user, ([], False))
        key = find(shown[-1].rows, button) if shown else None
        if key is None and message is None and (key := find(lower, button)) and one_time:
            self.lower.pop(user)
        if key is None:
            seen = [seen.labels for seen in shown[-1:]] + [[key.label for row in lower for key in row]]
            raise AssertionError(f"no button {button!r} in {seen}")
        if key.kind == "open_link":
            return key.url
        if key.kind == "callback":
            event_id = f"press{next(self._numbers)}"
            self._event_ids.add(event_id)
            about = {"user_id": user, "peer_id": user, "event_id": event_id, "payload": {"d": key.data}}
            self._push("message_event", about | {"conversation_message_id": shown[-1].id})
        else:
            payload = json.dumps({"d": key.data}, ensure_ascii=False)
            self._write(user, key.label, payload=payload)
        return ""

    def says_in_chat(self, user: int, chat: int, text: str) -> None:
        """Writes in a group conversation that the community was invited into."""
        message = {
            "id": 0,
            "date": int(time.time()),
            "peer_id": 2_000_000_000 + chat,
            "from_id": user,
            "text": text,
        }
        self._push("message_new", {"message": message, "client_info": {}})

    def sends_sticker(self, user: int) -> int:
        return self._write(user, "", attachments=[{"type": "sticker", "sticker": {"sticker_id": 1}}])

    def sends_voice(self, user: int) -> int:
        return self._write(
            user, "", attachments=[{"type": "audio_message", "audio_message": {"duration": 3}}]
        )

    def sends_photo(self, user: int, caption: str = "") -> int:
        return self._write(user, caption, attachments=[{"type": "photo", "photo": {"id": 1}}])

    def blocks(self, user: int) -> None:
        self.allowed.discard(user)
        self._push("message_deny", {"user_id": user})

    def allows(self, user: int) -> None:
        self.allowed.add(user)
        self._push("message_allow", {"user_id": user, "key": ""})

    def chat(self, user: int) -> list[Seen]:
        """The messages of both sides, as the person sees them now."""
        return self.chats.get(user, [])

    def last(self, user: int) -> Seen:
        """The newest message of the community."""
        return next(seen for seen in reversed(self.chat(user)) if not seen.mine)

    def keyboard(self, user: int) -> list[str]:
        """Labels of the keyboard in place of typing."""
        return [key.label for row in self.lower.get(user, ([], False))[0] for key in row]

    def refuse(self, method: str, code: int) -> None:
        """From now on; 0 ends it."""
        self.refusals[method] = code
        if not code:
            del self.refusals[method]

    def forget(self) -> None:
        """VK drops its history of events: an old `ts` gets `failed: 1`."""
        self._first = len(self.events)

    def change_key(self) -> None:
        """`failed: 2` at the next look."""
        self._key += 1
        self._news.set()

    def lose(self, times: int = 1) -> None:
        """`failed: 3` at so many looks from the next one on."""
        self._lost = times
        self._key += 1
        self._news.set()

    # How it becomes events

    def _write(self, user: int, text: str, **more: Any) -> int:
        self.allowed.add(user)
        number = len(self.chats.setdefault(user, [])) + 1
        self.chats[user].append(Seen(number, text, mine=True))
        message = {
            "id": next(self._numbers),
            "date": int(time.time()),
            "peer_id": user,
            "from_id": user,
            "text": text,
            "conversation_message_id": number,
            "out": 0,
            "random_id": 0,
            "attachments": [],
            "fwd_messages": [],
            "important": False,
            "is_hidden": False,
        } | more
        self.letters.setdefault(user, []).append(message)
        client = {
            "button_actions": ["text", "open_link", "callback"],
            "keyboard": True,
            "inline_keyboard": True,
        }
        self._push("message_new", {"message": message, "client_info": client})
        return number

    def _push(self, kind: str, about: dict[str, Any]) -> None:
        if not self.servers and not (self.long_poll and self.kinds.get(kind)):
            return
        number = len(self.events) + 1
        event = {"type": kind, "object": about, "group_id": self.group_id, "v": "5.199"}
        self.events.append(event | {"event_id": f"{number:040x}"})
        self._news.set()

    # The API

    def _routes(self, app: web.Application) -> None:
        app.router.add_post("/method/{method}", self._method)
        app.router.add_get("/longpoll", self._a_check)
        app.router.add_post("/upload", self._upload)

    def _refusal(self, error: Refused) -> web.Response:
        if error.code == 500:
            return web.Response(status=500, text="")
        body = {"error_code": error.code, "error_msg": error.words, "request_params": []}
        return web.json_response({"error": body})

    def _flood(self, seconds: float) -> Refused:
        return error(6)

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        return await self._serve(request, method, lambda: self._carry_out(request, method))

    async def _carry_out(self, request: web.Request, method: str) -> web.Response:
        given: dict[str, Any] = dict(request.query) | dict(await request.post())
        if given.get("access_token") not in {self.token, self.wall_token}:
            raise error(5)
        by_community = given["access_token"] == self.token
        self.violations.extend(vk_faults(method, given, "group" if by_community else "user"))
        carry_out = getattr(self, "_" + method.replace(".", "_"), None)
        if carry_out is None:
            self.violations.append(f"{method}: not a method of this world")
            raise Refused(3, "Unknown method passed")
        if given.get("v") != "5.199":
            self.violations.append(f"{method}: version {given.get('v')}")
        if by_community:
            self._count(A_SECOND)
        if method in self.refusals:
            raise error(self.refusals[method])
        if by_community and (method in USER_ONLY or (method == "wall.post" and not self.community_posts)):
            raise error(27)
        if not by_community and NEEDS.get(method, 0) & ~self.user_rights:
            raise error(15)
        answer = await carry_out(given)
        return web.json_response({"response": answer})

    async def _groups_getById(self, given: dict[str, Any]) -> Any:  # noqa: N802
        group = {
            "id": self.group_id,
            "name": "Школа",
            "screen_name": "school_world",
            "is_closed": 0,
            "type": "group",
            "can_message": self.can_message,
        }
        if given["access_token"] == self.wall_token:
            group |= {"is_admin": int(self.user_level > 0), "admin_level": self.user_level}
        return {"groups": [group], "profiles": []}

    async def _groups_getLongPollServer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        return {"key": f"key{self._key}", "server": f"{self.url}/longpoll", "ts": str(len(self.events))}

    async def _groups_getLongPollSettings(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        return {"is_enabled": self.long_poll, "api_version": self.version, "events": self.kinds}

    async def _groups_setLongPollSettings(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        self.long_poll = given.get("enabled") == "1"
        self.version = given.get("api_version", self.version)
        self.kinds |= {kind: int(given[kind]) for kind in self.kinds if kind in given}
        return 1

    async def _users_get(self, given: dict[str, Any]) -> Any:
        ids = [int(user) for user in str(given.get("user_ids", "0")).split(",")]
        return [{"id": user, "first_name": "Тест", "last_name": "Тестов"} for user in ids]

    async def _messages_send(self, given: dict[str, Any]) -> Any:
        to = [name for name in ("peer_id", "peer_ids", "user_id", "chat_id", "domain") if given.get(name)]
        if len(to) != 1:
            raise self._bad(
                f"messages.send: recipients {to}", 100, "you should specify exactly one recipient"
            )
        if "random_id" not in given or not -(2**31) <= int(given["random_id"]) < 2**31:
            raise self._bad("messages.send: random_id", 100, "random_id is undefined")
        text, rows = self._text(given), self._keyboard(given)
        if to != ["peer_ids"]:
            return self._deliver(int(given[to[0]]), text, rows, given)["message_id"]
        answers: list[dict[str, Any]] = []
        for peer in map(int, given["peer_ids"].split(",")):
            try:
                answers.append({"peer_id": peer} | self._deliver(peer, text, rows, given))
            except Refused as refused:
                failed = {"code": refused.code, "description": refused.words}
                answers.append(
                    {"peer_id": peer, "message_id": 0, "conversation_message_id": 0, "error": failed}
                )
        return answers

    async def _messages_getConversations(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        newest = sorted((said[-1] for said in self.letters.values()), key=lambda one: -one["date"])
        first = int(given.get("offset", 0))
        items = [
            {"conversation": {"peer": {"id": one["peer_id"], "type": "user"}}, "last_message": one}
            for one in newest[first : first + int(given.get("count", 20))]
        ]
        return {"count": len(newest), "items": items}

    async def _messages_getHistory(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        said = self.letters.get(int(given["peer_id"]), [])
        return {"count": len(said), "items": said[::-1][: int(given.get("count", 20))]}

    async def _messages_edit(self, given: dict[str, Any]) -> Any:
        peer = int(given.get("peer_id", 0))
        number = int(given.get("conversation_message_id") or given.get("cmid") or 0)
        seen = next((seen for seen in self.chats.get(peer, []) if seen.id == number), None)
        if seen is None or seen.mine:
            raise error(15, "message can not be found")
        if peer not in self.allowed:
            raise error(901)
        text, drawn = self._text(given), self._keyboard(given)
        seen.text, seen.rows = text, drawn[0] if drawn and drawn[1] == "inline" else []
        seen.photos = len([one for one in given.get("attachment", "").split(",") if one])
        seen.edited += 1
        return 1

    async def _messages_delete(self, given: dict[str, Any]) -> Any:
        peer, numbers = int(given["peer_id"]), {int(one) for one in str(given["cmids"]).split(",")}
        if numbers & self.too_old:
            raise error(924)
        self.chats[peer] = [one for one in self.chats.get(peer, []) if one.id not in numbers]
        return [{"peer_id": peer, "conversation_message_id": one, "response": 1} for one in numbers]

    async def _messages_setActivity(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self.typing.append(int(given["peer_id"]))
        return 1

    async def _messages_removeChatUser(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if int(given.get("member_id", 0)) != -self.group_id:
            raise self._bad("messages.removeChatUser: not ourselves", 100, "member_id")
        self.left.append(int(given["chat_id"]))
        return 1

    async def _messages_sendMessageEventAnswer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if given.get("event_id") not in self._event_ids:
            raise error(100, "event_id is invalid")
        self._event_ids.discard(given["event_id"])
        self.answered.add(given["event_id"])
        return 1

    async def _photos_getMessagesUploadServer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return {"upload_url": f"{self.url}/upload", "album_id": -64, "group_id": self.group_id}

    async def _photos_getWallUploadServer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        return {"upload_url": f"{self.url}/upload", "album_id": -14, "user_id": 5}

    async def _photos_saveMessagesPhoto(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._save(given, -self.group_id)

    async def _photos_saveWallPhoto(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self._save(given, 5)

    async def _wall_post(self, given: dict[str, Any]) -> Any:
        if int(given.get("owner_id", 0)) != -self.group_id:
            raise self._bad("wall.post: owner_id", 100, "owner_id")
        if not given.get("message") and not given.get("attachments"):
            if given.get("guid") == "nastavnik-right":
                self.asked_right += 1
                raise error(100, "message is empty or invalid")
            raise self._bad("wall.post: empty", 100, "message is empty")
        guid = given.get("guid", "")
        if self.guids and guid and guid in self._guids:
            self.repeats += 1
            return {"post_id": self._guids[guid]}
        post = {"id": next(self._numbers), "message": given.get("message", ""), "date": int(self.clock())}
        self.posts.append(post | {"attachments": [a for a in given.get("attachments", "").split(",") if a]})
        self._guids[guid] = int(post["id"])
        return {"post_id": post["id"]}

    async def _wall_edit(self, given: dict[str, Any]) -> Any:
        post = self._standing(given)
        post["message"] = given.get("message", "")
        post["attachments"] = [a for a in given.get("attachments", "").split(",") if a]
        return {"post_id": post["id"]}

    async def _wall_delete(self, given: dict[str, Any]) -> Any:
        self.posts.remove(self._standing(given))
        return 1

    async def _wall_get(self, given: dict[str, Any]) -> Any:
        if int(given.get("owner_id", 0)) != -self.group_id:
            raise self._bad("wall.get: owner_id", 100, "owner_id")
        newest = self.posts[::-1][: int(given.get("count", 20))]
        items = [
            {"id": one["id"], "date": one["date"], "text": one["message"], "owner_id": -self.group_id}
            for one in newest
        ]
        return {"count": len(self.posts), "items": items}

    def _standing(self, given: dict[str, Any]) -> dict[str, Any]:
        for post in self.posts:
            if (post["id"], -self.group_id) == (int(given["post_id"]), int(given.get("owner_id", 0))):
                return post
        raise error(100, "post_id")

    async def _account_getAppPermissions(self, given: dict[str, Any]) -> Any:  # noqa: N802
        return self.user_rights

    async def _groups_getTokenPermissions(self, given: dict[str, Any]) -> Any:  # noqa: N802
        mask = self.community_rights | (OF_WALL if self.community_posts else 0)
        return {"mask": mask, "permissions": []}

    async def _groups_setSettings(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._manages(given)
        self.can_message = int(given.get("messages", self.can_message))
        self.switches |= {name: int(given[name]) for name in self.switches if name in given}
        return 1

    async def _groups_getSettings(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        return {"title": "Школа", **self.switches}

    async def _groups_getOnlineStatus(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._group(given)
        return {"status": self.online}

    async def _groups_enableOnline(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._manages(given)
        self.online = "online"
        return 1

    async def _groups_getCallbackServers(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._manages(given)
        items = [{name: one[name] for name in SERVER} for one in self.servers.values()]
        return {"count": len(items), "items": items}

    async def _groups_addCallbackServer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._manages(given)
        if len(self.servers) >= 10:
            raise error(2000)
        number = next(self._numbers)
        self.servers[number] = {
            "id": number,
            "title": given["title"],
            "creator_id": 5,
            "url": given["url"],
            "secret_key": given.get("secret_key", ""),
            "status": "unconfigured",
            "version": "5.92",
            "events": {},
        }
        self._confirming(number)
        return {"server_id": number}

    async def _groups_editCallbackServer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        server = self._server(given)
        server |= {"url": given["url"], "title": given["title"], "secret_key": given.get("secret_key", "")}
        self._confirming(server["id"])
        return 1

    async def _groups_deleteCallbackServer(self, given: dict[str, Any]) -> Any:  # noqa: N802
        del self.servers[self._server(given)["id"]]
        return 1

    async def _groups_getCallbackSettings(self, given: dict[str, Any]) -> Any:  # noqa: N802
        server = self._server(given)
        return {"api_version": server["version"], "events": server["events"]}

    async def _groups_setCallbackSettings(self, given: dict[str, Any]) -> Any:  # noqa: N802
        server = self._server(given)
        server["version"] = given.get("api_version", server["version"])
        server["events"] |= {name: int(given[name]) for name in self.kinds if name in given}
        return 1

    async def _groups_getCallbackConfirmationCode(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._manages(given)
        return {"code": self.confirmation}

    def _manages(self, given: dict[str, Any]) -> None:
        self._group(given)
        if given["access_token"] == self.token and not self.community_rights & 262_144:
            raise error(15)

    def _server(self, given: dict[str, Any]) -> dict[str, Any]:
        self._manages(given)
        found = self.servers.get(int(given.get("server_id", 0)))
        if found is None:
            raise error(100, "server_id")
        return found

    def _confirming(self, number: int) -> None:
        """VK asks the address for the word by itself, a moment later."""
        self.servers[number]["status"] = "wait"
        task = asyncio.get_running_loop().create_task(self._confirm(number))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _confirm(self, number: int) -> None:
        server = self.servers[number]
        asked = {"type": "confirmation", "group_id": self.group_id}
        if server["secret_key"]:
            asked["secret"] = server["secret_key"]
        try:
            async with ClientSession() as http, http.post(server["url"], json=asked) as answer:
                said = (answer.status, await answer.text())
        except ClientError:
            said = (0, "")
        server["status"] = "ok" if said == (200, self.confirmation) else "failed"

    async def deliver(self, **instead: Any) -> list[tuple[int, str]]:
        """Posts the events to each confirmed address, in order; returns status and body of each.

        Args:
            instead: parts of the event to be other than they are (secret=…, group_id=…); None leaves one out.
        """
        said = []
        async with ClientSession() as http:
            for server in self.servers.values():
                for event in self.events if server["status"] == "ok" else ():
                    if not server["events"].get(event["type"]):
                        continue
                    body = event | {"secret": server["secret_key"]} | instead
                    body = {name: value for name, value in body.items() if value is not None}
                    async with http.post(server["url"], json=body) as answer:
                        said.append((answer.status, await answer.text()))
        return said

    # Long poll and uploads

    async def _a_check(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, "a_check", lambda: self._look(request))

    async def _look(self, request: web.Request) -> web.Response:
        asked = request.query
        if asked.get("act") != "a_check":
            self.violations.append(f"long poll: act {asked.get('act')}")
        ts, until = int(asked["ts"]), time.monotonic() + min(90.0, float(asked.get("wait", 25)))
        while True:
            if asked.get("key") != f"key{self._key}" or self._lost:
                code, self._lost = (3 if self._lost else 2), max(self._lost - 1, 0)
                return web.json_response({"failed": code})
            if ts < self._first:
                return web.json_response({"failed": 1, "ts": len(self.events)})
            if len(self.events) > ts or time.monotonic() >= until:
                break
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), max(0.0, until - time.monotonic()))
            except TimeoutError:
                break
        upto = min(len(self.events), ts + 100)
        return web.json_response({"ts": str(upto), "updates": self.events[ts:upto]})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, "upload", lambda: self._take(request))

    async def _take(self, request: web.Request) -> web.Response:
        photo = (await request.post()).get("photo")
        if not isinstance(photo, web.FileField):
            self.violations.append("upload: no field «photo»")
            return web.json_response({"error": "ERR_UPLOAD_BAD_FILE"})
        name = f"upload{next(self._numbers)}"
        self._uploads.add(name)
        return web.json_response({"server": 1, "photo": json.dumps([{"name": name}]), "hash": name})

    def _save(self, given: dict[str, Any], owner: int) -> Any:
        if given.get("hash") not in self._uploads:
            raise self._bad("save photo: unknown hash", 100, "hash")
        self._uploads.discard(given["hash"])
        return [{"id": next(self._numbers), "owner_id": owner, "album_id": -14, "sizes": []}]

    # Checks

    def _group(self, given: dict[str, Any]) -> None:
        if int(given.get("group_id", 0)) != self.group_id:
            raise self._bad(f"group_id {given.get('group_id')}", 100, "group_id is undefined")

    def _text(self, given: dict[str, Any]) -> str:
        text = str(given.get("message", ""))
        if not text.strip() and not given.get("attachment"):
            raise self._bad("message is empty", 100, "message is empty or invalid")
        if len(text) > 4096:
            raise self._bad(f"message of {len(text)} characters", 914)
        return text

    def _keyboard(self, given: dict[str, Any]) -> tuple[list[list[Key]], str] | None:
        """Rows and "inline", "one_time" or "stays"; None when the call has no keyboard."""
        if not given.get("keyboard"):
            return None
        try:
            return read_keyboard(given["keyboard"])
        except WrongKeyboard as wrong:
            self.violations.append(f"keyboard: {wrong}")
            raise Refused(911, f"Keyboard format is invalid: {wrong}") from wrong

    def _bad(self, violation: str, code: int, words: str = "") -> Refused:
        self.violations.append(violation)
        return error(code, words)

    def _deliver(
        self, peer: int, text: str, drawn: tuple[list[list[Key]], str] | None, given: dict[str, Any]
    ) -> dict[str, Any]:
        if peer not in self.allowed or peer in self.closed:
            raise error(self.closed.get(peer, 901))
        key, now = (peer, str(given["random_id"])), time.time()
        if given["random_id"] != "0" and key in self._sent and self._sent[key][0] > now - 3600:
            self.repeats += 1
            return self._numbers_of(self._sent[key][1])
        seen = Seen(len(self.chats.setdefault(peer, [])) + 1, text)
        seen.photos = len(
            [name for name in given.get("attachment", "").split(",") if name.startswith("photo")]
        )
        if drawn and drawn[1] == "inline":
            seen.rows = drawn[0]
        elif drawn:
            self.lower[peer] = (drawn[0], drawn[1] == "one_time")
        self.chats[peer].append(seen)
        self.copies[peer, text] += 1
        self._sent[key] = (now, seen)
        ours = {"id": next(self._numbers), "date": int(now), "peer_id": peer, "from_id": -self.group_id}
        ours |= {"text": text, "conversation_message_id": seen.id, "out": 1}
        self.letters.setdefault(peer, []).append(ours)
        return self._numbers_of(seen)

    def _numbers_of(self, seen: Seen) -> dict[str, Any]:
        return {"message_id": 100_000 + seen.id, "conversation_message_id": seen.id}
