"""What participants may read about the matching: which things count, in words without people or points."""

from __future__ import annotations

from actions.matching_rules import rules_of
from actions.work import Work
from program.forms import FORMS
from program.matching_rules import CRITERIA, Level
from storage import people

# Neutral for whoever reads it. What somebody has asked for in confidence is not told: whom to keep
# apart, of which gender a mentor should be, whom they have worked with.
TOLD = (
    "request", "subject", "schedule", "interest", "wish", "prefer", "kind", "format", "age", "elder",
    "class", "language", "wait",
)  # fmt: skip


async def counted(work: Work, person_id: int) -> list[str]:
    """Names of the criteria that count where this person takes part, the most important first.

    Of all forms of the school for somebody without a place; empty unless the school lets it be told.
    """
    if not work.settings.matching_shown:
        return []
    places = await people.participations_of(work.session, person_id, work.settings.year)
    mine = {one.form for one in places}
    forms = [slug for slug in work.settings.forms if slug in FORMS and (not mine or slug in mine)]
    levels = list(Level)
    best: dict[str, int] = {}
    for slug in forms:
        held = rules_of(work, slug).of().all_levels()
        for name in TOLD:
            best[name] = min(best.get(name, len(levels)), levels.index(held[name]))
    order = [one.name for one in CRITERIA]
    named = [name for name, level in best.items() if level < levels.index(Level.IGNORED)]
    return sorted(named, key=lambda name: (best[name], order.index(name)))
