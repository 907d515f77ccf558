"""Before and after as a workbook: what the page shows, all groups below each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.comparisons import Asked, Summed
from actions.work import Work
from actions.workbook import Page, Value, workbook
from locales import Texts
from program.comparison import INDICES, SATISFIED, Cell
from program.hiding import Group
from program.roles import Side


def file(
    work: Work, side: Side, summed: Summed, asked: Sequence[Asked], names: Mapping[Group, str]
) -> tuple[str, bytes]:
    """Name and content. Hidden groups are not in it.

    Args:
        names: of every group of the table.
    """
    t, table = Texts("ru"), summed.table
    words = {
        one.item.id: f"{one.question.text.ru} {t('compare-share-of-yes')}"
        if "R8" in one.item.feeds
        else one.question.text.ru
        for one in asked
    }
    both = {one.item.id for one in asked if one.item.both}
    rows: list[list[Value]] = []
    for group, name in names.items():
        for question, cells in table.cells.items():
            if question != SATISFIED and group in cells:
                rows.append(
                    [name, words.get(question, question), *_columns(t, cells[group], both=question in both)]
                )
    totals: list[list[Value]] = []
    items = [one.item for one in asked]
    for group, name in names.items():
        if (satisfied := table.cells.get(SATISFIED, {}).get(group)) is not None:
            totals.append([name, t("compare-satisfied"), satisfied.people, None, satisfied.after, None])
        for code in INDICES:
            if (cell := table.index(code, items, group)) is not None:
                title = t(f"compare-index-{code}")
                totals.append([name, title, cell.people, cell.before, cell.after, cell.change])
                moved = table.moved(code, items, group)
                if cell.before is None and moved is not None:
                    title = f"{title}, {t('compare-both-times')}"
                    totals.append([name, title, moved.people, moved.before, moved.after, moved.change])
    head = [
        t(f"compare-column-{name}") for name in ("group", "question", "people", "before", "after", "change")
    ]
    steps = [t(f"compare-column-{name}") for name in ("up", "same", "down", "few")]
    lines = [
        t("compare-sheet-what", year=work.settings.year, number=summed.row.number),
        t("compare-counts", after=table.after, both=table.both, asked=table.asked),
        t("compare-hidden-note"),
    ]
    title = t(f"compare-title-{side.value}")
    pages = [
        Page(t("compare-sheet-questions"), [*head, *steps], rows, title=title, lines=lines, keep=2),
        Page(t("compare-sheet-indices"), head, totals, title=title, lines=lines, keep=2),
    ]
    name = f"{title}, {work.settings.year}, {summed.row.number}.xlsx"
    return name, workbook(pages, work.now.astimezone(work.zone))


def _columns(t: Texts, cell: Cell, *, both: bool) -> list[Value]:
    """`both`: asked before the work as well."""
    notes = [t("compare-few-seen")] if cell.few else []
    notes += [] if both else [t("compare-after-only")]
    return [
        cell.people, cell.before, cell.after, cell.change, cell.up, cell.same, cell.down, ", ".join(notes) or None,
    ]  # fmt: skip
