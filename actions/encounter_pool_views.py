"""What a participant is shown of questions to the pool: their own only; JSON."""

from __future__ import annotations

from typing import Any

from actions import encounter_pool_messages as pool
from actions.encounter_questions import answerers, require_reader
from actions.work import Work
from program.encounters import QuestionKind, QuestionState
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.text import Text, raw
from storage import encounters
from storage.tables import PoolQuestion

ALIVE = (QuestionState.OPEN, QuestionState.TAKEN, QuestionState.ANSWERED)


async def mine(work: Work, person_id: int, question_id: int) -> dict[str, Any]:
    """One talk as who asked or who took it may read it: message, the asker's first name.

    Raises:
        Refusal: neither asked nor took it, or it is closed.
    """
    question = await encounters.question(work.session, work.school.id, question_id)
    if question is None or person_id not in (question.asker_id, question.taken_by):
        raise Refusal("encounters-not-for-you")
    if question.state == QuestionState.CLOSED:
        raise Refusal("encounters-question-closed")
    await require_reader(work, question, person_id)
    return {
        "shown": told(question, person_id, ways=()).to_json(),
        "name": pool.first_name(question.asker).to_json(),
    }


async def all_mine(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Talks that are not settled, with what can be done; the newest first."""
    found = await encounters.questions(
        work.session, work.school.id, work.settings.year, person_id=person_id, states=ALIVE
    )
    mine = []
    for one in found:
        if one.asker_id == person_id or person_id in await answerers(work, one):
            mine.append(one)
    return [
        {
            "id": one.id,
            "label": Text(
                "encounters-talk-label",
                {"topic": pool.topic_text(one.topic), "day": f"{one.at.astimezone(work.zone):%d.%m}"},
            ).to_json(),
            "shown": told(one, person_id, ways=_ways(one, person_id)).to_json(),
        }
        for one in mine
        if one.kind == QuestionKind.QUESTION or one.state != QuestionState.ANSWERED
    ]


def told(question: PoolQuestion, reader: int, ways: tuple[Choice, ...]) -> Message:
    """All words so far, each with whose it is."""
    lines = [_line(question, reader, one.person_id, one.words) for one in question.words]
    state = Text(f"encounters-talk-{question.state}") if reader == question.asker_id else None
    head = Text("encounters-talk-head", {"topic": pool.topic_text(question.topic)})
    texts = (head, *lines, *((state,) if state else ()))
    return Message(texts, tuple((one,) for one in ways))


def _line(question: PoolQuestion, reader: int, by: int | None, words: str) -> Text:
    if by == reader:
        return Text("encounters-talk-you", {"words": raw(words)})
    if by is None:
        name = Text("encounters-school")
    elif by == question.asker_id:
        name = pool.first_name(question.asker)
    else:
        name = pool.by_name(question)
    return Text("encounters-talk-other", {"name": name, "words": raw(words)})


def _ways(question: PoolQuestion, reader: int) -> tuple[Choice, ...]:
    if reader != question.asker_id:
        return pool.ways(question)
    done = Choice(Text("encounters-settled"), f"f:pool-done:{question.id}")
    more = Choice(Text("encounters-ask-more"), f"f:pool-more:{question.id}")
    return (more, done) if question.kind == QuestionKind.QUESTION else (done,)
