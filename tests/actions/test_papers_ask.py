"""What school regulations ask of lists and documents stands in those that the programme makes.

Source: domain.md 2.3 (columns of published road maps), 3.1, 3.2 (sample forms of the bases), 5.6, 6.8, 6.9.
"""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from docx import Document

from actions import roadmap, roadmap_document, roadmap_events
from actions.reports import make
from actions.reports.mentees import COLUMNS as MENTEES
from actions.reports.mentors import COLUMNS as MENTORS
from actions.roadmap_events import Words
from actions.work import Work
from program.roadmap import Calendar
from storage import roadmap as rows

# Report -> the columns that domain.md 5.6 names for it, as this report calls them.
ASKED = {
    "roadmap": ("№", "Мероприятие", "Срок", "Ответственный", "Состояние", "Документы"),  # RP11
    "partners": ("Организация", "Наставников из базы", "Формы наставничества", "Мероприятий за год"),  # RP15
    "papers": ("Вид", "Номер", "Дата", "На сайте школы"),  # RP16
}


def test_the_bases_have_the_columns_of_the_sample_forms() -> None:
    assert (len(MENTEES), len(MENTORS)) == (13, 16)


@pytest.mark.parametrize("name", ASKED)
async def test_a_report_has_the_columns_that_are_asked_for(work: Work, name: str) -> None:
    await roadmap.take(work, work.settings.year, Calendar.YEAR)
    _, data = await make(work, name)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    heads = {cell.value for row in sheet.iter_rows() for cell in row}
    assert set(ASKED[name]) <= heads


async def test_the_fulfilment_is_a_paper_with_those_columns_or_with_the_schools_own(work: Work) -> None:
    await roadmap.begin_empty(work, work.settings.year)
    stage = (await rows.stages(work.session, work.school.id, work.settings.year))[0]
    await roadmap_events.add(work, Words("Квест", stage.id, ends_on=work.today - timedelta(days=1)))

    async def paper() -> tuple[list[str], str]:
        found = Document(io.BytesIO((await make(work, "roadmap", ending="docx"))[1]))
        head = [cell.text for cell in found.tables[0].rows[0].cells]
        return head, "\n".join(one.text for one in found.paragraphs)

    head, said = await paper()
    assert head == list(ASKED["roadmap"])
    assert "росрочено: 1" in said
    own = {"columns": {"roadmap": [["Этап", "", True], ["Мероприятие", "Дело", True]]}}
    work.school.settings = {**work.school.settings, "reports": own}
    assert (await paper())[0][:2] == ["Этап", "Дело"]


async def test_the_road_map_to_be_signed_has_the_columns_of_published_ones(work: Work) -> None:
    await roadmap.take(work, work.settings.year, Calendar.YEAR)
    _, data = await roadmap_document.build(work, work.settings.year)
    head = [cell.text for cell in Document(io.BytesIO(data)).tables[0].rows[0].cells]
    assert head == [
        "№", "Наименование мероприятия", "Срок реализации", "Ответственный исполнитель", "Результат. Вид документа",
    ]  # fmt: skip
