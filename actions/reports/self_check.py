"""What the staff think of the programme: SWOT (RP9), conformity with the model (RP10) and the climate of the school.

The curator's words stand there as they were written; what the data say stands beside them. Source: domain.md 4.12-4.14.
"""

from __future__ import annotations

from collections.abc import Mapping

from actions import card_evidence, questionnaires
from actions.card_evidence import Evidence
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Value
from program.forms import base_of
from program.instruments import Instrument, QuestionKind
from program.instruments import Value as Answer
from program.instruments_reading import shipped
from program.staff_cards import QUADRANTS, TRUE_FROM, climate, conditions
from program.text import Text
from storage import questionnaires as rows
from storage.tables import Response

SWOT_TITLE, COND_TITLE = "SWOT-анализ", "Соответствие условий модели"
SWOT = ("Форма наставничества", "Раздел", "Утверждение", "Оценка", "Что говорят данные")
COND = ("№", "Критерий", "Балл", "Что говорят данные")
CLIMATE = ("Вопрос", "Среднее")


async def swot(work: Work, asked: Asked) -> Built:
    """One table for each form in which somebody works or a card was filled in; the curator's newest card counts."""
    found: list[list[Value]] = []
    notes = []
    offered = {base_of(form) for form in work.settings.forms}
    for instrument in _cards("SWOT_"):
        said = await newest(work, asked, instrument)
        if said is None and not offered & set(instrument.forms):
            continue
        known = await card_evidence.of(work, instrument, asked.year)
        mine = [form for form in instrument.forms if form in offered] or instrument.forms[:1]
        name = " / ".join(say(work.settings.form_name(form)) for form in mine)
        found += _quadrants(instrument, said, known, name)
        if said is None:
            notes.append(Remark(say(Text("report-swot-empty", {"form": name})), desk=True))
    page = Page(
        "SWOT", SWOT, found, SWOT_TITLE, await heading.lines(work, asked, "report-rule-swot"), notes, keep=2,
        widths=(24, 22, 60, 10, 60), key="swot",
    )  # fmt: skip
    return Built(SWOT_TITLE, [page, heading.rules("report-rule-swot", "report-rule-evidence")])


def _quadrants(
    instrument: Instrument, said: Mapping[str, Answer] | None, known: Mapping[str, Evidence], form: str
) -> list[list[Value]]:
    """True statements and own words by quadrant; without a card, what the data would put there."""
    by: dict[str, list[list[Value]]] = {one: [] for one in QUADRANTS}
    for question in instrument.questions:
        quadrant = next((feed[-1] for feed in question.feeds if feed.startswith("SWOT-")), "")
        evidence = known.get(question.id)
        value: Answer = (evidence.mark if evidence else None) if said is None else said.get(question.id)
        told = say(evidence.text) if evidence else None
        where = say(Text(f"report-swot-{quadrant}")) if quadrant else ""
        if question.kind is QuestionKind.SCALE10 and isinstance(value, int) and value >= TRUE_FROM:
            by[quadrant].append([form, where, question.text.ru, value, told])
        elif question.kind is QuestionKind.TEXT and value:
            by[quadrant].append([form, where, str(value), None, None])
    return [row for quadrant in QUADRANTS for row in by[quadrant]]


async def cond(work: Work, asked: Asked) -> Built:
    """Nine criteria, their sum and level; the climate of the school below."""
    instrument = _cards("COND")[0]
    said = await newest(work, asked, instrument)
    known = await card_evidence.of(work, instrument, asked.year)
    found: list[list[Value]] = []
    total = 0
    for number, question in enumerate(instrument.questions, 1):
        value = None if said is None else said.get(question.id)
        mark = int(str(value)) if value is not None else None
        total += mark or 0
        evidence = known.get(question.id)
        found.append([number, question.text.ru, mark, say(evidence.text) if evidence else None])
    notes = [Remark(say(Text("report-cond-empty")), desk=True)]
    if said is not None:
        found.append([None, say(Text("report-total")), total, say(Text(f"report-cond-{conditions(total)}"))])
        notes = []
    lines = await heading.lines(work, asked, "report-rule-cond")
    pages = [
        Page("Условия", COND, found, COND_TITLE, lines, notes, keep=2, widths=(6, 70, 8, 60), key="cond"),
        await _climate(work, asked, lines),
        heading.rules("report-rule-cond", "report-rule-evidence", "report-rule-climate", "report-rule-small"),
    ]
    return Built(COND_TITLE, pages)


async def _climate(work: Work, asked: Asked, lines: list[str]) -> Page:
    """Means of everybody who filled in the card, from five cards on."""
    instrument = _cards("CLIMATE")[0]
    cards = [values for _, values in await filled(work, asked, instrument)]
    together = climate(cards)
    found: list[list[Value]] = []
    if together is not None:
        for question in instrument.questions:
            marks = [value for card in cards if isinstance(value := card.get(question.id), int)]
            if question.kind is QuestionKind.SCALE10 and marks:
                found.append([question.text.ru, round(sum(marks) / len(marks), 1)])
    notes = (
        [Remark(say(one)) for one in together]
        if together
        else [Remark(say(Text("report-climate-few")), desk=True)]
    )
    return Page("Климат", CLIMATE, found, say(Text("report-climate")), lines[:-1], notes, widths=(80, 12))


async def newest(work: Work, asked: Asked, instrument: Instrument) -> Mapping[str, Answer] | None:
    """The newest card of the school year."""
    found = await filled(work, asked, instrument)
    return found[-1][1] if found else None


async def filled(
    work: Work, asked: Asked, instrument: Instrument
) -> list[tuple[Response, Mapping[str, Answer]]]:
    known = await rows.about(work.session, work.school.id, instrument.code, "", asked.year)
    return [
        (one, await questionnaires.values_of(work, one)) for one in known if one.finished_at < asked.until
    ]


def _cards(begin: str) -> list[Instrument]:
    newest = {one.code: one for one in shipped() if one.code.startswith(begin)}
    return list(newest.values())
