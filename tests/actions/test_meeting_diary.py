"""Who came, what the meeting was about, and who reads it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from actions import erasure, meeting_diary, meeting_outcomes, meetings, my_data, reminders, reports
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.retention import Basis
from program.roles import Category
from program.states import MeetingFormat, MeetingStatus
from program.text import Text
from storage import meeting_diary as stored
from storage import meetings as rows
from storage import people
from storage.tables import Meeting, MeetingNote, Person
from tests.actions import pool
from tests.pairs import Couple, couple, group, member, told

AT = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)
AFTER = AT + timedelta(hours=2)
HELD = MeetingStatus.HELD


def later(work: Work, moment: datetime = AFTER) -> Work:
    return replace(work, now=moment)


async def who(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def fixed(work: Work, pair: Couple) -> Meeting:
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    offer = await meetings.propose(work, mentor, pair.pair, [AT], MeetingFormat.OFFLINE, "Кабинет 214")
    return await meetings.accept(work, mentee, offer.id, 0)


async def held(work: Work, pair: Couple) -> Meeting:
    meeting = await fixed(work, pair)
    await meeting_outcomes.outcome(later(work), await who(work, pair.mentor), meeting.id, HELD)
    return meeting


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school, starts_on=date(2026, 9, 1))


async def test_a_held_meeting_of_two_has_both_on_its_list(work: Work, pair: Couple) -> None:
    meeting = await held(work, pair)
    found = await stored.attendance(work.session, [meeting.id])
    assert {(one.person_id, one.came) for one in found} == {(pair.mentor, True), (pair.mentee, True)}


async def test_of_a_group_the_mentor_says_who_was_not_there_and_may_say_it_anew(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupils = [await member(work.session, work.school, name) for name in ("Аня", "Оля", "Юля")]
    circle = await group(work.session, [mentor], pupils, is_group=True, title="Юные физики")
    meeting = await meetings.propose(work, mentor, circle.id, [AT], MeetingFormat.OFFLINE)

    await meeting_outcomes.outcome(later(work), mentor, meeting.id, HELD, absent=[pupils[0].id])
    assert await there(work, meeting) == {mentor.id, pupils[1].id, pupils[2].id}

    came = [mentor.id, *(one.id for one in pupils)]
    await meeting_outcomes.attendance(later(work), meeting.id, came, by=mentor)
    assert await there(work, meeting) == set(came)
    with pytest.raises(Refusal, match="meeting-group-by-mentor"):
        await meeting_outcomes.attendance(later(work), meeting.id, came, by=pupils[0])


async def there(work: Work, meeting: Meeting) -> set[int]:
    return {one.person_id for one in await stored.attendance(work.session, [meeting.id]) if one.came}


async def test_the_curator_settles_what_nobody_answered(work: Work, pair: Couple) -> None:
    meeting = await fixed(work, pair)
    with pytest.raises(Refusal, match="meeting-not-yet"):
        await meeting_outcomes.settle(work, meeting.id, HELD)
    await meeting_outcomes.settle(later(work), meeting.id, HELD)
    assert (meeting.status, meeting.closed_by) == (HELD, None)
    with pytest.raises(Refusal, match="states-not-now"):
        await meeting_outcomes.settle(later(work), meeting.id, MeetingStatus.MISSED)
    assert await rows.unanswered(work.session, work.school.id, AFTER + timedelta(days=9)) == []


async def test_a_line_is_two_words_and_grows_when_the_mentor_wants(work: Work, pair: Couple) -> None:
    meeting = await held(work, pair)
    mentor, soon = await who(work, pair.mentor), later(work)

    await meeting_diary.write(soon, mentor, meeting.id, topic="study", methods=["m_discussion"])
    await meeting_diary.add_step(soon, mentor, meeting.id, "Решить пять задач", date(2026, 9, 23))
    await meeting_diary.set_length(soon, mentor, meeting.id, 30)
    await meeting_diary.write(soon, mentor, meeting.id, topic_words="Дроби", methods=["m_discussion"])

    found = await rows.lock_pair(work.session, work.school.id, pair.pair)
    assert found is not None
    (line,) = await meeting_diary.lines(soon, found)
    assert (line.step, line.step_on, line.minutes) == ("Решить пять задач", date(2026, 9, 23), 30)
    assert line.topic.args["text"] == "Дроби"
    assert line.came == ("Мария Ивановна", "Аня К.")
    (note,) = await stored.of_pair(work.session, work.school.id, pair.pair)
    assert isinstance(note, MeetingNote)


async def test_only_the_mentor_writes_and_only_about_what_was_held(work: Work, pair: Couple) -> None:
    meeting = await fixed(work, pair)
    mentor, mentee, soon = await who(work, pair.mentor), await who(work, pair.mentee), later(work)
    stranger = await member(work.session, work.school, "Олег", "Сомов")

    async def refused(by: Person, at: Work = soon, **values: object) -> str:
        with pytest.raises(Refusal) as refusal:
            await meeting_diary.write(at, by, meeting.id, **({"topic": "study"} | values))  # type: ignore[arg-type]
        return refusal.value.text.id

    assert await refused(mentor) == "meeting-not-held"
    await meeting_outcomes.outcome(soon, mentor, meeting.id, HELD)
    assert await refused(mentee) == "meeting-diary-by-mentor"
    assert await refused(stranger) == "meeting-not-yours"
    assert await refused(mentor, topic="gossip") == "meeting-diary-odd"
    assert await refused(mentor, methods=["m_magic"]) == "meeting-diary-odd"
    assert await refused(mentor, topic="", topic_words="") == "meeting-diary-odd"
    assert await refused(mentor, later(work, AFTER + timedelta(days=31))) == "meeting-diary-late"
    with pytest.raises(Refusal, match="meeting-diary-first"):
        await meeting_diary.add_step(soon, mentor, meeting.id, "Дальше", None)


async def test_both_sides_read_it_and_a_stranger_does_not(work: Work, pair: Couple) -> None:
    meeting = await held(work, pair)
    soon = later(work)
    await meeting_diary.write(soon, await who(work, pair.mentor), meeting.id, topic_words="Дроби")
    for reader in (pair.mentor, pair.mentee):
        (line,) = await meeting_diary.to_read(soon, reader, pair.pair)
        assert "Дроби" in str(line)
        known = await my_data.known(soon, reader, reader)
        said = {section.code: [value for _, value in section.rows] for section in known.sections}
        assert said["diary"] == ["присутствие отмечено", "Дроби"]
    stranger = await member(work.session, work.school, "Олег", "Сомов")
    with pytest.raises(Refusal, match="meeting-not-yours"):
        await meeting_diary.to_read(soon, stranger.id, pair.pair)


async def diary_of(work: Work, reader: int, about: int) -> str:
    """What the section of the diary says, as one string."""
    known = await my_data.known(work, reader, about)
    return str([section.rows for section in known.sections if section.code == "diary"])


async def test_ones_file_holds_the_meetings_of_ones_own_time_in_the_group(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupils = [await member(work.session, work.school, name) for name in ("Аня", "Оля", "Юля")]
    circle = await group(work.session, [mentor], pupils, is_group=True, title="Юные физики")
    meeting = await meetings.propose(work, mentor, circle.id, [AT], MeetingFormat.OFFLINE)
    soon = later(work)
    await meeting_outcomes.outcome(soon, mentor, meeting.id, HELD)
    await meeting_diary.write(soon, mentor, meeting.id, topic_words="Маятник", methods=["m_discussion"])
    await meeting_diary.add_step(soon, mentor, meeting.id, "Собрать весы", None)
    stay = {one.person_id: one for one in circle.members}
    stay[pupils[1].id].joined_at = AFTER
    stay[pupils[2].id].left_at = AT
    await work.session.flush()

    assert "Маятник. Собрать весы" in await diary_of(soon, pupils[0].id, pupils[0].id)
    for pupil in pupils[1:]:
        assert "Маятник" not in await diary_of(soon, pupil.id, pupil.id)


async def test_a_guardian_reads_of_a_group_the_day_and_the_method(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupil = await member(work.session, work.school, "Аня")
    circle = await group(work.session, [mentor], [pupil], is_group=True, title="Юные физики")
    meeting = await meetings.propose(work, mentor, circle.id, [AT], MeetingFormat.OFFLINE)
    mother, soon = await pool.guardian(work, pupil.id), later(work)
    await meeting_outcomes.outcome(soon, mentor, meeting.id, HELD)
    await meeting_diary.write(soon, mentor, meeting.id, topic_words="Оля и маятник", methods=["m_discussion"])
    await meeting_diary.add_step(soon, mentor, meeting.id, "Оле собрать весы", None)

    hers = await diary_of(soon, mother.id, pupil.id)
    assert "маятник" not in hers
    assert "весы" not in hers
    assert "обсуждение" in hers.lower()
    circle.is_group = False
    await work.session.flush()
    assert "маятник" in await diary_of(soon, mother.id, pupil.id)


async def test_erasure_takes_the_words_and_leaves_the_count(work: Work, pair: Couple) -> None:
    meeting = await held(work, pair)
    mentor, soon = await who(work, pair.mentor), later(work)
    await meeting_diary.write(soon, mentor, meeting.id, topic_words="Аня и дроби")
    await meeting_diary.add_step(soon, mentor, meeting.id, "Ане решить задачи", None)

    await erasure.erase(soon, pair.mentee, Basis.REQUEST)

    note = await stored.note_of(work.session, meeting.id)
    assert note is not None
    await work.session.refresh(note)
    assert (note.topic_words, note.step, note.minutes) == ("", "", 45)
    assert len(await stored.attendance(work.session, [meeting.id])) == 2


async def test_the_report_lists_meetings_and_counts_who_came(work: Work, pair: Couple) -> None:
    meeting = await held(work, pair)
    soon = later(work)
    await meeting_diary.write(
        soon, await who(work, pair.mentor), meeting.id, topic_words="=Дроби", methods=["m_discussion"]
    )
    _, data = await reports.make(soon, "meetings", "2026-2027")
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"встреча-знакомство", "Кабинет 214", "Лебедева Мария Ивановна", "Котова Аня"} <= cells
    assert any("Дроби" in one for one in cells)
    assert "Посещаемость" in book.sheetnames


async def test_nobody_is_reproached_for_an_empty_diary(work: Work, pair: Couple) -> None:
    await held(work, pair)
    texts = {text["id"] for row in await told(work.session) for text in row.body["texts"]}
    assert not any(one.startswith("meeting-diary") for one in texts)


async def test_who_said_that_they_cannot_come_is_not_reminded_and_not_counted(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupils = [await member(work.session, work.school, name) for name in ("Аня", "Оля")]
    circle = await group(work.session, [mentor], pupils, is_group=True, title="Юные физики")
    meeting = await meetings.propose(work, mentor, circle.id, [AT], MeetingFormat.OFFLINE)

    assert await meetings.cancel(work, pupils[0], meeting.id)
    for hours in (23, 2, 1):
        await reminders.send_due(later(work, AT - timedelta(hours=hours)))
    assert {row.person_id for row in await told(work.session, "meeting-soon:")} == {mentor.id, pupils[1].id}
    await meeting_outcomes.settle(later(work), meeting.id, HELD)
    assert await there(work, meeting) == {mentor.id, pupils[1].id}


async def test_another_day_forgets_who_could_not_come(work: Work) -> None:
    mentor = await member(work.session, work.school, "Пётр", "Ильин", category=Category.TEACHER)
    pupil = await member(work.session, work.school, "Аня")
    circle = await group(work.session, [mentor], [pupil], is_group=True, title="Юные физики")
    meeting = await meetings.propose(work, mentor, circle.id, [AT], MeetingFormat.OFFLINE)
    await meetings.cancel(work, pupil, meeting.id)
    await meetings.move(work, mentor, meeting.id, [AT + timedelta(days=1)])
    assert list(await stored.attendance(work.session, [meeting.id])) == []


def test_after_a_month_nobodys_help_is_promised() -> None:
    """No door lets a curator write the diary."""
    assert "уратор" not in Texts("ru")(Text("meeting-diary-late"))
    assert "urator" not in Texts("en")(Text("meeting-diary-late"))
