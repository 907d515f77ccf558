"""«Встречи» as a table: every meeting of the school, with its pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from actions.work import Work
from admin.filters import Days, OneOf, Words
from admin.listing import Source, Stored
from admin.lists.pairs import who_of
from admin.tables import Column, Table
from program.forms import FORMS
from program.roles import Side
from program.states import MeetingKind, MeetingStatus
from program.text import Text
from storage import lists
from storage.tables import Meeting, Pair, PairMember, Person


@dataclass(frozen=True)
class Row:
    meeting: Meeting


def built(work: Work) -> tuple[Table[Row], Source[Row]]:
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.forms if slug in FORMS]
    columns: list[Column[Row]] = [
        Column(
            "when",
            "admin-when",
            [Meeting.starts_at.is_(None), Meeting.starts_at],
            lambda row: row.meeting.starts_at,
        ),
        Column(
            "who", "table-mentees", [_first(Side.MENTEE)], lambda row: names(row.meeting.pair, Side.MENTEE)
        ),
        Column(
            "mentor",
            "table-mentors",
            [_first(Side.MENTOR)],
            lambda row: who_of(row.meeting.pair, Side.MENTOR),
        ),
        Column(
            "form",
            "admin-people-form",
            [Pair.form],
            lambda row: work.settings.form_name(row.meeting.pair.form),
        ),
        Column("kind", "table-kind", [Meeting.kind], lambda row: Text(f"meeting-kind-{row.meeting.kind}")),
        Column(
            "status", "table-state", [Meeting.status], lambda row: Text(f"admin-meeting-{row.meeting.status}")
        ),
        Column("place", "table-place", [Meeting.place], lambda row: row.meeting.place),
    ]
    table = Table(
        "meetings-table",
        "admin-nav-meetings",
        columns,
        [
            Words("q", "table-find-pair", _named),
            OneOf(
                "status",
                "table-state",
                lambda one: Meeting.status == one,
                options=[(one.value, Text(f"admin-meeting-{one}")) for one in MeetingStatus],
            ),
            Days("when", "admin-when", Days.of_column(Meeting.starts_at), zone=work.zone),
            OneOf(
                "kind",
                "table-kind",
                lambda one: Meeting.kind == one,
                options=[(one.value, Text(f"meeting-kind-{one}")) for one in MeetingKind],
                more=True,
            ),
            OneOf("form", "admin-people-form", lambda slug: Pair.form == slug, options=forms, more=True),
        ],
        usual="-when",
    )

    async def load(ids: list[int]) -> list[Row]:
        return await rows(work, ids)

    base: Any = (
        select(Meeting.id).join(Pair, Pair.id == Meeting.pair_id).where(Meeting.school_id == work.school.id)
    )
    return table, Stored(work, base, load)


async def rows(work: Work, ids: list[int]) -> list[Row]:
    found: dict[int, Row] = {}
    for start in range(0, len(ids), 500):
        statement = (
            select(Meeting)
            .where(Meeting.school_id == work.school.id, Meeting.id.in_(ids[start : start + 500]))
            .options(joinedload(Meeting.pair).selectinload(Pair.members).joinedload(PairMember.person))
        )
        found |= {one.id: Row(one) for one in await work.session.scalars(statement)}
    return [found[key] for key in ids if key in found]


def names(pair: Pair, side: Side) -> str:
    """A group's title, else the people of one side."""
    if pair.is_group and pair.title and side is Side.MENTEE:
        return pair.title
    return ", ".join(one.person.full_name for one in pair.members if one.side == side)


def _first(side: Side) -> ColumnElement[str]:
    """The first name of a side, for sorting."""
    member = select(func.min(Person.plain)).join(PairMember, PairMember.person_id == Person.id)
    of_pair = member.where(PairMember.pair_id == Meeting.pair_id, PairMember.side == side)
    return func.coalesce(of_pair.correlate(Meeting).scalar_subquery(), "")


def _named(words: str) -> ColumnElement[bool]:
    """One of its people is named so, or the group is called so."""
    found = (
        select(PairMember.pair_id).join(Person, Person.id == PairMember.person_id).where(lists.named(words))
    )
    return Meeting.pair_id.in_(found) | Pair.title.contains(words, autoescape=True)
