"""How many questions of joining are still to come: told before they are all known, so as a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.talk import Talk
from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE, full_years
from program.consents import ConsentKind
from program.forms import open_to
from program.roles import Category, Side

ASKED = (ConsentKind.PD, ConsentKind.PARTICIPATION, ConsentKind.MESSENGER, ConsentKind.PUBLICATION)
WORKING = (Category.EMPLOYER, Category.ALUMNUS, Category.STUDENT, Category.OTHER)
CHOICES = ((Side.MENTEE,), (Side.MENTOR,), (Side.MENTEE, Side.MENTOR))

Range = tuple[int, int]  # at least, at most


def count(
    talk: Talk,
    facts: Mapping[str, Any],
    category: Category | None = None,
    *,
    sides: Sequence[Side] | None = None,
    age: int | None = None,
    before: bool = False,
) -> None:
    """Counts the questions from here on.

    Args:
        facts: `actions.enrolment.facts`. category, sides, age: as far as they are known by now; of no sides nothing
            is asked any more. before: one question more comes first.
    """
    kinds = [Category(category)] if category else list(Category)
    ranges = [_left(facts, kind, sides, age, talk.today) for kind in kinds]
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    first = int(before) + int(category is None)
    talk.ahead(first + most, at_most=least < most)


def _left(
    facts: Mapping[str, Any], category: Category, sides: Sequence[Side] | None, age: int | None, today: date
) -> Range:
    parts = (_places(facts, category, sides), _age(facts, category, age, today), _names(facts, category))
    return sum(low for low, _ in parts), sum(high for _, high in parts)


def _places(facts: Mapping[str, Any], category: Category, sides: Sequence[Side] | None) -> Range:
    able = [side for side in Side if open_to(category, side, facts["forms"])]
    known = sides
    if known is None:
        known = [side for side in able if side.value == facts["side"]] or (able if len(able) < 2 else None)
    if known is not None:
        forms = sum(_form(facts, category, side) for side in known)
        return forms, forms
    ways = [sum(_form(facts, category, side) for side in way) for way in CHOICES]
    return 1 + min(ways), 1 + max(ways)


def _form(facts: Mapping[str, Any], category: Category, side: Side) -> int:
    slugs = [form.slug for form in open_to(category, side, facts["forms"])]
    return int(len(slugs) > 1 and facts["form"] not in slugs)


def _age(facts: Mapping[str, Any], category: Category, age: int | None, today: date) -> Range:
    """The age, the birth date that proves it, and the consents that hang on it."""
    consents = sum(kind.value not in facts["consented"] for kind in ASKED)
    born = date.fromisoformat(facts["birth_date"]) if facts["birth_date"] else None
    if born is not None:
        years: int | None = full_years(born, today)
    else:
        years = age if category is Category.PUPIL else OF_AGE
    if years is None:
        return 1, 1 + consents + 1
    asked = consents if years >= GUARDIAN_ALONE_BELOW else 0
    proof = int(category is Category.PUPIL and born is None and years >= OF_AGE)
    return asked + proof, asked + proof


def _names(facts: Mapping[str, Any], category: Category) -> Range:
    if category is Category.PUPIL:
        left = int(not facts["first_name"]) + int(not facts["class_name"])
    else:
        left = int(not (facts["first_name"] and facts["last_name"])) + int(category in WORKING)
    return left, left
