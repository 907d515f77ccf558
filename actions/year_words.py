"""What participants are asked at the end of a school year, and their word. A «no» is final: nobody is asked twice."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from actions import journal, year_turn
from actions.meeting_messages import concerned, partner
from actions.tell import tell
from actions.work import Work
from locales import Texts, dates
from program.errors import Refusal
from program.outgoing import Choice, Kind, Message
from program.roles import PersonState
from program.school_years import ANSWERS, EXTEND, LED, NO, YES, Question
from program.text import Text
from storage import consent_lists, pairs
from storage import school_year as rows
from storage.meetings import reachable
from storage.tables import Pair, Person, YearTurn, YearWord

log = structlog.get_logger()

CURATOR = Choice(Text("menu-curator"), "f:curator")


async def send(work: Work, version: int, question: Question) -> int:
    """Asks everybody of this step who has not been asked; how many were.

    Who has no chat is not asked: the page shows them, and the curator notes what they say.

    Raises:
        Refusal: as `year_turn.held`; or the school has no form in which alumni lead.
    """
    turn = await year_turn.held(work, version)
    if question is Question.ALUMNUS and not year_turn.alumni_form(work):
        raise Refusal("year-no-alumni-form")
    told = 0
    if question is Question.PAIR:
        lines = await year_turn.pair_lines(work, year_turn.choices(turn))
        for line in lines:
            going_on = {one.person_id for one in line.stay} if line.choice == EXTEND else set()
            for person in reachable(line.pair):
                if person.id in going_on:
                    told += await _ask(work, turn, question, person, line.pair)
    else:
        for person in await _asked_alone(work, turn, question):
            told += await _ask(work, turn, question, person)
    turn.version += 1
    turn.changed_at, turn.changed_by = work.now, work.actor
    await work.session.flush()
    await journal.note(work, "year.asked", f"year:{turn.id}", after={"question": question, "people": told})
    log.info("year.asked", school=work.school.id, question=question.value, people=told)
    return told


async def say(work: Work, person_id: int, word_id: int, answer: str) -> YearWord:
    """The person's word. A «yes» may become a «no» until the year has turned, a «no» stays.

    Raises:
        Refusal: not asked of this person, no such answer, or the year has turned.
    """
    word = await rows.lock_word(work.session, work.school.id, word_id)
    if word is None or word.person_id != person_id or answer not in ANSWERS[Question(word.question)]:
        raise Refusal("turn-not-yours")
    await _note(work, word, answer, "")
    return word


async def note(work: Work, version: int, question: Question, person_id: int, answer: str) -> None:
    """What somebody has said to the curator.

    Raises:
        Refusal: as `year_turn.held`; no such person or answer; the person has said no in the chat.
    """
    turn = await year_turn.held(work, version)
    people = {one.id for one in await _asked_alone(work, turn, question)}
    if person_id not in people or answer not in ANSWERS[question]:
        raise Refusal("turn-not-yours")
    await rows.ask(
        work.session, school_id=work.school.id, person_id=person_id, year=turn.year, question=question,
        about=0, asked_at=work.now,
    )  # fmt: skip
    found = (await year_turn.words_of(work))[question, person_id, 0]
    word = await rows.lock_word(work.session, work.school.id, found.id)
    assert word is not None
    await _note(work, word, answer, work.actor)


async def known(work: Work, person: Person, say: Texts) -> list[tuple[str, str]]:
    """What the person was asked and answered, for «Мои данные»."""
    found = []
    for word in await rows.of_person(work.session, person.id):
        said = f"turn-say-{word.question}-{word.answer}"
        day = dates.moment(word.answered_at or word.asked_at, work.zone, say.language)
        found.append((day, say(Text(said)) if word.answer else "–"))
    return found


async def _note(work: Work, word: YearWord, answer: str, by: str) -> None:
    if word.answer == answer:
        return
    await rows.hold_school(
        work.session, work.school.id
    )  # whoever turns the year holds it: then it is too late
    if word.year != year_turn.next_of(work):
        raise Refusal("turn-word-late")
    if word.answer == NO and not by:
        raise Refusal("turn-said-no")
    before = word.answer
    word.answer, word.answered_at, word.noted_by = answer, work.now, by
    await work.session.flush()
    about = {"question": word.question, "answer": answer}
    await journal.note(work, "year.said", f"person:{word.person_id}", {"answer": before}, about)


async def _asked_alone(work: Work, turn: YearTurn, question: Question) -> Sequence[Person]:
    chosen = year_turn.choices(turn)
    found = {
        Question.ALUMNUS: year_turn.graduates,
        Question.MENTOR: year_turn.might_lead,
        Question.AGAIN: year_turn.led_before,
    }
    return [one.person for one in await found[question](work, chosen)] if question in found else []


async def _ask(
    work: Work, turn: YearTurn, question: Question, person: Person, pair: Pair | None = None
) -> bool:
    if person.state != PersonState.ACTIVE or not await _hears(work, person.id):
        return False
    about = pair.id if pair is not None else 0
    key = await rows.ask(
        work.session, school_id=work.school.id, person_id=person.id, year=turn.year, question=question,
        about=about, asked_at=work.now,
    )  # fmt: skip
    if key is None:
        return False
    return await tell(
        work, person, message(question, key, person, pair), key=f"year-asked:{key}", kind=Kind.NUDGE
    )


def message(question: Question, word_id: int, person: Person, pair: Pair | None = None) -> Message:
    """The question with its answers, one tap each."""
    mentee = pair is not None and any(
        one.person_id == person.id and one.side == "mentee" for one in pairs.present(pair)
    )
    args = {"partner": partner(pair, person)} if pair is not None else {}
    side = ("-mentee" if mentee else "-mentor") if pair is not None else ""
    rows_ = tuple(
        (Choice(Text(f"turn-say-{question}-{one}"), f"f:year-say:{word_id}.{one}", style=_style(one)),)
        for one in ANSWERS[question]
    )
    made = Message((Text(f"turn-ask-{question}{side}", args),), (*rows_, (CURATOR,)))
    return made.about(*(concerned(pair, person) if pair is not None else (person.id,)))


def _style(answer: str) -> str:
    return "primary" if answer in (YES, LED) else ""


async def _hears(work: Work, person_id: int) -> bool:
    return person_id in await consent_lists.reachable(work.session, work.school.id, [person_id])
