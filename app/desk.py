"""The channels as the page «Каналы», the doctor and the watch see them: one list of lines, one list of fixes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from actions import channel_lines
from actions.channel_lines import Line, Stand, WallRight
from actions.work import Work
from app.settings import Settings
from app.telegram_lines import TelegramLines
from app.vk_lines import VkLines, asked_right
from bot.pace import Pace
from program.channels import Channel
from program.errors import Refusal
from storage import schools
from storage.database import Database
from storage.tables import School

log = structlog.get_logger()

Asking = TelegramLines | VkLines
# Set without a press. Not the messages of a community: to open them is for its people to decide.
FILLED_IN = ("telegram-description", "telegram-short", "telegram-menu", "vk-bots")
CHANNELS = (Channel.TELEGRAM, Channel.VK)
MISSING = (Stand.NEEDED, Stand.UNKNOWN)  # advice is for people to take or leave


class Desk:
    """Asks the platforms and sets what they let us set. Outside of every transaction: a platform may be slow.

    Args:
        database: None where there is none yet (the doctor of a new installation): nothing is kept then.
        tested: told what the test of the right to publish found.
        pace: of the community's token, which the messenger speaks with too: together they keep VK's limit.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database | None,
        clock: Callable[[], datetime],
        tested: Callable[[WallRight], None] = lambda right: None,
        pace: Pace | None = None,
    ) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self.tested, self._pace = tested, pace

    async def look(self, channel: Channel) -> list[Line]:
        """How the channel is set now; kept for the page."""
        lines = [line async for line in (await self._asking(channel)).lines()]
        await self._keep(channel, lines)
        return lines

    async def _keep(self, channel: Channel, lines: list[Line]) -> None:
        if self._database is not None:
            async with self._database.transaction() as session:
                await channel_lines.keep(session, channel, lines, self._clock())

    async def look_at_all(self) -> None:
        for channel in CHANNELS:
            await self.look(channel)

    async def set(self, name: str) -> bool:
        """Sets what lines with this fix name; False where it is set already. Safe to repeat.

        Raises:
            Refusal: nothing of this name can be set, or the platform does not let us.
        """
        channel = next((one for one in CHANNELS if name in FIXES[one]), None)
        if channel is None:
            raise Refusal("channels-nothing-to-set")
        asking = await self._asking(channel)
        lines = [line async for line in asking.lines()]
        if not any(line.fix == name for line in lines):
            await self._keep(channel, lines)
            return False
        await _fix(asking, name)
        return True

    async def fill_in(self, channel: Channel) -> None:
        """At the start: what a new bot or community lacks. Words of the school's own are left as they are."""
        asking = await self._asking(channel)
        for name in [line.fix async for line in asking.lines() if line.stand in MISSING]:
            if name in FILLED_IN:
                with suppress(Refusal):
                    await _fix(asking, name)
                    await self.note(name)

    async def note(self, name: str, actor: str = "system") -> None:
        """It has been set by no press of the page: a line in the journal, where there is one."""
        if self._database is None:
            return
        async with self._database.transaction() as session:
            school = await schools.default(session)
            if school is not None:
                await channel_lines.note_set(Work(session, school, self._clock(), actor), name)

    async def test_wall(self) -> WallRight:
        """May our tokens publish on the wall? Leaves nothing there."""
        found = await asked_right(self._settings, self._clock(), self._pace)
        right = replace(found, tokens=tokens(self._settings))
        self.tested(right)
        return right

    async def _asking(self, channel: Channel) -> Asking:
        school, several, was_set, right = None, False, dict[str, str](), None
        if self._database is not None:
            async with self._database.reading() as session:
                ids = await schools.ids(session)
                school, several = await session.get(School, ids[0]) if ids else None, len(ids) > 1
                was_set = await channel_lines.was_set(session)
                right = await channel_lines.right(session)
        if channel is Channel.VK:
            return VkLines(self._settings, was_set, still(right, self._settings), self._pace)
        name = school.name if school is not None and not several else ""
        return TelegramLines(self._settings, name, ZoneInfo(school.timezone if school is not None else "UTC"))


async def _fix(asking: Asking, name: str) -> None:
    """Raises Refusal: the platform does not let us."""
    from bot.messenger import DeliveryFailed

    try:
        await asking.fix(name)
    except DeliveryFailed as failed:
        log.warning("channels.not_set", what=name, reason=failed.reason)
        raise Refusal(f"channels-{asking.channel}-not-set") from failed
    log.info("channels.set", what=name)


FIXES = {Channel.TELEGRAM: TelegramLines.fixes, Channel.VK: VkLines.fixes}


def still(right: WallRight | None, settings: Settings) -> WallRight | None:
    """What was found of these very tokens; None: others have come since."""
    return right if right is not None and right.tokens == tokens(settings) else None


def wall_ready(right: WallRight | None, settings: Settings) -> bool:
    """Whether news go to the wall by themselves: the test said so, or a token is there that nobody has tested."""
    vk, known = settings.vk, still(right, settings)
    if vk.group_id is None:
        return False
    if known is None or known.key == "away":
        return vk.wall_token is not None
    return bool(known.who)


def tokens(settings: Settings) -> str:
    """By which is known that the tokens are the ones that were tested; tells nothing of them."""
    vk = settings.vk
    given = [one.get_secret_value() if one else "" for one in (vk.wall_token, vk.token)]
    return hashlib.sha256("\n".join([settings.secret(), *given]).encode()).hexdigest()[:16]
