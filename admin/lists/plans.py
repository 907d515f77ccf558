"""«Программы пар»: which are missing, late or wait for a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions import plan_numbers
from actions.work import Work
from admin.filters import Days, Number, OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Many, Table
from program.forms import FORMS
from program.text import Text
from storage.tables import Pair, Plan


@dataclass(frozen=True)
class Row:
    """One pair of the list. `waits`: names of those whose word is awaited; `weight`: how soon it needs a look."""

    pair: Pair
    plan: Plan | None
    numbers: plan_numbers.Numbers | None
    waits: tuple[str, ...]
    label: str
    weight: int

    @property
    def late(self) -> int:
        return self.numbers.late if self.numbers else 0


def built(work: Work, show: str, rows: Sequence[Row]) -> tuple[Table[Row], Source[Row]]:
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.forms if slug in FORMS]
    columns: list[Column[Row]] = [
        Column(
            "whose", "plans-whose", lambda row: row.label.casefold().replace("ё", "е"), lambda row: row.label
        ),
        Column(
            "form", "admin-people-form", cell=lambda row: work.settings.form_name(row.pair.form), hidden=True
        ),
        Column("stands", "plans-stands", lambda row: (row.weight, row.pair.id), _stands),
        Column("events", "plans-events", lambda row: (row.late, _done(row)), _events),
        Column("term", "plans-term", lambda row: row.plan.ends_on if row.plan else date.max, _term),
        Column("lacks", "plans-lacks", lambda row: len(row.numbers.missing) if row.numbers else 99, _lacks),
    ]
    table = Table(
        "plans",
        "plans-title",
        columns,
        [
            Words("q", "table-find-pair", fits=Words.of(lambda row: row.label)),
            OneOf("form", "admin-people-form", fits=lambda row, slug: row.pair.form == slug, options=forms),
            Number("late", "table-plan-late", fits=Number.of(lambda row: row.late), more=True),
            Days("term", "plans-term", fits=Days.of(_term), zone=work.zone, more=True),
        ],
        usual="stands",
        kept={"show": show} if show != "all" else {},
        kept_said=[Text(f"plans-show-{show}")],
    )
    return table, Made(rows)


def _stands(row: Row) -> Many:
    if row.plan is None:
        return Many([Text("plans-state-none")])
    waits = [Text("plans-waits-for", {"names": ", ".join(row.waits)})] if row.waits else []
    return Many([Text(f"plans-state-{row.plan.state}"), *waits])


def _done(row: Row) -> int:
    return row.numbers.done if row.numbers else -1


def _events(row: Row) -> Many | None:
    if row.numbers is None:
        return None
    late = [Text("plans-late", {"n": row.late})] if row.late else []
    return Many([Text("plans-done-of", {"done": row.numbers.done, "whole": row.numbers.whole}), *late])


def _term(row: Row) -> date | None:
    return row.plan.ends_on if row.plan else None


def _lacks(row: Row) -> Many:
    if row.numbers is None:
        return Many([Text("plans-none-yet")])
    missing = [Text(f"plans-section-{name}") for name in row.numbers.missing]
    return Many(missing or [Text("plans-everything")])
