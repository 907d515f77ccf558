"""The pace of one account, by a clock that the test moves."""

from __future__ import annotations

import asyncio

import pytest
from aiogram.methods import SendMessage

from bot.messenger import CalledOff
from bot.pace import Pace, StandStill
from bot.telegram import client
from bot.telegram.client import make_bot
from bot.vk.client import VkClient


class Clock:
    """Sleeping moves it; everybody who sleeps wakes in the order of their time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


async def leave(pace: Pace, clock: Clock, count: int, address: str = "") -> list[float]:
    times = []
    for _ in range(count):
        await pace.turn(address, patience=60)
        times.append(clock.now)
    return times


def fullest_second(times: list[float]) -> int:
    return max(sum(1 for other in times if 0 <= other - start < 1) for start in times)


async def test_no_second_holds_more_than_the_platform_allows() -> None:
    clock = Clock()
    times = await leave(Pace(25, 5, clock=clock, sleep=clock.sleep), clock, 300)
    assert fullest_second(times) <= 30
    assert times[-1] - times[0] < 12, "and the pace is used up"


async def test_a_burst_leaves_at_once_after_a_rest() -> None:
    clock = Clock()
    pace = Pace(25, 5, clock=clock, sleep=clock.sleep)
    await leave(pace, clock, 100)
    clock.now += 10
    times = await leave(pace, clock, 5)
    assert times[-1] == times[0]


async def test_one_address_gets_one_a_second_after_a_short_burst() -> None:
    clock = Clock()
    pace = Pace(25, 5, each=1, each_burst=3, clock=clock, sleep=clock.sleep)
    times = await leave(pace, clock, 6, "1001")
    assert [round(at - times[0], 2) for at in times] == [0, 0, 0, 1, 2, 3]


async def test_one_slow_address_does_not_hold_the_others() -> None:
    clock = Clock()
    pace = Pace(25, 5, each=1, each_burst=1, clock=clock, sleep=clock.sleep)
    await leave(pace, clock, 1, "1001")
    before = clock.now
    await pace.turn("1002")
    assert clock.now - before < 0.1


async def test_after_a_silence_calls_leave_evenly() -> None:
    clock = Clock()
    pace = Pace(20, 2, clock=clock, sleep=clock.sleep)
    pace.hold(3)
    times = await leave(pace, clock, 40)
    assert times[0] >= 1003
    assert fullest_second(times) <= 22


async def test_a_silence_that_comes_while_waiting_is_kept() -> None:
    clock = Clock()
    pace = Pace(1, 1, clock=clock, sleep=clock.sleep)
    await pace.turn()
    waiting = asyncio.create_task(pace.turn(patience=60))
    await asyncio.sleep(0)
    pace.hold(10)
    await waiting
    assert clock.now >= 1010


async def test_a_long_silence_is_said_instead_of_waited_for() -> None:
    clock = Clock()
    pace = Pace(20, 2, clock=clock, sleep=clock.sleep)
    pace.hold(30)
    with pytest.raises(StandStill) as caught:
        await pace.turn()
    assert caught.value.seconds == 30


async def test_what_can_wait_makes_good_a_fifth_of_a_second_of_standing_still() -> None:
    clock = Clock()
    pace = Pace(29.4, 8, cap=30, clock=clock, sleep=clock.sleep)
    times = []
    for number in range(600):
        await pace.spare(patience=60)
        times.append(clock.now)
        if number % 20 == 19:
            clock.now += 0.18  # a look at the database, an answer, a busy machine
    assert fullest_second(times) <= 30
    assert len(times) / (times[-1] - times[0]) > 0.95 * 30


@pytest.mark.parametrize("channel", ["telegram", "vk"])
async def test_a_message_that_is_called_off_at_its_turn_takes_no_place(channel: str) -> None:
    clock = Clock()
    pace = Pace(1, 1, clock=clock, sleep=clock.sleep)

    async def no() -> bool:
        return False

    bot, vk = make_bot("42:x"), VkClient("vk1.a.x", pace=pace)
    for _ in range(3):
        if channel == "telegram":
            called = client.call(bot, pace, SendMessage(chat_id=1, text="Новости"), still=no)
        else:
            called = vk.spare(no, "messages.send")
        with pytest.raises(CalledOff):
            await called
    await pace.spare()
    assert clock.now == 1000.0
