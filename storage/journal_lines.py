"""The journal of changes as it is read: narrowed by who, about whom, what and when. Every query takes a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.journal_reading import LOOKS, UNNAMED, Reach
from storage.journal_reach import group_of, within
from storage.lists import PAGE
from storage.tables import JournalEntry, Meeting


@dataclass(frozen=True)
class Wanted:
    """What of the journal is asked for; empty parts narrow nothing.

    Args:
        group: how the action begins: "pair", "consent".
        actor: mark of who acted: user:<id>, person:<id>, system, cli.
        person: lines about this person and lines of what the person did.
        pair: lines about this pair, its meetings and letters.
        since: the first moment; `before`: the first moment that is not meant any more.
        looks: True: only who looked at what; False: only changes; None: both.
    """

    group: str = ""
    actor: str = ""
    person: int = 0
    pair: int = 0
    since: datetime | None = None
    before: datetime | None = None
    looks: bool | None = None


async def some(
    session: AsyncSession, school_id: int, reach: Reach, wanted: Wanted, page: int = 1
) -> tuple[Sequence[JournalEntry], int]:
    """One page, newest first, and how many lines there are.

    Args:
        reach: what the reader may read.
    """
    where = conditions(school_id, reach, wanted)
    if reach.whole and wanted == Wanted():
        count = await session.scalar(  # lines are numbered without gaps
            select(func.max(JournalEntry.number)).where(JournalEntry.school_id == school_id)
        )
    else:
        count = await session.scalar(select(func.count(JournalEntry.id)).where(*where))
    statement = select(JournalEntry).where(*where).order_by(JournalEntry.number.desc())
    found = await session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE))
    return found.all(), count or 0


def conditions(school_id: int, reach: Reach, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Lines of one school that a reader may read and asks for."""
    own = JournalEntry.school_id == school_id
    # Few lines are asked for by their keys, each list of keys by its own index. Said of the lines themselves, the
    # school would make SQLite read all of its journal in the order of numbers (300,000 lines: 0.3 s; so: 5 ms).
    where: list[ColumnElement[bool]] = [within(reach), *(() if wanted.person or wanted.pair else (own,))]
    if wanted.group:
        where.append(group_of(JournalEntry.action) == wanted.group)
    if wanted.actor:
        where.append(_done_by(wanted.actor, reach))
    if wanted.person:
        mark = f"person:{wanted.person}"
        about = select(JournalEntry.id).where(own, JournalEntry.subject == mark)
        done = select(JournalEntry.id).where(own, _done_by(mark, reach))
        where.append(JournalEntry.id.in_(about.union_all(done)))
    if wanted.pair:
        met = select(literal("meeting:") + cast(Meeting.id, String)).where(
            Meeting.school_id == school_id, Meeting.pair_id == wanted.pair
        )
        both = (select(literal(f"{kind}:{wanted.pair}")) for kind in ("pair", "relay"))
        about = select(JournalEntry.id).where(own, JournalEntry.subject.in_(met.union_all(*both)))
        where.append(JournalEntry.id.in_(about))
    if wanted.since:
        where.append(JournalEntry.at >= wanted.since)
    if wanted.before:
        where.append(JournalEntry.at < wanted.before)
    if wanted.looks is not None:
        looked = JournalEntry.action.in_(sorted(LOOKS))
        where.append(looked if wanted.looks else ~looked)
    return where


def _done_by(mark: str, reach: Reach) -> ColumnElement[bool]:
    """Lines of what somebody did. Where the reader is not told who it was, asking for the person must not tell."""
    done = JournalEntry.actor == mark
    if reach.whole or not mark.startswith("person:"):
        return done
    return and_(done, JournalEntry.action.not_in(sorted(UNNAMED)))


async def looked_lately(
    session: AsyncSession, school_id: int, actor: str, action: str, subject: str, since: datetime
) -> bool:
    """Whether this look has been noted since then."""
    statement = select(JournalEntry.id).where(
        JournalEntry.school_id == school_id,
        JournalEntry.action == action,
        JournalEntry.subject == subject,
        JournalEntry.actor == actor,
        JournalEntry.at > since,
    )
    return await session.scalar(statement.limit(1)) is not None
