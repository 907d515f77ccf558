"""«Показатели эффективности» F1-F6 (RP6): numerator, denominator, fact, plan. Source: domain.md 5.2, 5.6."""

from __future__ import annotations

from collections.abc import Mapping

from actions.reports import coverage, heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Count, Page, Remark, Value
from actions.workbook_charts import Picture
from program.comparison import SATISFIED, Table
from program.hiding import ALL
from program.indicators import FEDERAL, Rate, f1, f2, f3, f4, satisfied, target
from program.report_settings import ReportSettings
from program.roles import Side
from program.text import Arg, Text
from storage import comparisons as summed
from storage import report_counts as tally

TITLE = "Показатели эффективности"
COLUMNS = (
    "№", "Показатель", "Числитель", "Знаменатель", "Факт, %", "План, %", "Отклонение", "Примечание",
)  # fmt: skip
RULES = (
    "report-rule-entered", *(f"report-rule-{code}" for code in FEDERAL), "report-rule-erased", "report-rule-targets",
)  # fmt: skip
ASKED = ("F5", "F6")  # of answers, so nobody is named
TOTAL_OF = {"F1": "pupils_10_19", "F2": "pupils_15_19", "F3": "young_teachers", "F4": "organisations"}


async def rates(work: Work, asked: Asked, known: coverage.Facts | None = None) -> dict[str, Rate]:
    """All six, in their order. `known`: of this day, if at hand."""
    facts = known or await coverage.facts(work, asked)
    takers, before = facts.takers, facts.kept
    whole = {code: before.totals.get(name, 0) for code, name in TOTAL_OF.items()}
    partners = {
        key: people for key, (_, people) in (await tally.partners(work.session, work.school.id)).items()
    }
    return {
        "F1": before.rate("f1", f1(takers, asked.on, whole["F1"])),
        "F2": before.rate("f2", f2(takers, asked.on, whole["F2"])),
        "F3": before.rate("f3", f3(takers, asked.on, whole["F3"])),
        "F4": before.rate("f4", f4(takers, partners, whole["F4"])),
        "F5": await _satisfied(work, asked, Side.MENTEE),
        "F6": await _satisfied(work, asked, Side.MENTOR),
    }


async def _satisfied(work: Work, asked: Asked, side: Side) -> Rate:
    cells = [table.cells.get(SATISFIED, {}).get(ALL) for table in await tables(work, asked, side)]
    return satisfied((cell.people, cell.after) for cell in cells if cell is not None)


async def tables(work: Work, asked: Asked, side: Side) -> list[Table]:
    """What was summed up of a side by that day, the newest first; nobody is in two of them."""
    made = await summed.made(work.session, work.school.id, asked.year, side)
    return [Table.from_json(one.body) for one in made if one.at < asked.until]


async def build(work: Work, asked: Asked, known: Mapping[str, Rate] | None = None) -> Built:
    """One line for each indicator. `known`: as `rates` gives them, if at hand."""
    own = ReportSettings.read(work.settings.reports)
    found, alarms = [], []
    for code, rate in (known or await rates(work, asked)).items():
        plan = target(code, asked.year, own.targets)
        found.append(_cells(code, rate, plan))
        if not rate.whole:
            what = "report-no-answers" if code in ASKED else f"report-no-total-{TOTAL_OF[code]}"
            alarms.append(Remark(f"{code}. {say(Text(what))}", desk=True))
        if rate.impossible:
            said: dict[str, Arg] = {"code": code, "count": rate.number, "total": rate.whole}
            alarms.append(Remark(say(Text("report-check-rate", said)), alarm=True))
    page = Page(
        name="Показатели",
        columns=COLUMNS,
        rows=found,
        title=TITLE,
        lines=await heading.lines(work, asked, "report-rule-people"),
        remarks=alarms,
        keep=2,
        widths=(6, 60, 12, 14, 10, 10, 13, 50),
        key="federal",
        picture=Picture(TITLE, "bar", (4, 5), len(found), labels=0),
    )
    return Built(TITLE, [page, heading.rules(*RULES)])


def _cells(code: str, rate: Rate, plan: float | None) -> list[Value]:
    fact = rate.percent
    asked_people = code in ASKED
    route = "comparison" if asked_people else "partners" if code == "F4" else ""
    people = frozenset() if asked_people or code == "F4" else rate.part
    note = "" if rate.whole else say(Text("report-no-data"))
    return [
        code, say(Text(f"report-name-{code}")), Count(rate.number, people, route=route), rate.whole or None, fact,
        None if plan is None else float(plan),
        None if fact is None or plan is None else round(fact - plan, 1), note,
    ]  # fmt: skip
