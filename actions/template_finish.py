"""The last step of every paper: the template in use, filled, as .docx or PDF under a name that says what is inside."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import date, datetime, time

from actions import own_templates, pages
from actions.paper_values import of_school, say
from actions.template_render import Values, rendered
from actions.work import Work
from program.errors import Refusal
from program.text import Text

Finished = tuple[str, bytes]
MOST = 300  # copies in one file


def title_of(code: str) -> str:
    return say(Text(f"templates-name-{code}"))


def file_name(title: str, work: Work, ending: str) -> str:
    """«Приказ_о_закреплении_пар_и_групп_2026-11-22.docx»: never anybody's name."""
    return f"{re.sub(r'[^0-9A-Za-zА-Яа-яЁё-]+', '_', title).strip('_')}_{work.today}.{ending}"


async def finished(
    work: Work,
    code: str,
    copies: Sequence[Values],
    *,
    pdf: bool = False,
    number: str = "",
    on: date | None = None,
    name: str = "",
    title: str = "",
) -> Finished:
    """(file name, file): the same data give the same bytes all day.

    Args:
        copies: fields of each copy, besides the school's. name: of the file, without its ending.

    Raises:
        Refusal: nobody to make it for, too many copies, or the school's template cannot be filled.
    """
    if not copies:
        raise Refusal("templates-nobody")
    if len(copies) > MOST:
        raise Refusal("templates-many", most=MOST)
    _, template = await own_templates.current(work, code)
    common = of_school(work, number, on)
    whole = [{**common, **one} for one in copies]
    made_at = datetime.combine(work.today, time(), work.zone)
    data = await asyncio.to_thread(
        rendered, template, whole, title=title or title_of(code), author=work.school.name, made_at=made_at
    )
    if pdf:
        data = await asyncio.to_thread(pages.pdf, data, made_at)
    ending = "pdf" if pdf else "docx"
    return (f"{name}.{ending}" if name else file_name(title_of(code), work, ending)), data
