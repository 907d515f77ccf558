"""Whether the search is fair, in figures: who stays without a pair, how long, and how evenly mentors are busy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from program.text import Arg, Text

LEAST = 5  # fewer people could be guessed: for staff only; domain.md 4.15
WIDE = 20  # percent more without a pair than all together, from which a group is named
ALIKE = (
    20  # percent of places between the freest and the busiest mentor, up to which they are busy almost alike
)
UNEVEN = 40  # Gini, percent


@dataclass(frozen=True)
class Share:
    """`waiting` of `all` are without a pair."""

    name: str
    waiting: int
    all: int

    @property
    def small(self) -> bool:
        """Whether people could be guessed from the figure."""
        return self.all < LEAST

    @property
    def percent(self) -> int:
        return round(100 * self.waiting / self.all) if self.all else 0


@dataclass(frozen=True)
class Load:
    """Percent of a mentor's places that are taken: of the freest, the middle and the busiest one."""

    least: int
    median: int
    most: int


@dataclass(frozen=True)
class Waiting:
    """A mentee of the base. `gender` is "" where nobody knows."""

    form: str
    class_name: str
    gender: str
    days: int
    has_pair: bool


@dataclass(frozen=True)
class Fairness:
    """Args:
    by_class, by_gender: of the asked form; `by_form`: of all forms.
    longest_wait: days, of somebody still without a pair; 0 if there is nobody.
    gini: of the mentors' load, percent: 0 all alike, near 100 all pairs with one of many.
    sentences: for staff; groups of fewer than five are not named in them.
    """

    total: Share
    by_class: tuple[Share, ...]
    by_gender: tuple[Share, ...]
    by_form: tuple[Share, ...]
    longest_wait: int
    load: Load | None
    gini: int
    sentences: tuple[Text, ...] = ()


def measure(form: str, mentees: Sequence[Waiting], loads: Sequence[tuple[int, int]]) -> Fairness:
    """Args:
    mentees: of all forms; those of `form` are looked at closely.
    loads: of each mentor of the form who may lead: (places taken, places).
    """
    here = [one for one in mentees if one.form == form]
    total = _share(form, here)
    percents = sorted(100 * taken // places for taken, places in loads if places > 0)
    load = Load(percents[0], round(median(percents)), percents[-1]) if percents else None
    longest = max((one.days for one in here if not one.has_pair), default=0)
    found = Fairness(
        total,
        _shares(here, lambda one: one.class_name),
        _shares(here, lambda one: one.gender),
        _shares(mentees, lambda one: one.form),
        longest,
        load,
        gini(percents),
    )
    return replace(found, sentences=tuple(_said(found)))


def gini(values: Iterable[int]) -> int:
    """How uneven, in percent: the mean difference of any two over twice the mean (Gini)."""
    ordered = sorted(values)
    count, whole = len(ordered), sum(ordered)
    if not whole:
        return 0
    weighted = sum((2 * place - count - 1) * value for place, value in enumerate(ordered, 1))
    return round(100 * weighted / (count * whole))


def _said(found: Fairness) -> list[Text]:
    total = found.total
    if not total.all:
        return []
    texts = [Text("matching-fair-left", {"left": total.waiting, "all": total.all})]
    if total.waiting:
        texts.append(Text("matching-fair-wait", {"days": found.longest_wait}))
    for share in found.by_class:
        if not share.small and share.percent - total.percent >= WIDE:
            texts.append(_group("matching-fair-class", "name", share))
    for share in found.by_gender:
        if not share.small and share.percent - total.percent >= WIDE:
            texts.append(_group("matching-fair-gender", "gender", share))
    if found.load is not None:
        args: dict[str, Arg] = {"how": _how(found.load, found.gini), "least": found.load.least}
        texts.append(Text("matching-fair-load", args | {"most": found.load.most}))
    return texts


def _how(load: Load, unevenness: int) -> str:
    """The sentence shows the freest and the busiest mentor, so its words have to fit these two."""
    apart = load.most - load.least
    if apart <= ALIKE:
        return "near" if apart else "even"
    return "differ" if unevenness < UNEVEN else "uneven"


def _group(text: str, key: str, share: Share) -> Text:
    return Text(text, {key: share.name, "left": share.waiting, "all": share.all})


def _shares(mentees: Iterable[Waiting], key: Callable[[Waiting], str]) -> tuple[Share, ...]:
    """By a word of each mentee, those without one left out; most without a pair first."""
    groups: dict[str, list[Waiting]] = {}
    for one in mentees:
        groups.setdefault(key(one), []).append(one)
    shares = [_share(name, some) for name, some in groups.items() if name]
    return tuple(sorted(shares, key=lambda share: (-share.percent, share.name)))


def _share(name: str, mentees: Sequence[Waiting]) -> Share:
    return Share(name, sum(not one.has_pair for one in mentees), len(mentees))
