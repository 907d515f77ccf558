"""«Журнал»: who changed what and when, who looked at what. Read only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import early_warning
from actions import journal as lines_of
from actions.journal_seal import sealed
from actions.work import Work
from admin.listing import Source, download, view
from admin.lists import journal as listed
from admin.lists.journal import Row
from admin.show import page
from admin.tables import Table
from admin.visit import Reading, Signed, house

router = APIRouter(prefix="/journal")


@router.get("", name="journal")
async def journal(request: Request, staff: Signed, work: Reading) -> Response:
    """`?person=` and `?pair=` show one person's or pair's lines; cards link here."""
    reach = early_warning.reach(staff.role)
    table, source = await listed.built(work, house(request).texts, reach, request.query_params)
    end = await lines_of.last(work.session, work.school.id)
    return page(
        request,
        "journal/journal.html",
        work,
        section="journal",
        view=await view(request, staff, work, table, source),
        values=reach.values,
        whole=reach.whole,
        end=end,
        sealed=(await sealed(work.session, house(request).links.seals)).get(work.school.id, 0),
    )


@router.post("/file", name="journal-file")
async def journal_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[Row], Source[Row]]:
        reach = early_warning.reach(staff.role)
        return await listed.built(work, house(request).texts, reach, request.query_params)

    return await download(request, staff, built)
