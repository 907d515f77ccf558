"""The road map as a .docx to be signed: the columns that schools use. Source: domain.md 2.3, 6.4."""

from __future__ import annotations

import asyncio

from actions import journal
from actions import roadmap_words as words
from actions.document import Document, Heading, Paragraph, Signatures, Table, Title, docx
from actions.roadmap import require_year
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.roadmap import Status
from program.text import Text
from storage import roadmap as rows
from storage.tables import RoadmapStage

say = Texts()
WIDTHS = (10, 66, 34, 32, 30)  # millimetres


async def build(work: Work, year: str) -> tuple[str, bytes]:
    """(file name, .docx) of a year's map; what is not held is left out. That it was made goes into the journal.

    Raises:
        Refusal: no such year, or it has no map.
    """
    require_year(year)
    stages = await rows.stages(work.session, work.school.id, year)
    if not stages:
        raise Refusal("roadmap-none", year=year)
    title = say(Text("roadmap-doc-title", {"year": _years(year)}))
    document = Document(title, work.school.name, title)
    place = ", ".join(part for part in (work.school.name, work.school.city) if part)
    document.add(Paragraph(place, align="center", after=12))
    for text in ("roadmap-doc-approved", "roadmap-doc-director", "roadmap-doc-order"):
        document.add(Paragraph(say(Text(text)), align="right", after=2))
    document.add(Title(title))
    number = 0
    for position, stage in enumerate(stages, 1):
        lines = _lines(stage, number)
        number += len(lines)
        if lines:
            document.add(Heading(f"{position}. {stage.title}"), Table(_head(), lines, WIDTHS))
    document.add(
        Signatures(
            [(say(Text("roadmap-doc-curator")), work.settings.curator_name)], say(Text("roadmap-doc-day"))
        )
    )
    data = await asyncio.to_thread(docx, document, work.now.astimezone(work.zone))
    await journal.note(work, "roadmap.document", f"roadmap:{year}", after={"year": year, "size": len(data)})
    return f"{say(Text('roadmap-doc-file'))}_{year}.docx", data


def _head() -> list[str]:
    return [say(Text(f"roadmap-doc-{name}")) for name in ("number", "event", "term", "owner", "result")]


def _lines(stage: RoadmapStage, before: int) -> list[list[str]]:
    held = [one for one in stage.events if one.status != Status.DROPPED]
    return [
        [
            str(number),
            "\n".join(part for part in (one.title, one.content) if part),
            words.term(one),
            words.owner(one),
            one.result,
        ]
        for number, one in enumerate(held, before + 1)
    ]


def _years(year: str) -> str:
    return year.replace("-", "–")
