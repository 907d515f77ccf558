"""What a life under faults has cost: what was lost, what came twice, and which of it lies in the measured window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from itertools import pairwise

from sqlalchemy import func, select

from storage.tables import Consent, Conversation, JournalEntry, OutboxRow, Participation, Person, SeenEvent
from tests.conftest import rows
from tests.faults.altered import ANSWERS_WITHIN
from tests.faults.life import JOIN, WORDS, Life, Told
from tests.faults.streets import Street

IN_FLIGHT = 14  # messages of a mailing on their way to Telegram at once: docs/operations.md


@dataclass
class Cost:
    """Counts of one or many lives under one kind of fault.

    Args:
        struck: faults other than kills that were met. window: of personal messages, repeated in Telegram because the
            house fell, or the answer was lost, between sending and marking. mailed: the same of mailings.
        dropped: copies that VK has dropped by `random_id`. wrong: what must never be, in words.
    """

    lives: int = 0
    kills: int = 0
    struck: int = 0
    updates: int = 0
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    window: int = 0
    mailed: int = 0
    dropped: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: Cost) -> Cost:
        both = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Cost)}
        return Cost(**both)


async def count(life: Life, expected: Told) -> Cost:
    """Everything that a life was to say and keep, held against what it has said and kept."""
    cost = Cost(lives=1, kills=life.house.kills, updates=life.updates)
    worlds = (life.telegram, life.vk)
    cost.struck = sum(world.struck + world.repeated for world in worlds) + life.shaken
    cost.dropped = life.vk.repeats
    found = life.told()
    for name, ours, theirs in (
        ("Telegram", found.telegram, expected.telegram),
        ("VK", found.vk, expected.vk),
    ):
        for user, texts in theirs.items():
            missing, more = texts - ours[user], ours[user] - texts
            cost.messages += texts.total()
            cost.lost += missing.total()
            cost.wrong += [f"{name} {user}: not said: {text!r}" for text in missing]
            if name == "VK":
                cost.doubled += more.total()
                cost.wrong += [f"VK {user}: said again: {text!r}" for text in more]
            else:
                _again(cost, life.telegram, user, more)
    cost.messages += expected.posts
    cost.lost += max(0, expected.posts - found.posts)
    cost.doubled += max(0, found.posts - expected.posts)
    if found.posts != expected.posts:
        cost.wrong.append(f"the wall has {found.posts} posts, not {expected.posts}")
    _within_window(cost, life)
    for world in worlds:
        cost.wrong += [f"violation: {one}" for one in world.violations]
    await _kept(cost, life)
    return cost


def _again(cost: Cost, world: Street, user: int, more: Counter[str]) -> None:
    """A message of Telegram that came again: after a fall of the house, or after an answer that was lost."""
    for text, copies in more.items():
        if text.startswith(WORDS):
            cost.mailed += copies
            continue
        came = [one for one in world.deliveries if (one.user, one.text) == (user, text)]
        senders = {one.sender for one in came}
        # A machine that stands still for so long has lost the answer just as a platform that is late.
        waited = sum(after.at - one.at >= ANSWERS_WITHIN for one, after in pairwise(came))
        if len(senders) > copies or world.unanswered >= copies:
            cost.window += copies
        elif len(senders) + waited > copies:
            cost.window += copies
            world.unanswered += waited
        else:
            cost.doubled += copies
            cost.wrong.append(f"Telegram {user}: said again by the same process: {text!r}")


def _within_window(cost: Cost, life: Life) -> None:
    # Whoever is stopped with a call on its way learns of its end when another has taken the row: as after a kill.
    falls = cost.kills + life.telegram.unanswered + life.frozen
    if cost.window > falls:
        cost.wrong.append(f"{cost.window} repeats in {falls} falls")
    if cost.mailed > falls * IN_FLIGHT:
        cost.wrong.append(f"{cost.mailed} repeats of a mailing in {falls} falls")


async def _kept(cost: Cost, life: Life) -> None:
    """Each who joined is there once, with every word; nothing waits, nothing was given up."""
    database = life.house.database()
    try:
        async with database.reading() as session:
            seen = select(func.count()).select_from(SeenEvent).where(~SeenEvent.event_id.startswith("ref:"))
            handled = await session.scalar(seen) or 0
        if handled != life.updates:
            cost.lost += max(0, life.updates - handled)
            cost.wrong.append(f"{life.updates} updates, {handled} handled")
        people = [one for one in await rows(database, Person) if one.first_name == "Алиса"]  # type: ignore[attr-defined]
        ids = [one.id for one in people]  # type: ignore[attr-defined]
        if len(people) != 2 or {(one.state, one.class_name) for one in people} != {("active", "10Б")}:  # type: ignore[attr-defined]
            cost.wrong.append(f"{len(people)} have joined, not 2")
        places = [one.person_id for one in await rows(database, Participation) if one.person_id in ids]  # type: ignore[attr-defined]
        said = [
            (one.person_id, one.kind)  # type: ignore[attr-defined]
            for one in await rows(database, Consent)
            if one.person_id in ids  # type: ignore[attr-defined]
        ]
        if sorted(places) != sorted(ids) or len(said) != len(set(said)) or len(said) != 4 * len(ids):
            cost.wrong.append(f"places {len(places)}, consents {len(said)} of {len(ids)} people")
        notes = [one for one in await rows(database, JournalEntry) if one.action == "person.joined"]  # type: ignore[attr-defined]
        if len(notes) != len(ids) or await rows(database, Conversation):
            cost.wrong.append(f"{len(notes)} lines of joining in the journal, or a talk is left open")
        for row in await rows(database, OutboxRow):
            if row.dropped and not row.dropped.startswith(("not-allowed", "in-doubt")):  # type: ignore[attr-defined]
                cost.wrong.append(f"given up: {row.key}: {row.dropped}")  # type: ignore[attr-defined]
    finally:
        await database.close()


STEPS = len(JOIN)
