"""The pack made in processes of its own; papers made by the hundred are those that are made one by one."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from actions import document_look as look
from actions import packs
from actions.document import Block, Heading, Paragraph, Signatures, Table, Title, add
from actions.document_words import words_of
from actions.pack_making import Making
from actions.pack_plan import planned
from actions.template_check import example
from actions.template_render import Press, rendered
from actions.template_writing import MADE_AT, shipped
from actions.work import Work
from program.packs import Part, chosen
from program.roles import Category, Side
from program.states import PairStatus
from program.templates import fields
from scheduler.packer import Packer
from storage import pairs as pair_rows
from storage.database import Database
from storage.tables import School
from tests import build
from tests.actions.season import YEAR, Season
from tests.actions.test_made_documents import words

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


async def test_every_change_of_a_pair_has_its_order_without_the_reason_that_only_the_curator_reads(
    work: Work,
) -> None:
    season = Season(work)
    people = await season.people(3, Category.TEACHER)
    mentors = await season.places(people, Side.MENTOR, "uch_uch")
    mentees = await season.places(await season.people(3, Category.PUPIL), Side.MENTEE, "uch_uch")
    model, names = "uch_uch.lider_tihonya", [one.full_name for one in people]
    old = await season.pair(model, mentors[:1], mentees[:1], PairStatus.REPLACED)
    over = await season.pair(model, mentors[:1], mentees[1:2], PairStatus.STOPPED)
    in_time = await season.pair(model, mentors[2:], mentees[2:], PairStatus.COMPLETED)
    new = await season.pair(model, mentors[1:2], mentees[:1])
    for one in (old, over, in_time):
        one.closed_at, one.end_reason, one.starts_on = work.now, "safety", work.today
    in_time.starts_on = work.today - timedelta(days=300)
    new.ends_on, new.extended = work.today + timedelta(days=90), True
    pupils = await season.people(2, Category.PUPIL)
    led = await season.places(pupils, Side.MENTEE, "uch_uch")
    group = await pair_rows.get(
        work.session, work.school.id, (await season.pair(model, mentors[1:2], led)).id
    )
    assert group is not None
    leaver = group.members[-1]
    leaver.left_at, leaver.left_for = work.now, "safety"
    await work.session.flush()
    wanted = chosen(YEAR, "year", work.today, [Part.ORDERS], ["docx"])
    things = [one for one in await planned(work, wanted) if one.task.get("code") == "order-change"]
    assert [one.task["pair"] for one in things] == [old.id, over.id, new.id, group.id]
    making = Making(wanted)
    said = [words((await making.make(work, one.task, ["docx"]))["docx"]) for one in things]
    assert f"({names[0]}): новый наставник — {names[1]}" in said[0]
    assert "Завершить с 15 сентября 2026" in said[1]
    assert "Продлить" in said[2]
    assert things[3].task["other"] == leaver.person_id == pupils[1].id
    assert f"вышедшим из группы «{names[1]} – {pupils[0].full_name}»" in said[3]
    assert f"участника: {leaver.person.full_name}" in said[3]
    assert "безопасно" not in "".join(said)


@pytest.mark.postgres
async def test_a_pack_made_by_two_at_once_on_postgres_is_one(postgres: Database) -> None:
    async with postgres.transaction() as session:
        session.add(build.school())
        await session.flush()
        work = Work(session, await session.get_one(School, 1), build.NOW, "user:1")
        season = Season(work)
        mentees = await season.places(await season.people(2, Category.PUPIL), Side.MENTEE, "uch_uch")
        await season.pair("uch_uch.lider_tihonya", mentees[:1], mentees[1:])
        await packs.ask(work, chosen(YEAR, "year", work.today, [Part.AGREEMENTS], ["docx"]))

    await asyncio.gather(*(Packer(postgres, lambda: build.NOW, hands=0).look() for _ in range(2)))
    async with postgres.transaction() as session:
        work = Work(session, await session.get_one(School, 1), build.NOW, "user:1")
        _, wanted, inside = await packs.take(work)
    made = b"".join([part async for part in packs.sent(postgres, wanted, inside)])
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert [name for name in names if "Соглашение" in name]
    assert "00 Оглавление.xlsx" in names
