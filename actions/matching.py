"""Suggesting pairs: what the school knows becomes one optimal assignment with reasons and a proof."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import structlog

from actions import journal
from actions.matching_pool import Pool, pool
from actions.work import Work
from program.assignment import Assignment, Problem, Proof, prove, solve
from program.errors import Refusal
from program.forms import FORMS
from program.matching import Judge, Mentee, Mentor, offers, weights
from program.matching_reasons import Score, score, why_unmatched
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage import pairs
from storage.tables import MatchRun, Pair, PairMember

log = structlog.get_logger()


@dataclass(frozen=True)
class Solved:
    """The answer of a run: pairs and reasons by ids of participations."""

    assignment: Assignment
    proof: Proof
    scores: Mapping[tuple[int, int], Score]
    unmatched: Mapping[int, list[Text]]


@dataclass(frozen=True)
class Reasons:
    """What is stored of a pair's score, ready to be worded."""

    for_: tuple[Text, ...]
    against: tuple[Text, ...]
    parts: tuple[tuple[str, int, int], ...]


def reasons_of(pair: Pair) -> Reasons:
    """Empty for a pair that no run has scored (a group)."""
    stored = pair.reasons or {}
    return Reasons(
        tuple(Text.from_json(text) for text in stored.get("for", ())),
        tuple(Text.from_json(text) for text in stored.get("against", ())),
        tuple((name, points, most) for name, points, most in stored.get("parts", ())),
    )


def unmatched_of(run: MatchRun) -> dict[int, list[Text]]:
    """Mentee's participation -> why there is no pair."""
    return {
        line["mentee"]: [Text.from_json(text) for text in line["reasons"]] for line in run.result["unmatched"]
    }


async def suggest(work: Work, form: str) -> MatchRun:
    """Makes the suggestions of a form anew; what a curator decided stays as it is.

    A suggestion that this run does not repeat becomes `dropped`. The run keeps everything it saw (codes
    and ids, no words of participants), its answer and the prices that prove it optimal.

    Raises:
        Refusal: there is no such form.
    """
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    await pairs.lock_side(work.session, work.school.id, work.settings.year, form, Side.MENTOR)
    seen = await pool(work, form)
    weigh = weights(work.settings.weights)
    # In a thread: a big school takes a second, and other people's turns go on meanwhile.
    solved = await asyncio.to_thread(compute, seen, form, weigh)
    if not solved.proof.holds:
        raise RuntimeError(f"the assignment of {form} is not proved: {solved.proof.broken}")
    run = MatchRun(
        school_id=work.school.id,
        form=form,
        year=work.settings.year,
        at=work.now,
        actor=work.actor,
        inputs=_inputs(seen, weigh),
        result=_result(solved),
    )
    work.session.add(run)
    await work.session.flush()
    dropped = await _store(work, run, seen, solved)
    counts = {
        "form": form,
        "pairs": len(solved.assignment.pairs),
        "unmatched": len(solved.unmatched),
        "dropped": dropped,
    }
    await journal.note(work, "match.suggested", f"run:{run.id}", after=counts)
    log.info("match.suggested", school=work.school.id, run=run.id, **counts)
    return run


def compute(seen: Pool, form: str, weigh: Mapping[str, int]) -> Solved:
    """The pure part: score, solve, prove, explain."""
    mentees = {mentee.id: mentee for mentee in seen.mentees}
    mentors = {mentor.id: mentor for mentor in seen.mentors}
    problem = Problem(
        offers(seen.mentees, seen.mentors, form, weigh),
        {mentor.id: mentor.left for mentor in seen.mentors if mentor.left > 0},
    )
    answer = solve(problem)
    left = dict(problem.places)
    for mentor in answer.pairs.values():
        left[mentor] -= 1
    full = [mentor for mentor, free in left.items() if not free]
    return Solved(
        answer,
        prove(problem, answer),
        {
            (one, other): score(Judge(mentees[one], weigh), mentors[other], seen.labels)
            for one, other in answer.pairs.items()
        },
        {
            mentee: why_unmatched(mentees[mentee], seen.mentors, form, problem.offers[mentee], full)
            for mentee in answer.unmatched
        },
    )


async def rate(
    work: Work, form: str, mentee_id: int, mentor_ids: Collection[int] | None = None
) -> tuple[Mentee, dict[int, tuple[Mentor, Score]]] | None:
    """How each mentor would fit one mentee, rules aside; None if the mentee is not in the form's base.

    Args:
        mentee_id, mentor_ids: of participations; all mentors of the form by default.
    """
    seen = await pool(work, form, mentee=mentee_id, only=mentor_ids)
    if not seen.mentees:
        return None
    mentee = seen.mentees[0]
    judge = Judge(mentee, weights(work.settings.weights))
    return mentee, {
        mentor.id: (mentor, score(judge, replace(mentor, left=max(0, mentor.left)), seen.labels))
        for mentor in seen.mentors
    }


async def _store(work: Work, run: MatchRun, seen: Pool, solved: Solved) -> int:
    """Writes the suggestions; returns how many older ones were dropped."""
    answer = solved.assignment.pairs
    old = await pairs.board(
        work.session, work.school.id, work.settings.year, run.form, (PairStatus.SUGGESTED,)
    )
    kept, dropped = set(), 0
    for pair in old:
        sides = {Side(member.side): member.participation_id for member in pair.members}
        mentee, mentor = sides.get(Side.MENTEE, 0), sides.get(Side.MENTOR, 0)
        if answer.get(mentee) != mentor or mentee in kept:
            pair.status, pair.decided_at = PairStatus.DROPPED, work.now
            dropped += 1
            continue
        kept.add(mentee)
        found = solved.scores[(mentee, mentor)]
        pair.run_id, pair.score, pair.reasons = run.id, found.points, found.to_json()
    people = {one.id: one.person for one in seen.mentees} | {one.id: one.person for one in seen.mentors}
    for mentee, mentor in sorted(answer.items()):
        if mentee not in kept:
            pair = new_pair(work, run.form, PairStatus.SUGGESTED, solved.scores[(mentee, mentor)])
            pair.run_id = run.id
            pair.members = [
                member(work, Side.MENTOR, mentor, people[mentor]),
                member(work, Side.MENTEE, mentee, people[mentee]),
            ]
            work.session.add(pair)
    await work.session.flush()
    return dropped


def new_pair(work: Work, form: str, status: PairStatus, found: Score | None = None) -> Pair:
    """A pair without members, not yet in the session."""
    return Pair(
        school_id=work.school.id,
        year=work.settings.year,
        form=form,
        status=status,
        score=found.points if found else None,
        reasons=found.to_json() if found else {},
        created_at=work.now,
    )


def member(work: Work, side: Side, participation_id: int, person_id: int) -> PairMember:
    return PairMember(
        school_id=work.school.id,
        person_id=person_id,
        participation_id=participation_id,
        side=side,
        joined_at=work.now,
    )


def _inputs(seen: Pool, weigh: Mapping[str, int]) -> dict[str, Any]:
    return {
        "weights": dict(weigh),
        "mentees": [_plain(mentee) for mentee in seen.mentees],
        "mentors": [_plain(mentor) for mentor in seen.mentors],
    }


def _plain(one: Mentee | Mentor) -> dict[str, Any]:
    """As JSON: sets as sorted lists, nothing for what is empty."""
    values = {
        name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(one).items()
    }
    return {name: value for name, value in values.items() if value not in (None, [], ())}


def _result(solved: Solved) -> dict[str, Any]:
    answer = solved.assignment
    return {
        "pairs": [
            [mentee, mentor, solved.scores[(mentee, mentor)].points]
            for mentee, mentor in sorted(answer.pairs.items())
        ],
        "points": answer.points,
        "prices": {str(mentor): price for mentor, price in sorted(answer.prices.items())},
        "cost": solved.proof.cost,
        "bound": solved.proof.bound,
        "unmatched": [
            {"mentee": mentee, "reasons": [text.to_json() for text in reasons]}
            for mentee, reasons in solved.unmatched.items()
        ],
    }
