"""What must hold at the end of every season, whatever happened in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from sqlalchemy import select

from actions import journal
from actions.news import WALL_ADDRESS
from bot.budget import JOINED
from program.channels import Channel
from program.courtesy import polite_from
from program.outgoing import UNASKED, Kind
from program.settings import SchoolSettings
from storage.tables import Address, OutboxRow, Person
from tests.season.story import ADULTS, CHILDREN
from tests.season.town import PASSWORD, ZONE, Town, is_polite
from tests.worlds import VkWorld


async def nothing_was_doubled_or_lost(town: Town) -> None:
    """Each row of the outbox is one message in somebody's hand."""
    async with town.database.reading() as session:
        found = list(await session.scalars(select(OutboxRow).where(OutboxRow.channel == town.channel)))
        # A stranger who did not go on is forgotten after some days, with what was said.
        known = set(await session.scalars(select(Address.address).where(Address.channel == town.channel)))
    waiting = [
        row.key for row in found if row.sent_at is None and not row.dropped and row.due_at <= town.clock.now
    ]
    assert waiting == []
    kept = ("", "unreachable", JOINED)  # the last: its words came in another message
    gone = [(row.key, row.dropped) for row in found if row.dropped not in kept]
    assert gone == [], "nothing was given up"
    sent = {(row.address, row.external_id) for row in found if row.sent_at is not None}
    seen = Counter(note.id for person in town.people for note in person.all if not note.mine)
    assert seen
    if town.world is not None:
        chats = [user for user in town.world.chats if str(user) in known]
        in_hands = {
            (str(user), str(note.id)) for user in chats for note in town.world.chat(user) if not note.mine
        }
        sent = {one for one in sent if one[0] != WALL_ADDRESS}  # looked at in the story
        odd = in_hands - sent, sent - in_hands
        assert odd == (set(), set()), odd
    if isinstance(town.world, VkWorld):
        assert town.world.repeats == 0


def the_platforms_had_nothing_to_refuse(town: Town) -> None:
    if town.world is not None:
        assert town.world.violations == []


def nobody_was_woken(town: Town) -> None:
    """What came unasked came in the reader's hours."""
    categories = {person.who: person.category for person in town.people}
    rude = [
        (line.at.isoformat(), line.who, line.note.words[:60])
        for line in town.lines
        if not line.asked and not line.note.mine and not is_polite(line, categories[line.who])
    ]
    assert rude == []


async def nobody_was_crowded(town: Town) -> None:
    """What nobody asked for came once a day at most to each, at whatever address, in the reader's hours."""
    statement = (
        select(OutboxRow.person_id, OutboxRow.sent_at, OutboxRow.kind, OutboxRow.key, Person.category)
        .join(Person, Person.id == OutboxRow.person_id)
        .where(OutboxRow.kind.in_(UNASKED), OutboxRow.sent_at.is_not(None))
        .order_by(OutboxRow.id)
    )
    async with town.database.reading() as session:
        found = (await session.execute(statement)).all()
    assert found, "a season asks something of somebody"
    days: dict[tuple[int, date], list[str]] = {}
    for row in found:
        days.setdefault((row.person_id, row.sent_at.astimezone(ZONE).date()), []).append(row.key)
    assert [keys for keys in days.values() if len(keys) > 1] == []
    hours = SchoolSettings()
    rude = [
        (row.key, row.sent_at.isoformat())
        for row in found
        if polite_from(row.sent_at, hours, ZONE, row.category, Kind(row.kind)) != row.sent_at
    ]
    assert rude == []


def no_surname_was_told(town: Town) -> None:
    """No surname of anybody stands in a message to participants."""
    told = [line for line in town.lines if not line.note.mine]
    for name in (*CHILDREN, *ADULTS):
        held = [(line.who, line.note.words[:80]) for line in told if name.lower() in line.note.words.lower()]
        assert held == [], name


def every_sentence_ends_once(town: Town) -> None:
    odd = [
        line.note.words
        for line in town.lines
        if not line.note.mine and re.search(r"[^.]\.\.(?!\.)", line.note.words)
    ]
    assert odd == []


def the_logs_name_nobody(town: Town) -> None:
    logs = town.logs.getvalue()
    assert '"event"' in logs
    for name in (*CHILDREN, *ADULTS, "Варя", "Глеб", "Ольга", "математик", "Неделя", PASSWORD):
        assert name not in logs, name
    assert "Traceback" not in logs, logs[logs.find("Traceback") - 300 :][:3000]
    if town.world is not None:
        assert town.world.token not in logs


async def the_journal_holds(town: Town) -> None:
    async with town.database.reading() as session:
        assert [line.number async for line in journal.broken(session)] == []


async def all_of_it(town: Town) -> None:
    await nothing_was_doubled_or_lost(town)
    the_platforms_had_nothing_to_refuse(town)
    nobody_was_woken(town)
    await nobody_was_crowded(town)
    no_surname_was_told(town)
    every_sentence_ends_once(town)
    the_logs_name_nobody(town)
    await the_journal_holds(town)
    assert town.channel in (Channel.TELEGRAM, Channel.VK, Channel.WEB)
