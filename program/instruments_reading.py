"""Reads an instrument from JSON, strictly: a curator's slip is told in one sentence, not met by a child."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from program import ballots
from program.forms import FORMS
from program.instruments import (
    FIXED,
    LONGEST_LABEL,
    MOST_OPTIONS,
    Audience,
    Condition,
    Instrument,
    Option,
    Question,
    QuestionKind,
    Reader,
    Wording,
)
from program.instruments_composing import composed
from program.roles import Side, StaffRole

SOURCES = ("other-side",)
Kind = TypeVar("Kind", bound=StrEnum)

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,59}")
_QUESTION = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,59}")
_OPTION = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
_PARTS = {
    "code", "version", "title", "audience", "minutes", "questions", "forms", "roles", "about", "twice", "anonymous",
}  # fmt: skip
_CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTI)
_COUNTED = (QuestionKind.NUMBER, QuestionKind.RANGE)


def read(body: Mapping[str, Any], *, english: bool = True) -> Instrument:
    """The instrument that `body` describes.

    Args:
        english: demand English wordings of what participants read; a school's own need none.

    Raises:
        ValueError: says which question and what is wrong with it.
    """
    code, version = body.get("code"), body.get("version")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise ValueError(f"instrument: code {code!r} must be capital latin letters, digits and _")
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"{code}: version {version!r} must be a number from 1")
    _known(code, body, _PARTS)
    audience = _member(code, "audience", Audience, body.get("audience"))
    minutes = body.get("minutes")
    if not isinstance(minutes, int) or not 1 <= minutes <= 60:
        raise ValueError(f"{code}: minutes {minutes!r} must be between 1 and 60")
    english = english and audience is not Audience.STAFF
    title = _wording(code, "title", body.get("title"), english)
    if not isinstance(body.get("questions"), list) or not body["questions"]:
        raise ValueError(f"{code}: questions must be a list with at least one question")
    questions: list[Question] = []
    for number, raw in enumerate(body["questions"], 1):
        question = _question(f"{code}, question {number}", raw, english)
        if any(question.id == earlier.id for earlier in questions):
            raise ValueError(f"{question.id}: the id is used twice")
        if question.shown_if:
            _check_condition(question, questions)
        questions.append(question)
    instrument = Instrument(
        code,
        version,
        title,
        audience,
        minutes,
        tuple(questions),
        forms=_among(code, "forms", body, FORMS),
        roles=_among(code, "roles", body, tuple(StaffRole)),
        about=str(body["about"]) if body.get("about") in ("person", "pair") else "",
        twice=_flag(code, body, "twice"),
        anonymous=_flag(code, body, "anonymous"),
        body=dict(body),
    )
    if instrument.anonymous and (audience in (Audience.STAFF, Audience.PARENT) or instrument.about):
        raise ValueError(f"{code}: an anonymous poll asks participants about nobody in particular")
    if instrument.anonymous and (odd := ballots.problem(instrument)):
        raise ValueError(
            f"{odd}: an anonymous poll cannot hold words, dates, people, branches or a call to the curator"
        )
    return instrument


@cache
def shipped() -> tuple[Instrument, ...]:
    """All versions that come with the product, by code and version."""
    folder = resources.files("program") / "instruments_data"
    files = [file for file in folder.iterdir() if file.name.endswith(".json")]
    whole = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    instruments = [read(body) for body in (*whole, *composed(blocks(), whole))]
    return tuple(sorted(instruments, key=lambda instrument: (instrument.code, instrument.version)))


def blocks() -> dict[str, Any]:
    """The files of `instruments_data/blocks` by name."""
    folder = resources.files("program") / "instruments_data" / "blocks"
    files = [file for file in folder.iterdir() if file.name.endswith(".json")]
    return {file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8")) for file in files}


def shipped_version(code: str, version: int) -> Instrument | None:
    return next((one for one in shipped() if (one.code, one.version) == (code, version)), None)


def _question(where: str, raw: Any, english: bool) -> Question:
    if not isinstance(raw, Mapping):
        raise ValueError(f"{where}: must be an object")
    name = raw.get("id")
    if not isinstance(name, str) or not _QUESTION.fullmatch(name):
        raise ValueError(f"{where}: id {name!r} must be latin letters, digits, _ and dots")
    _known(name, raw, {f.name for f in fields(Question)})
    kind = _member(name, "kind", QuestionKind, raw.get("kind"))
    question = Question(
        id=name,
        kind=kind,
        text=_wording(name, "text", raw.get("text"), english),
        short=_label(name, "short", raw["short"], english) if "short" in raw else None,
        options=FIXED[kind] if kind in FIXED else _options(name, raw.get("options", []), english),
        required=_flag(name, raw, "required"),
        limit=_number(name, raw, "limit"),
        low=_wording(name, "low", raw["low"], english) if "low" in raw else None,
        high=_wording(name, "high", raw["high"], english) if "high" in raw else None,
        low_number=_number(name, raw, "low_number"),
        high_number=_number(name, raw, "high_number"),
        shown_if=_condition(name, raw["shown_if"]) if "shown_if" in raw else None,
        private=_flag(name, raw, "private"),
        reader=_member(name, "reader", Reader, raw["reader"]) if "reader" in raw else None,
        reversed=_flag(name, raw, "reversed"),
        feeds=_names(name, "feeds", raw.get("feeds", [])),
        decimals=_number(name, raw, "decimals"),
        part=_wording(name, "part", raw["part"], english) if "part" in raw else None,
        source=_among(name, "source", {"source": [raw["source"]]}, SOURCES)[0] if "source" in raw else "",
        side=_member(name, "side", Side, raw["side"]) if "side" in raw else None,
        alert=_condition(name, {"question": "", **raw["alert"]}) if "alert" in raw else None,
        auto=raw.get("auto", ""),
    )
    _check_kind(question, raw)
    return question


def _check_kind(question: Question, raw: Mapping[str, Any]) -> None:
    """Each kind has what it needs, and nothing that it would silently ignore."""
    name, kind = question.id, question.kind
    if question.source and kind is not QuestionKind.MULTI:
        raise ValueError(f"{name}: people are chosen by a question of kind multi")
    if kind in _CHOSEN and len(question.options) < 2 and not question.source:
        raise ValueError(f"{name}: a choice needs at least two options")
    if kind not in _CHOSEN and "options" in raw:
        raise ValueError(f"{name}: a question of kind {kind} has no options")
    if kind is QuestionKind.SCALE10 and not (question.low and question.high):
        raise ValueError(f"{name}: a scale needs words at both ends (low, high)")
    if kind is not QuestionKind.SCALE10 and (question.low or question.high):
        raise ValueError(f"{name}: low and high belong to a scale")
    if kind not in (QuestionKind.SCALE10, QuestionKind.SMILES) and question.reversed:
        raise ValueError(f"{name}: reversed belongs to a scale")
    if kind in _COUNTED and not 0 <= question.low_number < question.high_number:
        raise ValueError(f"{name}: needs low_number below high_number")
    if kind not in _COUNTED and ("low_number" in raw or "high_number" in raw):
        raise ValueError(f"{name}: low_number and high_number belong to a number or a range")
    if kind not in (QuestionKind.TEXT, QuestionKind.MULTI) and question.limit:
        raise ValueError(f"{name}: limit belongs to words or to a multiple choice")
    if kind is QuestionKind.TEXT and question.reader is None:
        raise ValueError(f"{name}: free words need a reader, so that the writer knows who reads them")
    if kind is not QuestionKind.TEXT and question.private:
        raise ValueError(f"{name}: private belongs to free words")


def _check_condition(question: Question, earlier: list[Question]) -> None:
    condition = question.shown_if
    assert condition is not None
    found = next((one for one in earlier if one.id == condition.question), None)
    if found is None:
        raise ValueError(f"{question.id}: shown_if names {condition.question}, which is not asked earlier")
    if found.kind in (QuestionKind.TEXT, QuestionKind.RANGE, QuestionKind.DATE) or found.source:
        raise ValueError(f"{question.id}: shown_if cannot depend on words or a range")
    unknown = set(condition.any_of) - set(found.codes)
    if unknown:
        raise ValueError(f"{question.id}: shown_if names {sorted(unknown)}, not options of {found.id}")
    if bool(found.codes) != bool(condition.any_of):
        raise ValueError(f"{question.id}: shown_if needs any_of for options, at_least or at_most for numbers")


def _condition(name: str, raw: Any) -> Condition:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("question"), str):
        raise ValueError(f"{name}: shown_if must name a question")
    _known(name, raw, {"question", "any_of", "at_least", "at_most"})
    least, most = raw.get("at_least"), raw.get("at_most")
    if any(bound is not None and not isinstance(bound, int) for bound in (least, most)):
        raise ValueError(f"{name}: at_least and at_most are whole numbers")
    any_of = _names(name, "any_of", raw.get("any_of", []))
    if not any_of and least is None and most is None:
        raise ValueError(f"{name}: shown_if needs any_of, at_least or at_most")
    return Condition(raw["question"], any_of, least, most)


def _options(name: str, raw: Any, english: bool) -> tuple[Option, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_OPTIONS:
        raise ValueError(f"{name}: options must be a list of at most {MOST_OPTIONS}")
    found: list[Option] = []
    for one in raw:
        code = one.get("code") if isinstance(one, Mapping) else None
        if not isinstance(code, str) or not _OPTION.fullmatch(code):
            raise ValueError(f"{name}: option code {code!r} must be a short latin slug")
        _known(f"{name}, {code}", one, {"code", "label"})
        label = _label(f"{name}, {code}", "label", one.get("label"), english)
        if any(code == other.code or label.ru == other.label.ru for other in found):
            raise ValueError(f"{name}: option {code} is there twice")
        found.append(Option(code, label))
    return tuple(found)


def _label(name: str, part: str, raw: Any, english: bool) -> Wording:
    label = _wording(name, part, raw, english)
    for words in (label.ru, label.en, label.ty):
        if len(words) > LONGEST_LABEL:
            raise ValueError(f"{name}: {part} {words!r} is longer than {LONGEST_LABEL} characters")
    return label


def _wording(name: str, part: str, raw: Any, english: bool) -> Wording:
    if not isinstance(raw, Mapping) or not raw.get("ru"):
        raise ValueError(f'{name}: {part} needs its words as {{"ru": …, "en": …}}')
    _known(f"{name}, {part}", raw, {"ru", "en", "ty"})
    if not all(isinstance(words, str) and words == words.strip() for words in raw.values()):
        raise ValueError(f"{name}: {part} must be words without spaces around them")
    if english and not raw.get("en"):
        raise ValueError(f"{name}: {part} has no English words, and participants may read English")
    return Wording(raw["ru"], raw.get("en", ""), raw.get("ty", ""))


def _known(name: str, raw: Mapping[str, Any], known: set[str]) -> None:
    unknown = set(raw) - known
    if unknown:
        raise ValueError(f"{name}: unknown field {', '.join(sorted(unknown))}")


def _member(name: str, part: str, kinds: type[Kind], raw: Any) -> Kind:
    try:
        return kinds(raw)
    except ValueError:
        raise ValueError(f"{name}: {part} {raw!r} must be one of {', '.join(kinds)}") from None


def _number(name: str, raw: Mapping[str, Any], part: str) -> int:
    value = raw.get(part, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name}: {part} must be a whole number from 0")
    return value


def _flag(name: str, raw: Mapping[str, Any], part: str) -> bool:
    value = raw.get(part, False)
    if not isinstance(value, bool):
        raise ValueError(f"{name}: {part} must be true or false")
    return value


def _among(name: str, part: str, raw: Mapping[str, Any], known: Collection[str]) -> tuple[str, ...]:
    found = _names(name, part, raw.get(part, []))
    if not set(found) <= set(known):
        raise ValueError(f"{name}: {part} {sorted(set(found) - set(known))} are not known")
    return found


def _names(name: str, part: str, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise ValueError(f"{name}: {part} must be a list of words")
    return tuple(raw)
