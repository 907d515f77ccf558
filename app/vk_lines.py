"""The VK community, asked line by line how it is set, and told what one press sets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from actions import channel_lines
from actions.channel_lines import Line, Stand, WallRight
from app.settings import Settings
from program.channels import Channel
from program.text import Text

if TYPE_CHECKING:
    from bot.pace import Pace
    from bot.vk.client import VkClient

FIXES = ("vk-messages", "vk-bots", "vk-listen", "vk-hook", "vk-online")
# What the community's key has to be allowed (https://dev.vk.com/ru/reference/access-rights).
RIGHTS = {"manage": 262_144, "messages": 4096, "photos": 4}

_line = partial(channel_lines.line, Channel.VK)


class VkLines:
    """Args:
    was_set: what was set by a press, and when: for what the community's key cannot read back.
    right: what the last test of the right to publish found; None: never tested.
    pace: of the community's token, where others speak with it too.
    """

    channel = Channel.VK
    fixes = FIXES

    def __init__(
        self,
        settings: Settings,
        was_set: Mapping[str, str],
        right: WallRight | None,
        pace: Pace | None = None,
    ) -> None:
        self._settings, self._was_set, self._right, self._pace = settings, was_set, right, pace

    async def lines(self) -> AsyncIterator[Line]:
        """Everything that is asked of VK; ends early where it does not answer."""
        vk = self._settings.vk
        if vk.token is None or vk.group_id is None:
            yield _line("vk", Stand.OFF)
            yield self._wall()
            return
        from bot.messenger import DeliveryFailed
        from bot.vk.client import VkClient, code_of

        client = VkClient(vk.token.get_secret_value(), vk.api_url, pace=self._pace)
        try:
            answer = await client.call("groups.getById", group_id=vk.group_id, fields="can_message")
            group = answer["groups"][0]
            yield _line("vk-token", Stand.FINE, group=str(group.get("screen_name") or group["id"]))
            yield await self._rights(client)
            yield _messages(bool(group.get("can_message", 1)))
            yield await self._bots()
            async for line in self._events(client, vk.group_id):
                yield line
            status = await client.call("groups.getOnlineStatus", group_id=vk.group_id)
            quick = status.get("status") in ("online", "answer_mark")
            yield _line("vk-online", Stand.FINE if quick else Stand.ADVICE, fix="vk-online")
        except DeliveryFailed as failed:
            yield _refused(self._settings, code_of(failed), stop=failed.stop)
        except (KeyError, IndexError, TypeError):
            yield _line("vk-group", Stand.NEEDED, alarm=Text("upkeep-vk-group"))
        finally:
            await client.close()
        yield self._wall()

    async def fix(self, name: str) -> None:
        """Sets it. Raises `DeliveryFailed`. Safe to repeat."""
        from bot.vk import begin
        from bot.vk.client import VERSION, VkClient
        from bot.vk.update import EVENTS

        vk = self._settings.vk
        assert vk.token is not None
        assert vk.group_id is not None
        client = VkClient(vk.token.get_secret_value(), vk.api_url, pace=self._pace)
        try:
            match name:
                case "vk-messages":
                    await client.call("groups.setSettings", group_id=vk.group_id, messages=1)
                case "vk-bots":
                    switches = {"bots_capabilities": 1, "bots_start_button": 1}
                    await client.call("groups.setSettings", group_id=vk.group_id, **switches)
                case "vk-listen":
                    wanted: dict[str, Any] = dict.fromkeys(EVENTS, 1)
                    wanted |= {"enabled": 1, "api_version": VERSION}
                    await client.call("groups.setLongPollSettings", group_id=vk.group_id, **wanted)
                case "vk-hook":
                    assert vk.secret is not None
                    url = _address(self._settings)
                    await begin.set_address(client, vk.group_id, url, vk.secret.get_secret_value())
                case "vk-online":
                    await client.call("groups.enableOnline", group_id=vk.group_id)
        finally:
            await client.close()

    async def _rights(self, client: VkClient) -> Line:
        mask = int((await client.call("groups.getTokenPermissions")).get("mask", 0))
        lacks = [name for name, bit in RIGHTS.items() if not mask & bit]
        if not lacks:
            return _line("vk-rights", Stand.FINE)
        # Without pictures the messages still go; without the other two nothing does, or nothing can be set.
        stand = Stand.ADVICE if lacks == ["photos"] else Stand.NEEDED
        return _line("vk-rights", stand, clicks=True, what=Text(f"channels-right-{lacks[0]}"))

    async def _bots(self) -> Line:
        """Read by a person's token alone (VK-SCHEMA); set by the community's as well."""
        from bot.messenger import DeliveryFailed
        from bot.vk.client import VkClient

        vk = self._settings.vk
        if vk.wall_token is not None:
            user = VkClient(vk.wall_token.get_secret_value(), vk.api_url, pace=of_user())
            try:
                found = await user.call("groups.getSettings", group_id=vk.group_id)
                good = bool(found.get("bots_capabilities")) and bool(found.get("bots_start_button"))
                stand = Stand.FINE if good else Stand.NEEDED
                return _line("vk-bots", stand, clicks=True, fix="vk-bots")
            except DeliveryFailed:
                pass  # this token may not look there: as without one
            finally:
                await user.close()
        if "vk-bots" in self._was_set:
            return _line("vk-bots-set", Stand.FINE)
        return _line("vk-bots", Stand.UNKNOWN, clicks=True, fix="vk-bots")

    async def _events(self, client: VkClient, group_id: int) -> AsyncIterator[Line]:
        """How events reach us, and each kind by its name in VK's own menu."""
        if self._settings.vk.mode == "callback":
            async for line in self._hook(client, group_id):
                yield line
            return
        stored = await client.call("groups.getLongPollSettings", group_id=group_id)
        if not stored.get("is_enabled"):
            alarm = Text("upkeep-vk-long-poll-off")
            yield _line("vk-listen", Stand.NEEDED, clicks=True, fix="vk-listen", alarm=alarm)
            return
        yield _line("vk-listen", Stand.FINE)
        for line in _kinds(stored, "vk-listen"):
            yield line

    async def _hook(self, client: VkClient, group_id: int) -> AsyncIterator[Line]:
        vk, ours = self._settings.vk, _address(self._settings)
        servers = (await client.call("groups.getCallbackServers", group_id=group_id))["items"]
        server = next((one for one in servers if one.get("url") == ours), None)
        if server is None or server.get("status") != "ok":
            alarm = Text("upkeep-vk-callback-missing", {"url": ours})
            yield _line("vk-hook", Stand.NEEDED, clicks=True, fix="vk-hook", alarm=alarm, url=ours)
            return
        yield _line("vk-hook", Stand.FINE, url=ours)
        assert vk.secret is not None
        same = server.get("secret_key") == vk.secret.get_secret_value()
        stand = Stand.FINE if same else Stand.NEEDED
        yield _line("vk-hook-secret", stand, clicks=True, fix="vk-hook")
        if vk.confirmation:
            code = (await client.call("groups.getCallbackConfirmationCode", group_id=group_id))["code"]
            stand = Stand.FINE if code == vk.confirmation else Stand.NEEDED
            yield _line("vk-hook-word", stand, clicks=True)
        stored = await client.call("groups.getCallbackSettings", group_id=group_id, server_id=server["id"])
        for line in _kinds(stored, "vk-hook"):
            yield line

    def _wall(self) -> Line:
        vk, right = self._settings.vk, self._right
        if right is None:
            there = vk.group_id is not None and vk.wall_token is not None
            return _line("vk-wall", Stand.UNKNOWN if there else Stand.OFF)
        return _line(f"vk-wall-{right.key}", Stand.FINE if right.who else Stand.ADVICE, clicks=True)


def _messages(good: bool) -> Line:
    stand, alarm = Stand.FINE if good else Stand.NEEDED, Text("upkeep-vk-messages-off")
    return _line("vk-messages", stand, clicks=True, fix="vk-messages", alarm=alarm)


def _kinds(stored: Mapping[str, Any], fix: str) -> list[Line]:
    """A line for each switch that we need, and for the version in which events are written."""
    from bot.vk.client import VERSION
    from bot.vk.update import EVENTS

    where, on = Text(f"channels-{fix}-place"), stored.get("events") or {}
    found = []
    for kind in EVENTS:
        deaf = kind in ("message_new", "message_event")  # without these nothing is heard
        found.append(
            _line(
                "vk-event",
                Stand.FINE if on.get(kind) else Stand.NEEDED,
                clicks=True,
                fix=fix,
                alarm=Text("upkeep-vk-long-poll-off") if deaf else None,
                name=Text(f"channels-event-{kind}"),
                place=where,
            )
        )
    version = str(stored.get("api_version", ""))
    found.append(
        _line(
            "vk-version",
            Stand.FINE if version == VERSION else Stand.ADVICE,
            clicks=True,
            fix=fix,
            version=version or "—",
            wanted=VERSION,
            place=where,
        )
    )
    return found


def _refused(settings: Settings, code: int, *, stop: bool) -> Line:
    if code == 15:
        alarm, what = Text("upkeep-vk-rights"), Text("channels-right-manage")
        return _line("vk-rights", Stand.NEEDED, clicks=True, alarm=alarm, what=what)
    if code == 100:
        return _line("vk-group", Stand.NEEDED, alarm=Text("upkeep-vk-group"))
    if stop:
        return _line("vk-token", Stand.NEEDED, clicks=True, alarm=Text("upkeep-vk-token"))
    server = settings.vk.api_url
    return _line("vk-away", Stand.NEEDED, alarm=Text("upkeep-vk-away", {"server": server}), server=server)


def _address(settings: Settings) -> str:
    from bot.vk.callback import PATH

    return settings.public_url + PATH


def of_user() -> Pace:
    """A person's token has three calls a second (https://dev.vk.com/ru/api/api-requests)."""
    from bot.pace import Pace

    return Pace(2, 1)


async def asked_right(settings: Settings, now: datetime, pace: Pace | None) -> WallRight:
    """May the tokens of this installation publish on the wall? Leaves nothing there (`bot.vk.wall_right`)."""
    from bot.vk import wall_right
    from bot.vk.client import VkClient

    vk = settings.vk
    user = community = None
    if vk.group_id is not None and vk.wall_token is not None:
        client = VkClient(vk.wall_token.get_secret_value(), vk.api_url, pace=of_user())
        try:
            user = await wall_right.of_user(client, vk.group_id)
        finally:
            await client.close()
    if vk.group_id is not None and vk.token is not None and not (user and user.posts):
        client = VkClient(vk.token.get_secret_value(), vk.api_url, pace=pace)
        try:
            community = await wall_right.of_community(client, vk.group_id)
        finally:
            await client.close()
    who = "user" if user and user.posts else "community" if community and community.posts else ""
    pictures = bool(user and user.posts and user.pictures)
    why, community_why = user.why if user else "", community.why if community else ""
    return WallRight(now, who, pictures, why, community_why)
