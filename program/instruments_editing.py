"""Editing a questionnaire as data: bodies in, bodies out; what is wrong is told in sentences, by question.

The curator's half-written draft may be wrong in many ways at once, so it is looked at before it is read strictly
(`program.instruments_reading.read`), and every complaint names its question.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from program.ballots import NOT_ASKED
from program.instruments import FIXED, LONGEST_LABEL, MOST_OPTIONS, Audience, QuestionKind, Reader
from program.instruments_reading import read
from program.text import Text, raw

Body: TypeAlias = dict[str, Any]

LONGEST_QUESTION = 300  # characters; with its options it must stay within 900, which a child can read
MOST_QUESTIONS = 60
CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTI)
COUNTED = (QuestionKind.NUMBER, QuestionKind.RANGE)
MARKED = (QuestionKind.SCALE10, QuestionKind.NUMBER)  # a later question may depend on bounds
# What a curator may say an answer is for (codes of domain.md 4.14, 5.2, 5.4); other codes of a question stay.
FEEDS = (
    "ESCALATION", "REQ", "BASE5", "BASE6", "BASE7", "SAT", "PQ", "SAFE", "ENG", "GOAL", "SB", "AX", "FU",
    "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "SWOT-S", "SWOT-W",
)  # fmt: skip
# Kinds a curator may choose; the faces belong to the shipped short form.
KINDS = (
    QuestionKind.SCALE10, QuestionKind.SINGLE, QuestionKind.MULTI, QuestionKind.YES_NO, QuestionKind.NUMBER,
    QuestionKind.TEXT, QuestionKind.DATE,
)  # fmt: skip
AUDIENCES = (Audience.ANYONE, Audience.BOTH, Audience.MENTEE, Audience.MENTOR, Audience.PARTNER)


@dataclass(frozen=True)
class Problem:
    """`number` of the question from 1; 0: the questionnaire as a whole."""

    number: int
    text: Text


def blank(code: str, title: str) -> Body:
    question = _question(f"{code}.1", "")
    return {
        "code": code, "version": 1, "title": {"ru": title}, "audience": Audience.BOTH.value, "minutes": 2,
        "questions": [question],
    }  # fmt: skip


def copied(body: Mapping[str, Any], code: str, title: str) -> Body:
    """The same questions under another code; their ids are new, so that answers are not mixed up."""
    made = copy.deepcopy(dict(body)) | {"code": code, "version": 1, "title": {"ru": title}}
    ids = {question["id"]: f"{code}.{n}" for n, question in enumerate(made["questions"], 1)}
    for question in made["questions"]:
        question["id"] = ids[question["id"]]
        if "shown_if" in question:
            question["shown_if"]["question"] = ids[question["shown_if"]["question"]]
    return made


def moved(body: Mapping[str, Any], number: int, by: int) -> Body:
    """Question `number` (from 1) one place up (-1) or down (1); at the edge nothing changes."""
    made = copy.deepcopy(dict(body))
    questions, at, to = made["questions"], number - 1, number - 1 + by
    if 0 <= at < len(questions) and 0 <= to < len(questions):
        questions[at], questions[to] = questions[to], questions[at]
    return made


def removed(body: Mapping[str, Any], number: int) -> Body:
    made = copy.deepcopy(dict(body))
    del made["questions"][number - 1]
    return made


def added(body: Mapping[str, Any]) -> Body:
    """With an empty question at the end; its id was never used in this draft."""
    made = copy.deepcopy(dict(body))
    used = {question["id"] for question in made["questions"]}
    numbers = (f"{made['code']}.n{n}" for n in range(1, 1000))
    made["questions"].append(_question(next(name for name in numbers if name not in used), ""))
    return made


def replaced(body: Mapping[str, Any], number: int, changes: Mapping[str, Any]) -> Body:
    """Question `number` with these fields; of the rest only what its kind can have stays.

    Args:
        changes: a field that is empty or None goes.
    """
    made = copy.deepcopy(dict(body))
    old = made["questions"][number - 1]
    kind = QuestionKind(changes["kind"])
    stays = ["id", "feeds", "part", "short", "side", "auto"]
    if kind is QuestionKind(old.get("kind", "")):
        stays += ["reversed", "source", "decimals", "alert"]
    kept = {name: old[name] for name in stays if name in old and name not in changes}
    made["questions"][number - 1] = kept | {
        name: value for name, value in changes.items() if value not in ("", None, [], {})
    }
    return made


def problems(body: Mapping[str, Any]) -> list[Problem]:
    """Everything that keeps this draft from being published; empty if it can be."""
    found: list[Problem] = []
    if not body["title"].get("ru"):
        found.append(Problem(0, Text("quiz-wrong-title")))
    if not body["questions"]:
        found.append(Problem(0, Text("quiz-wrong-empty")))
    if len(body["questions"]) > MOST_QUESTIONS:
        found.append(Problem(0, Text("quiz-wrong-many", {"limit": MOST_QUESTIONS})))
    if body.get("anonymous"):
        found += [
            Problem(number, Text("quiz-wrong-anonymous"))
            for number, question in enumerate(body["questions"], 1)
            if QuestionKind(question["kind"]) in NOT_ASKED
            or question.get("shown_if")
            or "ESCALATION" in question.get("feeds", ())
        ]
    earlier: list[Mapping[str, Any]] = []
    for number, question in enumerate(body["questions"], 1):
        found += [Problem(number, text) for text in _wrong(question, earlier)]
        earlier.append(question)
    if not found:
        try:
            read(body, english=False)
        except ValueError as slip:
            found.append(Problem(0, Text("quiz-wrong-other", {"what": raw(str(slip))})))
    return found


def _wrong(question: Mapping[str, Any], earlier: list[Mapping[str, Any]]) -> list[Text]:
    found = []
    for words in question["text"].values():
        if len(words) > LONGEST_QUESTION:
            found.append(Text("quiz-wrong-long", {"limit": LONGEST_QUESTION, "length": len(words)}))
    if not question["text"].get("ru"):
        found.append(Text("quiz-wrong-text"))
    kind = QuestionKind(question["kind"])
    if kind in CHOSEN and not question.get("source"):
        found += _wrong_options(question.get("options", []))
    if kind is QuestionKind.SCALE10 and not (_ru(question, "low") and _ru(question, "high")):
        found.append(Text("quiz-wrong-ends"))
    if kind in COUNTED and not question.get("low_number", 0) < question.get("high_number", 0):
        found.append(Text("quiz-wrong-bounds"))
    if kind is QuestionKind.TEXT and question.get("reader") not in tuple(Reader):
        found.append(Text("quiz-wrong-reader"))
    for words in (question.get("short") or {}).values():
        if len(words) > LONGEST_LABEL:
            found.append(Text("quiz-wrong-short", {"limit": LONGEST_LABEL, "length": len(words)}))
    if question.get("shown_if"):
        found += wrong_branch(question["shown_if"], earlier)
    return found


def wrong_branch(condition: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]) -> list[Text]:
    """Why a question under this condition could never be asked as its author means; empty: it is sound.

    Args:
        earlier: the questions before it, in their order.
    """
    number, found = next(
        ((n, one) for n, one in enumerate(earlier, 1) if one["id"] == condition.get("question")), (0, None)
    )
    if found is None:
        return [Text("quiz-wrong-shown")]
    kind = QuestionKind(found["kind"])
    least, most = condition.get("at_least"), condition.get("at_most")
    if kind in MARKED:
        low, high = marks_of(found)
        if condition.get("any_of"):
            return [Text("quiz-wrong-shown-kind", {"number": number})]
        bounds = (low if least is None else least, high if most is None else most)
        if not low <= bounds[0] <= bounds[1] <= high:
            return [Text("quiz-wrong-shown-mark", {"number": number, "low": low, "high": high})]
        if bounds == (low, high):
            return [Text("quiz-wrong-shown-always", {"number": number})]
        return []
    codes = [option["code"] for option in options_of(found)]
    if not codes or least is not None or most is not None:
        return [Text("quiz-wrong-shown-kind", {"number": number})]
    if not condition.get("any_of") or not set(condition["any_of"]) <= set(codes):
        return [Text("quiz-wrong-shown-option", {"number": number})]
    return []


def options_of(question: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Answers on which a later question may depend; none where people are the options."""
    if question.get("source"):
        return []
    fixed = FIXED.get(QuestionKind(question["kind"]))
    if fixed is not None:
        return [{"code": one.code, "label": {"ru": one.label.ru}} for one in fixed]
    return list(question.get("options", ()))


def marks_of(question: Mapping[str, Any]) -> tuple[int, int]:
    """The lowest and the highest mark or number that an answer may be."""
    if question["kind"] == QuestionKind.SCALE10:
        return 1, 10
    return question.get("low_number", 0), question.get("high_number", 0)


def branch(body: Mapping[str, Any], number: int) -> Text | None:
    """When question `number` is asked, in words; None: always, or the condition is broken."""
    question, earlier = body["questions"][number - 1], body["questions"][: number - 1]
    condition = question.get("shown_if")
    if not condition or wrong_branch(condition, earlier):
        return None
    at, source = next((n, one) for n, one in enumerate(earlier, 1) if one["id"] == condition["question"])
    if QuestionKind(source["kind"]) in MARKED:
        low, high = marks_of(source)
        bounds = {"low": condition.get("at_least", low), "high": condition.get("at_most", high)}
        return Text("quiz-if-marks", {"number": at, **bounds})
    labels = [one["label"]["ru"] for one in options_of(source) if one["code"] in condition["any_of"]]
    return Text("quiz-if-options", {"number": at, "labels": ", ".join(f"«{label}»" for label in labels)})


def _wrong_options(options: list[Mapping[str, Any]]) -> list[Text]:
    found = []
    labels = [option["label"]["ru"] for option in options]
    longest = [words for option in options for words in option["label"].values()]
    if len(options) < 2:
        found.append(Text("quiz-wrong-few"))
    if len(options) > MOST_OPTIONS:
        found.append(Text("quiz-wrong-options", {"limit": MOST_OPTIONS, "count": len(options)}))
    for label in dict.fromkeys(longest):
        if len(label) > LONGEST_LABEL:
            found.append(
                Text("quiz-wrong-label", {"label": raw(label), "limit": LONGEST_LABEL, "length": len(label)})
            )
    for label in dict.fromkeys(labels):
        if labels.count(label) > 1:
            found.append(Text("quiz-wrong-twice", {"label": raw(label)}))
    return found


def _ru(question: Mapping[str, Any], part: str) -> str:
    return str((question.get(part) or {}).get("ru", ""))


def _question(name: str, words: str) -> Body:
    return {
        "id": name, "kind": QuestionKind.SCALE10.value, "text": {"ru": words},
        "low": {"ru": "совсем нет"}, "high": {"ru": "очень"},
    }  # fmt: skip


def options_from(lines: str, old: list[Mapping[str, Any]]) -> list[Body]:
    """Options typed one to a line, «по-русски | in English | на «ты»»; a label that was there keeps its code."""
    codes = {option["label"]["ru"]: option["code"] for option in old}
    used = set(codes.values())
    found: list[Body] = []
    for line in lines.splitlines():
        ru, en, ty = [*(part.strip() for part in line.split("|", 2)), "", ""][:3]
        if not ru:
            continue
        code = codes.pop(ru, None)
        if code is None:
            code = next(f"o{n}" for n in range(1, 1000) if f"o{n}" not in used)
            used.add(code)
        label = {"ru": ru} | {name: words for name, words in (("en", en), ("ty", ty)) if words}
        found.append({"code": code, "label": label})
    return found
