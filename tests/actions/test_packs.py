"""The pack made in processes of its own; papers made by the hundred are those that are made one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import etree

from actions import document_look as look
from actions.document import Block, Heading, Paragraph, Signatures, Table, Title, add
from actions.document_words import words_of
from actions.template_check import example
from actions.template_render import Press, rendered
from actions.template_writing import MADE_AT, shipped
from program.templates import fields

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BLOCKS = (
    Title("Название"), Heading("Заголовок\nв две строки"), Paragraph(""), Paragraph("а & <b>\nвторая\tи \u202e\x07"),
    Paragraph("с", lead="Лид:", align="left", bold=True, size=11, after=6, italic=True, color="1f4E5F", together=True),
    Paragraph("", lead="Лид", after=2), Paragraph(" с краю ", size=9.5),
    Table(("а", "б"), [("1", ""), ("x\ny", "z ")], (30, 58.5), size=9.5), Table((), [("1", "2")], (30, 58), lines=False),
    Signatures([("Наставник", "Котова А. С."), ("", "")], "день"), Signatures([("а", "б")] * 15, "день"),
)  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_a_block_in_words_is_what_the_library_writes(block: Block) -> None:
    file = look.blank("", "", datetime.fromtimestamp(0, UTC))
    add(file, block)
    words = etree.fromstring(f'<x xmlns:w="{W}">{words_of(block)}</x>')
    theirs, ours = (
        [etree.tostring(node, method="c14n", exclusive=True) for node in nodes]
        for nodes in (list(file.element.body)[:-1], words)
    )
    assert ours == theirs


def test_a_press_gives_the_same_bytes_whatever_it_made_before() -> None:
    for code in ("diploma", "plan", "agreement"):
        values = {name: example(field) for name, field in fields(code).items()}
        alone = rendered(shipped(code), [values], title="П", author="Ш", made_at=MADE_AT)
        press = Press(shipped(code))
        press.fill([values, values], title="П", author="Ш", made_at=MADE_AT)
        assert press.fill([values], title="П", author="Ш", made_at=MADE_AT) == alone
