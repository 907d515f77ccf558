"""Ideas for the next meeting: what is shipped, what a school has changed, which one suits a pair today. Pure.

Shipped ideas lie in `ideas_data/*.json`. Their words speak to both people of a pair at once, so there is no «ты» and
no «вы» to one of them. No idea needs money, contacts or a visit at home. Source: domain.md 1.6, 6.10, 7.1.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from program.errors import Refusal
from program.forms import FORMS, base_of
from program.instruments import Wording
from program.roles import Category
from program.states import MeetingKind

_DATA = resources.files("program").joinpath("ideas_data")
_ID = re.compile(r"[a-z][a-z0-9_]{2,39}")
OWN = "own"  # a school's own ideas are own1, own2…
FIRST_GRADE, LAST_GRADE = 1, 11
MINUTES = (5, 180)
LONGEST_TITLE = 40  # it stands on a button
LONGEST_WORDS = 1000  # of a school's own idea
MOST_OWN = 200
AGE_OF_GRADE = 6  # full years less this are the grade, where no class is known

# What an idea is good for: options of «В каком деле нужна поддержка?» and of «Чем вы увлекаетесь?», and of teachers
# the help that suits and the directions of INT_ME_T.
REQUESTS = frozenset(
    ["study", "exam", "project", "friends", "adapt", "career", "art_sport", "confidence", "digital", "talk"]
)  # fmt: skip
INTERESTS = frozenset(
    ["sport", "music", "art", "science", "tech", "games", "books", "nature", "cooking", "volunteering"]
)
TEACHING = frozenset(
    ["visits", "review", "planning", "advice", "attestation", "parents", "class", "papers", "digital"]
)
DIRECTIONS = frozenset(f"D{n}" for n in range(1, 10))
TOPICS = REQUESTS | INTERESTS | TEACHING | DIRECTIONS
KINDS = (MeetingKind.M1, MeetingKind.M2, MeetingKind.M3, MeetingKind.M4, MeetingKind.M5, MeetingKind.FLASH)
FORMATS = ("offline", "online", "group")
LED = (Category.PUPIL, Category.STUDENT, Category.TEACHER)  # whom an idea may be for


@dataclass(frozen=True)
class Idea:
    """One idea.

    Args:
        steps: three to five short ones; of a school's own idea its words as they were typed.
        mentee: what the mentee is to the school. grades: first and last class, for pupils.
        forms: only these; empty: every form with such a mentee.
        kinds: meetings of the sequence for which it was made; empty: any.
        formats: offline, online; group: also more than two can do it.
    """

    slug: str
    title: Wording
    steps: tuple[Wording, ...]
    minutes: int
    mentee: frozenset[Category] = frozenset({Category.PUPIL})
    grades: tuple[int, int] = (FIRST_GRADE, LAST_GRADE)
    forms: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    kinds: frozenset[MeetingKind] = frozenset()
    formats: frozenset[str] = frozenset(FORMATS)
    active: bool = True
    own: bool = False
    edited: bool = False


@dataclass(frozen=True)
class Change:
    """A school's row: over a shipped idea only its words and whether it is offered, else an idea of its own."""

    slug: str
    title: str = ""
    words: str = ""
    minutes: int = 0
    forms: tuple[str, ...] = ()
    grades: tuple[int, int] = (FIRST_GRADE, LAST_GRADE)
    active: bool = True


@dataclass(frozen=True)
class Wanted:
    """For whom an idea is looked for.

    Args:
        mentees: category and class of each mentee; None: the class is not known, or there is none.
        topics: what they asked for and like.
        seed: tells one pair from another; with the day it decides among equals.
    """

    form: str
    mentees: tuple[tuple[Category, int | None], ...]
    kind: MeetingKind
    seed: int
    day: date
    topics: frozenset[str] = frozenset()
    is_group: bool = False
    online_only: bool = False


@cache
def shipped() -> tuple[Idea, ...]:
    """What comes with the product, by file and place in it.

    Raises:
        ValueError: a file is wrong; says which idea and why.
    """
    files = sorted((one for one in _DATA.iterdir() if one.name.endswith(".json")), key=lambda one: one.name)
    found = [_read(raw) for file in files for raw in json.loads(file.read_text(encoding="utf-8"))["ideas"]]
    if len({idea.slug for idea in found}) < len(found):
        raise ValueError("an idea stands twice")
    return tuple(found)


def merged(changes: Iterable[Change]) -> tuple[Idea, ...]:
    """Ideas as a school has them: shipped ones under its words, its own first."""
    said = {change.slug: change for change in changes}
    known = shipped()
    there = {idea.slug for idea in known}
    own = [_own(change) for slug, change in said.items() if slug not in there]
    return (*own, *(_laid(idea, said.get(idea.slug)) for idea in known))


def suits(idea: Idea, wanted: Wanted) -> bool:
    """Whether everybody of the pair can do it as they meet."""
    if not idea.active or (idea.forms and not idea.forms & {wanted.form, base_of(wanted.form)}):
        return False
    if (wanted.is_group and "group" not in idea.formats) or (
        wanted.online_only and "online" not in idea.formats
    ):
        return False
    first, last = idea.grades
    return all(
        category in idea.mentee and (category != Category.PUPIL or grade is None or first <= grade <= last)
        for category, grade in wanted.mentees
    )


def ordered(ideas: Sequence[Idea], wanted: Wanted, given: Mapping[str, date]) -> list[Idea]:
    """All that suit, the best first; the same the whole day, another day others among equals.

    Args:
        given: ideas that the pair has seen before today, with the day. They come last, the longest ago first.
    """
    found = [idea for idea in ideas if suits(idea, wanted)]
    return sorted(
        found,
        key=lambda idea: (
            idea.slug in given,
            given.get(idea.slug, date.min),
            -_fit(idea, wanted) - _luck(idea, wanted),
            idea.slug,
        ),
    )


def grade_of(class_grade: int | None, age: int | None) -> int | None:
    """The class; by the age where it is not known."""
    if class_grade is not None or age is None:
        return class_grade
    return min(max(age - AGE_OF_GRADE, FIRST_GRADE), LAST_GRADE)


def mentees_of(forms: Iterable[str]) -> frozenset[Category]:
    """Whom these forms have as mentees; of no form in particular everybody."""
    named = [FORMS[form].mentees for form in forms if form in FORMS]
    return frozenset().union(*named) if named else frozenset(LED)


def next_own(slugs: Collection[str]) -> str:
    return next(slug for n in range(1, len(slugs) + 2) if (slug := f"{OWN}{n}") not in slugs)


def require_words(title: str, words: str, minutes: int, grades: tuple[int, int]) -> None:
    """Raises Refusal unless a school's idea can be shown: a name that fits a button, words, sound numbers."""
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Refusal("materials-title-odd", longest=LONGEST_TITLE)
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise Refusal("materials-words-odd", longest=LONGEST_WORDS)
    least, most = MINUTES
    if not least <= minutes <= most:
        raise Refusal("materials-minutes-odd", least=least, most=most)
    if not FIRST_GRADE <= grades[0] <= grades[1] <= LAST_GRADE:
        raise Refusal("materials-grades-odd")


def _fit(idea: Idea, wanted: Wanted) -> int:
    """What it was made for counts two, each of at most two common topics one, the school's own idea one."""
    return 2 * (wanted.kind in idea.kinds) + min(2, len(idea.topics & wanted.topics)) + idea.own


def _luck(idea: Idea, wanted: Wanted) -> float:
    """From 0 to below 1; another for every pair and day, the same whenever it is asked for."""
    said = f"{wanted.seed}:{wanted.day.isoformat()}:{idea.slug}".encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:6]) / 2**48


def _laid(idea: Idea, change: Change | None) -> Idea:
    if change is None:
        return idea
    return replace(
        idea,
        title=Wording(change.title) if change.title else idea.title,
        steps=(Wording(change.words),) if change.words else idea.steps,
        active=change.active,
        edited=bool(change.title or change.words),
    )


def _own(change: Change) -> Idea:
    return Idea(
        change.slug,
        Wording(change.title),
        (Wording(change.words),),
        change.minutes,
        mentees_of(change.forms),
        change.grades,
        frozenset(change.forms),
        active=change.active,
        own=True,
    )


_KEYS = {"id", "title", "steps", "minutes", "mentee", "grades", "forms", "topics", "kinds", "formats"}


def _read(raw: Mapping[str, Any]) -> Idea:
    slug = raw.get("id", "")
    ru, en = raw["steps"]["ru"], raw["steps"]["en"]
    idea = Idea(
        slug,
        Wording(**raw["title"]),
        tuple(Wording(*words) for words in zip(ru, en, strict=True)),
        raw["minutes"],
        frozenset(Category(one) for one in raw.get("mentee", ["pupil"])),
        tuple(raw.get("grades", (FIRST_GRADE, LAST_GRADE))),
        frozenset(raw.get("forms", ())),
        frozenset(raw.get("topics", ())),
        frozenset(MeetingKind(one) for one in raw.get("kinds", ())),
        frozenset(raw.get("formats", FORMATS)),
    )
    wrong = {
        "id": not _ID.fullmatch(slug) or slug.startswith(OWN) or not set(raw) <= _KEYS,
        "title": max(len(idea.title.ru), len(idea.title.en)) > LONGEST_TITLE or not idea.title.en,
        "steps": not 3 <= len(idea.steps) <= 5,
        "minutes": not MINUTES[0] <= idea.minutes <= MINUTES[1],
        "mentee": not idea.mentee <= set(LED),
        "grades": not FIRST_GRADE <= idea.grades[0] <= idea.grades[1] <= LAST_GRADE,
        "forms": not idea.forms <= set(FORMS),
        "topics": not idea.topics <= TOPICS,
        "kinds": not idea.kinds <= set(KINDS),
        "formats": not idea.formats <= set(FORMATS) or not idea.formats & {"offline", "online"},
    }
    if odd := [name for name, is_wrong in wrong.items() if is_wrong]:
        raise ValueError(f"idea {slug}: {', '.join(odd)}")
    return idea
