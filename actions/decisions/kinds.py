"""What a kind of decision is: who counts it, where it is decided, what happens if nobody does anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from actions.work import Work
from program.roles import StaffRole
from program.text import Arg, Text
from storage.overview import Waiting


class Urgency(IntEnum):
    """How soon somebody has to look; the first order of the list, before age."""

    NOW = 0  # a child waits for a grown-up
    SOON = 1  # somebody cannot go on, or something is seen that must not be
    USUAL = 2


@dataclass(frozen=True)
class Asking:
    """Who asks what waits. `own`: the class of a class teacher, who counts the own class only; else None."""

    work: Work
    role: StaffRole
    user_id: int
    own: str | None = None

    @property
    def place(self) -> tuple[int, str]:
        """School and year, as most queries take them."""
        return self.work.school.id, self.work.settings.year


Counter = Callable[[Asking], Awaitable[Iterable[Waiting]]]


def _nothing(work: Work) -> Mapping[str, Arg]:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of decision. Its words: `today-<code>`, `today-do-<code>` (the button), `today-else-<code>`.

    Args:
        route, query: the admin's page with the list; whoever may open it sees the row.
        count: may count several kinds at once; it is asked once.
        classes: a class teacher sees it, of the own class.
        decides: route of the act itself; whoever may not press it is not shown the row. "": everybody of `route`.
        at_once: route of a page that does it for everybody with one confirmation.
        file: route of the same list as a file; it takes the same query.
        says: values of `today-else-<code>`.
    """

    code: str
    route: str
    count: Counter
    query: str = ""
    urgency: Urgency = Urgency.USUAL
    classes: bool = False
    decides: str = ""
    at_once: str = ""
    file: str = ""
    says: Callable[[Work], Mapping[str, Arg]] = field(default=_nothing)


@dataclass(frozen=True)
class Decision:
    """What waits of one kind now."""

    kind: Kind
    count: int
    oldest: datetime | None
    otherwise: Text

    @property
    def code(self) -> str:
        return self.kind.code
