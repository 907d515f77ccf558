"""Who stands in the two bases, with whom they work, how to reach them, what they said of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from actions import consents
from actions.reports import entered, kept
from actions.reports.asked import Asked
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Value as Cell
from program.ages import OF_AGE
from program.consents import ConsentKind, ConsentState
from program.indicators import years_before
from program.instrument_answers import in_words
from program.instruments import Question, QuestionKind, Value
from program.instruments_reading import read
from program.names import folded
from program.roadmap import next_year
from program.roles import Category, PersonState, Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from storage import questionnaires as stored_questionnaires
from storage import report_rows as rows
from storage.report_rows import Member, Place, Who, Worked

# Those who took their word back are counted (coverage), never listed by name.
UNLISTED = (ParticipationStatus.WITHDRAWN, ParticipationStatus.DECLINED)
RULES = ("report-rule-units", "report-rule-base", "report-rule-entered", "report-rule-listed")
MANY = 5_000  # people beyond which all of the year are read at once
_GONE = (PersonState.FROZEN, PersonState.ERASED)
_TAKEN_BACK = (ConsentState.WITHDRAWN, ConsentState.REFUSED)
_OURS = (Category.PUPIL, Category.TEACHER)
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Row(NamedTuple):
    """One participation of a base.

    Args:
        partners: the other side of its pairs and groups, by name.
        guardians: of a minor, confirmed by the school.
        answers: by what they feed (BASE5…BASE9), worded.
        case_url: only with the consent to publication.
    """

    participation: Place
    person: Who
    pairs: Sequence[Worked]
    partners: Sequence[Who]
    guardians: Sequence[Who]
    answers: Mapping[str, str]
    case_url: str


async def base(work: Work, asked: Asked, side: Side) -> list[Row]:
    """The base of one side: participations of people whose consent holds, by name."""
    session, school_id, year = work.session, work.school.id, asked.year
    found = [
        (place, person)
        for place, person in await rows.base(session, school_id, year, side, asked.until)
        if place.status not in UNLISTED and person.state not in _GONE
    ]
    people = {person.id: person for _, person in found}
    silent, public = await _words_kept(work, found)
    then = await kept.people(work, year)
    pairs = await rows.worked(session, school_id, year, asked.on, asked.until)
    members = await rows.members(session, school_id, year, asked.on, asked.until)
    there = await entered.members(work, asked, pairs, members)
    places: dict[int, list[Worked]] = defaultdict(list)
    for one in there:
        places[one.participation_id].append(pairs[one.pair_id])
    others = await _others(work, year, pairs, there, side, people, then)
    guardians = await _guardians(work)
    answers = await _answers(work, asked, people)
    minor = _minor_since(work)
    listed = []
    for place, person in found:
        if person.id in silent:
            continue
        mine = places.get(place.id, ())
        listed.append(
            Row(
                place,
                _of_that_year(person, then) if then else person,
                mine,
                _partners(mine, others),
                guardians.get(person.id, ()) if minor(person) else (),
                answers.get(person.id, _NOTHING),
                place.case_url if person.id in public else "",
            )
        )
    return listed


async def _words_kept(work: Work, found: Sequence[tuple[Place, Who]]) -> tuple[set[int], set[int]]:
    """(people who took back the consent to their data, people whose case may be shown).

    Only of those of whom it is not clear at once: the ledger of a region has half a million lines.
    """
    doubtful = await rows.took_back(work.session, work.school.id)
    shown = {person.id for place, person in found if place.case_url}
    some: dict[int, Any] = {
        person.id: person for _, person in found if person.id in doubtful or person.id in shown
    }
    said = await consents.states(work, some.values(), (ConsentKind.PD, ConsentKind.PUBLICATION))
    silent = {key for key, one in said.items() if one[ConsentKind.PD] in _TAKEN_BACK}
    public = {key for key, one in said.items() if one[ConsentKind.PUBLICATION] is ConsentState.GIVEN}
    return silent, public


async def _others(
    work: Work,
    year: str,
    pairs: Mapping[int, Worked],
    members: Iterable[Member],
    side: Side,
    known: Mapping[int, Who],
    then: Mapping[int, tuple[str, str]],
) -> dict[int, list[Who]]:
    """Pair -> the people of the other side, by name."""
    theirs = [(one.pair_id, one.person_id) for one in members if one.side != side]
    missing = {person for _, person in theirs if person not in known}
    people = dict(known)
    if len(missing) > MANY:
        people |= await rows.taking_part(work.session, work.school.id, year, side)
        missing -= people.keys()
    people |= await rows.people(work.session, work.school.id, missing)
    found: dict[int, list[Who]] = defaultdict(list)
    for pair_id, person_id in theirs:
        person = people.get(person_id)
        if person is not None and person.state not in _GONE:
            found[pair_id].append(_of_that_year(person, then) if then else person)
    for some in found.values():
        if len(some) > 1:
            some.sort(key=_by_name)
    return found


def _of_that_year(person: Who, then: Mapping[int, tuple[str, str]]) -> Who:
    """In the class of then."""
    if person.id not in then:
        return person
    category, class_name = then[person.id]
    return person._replace(category=category, class_name=class_name)


def _partners(pairs: Sequence[Worked], others: Mapping[int, list[Who]]) -> Sequence[Who]:
    if len(pairs) == 1:
        return others.get(pairs[0].id, ())
    return sorted({one.id: one for pair in pairs for one in others.get(pair.id, ())}.values(), key=_by_name)


def _by_name(one: Who) -> tuple[str, int]:
    return folded(one.full_name), one.id


async def _guardians(work: Work) -> dict[int, list[Who]]:
    found = await rows.guardians(work.session, work.school.id)
    return {child: [one for one in some if one.state not in _GONE] for child, some in found.items()}


def _minor_since(work: Work) -> Callable[[Who], bool]:
    """Whether somebody is not of age today; a pupil without a birth date is taken for a minor."""
    edge = years_before(work.today, OF_AGE)

    def minor(person: Who) -> bool:
        if person.birth_date is None:
            return person.category == Category.PUPIL
        return person.birth_date > edge

    return minor


async def _answers(work: Work, asked: Asked, people: Container[int]) -> dict[int, dict[str, str]]:
    """What people said in their intake by then, by what it feeds; the questions name that themselves.

    The newest word counts; of another year the newest of that year.
    """
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for code in ("INT_ME_P", "INT_ME_T", "INT_MO"):
        # A question that was taken out since was answered all the same.
        feeding = {
            one.id: one
            for row in await stored_questionnaires.versions(work.session, work.school.id, code)
            for one in read(row.body).questions
            if any(name.startswith("BASE") for name in one.feeds)
        }
        if not feeding:
            continue
        worded: dict[tuple[int, str], str] = {}
        for person_id, question, number, words, codes, skipped in await rows.said(
            work.session, work.school.id, code, list(feeding), next_year(asked.year), asked.until
        ):
            if person_id in people:
                value = None if skipped else _value(feeding[question], number, words, codes)
                worded[person_id, question] = _words(feeding[question], value)
        for name, one in feeding.items():
            for feeds in one.feeds:
                for (person_id, question), words in worded.items():
                    if question == name and words:
                        mine = found[person_id]
                        mine[feeds] = f"{mine[feeds]}; {words}" if feeds in mine else words
    return found


def _value(question: Question, number: int | None, words: str | None, codes: list[Any] | None) -> Value:
    if codes is None:
        return number if number is not None else words
    return codes[0] if question.kind in (QuestionKind.SINGLE, QuestionKind.YES_NO) else codes


def _words(question: Question, value: Value) -> str:
    if value is None:
        return ""
    if question.kind is QuestionKind.TEXT and isinstance(value, str):
        return value  # a hundred thousand times, the usual way takes seconds
    words = say(in_words(question, value))
    if question.kind is QuestionKind.NUMBER and "BASE9" in question.feeds:
        return say(Text("report-hours", {"hours": words}))
    return words


def place_of(work: Work, person: Who) -> str:
    """Where somebody works or learns: «Школа № 1, 8А», «Школа № 1, учитель физики», «Завод, инженер»."""
    ours = person.category in _OURS
    return _reached(
        person.workplace or (work.school.name if ours else ""), person.class_name, person.position
    )


def contacts(row: Row) -> str:
    """Phone and e-mail; of a minor also the representatives', one a line."""
    own = _reached(row.person.phone, row.person.email)
    if not row.guardians:
        return own
    before, after = _of_guardian()
    lines = [before + _reached(one.full_name, one.phone, one.email) + after for one in row.guardians]
    return "\n".join(filter(None, (own, *lines)))


def _reached(*parts: str) -> str:
    return ", ".join([one for one in parts if one])


@cache
def _of_guardian() -> tuple[str, str]:
    """What stands before and after a guardian's words: the text is asked once, not for each child of a region."""
    before, _, after = say(Text("report-guardian", {"contact": "|"})).partition("|")
    return before, after


def names(people: Iterable[Who]) -> str:
    return "\n".join([person.full_name for person in people])


def form_names(work: Work) -> dict[str, str]:
    """Looked up once for a report."""
    return {slug: say(work.settings.form_name(slug)) for slug in work.settings.known_forms}


def enrolled_on(work: Work, row: Row) -> date:
    return row.participation.enrolled_at.astimezone(work.zone).date()


def finished_on(work: Work, row: Row) -> Cell:
    """The day the programme ended: of the participation, else of its pairs once all of them are closed."""
    if row.participation.finished_at is not None:
        ends = [row.participation.finished_at]
    else:
        ends = [pair.closed_at for pair in row.pairs if pair.closed_at is not None]
        if len(ends) < len(row.pairs):
            return None
    return max(ends).astimezone(work.zone).date() if ends else None


def results(row: Row) -> str:
    lines = [row.participation.result, *[pair.result for pair in row.pairs]]
    return "\n".join([line for line in dict.fromkeys(lines) if line]) if any(lines) else ""


def completion(row: Row) -> str:
    """«пройдена», «не пройдена», «продолжается»; domain.md 3.1, column 13."""
    return _said(_completion(row.participation.status, frozenset([pair.status for pair in row.pairs])))


@cache
def _completion(status: str, of_pairs: frozenset[str]) -> str:
    if status == ParticipationStatus.FINISHED or of_pairs == {PairStatus.COMPLETED}:
        return "report-completed"
    if of_pairs and of_pairs <= {PairStatus.STOPPED, PairStatus.REPLACED}:
        return "report-not-completed"
    return "report-going-on"


@cache
def _said(text: str) -> str:
    return say(Text(text))


def counted(rows: Sequence[Row]) -> str:
    people = len({row.participation.person_id for row in rows})
    return say(Text("report-rows", {"rows": len(rows), "people": people}))
