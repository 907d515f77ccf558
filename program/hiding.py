"""Which groups may be shown so that nobody can subtract his way to fewer than five people.

People stand in two orders at once: by form of mentoring with its role models, and by class. Whoever sees sums of some
groups of both orders can add and subtract them. Take a group of each order as a point and each person as a line
between the two groups the person is in. A combination of shown sums says something of fewer than five people exactly
where fewer than five lines hold two parts of this picture together: what is left of all other people is then zero. So
groups are shown only as long as every part of the picture is held together by five lines or more.

Source: domain.md 4.15 (7); the attacker of `tests/program/test_hiding.py` tries all combinations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

LEAST = 5  # people

Group: TypeAlias = tuple[str, str, str]  # ("all", "", ""), ("form", f, ""), ("model", f, m), ("class", c, "")
ALL: Group = ("all", "", "")
_REST = ""  # what is shown of nobody in particular
_Point: TypeAlias = tuple[str, str]
_Lines: TypeAlias = Counter[tuple[_Point, _Point]]


@dataclass(frozen=True)
class Place:
    """Where one person stands. "" where there is no role model or class."""

    form: str
    model: str = ""
    class_name: str = ""


def groups_of(place: Place) -> tuple[Group, ...]:
    """Every group that the person is in."""
    named = [ALL, ("form", place.form, "")]
    if place.model:
        named.append(("model", place.form, place.model))
    if place.class_name:
        named.append(("class", place.class_name, ""))
    return tuple(named)


def shown(places: Sequence[Place]) -> frozenset[Group]:
    """The groups of these people whose sums may be shown together; empty under five people."""
    if len(places) < LEAST:
        return frozenset()
    forms, models = _forms(places)
    classes = _enough(Counter(one.class_name for one in places if one.class_name), len(places))
    while loose := _loose(places, forms, models, classes):
        classes = classes - {loose}
        sizes = Counter(one.class_name for one in places if one.class_name in classes)
        classes = _enough(sizes, len(places))
    found = {ALL} | {("form", form, "") for form in forms} | {("class", name, "") for name in classes}
    return frozenset(found | {("model", form, model) for form, model in models})


def nested(counts: Sequence[int]) -> list[int | None]:
    """Counts of which each is a part of the one before; None where it, or what is left of the last one shown, is of
    one to four people."""
    found: list[int | None] = []
    last: int | None = None
    for count in counts:
        fits = not 0 < count < LEAST and (last is None or not 0 < last - count < LEAST)
        found.append(count if fits else None)
        last = count if fits else last
    return found


def _forms(places: Sequence[Place]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    sizes = Counter(one.form for one in places)
    forms = _enough(sizes, len(places))
    models: set[tuple[str, str]] = set()
    for form in forms:
        inside = Counter(one.model for one in places if one.form == form and one.model)
        models |= {(form, model) for model in _enough(inside, sizes[form])}
    return forms, frozenset(models)


def _enough(sizes: Mapping[str, int], whole: int) -> frozenset[str]:
    """Groups of five and more whose complement is nobody or five and more, too; the largest first."""
    kept = sorted((name for name, size in sizes.items() if size >= LEAST), key=lambda one: (-sizes[one], one))
    while kept and 0 < whole - sum(sizes[name] for name in kept) < LEAST:
        kept.pop()
    return frozenset(kept)


def _loose(
    places: Iterable[Place],
    forms: frozenset[str],
    models: frozenset[tuple[str, str]],
    classes: frozenset[str],
) -> str:
    """A class whose row would give somebody away; "" where nobody can be found."""
    if not classes:
        return ""  # one order alone: its groups and their complements are of five and more
    lines: _Lines = Counter()
    for one in places:
        form = one.form if one.form in forms else _REST
        model = one.model if (one.form, one.model) in models else _REST
        lines[(f"form {form}", model), ("class", one.class_name if one.class_name in classes else _REST)] += 1
    for part in _parts(lines):
        weight, side = _weakest(part)
        if weight < LEAST:
            sizes: Counter[str] = Counter()
            for (_, point), count in part.items():
                if point[1]:
                    sizes[point[1]] += count
            near = [point[1] for point in side if point[0] == "class" and point[1]]
            return min(near or sizes, key=lambda name: (sizes[name], name))
    return ""


def _parts(lines: _Lines) -> Iterable[_Lines]:
    """The lines by connected part."""
    near: dict[_Point, set[_Point]] = defaultdict(set)
    for one, two in lines:
        near[one].add(two)
        near[two].add(one)
    left = set(near)
    while left:
        part, open_ = set(), [min(left)]
        while open_:
            point = open_.pop()
            if point not in part:
                part.add(point)
                open_ += near[point]
        left -= part
        yield Counter({line: count for line, count in lines.items() if line[0] in part})


def _weakest(lines: _Lines) -> tuple[int, frozenset[_Point]]:
    """The fewest lines that hold two halves of a connected part together, and the points of one half.

    Stoer and Wagner, A simple min-cut algorithm, 1997.
    """
    near: dict[_Point, Counter[_Point]] = defaultdict(Counter)
    for (one, two), count in lines.items():
        near[one][two] += count
        near[two][one] += count
    inside = {point: frozenset({point}) for point in near}
    best: tuple[int, frozenset[_Point]] = (sum(lines.values()) + 1, frozenset())
    while len(near) > 1:
        order, pull = [], Counter(dict.fromkeys(near, 0))
        while pull:
            point = max(pull, key=lambda one: (pull[one], one))
            weight = pull.pop(point)
            order.append(point)
            for other, count in near[point].items():
                if other in pull:
                    pull[other] += count
        last, before = order[-1], order[-2]
        if weight < best[0]:
            best = (weight, inside[last])
        inside[before] |= inside.pop(last)
        for other, count in near.pop(last).items():
            del near[other][last]
            if other != before:
                near[before][other] += count
                near[other][before] += count
    return best
