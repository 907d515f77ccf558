"""The lights of the pairs over days: found once, closed by themselves or by the curator, told to nobody."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions import early_warning, letters, meeting_outcomes, meetings, pair_life, questionnaires
from actions.care import ask_for_help
from actions.work import Work
from program.early_warning import WHO, Light, Sign
from program.errors import Refusal
from program.pair_life import STAFF_PAUSES
from program.roles import StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, RequestState
from storage import worries as rows
from storage.tables import Answer, Meeting, Pair, PairMember, PairWorry, Person
from tests.meetups import later
from tests.pairs import Couple, couple, first_text, group, member, told

CURATOR = StaffRole.CURATOR


def day_of(work: Work, days: int) -> Work:
    return later(work, timedelta(days=days))


async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school, starts_on=work.today, announced_at=work.now)


async def met(work: Work, made: Couple, status: MeetingStatus = MeetingStatus.HELD) -> Meeting:
    row = Meeting(
        school_id=work.school.id, pair_id=made.pair, kind=MeetingKind.M4, status=status, proposed_by=made.mentor,
        starts_at=work.now, minutes=45, format=MeetingFormat.OFFLINE, uid=uuid4().hex, created_at=work.now,
        closed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    return row


async def found(work: Work) -> dict[str, PairWorry]:
    return {one.sign: one for one in await rows.open_ones(work.session, work.school.id)}


async def test_a_pair_that_stops_meeting_turns_amber_then_red_and_green_again_when_it_meets(
    work: Work,
) -> None:
    made = await pair(work)
    await met(work, made)
    assert await early_warning.follow(day_of(work, 20)) == 0
    assert await early_warning.follow(day_of(work, 21)) == 1
    assert await early_warning.lights(work, CURATOR) == {made.pair: Light.AMBER}
    assert await early_warning.follow(day_of(work, 21)) == 0
    await early_warning.follow(day_of(work, 30))
    assert await early_warning.lights(work, CURATOR) == {made.pair: Light.RED}
    await met(day_of(work, 31), made)
    await early_warning.follow(day_of(work, 31))
    assert await early_warning.lights(work, CURATOR) == {}
    (last, *_) = await rows.of_pair(work.session, work.school.id, made.pair)
    assert (last.state, last.action) == (RequestState.CLOSED, early_warning.PASSED)


async def test_what_the_curator_closed_is_not_told_again_and_a_new_occurrence_is(work: Work) -> None:
    made = await pair(work)
    for _ in range(2):
        await met(work, made, MeetingStatus.MISSED)
    await early_warning.follow(day_of(work, 1))
    row = (await found(work))[Sign.LOST]
    with pytest.raises(Refusal, match="early-say-what"):
        await early_warning.close(work, row.id, "  ")
    await early_warning.close(work, row.id, "Договорились о вторнике")
    assert await early_warning.follow(day_of(work, 2)) == 0
    await met(day_of(work, 3), made, MeetingStatus.MISSED)
    assert await early_warning.follow(day_of(work, 3)) == 1


async def test_what_goes_on_stays_with_whoever_took_it(work: Work) -> None:
    made = await pair(work)
    for _ in range(2):
        await met(work, made, MeetingStatus.MISSED)
    await early_warning.follow(day_of(work, 1))
    row = (await found(work))[Sign.LOST]
    await early_warning.take(work, row.id)
    await met(day_of(work, 3), made, MeetingStatus.MISSED)
    assert await early_warning.follow(day_of(work, 3)) == 0
    same = (await found(work))[Sign.LOST]
    assert (same.id, same.state, same.args) == (row.id, RequestState.IN_WORK, {"count": 3})


async def test_a_bad_day_is_heard_from_the_poll_and_an_old_pause_is_not_held_against_the_pair(
    work: Work,
) -> None:
    made = await pair(work)
    meeting = await met(work, made)
    mentee = await work.session.get_one(Person, made.mentee)
    number = (await questionnaires.current(work, "FB_M")).version
    said = {"FB_M.2": 8, "FB_M.3": "bad"}
    await questionnaires.keep(work, mentee, "FB_M", number, said, f"meeting:{meeting.id}")
    await early_warning.follow(day_of(work, 1))
    assert set(await found(work)) == {Sign.BAD_MOOD}
    await pair_life.pause(day_of(work, 2), made.pair, STAFF_PAUSES[0])
    await early_warning.follow(day_of(work, 40))
    assert await found(work) == {}
    await pair_life.resume(day_of(work, 40), made.pair)
    await early_warning.follow(day_of(work, 45))
    assert Sign.NO_MEETING not in await found(work)
    await early_warning.follow(day_of(work, 61))
    assert Sign.NO_MEETING in await found(work)


async def test_that_a_child_asked_for_help_is_read_by_those_who_help_only(work: Work) -> None:
    made = await pair(work)
    await ask_for_help(work, made.mentee, "", urgent=True)
    await early_warning.follow(work)
    for role, shade in (
        (CURATOR, Light.RED),
        (StaffRole.PSYCHOLOGIST, Light.RED),
        (StaffRole.DIRECTOR, None),
    ):
        assert (await early_warning.lights(work, role)).get(made.pair) == shade
    assert not [row for row in await told(work.session) if "worry" in row.key or "early" in row.key]


async def test_pairs_on_a_pause_and_pairs_that_are_over_are_left_in_peace(work: Work) -> None:
    made = await pair(work)
    (await work.session.get_one(Pair, made.pair)).status = PairStatus.COMPLETED
    await early_warning.follow(day_of(work, 60))
    assert list(await work.session.scalars(select(PairWorry))) == []


async def test_the_working_day_by_which_to_act_skips_the_weekend(work: Work) -> None:
    made = await pair(work)
    friday = day_of(work, (4 - work.today.weekday()) % 7)
    await ask_for_help(friday, made.mentee, "", urgent=True)
    await early_warning.follow(friday)
    row = (await found(work))[Sign.HELP]
    assert early_warning.until(work, row) == friday.today
    row.sign = Sign.BAD_MOOD
    assert early_warning.until(work, row) == friday.today + timedelta(days=4)


async def test_the_curators_letter_goes_once_and_only_to_somebody_of_the_school(work: Work) -> None:
    made = await pair(work)
    assert await letters.write_to(work, made.mentor, "Когда удобно поговорить?")
    assert not await letters.write_to(work, made.mentor, "Когда удобно поговорить?")
    (row,) = await told(work.session, "letter:")
    assert first_text(row) == "letter-from-curator"
    with pytest.raises(Refusal, match="early-empty"):
        await letters.write_to(work, made.mentor, " ")
    with pytest.raises(Refusal, match="early-unsent"):
        await letters.write_to(work, 10**6, "Здравствуйте!")


async def test_what_one_child_of_a_group_said_is_not_taken_for_anothers_and_all_that_passed_is_closed(
    work: Work,
) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева")
    first, second = [await member(work.session, work.school, name) for name in ("Аня", "Катя")]
    made = await group(
        work.session, [mentor], [first, second], is_group=True, starts_on=work.today, announced_at=work.now
    )
    number = (await questionnaires.current(work, "PULSE")).version

    async def says(person: Person, days: int, **answers: object) -> None:
        given = {"PULSE.1": 9, "PULSE.2": 9} | {f"PULSE.{name[1:]}": value for name, value in answers.items()}
        about, on = f"pair:{made.id}", day_of(work, days)
        await questionnaires.keep(on, person, "PULSE", number, given, about, f"p{days}")  # type: ignore[arg-type]

    await says(first, 1, _3="talk")
    row = (await found(work))[Sign.TALK]
    await early_warning.take(work.by("user:1"), row.id)
    spoken = await work.session.scalar(select(Answer).where(Answer.question == "PULSE.3"))
    assert spoken is not None
    spoken.choices = ["no"]  # both at one look
    await says(second, 2, _3="talk")
    hers = (await found(work))[Sign.TALK]
    assert (hers.args, hers.state) == ({WHO: second.id}, RequestState.NEW)
    await says(first, 3, _3="talk")
    waiting = await rows.open_ones(work.session, work.school.id)
    assert [one.sign for one in waiting] == [Sign.TALK, Sign.TALK]
    for answer in await work.session.scalars(select(Answer).where(Answer.question == "PULSE.3")):
        answer.choices = ["no"]
    await early_warning.look_at(day_of(work, 4), made.id)
    assert await found(work) == {}


async def _agreed_long_ago(work: Work, made: Couple) -> Meeting:
    """One of a series that was agreed in September, two months ahead."""
    mentor, mentee = [await work.session.get_one(Person, one) for one in (made.mentor, made.mentee)]
    offer = await meetings.propose(
        work, mentor, made.pair, [work.now + timedelta(days=71)], MeetingFormat.OFFLINE, "библиотека"
    )
    return await meetings.accept(work, mentee, offer.id, 0)


async def test_the_offer_of_a_moved_meeting_waits_since_it_was_moved(work: Work) -> None:
    made = await pair(work)
    meeting = await _agreed_long_ago(work, made)
    mentor = await work.session.get_one(Person, made.mentor)
    await meetings.move(day_of(work, 60), mentor, meeting.id, [work.now + timedelta(days=80)])
    await met(day_of(work, 59), made)
    assert await early_warning.follow(day_of(work, 60)) == 0
    await early_warning.follow(day_of(work, 65))
    assert (await found(work))[Sign.NO_ANSWER].args == {"days": 5}


async def test_a_later_silence_about_the_same_meeting_is_told_though_the_first_was_closed(work: Work) -> None:
    made = await pair(work)
    meeting = await _agreed_long_ago(work, made)
    mentor, mentee = [await work.session.get_one(Person, one) for one in (made.mentor, made.mentee)]
    await meetings.move(day_of(work, 50), mentor, meeting.id, [work.now + timedelta(days=80)])
    await met(day_of(work, 49), made)
    await early_warning.follow(day_of(work, 56))
    await early_warning.close(work, (await found(work))[Sign.NO_ANSWER].id, "Поговорили")
    await meetings.accept(day_of(work, 57), mentee, meeting.id, 0)
    await meetings.move(day_of(work, 60), mentor, meeting.id, [work.now + timedelta(days=81)])
    await met(day_of(work, 59), made)
    assert await early_warning.follow(day_of(work, 61)) == 0
    assert await early_warning.follow(day_of(work, 66)) == 1
    assert (await found(work))[Sign.NO_ANSWER].args == {"days": 6}


async def test_three_moves_in_a_month_are_amber_whether_said_before_or_after_and_offered_again_or_not(
    work: Work,
) -> None:
    made = await pair(work)
    meeting = await _agreed_long_ago(work, made)
    mentor, mentee = [await work.session.get_one(Person, one) for one in (made.mentor, made.mentee)]
    await met(day_of(work, 59), made)
    for days in (60, 63):
        await meetings.move(day_of(work, days), mentor, meeting.id, [work.now + timedelta(days=days + 5)])
        await meetings.accept(day_of(work, days), mentee, meeting.id, 0)
    assert await early_warning.follow(day_of(work, 64)) == 0
    await meeting_outcomes.outcome(day_of(work, 69), mentor, meeting.id, MeetingStatus.MOVED)
    slots = [work.now + timedelta(days=72)]
    await meetings.propose(day_of(work, 69), mentor, made.pair, slots, MeetingFormat.OFFLINE, "библиотека")
    await early_warning.follow(day_of(work, 69))
    assert (await found(work))[Sign.CALLED_OFF].args == {"count": 3}


async def test_ten_against_five_month_after_month_is_read_by_the_curator_and_not_by_the_director(
    work: Work,
) -> None:
    made = await pair(work)
    mentor, mentee = [await work.session.get_one(Person, one) for one in (made.mentor, made.mentee)]
    number = (await questionnaires.current(work, "PULSE")).version
    for days in (30, 60):
        await met(day_of(work, days), made)
        for person, mark in ((mentor, 10), (mentee, 5)):
            given, about = {"PULSE.1": mark, "PULSE.2": 8, "PULSE.3": "no"}, f"pair:{made.pair}"
            await questionnaires.keep(
                day_of(work, days),
                person,
                "PULSE",
                number,
                given,
                about,
                f"p{days}",  # type: ignore[arg-type]
            )
    await early_warning.follow(day_of(work, 61))
    (row,) = (await found(work)).values()
    assert (row.sign, row.args) == (Sign.APART, {"gap": 5})
    assert early_warning.readable([row], StaffRole.PSYCHOLOGIST) == [row]
    assert early_warning.readable([row], StaffRole.DIRECTOR) == []


async def _said_bad(work: Work, made: Couple) -> None:
    """Kept past the verb that looks at the pair at once, as an import might."""
    meeting, mentee = await met(work, made), await work.session.get_one(Person, made.mentee)
    number = (await questionnaires.current(work, "FB_M")).version
    said = {"FB_M.2": 8, "FB_M.3": "bad"}
    await questionnaires.put(work, mentee, "FB_M", number, said, f"meeting:{meeting.id}", consented=True)


async def test_an_answer_that_nobody_looked_at_is_heard_at_the_next_beat_and_within_a_week_at_the_latest(
    work: Work,
) -> None:
    made = await pair(work)
    await _said_bad(work, made)
    await early_warning.follow(day_of(work, 1))
    assert set(await found(work)) == {Sign.BAD_MOOD}
    later_made = await pair(work)
    await _said_bad(work, later_made)
    found_on = [day for day in range(4, 12) if await early_warning.follow(day_of(work, day))]
    assert len(found_on) == 1
    assert {one.pair_id for one in await rows.open_ones(work.session, work.school.id)} == {
        made.pair,
        later_made.pair,
    }


async def test_what_somebody_said_passes_on_the_day_on_which_they_leave_the_pair(work: Work) -> None:
    made = await pair(work)
    await _said_bad(work, made)
    await early_warning.follow(day_of(work, 1))
    mine = select(PairMember).where(PairMember.person_id == made.mentee)
    for one in await work.session.scalars(mine):
        one.left_at = work.now
    for day in range(5, 12):
        await early_warning.follow(day_of(work, day))
        assert Sign.BAD_MOOD not in await found(work), day


async def test_what_was_said_on_a_pause_is_heard_at_the_hour_at_which_the_pair_goes_on(work: Work) -> None:
    made = await pair(work)
    await pair_life.pause(work, made.pair, STAFF_PAUSES[0])
    await _said_bad(work, made)
    for day in range(5, 12):  # on one of these the pair would be heard in its turn
        on = day_of(work, day)
        await pair_life.resume(on, made.pair)
        await early_warning.follow(day_of(work, day))
        assert Sign.BAD_MOOD in await found(work), day
        await pair_life.pause(on, made.pair, STAFF_PAUSES[0])
        for row in await work.session.scalars(select(PairWorry)):
            await work.session.delete(row)
        await work.session.flush()
