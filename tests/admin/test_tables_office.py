"""The file of a list as another office reads it: names stay words, days stay days, nothing is worked out."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import httpx2
import pytest

from program.roles import Category
from storage.database import Database
from tests.actions.files import converted
from tests.actions.test_reports_office import sheets
from tests.admin.conftest import Browsers
from tests.build import person

pytestmark = pytest.mark.office

HOSTILE = ('=HYPERLINK("http://bad.test";"x")', "+7(900)", "-1+1", "@SUM(A1)", "=cmd|'/c calc'!A1")


async def test_hostile_names_come_out_of_libreoffice_as_they_were_written(
    curator: httpx2.AsyncClient, browsers: Browsers, database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as session:
        for name in HOSTILE:
            session.add(
                person(browsers.school, "", name, position=name, category=Category.TEACHER, class_name="")
            )
    answer = await curator.post("/people/file?sort=-name&q=")
    rows = sheets(tmp_path, answer.content)["Участники"]
    head = next(number for number, row in enumerate(rows) if row[:1] == ["Имя"])
    assert sorted(row[0] for row in rows[head + 1 :] if row) == sorted(HOSTILE)
    assert {row[0]: row[1] for row in rows[head + 1 :] if row} == {name: name for name in HOSTILE}
    assert all(re.fullmatch(r"\d\d\.\d\d\.\d{4} \d\d:\d\d", row[5]) for row in rows[head + 1 :] if row)
    assert "Порядок: Имя, по убыванию" in [row[0] for row in rows[:head] if row]

    # Saved again by LibreOffice: still no formula.
    saved = tmp_path / "again"
    saved.mkdir()
    again = zipfile.ZipFile(io.BytesIO(converted(saved, answer.content, "ods")))
    content = again.read("content.xml").decode()
    assert "table:formula" not in content
    assert "HYPERLINK" in content
