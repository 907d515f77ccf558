"""Real processes under every kind of fault: nothing lost, nothing twice, in Telegram at most the message in hand.

Every day each kind strikes a life or two; NASTAVNIK_TEST_KILLS asks for so many kills in all (`make faults`).
"""

from __future__ import annotations

import pytest

from tests.faults.levers import How
from tests.faults.misfortunes import (
    at_calls,
    at_commits,
    at_own_calls,
    at_random,
    both,
    places_lost,
    refusals,
    stirred,
    weather,
)
from tests.faults.trial import KILLS, Ground

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="session")]

EVERY = 16  # commits or calls between two kills; a start makes a few of both
SOME = 4  # lives under each kind of bad weather, at night


async def test_killed_right_before_and_right_after_every_commit_in_turn(ground: Ground) -> None:
    turns = [(4, How.KILLED_BEFORE)]
    if KILLS:
        turns = [
            (first, how) for first in range(1, EVERY + 1) for how in (How.KILLED_BEFORE, How.KILLED_AFTER)
        ]
    cost = await ground.lived("commits", *(at_commits(*turn, EVERY) for turn in turns))
    assert cost.kills >= 4 * len(turns)


async def test_killed_right_before_and_right_after_every_call_in_turn(ground: Ground) -> None:
    turns = [(11, "after")]
    if KILLS:
        turns = [(first, when) for first in range(1, EVERY + 1) for when in ("before", "after")]
    cost = await ground.lived("calls", *(at_calls(*turn, EVERY) for turn in turns))
    assert cost.kills >= 3 * len(turns)
    if KILLS:
        await ground.lived("starts", at_own_calls("before"), at_own_calls("after"))


async def test_killed_at_random(ground: Ground) -> None:
    killed, seed = 0, 0
    while killed <= KILLS // 3:
        seed += 1
        killed += (await ground.lived("random", at_random(seed))).kills


# By kind: what strikes.
WEATHERS = {
    "500": weather(0.2, e500=1, e502=1),
    "flood": weather(0.15, flood=1),
    "late": weather(0.05, late=4, e504=1),
    "cut": weather(0.1, drop=1),
    "vk-6": refusals(6, 0.3),
    "vk-9": refusals(9, 0.15),
    "stirred": stirred,
    "places": places_lost(1),
}
ALL = {
    "storm": weather(0.05, e500=1, e502=1, flood=1, drop=1, late=4, e504=1),
    "streams": both(stirred, places_lost(2)),
}


@pytest.mark.parametrize("kind", WEATHERS if KILLS else ALL)
async def test_a_platform_that_fails_loses_and_doubles_nothing(ground: Ground, kind: str) -> None:
    """Every day all kinds at once; at night each by itself, and with kills."""
    cost = await ground.lived(kind, *([WEATHERS[kind]] * SOME if KILLS else [ALL[kind]]))
    assert cost.struck > 0
    if KILLS:
        await ground.lived(f"{kind}-killed", *[both(WEATHERS[kind], at_random(seed)) for seed in range(3)])
