"""«Сообщения»: to whom what was said unasked, and what became of each message. Words are not shown here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select

from actions.work import Work
from admin.filters import Days, OneOf
from admin.listing import Source, Stored
from admin.tables import Column, Table
from program.channels import Channel
from program.outgoing import Kind
from program.text import Text
from storage import lists
from storage.overview import FAILURE_PREFIXES, FAILURES, RECENT, failed, given_up
from storage.tables import OutboxRow, Person

# Answers repeat what somebody wrote, letters belong to the pair, alarms to those who answer calls for help.
SHOWN = (Kind.SOON, Kind.NOTICE, Kind.NUDGE, Kind.NEWS)
STATES = ("failed", "sent", "waits", "not-needed")


@dataclass(frozen=True)
class Row:
    """One message. `person`: to whom; None for the wall of the community."""

    message: OutboxRow
    person: Person | None


def built(work: Work) -> tuple[Table[Row], Source[Row]]:
    """Of the last two weeks, whoever they are for."""
    name = func.coalesce(
        select(Person.plain).where(Person.id == OutboxRow.person_id).correlate(OutboxRow).scalar_subquery(),
        "",
    )
    columns: list[Column[Row]] = [
        Column(
            "when", "admin-when", [OutboxRow.due_at], lambda row: row.message.sent_at or row.message.due_at
        ),
        Column("whom", "admin-messages-whom", [name], lambda row: name_of(row.person)),
        Column(
            "class",
            "admin-people-class",
            cell=lambda row: row.person.class_name if row.person else "",
            hidden=True,
        ),
        Column("phone", "admin-people-phone", cell=lambda row: row.person.phone if row.person else ""),
        Column(
            "channel",
            "admin-people-channel",
            [OutboxRow.channel],
            lambda row: Text(f"admin-channel-{row.message.channel}"),
        ),
        Column(
            "kind",
            "admin-messages-what",
            [OutboxRow.kind],
            lambda row: Text(f"admin-kind-{row.message.kind}"),
        ),
        Column("state", "admin-messages-state", cell=lambda row: Text(f"admin-message-{state(row.message)}")),
    ]
    table = Table(
        "messages",
        "admin-nav-messages",
        columns,
        [
            OneOf(
                "state",
                "admin-messages-state",
                lambda code: _in_state(work, code),
                options=[(one, Text(f"table-message-{one}")) for one in STATES],
            ),
            OneOf(
                "kind",
                "admin-messages-what",
                lambda kind: OutboxRow.kind == kind,
                options=[(one.value, Text(f"admin-kind-{one}")) for one in SHOWN],
            ),
            OneOf(
                "channel",
                "admin-people-channel",
                lambda one: OutboxRow.channel == one,
                options=[(one.value, Text(f"admin-channel-{one}")) for one in Channel],
                more=True,
            ),
            Days("when", "admin-when", Days.of_column(OutboxRow.due_at), zone=work.zone, more=True),
        ],
        usual="-when",
    )

    async def load(ids: list[int]) -> list[Row]:
        return await rows(work, ids)

    base: Any = select(OutboxRow.id).where(
        OutboxRow.school_id == work.school.id,
        OutboxRow.created_at > work.now - RECENT,
        or_(OutboxRow.kind.in_(SHOWN), failed(work.now)),
    )
    return table, Stored(work, base, load)


async def rows(work: Work, ids: list[int]) -> list[Row]:
    found: dict[int, OutboxRow] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        statement = select(OutboxRow).where(OutboxRow.school_id == work.school.id, OutboxRow.id.in_(part))
        found |= {row.id: row for row in await work.session.scalars(statement)}
    whom = {row.person_id for row in found.values() if row.person_id}
    people = {one.id: one for one in await lists.bare(work.session, work.school.id, whom)}
    return [Row(found[key], people.get(found[key].person_id or 0)) for key in ids if key in found]


def state(row: OutboxRow) -> str:
    """The end of `admin-message-…`."""
    if row.sent_at:
        return "sent"
    if given_up(row):
        return "dropped"
    if row.dropped:
        return "paused" if row.dropped == "paused" else "not-needed"
    return "again" if row.error else "waits"


def name_of(person: Person | None) -> str:
    return (person.full_name or person.first_name) if person else ""


def _in_state(work: Work, code: str) -> ColumnElement[bool]:
    lost = or_(
        OutboxRow.dropped.in_(FAILURES),
        *(OutboxRow.dropped.startswith(prefix, autoescape=True) for prefix in FAILURE_PREFIXES),
    )
    open_ = and_(OutboxRow.sent_at.is_(None), OutboxRow.dropped == "")
    return {
        "failed": failed(work.now),
        "sent": OutboxRow.sent_at.is_not(None),
        "waits": open_,
        "not-needed": and_(OutboxRow.sent_at.is_(None), OutboxRow.dropped != "", not_(lost)),
    }.get(code, false())
