"""What stands behind Telegram's «/» button of one person's chat: only what this person can do. Source: ux.md B6."""

from __future__ import annotations

from actions import membership
from actions.membership import Standing
from actions.work import Work
from storage.tables import Person

# The order is everybody's; each of them is described in locales/*/command.ftl.
FOR: dict[str, frozenset[Standing]] = {
    "start": frozenset({Standing.STRANGER}),
    "menu": frozenset(Standing) - {Standing.STRANGER},
    "tasks": frozenset({Standing.STAFF}),
    "sos": frozenset(Standing),
    "meeting": frozenset({Standing.MENTEE, Standing.MENTOR}),
    "mymentor": frozenset({Standing.MENTEE, Standing.MENTOR, Standing.GUARDIAN}),
    "plan": frozenset({Standing.MENTEE, Standing.MENTOR}),
    "write": frozenset({Standing.MENTEE, Standing.MENTOR}),
    "idea": frozenset({Standing.MENTEE, Standing.MENTOR}),
    "training": frozenset({Standing.MENTOR}),
    "help": frozenset(Standing),
    "privacy": frozenset(Standing),
    "contact": frozenset(Standing),
    "cancel": frozenset(Standing),
    "pause": frozenset(Standing) - {Standing.STRANGER},
    "settings": frozenset(Standing),
}  # fmt: skip


async def listed(work: Work, person: Person) -> tuple[str, ...]:
    """Names of commands, in the order of the list."""
    stands = await membership.standings(work, person)
    return tuple(name for name, those in FOR.items() if those & stands)
