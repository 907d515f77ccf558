"""«Отчёты»: a school year in numbers and pictures, and every report of the registry as a workbook."""

from __future__ import annotations

import asyncio
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import head_report, report_charts, year_numbers
from actions.accounts import Staff
from actions.chart_pictures import png
from actions.pages import PDF
from actions.reports import REPORTS, make
from actions.work import Work
from admin.access import may
from admin.show import file, page, version
from admin.visit import Changing, Fields, Reading, Signed, house, words
from locales import dates
from program.errors import Refusal
from program.hiding import LEAST
from program.periods import CODES, Period, period
from program.report_settings import ReportSettings

router = APIRouter(prefix="/reports")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("", name="reports")
async def all_reports(request: Request, staff: Signed, work: Reading) -> Response:
    years = await year_numbers.years(work)
    of = _period(work, years, request.query_params.get("year", ""), request.query_params.get("part", ""))
    year = of.year
    board = await year_numbers.board(work, of)
    own, t = ReportSettings.read(work.settings.reports), house(request).texts

    def address(route: str, query: str = "", **parts: str) -> str:
        """Lists are of the year in work: of another year nothing stands behind a number."""
        if year != work.settings.year or not may(staff.role, route):
            return ""
        return str(request.app.url_path_for(route, **parts)) + (f"?{query}" if query else "")

    return page(
        request,
        "reports/reports.html",
        work,
        section="reports",
        reports=REPORTS,
        titles={one.name: own.title(one.name, one.title) for one in REPORTS},
        years=years,
        of=of,
        parts=CODES,
        today=work.today,
        over=of.last < work.today,
        month=lambda code: dates.month(period(year, code).first),
        full_day=lambda day: f"{dates.day(day)} {day.year}",
        charts_version=version("charts.css"),
        figures=report_charts.figures(t, work, board, address),
        charts=report_charts.of_board(t, work, board, address),
        picture=lambda chart: _picture(request, staff, of, chart.id),
        least=LEAST,
    )


@router.get("/chart/{chart}.png", name="report-chart")
async def picture(request: Request, staff: Signed, work: Reading, chart: str) -> Response:
    """A picture of the page to be pasted elsewhere: what it shows leaves the school."""
    years = await year_numbers.years(work)
    of = _period(work, years, request.query_params.get("year", ""), request.query_params.get("part", ""))
    t = house(request).texts
    charts = report_charts.outward(t, work, await year_numbers.board(work, of))
    found = next((one for one in charts if one.id == chart), None)
    if found is None:
        raise HTTPException(404)
    data = await asyncio.to_thread(png, found)  # a twentieth of a second
    return file(data, f"{found.title} {work.today}.png", "image/png", inline=True)


@router.post("/head", name="head-report-file")
async def head(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    years = await year_numbers.years(work)
    name, data = await head_report.build(
        work, _period(work, years, words(form, "year", 9), words(form, "part", 9))
    )
    return file(data, name, DOCX)


@router.post("/{name}", name="report-file")
async def download(request: Request, staff: Signed, work: Changing, form: Fields, name: str) -> Response:
    if name not in {report.name for report in REPORTS}:
        raise HTTPException(404)
    typed, ending = words(form, "day", 10), words(form, "as", 4) or "xlsx"
    try:
        on = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refusal("admin-field-date") from None
    made, data = await make(
        work, name, words(form, "year", 9), words(form, "part", 5) or CODES[0], on, ending
    )
    return file(data, made, {"docx": DOCX, "pdf": PDF}.get(ending, XLSX))


def _period(work: Work, years: list[str], year: str, part: str) -> Period:
    """What is asked for; the year in work, and the whole of it, where that cannot be read."""
    return period(year if year in years else work.settings.year, part if part in CODES else CODES[0])


def _picture(request: Request, staff: Staff, of: Period, name: str) -> str:
    """The address of a picture to be pasted; "" for who may not take it out."""
    if not may(staff.role, "report-chart"):
        return ""
    asked = urlencode({"year": of.year, "part": of.code})
    return f"{request.app.url_path_for('report-chart', chart=name)}?{asked}"
