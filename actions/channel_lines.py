"""What each channel is set to, line by line: fine, or where to click. Written by whoever asks the platforms.

`app.desk` asks and sets, the page «Каналы» and `nastavnik doctor` show the same lines.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.work import Work
from locales import has
from program.channels import Channel
from program.text import Arg, Text
from storage import system

_LINES, _RIGHT, _SET = "channels:lines", "channels:wall-right", "channels:set"


class Stand(StrEnum):
    """How a line stands.

    FINE; NEEDED: the channel misses something; ADVICE: it works, and could be better; OFF: not used; UNKNOWN: the
    platform does not tell.
    """

    FINE = "fine"
    NEEDED = "needed"
    ADVICE = "advice"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """One thing that a platform is asked.

    Args:
        key: `telegram-description`: names the texts `channels-<key>-<stand>` and, where `clicks`, `channels-<key>-where`.
        args: values of these texts. None of them is a secret.
        clicks: there is a place on the platform where a person can set it.
        fix: what one press sets by the API; "" where only a person can.
        alarm: the channel does not work like this: a text of «Сегодня»; None: it does.
    """

    channel: Channel
    key: str
    stand: Stand
    args: dict[str, Arg] = field(default_factory=dict)
    clicks: bool = False
    fix: str = ""
    alarm: Text | None = None

    @property
    def text(self) -> Text:
        return Text(f"channels-{self.key}-{self.stand}", self.args)

    @property
    def where(self) -> Text | None:
        return Text(f"channels-{self.key}-where", self.args) if self.clicks else None

    def to_json(self) -> dict[str, Any]:
        return {
            "channel": self.channel,
            "key": self.key,
            "stand": self.stand,
            "args": Text("", self.args).to_json().get("args", {}),
            "clicks": self.clicks,
            "fix": self.fix,
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> Line:
        return Line(
            Channel(value["channel"]),
            value["key"],
            Stand(value["stand"]),
            dict(Text.from_json({"id": "", "args": value["args"]}).args),
            value["clicks"],
            value["fix"],
        )


def line(
    channel: Channel,
    key: str,
    stand: Stand,
    *,
    clicks: bool = False,
    fix: str = "",
    alarm: Text | None = None,
    **args: Arg,
) -> Line:
    """A `Line`; one that is fine asks for nothing: it has no place to click, no fix, no alarm."""
    if stand is Stand.FINE:
        return Line(channel, key, stand, args)
    return Line(channel, key, stand, args, clicks, fix, alarm)


async def keep(session: AsyncSession, channel: Channel, lines: Sequence[Line], now: datetime) -> None:
    """What a channel was found to be, over what stood there."""
    found = {"at": now.isoformat(), "lines": [one.to_json() for one in lines]}
    await system.put(session, f"{_LINES}:{channel}", json.dumps(found), now)


async def kept(session: AsyncSession, channel: Channel) -> tuple[list[Line], datetime | None]:
    """The lines as they were found, and when; none while nobody has asked."""
    value = await system.get(session, f"{_LINES}:{channel}")
    if value is None:
        return [], None
    found = json.loads(value)
    lines = [Line.from_json(one) for one in found["lines"]]
    # What an earlier version kept may have no words any more; the next look writes it anew.
    return [one for one in lines if has(one.text.id)], datetime.fromisoformat(found["at"])


async def note_set(work: Work, fix: str) -> None:
    """One press has set it: a line in the journal, and for what cannot be read back, the day."""
    known = await was_set(work.session)
    known[fix] = work.now.isoformat()
    await system.put(work.session, _SET, json.dumps(known), work.now)
    await journal.note(work, "settings.channel", f"school:{work.school.id}", after={"setting": fix})


async def was_set(session: AsyncSession) -> dict[str, str]:
    """When what was set by a press: ISO moments by the name of the fix."""
    value = await system.get(session, _SET)
    return dict(json.loads(value)) if value else {}


@dataclass(frozen=True)
class WallRight:
    """What the last test of the right to publish found.

    Args:
        who: "user" or "community": whose token may post; "" for neither.
        pictures: photos can be uploaded too.
        tokens: by which is known that they are still the same; not a secret.
        why, community_why: what stands in the way of each (`bot.vk.wall_right`); "" where there is no such token.
    """

    at: datetime
    who: str
    pictures: bool
    why: str
    community_why: str
    tokens: str = ""

    @property
    def key(self) -> str:
        """Names the text `channels-wall-<key>`."""
        if self.who:
            return "pictures" if self.pictures else "words"
        return self.why or "none"


async def note_right(work: Work, right: WallRight) -> None:
    """Keeps what the test found; a line in the journal."""
    found = {
        "at": right.at.isoformat(),
        "who": right.who,
        "pictures": right.pictures,
        "why": right.why,
        "community_why": right.community_why,
        "tokens": right.tokens,
    }
    await system.put(work.session, _RIGHT, json.dumps(found), work.now)
    await journal.note(work, "settings.wall-tested", f"school:{work.school.id}", after={"right": right.key})


async def right(session: AsyncSession) -> WallRight | None:
    """None: never tested."""
    value = await system.get(session, _RIGHT)
    if value is None:
        return None
    found = json.loads(value)
    return WallRight(**found | {"at": datetime.fromisoformat(found["at"])})
