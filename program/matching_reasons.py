"""What speaks for a pair and against it, and why somebody stays without one: texts of `match.ftl`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from program.matching import CRITERIA, Judge, Mentee, Mentor, kind_of, why_not
from program.matching_rules import Rules
from program.text import Arg, Text, raw

MOST_FOR, MOST_AGAINST = 4, 3
WIDE_GAP = 4  # classes between two pupils, from which the curator is told
NAMED = 2  # common codes named in one reason
# What both sides may read: their own common ground (domain.md 8.3: request, interests, schedule).
SHARED = ("match-for-request", "match-for-subject", "match-for-interest", "match-for-schedule")

SILENT = ("elder", "gap", "class", "language")  # as it should be: nothing to be said

Labels = Mapping[str, Text]


@dataclass(frozen=True)
class Score:
    """Args:
    points: 0-100, the sum of `parts`.
    parts: criterion, points, out of; what is not weighed for this mentee is left out.
    blocked: hard rules that forbid the pair, where they were asked for.
    """

    points: int
    parts: tuple[tuple[str, int, int], ...]
    for_: tuple[Text, ...]
    against: tuple[Text, ...]
    blocked: tuple[Text, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "for": [text.to_json() for text in self.for_],
            "against": [text.to_json() for text in self.against],
            "parts": [list(part) for part in self.parts],
        }


def score(judge: Judge, mentor: Mentor, labels: Labels) -> Score:
    """The points of one mentor for the judge's mentee, with reasons.

    Args:
        labels: option code -> its words; a code without words is shown as it is.
    """
    got = dict(zip(CRITERIA, judge.parts(mentor), strict=True))
    parts = tuple(
        (name, got[name], judge.out_of.get(name, 0))
        for name in CRITERIA
        if judge.out_of.get(name) or got[name]
    )
    return Score(sum(got.values()), parts, _for(judge, mentor, got, labels), _against(judge, mentor, got))


def _for(judge: Judge, mentor: Mentor, got: Mapping[str, int], labels: Labels) -> tuple[Text, ...]:
    mentee = judge.mentee
    common = {
        "request": mentee.requests & mentor.competencies,
        "subject": mentee.subjects & mentor.subjects,
        "interest": mentee.interests & mentor.interests,
        "format": mentee.formats & mentor.formats,
        "schedule": mentee.slots & mentor.slots,
    }
    found = []
    for name in sorted(got, key=lambda name: -got[name]):
        if got[name] <= 0:
            continue
        args: dict[str, Arg] = {}
        if name in common:
            args["what"] = _named([label(code, labels) for code in sorted(common[name], key=slot_order)])
        elif name == "kind":
            args["kind"] = kind_of(mentee, mentor)
        elif name == "load":
            args["left"] = mentor.left
        elif name in SILENT or (name == "age" and mentor.ages is None):
            continue  # no wish, so nothing that speaks for the pair
        found.append(Text(f"match-for-{name}", args))
    return tuple(found[:MOST_FOR])


def _against(judge: Judge, mentor: Mentor, got: Mapping[str, int]) -> tuple[Text, ...]:
    mentee = judge.mentee
    found: list[Text] = []
    if got["avoid"]:
        found.append(Text("match-against-avoid"))
    if mentor.person in mentee.worked and not got["worked"]:
        found.append(Text("match-against-worked"))
    if got["clash"]:
        found.append(Text("match-against-schedule"))
    missed = sorted(judge.out_of, key=lambda name: -judge.out_of[name])
    for name in missed:
        if got[name] or not judge.out_of[name]:
            continue
        if name == "schedule":
            if not got["clash"]:
                found.append(Text("match-against-schedule-unknown"))
        elif name == "request" and not mentee.requests:
            found.append(Text("match-against-request-unknown"))
        elif name == "age" and mentee.age is None:
            found.append(Text("match-against-age-unknown"))
        elif name not in UNSAID:
            found.append(Text(f"match-against-{name}"))
    if mentee.grade is not None and mentor.grade is not None and mentor.grade - mentee.grade >= WIDE_GAP:
        found.append(Text("match-against-gap", {"years": mentor.grade - mentee.grade}))
    return tuple(found[:MOST_AGAINST])


# Not getting these points is nothing against two people; a gap is said by its years.
UNSAID = ("wish", "prefer", "load", "interest", "worked", "gap")

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PARTS = ("morning", "day", "evening")


def _slot(code: str) -> tuple[str, str] | None:
    day, _, part = code.partition("_")
    return (day, part) if day in _DAYS and part in _PARTS else None


def slot_order(code: str) -> tuple[int, int, str]:
    slot = _slot(code)
    return (_DAYS.index(slot[0]), _PARTS.index(slot[1]), code) if slot else (0, 0, code)


def label(code: str, labels: Labels) -> Text:
    slot = _slot(code)
    if slot:
        return Text("match-slot", {"day": slot[0], "part": slot[1]})
    return labels.get(code) or raw(code)


def _named(words: list[Text]) -> Text:
    if len(words) == 1:
        return words[0]
    first, second = words[:NAMED]
    if len(words) == NAMED:
        return Text("match-two", {"first": first, "second": second})
    return Text("match-more", {"first": first, "second": second, "rest": len(words) - NAMED})


def why_unmatched(
    mentee: Mentee,
    mentors: Iterable[Mentor],
    rules: Rules,
    candidates: Mapping[int, int],
    full: Iterable[int],
) -> list[Text]:
    """Why a mentee has no pair after the run, in whole sentences for the curator.

    Args:
        candidates: mentors (by id) whom no rule forbade.
        full: mentors all of whose places the run has given away.
    """
    if not mentee.consented:
        return [Text("match-left-consent")]
    known = list(mentors)
    if not known:
        return [Text("match-left-nobody")]
    if candidates:
        taken = set(full)
        return [Text("match-left-full", {"count": sum(mentor in taken for mentor in candidates)})]
    # The most important rule of each mentor; texts with values are no keys, their JSON is.
    first = [text for mentor in known for text in why_not(mentee, mentor, rules)[:1]]
    said = {json.dumps(text.to_json(), sort_keys=True): text for text in first}
    counts = Counter(json.dumps(text.to_json(), sort_keys=True) for text in first)
    return [
        Text("match-left-rule", {"rule": said[rule], "count": count}) for rule, count in counts.most_common(3)
    ]
