"""«Приглашения»: every link and card that was made, and whether it still works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select

from actions import invitations
from actions.work import Work
from admin.filters import Days, OneOf, Words
from admin.listing import Source, Stored
from admin.tables import Column, Table
from program.text import Text, raw
from storage import lists
from storage.tables import Invitation, Person

STATES = ("works", "used", "over", "revoked")


@dataclass(frozen=True)
class Row:
    """One invitation. `person`: whose card it is; None: anybody's. `state`: one of `STATES`."""

    invitation: Invitation
    person: Person | None
    state: str


async def built(work: Work) -> tuple[Table[Row], Source[Row]]:
    classes = await lists.classes(work.session, work.school.id)
    whose = (
        select(Person.plain).where(Person.id == Invitation.person_id).correlate(Invitation).scalar_subquery()
    )
    columns: list[Column[Row]] = [
        Column("made", "table-made", [Invitation.created_at], lambda row: row.invitation.created_at),
        Column("whose", "table-whose", [func.coalesce(whose, "")], whose_of),
        Column("class", "admin-people-class-name", cell=class_of, hidden=True),
        Column("left", "admin-invite-left", [Invitation.uses_left], lambda row: row.invitation.uses_left),
        Column("until", "admin-invite-until", [Invitation.expires_at], lambda row: row.invitation.expires_at),
        Column("state", "table-state", cell=lambda row: Text(f"table-invitation-{row.state}")),
        Column("do", "admin-today-do"),
    ]
    table = Table(
        "invitations",
        "admin-nav-invitations",
        columns,
        [
            Words("q", "admin-people-words", _named),
            OneOf(
                "state",
                "table-state",
                lambda code: in_state(work, code),
                options=[(one, Text(f"table-invitation-{one}")) for one in STATES],
            ),
            OneOf(
                "class_name",
                "admin-people-class-name",
                _of_class,
                options=[(name, raw(name)) for name in classes],
            ),
            OneOf(
                "whose",
                "table-whose",
                _whose,
                options=[("person", Text("table-card")), ("many", Text("table-link"))],
                more=True,
            ),
            Days("made", "table-made", Days.of_column(Invitation.created_at), zone=work.zone, more=True),
        ],
        usual="-made",
    )

    async def load(ids: list[int]) -> list[Row]:
        return await rows(work, ids)

    base: Any = select(Invitation.id).where(
        Invitation.school_id == work.school.id,
        Invitation.purpose.in_([str(one) for one in invitations.PURPOSES]),
    )
    return table, Stored(work, base, load)


async def rows(work: Work, ids: list[int]) -> list[Row]:
    found: dict[int, Invitation] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        statement = select(Invitation).where(Invitation.school_id == work.school.id, Invitation.id.in_(part))
        found |= {one.id: one for one in await work.session.scalars(statement)}
    whose = {one.person_id for one in found.values() if one.person_id}
    people = {one.id: one for one in await lists.bare(work.session, work.school.id, whose)}
    return [
        Row(found[key], people.get(found[key].person_id or 0), _state(work, found[key]))
        for key in ids
        if key in found
    ]


def whose_of(row: Row) -> str | Text:
    if row.person is not None:
        return row.person.full_name or row.person.first_name
    return Text(f"admin-invite-whom-{row.invitation.purpose}")


def class_of(row: Row) -> str:
    return row.person.class_name if row.person else row.invitation.class_name


def _state(work: Work, one: Invitation) -> str:
    if one.revoked_at is not None:
        return "revoked"
    if one.uses_left <= 0:
        return "used"
    return "works" if one.expires_at > work.now else "over"


def in_state(work: Work, code: str) -> ColumnElement[bool]:
    kept, left = Invitation.revoked_at.is_(None), Invitation.uses_left > 0
    return {
        "revoked": Invitation.revoked_at.is_not(None),
        "used": and_(kept, Invitation.uses_left <= 0),
        "works": and_(kept, left, Invitation.expires_at > work.now),
        "over": and_(kept, left, Invitation.expires_at <= work.now),
    }.get(code, false())


def _named(words: str) -> ColumnElement[bool]:
    return Invitation.person_id.in_(select(Person.id).where(lists.named(words)))


def _of_class(name: str) -> ColumnElement[bool]:
    of = select(Person.id).where(Person.class_name == name)
    return (Invitation.class_name == name) | Invitation.person_id.in_(of)


def _whose(code: str) -> ColumnElement[bool]:
    return Invitation.person_id.is_not(None) if code == "person" else Invitation.person_id.is_(None)
