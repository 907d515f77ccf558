"""Makes the files of a pack, one thing after the other. Reads only: it may run in a process of its own.

Everything stands as on the day that was asked for, so the same data give the same bytes, whenever they are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from actions import (
    awards_reading,
    collecting,
    head_report,
    made_for_people,
    mentor_report,
    own_templates,
    pages,
    plan_document,
    report_paper,
    reports,
    roadmap_document,
)
from actions.document import docx
from actions.made_documents import SOURCES
from actions.made_for_people import Wanted as Asked
from actions.paper_values import of_school
from actions.reports.asked import asked
from actions.template_finish import title_of
from actions.template_render import Press, Values
from actions.work import Work
from actions.workbook import workbook
from program.errors import Refusal
from program.packs import DOCX, PDF, XLSX, Wanted
from program.periods import period
from storage import files, plans, schools
from storage import own_templates as issued
from storage.tables import IssuedPaper

Made = dict[str, bytes]
_NUMBERED = 1000  # numbers of one kind of paper in a year


async def work_of(session: AsyncSession, school_id: int, wanted: Wanted, actor: str) -> Work:
    """The school on the day and in the year that were asked for. Never to be committed."""
    school = await schools.get(session, school_id)
    session.expunge(school)
    school.settings = {**school.settings, "year": wanted.year}
    return Work(session, school, datetime.combine(wanted.on, time(23, 59), ZoneInfo(school.timezone)), actor)


class Making:
    """Of one pack: templates are opened once, numbers of papers read once.

    Args:
        wanted: what was asked for.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._presses: dict[str, Press] = {}
        self._numbers: dict[str, Sequence[IssuedPaper]] = {}
        self._known: tuple[tuple[int, ...], Sequence[Values]] | None = None

    async def make(self, work: Work, task: Mapping[str, Any], endings: Sequence[str]) -> Made:
        """The files of one thing by their endings; one that cannot be in this form is left out.

        Raises:
            Refusal: it cannot be made at all; the reason is for people.
        """
        match task["make"]:
            case "template":
                return await self._template(work, task["code"], endings)
            case "people":
                return await self._people(work, task["code"], tuple(task["people"]), endings)
            case "pair" if task["code"] == "order-change":
                copies = await SOURCES["order-change"](work, _change(task))
                about = f"pair:{task['pair']}" if task["numbered"] else None
                return await self._filled(work, "order-change", copies, endings, about=about)
            case "pair":
                return await self._pair(work, task["code"], task["pair"], endings)
            case "gathering":
                copies = await SOURCES["protocol"](work, Asked("protocol", gathering=task["gathering"]))
                return await self._filled(work, "protocol", copies, endings)
            case "awards":
                return await self._awards(work, task["code"], task["papers"], endings)
            case "report":
                return await self._report(work, task["name"], endings)
            case "head":
                of = period(self._wanted.year, self._wanted.part)
                data = docx(await head_report.document(work, of), self.moment(work))
                made = {DOCX: data} if DOCX in endings else {}
                return made | ({PDF: pages.pdf(data, self.moment(work))} if PDF in endings else {})
            case "stored":
                kept = await files.get(work.session, work.school.id, task["file"])
                if kept is None:
                    raise Refusal("pack-why-gone")
                return dict.fromkeys(endings, kept.data)
        raise ValueError(task["make"])

    async def _template(self, work: Work, code: str, endings: Sequence[str]) -> Made:
        if code == "roadmap":
            title, values = await roadmap_document.values(work, self._wanted.year)
            return await self._filled(work, code, [values], endings, title=title)
        of = asked(work, self._wanted.year, self._wanted.part, self._wanted.on)
        found = await SOURCES[code](work, Asked(code, first=of.first.date(), last=of.on))
        return await self._filled(work, code, found, endings, about="")

    async def _people(self, work: Work, code: str, people: tuple[int, ...], endings: Sequence[str]) -> Made:
        """Several papers of the same people come one after the other: who they are is read once."""
        if self._known is None or self._known[0] != people:
            self._known = people, await made_for_people.person(work, Asked(code, people=people))
        copies = self._known[1]
        if code in made_for_people.CONSENTS:
            copies = await made_for_people.with_words(work, code, copies)
        return await self._filled(work, code, copies, endings)

    async def _pair(self, work: Work, code: str, pair: int, endings: Sequence[str]) -> Made:
        if code in ("plan", "mentor-report"):
            plan = await plans.current(work.session, work.school.id, pair)
            if plan is None:
                raise Refusal("templates-no-plan")
            if code == "plan":
                title, values = await plan_document.values(work, plan)
                return await self._filled(work, code, [values], endings, title=title)
            return await self._filled(work, code, [await mentor_report.values(work, plan)], endings)
        of = asked(work, self._wanted.year, self._wanted.part, self._wanted.on)
        copies = await SOURCES[code](work, Asked(code, pair=pair, first=of.first.date(), last=of.on))
        if code == "diary" and not copies[0]["встречи"]:
            raise Refusal("pack-why-no-meeting")
        return await self._filled(work, code, copies, endings, about=f"pair:{pair}")

    async def _awards(self, work: Work, code: str, papers: Sequence[int], endings: Sequence[str]) -> Made:
        rows = await issued.standing(work.session, work.school.id, papers)
        copies = [
            awards_reading.values(work, one, self._wanted.check)
            for one in await awards_reading.with_people(work, rows)
            if one.person or one.partner
        ]
        return await self._filled(work, code, copies, endings)

    async def _report(self, work: Work, name: str, endings: Sequence[str]) -> Made:
        report = reports.known(name)
        of = asked(work, self._wanted.year, self._wanted.part, self._wanted.on)
        with collecting.put_off():
            built = await reports.counted(work, report, of)
        made = {XLSX: workbook(built.pages, self.moment(work))}
        for form in (DOCX, PDF):
            if form in endings:
                try:
                    made[form] = await report_paper.made(work, built, of, pdf=form == PDF)
                except Refusal as no:
                    if no.text.id != "report-too-long":
                        raise
        return made

    async def _filled(
        self,
        work: Work,
        code: str,
        copies: Sequence[Values],
        endings: Sequence[str],
        *,
        about: str | None = None,
        title: str = "",
    ) -> Made:
        """Args:
        about: what the paper's number was given for; None: such papers have none.
        """
        if not copies:
            raise Refusal("pack-why-nobody")
        number = await self._number(work, code, about) if about is not None else None
        common = of_school(work, number.number if number else "", number.on_day if number else None)
        press = self._presses.get(code)
        if press is None:
            _, template = await own_templates.current(work, code)
            press = self._presses[code] = Press(template)
        whole = [{**common, **one} for one in copies]
        moment = self.moment(work)
        data = press.fill(whole, title=title or title_of(code), author=work.school.name, made_at=moment)
        made = {DOCX: data} if DOCX in endings else {}
        if PDF in endings:
            made[PDF] = pages.of_read(press.read(), moment)
        return made

    async def _number(self, work: Work, code: str, about: str) -> IssuedPaper | None:
        """The newest number that this paper was given until the day; None: it is written by hand."""
        if code not in self._numbers:
            self._numbers[code] = await issued.issued(
                work.session, work.school.id, self._wanted.year, _NUMBERED, code
            )
        mine = (one for one in self._numbers[code] if one.about == about and one.on_day <= self._wanted.on)
        return next(mine, None)

    def moment(self, work: Work) -> datetime:
        """Stands in the properties of every file."""
        return datetime.combine(self._wanted.on, time(), work.zone)


def _change(task: Mapping[str, Any]) -> Asked:
    first, last = (date.fromisoformat(task[name]) if name in task else None for name in ("first", "last"))
    return Asked(
        task["code"],
        pair=task["pair"],
        change=task["change"],
        other=task.get("other", 0),
        first=first,
        last=last,
    )
