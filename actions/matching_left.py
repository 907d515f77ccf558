"""Why somebody has no pair, and what would help first."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from actions.matching_pool import pool
from actions.matching_rules import rules_of
from actions.matching_scene import Scene
from actions.places import short_name
from actions.work import Work
from program.matching import Mentee, Mentor, blocked_text, blocks
from program.matching_left import FULL, OWN, smallest
from program.matching_reasons import label, slot_order
from program.matching_rules import BY_NAME
from program.text import Text
from storage import pairs


@dataclass(frozen=True)
class Left:
    """Somebody without a pair.

    Args:
        rules: the fewest rules that together keep every mentor away, in words; `counts`: from how many each.
        suggestion: what would help first, a sentence; `mentor`: whom it is about.
    """

    rules: tuple[Text, ...]
    counts: tuple[int, ...]
    suggestion: Text | None
    mentor: int | None


async def why_left(work: Work, form: str) -> dict[int, Left]:
    """Everybody whom the best answer leaves without a pair, as if the matching ran now."""
    seen, book = await pool(work, form), rules_of(work, form)
    scene = await asyncio.to_thread(Scene, seen, book)
    blocked = {mentee: _blocked(scene, mentee) for mentee in scene.plan.answer.unmatched}
    helps = {mentee: _nearest(scene, mentee, found) for mentee, found in blocked.items()}
    asked = {mentor for mentor, _ in filter(None, helps.values())}
    persons = await pairs.people_of(work.session, work.school.id, asked)
    names = {mentor: short_name(person) for mentor, person in persons.items()}
    return {mentee: _left(scene, mentee, found, helps[mentee], names) for mentee, found in blocked.items()}


def _blocked(scene: Scene, mentee_id: int) -> dict[int, list[str]]:
    """Mentor -> what is in the way; a mentor whom no rule forbids has no place left."""
    mentee = scene.mentees[mentee_id]
    rules = scene.book.of(mentee.role_model)
    return {mentor.id: blocks(mentee, mentor, rules) or [FULL] for mentor in scene.seen.mentors}


def _nearest(scene: Scene, mentee_id: int, blocked: Mapping[int, list[str]]) -> tuple[int, str] | None:
    """The mentor with only one thing in the way that may change, the best fit first; and that thing."""
    judge = scene.judge(scene.mentees[mentee_id])
    never = ("self", "family", "ban", "again", *OWN)
    single = [(key, names[0]) for key, names in blocked.items() if len(names) == 1 and names[0] not in never]
    return max(single, key=lambda one: (judge.points(scene.mentors[one[0]]), -one[0]), default=None)


def _left(
    scene: Scene,
    mentee_id: int,
    blocked: Mapping[int, list[str]],
    help_: tuple[int, str] | None,
    names: Mapping[int, str],
) -> Left:
    mentee = scene.mentees[mentee_id]
    if not mentee.consented:
        return Left((blocked_text(OWN[0]),), (len(blocked),), Text("matching-help-consent"), None)
    if mentee.same_gender and not mentee.gender and scene.book.of(mentee.role_model).requires("gender"):
        return Left((blocked_text("gender"),), (len(blocked),), Text("matching-help-gender"), None)
    found = smallest(blocked)
    rules = tuple(
        Text("matching-left-full")
        if o.name == FULL
        else blocked_text(o.name, _barred(scene, blocked, o.name))
        for o in found
    )
    suggestion, mentor = Text("matching-help-invite"), None
    if help_ is not None:
        mentor, rule = help_
        suggestion = _help(scene, mentee, mentor, rule, names[mentor])
    return Left(rules, tuple(one.count for one in found), suggestion, mentor)


def _barred(scene: Scene, blocked: Mapping[int, list[str]], name: str) -> Mentor | None:
    """A mentor who shows what this rule is about."""
    return next((scene.mentors[key] for key, names in blocked.items() if name in names), None)


def _help(scene: Scene, mentee: Mentee, mentor: int, rule: str, name: str) -> Text:
    if rule in (FULL, "place"):
        return Text("matching-help-place", {"name": name})
    if rule == "schedule":
        slot = min(scene.mentors[mentor].slots, key=slot_order)
        return Text("matching-help-time", {"name": name, "slot": label(slot, scene.seen.labels)})
    if rule in ("mentor-consent", "admission", "admission-now"):
        return Text(f"matching-help-{rule}", {"name": name})
    return Text("matching-help-rule", {"name": name, "rule": BY_NAME[rule].text})
