"""Whom participants would like to work with, and whom rather not. Staff only, except for the matching's reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from program.named import CHOSEN_BY_MENTEE, CHOSEN_BY_MENTOR, NOT_CHOSEN, WISHES, Known, Roll, Wish
from program.names import folded
from program.roles import Side
from storage.encounters import preferences_from_events
from storage.overview import GONE
from storage.tables import Answer, Asking, Participation, Person, Response
from storage.ways_in import begins

POLL = "PREF"
Named = dict[int, dict[int, str]]


class Preferences(NamedTuple):
    """Participation of one side -> participation of the other side -> a `program.named.Wish`.

    `neutral`: they met at a group meeting and were named neither way. Nobody else stands in it.
    """

    by_mentee: Named
    by_mentor: Named


@dataclass(frozen=True)
class Words:
    """One answer in free words. `named`: whom it means, as recognised or said by the curator; None: not yet."""

    answer: int
    person: int
    words: str
    named: tuple[tuple[int, str], ...] | None


async def preferences(session: AsyncSession, school_id: int, year: str, form: str) -> Preferences:
    """What was said this year in the poll after a group meeting (`PREF`), in the intake's «кого хочется», and
    silently after trial meetings and events of rounds.

    The later word counts; within one poll «с кем не хотелось бы» counts before «с кем хотелось бы».
    """
    places = await _places(session, school_id, year, form)
    found: dict[Side, Named] = {Side.MENTEE: defaultdict(dict), Side.MENTOR: defaultdict(dict)}

    def note(side: Side, who: int, whom: int, wish: str) -> None:
        one, other = places[side].get(who), places[side.other].get(whom)
        if one is None or other is None or who == whom:
            return
        if wish != Wish.NEUTRAL or other not in found[side][one]:
            found[side][one][other] = str(wish)

    known = Roll(await mentors(session, school_id, year))
    for one in await wishes(session, school_id, year):
        for whom, wish in meant(one, known):
            note(Side.MENTEE, one.person, whom, wish)
    met = await _met(session, school_id, year)
    for poll in await _polls(session, school_id, year):
        for whom, wish in _polled(poll, met.get(poll.round, ())):
            note(poll.side or _only(places, poll.person), poll.person, whom, wish)
    # Said after a trial meeting or an event of rounds: of somebody whom the person has really talked to.
    for (who, whom), word in (await preferences_from_events(session, school_id, year)).items():
        for side in Side:
            note(side, who, whom, word)
    return Preferences(dict(found[Side.MENTEE]), dict(found[Side.MENTOR]))


async def wishes(session: AsyncSession, school_id: int, year: str) -> list[Words]:
    """Answers of the year that may name somebody; of each person the newest."""
    statement = (
        select(Response.person_id, Answer.id, Answer.words, Answer.named)
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            begins(Response.round, year),
            Response.person_id.is_not(None),
            Answer.question.in_(WISHES),
            Answer.words.is_not(None),
        )
        .order_by(Response.finished_at, Response.id)
    )
    found: dict[int, Words] = {}
    for person, answer, words, named in await session.execute(statement):
        pairs = None if named is None else tuple((int(who), str(wish)) for who, wish in named)
        found[person] = Words(answer, person, words, pairs)
    return list(found.values())


def meant(one: Words, known: Roll) -> tuple[tuple[int, str], ...]:
    """Whom an answer means: what was written down, else somebody who joined later and leaves no doubt."""
    if one.named is not None:
        return one.named
    whom = known.sure(one.words, besides=one.person)
    return () if whom is None else ((whom, Wish.PREFER.value),)


async def mentors(session: AsyncSession, school_id: int, year: str) -> list[Known]:
    """Everybody who is a mentor this year, by name."""
    statement = (
        select(Person.id, Person.last_name, Person.first_name, Person.middle_name)
        .join(Participation, Participation.person_id == Person.id)
        .where(
            Participation.school_id == school_id,
            Participation.year == year,
            Participation.side == Side.MENTOR,
            Participation.status.not_in(GONE),
        )
        .distinct()
    )
    found = [Known(*row) for row in (await session.execute(statement)).all()]
    return sorted(
        found, key=lambda one: (folded(f"{one.last_name} {one.first_name} {one.middle_name}"), one.id)
    )


async def answer(session: AsyncSession, school_id: int, answer_id: int) -> tuple[Answer, int] | None:
    """An answer that may name somebody, and who gave it; held until the transaction ends."""
    statement = (
        select(Answer, Response.person_id)
        .join(Response, Response.id == Answer.response_id)
        .where(Answer.id == answer_id, Answer.school_id == school_id, Answer.question.in_(WISHES))
        .with_for_update(of=Answer)
    )
    row = (await session.execute(statement)).one_or_none()
    return None if row is None or row[1] is None else (row[0], row[1])


async def answer_to(session: AsyncSession, response_id: int, question: str) -> Answer:
    statement = select(Answer).where(Answer.response_id == response_id, Answer.question == question)
    return (await session.scalars(statement)).one()


@dataclass
class _Poll:
    person: int
    round: str
    choices: dict[str, list[Any]]

    @property
    def side(self) -> Side | None:
        if CHOSEN_BY_MENTEE in self.choices:
            return Side.MENTEE
        return Side.MENTOR if CHOSEN_BY_MENTOR in self.choices else None


async def _polls(session: AsyncSession, school_id: int, year: str) -> list[_Poll]:
    """The earliest first, so that a later word overwrites."""
    statement = (
        select(Response.id, Response.person_id, Response.round, Answer.question, Answer.choices)
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            Response.code == POLL,
            begins(Response.round, year),
            Response.person_id.is_not(None),
        )
        .order_by(Response.finished_at, Response.id)
    )
    found: dict[int, _Poll] = {}
    for response, person, round, question, choices in await session.execute(statement):
        poll = found.setdefault(response, _Poll(person, round, {}))
        if isinstance(choices, list):
            poll.choices[question] = choices
    return list(found.values())


def _polled(poll: _Poll, met: Sequence[int]) -> list[tuple[int, Wish]]:
    """Neutral first, then whom the person chose, last whom the person would rather not work with."""
    chosen = _people(poll.choices, (CHOSEN_BY_MENTEE, CHOSEN_BY_MENTOR))
    avoided = _people(poll.choices, (NOT_CHOSEN,))
    return [
        *((who, Wish.NEUTRAL) for who in met),
        *((who, Wish.PREFER) for who in chosen),
        *((who, Wish.AVOID) for who in avoided),
    ]


def _people(choices: Mapping[str, list[Any]], questions: Iterable[str]) -> list[int]:
    codes = [str(code) for question in questions for code in choices.get(question, ())]
    return [int(code[1:]) for code in codes if code[:1] == "p" and code[1:].isdecimal()]


async def _met(session: AsyncSession, school_id: int, year: str) -> dict[str, list[int]]:
    """Round of a poll -> who was at that group meeting."""
    statement = select(Asking.id, Asking.people).where(
        Asking.school_id == school_id, Asking.code == POLL, Asking.round == year
    )
    return {f"{year}/{key}": people for key, people in await session.execute(statement)}


async def _places(session: AsyncSession, school_id: int, year: str, form: str) -> dict[Side, dict[int, int]]:
    """Side -> person -> participation."""
    statement = select(Participation.side, Participation.person_id, Participation.id).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.form == form,
        Participation.status.not_in(GONE),
    )
    found: dict[Side, dict[int, int]] = {Side.MENTEE: {}, Side.MENTOR: {}}
    for side, person, place in await session.execute(statement):
        found[Side(side)][person] = place
    return found


def _only(places: Mapping[Side, Mapping[int, int]], person: int) -> Side:
    return Side.MENTEE if person in places[Side.MENTEE] else Side.MENTOR
