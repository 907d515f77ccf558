"""The fields of the editor of questionnaires, as they are kept in a draft."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException

from actions import questionnaire_editing
from admin.versions import Editing, Field
from program import instruments_editing as editing
from program.instruments import QuestionKind, Reader
from program.instruments_editing import AUDIENCES, Body
from program.text import Text, raw
from storage.tables import InstrumentDraft


def _changed(draft: InstrumentDraft, fields: dict[str, Field]) -> Editing:
    # What the next draft would begin with is nobody's yet.
    changed = (draft.author, draft.changed_at) if draft.author else None
    return Editing(f"questionnaire:{draft.code}", fields, changed)


def head_of(draft: InstrumentDraft, code: str) -> Editing:
    """The head of a draft as the form shows it."""
    body = draft.body
    fields = {
        "title": Field(Text("quiz-new-title"), body["title"]["ru"]),
        "minutes": Field(Text("quiz-minutes"), str(body["minutes"])),
    }
    if code.startswith(questionnaire_editing.OWN):
        called = {one.value: Text(f"quiz-for-{one}") for one in AUDIENCES}
        fields["audience"] = Field(Text("quiz-audience"), body["audience"], called)
    return _changed(draft, fields)


def question_of(draft: InstrumentDraft, number: int) -> Editing:
    """One question as the form shows it."""
    one, body = at(draft, number), draft.body
    worded = {"text": one["text"], **{name: one.get(name) or {} for name in ("low", "high", "short", "part")}}
    fields: dict[str, Field] = {}
    for name, words in worded.items():
        for language, field, label in (
            ("ru", name, name),
            ("ty", "ty" if name == "text" else f"{name}_ty", f"{name}-ty"),
            ("en", "en" if name == "text" else f"{name}_en", f"{name}-en"),
        ):
            fields[field] = Field(Text(f"quiz-{label}"), words.get(language, ""))
    marks, kind = marks_of(one, body, number), one["kind"]
    limit = str(one.get("limit") or "")
    kinds = {each.value: Text(f"quiz-kind-{each}") for each in QuestionKind}
    fields |= {
        "kind": Field(Text("quiz-kind"), kind, kinds),
        "options": Field(Text("quiz-options"), lines(one)),
        "limit_choices": Field(Text("quiz-limit-choices"), limit if kind == "multi" else ""),
        "low_number": Field(Text("quiz-low-number"), str(one.get("low_number", 0))),
        "high_number": Field(Text("quiz-high-number"), str(one.get("high_number", 100))),
        "reader": Field(
            Text("quiz-reader"),
            one.get("reader", "curator"),
            {r.value: Text(f"quiz-reader-{r}") for r in Reader},
        ),
        "limit": Field(Text("quiz-limit"), (limit if kind == "text" else "") or "300"),
        "shown_if": Field(
            Text("quiz-shown-if-ticks"),
            chosen(one),
            {value: raw(words) for value, words in conditions(body, number)},
        ),
        "feeds": Field(
            Text("quiz-feeds-which"),
            [code for code in one.get("feeds", ()) if code in editing.FEEDS],
            {code: Text(f"quiz-feed-{code.lower()}") for code in editing.FEEDS},
        ),
    }
    for tick in ("required", "reversed", "private"):
        fields[tick] = Field(
            Text(f"quiz-{tick}"), "yes" if one.get(tick) else "", {"yes": Text("versions-yes")}
        )
    if scales(body, number):
        which = {key: raw(words) for key, words in scales(body, number)}
        fields["if_scale"] = Field(Text("quiz-shown-if-which"), marks["if_scale"], which)
        fields["if_from"] = Field(Text("quiz-shown-if-from"), marks["if_from"])
        fields["if_to"] = Field(Text("quiz-shown-if-to"), marks["if_to"])
    return _changed(draft, fields)


def line(option: dict[str, Any]) -> str:
    label = option["label"]
    return " | ".join([label["ru"], label.get("en", ""), label.get("ty", "")]).rstrip(" |")


def lines(one: dict[str, Any]) -> str:
    """The options of a question, one a line."""
    return "\n".join(line(option) for option in one.get("options", ()))


def conditions(body: Body, number: int) -> list[tuple[str, str]]:
    """Answers to earlier questions on which this one may depend: value of the tick, words."""
    return [
        (f"{question['id']}={option['code']}", f"{earlier}. «{option['label']['ru']}»")
        for earlier, question in enumerate(body["questions"][: number - 1], 1)
        for option in editing.options_of(question)
    ]


def scales(body: Body, number: int) -> list[tuple[str, str]]:
    """Earlier questions with marks or numbers on whose bounds this one may depend: id, words."""
    return [
        (question["id"], f"{earlier}. {question['text'].get('ru', '')}"[:100])
        for earlier, question in enumerate(body["questions"][: number - 1], 1)
        if QuestionKind(question["kind"]) in editing.MARKED
    ]


def chosen(one: dict[str, Any]) -> list[str]:
    condition = one.get("shown_if", {})
    return [f"{condition['question']}={code}" for code in condition.get("any_of", ())]


def marks_of(one: dict[str, Any], body: Body, number: int) -> dict[str, str]:
    """What stands in the fields of a condition on marks."""
    condition = one.get("shown_if", {})
    if condition.get("question") not in dict(scales(body, number)):
        return {"if_scale": "", "if_from": "", "if_to": ""}
    bounds = {"if_from": condition.get("at_least", ""), "if_to": condition.get("at_most", "")}
    return {"if_scale": condition["question"], **{name: str(bound) for name, bound in bounds.items()}}


def numbers(draft: InstrumentDraft) -> range:
    return range(1, len(draft.body["questions"]) + 1)


def number_of(draft: InstrumentDraft, named: str, number: int) -> int:
    """Where the question stands that the form was made for; 0: it is no longer there.

    Args:
        named: its mark, which stays when others go or move; "": the form of an old tab names none.
    """
    if not named:
        return number if number in numbers(draft) else 0
    return next((n for n, one in enumerate(draft.body["questions"], 1) if one["id"] == named), 0)


def at(draft: InstrumentDraft, number: int) -> dict[str, Any]:
    if not 1 <= number <= len(draft.body["questions"]):
        raise HTTPException(404)
    found: dict[str, Any] = draft.body["questions"][number - 1]
    return found
