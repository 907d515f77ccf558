"""What the matching board shows: its filter from the address, pairs by decision, who is left. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from actions import matching as runs
from actions.matching import Reasons
from actions.matching_left import Left as Why
from actions.matching_left import why_left
from actions.matching_pool import LEADING, OPEN
from actions.work import Work
from program.forms import FORMS
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage import pairs as rows
from storage import people
from storage.tables import MatchRun, Pair, Participation, Person

Shown = TypeVar("Shown")

SHOWN = (PairStatus.SUGGESTED, PairStatus.APPROVED)
SECTIONS = ("suggested", "approved", "left")
WHY_REJECTED = ("time", "character", "parents", "know", "other")
BANDS = {"high": (80, 100), "middle": (60, 79), "low": (0, 59)}
EXPLAINED = (
    150  # mentees: with more, what would help is told on the mentee's own page, so that the board is quick
)
PAGE = 25  # pairs of one section on a page: a board of 200 suggestions stays under 60 KB


@dataclass(frozen=True)
class Filter:
    """What the address asks for; empty fields do not narrow.

    Args:
        score: a band of `BANDS`.
        model: a role model of the pair or of the mentee's place.
        show: one section alone, page by page.
    """

    form: str
    score: str = ""
    class_name: str = ""
    model: str = ""
    show: str = ""
    page: int = 1

    @staticmethod
    def read(asked: Mapping[str, str], fallback: str = "") -> Filter:
        """Nonsense is ignored. `fallback`: the form where none is asked for."""
        number = asked.get("page", "")
        form, score, show = (asked.get(name, "") for name in ("form", "score", "show"))
        return Filter(
            form if form in FORMS else fallback,
            score if score in BANDS else "",
            asked.get("class_name", "")[:20],
            asked.get("model", "")[:64],
            show if show in SECTIONS else "",
            max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1,
        )

    @staticmethod
    def of(kept: str, fallback: str) -> Filter:
        """From the query that a form on the board carried along."""
        return Filter.read(dict(parse_qsl(kept[:500])), fallback)

    def query(self) -> str:
        values = {
            "form": self.form,
            "score": self.score,
            "class_name": self.class_name,
            "model": self.model,
            "show": self.show,
            "page": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in values.items() if value})

    def with_(self, **values: str | int) -> str:
        """The query of the same board, these fields changed and from its first page."""
        return replace(self, **{"page": 1} | values).query()  # type: ignore[arg-type]

    @property
    def narrows(self) -> bool:
        return bool(self.score or self.class_name or self.model)

    def lets(self, pair: Pair) -> bool:
        mentees = rows.present(pair, Side.MENTEE)
        if self.score:
            low, high = BANDS[self.score]
            if pair.score is None or not low <= pair.score <= high:
                return False
        if self.class_name and all(one.person.class_name != self.class_name for one in mentees):
            return False
        models = {pair.role_model, *(one.participation.role_model for one in mentees)}
        return not self.model or self.model in models


@dataclass(frozen=True)
class Counts:
    """The line under the heading. `places`: free places of admitted mentors."""

    waiting: int
    mentors: int
    places: int


@dataclass(frozen=True)
class Left:
    """A mentee without a suggestion: for how many days, why, and one thing that would help."""

    place: Participation
    person: Person
    days: int
    reasons: Sequence[Text]
    rules: Sequence[tuple[Text, int]] = ()  # the fewest that keep every mentor away, each from how many
    suggestion: Text | None = None


@dataclass(frozen=True)
class Section:
    """Pairs of one status: those of this page, and how many there are in all."""

    pairs: Sequence[Pair]
    count: int
    pages: int


@dataclass(frozen=True)
class Board:
    by: Filter
    enabled: Sequence[str]
    run: MatchRun | None
    counts: Counts
    suggested: Section
    approved: Section
    rejected: int
    announceable: int  # approved pairs of every form
    undecided: Mapping[str, int]  # form -> suggestions
    left: Sequence[Left]
    left_count: int
    classes: Sequence[str]
    reasons: Mapping[int, Reasons]
    taken: Mapping[int, int]
    offered: Mapping[int, int]
    models: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> set[int]:
        """Ids of the pairs on this page."""
        return {pair.id for pair in (*self.suggested.pairs, *self.approved.pairs)}


async def busiest(work: Work) -> str:
    """The form with most undecided suggestions, else the school's first."""
    enabled = forms_of(work)
    found = await rows.board(
        work.session, work.school.id, work.settings.year, statuses=(PairStatus.SUGGESTED,)
    )
    counts = {slug: sum(pair.form == slug for pair in found) for slug in enabled}
    return max(enabled, key=lambda slug: counts[slug], default=next(iter(FORMS)))


def forms_of(work: Work) -> list[str]:
    return [slug for slug in work.settings.forms if slug in FORMS]


async def board(work: Work, by: Filter, models: Mapping[str, str]) -> Board:
    """Everything the page shows. `models`: role models of the form, slug -> the staff's label."""
    session, school, year = work.session, work.school.id, work.settings.year
    everything = await rows.board(session, school, year, statuses=(*SHOWN, PairStatus.REJECTED))
    enabled = forms_of(work)
    shown = [pair for pair in everything if pair.form == by.form]
    let = [pair for pair in shown if by.lets(pair)]
    run = await rows.last_run(session, school, year, by.form)
    taken = await rows.holding(session, school, year, by.form, rows.FIRM)
    mentees = await people.pool(session, school, year, by.form, Side.MENTEE)
    mentors = await people.pool(session, school, year, by.form, Side.MENTOR)
    waiting = await _waiting(work, by.form, mentees)
    left = _left(run, waiting, shown, by, work.now)
    here = _cut(left, by, "left")
    if here and len(waiting) <= EXPLAINED:
        here = _helped(here, await why_left(work, by.form))
    suggested, approved = (
        _section([pair for pair in let if pair.status == status], by, status) for status in SHOWN
    )
    return Board(
        by=by,
        enabled=enabled,
        run=run,
        counts=_counts(waiting, mentors, taken),
        suggested=suggested,
        approved=approved,
        rejected=sum(pair.status == PairStatus.REJECTED for pair in shown),
        announceable=sum(pair.status == PairStatus.APPROVED for pair in everything),
        undecided={
            slug: sum(pair.form == slug and pair.status == PairStatus.SUGGESTED for pair in everything)
            for slug in enabled
        },
        left=here,
        left_count=len(left),
        classes=sorted(
            {one.person.class_name for one in mentees if one.person.class_name},
            key=lambda name: (len(name), name),
        ),
        reasons={pair.id: runs.reasons_of(pair) for pair in (*suggested.pairs, *approved.pairs)},
        taken=taken,
        offered=await rows.holding(session, school, year, by.form, (PairStatus.SUGGESTED,)),
        models=models,
    )


def _section(found: Sequence[Pair], by: Filter, status: PairStatus) -> Section:
    return Section(_cut(found, by, status.value), len(found), -(-len(found) // PAGE))


def _cut(found: Sequence[Shown], by: Filter, section: str) -> Sequence[Shown]:
    """This page's part of a section; the other sections show their beginning, or nothing beside `show`."""
    if by.show and by.show != section:
        return []
    first = (by.page - 1) * PAGE if by.show == section else 0
    return found[first : first + PAGE]


def _counts(
    waiting: Sequence[Participation], mentors: Iterable[Participation], taken: Mapping[int, int]
) -> Counts:
    leading = [one for one in mentors if one.admitted and one.status in LEADING]
    free = sum(max(0, one.capacity - taken.get(one.id, 0)) for one in leading)
    return Counts(len(waiting), len(leading), free)


async def _waiting(work: Work, form: str, mentees: Iterable[Participation]) -> list[Participation]:
    """Mentees of the base whom no decided pair has."""
    firm = await rows.places(work.session, work.school.id, work.settings.year, form, rows.FIRM)
    busy = {participation for place in firm for participation, _ in place.mentees}
    return [one for one in mentees if one.status in OPEN and one.id not in busy]


def _helped(left: Iterable[Left], known: Mapping[int, Why]) -> list[Left]:
    return [
        replace(
            one,
            rules=tuple(zip(why.rules, why.counts, strict=True)),
            suggestion=why.suggestion,
        )
        if (why := known.get(one.place.id))
        else one
        for one in left
    ]


def _left(
    run: MatchRun | None, waiting: Iterable[Participation], shown: Iterable[Pair], by: Filter, now: datetime
) -> list[Left]:
    """Whom the last run left without a pair and who still looks for one; those who came since, without reasons."""
    if run is None:
        return []
    reasons = runs.unmatched_of(run)
    offered = {
        one.participation_id
        for pair in shown
        if pair.status in SHOWN
        for one in rows.present(pair, Side.MENTEE)
    }
    return [
        Left(one, one.person, (now - (one.enrolled_at or one.created_at)).days, reasons.get(one.id, []))
        for one in waiting
        if one.id not in offered
        and (not by.class_name or one.person.class_name == by.class_name)
        and (not by.model or one.role_model == by.model)
    ]
