"""What a school decides for itself. Kept as JSON in its row; every value has a default that works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, time
from typing import Any

from program.bells import Lesson, Start, is_among, lessons, starts
from program.channels import MESSENGERS, Channel
from program.forms import DEFAULT_FORMS, FORMS
from program.roles import Category
from program.text import Text, raw

NATIONAL_LINE = "8-800-2000-122"  # the all-Russian helpline for children and parents
STAFF = (Category.TEACHER, Category.EMPLOYER)  # those with the hours and days of staff


@dataclass(frozen=True)
class SchoolSettings:
    """Args:
    year: the school year in work, "2026-2027".
    pupils, teachers: totals for the coverage tables (domain.md 5.3).
    personal_channels: channels in whose messages personal data may be asked; elsewhere such a
        question goes on at the signed web page (domain.md 8.5).
    quiet_pupils, quiet_staff: (first, last) hour in which unasked messages may be sent.
    rest_days, staff_rest_days: weekdays without unasked messages, Monday is 0.
    holidays, exams: ISO days, or spans of two with a slash between. On holidays nothing is written unasked; in exam
        weeks nobody is nudged, and a meeting that is offered there says so.
    lessons: "08:30-09:10" for each lesson; short_lessons: on the weekdays of short_days.
    bells: usual starts of meetings outside of lessons, "HH:MM".
    meeting_places: the school's list of places; meeting_place is the usual one.
    """

    year: str = "2026-2027"
    pupils: int = 0
    teachers: int = 0
    forms: tuple[str, ...] = DEFAULT_FORMS
    curator_name: str = ""
    curator_contact: str = ""
    help_line: str = NATIONAL_LINE
    help_line_always: bool = False  # it answers round the clock; not in every region, so the school says so
    help_line_hours: str = ""  # else when it answers, in the school's words; "": not said
    help_minutes: int = 30  # a call for help that nobody takes for so long goes to the next adult
    help_second: int = 0  # account that is the second adult; 0: the director
    pupil_age_from: int = 7
    personal_channels: tuple[str, ...] = (Channel.WEB, Channel.VK)
    enabled_channels: tuple[str, ...] = MESSENGERS
    quiet_pupils: tuple[str, str] = ("08:00", "20:00")
    quiet_staff: tuple[str, str] = ("08:00", "19:00")
    rest_days: tuple[int, ...] = (6,)
    staff_rest_days: tuple[int, ...] = (5, 6)
    holidays: tuple[str, ...] = ()
    exams: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    short_lessons: tuple[str, ...] = ()
    short_days: tuple[int, ...] = ()
    bells: tuple[str, ...] = ("08:30", "13:30", "14:30", "15:30", "16:30", "17:30")
    meeting_minutes: int = 45
    meeting_place: str = ""
    meeting_places: tuple[str, ...] = ()
    vk_group_url: str = ""
    privacy_url: str = ""
    operator: str = ""  # full name and address of the school as the operator of personal data
    ages: dict[str, Any] = field(default_factory=dict)  # program.eligibility.Ages; empty: anybody
    announce_delay: int = 10  # minutes between «Объявить» and the first message: time to call it off
    acceptance: bool = True  # both sides say whether the pair suits them before it begins to work
    answer_hours: int = 72  # how long they may; then the curator decides
    warn_after: int = 21  # days without a meeting: the pair is amber; then red
    alert_after: int = 30
    answer_after: int = 5  # days that an offered meeting may wait for its answer
    weights: dict[str, int] = field(default_factory=dict)  # of matching; empty: defaults
    matching: dict[str, Any] = field(default_factory=dict)  # form -> program.matching_rules.RuleBook
    form_names: dict[str, str] = field(default_factory=dict)  # the school's own forms: slug -> its words
    relay: dict[str, Any] = field(default_factory=dict)  # program.relay.RelayRules; empty: the usual ones
    polls: dict[str, Any] = field(default_factory=dict)  # program.polls.PollRules; empty: the usual ones
    nudges: dict[str, Any] = field(default_factory=dict)  # program.nudges.NudgeRules; empty: the usual ones
    launch: dict[str, Any] = field(default_factory=dict)  # actions.launch: steps put away, texts read
    public: dict[str, Any] = field(default_factory=dict)  # program.public_page.PublicPage; empty: it is off
    letterhead: dict[str, Any] = field(default_factory=dict)  # program.letterhead.Letterhead; empty: not said
    reports: dict[str, Any] = field(default_factory=dict)  # program.report_settings; empty: as they come
    matching_shown: bool = False  # the bot tells participants what is looked at when pairs are matched
    code_roles: tuple[str, ...] = ()  # of the staff, who get in with a code after the password only

    @staticmethod
    def read(stored: Mapping[str, Any]) -> SchoolSettings:
        """Unknown names are ignored, so that an older version can read newer settings."""
        known = {f.name: f for f in fields(SchoolSettings)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stored.items()
            if name in known
        }
        return SchoolSettings(**values)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def known_forms(self) -> tuple[str, ...]:
        """Shipped forms and the school's own, whether offered now or not."""
        return (*FORMS, *self.form_names)

    def form_name(self, slug: str) -> Text:
        """What the school and its participants call a form."""
        return raw(self.form_names[slug]) if slug in self.form_names else Text(FORMS[slug].text)

    def hours(self, category: str | None) -> tuple[time, time]:
        """Between which hours this person may get unasked messages, by the school's clock."""
        first, last = self.quiet_staff if category in STAFF else self.quiet_pupils
        return time.fromisoformat(first), time.fromisoformat(last)

    def is_rest(self, day: date, category: str | None = None) -> bool:
        """Whether this person is not written to unasked on that day; without a category, a pupil."""
        days = self.staff_rest_days if category in STAFF else self.rest_days
        return day.weekday() in days or self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        return is_among(day, self.holidays)

    def is_exam(self, day: date) -> bool:
        """In these weeks nobody is nudged; what a person asked for goes on."""
        return is_among(day, self.exams)

    def lessons_on(self, day: date) -> tuple[Lesson, ...]:
        """None on a day without school, or where the school has not written its bells down."""
        if self.is_rest(day):
            return ()
        short = self.short_lessons if day.weekday() in self.short_days else ()
        return lessons(short or self.lessons)

    def starts_on(self, day: date) -> tuple[Start, ...]:
        """Moments of that day at which people can meet."""
        return starts(self.lessons_on(day), self.bells)

    @property
    def places(self) -> tuple[str, ...]:
        """Where people meet, the usual place first."""
        usual = (self.meeting_place,) if self.meeting_place else ()
        return tuple(dict.fromkeys((*usual, *self.meeting_places)))


def school_year(on: date) -> str:
    """ "2026-2027" from 1 August 2026 to 31 July 2027: preparation starts in August (domain.md 2.2)."""
    first = on.year if on.month >= 8 else on.year - 1
    return f"{first}-{first + 1}"
