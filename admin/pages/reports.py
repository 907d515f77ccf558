"""«Отчёты»: every report of the registry as a workbook. That one was taken out is a line of the journal."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions.reports import REPORTS, make
from admin.show import file, page
from admin.visit import Changing, Reading, Signed

router = APIRouter(prefix="/reports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("", name="reports")
async def all_reports(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request, "reports/reports.html", work, section="reports", reports=REPORTS, year=work.settings.year
    )


@router.post("/{name}", name="report-file")
async def download(request: Request, staff: Signed, work: Changing, name: str) -> Response:
    if name not in {report.name for report in REPORTS}:
        raise HTTPException(404)
    made, data = await make(work, name)
    return file(data, made, XLSX)
