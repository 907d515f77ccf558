"""«Исполнение дорожной карты» (RP11). Source: domain.md 2.3, 5.6."""

from __future__ import annotations

from actions import roadmap_words as words
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Value
from program import roadmap as rules
from program.text import Text
from storage import roadmap as rows
from storage.tables import RoadmapEvent, RoadmapStage

TITLE = "Исполнение дорожной карты"
COLUMNS = (
    "№", "Этап", "Мероприятие", "Содержание", "Начало", "Срок", "Ответственный", "Результат. Вид документа",
    "Ожидаемый эффект", "Состояние", "Выполнено", "Документы", "Примечание",
)  # fmt: skip
PAPER = ("№", "Мероприятие", "Срок", "Ответственный", "Состояние", "Документы")  # what domain.md 5.6 asks for
WIDTHS = (6, 26, 34, 34, 12, 14, 24, 24, 20, 16, 12, 28, 24)


async def build(work: Work, asked: Asked) -> Built:
    """One row for each event in the order of the map; a year without a map has no rows."""
    stages = await rows.stages(work.session, work.school.id, asked.year)
    numbered = [(stage, event) for stage in stages for event in stage.events]
    standing = rules.standing((words.line(event) for _, event in numbered), asked.on)
    said = {"done": standing.done, "total": standing.total, "overdue": standing.overdue}
    page = Page(
        name="Дорожная карта",
        columns=COLUMNS,
        rows=[_cells(asked, n, stage, event) for n, (stage, event) in enumerate(numbered, 1)],
        title=TITLE,
        lines=await heading.lines(work, asked, "report-rule-roadmap"),
        remarks=[Remark(say(Text("report-roadmap-total", said)))],
        keep=3,
        widths=WIDTHS,
        key="roadmap",
        paper=PAPER,
    )
    return heading.built(TITLE, [page])


def _cells(asked: Asked, number: int, stage: RoadmapStage, event: RoadmapEvent) -> list[Value]:
    return [
        number, stage.title, event.title, event.content, event.starts_on, event.ends_on or event.term,
        words.owner(event), event.result, event.effect,
        say(Text(f"roadmap-state-{words.state(event, asked.on)}")), event.done_on, words.papers(event), event.notes,
    ]  # fmt: skip
