"""The pack of all papers: its job, its files. Every query takes the school, or the job of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.adding import add_new
from storage.tables import PackFile, PackJob

_AT_ONCE = 500


class Packed(NamedTuple):
    """One file of a pack that is ready, as the archive needs it before its content."""

    id: int
    name: str
    size: int
    checksum: int


async def job(session: AsyncSession, school_id: int) -> PackJob | None:
    statement = select(PackJob).where(PackJob.school_id == school_id)
    return await session.scalar(statement.execution_options(populate_existing=True))


async def begin(session: AsyncSession, **values: Any) -> bool:
    """False if one is there."""
    usual = {
        "total": 0,
        "done": 0,
        "tries": 0,
        "holder": "",
        "held_until": None,
        "ready_at": None,
        "given_up_at": None,
    }
    return await add_new(session, PackJob, {**usual, **values}, ["school_id"]) is not None  # fmt: skip


async def add(session: AsyncSession, files: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(files), _AT_ONCE):
        await session.execute(insert(PackFile), [dict(one) for one in files[start : start + _AT_ONCE]])


async def forget(session: AsyncSession, school_id: int) -> None:
    """The pack goes, ready or not. The job first: whoever settles files holds it, too."""
    await session.execute(select(PackJob.id).where(PackJob.school_id == school_id).with_for_update())
    await session.execute(delete(PackFile).where(PackFile.school_id == school_id))
    await session.execute(delete(PackJob).where(PackJob.school_id == school_id))


async def forget_old(session: AsyncSession, school_id: int, before: datetime) -> None:
    old = select(PackJob.id).where(PackJob.school_id == school_id, PackJob.asked_at < before)
    if await session.scalar(old) is not None:
        await forget(session, school_id)


async def files(session: AsyncSession, job_id: int) -> Sequence[PackFile]:
    """Without their content, in the order of the archive."""
    statement = select(PackFile).where(PackFile.job_id == job_id).order_by(PackFile.position)
    return (await session.scalars(statement.execution_options(populate_existing=True))).all()


async def inside(session: AsyncSession, job_id: int) -> list[Packed]:
    """What is in the archive, in its order."""
    statement = (
        select(PackFile.id, PackFile.name, PackFile.size, PackFile.checksum)
        .where(PackFile.job_id == job_id, PackFile.why == "")
        .order_by(PackFile.position)
    )
    return [Packed(*row) for row in await session.execute(statement)]


async def content(session: AsyncSession, file_id: int) -> bytes | None:
    """None: it is gone."""
    return await session.scalar(select(PackFile.data).where(PackFile.id == file_id))


async def numbers(session: AsyncSession, job_id: int) -> tuple[int, int, int]:
    """(files inside, papers left out, bytes of all files)."""
    inside = PackFile.why == ""
    statement = select(
        func.count().filter(inside),
        func.count(PackFile.thing.distinct()).filter(~inside),
        func.coalesce(func.sum(PackFile.size), 0),
    ).where(PackFile.job_id == job_id)
    found = (await session.execute(statement)).one()
    return int(found[0]), int(found[1]), int(found[2])


async def left_out(session: AsyncSession, job_id: int, most: int) -> list[tuple[str, str, str]]:
    """(what, whom, why) of what is not in the pack, in its order."""
    statement = (
        select(PackFile.title, PackFile.about, PackFile.why)
        .where(PackFile.job_id == job_id, PackFile.why != "")
        .group_by(PackFile.thing, PackFile.title, PackFile.about, PackFile.why)
        .order_by(PackFile.thing)
        .limit(most)
    )
    return [(title, about, why) for title, about, why in await session.execute(statement)]


async def waiting(session: AsyncSession, now: datetime) -> int | None:
    """The job that has waited longest and that nobody makes now; None: there is none."""
    statement = (
        select(PackJob.id)
        .where(
            PackJob.ready_at.is_(None),
            PackJob.given_up_at.is_(None),
            or_(PackJob.held_until.is_(None), PackJob.held_until < now),
        )
        .order_by(PackJob.asked_at, PackJob.id)
        .limit(1)
    )
    return await session.scalar(statement)


async def take(
    session: AsyncSession, job_id: int, holder: str, now: datetime, until: datetime
) -> PackJob | None:
    """Whoever gets it makes it; None: somebody else was quicker, or it is gone."""
    statement = (
        update(PackJob)
        .where(
            PackJob.id == job_id,
            PackJob.ready_at.is_(None),
            PackJob.given_up_at.is_(None),
            or_(PackJob.held_until.is_(None), PackJob.held_until < now),
        )
        .values(holder=holder, held_until=until, tries=PackJob.tries + 1)
        .returning(PackJob)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def hold(session: AsyncSession, job_id: int, holder: str, until: datetime | None) -> bool:
    """Holds on to it, or lets go (`until` None). False: it is not this holder's any more."""
    statement = (
        update(PackJob)
        .where(PackJob.id == job_id, PackJob.holder == holder, PackJob.ready_at.is_(None))
        .values(held_until=until)
        .returning(PackJob.id)
    )
    return await session.scalar(statement) is not None


async def end(session: AsyncSession, job_id: int, holder: str, **at: datetime) -> bool:
    """Ready or given up. False: it is not this holder's any more."""
    statement = (
        update(PackJob)
        .where(PackJob.id == job_id, PackJob.holder == holder, PackJob.ready_at.is_(None))
        .values(held_until=None, **at)
        .returning(PackJob.id)
    )
    return await session.scalar(statement) is not None


async def keep(session: AsyncSession, job_id: int, made: Iterable[Mapping[str, Any]], **of_job: Any) -> None:
    """Each with `id` and what has changed; of files that are gone nothing happens.

    Args:
        of_job: what else changes of the job itself.
    """
    changed = [{f"new_{name}": value for name, value in one.items()} for one in made]
    if changed:
        names = [name for name in changed[0] if name != "new_id"]
        table: Any = PackFile.__table__
        statement = table.update().where(table.c.id == bindparam("new_id"), table.c.job_id == job_id)
        values: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in names}
        await session.execute(statement.values(values), changed)
    ready = select(func.count()).where(PackFile.job_id == job_id, PackFile.ready).scalar_subquery()
    await session.execute(update(PackJob).where(PackJob.id == job_id).values(done=ready, **of_job))
