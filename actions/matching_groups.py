"""Groups suggested to the curator: stored like pairs, decided like pairs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

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
from program.matching_groups import Group, GroupKind, groups
from program.matching_reasons import label
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage import pairs
from storage.tables import Pair, Person

log = structlog.get_logger()

LEAST, MOST = 2, 15  # INT_MO.7: a mentor leads at most fifteen
MOST_LEADERS = 4

__all__ = ["GroupKind", "GroupPlan", "suggest_groups"]


@dataclass(frozen=True)
class GroupPlan:
    """Args:
    pairs: ids of the suggested groups.
    placed: mentees in them; `at_most`: as many could be placed by any groups whatsoever.
    left: mentees (participations) in no group.
    exact: nothing better exists; else `text` says how far from the bound it is.
    """

    pairs: tuple[int, ...]
    placed: int
    left: tuple[int, ...]
    at_most: int
    exact: bool
    text: Text


async def suggest_groups(
    work: Work, form: str, kind: GroupKind, size_min: int = 3, size_max: int = 6, *, mentors: int = 1
) -> GroupPlan:
    """Suggests groups of everybody without a decided pair; older suggestions of groups are dropped.

    Suggested pairs stay beside them: what the curator approves first counts.

    Args:
        size_min, size_max: mentees in a group, 2 to 15.
        mentors: of each group; a team has at least two.

    Raises:
        Refusal: there is no such form, or the sizes make no sense.
    """
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    leaders = max(2, mentors) if kind is GroupKind.TEAM else mentors
    if not LEAST <= size_min <= size_max <= MOST or not 1 <= leaders <= MOST_LEADERS:
        raise Refusal("matching-group-sizes", least=LEAST, most=MOST)
    await pairs.lock_side(work.session, work.school.id, work.settings.year, form, Side.MENTOR)
    seen, book = await pool(work, form), rules_of(work, form)
    found = await asyncio.to_thread(
        groups, seen.mentees, seen.mentors, book, kind, size_min, size_max, leaders
    )
    await _drop_older(work, form)
    leads = await pairs.people_of(work.session, work.school.id, {group.mentors[0] for group in found.groups})
    stored = [_pair(work, form, seen, group, leads[group.mentors[0]], kind) for group in found.groups]
    work.session.add_all(stored)
    await work.session.flush()
    counts = {
        "form": form,
        "kind": kind.value,
        "groups": len(stored),
        "placed": found.placed,
        "at_most": found.at_most,
    }
    await journal.note(work, "match.grouped", f"form:{form}", after=counts)
    log.info("match.grouped", school=work.school.id, **counts)
    text = Text(
        "matching-groups-best" if found.exact else "matching-groups-bound",
        {"placed": found.placed, "most": found.at_most},
    )
    return GroupPlan(
        tuple(pair.id for pair in stored), found.placed, found.left, found.at_most, found.exact, text
    )


async def _drop_older(work: Work, form: str) -> None:
    old = await pairs.board(work.session, work.school.id, work.settings.year, form, (PairStatus.SUGGESTED,))
    for pair in old:
        if pair.is_group:
            await drop(work, pair)


def _pair(work: Work, form: str, seen: Pool, group: Group, lead: Person, kind: GroupKind) -> Pair:
    """The title names the mentor: a topic would tell everybody in the group what the others need."""
    persons = {one.id: one.person for one in seen.mentees} | {one.id: one.person for one in seen.mentors}
    pair = new_pair(work, form, PairStatus.SUGGESTED)
    pair.is_group, pair.score = True, group.points
    pair.title = Texts("ru")(Text("matching-group-title", {"name": short_name(lead)}))
    why = Text(f"matching-group-{kind.value}", {"what": label(group.key, seen.labels)})
    pair.reasons = {"for": [why.to_json()], "against": [], "parts": []}
    pair.members = [
        *(member(work, Side.MENTOR, one, persons[one]) for one in group.mentors),
        *(member(work, Side.MENTEE, one, persons[one]) for one in group.mentees),
    ]
    return pair
