"""«Отчёты»: a school year in numbers and pictures, and every report of the registry as a workbook."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import report_charts, year_numbers
from actions.reports import REPORTS, make
from admin.access import may
from admin.show import file, page, version
from admin.visit import Changing, Fields, Reading, Signed, house, words
from locales import dates
from program.periods import CODES, period

router = APIRouter(prefix="/reports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("", name="reports")
async def all_reports(request: Request, staff: Signed, work: Reading) -> Response:
    years = await year_numbers.years(work)
    year = _asked(request, "year", years, work.settings.year)
    of = period(year, _asked(request, "part", CODES, CODES[0]))
    board = await year_numbers.board(work, of)
    t = house(request).texts

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
    )


@router.post("/{name}", name="report-file")
async def download(request: Request, staff: Signed, work: Changing, form: Fields, name: str) -> Response:
    if name not in {report.name for report in REPORTS}:
        raise HTTPException(404)
    made, data = await make(work, name, words(form, "year", 9))
    return file(data, made, XLSX)


def _asked(request: Request, name: str, known: list[str] | tuple[str, ...], usual: str) -> str:
    value = request.query_params.get(name, "")
    return value if value in known else usual
