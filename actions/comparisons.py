"""Summing up before and after: people not summed up before, in one table that is never counted anew.

A table that followed every answer would tell it: what was shown before, subtracted from what is shown after. So the
curator sums up, at the end of a half-year or of the year; whoever answers later waits for the next table, and nobody
is in two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from actions import journal, questionnaires
from actions.questionnaire_results import ALSO_BEFORE, MARKED, counts_as_number
from actions.work import Work
from program.comparison import Answered, Item, Table, compare
from program.errors import Refusal
from program.forms import base_of
from program.hiding import LEAST, Place
from program.indicators import willing
from program.instruments import Instrument, Question, QuestionKind, Value
from program.polls import PollRules
from program.roles import Side
from storage import askings, schools
from storage import comparisons as rows
from storage.askings import FIRST
from storage.comparisons import Filled
from storage.tables import Comparison, Response

log = structlog.get_logger()

BEFORE, AFTER, JOINING_TEACHERS = "PRE_", "POST_", "INT_ME_T"


@dataclass(frozen=True)
class Asked:
    """One question as it stands in the table: its row there and its words afterwards."""

    item: Item
    question: Question


@dataclass(frozen=True)
class Summed:
    """One summing up that was made."""

    row: Comparison
    table: Table


@dataclass(frozen=True)
class Change:
    """One person's answers to one question, as high as they are good; for the curator and the psychologist.

    Args:
        both: asked before the work as well.
    """

    question: Question
    before: float | None
    after: float | None
    both: bool


async def made(work: Work, side: Side, year: str = "") -> list[Summed]:
    """The summings up of a school year, the newest first. `year`: the one in work by default."""
    found = await rows.made(work.session, work.school.id, year or work.settings.year, side)
    return [Summed(row, Table.from_json(row.body)) for row in found]


async def waiting(work: Work, side: Side) -> int:
    """How many people have answered after the work and are in no table yet."""
    return len(await _fresh(work, side, _Versions(work)))


async def sum_up(work: Work, side: Side) -> Comparison:
    """Counts everybody of this side who has answered after the work and is in no table yet. The caller commits.

    Raises:
        Refusal: they are fewer than five.
    """
    session, school_id, year = work.session, work.school.id, work.settings.year
    await schools.hold(session, school_id)
    known = _Versions(work)
    fresh = await _fresh(work, side, known)
    if len(fresh) < LEAST:
        raise Refusal("compare-few", count=len(fresh), least=LEAST)
    before = await _before(work, side, list(fresh), known)
    of_both = [*fresh.values(), *(one for some in before.values() for one in some)]
    answers = await rows.with_answers(session, school_id, [one.id for one in of_both])
    places = await rows.places(session, school_id, year, side, list(fresh))
    people = [
        Answered(
            _place(await known.of(one), places.get(person_id, [])),
            await _numbers(known, before.get(person_id, []), answers),
            await _numbers(known, [one], answers),
        )
        for person_id, one in fresh.items()
    ]
    earlier = await rows.made(session, school_id, year, side)
    left = await _invited(work, side) - sum(len(one.responses) for one in earlier)
    table = compare(
        people,
        [one.item for one in await questions(work, side)],
        asked=max(len(people), left),
        satisfied_from=PollRules.read(work.settings.polls).satisfied_from,
    )
    row = Comparison(
        school_id=school_id,
        year=year,
        side=side,
        number=len(earlier) + 1,
        at=work.now,
        actor=work.actor,
        responses=sorted(one.id for one in fresh.values()),
        body=table.to_json(),
    )
    session.add(row)
    await journal.note(work, "comparison.made", f"comparison:{side}", after={"people": len(people)})
    log.info("comparison.made", school=school_id, side=side, people=len(people))
    return row


async def questions(work: Work, side: Side, year: str = "") -> list[Asked]:
    """Every question of this side that was asked after the work and has a number for an answer; once each.

    As they were answered in that school year (the one in work by default), the newest version first.
    """
    before: dict[str, Question] = {}
    after: dict[str, Question] = {}
    known = _Versions(work)
    for code, version in await rows.codes(
        work.session, work.school.id, year or work.settings.year, (BEFORE, AFTER)
    ):
        instrument = await known.version(code, version)
        if instrument.audience != side.value:
            continue
        found = before if code.startswith(BEFORE) else after
        for question in instrument.questions:
            if counts_as_number(question):
                found.setdefault(question.id, question)
    return [
        Asked(
            Item(
                name,
                both=name in before or name in ALSO_BEFORE,
                marks=question.kind in MARKED and question.kind is not QuestionKind.NUMBER,
                feeds=question.feeds,
            ),
            question,
        )
        for name, question in after.items()
    ]


async def change_of(work: Work, person_id: int) -> dict[Side, list[Change]]:
    """One person's numbers before and after, by side; empty where nothing was answered after the work."""
    session, school_id, known = work.session, work.school.id, _Versions(work)
    after = await rows.filled(session, school_id, work.settings.year, AFTER, [person_id])
    found = {}
    for side in Side:
        mine = [one for one in after if (await known.of(one)).audience == side.value][:1]
        before = (await _before(work, side, [person_id], known)).get(person_id, [])
        answers = await rows.with_answers(session, school_id, [one.id for one in (*mine, *before)])
        earlier, later = await _numbers(known, before, answers), await _numbers(known, mine, answers)
        if later:
            found[side] = [
                Change(one.question, earlier.get(one.item.id), later[one.item.id], one.item.both)
                for one in await questions(work, side)
                if one.item.id in later
            ]
    return found


# --- inside ---


class _Versions:
    """Instruments of the answers at hand, each looked up once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[tuple[str, int], Instrument] = {}

    async def of(self, one: Filled | Response) -> Instrument:
        return await self.version(one.code, one.version)

    async def version(self, code: str, number: int) -> Instrument:
        key = code, number
        if key not in self._known:
            self._known[key] = await questionnaires.version(self._work, *key)
        return self._known[key]


async def _fresh(work: Work, side: Side, known: _Versions) -> dict[int, Filled]:
    """The first answer after the work of everybody who is in no table of the year yet, by person."""
    session, school_id, year = work.session, work.school.id, work.settings.year
    done = {one for row in await rows.made(session, school_id, year, side) for one in row.responses}
    answers = await rows.filled(session, school_id, year, AFTER)
    of_side = [one for one in answers if (await known.of(one)).audience == side.value]
    counted = {one.person_id for one in of_side if one.id in done}
    found: dict[int, Filled] = {}
    for one in of_side:
        if one.person_id not in counted:
            found.setdefault(one.person_id, one)
    return found


async def _before(
    work: Work, side: Side, person_ids: Sequence[int], known: _Versions
) -> dict[int, list[Filled]]:
    """What each of them filled in before the work; teachers were asked of their directions when they joined."""
    found: dict[int, list[Filled]] = {}
    for begin in (BEFORE, JOINING_TEACHERS):
        for one in await rows.filled(work.session, work.school.id, work.settings.year, begin, person_ids):
            if (await known.of(one)).audience == side.value:
                found.setdefault(one.person_id, []).append(one)
    return found


async def _numbers(
    known: _Versions, some: Iterable[Filled], answers: Mapping[int, Response]
) -> dict[str, float]:
    """Answers that are numbers, by question, as high as they are good; of two answers the first."""
    found: dict[str, float] = {}
    for one in some:
        instrument = await known.of(one)
        for name, value in questionnaires.values_in(answers[one.id], instrument).items():
            if not instrument.has(name):
                continue
            number = _number(instrument.question(name), value)
            if number is not None and (one.code != JOINING_TEACHERS or name in ALSO_BEFORE):
                found.setdefault(name, number)
    return found


def _number(question: Question, value: Value) -> float | None:
    if "R8" in question.feeds:
        return (
            None
            if value is None
            else willing([str(one) for one in (value if isinstance(value, list) else [value])])
        )
    if not isinstance(value, int) or question.kind not in MARKED:
        return None
    if question.reversed:
        return float(11 - value)
    return value / 10**question.decimals if question.decimals else float(value)


def _place(instrument: Instrument, known: Sequence[rows.Where]) -> Place:
    """Where the person stands: the form of the pair the answers are about, its role model, the class."""
    fits = [one for one in known if not instrument.forms or base_of(one.form) in instrument.forms]
    if not fits:
        return Place(
            instrument.forms[0] if instrument.forms else "", "", known[0].class_name if known else ""
        )
    return Place(fits[0].form, fits[0].role_model, fits[0].class_name)


async def _invited(work: Work, side: Side) -> int:
    """How many people of this side were asked after the work."""
    invited = await askings.invited(work.session, work.school.id, work.settings.year)
    keys = [key.split(":") for key in invited if key.startswith(f"{FIRST}{AFTER}")]
    audience = {
        code: (await questionnaires.current(work, code)).audience for code in {key[1] for key in keys}
    }
    return len({key[3] for key in keys if audience[key[1]] == side.value})
