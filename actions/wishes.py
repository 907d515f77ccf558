"""«Кого имели в виду?»: free words that wish for a mentor, tied to people where that is sure, else by the curator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import journal
from actions.work import Work
from program.errors import Refusal
from program.instruments import Value
from program.named import WISHES, Known, Roll, Wish, likely, names_nobody, sure
from storage import lists
from storage import preferences as rows
from storage.tables import Person

MOST_LIKELY = 5  # offered as ticks; everybody else stands in the list


@dataclass(frozen=True)
class Unclear:
    """One wish that the curator is to read. `likely`: mentors whom the words may mean."""

    answer: int
    person: Person
    words: str
    likely: tuple[Known, ...]


async def recognise(work: Work, response_id: int, person: Person, given: Mapping[str, Value]) -> None:
    """Writes down whom freshly kept answers name, where there is no doubt. Called once, by keeping them."""
    named = {name: words for name in WISHES if isinstance(words := given.get(name), str)}
    if not named:
        return
    mentors = [
        one
        for one in await rows.mentors(work.session, work.school.id, work.settings.year)
        if one.id != person.id
    ]
    for question, words in named.items():
        whom = sure(words, mentors)
        if whom is not None or names_nobody(words):
            answer = await rows.answer_to(work.session, response_id, question)
            answer.named = [] if whom is None else [[whom, Wish.PREFER.value]]


async def unclear(work: Work) -> list[Unclear]:
    """Wishes of this year of which nobody knows whom they mean, each with whom it may mean."""
    open_, mentors = await _open(work)
    people = await lists.names(work.session, work.school.id, [one.person for one in open_])
    known = {one.id: one for one in mentors}
    return [
        Unclear(
            one.answer,
            people[one.person],
            one.words,
            tuple(known[who] for who in likely(one.words, mentors) if who != one.person)[:MOST_LIKELY],
        )
        for one in open_
        if one.person in people
    ]


async def count_unclear(work: Work) -> int:
    return len((await _open(work))[0])


async def _open(work: Work) -> tuple[list[rows.Words], list[Known]]:
    """What nobody knows the meaning of, and the mentors of this year."""
    session, school = work.session, work.school.id
    unread = [
        one
        for one in await rows.wishes(session, school, work.settings.year)
        if one.named is None and not names_nobody(one.words)
    ]
    if not unread:
        return [], []
    mentors = await rows.mentors(session, school, work.settings.year)
    roll = Roll(mentors)
    return [one for one in unread if not rows.meant(one, roll)], mentors


async def settle(work: Work, answer_id: int, said: Mapping[int, Wish]) -> None:
    """The curator says whom an answer means; nobody of the mentors: an empty mapping. The words stay as they are.

    Raises:
        Refusal: there is no such answer, or somebody named is no mentor of this year.
    """
    found = await rows.answer(work.session, work.school.id, answer_id)
    if found is None:
        raise Refusal("quiz-wish-unknown")
    answer, author = found
    mentors = {one.id for one in await rows.mentors(work.session, work.school.id, work.settings.year)}
    if not set(said) <= mentors - {author}:
        raise Refusal("quiz-wish-not-mentor")
    answer.named = [[who, wish.value] for who, wish in said.items()]
    await journal.note(work, "wish.settled", f"person:{author}", after={"named": len(said)})
