"""Anonymous polls: a page for one person, an answer that no longer belongs to anybody, counts of five or more.

Nothing here writes a line of the journal or of the log: a moment next to a person would be half of an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

import structlog

from actions import questionnaires
from actions.questionnaire_offers import is_for
from actions.sealing import Box, WrongKey
from actions.work import Work
from program.ballots import BATCH, Heaps, Told, put, told_now
from program.errors import Refusal
from program.instrument_answers import check
from program.instruments import Answers, Instrument
from storage import askings, ballots, people
from storage.tables import Ballot, Person

log = structlog.get_logger()


@dataclass(frozen=True)
class Counted:
    """What may be shown of one poll.

    Args:
        people: how many have answered; what they said may wait.
        told: counts by question.
    """

    instrument: Instrument
    people: int
    told: Told


async def sheet(work: Work, person_id: int, code: str) -> tuple[Person, Instrument]:
    """Who is asked and what. Writes nothing.

    Raises:
        Refusal: there is no such poll, it is not for this person, closed, or answered already.
    """
    person, instrument, _ = await _open(work, person_id, code)
    found = await ballots.of(work.session, work.school.id, code, work.settings.year)
    _require_new(found, person_id, instrument)
    return person, instrument


async def cast(work: Work, box: Box, person_id: int, code: str, answers: Answers) -> None:
    """Puts the answers into the heaps and the person on the list of those who answered; both in one row.

    Raises:
        Refusal: as `sheet`, or a question that must be answered is not.
    """
    person, instrument, closes_at = await _open(work, person_id, code)
    kept = check(instrument, answers)
    year = work.settings.year
    ballot = await ballots.lock(work.session, work.school.id, code, year, instrument.version, closes_at)
    _require_new(ballot, person.id, instrument)
    heaps = _opened(box, ballot)
    # It was closed and whoever looked saw everything: that is told for good before anything new comes.
    heaps, told = told_now(heaps, ballot.told, closed=ballot.closes_at <= work.now)
    heaps, told = told_now(put(heaps, kept, SystemRandom()), told, closed=False)
    ballot.waiting, ballot.told = box.seal(heaps), told
    ballot.answered = sorted({*ballot.answered, person.id})
    ballot.people, ballot.closes_at = ballot.people + 1, closes_at
    await work.session.flush()


async def counted(work: Work, box: Box, code: str) -> Counted:
    """Raises Refusal: no such questionnaire."""
    ballot = await ballots.of(work.session, work.school.id, code, work.settings.year)
    if ballot is None:
        return Counted(await questionnaires.current(work, code), 0, {})
    instrument = await questionnaires.version(work, code, ballot.version)
    closed = ballot.closes_at <= work.now
    _, told = told_now(_opened(box, ballot) if closed else {}, ballot.told, closed=closed)
    return Counted(instrument, ballot.people, told)


async def close(work: Work, code: str) -> None:
    """Nobody can answer from now on; what waits may be told if it is enough."""
    ballot = await ballots.of(work.session, work.school.id, code, work.settings.year)
    if ballot is not None:
        ballot.closes_at = min(ballot.closes_at, work.now)


def require_many(count: int) -> None:
    """Raises Refusal where so few are asked that nothing could ever be shown."""
    if count < BATCH:
        raise Refusal("quiz-anonymous-few", least=BATCH)


async def _open(work: Work, person_id: int, code: str) -> tuple[Person, Instrument, datetime]:
    """With the moment at which the poll closes."""
    person = await people.get(work.session, person_id)
    ballot = await ballots.of(work.session, work.school.id, code, work.settings.year)
    instrument = (
        await questionnaires.version(work, code, ballot.version)
        if ballot is not None
        else await questionnaires.current(work, code)
    )
    if person is None or not instrument.anonymous or not await is_for(work, person, instrument):
        raise Refusal("questionnaire-not-yours")
    await questionnaires.require_consent(work, person)
    asking = await askings.newest(work.session, work.school.id, code, work.settings.year)
    if asking is None or asking.closed_at or asking.closes_at <= work.now:
        raise Refusal("questionnaire-closed", title=instrument.title.text)
    return person, instrument, asking.closes_at


def _require_new(ballot: Ballot | None, person_id: int, instrument: Instrument) -> None:
    if ballot is not None and person_id in ballot.answered:
        raise Refusal("poll-answered", title=instrument.title.text)


def _opened(box: Box, ballot: Ballot) -> Heaps:
    if not ballot.waiting:
        return {}
    try:
        found: Heaps = box.open(ballot.waiting)
    except WrongKey:
        # The installation's key was changed: what waited is lost, what was told stays.
        log.warning("ballot.unreadable", code=ballot.code)
        return {}
    return found
