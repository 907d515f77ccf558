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
from program.letterhead import Letterhead
from program.report_settings import ReportSettings
from program.text import Text

TITLE = "Аналитическая справка"
LINE = "_" * 78


async def build(work: Work, asked: Asked) -> Built:
    """The document, and its tables as sheets. What is still to be done stands on the page, not in the document."""
    facts = await coverage.facts(work, asked)
    rates = await federal.rates(work, asked, facts)
    covered, six = await coverage.build(work, asked, facts), await federal.build(work, asked, rates)
    moves = await dynamics.build(work, asked, facts)
    swot, cond = await self_check.swot(work, asked), await self_check.cond(work, asked)
    tables = [*covered.pages[:4], six.pages[0], *moves.pages[:4], swot.pages[0], cond.pages[0]]
    plans = ReportSettings.read(work.settings.reports).targets
    filled = any(isinstance(row[2], int) for row in cond.pages[0].rows)
    parts: list[tuple[str, Sequence[Page], Sequence[Block]]] = [
        ("goal", (), [Paragraph(say(Text("report-note-goal-words")))]),
        ("forms", covered.pages[3:4], ()),
        ("coverage", covered.pages[:3], ()),
        ("rates", six.pages[:1], ()),
        ("dynamics", *_or_none([one for one in moves.pages[:4] if one.rows], "dynamics")),
        ("swot", *_or_none([one for one in swot.pages[:1] if one.rows], "swot")),
        ("cond", *_or_none(cond.pages[:1] if filled else [], "cond")),
        ("conclusions", (), [Points(_conclusions(asked, rates, plans, covered.pages[3]))]),
        ("social", (), _room(2)),
        ("tasks", (), [Points(_tasks(rates, plans, asked)), *_room(2)]),
    ]
    blocks: list[Block] = report_paper.head(TITLE, await heading.lines(work, asked, "report-rule-people"))
    for number, (name, pages, words) in enumerate(parts, 1):
        title = say(Text(f"report-note-{name}"))
        blocks.append(Heading(f"{number}. {title}"))
        blocks += words
        for page in pages:
            blocks += report_paper.table(page, above=title)
    letterhead = Letterhead.read(work.settings.letterhead)
    signed = [
        (say(Text("report-note-curator")), work.settings.curator_name),
        (letterhead.head_position or say(Text("report-note-director")), letterhead.head_short),
    ]
    blocks.append(Paragraph("", after=6))
    blocks.append(Signatures(signed, say(Text("report-note-day"))))
    return Built(TITLE, [*tables, heading.rules(*coverage.RULES, *federal.RULES[1:])], blocks)


def _or_none(pages: Sequence[Page], name: str) -> tuple[Sequence[Page], Sequence[Block]]:
    """The tables, or a sentence that there is nothing of it."""
    return pages, [] if pages else [Paragraph(say(Text(f"report-note-no-{name}")))]


def _room(lines: int) -> list[Block]:
    return [Paragraph(LINE, align="left", after=6) for _ in range(lines)]


def _conclusions(
    asked: Asked, rates: dict[str, Rate], own: Mapping[str, Mapping[str, float]], models: Page
) -> list[str]:
    """What the numbers say, a sentence each; to be put right by the curator."""
    pairs, groups, mentors, mentees = (
        one.number if isinstance(one, Count) else 0 for one in models.rows[-1][2:]
    )
    said = {"pairs": pairs, "groups": groups, "mentors": mentors, "mentees": mentees}
    found = [say(Text("report-said-work", said))]
    for code, rate in rates.items():
        # More than there are is put right first: such a number is no conclusion.
        if rate.percent is None or rate.impossible:
            continue
        plan = target(code, asked.year, own)
        kind = "no-plan" if plan is None else "reached" if rate.percent >= plan else "below"
        name = say(Text(f"report-short-{code}"))
        fact = f"{rate.percent:g}".replace(".", ",")
        told = "" if plan is None else f"{plan:g}".replace(".", ",")
        found.append(say(Text(f"report-said-{kind}", {"name": name, "fact": fact, "plan": told})))
    return found


def _tasks(rates: dict[str, Rate], own: Mapping[str, Mapping[str, float]], asked: Asked) -> list[str]:
    """What the numbers suggest for the next year."""
    found = []
    for code, rate in rates.items():
        plan = target(code, asked.year, own)
        if not rate.whole and code in federal.ASKED:
            found.append(say(Text("report-task-ask")))
        elif plan is not None and rate.percent is not None and rate.percent < plan:
            found.append(say(Text(f"report-task-{code}")))
    return list(dict.fromkeys(found)) or [say(Text("report-task-keep"))]
