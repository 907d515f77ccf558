"""What the curator decides about reports: their titles, columns, yearly targets and the totals that no database knows.

Kept as JSON in the school's settings; whatever is not said there is the report's own. A column is known by its own title,
so that a later version may add columns: they come last until somebody moves them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

LONGEST_TITLE = 120
# Denominators that the school has to say. Source: domain.md 5.2.
TOTALS = ("pupils_10_19", "pupils_15_19", "young_teachers", "organisations")
SIZES = ("pupils", "teachers")  # of the school; of the year in work they stand among its settings
MOST = 1_000_000


@dataclass(frozen=True)
class Column:
    """Args:
    name: its title as the report brings it, and its key.
    title: as the school calls it.
    """

    name: str
    title: str
    shown: bool = True


@dataclass(frozen=True)
class ReportSettings:
    """Args:
    titles: report -> title. columns: table -> columns in their order.
    targets: school year -> indicator -> per cent. totals: of `TOTALS` by school year, of one that is over of `SIZES`, too.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @staticmethod
    def read(stored: Mapping[str, Any]) -> ReportSettings:
        columns = {
            table: tuple(Column(*one) for one in found) for table, found in stored.get("columns", {}).items()
        }
        return ReportSettings(
            dict(stored.get("titles", {})),
            columns,
            {year: dict(found) for year, found in stored.get("targets", {}).items()},
            {year: dict(found) for year, found in stored.get("totals", {}).items()},
        )

    def to_json(self) -> dict[str, Any]:
        columns = {
            table: [[one.name, one.title, one.shown] for one in found]
            for table, found in self.columns.items()
        }
        kept = {
            "titles": dict(self.titles),
            "columns": columns,
            "targets": {year: dict(found) for year, found in self.targets.items()},
            "totals": {year: dict(found) for year, found in self.totals.items()},
        }
        return {name: value for name, value in kept.items() if value}

    def title(self, report: str, own: str) -> str:
        return self.titles.get(report) or own

    def of_table(self, table: str, own: Sequence[str]) -> tuple[Column, ...]:
        """The columns of a table as the school wants them; at least one is shown."""
        known = [one for one in self.columns.get(table, ()) if one.name in own]
        names = {one.name for one in known}
        found = (*known, *(Column(name, name) for name in own if name not in names))
        return found if any(one.shown for one in found) else tuple(Column(name, name) for name in own)

    def with_title(self, report: str, title: str, own: str) -> ReportSettings:
        kept = {name: words for name, words in self.titles.items() if name != report}
        return replace(self, titles=kept | ({report: title} if title and title != own else {}))

    def with_columns(self, table: str, columns: Sequence[Column], own: Sequence[str]) -> ReportSettings:
        """What is as the report brings it is not kept."""
        kept = {name: found for name, found in self.columns.items() if name != table}
        usual = tuple(Column(name, name) for name in own)
        return replace(self, columns=kept | ({table: tuple(columns)} if tuple(columns) != usual else {}))

    def with_year(self, year: str, targets: Mapping[str, float], totals: Mapping[str, int]) -> ReportSettings:
        def put(all_years: Mapping[str, Mapping[str, Any]], found: Mapping[str, Any]) -> dict[str, Any]:
            kept = {name: dict(one) for name, one in all_years.items() if name != year}
            return kept | ({year: dict(found)} if found else {})

        return replace(self, targets=put(self.targets, targets), totals=put(self.totals, totals))


def arranged(values: Sequence[Any], own: Sequence[str], columns: Sequence[Column]) -> list[Any]:
    """A row in the order of the school's columns, hidden ones left out."""
    at = {name: number for number, name in enumerate(own)}
    return [values[at[one.name]] for one in columns if one.shown and at[one.name] < len(values)]
