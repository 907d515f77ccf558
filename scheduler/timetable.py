"""Every periodic job, one line each. Each is safe to run twice, late, or by two processes at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from actions import (
    acceptance,
    assignments,
    care_alerts,
    consent_clock,
    digest,
    early_warning,
    encounter_clock,
    erasure,
    feedback,
    gathering_clock,
    group_life,
    meetings,
    news_copies,
    news_ideas,
    news_plan,
    nudges,
    pair_life,
    pauses,
    plan_clock,
    public_page,
    reminders,
    sweeps,
    takedowns,
    year_clock,
)
from actions.desk import morning
from actions.work import Work
from storage import beats

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Tick:
    """One job: done for each school in a transaction of its own, every `every`.

    Args:
        where: what finds the schools in which it may have something to do; None: it is done for all. A region has
            a thousand, and most beats find nothing in most of them.
    """

    name: str
    every: timedelta
    run: Callable[[Work], Awaitable[object]]
    where: beats.Where | None = None


TIMETABLE: tuple[Tick, ...] = (
    Tick("meeting-reminders", every=MINUTE, run=reminders.send_due, where=beats.meetings_ahead),
    Tick("meeting-outcomes", every=5 * MINUTE, run=reminders.ask_outcomes, where=beats.meetings_past),
    Tick("meeting-offers", every=15 * MINUTE, run=meetings.lapse, where=beats.meetings_offered),
    Tick("gathering-reminders", every=MINUTE, run=gathering_clock.remind, where=beats.gatherings_ahead),
    Tick("gathering-guests", every=HOUR, run=gathering_clock.forget_guests, where=beats.guests_kept),
    Tick("feedback-polls", every=MINUTE, run=feedback.invite_due, where=beats.meetings_held),
    Tick("calls-for-help", every=MINUTE, run=care_alerts.escalate, where=beats.calls_for_help),
    Tick("pair-answers", every=15 * MINUTE, run=acceptance.follow),
    Tick("group-changes", every=HOUR, run=group_life.follow, where=beats.groups_to_change),
    Tick("programmes", every=15 * MINUTE, run=plan_clock.follow),
    Tick("substitutes", every=HOUR, run=pair_life.follow),
    Tick("questionnaires", every=15 * MINUTE, run=assignments.invite_due),
    Tick("encounter-reminders", every=MINUTE, run=encounter_clock.remind, where=beats.encounters_ahead),
    Tick(
        "encounter-who-came", every=5 * MINUTE, run=encounter_clock.ask_who_came, where=beats.encounters_past
    ),
    Tick(
        "encounter-polls", every=5 * MINUTE, run=encounter_clock.ask_how_it_was, where=beats.encounters_past
    ),
    Tick("encounter-seats", every=15 * MINUTE, run=encounter_clock.follow, where=beats.seats_or_questions),
    Tick("consents", every=15 * MINUTE, run=consent_clock.follow),
    Tick("consent-notices", every=HOUR, run=consent_clock.remind),
    Tick("early-warning", every=HOUR, run=early_warning.follow),
    Tick("unfinished", every=15 * MINUTE, run=nudges.unfinished),
    Tick("quiet-pairs", every=HOUR, run=nudges.quiet_pairs),
    Tick("weekly-digest", every=15 * MINUTE, run=digest.send, where=beats.staff_in_chats),
    Tick("morning-tasks", every=15 * MINUTE, run=morning.send, where=beats.staff_in_chats),
    Tick("pauses", every=HOUR, run=pauses.ask_ended),
    Tick("public-page", every=HOUR, run=public_page.refresh),
    Tick("news-plans", every=MINUTE, run=news_plan.publish_due, where=beats.news_planned),
    Tick("news-copies", every=timedelta(seconds=10), run=news_copies.follow, where=beats.news_changed),
    Tick("news-ideas", every=HOUR, run=news_ideas.look),
    Tick("takedowns", every=15 * MINUTE, run=takedowns.follow, where=beats.people_shown),
    Tick("school-year", every=HOUR, run=year_clock.start, where=beats.years_to_begin),
    Tick("school-leavers", every=5 * MINUTE, run=year_clock.say_goodbye, where=beats.leavers),
    Tick("erasure-plan", every=HOUR, run=erasure.plan),
    Tick("erasure", every=15 * MINUTE, run=erasure.erase_due),
    Tick("cleaning", every=HOUR, run=sweeps.clean),
)


def with_seal(keep: Callable[[Work], Awaitable[object]]) -> tuple[Tick, ...]:
    """The whole timetable of a running house.

    Args:
        keep: seals the journal's end; it alone needs the installation's key.
    """
    return (*TIMETABLE, Tick("journal-seal", every=HOUR, run=keep))
