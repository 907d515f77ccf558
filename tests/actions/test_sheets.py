"""Uploaded files: what is read, and which sentence a wrong file gets."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from random import randbytes

import pytest
import xlsxwriter

from actions import sheets
from program.errors import Refusal
from tests.actions.files import converted, xlsx

ROWS = [["ФИО", "Класс"], ["Ромашкина Алиса", "8А"]]
CSV = "ФИО;Класс\r\nРомашкина Алиса;8А\r\n"


async def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        await sheets.read(name, data)
    return refused.value.text.id


async def test_reads_every_sheet_of_a_workbook_and_leaves_out_empty_ones() -> None:
    found = await sheets.read("список.XLSX", xlsx(("8А", ROWS), ("Пусто", []), ("8Б", ROWS)))
    assert [(sheet.name, sheet.rows) for sheet in found] == [("8А", ROWS), ("8Б", ROWS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("between", [";", ",", "\t"])
async def test_reads_csv_however_it_was_saved(encoding: str, between: str) -> None:
    found = await sheets.read("list.csv", CSV.replace(";", between).encode(encoding))
    assert found[0].rows == ROWS


async def test_reads_csv_in_the_encoding_of_old_systems() -> None:
    text = "ФИО;Класс\r\n" + "Ромашкина Алиса Павловна;8А\r\nВасильков Олег Ильич;10Б\r\n" * 20
    for encoding in ("cp1251", "cp866", "koi8_r"):
        found = await sheets.read("list.csv", text.encode(encoding))
        assert found[0].rows[1] == ["Ромашкина Алиса Павловна", "8А"], encoding


async def test_a_quoted_cell_may_hold_the_mark_and_a_line_end() -> None:
    found = await sheets.read("list.csv", 'sep=;\r\nФИО;Класс\r\n"Ромашкина;\nАлиса";8А\r\n'.encode())
    assert found[0].rows == [["ФИО", "Класс"], ["Ромашкина;\nАлиса", "8А"]]


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods"])
async def test_reads_what_libreoffice_writes(tmp_path: Path, ending: str) -> None:
    data = converted(tmp_path, xlsx(("Список", ROWS)), ending)
    found = await sheets.read(f"list.{ending}", data)
    assert found[0].rows == ROWS


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("list.pdf", b"%PDF-1.7", "roster-file-kind"),
        ("list", b"x", "roster-file-kind"),
        ("list.xlsx", b"", "roster-file-empty"),
        ("list.csv", b"\xef\xbb\xbf\r\n\r\n", "roster-file-empty"),
        ("list.csv", b";;;\r\n;;\r\n", "roster-file-empty"),
        ("list.csv", b"x" * (6 * 1024 * 1024), "roster-file-big"),
        ("list.csv", b"a;b\n" * 20_001, "roster-file-rows"),
        ("list.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "roster-file-other"),
        ("list.csv", b"a;" + b"x" * 200_000, "roster-file-broken"),
        ("list.xlsx", b"%PDF-1.7", "roster-file-other"),
        ("list.xls", b"<html><table><tr><td>1", "roster-file-page"),
        ("list.xlsx", b"PK\x03\x04 and nothing more", "roster-file-broken"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "roster-file-broken"),
        (
            "list.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "roster-file-password",
        ),
    ],
)
async def test_a_file_that_cannot_be_read_gets_a_sentence(name: str, data: bytes, said: str) -> None:
    assert await refusal(name, data) == said


async def test_a_workbook_without_words_is_empty() -> None:
    assert await refusal("list.xlsx", xlsx(("Лист1", []))) == "roster-file-empty"


async def test_too_many_rows_are_refused() -> None:
    assert await refusal("list.xlsx", xlsx(("Л", [["x"]] * 20_001))) == "roster-file-rows"


async def test_an_archive_that_is_no_table_is_refused() -> None:
    assert await refusal("list.xlsx", archive({"readme.xml": b"hello"})) == "roster-file-not-table"


async def test_a_truncated_workbook_is_refused() -> None:
    assert await refusal("list.xlsx", xlsx(("Л", ROWS))[:-300]) == "roster-file-broken"


@pytest.mark.parametrize(("offset", "value"), [(10, 99), (6, 255)], ids=["compression", "version"])
async def test_an_archive_of_a_kind_that_nobody_can_read_is_refused(offset: int, value: int) -> None:
    """A compression, or a version of the format, that does not exist; both stand in the directory's entry."""
    whole = bytearray(xlsx(("Л", ROWS)))
    entry = whole.index(b"PK\x01\x02")
    while entry >= 0:
        whole[entry + offset : entry + offset + 2] = struct.pack("<H", value)
        entry = whole.find(b"PK\x01\x02", entry + 4)
    assert await refusal("list.xlsx", bytes(whole)) == "roster-file-broken"


async def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = archive({"xl/workbook.xml": b"0" * (sheets.LARGEST_UNPACKED + 1)})
    assert len(bomb) < 100_000
    assert await refusal("list.xlsx", bomb) == "roster-file-bomb"


async def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    bomb = archive({"xl/workbook.xml": b"0" * (sheets.LARGEST_UNPACKED + 1)})
    lying = bomb.replace(struct.pack("<L", sheets.LARGEST_UNPACKED + 1), struct.pack("<L", 100))
    assert lying != bomb
    assert await refusal("list.xlsx", lying) == "roster-file-broken"


@pytest.mark.parametrize("said", [None, 4 * 2**20], ids=["honest", "lying"])
async def test_a_part_that_swells_a_hundred_times_is_refused_though_all_of_it_would_fit(
    said: int | None,
) -> None:
    bomb = archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * (8 * 2**20)})
    if said is not None:  # of its packed size, as if there were no bomb in it
        entry = bomb.rindex(b"PK\x01\x02")
        bomb = bomb[: entry + 20] + struct.pack("<L", said) + bomb[entry + 24 :]
    assert len(bomb) < 10_000
    assert await refusal("list.xlsx", bomb) in ("roster-file-bomb", "roster-file-broken")
    beside = archive({"xl/media/photo.jpg": randbytes(2**20), "xl/workbook.xml": b" " * (40 * 2**20)})
    assert await refusal("list.xlsx", beside) == "roster-file-bomb"
    many = archive({"xl/workbook.xml": b"<a/>"} | {f"xl/{n}.xml": b"<a/>" for n in range(sheets.MOST_PARTS)})
    assert await refusal("list.xlsx", many) == "roster-file-bomb"


async def test_lists_of_a_whole_school_are_read() -> None:
    person = ["Ромашкина", "Алиса", "Павловна", "8А", "12.05.2012", "+7 900 000-00-00", "Не указано"] * 3
    whole = await sheets.read("список.xlsx", xlsx(("Школа", [[*person, n] for n in range(2_000)])))
    assert len(whole[0].rows) == 2_000
    classes = [(f"{n}А", [[*person, one] for one in range(30)]) for n in range(60)]
    assert len(await sheets.read("классы.xlsx", xlsx(*classes))) == 60


async def test_a_table_of_seventeen_billion_cells_is_refused() -> None:
    """One cell in each far corner: 6 KB that a parser answers with all the memory there is."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "ФИО")
    sheet.write_string(1_048_575, 16_383, "x")
    book.close()
    assert await refusal("list.xlsx", buffer.getvalue()) == "roster-file-bomb"


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()
