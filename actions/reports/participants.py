"""Who stands in the two bases, with whom they work, how to reach them, what they said of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions import consents, questionnaires
from actions.pair_life import STOOD_IN, days_of
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Value
from program.ages import OF_AGE, full_years
from program.consents import ConsentKind, ConsentState
from program.instrument_answers import in_words
from program.instruments import Answers, Instrument, QuestionKind
from program.instruments_reading import read
from program.roles import Category, PersonState, Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from storage import questionnaires as stored_questionnaires
from storage import reports
from storage.tables import Pair, Participation, Person

# Those who took their word back are counted (coverage), never listed by name.
UNLISTED = (ParticipationStatus.WITHDRAWN, ParticipationStatus.DECLINED)
_GONE = (PersonState.FROZEN, PersonState.ERASED)
_TAKEN_BACK = (ConsentState.WITHDRAWN, ConsentState.REFUSED)
AT_ONCE = 500  # people of one query; SQLite binds at most 999 values in old builds


@dataclass(frozen=True)
class Row:
    """One participation of a base.

    Args:
        partners: the other side of its pairs and groups, by name.
        guardians: of a minor, confirmed by the school.
        answers: by what they feed (BASE5…BASE9), worded.
        case_url: only with the consent to publication.
    """

    participation: Participation
    pairs: Sequence[Pair]
    partners: Sequence[Person]
    guardians: Sequence[Person]
    answers: dict[str, str]
    case_url: str

    @property
    def person(self) -> Person:
        return self.participation.person


async def base(work: Work, year: str, side: Side) -> list[Row]:
    """The base of one side: participations of people whose consent holds, by name."""
    found = [
        participation
        for participation in await reports.enrolled(work.session, work.school.id, year, side)
        if participation.status not in UNLISTED and participation.person.state not in _GONE
    ]
    people = {participation.person_id: participation.person for participation in found}
    said = await consents.states(work, people.values(), (ConsentKind.PD, ConsentKind.PUBLICATION))
    held = await reports.held(work.session, work.school.id, year)
    pairs = _by_participation(work, await reports.entered(work.session, work.school.id, year), held)
    guardians: dict[int, list[Person]] = defaultdict(list)
    for guardianship in await reports.guardians(work.session, work.school.id):
        if guardianship.guardian.state not in _GONE:
            guardians[guardianship.child_id].append(guardianship.guardian)
    answers = await _answers(work, people)
    rows = []
    for participation in found:
        person = participation.person
        if said[person.id][ConsentKind.PD] in _TAKEN_BACK:
            continue
        mine = pairs.get(participation.id, [])
        public = said[person.id][ConsentKind.PUBLICATION] is ConsentState.GIVEN
        rows.append(
            Row(
                participation=participation,
                pairs=mine,
                partners=_partners(mine, side),
                guardians=guardians[person.id] if _minor(work, person) else (),
                answers=answers.get(person.id, {}),
                case_url=participation.case_url if public else "",
            )
        )
    return rows


def _by_participation(
    work: Work, pairs: Iterable[Pair], held: Mapping[int, Sequence[datetime]]
) -> dict[int, list[Pair]]:
    """Who was in it on at least one day of its work, and not only stood in for somebody.

    Who left before the others counts after a meeting held in those days. Source: domain.md 3.4, rule 4; 7.4.
    """
    found: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for member in pair.members:
            left = member.left_at
            early = left is not None and (pair.closed_at is None or left < pair.closed_at)
            met = any(member.joined_at <= at <= left for at in held.get(pair.id, ())) if left else True
            there = pair.starts_on is None or days_of(work, pair, member) > 0
            if there and member.left_for != STOOD_IN and (not early or met):
                found[member.participation_id].append(pair)
    return found


def _partners(pairs: Iterable[Pair], side: Side) -> list[Person]:
    found = {
        member.person_id: member.person
        for pair in pairs
        for member in pair.members
        if member.side != side and member.person.state not in _GONE
    }
    return sorted(found.values(), key=lambda person: (person.last_name, person.first_name, person.id))


def _minor(work: Work, person: Person) -> bool:
    if person.birth_date is None:
        return person.category == Category.PUPIL
    return full_years(person.birth_date, work.today) < OF_AGE


async def _answers(work: Work, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """What people said in their intake, by what it feeds; the questions name that themselves."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    ids = sorted(ids)
    for code in ("INT_ME_P", "INT_ME_T", "INT_MO"):
        row = await stored_questionnaires.newest(work.session, work.school.id, code)
        if row is None:
            continue
        instrument = read(row.body)
        for start in range(0, len(ids), AT_ONCE):
            said = await questionnaires.answers_of(work, ids[start : start + AT_ONCE], code)
            for person_id, values in said.items():
                for feeds, words in _worded(instrument, values):
                    found[person_id][feeds].append(words)
    return {
        person_id: {feeds: "; ".join(words) for feeds, words in by.items()} for person_id, by in found.items()
    }


def _worded(instrument: Instrument, values: Answers) -> Iterable[tuple[str, str]]:
    for question in instrument.questions:
        value = values.get(question.id)
        if value is None:
            continue
        words = say(in_words(question, value))
        if question.kind is QuestionKind.NUMBER and "BASE9" in question.feeds:
            words = say(Text("report-hours", {"hours": words}))
        for feeds in question.feeds:
            yield feeds, words


def place_of(work: Work, person: Person) -> str:
    """Where somebody works or learns: «Школа № 1, 8А», «Школа № 1, учитель физики», «Завод, инженер»."""
    ours = person.category in (Category.PUPIL, Category.TEACHER)
    where = person.workplace or (work.school.name if ours else "")
    return ", ".join(part for part in (where, person.class_name, person.position) if part)


def contacts(row: Row) -> str:
    """Phone and e-mail; of a minor also the representatives', one a line."""
    own = ", ".join(part for part in (row.person.phone, row.person.email) if part)
    others = (
        say(
            Text(
                "report-guardian",
                {"contact": ", ".join(part for part in (g.full_name, g.phone, g.email) if part)},
            )
        )
        for g in row.guardians
    )
    return "\n".join(line for line in (own, *others) if line)


def names(people: Iterable[Person]) -> str:
    return "\n".join(person.full_name for person in people)


def form_of(work: Work, row: Row) -> str:
    return say(work.settings.form_name(row.participation.form))


def enrolled_on(work: Work, row: Row) -> date | None:
    at = row.participation.enrolled_at
    return at.astimezone(work.zone).date() if at else None


def finished_on(work: Work, row: Row) -> Value:
    """The day the programme ended: of the participation, else of its pairs once all of them are closed."""
    ends: list[datetime] = [pair.closed_at for pair in row.pairs if pair.closed_at is not None]
    if row.participation.finished_at is not None:
        ends = [row.participation.finished_at]
    elif len(ends) < len(row.pairs):
        return None
    return max(ends).astimezone(work.zone).date() if ends else None


def results(row: Row) -> str:
    lines = (row.participation.result, *(pair.result for pair in row.pairs))
    return "\n".join(line for line in dict.fromkeys(lines) if line)


def completion(row: Row) -> str:
    """«пройдена», «не пройдена», «продолжается»; domain.md 3.1, column 13."""
    statuses = {pair.status for pair in row.pairs}
    if row.participation.status == ParticipationStatus.FINISHED or statuses == {PairStatus.COMPLETED}:
        return say(Text("report-completed"))
    if statuses and statuses <= {PairStatus.STOPPED, PairStatus.REPLACED}:
        return say(Text("report-not-completed"))
    return say(Text("report-going-on"))


def counted(rows: Sequence[Row]) -> str:
    people = len({row.participation.person_id for row in rows})
    return say(Text("report-rows", {"rows": len(rows), "people": people}))
