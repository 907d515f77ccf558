"""Which questionnaires the house asks by itself: the school's own choice."""

from __future__ import annotations

from actions import journal
from actions.work import Work
from program.polls import PollRules


def rules_of(work: Work) -> PollRules:
    return PollRules.read(work.settings.polls)


async def save(work: Work, rules: PollRules) -> None:
    """Replaces the rules. Whoever was asked already may still answer; reminders of what is off are not sent."""
    before, after = rules_of(work).to_json(), rules.to_json()
    if before == after:
        return
    work.school.settings = {**work.school.settings, "polls": after}
    changed = sorted(name for name in after if before.get(name) != after[name])
    await journal.note(work, "polls.changed", f"school:{work.school.id}", after={"changed": changed})
