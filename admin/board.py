"""What the matching board shows: its filter from the address, pairs by decision, who is left. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from actions import matching as runs
from actions.matching import Reasons
from actions.matching_left import Left as Why
from actions.matching_left import why_left
from actions.matching_pool import LEADING, OPEN
from actions.work import Work
from program.forms import FORMS
from program.names import class_order
from program.states import HOLDING, PairStatus
from program.text import Text
from storage import boards
from storage import pairs as rows
from storage.boards import Leader, Narrow, Seeker
from storage.pairs import Place
from storage.tables import MatchRun, Pair, Participation, Person

SHOWN = (PairStatus.SUGGESTED, PairStatus.APPROVED)
SECTIONS = ("suggested", "approved", "left")
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

    def among(self, ids: Collection[int] | None = None) -> Narrow:
        """What is asked of the pairs themselves.

        Args:
            ids: these alone, whatever else the address narrows to.
        """
        if ids is not None:
            return Narrow(self.form, ids=ids)
        score = BANDS[self.score] if self.score else None
        return Narrow(self.form, score, self.class_name, self.model)


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
    counts = await boards.counts(work.session, work.school.id, work.settings.year, (PairStatus.SUGGESTED,))
    return max(
        forms_of(work),
        key=lambda slug: counts.get((slug, PairStatus.SUGGESTED), 0),
        default=next(iter(FORMS)),
    )


def forms_of(work: Work) -> list[str]:
    return [slug for slug in work.settings.forms if slug in FORMS]


async def board(work: Work, by: Filter, models: Mapping[str, str]) -> Board:
    """Everything the page shows. `models`: role models of the form, slug -> the staff's label."""
    session, school, year = work.session, work.school.id, work.settings.year
    many = await boards.counts(session, school, year, (*SHOWN, PairStatus.REJECTED))
    run = await rows.last_run(session, school, year, by.form)
    held = await rows.places(session, school, year, by.form, HOLDING)
    firm = [one for one in held if one.status != PairStatus.SUGGESTED]
    taken = rows.taken(firm)
    mentees = await boards.seekers(session, school, year, by.form)
    mentors = await boards.leaders(session, school, year, by.form)
    busy = _mentees(firm)
    waiting = [one for one in mentees if one.status in OPEN and one.id not in busy]
    offered = _mentees(one for one in held if one.status in SHOWN)
    left = [one for one in waiting if one.id not in offered and _lets(by, one)] if run else []
    here = await _left(work, run, _cut(left, by))
    if here and len(waiting) <= EXPLAINED:
        here = _helped(here, await why_left(work, by.form))
    suggested, approved = [await _section(work, by, status) for status in SHOWN]
    enabled = forms_of(work)
    return Board(
        by=by,
        enabled=enabled,
        run=run,
        counts=_counts(len(waiting), mentors, taken),
        suggested=suggested,
        approved=approved,
        rejected=many.get((by.form, PairStatus.REJECTED), 0),
        announceable=sum(count for (_, status), count in many.items() if status == PairStatus.APPROVED),
        undecided={slug: many.get((slug, PairStatus.SUGGESTED), 0) for slug in enabled},
        left=here,
        left_count=len(left),
        classes=sorted({one.class_name for one in mentees if one.class_name}, key=class_order),
        reasons={pair.id: runs.reasons_of(pair) for pair in (*suggested.pairs, *approved.pairs)},
        taken=taken,
        offered=rows.taken(one for one in held if one.status == PairStatus.SUGGESTED),
        models=models,
    )


async def _section(work: Work, by: Filter, status: PairStatus) -> Section:
    """This page's part of a section and how much there is of it; beside another that is shown alone, nothing."""
    session, school, year, among = work.session, work.school.id, work.settings.year, by.among()
    count = await boards.count(session, school, year, status, among)
    part = _part(by, status.value)
    found = await boards.pairs(session, school, year, status, among, part.start, PAGE) if part else ()
    return Section(found, count, -(-count // PAGE))


def _part(by: Filter, section: str) -> range:
    """Which of a section are on this page; the other sections show their beginning, or nothing beside `show`."""
    if by.show and by.show != section:
        return range(0)
    first = (by.page - 1) * PAGE if by.show == section else 0
    return range(first, first + PAGE)


def _cut(found: Sequence[Seeker], by: Filter) -> Sequence[Seeker]:
    part = _part(by, "left")
    return found[part.start : part.stop]


def _counts(waiting: int, mentors: Iterable[Leader], taken: Mapping[int, int]) -> Counts:
    leading = [one for one in mentors if one.admitted and one.status in LEADING]
    free = sum(max(0, one.capacity - taken.get(one.id, 0)) for one in leading)
    return Counts(waiting, len(leading), free)


def _mentees(of: Iterable[Place]) -> set[int]:
    return {participation for place in of for participation, _ in place.mentees}


def _lets(by: Filter, one: Seeker) -> bool:
    return (not by.class_name or one.class_name == by.class_name) and (
        not by.model or one.role_model == by.model
    )


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


async def _left(work: Work, run: MatchRun | None, here: Sequence[Seeker]) -> list[Left]:
    """Those of this page whom the last run left without a pair; those who came since, without reasons."""
    if run is None or not here:
        return []
    reasons = runs.unmatched_of(run)
    places = await boards.people(work.session, work.school.id, [one.id for one in here])
    return [
        Left(places[one.id], places[one.id].person, (work.now - one.since).days, reasons.get(one.id, []))
        for one in here
    ]
