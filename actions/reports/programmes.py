"""«Реестр персонализированных программ» (RP12). Source: domain.md 5.6, 6.9."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Share, Value
from program.names import folded
from program.plans import Content, PlanState, progress
from program.roles import PersonState, Side
from program.text import Text
from storage import report_counts as tally
from storage import report_rows as rows
from storage.report_rows import Member, Who, Worked

TITLE = "Реестр персонализированных программ"
COLUMNS = (
    "№", "Наставник", "Наставляемый (наставляемые)", "Форма наставничества", "Начало", "Окончание", "Режим", "Статус",
    "Выполнено мероприятий, %", "Продление",
)  # fmt: skip


async def build(work: Work, asked: Asked) -> Built:
    """One row for each programme; a pair at work without one has a row that says so."""
    pairs = await rows.worked(work.session, work.school.id, asked.year, asked.on, asked.until)
    names = await people_of(work, asked)
    plans = await tally.plans(work.session, work.school.id, pairs)
    items = await tally.plan_items(work.session, work.school.id, [one.id for one in plans])
    found: list[list[Value]] = []
    signed = 0
    for one in plans:
        pair = pairs[one.pair_id]
        done, whole = progress(day if day and day <= asked.on else None for day in items.get(one.id, []))
        state = PlanState(one.state)
        signed += state in (PlanState.WORK, PlanState.AMENDED, PlanState.COMPLETED)
        mode = Content.read(one.content).mode
        found.append([
            None, *_names(names, pair), say(work.settings.form_name(pair.form)), one.starts_on, one.ends_on,
            say(Text(f"plan-mode-{mode}")) if mode else None, say(Text(f"plans-state-{state}")),
            Share(done, whole), say(Text("report-yes")) if pair.extended else None,
        ])  # fmt: skip
    known = {one.pair_id for one in plans}
    for pair in pairs.values():
        if pair.id not in known and pair.closed_at is None:
            found.append([
                None, *_names(names, pair), say(work.settings.form_name(pair.form)), pair.starts_on, pair.ends_on,
                None, say(Text("plans-state-none")), None, say(Text("report-yes")) if pair.extended else None,
            ])  # fmt: skip
    for number, row in enumerate(found, 1):
        row[0] = number
    page = Page(
        "Программы", COLUMNS, found, TITLE, await heading.lines(work, asked, "report-rule-programmes"),
        [Remark(say(Text("report-programmes-total", {"count": len(plans), "signed": signed, "pairs": len(pairs)})))],
        keep=3, personal=True, widths=(6, 28, 32, 24, 12, 13, 16, 24, 16, 12), key="programmes",
    )  # fmt: skip
    return Built(TITLE, [page])


Names = dict[tuple[int, str], list[Who]]


async def people_of(work: Work, asked: Asked) -> Names:
    """(pair, side) -> who is or was in it, by name; who is erased is not named."""
    members = await rows.members(work.session, work.school.id, asked.year, asked.on, asked.until)
    people = await rows.people(work.session, work.school.id, (one.person_id for one in members))
    found: Names = defaultdict(list)
    for one in _there(members):
        person = people[one.person_id]
        if person.state not in (PersonState.FROZEN, PersonState.ERASED):
            found[one.pair_id, str(one.side)].append(person)
    for some in found.values():
        some.sort(key=lambda one: (folded(one.full_name), one.id))
    return found


def _there(members: Iterable[Member]) -> list[Member]:
    """Those who have left only where nobody else of their side has stayed."""
    stay = {(one.pair_id, one.side) for one in members if one.left_at is None}
    return [one for one in members if one.left_at is None or (one.pair_id, one.side) not in stay]


def _names(names: Names, pair: Worked) -> list[Value]:
    return ["\n".join(one.full_name for one in names.get((pair.id, str(side)), ())) for side in Side]
