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
    PlanFact,
    PlanItem,
    PlanVersion,
    PlanWord,
    Project,
    StoredFile,
)

_ITEM_WORDS = ("about", "event", "interim", "final")
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
    items = select(PlanItem.id).where(PlanItem.plan_id.in_(plans))
    theirs = or_(PlanWord.person_id == person_id, PlanWord.plan_id.in_(plans))
    wishes = (
        await session.scalars(update(PlanWord).where(theirs).values(words="").returning(PlanWord.id))
    ).all()
    told = or_(PlanFact.person_id == person_id, PlanFact.item_id.in_(items))
    facts = (
        await session.scalars(update(PlanFact).where(told).values(words="").returning(PlanFact.id))
    ).all()
    goals = select(Goal.id).where(
        or_(Goal.person_id == person_id, Goal.about_id == person_id, Goal.pair_id.in_(alone))
    )
    keys = (await session.scalars(goals)).all()
    await session.execute(update(Goal).where(Goal.id.in_(keys)).values(words=""))
    said = or_(GoalMark.person_id == person_id, GoalMark.goal_id.in_(keys))
    await session.execute(update(GoalMark).where(said).values(words=""))
    made = or_(Project.person_id == person_id, Project.about_id == person_id, Project.pair_id.in_(alone))
    await session.execute(update(Project).where(made).values(title="", result=""))
    won = (await session.scalars(select(Achievement).where(Achievement.person_id == person_id))).all()
    papers = [one.file_id for one in won if one.file_id is not None]
    for one in won:
        one.title, one.file_id = "", None
    await session.flush()
    await session.execute(delete(StoredFile).where(StoredFile.id.in_(papers)))
    found = {"plans": len(plans), "plan-words": len(wishes), "plan-facts": len(facts), "goals": len(keys)}
    return found | {"achievements": len(won), "diplomas": len(papers)}


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
    of_plans = select(PlanItem.id).where(PlanItem.plan_id.in_(keys))
    marks = GoalMark.goal_id.in_(select(Goal.id).where(Goal.pair_id.in_(groups)))
    tables: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
        (PlanItem, PlanItem.plan_id.in_(keys), _ITEM_WORDS),
        (PlanWord, PlanWord.plan_id.in_(keys), ("words",)),
        (PlanFact, PlanFact.item_id.in_(of_plans), ("words",)),
        (Goal, Goal.pair_id.in_(groups), ("words",)),
        (GoalMark, marks, ("words",)),
        (Project, Project.pair_id.in_(groups), ("title", "result")),
    )
    for table, where, columns in tables:
        for row in await session.scalars(select(table).where(where)):
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
