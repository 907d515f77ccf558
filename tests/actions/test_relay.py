"""Writing to each other through the bot: who may, what becomes of it, what is kept, and for how long."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from actions import care, care_apart, erasure, my_data, pair_life, pauses, relay, relay_desk, relay_keeping
from actions.permission import may_be_told
from actions.work import Work
from admin.access import RULES
from locales import Texts
from program.care import About
from program.channels import Channel
from program.errors import Refusal
from program.outgoing import Kind
from program.pair_life import STAFF_PAUSES
from program.relay import LONGEST, RelayState
from program.retention import AFTER_PAIR, Basis
from program.roles import Category, PersonState, Side, StaffRole
from program.screening import Found
from program.states import PairStatus
from program.text import Text
from storage.database import Database
from storage.tables import (
    Address,
    Consent,
    HelpRequest,
    OutboxRow,
    Pair,
    PairMember,
    Person,
    RelayAddressee,
    RelayMessage,
    RelayReader,
    School,
    WebMessage,
)
from tests import build
from tests.actions.test_erasure import dump
from tests.both import database as database
from tests.pairs import Couple, couple, group, member

WORDS = "Сегодня созвездие Лебедя видно с крыши"
PHONE = "Позвони: 8 912 345-67-89"


async def letters(work: Work) -> list[OutboxRow]:
    statement = select(OutboxRow).where(OutboxRow.kind == Kind.LETTER).order_by(OutboxRow.id)
    return list(await work.session.scalars(statement.execution_options(populate_existing=True)))


async def kept(work: Work) -> list[RelayMessage]:
    statement = select(RelayMessage).order_by(RelayMessage.id)
    return list(await work.session.scalars(statement.execution_options(populate_existing=True)))


async def refused(work: Work, ids: Couple, words: str = WORDS) -> str:
    """The sentence that the mentee hears."""
    with pytest.raises(Refusal) as no:
        await relay.write(work, ids.mentee, ids.pair, words)
    return no.value.text.id


async def allowed(work: Work, row: OutboxRow) -> bool:
    return await may_be_told(work, await work.session.get(Person, row.person_id), Channel.WEB, row.body)


async def test_words_go_to_the_other_side_alone_and_at_once(work: Work) -> None:
    ids = await couple(work.session, work.school)
    written = await relay.write(work, ids.mentee, ids.pair, WORDS)
    (row,) = await letters(work)
    assert (written.state, written.at) == (RelayState.SENT, None)
    assert (row.person_id, row.due_at) == (ids.mentor, work.now)
    assert WORDS in str(row.body)
    assert "Котова" not in str(row.body)
    assert await allowed(work, row)


async def test_in_a_group_everybody_else_reads_it_and_namesakes_are_told_apart(work: Work) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    first = await member(work.session, work.school, "Аня", "Котова")
    second = await member(work.session, work.school, "Аня", "Синицына")
    pair = await group(work.session, [mentor], [first, second], is_group=True, title="Робототехника")
    await relay.write(work, first.id, pair.id, WORDS)
    found = await letters(work)
    assert [row.person_id for row in found] == [mentor.id, second.id]
    assert "Аня К." in str(found[1].body)
    assert "Робототехника" in str(found[1].body)


async def test_a_break_from_a_group_stops_the_letters_of_one_member_and_the_others_notice_nothing(
    work: Work,
) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    child = await member(work.session, work.school, "Аня", "Котова")
    other = await member(work.session, work.school, "Катя", "Синицына")
    pair = await group(work.session, [mentor], [child, other], is_group=True, title="Робототехника")
    await relay.write(work, mentor.id, pair.id, WORDS)
    await relay.write(work, child.id, pair.id, WORDS)
    number = await care.call(work, child.id, About.MEETING)
    assert await care_apart.add(work, child.id, number, "", apart=True) == "asked"
    for row in await letters(work):
        hers = row.person_id == child.id or child.id in row.body["concerns"]["people"]
        assert await allowed(work, row) is not hers, "what was on its way stops as well"
    later = replace(work, now=work.now + timedelta(hours=1))
    written = await relay.write(later, mentor.id, pair.id, "Завтра в три")
    assert (written.state, written.silent) == (RelayState.SENT, False)
    assert [row.person_id for row in await letters(work) if "Завтра" in str(row.body)] == [other.id]
    with pytest.raises(Refusal, match="relay-paused"):
        await relay.write(later, child.id, pair.id, WORDS)
    seen = await relay.correspondence(later, child.id, pair.id)
    assert "Завтра" not in str(seen["lines"])
    assert not seen["open"]
    assert (await relay.correspondence(later, other.id, pair.id))["open"]
    await care.close(work.by("user:1"), number, "Поговорили, хочет вернуться")
    await relay.write(replace(later, now=later.now + timedelta(hours=1)), mentor.id, pair.id, "Ждём всех")
    assert [row.person_id for row in await letters(work) if "Ждём" in str(row.body)] == [child.id, other.id]


async def test_a_long_message_comes_in_parts_with_the_buttons_under_the_last(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentee, ids.pair, "Слово за словом. " * (LONGEST // 17))
    found = await letters(work)
    assert len(found) == 2
    assert ["rows" in row.body for row in found] == [False, True]
    with pytest.raises(Refusal):
        await relay.write(work, ids.mentee, ids.pair, "я" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (PairStatus.OFFERED, "relay-not-begun"),
        (PairStatus.PAUSED, "relay-paused"),
        (PairStatus.COMPLETED, "relay-over"),
        (PairStatus.STOPPED, "relay-over"),
        (PairStatus.SUGGESTED, "relay-not-yours"),
    ],
)
async def test_a_pair_that_does_not_work_says_what_to_do_instead(
    work: Work, status: PairStatus, text: str
) -> None:
    ids = await couple(work.session, work.school, status=status)
    assert await refused(work, ids) == text
    assert await letters(work) == []


async def test_without_consent_nothing_passes_and_nobody_learns_whose_is_missing(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentee, ids.pair, WORDS)
    await work.session.execute(delete(Consent).where(Consent.person_id == ids.mentor))
    assert await refused(work, ids) == "relay-paused"
    (row,) = await letters(work)
    assert not await allowed(work, row)


async def test_whoever_cannot_be_reached_is_not_written_to_in_vain(work: Work) -> None:
    ids = await couple(work.session, work.school)
    lost = update(Address).where(Address.person_id == ids.mentor).values(unreachable_since=work.now)
    await work.session.execute(lost)
    assert await refused(work, ids) == "relay-unreachable"


async def test_a_school_may_switch_it_off(work: Work) -> None:
    ids = await couple(work.session, work.school)
    work.school.settings = {**work.school.settings, "relay": {"on": False}}
    assert await refused(work, ids) == "relay-off"


async def test_a_call_for_help_is_heard_even_where_nothing_can_be_written(work: Work) -> None:
    ids = await couple(work.session, work.school, status=PairStatus.PAUSED)
    written = await relay.write(work, ids.mentee, ids.pair, "я не хочу жить")
    assert written.state == RelayState.CARE
    (card,) = await work.session.scalars(select(HelpRequest))
    assert (card.person_id, card.urgent) == (ids.mentee, True)
    assert await letters(work) == []


async def test_a_flood_waits_but_a_call_for_help_never_does(work: Work) -> None:
    ids = await couple(work.session, work.school)
    for number in range(relay.HOURLY):
        await relay.write(work, ids.mentee, ids.pair, f"Слово {number}")
    assert await refused(work, ids) == "relay-many"
    assert (await relay.write(work, ids.mentee, ids.pair, "я не хочу жить")).state == RelayState.CARE
    later = Work(work.session, work.school, work.now + timedelta(hours=1, minutes=1))
    assert (await relay.write(later, ids.mentee, ids.pair, WORDS)).state == RelayState.SENT


async def test_a_number_sent_bit_by_bit_is_held_at_its_last_bit(work: Work) -> None:
    ids = await couple(work.session, work.school)
    states = [(await relay.write(work, ids.mentor, ids.pair, bit)).state for bit in ("8 912", "345", "67 89")]
    assert states == [RelayState.SENT, RelayState.SENT, RelayState.HELD]
    assert (await kept(work))[-1].found == [Found.PHONE]


async def test_what_was_taken_out_is_remembered_as_a_kind_without_its_words(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentor, ids.pair, WORDS, [Found.PHONE, Found.PHONE])
    assert [(one.rewritten, one.words) for one in await kept(work)] == [(["phone"], WORDS)]


async def test_a_pause_of_the_pair_stops_what_is_still_on_its_way(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentee, ids.pair, WORDS)
    await pair_life.pause(work, ids.pair, STAFF_PAUSES[0])
    (row,) = await letters(work)
    assert not await allowed(work, row)


async def test_a_reader_who_asked_for_silence_reads_it_later_and_the_writer_knows(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await pauses.pause(work, ids.mentor, None)
    assert (await relay.write(work, ids.mentee, ids.pair, WORDS)).silent
    (row,) = await letters(work)
    assert not await allowed(work, row)
    found = await relay.correspondence(work, ids.mentor, ids.pair)
    assert WORDS in str(found["lines"])


async def test_the_evening_and_the_weekend_of_a_teacher_are_kept(work: Work) -> None:
    ids = await couple(work.session, work.school)
    saturday_night = Work(work.session, work.school, work.now + timedelta(days=4, hours=10))
    to_teacher = await relay.write(saturday_night, ids.mentee, ids.pair, WORDS)
    to_pupil = await relay.write(saturday_night, ids.mentor, ids.pair, WORDS)
    assert to_teacher.at is not None
    assert to_pupil.at is not None
    assert (to_teacher.at.strftime("%a %H:%M"), to_pupil.at.strftime("%a %H:%M")) == (
        "Mon 08:00",
        "Sun 08:00",
    )


async def test_a_newcomer_of_a_group_reads_nothing_from_before(work: Work) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    first = await member(work.session, work.school)
    pair = await group(work.session, [mentor], [first], is_group=True)
    await relay.write(work, first.id, pair.id, WORDS)
    late = await member(work.session, work.school, "Ира", "Синицына")
    other = await group(work.session, [], [late], is_group=True, status=PairStatus.DROPPED)
    moved = update(PairMember).where(PairMember.pair_id == other.id)
    await work.session.execute(moved.values(pair_id=pair.id, joined_at=work.now + timedelta(hours=1)))
    assert (await relay.correspondence(work, late.id, pair.id))["lines"] == []


async def said_to(work: Work, person: int, pair: int) -> str:
    return str((await relay.correspondence(work, person, pair))["lines"])


@pytest.mark.parametrize("kept_out", ["left_at", "aside_since"])
async def test_who_is_out_of_a_group_reads_no_new_letters_of_the_others(work: Work, kept_out: str) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    child = await member(work.session, work.school)
    other = await member(work.session, work.school, "Ира", "Синицына")
    pair = await group(work.session, [mentor], [child, other], is_group=True)
    await relay.write(work, mentor.id, pair.id, WORDS)
    await relay.write(work, child.id, pair.id, "Моё слово")
    out = update(PairMember).where(PairMember.person_id == child.id)
    await work.session.execute(out.values({kept_out: work.now + timedelta(hours=1)}))
    later = replace(work, now=work.now + timedelta(hours=2))
    await relay.write(later, mentor.id, pair.id, "Завтра в три")
    seen = await said_to(later, child.id, pair.id)
    assert WORDS in seen
    assert "Моё слово" in seen
    assert "Завтра" not in seen
    assert "Завтра" in await said_to(later, other.id, pair.id)


async def test_of_two_mentors_only_the_one_who_is_there_reads_the_child(work: Work) -> None:
    ids = await couple(work.session, work.school)
    guest = await member(work.session, work.school, "Ольга", "Орлова", category=Category.TEACHER)
    place = build.participation(guest, Side.MENTOR, "uchit_uch")
    work.session.add(place)
    await work.session.flush()
    await relay.write(work, ids.mentor, ids.pair, "До отпуска")
    by = work.by("user:1")
    await pair_life.substitute(by, ids.pair, place.id, work.today + timedelta(days=7))
    hours = [replace(by, now=work.now + timedelta(hours=hour)) for hour in (1, 2, 3)]
    await relay.write(hours[0], ids.mentee, ids.pair, WORDS)
    assert WORDS in await said_to(hours[0], guest.id, ids.pair)
    away = await said_to(hours[0], ids.mentor, ids.pair)
    assert "До отпуска" in away
    assert WORDS not in away
    await pair_life.end_substitution(hours[1], ids.pair)
    await relay.write(hours[2], ids.mentee, ids.pair, "С возвращением")
    back = await said_to(hours[2], ids.mentor, ids.pair)
    assert "До отпуска" in back
    assert "С возвращением" in back
    assert WORDS not in back, "what the child said to another adult is not the mentor's"
    after = await said_to(hours[2], guest.id, ids.pair)
    assert WORDS in after
    assert "До отпуска" not in after
    assert "С возвращением" not in after
    child = await said_to(hours[2], ids.mentee, ids.pair)
    assert all(words in child for words in ("До отпуска", WORDS, "С возвращением"))
    message = next(one for one in await kept(work) if one.words == WORDS)
    with pytest.raises(Refusal, match="relay-not-yours"):
        await relay.complain(hours[2], ids.mentor, message.id)


async def test_what_was_written_to_the_mentor_is_not_passed_on_to_whoever_stands_in(work: Work) -> None:
    ids = await couple(work.session, work.school)
    guest = await member(work.session, work.school, "Ольга", "Орлова", category=Category.TEACHER)
    place = build.participation(guest, Side.MENTOR, "uchit_uch")
    work.session.add(place)
    await work.session.flush()
    await relay.write(work, ids.mentee, ids.pair, PHONE)
    (message,) = await kept(work)
    by = work.by("user:1")
    await pair_life.substitute(by, ids.pair, place.id, work.today + timedelta(days=7))
    with pytest.raises(Refusal, match="relay-not-now"):
        async with work.session.begin_nested():
            await relay_desk.release(by, message.id)
    await pair_life.end_substitution(by, ids.pair)
    await work.session.refresh(message)
    await relay_desk.release(by, message.id)
    assert {row.person_id for row in await letters(work) if "912" in str(row.body)} == {ids.mentor}


async def test_whoever_comes_back_to_a_group_reads_nothing_of_the_time_between(work: Work) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    child = await member(work.session, work.school)
    other = await member(work.session, work.school, "Ира", "Синицына")
    pair = await group(work.session, [mentor], [child, other], is_group=True)
    await relay.write(work, mentor.id, pair.id, "Первое")
    mine = update(PairMember).where(PairMember.person_id == child.id)
    await work.session.execute(mine.values(left_at=work.now + timedelta(hours=1)))
    await relay.write(replace(work, now=work.now + timedelta(hours=2)), mentor.id, pair.id, "Второе")
    back = replace(work, now=work.now + timedelta(hours=3))
    await work.session.execute(mine.values(left_at=None, joined_at=back.now))
    await relay.write(back, mentor.id, pair.id, "Третье")
    seen = await said_to(back, child.id, pair.id)
    assert "Первое" in seen
    assert "Второе" not in seen
    assert "Третье" in seen


async def test_of_whom_the_bot_cannot_reach_the_letters_of_a_group_wait_in_the_correspondence(
    work: Work,
) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    child = await member(work.session, work.school)
    other = await member(work.session, work.school, "Ира", "Синицына")
    pair = await group(work.session, [mentor], [child, other], is_group=True)
    lost = update(Address).where(Address.person_id == child.id).values(unreachable_since=work.now)
    await work.session.execute(lost)
    await relay.write(work, mentor.id, pair.id, WORDS)
    assert {row.person_id for row in await letters(work)} == {other.id}
    assert WORDS in await said_to(work, child.id, pair.id)


async def test_held_and_alarming_words_of_the_other_side_are_never_in_the_correspondence(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentor, ids.pair, PHONE)
    await relay.write(work, ids.mentee, ids.pair, "я не хочу жить")
    seen = [
        str((await relay.correspondence(work, one, ids.pair))["lines"]) for one in (ids.mentor, ids.mentee)
    ]
    assert "912" in seen[0]
    assert "912" not in seen[1]
    assert not any("хочу жить" in one for one in seen)


async def test_only_who_got_a_message_complains_of_it_and_once(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentor, ids.pair, WORDS)
    (message,) = await kept(work)
    with pytest.raises(Refusal):
        await relay.complain(work, ids.mentor, message.id)
    await relay.complain(work, ids.mentee, message.id, "мне неприятно")
    await relay.complain(work, ids.mentee, message.id)
    (card,) = await work.session.scalars(select(HelpRequest))
    assert card.urgent
    assert "мне неприятно" in card.words
    assert WORDS not in card.words


async def test_the_curator_cannot_pass_on_into_a_pair_that_has_ended(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentor, ids.pair, PHONE)
    (message,) = await kept(work)
    await work.session.execute(update(Pair).values(status=PairStatus.COMPLETED, closed_at=work.now))
    with pytest.raises(Refusal) as no:
        await relay_desk.release(work, message.id)
    assert no.value.text.id == "relay-not-now"
    await work.session.rollback()


def test_participants_and_the_documents_of_the_school_are_told_the_same_of_keeping_and_reading() -> None:
    days = AFTER_PAIR.days
    for language, said in (("ru", f"{days} дней после"), ("en", f"{days} days longer")):
        assert said in Texts(language)(Text("relay-rules-final", {"photos": "off"}))
    docs = Path(__file__).parents[2] / "docs"
    for name in ("privacy.md", "how-to/correspondence.md"):
        words = (docs / name).read_text(encoding="utf-8")
        assert f"пока пара работает и {days} дней после её конца" in words.replace("\n", " ").replace(
            "Пока", "пока"
        )
        assert "через бота не идёт" not in words
    readers = {
        name for name, roles in RULES.items() if name.startswith("relay") and roles - {StaffRole.CURATOR}
    }
    assert {role for name in readers for role in RULES[name]} == {StaffRole.CURATOR, StaffRole.PSYCHOLOGIST}
    told = Texts("ru")(Text("relay-rules-school", {"curator": "-"}))
    assert "куратор" in told
    assert "Психолог" in told
    assert "Родители, директор и учителя переписку не читают" in told


async def test_thirty_days_after_the_pair_nothing_of_it_is_left(work: Work, database: Database) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentee, ids.pair, WORDS)
    (row,) = await letters(work)
    bubble = WebMessage(
        school_id=work.school.id, person_id=ids.mentor, outbox_id=row.id, mine=False, words=WORDS, at=work.now
    )
    work.session.add(bubble)
    await work.session.execute(update(Pair).values(status=PairStatus.COMPLETED, closed_at=work.now))
    for days, gone in ((29, 0), (31, 1), (32, 0)):
        later = Work(work.session, work.school, work.now + timedelta(days=days))
        assert await relay_keeping.forget_old(later) == gone
    assert list(await work.session.scalars(select(RelayAddressee))) == []
    await work.session.commit()
    assert WORDS not in await dump(database)


async def test_what_was_complained_of_stays_until_a_grown_up_has_looked(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentor, ids.pair, WORDS)
    (message,) = await kept(work)
    await relay.complain(work, ids.mentee, message.id)
    await work.session.execute(update(Pair).values(status=PairStatus.STOPPED, closed_at=work.now))
    later = Work(work.session, work.school, work.now + timedelta(days=40))
    assert await relay_keeping.forget_old(later) == 0
    await relay_desk.settle(later, message.id)
    assert await relay_keeping.forget_old(later) == 1


async def test_nothing_of_an_erased_writer_is_left_with_anybody(work: Work, database: Database) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentee, ids.pair, WORDS)
    await relay.write(work, ids.mentor, ids.pair, f"И правда: {WORDS}")
    await erasure.erase(work, ids.mentee, Basis.REQUEST)
    for table in (RelayReader, RelayAddressee):
        assert [one.person_id for one in await work.session.scalars(select(table))] == [ids.mentor]
    await work.session.commit()
    assert WORDS not in await dump(database)


async def test_each_side_gets_its_own_words_as_a_file_and_a_guardian_none(work: Work) -> None:
    ids = await couple(work.session, work.school)
    await relay.write(work, ids.mentee, ids.pair, WORDS)
    await relay.write(work, ids.mentor, ids.pair, "Завтра в пять")
    (first, second) = await letters(work)
    first.sent_at = second.sent_at = work.now
    found = str(await my_data.known(work, ids.mentee, ids.mentee))
    assert WORDS in found
    assert "Завтра в пять" not in found


async def test_a_pause_and_a_message_at_once_leave_nothing_on_its_way(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, school)

    async def turn(verb: object, *args: object) -> str:
        try:
            async with database.transaction() as session:
                await verb(Work(session, school, now, "user:1"), *args)  # type: ignore[operator]
        except Refusal as refusal:
            return refusal.text.id
        return "done"

    verbs = [turn(relay.write, ids.mentee, ids.pair, f"{WORDS} {n}") for n in range(4)]
    verbs.insert(2, turn(pair_life.pause, ids.pair, STAFF_PAUSES[0]))
    answers = await asyncio.wait_for(asyncio.gather(*verbs), 60)
    assert answers[2] == "done"
    assert set(answers) <= {"done", "relay-paused"}
    async with database.transaction() as session:
        work = Work(session, school, now)
        for row in await letters(work):
            assert not await allowed(work, row)


async def test_a_frozen_partner_gets_nothing(work: Work) -> None:
    ids = await couple(work.session, work.school)
    frozen = update(Person).where(Person.id == ids.mentor).values(state=PersonState.FROZEN)
    await work.session.execute(frozen)
    assert await refused(work, ids) in ("relay-paused", "relay-unreachable")
