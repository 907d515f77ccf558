"""What a school decides for itself, changed in the admin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from actions import journal
from actions.work import Work
from program.errors import Refusal
from program.letterhead import Letterhead
from program.report_settings import ReportSettings
from program.settings import SchoolSettings
from storage import year_people


async def save(work: Work, settings: SchoolSettings, *, name: str, city: str, timezone: str) -> None:
    """Replaces the settings; values that this version does not know stay as they are.

    Raises:
        Refusal: the name is empty, the zone unknown.
    """
    if not name.strip():
        raise Refusal("admin-settings-name-missing")
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        raise Refusal("admin-settings-zone-unknown") from None
    if settings.year != work.settings.year:  # without the wizard: nobody was at work in the year that is left
        await year_people.keep(work.session, work.school.id, work.settings.year)
        settings = replace(settings, reports=_with_totals(work.settings))
    before = work.settings.to_json()
    after = settings.to_json()
    changed = sorted(key for key in after if before.get(key) != after[key])
    for column, value in (("name", name.strip()), ("city", city.strip()), ("timezone", timezone)):
        if getattr(work.school, column) != value:
            setattr(work.school, column, value)
            changed.append(column)
    # Through JSON once: tuples come back as lists, as they will be read.
    work.school.settings = {**work.school.settings, **after}
    if changed:
        await journal.note(work, "settings.changed", f"school:{work.school.id}", after={"changed": changed})


def _with_totals(before: SchoolSettings) -> dict[str, Any]:
    """What is kept for the reports, with the school's size in the year that is left."""
    own = ReportSettings.read(before.reports)
    totals = {"pupils": before.pupils, "teachers": before.teachers, **own.totals.get(before.year, {})}
    return own.with_year(before.year, own.targets.get(before.year, {}), totals).to_json()


async def show_rules(work: Work, on: bool) -> None:
    """Whether the bot tells participants what is looked at when pairs are matched. Twice is once."""
    if work.settings.matching_shown != on:
        work.school.settings = {**work.school.settings, "matching_shown": on}
        await journal.note(work, "matching.shown", f"school:{work.school.id}", after={"shown": on})


async def save_letterhead(work: Work, letterhead: Letterhead) -> None:
    """What stands at the head of the school's papers, and who signs them. Twice is once."""
    after = letterhead.to_json()
    if Letterhead.read(work.settings.letterhead) != letterhead:
        work.school.settings = {**work.school.settings, "letterhead": after}
        await journal.note(
            work, "settings.changed", f"school:{work.school.id}", after={"changed": ["letterhead"]}
        )


async def save_reports(work: Work, reports: ReportSettings) -> None:
    """Titles, columns, targets and totals of the reports. Twice is once."""
    after = reports.to_json()
    if work.settings.reports != after:
        work.school.settings = {**work.school.settings, "reports": after}
        await journal.note(
            work, "settings.changed", f"school:{work.school.id}", after={"changed": ["reports"]}
        )
