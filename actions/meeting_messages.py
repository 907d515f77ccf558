"""What is said about a meeting to one reader: names without surnames, the school's clock, buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from actions import naming
from actions.naming import Case
from actions.work import Work
from locales import dates
from program import names, secret_addresses
from program.outgoing import Choice, Concerns, Message, say
from program.roles import Category, Side
from program.series import Repeat, occurrences
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from program.text import Arg, Text, raw
from storage.meetings import present
from storage.tables import Meeting, Pair, PairMember, Person

SKIPPED_NAMED = 4  # days of a series that are left out, by name
SERIES_NAMED = 5  # meetings of a series, by day
OUTCOMES = (MeetingStatus.HELD, MeetingStatus.MOVED, MeetingStatus.MISSED)


class Named(Protocol):
    """A person, or the columns of one."""

    @property
    def id(self) -> int: ...
    @property
    def first_name(self) -> str: ...
    @property
    def middle_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def category(self) -> str | None: ...


class Reads(Protocol):
    @property
    def language(self) -> str: ...


class Dated(Protocol):
    """A fixed meeting, or the columns of one."""

    @property
    def id(self) -> int: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def kind(self) -> MeetingKind: ...
    @property
    def format(self) -> MeetingFormat: ...
    @property
    def place(self) -> str: ...
    @property
    def link(self) -> str: ...
    @property
    def proposed_by(self) -> int: ...


@dataclass(frozen=True)
class View:
    """What a pair or group is to one reader.

    Args:
        partner: as `partner` says it. concerned: as `concerned`.
    """

    reader: int
    language: str
    partner: str
    concerned: Sequence[int]
    is_group: bool
    is_mentor: bool


_P = TypeVar("_P", bound=Named)


def view(pair: Pair, reader: Person) -> View:
    words, ids = partner(pair, reader), concerned(pair, reader)
    return View(reader.id, reader.language, words, ids, pair.is_group, is_mentor(pair, reader))


def view_among(
    here: Sequence[tuple[Side, _P]], reader: int, language: str, *, is_group: bool, title: str
) -> View:
    """The same from columns: the sides and people who meet now, mentors first."""
    leads = (Side.MENTOR, reader) in [(side, person.id) for side, person in here]
    if is_group and title:
        return View(reader, language, title, [reader], is_group, leads)
    named = _named([one for one in here if one[1].id != reader], is_group)
    names = ", ".join([called(person) for person in named])
    return View(reader, language, names, [person.id for _, person in here], is_group, leads)


def called(person: Named) -> str:
    """Pupils and students are «Пётр И.», adults «Мария Ивановна»."""
    if person.category in (Category.PUPIL, Category.STUDENT):
        return names.short(person.first_name, person.last_name)
    return names.polite(person.first_name, person.middle_name, person.last_name)


def partner(pair: Pair, reader: Person, case: Case = Case.NOMINATIVE) -> str:
    """The name of the other side, for a Russian reader in this case; of a group its title (or its mentors)."""
    if pair.is_group and pair.title:
        return pair.title
    others = [(m.side, m.person) for m in _those_of(pair) if m.person_id != reader.id]
    named = _named(others, pair.is_group)
    if case is Case.NOMINATIVE or reader.language != "ru":
        return ", ".join(called(person) for person in named)
    return ", ".join(naming.called(person, case) for person in named)


def _named(others: Sequence[tuple[Side, _P]], is_group: bool) -> list[_P]:
    """Of a group its mentors, where there are any besides the reader."""
    mentors = [person for side, person in others if side == Side.MENTOR] if is_group else []
    return mentors or [person for _, person in others]


def concerned(pair: Pair, reader: Person) -> list[int]:
    """Of whom a message to this reader tells: of a pair, or a group without a title, everybody; else the reader."""
    titled = pair.is_group and pair.title
    return [reader.id] if titled else [member.person_id for member in _those_of(pair)]


def _those_of(pair: Pair) -> list[PairMember]:
    """Who meets now; of a pair that is over, who was in it to the end."""
    return present(pair) or [one for one in pair.members if one.left_at and one.left_at == pair.closed_at]


def when(work: Work, at: datetime, reader: Reads) -> str:
    """«среда, 16 сентября, 15:30»."""
    return dates.moment(at, work.zone, reader.language)


def when_met(work: Work, meeting: Meeting, reader: Reads) -> str:
    """As `when`, of a meeting that has been; without an hour where none is known."""
    at = meeting.starts_at or meeting.closed_at or meeting.created_at
    return dates.met(at, work.zone, reader.language, by_day=meeting.by_day)


def short_when(work: Work, at: datetime, reader: Person) -> str:
    """«ср 16.09, 15:30», for buttons."""
    day = dates.short_day(at.astimezone(work.zone).date(), reader.language)
    return f"{day}, {dates.clock(at, work.zone)}"


def where(meeting: Dated, *, agreed: bool = True) -> Text:
    """The place or the link; while nobody has agreed, the link stays with the one who offers."""
    if meeting.format == MeetingFormat.ONLINE and meeting.link and not agreed:
        return Text("meeting-online-hidden")
    if meeting.format == MeetingFormat.ONLINE:
        return (
            Text("meeting-online", {"link": meeting.link}) if meeting.link else Text("meeting-online-later")
        )
    return Text("meeting-offline", {"place": meeting.place}) if meeting.place else Text("meeting-place-later")


def kind(meeting: Dated) -> Text:
    return Text(f"meeting-kind-{meeting.kind}")


def slots_of(meeting: Meeting) -> list[datetime]:
    return [datetime.fromisoformat(slot) for slot in meeting.slots]


def calendar(reader: Person) -> Choice:
    """The way into the reader's own calendar: a secret address that can be changed."""
    return Choice(Text("meeting-to-calendar"), url=secret_addresses.calendar(reader.preferences))


def repeats(work: Work, meeting: Meeting, reader: Person) -> list[Text]:
    """How often, until when, and what is left out; nothing for a single meeting."""
    repeat, slots = Repeat.read(meeting.repeat), slots_of(meeting)
    if repeat is None or not slots:
        return []
    series = occurrences(slots[0], repeat, work.settings, work.zone)
    args: dict[str, Arg] = {
        "weeks": repeat.weeks,
        "until": dates.day(repeat.until, reader.language),
        "count": len(series.starts),
        "skipped": ", ".join(dates.day(day, reader.language) for day in series.skipped[:SKIPPED_NAMED]),
        "more": max(len(series.skipped) - SKIPPED_NAMED, 0),
    }
    return [Text("meeting-repeats" if not series.skipped else "meeting-repeats-skipping", args)]


def _with(first: Text, more: Sequence[Text]) -> Text:
    return Text("meeting-two-lines", {"first": first, "second": more[0]}) if more else first


def warned(work: Work, slots: Sequence[datetime]) -> list[Text]:
    """A remark where an offered day lies in an exam week."""
    days = {slot.astimezone(work.zone).date() for slot in slots}
    return [Text("meeting-exams")] if any(work.settings.is_exam(day) for day in days) else []


def proposal(
    work: Work, meeting: Meeting, reader: Person, proposer: Person, was: datetime | None = None
) -> Message:
    """The offered starts, each on a button that carries the proposal's number: an old one fits no new time."""
    starts = [(n, start) for n, start in enumerate(slots_of(meeting)) if start > work.now]
    fits = [
        Choice(
            Text("meeting-fits", {"slot": short_when(work, start, reader)}),
            f"f:meeting-reply:{meeting.id}.{n}.{meeting.sequence}",
        )
        for n, start in starts
    ]
    args: dict[str, Arg] = {
        "partner": called(proposer),
        "kind": kind(meeting),
        "slots": "\n".join(f"• {when(work, start, reader)}" for _, start in starts),
        "where": _with(where(meeting, agreed=False), repeats(work, meeting, reader)),
    }
    text = Text("meeting-proposed", args)
    if was is not None:
        text = Text("meeting-move-proposed", {**args, "was": when(work, was, reader)})
    other = Choice(Text("meeting-other-time"), f"f:meeting-other:{meeting.id}")
    remarks = warned(work, [start for _, start in starts])
    message = Message((text, *remarks), tuple((choice,) for choice in (*fits, other)))
    return message.about(reader.id, proposer.id)


def waiting(work: Work, meeting: Meeting, reader: Person, pair: Pair) -> Message:
    """To the one who proposed: what is offered, nobody has answered yet."""
    lines = "\n".join(f"• {when(work, start, reader)}" for start in slots_of(meeting))
    text = Text("meeting-waiting", {"partner": partner(pair, reader), "slots": lines})
    ways = (
        Choice(Text("meeting-other-time"), f"f:meeting-other:{meeting.id}"),
        Choice(Text("meeting-withdraw"), f"f:meeting-cancel:{meeting.id}"),
    )
    return Message((text, *repeats(work, meeting, reader)), tuple((choice,) for choice in ways))


def agreed(
    work: Work, meeting: Meeting, reader: Person, pair: Pair, series: Sequence[Meeting] = ()
) -> Message:
    """Date, time, place, and a way into the reader's calendar. Stays in the history.

    Args:
        series: meetings that were agreed together with this one.
    """
    mine = view(pair, reader)
    text = _of_fixed("meeting-agreed", work, meeting, mine)
    more: tuple[Text, ...] = ()
    if series:
        starts = sorted(one.starts_at for one in series if one.starts_at is not None)
        lines = "\n".join(f"• {when(work, start, reader)}" for start in starts[:SERIES_NAMED])
        left = max(len(starts) - SERIES_NAMED, 0)
        last = dates.day(starts[-1].astimezone(work.zone).date(), reader.language)
        more = (Text("meeting-agreed-series", {"slots": lines, "more": left, "last": last}),)
    ways = [calendar(reader), cannot(meeting), *_link(meeting, mine)]
    message = Message((text, *more), tuple((choice,) for choice in ways))
    return message.about(*mine.concerned)


def coming(
    work: Work, meeting: Meeting, reader: Person, pair: Pair, text_id: str = "meeting-coming"
) -> Message:
    """A fixed meeting in a list or a reminder, with ways to move it or not to come."""
    return coming_to(work, meeting, view(pair, reader), text_id)


def coming_to(work: Work, meeting: Dated, mine: View, text_id: str) -> Message:
    choices = [Choice(Text("meeting-move"), f"f:meeting-other:{meeting.id}"), cannot(meeting)]
    if mine.is_group and not mine.is_mentor:
        del choices[0]
    choices += _link(meeting, mine)
    return _to(mine, _of_fixed(text_id, work, meeting, mine), choices)


def _to(mine: View, text: Text, choices: Sequence[Choice]) -> Message:
    """Made at once: copying a message with its concerns takes twice as long as making it, and these go out by thousands."""
    rows = tuple([(choice,) for choice in choices])
    return Message((text,), rows, concerns=Concerns(tuple(mine.concerned)))


def _link(meeting: Dated, mine: View) -> list[Choice]:
    """Whoever leads an online meeting that has no address yet may add it."""
    lacks = meeting.format == MeetingFormat.ONLINE and not meeting.link
    leads = mine.is_mentor or (not mine.is_group and meeting.proposed_by == mine.reader)
    return [Choice(Text("meeting-add-link"), f"f:meeting-link:{meeting.id}")] if lacks and leads else []


def question(work: Work, meeting: Meeting, reader: Person, pair: Pair) -> Message:
    """«Встреча состоялась?»"""
    return question_to(work, meeting, view(pair, reader))


def question_to(work: Work, meeting: Dated, mine: View, *, last: bool = False) -> Message:
    """As `question`. `last`: says that nobody will ask again."""
    assert meeting.starts_at is not None
    args = {"when": when(work, meeting.starts_at, mine), "partner": mine.partner}
    answers = [
        Choice(Text(f"reminder-{outcome}"), f"f:meeting-outcome:{meeting.id}.{outcome}")
        for outcome in OUTCOMES
    ]
    return _to(mine, Text("reminder-outcome-last" if last else "reminder-outcome", args), answers)


def cancelled(work: Work, meeting: Meeting, reader: Person, by: Person, was: datetime | None) -> Message:
    """Neutral words; no reason is asked for and none is made up."""
    again = Choice(Text("meeting-pick-time"), f"f:meeting:{meeting.pair_id}")
    if was is None:
        return say(Text("meeting-withdrawn", {"partner": called(by)}), again).about(reader.id, by.id)
    return say(Text("meeting-cancelled", {"when": when(work, was, reader)}), again).about(reader.id, by.id)


def series_off(work: Work, off: Sequence[Meeting], reader: Person, by: Person) -> Message:
    """Several meetings at once will not take place."""
    starts = sorted(one.starts_at for one in off if one.starts_at is not None)
    if not starts:
        return cancelled(work, off[0], reader, by, None)
    first, last = (when(work, at, reader) for at in (starts[0], starts[-1]))
    again = Choice(Text("meeting-pick-time"), f"f:meeting:{off[0].pair_id}")
    text = Text("meeting-series-off", {"count": len(off), "first": first, "last": last})
    return say(text, again).about(reader.id, by.id)


def words_after(work: Work, meeting: Meeting, reader: Person, by: Person, words: str) -> Message:
    """What whoever does not come has added."""
    assert meeting.starts_at is not None
    at = when(work, meeting.starts_at, reader)
    args: dict[str, Arg] = {"partner": called(by), "when": at, "words": raw(words)}
    return say(Text("meeting-note", args)).about(reader.id, by.id)


def absent(work: Work, meeting: Meeting, reader: Person, by: Person) -> Message:
    """To the mentors of a group: one member will not come, the meeting stays."""
    assert meeting.starts_at is not None
    args: dict[str, Arg] = {"partner": called(by), "when": when(work, meeting.starts_at, reader)}
    return say(Text("meeting-absent", args)).about(reader.id, by.id)


def met(work: Work, meeting: Meeting, reader: Person, by: Person) -> Message:
    """The other side has noted a meeting that nobody planned; a slip, or worse, is put right in one press."""
    text = Text("meeting-met-told", {"partner": called(by), "when": when_met(work, meeting, reader)})
    not_so = Choice(Text("meeting-met-not"), f"f:meeting-outcome:{meeting.id}.{MeetingStatus.MISSED}")
    return say(text, not_so).about(reader.id, by.id)


def lapsed(meeting: Meeting, reader: Person, pair: Pair) -> Message:
    return say(
        Text("meeting-lapsed", {"partner": partner(pair, reader, Case.INSTRUMENTAL)}),
        Choice(Text("meeting-pick-time"), f"f:meeting:{meeting.pair_id}"),
    ).about(*concerned(pair, reader))


def pair_closed(pair: Pair, reader: Person) -> Message:
    """What was ahead will not take place. No reason: that is between each of them and the curator."""
    text = Text("pair-closed", {"partner": partner(pair, reader)})
    return say(text, Choice(Text("menu-curator"), "f:curator")).about(*concerned(pair, reader))


def cannot(meeting: Dated) -> Choice:
    return Choice(Text("meeting-cannot"), f"f:meeting-cancel:{meeting.id}")


def is_mentor(pair: Pair, person: Person) -> bool:
    return any(m.person_id == person.id and m.side == "mentor" for m in present(pair))


def mentors(pair: Pair) -> Sequence[Person]:
    return [member.person for member in present(pair) if member.side == "mentor"]


def _of_fixed(text_id: str, work: Work, meeting: Dated, mine: View) -> Text:
    assert meeting.starts_at is not None
    args: dict[str, Arg] = {
        "when": when(work, meeting.starts_at, mine),
        "partner": mine.partner,
        "kind": kind(meeting),
        "where": where(meeting),
    }
    return Text(text_id, args)
