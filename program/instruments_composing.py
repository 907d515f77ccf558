"""Questionnaires before and after the work, put together from blocks. Source: domain.md 4.2, 4.5-4.8.

A question stands in its block once, with what differs before and after; `blocks/composition.json` says which
blocks make the questionnaire of which forms and side. Nothing here is known to the conversation: a composed
questionnaire is an instrument like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Body: TypeAlias = dict[str, Any]

BEFORE, AFTER = "before", "after"
PER_MINUTE = 7  # answers; told at the start as a whole number of minutes


def composed(blocks: Mapping[str, Any], whole: Sequence[Body]) -> Iterator[Body]:
    """The bodies of all composed questionnaires.

    Args:
        blocks: files of `instruments_data/blocks` by name.
        whole: questionnaires with files of their own, whose questions a composition may take as well.
    """
    known = {name: block["questions"] for name, block in blocks.items() if name != "composition"}
    known |= {body["code"]: body["questions"] for body in whole}
    table = blocks["composition"]
    for row in table["rows"]:
        for moment in (BEFORE, AFTER):
            if moment in row:
                yield _one(row, moment, known, table)


def _one(row: Mapping[str, Any], moment: str, known: Mapping[str, Any], table: Mapping[str, Any]) -> Body:
    questions: list[Body] = []
    for part in row["parts"]:
        found = list(_questions(part, moment, known, smiles=row.get("smiles", False)))
        if found and "part" in part:
            found[0] = found[0] | {"part": table["titles"][part["part"]]}
        questions += found
    body: Body = {
        "code": row[moment],
        "version": row["version"],
        "title": row.get("title") or table["titles"][moment],
        "audience": row["audience"],
        "minutes": max(2, round(len(questions) / PER_MINUTE)),
        "questions": questions,
    }
    return body | {name: row[name] for name in ("forms", "roles", "about", "twice") if name in row}


def _questions(
    part: Mapping[str, Any], moment: str, known: Mapping[str, Any], *, smiles: bool
) -> Iterator[Body]:
    for name in part["blocks"]:
        for question in known[name]:
            if "only" in part and question["id"] not in part["only"]:
                continue
            if question["id"] in part.get("without", ()):
                continue
            worded = _at(question, moment)
            if worded is not None and (moment == AFTER or name not in part.get("after", ())):
                yield _with_faces(worded) if smiles else worded


def _at(question: Body, moment: str) -> Body | None:
    """The question as it is asked then; None if it is not. Without `before` and `after` it is always the same."""
    common = {name: value for name, value in question.items() if name not in (BEFORE, AFTER)}
    if BEFORE not in question and AFTER not in question:
        return common
    if moment not in question:
        return None
    at_that_time: Body = question[moment]
    return common | at_that_time


def _with_faces(question: Body) -> Body:
    return {name: value for name, value in question.items() if name not in ("low", "high")} | {
        "kind": "smiles"
    }
