"""«Школы»: numbers without names for the municipal coordinator and the evaluator from outside."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import school_numbers
from admin.show import page
from admin.visit import Reading, Signed
from program.hiding import LEAST

router = APIRouter(prefix="/schools")


@router.get("", name="school-numbers")
async def schools(request: Request, staff: Signed, work: Reading) -> Response:
    lines = await school_numbers.of(work, staff.role)
    return page(
        request,
        "schools/schools.html",
        work,
        section="school-numbers",
        lines=lines,
        columns=school_numbers.COLUMNS,
        total=lambda column: school_numbers.total(lines, column),
        hidden=any(getattr(one, column) is None for one in lines for column in school_numbers.COLUMNS),
        least=LEAST,
    )
