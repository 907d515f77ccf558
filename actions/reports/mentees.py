"""«База наставляемых»: 13 columns of the federal sample form. Source: domain.md 3.1."""

from __future__ import annotations

from actions.reports import heading, participants
from actions.reports.asked import Asked, Built
from actions.reports.participants import Row
from actions.work import Work
from actions.workbook import Page, Remark, Value
from program.roles import Side

TITLE = "База наставляемых"
COLUMNS = (
    "№",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации",
    "Отметка о прохождении программы",
)

# For the municipality; source: domain.md 3.1 (PD), 5.6.
NAMELESS = (
    "№", "Дата вхождения в программу", "Форма наставничества", "Дата завершения программы",
    "Отметка о прохождении программы",
)  # fmt: skip


async def build(work: Work, asked: Asked) -> Built:
    """one row for each participation of a mentee."""
    forms = participants.form_names(work)
    rows = await participants.base(work, asked, Side.MENTEE)
    page = Page(
        name=TITLE,
        columns=COLUMNS,
        rows=[_cells(work, forms, number, row) for number, row in enumerate(rows, 1)],
        title=TITLE,
        lines=await heading.lines(work, asked, "report-rule-participations"),
        remarks=[Remark(participants.counted(rows))],
        keep=2,
        personal=True,
        key="mentees",
        widths=(6, 28, 30, 13, 32, 14, 28, 18, 26, 14, 30, 24, 15),
    )
    return heading.built(TITLE, [page, heading.rules(*participants.RULES)])


def _cells(work: Work, forms: dict[str, str], number: int, row: Row) -> list[Value]:
    born = row.person.birth_date
    return [
        number,
        row.person.full_name,
        participants.contacts(row),
        born.year if born else None,
        row.answers.get("BASE5"),
        participants.enrolled_on(work, row),
        participants.names(row.partners),
        forms.get(row.participation.form, row.participation.form),
        "\n".join(participants.place_of(work, partner) for partner in row.partners),
        participants.finished_on(work, row),
        participants.results(row),
        row.case_url,
        participants.completion(row),
    ]
