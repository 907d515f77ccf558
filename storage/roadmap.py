"""The road map of a school: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from program.roadmap import OPEN, SOON
from storage.adding import add_new
from storage.overview import Waiting
from storage.tables import JournalEntry, RoadmapEvent, RoadmapProof, RoadmapStage

WHOLE = selectinload(RoadmapStage.events).options(
    joinedload(RoadmapEvent.user),
    selectinload(RoadmapEvent.proofs).options(joinedload(RoadmapProof.file), joinedload(RoadmapProof.paper)),
)


async def years(session: AsyncSession, school_id: int) -> Sequence[str]:
    """School years that have a map, the newest first."""
    statement = select(RoadmapStage.year).where(RoadmapStage.school_id == school_id).distinct()
    return (await session.scalars(statement.order_by(RoadmapStage.year.desc()))).all()


async def stages(session: AsyncSession, school_id: int, year: str) -> Sequence[RoadmapStage]:
    """The map of a year in its order: stages with their events, owners and documents."""
    statement = (
        select(RoadmapStage)
        .where(RoadmapStage.school_id == school_id, RoadmapStage.year == year)
        .order_by(RoadmapStage.position, RoadmapStage.id)
        .options(WHOLE)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def titles(session: AsyncSession, school_id: int, year: str) -> list[tuple[int, str]]:
    """Key and title of each stage of a year, in its order."""
    statement = (
        select(RoadmapStage.id, RoadmapStage.title)
        .where(RoadmapStage.school_id == school_id, RoadmapStage.year == year)
        .order_by(RoadmapStage.position, RoadmapStage.id)
    )
    return [(key, title) for key, title in await session.execute(statement)]


async def stage(session: AsyncSession, school_id: int, stage_id: int) -> RoadmapStage | None:
    statement = select(RoadmapStage).where(RoadmapStage.school_id == school_id, RoadmapStage.id == stage_id)
    return await session.scalar(statement.options(selectinload(RoadmapStage.events)))


async def event(session: AsyncSession, school_id: int, event_id: int) -> RoadmapEvent | None:
    """An event with its stage, owner and documents."""
    statement = (
        select(RoadmapEvent)
        .where(RoadmapEvent.school_id == school_id, RoadmapEvent.id == event_id)
        .options(
            joinedload(RoadmapEvent.stage),
            joinedload(RoadmapEvent.user),
            selectinload(RoadmapEvent.proofs).options(
                joinedload(RoadmapProof.file), joinedload(RoadmapProof.paper)
            ),
        )
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def proof(session: AsyncSession, school_id: int, proof_id: int) -> RoadmapProof | None:
    statement = (
        select(RoadmapProof)
        .where(RoadmapProof.school_id == school_id, RoadmapProof.id == proof_id)
        .options(
            joinedload(RoadmapProof.file), joinedload(RoadmapProof.paper), joinedload(RoadmapProof.event)
        )
    )
    return await session.scalar(statement)


async def begin(session: AsyncSession, **values: object) -> int | None:
    """The key of a new stage; None if the year has one of this name in the code already."""
    key: int | None = await add_new(session, RoadmapStage, values, ["school_id", "year", "slug"])
    return key


async def count(session: AsyncSession, school_id: int, year: str) -> int:
    statement = select(func.count(RoadmapEvent.id)).where(
        RoadmapEvent.school_id == school_id, RoadmapEvent.year == year
    )
    return await session.scalar(statement) or 0


async def last_position(session: AsyncSession, stage_id: int) -> int:
    """0 in an empty stage."""
    statement = select(func.max(RoadmapEvent.position)).where(RoadmapEvent.stage_id == stage_id)
    return await session.scalar(statement) or 0


async def place(session: AsyncSession, event_ids: Sequence[int]) -> None:
    """Numbers the events of a stage anew, in this order."""
    # By their keys: two curators who move events at the same moment must not wait for each other in a circle.
    for key, position in sorted((key, position) for position, key in enumerate(event_ids, 1)):
        await session.execute(update(RoadmapEvent).where(RoadmapEvent.id == key).values(position=position))


async def forget_paper(session: AsyncSession, school_id: int, paper_id: int) -> int:
    """Takes a paper of the school away from the events it stood beside; from how many."""
    statement = delete(RoadmapProof).where(
        RoadmapProof.school_id == school_id, RoadmapProof.paper_id == paper_id
    )
    return len((await session.scalars(statement.returning(RoadmapProof.id))).all())


async def waiting(session: AsyncSession, school_id: int, year: str, today: date) -> list[Waiting]:
    """What «Сегодня» says: events that are overdue, and those that end within a week.

    Args:
        year: the school year in work; of earlier ones nothing is asked any more.
    """
    found = []
    for code, low, high in (("roadmap", None, today), ("roadmap-soon", today, today + SOON)):
        statement = select(func.count(RoadmapEvent.id), func.min(RoadmapEvent.ends_on)).where(
            RoadmapEvent.school_id == school_id,
            RoadmapEvent.year == year,
            RoadmapEvent.status.in_(OPEN),
            RoadmapEvent.ends_on < high if low is None else RoadmapEvent.ends_on.between(low, high),
        )
        many, oldest = (await session.execute(statement)).one()
        if oldest is not None:
            found.append(Waiting(code, many, datetime.combine(oldest, time(), UTC) if low is None else None))
    return found


async def forget_named(session: AsyncSession, school_id: int, named: Callable[[str], bool]) -> int:
    """Empties words of the map that name an erased person; how many events had some."""
    emptied = 0
    statement = select(RoadmapEvent).where(RoadmapEvent.school_id == school_id)
    for row in await session.scalars(statement):
        said = [
            name for name in ("content", "owner", "result", "effect", "notes") if named(getattr(row, name))
        ]
        for name in said:
            setattr(row, name, "")
        emptied += bool(said)
    return emptied


async def removed_stage(
    session: AsyncSession, school_id: int, year: str, stage_id: int
) -> JournalEntry | None:
    """The journal's line about a stage that was removed; None: that year never had such a stage."""
    statement = select(JournalEntry).where(
        JournalEntry.school_id == school_id,
        JournalEntry.subject == f"roadmap:{year}",
        JournalEntry.action == "roadmap.stage-removed",
    )
    lines = await session.scalars(statement.order_by(JournalEntry.number.desc()))
    return next((line for line in lines if line.after.get("stage") == stage_id), None)
