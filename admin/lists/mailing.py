"""One mailing, reader by reader: what became of each message and whom to call instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from actions.work import Work
from admin.filters import OneOf, Words
from admin.listing import Source, Stored
from admin.tables import Column, Many, Table
from program.channels import Channel
from program.mailings import Fate, fate
from program.names import folded
from program.text import Text, raw
from storage import lists, mailings
from storage.places import chunks
from storage.tables import Mailing, NewsItem, OutboxRow, Person


@dataclass(frozen=True)
class Row:
    """One reader. `whom`: who is called where nothing arrived: of a child the adults that the school has confirmed."""

    message: OutboxRow
    fate: Fate
    person: Person | None
    guardians: Sequence[Person]

    @property
    def name(self) -> str:
        return (self.person.full_name or self.person.first_name) if self.person else ""

    @property
    def whom(self) -> Sequence[Person]:
        if self.fate is not Fate.LOST:
            return ()
        if self.person is not None and self.person.is_minor_category:
            return self.guardians
        return (self.person,) if self.person else ()


def built(
    work: Work, mailing: Mailing, item: NewsItem, class_name: str | None
) -> tuple[Table[Row], Source[Row]]:
    """`class_name`: pupils of this class alone, where the user sees no others."""
    name = select(Person.plain).where(Person.id == OutboxRow.person_id).correlate(OutboxRow).scalar_subquery()
    named = func.coalesce(name, "")
    columns: list[Column[Row]] = [
        Column("whom", "mailing-whom", [named], lambda row: row.name),
        Column(
            "class",
            "admin-people-class",
            cell=lambda row: row.person.class_name if row.person else "",
            hidden=True,
        ),
        Column("fate", "mailing-fate", cell=lambda row: Text(f"mailing-fate-{row.fate}")),
        Column("why", "mailing-why", cell=lambda row: Text(why(row.message)), hidden=True),
        Column("when", "admin-when", [OutboxRow.sent_at, OutboxRow.due_at], lambda row: row.message.sent_at),
        Column(
            "channel",
            "admin-people-channel",
            [OutboxRow.channel],
            lambda row: Text(f"admin-channel-{row.message.channel}") if row.message.address else "",
        ),
        Column(
            "call",
            "mailing-call",
            cell=lambda row: Many(
                [
                    Text("mailing-call-one", {"name": raw(one.full_name), "phone": one.phone or "-"})
                    for one in row.whom
                ]
            ),
        ),
    ]
    table = Table(
        "mailing",
        "mailing-table",
        columns,
        [
            Words("q", "mailing-whom", _named),
            OneOf(
                "fate",
                "mailing-fate",
                lambda code: mailings.in_fate(Fate(code), work.now),
                options=[(one.value, Text(f"mailing-fate-{one}")) for one in Fate],
            ),
            OneOf(
                "channel",
                "admin-people-channel",
                lambda one: OutboxRow.channel == one,
                options=[
                    (one.value, Text(f"admin-channel-{one}")) for one in Channel if one != Channel.VK_WALL
                ],
                more=True,
            ),
        ],
        usual="whom",
        kept_said=(raw(item.title),),
        path={"item_id": mailing.item_id},
    )

    async def load(ids: list[int]) -> list[Row]:
        return await rows(work, ids)

    base: Any = select(OutboxRow.id).where(
        OutboxRow.school_id == work.school.id, OutboxRow.mailing_id == mailing.id
    )
    if class_name is not None:
        pupils = select(Person.id).where(Person.school_id == work.school.id, Person.class_name == class_name)
        base = base.where(OutboxRow.person_id.in_(pupils))
    return table, Stored(work, base, load)


async def rows(work: Work, ids: list[int]) -> list[Row]:
    found: dict[int, OutboxRow] = {}
    for part in chunks(ids):
        statement = select(OutboxRow).where(OutboxRow.school_id == work.school.id, OutboxRow.id.in_(part))
        found |= {row.id: row for row in await work.session.scalars(statement)}
    whom = {row.person_id for row in found.values() if row.person_id}
    people = {one.id: one for one in await lists.bare(work.session, work.school.id, whom)}
    fates = {
        key: fate(sent=row.sent_at is not None, dropped=row.dropped, later=row.due_at > work.now)
        for key, row in found.items()
    }
    lost = {row.person_id for key, row in found.items() if fates[key] is Fate.LOST}
    children = [one.id for one in people.values() if one.is_minor_category and one.id in lost]
    bonds = await mailings.guardians(work.session, children)
    made = []
    for key in ids:
        if key in found:
            reader = found[key].person_id or 0
            made.append(Row(found[key], fates[key], people.get(reader), bonds.get(reader, ())))
    return made


def why(row: OutboxRow) -> str:
    """The text id of what is known beyond the fate; of a row that went or simply waits nothing is."""
    if row.sent_at is not None:
        return "mailing-why-none"
    reason = row.dropped.partition(":")[0]
    known = ("unreachable", "in-doubt", "no-address", "refused", "gave-up", "joined", "crowded")
    if reason in known:
        return f"mailing-why-{reason}"
    return "mailing-why-again" if not reason and row.error else "mailing-why-none"


def _named(words: str) -> Any:
    parts = [Person.plain.contains(part, autoescape=True) for part in folded(words).split()]
    return OutboxRow.person_id.in_(select(Person.id).where(*parts))
