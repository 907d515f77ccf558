"""«Сводка по удовлетворённости» (RP7): what participants said after the work, by side, form and role model.

From tables that were summed up once: groups under five are not in them and cannot be worked out. Source: domain.md 4.15,
5.6.
"""

from __future__ import annotations

from actions import comparisons, directories
from actions.reports import federal, heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Count, Page, Remark, Value
from program.comparison import SAT, SATISFIED, Item, Table
from program.hiding import ALL, LEAST, Group
from program.roles import Side
from program.text import Text

TITLE = "Сводка по удовлетворённости"
MARKS = tuple(f"C{number:02}" for number in range(1, 18))
COLUMNS = (
    "Сторона", "Форма наставничества", "Ролевая модель", "Приглашено", "Ответило", "Отклик, %", "До и после, человек",
    *MARKS, "SAT", "Доля от 7, %", "Изменение",
)  # fmt: skip
WIDTHS = (16, 28, 28, 12, 11, 10, 14, *(7 for _ in MARKS), 8, 10, 12)


async def build(work: Work, asked: Asked) -> Built:
    """A line for each group of each summing up; a sheet says what C01-C17 asked."""
    names = {one.slug: one.staff for one in await directories.role_models(work)}
    found: list[list[Value]] = []
    questions: list[list[Value]] = []
    for side in Side:
        known = await comparisons.questions(work, side, asked.year)
        items = [one.item for one in known]
        questions += [
            [say(Text(f"report-side-{side}")), one.item.id, one.question.text.ru]
            for one in known
            if one.item.id in MARKS
        ]
        for table in await federal.tables(work, asked, side):
            groups = [one for one in table.groups() if one[0] != "class"]
            rows = [_cells(work, side, table, group, names, items) for group in groups]
            # A group of which only other questions are shown has nothing to say here.
            found += [row for row in rows if any(cell is not None for cell in row[4:])]
    lines = await heading.lines(work, asked, "report-rule-survey")
    notes = [Remark(say(Text("report-hidden", {"least": LEAST})))]
    if not found:
        notes = [Remark(say(Text("report-no-answers")))]
    pages = [
        Page("Удовлетворённость", COLUMNS, found, TITLE, lines, notes, keep=3, widths=WIDTHS),
        Page(
            "Вопросы", ("Сторона", "Код", "Вопрос"), questions, say(Text("report-questions")), lines[:2],
            widths=(16, 8, 90),
        ),
        heading.rules(
            "report-rule-survey", "report-rule-response", "report-rule-sat", "report-rule-seven", "report-rule-change",
            "report-rule-few", "report-rule-small",
        ),
    ]  # fmt: skip
    return Built(TITLE, pages)


def _cells(
    work: Work,
    side: Side,
    table: Table,
    group: Group,
    names: dict[str, str],
    items: list[Item],
) -> list[Value]:
    kind, form, model = group
    whole = group == ALL
    content = table.cells.get(SATISFIED, {}).get(group)
    mean, moved = table.index(SAT, items, group), table.moved(SAT, items, group)
    marks = [table.cells.get(code, {}).get(group) for code in MARKS]
    answered = table.after if whole else max((one.people for one in (content, *marks) if one), default=None)
    return [
        say(Text(f"report-side-{side}")),
        say(Text("report-total")) if whole else say(work.settings.form_name(form)) if form else None,
        names.get(model, model) if kind == "model" else None,
        table.asked if whole else None,
        None if answered is None else Count(answered, route="comparison"),
        table.response_rate if whole else None,
        table.both if whole else None,
        *(None if one is None else one.after for one in marks),
        None if mean is None else mean.after,
        None if content is None else content.after,
        None if moved is None else moved.change,
    ]
