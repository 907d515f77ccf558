"""Pairs that need somebody: found by the clock, dealt with by the curator, closed by themselves when it has passed.

Nothing here is read by participants. Source: domain.md 7.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import structlog

from actions import journal
from actions.asked_by_rule import silent
from actions.work import Work
from program.early_warning import (
    BY_ANSWERS,
    CLOSED,
    WHO,
    Light,
    Limits,
    PairFacts,
    Sign,
    Worry,
    heard,
    worries,
)
from program.errors import Refusal
from program.journal_reading import Reach
from program.roles import StaffRole
from program.states import RequestState
from storage import pair_facts, pair_lights, working_pairs
from storage import worries as rows
from storage.pair_facts import AtWork
from storage.tables import PairWorry

log = structlog.get_logger()

FRESH = timedelta(hours=26)  # longer than any pause between two beats of a house that runs
Known = Mapping[tuple[int, str, str], PairWorry]  # by pair, sign and key
PASSED = "passed"  # `action` of what ended by itself
# Who may read that a child feels bad or asked for help; everybody else sees the other reasons.
MAY_READ_ALL = frozenset({StaffRole.CURATOR, StaffRole.PSYCHOLOGIST})


async def follow(work: Work) -> int:
    """Looks at every pair at work: keeps what is new, closes what has passed. Safe to run twice or late.

    Returns how many reasons were found anew.
    """
    pairs = await pair_facts.at_work(work.session, work.school.id)
    known = await rows.known(work.session, work.school.id)
    resumed = await working_pairs.resumed(work.session, work.school.id)
    to_hear = await _to_hear(work, pairs, known, resumed)
    found = await pair_facts.facts(work.session, work.school.id, pairs, work.zone, resumed, to_hear)
    return (await _keep(work, known, _asking(work, found)))[1]


async def _to_hear(
    work: Work, pairs: Sequence[AtWork], known: Known, resumed: Mapping[int, datetime]
) -> set[int]:
    """The pairs whose answers are read at this beat; they are looked at as they come, so that few have changed.

    Those of whom somebody has answered lately, came or left, or which went on after a pause; all of whom something known
    from answers is open; and in case anything was missed each pair on one day of the week.
    """
    since = work.now - FRESH
    answered = await pair_facts.answered(work.session, work.school.id, since)
    waiting = {
        row.pair_id for row in known.values() if row.sign in BY_ANSWERS and row.state != RequestState.CLOSED
    }
    day = work.today.toordinal()
    return {
        pair.id
        for pair in pairs
        if (pair.id + day) % 7 == 0
        or pair.id in waiting
        or (pair.id in resumed and resumed[pair.id] >= since)
        or any(member.person_id in answered or member.changed_at >= since for member in pair.members)
    }


async def look_at(work: Work, pair_id: int) -> tuple[Worry, ...]:
    """What the answers of this pair ask for now, kept at once, as `follow` would within the hour.

    Nothing for a pair that is not at work: nobody watches over it.
    """
    pairs = await pair_facts.at_work(work.session, work.school.id, pair_id=pair_id)
    if not pairs:
        return ()
    known = await rows.known(work.session, work.school.id, [pair_id])
    found = await pair_facts.answers(work.session, work.school.id, pairs, work.zone)
    of_answers = {place: row for place, row in known.items() if row.sign in BY_ANSWERS}
    return (await _keep(work, of_answers, [(one.id, worry) for one in found for worry in heard(one)]))[0]


async def look_at_those_of(work: Work, person_id: int) -> tuple[Worry, ...]:
    """As `look_at`, for all pairs of one person, and of everything that may ask for somebody."""
    pairs = await pair_facts.at_work(work.session, work.school.id, person_id=person_id)
    if not pairs:
        return ()
    ids = [pair.id for pair in pairs]
    known = await rows.known(work.session, work.school.id, ids)
    resumed = await working_pairs.resumed(work.session, work.school.id, ids)
    found = await pair_facts.facts(work.session, work.school.id, pairs, work.zone, resumed)
    return (await _keep(work, known, _asking(work, found)))[0]


async def _keep(
    work: Work, known: Known, found: Iterable[tuple[int, Worry]]
) -> tuple[tuple[Worry, ...], int]:
    """Everything that stands, and how much of it is new; what is known and stands no more is closed.

    Args:
        found: with the pair; all that there is of the signs that are known.
    """
    standing = {(pair_id, worry.sign.value, worry.key): worry for pair_id, worry in found}
    gone: dict[tuple[int, str, int], list[PairWorry]] = {}
    for (pair_id, sign, key), old in known.items():
        if old.state != RequestState.CLOSED and (pair_id, sign, key) not in standing:
            gone.setdefault((pair_id, sign, old.args.get(WHO, 0)), []).append(old)
    fresh = 0
    for place, worry in standing.items():
        if (row := known.get(place)) is not None:
            if row.state != RequestState.CLOSED and (row.args, row.light) != (worry.args, worry.light):
                row.args, row.light = dict(worry.args), int(worry.light)
        elif alike := gone.get((place[0], place[1], worry.args.get(WHO, 0))):
            row = alike.pop()
            # It goes on: the third lost meeting is no other matter than the second, and somebody may be at it.
            row.key, row.since, row.args, row.light = (
                worry.key,
                worry.since,
                dict(worry.args),
                int(worry.light),
            )
        else:
            fresh += await rows.add(work.session, **_row(work, place[0], worry))
    passed = [row for alike in gone.values() for row in alike]
    for one in passed:
        one.state, one.closed_at, one.action = RequestState.CLOSED, work.now, PASSED
    await work.session.flush()
    if fresh or passed:
        log.info("early-warning.followed", school=work.school.id, found=fresh, passed=len(passed))
    return tuple(standing.values()), fresh


def _asking(work: Work, found: Iterable[PairFacts]) -> Iterator[tuple[int, Worry]]:
    """What asks for somebody in each of these pairs today, with the pair."""
    settings = work.settings
    limits = Limits(settings.warn_after, settings.alert_after, settings.answer_after)
    quiet = cache(silent(work))  # each pair counts the same days
    for facts in found:
        for worry in worries(facts, work.today, limits, quiet):
            yield facts.id, worry


def signs(role: StaffRole) -> frozenset[Sign]:
    """Those that this member of staff may read."""
    return frozenset(Sign) if role in MAY_READ_ALL else frozenset(Sign) - CLOSED


def reach(role: StaffRole) -> Reach:
    """What this member of staff may read of the journal."""
    return Reach(role in MAY_READ_ALL, signs(role))


def readable(found: Iterable[PairWorry], role: StaffRole) -> list[PairWorry]:
    """Those that this member of staff may read."""
    return [one for one in found if Sign(one.sign) in signs(role)]


async def lights(work: Work, role: StaffRole) -> dict[int, Light]:
    """The light of every pair that is not green, by what this member of staff may read."""
    return dict(await pair_lights.lights(work.session, work.school.id, signs(role)))


def until(work: Work, row: PairWorry) -> date:
    """The working day by which the school acts."""
    worry = Worry(Sign(row.sign), Light(row.light), row.key, row.since)
    day, left = row.found_at.astimezone(work.zone).date(), worry.within
    while left:
        day += timedelta(days=1)
        left -= not work.settings.is_rest(day) and day.weekday() < 5
    return day


async def take(work: Work, worry_id: int) -> PairWorry:
    """Somebody of the school deals with it now.

    Raises:
        Refusal: it is not known in this school, or it is a call for help.
    """
    row = await _decided_here(work, worry_id)
    if row.state == RequestState.NEW:
        row.state, row.taken_by = RequestState.IN_WORK, work.actor
        await journal.note(work, "worry.taken", f"pair:{row.pair_id}", after=_named(row))
    return row


async def close(work: Work, worry_id: int, action: str) -> PairWorry:
    """What was done stands beside it. The same occurrence is not told again.

    Raises:
        Refusal: it is not known in this school, it is a call for help, or nothing is said of what was done.
    """
    if not action.strip():
        raise Refusal("early-say-what")
    row = await _decided_here(work, worry_id)
    if row.state != RequestState.CLOSED:
        row.state, row.closed_at, row.action = RequestState.CLOSED, work.now, action.strip()[:300]
        row.taken_by = row.taken_by or work.actor
        await journal.note(work, "worry.closed", f"pair:{row.pair_id}", after=_named(row))
    return row


async def hold(work: Work, ids: Iterable[int]) -> None:
    """Several reasons that are decided at once are held before the first line of the journal is written."""
    for one in sorted(set(ids)):
        await rows.lock(work.session, work.school.id, one)


async def set_limits(work: Work, warn_after: int, alert_after: int, answer_after: int) -> None:
    """After how many days a pair without a meeting is amber, then red, and an offer counts as unanswered."""
    new = {"warn_after": warn_after, "alert_after": alert_after, "answer_after": answer_after}
    before = {name: getattr(work.settings, name) for name in new}
    if new != before:
        work.school.settings = {**work.school.settings, **new}
        await journal.note(work, "worry.rules", f"school:{work.school.id}", before, new)


def _named(row: PairWorry) -> dict[str, Any]:
    """The journal outlives the right to read it: that a child asked for help is not written there."""
    return {} if Sign(row.sign) in CLOSED else {"sign": row.sign}


async def _decided_here(work: Work, worry_id: int) -> PairWorry:
    """A call for help is taken and closed on its own card; its reason passes with it."""
    row = await rows.lock(work.session, work.school.id, worry_id)
    if row is None:
        raise Refusal("early-unknown")
    if row.sign == Sign.HELP:
        raise Refusal("early-help-elsewhere")
    return row


def _row(work: Work, pair_id: int, worry: Worry) -> dict[str, Any]:
    return {
        "school_id": work.school.id,
        "pair_id": pair_id,
        "sign": worry.sign.value,
        "light": int(worry.light),
        "key": worry.key,
        "since": worry.since,
        "args": dict(worry.args),
        "found_at": work.now,
        "state": RequestState.NEW,
    }
