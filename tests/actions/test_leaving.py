"""Leaving the school: the curator's word, never a list's; contact stops, the clock runs, and there is a way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions import audiences, consent_clock, enrolment, erasure, leaving, roster, roster_undo
from actions.audiences import Audience
from actions.permission import may_be_told
from actions.work import Work
from program.channels import Channel
from program.errors import Refusal
from program.outgoing import Kind, say
from program.retention import AFTER_LEAVING, Basis
from program.roles import Category, PersonState, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from program.text import raw
from storage import outbox, people
from storage.tables import Meeting, Pair, Participation, Person
from tests.pairs import Couple, couple, member, told

LIST = "ФИО;Класс;Дата рождения\nРомашкина Алиса;8А;05.03.2012\nЛандышева Вера;8А;06.03.2012\n"
SHORTER = "ФИО;Класс;Дата рождения\nРомашкина Алиса;8А;05.03.2012\n"


async def loaded(work: Work, text: str, **more: object) -> roster.Counts:
    preview = await roster.read(work, "8А.csv", text.encode())
    return await roster.apply(work, preview, **more)  # type: ignore[arg-type]


async def lacking(work: Work, text: str) -> list[int]:
    return [key for key, _, _ in (await roster.read(work, "8А.csv", text.encode())).lacking]


@pytest.fixture
async def two(work: Work) -> Couple:
    both = await couple(work.session, work.school)
    work.session.add(
        Meeting(
            school_id=work.school.id, pair_id=both.pair, kind=MeetingKind.M1, status=MeetingStatus.CONFIRMED,
            proposed_by=both.mentor, starts_at=work.now + timedelta(days=2), format=MeetingFormat.OFFLINE,
            place="библиотека", uid="u1", created_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()
    return both


async def person(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def place(work: Work, person_id: int) -> Participation:
    (found,) = await people.participations_of(work.session, person_id, work.settings.year)
    return found


async def test_a_list_makes_nobody_leave_by_itself(work: Work) -> None:
    await loaded(work, LIST)
    assert len(await lacking(work, SHORTER)) == 1
    counts = await loaded(work, SHORTER)
    assert (counts.missing, counts.left) == (1, 0)
    assert len(await lacking(work, SHORTER)) == 1


async def test_who_is_ticked_leaves_and_comes_back_with_the_undo(work: Work) -> None:
    await loaded(work, LIST)
    (vera,) = await lacking(work, SHORTER)
    counts = await loaded(work, SHORTER, left=[vera])
    assert (counts.missing, counts.left) == (1, 1)
    gone = await person(work, vera)
    assert (gone.state, gone.erase_basis) == (PersonState.FROZEN, Basis.LEFT)
    assert await lacking(work, SHORTER) == []
    assert (await roster_undo.offered(work))[0].back == 1
    await roster_undo.undo(work)
    assert (gone.state, gone.erase_basis, gone.erase_after) == (PersonState.INVITED, "", None)


async def test_only_people_whom_the_file_lacks_can_be_ticked(work: Work) -> None:
    await loaded(work, LIST)
    elsewhere = await member(work.session, work.school, "Иван", "Серов", class_name="9Б")
    (vera,) = await lacking(work, SHORTER)
    counts = await loaded(work, SHORTER, left=[vera, elsewhere.id, 999])
    assert counts.left == 1
    assert elsewhere.state == PersonState.ACTIVE


async def test_the_list_with_somebody_who_has_left_says_so(work: Work) -> None:
    await loaded(work, LIST)
    (vera,) = await lacking(work, SHORTER)
    await leaving.leave(work, vera)
    preview = await roster.read(work, "8А.csv", LIST.encode())
    (row,) = [row for row in preview.rows if row.person_id == vera]
    assert [text.id for text in row.reasons] == ["roster-left"]


async def test_leaving_ends_the_pair_calls_the_meeting_off_and_tells_the_other_without_a_name(
    work: Work, two: Couple
) -> None:
    who = await person(work, two.mentee)
    effect = await leaving.effect(work, who)
    assert (effect.places, effect.pairs, effect.meetings) == (1, 1, 1)
    assert effect.erase_on == work.now + AFTER_LEAVING
    await leaving.leave(work, two.mentee)
    pair = await work.session.get(Pair, two.pair)
    meeting = await work.session.get(Meeting, 1)
    assert pair is not None
    assert meeting is not None
    assert (pair.status, meeting.status) == (PairStatus.STOPPED, MeetingStatus.CANCELLED)
    assert (await place(work, two.mentee)).status == ParticipationStatus.ARCHIVED
    assert (await place(work, two.mentor)).status == ParticipationStatus.SEARCHING
    (word,) = await told(work.session, "pair-ended:", person=two.mentor)
    assert "Аня" not in str(word.body)
    assert await told(work.session, person=two.mentee) == []


async def test_nothing_more_is_sent_to_or_about_somebody_who_has_left(work: Work, two: Couple) -> None:
    who, mentor = await person(work, two.mentee), await person(work, two.mentor)
    await outbox.put(
        work.session, school_id=work.school.id, key="x", kind=Kind.NOTICE, priority=5, person_id=who.id,
        channel=Channel.WEB, address=str(who.id), body=say(raw("Завтра встреча")).to_json(), created_at=work.now,
        due_at=work.now,
    )  # fmt: skip
    await leaving.leave(work, two.mentee)
    assert await told(work.session, person=two.mentee) == []
    assert not await may_be_told(work, who, Channel.WEB, say(raw("Новость")).to_json())
    about = say(raw("О встрече")).about(who.id).to_json()
    assert not await may_be_told(work, mentor, Channel.WEB, about)
    assert who.id not in {one.id for one in await audiences.people(work, Audience())}


async def test_consents_that_still_hold_bring_nobody_back(work: Work, two: Couple) -> None:
    await leaving.leave(work, two.mentee)
    who = await person(work, two.mentee)
    await enrolment.refresh(work, who)
    assert await consent_clock.follow(work) == 0
    assert (who.state, (await place(work, who.id)).status) == (
        PersonState.FROZEN,
        ParticipationStatus.ARCHIVED,
    )
    again = enrolment.Application(Category.PUPIL, [(Side.MENTEE, "uchit_uch")], Channel.WEB)
    with pytest.raises(Refusal, match="join-left"):
        await enrolment.register(work, who.id, again)


async def test_whoever_comes_back_waits_for_a_pair_again(work: Work, two: Couple) -> None:
    await leaving.leave(work, two.mentee)
    await leaving.leave(work, two.mentee)  # the second press changes nothing
    await leaving.come_back(work, two.mentee)
    who = await person(work, two.mentee)
    assert (who.state, who.erase_after, who.erase_basis) == (PersonState.INVITED, None, "")
    assert (await place(work, two.mentee)).status == ParticipationStatus.SEARCHING
    with pytest.raises(Refusal, match="roster-not-left"):
        await leaving.come_back(work, two.mentee)


async def test_data_go_thirty_days_after_leaving(work: Work, two: Couple) -> None:
    await leaving.leave(work, two.mentee)
    assert await erasure.erase_due(replace(work, now=work.now + AFTER_LEAVING - timedelta(hours=1))) == 0
    assert await erasure.erase_due(replace(work, now=work.now + AFTER_LEAVING)) == 1
    assert (await person(work, two.mentee)).state == PersonState.ERASED


async def test_who_has_taken_a_consent_back_cannot_be_marked_once_more(work: Work, two: Couple) -> None:
    who = await person(work, two.mentee)
    who.state, who.erase_basis = PersonState.FROZEN, Basis.WITHDRAWAL
    with pytest.raises(Refusal, match="roster-leave-not-now"):
        await leaving.leave(work, two.mentee)
