"""Numbers of a school that travel to the municipality as a signed file: their shape, what is hidden, what is refused.

Source: domain.md 5.6 (RP19, RP20), 3.4 (contradictions). No person is in it and no group of one to four.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from program.errors import Refusal
from program.hiding import LEAST, nested

FORMAT, VERSION = "nastavnik-numbers", 1
SIGNED = b"nastavnik-numbers-1\n"  # before what is signed: no signature of ours fits anything else
LARGEST = 100_000  # bytes of a file
MOST = 1_000_000  # of anything that is counted
MOST_FORMS = 100
FIGURES = (
    "pupils", "pupils_base", "pupils_mentees", "pupils_mentors", "teachers", "teachers_base", "teachers_mentees",
    "teachers_mentors", "mentees", "mentors", "pairs", "groups", "meetings",
)  # fmt: skip
OF_FORM = ("pairs", "groups", "mentors", "mentees")
# Indicator -> numerator and denominator. Source: domain.md 5.2.
RATES = {
    "F1": ("f1", "pupils_10_19"), "F2": ("f2", "pupils_15_19"), "F3": ("f3", "young_teachers"),
    "F4": ("f4", "organisations"), "F5": ("f5", "f5_of"), "F6": ("f6", "f6_of"),
}  # fmt: skip
OF_RATES = tuple(name for pair in RATES.values() for name in pair)
# Those of F1-F3, told beside figures that they are a part of: what is left must not be of one to four people.
_BESIDE = {
    "f1": ("mentees", "pupils_mentees"),
    "f2": ("mentors", "pupils_mentors"),
    "f3": ("teachers_mentees",),
}
SIDES = ("mentee", "mentor")
OF_SURVEY = ("asked", "answered", "sat", "change")
_WORDS = ("school", "city", "municipality")
_YEAR = re.compile(r"20\d\d-20\d\d")

Figures = Mapping[str, int | None]
Survey = Mapping[str, float | None]


@dataclass(frozen=True)
class Numbers:
    """What one file says. None among the figures: so few that people could be recognised.

    Args:
        number: grows with every file of this school; an older one is not taken.
        forms: slug -> its figures; `names`: what the school calls them.
    rates: numerators and denominators of F1-F6. survey: side -> `OF_SURVEY`; `answered` is 0 or five and more.
        flags: contradictions that the school's own copy has found, as codes (`town-flag-<code>`).
    """

    school: str
    city: str
    municipality: str
    year: str
    number: int
    made_on: date
    figures: dict[str, int | None]
    forms: dict[str, dict[str, int | None]]
    names: dict[str, str]
    rates: dict[str, int | None]
    survey: dict[str, dict[str, float | None]]
    flags: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "school": self.school, "city": self.city, "municipality": self.municipality, "year": self.year,
            "number": self.number, "made_on": self.made_on.isoformat(), "figures": dict(self.figures),
            "forms": self.forms, "names": self.names, "rates": self.rates, "survey": self.survey,
            "flags": list(self.flags),
        }  # fmt: skip


FLAGS = ("base", "roles", "rates", "none")


def canonical(numbers: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: the same numbers give the same ones, however a file was written."""
    return SIGNED + json.dumps(numbers, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def fingerprint(public_key: str) -> str:
    """«3F2A 90B1 …»: what two people compare by telephone; 80 bits."""
    digest = hashlib.sha256(SIGNED + base64.b64decode(public_key)).hexdigest()[:20].upper()
    return " ".join(digest[at : at + 4] for at in range(0, 20, 4))


def hidden(counted: Mapping[str, Any]) -> tuple[dict[str, int | None], dict[str, dict[str, int | None]]]:
    """The figures and those of each form without groups of one to four, and without what would give them away.

    Args:
        counted: as `actions.school_figures.of` counts.
    """
    found: dict[str, int | None] = {name: counted.get(name, 0) for name in FIGURES}
    for of in ("pupils", "teachers"):
        whole = counted.get(f"{of}_base", 0)
        for part in (f"{of}_mentees", f"{of}_mentors"):
            found[f"{of}_base"], found[part] = nested([whole, counted.get(part, 0)])
        if _few(whole):
            found[f"{of}_base"] = found[f"{of}_mentees"] = found[f"{of}_mentors"] = None
    for name in ("mentees", "mentors"):
        # All minus those of two categories would tell the third one.
        shown = [found[f"{of}_{name}"] for of in ("pupils", "teachers")]
        rest = counted.get(name, 0) - sum(counted.get(f"{of}_{name}", 0) for of in ("pupils", "teachers"))
        found[name] = None if None in shown or _few(rest) else told(counted.get(name, 0))
    for name in ("pairs", "groups"):
        found[name] = told(counted.get(name, 0))
    if found["pairs"] is None or found["groups"] is None:
        found["meetings"] = None  # of four pairs the meetings would tell who meets how often
    forms: dict[str, dict[str, int | None]] = {slug: {} for slug in counted.get("forms", {})}
    for name in OF_FORM:
        parts = {slug: of_form.get(name, 0) for slug, of_form in counted.get("forms", {}).items()}
        for slug, value in _apart(parts).items():
            forms[slug][name] = value
    return found, forms


def rates(counted: Mapping[str, Any], shown: Figures) -> dict[str, int | None]:
    """Numerators and denominators of F1-F6 without groups of one to four.

    Organisations are no people, and whoever answered was summed up by five and more (`program.comparison`).

    Args:
        shown: the figures as `hidden` gives them: what is told beside.
    """
    found: dict[str, int | None] = {name: counted.get(name, 0) for name in OF_RATES}
    for name, wholes in _BESIDE.items():
        part = counted.get(name, 0)
        rest = [abs(whole - part) for one in wholes if (whole := shown.get(one)) is not None]
        found[name] = None if _few(part) or any(_few(one) for one in rest) else part
    return found


def told(count: int) -> int | None:
    """The number, if it may be told: nobody, or five and more."""
    return None if _few(count) else count


def _few(count: int) -> bool:
    return 0 < count < LEAST


def _apart(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Parts of a sum that is told as well: what is hidden together is nobody or five and more."""
    out = {slug for slug, count in parts.items() if _few(count)}
    rest = sorted((count, slug) for slug, count in parts.items() if slug not in out and count)
    while out and sum(parts[slug] for slug in out) < LEAST and rest:
        out.add(rest.pop(0)[1])
    return {slug: None if slug in out else count for slug, count in parts.items()}


def flags_of(counted: Mapping[str, Any]) -> tuple[str, ...]:
    """What contradicts itself. Source: domain.md 3.4, rule 5."""
    found = []
    for of in ("pupils", "teachers"):
        total, base = counted.get(of, 0), counted.get(f"{of}_base", 0)
        roles = max(counted.get(f"{of}_mentees", 0), counted.get(f"{of}_mentors", 0))
        if total and max(base, roles) > total:
            found.append("base")
        if roles > base:
            found.append("roles")
        if not total:
            found.append("none")
    if any(0 < counted.get(whole, 0) < counted.get(part, 0) for part, whole in RATES.values()):
        found.append("rates")
    return tuple(flag for flag in FLAGS if flag in found)


def opened(data: bytes) -> tuple[str, bytes, dict[str, Any]]:
    """Public key, signature and what was signed, of a file that looks like one. The signature is not looked at yet.

    Raises:
        Refusal: too big, no such file, or made by a later version.
    """
    if len(data) > LARGEST:
        raise Refusal("town-file-big")
    try:
        whole = json.loads(data)
        key, signature = whole["key"], base64.b64decode(whole["signature"], validate=True)
        fits = (
            whole["format"] == FORMAT and len(base64.b64decode(key, validate=True)) == 32 and len(key) == 44
        )
        version, numbers = whole["version"], whole["numbers"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refusal("town-file-other") from None
    if not fits or not isinstance(numbers, dict) or type(version) is not int or version < VERSION:
        raise Refusal("town-file-other")
    if version > VERSION:
        raise Refusal("town-file-later")
    return key, signature, numbers


def read(numbers: Mapping[str, Any], today: date) -> Numbers:
    """What a file says, every value looked at: a signature says who wrote it, not that it makes sense.

    Raises:
        Refusal: something is missing or impossible, a small group is told, or the day has not come.
    """
    try:
        made_on = date.fromisoformat(numbers["made_on"])
        words = {name: _words(numbers[name]) for name in _WORDS}
        year, number, flags = numbers["year"], numbers["number"], numbers["flags"]
        figures = {name: _count(numbers["figures"][name], name) for name in FIGURES}
        forms = {
            _slug(slug): {name: _count(of_form[name], name) for name in OF_FORM}
            for slug, of_form in numbers["forms"].items()
        }
        names = {_slug(slug): _words(name) for slug, name in numbers["names"].items()}
        of_rates = {name: _count(numbers["rates"][name], name) for name in OF_RATES}
        survey = {side: _survey(numbers["survey"][side]) for side in SIDES}
        fits = (
            isinstance(number, int) and not isinstance(number, bool) and 0 < number < MOST
            and bool(_YEAR.fullmatch(year)) and int(year[5:]) == int(year[:4]) + 1
            and len(forms) <= MOST_FORMS and set(flags) <= set(FLAGS) and bool(words["school"])
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refusal("town-file-odd") from None
    if not fits:
        raise Refusal("town-file-odd")
    if made_on > today + timedelta(days=1):  # the other side of the country has another day
        raise Refusal("town-file-tomorrow")
    return Numbers(
        year=year, number=number, made_on=made_on, figures=figures, forms=forms, names=names, rates=of_rates,
        survey=survey, flags=tuple(flags), **words,
    )  # fmt: skip


# Not of people who take part; the satisfied are a share of five answers and more.
_TOTALS = (
    "pupils", "teachers", "meetings", "pupils_10_19", "pupils_15_19", "young_teachers", "organisations", "f4", "f5", "f6",
    "asked",
)  # fmt: skip
_BOUNDS = {"sat": (1.0, 10.0), "change": (-9.0, 9.0)}  # marks of ten


def _count(value: Any, name: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise ValueError
    if _few(value) and name not in _TOTALS:
        raise Refusal("town-file-few", least=LEAST)
    return value


def _survey(of_side: Mapping[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name in OF_SURVEY:
        value = of_side[name]
        if name in _BOUNDS and value is not None:
            low, high = _BOUNDS[name]
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise ValueError
            found[name] = round(float(value), 2)
        else:
            found[name] = None if name in _BOUNDS else _count(value, name)
    return found


def _words(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 300:
        raise ValueError
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _slug(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z_]{1,40}(\.own\d{1,4})?", value):
        raise ValueError
    return value
