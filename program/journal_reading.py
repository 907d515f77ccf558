"""Which lines of the journal a reader is shown. Who asked for help is read by those who answer it, by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What stands here is open to every reader of the journal; a group that is not named is closed to them.
OPEN_GROUPS = frozenset({
    "achievement", "award", "bulk", "card", "comparison", "consent", "consents", "copy", "directory", "encounter", "export", "feedback", "gathering", "goal",
    "guardian", "guardians", "hours", "idea", "invitation", "launch", "match", "matching", "meeting", "mentor", "news",
    "nudges", "pack", "pair", "paper", "partner", "people", "person", "plan", "polls", "pool", "project", "questionnaire", "queue", "report",
    "roadmap", "roster", "school", "settings", "table", "template", "town", "user", "wish", "year",
})  # fmt: skip
CLOSED_GROUPS = frozenset({"help", "care", "relay"})
WORRY = "worry"  # open where the line names a sign that the reader may read
OPEN_ACTIONS = frozenset({"worry.rules"})
# A call for help may stop a pair and call its meetings off: by the caller's name the call would be known.
UNNAMED = frozenset({"pair.paused", "meeting.cancelled"})
SOMEONE = "someone"  # instead of a participant's mark
# Nothing was changed, somebody looked: noted once in an hour for each reader and thing. Source: ux.md A37.
LOOKS = frozenset({
    "achievement.opened", "care.notes-read", "help.opened", "mentor.opened", "pair.pulse-opened", "person.opened",
    "person.changes-opened", "relay.opened", "relay.photo-opened", "wish.opened",
})  # fmt: skip
REASON, BY = "reason", "by"  # why, and whose wish it was, are told together or not at all


@dataclass(frozen=True)
class Reach:
    """What one reader may read.

    Args:
        whole: everything; else what is open.
        signs: of worries.
    """

    whole: bool
    signs: frozenset[str] = frozenset()

    def reads_group(self, group: str) -> bool:
        return self.whole or group in OPEN_GROUPS

    def actor(self, action: str, actor: str) -> str:
        """The mark of who acted, as this reader is told it."""
        hidden = not self.whole and action in UNNAMED and actor.startswith("person:")
        return SOMEONE if hidden else actor

    def values(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """`before` or `after` of a line, as this reader is told it."""
        if self.whole or REASON not in said:
            return dict(said)
        return {name: value for name, value in said.items() if name not in (REASON, BY)}
