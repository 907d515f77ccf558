"""«Что нового»: what each release has brought, and that an update keeps a copy first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.show import page
from admin.visit import Reading, Signed
from locales.releases import releases

router = APIRouter(prefix="/whats-new")


@router.get("", name="release")
async def whats_new(request: Request, staff: Signed, work: Reading) -> Response:
    return page(request, "settings/release.html", work, section="upkeep", releases=releases())
