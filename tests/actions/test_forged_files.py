"""Files that nobody's program has written: each is read or gets a sentence, and never an error, whatever stands in it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import random
import struct
import zipfile
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from actions import sheets
from actions.template_check import looked_into
from actions.template_writing import shipped
from program import paper_files, pictures, roster, town
from program.errors import Refusal
from program.word_files import require_plain
from tests.actions.files import xlsx

TODAY = date(2026, 9, 15)
HEAD = ["Фамилия", "Имя", "Класс", "Дата рождения", "Телефон", "Родитель"]
LIST = xlsx(("Список", [HEAD, ["Котова", "Аня", "8А", TODAY, "+79001112233", "Котова Ольга"]]))
LETTERS = (
    "",
    "=1+1",
    "\x00",
    "\ud800",
    "а" * 400,
    "9" * 400,
    "1e309",
    "NaN",
    "\u202e",
    "<a>",
    "]]>",
    "&a;",
    "-1",
    "2958466",
    "{{ x }}",
    "{% if %}",
)
XML = ("", "<", "&#0;", "<c r='A1048576'/>", "<c r='ZZZ99999999' t='s'><v>99999999</v></c>", "<v>-5</v>", "<!DOCTYPE a [<!ENTITY a 'b'>]>", "\x01", "</row>")  # fmt: skip
CELLS = st.one_of(st.text(max_size=12), st.sampled_from(LETTERS))


def spoilt(chance: random.Random, data: bytes) -> bytes:
    """Bytes gone, changed, doubled or added, here and there."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(made) or 1)
        match chance.randrange(4):
            case 0:
                del made[at : at + chance.choice((1, 4, 100))]
            case 1:
                made[at : at + 4] = chance.randbytes(4)
            case 2:
                made[at:at] = made[at : at + 50]
            case _:
                made[at : at + 4] = struct.pack(">I", chance.choice((0, 1, 2**31, 2**32 - 1)))
    return bytes(made)


def inside(chance: random.Random, data: bytes) -> bytes:
    """A part of an office file that has lost its meaning, in an archive that is whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        names = whole.namelist()
        odd = {chance.choice(names) for _ in range(chance.choice((1, 1, 2)))}
        for name in names:
            part = whole.read(name)
            if name not in odd:
                pack.writestr(name, part)
            elif chance.random() < 0.8:  # else it is not there at all
                words = part.decode("utf-8", "replace")
                at = chance.choice([n for n, sign in enumerate(words) if sign in '<>"'] or [0])
                put = chance.choice((*XML, *LETTERS))
                pack.writestr(name, (words[:at] + put + words[at + chance.choice((0, 1, 30)) :]).encode("utf-8", "replace"))  # fmt: skip
    return made.getvalue()


async def a_list(name: str, data: bytes) -> int:
    """How many people such a file would bring; 0 where it is refused."""
    try:
        found = await sheets.read(name, data)
    except Refusal:
        return 0
    read = [roster.read(sheet.rows, TODAY) for sheet in found]
    return sum(len(one.drafts) for one in read if one is not None)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELLS, max_size=7), max_size=5),
    st.sampled_from((";", ",", "\t", "", '"')),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "utf-32")),
    st.integers(),
)
def test_any_csv_is_read_or_refused(rows: list[list[str]], between: str, encoding: str, seed: int) -> None:
    chance = random.Random(seed)
    words = "\n".join(between.join(row) for row in [HEAD, *rows])
    data = words.encode(encoding, "replace")
    asyncio.run(a_list("list.csv", data if chance.random() < 0.5 else spoilt(chance, data)))


async def test_workbooks_with_parts_that_mean_nothing_are_read_or_refused() -> None:
    chance = random.Random(9)
    assert await a_list("list.xlsx", LIST) == 1
    odd = [(spoilt if n % 4 == 0 else inside)(chance, LIST) for n in range(12)]  # each a process of its own
    await asyncio.gather(*(a_list("list.xlsx", data) for data in odd))


@settings(max_examples=15, deadline=None)
@given(st.integers())
def test_any_word_file_is_taken_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    whole = shipped("order-pairs")
    data = (spoilt if chance.random() < 0.3 else inside)(chance, whole)
    for look in (require_plain, lambda one: paper_files.checked("a.docx", one)):
        with contextlib.suppress(Refusal):
            look(data)


def test_templates_with_parts_that_mean_nothing_are_told_what_is_wrong() -> None:
    chance, whole = random.Random(3), shipped("order-pairs")
    for _ in range(6):  # each is filled and drawn
        looked = looked_into("order-pairs", inside(chance, whole))
        assert looked.problems or looked.sample


@settings(max_examples=200, deadline=None)
@given(st.sampled_from((pictures._PNG, b"\xff\xd8\xff")), st.binary(max_size=200), st.integers())
def test_any_picture_is_taken_or_refused(head: bytes, rest: bytes, seed: int) -> None:
    for data in (head + rest, spoilt(random.Random(seed), head + rest)):
        try:
            made = pictures.picture(data)
        except Refusal:
            continue
        assert pictures.picture(made.data).data == made.data


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda deeper: st.lists(deeper, max_size=2) | st.dictionaries(st.text(max_size=3), deeper, max_size=2),
    max_leaves=3,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_numbers_of_another_school_are_read_or_refused(data: st.DataObject) -> None:
    counted: dict[str, Any] = {
        "year": "2026-2027", "number": 1, "made_on": "2026-09-01", "flags": [], "forms": {"uch_uch": dict.fromkeys(town.OF_FORM, 7)},
        "figures": dict.fromkeys(town.FIGURES, 7), "names": {"uch_uch": "Ученик – ученик"}, "rates": dict.fromkeys(town.OF_RATES, 7),
        "survey": {side: dict.fromkeys(town.OF_SURVEY, 7) for side in town.SIDES},
        **dict.fromkeys(town._WORDS, "Школа № 1"),
    }  # fmt: skip
    town.read(counted, TODAY)
    name = data.draw(st.sampled_from(sorted(counted)))
    part = counted[name]
    if isinstance(part, dict) and data.draw(st.booleans()):
        part[data.draw(st.sampled_from(sorted(part)))] = data.draw(VALUE)
    else:
        counted[name] = data.draw(VALUE)
    with contextlib.suppress(Refusal):
        town.read(counted, TODAY)


@settings(max_examples=100, deadline=None)
@given(st.integers())
def test_any_file_for_the_district_is_opened_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    whole = json.dumps({"format": town.FORMAT, "version": town.VERSION, "key": "A" * 43 + "=", "signature": "AA==", "numbers": {}})  # fmt: skip
    with contextlib.suppress(Refusal):
        town.opened(spoilt(chance, whole.encode()))
