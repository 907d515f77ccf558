"""«Дневник встреч»: every held meeting of the school year, and who came how often. Source: domain.md 6.10."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actions import directories
from actions.meeting_diary import topic_of
from actions.reports import heading, kept
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Value
from program.directories import Directory
from program.feedback import ABOUT_MEETINGS
from program.names import folded
from program.roles import Side
from program.states import MeetingFormat
from program.text import Text
from storage import meeting_diary as stored
from storage import report_counts as tally
from storage.tables import Attendance, Meeting, MeetingNote, PairMember

TITLE = "Дневник встреч"
COLUMNS = (
    "№",
    "Дата",
    "Время",
    "Минут",
    "Встреча",
    "Формат",
    "Место",
    "Наставник",
    "Наставляемые",
    "Присутствовали",
    "Не было",
    "Тема",
    "Методы",
    "Следующий шаг",
    "К какому дню",
    "Ответили после встречи",
    "Кто записал",
    "Записано",
)
BY_PERSON = ("ФИО", "Роль", "Класс", "Встреч состоялось", "Присутствие", "Часов")


@dataclass
class Count:
    """Of one person on one side: meetings that concerned them, where they were, minutes of these."""

    member: PairMember
    held: int = 0
    came: int = 0
    minutes: int = 0


@dataclass
class Found:
    rows: list[list[Value]] = field(default_factory=list)
    counts: dict[tuple[int, str], Count] = field(default_factory=dict)


async def build(work: Work, asked: Asked) -> Built:
    """a sheet of meetings and a sheet of people."""
    met = await stored.of_year(work.session, work.school.id, asked.year, asked.first, asked.until)
    there: dict[int, dict[int, Attendance]] = {}
    for one in await stored.attendance(work.session, [meeting.id for meeting, _ in met]):
        there.setdefault(one.meeting_id, {})[one.person_id] = one
    named = {
        one.slug: say(one.name) for one in await directories.entries(work, Directory.METHOD, everything=True)
    }
    said = await tally.answered_meetings(work.session, work.school.id, ABOUT_MEETINGS, asked.until)
    found = Found()
    for number, (meeting, note) in enumerate(met, 1):
        _add(work, found, number, meeting, note, there.get(meeting.id, {}), named, said.get(meeting.id, 0))
    then = await kept.people(work, asked.year)
    lines = await heading.lines(work, asked, "report-rule-meetings")
    meetings = Page(
        name=TITLE,
        columns=COLUMNS,
        rows=found.rows,
        title=TITLE,
        lines=lines,
        remarks=[Remark(say(Text("report-meetings-written", {"n": sum(note is not None for _, note in met), "all": len(met)})))],
        keep=3,
        personal=True,
        key="meetings",
        widths=(6, 12, 8, 8, 22, 10, 18, 26, 28, 28, 24, 22, 28, 32, 12, 12, 22, 16),
    )  # fmt: skip
    people = Page(
        name="Посещаемость",
        columns=BY_PERSON,
        rows=[_counted(count, then) for count in sorted(found.counts.values(), key=_by_name)],
        title="Посещаемость",
        lines=lines,
        keep=1,
        personal=True,
        key="attendance",
        widths=(32, 16, 10, 20, 14, 10),
    )
    return heading.built(TITLE, [meetings, people])


def _add(
    work: Work,
    found: Found,
    number: int,
    meeting: Meeting,
    note: MeetingNote | None,
    there: Mapping[int, Attendance],
    named: Mapping[str, str],
    said: int,
) -> None:
    assert meeting.starts_at is not None
    at = meeting.starts_at.astimezone(work.zone)
    minutes = note.minutes if note else meeting.minutes
    # Of a meeting that was noted before there were lists, everybody of that day counts as present.
    members = [
        one
        for one in meeting.pair.members
        if (one.person_id in there)
        or (
            not there
            and one.joined_at <= meeting.starts_at
            and (one.left_at is None or one.left_at > meeting.starts_at)
        )
    ]
    came = [one for one in members if one.person_id not in there or there[one.person_id].came]
    for one in members:
        count = found.counts.setdefault((one.person_id, str(one.side)), Count(one))
        count.held += 1
        if one in came:
            count.came += 1
            count.minutes += minutes
    written = note.at.astimezone(work.zone) if note else None
    online = meeting.format == MeetingFormat.ONLINE
    found.rows.append(
        [
            number,
            at.date(),
            None if meeting.by_day else f"{at:%H:%M}",
            minutes,
            say(Text(f"meeting-kind-{meeting.kind}")),
            say(Text(f"meeting-format-{meeting.format}")),
            None if online else meeting.place,
            _names(one for one in members if one.side == Side.MENTOR),
            _names(one for one in members if one.side == Side.MENTEE),
            _names(came),
            _names(one for one in members if one not in came),
            say(topic_of(note)) if note else None,
            ", ".join(named.get(slug, slug) for slug in note.methods) if note else None,
            note.step if note else None,
            note.step_on if note else None,
            said,
            note.person.full_name if note else None,
            f"{written:%d.%m.%Y %H:%M}" if written else None,
        ]
    )


def _counted(count: Count, then: Mapping[int, tuple[str, str]]) -> list[Value]:
    person = count.member.person
    side = "Наставник" if count.member.side == Side.MENTOR else "Наставляемый"
    _, class_name = then.get(person.id, ("", person.class_name))
    return [person.full_name, side, class_name, count.held, count.came, round(count.minutes / 60, 1)]


def _by_name(count: Count) -> tuple[str, str, int]:
    return folded(count.member.person.full_name), str(count.member.side), count.member.person_id


def _names(members: Iterable[PairMember]) -> str:
    return "\n".join(one.person.full_name for one in members)
