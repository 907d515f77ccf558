"""What came of a questionnaire: counts, means, drop-off. Groups under five stay hidden; words are the curator's.

Counts and means grow by whole fives of a question's answers: who looks before and after one more answer learns
nothing of it. Marks of the questionnaires before and after the work stand in their comparison only
(`actions.comparisons`): means of two sets of people that differ by a few would be the answers of those few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions import ballots, questionnaires
from actions.sealing import Box
from actions.work import Work
from actions.workbook import Page, Value, workbook
from locales import Texts
from program.ballots import BATCH, PEOPLE
from program.instrument_answers import in_words
from program.instruments import Instrument, Method, Question, QuestionKind
from program.instruments import Value as Given
from program.text import Text
from storage import askings, lists
from storage import questionnaires as rows
from storage.askings import FIRST
from storage.tables import Response

COMPARED = ("PRE_", "POST_")
# Asked of teachers when they join, and again after the work: domain.md 4.7.
ALSO_BEFORE = tuple(f"D{number}" for number in range(1, 10))
MARKED = (QuestionKind.SCALE10, QuestionKind.SMILES, QuestionKind.NUMBER)
LEAST = BATCH  # answers that are shown together; domain.md 4.15


@dataclass(frozen=True)
class Line:
    """One row of the list of questionnaires."""

    code: str
    sent: int
    finished: int
    inside: int
    worst: tuple[int, int] | None  # the question at which most have stopped, and how many

    @property
    def lively(self) -> bool:
        return bool(self.sent or self.finished or self.inside)


@dataclass(frozen=True)
class Answered:
    """One question.

    Args:
        count: who answered it; `shown`: how many of these are counted here; `hidden`: none, they are so few that a
            person could be guessed. `compared`: its marks stand in the comparison.
        mean: of a scale or a number, two digits after the point.
        options: label and how many chose it.
        words: free answers, for the curator only.
    """

    number: int
    question: Question
    count: int
    skipped: int
    mean: float | None
    options: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    shown: int = 0
    compared: bool = False

    @property
    def hidden(self) -> bool:
        return self.shown < LEAST


@dataclass(frozen=True)
class Results:
    instrument: Instrument
    sent: int
    finished: int
    stopped: tuple[tuple[int, str, int], ...]  # question's number, its words, how many stand there
    methods: tuple[tuple[Method, int], ...]  # how it was filled in, how many times; those that occur
    answers: tuple[Answered, ...]


async def overview(work: Work, instruments: Mapping[str, Instrument]) -> dict[str, Line]:
    """For each code of this school year: sent, filled in, and where people have stopped."""
    year, school_id = work.settings.year, work.school.id
    invited = await askings.invited(work.session, school_id, year)
    sent = Counter(key.split(":")[1] for key in invited if key.startswith(FIRST))
    finished = await askings.finished_counts(work.session, school_id, year)
    inside: dict[str, Counter[str]] = {}
    for code, step in await askings.inside(work.session, school_id):
        inside.setdefault(code, Counter())[step] += 1
    return {
        code: Line(
            code, sent[code], finished.get(code, 0), sum(inside.get(code, Counter()).values()),
            _worst(instrument, inside.get(code, Counter())),
        )
        for code, instrument in instruments.items()
    }  # fmt: skip


async def of_code(work: Work, code: str, *, words: bool, box: Box) -> Results:
    """Raises Refusal: no such questionnaire."""
    instrument = await questionnaires.current(work, code)
    return await (anonymous(work, code, box) if instrument.anonymous else results(work, code, words=words))


async def results(work: Work, code: str, *, words: bool) -> Results:
    """Of this school year, all versions together; questions in the order of the newest version.

    Args:
        words: with free answers and names; for the curator only.

    Raises:
        Refusal: no such questionnaire.
    """
    instrument = await questionnaires.current(work, code)
    year, school_id = work.settings.year, work.school.id
    found = await rows.of_code(work.session, school_id, code, year)
    versions = {
        number: await questionnaires.version(work, code, number) for number in {r.version for r in found}
    }
    questions = {question.id: question for question in instrument.questions}
    for older in versions.values():
        for question in older.questions:
            questions.setdefault(question.id, question)
    given: dict[str, list[tuple[Response, Given]]] = {name: [] for name in questions}
    for response in found:
        for name, value in (await questionnaires.values_of(work, response)).items():
            given[name].append((response, value))
    names = await _names(work, found) if words else {}
    answers = tuple(
        _answered(number, questions[name], given[name], names, words=words)
        for number, name in enumerate(questions, 1)
    )
    line = (await overview(work, {code: instrument}))[code]
    counted = Counter(response.method for response in found)
    methods = tuple((method, counted[method]) for method in Method if counted[method])
    return Results(instrument, line.sent, line.finished, await _stopped(work, instrument), methods, answers)


@dataclass(frozen=True)
class Done:
    """One questionnaire that somebody has filled in."""

    title: Text
    at: datetime
    method: Method
    side: str = ""  # on which the person was asked, where both sides are asked under one title


async def of_person(work: Work, person_id: int) -> list[Done]:
    """What a person has filled in, the newest first; polls about meetings stand with the meetings."""
    found = []
    known: dict[str, Instrument] = {}
    for row in await rows.of_person(work.session, work.school.id, person_id):
        if row.code not in known:
            known[row.code] = await questionnaires.version(work, row.code, row.version)
        one = known[row.code]
        found.append(Done(one.title.text, row.finished_at, Method(row.method), one.side or ""))
    return found


async def file(work: Work, code: str, *, words: bool, box: Box) -> tuple[str, bytes]:
    """Name and content of the workbook: one row for each option or mean; hidden groups stay hidden."""
    found = await of_code(work, code, words=words, box=box)
    t = Texts("ru")
    table: list[list[Value]] = []
    for one in found.answers:
        head: list[Value] = [one.number, one.question.text.ru, one.count, one.skipped]
        if one.compared:
            table.append([*head, t("quiz-compared"), None])
            continue
        if one.hidden:
            table.append([*head, t("quiz-hidden", least=LEAST), None])
            continue
        if one.mean is not None:
            table.append([*head, t("quiz-mean"), one.mean])
        table += [[*head, label, count] for label, count in one.options]
    columns = [
        t(f"quiz-column-{name}") for name in ("number", "question", "count", "skipped", "answer", "value")
    ]
    title = found.instrument.title.ru
    if found.instrument.side:
        title = f"{title} ({t(f'quiz-for-{found.instrument.side}')})"
    pages = [
        Page(
            t("quiz-sheet-counts"),
            columns,
            table,
            title=title,
            lines=[t("quiz-sheet-year", year=work.settings.year), _how(t, found)],
        )
    ]
    own: list[list[Value]] = [
        [one.number, one.question.text.ru, said] for one in found.answers for said in one.words
    ]
    if own:
        columns = [t("quiz-column-number"), t("quiz-column-question"), t("quiz-column-words")]
        pages.append(Page(t("quiz-sheet-words"), columns, own, title=title, personal=True))
    return f"{title}, {work.settings.year}.xlsx", workbook(pages, work.now.astimezone(work.zone))


def _how(t: Texts, found: Results) -> str:
    """«Заполнено в мессенджере: 12, на бумаге: 3»."""
    parts = [t(f"quiz-method-count-{method}", count=count) for method, count in found.methods]
    return t("quiz-methods", how=", ".join(parts)) if parts else ""


def _answered(
    number: int,
    question: Question,
    given: list[tuple[Response, Given]],
    names: Mapping[int, str],
    *,
    words: bool,
) -> Answered:
    said = [(response, value) for response, value in given if value not in (None, [])]
    compared = bool(given) and is_compared(given[0][0].code, question)
    shown = 0 if compared else len(said) // LEAST * LEAST
    chosen: Counter[str] = Counter()
    for _, value in said[:shown]:
        chosen.update([str(code) for code in value] if isinstance(value, list) else [str(value)])
    own: tuple[str, ...] = ()
    if words and question.source:
        own = tuple(_choice(response, value, names) for response, value in said)
    elif words and question.kind in (QuestionKind.TEXT, QuestionKind.DATE):
        own = tuple(Texts("ru")(in_words(question, value)) for _, value in said)
    mean = _mean(question, chosen)
    options = _options(question, chosen)
    return Answered(number, question, len(said), len(given) - len(said), mean, options, own, shown, compared)


def is_compared(code: str, question: Question) -> bool:
    """Whether the marks of this question are shown before beside after, and nowhere else."""
    whole = code.startswith(COMPARED) or question.id in ALSO_BEFORE
    return whole and counts_as_number(question)


def counts_as_number(question: Question) -> bool:
    """Whether its answer is a number before and after: a mark, or a wish that is there or not (R8)."""
    return question.kind in MARKED or "R8" in question.feeds


def _mean(question: Question, chosen: Mapping[str, int]) -> float | None:
    """Of a scale or a number, two digits after the point; None of anything else."""
    count = sum(chosen.values())
    if question.kind not in MARKED or not count:
        return None
    total = sum(int(mark) * times for mark, times in chosen.items())
    return round(total / count / float(10**question.decimals), 2)


def _options(question: Question, chosen: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    if question.kind is QuestionKind.SCALE10:
        return tuple((str(mark), chosen.get(str(mark), 0)) for mark in range(1, 11))
    return tuple((option.label.ru, chosen.get(option.code, 0)) for option in question.options)


async def anonymous(work: Work, code: str, box: Box) -> Results:
    """Of an anonymous poll: what may be told of it now. `sent` counts who was asked."""
    found = await ballots.counted(work, box, code)
    line = (await overview(work, {code: found.instrument}))[code]
    answers = []
    for number, question in enumerate(found.instrument.questions, 1):
        counts = found.told.get(question.id, {})
        chosen = {name.removeprefix("="): count for name, count in counts.items() if name != PEOPLE}
        people = counts.get(PEOPLE, 0)
        answers.append(
            Answered(
                number, question, people, 0, _mean(question, chosen), _options(question, chosen), (), people
            )
        )
    return Results(found.instrument, line.sent, found.people, (), (), tuple(answers))


def _choice(response: Response, value: Given, names: Mapping[int, str]) -> str:
    """«Котова Аня → Ветров Олег»: whom somebody chose after the group meeting."""
    codes = value if isinstance(value, list) else []
    chosen = [names.get(int(str(code)[1:]), "?") for code in codes if str(code)[1:].isdecimal()]
    return f"{names.get(response.person_id or 0, '?')} → {', '.join(chosen)}"


async def _names(work: Work, found: Sequence[Response]) -> dict[int, str]:
    ids: set[int] = {response.person_id for response in found if response.person_id}
    for response in found:
        for answer in response.answers:
            for code in answer.choices or ():
                if isinstance(code, str) and code[:1] == "p" and code[1:].isdecimal():
                    ids.add(int(code[1:]))
    people = await lists.names(work.session, work.school.id, ids)
    return {person_id: person.full_name or person.first_name for person_id, person in people.items()}


async def _stopped(work: Work, instrument: Instrument) -> tuple[tuple[int, str, int], ...]:
    """Where people stand who have begun and not finished, in the order of the questions."""
    steps = Counter(
        step for code, step in await askings.inside(work.session, work.school.id) if code == instrument.code
    )
    return tuple(
        (number, question.text.ru, steps[question.id])
        for number, question in enumerate(instrument.questions, 1)
        if steps[question.id]
    )


def _worst(instrument: Instrument, steps: Counter[str]) -> tuple[int, int] | None:
    numbers = {question.id: number for number, question in enumerate(instrument.questions, 1)}
    found = [(numbers[step], count) for step, count in steps.items() if step in numbers]
    return max(found, key=lambda one: (one[1], -one[0])) if found else None
