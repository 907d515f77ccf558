"""An announced pair waits for both sides; a no hurts nobody; silence becomes the curator's task."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import acceptance, announcing, matching, meetings, pairs, recalling
from actions.work import Work
from locales import Texts
from program.acceptance import REASONS, Answer
from program.consents import ConsentEvent, ConsentKind
from program.errors import Refusal
from program.roles import Side
from program.states import MeetingFormat, PairStatus, ParticipationStatus
from storage import acceptance as rows
from storage import outbox
from storage import pairs as stored
from storage.tables import JournalEntry, OutboxRow, Pair, PairAnswer, Person
from tests import build
from tests.actions.pool import agree, guardian, join
from tests.pairs import told

FORM = "uch_uch"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
SECRET = "Мы поссорились в прошлом году"


async def refused(verb: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await verb
    assert Texts()(refusal.value.text)
    return refusal.value.text.id


async def announced(work: Work) -> tuple[Pair, Person, Person]:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR, "Пётр", "Лебедев")
    pair = await pairs.choose(work, mentee.id, mentor.id)
    await guardian(work, mentee.person_id)
    await pairs.announce(work)
    return pair, mentor.person, mentee.person


def later(work: Work, **time: float) -> Work:
    return replace(work, now=work.now + timedelta(**time))


async def sent(work: Work, prefix: str = "pair-announced:") -> None:
    """As the sender marks them."""
    for row in await told(work.session, prefix):
        await outbox.sent(work.session, row.id, "1", work.now)


async def texts_to(work: Work, person: Person, prefix: str) -> list[str]:
    return [str(row.body["texts"][0]["id"]) for row in await told(work.session, prefix, person=person.id)]


async def everything_queued(work: Work) -> str:
    found = await work.session.scalars(select(OutboxRow).execution_options(populate_existing=True))
    return " ".join(str(row.body) for row in found)


# Yes.


async def test_a_pair_begins_to_work_when_both_sides_have_said_yes(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    start = work.now + timedelta(days=2)

    one = await acceptance.agree(work.by(mentee), mentee.id, pair.id)
    early = await refused(meetings.propose(work, mentor, pair.id, [start], MeetingFormat.OFFLINE))
    two = await acceptance.agree(work.by(mentor), mentor.id, pair.id)
    again = await acceptance.agree(work.by(mentor), mentor.id, pair.id)

    assert (one.status, early, two.status, again.begun) == (
        PairStatus.OFFERED,
        "meeting-pair-closed",
        PairStatus.ACTIVE,
        None,
    )
    assert two.begun is not None  # who said it last reads it in the reply, the other is told
    assert await texts_to(work, mentee, "pair-begun:") == ["pair-started"]
    assert await texts_to(work, mentor, "pair-begun:") == []
    assert {member.participation.status for member in pair.members} == {ParticipationStatus.PAIRED}
    assert pair.starts_on == work.today
    await meetings.propose(work, mentor, pair.id, [start], MeetingFormat.OFFLINE)


async def test_a_guardians_silence_holds_nothing_up(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    asked = (await rows.answers(work.session, [pair.id]))[pair.id]
    assert sorted((row.person_id == row.about_id, row.side) for row in asked) == [
        (False, "mentee"),
        (True, "mentee"),
        (True, "mentor"),
    ]
    for person in (mentor, mentee):
        await acceptance.agree(work.by(person), person.id, pair.id)
    assert pair.status == PairStatus.ACTIVE
    mother = next(row.person for row in asked if row.person_id != row.about_id)
    (begun,) = await told(work.session, "pair-begun:", person=mother.id)
    assert begun.body["texts"][0]["id"] == "pair-started-guardian"
    assert begun.body["concerns"]["ward"] == mentee.id


async def test_nobody_answers_for_a_pair_that_is_not_theirs(work: Work) -> None:
    pair, *_ = await announced(work)
    stranger = build.person(work.school, "Лев")
    work.session.add(stranger)
    await work.session.flush()
    for verb in (
        acceptance.agree(work, stranger.id, pair.id),
        acceptance.decline(work, stranger.id, pair.id, "fit"),
        acceptance.standing(work, stranger.id, pair.id),
        acceptance.agree(work, stranger.id, 999),
    ):
        assert await refused(verb) == "pair-not-yours"


async def test_who_has_lost_a_consent_since_does_not_begin(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    await acceptance.agree(work.by(mentee), mentee.id, pair.id)
    await agree(later(work, minutes=1), mentor, ConsentKind.PARTICIPATION, event=ConsentEvent.REFUSED)

    done = await acceptance.agree(later(work, minutes=2).by(mentor), mentor.id, pair.id)
    await acceptance.follow(later(work, minutes=3))
    assert (done.status, pair.status) == (PairStatus.OFFERED, PairStatus.OFFERED)

    await agree(later(work, minutes=4), mentor, ConsentKind.PARTICIPATION)
    await acceptance.follow(later(work, minutes=5))
    assert pair.status == PairStatus.ACTIVE


async def test_a_school_that_asks_nobody_lets_pairs_work_at_once(work: Work) -> None:
    work.school.settings = {**work.school.settings, "acceptance": False}
    pair, _mentor, mentee = await announced(work)
    assert (pair.status, pair.answer_by) == (PairStatus.ACTIVE, None)
    assert {member.participation.status for member in pair.members} == {ParticipationStatus.PAIRED}
    assert "pair-asked" not in await everything_queued(work)
    assert await refused(acceptance.agree(work, mentee.id, pair.id)) == "pair-not-yours"


# No.


@pytest.mark.parametrize("reason", REASONS)
async def test_a_no_opens_both_for_others_and_the_reason_stays_with_the_curator(
    work: Work, reason: str
) -> None:
    pair, mentor, mentee = await announced(work)
    await sent(work)

    await acceptance.decline(work.by(mentee), mentee.id, pair.id, reason, SECRET)

    assert (pair.status, pair.end_reason, pair.end_by) == (PairStatus.DECLINED, reason, "mentee")
    assert {m.participation.status for m in pair.members} == {ParticipationStatus.SEARCHING}
    assert await texts_to(work, mentor, "pair-unsaid:") == ["pair-not-now"]
    assert await texts_to(work, mentee, "pair-unsaid:") == []
    queued = await everything_queued(work)
    assert SECRET not in queued
    assert f"why-not-{reason}" not in queued
    (row,) = await work.session.scalars(select(PairAnswer).where(PairAnswer.answer == Answer.NO))
    assert (row.reason, row.words) == (reason, SECRET)
    journal = await work.session.scalars(select(JournalEntry).where(JournalEntry.action == "pair.declined"))
    assert SECRET not in str(journal.one().after)
    run = await matching.suggest(work, FORM)
    assert run.result["pairs"] == [], "these two are never proposed again"
    assert await refused(acceptance.agree(work, mentor.id, pair.id)) == "pair-over"


async def test_a_no_before_the_other_side_has_heard_leaves_it_in_peace(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    await sent(work, "pair-announced:")
    (row,) = await told(work.session, "pair-announced:", person=mentor.id)
    row.sent_at, row.external_id = None, ""

    await acceptance.decline(work.by(mentee), mentee.id, pair.id, "busy")

    assert await told(work.session, "pair-announced:", person=mentor.id) == []
    assert await texts_to(work, mentor, "pair-unsaid:") == []


async def test_a_guardian_says_no_even_after_both_sides_agreed_while_the_time_runs(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    await sent(work)
    mother = next(
        r.person_id
        for r in (await rows.answers(work.session, [pair.id]))[pair.id]
        if r.person_id != r.about_id
    )
    for person in (mentor, mentee):
        await acceptance.agree(work.by(person), person.id, pair.id)

    late = later(work, hours=100)
    assert await refused(acceptance.decline(late, mother, pair.id, "fit", about=mentee.id)) == "pair-no-late"
    await acceptance.decline(later(work, hours=3), mother, pair.id, "fit", about=mentee.id)

    assert (pair.status, pair.end_by) == (PairStatus.DECLINED, "guardian")
    assert {m.participation.status for m in pair.members} == {ParticipationStatus.SEARCHING}
    assert await texts_to(work, mentee, "pair-unsaid:") == ["pair-not-now"]


async def test_a_no_from_a_group_only_leaves_it(work: Work) -> None:
    mentees = [await join(work, MENTEE, f"Имя{n}") for n in range(3)]
    mentor = await join(work, MENTOR, "Вера", "Осина", place={"capacity": 3})
    group = await pairs.make_group(work, FORM, "", "Кот", [mentor.id], [one.id for one in mentees])
    await pairs.announce(work)

    await acceptance.decline(work, mentees[0].person_id, group.id, "busy")
    for one in (mentor, *mentees[1:]):
        await acceptance.agree(work, one.person_id, group.id)

    assert group.status == PairStatus.ACTIVE
    assert [m.person_id for m in stored.present(group, MENTEE)] == [m.person_id for m in mentees[1:]]
    assert mentees[0].status == ParticipationStatus.SEARCHING
    assert await refused(acceptance.agree(work, mentees[0].person_id, group.id)) == "pair-over"


# Silence.


async def test_silence_is_reminded_of_once_and_then_becomes_the_curators_task(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    await acceptance.agree(work.by(mentee), mentee.id, pair.id)
    assert pair.answer_by is not None

    for hours in (24, 46, 49, 55, 71, 75, 90):
        await acceptance.follow(later(work, hours=hours))

    (reminder,) = await told(work.session, "pair-remind:")
    assert reminder.person_id == mentor.id
    assert 8 <= reminder.due_at.astimezone(work.zone).hour < 20
    assert pair.status == PairStatus.OFFERED
    waiting = await rows.offered(work.session, work.school.id, before=work.now + timedelta(hours=90))
    assert [one.id for one in waiting] == [pair.id]


async def test_the_curator_starts_reminds_notes_or_dissolves(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    curator = work.by("user:1")
    assert await refused(acceptance.start(curator, pair.id)) == "pair-answers-awaited"
    assert await acceptance.remind(curator, pair.id) == 2
    assert await acceptance.remind(curator, pair.id) == 0, "once a day"
    asked = {row.person_id: row.id for row in (await rows.answers(work.session, [pair.id]))[pair.id]}

    await acceptance.note_spoken(curator, pair.id, asked[mentor.id], Answer.YES)
    between = pair.status
    await acceptance.note_spoken(curator, pair.id, asked[mentee.id], Answer.YES)

    assert [between, pair.status] == [PairStatus.OFFERED, PairStatus.ACTIVE]
    for person in (mentor, mentee):
        assert await texts_to(work, person, "pair-begun:") == ["pair-started"]
    assert await refused(acceptance.dissolve(curator, pair.id, "silent")) == "pair-not-offered"


async def test_after_the_time_to_answer_the_curators_word_is_enough(work: Work) -> None:
    pair, *_ = await announced(work)
    after = later(work, hours=80).by("user:1")
    await acceptance.start(after, pair.id)
    assert pair.status == PairStatus.ACTIVE
    assert pair.starts_on == after.today


async def test_a_pair_that_nobody_answered_can_be_dissolved_and_is_not_proposed_again(work: Work) -> None:
    pair, mentor, _ = await announced(work)
    await sent(work)
    await acceptance.dissolve(work.by("user:1"), pair.id, "silent")
    assert pair.status == PairStatus.REJECTED
    assert await texts_to(work, mentor, "pair-unsaid:") == ["pair-not-now"]
    assert (await matching.suggest(work, FORM)).result["pairs"] == []


# Calling an announcement off.


async def test_what_was_announced_can_be_called_off_until_it_is_sent(work: Work) -> None:
    pair, *_ = await announced(work)
    first = {row.due_at for row in await told(work.session, "pair-announced:")}
    assert first == {work.now + timedelta(minutes=10)}
    (one,) = await recalling.standing(work)
    assert (one.until, len(one.waiting), one.heard) == (work.now + timedelta(minutes=10), 3, ())

    await recalling.recall(work.by("user:1"), [pair.id])

    assert (pair.status, pair.announced_at, pair.answer_by) == (PairStatus.APPROVED, None, None)
    assert await told(work.session) == []
    assert await rows.answers(work.session, [pair.id]) == {}
    assert await recalling.standing(work) == []
    assert await refused(recalling.recall(work, [pair.id])) == "pair-recall-late"

    anew = later(work, hours=1)
    await pairs.announce(anew)
    assert len(await told(work.session, "pair-announced:")) == 3, "announced anew, everybody is told anew"


async def test_who_has_heard_already_gets_a_neutral_word(work: Work) -> None:
    pair, mentor, mentee = await announced(work)
    (row,) = await told(work.session, "pair-announced:", person=mentor.id)
    await outbox.sent(work.session, row.id, "1", work.now)

    (one,) = await recalling.standing(work)
    assert [person.id for person in one.heard] == [mentor.id]
    await recalling.recall(work, [pair.id])

    assert await texts_to(work, mentor, "pair-unsaid:") == ["pair-recalled"]
    assert await told(work.session, person=mentee.id) == []


async def test_nothing_is_called_off_once_all_is_sent_or_somebody_answered(work: Work) -> None:
    pair, _, mentee = await announced(work)
    await sent(work)
    assert await refused(recalling.recall(work, [pair.id])) == "pair-recall-late"
    await recalling.standing(work)

    pair.status = PairStatus.OFFERED
    for row in await told(work.session, "pair-announced:"):
        row.sent_at = None
    await work.session.flush()
    assert len(await recalling.standing(work)) == 1
    await acceptance.agree(work, mentee.id, pair.id)
    assert await recalling.standing(work) == []


async def test_a_pair_that_worked_at_once_goes_back_to_approved_too(work: Work) -> None:
    work.school.settings = {**work.school.settings, "acceptance": False}
    pair, *_ = await announced(work)
    await recalling.recall(work, [pair.id])
    assert pair.status == PairStatus.APPROVED
    assert {m.participation.status for m in pair.members} == {ParticipationStatus.SEARCHING}


async def test_the_preview_says_when_answers_end_as_the_message_does(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    pair = await pairs.choose(work, mentee.id, mentor.id)
    preview = await announcing.preview_announcement(work)
    until = preview.until[pair.id]
    assert until == work.now + timedelta(minutes=10, hours=72)
    words = Texts(familiar=True).join(preview.planned[0].message.texts)
    assert "пятница, 18 сентября, 12:10" in words
    assert isinstance(until, datetime)
