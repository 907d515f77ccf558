"""Groups suggested to the curator: stored like pairs, decided like pairs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog

from actions import journal
from actions.matching import member, new_pair
from actions.matching_pool import Pool, pool
from actions.matching_rules import rules_of
from actions.places import drop, short_name
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.forms import FORMS
from program.matching_groups import Group, GroupKind, Groups, groups
from program.matching_reasons import label
from program.matching_rules import RuleBook
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage import pairs
from storage.tables import Pair, Person

log = structlog.get_logger()

LEAST, MOST = 2, 15  # INT_MO.7: a mentor leads at most fifteen
MOST_LEADERS = 4

__all__ = ["GroupKind", "GroupPlan", "Sought", "seek_groups", "suggest_groups", "told"]


@dataclass(frozen=True)
class GroupPlan:
    """Args:
    pairs: ids of the suggested groups.
    placed: mentees in them; `at_most`: as many could be placed by any groups whatsoever.
    left: mentees (participations) in no group.
    points: of all groups; `points_at_most`: so many could any groups have that place as many.
    exact: nothing better exists, and that is proven; else `text` says how far from the bound it is.
    """

    pairs: tuple[int, ...]
    placed: int
    left: tuple[int, ...]
    at_most: int
    points: int
    points_at_most: int
    exact: bool
    text: Text


@dataclass(frozen=True)
class Asked:
    """What a curator wants. Raises Refusal: there is no such form, or the sizes make no sense."""

    form: str
    kind: GroupKind
    least: int
    most: int
    leaders: int

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise Refusal("match-form-unknown")
        if not LEAST <= self.least <= self.most <= MOST or not 1 <= self.leaders <= MOST_LEADERS:
            raise Refusal("matching-group-sizes", least=LEAST, most=MOST)


@dataclass(frozen=True)
class Sought:
    """Groups found, with all that was looked at: they may be stored as long as that is still so."""

    asked: Asked
    seen: Pool
    book: RuleBook
    found: Groups

    def holds(self, asked: Asked, seen: Pool, book: RuleBook) -> bool:
        return (asked, seen.mentees, seen.mentors, seen.pins, book) == (
            self.asked,
            self.seen.mentees,
            self.seen.mentors,
            self.seen.pins,
            self.book,
        )


async def seek_groups(
    work: Work, form: str, kind: GroupKind, size_min: int = 3, size_max: int = 6, *, mentors: int = 1
) -> Sought:
    """Looks for the best groups and changes nothing: a search of seconds must not keep others from writing.

    Args, Raises: as `suggest_groups`.
    """
    asked = _asked(form, kind, size_min, size_max, mentors)
    return await _seek(asked, await _free(work, form), rules_of(work, form))


async def suggest_groups(
    work: Work,
    form: str,
    kind: GroupKind,
    size_min: int = 3,
    size_max: int = 6,
    *,
    mentors: int = 1,
    sought: Sought | None = None,
) -> GroupPlan:
    """Suggests groups of everybody without a decided pair; older suggestions of groups are dropped.

    Suggested pairs stay beside them: what the curator approves first counts. A pinned group stays as it is; whose
    pair is pinned is put with that mentor or nowhere.

    Args:
        size_min, size_max: mentees in a group, 2 to 15.
        mentors: of each group; a team has at least two.
        sought: what `seek_groups` has found a moment ago; looked for anew if people or rules have changed since.

    Raises:
        Refusal: there is no such form, or the sizes make no sense.
    """
    asked = _asked(form, kind, size_min, size_max, mentors)
    await pairs.lock_form(work.session, work.school.id, work.settings.year, form)
    seen, book = await _free(work, form), rules_of(work, form)
    if sought is None or not sought.holds(asked, seen, book):
        sought = await _seek(asked, seen, book)
    found = sought.found
    await _drop_older(work, form)
    leads = await pairs.people_of(work.session, work.school.id, {group.mentors[0] for group in found.groups})
    counts = _counts(found)
    stored = [_pair(work, form, seen, group, leads[group.mentors[0]], kind, counts) for group in found.groups]
    work.session.add_all(stored)
    await work.session.flush()
    after = {"form": form, "kind": kind.value, "groups": len(stored), **counts}
    await journal.note(work, "match.grouped", f"form:{form}", after=after)
    log.info("match.grouped", school=work.school.id, **after)
    return GroupPlan(
        tuple(pair.id for pair in stored),
        found.placed,
        found.left,
        found.at_most,
        found.points,
        found.points_at_most,
        found.exact,
        _sentence(counts),
    )


async def told(work: Work, form: str) -> Text | None:
    """How good the groups are that are suggested now, in a sentence; None where none are."""
    for pair in await _suggested(work, form):
        if counts := pair.reasons.get("groups"):
            return _sentence(counts)
    return None


def _asked(form: str, kind: GroupKind, least: int, most: int, mentors: int) -> Asked:
    return Asked(form, kind, least, most, max(2, mentors) if kind is GroupKind.TEAM else mentors)


async def _seek(asked: Asked, seen: Pool, book: RuleBook) -> Sought:
    found = await asyncio.to_thread(
        groups,
        seen.mentees,
        seen.mentors,
        book,
        asked.kind,
        asked.least,
        asked.most,
        asked.leaders,
        pins=seen.pins,
    )
    return Sought(asked, seen, book, found)


def _counts(found: Groups) -> dict[str, int]:
    return {
        "placed": found.placed,
        "at_most": found.at_most,
        "points": found.points,
        "points_at_most": found.points_at_most,
    }


def _sentence(counts: Mapping[str, int]) -> Text:
    if counts["placed"] < counts["at_most"]:
        return Text("matching-groups-bound", {"placed": counts["placed"], "most": counts["at_most"]})
    if not counts["placed"]:
        return Text("matching-groups-none")
    if counts["points"] < counts["points_at_most"]:
        args = {"placed": counts["placed"], "points": counts["points"], "most": counts["points_at_most"]}
        return Text("matching-groups-nearly", args)
    return Text("matching-groups-best", {"placed": counts["placed"], "points": counts["points"]})


async def _free(work: Work, form: str) -> Pool:
    """As `pool`, without those who stand in a pinned group."""
    seen = await pool(work, form)
    kept = {
        one.participation_id for pair in await _suggested(work, form) if pair.pinned for one in pair.members
    }
    return replace(
        seen,
        mentees=tuple(one for one in seen.mentees if one.id not in kept),
        mentors=tuple(one for one in seen.mentors if one.id not in kept),
    )


async def _suggested(work: Work, form: str) -> list[Pair]:
    found = await pairs.board(work.session, work.school.id, work.settings.year, form, (PairStatus.SUGGESTED,))
    return [pair for pair in found if pair.is_group]


async def _drop_older(work: Work, form: str) -> None:
    for pair in await _suggested(work, form):
        if not pair.pinned:
            await drop(work, pair)


def _pair(
    work: Work, form: str, seen: Pool, group: Group, lead: Person, kind: GroupKind, counts: Mapping[str, int]
) -> Pair:
    """The title names the mentor: a topic would tell everybody in the group what the others need."""
    persons = {one.id: one.person for one in seen.mentees} | {one.id: one.person for one in seen.mentors}
    pair = new_pair(work, form, PairStatus.SUGGESTED)
    pair.is_group, pair.score = True, group.points
    pair.title = Texts("ru")(Text("matching-group-title", {"name": short_name(lead)}))
    why = Text(f"matching-group-{kind.value}", {"what": label(group.key, seen.labels)})
    pair.reasons = {"for": [why.to_json()], "against": [], "parts": [], "groups": dict(counts)}
    pair.members = [
        *(member(work, Side.MENTOR, one, persons[one]) for one in group.mentors),
        *(member(work, Side.MENTEE, one, persons[one]) for one in group.mentees),
    ]
    return pair
