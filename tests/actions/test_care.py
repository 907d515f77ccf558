"""A call for help: who hears of it, when the next adult is called in, what it stops, and who reads the notes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from actions import (
    care,
    care_alerts,
    care_apart,
    care_notes,
    care_reach,
    care_staff,
    care_words,
    erasure,
    linking,
    plans,
)
from actions.care_reach import Way
from actions.sealing import Box
from actions.work import Work
from program.care import About, CallKind, Step, due_step, next_step_at
from program.channels import Channel
from program.danger import Danger
from program.errors import Refusal
from program.outgoing import Kind, Message
from program.retention import Basis
from program.roles import Category, PersonState, StaffRole
from program.settings import SchoolSettings
from program.states import PairStatus, RequestState
from scheduler.timetable import TIMETABLE
from storage.tables import (
    Address,
    CareNote,
    HelpRequest,
    JournalEntry,
    OutboxRow,
    Pair,
    Person,
    StaffChat,
    User,
)
from tests import build
from tests.pairs import Couple, couple, group, member

BOX = Box("the key of the test", "care-notes")
SOON, LATER = timedelta(minutes=31), timedelta(minutes=61)


async def adult(work: Work, role: StaffRole, name: str, *, chat: bool = True) -> User:
    """An account, and its human's chat."""
    user = User(
        school_id=work.school.id, login=f"{role}-{name}", name=name, role=role, password_hash="-", created_at=work.now
    )  # fmt: skip
    work.session.add(user)
    await work.session.flush()
    if chat:
        person = build.person(work.school, name, "Взрослая", category=Category.TEACHER)
        work.session.add(person)
        await work.session.flush()
        work.session.add(build.address(person))
        work.session.add(
            StaffChat(school_id=work.school.id, user_id=user.id, person_id=person.id, since=work.now)
        )
        await work.session.flush()
    return user


async def alerts(work: Work) -> list[str]:
    """Who was told of a call, by name, in order."""
    statement = (
        select(Person.first_name)
        .join(OutboxRow, OutboxRow.person_id == Person.id)
        .where(OutboxRow.key.startswith("care:"))
        .order_by(OutboxRow.id)
    )
    return list(await work.session.scalars(statement))


async def told(work: Work, person_id: int) -> list[str]:
    rows = await work.session.scalars(
        select(OutboxRow).where(OutboxRow.person_id == person_id).order_by(OutboxRow.id)
    )
    return [text.id for row in rows for text in Message.from_json(row.body).texts]


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school)


async def test_the_curator_and_the_psychologist_are_told_at_once_and_nobody_is_named(
    work: Work, pair: Couple
) -> None:
    for role, name in (
        (StaffRole.CURATOR, "Вера"),
        (StaffRole.PSYCHOLOGIST, "Нина"),
        (StaffRole.DIRECTOR, "Зоя"),
    ):
        await adult(work, role, name)
    await care.call(work, pair.mentee, About.HURT)
    assert await alerts(work) == ["Вера", "Нина"]
    rows = (await work.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("care:")))).all()
    for row in rows:
        assert row.kind == Kind.ALERT, "it passes quiet hours"
        said = json.dumps(row.body, ensure_ascii=False)
        assert "Аня" not in said
        assert "hurt" not in said


@pytest.mark.parametrize("hour", [1, 9, 23])
async def test_an_alert_goes_out_at_any_hour(work: Work, pair: Couple, hour: int) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    night = replace(work, now=work.now.replace(hour=hour))
    await care.call(night, pair.mentee, About.TALK)
    (row,) = await work.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("care:")))
    assert row.due_at == night.now


async def test_silence_calls_in_the_second_adult_then_the_director_once_each(
    work: Work, pair: Couple
) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    await adult(work, StaffRole.PSYCHOLOGIST, "Нина")
    second = await adult(work, StaffRole.SYSADMIN, "Тоня")
    await adult(work, StaffRole.DIRECTOR, "Зоя")
    work.school.settings = {**work.school.settings, "help_second": second.id}
    await care.call(work, pair.mentee, About.TALK)
    assert await care_alerts.escalate(replace(work, now=work.now + timedelta(minutes=29))) == 0
    for minutes in (31, 32):
        await care_alerts.escalate(replace(work, now=work.now + timedelta(minutes=minutes)))
    assert await alerts(work) == ["Вера", "Нина", "Вера", "Нина", "Тоня"]
    for minutes in (61, 62, 300):
        await care_alerts.escalate(replace(work, now=work.now + timedelta(minutes=minutes)))
    assert (await alerts(work))[5:] == ["Вера", "Нина", "Тоня", "Зоя"]


async def test_without_a_second_adult_the_director_is_called_in_first(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    await adult(work, StaffRole.DIRECTOR, "Зоя")
    await care.call(work, pair.mentee, About.TALK)
    late = replace(work, now=work.now + SOON)
    await care_alerts.escalate(late)
    assert await alerts(work) == ["Вера", "Вера", "Зоя"]
    director = await work.session.scalar(select(User).where(User.role == StaffRole.DIRECTOR))
    assert director is not None
    assert len(await care_alerts.waiting_for(late, StaffRole.DIRECTOR, director.id)) == 1


async def test_a_scheduler_that_was_away_catches_up_in_one_tick(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.DIRECTOR, "Зоя")
    number = await care.call(work, pair.mentee, About.TALK)
    assert await care_alerts.escalate(replace(work, now=work.now + LATER)) == 1
    request = await work.session.get(HelpRequest, number)
    assert request is not None
    assert request.step == Step.DIRECTOR
    assert "calls-for-help" in {tick.name for tick in TIMETABLE}


async def test_a_call_that_was_taken_goes_no_further_and_the_caller_hears_of_it(
    work: Work, pair: Couple
) -> None:
    user = await adult(work, StaffRole.CURATOR, "Вера")
    await adult(work, StaffRole.DIRECTOR, "Зоя")
    number = await care.call(work, pair.mentee, About.TALK)
    await care.take(work.by(user), number)
    assert await care_alerts.escalate(replace(work, now=work.now + LATER)) == 0
    assert await told(work, pair.mentee) == ["care-read"]
    with pytest.raises(Refusal, match="care-taken-already"):
        await care.take(work.by("user:77"), number)
    with pytest.raises(Refusal, match="care-action-needed"):
        await care.close(work.by(user), number, "  ")
    await care.close(work.by(user), number, "Поговорили")
    request = await work.session.get(HelpRequest, number)
    assert request is not None
    assert (request.state, request.action, request.closed_by) == (
        RequestState.CLOSED,
        "Поговорили",
        f"user:{user.id}",
    )


async def test_pressed_again_and_again_it_is_one_call_until_somebody_has_taken_it(
    work: Work, pair: Couple
) -> None:
    user = await adult(work, StaffRole.CURATOR, "Вера")
    numbers = {await care.call(work, pair.mentee, about) for about in About}
    assert len(numbers) == 1
    assert await alerts(work) == ["Вера"]
    await care.take(work.by(user), numbers.pop())
    await care.call(replace(work, now=work.now + SOON), pair.mentee, About.TALK)
    assert await alerts(work) == ["Вера", "Вера"]


async def test_a_message_without_urgency_runs_no_clock(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    await care.message(work, pair.mentee, "Когда следующая встреча?")
    assert await care_alerts.escalate(replace(work, now=work.now + LATER)) == 0
    assert await alerts(work) == []


async def test_a_message_to_the_curator_that_sounds_like_danger_is_a_call(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    await care.message(work, pair.mentee, "меня бьют дома")
    (card,) = await work.session.scalars(select(HelpRequest))
    assert (card.urgent, card.kind, card.about) == (True, CallKind.MESSAGE, Danger.ABUSE)
    assert await alerts(work) == ["Вера"]


@given(waited=st.integers(0, 600), minutes=st.integers(5, 240))
def test_steps_come_one_after_the_other_and_never_too_early(waited: int, minutes: int) -> None:
    now = build.NOW + timedelta(minutes=waited)
    settings = SchoolSettings(help_minutes=minutes)
    step = due_step(build.NOW, now, settings, ZoneInfo(build.ZONE))
    assert step == min(waited // minutes, 2)
    after = next_step_at(build.NOW, step, minutes)
    assert after is None or after > now


async def test_who_slept_through_a_call_is_told_again_when_the_school_opens_until_somebody_takes_it(
    work: Work, pair: Couple
) -> None:
    curator = await adult(work, StaffRole.CURATOR, "Вера")
    await adult(work, StaffRole.DIRECTOR, "Зоя")
    friday = work.now.replace(day=18, hour=17)  # ten in the evening in Yekaterinburg
    number = await care.call(replace(work, now=friday), pair.mentee, About.TALK)
    await care_alerts.escalate(replace(work, now=friday + LATER))
    before = len(await alerts(work))
    for hours in (10, 34, 57):  # Saturday and Sunday mornings, Monday at seven
        await care_alerts.escalate(replace(work, now=friday + timedelta(hours=hours)))
    assert len(await alerts(work)) == before
    for hours in (58, 59):
        await care_alerts.escalate(replace(work, now=friday + timedelta(hours=hours)))
    assert (await alerts(work))[before:] == ["Вера", "Зоя"]
    await care_alerts.escalate(replace(work, now=friday + timedelta(hours=82)))
    assert (await alerts(work))[before:] == ["Вера", "Зоя"] * 2
    await care.take(work.by(curator), number)
    await care_alerts.escalate(replace(work, now=friday + timedelta(hours=106)))
    assert (await alerts(work))[before:] == ["Вера", "Зоя"] * 2


async def test_who_hears_an_alert_and_who_does_not_is_known(work: Work, pair: Couple) -> None:
    page = await adult(work, StaffRole.CURATOR, "Вера")  # only the web chat
    bell = await adult(work, StaffRole.CURATOR, "Рита")
    alone = await adult(work, StaffRole.PSYCHOLOGIST, "Нина", chat=False)
    lost = await adult(work, StaffRole.DIRECTOR, "Зоя")
    for user, gone in ((bell, None), (lost, work.now)):
        (chat,) = await work.session.scalars(select(StaffChat).where(StaffChat.user_id == user.id))
        person = await work.session.get_one(Person, chat.person_id)
        if gone:
            await work.session.execute(delete(Address).where(Address.person_id == person.id))
        work.session.add(build.address(person, Channel.VK, f"9{user.id}", unreachable_since=gone))
    await work.session.flush()
    found = {one.user.id: one.way for one in await care_reach.named(work)}
    assert found == {page.id: Way.PAGE, bell.id: Way.CHAT, alone.id: Way.NONE, lost.id: Way.LOST}


# Contact of the pair


async def test_a_break_pauses_the_pair_and_tells_the_other_no_reason(work: Work, pair: Couple) -> None:
    number = await care.call(work, pair.mentee, About.MEETING)
    assert await care_apart.add(work, pair.mentee, number, "Он кричит", apart=True) == "done"
    held = await work.session.get(Pair, pair.pair)
    assert held is not None
    assert held.status == PairStatus.PAUSED
    assert await told(work, pair.mentor) == ["pair-paused"]
    (row,) = await work.session.scalars(select(OutboxRow).where(OutboxRow.person_id == pair.mentor))
    assert "кричит" not in json.dumps(row.body, ensure_ascii=False)
    request = await work.session.get(HelpRequest, number)
    assert request is not None
    assert (request.apart, request.words) == ("done", "Он кричит")


async def test_a_group_goes_on_for_the_others_and_the_curator_decides(work: Work) -> None:
    mentor = await member(work.session, work.school, "Олег", "Ветров", category=Category.TEACHER)
    children = [await member(work.session, work.school, name, "Рыжова") for name in ("Аня", "Катя")]
    made = await group(work.session, [mentor], children, is_group=True)
    number = await care.call(work, children[0].id, About.TALK)
    assert await care_apart.add(work, children[0].id, number, "", apart=True) == "asked"
    assert made.status == PairStatus.ACTIVE


async def test_nobody_adds_to_somebody_elses_call(work: Work, pair: Couple) -> None:
    number = await care.call(work, pair.mentee, About.TALK)
    with pytest.raises(Refusal, match="care-not-yours"):
        await care_apart.add(work, pair.mentor, number, "Всё хорошо", apart=False)


async def test_words_after_the_call_was_closed_are_a_new_call(work: Work, pair: Couple) -> None:
    number = await care.call(work, pair.mentee, About.TALK)
    await care.close(work.by("user:1"), number, "Поговорили")
    later = replace(work, now=work.now + SOON)
    await care_apart.add(later, pair.mentee, number, "Снова плохо", apart=False)
    cards = (await work.session.scalars(select(HelpRequest).order_by(HelpRequest.id))).all()
    assert [one.state for one in cards] == [RequestState.CLOSED, RequestState.NEW]


# Words


async def test_worrying_words_make_one_card_that_later_words_join(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.PSYCHOLOGIST, "Нина")
    person = await work.session.get(Person, pair.mentee)
    assert person is not None
    first = await care_words.heed(work, person, "я не хочу жить")
    again = await care_words.heed(replace(work, now=work.now + timedelta(minutes=5)), person, "режу себя")
    assert first is not None
    assert again is not None
    assert (first.made, again.made) == (True, False)
    (card,) = await work.session.scalars(select(HelpRequest))
    assert card.words == "я не хочу жить\n\nрежу себя"
    assert (card.about, card.urgent) == (Danger.SELF_HARM, True)
    assert await alerts(work) == ["Нина"]
    assert await care_words.heed(work, person, "умираю со смеху") is None


async def test_a_stranger_gets_contacts_and_leaves_no_card(work: Work) -> None:
    person = build.person(work.school, "", "", category=None, state=PersonState.VISITOR)
    work.session.add(person)
    await work.session.flush()
    heard = await care_words.heed(work, person, "меня бьют")
    assert heard is not None
    assert [text.id for text in heard.answer] == ["care-heard-stranger", "care-contacts"]
    assert list(await work.session.scalars(select(HelpRequest))) == []


async def test_the_same_words_in_one_turn_make_one_card(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    person = await work.session.get(Person, pair.mentee)
    assert person is not None
    await care_words.heed(work, person, "меня травят в классе")
    await care.ask_for_help(work, person.id, "Отзыв: меня травят в классе", urgent=True)
    (card,) = await work.session.scalars(select(HelpRequest))
    assert card.words == "Отзыв: меня травят в классе"
    assert await alerts(work) == ["Вера"]


async def test_worrying_words_of_a_chat_and_then_of_a_plan_make_one_card(work: Work, pair: Couple) -> None:
    await adult(work, StaffRole.CURATOR, "Вера")
    person = await work.session.get(Person, pair.mentee)
    assert person is not None
    await care_words.heed(work, person, "я не хочу жить")
    soon = replace(work, now=work.now + timedelta(minutes=5))
    await care_words.heed(soon, person, "меня травят в классе")
    assert await plans.alarmed(soon, person.id, "меня травят в классе")
    (card,) = await work.session.scalars(select(HelpRequest))
    assert card.words == "я не хочу жить\n\nменя травят в классе"
    assert await alerts(work) == ["Вера"]
    await care.take(work.by("user:1"), card.id)
    await plans.alarmed(soon, person.id, "меня травят в классе")
    assert len(list(await work.session.scalars(select(HelpRequest)))) == 2, "what was taken is not reopened"


async def test_an_ordinary_message_is_not_lost_in_an_earlier_card(work: Work, pair: Couple) -> None:
    person = await work.session.get(Person, pair.mentee)
    assert person is not None
    await care_words.heed(work, person, "я не хочу жить")
    await care.message(replace(work, now=work.now + timedelta(minutes=5)), person.id, "не хочу")
    assert len(list(await work.session.scalars(select(HelpRequest)))) == 2


async def test_long_words_looked_through_twice_make_one_card(work: Work, pair: Couple) -> None:
    person = await work.session.get(Person, pair.mentee)
    assert person is not None
    words = "я не хочу жить. " * 150
    await care_words.heed(work, person, words)
    again = await care_words.heed(replace(work, now=work.now + timedelta(minutes=5)), person, words)
    assert again is not None
    assert not again.made


# The adults' chats


async def test_a_code_of_the_bot_binds_an_account_to_a_chat_once(work: Work, pair: Couple) -> None:
    user = await adult(work, StaffRole.CURATOR, "Вера", chat=False)
    code = await linking.make(work, pair.mentor)
    await care_staff.bind(work, user, f" {code.lower()} ")
    assert (await care_staff.chat_of(work, user.id)).id == pair.mentor  # type: ignore[union-attr]
    with pytest.raises(Refusal, match="care-code-unfit"):
        await care_staff.bind(work, user, code)
    number = await care.call(work, pair.mentee, About.TALK)
    await care_staff.take(work, pair.mentor, number)
    request = await work.session.get(HelpRequest, number)
    assert request is not None
    assert request.taken_by == f"user:{user.id}"
    await care_staff.unbind(work, user)
    assert await care_staff.chat_of(work, user.id) is None


async def test_nobody_else_takes_a_call_from_a_chat(work: Work, pair: Couple) -> None:
    number = await care.call(work, pair.mentee, About.TALK)
    with pytest.raises(Refusal, match="care-not-yours"):
        await care_staff.take(work, pair.mentor, number)


# Closed notes


async def test_notes_are_sealed_read_by_the_psychologist_only_and_each_reading_is_noted(
    work: Work, pair: Couple
) -> None:
    psychologist = await adult(work, StaffRole.PSYCHOLOGIST, "Нина", chat=False)
    curator = await adult(work, StaffRole.CURATOR, "Вера", chat=False)
    await care_notes.write(work, BOX, psychologist, pair.mentee, "Говорили о доме")
    (row,) = await work.session.scalars(select(CareNote))
    assert "доме" not in row.sealed
    (note,) = await care_notes.read(work, BOX, psychologist, pair.mentee)
    assert note.words == "Говорили о доме"
    for what in (
        care_notes.read(work, BOX, curator, pair.mentee),
        care_notes.write(work, BOX, curator, pair.mentee, "Читаю"),
    ):
        with pytest.raises(Refusal, match="care-notes-closed"):
            await what
    (other,) = await care_notes.read(work, Box("another key", "care-notes"), psychologist, pair.mentee)
    assert other.words is None
    lines = (await work.session.scalars(select(JournalEntry).order_by(JournalEntry.number))).all()
    assert [line.action for line in lines].count("care.notes-read") == 2
    assert "доме" not in "".join(json.dumps([line.before, line.after], ensure_ascii=False) for line in lines)


async def test_erasing_a_person_deletes_the_notes_and_empties_the_cards(work: Work, pair: Couple) -> None:
    psychologist = await adult(work, StaffRole.PSYCHOLOGIST, "Нина", chat=False)
    number = await care.call(work, pair.mentee, About.HURT)
    await care_apart.add(work, pair.mentee, number, "Меня обижают", apart=False)
    await care_notes.write(work, BOX, psychologist, pair.mentee, "Говорили")
    await erasure.erase(work, pair.mentee, Basis.REQUEST)
    assert list(await work.session.scalars(select(CareNote))) == []
    await work.session.flush()
    card = await work.session.scalar(select(HelpRequest).execution_options(populate_existing=True))
    assert card is not None
    assert (card.words, card.about) == ("", "")


async def test_another_schools_adults_hear_nothing(work: Work, pair: Couple) -> None:
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    await adult(replace(work, school=other), StaffRole.CURATOR, "Чужая")
    await care.call(work, pair.mentee, About.TALK)
    assert await alerts(work) == []
