"""What docs/ says of the size and the kinds of files is what the code holds to."""

from __future__ import annotations

from actions import achievements, sheets
from admin.security import BODY_LIMIT_OF_ANYBODY, BODY_LIMIT_OF_CHATS
from bot.web import one_file
from locales import Texts
from program import archives, paper_files, pictures, town, word_files
from program.text import Text
from tests.reading import ROOT

MB = 2**20
OF_OFFICE = [ending for ending, _ in paper_files._OFFICE.values()] + list(paper_files._OPEN.values())


def row(number: str) -> str:
    """What docs/security.md says of a requirement."""
    words = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    (line,) = [one for one in words.splitlines() if one.startswith(f"| {number} |")]
    return line.split("|")[2].strip()


def test_the_limits_of_files_are_those_that_are_written_down() -> None:
    kinds = ", ".join(one.removeprefix(".") for one in sheets.ENDINGS)
    parts = {sheets.MOST_PARTS, word_files.MEMBERS}
    rows = f"{sheets.MOST_ROWS:,}".replace(",", " ")
    assert row("5.1.1") == (
        f"списки: {kinds} до {sheets.LARGEST // MB} МБ и {sheets.LARGEST_UNPACKED // MB} МБ внутри, до {rows} строк и "
        f"{sheets.MOST_COLUMNS} столбцов; шаблоны: docx до {word_files.LARGEST // MB} МБ и {word_files.UNPACKED // MB} МБ "
        f"внутри; в обоих до {max(parts)} частей, и ни одна не больше своего сжатого вида в {archives.RATIO} раз "
        f"(от {archives.SMALL // MB} МБ); фото: JPEG, PNG до {pictures.LARGEST // MB} МБ; дипломы: JPEG, PNG, PDF до "
        f"{achievements.LONGEST_FILE // MB} МБ; документы школы: PDF, {', '.join(OF_OFFICE)}, JPEG, PNG до "
        f"{paper_files.LARGEST // MB} МБ; числа другой школы до {town.LARGEST // 1000} КБ"
    )
    assert len(parts) == 1
    bodies = f"без входа — {BODY_LIMIT_OF_ANYBODY // MB} МБ, в чате (фото, диплом) — {BODY_LIMIT_OF_CHATS // MB} МБ"
    assert bodies in row("5.2.1")
    privacy = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert f"копия диплома (JPG, PNG или PDF до {achievements.LONGEST_FILE // MB} МБ)" in privacy


def test_pages_say_the_limits_that_files_are_held_to() -> None:
    said = Texts("ru")
    for text, limit in (
        ("admin-roster-file-hint", sheets.LARGEST),
        ("plans-diploma-hint", achievements.LONGEST_FILE),
        ("relay-staff-photos-hint", pictures.LARGEST),
        ("relay-photo-lead", pictures.LARGEST),
        ("admin-news-photos-hint", pictures.LARGEST),
    ):
        assert f"до {limit // MB} МБ" in said(Text(text, {"limit": 10, "partner": "Аня"})), text
    assert {one_file.STORY.longest, one_file.DIPLOMA.longest} <= {pictures.LARGEST, achievements.LONGEST_FILE}
