"""The menu: eleven words, each with its row of tabs. Who may open a page is said in `admin.access`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from admin.access import may
from program.roles import StaffRole


@dataclass(frozen=True)
class Tab:
    """One page in the row of a word; pages behind it say `section="<its route>"`.

    Args:
        route: of the page it opens, without parameters.
        through: the page from which others come to it; only who may not open that one gets the tab.
    """

    route: str
    text: str
    through: str = ""


@dataclass(frozen=True)
class Word:
    """A word of the menu. It opens its first tab, its own page."""

    text: str
    tabs: tuple[Tab, ...]


MENU = (
    Word(
        "admin-nav-today",
        (
            Tab("today", "frame-tab-today"),
            Tab("week", "frame-tab-week"),
            Tab("help", "frame-tab-help"),
            Tab("care", "frame-tab-care"),
            Tab("calls", "frame-tab-calls", through="help"),
        ),
    ),
    Word(
        "admin-nav-people",
        (
            Tab("people", "frame-tab-people"),
            Tab("consents", "frame-tab-consents"),
            Tab("confirmations", "frame-tab-confirmations"),
            Tab("roster", "frame-tab-roster"),
            Tab("invitations", "frame-tab-invitations"),
            Tab("card-sheets", "frame-tab-cards", through="invitations"),
            Tab("selection", "frame-tab-selection"),
        ),
    ),
    Word(
        "frame-nav-quizzes",
        (
            Tab("quizzes", "frame-tab-quizzes"),
            Tab("polls", "frame-tab-polls"),
            Tab("comparison", "frame-tab-comparison"),
            Tab("pulse", "frame-tab-pulse"),
            Tab("staff-cards", "frame-tab-staff-cards"),
        ),
    ),
    Word(
        "admin-nav-matching",
        (
            Tab("matching", "frame-tab-matching"),
            Tab("announce", "frame-tab-announce"),
            Tab("wishes", "frame-tab-wishes"),
            Tab("matching-rejected", "frame-tab-rejected"),
            Tab("matching-fairness", "frame-tab-fairness"),
            Tab("matching-runs", "frame-tab-runs"),
            Tab("matching-rules", "frame-tab-rules"),
        ),
    ),
    Word(
        "admin-nav-pairs",
        (
            Tab("pairs", "frame-tab-pairs"),
            Tab("worries", "frame-tab-worries"),
            Tab("queue", "frame-tab-queue"),
            Tab("plans", "frame-tab-plans"),
            Tab("relay", "frame-tab-relay"),
        ),
    ),
    Word(
        "admin-nav-meetings",
        (
            Tab("meetings", "frame-tab-meetings"),
            Tab("gatherings", "frame-tab-gatherings"),
            Tab("encounters", "frame-tab-encounters"),
            Tab("pool-questions", "frame-tab-pool-questions"),
        ),
    ),
    Word(
        "admin-nav-news",
        (
            Tab("news", "frame-tab-news"),
            Tab("mailings", "frame-tab-mailings"),
            Tab("news-stories", "frame-tab-stories"),
            Tab("news-takedowns", "frame-tab-takedowns"),
            Tab("messages", "frame-tab-messages"),
        ),
    ),
    Word(
        "admin-nav-reports",
        (
            Tab("reports", "frame-tab-reports"),
            Tab("school-years", "frame-tab-years"),
            Tab("export", "frame-tab-export"),
            Tab("site", "frame-tab-site"),
            Tab("town-own", "frame-tab-town-own"),
            Tab("school-numbers", "staff-schools-tab", through="reports"),
            Tab("town", "frame-tab-town"),
        ),
    ),
    Word(
        "frame-nav-documents",
        (
            Tab("documents", "frame-tab-documents"),
            Tab("pack", "frame-tab-pack"),
            Tab("awards", "frame-tab-awards"),
            Tab("templates", "frame-tab-templates"),
            Tab("roadmap", "frame-tab-roadmap"),
            Tab("partners", "frame-tab-partners"),
            Tab("materials", "frame-tab-materials"),
            Tab("directories", "frame-tab-directories"),
        ),
    ),
    Word(
        "admin-nav-settings",
        (
            Tab("settings", "frame-tab-settings"),
            Tab("school-time", "frame-tab-time"),
            Tab("users", "frame-tab-users"),
            Tab("ages", "frame-tab-ages"),
            Tab("channels", "frame-tab-channels"),
            Tab("upkeep", "frame-tab-upkeep"),
            Tab("nudges", "frame-tab-nudges"),
            Tab("help-rules", "frame-tab-help-rules"),
            Tab("relay-rules", "frame-tab-relay-rules"),
        ),
    ),
    Word(
        "admin-nav-journal",
        (
            Tab("journal", "frame-tab-journal"),
            Tab("deletion-acts", "frame-tab-acts"),
        ),
    ),
)


@cache
def menu(role: StaffRole) -> tuple[Word, ...]:
    """What this role finds in the menu.

    A word whose own page is closed to the role would name what the role never sees («Сегодня» for the psychologist,
    behind which stand only the calls for help), so its open tabs stand in the menu themselves, each as a word.
    """
    found: list[Word] = []
    for word in MENU:
        tabs = tuple(
            tab for tab in word.tabs if may(role, tab.route) and not (tab.through and may(role, tab.through))
        )
        if tabs and tabs[0] is word.tabs[0]:
            found.append(Word(word.text, tabs))
        else:
            found += [Word(tab.text, (tab,)) for tab in tabs]
    return tuple(found)


@dataclass(frozen=True)
class Place:
    """Where a page lies in somebody's menu; None: nowhere (a refusal, signing in)."""

    word: Word | None = None
    tab: Tab | None = None


def place_of(words: tuple[Word, ...], section: str) -> Place:
    """The word and the tab to mark. A page whose tab stands back for another one lies behind that one.

    Args:
        words: somebody's menu.
        section: a tab's route, as pages say it.
    """
    behind = {tab.route: tab.through for word in MENU for tab in word.tabs}
    for route in (section, behind.get(section)):
        for word in words:
            for tab in word.tabs:
                if tab.route == route:
                    return Place(word, tab)
    return Place()


@cache
def home_of(role: StaffRole) -> str | None:
    """The route of this role's first page; None: none yet. Who has no «Сегодня» begins with those who call for help."""
    found = [word.tabs[0].route for word in menu(role)]
    return next(
        (route for route in ("today", "help", "school-numbers") if route in found),
        found[0] if found else None,
    )
