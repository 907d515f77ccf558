"""Runs compared with each other, and repeated from what they have stored."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from actions.work import Work
from program.assignment_flow import installed
from program.errors import Refusal
from program.matching import Mentee, Mentor
from program.matching_plan import OWN, plan
from program.matching_record import read, rules
from storage import matching as rows
from storage.tables import MatchRun

Two = tuple[int, int]


@dataclass(frozen=True)
class RunDifference:
    """Between two runs of a form, by participations.

    Args:
        earlier: None when there was no run before; then all is `added`.
        added, kept: (mentee, mentor). `added`: the mentee had no suggestion before.
        changed: (mentee, mentor before, mentor now).
        dropped: (mentee, mentor before) of mentees without a suggestion now.
        decided: (mentee, mentor before) of mentees who are out of the search by now: a pair was decided.
    """

    run: int
    earlier: int | None
    added: tuple[Two, ...]
    kept: tuple[Two, ...]
    changed: tuple[tuple[int, int, int], ...]
    dropped: tuple[Two, ...]
    decided: tuple[Two, ...] = ()


@dataclass(frozen=True)
class Replay:
    """A run repeated from its own inputs. `same`: to the same pairs, proved optimal."""

    same: bool
    proved: bool
    difference: RunDifference


async def difference(work: Work, run_id: int, earlier_id: int | None = None) -> RunDifference:
    """What a run changed against an earlier one.

    Args:
        earlier_id: the run before it of the same form and school year, if none is named.

    Raises:
        Refusal: there is no such run.
    """
    run = await _run(work, run_id)
    if earlier_id is None:
        earlier = await rows.run_before(work.session, run)
    else:
        earlier = await _run(work, earlier_id)
    waiting = {int(mentee["id"]) for mentee in run.inputs["mentees"]}
    return _between(run.id, pairs_of(run), earlier.id if earlier else None, pairs_of(earlier), waiting)


async def replay(work: Work, run_id: int) -> Replay:
    """Computes a run again from what it has stored, and from nothing else.

    Raises:
        Refusal: there is no such run.
    """
    run = await _run(work, run_id)
    mentees = [read(Mentee, value) for value in run.inputs["mentees"]]
    mentors = [read(Mentor, value) for value in run.inputs["mentors"]]
    pins = dict(run.inputs.get("pins", ()))
    found = await asyncio.to_thread(plan, mentees, mentors, rules(run.form, run.inputs), pins, _solver(run))
    then, now = pairs_of(run), dict(found.answer.pairs)
    changes = _between(run.id, now, run.id, then, {one.id for one in mentees})
    return Replay(then == now and found.answer.points == run.result["points"], found.proof.holds, changes)


def pairs_of(run: MatchRun | None) -> dict[int, int]:
    """Mentee -> mentor, as the run suggested; empty for no run."""
    return {mentee: mentor for mentee, mentor, _ in run.result["pairs"]} if run else {}


def _between(
    run: int, now: Mapping[int, int], earlier: int | None, then: Mapping[int, int], waiting: set[int]
) -> RunDifference:
    gone = tuple(sorted((mentee, was) for mentee, was in then.items() if mentee not in now))
    return RunDifference(
        run,
        earlier,
        added=tuple(sorted((mentee, mentor) for mentee, mentor in now.items() if mentee not in then)),
        kept=tuple(sorted((mentee, mentor) for mentee, mentor in now.items() if then.get(mentee) == mentor)),
        changed=tuple(
            sorted(
                (mentee, then[mentee], mentor)
                for mentee, mentor in now.items()
                if mentee in then and then[mentee] != mentor
            )
        ),
        dropped=tuple(pair for pair in gone if pair[0] in waiting),
        decided=tuple(pair for pair in gone if pair[0] not in waiting),
    )


def _solver(run: MatchRun) -> str:
    """The run's own where it is still there; elsewhere equals may be chosen differently."""
    wanted = str(run.result.get("solver", OWN))
    return wanted if wanted == OWN or installed() else OWN


async def _run(work: Work, run_id: int) -> MatchRun:
    run = await work.session.get(MatchRun, run_id)
    if run is None or run.school_id != work.school.id:
        raise Refusal("matching-run-unknown")
    return run
