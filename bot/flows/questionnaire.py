"""Any questionnaire, walked by one loop. Entered from: a button `f:questionnaire:<code>` (with `:<id>` of the
person it is about); `walk` from other flows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from actions import questionnaire_offers, questionnaires
from actions.questionnaires import ANYBODY, Fit
from actions.work import Work
from bot.answers import Option, Unclear, clean
from bot.talk import Talk
from program.instrument_answers import Unreadable, in_words, read_answer
from program.instruments import Answers, Instrument, Question, QuestionKind, Value, next_question, shown
from program.instruments_reading import read, shipped_version
from program.outgoing import Choice
from program.text import Text

# Questions: a longer questionnaire is shown once more before it is sent, where all of them have short names.
CHECKED_FROM = 5


async def questionnaire(talk: Talk) -> None:
    """One questionnaire of the school year."""

    async def offered(work: Work) -> dict[str, Any]:
        return await questionnaire_offers.offer(work, talk.person_id, talk.arg)

    facts = await talk.once("offer", offered, lasting=True)
    if facts.get("anonymous"):
        talk.say(
            Text("poll-here"), Choice(Text("poll-open"), url=f"page:poll:{facts['code']}", style="primary")
        )
        return
    if facts.get("partner"):
        talk.say(Text("questionnaire-pair", {"partner": facts["partner"]}))
    if facts["child"]:
        observes = facts.get("observes", False)
        talk.say(
            Text("questionnaire-mentee" if observes else "questionnaire-child", {"name": facts["child"]})
        )
    fit = questionnaire_offers.fit_of(facts)
    fate = not facts["child"] and not facts.get("partner")
    answers = await walk(talk, facts["code"], facts["version"], fit=fit, fate=fate)
    await talk.finish(lambda work: questionnaire_offers.fill(work, talk.person_id, facts, answers))
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
    fit: Fit = ANYBODY,
    fate: bool = False,
) -> dict[str, Value]:
    """Asks every question of one version; returns the answers, which the caller keeps in its `talk.finish`.

    Steps are named by the questions' ids. A version, once begun, is finished, whatever is published meanwhile.

    Args:
        known: answers the caller has already; they are kept and not asked.
        left_out: questions not to ask at all.
        before, after: the caller's own questions that count in «Вопрос 3 из 12»; with `before` the
            counting goes on, without it begins anew.
        intro: says first what it is, how many questions, how long.
        fit: puts the questions together for this reader.
        fate: says also what becomes of the answers.
    """

    async def published(work: Work) -> dict[str, Any] | None:
        instrument = await questionnaires.version(work, code, version)
        return None if instrument == shipped_version(code, version) else dict(instrument.body)

    # A version of the school's own is remembered whole; one that comes with the product is at hand anyway.
    own = await talk.once(f"{code}:questions", published)
    whole = read(own, english=False) if own else shipped_version(code, version)
    assert whole is not None, "a shipped version was taken away"
    instrument = fit(whole)
    parts = [question for question in instrument.questions if question.part]
    given = dict(known or {}) | dict.fromkeys(left_out)
    answers: dict[str, Value] = dict(given)

    # A poll of a few taps must not look longer than it will be; a long questionnaire must not grow.
    poll = len(instrument.questions) < CHECKED_FROM

    def ours() -> list[Question]:
        return [one for one in instrument.asked(answers, surely=poll) if one.id not in given]

    if intro:
        talk.say(_intro(instrument, len(ours())))
        if fate:
            talk.say(Text("questionnaire-fate"))
    talk.expect(before + len(ours()) + after, anew=not before)
    while question := next_question(instrument, answers):
        talk.expect(before + len(ours()) + after)
        if question.part:
            talk.say(_part(question, parts.index(question) + 1, len(parts)))
        answers[question.id] = await _ask(talk, question)
    if len(ours()) >= CHECKED_FROM and all(question.short for question in ours()):
        rows = [(q.id, q.name, in_words(q, answers[q.id])) for q in ours()]
        await talk.check(f"{code}:check", Text("questionnaire-check"), rows)
    return shown(instrument, answers)


def _intro(instrument: Instrument, count: int) -> Text:
    args: Mapping[str, Any] = {
        "title": instrument.named.text,
        "count": count,
        "minutes": instrument.minutes,
    }
    return Text("questionnaire-start", args)


def _part(question: Question, number: int, total: int) -> Text:
    assert question.part
    return Text("questionnaire-part", {"number": number, "total": total, "name": question.part.text})


async def _ask(talk: Talk, question: Question) -> Value:
    step, text, skip = question.id, question.text.text, not question.required
    options = [Option(option.code, option.label.text) for option in question.options]
    match question.kind:
        case QuestionKind.SCALE10:
            assert question.low
            assert question.high
            return await talk.scale(step, text, question.low.text, question.high.text, skip=skip)
        case QuestionKind.SMILES:
            faces = [Option(f"face{option.code}", option.label.text) for option in question.options]
            said = await talk.choose(step, text, faces, skip=skip)
            return None if said is None else int(said.removeprefix("face"))
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
    if question.kind is QuestionKind.DATE:
        return (Text("questionnaire-date"),)
    unit = 10**question.decimals  # 4,25 is kept as 425
    bounds = {"low": question.low_number // unit, "high": question.high_number // unit}
    name = "questionnaire-bounds" if question.kind is QuestionKind.NUMBER else "questionnaire-range"
    return (Text(name, bounds),)
