"""What it does to everybody if a mentee goes to another mentor."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace

from actions.matching_pool import pool
from actions.matching_rules import rules_of
from actions.matching_scene import Scene
from actions.places import participation
from actions.work import Work
from program.errors import Refusal
from program.matching import blocked_text, blocks
from program.roles import Side


@dataclass(frozen=True)
class Lot:
    """What happens to one mentee. Points are of the pair, 0 to 100; None: no pair, or a rule forbids it."""

    mentee: int
    was: int | None
    was_points: int | None
    becomes: int | None
    becomes_points: int | None


@dataclass(frozen=True)
class Swap:
    """Args:
    others: everybody else who would move, if all are placed as well as then possible.
    direct: for each mentee who is with that mentor now: they just change places with the asked one.
    """

    mentee: Lot
    others: tuple[Lot, ...]
    pairs: int
    points: int
    direct: tuple[Lot, ...]


async def swap(work: Work, mentee_id: int, new_mentor_id: int) -> Swap:
    """What it does to everybody if this mentee goes to that mentor, in points before and after.

    Raises:
        Refusal: one of them does not look for a pair, or a rule forbids these two.
    """
    found = await swaps(work, mentee_id, [new_mentor_id])
    answer = found[new_mentor_id]
    if isinstance(answer, Refusal):
        raise answer
    return answer


async def swaps(work: Work, mentee_id: int, mentor_ids: Collection[int]) -> dict[int, Swap | Refusal]:
    """As `swap`, for several mentors: the people are read and placed once."""
    form = (await participation(work, mentee_id, Side.MENTEE)).form
    seen, book = await pool(work, form), rules_of(work, form)
    seen = replace(seen, pins={one: other for one, other in seen.pins.items() if one != mentee_id})
    if mentee_id not in {one.id for one in seen.mentees}:
        return {mentor: Refusal("pair-unknown") for mentor in mentor_ids}

    def each() -> dict[int, Swap | Refusal]:
        scene = Scene(seen, book)
        return {mentor: _one(scene, mentee_id, mentor) for mentor in mentor_ids}

    return await asyncio.to_thread(each)


def _one(scene: Scene, mentee_id: int, mentor_id: int) -> Swap | Refusal:
    try:
        return _swap(scene, mentee_id, mentor_id)
    except Refusal as refusal:
        return refusal


def _swap(scene: Scene, mentee_id: int, mentor_id: int) -> Swap:
    if mentor_id not in scene.mentors:
        raise Refusal("pair-unknown")
    one, other = scene.mentees[mentee_id], scene.mentors[mentor_id]
    names = blocks(one, other, scene.book.of(one.role_model))
    if names:
        raise Refusal("match-forbidden", why=blocked_text(names[0], other))
    shift = scene.exchange().force(mentee_id, mentor_id)
    if shift is None:
        raise Refusal("match-mentor-full")
    lots = [_lot(scene, *move) for move in shift.moves] or [_lot(scene, mentee_id, mentor_id, mentor_id)]
    held = scene.plan.answer.pairs
    direct = tuple(
        _lot(scene, mentee, mentor_id, held.get(mentee_id))
        for mentee, mentor in sorted(held.items())
        if mentor == mentor_id and mentee != mentee_id
    )
    return Swap(lots[0], tuple(lots[1:]), shift.pairs, shift.points, direct)


def _lot(scene: Scene, mentee: int, was: int | None, becomes: int | None) -> Lot:
    return Lot(mentee, was, scene.points(mentee, was), becomes, scene.points(mentee, becomes))
