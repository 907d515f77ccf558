"""Ideas for the next meeting of a pair: one at a time, another one, kept with the pair; methods in short cards.

Nobody is told why an idea was chosen: what a mentee has asked for stays in the questionnaire.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from actions import directories, questionnaires
from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.meetings import ahead, open_one
from actions.work import Work
from locales import Texts, has
from program.ages import full_years
from program.directories import Directory, Entry
from program.errors import Refusal
from program.ideas import Idea, Wanted, grade_of, merged, ordered
from program.instruments import Value
from program.matching import HARD_FROM, grade
from program.meetings import next_kind
from program.roles import Category, Side
from program.states import MeetingKind, PairStatus
from program.text import Text, raw
from storage import ideas as stored
from storage import meetings, people
from storage.tables import Meeting, Pair, Person

Json = dict[str, Any]
FRESH = timedelta(days=60)  # an idea taken longer ago is not offered to the diary any more
SHOWN_TAKEN = 8  # on buttons, the newest first
TOGETHER = {
    "school",
    "pair",
    "group",
}  # answers to «Как удобнее встречаться?» of those who also meet in person


async def all_of(work: Work) -> tuple[Idea, ...]:
    """The school's ideas, with those it does not offer."""
    return merged(await stored.changes(work.session, work.school.id))


async def pairs(work: Work, person_id: int) -> list[list[Any]]:
    """[id, name of the other side] of every pair at work in which the person meets somebody."""
    me = await _person(work, person_id)
    found = await meetings.active_pairs(work.session, work.school.id, person_id)
    return [[pair.id, messages.partner(pair, me)] for pair in found]


async def show(work: Work, person_id: int, pair_id: int, place: int = 0) -> Json | None:
    """The idea at this place of today's order as a card, noted as shown; None: none suits.

    The card: slug, title, steps, minutes, format, next (the place after it), taken, ours (whether any is taken).

    Raises:
        Refusal: not a member of a pair at work.
    """
    me, pair = await _mine(work, person_id, pair_id)
    known = await stored.of_pair(work.session, work.school.id, pair.id)
    given = {}
    for row in known:
        before = row.shown_on if row.shown_on < work.today else row.shown_before
        if before is not None:
            given[row.slug] = before
    found = ordered(await all_of(work), await _wanted(work, pair), given)
    if not found:
        return None
    idea = found[place % len(found)]
    await stored.shown(work.session, work.school.id, pair.id, idea.slug, work.today)
    taken = {row.slug for row in known if row.taken_at}
    return _card(idea, me) | {
        "next": (place + 1) % len(found),
        "taken": idea.slug in taken,
        "ours": bool(taken),
    }


async def take(work: Work, person_id: int, pair_id: int, slug: str) -> Json:
    """Keeps an idea with the pair; a second time changes nothing. Returns {"title", "arranges", "leads"}.

    Raises:
        Refusal: not a member of a pair at work, or there is no such idea.
    """
    me, pair = await _mine(work, person_id, pair_id)
    idea = next((one for one in await all_of(work) if one.slug == slug and one.active), None)
    if idea is None:
        raise Refusal("ideas-unknown")
    await stored.shown(work.session, work.school.id, pair.id, slug, work.today)
    row = await stored.one(work.session, work.school.id, pair.id, slug)
    assert row is not None
    if row.taken_at is None:
        row.taken_at = work.now
    leads = messages.is_mentor(pair, me)
    return {
        "title": _word(idea.title.text, me),
        "arranges": leads or not pair.is_group,
        "leads": leads,
    }


async def taken(work: Work, person_id: int, pair_id: int) -> list[Json]:
    """Cards of what the pair took, the newest first."""
    me, pair = await _mine(work, person_id, pair_id)
    return [_card(idea, me) for idea in await _taken(work, pair)][:SHOWN_TAKEN]


async def for_diary(work: Work, pair: Pair, reader: Person, written: set[str]) -> str:
    """The title of what the pair took last, for a line of the diary that is about it; "" if there is none.

    Args:
        written: topics that the diary holds already.
    """
    for idea in await _taken(work, pair, since=FRESH):
        titles = {idea.title.ru, idea.title.en}
        if not titles & written:
            return _word(idea.title.text, reader)
    return ""


async def methods(work: Work) -> list[Json]:
    """Cards of the methods: slug, short (for a button), title, about, as JSON."""
    return [
        {
            "slug": one.slug,
            "short": short(one).to_json(),
            "title": one.seen.to_json(),
            "about": one.about.text.to_json(),
        }
        for one in await directories.entries(work, Directory.METHOD)
        if one.about.ru
    ]


def short(entry: Entry) -> Text:
    """A method in a word or two for a button, as long as the school has not put it in its own words."""
    text = f"ideas-method-{entry.slug.removeprefix('m_')}"
    return Text(text) if has(text) and not (entry.own or entry.edited) else entry.seen


async def known(work: Work, person: Person, say: Texts) -> list[tuple[str, str]]:
    """For «Мои данные»: which ideas the person's pairs took, and when."""
    named = {idea.slug: idea for idea in await all_of(work)}
    found = []
    for row in await stored.taken_by(work.session, work.school.id, person.id):
        assert row.taken_at is not None
        title = say(named[row.slug].title.text) if row.slug in named else row.slug
        found.append((f"{row.taken_at.astimezone(work.zone):%d.%m.%Y}", title))
    return found


async def _taken(work: Work, pair: Pair, since: timedelta | None = None) -> list[Idea]:
    named = {idea.slug: idea for idea in await all_of(work)}
    held = [row for row in await stored.of_pair(work.session, work.school.id, pair.id) if row.taken_at]
    held.sort(key=lambda row: (row.taken_at, row.id), reverse=True)
    return [
        named[row.slug]
        for row in held
        if row.slug in named
        and (since is None or (row.taken_at is not None and row.taken_at > work.now - since))
    ]


async def _wanted(work: Work, pair: Pair) -> Wanted:
    mentees = [one.person for one in meetings.present(pair) if one.side == Side.MENTEE]
    ids = [person.id for person in mentees]
    said: dict[int, dict[str, Value]] = {}
    for code in ("INT_ME_P", "INT_ME_T"):
        for key, answers in (await questionnaires.answers_of(work, ids, code)).items():
            said.setdefault(key, {}).update(answers)
    held = await meetings.of_pair(work.session, pair.id)
    return Wanted(
        pair.form,
        tuple((Category(person.category or Category.OTHER), _grade(work, person)) for person in mentees),
        _kind(work, pair, held),
        pair.id,
        work.today,
        frozenset().union(*(_topics(answers) for answers in said.values())),
        is_group=pair.is_group,
        online_only=any(_only_online(answers) for answers in said.values()),
    )


def _kind(work: Work, pair: Pair, known: Any) -> MeetingKind:
    """Of the meeting that stands already, else of the next in the sequence."""
    standing: Meeting | None = open_one(known, work.now) or next(iter(ahead(known, work.now)), None)
    if standing is not None:
        return MeetingKind(standing.kind)
    return next_kind(rows.held_kinds(known), work.today, rows.last_day(pair))


def _topics(answers: Mapping[str, Value]) -> frozenset[str]:
    found: set[str] = set()
    for question in ("INT_ME_P.2", "INT_ME_P.5", "INT_ME_T.12"):
        value = answers.get(question)
        found |= {str(one) for one in value} if isinstance(value, list | tuple) else set()
    hard = {
        q for q, mark in answers.items() if q.startswith("D") and isinstance(mark, int) and mark >= HARD_FROM
    }
    return frozenset(found | hard)


def _only_online(answers: Mapping[str, Value]) -> bool:
    said = answers.get("INT_ME_P.7")
    return isinstance(said, list | tuple) and bool(said) and not TOGETHER & set(said)


def _grade(work: Work, person: Person) -> int | None:
    age = full_years(person.birth_date, work.today) if person.birth_date else None
    return grade_of(grade(person.class_name), age) if person.category == Category.PUPIL else None


def _card(idea: Idea, reader: Person) -> Json:
    lines = [_word(step.text, reader) for step in idea.steps]
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    steps = "\n".join(numbered if len(lines) > 1 else lines)  # a school's words stand as they were typed
    both = {"offline", "online"} <= idea.formats
    return {
        "slug": idea.slug,
        "title": _word(idea.title.text, reader),
        "steps": steps,
        "minutes": idea.minutes,
        "format": "both" if both else "online" if "online" in idea.formats else "offline",
    }


def card_text(card: Mapping[str, Any]) -> Text:
    args = {name: raw(card[name]) for name in ("title", "steps")}
    return Text("ideas-card", {**args, "minutes": card["minutes"], "format": card["format"]})


def _word(text: Text, reader: Person) -> str:
    return Texts(reader.language, familiar=reader.category == Category.PUPIL)(text)


async def _person(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("ideas-no-pair")
    return person


async def _mine(work: Work, person_id: int, pair_id: int) -> tuple[Person, Pair]:
    me = await _person(work, person_id)
    pair = await meetings.whole(work.session, work.school.id, pair_id)
    here = pair is not None and me.id in {one.person_id for one in meetings.present(pair)}
    if pair is None or not here or pair.status != PairStatus.ACTIVE:
        raise Refusal("ideas-no-pair")
    return me, pair
