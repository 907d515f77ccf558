"""What decides about a pair, as data: for each form (and role model) a level of every criterion.

A curator chooses between four plain levels. «Обязательно» forbids a pair that is known not to fulfil the
criterion and weighs like «важно»; what nobody has said forbids nothing, except a wish about gender.
Source: domain.md 1.1, 4.3, 4.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from program.errors import Refusal
from program.forms import base_of
from program.text import Text


class Level(StrEnum):
    REQUIRED = "required"
    IMPORTANT = "important"
    DESIRABLE = "desirable"
    IGNORED = "ignored"

    @property
    def text(self) -> Text:
        return Text(f"matching-level-{self.value}")


ALL = tuple(Level)
SOFT = (Level.IMPORTANT, Level.DESIRABLE, Level.IGNORED)
KEPT = (Level.REQUIRED, Level.IMPORTANT, Level.DESIRABLE)  # a silent «rather not» is never ignored


@dataclass(frozen=True)
class Criterion:
    """Args:
    important, desirable: shares of the score, compared with those of the others. What is required weighs
        like what is important.
    usual: the level where the curator has chosen none; `in_forms` has the exceptions.
    """

    name: str
    important: int
    desirable: int
    usual: Level
    levels: tuple[Level, ...] = ALL
    in_forms: Mapping[str, Level] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        return Text(f"match-part-{self.name}")

    def usual_in(self, form: str) -> Level:
        return self.in_forms.get(base_of(form), self.usual)

    def weight(self, level: Level) -> int:
        if level is Level.IGNORED:
            return 0
        return self.desirable if level is Level.DESIRABLE else self.important


WANTED, NICE, OFF = Level.IMPORTANT, Level.DESIRABLE, Level.IGNORED
# The order is that of the score's parts.
CRITERIA = (
    Criterion("request", 35, 15, WANTED),
    Criterion("subject", 20, 10, NICE),
    Criterion("schedule", 15, 5, WANTED),
    Criterion("interest", 20, 10, NICE),
    Criterion("wish", 20, 10, NICE, SOFT),
    Criterion("prefer", 40, 20, WANTED, SOFT),
    Criterion("kind", 10, 5, NICE),
    Criterion("format", 10, 5, NICE),
    Criterion("age", 10, 5, NICE),
    Criterion("load", 10, 5, NICE, SOFT),
    # A pupil leads one of the same class or a younger one (W9, W12); the reverse model switches it off.
    Criterion("elder", 10, 5, OFF, in_forms={"uch_uch": Level.REQUIRED}),
    Criterion("gap", 10, 5, OFF),
    Criterion("gender", 20, 10, Level.REQUIRED),
    Criterion("class", 10, 5, OFF),
    Criterion("language", 20, 10, OFF),
    Criterion("worked", 10, 5, OFF, SOFT),
    # Takes points away; see `Judge`.
    Criterion("avoid", 60, 30, Level.REQUIRED, KEPT),
    # Decides who goes without when places are short; no part of a pair's score.
    Criterion("wait", 2, 1, WANTED, SOFT),
)
BY_NAME = {one.name: one for one in CRITERIA}
NOT_SCORED = ("avoid", "wait")
SCORED = tuple(one.name for one in CRITERIA if one.name not in NOT_SCORED)
MOST_YEARS = 60


@dataclass(frozen=True)
class Rules:
    """Of one form, or of one role model of it.

    Args:
        gap: how many years older the mentor may be, least and most, both included; None: no limits.
        own: weights that the school has set in figures; they stand for the level usual in the form.
    """

    form: str
    levels: Mapping[str, Level] = field(default_factory=dict)
    gap: tuple[int, int] | None = None
    own: Mapping[str, int] = field(default_factory=dict)

    def level(self, name: str) -> Level:
        return self.levels.get(name) or BY_NAME[name].usual_in(self.form)

    def requires(self, name: str) -> bool:
        return name in self.required

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(one.name for one in CRITERIA if self.level(one.name) is Level.REQUIRED)

    @cached_property
    def weigh(self) -> dict[str, int]:
        """Criterion that the score is made of -> its share; a demand that is usually met weighs nothing."""
        found = {}
        for name in SCORED:
            one, level = BY_NAME[name], self.level(name)
            if level is one.usual_in(self.form):
                found[name] = 0 if level is Level.REQUIRED else self.own.get(name, one.weight(level))
            else:
                found[name] = one.weight(level)
        return found if sum(found.values()) else USUAL_WEIGHTS

    def with_level(self, name: str, level: Level) -> Rules:
        return Rules(self.form, {**self.levels, name: level}, self.gap, self.own)

    def all_levels(self) -> dict[str, Level]:
        return {one.name: self.level(one.name) for one in CRITERIA}

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"levels": {name: str(level) for name, level in sorted(self.levels.items())}}
        if self.gap:
            found["gap"] = list(self.gap)
        return found


USUAL_WEIGHTS = {
    name: 0 if BY_NAME[name].usual is Level.REQUIRED else BY_NAME[name].weight(BY_NAME[name].usual)
    for name in SCORED
}


@dataclass(frozen=True)
class RuleBook:
    """Of a form: the rules of all its mentees, and those of role models that differ."""

    usual: Rules
    models: Mapping[str, Rules] = field(default_factory=dict)

    def of(self, role_model: str = "") -> Rules:
        return self.models.get(role_model, self.usual)

    @property
    def form(self) -> str:
        return self.usual.form

    def to_json(self) -> dict[str, Any]:
        found = self.usual.to_json()
        if self.models:
            found["models"] = {name: rules.to_json() for name, rules in sorted(self.models.items())}
        if self.usual.own:
            found["own"] = dict(self.usual.own)
        return found


def book(form: str, stored: Mapping[str, Any], own: Mapping[str, int] | None = None) -> RuleBook:
    """What a school has stored of a form. Unknown names and levels are left out, as in all settings.

    Args:
        own: weights in figures, of all forms; nonsense among them is left out.
    """
    given = own if own is not None else stored.get("own", {})
    figures = {name: max(0, int(given[name])) for name in SCORED if name in given}
    usual = Rules(form, _levels(stored), _gap(stored.get("gap")), figures)
    models = {}
    for name, body in stored.get("models", {}).items():
        gap = _gap(body["gap"]) if "gap" in body else usual.gap
        models[name] = Rules(form, {**usual.levels, **_levels(body)}, gap, figures)
    return RuleBook(usual, models)


def _levels(stored: Mapping[str, Any]) -> dict[str, Level]:
    return {
        name: Level(level)
        for name, level in stored.get("levels", {}).items()
        if name in BY_NAME and level in BY_NAME[name].levels
    }


def _gap(value: Any) -> tuple[int, int] | None:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return None
    least, most = value
    return (int(least), int(most)) if -MOST_YEARS <= least <= most <= MOST_YEARS else None


def chosen(form: str, levels: Mapping[str, str], gap: tuple[int, int] | None = None) -> Rules:
    """What a curator has chosen, checked.

    Raises:
        Refusal: no such criterion or level, a level that this criterion has not, or limits upside down.
    """
    for name, level in levels.items():
        if name not in BY_NAME or level not in BY_NAME[name].levels:
            raise Refusal("matching-level-unknown")
    found = {name: Level(level) for name, level in levels.items()}
    if gap is not None and _gap(gap) is None:
        raise Refusal("matching-gap-wrong")
    rules = Rules(form, found, gap)
    if rules.level("gap") is not Level.IGNORED and gap is None:
        raise Refusal("matching-gap-missing")
    return rules
