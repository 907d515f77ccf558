"""No status without a way out: every machine is walked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentState, Entry, state
from program.errors import Refusal
from program.states import MeetingStatus, PairStatus
from program.ways import CONSENT, MACHINES, MEETING, PAIR

NAMES = pytest.mark.parametrize("name", MACHINES)


@NAMES
def test_every_status_is_reachable(name: str) -> None:
    machine = MACHINES[name]
    assert machine.reachable() == frozenset(machine.statuses)


@NAMES
def test_every_status_has_a_way_out_or_is_final_on_purpose(name: str) -> None:
    machine = MACHINES[name]
    ends = {status for status in machine.statuses if not machine.ways.get(status)}
    assert ends == machine.final


@NAMES
def test_from_every_status_an_end_can_be_reached_or_everything_else(name: str) -> None:
    machine = MACHINES[name]
    for status in machine.statuses:
        seen, open_ = {status}, [status]
        while open_:
            for after in machine.ways.get(open_.pop(), frozenset()) - seen:
                seen.add(after)
                open_.append(after)
        assert seen & machine.final or seen >= frozenset(machine.statuses) - machine.start, status


@NAMES
def test_only_the_named_ways_are_open_and_staying_is_harmless(name: str) -> None:
    machine = MACHINES[name]
    for was, to in product(machine.statuses, repeat=2):
        allowed = was == to or to in machine.ways.get(was, ())
        assert machine.may(was, to) == allowed
        if not allowed:
            with pytest.raises(Refusal, match="states-not-now"):
                machine.require(was, to)


@pytest.mark.parametrize(
    ("was", "to"),
    [
        (PairStatus.SUGGESTED, PairStatus.ACTIVE),  # nobody approved
        (PairStatus.REJECTED, PairStatus.APPROVED),
        (PairStatus.COMPLETED, PairStatus.ACTIVE),
        (PairStatus.APPROVED, PairStatus.COMPLETED),
    ],
)
def test_no_pair_jumps(was: PairStatus, to: PairStatus) -> None:
    assert not PAIR.may(was, to)


def test_what_was_held_stays_held() -> None:
    assert not any(MEETING.may(MeetingStatus.HELD, to) for to in MeetingStatus if to != MeetingStatus.HELD)


def test_the_ledger_never_leaves_the_ways_of_a_consent() -> None:
    """Every row of four words of a guardian and a teenager, looked at after each and a year later."""
    now = datetime(2026, 9, 15, 7, tzinfo=UTC)
    needed = frozenset(Consenter)
    for words in product(product(ConsentEvent, Consenter), repeat=3):
        entries: list[Entry] = []
        was = ConsentState.NOT_REQUESTED
        for hours, (event, who) in enumerate(words):
            until = date(2026, 12, 31) if event is ConsentEvent.GIVEN else None
            at = now + timedelta(hours=hours)
            entries.append(Entry(ConsentKind.PD, event, who, 1, at, until))
            spoken = state(entries, ConsentKind.PD, needed, at, date(2026, 9, 15), None)
            later = state(entries, ConsentKind.PD, needed, at, date(2027, 9, 15), None)
            assert CONSENT.may(was, spoken), (words, was, spoken)
            assert CONSENT.may(spoken, later), (words, spoken, later)
            was = spoken
