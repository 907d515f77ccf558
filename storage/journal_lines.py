"""The journal of changes as it is read: narrowed by who, about whom, what and when. Every query takes a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, func, literal, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.journal_reading import LOOKS, OPEN_ACTIONS, OPEN_GROUPS, UNNAMED, Reach
from storage.journal_reach import group_of, within
from storage.lists import PAGE
from storage.tables import JournalEntry, Meeting

RARE = 3_000  # lines of a group that are sought by their keys


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
    session: AsyncSession,
    school_id: int,
    reach: Reach,
    wanted: Wanted,
    *,
    first: int = 0,
    most: int | None = PAGE,
    oldest: bool = False,
) -> tuple[Sequence[JournalEntry], int]:
    """Lines and how many there are in all; the newest first, or the oldest.

    Args:
        reach: what the reader may read.
        first, most: how many to leave out, and how many to read; None: all of them.
    """
    number = JournalEntry.number
    order: list[Any] = [number if oldest else number.desc()]
    if wanted.since or wanted.before:  # days have an index of their own
        order.insert(0, JournalEntry.at if oldest else JournalEntry.at.desc())
    count = await _count(session, school_id, reach, wanted)
    where = conditions(school_id, reach, wanted)
    if wanted.group and count <= RARE:
        # Walking back for the few lines of a rare group would read the whole journal.
        names = await _actions(session, school_id)
        few = select(JournalEntry.id).where(
            JournalEntry.school_id == school_id, JournalEntry.action.in_(_of_group(names, wanted.group))
        )
        where = [
            *conditions(school_id, reach, replace(wanted, group=""), own=False),
            JournalEntry.id.in_(few),
        ]
    statement = select(JournalEntry).where(*where).order_by(*order).limit(most).offset(first)
    return (await session.scalars(statement)).all(), count


async def _count(session: AsyncSession, school_id: int, reach: Reach, wanted: Wanted) -> int:
    """How many lines fit. What a reader may not read is little, so it is counted and taken away.

    300,000 lines: 30 ms instead of 0.4 s.
    """
    if wanted.person or wanted.pair:
        statement = select(func.count(JournalEntry.id)).where(*conditions(school_id, reach, wanted))
        return await session.scalar(statement) or 0
    names = await _actions(session, school_id)
    asked = set(_of_group(names, wanted.group) if wanted.group else names)
    if wanted.looks is not None:
        asked = asked & LOOKS if wanted.looks else asked - LOOKS
    rest = replace(wanted, group="", looks=None)
    where = conditions(school_id, Reach(whole=True), rest)
    if not reach.whole and wanted.actor.startswith("person:"):
        asked -= UNNAMED
    count = await _of_actions(session, school_id, where, asked, names, alone=rest == Wanted())
    if reach.whole:
        return count
    closed = [name for name in asked if not _open(name)]
    hidden = select(func.count(JournalEntry.id)).where(
        *where, JournalEntry.action.in_(closed), not_(func.coalesce(within(reach), false()))
    )
    return count - (await session.scalar(hidden) or 0 if closed else 0)


async def _of_actions(
    session: AsyncSession,
    school_id: int,
    where: Sequence[ColumnElement[bool]],
    asked: set[str],
    names: Sequence[str],
    *,
    alone: bool,
) -> int:
    """Lines of these actions: those of the others are taken from all, where the others are fewer names."""
    counted = select(func.count(JournalEntry.id)).where(*where)
    if not asked:
        return 0
    if len(asked) <= len(names) // 2:
        return await session.scalar(counted.where(JournalEntry.action.in_(sorted(asked)))) or 0
    if alone:  # lines are numbered without gaps
        newest = select(func.max(JournalEntry.number)).where(JournalEntry.school_id == school_id)
        whole = await session.scalar(newest) or 0
    else:
        whole = await session.scalar(counted) or 0
    others = sorted(set(names) - asked)
    left = await session.scalar(counted.where(JournalEntry.action.in_(others))) if others else 0
    return whole - (left or 0)


async def _actions(session: AsyncSession, school_id: int) -> list[str]:
    """Every action that this school's journal names: the index is asked for the next one each time."""
    school = JournalEntry.school_id == school_id
    least = func.min(JournalEntry.action)
    steps = select(least.label("name")).where(school).cte(recursive=True)
    after = select(least).where(school, JournalEntry.action > steps.c.name).scalar_subquery()
    steps = steps.union_all(select(after).where(steps.c.name.is_not(None)))
    found = await session.scalars(select(steps.c.name).where(steps.c.name.is_not(None)))
    return list(found)


def _of_group(names: Iterable[str], group: str) -> list[str]:
    return [name for name in names if name.partition(".")[0] == group]


def _open(action: str) -> bool:
    """Whether everybody who reads the journal may read every line of this action."""
    return action.partition(".")[0] in OPEN_GROUPS or action in OPEN_ACTIONS


def conditions(
    school_id: int, reach: Reach, wanted: Wanted, *, own: bool = True
) -> list[ColumnElement[bool]]:
    """Lines of one school that a reader may read and asks for.

    Args:
        own: the school is said of the lines; False: the caller says it in keys.
    """
    ours = JournalEntry.school_id == school_id
    # Few lines are asked for by their keys, each list of keys by its own index. Said of the lines themselves, the
    # school would make SQLite read all of its journal in the order of numbers (300,000 lines: 0.3 s; so: 5 ms).
    keyed = wanted.person or wanted.pair or not own
    where: list[ColumnElement[bool]] = [within(reach), *(() if keyed else (ours,))]
    if wanted.group:
        where.append(group_of(JournalEntry.action) == wanted.group)
    if wanted.actor:
        where.append(_done_by(wanted.actor, reach))
    if wanted.person:
        mark = f"person:{wanted.person}"
        about = select(JournalEntry.id).where(ours, JournalEntry.subject == mark)
        done = select(JournalEntry.id).where(ours, _done_by(mark, reach))
        where.append(JournalEntry.id.in_(about.union_all(done)))
    if wanted.pair:
        met = select(literal("meeting:") + cast(Meeting.id, String)).where(
            Meeting.school_id == school_id, Meeting.pair_id == wanted.pair
        )
        both = (select(literal(f"{kind}:{wanted.pair}")) for kind in ("pair", "relay"))
        about = select(JournalEntry.id).where(ours, JournalEntry.subject.in_(met.union_all(*both)))
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
