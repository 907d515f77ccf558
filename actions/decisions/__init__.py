"""Everything that waits for somebody of the school: one list for «Сегодня» and for the cards in a chat.

To add a kind: `docs/how-to/decision.md`.
"""

from __future__ import annotations

from collections.abc import Callable

from actions.decisions import consents, meetings, pairs, people, safety, year
from actions.decisions.kinds import Asking, Counter, Decision, Kind, Urgency
from program.text import Text, raw
from storage.overview import Waiting

__all__ = ["KINDS", "Asking", "Decision", "Kind", "Urgency", "waiting"]

KINDS: tuple[Kind, ...] = (
    *safety.KINDS,
    *consents.KINDS,
    *people.KINDS,
    *pairs.KINDS,
    *meetings.KINDS,
    *year.KINDS,
)


async def waiting(asking: Asking, may: Callable[[str], bool]) -> list[Decision]:
    """What waits for this member of staff: the urgent first, then what waits longest; nothing that is empty.

    Args:
        may: whether their role may open a page or press a button of the admin, by the route's name.
    """
    kinds = [one for one in KINDS if may(one.route) and (not one.decides or may(one.decides))]
    if asking.own is not None:
        kinds = [one for one in kinds if one.classes]
    counted: dict[Counter, dict[str, Waiting]] = {}
    found = []
    for kind in kinds:
        if kind.count not in counted:
            counted[kind.count] = {one.code: one for one in await kind.count(asking)}
        one = counted[kind.count].get(kind.code)
        if one is not None:
            said = {"said": raw(one.said)} if one.said else {}
            otherwise = Text(f"today-else-{kind.code}", {**kind.says(asking.work), **said})
            found.append(Decision(kind, one.count, one.oldest, otherwise))
    last = asking.work.now
    return sorted(found, key=lambda one: (one.kind.urgency, one.oldest is None, one.oldest or last))
