"""One-off meetings: the last seat is given once, the queue moves up, nobody comes without a consent."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions import calendars, encounters, erasure, my_data
from actions import encounter_clock as clock
from actions import encounter_feedback as after
from actions import encounter_pool_views as pool_views
from actions import encounter_questions as pool
from actions import encounter_trials as trials
from actions import encounter_views as views
from actions.encounters import Draft
from actions.work import Work
from program.consents import ConsentEvent, ConsentKind
from program.encounters import Audience, EncounterState, QuestionKind, QuestionState, SeatState, Word
from program.errors import Refusal
from program.outgoing import Kind
from program.retention import Basis
from program.roles import Category, PersonState
from storage import encounters as rows
from storage.database import Database
from storage.tables import (
    Encounter,
    HelpRequest,
    Impression,
    OutboxRow,
    Participation,
    Person,
    PoolWord,
    Response,
    Seat,
)
from tests import build
from tests.actions.pool import agree
from tests.both import either as either
from tests.meetups import flash, later, mentor, pupil, pupils, speed, tomorrow
from tests.pairs import first_text, member, told

DAY = timedelta(days=1)


async def test_a_seat_is_taken_once_and_given_on_when_it_is_free(work: Work) -> None:
    host = await mentor(work)
    one, two = await pupils(work, 2)
    meeting = await flash(work, host, seats=1)
    assert await encounters.sign_up(work, one, meeting.id) is SeatState.SEATED
    assert await encounters.sign_up(work, one, meeting.id) is SeatState.SEATED
    assert await encounters.sign_up(work, two, meeting.id) is SeatState.WAITING

    assert await encounters.leave(work, one, meeting.id) is True
    assert await encounters.leave(work, one, meeting.id) is False

    (row,) = await told(work.session, "encounter-seat:")
    assert (row.person_id, first_text(row)) == (two.id, "encounters-seat-came")
    assert await encounters.sign_up(work, one, meeting.id) is SeatState.WAITING


async def test_seats_are_never_overbooked_when_everybody_presses_at_once(either: Database) -> None:
    async with either.transaction() as session:
        school = build.school()
        session.add(school)
        await session.flush()
        work = Work(session, school, build.NOW)
        everybody = await pupils(work, 12)
        meeting = await flash(work, await mentor(work), seats=5)

    async def press(person: Person) -> SeatState:
        async with either.transaction() as session:
            mine = Work(session, await session.merge(school, load=False), build.NOW)
            return await encounters.sign_up(mine, await session.merge(person, load=False), meeting.id)

    said = await asyncio.gather(*(press(person) for person in everybody))
    assert said.count(SeatState.SEATED) == 5
    async with either.reading() as session:
        statement = select(func.count(Seat.id)).where(Seat.state == SeatState.SEATED)
        assert await session.scalar(statement) == 5


async def test_who_may_not_come_is_told_why(work: Work) -> None:
    meeting = await flash(work, await mentor(work), audience=Audience((Category.PUPIL,), ("9А",)))
    closed = await flash(work, await mentor(work, "Ирина", "Лугова"))
    stranger = build.person(work.school, "Костя", "Рыжов")
    work.session.add(stranger)
    await work.session.flush()
    visitor = await pupil(work, "Саша", "Зимин", state=PersonState.VISITOR)
    outsider = await member(work.session, work.school, "Пётр", "Смолин", category=Category.EMPLOYER)
    cases = (
        (stranger, closed.id, "encounters-no-consent"),
        (visitor, closed.id, "encounters-not-in-programme"),
        (outsider, closed.id, "encounters-not-admitted"),
        (await pupil(work), meeting.id, "encounters-for-others"),
        (await pupil(work), 10_000, "encounters-unknown"),
    )
    for person, key, why in cases:
        with pytest.raises(Refusal) as refusal:
            await encounters.sign_up(work, person, key)
        assert refusal.value.text.id == why
    assert await encounters.sign_up(work, await pupil(work, class_name="9А"), meeting.id) is SeatState.SEATED


async def test_an_offer_waits_for_the_curator_and_its_author_hears_the_answer(work: Work) -> None:
    host, guest = await mentor(work), await pupil(work)
    offered = await encounters.offer(work, host, Draft("Шахматы за час", tomorrow(work)))
    with pytest.raises(Refusal):
        await encounters.sign_up(work, guest, offered.id)
    assert [one.code for one in await rows.waiting(work.session, work.school.id, work.now)] == [
        "encounter-offers"
    ]

    await encounters.decide(work, offered.id, yes=True)

    assert await encounters.sign_up(work, guest, offered.id) is SeatState.SEATED
    assert [first_text(row) for row in await told(work.session, person=host.id)] == ["encounters-offer-open"]


async def test_everybody_it_is_meant_for_hears_of_it_once(work: Work) -> None:
    host, guest = await mentor(work), await pupil(work, looks=True)
    adult = await mentor(work, "Ирина", "Лугова")
    meeting = await flash(work, host, audience=Audience(("pupil",)))
    assert await encounters.invite(work, meeting.id) == 1
    assert await encounters.invite(work, meeting.id) == 0
    assert [row.person_id for row in await told(work.session, "encounter-invite:")] == [guest.id]
    assert await told(work.session, person=adult.id) == []


async def test_a_pupil_offers_a_topic_to_adults_only_and_an_outsider_none(work: Work) -> None:
    child = await pupil(work)
    offered = await encounters.offer(work, child, Draft("Монтаж видео", tomorrow(work)))
    assert offered.reverse
    await encounters.decide(work, offered.id, yes=True)
    with pytest.raises(Refusal, match="encounters-for-others"):
        await encounters.sign_up(work, await pupil(work, "Юля", "Зорина"), offered.id)
    assert await encounters.sign_up(work, await mentor(work), offered.id) is SeatState.SEATED
    parent = await member(work.session, work.school, "Вера", "Рыжова", category=Category.PARENT)
    with pytest.raises(Refusal, match="encounters-not-admitted"):
        await encounters.offer(work, parent, Draft("Беседа", tomorrow(work)))


async def test_a_meeting_called_off_tells_everybody_but_who_did_it_in_neutral_words(work: Work) -> None:
    host = await mentor(work)
    one, two = await pupils(work, 2)
    meeting = await flash(work, host, seats=1)
    await encounters.sign_up(work, one, meeting.id)
    await encounters.sign_up(work, two, meeting.id)

    assert await encounters.leave(work, host, meeting.id) is True

    off = await told(work.session, "encounter-off:")
    assert sorted(row.person_id or 0 for row in off) == [one.id, two.id]
    assert {first_text(row) for row in off} == {"encounters-called-off"}
    with pytest.raises(Refusal, match="encounters-closed"):
        await encounters.sign_up(work, one, meeting.id)


async def test_everybody_is_reminded_a_day_and_two_hours_ahead_once(work: Work) -> None:
    host, guest = await mentor(work), await pupil(work)
    meeting = await flash(work, host, starts_at=work.now + 2 * DAY)
    await encounters.sign_up(work, guest, meeting.id)
    for hours in (1, 24, 25, 46, 47):
        await clock.remind(later(work, timedelta(hours=hours)))
    found = await told(work.session, "encounter-soon:")
    assert sorted((row.person_id, row.key.split(":")[3]) for row in found) == sorted(
        (person.id, name) for person in (host, guest) for name in ("24", "2")
    )


async def test_who_takes_the_consent_back_loses_the_seat_and_the_next_one_gets_it(work: Work) -> None:
    one, two = await pupils(work, 2)
    meeting = await flash(work, await mentor(work), seats=1)
    await encounters.sign_up(work, one, meeting.id)
    await encounters.sign_up(work, two, meeting.id)
    await agree(work, one, ConsentKind.PARTICIPATION, event=ConsentEvent.WITHDRAWN)

    soon = later(work, timedelta(hours=1))
    assert await clock.follow(soon) == 1
    assert await clock.follow(soon) == 0

    states = {seat.person_id: seat.state for seat in (await encounters.held(work, meeting.id)).taken}
    assert states == {one.id: SeatState.LEFT, two.id: SeatState.SEATED}


async def test_a_question_is_taken_by_one_of_those_who_press_at_once(either: Database) -> None:
    async with either.transaction() as session:
        school = build.school()
        session.add(school)
        await session.flush()
        work = Work(session, school, build.NOW)
        helpers = [await mentor(work, "Мария", f"Лебедева{n}") for n in range(4)]
        for helper in helpers:
            await pool.subscribe(work, helper.id, ["career"])
        child = await pupil(work)
        asked, told_to = await pool.ask(work, child.id, QuestionKind.QUESTION, "career", "Кем мне стать?")
        assert asked is not None
        assert told_to == 4

    async def press(person: Person) -> bool:
        try:
            async with either.transaction() as session:
                mine = Work(session, await session.merge(school, load=False), build.NOW)
                await pool.take(mine, person.id, asked.id)
        except Refusal:
            return False
        return True

    assert sorted(await asyncio.gather(*(press(one) for one in helpers))) == [False, False, False, True]


async def test_questions_of_who_left_are_closed_and_what_they_took_goes_back(work: Work) -> None:
    child, other = await pupil(work), await pupil(work, "Юля", "Зорина")
    helper = await mentor(work)
    await pool.subscribe(work, helper.id, ["career"])
    await pool.ask(work, child.id, QuestionKind.QUESTION, "career", "Кем мне стать?")
    asked, _ = await pool.ask(work, other.id, QuestionKind.QUESTION, "career", "Кем мне стать?")
    assert asked is not None
    await pool.take(work, helper.id, asked.id)
    for person in (child, helper):
        await agree(work, person, ConsentKind.PARTICIPATION, event=ConsentEvent.WITHDRAWN)
    assert await clock.follow(later(work, timedelta(hours=1))) == 2
    found = await rows.questions(work.session, work.school.id, None)
    assert {one.asker_id: one.state for one in found} == {
        child.id: QuestionState.CLOSED,
        other.id: QuestionState.OPEN,
    }


async def test_a_request_whose_meeting_is_off_waits_for_somebody_again(work: Work) -> None:
    child, helper = await pupil(work), await mentor(work)
    asked, _ = await pool.ask(work, child.id, QuestionKind.REQUEST, "study", "Помогите с дробями")
    assert asked is not None
    for who, then in ((helper, QuestionState.OPEN), (child, QuestionState.CLOSED)):
        made = await pool.meet(work, asked.id, helper.id, tomorrow(work))
        await encounters.leave(work, who, made.id)
        found = await rows.question(work.session, work.school.id, asked.id)
        assert found is not None
        assert found.state == then
        waiting = [one.code for one in await rows.waiting(work.session, work.school.id, work.now)]
        assert ("pool-questions" in waiting) is (then is QuestionState.OPEN)


async def test_a_mentor_whose_admission_is_taken_back_neither_leads_nor_reads_on(work: Work) -> None:
    child, helper = await pupil(work), await mentor(work)
    meeting = await flash(work, helper)
    await encounters.sign_up(work, child, meeting.id)
    await pool.subscribe(work, helper.id, ["career"])
    asked, _ = await pool.ask(work, child.id, QuestionKind.QUESTION, "career", "Кем мне стать?")
    assert asked is not None
    await pool.take(work, helper.id, asked.id)
    place = await work.session.scalar(select(Participation).where(Participation.person_id == helper.id))
    assert place is not None
    place.admitted = False
    await work.session.flush()
    with pytest.raises(Refusal, match="encounters-not-for-you"):
        await pool.say_more(work, helper.id, asked.id, "Приходи, поговорим о профессиях")
    with pytest.raises(Refusal, match="encounters-not-for-you"):
        await pool_views.mine(work, helper.id, asked.id)
    assert await pool_views.all_mine(work, helper.id) == []
    await clock.follow(work)
    assert (await encounters.held(work, meeting.id)).state == EncounterState.CANCELLED
    assert [row.person_id for row in await told(work.session, "encounter-off:")] == [child.id]
    (back,) = await rows.questions(work.session, work.school.id, None)
    assert (back.state, back.taken_by) == (QuestionState.OPEN, None)


async def test_a_stranger_learns_neither_where_nor_when_children_meet(work: Work) -> None:
    meeting = await flash(work, await mentor(work))
    stranger = build.person(work.school, "Костя", "Рыжов", state=PersonState.VISITOR)
    work.session.add(stranger)
    await work.session.flush()
    with pytest.raises(Refusal, match="encounters-not-in-programme"):
        await views.card(work, stranger.id, meeting.id)


async def test_a_teacher_asks_pupils_who_chose_to_answer(work: Work) -> None:
    teacher, child, mute = await mentor(work), await pupil(work), await pupil(work, "Юля", "Зорина")
    await pool.subscribe(work, child.id, ["digital"])
    asked, told_to = await pool.ask(
        work, teacher.id, QuestionKind.QUESTION, "digital", "Как смонтировать короткое видео?"
    )
    assert asked is not None
    assert (asked.reverse, told_to) == (True, 1)
    with pytest.raises(Refusal, match="encounters-not-for-you"):
        await pool.take(work, mute.id, asked.id)
    await pool.take(work, child.id, asked.id)
    assert await pool.say_more(work, child.id, asked.id, "Есть простая программа, покажу")
    (row,) = await told(work.session, "pool-word:")
    assert row.person_id == teacher.id
    assert "Котов" not in str(row.body)


async def test_the_calendar_shows_one_off_meetings_without_a_topic(work: Work) -> None:
    host, guest = await mentor(work), await pupil(work)
    meeting = await flash(work, host, topic="Как справиться с тревогой")
    await encounters.sign_up(work, guest, meeting.id)
    assert "STATUS:CONFIRMED" in (feed := (await calendars.feed(work, guest)).decode())
    assert "тревог" not in feed
    await encounters.leave(work, host, meeting.id)
    assert "STATUS:CANCELLED" in (await calendars.feed(work, guest)).decode()


async def test_nothing_of_a_question_or_a_silent_word_is_left_after_erasure(work: Work) -> None:
    child, helper = await pupil(work, looks=True), await mentor(work)
    await pool.subscribe(work, helper.id, ["career"])
    words = "Кем мне стать, мечтаю о звёздах?"
    asked, _ = await pool.ask(work, child.id, QuestionKind.QUESTION, "career", words)
    assert asked is not None
    await pool.take(work, helper.id, asked.id)
    await pool.say_more(work, helper.id, asked.id, "Звёзды ждут, начни с физики")
    (trial,) = await trials.arrange(work, [trials.Trial(helper.id, child.id, tomorrow(work))])
    await after.say_words(later(work, DAY * 2), child.id, trial.id, {helper.id: Word.AVOID})
    shown = await my_data.known(work, child.id, child.id)
    assert {"encounters", "questions"} <= {section.code for section in shown.sections}

    await erasure.erase(work, child.id, Basis.CURATOR)

    assert set(await work.session.scalars(select(PoolWord.words))) == {""}
    assert list(await work.session.scalars(select(Impression))) == []
    assert set(await work.session.scalars(select(Encounter.topic))) == {""}
    bodies = [str(body) for body in await work.session.scalars(select(OutboxRow.body))]
    assert not any("вёзды" in body or "вёздах" in body or "Аня" in body for body in bodies)


async def test_afterwards_the_host_says_who_came_and_only_they_are_asked(work: Work) -> None:
    host = await mentor(work)
    one, two = await pupils(work, 2)
    meeting = await flash(work, host)
    for person in (one, two):
        await encounters.sign_up(work, person, meeting.id)
    after_it = later(work, DAY + timedelta(hours=3))
    await clock.ask_who_came(after_it)
    assert [row.person_id for row in await told(work.session, "encounter-came:")] == [host.id]

    await encounters.attendance(after_it, meeting.id, {one.id}, by=host)
    await clock.ask_how_it_was(after_it)
    await clock.ask_how_it_was(after_it)

    asked = await told(work.session, "encounter-feedback:")
    assert sorted(row.person_id or 0 for row in asked) == sorted([one.id, host.id])
    assert {row.kind for row in asked} == {Kind.NUDGE}, "nobody asked for it: it is the one of that day"
    counts = await rows.counts(work.session, work.school.id, work.settings.year)
    assert counts["flash"] == {"planned": 0, "held": 1, "people": 1}
    with pytest.raises(Refusal, match="feedback-not-yours"):
        await after.poll(after_it, two.id, meeting.id)


async def test_a_call_for_help_in_the_poll_reaches_the_curator_at_once(work: Work) -> None:
    host, one = await mentor(work), await pupil(work)
    meeting = await flash(work, host)
    await encounters.sign_up(work, one, meeting.id)
    after_it = later(work, 2 * DAY)
    await encounters.attendance(after_it, meeting.id, {one.id})
    about = await after.poll(after_it, one.id, meeting.id)
    answers = {"FB_M.2": 2, "FB_M.3": "bad", "FB_M.4": "help"}
    receipt = await after.record(after_it, one.id, meeting.id, about["version"], answers)
    assert [text.id for text in receipt] == ["care-sent", "care-contacts"]
    assert await after.record(after_it, one.id, meeting.id, about["version"], answers) == ()
    requests = list(await work.session.scalars(select(HelpRequest)))
    assert [(request.person_id, request.urgent) for request in requests] == [(one.id, True)]
    kept = list(await work.session.scalars(select(Response)))
    assert [(response.code, response.about) for response in kept] == [("FB_M", f"encounter:{meeting.id}")]


async def test_a_meeting_nobody_spoke_of_is_on_the_curators_list(work: Work) -> None:
    meeting = await speed(work)
    day_after = later(work, 2 * DAY)
    waiting = await rows.waiting(work.session, work.school.id, day_after.now)
    assert [(one.code, one.count) for one in waiting] == [("encounter-came", 1)]
    await encounters.attendance(day_after, meeting.id, set())
    assert (await encounters.held(work, meeting.id)).state == EncounterState.HELD


async def test_the_host_who_left_the_poll_is_asked_once_more_a_day_later_and_never_again(work: Work) -> None:
    host, one = await mentor(work), await pupil(work)
    meeting = await flash(work, host)
    await encounters.sign_up(work, one, meeting.id)
    after_it = later(work, DAY + timedelta(hours=3))
    await clock.host_says_who_came(
        after_it, host, meeting.id, {one.id}
    )  # and the poll stands before the host
    for hours in (0, 1, 5):
        await clock.ask_how_it_was(later(after_it, timedelta(hours=hours)))
    polls = await told(work.session, "encounter-feedback:")
    assert [row.person_id for row in polls if row.due_at < after_it.now + DAY] == [one.id]
    assert [row.person_id for row in polls if row.due_at >= after_it.now + DAY] == [host.id]


async def test_who_has_answered_is_not_asked_and_nobody_elses_poll_is_dropped(work: Work) -> None:
    host = await mentor(work)
    children = await pupils(work, 12)
    tenth = next(one for one in children if f"{one.id}".startswith(f"{host.id}"))
    meeting = await flash(work, host, seats=12)
    for person in (children[0], tenth):
        await encounters.sign_up(work, person, meeting.id)
    after_it = later(work, 2 * DAY)
    await clock.host_says_who_came(after_it, host, meeting.id, {children[0].id, tenth.id})
    await clock.ask_how_it_was(after_it)
    for person, given in (
        (children[0], {"FB_M.2": 9, "FB_M.3": "great", "FB_M.4": "no"}),
        (host, {"FB_N.6": "no", "FB_N.2": "m_activity", "FB_N.3": "Решали задачи"}),
    ):
        about = await after.poll(after_it, person.id, meeting.id)
        await after.record(after_it, person.id, meeting.id, about["version"], given)
    await clock.ask_how_it_was(after_it)
    assert [row.person_id for row in await told(work.session, "encounter-feedback:")] == [tenth.id]
