"""What the clock has to say about meetings. Derived from the rows each time: nothing is planned ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from actions import meeting_messages as messages
from actions.tell import Letter, tell_all
from actions.work import Work
from program.meetings import LAST_QUESTION, Moment, due, questions, reminder_window, reminders
from program.outgoing import Message
from program.roles import Category
from program.settings import STAFF
from storage import reminding
from storage.reminding import Saying

LOOK_BACK = timedelta(days=30)  # questions put off by the longest holidays
# Letters of a beat, which everybody else waits for; about what Telegram takes until the next one.
MOST = 1_500
PAGE = 500  # people looked at together; MOST is some of these

Moments = dict[bool, Moment]  # for those with the hours of staff, and for the others
Words = Callable[[Any, messages.View], Message]


async def send_due(work: Work) -> None:
    """Reminds of confirmed meetings a day and two hours ahead, once each, in the reader's polite hours.

    The key carries the start: a moved meeting is reminded of again. A reminder whose hour has come
    before the meeting was agreed is left out: the agreement has just been read.
    """
    settings, zone, left = work.settings, work.zone, MOST
    until = reminder_window(work.now, settings, zone)

    def words(meeting: Any, mine: messages.View) -> Message:
        return messages.coming_to(work, meeting, mine, "reminder-soon")

    for start in await reminding.starts(work.session, work.school.id, work.now, until):
        by_name = _due(work, partial(reminders, start, settings, zone))
        for name, moments in by_name.items():
            agreed_by = max(one.at for one in moments.values())
            end = f":{name}:{_start(start)}"
            what = Saying("meeting-soon:", end, start, _only(moments), agreed_by=agreed_by)
            left -= await _tell_new(work, what, moments, words, left)


async def ask_outcomes(work: Work) -> None:
    """«Встреча состоялась?» an hour after the planned end, the next day, and two days later for the last time.

    Both sides are asked; of a group its mentors. The last question says that it is the last one: nobody is pressed.
    """
    settings, zone, left = work.settings, work.zone, MOST

    def words(meeting: Any, mine: messages.View) -> Message:
        return messages.question_to(work, meeting, mine)

    def last_words(meeting: Any, mine: messages.View) -> Message:
        return messages.question_to(work, meeting, mine, last=True)

    past = await reminding.lengths(work.session, work.school.id, work.now - LOOK_BACK, work.now)
    for start, minutes in past:
        by_name = _due(work, partial(questions, start, minutes, settings, zone))
        for name, moments in by_name.items():
            end = f"{'' if name == 'first' else f':{name}'}:{_start(start)}"
            what = Saying("meeting-outcome:", end, start, _only(moments), minutes=minutes, leaders=True)
            left -= await _tell_new(work, what, moments, last_words if name == LAST_QUESTION else words, left)


def _due(work: Work, of: Callable[[Category], tuple[Moment, ...]]) -> dict[str, Moments]:
    """What is to be said now, by its name: people have one of two kinds of hours."""
    found: dict[str, Moments] = defaultdict(dict)
    for staff, category in ((False, Category.PUPIL), (True, Category.TEACHER)):
        if moment := due(of(category), work.now):
            found[moment.name][staff] = moment
    return found


def _only(moments: Moments) -> bool | None:
    """Whether it is said to staff only, to the others only; None: to both."""
    return next(iter(moments)) if len(moments) == 1 else None


def _start(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


async def _tell_new(work: Work, what: Saying, moments: Moments, words: Words, most: int) -> int:
    """Queues what was not queued yet; returns how many. A late one waits for polite hours, or is not sent at all."""
    told, after = 0, (0, 0)
    while told < most:
        # Who can be reached nowhere is found again and again: behind them others wait.
        found = await reminding.untold(work.session, work.school.id, what, after, PAGE)
        if not found:
            break
        after = found[-1].id, found[-1].member
        here = await reminding.present(work.session, {one.pair_id for one in found})
        letters = []
        for one in found:
            people = here[one.pair_id]
            reader = next(person for _, person in people if person.id == one.person)
            moment = moments[reader.category in STAFF]
            if what.agreed_by and one.confirmed_at and moment.at < one.confirmed_at:
                continue
            mine = messages.view_among(
                people, reader.id, reader.language, is_group=one.is_group, title=one.title
            )
            key = f"{what.begin}{one.id}:{reader.id}{what.end}"
            due_at = max(moment.at, work.now)
            letters.append(Letter(reader, words(one, mine), key, due_at=due_at, expires_at=moment.until))
        told += len(await tell_all(work, letters))
    return told
