"""What the programme makes, for the page «Документы»: documents, reports, sheets to print, lists. Nothing that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from actions.reports import REPORTS
from admin.access import RULES, may
from admin.menu import MENU
from program.roles import StaffRole
from program.templates import TEMPLATES, Pick, Template

FILE = "-file"
TABLE = "-table"  # a page that shows its list in another way, too


class Form(StrEnum):
    """In which form it comes. Texts: `papers-form-…`."""

    WORD = "word"
    EXCEL = "excel"
    PRINT = "print"


@dataclass(frozen=True)
class MadePaper:
    """Texts: `papers-made-<code>`, `papers-inside-<code>`, `papers-whom-<code>`.

    Args:
        route: of the page where it is made.
        covers: routes that hand it out.
    """

    code: str
    route: str
    form: Form
    covers: tuple[str, ...] = ()


DOCUMENTS = (
    MadePaper("awards", "awards", Form.WORD, ("award-take",)),
    MadePaper("head", "reports", Form.WORD, ("head-report-file",)),
    MadePaper("acts", "deletion-acts", Form.PRINT),
)
SHEETS = (
    MadePaper("cards", "card-sheets", Form.PRINT, ("card-sheets-make", "class-cards-make", "person-card")),
    MadePaper("poster", "invitations", Form.PRINT, ("class-poster",)),
    MadePaper("speed", "encounters", Form.PRINT, ("encounter-sheet",)),
    MadePaper("week", "week", Form.PRINT),
    MadePaper("sample", "roster", Form.EXCEL, ("roster-sample",)),
)
NUMBERS = (
    MadePaper("answers", "quizzes", Form.EXCEL, ("quiz-file", "quiz-people-file")),
    MadePaper("mailing", "mailings", Form.EXCEL, ("mailing-file",)),
    MadePaper("comparison", "comparison", Form.EXCEL, ("comparison-file",)),
)
# Files that somebody has put into the programme, backup copies, what `REPORTS` and `TEMPLATES` list.
NOT_MADE = frozenset(
    {
        "plan-file",
        "roadmap-file",
        "report-file",
        "plan-won-file",
        "school-paper-file",
        "copy-file",
        "town-report-file",
        "town-signed-file",
    }
)


def open_to(role: StaffRole, made: tuple[MadePaper, ...]) -> list[MadePaper]:
    """Those whose page this role may open, and which it may take out there."""
    return [
        one
        for one in made
        if may(role, one.route) and (not one.covers or any(may(role, route) for route in one.covers))
    ]


def templates(role: StaffRole) -> list[Template]:
    """Documents that this role may make from their templates; letters and certificates have a page of their own."""
    return [one for one in TEMPLATES if one.pick is not Pick.AWARD] if may(role, "paper-make") else []


def reports(role: StaffRole) -> list[str]:
    """Names of the reports that this role may take out."""
    return [one.name for one in REPORTS] if may(role, "report-file") else []


def lists(role: StaffRole) -> Iterator[tuple[str, str]]:
    """Lists that can be downloaded as they stand on the screen: route of the page, text id of its name."""
    claimed = {route for one in (*DOCUMENTS, *SHEETS, *NUMBERS) for route in one.covers}
    for word in MENU:
        for tab in word.tabs:
            for route in (tab.route, tab.route + TABLE):
                made = route + FILE
                if made in RULES and made not in claimed and may(role, route) and may(role, made):
                    yield route, word.text if tab is word.tabs[0] else tab.text
