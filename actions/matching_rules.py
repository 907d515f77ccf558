"""The rules of matching as the curator sets them: read, chosen, tried before they are saved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions import journal
from actions.matching_pool import Pool, pool
from actions.work import Work
from program.errors import Refusal
from program.forms import FORMS
from program.matching_plan import Plan, plan
from program.matching_rules import RuleBook, Rules, book, chosen


@dataclass(frozen=True)
class Outcome:
    """Args:
    points: of all suggested pairs; `average`: of one, 0 to 100.
    """

    pairs: int
    unmatched: int
    points: int
    average: float


@dataclass(frozen=True)
class Moved:
    """A mentee whose suggestion would be another; None: no pair."""

    mentee: int
    was: int | None
    becomes: int | None


@dataclass(frozen=True)
class Effect:
    now: Outcome
    then: Outcome
    moved: tuple[Moved, ...]


def rules_of(work: Work, form: str) -> RuleBook:
    """What the school has chosen for a form, and the usual where it has not."""
    return book(form, work.settings.matching.get(form, {}), work.settings.weights)


async def choose_rules(
    work: Work,
    form: str,
    levels: Mapping[str, str],
    *,
    gap: tuple[int, int] | None = None,
    role_model: str = "",
) -> RuleBook:
    """Saves the levels for a form, or for one role model of it. Suggestions stay as they are until the next run.

    Args:
        levels: criterion -> level; what is not named is as usual (of a role model: as in its form).

    Raises:
        Refusal: there is no such form, criterion or level.
    """
    changed = _changed(rules_of(work, form), form, levels, gap, role_model)
    await _save(work, form, changed)
    return changed


async def forget_rules(work: Work, form: str, role_model: str = "") -> RuleBook:
    """Back to the usual rules: of the form with all its role models, or of one role model."""
    old = rules_of(work, form)
    if role_model:
        models = {name: rules for name, rules in old.models.items() if name != role_model}
        changed = RuleBook(old.usual, models)
    else:
        changed = book(form, {}, work.settings.weights)
    await _save(work, form, changed)
    return changed


async def what_if(
    work: Work,
    form: str,
    levels: Mapping[str, str],
    *,
    gap: tuple[int, int] | None = None,
    role_model: str = "",
) -> Effect:
    """What a run would give with the rules as they are and with these; nothing is saved or changed.

    Raises:
        Refusal: as `choose_rules`.
    """
    old = rules_of(work, form)
    new = _changed(old, form, levels, gap, role_model)
    seen = await pool(work, form)
    now, then = await asyncio.to_thread(lambda: (_try(seen, old), _try(seen, new)))
    was, becomes = now.answer.pairs, then.answer.pairs
    moved = tuple(
        Moved(mentee.id, was.get(mentee.id), becomes.get(mentee.id))
        for mentee in seen.mentees
        if was.get(mentee.id) != becomes.get(mentee.id)
    )
    return Effect(_outcome(now), _outcome(then), moved)


def _try(seen: Pool, rules: RuleBook) -> Plan:
    return plan(seen.mentees, seen.mentors, rules, seen.pins)


def _outcome(found: Plan) -> Outcome:
    count, points = len(found.answer.pairs), found.answer.points
    return Outcome(count, len(found.answer.unmatched), points, round(points / count, 1) if count else 0.0)


def _changed(
    old: RuleBook, form: str, levels: Mapping[str, str], gap: tuple[int, int] | None, role_model: str
) -> RuleBook:
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    if role_model:
        rules = chosen(form, {**old.usual.levels, **levels}, gap if gap is not None else old.usual.gap)
        return RuleBook(old.usual, {**old.models, role_model: _own(rules, old)})
    return RuleBook(_own(chosen(form, levels, gap), old), old.models)


def _own(rules: Rules, old: RuleBook) -> Rules:
    return Rules(rules.form, rules.levels, rules.gap, old.usual.own)


async def _save(work: Work, form: str, changed: RuleBook) -> None:
    held = dict(work.school.settings)
    before: dict[str, Any] = dict(held.get("matching", {}))
    stored = changed.to_json()
    stored.pop("own", None)  # figures of all forms stand in `weights`
    held["matching"] = {**before, form: stored}
    if stored == {"levels": {}}:
        del held["matching"][form]
    work.school.settings = held
    await journal.note(
        work, "matching.rules", f"form:{form}", {"rules": before.get(form, {})}, {"rules": stored}
    )
