"""A pair at work: pauses, substitutes, replacements, other dates, ends; wishes of its people; a group's members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import (
    group_life,
    matching,
    meetings,
    pair_life,
    pair_my_data,
    pair_requests,
    pairs,
    queue,
    queue_doors,
)
from actions.reports import coverage, participants
from actions.reports.asked import asked
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.pair_life import By, Wish, ends_offered, latest_end, planned_end
from program.roles import Side
from program.states import MeetingFormat, MeetingStatus, PairStatus, ParticipationStatus, RequestState
from storage import meetings as meeting_rows
from storage import pair_requests as wishes
from storage import pairs as stored
from storage.tables import HelpRequest, JournalEntry, OutboxRow, Pair, PairMember, Participation, Person
from tests import build
from tests.actions.pool import begun, guardian, join
from tests.pairs import buttons, first_text, told

FORM = "uch_uch"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
WORDS = "Он всё время опаздывает"


async def refused(verb: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await verb
    assert Texts()(refusal.value.text)
    return refusal.value.text.id


async def at_work(work: Work) -> tuple[Pair, Person, Person]:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR, "Пётр", "Лебедев")
    pair = await pairs.choose(work, mentee.id, mentor.id)
    await begun(work, pair.id)
    return pair, mentor.person, mentee.person


async def a_group(work: Work, many: int = 3) -> tuple[Pair, list[Person]]:
    mentees = [await join(work, MENTEE, f"Имя{n}") for n in range(many)]
    mentor = await join(work, MENTOR, "Вера", "Осина", place={"capacity": 4})
    group = await pairs.make_group(work, FORM, "", "Кот", [mentor.id], [one.id for one in mentees])
    await begun(work, group.id)
    return group, [mentor.person, *(one.person for one in mentees)]


def later(work: Work, **time: float) -> Work:
    return replace(work, now=work.now + timedelta(**time))


async def said_to(work: Work, person: Person, prefix: str) -> list[str]:
    return [first_text(row) for row in await told(work.session, prefix, person=person.id)]


async def entered_mentors(work: Work) -> set[int]:
    """As RP3-RP6 count them, who are those that RP2 lists with a pair."""
    for place in await work.session.scalars(select(Participation)):
        place.enrolled_at = build.NOW
    await work.session.flush()
    facts = await coverage.facts(work, asked(work))
    listed = await participants.base(work, asked(work), Side.MENTOR)
    found = {one.taker.person_id for one in facts.entered if one.taker.side == Side.MENTOR}
    assert found == {row.person.id for row in listed if row.pairs}
    return found


async def nothing_tells_why(work: Work, *secrets: str) -> None:
    found = await work.session.scalars(select(OutboxRow).execution_options(populate_existing=True))
    everything = " ".join(str(row.body) for row in found)
    for secret in (*secrets, "pair-because", "pairs-because"):
        assert secret not in everything
    for line in await work.session.scalars(select(JournalEntry).order_by(JournalEntry.number)):
        assert all(secret not in str(line.after) for secret in secrets)


# A pause.


async def test_a_pause_calls_off_what_is_ahead_and_a_pair_goes_on_after_it(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)
    start = work.now + timedelta(days=2)
    meeting = await meetings.propose(work, mentor, pair.id, [start], MeetingFormat.OFFLINE)

    await pair_life.pause(work.by("user:1"), pair.id, "illness", work.today + timedelta(days=7))

    assert (pair.status, pair.paused_for) == (PairStatus.PAUSED, "illness")
    assert meeting.status == MeetingStatus.CANCELLED
    assert await said_to(work, mentee, "pair-paused:") == ["pair-paused-off"]
    assert (
        await refused(meetings.propose(work, mentor, pair.id, [start], MeetingFormat.OFFLINE))
        == "meeting-pair-closed"
    )
    due = await wishes.waiting(
        work.session, work.school.id, pair.year, work.now, work.today + timedelta(days=8)
    )
    assert [one.code for one in due] == ["pauses"]

    await pair_life.resume(later(work, hours=1).by("user:1"), pair.id)
    assert (pair.status, pair.paused_for, pair.paused_until) == (PairStatus.ACTIVE, "", None)
    assert await refused(pair_life.resume(work, pair.id)) == "pair-not-paused"
    await nothing_tells_why(work)


# Replacement.


async def test_a_replacement_keeps_the_history_and_hides_the_reason(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)

    await pair_life.replace(work.by("user:1"), pair.id, "character", By.MENTEE)

    assert (pair.status, pair.end_reason, pair.end_by) == (PairStatus.REPLACED, "character", "mentee")
    assert {one.participation.status for one in pair.members} == {ParticipationStatus.SEARCHING}
    (to_mentee,) = await told(work.session, "pair-closed:", person=mentee.id)
    assert [text["id"] for text in to_mentee.body["texts"]] == ["pair-ended", "pair-search-goes-on"]
    assert await said_to(work, mentor, "pair-closed:") == ["pair-ended"]
    await nothing_tells_why(work)
    assert (await matching.suggest(work, FORM)).result["pairs"] == [], "not proposed to each other again"
    assert await refused(pair_life.replace(work, pair.id, "character")) == "pair-not-active"
    assert await refused(pair_life.replace(work, pair.id, "he-is-bad")) == "pair-reason-unknown"


# A substitute.


async def test_somebody_stands_in_for_a_while_and_the_mentor_comes_back_by_itself(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)
    other = await join(work, MENTOR, "Вера", "Осина")
    until = work.today + timedelta(days=7)

    pair = await pair_life.substitute(work, pair.id, other.id, until)

    assert {one.person_id for one in meeting_rows.present(pair)} == {other.person_id, mentee.id}
    assert await entered_mentors(work) == {mentor.id}, "who stands in has entered with no pair of their own"
    assert await said_to(work, mentee, "pair-substitute:") == ["pair-substitute-mentee"]
    start = work.now + timedelta(days=2)
    made = await meetings.propose(work, other.person, pair.id, [start], MeetingFormat.OFFLINE)
    await meetings.accept(work, mentee, made.id, 0)
    assert await refused(meetings.cancel(work, mentor, made.id)) == "meeting-not-yours", (
        "who is away is not asked"
    )
    held = await stored.holding(work.session, work.school.id, work.settings.year, FORM)
    own = next(one.participation_id for one in pair.members if one.person_id == mentor.id)
    assert held == {own: 1, other.id: 1}, "nobody else gets the place meanwhile"
    assert await refused(pair_life.substitute(work, pair.id, other.id, until)) == "pair-substitute-there"

    await pair_life.follow(later(work, days=7))
    assert len(meeting_rows.present(await fresh(work, pair))) == 2
    await pair_life.follow(later(work, days=8))

    pair = await fresh(work, pair)
    assert {one.person_id for one in meeting_rows.present(pair)} == {mentor.id, mentee.id}
    assert await entered_mentors(later(work, days=8)) == {mentor.id}
    assert await said_to(work, mentee, "pair-mentor-back:") == ["pair-mentor-back-mentee"]
    assert await stored.holding(work.session, work.school.id, work.settings.year, FORM) == {own: 1}
    assert await refused(pair_life.end_substitution(work, pair.id)) == "pair-substitute-none"


async def test_a_mentor_without_a_place_stands_in_for_nobody(work: Work) -> None:
    pair, *_ = await at_work(work)
    busy_mentee, busy = await join(work, MENTEE, "Юля"), await join(work, MENTOR, "Вера", "Осина")
    await pairs.choose(work, busy_mentee.id, busy.id)
    until = work.today + timedelta(days=7)
    assert await refused(pair_life.substitute(work, pair.id, busy.id, until)) == "match-mentor-full"
    assert await refused(pair_life.substitute(work, pair.id, 999, until)) == "pair-unknown"
    assert await refused(pair_life.substitute(work, pair.id, busy.id, work.today)) == "pair-end-past"


async def fresh(work: Work, pair: Pair) -> Pair:
    return (await stored.lock(work.session, work.school.id, [pair.id]))[0]


# Members of a group.


async def test_members_of_a_group_come_and_go_and_days_are_counted(work: Work) -> None:
    group, (mentor, first, second, third) = await a_group(work)
    newcomer = await join(work, MENTEE, "Лев")

    await group_life.remove(later(work, days=3), group.id, first.id, "busy")
    await group_life.add(later(work, days=5), group.id, newcomer.id)

    assert newcomer.status == ParticipationStatus.PAIRED
    gone = await work.session.scalar(select(PairMember).where(PairMember.person_id == first.id))
    assert gone is not None
    assert (gone.left_at, gone.left_for) == (work.now + timedelta(days=3), "busy")
    assert await said_to(work, first, "pair-left:") == ["pair-left-group"]
    assert await said_to(work, newcomer.person, "pair-begun:") == ["pair-started-group"]
    assert await said_to(work, mentor, "pair-grew:") == ["pair-group-grew"]
    assert await refused(group_life.remove(work, group.id, mentor.id, "busy")) == "pair-group-last"
    assert await refused(group_life.add(work, group.id, newcomer.id)) == "pair-group-mixed"
    fourth, fifth = await join(work, MENTEE, "Юля"), await join(work, MENTEE, "Ия")
    await group_life.add(work, group.id, fourth.id)
    assert await refused(group_life.add(work, group.id, fifth.id)) == "match-mentor-full"
    await nothing_tells_why(work)
    assert {one.person_id for one in stored.present(await fresh(work, group), MENTEE)} == {
        second.id,
        third.id,
        newcomer.person_id,
        fourth.person_id,
    }


# What a participant asks for.

ASKED: list[tuple[Wish, str, Callable[[Pair], bool]]] = [
    (Wish.PAUSE, "busy", lambda pair: pair.status == PairStatus.PAUSED),
    (Wish.REPLACE, "interests", lambda pair: pair.status == PairStatus.REPLACED),
    (Wish.END, "goals", lambda pair: pair.status == PairStatus.STOPPED),
]


@pytest.mark.parametrize(("wish", "reason", "done"), ASKED)
async def test_a_wish_waits_for_the_curator_who_grants_it(
    work: Work, wish: Wish, reason: str, done: Callable[[Pair], bool]
) -> None:
    pair, mentor, mentee = await at_work(work)
    offered = await pair_requests.offered(work, mentee.id, pair.id)
    assert offered["wishes"] == ["pause", "replace", "longer", "shorter", "end"]

    asked = await pair_requests.ask(work.by(mentee), mentee.id, pair.id, wish, reason, WORDS)
    again = await pair_requests.ask(work.by(mentee), mentee.id, pair.id, wish, reason)

    assert asked.id == again.id
    assert pair.status == PairStatus.ACTIVE, "nothing happens before the curator's word"
    waiting = await wishes.waiting(work.session, work.school.id, pair.year, work.now, work.today)
    assert [(one.code, one.count) for one in waiting] == [("requests", 1)]
    await pair_requests.grant(work.by("user:1"), asked.id)
    assert done(pair)
    assert asked.state == RequestState.CLOSED
    assert await refused(pair_requests.grant(work, asked.id)) == "pair-wish-decided"
    await nothing_tells_why(work, WORDS)
    assert mentor.id


async def test_after_a_pause_either_side_asks_to_go_on(work: Work) -> None:
    pair, mentor, _ = await at_work(work)
    await pair_life.pause(work, pair.id, "busy")
    assert (await pair_requests.offered(work, mentor.id, pair.id))["wishes"] == ["resume", "replace", "end"]
    asked = await pair_requests.ask(work.by(mentor), mentor.id, pair.id, Wish.RESUME)
    await pair_requests.grant(work.by("user:1"), asked.id)
    assert pair.status == PairStatus.ACTIVE


async def test_a_wish_that_is_not_granted_is_answered_kindly(work: Work) -> None:
    pair, _, mentee = await at_work(work)
    asked = await pair_requests.ask(work.by(mentee), mentee.id, pair.id, Wish.REPLACE, "other", WORDS)
    await pair_requests.keep(work.by("user:1"), asked.id)
    assert pair.status == PairStatus.ACTIVE
    assert await said_to(work, mentee, "pair-wish-kept:") == ["pair-wish-kept"]


async def test_who_does_not_feel_safe_is_seen_at_once(work: Work) -> None:
    pair, _, mentee = await at_work(work)
    await pair_requests.ask(work.by(mentee), mentee.id, pair.id, Wish.REPLACE, "safety", WORDS)
    (card,) = await work.session.scalars(select(HelpRequest))
    assert card.urgent
    assert WORDS not in card.words


async def test_a_guardian_asks_for_a_child_and_a_stranger_for_nobody(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)
    mother = await guardian(work, mentee.id)
    stranger = await guardian(work, mentor.id, confirmed=False)
    asked = await pair_requests.ask(
        work.by(mother), mother.id, pair.id, Wish.REPLACE, "character", about=mentee.id
    )
    assert asked.side == "guardian"
    for person, about in ((stranger.id, mentor.id), (stranger.id, 0), (mother.id, mentor.id)):
        verb = pair_requests.ask(work, person, pair.id, Wish.END, "busy", about=about)
        assert await refused(verb) == "pair-not-yours"
    await pair_requests.keep(work.by("user:1"), asked.id)
    assert await said_to(work, mother, "pair-wish-kept:") == ["pair-wish-kept-guardian"]


async def test_another_last_day_needs_both_sides_and_the_curator(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)
    ends = (await pair_requests.offered(work, mentee.id, pair.id))["ends"]["longer"]
    until = date.fromisoformat(ends[1][0])

    asked = await pair_requests.ask(work.by(mentee), mentee.id, pair.id, Wish.LONGER, "good", "", until)

    assert await wishes.ready(work.session, work.school.id) == []
    assert await refused(pair_requests.grant(work, asked.id)) == "pair-not-both"
    (question,) = await told(work.session, "pair-end-asked:", person=mentor.id)
    assert f"f:pair-agree:{asked.id}.yes" in buttons(question)
    assert await pair_requests.say_on_end(work.by(mentor), mentor.id, asked.id, True)
    assert not await pair_requests.say_on_end(work.by(mentor), mentor.id, asked.id, False)
    assert [one.id for one in await wishes.ready(work.session, work.school.id)] == [asked.id]
    await pair_requests.grant(work.by("user:1"), asked.id)
    assert (pair.ends_on, pair.extended, pair.status) == (until, True, PairStatus.ACTIVE)


async def test_one_no_leaves_the_last_day_as_it_is(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)
    days = (await pair_requests.offered(work, mentor.id, pair.id))["ends"]["shorter"]
    until = date.fromisoformat(days[0][0])
    asked = await pair_requests.ask(work.by(mentor), mentor.id, pair.id, Wish.SHORTER, "busy", "", until)
    await pair_requests.say_on_end(work.by(mentee), mentee.id, asked.id, False)
    assert (pair.ends_on, asked.state) == (None, RequestState.CLOSED)
    assert await said_to(work, mentor, "pair-end-kept:") == ["pair-end-kept"]


async def test_a_mentee_who_asks_to_end_leaves_the_group_which_goes_on(work: Work) -> None:
    group, (_, first, *_rest) = await a_group(work)
    assert (await pair_requests.offered(work, first.id, group.id))["wishes"] == ["end"]
    asked = await pair_requests.ask(work.by(first), first.id, group.id, Wish.END, "busy")
    await pair_requests.grant(work.by("user:1"), asked.id)
    assert group.status == PairStatus.ACTIVE
    assert first.id not in {one.person_id for one in stored.present(await fresh(work, group))}


async def test_the_end_of_a_pair_closes_what_was_asked_for_in_it(work: Work) -> None:
    pair, _, mentee = await at_work(work)
    asked = await pair_requests.ask(work.by(mentee), mentee.id, pair.id, Wish.PAUSE, "busy")
    await pairs.close(work, pair.id, PairStatus.COMPLETED, "Получилось", reason="goals", by="curator")
    await work.session.refresh(asked)
    assert asked.state == RequestState.CLOSED
    assert (pair.result, pair.end_reason) == ("Получилось", "goals")
    assert await refused(pair_requests.ask(work, mentee.id, pair.id, Wish.END, "busy")) == "pair-over"


def test_last_days_stay_within_a_year_and_the_school_year() -> None:
    start, today = date(2026, 9, 15), date(2027, 3, 1)
    assert planned_end(start, None) == date(2027, 5, 31)
    assert planned_end(date(2027, 6, 10), None) == date(2027, 7, 31)
    assert latest_end(date(2028, 2, 29)) == date(2029, 2, 28)
    assert ends_offered(Wish.LONGER, start, None, today) == [
        date(2027, 6, 30),
        date(2027, 7, 30),
        date(2027, 8, 29),
    ]
    assert ends_offered(Wish.LONGER, start, date(2027, 9, 1), today) == [date(2027, 9, 15)]
    assert ends_offered(Wish.SHORTER, start, date(2027, 3, 10), today) == [date(2027, 3, 8)]


async def test_what_was_said_about_a_pair_stands_in_ones_own_data_and_in_nobody_elses(work: Work) -> None:
    pair, mentor, mentee = await at_work(work)
    await pair_requests.ask(work.by(mentee), mentee.id, pair.id, Wish.REPLACE, "other", WORDS)
    own = str(await pair_my_data.said(work, mentee, Texts(), "ru"))
    others = str(await pair_my_data.said(work, mentor, Texts(), "ru"))
    assert WORDS in own
    assert "Мне подходит" in own
    assert WORDS not in others


# The queue.


async def test_the_queue_counts_days_says_what_blocks_and_offers_something(work: Work) -> None:
    old = await join(work, MENTEE, place={"enrolled_at": work.now - timedelta(days=20)})
    new = await join(work, MENTEE, "Юля", place={"enrolled_at": work.now - timedelta(days=1)})
    await at_work(work)
    await matching.suggest(work, FORM)

    found = await queue.everybody(work)

    assert [(one.place.id, one.days, one.long) for one in found] == [(old.id, 20, True), (new.id, 1, False)]
    left = await queue_doors.why_waiting(work, {one.place.form for one in found})
    assert all(left[one.place.id].rules and left[one.place.id].suggestion for one in found)
    await queue.note_support(work.by("user:1"), old.id, "offered")
    assert old.support == "offered"
    assert await queue.offer_meanwhile(work, old.id, "flash")
    assert not await queue.offer_meanwhile(work, old.id, "flash"), "once a day"
    assert {first_text(row) for row in await told(work.session, "queue-", person=old.person_id)} == {
        "pair-waiting-support",
        "pair-waiting-flash",
    }


async def test_who_loses_a_pair_waits_from_that_day_on(work: Work) -> None:
    pair, _, mentee = await at_work(work)
    after = later(work, days=10)
    await pair_life.replace(after, pair.id, "moving")
    (one,) = await queue.everybody(later(work, days=13))
    assert (one.person.id, one.days) == (mentee.id, 3)
