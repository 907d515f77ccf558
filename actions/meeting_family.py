"""What a parent sees of a child's meetings: when and where the agreed ones are. Nothing of what is said there."""

from __future__ import annotations

from actions import consents
from actions import meeting_messages as messages
from actions.meetings import ahead
from actions.naming import Case
from actions.work import Work
from program.outgoing import Message, say
from program.states import MeetingFormat
from program.text import Arg, Text
from storage import meetings
from storage.tables import Meeting, Pair, Person

SHOWN = 3  # meetings of a pair


async def of_children(work: Work, parent: Person) -> list[Message]:
    """For each child under 18 for whom the school has confirmed this person: what lies ahead. Nothing for others."""
    children = await consents.wards(work, parent.id, confirmed=True)
    found = [await _of_child(work, parent, child) for child in children]
    return [*found, say(Text("meeting-of-child"))] if found else []


async def _of_child(work: Work, parent: Person, child: Person) -> Message:
    lines = []
    for pair in await meetings.active_pairs(work.session, work.school.id, child.id):
        coming = ahead(await meetings.of_pair(work.session, pair.id), work.now)[:SHOWN]
        lines += [_line(work, one, parent, child, pair) for one in coming]
    if not lines:
        return Message((Text("meeting-child-none", {"child": child.first_name}),)).about(child.id)
    return Message(tuple(lines)).about(child.id)


def _line(work: Work, meeting: Meeting, parent: Person, child: Person, pair: Pair) -> Text:
    assert meeting.starts_at is not None
    args: dict[str, Arg] = {
        "child": child.first_name,
        "when": messages.when(work, meeting.starts_at, parent),
        "partner": messages.partner(pair, child, Case.INSTRUMENTAL),
        "where": _where(meeting),
    }
    return Text("meeting-child-ahead", args)


def _where(meeting: Meeting) -> Text:
    """The address of an online meeting is for those who meet."""
    if meeting.format == MeetingFormat.ONLINE:
        return Text("meeting-child-online")
    return messages.where(meeting) if meeting.place else Text("meeting-child-somewhere")
