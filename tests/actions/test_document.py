"""A document in words, read back: its paper, its tables, its foot, its properties, its bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import docx as library
from docx.document import Document as File
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from actions.document import (
    Document,
    Heading,
    Paragraph,
    Points,
    Signatures,
    Table,
    Title,
    Turn,
    docx,
)

AT = datetime(2026, 9, 15, 10, 30, tzinfo=timezone(timedelta(hours=3)))


def made(title: str = "Программа", author: str = "Школа № 1") -> bytes:
    document = Document(title, author, "Содержит персональные данные")
    document.add(
        Title("Программа"), Heading("1. Участники"), Paragraph("за руку & <b>\x07\u202e", lead="Цель:")
    )
    document.add(
        Points(["раз", "два"]), Table(("№", "Имя"), [("1", "Аня"), ("2", "Игорь\nСоколов")], (20, 60))
    )
    document.add(Turn(wide=True), Table((), [("слева", "справа")], (98, 75), lines=False), Turn(wide=False))
    document.add(Signatures([("Наставник", "Лебедева М. И."), ("Родитель", "")], "дата"))
    return docx(document, AT)


def read(data: bytes) -> File:
    return library.Document(io.BytesIO(data))


def test_the_file_says_what_it_is_whose_and_when() -> None:
    about = read(made()).core_properties
    assert (about.title, about.author, about.last_modified_by) == ("Программа", "Школа № 1", "Школа № 1")
    assert (about.language, about.comments) == ("ru-RU", "")
    assert about.created == about.modified == AT.astimezone(UTC)


def test_a_schools_long_name_is_shortened_for_the_properties_only() -> None:
    assert read(made(author="Школа " * 60)).core_properties.author == ("Школа " * 60)[:255]


def test_the_same_words_give_the_same_bytes_whenever_they_are_written() -> None:
    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [name for name in parts.namelist() if "thumbnail" in name] == []


def test_pages_are_a4_and_turn() -> None:
    papers = [
        (one.orientation, round(one.page_width.mm), round(one.page_height.mm), round(one.left_margin.mm))
        for one in read(made()).sections
        if one.page_width and one.page_height and one.left_margin
    ]
    upright = (WD_ORIENT.PORTRAIT, 210, 297, 25)
    assert papers == [upright, (WD_ORIENT.LANDSCAPE, 297, 210, 14), upright]


def test_every_page_is_numbered_out_of_all() -> None:
    first, *others = read(made()).sections
    fields = [one.get(qn("w:instr")) for one in first.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert first.footer.paragraphs[0].text.startswith("Содержит персональные данные")
    assert all(one.footer.is_linked_to_previous for one in others)


def test_a_tables_head_is_repeated_and_no_row_is_torn() -> None:
    people, plain, signed = read(made()).tables
    marks = [
        [[mark.tag.split("}")[1] for mark in row._tr.get_or_add_trPr()] for row in table.rows]
        for table in (people, plain, signed)
    ]
    assert marks == [
        [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]],
        [["cantSplit"]],
        [["cantSplit"]] * 2,
    ]


def test_columns_are_as_wide_as_they_were_asked_to_be() -> None:
    for table, widths in zip(read(made()).tables, [(20, 60), (98, 75), (58, 37, 48, 30)], strict=True):
        assert table.autofit is False
        assert tuple(round(column.width.mm) for column in table.columns if column.width) == widths
        for row in table.rows:
            assert tuple(round(cell.width.mm) for cell in row.cells if cell.width) == widths


def test_headings_lists_and_words_are_what_they_were() -> None:
    file = read(made())
    told = [(line.style.name if line.style else "", line.text) for line in file.paragraphs if line.text]
    assert told == [
        ("Title", "Программа"),
        ("Heading 1", "1. Участники"),
        ("Normal", "Цель: за руку & <b>"),
        ("List Bullet", "раз"),
        ("List Bullet", "два"),
    ]
    assert [cell.text for row in file.tables[0].rows for cell in row.cells][3:] == [
        "Аня",
        "2",
        "Игорь\nСоколов",
    ]


def test_there_is_a_line_for_each_signature_name_and_day() -> None:
    whose, *places = read(made()).tables[2].rows[1].cells
    assert whose.text.startswith("Родитель")
    assert [cell.paragraphs[1].text for cell in places] == ["подпись", "расшифровка", "дата"]
    assert all(cell.paragraphs[1]._p.find(f".//{qn('w:pBdr')}") is not None for cell in places)
    assert all(line.paragraph_format.keep_with_next is False for line in whose.paragraphs)
