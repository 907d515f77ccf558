"""Questions to a pool of mentors by topic, and requests for one meeting.

The talk goes through the bot: the two see first names only, the curator sees every word. What sounds as if a
child were in danger goes to the grown-ups of the school at once, not to the pool.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from actions import encounter_messages as shown
from actions import journal, shared_words
from actions.care import ask_for_help
from actions.encounter_people import comes, guest, guests, leaders_read
from actions.encounter_pool_messages import after, asked_of, by_name, first_name, topic_text, ways
from actions.encounters import Draft, add, held
from actions.places import hold_people
from actions.tell import tell
from actions.work import Work
from locales import Texts
from program import danger
from program.encounters import (
    LEAST_WORDS,
    OPEN_QUESTIONS,
    QUESTION,
    TOPICS,
    EncounterKind,
    EncounterState,
    QuestionKind,
    QuestionState,
    SeatState,
    require_guest,
    require_words,
)
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.roles import Category
from program.states import MeetingFormat
from program.text import Arg, Text, raw
from storage import encounters, outbox, people
from storage.tables import Encounter, Person, PoolQuestion, PoolWord, Seat

UNDER_WAY = (QuestionState.OPEN, QuestionState.TAKEN)


async def subscribe(work: Work, person_id: int, topics: Collection[str]) -> None:
    """On which topics the person would like to hear questions; none: on no topic."""
    person = await people.lock(work.session, person_id)
    assert person is not None
    if topics:
        require_guest(await guest(work, person))
    person.preferences = {**person.preferences, "topics": [topic for topic in TOPICS if topic in topics]}


async def ask(
    work: Work, person_id: int, kind: QuestionKind, topic: str, words: str
) -> tuple[PoolQuestion | None, int]:
    """Puts a question or a request before the pool: pupils ask mentors, adults ask pupils.

    Returns:
        The question and how many were told; None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: may not take part, too many open, too short or long, or contacts in it.
    """
    person = await people.lock(work.session, person_id)
    assert person is not None
    require_guest(await guest(work, person))
    _require_topic(topic)
    if await _alarmed(work, person, words):
        return None, 0
    require_words(words)
    mine = await encounters.questions(
        work.session, work.school.id, work.settings.year, person_id=person.id, states=UNDER_WAY
    )
    if sum(one.asker_id == person.id for one in mine) >= OPEN_QUESTIONS:
        raise Refusal("encounters-questions-many", count=OPEN_QUESTIONS)
    question = PoolQuestion(
        school_id=work.school.id,
        year=work.settings.year,
        kind=kind,
        state=QuestionState.OPEN,
        topic=topic,
        reverse=person.category != Category.PUPIL,
        asker_id=person.id,
        at=work.now,
    )
    work.session.add(question)
    await work.session.flush()
    _add_words(work, question, person.id, words)
    await work.session.flush()
    await _note(work, question, "pool.asked")
    question = await _held(work, question.id)
    return question, await _tell_pool(work, question)


async def take(work: Work, person_id: int, question_id: int) -> PoolQuestion:
    """One of the pool takes it; whoever comes second is told so.

    Raises:
        Refusal: taken or closed, or this person is not of the pool.
    """
    question = await _held(work, question_id)
    if question.taken_by == person_id and question.state == QuestionState.TAKEN:
        return question
    if question.state != QuestionState.OPEN:
        raise Refusal("encounters-taken")
    if person_id not in {one.id for one in await pool(work, question)}:
        raise Refusal("encounters-not-for-you")
    QUESTION.require(question.state, QuestionState.TAKEN)
    question.state, question.taken_by, question.taken_at = QuestionState.TAKEN, person_id, work.now
    await outbox.cancel(work.session, f"pool-new:{question.id}:", "taken", now=work.now)
    await _note(work, question, "pool.taken")
    return question


async def give_back(work: Work, question_id: int, person_id: int | None = None) -> None:
    """Back to the pool, without a reason; the pool is told again.

    Args:
        person_id: who gives it back; None: the curator does.
    """
    question = await _held(work, question_id)
    if question.state != QuestionState.TAKEN or person_id not in (None, question.taken_by):
        raise Refusal("encounters-taken")
    QUESTION.require(question.state, QuestionState.OPEN)
    left = question.taken_by
    question.state, question.taken_by, question.taken_at = QuestionState.OPEN, None, None
    await work.session.flush()
    await _note(work, question, "pool.given-back")
    await _tell_pool(work, question, but=left)


async def assign(work: Work, question_id: int, mentor_id: int) -> None:
    """The curator asks one mentor to answer, whether subscribed or not."""
    question = await _held(work, question_id)
    if mentor_id == question.asker_id or mentor_id not in await answerers(work, question):
        raise Refusal("encounters-not-for-you")
    QUESTION.require(question.state, QuestionState.TAKEN)
    question.state, question.taken_by, question.taken_at = QuestionState.TAKEN, mentor_id, work.now
    await work.session.flush()
    await _note(work, question, "pool.assigned")
    question = await _held(work, question_id)
    assert question.taker is not None
    message = asked_of(question, "encounters-question-for-you", ways(question))
    key = f"pool-assigned:{question.id}:{mentor_id}:{work.now.isoformat()}"
    await tell(work, question.taker, message.about(mentor_id, question.asker_id), key=key)


async def say_more(work: Work, person_id: int | None, question_id: int, words: str) -> bool:
    """An answer of who took it (None: of the school), or one more word of who asked; the other side reads it.

    Returns:
        False where a child's words went to the school's grown-ups instead.

    Raises:
        Refusal: not one's own, closed, too short or long, or contacts in it.
    """
    question = await _held(work, question_id)
    if (
        person_id not in (question.asker_id, question.taken_by, None)
        or question.kind != QuestionKind.QUESTION
    ):
        raise Refusal("encounters-not-for-you")
    if question.state == QuestionState.CLOSED:
        raise Refusal("encounters-question-closed")
    asks = person_id == question.asker_id
    await require_reader(work, question, person_id)
    if person_id is not None:
        person = question.asker if asks else question.taker
        assert person is not None
        require_guest(await guest(work, person))
        if asks and await _alarmed(work, person, words):
            return False
        if (
            danger.find(words) is not None
        ):  # an answer that speaks of danger goes out, and a grown-up looks at it
            await ask_for_help(work, person.id, words, urgent=False)
    require_words(words, least=1 if asks else LEAST_WORDS)
    _add_words(work, question, person_id, words)
    if not asks:
        QUESTION.require(question.state, QuestionState.ANSWERED)
        question.state, question.answered_at = QuestionState.ANSWERED, question.answered_at or work.now
    await work.session.flush()
    reader = question.taker if asks else question.asker
    if reader is not None:
        text_id = "encounters-question-more" if asks else "encounters-question-answer"
        args: dict[str, Arg] = {"words": raw(words)}
        if not asks:
            args["name"] = by_name(question) if person_id else Text("encounters-school")
        else:
            args["name"] = first_name(question.asker)
        buttons = ways(question) if asks else after(question)
        message = Message((Text(text_id, args),), tuple((one,) for one in buttons))
        concerned = {reader.id, question.asker_id} | ({question.taken_by} if question.taken_by else set())
        key = f"pool-word:{question.id}:{reader.id}:{len(question.words)}:{work.now.isoformat()}"
        await tell(work, reader, message.about(*sorted(concerned)), key=key)
    await _note(work, question, "pool.answered" if not asks else "pool.asked-more")
    return True


async def close(work: Work, question_id: int, person_id: int | None = None) -> None:
    """Settled, or not needed any more; who asked and the curator may say so."""
    question = await _held(work, question_id)
    if person_id not in (None, question.asker_id):
        raise Refusal("encounters-not-for-you")
    if question.state != QuestionState.CLOSED:
        QUESTION.require(question.state, QuestionState.CLOSED)
        question.state, question.closed_at = QuestionState.CLOSED, work.now
        await outbox.cancel(work.session, f"pool-new:{question.id}:", "closed", now=work.now)
        await _note(work, question, "pool.closed")


async def meet(
    work: Work,
    question_id: int,
    host_id: int,
    starts_at: datetime,
    *,
    format: MeetingFormat = MeetingFormat.OFFLINE,
    place: str = "",
    link: str = "",
    by_host: bool = False,
) -> Encounter:
    """A request becomes one meeting of two; who asked (and, where the curator decides, who leads) is told.

    Args:
        by_host: who leads chooses the time in the bot and reads the answer there.

    Raises:
        Refusal: no request, settled or taken by another, not ahead, one of the two may not come now, or words of who
            leads that the other should not read.
    """
    seen = await encounters.question(work.session, work.school.id, question_id)
    if seen is not None:  # the two before the request, as whoever decides about people does
        await hold_people(work, [seen.asker_id, host_id])
    question = await _held(work, question_id)
    if question.kind != QuestionKind.REQUEST or question.state not in UNDER_WAY:
        raise Refusal("encounters-taken")
    if by_host and question.taken_by not in (None, host_id):
        raise Refusal("encounters-taken")
    if host_id not in await answerers(work, question):
        raise Refusal("encounters-not-for-you")
    require_guest(await guest(work, question.asker))
    if by_host:
        shared_words.require_where(work, place, link)
    topic = _topic_words(question)
    draft = Draft(
        topic=topic, starts_at=starts_at, kind=EncounterKind.SITUATIONAL, minutes=work.settings.meeting_minutes,
        format=format, place=place, link=link, seats=1, host=host_id, reverse=question.reverse,
    )  # fmt: skip
    encounter = await add(work, draft, EncounterState.OPEN, "encounter.asked-for")
    seat = Seat(
        school_id=work.school.id, encounter_id=encounter.id, person_id=question.asker_id, state=SeatState.SEATED,
        at=work.now, wishes=[],
    )  # fmt: skip
    work.session.add(seat)
    question.state, question.answered_at = QuestionState.ANSWERED, work.now
    question.taken_by, question.taken_at = host_id, question.taken_at or work.now
    question.encounter_id = encounter.id
    await work.session.flush()
    encounter = await held(work, encounter.id)
    assert encounter.host is not None
    for reader in (question.asker,) if by_host else (question.asker, encounter.host):
        message = shown.coming(work, encounter, reader, "encounters-request-met")
        key = f"encounter-made:{encounter.id}:{reader.id}"
        await tell(work, reader, message, key=key, expires_at=starts_at)
    await outbox.cancel(work.session, f"pool-new:{question.id}:", "taken", now=work.now)
    return encounter


async def pool(work: Work, question: PoolQuestion) -> list[Person]:
    """Who hears the question: those who chose the topic and may answer it."""
    known = await answerers(work, question)
    return [
        one
        for one in await encounters.subscribers(work.session, work.school.id)
        if one.id in known and question.topic in one.preferences.get("topics", ())
    ]


async def answerers(work: Work, question: PoolQuestion) -> dict[int, Person]:
    """Who may answer: admitted mentors; an adult's question pupils may. Nobody between whom an «avoid» stands."""
    return (await answerers_of(work, [question]))[question.id]


async def answerers_of(work: Work, questions: Collection[PoolQuestion]) -> dict[int, dict[int, Person]]:
    """Of each question (by id) who may answer it; the people are looked at once for all of them."""
    leading, read = await leaders_read(work)
    pupils: dict[int, Person] = {}
    if any(one.reverse for one in questions):
        known = await encounters.subscribers(work.session, work.school.id)
        pupils = {one.id: one for one in known if one.category == Category.PUPIL}
        pupils |= {key: one for key, one in leading.items() if one.category == Category.PUPIL}
    agreed = await guests(read, (leading | pupils).values(), leading)
    apart = await encounters.kept_apart(work.session, work.school.id, work.settings.year)
    return {
        question.id: {
            key: one
            for key, one in (pupils if question.reverse else leading).items()
            if key != question.asker_id
            and key not in apart.get(question.asker_id, set())
            and comes(agreed[key])
        }
        for question in questions
    }


async def require_reader(work: Work, question: PoolQuestion, person_id: int | None) -> None:
    """Raises Refusal when who took it may not answer any more: an admission was taken back or has run out."""
    if person_id in (None, question.asker_id):
        return
    if person_id != question.taken_by or person_id not in await answerers(work, question):
        raise Refusal("encounters-not-for-you")


async def _tell_pool(work: Work, question: PoolQuestion, but: int | None = None) -> int:
    take_it = (Choice(Text("encounters-take"), f"f:pool-take:{question.id}", style="primary"),)
    told = 0
    for reader in await pool(work, question):
        if reader.id != but:
            message = asked_of(question, "encounters-question-new", take_it).about(
                reader.id, question.asker_id
            )
            key = f"pool-new:{question.id}:{reader.id}:{work.now.isoformat()}"
            told += await tell(work, reader, message, key=key)
    return told


async def _alarmed(work: Work, person: Person, words: str) -> bool:
    """Hands words that sound unsafe to the curator and the psychologist, and says whether it did."""
    if danger.find(words) is None:
        return False
    await ask_for_help(work, person.id, words, urgent=True)
    return True


def _add_words(work: Work, question: PoolQuestion, person_id: int | None, words: str) -> None:
    work.session.add(
        PoolWord(
            school_id=work.school.id, question_id=question.id, person_id=person_id, words=words.strip(), at=work.now
        )
    )  # fmt: skip


def _topic_words(question: PoolQuestion) -> str:
    return Texts("ru")(topic_text(question.topic))


def _require_topic(topic: str) -> None:
    if topic not in TOPICS:
        raise Refusal("encounters-topic-unknown")


async def _held(work: Work, question_id: int) -> PoolQuestion:
    question = await encounters.question(work.session, work.school.id, question_id, hold=True)
    if question is None:
        raise Refusal("encounters-question-unknown")
    return question


async def _note(work: Work, question: PoolQuestion, action: str) -> None:
    after = {"kind": str(question.kind), "state": str(question.state), "topic": question.topic}
    await journal.note(work, action, f"pool:{question.id}", after=after)
