"""«Дорожная карта»: the year by stages, what is overdue, how it is begun, copied and taken out."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import roadmap as verbs
from actions import roadmap_document
from actions import roadmap_words as said
from actions.charts import Chart, Row, Series, stacked
from actions.reports import make
from actions.work import Work
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from locales import Texts
from program import roadmap as rules
from program.errors import Refusal
from program.roadmap import OPEN, Calendar, Standing
from storage import roadmap as rows
from storage.tables import RoadmapEvent, RoadmapStage

router = APIRouter(prefix="/roadmap")

SHOWS = ("all", "open", "mine")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("", name="roadmap")
async def roadmap(request: Request, staff: Signed, work: Reading) -> Response:
    year = year_of(work, request.query_params.get("year", ""))
    asked = request.query_params.get("show", "")
    show = asked if asked in SHOWS else SHOWS[0]
    stages = await rows.stages(work.session, work.school.id, year)
    years = await rows.years(work.session, work.school.id)
    if not stages:
        return page(
            request, "roadmap/begin.html", work, section="roadmap", year=year, years=_years(work, years, year),
            last=next((one for one in years if rules.next_year(one) == year), ""), calendars=tuple(Calendar),
            begun=verbs.begun(work, year),
        )  # fmt: skip
    numbers = {one.id: n for n, one in enumerate((e for stage in stages for e in stage.events), 1)}
    found = [event for stage in stages for event in stage.events]
    following = rules.next_year(year)
    return page(
        request,
        "roadmap/roadmap.html",
        work,
        section="roadmap",
        year=year,
        years=_years(work, years, year),
        stages=[(stage, [one for one in stage.events if _shown(one, show, staff.id)]) for stage in stages],
        numbers=numbers,
        late=[one for one in found if rules.overdue(said.line(one), work.today)],
        near=[one for one in found if rules.soon(said.line(one), work.today)],
        chart=chart(stages, work, house(request).texts),
        show=show,
        shows=SHOWS,
        state=lambda one: said.state(one, work.today),
        term=said.term,
        owner=said.owner,
        is_open=lambda one: one.status in OPEN,
        following="" if following in years else following,
    )


@router.post("/begin", name="roadmap-begin")
async def begin(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    year, how = words(form, "year", 9), words(form, "how", 20)
    if how in tuple(Calendar):
        await verbs.take(work, year, Calendar(how), past_done=words(form, "past", 9) == "done")
    elif how == "copy":
        await verbs.copy(work, words(form, "from", 9))
    else:
        await verbs.begin_empty(work, year)
    return back(request, "roadmap", "roadmap-begun", query=f"year={year}")


@router.post("/copy", name="roadmap-copy")
async def copy(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    year = await verbs.copy(work, words(form, "year", 9))
    return back(request, "roadmap", "roadmap-copied", query=f"year={year}")


# A POST: taking a document out of the house is written into the journal.
@router.post("/file", name="roadmap-file")
async def download(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    year = words(form, "year", 9)
    if words(form, "kind", 9) == "docx":
        name, data = await roadmap_document.build(work, year)
        return file(data, name, DOCX)
    name, data = await make(work, "roadmap", year)
    return file(data, name, XLSX)


def year_of(work: Work, asked: str) -> str:
    """The school year that the address asks for; the one in work where it asks for none."""
    try:
        verbs.require_year(asked)
    except Refusal:
        return work.settings.year
    return asked


def chart(stages: Sequence[RoadmapStage], work: Work, t: Texts) -> Chart:
    """The tracker: each stage with what is done, what is still to come, what is overdue."""
    lines = [[said.line(one) for one in stage.events] for stage in stages]
    each = [rules.standing(one, work.today) for one in lines]
    whole = rules.standing([line for one in lines for line in one], work.today)
    now = rules.current(each)
    labels = [
        t("roadmap-chart-now" if n == now else "roadmap-chart-stage", n=n + 1, title=stage.title)
        for n, stage in enumerate(stages)
    ]
    parts = [
        Series(t("roadmap-chart-done"), [one.done for one in each]),
        Series(t("roadmap-chart-ahead"), [one.total - one.done - one.overdue for one in each]),
        Series(t("roadmap-chart-overdue"), [one.overdue for one in each]),
    ]
    return Chart(
        "stages",
        t("roadmap-chart-title"),
        _sentence(t, whole, stages[now].title if now is not None else ""),
        stacked("stages", labels, parts),
        (t("roadmap-stage"), t("roadmap-chart-all"), *(part.name for part in parts)),
        tuple(
            Row(label, tuple(str(n) for n in (one.total, one.done, one.total - one.done - one.overdue, one.overdue)), f"#stage-{stage.id}")
            for label, one, stage in zip(labels, each, stages, strict=True)
        ),
    )  # fmt: skip


def _sentence(t: Texts, whole: Standing, stage: str) -> str:
    if not whole.total:
        return t("roadmap-said-none")
    if whole.finished:
        return t("roadmap-said-all", total=whole.total)
    parts = [t("roadmap-said-done", done=whole.done, total=whole.total)]
    if stage:
        parts.append(t("roadmap-said-now", stage=stage))
    parts.append(
        t("roadmap-said-overdue", count=whole.overdue) if whole.overdue else t("roadmap-said-in-time")
    )
    return " ".join(parts)


def _shown(event: RoadmapEvent, show: str, user: int) -> bool:
    if show == "mine":
        return event.owner_id == user
    return show == "all" or event.status in OPEN


def _years(work: Work, kept: Sequence[str], year: str) -> list[str]:
    """Years with a map, the one in work and the one that is looked at, the newest first."""
    return sorted({*kept, work.settings.year, year}, reverse=True)
