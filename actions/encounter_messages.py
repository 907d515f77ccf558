"""What is said about a meeting outside of pairs: names without surnames, the school's clock, buttons."""

from __future__ import annotations

from actions.meeting_messages import called, short_when, when
from actions.work import Work
from program.encounters import EncounterKind, SeatState
from program.outgoing import Choice, Message, say
from program.states import MeetingFormat
from program.text import Arg, Text, raw
from storage.tables import Encounter, Person, Seat

LIST = Choice(Text("encounters-list"), "f:encounters:signup")
TO_CURATOR = Choice(Text("menu-curator"), "f:curator")


def seated(encounter: Encounter) -> list[Seat]:
    """In the order of sign-up."""
    return [seat for seat in encounter.taken if seat.state == SeatState.SEATED]


def queue(encounter: Encounter) -> list[Seat]:
    return [seat for seat in encounter.taken if seat.state == SeatState.WAITING]


def seat_of(encounter: Encounter, person_id: int) -> Seat | None:
    """The person's seat, in whatever state."""
    return next((seat for seat in encounter.taken if seat.person_id == person_id), None)


def free(encounter: Encounter) -> int:
    return max(0, encounter.seats - len(seated(encounter)))


def is_of_two(encounter: Encounter) -> bool:
    return encounter.kind in (EncounterKind.TRIAL, EncounterKind.SITUATIONAL)


def others(encounter: Encounter, reader: Person) -> list[Person]:
    """With whom the reader meets at a meeting of two."""
    everybody = [seat.person for seat in seated(encounter)] + ([encounter.host] if encounter.host else [])
    return [one for one in everybody if one.id != reader.id]


def concerned(encounter: Encounter, reader: Person) -> set[int]:
    """Of whom a message to this reader tells: who leads, and the other one of two."""
    told = {reader.id} | ({encounter.host.id} if encounter.host else set())
    if is_of_two(encounter):
        told |= {one.id for one in others(encounter, reader)}
    return told


def where(encounter: Encounter) -> Text:
    if encounter.format == MeetingFormat.ONLINE:
        link = encounter.link
        return Text("meeting-online", {"link": link}) if link else Text("encounters-online-later")
    place = encounter.place
    return Text("meeting-offline", {"place": place}) if place else Text("encounters-place-later")


def with_whom(encounter: Encounter, reader: Person) -> Text:
    """«Ведёт Мария Ивановна», «С кем: Пётр И.», or nothing to name."""
    if is_of_two(encounter):
        names = ", ".join(called(one) for one in others(encounter, reader))
        return Text("encounters-with", {"names": names or "–"})
    if encounter.host is None or encounter.host_id == reader.id:
        return Text("encounters-host-you" if encounter.host_id == reader.id else "encounters-host-school")
    return Text("encounters-host", {"name": called(encounter.host)})


def described(work: Work, encounter: Encounter, reader: Person, text_id: str) -> Text:
    """A text that shows the topic, time, place and who leads."""
    args: dict[str, Arg] = {
        "topic": raw(encounter.topic),
        "when": when(work, encounter.starts_at, reader),
        "minutes": encounter.minutes,
        "where": where(encounter),
        "who": with_whom(encounter, reader),
    }
    return Text(text_id, args)


def card(work: Work, encounter: Encounter, reader: Person) -> Message:
    """A meeting one may sign up for, with how many seats are left."""
    texts = [described(work, encounter, reader, "encounters-card")]
    if encounter.about:
        texts.append(raw(encounter.about))
    left = free(encounter)
    texts.append(Text("encounters-free", {"count": left}) if left else Text("encounters-full"))
    label = "encounters-sign-up" if left else "encounters-wait"
    return Message(
        tuple(texts), ((Choice(Text(label), f"f:encounter:{encounter.id}", style="primary"),),)
    ).about(*concerned(encounter, reader))


def coming(work: Work, encounter: Encounter, reader: Person, text_id: str = "encounters-coming") -> Message:
    """A meeting of one's own, with a way not to come."""
    text = described(work, encounter, reader, text_id)
    return say(text, cannot(encounter)).about(*concerned(encounter, reader))


def cannot(encounter: Encounter) -> Choice:
    return Choice(Text("meeting-cannot"), f"f:encounter-leave:{encounter.id}")


def button(work: Work, encounter: Encounter, reader: Person) -> Text:
    """«ср 16.09, 15:30 – Как выбрать профессию», for a list of choices."""
    return Text(
        "encounters-button",
        {"when": short_when(work, encounter.starts_at, reader), "topic": raw(_short(encounter.topic))},
    )


def called_off(work: Work, encounter: Encounter, reader: Person) -> Message:
    """Neutral words: who did it and why is nobody's business."""
    args: dict[str, Arg] = {"topic": raw(encounter.topic), "when": when(work, encounter.starts_at, reader)}
    choice = TO_CURATOR if is_of_two(encounter) else LIST
    return say(Text("encounters-called-off", args), choice).about(reader.id)


def _short(topic: str, longest: int = 28) -> str:
    return topic if len(topic) <= longest else topic[: longest - 1].rstrip() + "…"
