"""«Школы»: numbers without names for the municipal coordinator and the evaluator from outside."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import school_numbers
from actions.school_numbers import Line
from actions.work import Work
from admin.listing import Source, download, view
from admin.lists import school_numbers as listed
from admin.show import page
from admin.tables import Table
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
        view=await view(request, staff, work, *await listed.built(work, staff.role)),
        columns=school_numbers.COLUMNS,
        said=listed.said,
        many=len(lines) > 1,
        total=lambda column: school_numbers.total(lines, column),
        hidden=any(getattr(one, column) is None for one in lines for column in school_numbers.COLUMNS),
        least=LEAST,
    )


@router.post("/file", name="school-numbers-file")
async def schools_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[Line], Source[Line]]:
        return await listed.built(work, staff.role)

    return await download(request, staff, built)
