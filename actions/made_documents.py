"""Documents of the programme made from templates: an order, a regulation, a consent, a diary… as .docx or PDF.

What is asked for is a `Wanted`; whose words fill the template is found by the document's code. The programme of a pair,
the mentor's report and the road map are put together in files of their own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from actions import journal, mentor_report, own_templates, plan_document, roadmap_document
from actions import made_for_people as people
from actions import made_for_school as school
from actions.template_finish import Finished, finished
from actions.template_render import Values
from actions.work import Work
from program.errors import Refusal
from program.settings import school_year
from program.templates import BY_CODE, Pick
from storage import own_templates as rows
from storage import plans, schools
from storage.tables import IssuedPaper

Wanted = people.Wanted
Source = Callable[[Work, Wanted], Awaitable[Sequence[Values]]]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SOURCES: Mapping[str, Source] = {
    "order-launch": school.launch,
    "regulation": school.regulation,
    "programme": school.programme,
    "order-pairs": school.pairs,
    "order-reward": school.reward,
    "protocol": school.protocol,
    "order-change": people.change,
    "diary": people.diary,
    "agreement": people.pair,
    "application": people.person,
    "nondisclosure": people.person,
    "withdrawal": people.person,
    "consent-data": people.consent,
    "consent-child": people.consent,
    "consent-publication": people.consent,
    "consent-employee": people.person,
}


async def make(work: Work, wanted: Wanted) -> Finished:
    """The file; that it was made goes into the journal, its number into the register of issued papers.

    Raises:
        Refusal: no such document, what it is about is not there, or the school's template cannot be filled.
    """
    code = wanted.code
    own_templates.require(code)
    if wanted.on is not None and wanted.on.year < 1990:
        raise Refusal("admin-field-date-odd")
    if code == "roadmap":
        made = await roadmap_document.build(work, wanted.year or work.settings.year, pdf=wanted.pdf)
    elif BY_CODE[code].pick is Pick.PLAN:
        made = await _of_plan(work, wanted)
    elif code in SOURCES:
        copies = await SOURCES[code](work, wanted)
        made = await finished(work, code, copies, pdf=wanted.pdf, number=wanted.number, on=wanted.on)
        about = f"pair:{wanted.pair}" if wanted.pair else f"template:{code}"
        after = {"code": code, "copies": len(copies), "as": "pdf" if wanted.pdf else "docx"}
        await journal.note(work, "template.made", about, after=after)
    else:
        raise Refusal("templates-unknown")
    if wanted.number:
        await _register(work, wanted)
    return made


async def _of_plan(work: Work, wanted: Wanted) -> Finished:
    plan = await plans.current(work.session, work.school.id, wanted.pair)
    if plan is None:
        raise Refusal("templates-no-plan")
    build = plan_document.build if wanted.code == "plan" else mentor_report.build
    return await build(work, plan.id, own_words=wanted.own_words, pdf=wanted.pdf)


async def _register(work: Work, wanted: Wanted) -> None:
    """One row for each number: the same document taken once more is the same paper."""
    on = wanted.on or work.today
    year, about = school_year(on), f"pair:{wanted.pair}" if wanted.pair else ""
    await schools.hold(work.session, work.school.id)
    same = {"year": year, "code": wanted.code, "number": wanted.number, "on_day": on, "about": about}
    if await rows.is_issued(work.session, work.school.id, **same):
        return
    serial = await rows.last_serial(work.session, work.school.id, year, wanted.code) + 1
    version, _ = await own_templates.current(work, wanted.code)
    work.session.add(
        IssuedPaper(
            school_id=work.school.id, serial=serial, template=version, at=work.now, by=work.actor, **same
        )
    )
    await work.session.flush()
