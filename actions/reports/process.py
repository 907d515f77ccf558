"""«Ход программы»: how the work goes, for the curator's own eyes and the director. Source: domain.md 5.5."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from actions import year_numbers
from actions.reports import coverage, heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.roadmap_words import line
from actions.work import Work
from actions.workbook import Count, Page, Value
from program.feedback import ABOUT_MEETINGS
from program.indicators import Rate, between, hours, silent
from program.partners import PartnerState
from program.plans import PlanState
from program.roadmap import standing
from program.roles import Category, Side
from program.states import MeetingStatus, PairStatus, ParticipationStatus
from program.text import Text
from storage import report_counts as tally
from storage import report_rows as rows
from storage import roadmap
from storage.partners import known_by

TITLE = "Ход программы"
# Where places stand now; of a year that is over nobody waits any more.
WAITING: tuple[tuple[ParticipationStatus, Side | None, str], ...] = (
    (ParticipationStatus.CONSENT_PENDING, None, "consents"),
    (ParticipationStatus.SEARCHING, Side.MENTEE, "queue"),
    (ParticipationStatus.SEARCHING, Side.MENTOR, "free"),
)
COLUMNS = ("Раздел", "Показатель", "Число", "Из скольких", "%")


async def build(work: Work, asked: Asked) -> Built:
    """One line for each number; behind each stand its people or pairs."""
    found: list[list[Value]] = []

    def add(part: str, words: str, number: Value, of: Rate | None = None) -> None:
        share = of.percent if of is not None else None
        found.append([say(Text(f"report-part-{part}")), words, number, of.whole if of else None, share])

    facts = await coverage.facts(work, asked)
    for side in Side:
        for category in Category:
            who = frozenset(
                one.person_id for one in facts.base if one.side == side and one.category == category
            )
            if who:
                add(
                    "people",
                    f"{say(Text(f'report-base-{side}'))}: {say(Text(f'report-category-{category}'))}",
                    Count(len(who), who),
                )
    going_on = asked.year == work.settings.year
    places = await tally.statuses(work.session, work.school.id, asked.year)
    for status, wanted, name in WAITING if going_on else ():
        who = frozenset(key for one, where, key in places if one == status and wanted in (None, where))
        add("people", say(Text(f"report-process-{name}")), Count(len(who), who))
    await _pairs(work, asked, add_to=found)
    trained = await tally.admitted(work.session, work.school.id, asked.year)
    mentors = frozenset(one.person_id for one in facts.base if one.side == Side.MENTOR)
    ready = Rate(mentors & trained, len(mentors))
    add("people", say(Text("report-process-trained")), Count(ready.number, ready.part), ready)
    known = await known_by(work.session, work.school.id, asked.on, asked.night)
    partners = [one for one in known if one.state != PartnerState.TALKS]
    add("around", say(Text("report-process-partners")), Count(len(partners), route="partners"))
    stages = await roadmap.stages(work.session, work.school.id, asked.year)
    stand = standing((line(event) for stage in stages for event in stage.events), asked.on)
    late = Rate(frozenset(), stand.total, stand.overdue)
    add("around", say(Text("report-process-overdue")), Count(stand.overdue, route="roadmap"), late)
    if going_on:
        alerts = await tally.open_alerts(work.session, work.school.id, asked.year)
        add("around", say(Text("report-process-alerts")), Count(len(alerts), pairs=frozenset(alerts)))
    lines = await heading.lines(work, asked, "report-rule-people")
    page = Page(
        "Ход программы", COLUMNS, found, TITLE, lines, keep=2, widths=(24, 64, 12, 13, 10), key="process"
    )
    return Built(
        TITLE,
        [
            page,
            heading.rules(
                "report-rule-base", "report-rule-entered", "report-rule-between", "report-rule-silent", "report-rule-hours",
                "report-rule-feedback", "report-rule-pulse", "report-rule-programme-kept", "report-rule-partner-kept",
            ),
        ],
    )  # fmt: skip


async def _pairs(work: Work, asked: Asked, *, add_to: list[list[Value]]) -> None:
    session, school_id = work.session, work.school.id

    def add(words: str, number: Value, of: Rate | None = None, part: str = "pairs") -> None:
        share = of.percent if of is not None else None
        add_to.append([say(Text(f"report-part-{part}")), words, number, of.whole if of else None, share])

    pairs = await rows.worked(session, school_id, asked.year, asked.on, asked.until)
    for form in work.settings.known_forms:
        mine = frozenset(
            one.id
            for one in pairs.values()
            if one.form == form and one.closed_at is None and one.status != PairStatus.PAUSED
        )
        if mine:
            add(
                f"{say(Text('report-process-at-work'))}: {say(work.settings.form_name(form))}",
                Count(len(mine), pairs=mine),
            )
    for status in (PairStatus.PAUSED, PairStatus.COMPLETED, PairStatus.STOPPED, PairStatus.REPLACED):
        mine = frozenset(one.id for one in pairs.values() if one.status == status)
        if mine:
            add(say(Text(f"admin-pair-{status}")), Count(len(mine), pairs=mine))
    counts = await tally.meeting_counts(session, school_id, asked.year, asked.first, asked.until)
    if asked.on == work.today:  # on a day gone by nobody knows any more what was arranged ahead
        after = datetime.combine(asked.of.last + timedelta(days=1), time(), work.zone)
        ahead = await tally.meeting_counts(session, school_id, asked.year, asked.until, after)
        counts[MeetingStatus.CONFIRMED] |= ahead.get(MeetingStatus.CONFIRMED, set())
    for one in (MeetingStatus.CONFIRMED, MeetingStatus.HELD, MeetingStatus.MISSED, MeetingStatus.CANCELLED):
        add(
            say(Text(f"report-meetings-{one}")),
            Count(len(counts.get(one, ())), route="meetings"),
            part="meetings",
        )
    held = await rows.held(session, school_id, asked.year, asked.until)
    days = {
        key: [at.astimezone(work.zone).date() for at in some] for key, some in held.items() if key in pairs
    }
    about = await tally.answered_meetings(session, school_id, ABOUT_MEETINGS, asked.until)
    met = counts.get(MeetingStatus.HELD, set())
    told = Rate(frozenset(), len(met), len(met & about.keys()))
    add(say(Text("report-process-feedback")), Count(told.number, route="meetings"), told, part="meetings")
    marks = await year_numbers.marks(work, asked.of)
    add(say(Text("report-process-marks")), marks.mean, part="meetings")
    for name, question in (("comfort", "PULSE.1"), ("goal", "PULSE.2")):
        pulse = await year_numbers.marks(work, asked.of, "PULSE", question)
        add(say(Text(f"report-process-pulse-{name}")), pulse.mean, part="pairs")
    add(say(Text("report-process-between")), between(days.values()), part="meetings")
    working = {key: one for key, one in pairs.items() if one.status == PairStatus.ACTIVE}
    last = {key: _last(one.starts_on, days.get(key, [])) for key, one in working.items()}
    late = silent(last, asked.on, work.settings.warn_after)
    words = say(Text("report-process-silent", {"days": work.settings.warn_after}))
    add(words, Count(late.number, pairs=late.part), late, part="meetings")
    plans = await tally.plans(session, school_id, pairs)
    signed = frozenset(
        one.pair_id for one in plans if one.state in (PlanState.WORK, PlanState.AMENDED, PlanState.COMPLETED)
    )
    rate = Rate(signed, len(pairs))
    add(say(Text("report-process-programmes")), Count(rate.number, pairs=signed), rate)
    beside = await tally.mentor_minutes(session, school_id, pairs, asked.of.first, asked.on)
    minutes = await tally.held_minutes(session, school_id, asked.year, asked.first, asked.until)
    add(say(Text("report-process-hours")), hours(minutes + sum(beside.values())), part="meetings")


def _last(began: date | None, days: list[date]) -> date | None:
    known = [day for day in (began, *days) if day is not None]
    return max(known, default=None)
