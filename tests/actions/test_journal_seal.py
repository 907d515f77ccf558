"""The end of the journal is sealed with a key that does not lie in the database."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from actions import journal, journal_seal
from actions.journal_seal import Fault, Seals
from actions.work import Work
from program.channels import Channel
from program.journal_reading import Reach
from storage import journal_lines, system
from storage.database import Database
from storage.journal_lines import Wanted
from storage.tables import JournalEntry
from tests import build

SEALS = Seals("the installation's key")
KEEP = journal_seal.keeping(SEALS)


async def lines(work: Work, count: int) -> None:
    for number in range(count):
        await journal.note(
            work, "pair.approved", f"pair:{number}", {"status": "suggested"}, {"status": "approved"}
        )


async def unlock(work: Work) -> None:
    """What somebody with the database in hand may do."""
    on = "" if work.session.get_bind().dialect.name == "sqlite" else " ON journal_entry"
    for change in ("update", "delete"):
        await work.session.execute(text(f"DROP TRIGGER journal_entry_no_{change}{on}"))


def forget(work: Work) -> None:
    """What the session remembers of the lines is not asked."""
    for one in list(work.session.identity_map.values()):
        if isinstance(one, JournalEntry):
            work.session.expunge(one)


async def faults(work: Work) -> list[Fault]:
    return [one async for one in journal_seal.faults(work.session, SEALS)]


@pytest.mark.parametrize("change", ["UPDATE journal_entry SET actor = 'user:1'", "DELETE FROM journal_entry"])
async def test_the_database_itself_refuses_to_change_or_delete_a_line(work: Work, change: str) -> None:
    await lines(work, 1)
    with pytest.raises(IntegrityError, match="append-only"):
        async with work.session.begin_nested():
            await work.session.execute(text(change))
    assert await faults(work) == []


@pytest.mark.postgres
@pytest.mark.parametrize("change", ["UPDATE journal_entry SET actor = 'user:1'", "DELETE FROM journal_entry"])
async def test_postgresql_refuses_too(postgres: Database, now: datetime, change: str) -> None:
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
        await session.flush()
        work = Work(session, school, now)
        await lines(work, 2)
        await KEEP(work)
    with pytest.raises(DBAPIError, match="append-only"):
        async with postgres.transaction() as session:
            await session.execute(text(change))
    async with postgres.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        assert await faults(work) == []
        wanted = (
            Wanted(person=1),
            Wanted(pair=1),
            Wanted(actor="person:1", looks=False),
            Wanted(group="pair"),
        )
        found = [await journal_lines.some(session, school.id, Reach(whole=False), one) for one in wanted]
        assert [count for _, count in found] == [0, 1, 0, 2]


async def test_a_sealed_journal_that_grows_is_in_order(work: Work) -> None:
    await KEEP(work)
    assert await journal_seal.sealed(work.session, SEALS) == {}
    await lines(work, 3)
    await KEEP(work)
    await lines(work, 2)
    assert await faults(work) == []
    assert await journal_seal.sealed(work.session, SEALS) == {work.school.id: 3}
    await KEEP(work)
    assert await journal_seal.sealed(work.session, SEALS) == {work.school.id: 5}


@pytest.mark.parametrize(
    ("change", "number", "why"),
    [
        ("UPDATE journal_entry SET origin = 'cli' WHERE number = 2", 2, "changed"),
        ("UPDATE journal_entry SET after = '{}' WHERE number = 4", 4, "changed"),
        ("DELETE FROM journal_entry WHERE number = 2", 3, "changed"),
        ("DELETE FROM journal_entry WHERE number > 3", 4, "lost"),
        ("DELETE FROM journal_entry", 4, "lost"),
        ("UPDATE system_value SET value = 'WzEsOSwiIl0.x' WHERE name LIKE 'journal-seal:%'", 0, "seal"),
    ],
)
async def test_whatever_is_done_to_sealed_lines_is_found_and_the_seal_is_not_renewed(
    work: Work, change: str, number: int, why: str
) -> None:
    await lines(work, 4)
    await KEEP(work)
    await unlock(work)
    await work.session.execute(text(change))
    forget(work)
    assert Fault(work.school.id, number, why) in await faults(work)
    await lines(work, 1)
    await KEEP(work)
    assert await faults(work) != []


async def test_a_chain_reckoned_anew_does_not_match_the_seal(work: Work) -> None:
    await lines(work, 3)
    await KEEP(work)
    await unlock(work)
    await work.session.execute(text("DELETE FROM journal_entry"))
    forget(work)
    await lines(work.by("user:2"), 4)
    assert await faults(work) == [Fault(work.school.id, 3, "changed")]


async def test_a_seal_of_another_key_is_none(work: Work) -> None:
    await lines(work, 1)
    await journal_seal.keeping(Seals("another key"))(work)
    assert await faults(work) == [Fault(work.school.id, 0, "seal")]
    assert await system.get(work.session, f"{journal_seal.NAME}{work.school.id}")


async def test_a_line_says_by_which_door_somebody_came(work: Work) -> None:
    doors = (
        work,
        Work(work.session, work.school, work.now, "cli"),
        Work(work.session, work.school, work.now, "person:1"),
        Work(work.session, work.school, work.now, "user:1", Channel.TELEGRAM),
        Work(work.session, work.school, work.now, "user:1", origin="admin:windows"),
    )
    for one in doors:
        await journal.note(one, "settings.changed", "school:1")
    found = await work.session.execute(text("SELECT origin FROM journal_entry ORDER BY number"))
    assert [one for (one,) in found] == ["program", "cli", "page", "chat:telegram", "admin:windows"]
