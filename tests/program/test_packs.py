"""Names inside the archive: whatever people have typed, every disk takes them and no two are one."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.errors import Refusal
from program.packs import LONGEST, Names, Part, Wanted, chosen, safe


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=6))
def test_any_words_become_names_that_a_disk_keeps_apart(things: list[tuple[str, str]]) -> None:
    names = Names()
    found = [name for folder, stem in things for name in names.free(folder, stem, ("docx", "pdf"))]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert len(name) <= LONGEST
        assert not set(name.replace("/", "", 1)) & set('<>:"/\\|?*')
        assert not any(unicodedata.category(c)[0] == "C" for c in name)
        assert not any(part.endswith((".", " ")) or part.startswith((".", " ")) for part in name.split("/"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8/А", "8 А"), ("../../etc/passwd", "etc passwd"), ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("  . ", "_"),
        ("а\u202eгпж.exe", "а гпж.exe"), ("=1+1", "=1+1"), ("{{ x }}", "{{ x }}"), ("е\u0308ж", "ёж"),
    ],
)  # fmt: skip
def test_what_a_disk_would_misread_is_taken_out(typed: str, kept: str) -> None:
    assert safe(typed) == kept


def test_alike_names_get_a_number_and_nothing_is_asked_for_without_a_choice() -> None:
    names = Names()
    assert names.free("Папка", "План", ("docx",)) == ["Папка/План.docx"]
    assert names.free("Папка", "план", ("docx", "pdf")) == ["Папка/план (2).docx", "Папка/план (2).pdf"]
    on = date(2026, 9, 15)
    wanted = chosen("2026-2027", "year", on, ["own", "orders", "x"], ["pdf", "y"])
    assert (wanted.parts, wanted.forms) == ((Part.ORDERS, Part.OWN), ("pdf",))
    assert Wanted.read(wanted.to_json()) == wanted
    for parts, forms in ((["x"], ["pdf"]), (["own"], ["x"])):
        with pytest.raises(Refusal):
            chosen("2026-2027", "year", on, parts, forms)
