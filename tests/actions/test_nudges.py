"""Friendly words of the house: once each, in polite hours, never in exam weeks, never where a human talks first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions import assignments, early_warning, nudges
from actions.work import Work
from program.channels import Channel
from program.nudges import NudgeRules
from program.outgoing import Kind
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, RequestState
from storage.tables import Conversation, Meeting, OutboxRow, Pair, PairRequest, PairWorry
from tests.meetups import later
from tests.pairs import Couple, buttons, couple, first_text, told

DAY = timedelta(days=1)


def with_settings(work: Work, **values: object) -> Work:
    work.school.settings = {**work.school.settings, **values}
    return work


async def talk(
    work: Work, person: int, flow: str = "questionnaire", arg: str = "", **values: object
) -> Conversation:
    row = Conversation(
        person_id=person, school_id=work.school.id, flow=flow, subject={"arg": arg}, journal=[], step="x",
        turn=1, channel=Channel.WEB, started_at=work.now, updated_at=work.now, **values,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    return row


async def words(work: Work, person: int | None = None) -> list[OutboxRow]:
    found = await told(work.session, person=person)
    return [row for row in found if first_text(row).startswith("nudge-")]


async def quiet(work: Work, days: int = 22) -> tuple[Work, Couple]:
    """A pair that has never met for so many days, found by the clock."""
    ids = await couple(work.session, work.school, starts_on=work.today, announced_at=work.now)
    after = later(work, timedelta(days=days))
    await early_warning.follow(after)
    return after, ids


async def test_a_day_after_leaving_in_the_middle_one_word_and_no_more(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await talk(work, ids.mentee)
    assert await nudges.unfinished(later(work, timedelta(hours=23))) == 0
    assert await nudges.unfinished(later(work, DAY)) == 1
    for hours in (25, 49, 100):
        assert await nudges.unfinished(later(work, timedelta(hours=hours))) == 0
    (row,) = await words(work)
    assert (row.person_id, row.kind, buttons(row)) == (ids.mentee, Kind.NUDGE, ["f:resume", "f:forget"])


async def test_the_word_waits_for_polite_hours_and_is_not_said_days_later(work: Work) -> None:
    ids = await couple(work.session, work.school)
    evening = later(work, timedelta(hours=9, minutes=30))  # 21:30 in Yekaterinburg
    await talk(evening, ids.mentee)
    await nudges.unfinished(later(evening, DAY))
    (row,) = await words(work)
    assert row.due_at.astimezone(work.zone).strftime("%H:%M") == "08:00"
    assert row.expires_at == later(evening, 3 * DAY).now


async def test_what_goes_on_meanwhile_is_not_spoken_of(work: Work) -> None:
    ids = await couple(work.session, work.school)
    row = await talk(work, ids.mentee)
    tomorrow = later(work, DAY)
    await nudges.unfinished(tomorrow)
    row.updated_at = tomorrow.now + timedelta(minutes=5)
    await work.session.flush()
    await nudges.unfinished(later(tomorrow, timedelta(minutes=15)))
    assert await words(work) == []


async def test_a_talk_left_a_week_ago_or_of_another_kind_is_left_alone(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await talk(work, ids.mentee)
    await talk(work, ids.mentor, "meeting")
    assert await nudges.unfinished(later(work, 7 * DAY)) == 0
    assert await nudges.unfinished(later(work, 2 * DAY)) == 1
    assert [row.person_id for row in await words(work)] == [ids.mentee]


@pytest.mark.parametrize(
    "switched", [{"nudges": {"unfinished": False}}, {"exams": ["2026-09-16/2026-09-18"]}]
)
async def test_the_school_or_exams_keep_the_house_silent_about_talks(
    work: Work, switched: dict[str, object]
) -> None:
    ids = await couple(work.session, work.school)
    await talk(with_settings(work, **switched), ids.mentee)
    assert await nudges.unfinished(later(work, DAY)) == 0
    assert await words(work) == []


async def test_a_visitor_who_began_to_join_is_told_kindly_and_a_frozen_person_is_not(work: Work) -> None:
    from program.roles import PersonState
    from tests import build

    visitor = build.person(work.school, state=PersonState.VISITOR, category=None)
    frozen = build.person(work.school, state=PersonState.FROZEN)
    work.session.add_all([visitor, frozen])
    await work.session.flush()
    work.session.add_all([build.address(visitor), build.address(frozen)])
    await talk(work, visitor.id, "join")
    await talk(work, frozen.id, "intake")
    assert await nudges.unfinished(later(work, DAY)) == 1
    (row,) = await words(work)
    assert (row.person_id, first_text(row)) == (visitor.id, "nudge-unfinished-join")


async def test_the_word_about_a_questionnaire_takes_the_place_of_its_reminder(work: Work) -> None:
    ids = await couple(work.session, work.school, announced_at=work.now)
    asked = later(work, DAY)
    await assignments.invite_due(asked)
    (invitation,) = await told(work.session, "questionnaire:", person=ids.mentee)
    code = invitation.key.split(":")[1]
    await talk(asked, ids.mentee, arg=code)
    assert await nudges.unfinished(later(asked, DAY)) == 1
    await assignments.invite_due(later(asked, 4 * DAY))
    (again,) = await told(work.session, "questionnaire-again:", person=ids.mentee)
    assert first_text(again) == "nudge-unfinished-answers"


async def test_mentors_of_a_pair_that_has_not_met_hear_one_word_for_each_occurrence(work: Work) -> None:
    after, ids = await quiet(work)
    assert await nudges.quiet_pairs(after) == 1
    assert await nudges.quiet_pairs(later(after, DAY)) == 0
    (row,) = await words(work)
    assert (row.person_id, row.kind) == (ids.mentor, Kind.NUDGE)
    assert buttons(row) == [f"f:meeting:{ids.pair}", f"f:meeting-met:{ids.pair}", f"f:idea:{ids.pair}"]
    assert row.body["concerns"]["people"]


async def test_a_meeting_that_is_agreed_or_offered_needs_no_word(work: Work) -> None:
    after, ids = await quiet(work)
    work.session.add(
        Meeting(
            school_id=work.school.id, pair_id=ids.pair, kind=MeetingKind.M1, status=MeetingStatus.PROPOSED,
            proposed_by=ids.mentee, format=MeetingFormat.OFFLINE, uid="m1", created_at=after.now, slots=[],
        )
    )  # fmt: skip
    await work.session.flush()
    assert await nudges.quiet_pairs(after) == 0


@pytest.mark.parametrize(
    "sign", ["help", "stop", "bad-mood", "psychologist", "not-on", "comfort", "low-twice"]
)
async def test_where_a_child_asked_for_somebody_no_machine_asks_the_mentor_to_meet(
    work: Work, sign: str
) -> None:
    after, ids = await quiet(work)
    work.session.add(
        PairWorry(
            school_id=work.school.id, pair_id=ids.pair, sign=sign, light=2, key="1", since=after.today,
            found_at=after.now, state=RequestState.IN_WORK,
        )
    )  # fmt: skip
    await work.session.flush()
    assert await nudges.quiet_pairs(after) == 0


async def test_nobody_is_asked_to_meet_while_a_change_of_the_pair_is_asked_for_or_it_rests(
    work: Work,
) -> None:
    after, ids = await quiet(work)
    asked = PairRequest(
        school_id=work.school.id, pair_id=ids.pair, person_id=ids.mentee, side="mentee", kind="end",
        state=RequestState.NEW, at=after.now, said={},
    )  # fmt: skip
    work.session.add(asked)
    await work.session.flush()
    assert await nudges.quiet_pairs(after) == 0
    asked.state = RequestState.CLOSED
    pair = await work.session.get_one(Pair, ids.pair)
    pair.status = PairStatus.PAUSED
    await work.session.flush()
    assert await nudges.quiet_pairs(after) == 0


async def test_what_the_curator_has_in_hand_is_the_curators(work: Work) -> None:
    after, _ = await quiet(work)
    (worry,) = await early_warning.rows.open_ones(work.session, work.school.id)
    await early_warning.take(after.by("user:1"), worry.id)
    assert await nudges.quiet_pairs(after) == 0


@pytest.mark.parametrize("switched", [{"nudges": {"meetings": False}}, {"exams": ["2026-10-07/2026-10-09"]}])
async def test_the_school_or_exams_keep_the_house_silent_about_meetings(
    work: Work, switched: dict[str, object]
) -> None:
    after, _ = await quiet(work)
    assert await nudges.quiet_pairs(with_settings(after, **switched)) == 0


async def test_rules_are_kept_in_the_settings_and_noted_once(work: Work) -> None:
    rules = replace(NudgeRules(), digest=False)
    await nudges.save(work, rules)
    await nudges.save(work, rules)
    assert nudges.rules_of(work) == rules
    from sqlalchemy import func, select

    from storage.tables import JournalEntry

    counted = select(func.count()).where(JournalEntry.action == "nudges.changed")
    assert await work.session.scalar(counted) == 1
