"""The demo's year as the office sees it: a road map that is partly done, partners, the school's own documents."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from actions import partners, roadmap, roadmap_events, school_papers
from actions.document import Document, Heading, Paragraph, Title, docx
from actions.partners import Done
from actions.school_papers import Signed
from actions.work import Work
from program.partners import Deed, PartnerState
from program.roadmap import Calendar, Status
from storage import roadmap as rows
from storage.database import Database
from storage.tables import School

LATE = 2  # events that somebody has forgotten to mark
RULES = (
    ("1. Общие положения", "Наставничество в школе добровольное. Участвуют те, кто согласился сам, а за ребёнка – и его родители."),
    ("2. Кто становится наставником", "Ученик, педагог, родитель, выпускник или сотрудник партнёра, который прошёл беседу и обучение."),
    ("3. Как образуются пары", "Куратор подбирает пары по запросам, интересам и свободным часам. Пара начинает работу с согласия обеих сторон."),
)  # fmt: skip


async def plan_year(database: Database, school: School, now: datetime) -> None:
    """What a school has by the middle of its season. Once: a year that has a map keeps it."""
    async with database.transaction() as session:
        work = Work(session, school, now)
        if await rows.years(session, school.id):
            return
        await _papers(work)
        await _map(work)
        await _partners(work)


async def _papers(work: Work) -> None:
    title = "Положение о наставничестве"
    document = Document(title, work.school.name, title)
    document.add(Paragraph(work.school.name, align="center"), Title(title))
    for head, words in RULES:
        document.add(Heading(head), Paragraph(words))
    signed = Signed("112-О", date(int(work.settings.year[:4]), 8, 28))
    said = school_papers.Words(title, "regulation", public=True, clean=True)
    if signed.on is not None and signed.on > work.today:
        signed = Signed("112-О", work.today)
    await school_papers.add(work, said, signed, f"{title}.docx", docx(document, work.now))


async def _map(work: Work) -> None:
    """The recommended map: what is past is done, but for two events."""
    await roadmap.take(work, work.settings.year, Calendar.YEAR)
    stages = await rows.stages(work.session, work.school.id, work.settings.year)
    events = [event for stage in stages for event in stage.events]
    past = [event for event in events if event.ends_on is not None and event.ends_on < work.today]
    for event in past[:-LATE]:
        await roadmap_events.mark(work, event.id, Status.DONE, event.ends_on)
    for event in events:
        first, last = event.starts_on, event.ends_on
        if event.status == Status.PLANNED and first and last and first <= work.today <= last:
            await roadmap_events.mark(work, event.id, Status.GOING)


async def _partners(work: Work) -> None:
    day = timedelta(days=1)
    plant = await partners.add(
        work,
        partners.Words(
            "Завод «Прибор»", "enterprise", contact="Отдел кадров", email="kadry@pribor.example", ground="open",
            agreement_number="7", agreement_on=work.today - 340 * day, agreement_until=work.today + 20 * day,
            forms=("rab_uch",),
        ),
    )  # fmt: skip
    await partners.note_deed(
        work,
        plant.id,
        Done(Deed.OFFER, "Экскурсии по цехам для 9–11 классов", work.today - 30 * day, "visit"),
    )
    await partners.note_deed(
        work, plant.id, Done(Deed.EVENT, "День инженера", work.today - 12 * day, people=46)
    )
    await partners.add(
        work, partners.Words("Колледж связи", "college", PartnerState.TALKS, forms=("stud_uch",))
    )
    alumni = await partners.add(work, partners.Words("Клуб выпускников", "alumni"))
    await partners.note_deed(
        work,
        alumni.id,
        Done(Deed.OFFER, "Книги в подарок победителям конкурса", work.today - 5 * day, "prizes"),
    )
