"""What the demo's first pairs have lived through: meetings, letters, goals, a worry, a call that was answered.

Invented words; everything goes through the verbs of the doors.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions import (
    achievements,
    care,
    feedback,
    gatherings,
    goals,
    ideas,
    meeting_diary,
    meeting_outcomes,
    meetings,
    mentor_hours,
    relay,
)
from actions.achievements import Won
from actions.audiences import Audience
from actions.gatherings import Draft
from actions.work import Work
from app.demo_weeks import Act, Cast, Weeks
from program.care import About
from program.instruments import Value
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage import meetings as rows
from storage import people, plans
from storage.tables import Meeting, Person

HOUR = timedelta(hours=1)
PLACE = "Библиотека"
GLAD: dict[str, Value] = {"FB_M.2": 9, "FB_M.3": "great", "FB_M.4": "no"}
CALM: dict[str, Value] = {"FB_M.2": 8, "FB_M.3": "fine", "FB_M.4": "no"}
DULL: dict[str, Value] = {"FB_M.2": 3, "FB_M.3": "soso", "FB_M.4": "no"}
LED: dict[str, Value] = {"FB_N.4": 8, "FB_N.2": "m_consulting", "FB_N.6": "no"}
TALKED: dict[str, Value] = {"FB_N.4": 9, "FB_N.2": "m_discussion", "FB_N.6": "no"}
ON: dict[str, Value] = {"FB_START.1": "yes"}
FIRST = ("acquaint", "m_discussion", "Принести тетрадь и выбрать тему")
SECOND = ("study", "m_consulting", "Решить три задачи и показать на встрече")
LETTERS = (
    ("mentor", "Привет! Я твой наставник. Что тебе сейчас интереснее всего?"),
    ("mentee", "Привет! Хочу разобраться с дробями и сделать проект про птиц."),
    ("mentor", "Отличная тема. Принеси на встречу тетрадь, посмотрим вместе."),
    ("mentee", "Хорошо! А можно тебе звонить? Мой номер 8 900 000-00-00"),
)


def tell(weeks: Weeks, pairs: Sequence[Cast], groups: Sequence[Cast]) -> None:
    """Puts the stories on the days. The first six pairs have a programme; the last ones have not met yet."""
    talkers, waiting, makers, winners, readers, teachers, lost, dull, helped = pairs[:9]
    for one in (talkers, makers, winners, readers):
        _met(weeks, one, -5, FIRST, TALKED | ON, GLAD | ON)
        _met(weeks, one, -2, SECOND, LED | ON, CALM | ON)
    for one in (waiting, helped, *pairs[9:13]):
        _met(weeks, one, -4, FIRST, TALKED | ON, CALM | ON)
    for one in (talkers, winners, teachers):
        _agree(weeks, one, weeks.at(-1, 15), weeks.next(14))
    slots = [weeks.next(14), weeks.next(15), weeks.next(14) + timedelta(days=1)]
    weeks.put(weeks.at(-1, 16), waiting.mentee, _offer(waiting, waiting.mentee, slots))
    for day in (-6, -3):
        _met(weeks, dull, day, FIRST, LED | ON, DULL | ON)
        _missed(weeks, lost, day)
    _letters(weeks, talkers)
    _grown(weeks, winners, readers)
    _helped(weeks, helped)
    _met(weeks, groups[0], -3, ("talk", "m_activity", "Каждый готовит по одному вопросу"), TALKED | ON, {})
    _started(weeks, teachers)


def _agree(weeks: Weeks, cast: Cast, said_at: datetime, at: datetime) -> None:
    """The mentor offers, the mentee agrees an hour later; a group's mentor fixes the hour."""
    at = weeks.free(at, (cast.mentor, *cast.mentees))
    weeks.put(said_at, cast.mentor, _offer(cast, cast.mentor, [at]))
    if cast.group:
        return

    async def accept(work: Work) -> None:
        meeting = await _newest(work, cast)
        await meetings.accept(work, await _person(work, cast.mentee), meeting.id, 0)

    weeks.put(said_at + HOUR, cast.mentee, accept)


def _met(
    weeks: Weeks,
    cast: Cast,
    day: int,
    line: tuple[str, str, str],
    mentor: dict[str, Value],
    mentee: dict[str, Value],
) -> None:
    """Agreed the day before, held, written down, and both sides say how it was."""
    _agree(weeks, cast, weeks.at(day - 1, 15) if -day < 6 else weeks.at(day, 9), weeks.at(day, 13, 30))
    topic, method, step = line

    async def held(work: Work) -> None:
        meeting, who = await _newest(work, cast), await _person(work, cast.mentor)
        absent = cast.mentees[-2:] if cast.group else None
        await meeting_outcomes.outcome(work, who, meeting.id, MeetingStatus.HELD, absent)
        await meeting_diary.write(work, who, meeting.id, topic=topic, methods=[method])
        await meeting_diary.add_step(work, who, meeting.id, step, None)
        await feedback.record(work, cast.mentor, meeting.id, mentor)

    async def says(work: Work) -> None:
        await feedback.record(work, cast.mentee, (await _newest(work, cast)).id, mentee)

    weeks.put(weeks.at(day, 15), cast.mentor, held)
    if mentee:
        weeks.put(weeks.at(day, 16), cast.mentee, says)


def _missed(weeks: Weeks, cast: Cast, day: int) -> None:
    _agree(weeks, cast, weeks.at(day, 9), weeks.at(day, 14))

    async def missed(work: Work) -> None:
        meeting = await _newest(work, cast)
        await meeting_outcomes.outcome(
            work, await _person(work, cast.mentor), meeting.id, MeetingStatus.MISSED
        )

    weeks.put(weeks.at(day, 16), cast.mentor, missed)


def _letters(weeks: Weeks, cast: Cast) -> None:
    """Four letters; the last one has a telephone number in it and waits for the curator."""
    for number, (side, words) in enumerate(LETTERS):
        who = cast.mentor if side == "mentor" else cast.mentee
        weeks.put(weeks.at(number - 5, 17), who, _writes(cast, who, words))


def _writes(cast: Cast, who: int, words: str) -> Act:
    async def act(work: Work) -> None:
        await relay.write(work, who, cast.pair, words)

    return act


def _grown(weeks: Weeks, winners: Cast, readers: Cast) -> None:
    """Goals, an olympiad, a project on its way, the mentor's hours, an idea that was taken."""

    async def goal(work: Work) -> None:
        await goals.name(work, winners.mentee, winners.pair, "Решать задачи на дроби без подсказок")

    async def look(work: Work) -> None:
        (standing,) = [one for one in await plans.goals(work.session, winners.pair) if one.state == "open"]
        await goals.look(work, winners.mentee, standing.id, 6, "Получается почти всегда")

    async def won(work: Work) -> None:
        olympiad = Won("Олимпиада по математике", "olympiad", "school", work.today, "prize")
        await achievements.add(work, winners.mentor, winners.pair, winners.mentee, olympiad)

    async def hours(work: Work) -> None:
        await mentor_hours.add(work, winners.mentor, winners.pair, 40, "prepare", work.today)

    async def project(work: Work) -> None:
        await achievements.note_project(
            work, readers.mentee, readers.pair, "making", title="Птицы нашего двора"
        )

    async def idea(work: Work) -> None:
        card = await ideas.show(work, readers.mentor, readers.pair)
        if card is not None:
            await ideas.take(work, readers.mentor, readers.pair, card["slug"])

    weeks.put(weeks.at(-5, 18), winners.mentee, goal)
    weeks.put(weeks.at(-2, 18), winners.mentee, look)
    weeks.put(weeks.at(-3, 18), winners.mentor, won)
    weeks.put(weeks.at(-2, 17), winners.mentor, hours)
    weeks.put(weeks.at(-3, 17), readers.mentee, project)
    weeks.put(weeks.at(-1, 17), readers.mentor, idea)


def _helped(weeks: Weeks, cast: Cast) -> None:
    """«Мне нужна помощь»: the curator took the call within minutes and wrote down what was done."""
    called: list[int] = []
    at = weeks.at(-3, 12)

    async def call(work: Work) -> None:
        called.append(await care.call(work, cast.mentee, About.MEETING))

    async def take(work: Work) -> None:
        await care.take(work, called[0])

    async def close(work: Work) -> None:
        await care.close(work, called[0], "Поговорили на перемене, время встреч перенесли на среду")

    weeks.put(at, cast.mentee, call)
    weeks.put(at + timedelta(minutes=10), 0, take)
    weeks.put(at + HOUR, 0, close)


def _started(weeks: Weeks, cast: Cast) -> None:
    """The first meeting of the teachers' form; one of them could not come."""
    made: list[int] = []
    at = weeks.at(-4, 14)

    async def call(work: Work) -> None:
        draft = Draft(MeetingKind.M0, at, place="Актовый зал", audience=Audience(forms=("uchit_uchit",)))
        made.append((await gatherings.call(work, draft)).id)

    async def says(work: Work) -> None:
        for seat in list((await gatherings.held(work, made[0])).invited)[:-1]:
            person = await _person(work, seat.person_id)
            await gatherings.answer(work.by(person), person, made[0], coming=True)

    async def came(work: Work) -> None:
        there = [seat.person_id for seat in (await gatherings.held(work, made[0])).invited]
        await gatherings.attendance(work, made[0], there[:-1])

    weeks.put(weeks.at(-6, 11), 0, call)
    weeks.put(weeks.at(-6, 16), 0, says)
    weeks.put(at + 2 * HOUR, 0, came)
    _met(weeks, cast, -3, ("career", "m_example", "Посетить урок и обсудить"), TALKED | ON, GLAD | ON)


def _offer(cast: Cast, who: int, slots: Sequence[datetime]) -> Act:
    async def act(work: Work) -> None:
        person = await _person(work, who)
        await meetings.propose(work, person, cast.pair, slots, MeetingFormat.OFFLINE, PLACE)

    return act


async def _newest(work: Work, cast: Cast) -> Meeting:
    """The meeting that was spoken of last."""
    return max(await rows.of_pair(work.session, cast.pair), key=lambda one: one.id)


async def _person(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    assert person is not None
    return person
