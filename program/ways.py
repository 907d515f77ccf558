"""The ways between statuses: which may follow which, for everything that has a status. Source: domain.md 3.5.

A status without a way out is final on purpose and stands in `final`; a test walks every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from program.consents import ConsentState
from program.errors import Refusal
from program.states import MeetingStatus, NewsStatus, PairStatus, ParticipationStatus, RequestState, WallState

Status = TypeVar("Status", bound=StrEnum)


@dataclass(frozen=True)
class Machine(Generic[Status]):
    """Args:
    start: statuses in which a thing may come into being.
    ways: status -> those that may follow.
    final: those after which nothing comes.
    """

    statuses: type[Status]
    start: frozenset[Status]
    ways: Mapping[Status, frozenset[Status]]
    final: frozenset[Status] = field(default_factory=frozenset)

    def may(self, was: str, to: Status) -> bool:
        """Whether `to` may follow; staying is always allowed, so that a second press is harmless."""
        before = self.statuses(was)
        return before == to or to in self.ways.get(before, frozenset())

    def require(self, was: str, to: Status) -> None:
        """Raises Refusal when `to` may not follow: somebody else was quicker, or the page is old."""
        if not self.may(was, to):
            raise Refusal("states-not-now")

    def reachable(self) -> frozenset[Status]:
        """Every status that some row of ways from `start` leads to."""
        found, open_ = set(self.start), list(self.start)
        while open_:
            for after in self.ways.get(open_.pop(), frozenset()) - found:
                found.add(after)
                open_.append(after)
        return frozenset(found)


def _ways(table: Mapping[Status, tuple[Status, ...]]) -> Mapping[Status, frozenset[Status]]:
    return {status: frozenset(after) for status, after in table.items()}


_P = ParticipationStatus
_BEFORE_A_PAIR = (_P.REGISTERED, _P.CONSENT_PENDING, _P.IN_BASE, _P.SEARCHING)
_ASIDE = (_P.PAUSED, _P.WITHDRAWN, _P.DECLINED, _P.ARCHIVED)

PARTICIPATION: Machine[ParticipationStatus] = Machine(
    _P,
    start=frozenset({_P.REGISTERED, _P.CONSENT_PENDING}),
    ways=_ways(
        {
            _P.REGISTERED: (_P.CONSENT_PENDING, *_ASIDE),
            _P.CONSENT_PENDING: (_P.IN_BASE, *_ASIDE),
            _P.IN_BASE: (_P.SEARCHING, _P.PAIRED, *_ASIDE),
            _P.SEARCHING: (_P.PAIRED, _P.IN_BASE, *_ASIDE),  # another role asks for its own questionnaire
            _P.PAIRED: (_P.SEARCHING, _P.FINISHED, *_ASIDE),
            _P.FINISHED: (_P.SEARCHING, _P.PAIRED, _P.ARCHIVED),  # a mentor leads once more
            # Back to where it was, once consents hold again.
            _P.PAUSED: (*_BEFORE_A_PAIR, _P.PAIRED, _P.WITHDRAWN, _P.DECLINED, _P.ARCHIVED),
            _P.WITHDRAWN: (*_BEFORE_A_PAIR, _P.PAIRED, _P.PAUSED, _P.DECLINED, _P.ARCHIVED),
            _P.DECLINED: (_P.CONSENT_PENDING, _P.WITHDRAWN, _P.ARCHIVED),  # joins once more
            _P.ARCHIVED: _BEFORE_A_PAIR,  # at the school again
        }
    ),
)

_A = PairStatus
PAIR: Machine[PairStatus] = Machine(
    _A,
    # A curator's own choice and a group begin approved.
    start=frozenset({_A.SUGGESTED, _A.APPROVED}),
    ways=_ways(
        {
            _A.SUGGESTED: (_A.APPROVED, _A.REJECTED, _A.DROPPED),
            # At work at once where the school asks nobody; a suggestion again while nobody has been told.
            _A.APPROVED: (_A.OFFERED, _A.ACTIVE, _A.SUGGESTED, _A.REJECTED, _A.DROPPED),
            _A.REJECTED: (_A.DROPPED,),  # the curator lets the two be proposed again
            # Back to approved: the announcement is called off before it has been heard.
            _A.OFFERED: (_A.ACTIVE, _A.APPROVED, _A.DECLINED, _A.REJECTED, _A.DROPPED),
            _A.ACTIVE: (_A.PAUSED, _A.COMPLETED, _A.STOPPED, _A.REPLACED, _A.DECLINED, _A.APPROVED),
            _A.PAUSED: (_A.ACTIVE, _A.COMPLETED, _A.STOPPED, _A.REPLACED),
        }
    ),
    final=frozenset({_A.COMPLETED, _A.DECLINED, _A.REPLACED, _A.STOPPED, _A.DROPPED}),
)

_M = MeetingStatus
MEETING: Machine[MeetingStatus] = Machine(
    _M,
    start=frozenset({_M.PROPOSED}),
    ways=_ways(
        {
            _M.PROPOSED: (_M.CONFIRMED, _M.CANCELLED),
            _M.CONFIRMED: (_M.PROPOSED, _M.HELD, _M.MISSED, _M.MOVED, _M.CANCELLED),
            _M.MOVED: (_M.PROPOSED, _M.CANCELLED),  # put off: offered again in its own row
        }
    ),
    final=frozenset({_M.HELD, _M.MISSED, _M.CANCELLED}),
)
# No way that a meeting goes: what was noted by mistake, and what it was.
NOTED_WRONG = {_M.HELD: _M.MISSED, _M.MISSED: _M.HELD}

_C = ConsentState
# What the ledger's pure function may say next; nothing is final: a word may always be given anew.
CONSENT: Machine[ConsentState] = Machine(
    _C,
    start=frozenset({_C.NOT_REQUESTED}),
    ways=_ways(
        {
            _C.NOT_REQUESTED: (_C.WAITING, _C.GIVEN, _C.REFUSED, _C.WITHDRAWN),
            _C.WAITING: (_C.GIVEN, _C.REFUSED, _C.WITHDRAWN, _C.EXPIRED),
            # A birthday may need one more word: at 14 the teenager's, at 18 the person's own.
            _C.GIVEN: (_C.WAITING, _C.REFUSED, _C.WITHDRAWN, _C.EXPIRED),
            _C.REFUSED: (_C.WAITING, _C.GIVEN, _C.WITHDRAWN),
            _C.WITHDRAWN: (_C.WAITING, _C.GIVEN, _C.REFUSED),
            _C.EXPIRED: (_C.WAITING, _C.GIVEN, _C.REFUSED, _C.WITHDRAWN),
        }
    ),
)

_R = RequestState
HELP: Machine[RequestState] = Machine(
    _R,
    start=frozenset({_R.NEW}),
    ways=_ways({_R.NEW: (_R.IN_WORK, _R.CLOSED), _R.IN_WORK: (_R.CLOSED,)}),
    final=frozenset({_R.CLOSED}),
)

_N = NewsStatus
NEWS: Machine[NewsStatus] = Machine(
    NewsStatus,
    start=frozenset({NewsStatus.DRAFT}),
    ways=_ways(
        {
            _N.DRAFT: (_N.PLANNED, _N.PUBLISHED),
            _N.PLANNED: (_N.DRAFT, _N.STOPPED, _N.PUBLISHED),
            _N.STOPPED: (_N.DRAFT, _N.PLANNED, _N.PUBLISHED),
            _N.PUBLISHED: (_N.WITHDRAWN,),
        }
    ),
    final=frozenset({_N.WITHDRAWN}),
)

_W = WallState
WALL: Machine[WallState] = Machine(
    _W,
    start=frozenset({_W.OFF}),
    ways=_ways(
        {
            _W.OFF: (_W.QUEUED, _W.MANUAL),
            _W.QUEUED: (_W.POSTED, _W.MANUAL, _W.STOPPED),
            _W.MANUAL: (_W.POSTED, _W.STOPPED),
            # Somebody it shows agrees no longer. What was to be posted by hand may be up already.
            _W.STOPPED: (_W.REMOVED,),
            _W.POSTED: (_W.REMOVED,),
        }
    ),
    final=frozenset({_W.REMOVED}),
)

MACHINES: Mapping[str, Machine[Any]] = {
    "participation": PARTICIPATION,
    "pair": PAIR,
    "meeting": MEETING,
    "consent": CONSENT,
    "help": HELP,
    "news": NEWS,
    "wall": WALL,
}
