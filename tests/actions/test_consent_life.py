"""Consents to their end: taken back, run out, refused, outgrown; what stops, what returns, who hears what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from actions import (
    consent_clock,
    consent_decisions,
    consent_talk,
    consents,
    enrolment,
    erasure,
    meetings,
    permission,
)
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentKind, ConsentMethod, ConsentState
from program.errors import Refusal
from program.retention import Basis
from program.roles import PersonState, Side
from program.states import MeetingFormat, MeetingStatus, PairStatus, ParticipationStatus
from storage import meetings as meeting_rows
from storage import outbox
from storage.tables import Conversation, OutboxRow, Pair, Participation, Person
from tests import build
from tests.actions import pool
from tests.both import database as database

WEB = Channel.WEB


async def couple(work: Work) -> tuple[Participation, Participation, Pair]:
    """A mentor and a child at work together: announced, nothing sent yet, a meeting agreed."""
    mentee = await pool.join(work, Side.MENTEE, "Любомир", "Ромашкин", birth_date=date(2013, 3, 5))
    mentor = await pool.join(work, Side.MENTOR, "Велимир", "Ветров")
    pair = build.pair(mentor, mentee, status=PairStatus.APPROVED)
    work.session.add(pair)
    await work.session.flush()
    await pool.begun(work, pair.id)
    start = work.now + timedelta(days=2, hours=2)
    meeting = await meetings.propose(work, mentor.person, pair.id, [start], MeetingFormat.OFFLINE)
    await meetings.accept(work, mentee.person, meeting.id, 0)
    return mentee, mentor, pair


async def word(
    work: Work, person: Person, giver: Person | None, event: ConsentEvent, until: date | None = None,
    *kinds: ConsentKind,
) -> None:  # fmt: skip
    """Said in a chat by the person or a guardian."""
    for kind in kinds or REQUIRED:
        own = giver is not None and giver.id == person.id
        await consents.say(
            work, person, kind, event, consenter=Consenter.SELF if own else Consenter.GUARDIAN, giver=giver,
            method=ConsentMethod.BOT_BUTTON, channel=WEB, valid_until=until,
        )  # fmt: skip
    await enrolment.refresh(work, person)


async def waiting_for(work: Work, person_id: int) -> list[str]:
    return [
        row.body["texts"][0]["id"]
        for row in await outbox.waiting(work.session, work.school.id, now=work.now, person_id=0)
        if row.person_id == person_id
    ]


async def told_about(work: Work, person_id: int) -> list[OutboxRow]:
    rows = await outbox.waiting(work.session, work.school.id, now=work.now, person_id=0)
    return [row for row in rows if person_id in row.body.get("concerns", {}).get("people", ())]


def later(work: Work, **by: int) -> Work:
    return Work(work.session, work.school, work.now + timedelta(**by), "system")


async def test_a_withdrawal_stops_everything_at_once_and_starts_the_clock(work: Work) -> None:
    mentee, mentor, pair = await couple(work)
    mother = await pool.guardian(work, mentee.person_id)
    work.session.add(
        Conversation(
            person_id=mentee.person_id, school_id=work.school.id, flow="intake", step="x", turn=1, channel=WEB,
            started_at=work.now, updated_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()

    await consent_talk.withdraw(work, mother.id, mentee.person_id, REQUIRED, channel=WEB)

    child = mentee.person
    assert child.state == PersonState.FROZEN
    assert child.erase_after == work.now + timedelta(days=30)
    assert mentee.status == ParticipationStatus.WITHDRAWN
    assert await told_about(work, child.id) == []
    assert await waiting_for(work, child.id) == ["consent-stopped-by-parent"]
    assert await work.session.get(Conversation, child.id) is None
    assert (
        await work.session.scalars(select(Pair.status).where(Pair.id == pair.id))
    ).one() == PairStatus.STOPPED
    assert [one.status for one in await meeting_rows.of_pair(work.session, pair.id)] == [
        MeetingStatus.CANCELLED
    ]
    (said,) = [
        row
        for row in await outbox.waiting(work.session, work.school.id, now=work.now, person_id=0)
        if row.person_id == mentor.person_id
    ]
    assert said.body["texts"][0]["id"] == "consent-pair-ended-meeting"
    assert "Любомир" not in str(said.body)


async def test_a_new_consent_before_the_erasure_takes_everything_but_the_pair_back(work: Work) -> None:
    mentee, _, pair = await couple(work)
    mother = await pool.guardian(work, mentee.person_id)
    await consent_talk.withdraw(work, mother.id, mentee.person_id, REQUIRED, channel=WEB)

    decisions = dict.fromkeys(REQUIRED, True)
    assert await consent_talk.renew(later(work, days=3), mother.id, mentee.person_id, decisions, channel=WEB)

    assert mentee.person.state == PersonState.ACTIVE
    assert (mentee.person.erase_after, mentee.person.erase_basis) == (None, "")
    assert mentee.status == ParticipationStatus.SEARCHING
    assert pair.status == PairStatus.STOPPED


async def test_the_timetable_erases_after_thirty_days_and_not_before(work: Work) -> None:
    mentee, _, _ = await couple(work)
    mother = await pool.guardian(work, mentee.person_id)
    await consent_talk.withdraw(work, mother.id, mentee.person_id, REQUIRED, channel=WEB)
    assert await erasure.erase_due(later(work, days=29)) == 0
    assert await erasure.erase_due(later(work, days=30)) == 1
    assert mentee.person.state == PersonState.ERASED


async def test_taking_back_publication_or_messenger_alone_stops_nothing_else(work: Work) -> None:
    mentee, _, pair = await couple(work)
    mother = await pool.guardian(work, mentee.person_id)
    work.session.add(build.address(mentee.person, Channel.TELEGRAM, "55"))
    for kind in (ConsentKind.PUBLICATION, ConsentKind.MESSENGER):
        await consent_talk.withdraw(work, mother.id, mentee.person_id, [kind], channel=WEB)
    assert (mentee.person.state, pair.status) == (PersonState.ACTIVE, PairStatus.ACTIVE)
    assert mentee.person.preferences["web_only"]
    rows = await outbox.waiting(work.session, work.school.id, now=work.now, person_id=0)
    mine = [row for row in rows if row.person_id == mentee.person_id and "last" not in row.body["concerns"]]
    assert {row.channel for row in mine} == {WEB}


async def test_a_message_is_dropped_where_a_consent_fell_after_it_was_queued(work: Work) -> None:
    mentee, mentor, _ = await couple(work)
    rows = await told_about(work, mentee.person_id)
    assert {mentee.person_id, mentor.person_id} <= {row.person_id for row in rows}
    await pool.agree(work, mentee.person, ConsentKind.PARTICIPATION, event=ConsentEvent.REFUSED)
    for row in rows:
        reader = await work.session.get(Person, row.person_id)
        assert not await permission.may_be_told(work, reader, WEB, row.body)


async def test_two_guardians_who_disagree_keep_the_child_out_until_the_curator_decides(work: Work) -> None:
    mentee, _, pair = await couple(work)
    mother, father = await pool.guardian(work, mentee.person_id), await pool.guardian(work, mentee.person_id)
    await word(work, mentee.person, mother, ConsentEvent.GIVEN)
    assert await consent_decisions.unlike(work) == []

    await word(work, mentee.person, father, ConsentEvent.REFUSED)

    assert [child.id for child in await consent_decisions.unlike(work)] == [mentee.person_id]
    assert (mentee.status, pair.status) == (ParticipationStatus.PAUSED, PairStatus.PAUSED)
    await consent_decisions.end_bond(work, father.id, mentee.person)
    assert await consent_decisions.unlike(work) == []
    assert (mentee.status, pair.status) == (ParticipationStatus.PAIRED, PairStatus.ACTIVE)


async def test_the_curator_lets_a_refusal_stand(work: Work) -> None:
    mentee, _, pair = await couple(work)
    mother, father = await pool.guardian(work, mentee.person_id), await pool.guardian(work, mentee.person_id)
    await word(work, mentee.person, mother, ConsentEvent.GIVEN)
    await word(work, mentee.person, father, ConsentEvent.REFUSED)
    await consent_decisions.leave_out(work, mentee.person)
    assert (mentee.status, pair.status) == (ParticipationStatus.DECLINED, PairStatus.STOPPED)
    assert await consent_decisions.unlike(work) == []


async def test_notices_come_at_30_7_and_1_days_and_renewal_lasts_into_the_next_term(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, agreed=False, birth_date=date(2014, 1, 1))
    mother = await pool.guardian(work, place.person_id)
    end = work.today + timedelta(days=40)
    await word(work, place.person, mother, ConsentEvent.GIVEN, end)
    told = []
    for days in range(41):
        if await consent_clock.remind(later(work, days=days)):
            told.append(40 - days)
    assert told == [30, 7, 1]
    asked = await consent_talk.renewal(later(work, days=35), mother.id, place.person_id)
    assert set(REQUIRED) <= {ConsentKind(kind) for kind in asked["texts"]}


async def test_what_has_run_out_pauses_the_pair_and_a_renewal_takes_it_up_again(work: Work) -> None:
    mentee, _, pair = await couple(work)
    mother = await pool.guardian(work, mentee.person_id)
    for kind in REQUIRED:
        await consents.say(
            work, mentee.person, kind, ConsentEvent.GIVEN, consenter=Consenter.GUARDIAN, giver=None,
            method=ConsentMethod.PAPER, valid_until=work.today,
        )  # fmt: skip
    tomorrow = later(work, days=1)
    assert await consent_clock.follow(tomorrow) == 1
    assert (mentee.status, pair.status, pair.paused_for) == (
        ParticipationStatus.PAUSED,
        PairStatus.PAUSED,
        "consents",
    )

    await consent_talk.renew(
        tomorrow, mother.id, mentee.person_id, dict.fromkeys(REQUIRED, True), channel=WEB
    )

    assert (mentee.status, pair.status) == (ParticipationStatus.PAIRED, PairStatus.ACTIVE)
    assert await consent_clock.follow(tomorrow) == 0


async def test_at_18_the_own_word_is_asked_anew_and_the_old_one_stays_in_the_ledger(work: Work) -> None:
    place = await pool.join(work, Side.MENTOR, birth_date=date(2008, 9, 16))
    person = place.person
    assert (await consents.states(work, [person], REQUIRED))[person.id][ConsentKind.PD] is ConsentState.GIVEN
    birthday = later(work, days=1)

    assert (await consents.states(birthday, [person], REQUIRED))[person.id][
        ConsentKind.PD
    ] is ConsentState.WAITING
    await consent_clock.follow(birthday)
    assert place.status == ParticipationStatus.PAUSED
    await consent_clock.remind(birthday)
    assert "consent-own-18" in await waiting_for(work, person.id)
    await consent_talk.renew(birthday, person.id, person.id, dict.fromkeys(REQUIRED, True), channel=WEB)
    assert place.status == ParticipationStatus.SEARCHING


async def test_a_childs_own_no_holds_before_the_own_yes_is_asked_for(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, birth_date=date(2014, 1, 1))
    assert await consent_talk.held(work, place.person_id, place.person_id) == ["participation"]
    await consent_talk.withdraw(
        work, place.person_id, place.person_id, [ConsentKind.PARTICIPATION], channel=WEB
    )
    assert place.person.state == PersonState.FROZEN


async def test_nobody_speaks_for_a_child_of_somebody_else(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE)
    stranger = await pool.join(work, Side.MENTOR, "Олег", "Ветров")
    with pytest.raises(Refusal):
        await consent_talk.withdraw(work, stranger.person_id, place.person_id, REQUIRED, channel=WEB)


async def test_finished_people_are_erased_thirty_days_after_the_school_year(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, place={"status": ParticipationStatus.FINISHED})
    staying = await pool.join(work, Side.MENTEE, "Юля", "Снегирёва")
    summer = Work(work.session, work.school, datetime(2027, 8, 5, 7, 0, tzinfo=UTC))
    assert await erasure.plan(summer) == 1
    assert place.person.erase_basis == Basis.RETENTION
    assert await erasure.erase_due(summer) == 0
    assert await erasure.erase_due(Work(work.session, work.school, datetime(2027, 9, 1, tzinfo=UTC))) == 1
    assert (place.person.state, staying.person.state) == (PersonState.ERASED, PersonState.ACTIVE)
