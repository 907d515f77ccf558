"""Who may open which page and press which button. Deny by default: a route without a line here is closed."""

from __future__ import annotations

from dataclasses import dataclass

from program.roles import StaffRole

CURATOR, DIRECTOR, CLASS = StaffRole.CURATOR, StaffRole.DIRECTOR, StaffRole.CLASS_TEACHER
PSYCHOLOGIST, SYSADMIN, AUDITOR = StaffRole.PSYCHOLOGIST, StaffRole.SYSADMIN, StaffRole.AUDITOR

_curator = frozenset({CURATOR})
_readers = frozenset({CURATOR, DIRECTOR})
_class = frozenset({CURATOR, CLASS})
_fillers = frozenset({CURATOR, DIRECTOR, CLASS, PSYCHOLOGIST})

# By the route's name. A class teacher sees only the people of one class: `admin.visit.sees`.
RULES: dict[str, frozenset[StaffRole]] = {
    "today": _readers | _class,
    "confirmations": _readers | _class,
    "people": _readers | _class,
    "people-file": _readers | _class,
    "person": _readers | _class,
    "person-consent": _class,
    "person-consent-save": _class,
    "guardian-confirm": _class,
    "consents": _readers | _class,
    "consents-out": _curator,
    "guardian-end": _curator,
    "person-erase": _curator,
    "person-left": _curator,
    "person-left-do": _curator,
    "person-back": _curator,
    "person-erase-do": _curator,
    "deletion-acts": _readers | frozenset({AUDITOR}),
    "person-admit": _curator,
    "person-capacity": _curator,
    "person-wishes": _curator,
    "person-invite": _class,
    "person-card": _class,
    "invitations": _curator,
    "invitation": _curator,
    "invitation-make": _curator,
    "invitation-revoke": _curator,
    "card-sheets": _class,
    "card-sheets-make": _class,
    "class-poster": _curator,
    "class-revoke": _class,
    "twins": _class,
    "twins-join": _class,
    "twins-apart": _class,
    "paper": _class,
    "paper-enter": _class,
    "paper-answers": _class,
    "paper-answers-save": _class,
    "class-cards": _curator,
    "class-cards-make": _curator,
    "matching": _readers,
    "matching-suggest": _curator,
    "matching-approve": _curator,
    "matching-reject": _curator,
    "matching-reject-form": _curator,
    "matching-approve-many": _curator,
    "matching-unapprove": _curator,
    "matching-pin": _curator,
    "matching-unpin": _curator,
    "matching-rejected": _readers,
    "matching-unreject": _curator,
    "matching-together": _curator,
    "matching-others": _curator,
    "matching-swap": _curator,
    "matching-apart": _curator,
    "matching-fairness": _readers,
    "matching-runs": _readers,
    "matching-run": _readers,
    "matching-replay": _readers,
    "matching-rules": _readers,
    "matching-rules-try": _curator,
    "matching-rules-save": _curator,
    "matching-rules-usual": _curator,
    "matching-choose": _curator,
    "group": _curator,
    "group-make": _curator,
    "group-suggest": _curator,
    "group-suggest-do": _curator,
    "announce": _curator,
    "announce-send": _curator,
    "announce-recall": _curator,
    "announce-rules": _curator,
    "pairs": _readers,
    "pair": _readers,
    "pair-model": _curator,
    "pair-close": _curator,
    "pair-answer": _curator,
    "pair-remind": _curator,
    "pair-start": _curator,
    "pair-dissolve": _curator,
    "pair-pause": _curator,
    "pair-resume": _curator,
    "pair-replace": _curator,
    "pair-term": _curator,
    "pair-substitute": _curator,
    "pair-substitute-end": _curator,
    "pair-member-add": _curator,
    "pair-member-remove": _curator,
    "pair-again": _curator,
    "pair-wish-grant": _curator,
    "pair-wish-keep": _curator,
    "queue": _readers | frozenset({PSYCHOLOGIST}),
    "queue-support": frozenset({CURATOR, PSYCHOLOGIST}),
    "queue-offer": _curator,
    "meetings": _readers,
    # Silent words are shown to the curator alone: `admin.pages.encounters`.
    "encounters": _readers,
    "encounter": _readers,
    "encounter-new": _curator,
    "encounter-make": _curator,
    "encounter-decide": _curator,
    "encounter-cancel": _curator,
    "encounter-edit": _curator,
    "encounter-change": _curator,
    "encounter-invite": _curator,
    "encounter-came": _curator,
    "encounter-sheet": _readers,
    "encounter-table": _curator,
    "encounter-cards": _curator,
    "encounter-absent": _curator,
    "encounter-side": _curator,
    "trials": _curator,
    "trials-make": _curator,
    # What children ask and are answered: the curator and the psychologist.
    "pool-questions": frozenset({CURATOR, PSYCHOLOGIST}),
    "pool-assign": _curator,
    "pool-answer": frozenset({CURATOR, PSYCHOLOGIST}),
    "pool-meet": _curator,
    "pool-back": _curator,
    "pool-close": frozenset({CURATOR, PSYCHOLOGIST}),
    "news": _readers,
    "news-item": _readers,
    "news-photo": _readers,
    "news-new": _curator,
    "news-create": _curator,
    "news-edit": _curator,
    "news-save": _curator,
    "news-photo-remove": _curator,
    "news-publish": _curator,
    "news-link": _curator,
    "news-takedowns": _readers,
    "news-taken-down": _curator,
    # Free words in the answers are read by the curator only: `admin.pages.questionnaires`.
    "quizzes": _readers,
    "quiz": _readers,
    "quiz-chat": _readers,
    "quiz-file": _readers,
    "quiz-send": _curator,
    "quiz-remind": _curator,
    "quiz-close": _curator,
    "quiz-reopen": _curator,
    "quiz-new": _curator,
    "quiz-edit": _curator,
    "quiz-edit-start": _curator,
    "quiz-head": _curator,
    "quiz-question": _curator,
    "quiz-question-add": _curator,
    "quiz-question-save": _curator,
    "quiz-question-move": _curator,
    "quiz-question-remove": _curator,
    "quiz-publish": _curator,
    "quiz-discard": _curator,
    # A pupil's own words about whom they would like: the curator only.
    "wishes": _curator,
    "wish-settle": _curator,
    # Which cards somebody fills in is said by the cards themselves (`roles`).
    "staff-cards": _fillers,
    "staff-card": _fillers,
    "staff-card-save": _fillers,
    "reports": _readers,
    "report-file": _readers,
    "roster": _curator,
    "roster-sample": _curator,
    "roster-read": _curator,
    "roster-apply": _curator,
    "roster-check": _curator,
    "roster-columns": _curator,
    "roster-fix": _curator,
    "roster-copy": _curator,
    "roster-undo": _curator,
    "messages": _readers,
    # Words of those who asked for help: the curator and the psychologist only (domain.md 8.3).
    "help": frozenset({CURATOR, PSYCHOLOGIST}),
    "help-take": frozenset({CURATOR, PSYCHOLOGIST}),
    "help-close": frozenset({CURATOR, PSYCHOLOGIST}),
    "directories": _readers,
    "directory": _readers,
    "directory-add": _curator,
    "directory-entry": _curator,
    "directory-save": _curator,
    "directory-switch": _curator,
    "directory-move": _curator,
    # What was said in an interview: the curator, the head and the psychologist (domain.md 7.5).
    "selection": _readers | frozenset({PSYCHOLOGIST}),
    "candidate": _readers | frozenset({PSYCHOLOGIST}),
    "candidate-interview": frozenset({CURATOR, PSYCHOLOGIST}),
    "candidate-tick": _curator,
    "candidate-untick": _curator,
    "candidate-admit": _curator,
    "candidate-suspend": _curator,
    "candidate-shortlist": _curator,
    "training": _readers | frozenset({PSYCHOLOGIST}),
    "training-save": frozenset({CURATOR, PSYCHOLOGIST}),
    "ages": frozenset({CURATOR, SYSADMIN}),
    "ages-save": frozenset({CURATOR, SYSADMIN}),
    "settings": frozenset({CURATOR, SYSADMIN}),
    "settings-save": frozenset({CURATOR, SYSADMIN}),
    "users": frozenset({CURATOR, SYSADMIN}),
    "user-add": frozenset({CURATOR, SYSADMIN}),
    "user-close": frozenset({CURATOR, SYSADMIN}),
    "journal": _readers | frozenset({AUDITOR}),
}
# Before anybody is known.
OPEN = frozenset({"sign-in", "sign-in-check", "sign-out"})


@dataclass(frozen=True)
class Section:
    """A word of the menu. `route` is the page it opens."""

    route: str
    text: str


MENU = (
    Section("today", "admin-nav-today"),
    Section("people", "admin-nav-people"),
    Section("roster", "admin-nav-roster"),
    Section("invitations", "admin-nav-invitations"),
    Section("selection", "selection-nav"),
    Section("matching", "admin-nav-matching"),
    Section("pairs", "admin-nav-pairs"),
    Section("meetings", "admin-nav-meetings"),
    Section("encounters", "encounters-title"),
    Section("pool-questions", "encounters-staff-questions"),
    Section("consents", "ledger-nav"),
    Section("help", "admin-nav-help"),
    Section("quizzes", "quiz-title"),
    Section("staff-cards", "quiz-cards"),
    Section("news", "admin-nav-news"),
    Section("messages", "admin-nav-messages"),
    Section("reports", "admin-nav-reports"),
    Section("directories", "directory-nav"),
    Section("settings", "admin-nav-settings"),
    Section("journal", "admin-nav-journal"),
)


def may(role: StaffRole, route: str) -> bool:
    return role in RULES.get(route, frozenset())


def menu(role: StaffRole) -> tuple[Section, ...]:
    return tuple(section for section in MENU if may(role, section.route))


def home_of(role: StaffRole) -> str | None:
    """The route of the first page this role may open; None: none yet."""
    return next((section.route for section in menu(role)), None)
