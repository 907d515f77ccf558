"""Taking an import back: only what it did, only within a day, only where nobody went on from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions import invitations, roster, roster_undo
from actions.recognition import Kind
from actions.work import Work
from program.errors import Refusal
from program.roles import PersonState
from program.roster_columns import Field
from storage.tables import JournalEntry, Person, StoredFile
from tests.build import address

LIST = "ФИО;Класс;Дата рождения\nРомашкина Алиса;8А;05.03.2012\nЛандышева Вера;8А;06.03.2012\n"


async def load(work: Work, text: str, **more: object) -> roster.Counts:
    return await roster.apply(work, await roster.read(work, "8А.csv", text.encode()), **more)  # type: ignore[arg-type]


async def names(work: Work) -> list[str]:
    return list(await work.session.scalars(select(Person.last_name).order_by(Person.id)))


async def test_what_was_added_leaves_and_who_has_come_since_stays(work: Work) -> None:
    await load(work, LIST)
    alice, vera = (await work.session.scalars(select(Person).order_by(Person.id))).all()
    await invitations.invite(work, "any", person_id=vera.id)
    work.session.add(address(alice))
    [offer] = await roster_undo.offered(work)
    assert (offer.remove, offer.stay, offer.restore) == (1, 1, 0)
    await roster_undo.undo(work)
    assert await names(work) == ["Ромашкина"]
    last = await work.session.scalar(select(JournalEntry).order_by(JournalEntry.id.desc()))
    assert last is not None
    assert (last.action, last.after) == ("roster.undone", {"removed": 1, "stayed": 1, "restored": 0})
    with pytest.raises(Refusal, match="roster-undo-none"):
        await roster_undo.undo(work)


async def test_changed_fields_come_back_unless_somebody_changed_them_since(work: Work) -> None:
    await load(work, LIST)
    await load(work, LIST.replace("8А", "9А"))
    alice, vera = (await work.session.scalars(select(Person).order_by(Person.id))).all()
    alice.class_name = "9Б"
    await work.session.flush()
    done = await roster_undo.undo(work)
    assert (done.remove, done.restore) == (0, 1)
    assert [(p.class_name, p.birth_date) for p in (alice, vera)] == [
        ("9Б", date(2012, 3, 5)),
        ("8А", date(2012, 3, 6)),
    ]
    await roster_undo.undo(work)  # the first one is still there to be taken back
    assert await names(work) == []


async def test_after_a_day_nothing_can_be_taken_back_and_nothing_is_kept(work: Work) -> None:
    await load(work, LIST)
    late = replace(work, now=work.now + timedelta(hours=24))
    assert await roster_undo.offered(late) == []
    with pytest.raises(Refusal, match="roster-undo-late"):
        await roster_undo.undo(late)
    await roster_undo.forget_old(replace(work, now=work.now + timedelta(hours=25)))
    assert (await work.session.scalars(select(StoredFile))).all() == []
    assert len(await names(work)) == 2


async def test_a_group_of_rows_can_be_left(work: Work) -> None:
    await load(work, LIST.replace("Ландышева Вера;8А;06.03.2012\n", ""))
    again = LIST.replace("8А", "9А")
    assert (await load(work, again, kinds=[Kind.NEW])).changed == 0
    people = (await work.session.scalars(select(Person).order_by(Person.id))).all()
    assert [(p.last_name, p.class_name) for p in people] == [("Ромашкина", "8А"), ("Ландышева", "9А")]


async def test_the_meaning_of_a_column_is_remembered_for_the_next_list(work: Work) -> None:
    text = "ФИО;Класс;Связь\nРомашкина Алиса;8А;89001234567\n"
    wishes = roster.Wishes(columns={"связь": Field.PHONE, "класс": Field.CLASS, "#7": Field.EMAIL})
    preview = await roster.read(work, "a.csv", text.encode(), wishes=wishes)
    assert preview.rows[0].draft.phone == "+79001234567"
    await roster.apply(work, preview, wishes=wishes)
    assert work.school.settings["roster_columns"] == {"связь": "phone"}
    later = await roster.read(
        work, "b.csv", text.replace("Алиса", "Вера").replace("Связь", "СВЯЗЬ:").encode()
    )
    assert later.rows[0].draft.phone == "+79001234567"
    back = roster.Wishes(columns={"связь": Field.SKIP})
    await roster.apply(work, later, wishes=back)
    assert work.school.settings["roster_columns"] == {}


async def test_the_header_can_be_named_and_a_sheet_left_out(work: Work) -> None:
    text = "Кто;Где\nРомашкина Алиса;8А\n"
    with pytest.raises(Refusal, match="roster-no-header"):
        await roster.read(work, "a.csv", text.encode())
    wishes = roster.Wishes(headers={"": 1}, columns={"кто": Field.FULL, "где": Field.CLASS})
    preview = await roster.read(work, "a.csv", text.encode(), wishes=wishes)
    assert [(row.draft.shown, row.draft.class_name) for row in preview.of(Kind.NEW)] == [
        ("Ромашкина Алиса", "8А")
    ]
    with pytest.raises(Refusal, match="roster-no-header"):
        await roster.read(work, "a.csv", LIST.encode(), wishes=roster.Wishes(headers={"": 0}))


async def test_two_people_with_one_name_come_in_once_their_birth_dates_are_given(work: Work) -> None:
    text = "ФИО;Класс\nРомашкина Алиса;8А\nРомашкина Алиса;8А\n"
    preview = await roster.read(work, "a.csv", text.encode())
    assert [[one.id for one in row.reasons] for row in preview.rows] == [["roster-twin"], ["roster-twice"]]
    fixes = {("", 2, Field.BORN): "05.03.2012", ("", 3, Field.BORN): "6.3.2012"}
    preview = await roster.read(work, "a.csv", text.encode(), wishes=roster.Wishes(fixes=fixes))
    assert preview.counts.new == 2


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Pомашкина Алисa;8А;", "roster-name-lookalike"),
        ("Ромашкина Алиса;8А;01.01.2031", "roster-born-future"),
        ("Ромашкина Алиса;8А;01.01.1899", "roster-born-age"),
        ("Ромашкина 😀;8А;", "roster-name-letters"),
        (f"{'а' * 101} Алиса;8А;", "roster-name-long"),
        ("=HYPERLINK(1) Алиса;8А;", "roster-name-code"),
    ],
)
async def test_a_senseless_cell_gets_a_sentence(work: Work, cell: str, said: str) -> None:
    preview = await roster.read(work, "a.csv", f"ФИО;Класс;Дата рождения\n{cell}\n".encode())
    assert said in [reason.id for reason in preview.rows[0].reasons]
    assert await names(work) == []


async def test_the_undo_of_another_school_is_out_of_reach(work: Work) -> None:
    from tests.build import school

    await load(work, LIST)
    other = school("second")
    work.session.add(other)
    await work.session.flush()
    assert await roster_undo.offered(replace(work, school=other)) == []
    with pytest.raises(Refusal, match="roster-undo-none"):
        await roster_undo.undo(replace(work, school=other))
    states = await work.session.scalars(select(Person.state))
    assert set(states) == {PersonState.INVITED}
