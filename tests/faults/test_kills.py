"""kill -9 at each step of joining, in Telegram and VK at once: nothing lost, nothing doubled.

Every day each step is killed at once; NASTAVNIK_TEST_KILLS asks for more, at other moments each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.tables import (
    Address,
    Consent,
    Conversation,
    JournalEntry,
    OutboxRow,
    Participation,
    Person,
    SeenEvent,
)
from tests.conftest import rows
from tests.faults.births import Nursery
from tests.faults.count import Cost
from tests.faults.house import House, told, until
from tests.faults.life import JOIN, World
from tests.faults.streets import Telegram, Vk
from tests.faults.trial import KILLS, note

pytestmark = [pytest.mark.faults, pytest.mark.asyncio(loop_scope="session")]


# When the process is killed, counted from the person's act.
MOMENTS = (
    ("fetched", 0.0),  # the update is on its way to the process
    ("delivered", 0.0),  # the answer is with the platform, the process does not know it yet
    ("away", 0.0),  # killed before: the person speaks to nobody
    ("fetched", 0.004),  # the turn is under way, or just committed
    ("delivered", 0.003),  # the answer is known, perhaps marked
    ("fetched", 0.012),
)


@pytest_asyncio.fixture(loop_scope="session")
async def house(request: pytest.FixtureRequest, tmp_path: Path, nursery: Nursery) -> AsyncIterator[House]:
    """Of the nursery, where a test starts many; else loaded as an operator's is."""
    async with Telegram() as telegram, Vk() as vk:
        house = House(tmp_path, telegram, vk, nursery=nursery if request.param == "born" else None)
        await house.command("school", "add", "first", "--name", "Школа № 1", "--timezone", "Asia/Omsk")
        yield house
        house.close()
        assert telegram.violations == []
        assert vk.violations == []


@pytest.mark.parametrize("house", ["born"], indirect=True)
async def test_a_kill_at_any_step_of_joining_loses_nothing_and_doubles_nothing(house: House) -> None:
    assert house.telegram is not None
    assert house.vk is not None
    worlds: tuple[World, ...] = (house.telegram, house.vk)
    await house.start()
    expected = await _joins_unharmed(house, worlds, 10)
    rounds = max(1, KILLS // 100)
    users = [100 + number for number in range(rounds)]
    for number, user in enumerate(users):
        await _joins_under_fire(house, worlds, user, expected, number)
    assert await house.end() == 0

    _nothing_doubled(house, worlds, users, expected)
    await _everything_is_kept(house, 1 + rounds)


async def _joins_unharmed(house: House, worlds: tuple[World, ...], user: int) -> list[list[str]]:
    """What the house answers to each step, when nobody harms it; the same in every channel."""
    heard = await asyncio.gather(*(_joins(house, world, user) for world in worlds))
    assert heard[0] == heard[1]
    return heard[0]


async def _joins(house: House, world: World, user: int) -> list[list[str]]:
    answers = []
    for step in JOIN:
        before = len(told(world, user))
        step.act(world, user)
        await _all_is_said(house, world, user, before)
        answers.append([seen.text for seen in told(world, user)[before:]])
    return answers


async def _all_is_said(house: House, world: World, user: int, before: int) -> None:
    await until(lambda: len(told(world, user)) > before)
    database = house.database()
    while any(  # noqa: ASYNC110 - another process sends
        row.sent_at is None  # type: ignore[attr-defined]
        for row in await rows(database, OutboxRow, address=str(user))
    ):
        await asyncio.sleep(0.01)
    await database.close()


async def _joins_under_fire(
    house: House, worlds: tuple[World, ...], user: int, expected: list[list[str]], number: int
) -> None:
    for at, step in enumerate(JOIN):
        moment, seconds = MOMENTS[(at + number) % len(MOMENTS)]
        _arm(house, worlds[(at + number) % len(worlds)], moment, seconds)
        if moment == "away":
            house.kill()
            await house.died()
        for world in worlds:
            step.act(world, user)
        if moment != "away":
            await house.died()
        await house.start()
        so_far = [text for answers in expected[: at + 1] for text in answers]
        for world in worlds:
            await _has_heard(world, user, so_far)
        await _answers_are_there(house, user, at)


async def _has_heard(world: World, user: int, texts: list[str]) -> None:
    """Waits for the answers up to here; each must be there, in its order."""
    await until(lambda: len(_once(world, user)) >= len(texts), 30)
    assert _once(world, user) == texts


def _arm(house: House, world: World, moment: str, seconds: float) -> None:
    loop = asyncio.get_running_loop()

    def strike() -> None:
        if seconds:
            loop.call_later(seconds, house.kill)
        elif moment == "fetched":
            loop.call_soon(house.kill)
        else:
            house.kill()

    if moment == "fetched":
        world.on_fetched = strike
    elif moment == "delivered":
        world.on_delivered = strike


def _once(world: World, user: int) -> list[str]:
    """What was said, an immediate repeat of the same left out."""
    said = [seen.text for seen in told(world, user)]
    return [text for at, text in enumerate(said) if at == 0 or text != said[at - 1]]


async def _answers_are_there(house: House, user: int, at: int) -> None:
    """Every answer so far stands in the journal, once, in its order."""
    database = house.database()
    given = [step.answers for step in JOIN[: at + 1] if step.answers]
    addresses = {row.person_id for row in await rows(database, Address, address=str(user))}  # type: ignore[attr-defined]
    talks = [talk for talk in await rows(database, Conversation) if talk.person_id in addresses]  # type: ignore[attr-defined]
    await database.close()
    if at == 0 or at == len(JOIN) - 1:  # not begun, or over
        assert talks == []
        return
    assert len(talks) == 2
    for talk in talks:
        assert [step for step, _, mark in talk.journal if mark == "a"] == given  # type: ignore[attr-defined]


def _nothing_doubled(
    house: House, worlds: tuple[World, ...], users: list[int], expected: list[list[str]]
) -> None:
    telegram, vk = worlds
    assert isinstance(vk, Vk)
    answers = sum(len(said) for said in expected) * len(users)
    repeated = sum(len(told(telegram, user)) for user in users) - answers
    assert sum(len(told(vk, user)) for user in users) == answers
    assert repeated <= house.kills
    updates = 2 * len(JOIN) * len(users)
    note(
        "joining",
        Cost(len(users), house.kills, 0, updates, 2 * answers, window=repeated, dropped=vk.repeats),
    )


async def _everything_is_kept(house: House, joined: int) -> None:
    """`joined` people on each channel, each once, with everything they said."""
    database = house.database()
    try:
        people = await rows(database, Person)
        assert len(people) == 2 * joined
        assert {(p.state, p.first_name, p.class_name) for p in people} == {("active", "Алиса", "10Б")}  # type: ignore[attr-defined]
        places = await rows(database, Participation)
        assert sorted((p.person_id, p.side, p.form) for p in places) == [  # type: ignore[attr-defined]
            (p.id, "mentee", "uch_uch")  # type: ignore[attr-defined]
            for p in people
        ]
        said = [(c.person_id, c.kind) for c in await rows(database, Consent)]  # type: ignore[attr-defined]
        assert len(said) == len(set(said)) == 4 * len(people)
        assert await rows(database, Conversation) == []
        notes = [e for e in await rows(database, JournalEntry) if e.action == "person.joined"]  # type: ignore[attr-defined]
        assert len(notes) == len(people)
        assert len(await rows(database, SeenEvent)) == len(JOIN) * len(people)
        waiting = [r for r in await rows(database, OutboxRow, kind="reply") if r.sent_at is None]  # type: ignore[attr-defined]
        assert waiting == []
    finally:
        await database.close()


@pytest.mark.parametrize("house", ["loaded"], indirect=True)
async def test_sigterm_finishes_the_message_in_hand_and_the_next_process_goes_on(house: House) -> None:
    assert house.telegram is not None
    assert house.vk is not None
    user = 7
    worlds: tuple[World, ...] = (house.telegram, house.vk)
    await house.start()
    for world, sending in zip(worlds, ("sendMessage", "messages.send"), strict=True):
        world.starts(user)
        await _counts(world, user, 1)
        world.fail("slow", method=sending, times=1, value=0.5)
        JOIN[1].act(world, user)
        await _is_called(world, sending, world.calls[sending] + 1)
    assert await house.end() == 0
    assert [len(told(world, user)) for world in worlds] == [2, 2]

    await house.start()
    for world in worlds:
        JOIN[2].act(world, user)
        await _counts(world, user, 3)
    assert await house.end() == 0
    for world in worlds:
        assert len(told(world, user)) == 3
        assert set(world.copies.values()) == {1}


async def _counts(world: World, user: int, messages: int) -> None:
    await until(lambda: len(told(world, user)) >= messages)


async def _is_called(world: World, method: str, times: int) -> None:
    await until(lambda: world.calls[method] >= times)
