"""«База наставников»: 16 columns of the federal sample form. Source: domain.md 3.2."""

from __future__ import annotations

from actions.reports import heading, participants
from actions.reports.asked import Asked, Built
from actions.reports.participants import Row
from actions.work import Work
from actions.workbook import Page, Remark, Value
from program.roles import Side

TITLE = "База наставников"
COLUMNS = (
    "№",
    "ФИО наставника",
    "Контактные данные для связи",
    "Место работы/учёбы наставника",
    "Основные компетенции наставника",
    "Важные для программы достижения наставника",
    "Интересы наставника",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу наставничества",
    "Дата вхождения в программу",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы/учёбы наставляемого",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника, размещённые на сайте организации",
)

# For the municipality; source: domain.md 3.2 (PD), 5.6.
NAMELESS = (
    "№", "Желаемый возраст наставляемых", "Ресурс времени на программу наставничества", "Дата вхождения в программу",
    "Форма наставничества", "Дата завершения программы",
)  # fmt: skip


async def build(work: Work, asked: Asked) -> Built:
    """one row for each participation of a mentor."""
    forms = participants.form_names(work)
    rows = await participants.base(work, asked, Side.MENTOR)
    page = Page(
        name=TITLE,
        columns=COLUMNS,
        rows=[_cells(work, forms, number, row) for number, row in enumerate(rows, 1)],
        title=TITLE,
        lines=await heading.lines(work, asked, "report-rule-participations"),
        remarks=[Remark(participants.counted(rows))],
        keep=2,
        personal=True,
        key="mentors",
        widths=(6, 28, 30, 26, 26, 26, 22, 16, 20, 14, 28, 18, 26, 14, 30, 24),
    )
    return heading.built(TITLE, [page, heading.rules(*participants.RULES)])


def _cells(work: Work, forms: dict[str, str], number: int, row: Row) -> list[Value]:
    return [
        number,
        row.person.full_name,
        participants.contacts(row),
        participants.place_of(work, row.person),
        row.answers.get("BASE5"),
        row.answers.get("BASE6"),
        row.answers.get("BASE7"),
        row.answers.get("BASE8"),
        row.answers.get("BASE9"),
        participants.enrolled_on(work, row),
        participants.names(row.partners),
        forms.get(row.participation.form, row.participation.form),
        "\n".join(participants.place_of(work, partner) for partner in row.partners),
        participants.finished_on(work, row),
        participants.results(row),
        row.case_url,
    ]
