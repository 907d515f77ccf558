"""«Динамика участников» (RP8): outcomes R1-R8 before and after. Source: domain.md 4.15, 5.4.

Answers come from tables that were summed up once; observation cards by whole fives of pupils who have both cards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from actions import comparisons
from actions.reports import coverage, federal, heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Count, Page, Remark, Value
from actions.workbook_charts import Picture
from program.comparison import FEW, INDICES, Table
from program.hiding import ALL, LEAST
from program.indicators import GRADE_STEP, OUTCOMES, SCALE_STEP, moved
from program.instruments import Question, QuestionKind
from program.instruments_reading import shipped
from program.plans import LEVELS
from program.roles import Side
from program.text import Arg, Text
from storage import report_counts as tally

TITLE = "Динамика участников"
COLUMNS = (
    "Показатель", "Что спрашивали", "Людей «до и после»", "Среднее до", "Среднее после", "Изменение", "Улучшение",
    "Без изменений", "Снижение", "Замечание",
)  # fmt: skip
WIDTHS = (34, 60, 14, 11, 11, 12, 12, 12, 12, 24)
FACTS = ("Показатель", "Что посчитано", "Число", "Людей")
WORSE = ("OBS.10", "OBS.11")  # lessons missed, remarks: less is better
GRADE = "OBS.9"


async def build(work: Work, asked: Asked, known: coverage.Facts | None = None) -> Built:
    """A sheet for each side, one of observation cards, one of contests, projects and events."""
    lines = await heading.lines(work, asked, "report-rule-survey")
    pages = [
        *[await _of_side(work, asked, side, lines) for side in (Side.MENTEE, Side.MENTOR)],
        await _observed(work, asked, lines),
        await _facts(work, asked, known or await coverage.facts(work, asked), lines),
        heading.rules(
            *(f"report-rule-{code}" for code in OUTCOMES), "report-rule-change", "report-rule-few", "report-rule-small",
            "report-rule-observed",
        ),
    ]  # fmt: skip
    return Built(TITLE, pages)


async def _of_side(work: Work, asked: Asked, side: Side, lines: Sequence[str]) -> Page:
    """Outcomes first, then the other indices that were asked; of each index its questions."""
    known = await comparisons.questions(work, side, asked.year)
    items = [one.item for one in known]
    words = {one.item.id: one.question.text.ru for one in known}
    found: list[list[Value]] = []
    tables = await federal.tables(work, asked, side)
    for number, table in enumerate(tables):
        which = say(Text("report-summed", {"number": len(tables) - number})) if len(tables) > 1 else ""
        for code in dict.fromkeys((*OUTCOMES, *INDICES)):
            mine = [one for one in items if code in one.feeds and one.both]
            cells = [(one, table.cells.get(one.id, {}).get(ALL)) for one in mine]
            told = [(one, cell) for one, cell in cells if cell is not None and cell.before is not None]
            if not told:
                continue
            whole = table.index(code, mine, ALL)
            if whole is not None:
                found.append(
                    [_name(code) + which, say(Text("report-index")), whole.people, whole.before, whole.after, whole.change,
                     None, None, None, _few(whole.people)]
                )  # fmt: skip
            for one, cell in told:
                asks = words[one.id] + (say(Text("report-share-of-yes")) if code == "R8" else "")
                found.append(
                    [_name(code) + which, asks, Count(cell.people, route="comparison"), cell.before, cell.after, cell.change,
                     cell.up, cell.same, cell.down, _few(cell.people)]
                )  # fmt: skip
    notes = [] if found else [Remark(f"R1–R8. {say(Text('report-no-answers'))}", desk=True)]
    notes += [Remark(_answered(len(tables) - n, len(tables), one)) for n, one in enumerate(tables) if found]
    name = "Наставляемые" if side is Side.MENTEE else "Наставники"
    return Page(name, COLUMNS, found, TITLE, lines, notes, keep=2, widths=WIDTHS)


def _answered(number: int, of: int, table: Table) -> str:
    """«До работы ответили 60, после 57…»; with its number where there are several summings up."""
    told: dict[str, Arg] = {
        "before": table.before, "after": table.after, "both": table.both, "rate": table.response_rate or 0,
    }  # fmt: skip
    which = say(Text("report-summed", {"number": number})).strip() + ": " if of > 1 else ""
    return which + say(Text("report-answered", told))


def _name(code: str) -> str:
    if code in OUTCOMES:
        return f"{code}. {say(Text(f'report-name-{code}'))}"
    return say(Text(f"compare-index-{code}"))


def _few(people: int) -> str | None:
    return say(Text("compare-few-seen")) if people < FEW else None


async def _observed(work: Work, asked: Asked, lines: Sequence[str]) -> Page:
    card = next(one for one in shipped() if one.code == "OBS")
    given = await tally.observed(work.session, work.school.id, asked.year, asked.until)
    found: list[list[Value]] = []
    for question in card.questions:
        both = [(one[0], one[1]) for one in given.get(question.id, [])]
        told = both[: len(both) // LEAST * LEAST]
        grade = question.id == GRADE
        step = GRADE_STEP if grade else SCALE_STEP
        numbers = [(_number(question, one), _number(question, two)) for one, two in told]
        of = moved(numbers, step, bad=question.id in WORSE)
        if of is not None:
            names = ", ".join(code for code in question.feeds if code in OUTCOMES)
            found.append(
                [names, question.text.ru, of.people, of.before, of.after, of.change, of.up, of.same, of.down,
                 _few(of.people)]
            )  # fmt: skip
    notes = [Remark(say(Text("report-hidden", {"least": LEAST})))]
    title = say(Text("report-observed"))
    return Page("Карты наблюдения", COLUMNS, found, title, lines, notes, keep=2, widths=WIDTHS)


def _number(question: Question, value: int) -> float:
    if question.kind is QuestionKind.NUMBER and question.decimals:
        return value / float(10**question.decimals)
    return float(11 - value if question.reversed else value)


async def _facts(work: Work, asked: Asked, facts: coverage.Facts, lines: Sequence[str]) -> Page:
    """What is counted from rows: R3 contests, R4 projects, R7 events."""
    pairs = {one.pair_id for one in facts.entered}
    session, school_id, of = work.session, work.school.id, asked.of
    won = await tally.won(session, school_id, pairs, of.first, asked.on)
    levels = Counter((level, outcome != "part") for _, _, level, outcome in won)
    found: list[list[Value]] = []

    def add(code: str, words: str, count: int, people: set[int], of_pairs: set[int] | None = None) -> None:
        who = frozenset(people)
        found.append(
            [f"{code}. {say(Text(f'report-name-{code}'))}", words,
             Count(count, who, frozenset(of_pairs or ())), Count(len(who), who)]
        )  # fmt: skip

    for level in LEVELS:
        for prize in (False, True):
            mine = {
                person for _, person, one, outcome in won if one == level and (outcome != "part") is prize
            }
            if levels[level, prize]:
                what = say(Text("report-won" if prize else "report-took-part"))
                add("R3", f"{say(Text(f'plan-level-{level}'))}: {what}", levels[level, prize], mine)
    stages: dict[str, set[int]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for pair_id, stage, _ in await tally.projects(session, school_id, pairs):
        stages["defended" if stage == "defended" else "going"].add(pair_id)
        counts["defended" if stage == "defended" else "going"] += 1
    for stage in ("defended", "going"):
        people = {one.taker.person_id for one in facts.entered if one.pair_id in stages[stage]}
        add("R4", say(Text(f"report-projects-{stage}")), counts[stage], people, stages[stage])
    came = await tally.gathered(session, school_id, asked.year, asked.first, asked.until)
    add("R7", say(Text("report-gathered")), len(came), {person for _, person in came})
    title = say(Text("report-facts"))
    picture = Picture(title, "bar", (2,), len(found), labels=1)
    return Page("Факты", FACTS, found, title, lines[:-1], widths=(44, 52, 12, 12), picture=picture)
