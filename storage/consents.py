"""The ledger of consents: queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.ages import Consenter
from program.consents import ConsentKind
from storage.adding import read_rows
from storage.places import chunks
from storage.tables import Consent, ConsentText, Guardianship


async def ledger(session: AsyncSession, person_ids: Iterable[int]) -> dict[int, list[Consent]]:
    """All lines of these people, oldest first."""
    lines: dict[int, list[Consent]] = defaultdict(list)
    for part in chunks(person_ids):
        statement = select(Consent).where(Consent.person_id.in_(part)).order_by(Consent.id)
        for line in await session.scalars(statement):
            lines[line.person_id].append(line)
    return lines


async def words(
    session: AsyncSession, person_ids: Iterable[int], kinds: Iterable[ConsentKind] = tuple(ConsentKind)
) -> dict[int, list[Any]]:
    """Rows of what was said, as `ledger`, without who wrote it down and why: columns, a region has a hundred thousand."""
    lines: dict[int, list[Any]] = defaultdict(list)
    said = [kind.value for kind in kinds]
    for part in chunks(person_ids):
        rows = await read_rows(session, _words(), {"ids": part, "kinds": said})
        for line in rows.all():
            lines[line[0]].append(line)
    return lines


@cache
def _words() -> Any:
    """Built once, as is everything that is asked before each message."""
    line = Consent.__table__.c
    said = (line.kind, line.event, line.consenter, line.given_by, line.method, line.at, line.valid_until)
    statement = select(line.person_id, *said).where(
        line.person_id.in_(bindparam("ids", expanding=True)),
        line.kind.in_(bindparam("kinds", expanding=True)),
    )
    return statement.order_by(line.id)


async def confirmed_guardians(session: AsyncSession, child_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(guardian, child) pairs that the school has confirmed."""
    return (await guardians_of(session, child_ids))[0]


async def guardians_of(
    session: AsyncSession, child_ids: Iterable[int]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(guardian, child) whom the school has confirmed; and those who turned out not to act for the child."""
    confirmed: set[tuple[int, int]] = set()
    ended: set[tuple[int, int]] = set()
    for part in chunks(child_ids):
        found: Any = await read_rows(session, _guardians_of(), {"ids": part})
        for guardian, child, said, over in found:
            if over is not None:
                ended.add((guardian, child))
            elif said is not None:
                confirmed.add((guardian, child))
    return confirmed, ended


@cache
def _guardians_of() -> Any:
    tie = Guardianship.__table__.c
    statement = select(tie.guardian_id, tie.child_id, tie.confirmed_at, tie.ended_at)
    return statement.where(tie.child_id.in_(bindparam("ids", expanding=True)))


async def newest_text(
    session: AsyncSession, school_id: int, kind: ConsentKind, consenter: Consenter
) -> ConsentText | None:
    statement = (
        select(ConsentText)
        .where(
            ConsentText.school_id == school_id, ConsentText.kind == kind, ConsentText.consenter == consenter
        )
        .order_by(ConsentText.version.desc())
        .limit(1)
    )
    return await session.scalar(statement)


async def texts(session: AsyncSession, ids: Iterable[int]) -> Sequence[ConsentText]:
    return (await session.scalars(select(ConsentText).where(ConsentText.id.in_(list(ids))))).all()
