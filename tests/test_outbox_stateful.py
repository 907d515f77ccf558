"""The outbox in any order beside a reckoning: nothing is lost, nothing goes twice, nothing overtakes, what was called off
stays. Two senders, leases that run out, kills, put-offs; through `storage.outbox` as `bot.sender` uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.outgoing import PRIORITY, Kind, say
from program.text import raw
from storage import outbox
from storage.tables import OutboxRow
from tests import build
from tests.conftest import NOW
from tests.machine import Machine, walked

KINDS = (Kind.REPLY, Kind.NOTICE)
senders, keys = (
    st.sampled_from(("one", "two")),
    st.sampled_from(("a:1", "a:11", "b_:1", "b%:1")),
)


@dataclass
class Kept:
    """What should be known of a message. `held`: by whom; `until`: for how long."""

    id: int
    address: str
    priority: int
    due: datetime
    state: str = "waits"
    held: str = ""
    until: datetime = NOW
    tried: int = 0
    went: int = 0

    def free(self, now: datetime) -> bool:
        return not self.held or self.until <= now


class Post(Machine):
    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Kept] = {}
        self.hands: dict[str, list[str]] = {"one": [], "two": []}  # what a sender believes to hold
        self.turn(self._school)

    async def _school(self, session: AsyncSession) -> None:
        session.add(build.school(now=NOW))

    @rule(
        key=keys, to=st.sampled_from(("7", "8")), kind=st.sampled_from(KINDS), later=st.sampled_from((0, 0, 5))
    )  # fmt: skip
    def something_is_told(self, key: str, to: str, kind: Kind, later: int) -> None:
        due = self.now + timedelta(minutes=later)

        async def put(session: AsyncSession) -> tuple[bool, int]:
            is_new = await outbox.put(
                session, school_id=1, key=key, kind=kind, priority=PRIORITY[kind], channel=Channel.VK, address=to,
                body=say(raw("Привет")).to_json(), created_at=self.now, due_at=due,
            )  # fmt: skip
            return is_new, await session.scalar(select(OutboxRow.id).where(OutboxRow.key == key)) or 0

        is_new, number = self.turn(put)
        assert is_new is (key not in self.kept), "one key is one message"
        if is_new:
            self.kept[key] = Kept(number, to, PRIORITY[kind], due)

    @rule(sender=senders)
    def a_sender_takes_one(self, sender: str) -> None:
        async def take(session: AsyncSession) -> list[str]:
            found = await outbox.claim(session, Channel.VK, "default", self.now, sender)
            for row in found:
                row.attempts += 1
            return [row.key for row in found]

        found = self.turn(take)
        able = [one for one in self.kept.values() if self._may_go(one)]
        first = min(able, key=lambda one: (one.priority, one.due, one.id), default=None)
        assert [self.kept[key] for key in found] == ([first] if first else [])
        for key in found:
            one = self.kept[key]
            one.held, one.until, one.tried = sender, self.now + outbox.LEASE, one.tried + 1
            if key not in self.hands[sender]:  # its lease ran out in this very hand
                self.hands[sender].append(key)

    def _may_go(self, one: Kept) -> bool:
        if one.state != "waits" or one.due > self.now or not one.free(self.now):
            return False
        ahead = [
            other
            for other in self.kept.values()
            if other is not one and other.address == one.address and other.state == "waits"
        ]
        return not any(
            not other.free(self.now)
            or (
                (other.due <= self.now or other.tried) and (other.priority, other.id) < (one.priority, one.id)
            )
            for other in ahead
        )

    def _in_hand(self, sender: str) -> list[str]:
        """What the sender still holds when it looks once more right before it sends."""
        held, self.hands[sender] = self.hands[sender], []
        return [key for key in held if self.kept[key].held == sender and not self.kept[key].free(self.now)]

    @rule(sender=senders)
    def what_is_in_hand_goes_out(self, sender: str) -> None:
        for key in self._in_hand(sender):
            one = self.kept[key]
            assert one.state == "waits", "what was called off or sent is in nobody's hand"
            self.turn(lambda session, one=one: outbox.sent(session, one.id, f"m{one.id}", self.now))  # type: ignore[misc]
            one.state, one.held, one.went = "sent", "", one.went + 1

    @rule(sender=senders)
    def the_platform_says_later(self, sender: str) -> None:
        for key in self._in_hand(sender):
            one, until = self.kept[key], self.now + timedelta(minutes=1)
            self.turn(lambda session, one=one, until=until: outbox.put_off(session, one.id, until, "429"))  # type: ignore[misc]
            one.due, one.held = until, ""

    @rule(sender=senders)
    def a_sender_is_killed_and_begins_again(self, sender: str) -> None:
        self.hands[sender] = []
        self.turn(lambda session: outbox.free(session, sender))
        for one in self.kept.values():
            if one.held == sender and one.state == "waits":
                one.held = ""

    @rule(prefix=st.sampled_from(("a:1", "b_:")))
    def it_is_called_off(self, prefix: str) -> None:
        count = self.turn(lambda session: outbox.cancel(session, prefix, "moved", now=self.now))
        gone = [
            one
            for key, one in self.kept.items()
            if key.startswith(prefix) and one.state == "waits" and one.free(self.now)
        ]
        assert count == len(gone)
        for one in gone:
            one.state, one.held = "dropped", ""

    @rule(by=st.sampled_from((timedelta(seconds=20), timedelta(minutes=3), timedelta(minutes=6))))
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    @invariant()
    def what_is_stored_is_what_should_be(self) -> None:
        async def look(session: AsyncSession) -> dict[str, tuple[str, str]]:
            rows = await session.scalars(select(OutboxRow))
            states = {True: "sent"}
            return {
                row.key: (states.get(row.sent_at is not None) or ("dropped" if row.dropped else "waits"), row.lane)
                for row in rows
            }  # fmt: skip

        stored = self.turn(look)
        assert stored == {key: (one.state, f"vk:default:{one.address}") for key, one in self.kept.items()}
        assert all(one.went == (one.state == "sent") for one in self.kept.values())


def test_every_message_goes_once_in_its_order_or_is_called_off(at_head: Path, tmp_path: Path) -> None:
    walked(Post, at_head, tmp_path, max_examples=20, stateful_step_count=25)
