"""What is said about a meeting of the whole programme to one of those invited."""

from __future__ import annotations

from actions.meeting_messages import when
from actions.work import Work
from program.outgoing import Choice, Message
from program.states import MeetingFormat
from program.text import Arg, Text, raw
from storage.tables import Gathering, Invitee, Person

LONGEST_SHOWN = 300


def invitation(
    work: Work, gathering: Gathering, reader: Person, text_id: str = "gathering-invited"
) -> Message:
    """Day, hour, place, two buttons. The same words without «приду» serve as a reminder and in lists."""
    seat = seat_of(gathering, reader.id)
    texts = [Text(text_id, _args(work, gathering, reader))]
    if gathering.about:
        texts.append(raw(gathering.about[:LONGEST_SHOWN]))
    yes = Choice(Text("gathering-coming"), f"f:gathering:{gathering.id}.yes", style="primary")
    no = Choice(Text("gathering-cannot"), f"f:gathering:{gathering.id}.no")
    choices = [no] if seat is not None and seat.coming else [yes, no]
    if seat is not None and seat.coming is False:
        choices = [yes]
    return Message(tuple(texts), tuple((choice,) for choice in choices)).about(reader.id)


def called_off(work: Work, gathering: Gathering, reader: Person) -> Message:
    return Message((Text("gathering-off", _args(work, gathering, reader)),)).about(reader.id)


def seat_of(gathering: Gathering, person_id: int) -> Invitee | None:
    return next((one for one in gathering.invited if one.person_id == person_id), None)


def where(gathering: Gathering) -> Text:
    if gathering.format == MeetingFormat.ONLINE:
        return Text("meeting-online", {"link": gathering.link})
    return Text("meeting-offline", {"place": gathering.place})


def _args(work: Work, gathering: Gathering, reader: Person) -> dict[str, Arg]:
    return {
        "kind": Text(f"meeting-kind-{gathering.kind}"),
        "when": when(work, gathering.starts_at, reader),
        "where": where(gathering),
        "minutes": gathering.minutes,
    }
