"""Whatever a forged client may put into a press, a link or a message gets an answer and breaks nothing."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from bot import menu
from bot.messenger import Heard
from tests.admin.hostile import SECRET, VALUES
from tests.bot.conftest import Season
from tests.bot.explorer import Event, Explorer, forked, press
from tests.unnamed import marks, named_in, written

NUMBERS = ("", "0", "-1", "1", "²", "١٢", "9" * 40, str(2**63), "1e3", " 1", "x", "1:1", "\x00")


def mangled(chance: random.Random) -> list[str]:
    """What our buttons carry, with pieces that none of them has."""
    flows = chance.sample(sorted(menu.FLOWS), 18)
    opened = [f"f:{flow}:{chance.choice(NUMBERS)}{chance.choice(('', ':1', '~', ':x:y'))}" for flow in flows]
    turns = [
        f"t:{one}:{other}"
        for one in NUMBERS[:8]
        for other in chance.sample((*NUMBERS, "done", "t1", "no"), 3)
    ]
    return opened + turns + ["", ":", "f:", "t:", "f", "~", "f:nowhere", "t:1", "t:1:0~~", "q:1:1", *chance.sample(VALUES, 12)]  # fmt: skip


@pytest.mark.parametrize("who", ["mentor", "stranger"])
async def test_anything_pressed_followed_or_said_is_answered(season: Season, now: datetime, who: str) -> None:
    chance, known = random.Random(who), await marks(season.database)
    events = [press(data) for data in mangled(chance)]
    events += [Event(Heard.START, data=data) for data in chance.sample(VALUES, 6)]
    events += [Event(Heard.TEXT, words) for words in chance.sample(VALUES, 20)]
    with written() as lines:
        async with forked(season.database) as rows:
            waiting = await season.sits(rows, who)
            explorer = Explorer(rows, now)
            for number, event in enumerate(events):
                way = [waiting[number % len(waiting)]] if waiting and number % 3 == 0 else []
                async with explorer.taken_back():
                    for earlier in way:
                        await explorer.does(earlier)
                    place = await explorer.does(event)
                    explorer._look(place, [*way, event])
    assert explorer.faults == [], "\n".join(explorer.faults)
    assert named_in(lines.getvalue(), known | {SECRET}) == []
