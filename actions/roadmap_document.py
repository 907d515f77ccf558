"""The road map as a document to be signed: the columns that schools use. Source: domain.md 2.3, 6.4."""

from __future__ import annotations

from actions import journal
from actions import roadmap_words as words
from actions.roadmap import require_year
from actions.template_finish import Finished, finished
from actions.template_render import Values
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.roadmap import Status
from program.text import Text
from storage import roadmap as rows
from storage.tables import RoadmapStage

say = Texts()


async def build(work: Work, year: str, *, pdf: bool = False) -> Finished:
    """(file name, .docx or PDF) of a year's map, from the school's template; what is not held is left out.

    That it was made goes into the journal.

    Raises:
        Refusal: no such year, or it has no map.
    """
    title, words = await values(work, year)
    name = f"{say(Text('roadmap-doc-file'))}_{year}"
    made = await finished(work, "roadmap", [words], pdf=pdf, title=title, name=name)
    after = {"year": year, "size": len(made[1])}
    await journal.note(work, "roadmap.document", f"roadmap:{year}", after=after)
    return made


async def values(work: Work, year: str) -> tuple[str, Values]:
    """(what the paper is called, the fields of its template). Reads only.

    Raises:
        Refusal: no such year, or it has no map.
    """
    require_year(year)
    stages = await rows.stages(work.session, work.school.id, year)
    if not stages:
        raise Refusal("roadmap-none", year=year)
    told: list[Values] = []
    number = 0
    for position, stage in enumerate(stages, 1):
        lines = _lines(stage, number)
        number += len(lines)
        if lines:
            told.append({"номер": str(position), "название": stage.title, "мероприятия": lines})
    title = say(Text("roadmap-doc-title", {"year": year.replace("-", "–")}))
    return title, {"этапы": told, "учебный_год": year.replace("-", "/")}


def _lines(stage: RoadmapStage, before: int) -> list[Values]:
    held = [one for one in stage.events if one.status != Status.DROPPED]
    return [
        {
            "номер": str(number),
            "название": "\n".join(part for part in (one.title, one.content) if part),
            "срок": words.term(one),
            "ответственный": words.owner(one),
            "результат": one.result,
        }
        for number, one in enumerate(held, before + 1)
    ]
