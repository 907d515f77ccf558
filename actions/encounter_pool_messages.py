"""What is said about a question to the pool: first names only, and what can be done next."""

from __future__ import annotations

from collections.abc import Collection

from actions.meeting_messages import called
from program.encounters import QuestionKind
from program.matching import grade
from program.outgoing import Choice, Message
from program.roles import Category
from program.text import Arg, Text, raw
from storage.tables import Person, PoolQuestion


def first_name(person: Person) -> Text:
    """«Аня, 8 класс»: no surname, no letter of the class; an adult by name and patronymic."""
    number = grade(person.class_name)
    if person.category != Category.PUPIL:
        return raw(called(person))
    args: dict[str, Arg] = {"name": raw(person.first_name), "grade": number or 0}
    return Text("encounters-pupil", args) if number else raw(person.first_name)


def by_name(question: PoolQuestion) -> Text:
    """Who answers: without a surname."""
    return raw(called(question.taker)) if question.taker else Text("encounters-school")


def topic_text(topic: str) -> Text:
    return Text(f"encounters-topic-{topic.replace('_', '-')}")


def asked_of(question: PoolQuestion, text_id: str, buttons: Collection[Choice]) -> Message:
    """The question for who may answer it: first name, topic, all words so far."""
    words = [one.words for one in question.words]
    args: dict[str, Arg] = {
        "name": first_name(question.asker),
        "topic": topic_text(question.topic),
        "kind": str(question.kind),
    }
    texts = [Text(text_id, args), *(raw(one) for one in words[:1])]
    return Message(tuple(texts), tuple((one,) for one in buttons))


def ways(question: PoolQuestion) -> tuple[Choice, ...]:
    """What who took it can do."""
    flow = "pool-answer" if question.kind == QuestionKind.QUESTION else "pool-meet"
    label = "encounters-answer" if question.kind == QuestionKind.QUESTION else "encounters-offer-time"
    return (
        Choice(Text(label), f"f:{flow}:{question.id}", style="primary"),
        Choice(Text("encounters-give-back"), f"f:pool-back:{question.id}"),
    )


def after(question: PoolQuestion) -> tuple[Choice, ...]:
    """What who asked can do with an answer."""
    return (
        Choice(Text("encounters-ask-more"), f"f:pool-more:{question.id}"),
        Choice(Text("encounters-settled"), f"f:pool-done:{question.id}"),
    )
