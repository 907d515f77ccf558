"""«Шаблоны», «Составить», «Благодарности»: the pages, from the first press to the file."""

from __future__ import annotations

import httpx2
import pytest

from program.templates import TEMPLATES, Pick
from storage.database import Database
from storage.tables import School
from tests.admin.world import furnish
from tests.conftest import NOW

MADE = [one.code for one in TEMPLATES if one.pick is not Pick.AWARD]


@pytest.mark.parametrize("code", MADE)
async def test_every_document_has_a_page(
    curator: httpx2.AsyncClient, database: Database, school: School, code: str
) -> None:
    await furnish(database, school, NOW)
    page = await curator.get(f"/documents/make/{code}")
    assert page.status_code == 200, page.text[:3000]
