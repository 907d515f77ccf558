"""What the data say beside the questions of the staff's self-assessment. Source: domain.md 4.12 (auto), 4.13.

A mark is offered where at least five stand behind it; the curator decides otherwise if needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from actions.questionnaire_results import LEAST
from actions.work import Work
from program.forms import base_of
from program.instruments import Instrument
from program.instruments_reading import shipped
from program.staff_cards import FACTS, mark_of, wish_mark
from program.text import Text
from storage import evidence as rows

AFTER, PARENTS, PARTNERS = "POST_", "INT_PAR_POST", "PARTNER"
PASSING = (
    "queue",
    "documents",
    "responses",
)  # of places and messages as they stand: gone when the year is over


@dataclass(frozen=True)
class Evidence:
    """`mark`: from 1 to 10, offered in the field; None: too few to say."""

    mark: int | None
    text: Text


async def of(work: Work, instrument: Instrument, year: str = "") -> dict[str, Evidence]:
    """Question -> what stands behind it, for a school year (the one in work by default) and the forms of the card."""
    year = year or work.settings.year
    found = {}
    for question in instrument.questions:
        if question.auto in PASSING and year != work.settings.year:
            continue
        if question.auto in FACTS:
            found[question.id] = await _fact(work, question.auto, instrument, year)
        elif question.auto and (mean := await _mean(work, question.auto, instrument, year)):
            found[question.id] = mean
    return found


async def _fact(work: Work, name: str, instrument: Instrument, year: str) -> Evidence:
    session, school = work.session, work.school.id
    forms = [slug for slug in work.settings.known_forms if base_of(slug) in instrument.forms]
    if name == "partners":
        count = await rows.partners(session, school, year)
        going_on = await _mean(work, "PT.4", instrument, year)
        return Evidence(going_on.mark if going_on else None, Text("quiz-evidence-partners", {"count": count}))
    if name == "meetings":
        part, whole = await rows.meetings(session, school, year, forms, work.now)
    else:
        count_of = {"queue": rows.queue, "documents": rows.documents, "responses": rows.responses}[name]
        part, whole = await count_of(session, school, year, forms)
    mark = mark_of(part, whole) if whole >= LEAST else None
    return Evidence(mark, Text(f"quiz-evidence-{name}", {"part": part, "whole": whole}))


async def _mean(work: Work, question: str, instrument: Instrument, year: str) -> Evidence | None:
    """What participants said; None where fewer than five did."""
    said = await rows.said(work.session, work.school.id, year, question, _codes(instrument))
    marks = [number for number, _ in said if number is not None]
    marks += [wish_mark(chosen) for _, chosen in said if chosen]
    if len(marks) < LEAST:
        return None
    mark = max(1, round(sum(marks) / len(marks)))
    return Evidence(mark, Text("quiz-card-mean", {"mark": mark, "count": len(marks)}))


def _codes(instrument: Instrument) -> set[str]:
    """Questionnaires of the end of the year in the forms of the card; the youngest's stands for every form."""
    found = {PARENTS, PARTNERS}
    for one in shipped():
        if one.code.startswith(AFTER) and (
            not one.forms or not instrument.forms or set(one.forms) & set(instrument.forms)
        ):
            found.add(one.code)
    return found
