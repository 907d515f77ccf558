"""A road map, a partner and a document of the school, for tests of pages."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date

from actions import partners, roadmap, roadmap_events, school_papers
from actions.work import Work
from program.partners import Deed
from program.roadmap import Calendar
from storage import roadmap as rows

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@dataclass
class Road:
    """Ids of what was made."""

    event: int
    stage: int
    proof: int
    partner: int
    paper: int


async def lay(work: Work) -> Road:
    """The recommended map with one document, a partner with an offer, a regulation with two versions."""
    paper = await school_papers.add(
        work, school_papers.Words("Положение о наставничестве", "regulation"),
        school_papers.Signed("12-О", date(2026, 8, 28)), "Положение.pdf", PDF,
    )  # fmt: skip
    await school_papers.replace(
        work, paper.id, school_papers.Signed("14-О", date(2026, 9, 1)), "Положение 2.pdf", PDF
    )
    await roadmap.take(work, work.settings.year, Calendar.YEAR)
    stages = await rows.stages(work.session, work.school.id, work.settings.year)
    event = stages[0].events[0]
    proof = await roadmap_events.attach_file(work, event.id, "Приказ.pdf", PDF)
    partner = await partners.add(
        work,
        partners.Words(
            "Завод «Прибор»", "enterprise", contact="Лариса Юрьевна", phone="+79000000011", ground="agreement",
            agreement_number="7", agreement_until=date(2026, 9, 30), forms=("rab_uch",),
        ),
    )  # fmt: skip
    await partners.note_deed(
        work, partner.id, partners.Done(Deed.OFFER, "Экскурсия по цехам", work.today, "visit")
    )
    return Road(event.id, stages[0].id, proof.id, partner.id, paper.id)


def docx(*more: str) -> bytes:
    """The least that counts as a Word document; `more`: names of further parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            pack.writestr(name, "<x/>")
    return made.getvalue()
