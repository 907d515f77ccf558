"""Why two people are no pair, what it would cost to make them one, and which single change would do it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from actions.matching_left import Left, why_left
from actions.matching_pool import Pool, pool
from actions.matching_rules import rules_of
from actions.matching_scene import Scene
from actions.matching_swap import Lot, Swap, swap
from actions.places import short_name
from actions.work import Work
from program.errors import Refusal
from program.matching import Mentee, Mentor, blocked_text, blocks
from program.matching_exchange import Exchange, Shift
from program.matching_left import FIXED
from program.matching_reasons import Score, label, score, slot_order
from program.matching_rules import BY_NAME, Level, RuleBook
from program.text import Text
from storage import pairs

__all__ = ["Change", "Left", "Lot", "Price", "Swap", "WhyNot", "explain_pair", "swap", "why_left"]

Move = tuple[int, int | None, int | None]  # mentee, mentor before, mentor after


@dataclass(frozen=True)
class Price:
    """What the whole loses (below zero) or gains if something is done, everybody else placed as well as then possible.

    Args:
        moves: who goes where else, the asked mentee first.
    """

    pairs: int
    points: int
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Change:
    """One thing that, changed alone, makes a pair possible or cheaper.

    Args:
        pairs, points: what the whole gains or loses against now, the pair made.
        by_itself: the next run would suggest the pair; else it has to be pinned besides.
    """

    text: Text
    pairs: int
    points: int
    by_itself: bool


@dataclass(frozen=True)
class WhyNot:
    """Args:
    blocking: rules that forbid the pair, in words (parts of a sentence).
    chosen: the mentor of the best answer, and how that one fits.
    lost: (criterion, points here, points with the chosen one) where less is had here, the most lost first.
    price: of making the pair now; None if a rule forbids it, or the mentee does not look for a pair.
    change: the single change with the best outcome; None if one is not enough.
    """

    mentee: int
    mentor: int
    blocking: tuple[Text, ...]
    score: Score
    chosen: int | None
    chosen_score: Score | None
    lost: tuple[tuple[str, int, int], ...]
    price: Price | None
    change: Change | None
    is_suggested: bool


async def explain_pair(work: Work, form: str, mentee_id: int, mentor_id: int) -> WhyNot:
    """Why these two are no pair, what it would cost to make them one, and the best single change.

    Reckoned for people and rules as they are now, as if the matching ran now; a pin of the mentee's is set aside.

    Raises:
        Refusal: one of them is not in the form's base.
    """
    seen, book = await pool(work, form), rules_of(work, form)
    waiting = {one.id for one in seen.mentees}
    if mentee_id not in waiting:
        alone = await pool(work, form, mentee=mentee_id)
        seen = replace(seen, mentees=(*seen.mentees, *alone.mentees))
    seen = replace(seen, pins={one: other for one, other in seen.pins.items() if one != mentee_id})
    one = next((one for one in seen.mentees if one.id == mentee_id), None)
    other = next((one for one in seen.mentors if one.id == mentor_id), None)
    if one is None or other is None:
        raise Refusal("pair-unknown")
    name = short_name((await pairs.people_of(work.session, work.school.id, [mentor_id]))[mentor_id])
    return await asyncio.to_thread(_explain, seen, book, one, other, name, mentee_id in waiting)


def _explain(seen: Pool, book: RuleBook, one: Mentee, other: Mentor, name: str, waits: bool) -> WhyNot:
    scene = Scene(seen, book)
    rules = book.of(one.role_model)
    names = blocks(one, other, rules)
    found = score(scene.judge(one), other, seen.labels)
    held = scene.plan.answer.pairs.get(one.id) if waits else None
    held_score = score(scene.judge(one), scene.mentors[held], seen.labels) if held is not None else None
    price = change = None
    if waits and held != other.id:
        exchange = scene.exchange()
        if not names:
            price = _price(exchange.force(one.id, other.id))
        change = _best_change(scene, exchange, one, other, names, name)
    return WhyNot(
        one.id,
        other.id,
        tuple(blocked_text(name, other) for name in names),
        found,
        held,
        held_score,
        _lost(found, held_score),
        price,
        change,
        held == other.id,
    )


def _lost(here: Score, chosen: Score | None) -> tuple[tuple[str, int, int], ...]:
    if chosen is None:
        return ()
    ours = {name: points for name, points, _ in here.parts}
    theirs = {name: points for name, points, _ in chosen.parts}
    less = [(name, ours.get(name, 0), theirs.get(name, 0)) for name in {**theirs, **ours}]
    return tuple(sorted((line for line in less if line[1] < line[2]), key=lambda line: line[1] - line[2]))


def _price(shift: Shift | None) -> Price | None:
    return None if shift is None else Price(shift.pairs, shift.points, shift.moves)


def _best_change(
    scene: Scene, exchange: Exchange, one: Mentee, other: Mentor, names: Iterable[str], name: str
) -> Change | None:
    """Tries every single change that lifts all that stands in the way, and takes the best outcome."""
    names = set(names)
    found = []
    if not names - {"place"}:
        found.append(_with_place(scene, exchange, one, other, name))
    if not names - {"schedule"}:
        found.append(_with_time(scene, exchange, one, other))
    for rule in names - set(FIXED):
        if names == {rule} and Level.DESIRABLE in BY_NAME[rule].levels:
            found.append(_with_rule(scene, one, other, rule))
    for missing in ("mentee-consent", "mentor-consent", "admission", "admission-now"):
        if names == {missing}:
            given = replace(other, admitted=True, barred=(), consented=True)
            points = scene.judge(one).points(given)
            shift = exchange.force(one.id, other.id, points, extra=other.id not in exchange.price)
            found.append(_change(Text(f"matching-change-{missing}", {"name": name}), shift))
    known = [change for change in found if change is not None]
    return max(known, key=lambda change: (change.pairs, change.points), default=None)


def _with_place(scene: Scene, exchange: Exchange, one: Mentee, other: Mentor, name: str) -> Change | None:
    if exchange.free.get(other.id, 0) > 0:
        return None
    points = scene.judge(one).points(other)
    shift = exchange.force(one.id, other.id, points, extra=True)
    alone = shift is not None and other.id in exchange.price and shift.cost <= exchange.place(other.id).cost
    return _change(Text("matching-change-place", {"name": name}), shift, by_itself=alone)


def _with_time(scene: Scene, exchange: Exchange, one: Mentee, other: Mentor) -> Change | None:
    """If the two found one hour, the first of the mentor's."""
    if not one.slots or not other.slots or one.slots & other.slots or other.id not in exchange.price:
        return None
    slot = min(other.slots, key=slot_order)
    points = scene.judge(one).points(replace(other, slots=other.slots | {min(one.slots, key=slot_order)}))
    text = Text("matching-change-time", {"slot": label(slot, scene.seen.labels)})
    return _change(text, exchange.force(one.id, other.id, points))


def _with_rule(scene: Scene, one: Mentee, other: Mentor, rule: str) -> Change | None:
    """If the rule were only desirable, for everybody whom it concerns: solved again."""
    book = scene.book
    rules = book.of(one.role_model).with_level(rule, Level.DESIRABLE)
    changed = (
        RuleBook(book.usual, {**book.models, one.role_model: rules})
        if one.role_model in book.models
        else RuleBook(rules, book.models)
    )
    softer = Scene(scene.seen, changed)
    shift = softer.exchange().force(one.id, other.id)
    if shift is None:
        return None
    now, then = scene.plan.answer, softer.plan.answer
    pairs_more = len(then.pairs) - len(now.pairs) + shift.pairs
    points_more = then.points - now.points + shift.points
    text = Text("matching-change-rule", {"rule": BY_NAME[rule].text})
    return Change(text, pairs_more, points_more, shift.cost <= 0)


def _change(text: Text, shift: Shift | None, *, by_itself: bool | None = None) -> Change | None:
    if shift is None:
        return None
    return Change(text, shift.pairs, shift.points, shift.cost <= 0 if by_itself is None else by_itself)
