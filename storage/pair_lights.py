"""The light of each pair, for lists: without the reasons and the people of `storage.worries`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.early_warning import Light, Sign
from program.states import RequestState
from storage.tables import Pair, PairWorry


async def lights(session: AsyncSession, school_id: int, signs: Iterable[Sign]) -> Sequence[tuple[int, Light]]:
    """Pair and the gravest light of what waits of these signs; nothing for the others."""
    statement = (
        select(PairWorry.pair_id, func.max(PairWorry.light))
        .join(PairWorry.pair)
        .where(
            PairWorry.school_id == school_id,
            PairWorry.state != RequestState.CLOSED,
            Pair.closed_at.is_(None),
            PairWorry.sign.in_(sorted(signs)),
        )
        .group_by(PairWorry.pair_id)
    )
    return [(pair, Light(light)) for pair, light in await session.execute(statement)]
