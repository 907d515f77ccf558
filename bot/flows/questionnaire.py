"""Any questionnaire, walked by one loop. Entered from: a button `f:questionnaire:<code>`; `walk` from other flows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from actions import questionnaires
from actions.work import Work
from bot.answers import Option, Unclear, clean
from bot.talk import Talk
from program.instrument_answers import Unreadable, in_words, read_answer
from program.instruments import Answers, Instrument, Question, QuestionKind, Value, next_question, shown
from program.instruments_reading import read, shipped_version
from program.text import Text

CHECKED_FROM = 5  # questions: a longer questionnaire is shown once more before it is sent


async def questionnaire(talk: Talk) -> None:
    """One questionnaire of the school year."""
    code = talk.arg
    version = await talk.once("version", lambda work: questionnaires.offer(work, talk.person_id, code))
    answers = await walk(talk, code, version)
    await talk.finish(lambda work: questionnaires.fill(work, talk.person_id, code, version, answers))
    talk.say(Text("questionnaire-thanks"))


async def walk(
    talk: Talk,
    code: str,
    version: int,
    *,
    known: Answers | None = None,
    left_out: Collection[str] = (),
    before: int = 0,
    after: int = 0,
    intro: bool = True,
) -> dict[str, Value]:
    """Asks every question of one version; returns the answers, which the caller keeps in its `talk.finish`.

    Steps are named by the questions' ids. A version, once begun, is finished, whatever is published meanwhile.

    Args:
        known: answers the caller has already; they are kept and not asked.
        left_out: questions not to ask at all.
        before, after: the caller's own questions that count in «Вопрос 3 из 12»; with `before` the
            counting goes on, without it begins anew.
        intro: says first what it is, how many questions, how long.
    """

    async def published(work: Work) -> dict[str, Any] | None:
        instrument = await questionnaires.version(work, code, version)
        return None if instrument == shipped_version(code, version) else dict(instrument.body)

    # A version of the school's own is remembered whole; one that comes with the product is at hand anyway.
    own = await talk.once(f"{code}:questions", published)
    instrument = read(own) if own else shipped_version(code, version)
    assert instrument is not None, "a shipped version was taken away"
    given = dict(known or {}) | dict.fromkeys(left_out)
    answers: dict[str, Value] = dict(given)

    # A poll of a few taps must not look longer than it will be; a long questionnaire must not grow.
    poll = len(instrument.questions) < CHECKED_FROM

    def ours() -> list[Question]:
        return [one for one in instrument.asked(answers, surely=poll) if one.id not in given]

    if intro:
        talk.say(_intro(instrument, len(ours())))
    talk.expect(before + len(ours()) + after, anew=not before)
    while question := next_question(instrument, answers):
        talk.expect(before + len(ours()) + after)
        answers[question.id] = await _ask(talk, question)
    if len(ours()) >= CHECKED_FROM:
        rows = [(q.id, q.name, in_words(q, answers[q.id])) for q in ours()]
        await talk.check(f"{code}:check", Text("questionnaire-check"), rows)
    return shown(instrument, answers)


def _intro(instrument: Instrument, count: int) -> Text:
    args: Mapping[str, Any] = {
        "title": instrument.title.text,
        "count": count,
        "minutes": instrument.minutes,
    }
    return Text("questionnaire-start", args)


async def _ask(talk: Talk, question: Question) -> Value:
    step, text, skip = question.id, question.text.text, not question.required
    options = [Option(option.code, option.label.text) for option in question.options]
    match question.kind:
        case QuestionKind.SCALE10:
            assert question.low
            assert question.high
            return await talk.scale(step, text, question.low.text, question.high.text, skip=skip)
        case QuestionKind.MULTI:
            return await talk.choose_many(step, text, options, limit=question.limit, skip=skip) or None
        case QuestionKind.SINGLE | QuestionKind.YES_NO:
            return await talk.choose(step, text, options, skip=skip)
        case _:
            return await talk.ask(
                step, text, _reader(question), skip=skip, private=question.private, notes=_notes(question)
            )


def _reader(question: Question) -> Callable[[str], Value]:
    def read_typed(raw: str) -> Value:
        try:
            return read_answer(question, clean(raw))
        except Unreadable as unreadable:
            raise Unclear(unreadable.text.id, **unreadable.values) from None

    return read_typed


def _notes(question: Question) -> tuple[Text, ...]:
    """What is written under a question that is answered by typing: the bounds, or who reads the words."""
    if question.kind is QuestionKind.TEXT:
        return (Text(f"questionnaire-reader-{question.reader}"),)
    bounds = {"low": question.low_number, "high": question.high_number}
    name = "questionnaire-bounds" if question.kind is QuestionKind.NUMBER else "questionnaire-range"
    return (Text(name, bounds),)
