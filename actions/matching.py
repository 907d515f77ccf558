"""Suggesting pairs: what the school knows becomes one optimal assignment with reasons and a proof."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from actions import journal
from actions.collecting import put_off
from actions.matching_marks import Forbidden, allow, forbid, forbidden, pin, unpin
from actions.matching_pool import Pool, pool
from actions.matching_rules import rules_of
from actions.work import Work
from program.assignment import Assignment, Proof
from program.errors import Refusal
from program.forms import FORMS
from program.matching import Judge, Mentee, Mentor, why_not
from program.matching_plan import OWN, Plan, plan
from program.matching_reasons import Score, score, why_unmatched
from program.matching_record import VERSION, plain
from program.matching_rules import RuleBook
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage import pairs
from storage.tables import MatchRun, Pair, PairMember

__all__ = [
    "Forbidden",
    "Reasons",
    "Solved",
    "allow",
    "compute",
    "explained",
    "forbid",
    "forbidden",
    "inputs",
    "member",
    "new_pair",
    "pin",
    "rate",
    "reasons_of",
    "result",
    "suggest",
    "unmatched_of",
    "unpin",
]

log = structlog.get_logger()


@dataclass(frozen=True)
class Solved:
    """The answer of a run: pairs and reasons by ids of participations."""

    assignment: Assignment
    proof: Proof
    scores: Mapping[tuple[int, int], Score]
    unmatched: Mapping[int, list[Text]]
    lost: tuple[tuple[int, int], ...] = ()  # pinned pairs that may not stand any more
    solver: str = OWN


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
    """Makes the suggestions of a form anew; what a curator decided or pinned stays as it is.

    A suggestion that this run does not repeat becomes `dropped`. The run keeps everything it saw (codes
    and ids, no words of participants), its answer and the prices that prove it optimal.

    Raises:
        Refusal: there is no such form.
    """
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    with put_off():
        return await _suggest(work, form)


async def _suggest(work: Work, form: str) -> MatchRun:
    await pairs.lock_form(work.session, work.school.id, work.settings.year, form)
    seen, book = await pool(work, form), rules_of(work, form)
    # In a thread: a big school takes a second, and other people's turns go on meanwhile.
    solved = await asyncio.to_thread(compute, seen, book)
    if not solved.proof.holds:
        raise RuntimeError(f"the assignment of {form} is not proved: {solved.proof.broken}")
    run = MatchRun(
        school_id=work.school.id,
        form=form,
        year=work.settings.year,
        at=work.now,
        actor=work.actor,
        inputs=inputs(seen, book),
        result=result(solved),
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


def compute(seen: Pool, book: RuleBook) -> Solved:
    """The pure part: score, solve, prove, explain."""
    return explained(seen, book, plan(seen.mentees, seen.mentors, book, seen.pins))


def explained(seen: Pool, book: RuleBook, found: Plan) -> Solved:
    """Why each pair, and why nobody for those who are left."""
    mentees = {mentee.id: mentee for mentee in seen.mentees}
    mentors = {mentor.id: mentor for mentor in seen.mentors}
    left = dict(found.problem.places)
    for mentor in found.answer.pairs.values():
        left[mentor] -= 1
    full = [mentor for mentor, free in left.items() if not free]
    return Solved(
        found.answer,
        found.proof,
        {
            (one, other): score(
                Judge(mentees[one], book.of(mentees[one].role_model)), mentors[other], seen.labels
            )
            for one, other in found.answer.pairs.items()
        },
        {
            mentee: why_unmatched(
                mentees[mentee],
                seen.mentors,
                book.of(mentees[mentee].role_model),
                found.problem.offers[mentee],
                full,
            )
            for mentee in found.answer.unmatched
        },
        found.lost,
        found.solver,
    )


async def rate(
    work: Work,
    form: str,
    mentee_id: int,
    mentor_ids: Collection[int] | None = None,
    *,
    reverse: bool = False,
) -> tuple[Mentee, dict[int, tuple[Mentor, Score]]] | None:
    """How each mentor would fit one mentee; None if the mentee is not in the form's base.

    `Score.blocked` has the hard rules that forbid the pair, by the school's own rules.

    Args:
        mentee_id, mentor_ids: of participations; all mentors of the form by default.
        reverse: the younger leads the older on purpose.
    """
    seen = await pool(work, form, mentee=mentee_id, only=mentor_ids)
    if not seen.mentees:
        return None
    mentee = seen.mentees[0]
    rules = rules_of(work, form).of(mentee.role_model)
    judge = Judge(mentee, rules)
    return mentee, {
        mentor.id: (
            mentor,
            replace(
                score(judge, mentor, seen.labels),
                blocked=tuple(why_not(mentee, mentor, rules, reverse)),
            ),
        )
        for mentor in seen.mentors
    }


async def _store(work: Work, run: MatchRun, seen: Pool, solved: Solved) -> int:
    """Writes the suggestions; returns how many older ones were dropped. Suggested groups stay as they are."""
    answer = solved.assignment.pairs
    old = await pairs.board(
        work.session, work.school.id, work.settings.year, run.form, (PairStatus.SUGGESTED,)
    )
    kept, dropped = set(), 0
    for pair in old:
        if pair.is_group:
            continue
        sides = {Side(member.side): member.participation_id for member in pair.members}
        mentee, mentor = sides.get(Side.MENTEE, 0), sides.get(Side.MENTOR, 0)
        if answer.get(mentee) != mentor or mentee in kept:
            pair.status, pair.decided_at, pair.pinned = PairStatus.DROPPED, work.now, False
            dropped += 1
            continue
        kept.add(mentee)
        found = solved.scores[(mentee, mentor)]
        pair.run_id, pair.score, pair.reasons = run.id, found.points, found.to_json()
    people = {one.id: one.person for one in seen.mentees} | {one.id: one.person for one in seen.mentors}
    fresh = [(mentee, mentor) for mentee, mentor in sorted(answer.items()) if mentee not in kept]
    usual = _row(work, run.form, PairStatus.SUGGESTED, None) | {"run_id": run.id}
    await work.session.flush()
    await pairs.add(
        work.session,
        [
            usual | {"score": solved.scores[two].points, "reasons": solved.scores[two].to_json()}
            for two in fresh
        ],
        [
            [
                _member_row(work, Side.MENTOR, mentor, people[mentor]),
                _member_row(work, Side.MENTEE, mentee, people[mentee]),
            ]
            for mentee, mentor in fresh
        ],
    )
    return dropped


def new_pair(work: Work, form: str, status: PairStatus, found: Score | None = None) -> Pair:
    """A pair without members, not yet in the session."""
    return Pair(**_row(work, form, status, found))


def member(work: Work, side: Side, participation_id: int, person_id: int) -> PairMember:
    return PairMember(**_member_row(work, side, participation_id, person_id))


def _row(work: Work, form: str, status: PairStatus, found: Score | None) -> dict[str, Any]:
    return {
        "school_id": work.school.id,
        "year": work.settings.year,
        "form": form,
        "status": status,
        "score": found.points if found else None,
        "reasons": found.to_json() if found else {},
        "created_at": work.now,
    }


def _member_row(work: Work, side: Side, participation_id: int, person_id: int) -> dict[str, Any]:
    return {
        "school_id": work.school.id,
        "person_id": person_id,
        "participation_id": participation_id,
        "side": side,
        "joined_at": work.now,
    }


def inputs(seen: Pool, book: RuleBook) -> dict[str, Any]:
    """All that a run has seen, as JSON; `actions.matching_runs` reads it back."""
    return {
        "version": VERSION,
        "rules": book.to_json(),
        "pins": [list(pin) for pin in sorted(seen.pins.items())],
        "mentees": [plain(mentee) for mentee in seen.mentees],
        "mentors": [plain(mentor) for mentor in seen.mentors],
    }


def result(solved: Solved) -> dict[str, Any]:
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
        "solver": solved.solver,
        "lost_pins": [list(pin) for pin in solved.lost],
        "unmatched": [
            {"mentee": mentee, "reasons": [text.to_json() for text in reasons]}
            for mentee, reasons in solved.unmatched.items()
        ],
    }
