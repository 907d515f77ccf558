"""Approving several suggestions at once."""

from __future__ import annotations

from collections.abc import Sequence

from actions.pairs import approve
from actions.places import hold_places
from actions.work import Work
from program.errors import Refusal
from program.text import Text
from storage.tables import Pair


async def approve_many(work: Work, chosen: Sequence[Pair]) -> list[tuple[Pair, Text]]:
    """suggested → approved for each that can be; one that cannot stops no other.

    Args:
        chosen: with their members.

    Returns:
        Those that stay as they were, with the reason.
    """
    # Everybody's places before the first line of the journal, as for one decision.
    await hold_places(work, {member.participation_id for pair in chosen for member in pair.members})
    refused: list[tuple[Pair, Text]] = []
    for pair in chosen:
        try:
            async with work.session.begin_nested():
                await approve(work, pair.id)
        except Refusal as refusal:
            refused.append((pair, refusal.text))
    return refused
