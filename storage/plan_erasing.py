"""Words of programmes that go when a person is erased; dates, choices, numbers and states stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import (
    Achievement,
    Goal,
    GoalMark,
    Pair,
    PairMember,
    Plan,
    PlanItem,
    PlanVersion,
    Project,
    StoredFile,
)

_ITEM_WORDS = ("about", "event", "interim", "final", "fact")
_EMPTY = dict.fromkeys(_ITEM_WORDS, "")


async def words(session: AsyncSession, person_id: int, alone: Sequence[int]) -> dict[str, int]:
    """Blanks the person's own goals, projects and achievements, and programmes of pairs of two.

    Args:
        alone: pairs of two the person was in.
    """
    plans = (await session.scalars(select(Plan.id).where(Plan.pair_id.in_(alone)))).all()
    await session.execute(update(Plan).where(Plan.id.in_(plans)).values(content={}, result={}))
    await session.execute(update(PlanItem).where(PlanItem.plan_id.in_(plans)).values(**_EMPTY))
    await session.execute(update(PlanVersion).where(PlanVersion.plan_id.in_(plans)).values(content={}))
    goals = select(Goal.id).where(or_(Goal.person_id == person_id, Goal.pair_id.in_(alone)))
    keys = (await session.scalars(goals)).all()
    await session.execute(update(Goal).where(Goal.id.in_(keys)).values(words=""))
    said = or_(GoalMark.person_id == person_id, GoalMark.goal_id.in_(keys))
    await session.execute(update(GoalMark).where(said).values(words=""))
    made = or_(Project.person_id == person_id, Project.pair_id.in_(alone))
    await session.execute(update(Project).where(made).values(title="", result=""))
    won = (await session.scalars(select(Achievement).where(Achievement.person_id == person_id))).all()
    papers = [one.file_id for one in won if one.file_id is not None]
    for one in won:
        one.title, one.file_id = "", None
    await session.flush()
    await session.execute(delete(StoredFile).where(StoredFile.id.in_(papers)))
    return {"plans": len(plans), "goals": len(keys), "achievements": len(won), "diplomas": len(papers)}


async def named(session: AsyncSession, person_id: int, names: Callable[[str], bool]) -> int:
    """In programmes of the person's groups, empties every sentence that names the person; how many rows."""
    mine = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    groups = select(Pair.id).where(Pair.id.in_(mine), Pair.is_group.is_(True))
    plans = (await session.scalars(select(Plan).where(Plan.pair_id.in_(groups)))).all()
    keys = [plan.id for plan in plans]
    emptied = 0
    for plan in plans:
        for column in ("content", "result"):
            emptied += _without(plan, column, names)
    for version in await session.scalars(select(PlanVersion).where(PlanVersion.plan_id.in_(keys))):
        emptied += _without(version, "content", names)
    for item in await session.scalars(select(PlanItem).where(PlanItem.plan_id.in_(keys))):
        for column in _ITEM_WORDS:
            emptied += _without(item, column, names)
    for table, columns in ((Goal, ("words",)), (Project, ("title", "result"))):
        for row in await session.scalars(select(table).where(table.pair_id.in_(groups))):
            for column in columns:
                emptied += _without(row, column, names)
    await session.flush()
    return emptied


def _without(row: Any, column: str, names: Callable[[str], bool]) -> int:
    before = getattr(row, column)
    after = _cleaned(before, names)
    if after == before:
        return 0
    setattr(row, column, after)
    return 1


def _cleaned(value: Any, names: Callable[[str], bool]) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one, names) for one in value]
    return "" if isinstance(value, str) and names(value) else value
