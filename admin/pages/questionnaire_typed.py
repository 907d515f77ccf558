"""What was typed into the form of a question, as a question of a draft."""

from __future__ import annotations

from typing import Any

from admin.forms import Typed
from program import instruments_editing as editing
from program.instruments import LONGEST_LABEL, QuestionKind
from program.instruments_editing import CHOSEN, COUNTED, Body


def question_read(typed: Typed, old: dict[str, Any], body: Body, number: int) -> dict[str, Any]:
    """The fields of the form as a question; what its kind cannot have is left out."""
    kind = typed.one_of("kind", QuestionKind) or QuestionKind(old["kind"])
    changes: dict[str, Any] = {
        "kind": kind.value,
        "text": _worded(typed, "text", editing.LONGEST_QUESTION, "quiz-wrong-text"),
        "short": _worded(typed, "short", LONGEST_LABEL),
        "part": _worded(typed, "part", 60),
        "required": typed.words("required") == "yes" or None,
    }
    if kind in CHOSEN and not old.get("source"):
        changes["options"] = editing.options_from(typed.words("options", 3000), old.get("options", []))
    if kind is QuestionKind.SCALE10:
        changes |= {end: _worded(typed, end, 60) for end in ("low", "high")}
    if kind in (QuestionKind.SCALE10, QuestionKind.SMILES):
        changes["reversed"] = typed.words("reversed") == "yes" or None
    if kind in COUNTED:
        changes["low_number"] = typed.number("low_number", 0, 99999)
        changes["high_number"] = typed.number("high_number", 1, 99999)
    if kind is QuestionKind.TEXT:
        changes["reader"] = typed.words("reader")
        changes["private"] = typed.words("private") == "yes" or None
        changes["limit"] = typed.number("limit", 1, 2000)
    if kind is QuestionKind.MULTI and typed.words("limit_choices"):
        changes["limit"] = typed.number("limit_choices", 0, 10) or None
    chosen = typed.chosen("feeds", editing.FEEDS)
    if (
        "ESCALATION" in chosen
        and kind is not QuestionKind.YES_NO
        and "ESCALATION" not in old.get("feeds", ())
    ):
        typed.wrong("feeds-1", "quiz-wrong-escalation")
    stays = [code for code in old.get("feeds", ()) if code in chosen or code not in editing.FEEDS]
    changes["feeds"] = [*stays, *(code for code in chosen if code not in stays)]
    changes["shown_if"] = _branch(typed, body, number)
    return changes


def _worded(typed: Typed, name: str, longest: int, missing: str = "") -> dict[str, str]:
    """Russian under the name itself, «ты» and English beside it; empty ones are left out, all without Russian."""
    ru = typed.text(name, longest, missing)
    fields = {"ty": f"{name}_ty", "en": f"{name}_en"} if name != "text" else {"ty": "ty", "en": "en"}
    others = {language: typed.text(field, longest) for language, field in fields.items()}
    if not ru and any(others.values()):
        typed.wrong(name, "quiz-wrong-no-russian")
    return {"ru": ru} | {language: words for language, words in others.items() if words} if ru else {}


def _branch(typed: Typed, body: Body, number: int) -> dict[str, Any] | None:
    """«Показывать, если…»: ticked answers to one earlier question, or a mark of one in bounds."""
    ticked = [tick.partition("=") for tick in typed.many("shown_if")]
    scale = typed.words("if_scale", 64)
    if len({name for name, _, _ in ticked} | ({scale} if scale else set())) > 1:
        typed.wrong("shown_if", "quiz-wrong-two")
        return None
    condition: dict[str, Any] | None = None
    if ticked:
        condition = {"question": ticked[0][0], "any_of": [code for _, _, code in ticked]}
    elif scale:
        bounds = {
            field: typed.number(name, 0, 99999)
            for field, name in (("at_least", "if_from"), ("at_most", "if_to"))
            if typed.words(name)
        }
        condition = {"question": scale, **bounds}
    if condition is not None:
        for text in editing.wrong_branch(condition, body["questions"][: number - 1]):
            typed.problems.setdefault("if_scale" if scale else "shown_if", typed.say(text))
    return condition
