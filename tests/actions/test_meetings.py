from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from actions import (
    calendars,
    feedback,
    meeting_outcomes,
    meeting_views,
    meetings,
    pair_life,
    pairs,
    reminders,
    sweeps,
)
from actions import places as places_of
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Category
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from program.text import Text
from storage import meetings as stored
from storage import people
from storage.tables import JournalEntry, Meeting, Pair, PairMember, Person
from tests.pairs import Couple, buttons, couple, first_text, group, member, told

TUESDAY = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)  # 12:00 at the school
WEDNESDAY = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)  # 15:30
THURSDAY = WEDNESDAY + timedelta(days=1)
OFFLINE = MeetingFormat.OFFLINE


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school)


def later(work: Work, moment: datetime) -> Work:
    return replace(work, now=moment)


async def person(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def proposed(work: Work, pair: Couple, *slots: datetime) -> Meeting:
    mentor = await person(work, pair.mentor)
    return await meetings.propose(
        work, mentor, pair.pair, slots or (WEDNESDAY, THURSDAY), OFFLINE, "Кабинет 214"
    )


async def agreed(work: Work, pair: Couple, *slots: datetime) -> Meeting:
    meeting = await proposed(work, pair, *slots)
    return await meetings.accept(work, await person(work, pair.mentee), meeting.id, 0)


async def refused(verb: object) -> str:
    with pytest.raises(Refusal) as refusal:
        await verb  # type: ignore[misc]
    return refusal.value.text.id


async def test_the_other_side_gets_each_start_as_a_button(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair)

    (row,) = await told(work.session)
    assert (row.person_id, first_text(row)) == (pair.mentee, "meeting-proposed")
    assert buttons(row) == [
        f"f:meeting-reply:{meeting.id}.0.0",
        f"f:meeting-reply:{meeting.id}.1.0",
        f"f:meeting-other:{meeting.id}",
    ]
    args = row.body["texts"][0]["args"]
    assert args["partner"] == "Мария Ивановна"
    assert "среда, 16 сентября, 15:30" in args["slots"]
    assert (meeting.status, meeting.kind, meeting.minutes) == (MeetingStatus.PROPOSED, MeetingKind.M1, 45)


async def test_accepting_fixes_the_time_and_tells_the_one_who_offered(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair)
    mentee = await person(work, pair.mentee)

    for _ in range(2):  # a double press
        meeting = await meetings.accept(work, mentee, meeting.id, 1, 0)

    assert (meeting.status, meeting.starts_at) == (MeetingStatus.CONFIRMED, THURSDAY)
    (row,) = await told(work.session, "meeting-agreed:")
    assert row.person_id == pair.mentor
    assert buttons(row) == ["page:calendar", f"f:meeting-cancel:{meeting.id}"]
    actions = (await work.session.scalars(select(JournalEntry.action).order_by(JournalEntry.number))).all()
    assert actions == ["meeting.proposed", "meeting.confirmed"]


async def test_a_start_that_does_not_stand_is_refused_with_what_to_do(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair)
    mentor, mentee = await person(work, pair.mentor), await person(work, pair.mentee)
    late = later(work, WEDNESDAY)

    assert await refused(meetings.accept(late, mentee, meeting.id, 0)) == "meeting-slot-past"
    assert await refused(meetings.accept(work, mentee, meeting.id, 7)) == "meeting-slot-stale"
    assert await refused(meetings.accept(work, mentee, meeting.id, 0, 5)) == "meeting-slot-stale"
    assert await refused(meetings.accept(work, mentor, meeting.id, 0)) == "meeting-own-slot"
    assert await refused(meetings.accept(work, mentee, 999, 0)) == "meeting-not-yours"
    await meetings.accept(work, mentee, meeting.id, 0)
    assert await refused(meetings.accept(work, mentee, meeting.id, 1)) == "meeting-agreed-already"


async def test_a_stranger_does_nothing_to_a_meeting(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair)
    stranger = await member(work.session, work.school, "Олег", "Сомов")

    assert (
        await refused(meetings.propose(work, stranger, pair.pair, [THURSDAY], OFFLINE)) == "meeting-not-yours"
    )
    assert await refused(meetings.accept(work, stranger, meeting.id, 0)) == "meeting-not-yours"
    assert await refused(meetings.move(work, stranger, meeting.id, [THURSDAY])) == "meeting-not-yours"
    assert await refused(meetings.cancel(work, stranger, meeting.id)) == "meeting-not-yours"


async def test_a_pair_that_is_not_at_work_sets_no_meeting(work: Work) -> None:
    paused = await couple(work.session, work.school, status=PairStatus.PAUSED)
    assert await refused(proposed(work, paused)) == "meeting-pair-closed"


async def test_one_open_meeting_of_a_pair_at_a_time(work: Work, pair: Couple) -> None:
    await proposed(work, pair)
    mentee = await person(work, pair.mentee)
    second = meetings.propose(work, mentee, pair.pair, [THURSDAY], OFFLINE)
    assert await refused(second) == "meeting-open-already"
    assert await stored.count(work.session, work.school.id, MeetingStatus.PROPOSED) == 1


async def test_another_time_is_a_new_offer_of_the_same_meeting(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair)
    uid, mentee = meeting.uid, await person(work, pair.mentee)

    meeting = await meetings.move(work, mentee, meeting.id, [THURSDAY])

    assert (meeting.uid, meeting.sequence, meeting.proposed_by) == (uid, 1, pair.mentee)
    waiting = await told(work.session, "meeting-proposed:")
    assert [row.person_id for row in waiting] == [pair.mentor]  # the offer that fell away is not sent
    assert await refused(meetings.accept(work, await person(work, pair.mentor), meeting.id, 0, 0)) == (
        "meeting-slot-stale"  # the button of the first offer
    )
    meeting = await meetings.accept(work, await person(work, pair.mentor), meeting.id, 0, 1)
    assert meeting.starts_at == THURSDAY


async def test_a_moved_meeting_is_reminded_of_at_its_new_time_only(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair, WEDNESDAY + timedelta(days=2))
    day_before = later(work, WEDNESDAY + timedelta(days=1))
    await reminders.send_due(day_before)
    assert len(await told(work.session, "meeting-soon:")) == 2

    new = WEDNESDAY + timedelta(days=5)
    await meetings.move(day_before, await person(work, pair.mentor), meeting.id, [new])
    assert await told(work.session, "meeting-soon:") == []
    await meetings.accept(day_before, await person(work, pair.mentee), meeting.id, 0)
    await reminders.send_due(later(work, new - timedelta(hours=2)))

    rows = await told(work.session, "meeting-soon:")
    assert {row.key.split(":", 4)[4] for row in rows} == {new.isoformat()}
    assert len(rows) == 2


async def test_calling_off_tells_the_other_side_in_neutral_words(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    mentee = await person(work, pair.mentee)

    assert await meetings.cancel(work, mentee, meeting.id) is True
    assert await meetings.cancel(work, mentee, meeting.id) is False

    (row,) = await told(work.session, "meeting-cancelled:")
    assert (row.person_id, [text["id"] for text in row.body["texts"]]) == (pair.mentor, ["meeting-cancelled"])
    assert buttons(row) == [f"f:meeting:{pair.pair}"]
    assert await told(work.session, "meeting-agreed:") == []  # it had not been sent yet
    fresh = await proposed(work, pair)
    assert (fresh.id != meeting.id, fresh.kind) == (True, MeetingKind.M1)


async def test_a_group_meets_when_a_mentor_says(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupils = [await member(work.session, work.school, name, "Котова") for name in ("Аня", "Оля")]
    pair = await group(work.session, [mentor], pupils, is_group=True, title="Юные физики")

    by_pupil = meetings.propose(work, pupils[0], pair.id, [WEDNESDAY], OFFLINE)
    assert await refused(by_pupil) == "meeting-group-by-mentor"
    meeting = await meetings.propose(work, mentor, pair.id, [WEDNESDAY], OFFLINE, "Кабинет 214")
    assert meeting.status == MeetingStatus.CONFIRMED
    assert [row.person_id for row in await told(work.session, "meeting-agreed:")] == [p.id for p in pupils]

    await meetings.cancel(work, pupils[0], meeting.id)
    assert meeting.status == MeetingStatus.CONFIRMED
    assert [row.person_id for row in await told(work.session, "meeting-absent:")] == [mentor.id]
    await reminders.send_due(later(work, WEDNESDAY - timedelta(hours=2)))
    reminded = {row.person_id for row in await told(work.session, "meeting-soon:")}
    assert reminded == {mentor.id, pupils[1].id}
    await reminders.ask_outcomes(later(work, WEDNESDAY + timedelta(hours=2)))
    assert [row.person_id for row in await told(work.session, "meeting-outcome:")] == [mentor.id]


async def test_an_offer_without_an_answer_lapses_and_its_maker_is_told(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair, WEDNESDAY)
    await meetings.lapse(later(work, WEDNESDAY - timedelta(minutes=1)))
    assert meeting.status == MeetingStatus.PROPOSED

    for _ in range(2):
        await meetings.lapse(later(work, WEDNESDAY + timedelta(minutes=1)))

    assert meeting.status == MeetingStatus.CANCELLED
    (row,) = await told(work.session, "meeting-lapsed:")
    assert row.person_id == pair.mentor


async def test_the_first_answer_decides_and_the_second_sees_it(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    mentor, mentee = await person(work, pair.mentor), await person(work, pair.mentee)
    early = meeting_outcomes.outcome(work, mentor, meeting.id, MeetingStatus.HELD)
    assert await refused(early) == "meeting-not-yet"
    after = later(work, WEDNESDAY + timedelta(hours=2))
    await reminders.ask_outcomes(after)

    first = await meeting_outcomes.outcome(after, mentee, meeting.id, MeetingStatus.HELD)
    second = await meeting_outcomes.outcome(after, mentor, meeting.id, MeetingStatus.MISSED)

    assert first == (MeetingStatus.HELD, True, pair.pair)
    assert second == (MeetingStatus.HELD, False, pair.pair)
    assert (meeting.closed_at, meeting.closed_by) == (after.now, pair.mentee)
    assert await told(work.session, "meeting-outcome:") == []  # nobody is asked what is known
    assert await feedback.invite_due(after) == 1  # the mentee was asked at once, in the conversation
    assert (await proposed(after, pair, THURSDAY)).kind == MeetingKind.M2


async def test_a_meeting_put_off_keeps_its_row(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    uid, after = meeting.uid, later(work, WEDNESDAY + timedelta(hours=2))
    await meeting_outcomes.outcome(after, await person(work, pair.mentor), meeting.id, MeetingStatus.MOVED)
    again = await proposed(after, pair, THURSDAY)
    assert (again.id, again.uid, again.status) == (meeting.id, uid, MeetingStatus.PROPOSED)
    assert (again.sequence, again.closed_at) == (2, None)


async def test_what_was_held_may_be_said_after_the_pair_has_ended(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    ended = await work.session.get(Pair, pair.pair)
    assert ended is not None
    ended.status = PairStatus.COMPLETED
    after = later(work, WEDNESDAY + timedelta(hours=2))
    answer = await meeting_outcomes.outcome(
        after, await person(work, pair.mentor), meeting.id, MeetingStatus.HELD
    )
    assert answer[1] is True


async def test_the_mentor_of_a_group_that_is_over_says_what_was_held_and_who_came(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupils = [await member(work.session, work.school, name) for name in ("Аня", "Оля")]
    circle = await group(work.session, [mentor], pupils, is_group=True, title="Юные физики")
    meeting = await meetings.propose(work, mentor, circle.id, [WEDNESDAY], MeetingFormat.OFFLINE)
    after = later(work, WEDNESDAY + timedelta(hours=2))
    pair, places = await places_of.hold(after, circle.id)
    await pair_life.end(after, pair, places, PairStatus.COMPLETED, by="curator")

    known = await meeting_views.ended(after, mentor.id, meeting.id)
    assert (known["group"], known["open"], known["leads"], len(known["people"])) == (True, True, True, 2)
    with pytest.raises(Refusal, match="meeting-group-by-mentor"):
        await meeting_views.ended(after, pupils[0].id, meeting.id)
    came = await meeting_outcomes.outcome(after, mentor, meeting.id, MeetingStatus.HELD, {pupils[0].id})
    assert came[:2] == (MeetingStatus.HELD, True)
    everybody = [mentor.id, *(one.id for one in pupils)]
    assert all((await meeting_outcomes.attendance(after, meeting.id, everybody, by=mentor)).values())
    too_late = later(work, WEDNESDAY + timedelta(days=20))
    with pytest.raises(Refusal, match="meeting-not-yours"):
        await meeting_outcomes.attendance(too_late, meeting.id, everybody, by=mentor)


@pytest.mark.parametrize("is_group", [True, False])
async def test_who_has_left_speaks_of_their_own_meetings_and_of_no_later_ones(
    work: Work, is_group: bool
) -> None:
    first = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    second = await member(work.session, work.school, "Олег", "Сомов", category=Category.TEACHER)
    child = await member(work.session, work.school)
    circle = await group(work.session, [first, second], [child], is_group=is_group)
    early = await _held_before(work, circle, WEDNESDAY)
    late = await _held_before(work, circle, THURSDAY)
    between = WEDNESDAY + timedelta(hours=12)
    left = update(PairMember).where(PairMember.person_id == first.id).values(left_at=between)
    await work.session.execute(left)
    after = later(work, THURSDAY + timedelta(hours=3))
    assert (await meeting_outcomes.outcome(after, first, early.id, MeetingStatus.HELD))[1]
    with pytest.raises(Refusal, match="meeting-not-yours"):
        await meeting_outcomes.outcome(after, first, late.id, MeetingStatus.HELD)
    assert (await meeting_outcomes.outcome(after, second, late.id, MeetingStatus.HELD))[1]


async def _held_before(work: Work, pair: Pair, at: datetime) -> Meeting:
    """Agreed, and nobody has said yet whether it was held."""
    meeting = Meeting(
        school_id=work.school.id, pair_id=pair.id, proposed_by=pair.members[0].person_id, kind=MeetingKind.M1,
        status=MeetingStatus.CONFIRMED, starts_at=at,
        minutes=45, uid=str(at), sequence=0, slots=[], repeat={}, series="", created_at=work.now,
        format=MeetingFormat.OFFLINE, place="", link="",
    )  # fmt: skip
    work.session.add(meeting)
    await work.session.flush()
    return meeting


@pytest.mark.parametrize("is_group", [True, False])
async def test_the_list_leads_to_what_is_still_to_be_said_of_a_pair_that_is_over(
    work: Work, is_group: bool
) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    child = await member(work.session, work.school)
    circle = await group(work.session, [mentor], [child], is_group=is_group)
    meeting = await _held_before(work, circle, WEDNESDAY)
    after = later(work, WEDNESDAY + timedelta(hours=2))
    pair, places = await places_of.hold(after, circle.id)
    await pair_life.end(after, pair, places, PairStatus.COMPLETED, by="curator")

    assert f"f:meeting-outcome:{meeting.id}.held" in str(await meeting_views.mine(after, mentor.id))
    shown = str(await meeting_views.mine(after, child.id))
    assert ("meeting-outcome" in shown) is not is_group
    await meeting_outcomes.outcome(after, mentor, meeting.id, MeetingStatus.HELD)
    assert f"f:meeting-diary:{meeting.id}" in str(await meeting_views.mine(after, mentor.id))
    gone = later(work, WEDNESDAY + timedelta(days=20))
    assert "f:meeting-diary" not in str(await meeting_views.mine(gone, mentor.id))


async def test_the_calendar_is_read_back_with_uid_sequence_and_cancellation(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    mentee, mentor = await person(work, pair.mentee), await person(work, pair.mentor)

    (event,) = Calendar.from_ical(await calendars.feed(work, mentee)).events
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (meeting.uid, 0, "CONFIRMED")
    assert (event.start, event.end) == (WEDNESDAY, WEDNESDAY + timedelta(minutes=45))
    assert (str(event["summary"]), str(event["location"])) == ("Встреча с наставником", "Кабинет 214")

    await meetings.cancel(work, mentee, meeting.id)
    body = await calendars.feed(work, mentor)
    (event,) = Calendar.from_ical(body).events
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (meeting.uid, 1, "CANCELLED")
    assert "Котова" not in body.decode()
    assert "Аня" not in body.decode()


async def test_a_calendar_shows_its_own_person_only(work: Work, pair: Couple) -> None:
    await agreed(work, pair)
    other = await couple(work.session, work.school)
    assert Calendar.from_ical(await calendars.feed(work, await person(work, other.mentee))).events == []
    gone = await person(work, pair.mentee)
    gone.state = "frozen"
    assert Calendar.from_ical(await calendars.feed(work, gone)).events == []


async def test_cleaning_spares_what_is_worth_keeping(work: Work, pair: Couple) -> None:
    await agreed(work, pair)
    await sweeps.clean(later(work, TUESDAY + timedelta(days=40)))
    assert await person(work, pair.mentee)


# The end of a pair.


@pytest.mark.parametrize("status", [PairStatus.COMPLETED, PairStatus.STOPPED])
async def test_a_closed_pair_is_reminded_of_nothing_and_both_learn_that_the_meeting_is_off(
    work: Work, pair: Couple, status: PairStatus
) -> None:
    meeting = await agreed(work, pair)
    dawn = later(work, WEDNESDAY - timedelta(hours=10))  # the reminder waits for the morning
    await reminders.send_due(dawn)
    assert len(await told(work.session, "meeting-soon:")) == 2

    await pairs.close(dawn, pair.pair, status)

    assert (meeting.status, meeting.sequence, meeting.closed_at) == (MeetingStatus.CANCELLED, 1, dawn.now)
    assert await told(work.session, "meeting-") == []
    closed = await told(work.session, "pair-closed:")
    assert [row.key for row in closed] == [
        f"pair-closed:{pair.pair}:{one}" for one in (pair.mentor, pair.mentee)
    ]
    assert Message.from_json(closed[0].body).texts[0] == Text("pair-closed", {"partner": "Аня К."})
    assert buttons(closed[0]) == ["f:curator"]


async def test_an_offer_falls_away_with_its_pair(work: Work, pair: Couple) -> None:
    meeting = await proposed(work, pair)
    await pairs.close(work, pair.pair, PairStatus.STOPPED)
    assert meeting.status == MeetingStatus.CANCELLED
    assert await told(work.session, "meeting-proposed:") == []
    assert len(await told(work.session, "pair-closed:")) == 2


async def test_a_pair_with_nothing_ahead_is_closed_without_a_word(work: Work, pair: Couple) -> None:
    first = await agreed(work, pair)
    evening = later(work, WEDNESDAY + timedelta(hours=2))
    await reminders.ask_outcomes(evening)
    mentor = await person(work, pair.mentor)
    await meeting_outcomes.outcome(evening, mentor, first.id, MeetingStatus.HELD)
    await feedback.invite_due(evening)
    second = await agreed(evening, pair, THURSDAY)
    after = later(work, THURSDAY + timedelta(hours=2))
    await reminders.ask_outcomes(after)
    assert await told(work.session, "feedback:")
    assert await told(work.session, f"meeting-outcome:{second.id}:")

    await pairs.close(after, pair.pair, PairStatus.COMPLETED)

    for prefix in ("meeting-outcome:", "pair-closed:"):
        assert await told(work.session, prefix) == []
    assert await told(work.session, "feedback:"), "the last meeting may still be spoken of"
    assert (first.status, second.status) == (MeetingStatus.HELD, MeetingStatus.CONFIRMED)


async def _moves_on(work: Work, pair: Couple, meeting: Meeting, days: int) -> None:
    """The mentor moves it, the mentee agrees."""
    await meetings.move(work, await person(work, pair.mentor), meeting.id, [WEDNESDAY + timedelta(days=days)])
    await meetings.accept(work, await person(work, pair.mentee), meeting.id, 0)


async def test_each_move_of_an_agreed_meeting_is_kept_and_other_times_for_an_offer_are_none(
    work: Work, pair: Couple
) -> None:
    meeting = await proposed(work, pair, WEDNESDAY)
    await meetings.move(work, await person(work, pair.mentee), meeting.id, [THURSDAY])
    assert meeting.moves == []
    await meetings.accept(work, await person(work, pair.mentor), meeting.id, 0)
    await _moves_on(later(work, TUESDAY), pair, meeting, 2)
    after = later(work, WEDNESDAY + timedelta(days=2, hours=2))
    await meeting_outcomes.outcome(after, await person(work, pair.mentor), meeting.id, MeetingStatus.MOVED)
    assert meeting.moves == [TUESDAY.isoformat(), after.now.isoformat()]
    again = await proposed(after, pair, WEDNESDAY + timedelta(days=5))
    assert (again.id, again.moves) == (meeting.id, [TUESDAY.isoformat(), after.now.isoformat()])


async def test_an_offer_waits_since_it_was_made_and_an_own_second_one_since_the_first(
    work: Work, pair: Couple
) -> None:
    meeting = await agreed(work, pair, WEDNESDAY + timedelta(days=9))
    mentor, mentee = await person(work, pair.mentor), await person(work, pair.mentee)
    slots = [WEDNESDAY + timedelta(days=10)]
    days = [later(work, TUESDAY + timedelta(days=n)) for n in range(4)]
    await meetings.move(days[1], mentor, meeting.id, slots)
    assert meeting.offered_at == days[1].now
    await meetings.move(days[2], mentor, meeting.id, slots)
    assert meeting.offered_at == days[1].now
    await meetings.move(days[3], mentee, meeting.id, slots)
    assert meeting.offered_at == days[3].now


async def test_a_trial_meeting_put_off_comes_back_as_what_comes_next_once_one_was_held(
    work: Work, pair: Couple
) -> None:
    meeting = await agreed(work, pair)
    meeting.kind = MeetingKind.M2
    after = later(work, WEDNESDAY + timedelta(hours=2))
    await meeting_outcomes.outcome(after, await person(work, pair.mentor), meeting.id, MeetingStatus.MOVED)
    for n, kind in enumerate((MeetingKind.M1, MeetingKind.M2)):  # of a series
        one = await _held_before(
            work,
            await work.session.get_one(Pair, pair.pair, options=[selectinload(Pair.members)]),
            THURSDAY + timedelta(days=n),
        )
        one.kind, one.status = kind, MeetingStatus.HELD
    await work.session.flush()
    spring = later(work, WEDNESDAY + timedelta(days=150))
    known = await meeting_views.offer(spring, pair.mentor, pair.pair)
    again = await proposed(spring, pair, WEDNESDAY + timedelta(days=152))
    assert (known["kind"], again.kind, again.id) == ("m3", MeetingKind.M3, meeting.id)


async def test_what_the_two_chose_stays_when_it_is_put_off(work: Work, pair: Couple) -> None:
    mentor = await person(work, pair.mentor)
    meeting = await meetings.propose(work, mentor, pair.pair, [WEDNESDAY], OFFLINE, kind=MeetingKind.FLASH)
    await meetings.accept(work, await person(work, pair.mentee), meeting.id, 0)
    after = later(work, WEDNESDAY + timedelta(hours=2))
    await meeting_outcomes.outcome(after, mentor, meeting.id, MeetingStatus.MOVED)
    assert (await proposed(after, pair, THURSDAY)).kind == MeetingKind.FLASH
