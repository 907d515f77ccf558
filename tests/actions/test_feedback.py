"""The poll after a held meeting: both sides once, answers kept once, signals reach the curator only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from actions import care, feedback, meeting_outcomes, pairs
from actions.early_warning import follow, readable
from actions.work import Work
from program.early_warning import WHO, Sign
from program.errors import Refusal
from program.feedback import Concern
from program.instruments import Value
from program.roles import Category, PersonState, Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, RequestState
from storage.tables import HelpRequest, Meeting, OutboxRow, Pair, PairWorry, Person, Response
from tests import build
from tests.pairs import papers

GOOD: dict[str, Value] = {"FB_M.2": 8, "FB_M.3": "great", "FB_M.4": "no"}
NUMBERS = count(1)


@dataclass
class Met:
    work: Work
    mentor: Person
    mentee: Person
    pair: Pair

    async def meeting(self, kind: MeetingKind = MeetingKind.M4, **values: Any) -> int:
        """Held an hour ago, said so now, if not told otherwise."""
        start = self.work.now - timedelta(hours=2)
        values = {"status": MeetingStatus.HELD, "starts_at": start, "closed_at": self.work.now} | values
        meeting = Meeting(
            school_id=self.work.school.id,
            pair_id=self.pair.id,
            kind=kind,
            proposed_by=self.mentor.id,
            format=MeetingFormat.OFFLINE,
            uid=f"meeting-{next(NUMBERS)}",
            created_at=start,
            **values,
        )
        self.work.session.add(meeting)
        await self.work.session.flush()
        return meeting.id

    async def polls(self) -> list[str]:
        """Keys of the queued polls."""
        return sorted((await self.work.session.scalars(select(OutboxRow.key))).all())

    async def calls(self) -> list[HelpRequest]:
        return list((await self.work.session.scalars(select(HelpRequest).order_by(HelpRequest.id))).all())

    async def worries(self) -> list[str]:
        return list(await self.work.session.scalars(select(PairWorry.sign).order_by(PairWorry.sign)))

    async def says(self, meeting_id: int, **answers: Value) -> feedback.Recorded:
        """The mentee's poll with a good meeting, but for what is named."""
        given = GOOD | {f"FB_M.{name[1:]}": value for name, value in answers.items()}
        return await feedback.record(self.work, self.mentee.id, meeting_id, given)


@pytest.fixture
async def met(work: Work) -> Met:
    mentor = build.person(work.school, "Олег", "Громов", category=Category.TEACHER)
    mentee = build.person(work.school)
    work.session.add_all([mentor, mentee])
    await work.session.flush()
    places = [build.participation(mentor, Side.MENTOR), build.participation(mentee, Side.MENTEE)]
    work.session.add_all([*places, build.address(mentor), build.address(mentee)])
    work.session.add_all([*papers(mentor), *papers(mentee)])
    await work.session.flush()
    pair = build.pair(*places)
    work.session.add(pair)
    await work.session.flush()
    return Met(work, mentor, mentee, pair)


def later(work: Work, days: int) -> Work:
    return Work(work.session, work.school, work.now + timedelta(days=days))


async def test_both_sides_are_asked_once_after_a_held_meeting(met: Met) -> None:
    meeting = await met.meeting()
    assert await feedback.invite_due(met.work) == 2
    assert await feedback.invite_due(met.work) == 0
    assert await met.polls() == sorted(f"feedback:{meeting}:{p.id}" for p in (met.mentor, met.mentee))
    row = await met.work.session.scalar(select(OutboxRow).limit(1))
    assert row is not None
    # The first question stands in the invitation: whoever presses has answered it.
    assert [row[0]["data"] for row in row.body["rows"]] == [
        f"f:feedback:{meeting}.{answer}" for answer in ("no", "curator", "psychologist", "stop")
    ]
    assert row.expires_at == met.work.now + timedelta(days=7)


async def test_who_was_not_there_is_not_asked_how_it_was(met: Met) -> None:
    ill = await met.meeting()
    there = {met.mentor.id}
    await meeting_outcomes.attendance(met.work, ill, there)
    assert await feedback.invite_due(met.work) == 1
    assert await met.polls() == [f"feedback:{ill}:{met.mentor.id}"]
    # Put right by the school: then the poll comes.
    await meeting_outcomes.attendance(met.work, ill, {*there, met.mentee.id})
    assert await feedback.invite_due(met.work) == 1


async def test_a_poll_that_waits_is_called_off_for_who_was_not_there(met: Met) -> None:
    meeting = await met.meeting()
    assert await feedback.invite_due(met.work) == 2
    await meeting_outcomes.attendance(met.work, meeting, {met.mentor.id})
    dropped = await met.work.session.scalars(
        select(OutboxRow.person_id).where(OutboxRow.dropped != "").execution_options(populate_existing=True)
    )
    assert list(dropped) == [met.mentee.id]


async def test_who_says_at_once_that_it_was_not_held_gets_no_poll_afterwards(met: Met) -> None:
    meeting = await met.meeting(closed_by=met.mentor.id)
    await feedback.contradict(met.work, met.mentee, meeting, MeetingStatus.MISSED)
    assert await feedback.invite_due(later(met.work, 2)) == 1, "the other side alone"
    assert [key for key in await met.polls() if key.startswith("feedback:")] == [
        f"feedback:{meeting}:{met.mentor.id}"
    ]


@pytest.mark.parametrize(
    "status", [MeetingStatus.CONFIRMED, MeetingStatus.MISSED, MeetingStatus.MOVED, MeetingStatus.CANCELLED]
)
async def test_nobody_is_asked_about_a_meeting_that_was_not_held(met: Met, status: MeetingStatus) -> None:
    await met.meeting(status=status)
    assert await feedback.invite_due(met.work) == 0


async def test_an_invitation_that_waits_for_the_morning_does_not_come_to_who_has_answered_before_it(
    met: Met,
) -> None:
    meeting, other = await met.meeting(), await met.meeting()
    await feedback.invite_due(met.work)
    await met.says(meeting)
    waiting = set(await met.work.session.scalars(select(OutboxRow.key).where(OutboxRow.dropped == "")))
    everybodys = {
        f"feedback:{one}:{person.id}" for one in (meeting, other) for person in (met.mentor, met.mentee)
    }
    assert waiting == everybodys - {f"feedback:{meeting}:{met.mentee.id}"}
    assert await feedback.invite_due(met.work) == 0


async def test_who_got_the_poll_at_once_is_asked_a_day_later_if_it_was_left(met: Met) -> None:
    left = await met.meeting(closed_by=met.mentee.id)
    answered = await met.meeting(closed_by=met.mentee.id)
    await met.says(answered)
    await feedback.invite_due(met.work)
    at_once = {f"feedback:{meeting}:{met.mentor.id}" for meeting in (left, answered)}
    assert set(await met.polls()) == at_once
    assert await feedback.invite_due(later(met.work, 1)) == 1
    assert set(await met.polls()) == at_once | {f"feedback:{left}:{met.mentee.id}"}


async def test_nobody_is_asked_after_a_week_or_after_answering(met: Met) -> None:
    old = await met.meeting(closed_at=met.work.now - timedelta(days=7))
    answered = await met.meeting()
    await met.says(answered)
    await feedback.invite_due(met.work)
    assert await met.polls() == [f"feedback:{answered}:{met.mentor.id}"]
    with pytest.raises(Refusal) as refusal:
        await feedback.poll(met.work, met.mentee.id, old)
    assert refusal.value.text.id == "feedback-closed"


async def test_who_withdrew_or_left_the_pair_is_not_asked(met: Met) -> None:
    meeting = await met.meeting()
    met.mentee.state = PersonState.FROZEN
    await feedback.invite_due(met.work)
    assert await met.polls() == [f"feedback:{meeting}:{met.mentor.id}"]


async def test_after_the_first_two_meetings_both_are_asked_whether_to_go_on(met: Met) -> None:
    asked = {}
    for kind in (MeetingKind.M1, MeetingKind.M2, MeetingKind.M3, MeetingKind.M4):
        meeting = await met.meeting(kind)
        for person in (met.mentee, met.mentor):
            about = await feedback.poll(met.work, person.id, meeting)
            asked[kind, person.first_name] = (about["code"], about["start"], about["left_out"])
    assert asked[MeetingKind.M1, "Аня"] == asked[MeetingKind.M2, "Аня"] == ("FB_M", True, [])
    assert asked[MeetingKind.M1, "Олег"] == ("FB_N", True, ["FB_N.3"])
    assert asked[MeetingKind.M3, "Аня"] == ("FB_M", False, [])
    assert asked[MeetingKind.M4, "Олег"] == ("FB_N", False, [])


async def test_only_members_of_the_pair_may_answer_and_only_about_a_held_meeting(met: Met) -> None:
    stranger = build.person(met.work.school, "Пётр")
    met.work.session.add(stranger)
    await met.work.session.flush()
    held, agreed = await met.meeting(), await met.meeting(status=MeetingStatus.CONFIRMED, closed_at=None)
    for person, meeting, why in (
        (stranger, held, "feedback-not-yours"),
        (met.mentee, 999, "feedback-not-yours"),
        (met.mentee, agreed, "feedback-not-held"),
    ):
        for asked in (feedback.poll(met.work, person.id, meeting), feedback.record(met.work, person.id, meeting, GOOD)):  # fmt: skip
            with pytest.raises(Refusal) as refusal:
                await asked
            assert refusal.value.text.id == why


async def test_answers_are_kept_once_with_the_meeting_they_are_about(met: Met) -> None:
    meeting = await met.meeting(MeetingKind.M1)
    for _ in range(2):
        await feedback.record(met.work, met.mentee.id, meeting, GOOD | {"FB_START.1": "no"})
    kept = (await met.work.session.scalars(select(Response).order_by(Response.code))).all()
    assert [(r.code, r.about) for r in kept] == [
        ("FB_M", f"meeting:{meeting}"),
        ("FB_START", f"meeting:{meeting}"),
    ]
    assert await met.worries() == [Sign.NOT_ON]
    assert await met.calls() == []
    with pytest.raises(Refusal) as refusal:
        await feedback.poll(met.work, met.mentee.id, meeting)
    assert refusal.value.text.id == "feedback-done"


async def test_a_good_meeting_troubles_nobody(met: Met) -> None:
    recorded = await met.says(await met.meeting())
    assert recorded.first
    assert recorded.concerns == ()
    assert await met.calls() == []


@pytest.mark.parametrize(
    ("answers", "urgent", "words"),
    [
        ({"_4": "help"}, True, "Просит о помощи"),
        ({"_4": "say", "_5": "Мне грустно"}, False, "Мне грустно"),
    ],
)
async def test_a_mentees_signal_is_a_card_for_the_curator(
    met: Met, answers: dict[str, Value], urgent: bool, words: str
) -> None:
    recorded = await met.says(await met.meeting(), **answers)
    [call] = await met.calls()
    assert (call.person_id, call.urgent, bool(recorded.receipt)) == (met.mentee.id, urgent, urgent)
    assert words in call.words


async def test_a_second_answer_about_the_pair_joins_the_card_that_nobody_has_taken(met: Met) -> None:
    first, second, third = [await met.meeting() for _ in range(3)]
    await met.says(first, _4="say", _5="Опаздывает")
    met.work = Work(met.work.session, met.work.school, met.work.now + timedelta(minutes=1))
    await met.says(second, _4="help")
    [call] = await met.calls()
    assert "Опаздывает" in call.words
    assert "Просит о помощи" in call.words
    assert call.urgent, "and now the clock runs"
    await care.take(met.work.by("user:1"), call.id)
    met.work = later(met.work, 1)
    await met.says(third, _4="say", _5="Стало лучше")
    assert ["Стало лучше" in one.words for one in await met.calls()] == [False, True]


async def test_a_bad_mood_is_a_reason_to_look_at_the_pair_at_once_and_no_card_beside_it(met: Met) -> None:
    assert (await met.says(await met.meeting(), _3="bad")).concerns == (Concern.BAD_MOOD,)
    assert await met.calls() == []
    [worry] = await met.work.session.scalars(select(PairWorry))
    assert (worry.sign, worry.state, worry.args) == (Sign.BAD_MOOD, RequestState.NEW, {WHO: met.mentee.id})
    assert readable([worry], StaffRole.PSYCHOLOGIST) == [worry]
    assert readable([worry], StaffRole.DIRECTOR) == []
    assert await follow(met.work) == 0


async def test_of_a_pair_that_is_over_the_same_answer_is_a_card_as_nobody_watches_over_it(met: Met) -> None:
    meeting = await met.meeting()
    for one in met.pair.members:
        one.joined_at = met.work.now - timedelta(days=30)
    await pairs.close(met.work, met.pair.id, PairStatus.COMPLETED, "Цель достигнута")
    await met.says(meeting, _3="bad")
    [call] = await met.calls()
    assert "Самочувствие" in call.words
    assert await met.worries() == []


@pytest.mark.parametrize(
    ("need", "sign"),
    [("curator", Sign.QUESTION), ("psychologist", Sign.PSYCHOLOGIST), ("stop", Sign.STOP)],
)
async def test_a_mentors_need_is_a_reason_to_look_at_the_pair(met: Met, need: str, sign: Sign) -> None:
    answers: dict[str, Value] = {
        "FB_N.4": 5,
        "FB_N.2": "m_activity",
        "FB_N.6": need,
        "FB_N.3": "Решали задачи",
    }
    await feedback.record(met.work, met.mentor.id, await met.meeting(), answers)
    assert await met.worries() == [sign]
    assert await met.calls() == []


async def test_two_low_marks_in_a_row_are_a_signal_and_one_is_not(met: Met) -> None:
    first, second, third = [await met.meeting() for _ in range(3)]
    assert (await met.says(first, _2=3)).concerns == ()
    met.work = later(met.work, 1)
    assert [c.value for c in (await met.says(second, _2=2)).concerns] == ["low-twice"]
    met.work = later(met.work, 1)
    assert (await met.says(third, _2=9)).concerns == ()


async def test_low_marks_with_a_better_one_between_are_no_signal(met: Met) -> None:
    marks = []
    for mark in (2, 8, 2):
        met.work = later(met.work, 1)
        marks.append((await met.says(await met.meeting(), _2=mark)).concerns)
    assert marks == [(), (), ()]


async def test_words_for_the_curator_reach_no_message(met: Met) -> None:
    meeting = await met.meeting()
    await met.says(meeting, _4="say", _5="Секрет")
    await feedback.invite_due(met.work)
    bodies = (await met.work.session.scalars(select(OutboxRow.body))).all()
    assert bodies
    assert all("Секрет" not in str(body) for body in bodies)


async def test_the_last_meeting_is_spoken_of_for_two_weeks_after_the_pair_is_over(met: Met) -> None:
    for one in met.pair.members:
        one.joined_at = met.work.now - timedelta(days=30)
    held = await met.meeting()
    await pairs.close(met.work, met.pair.id, PairStatus.COMPLETED, "Цель достигнута")
    assert await feedback.invite_due(later(met.work, 1)) == 2

    asked = await feedback.poll(later(met.work, 13), met.mentee.id, held)
    assert asked["partner"] == "Олег Г."
    late = Met(later(met.work, 13), met.mentor, met.mentee, met.pair)
    assert (await late.says(held)).first
    with pytest.raises(Refusal):
        await feedback.poll(later(met.work, 15), met.mentor.id, held)


async def test_a_school_can_do_without_the_polls_after_meetings(met: Met) -> None:
    meeting = await met.meeting(MeetingKind.M1)
    met.work.school.settings = {**met.work.school.settings, "polls": {"start": False}}
    assert (await feedback.poll(met.work, met.mentee.id, meeting))["start"] is False
    met.work.school.settings = {**met.work.school.settings, "polls": {"meeting": False}}
    assert await feedback.invite_due(met.work) == 0


@pytest.mark.parametrize(("first", "known"), [("bad", {"FB_M.3": "bad"}), ("", {}), ("stop", {}), ("x", {})])
async def test_what_the_invitations_button_says_is_taken_where_it_fits(
    met: Met, first: str, known: dict[str, str]
) -> None:
    meeting = await met.meeting()
    assert (await feedback.poll(met.work, met.mentee.id, meeting, first))["known"] == known
