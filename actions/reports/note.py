"""«Аналитическая справка» (RP17): the year in words and tables, to be put right, signed and handed in.

Goal, forms, coverage, indicators, dynamics, SWOT, conclusions, tasks of the next year. Numbers only. Source: domain.md 5.6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import report_paper
from actions.document import Block, Heading, Paragraph, Points, Signatures
from actions.reports import coverage, dynamics, federal, heading, self_check
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Count, Page
from program.indicators import Rate, target
from program.report_settings import ReportSettings
from program.text import Text

TITLE = "Аналитическая справка"
LINE = "_" * 78


async def build(work: Work, asked: Asked) -> Built:
    """The document, and its tables as sheets."""
    covered, rates = await coverage.build(work, asked), await federal.rates(work, asked)
    six, moves = await federal.build(work, asked), await dynamics.build(work, asked)
    swot, cond = await self_check.swot(work, asked), await self_check.cond(work, asked)
    tables = [*covered.pages[:4], six.pages[0], *moves.pages[:4], swot.pages[0], cond.pages[0]]
    plans = ReportSettings.read(work.settings.reports).targets
    conclusions = _conclusions(asked, rates, plans, covered.pages)
    parts: list[tuple[str, Sequence[Page], Sequence[Block]]] = [
        ("goal", (), [Paragraph(say(Text("report-note-goal-words")))]),
        ("forms", covered.pages[3:4], ()),
        ("coverage", covered.pages[:3], ()),
        ("rates", six.pages[:1], ()),
        ("dynamics", [one for one in moves.pages[:4] if one.rows], [] if any(one.rows for one in moves.pages[:4]) else [Paragraph(say(Text("report-no-answers")))]),
        ("swot", [swot.pages[0]] if swot.pages[0].rows else [], [Paragraph(one.words) for one in swot.pages[0].remarks]),
        ("cond", cond.pages[:1], ()),
        ("conclusions", (), [Points(conclusions)]),
        ("social", (), _room(2)),
        ("tasks", (), [Points(_tasks(rates, plans, asked)), *_room(2)]),
    ]  # fmt: skip
    blocks: list[Block] = report_paper.head(TITLE, await heading.lines(work, asked, "report-rule-people"))
    for number, (name, pages, words) in enumerate(parts, 1):
        blocks.append(Heading(f"{number}. {say(Text(f'report-note-{name}'))}"))
        blocks += words
        for page in pages:
            blocks += report_paper.table(page)
    signed = [
        (say(Text("report-note-curator")), work.settings.curator_name),
        (say(Text("report-note-director")), ""),
    ]
    blocks.append(Signatures(signed, say(Text("report-note-day"))))
    return Built(TITLE, [*tables, heading.rules(*coverage.RULES, *federal.RULES[1:])], blocks)


def _room(lines: int) -> list[Block]:
    return [Paragraph(LINE, align="left", after=6) for _ in range(lines)]


def _conclusions(
    asked: Asked, rates: dict[str, Rate], own: Mapping[str, Mapping[str, float]], pages: Sequence[Page]
) -> list[str]:
    """What the numbers say, a sentence each; to be put right by the curator."""
    total = pages[3].rows[-1]
    pairs, groups, mentors, mentees = (one.number if isinstance(one, Count) else 0 for one in total[2:])
    said = {"pairs": pairs, "groups": groups, "mentors": mentors, "mentees": mentees}
    found = [say(Text("report-said-work", said))]
    for code, rate in rates.items():
        if rate.percent is None:
            continue
        plan = target(code, asked.year, own)
        kind = "no-plan" if plan is None else "reached" if rate.percent >= plan else "below"
        name = say(Text(f"report-short-{code}"))
        fact = f"{rate.percent:g}".replace(".", ",")
        told = "" if plan is None else f"{plan:g}".replace(".", ",")
        found.append(say(Text(f"report-said-{kind}", {"name": name, "fact": fact, "plan": told})))
    alarms = [one.words for page in pages for one in page.remarks if one.alarm]
    return [*found, *alarms]


def _tasks(rates: dict[str, Rate], own: Mapping[str, Mapping[str, float]], asked: Asked) -> list[str]:
    """What the numbers suggest for the next year."""
    found = []
    for code, rate in rates.items():
        plan = target(code, asked.year, own)
        if not rate.whole:
            found.append(
                say(
                    Text(
                        f"report-task-unknown-{'asked' if code in ('F5', 'F6') else 'total'}", {"code": code}
                    )
                )
            )
        elif plan is not None and rate.percent is not None and rate.percent < plan:
            found.append(say(Text(f"report-task-{code}")))
    return list(dict.fromkeys(found)) or [say(Text("report-task-keep"))]
