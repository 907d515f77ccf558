"""Real files for tests."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook with these sheets; dates are written as Excel writes them, formulas stay words."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "default_date_format": "dd.mm.yyyy"}
    book = xlsxwriter.Workbook(buffer, options)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value)
                elif value not in (None, ""):
                    sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def table(data: bytes, sheet: str = "", header: str = "№") -> list[list[Any]]:
    """The rows from the header down to the first empty one."""
    book = opened(data)
    page = book[sheet] if sheet else book.worksheets[0]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    start = next(index for index, row in enumerate(rows) if row[0] == header)
    found = []
    for row in rows[start:]:
        if not any(value is not None for value in row):
            break
        found.append(row)
    return found


def converted(folder: Path, data: bytes, to: str, *, expect: str = "list") -> bytes:
    """The workbook saved by LibreOffice as something else; `to` may carry a filter's options.

    Args:
        expect: name of the one file that comes out; "" where there are several.
    """
    (folder / "list.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, folder / "list.xlsx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / f"{expect}.{to.split(':')[0]}").read_bytes() if expect else b""
