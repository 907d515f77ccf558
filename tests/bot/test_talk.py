"""The conversation engine: a journal of named answers that survives everything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from actions.work import Work
from bot.answers import Option, some_text, whole_number
from bot.asked import Outcome
from bot.journal import Journal, Mark
from bot.talk import FlowError, Talk, run
from locales import Texts
from program.channels import Channel
from program.errors import Refusal
from program.text import Text, raw

COLOURS = tuple(
    Option(value, raw(label)) for value, label in (("r", "Красный"), ("k", "Красивый"), ("b", "Синий"))
)


async def step(flow: Any, work: Work, journal: Journal, *answer: Any, learned: str = "") -> Outcome:
    """One run, as after a restart: the journal goes through JSON."""
    import json

    journal.lines = json.loads(json.dumps(journal.lines))
    if answer:
        journal.put(answer[0], answer[1])
    return await run(flow, journal, work, 1, {}, Texts("ru"), Channel.WEB, answer[0] if answer else None)


async def two_questions(talk: Talk) -> None:
    name = await talk.ask("name", raw("Как зовут?"), some_text())
    age = await talk.ask("age", raw("Сколько лет?"), whole_number(1, 99), skip=True)
    done = await talk.finish(lambda work: _nothing(work))
    talk.say(raw(f"{name} {age} {done}"))


async def _nothing(work: Work) -> str:
    return "ok"


async def test_answered_questions_return_at_once_and_the_first_open_one_is_shown(work: Work) -> None:
    journal = Journal()
    first = await step(two_questions, work, journal)
    second = await step(two_questions, work, journal, "name", "Аня")
    third = await step(two_questions, work, journal, "age", "13")
    assert first.question
    assert first.question.step == "name"
    assert second.question
    assert second.question.step == "age"
    assert third.question is None
    assert third.said[0].text == raw("Аня 13 ok")


async def test_an_unreadable_answer_is_told_and_asked_again(work: Work) -> None:
    journal = Journal()
    await step(two_questions, work, journal, "name", "Аня")
    outcome = await step(two_questions, work, journal, "age", "тринадцать")
    assert outcome.missed
    assert outcome.said[0].text.id == "answer-number"
    assert outcome.question
    assert outcome.question.step == "age"
    assert not journal.has("age", Mark.ANSWER)


async def test_a_skipped_question_is_none(work: Work) -> None:
    journal = Journal()
    await step(two_questions, work, journal, "name", "Аня")
    outcome = await step(two_questions, work, journal, "age", None)
    assert outcome.said[0].text == raw("Аня None ok")


async def test_back_forgets_the_newest_answer_and_what_was_learned_after_it(work: Work) -> None:
    journal = Journal([["name", "Аня", "a"], ["slots", [1], "f"]])
    assert journal.back("age")
    assert journal.lines == []
    assert not journal.back("name")


async def test_a_fact_is_looked_up_once(work: Work) -> None:
    looked: list[int] = []

    async def flow(talk: Talk) -> None:
        async def look(_: Work) -> int:
            looked.append(1)
            return len(looked)

        fact = await talk.once("fact", look)
        await talk.ask("q", raw(f"{fact}?"), some_text())
        talk.say(raw(str(fact)))

    journal = Journal()
    await step(flow, work, journal)
    outcome = await step(flow, work, journal, "q", "да")
    assert looked == [1]
    assert outcome.said[0].text == raw("1")


async def test_a_question_added_in_an_upgrade_is_asked_and_old_answers_stay(work: Work) -> None:
    async def upgraded(talk: Talk) -> None:
        name = await talk.ask("name", raw("Как зовут?"), some_text())
        pet = await talk.ask("pet", raw("Кто живёт дома?"), some_text())
        talk.say(raw(f"{name} {pet}"))

    journal = Journal([["name", "Аня", "a"], ["gone", "x", "a"]])
    asked = await step(upgraded, work, journal)
    done = await step(upgraded, work, journal, "pet", "кот")
    assert asked.question
    assert asked.question.step == "pet"
    assert done.said[0].text == raw("Аня кот")


async def test_an_old_answer_that_todays_reader_refuses_is_asked_again_without_blame(work: Work) -> None:
    journal = Journal([["name", "Аня", "a"], ["age", "двенадцать", "a"]])
    outcome = await step(two_questions, work, journal)
    assert outcome.question
    assert outcome.question.step == "age"
    assert outcome.said == []
    assert not outcome.missed


@pytest.mark.parametrize("typed", ["Синий", "синий", " СИНИЙ ", "3", "син", "b"])
async def test_a_choice_takes_a_number_a_label_or_its_beginning(work: Work, typed: str) -> None:
    async def flow(talk: Talk) -> None:
        talk.say(raw(await talk.choose("c", raw("Цвет?"), COLOURS)))

    outcome = await step(flow, work, Journal(), "c", typed)
    assert outcome.said[0].text == raw("b")


async def test_an_ambiguous_beginning_is_not_guessed(work: Work) -> None:
    async def flow(talk: Talk) -> None:
        talk.say(raw(await talk.choose("c", raw("Цвет?"), COLOURS)))

    outcome = await step(flow, work, Journal(), "c", "крас")
    assert outcome.question is not None
    assert outcome.said[0].text.id == "answer-choose"


async def test_changing_an_answer_on_the_summary_asks_it_again_and_keeps_the_rest(work: Work) -> None:
    async def flow(talk: Talk) -> None:
        name = await talk.ask("name", raw("Как зовут?"), some_text())
        pet = await talk.ask("pet", raw("Кто живёт дома?"), some_text())
        await talk.check(
            "sure", raw("Всё верно?"), [("name", raw("Имя"), raw(name)), ("pet", raw("Дома"), raw(pet))]
        )
        talk.say(raw(f"{name} {pet}"))

    journal = Journal([["name", "Аня", "a"], ["pet", "кот", "a"]])
    await step(flow, work, journal)
    await step(flow, work, journal, "sure", "change")
    again = await step(flow, work, journal, "sure?", "1")
    assert again.question
    assert again.question.step == "name"
    summary = await step(flow, work, journal, "name", "Оля")
    assert summary.question
    assert summary.question.step == "sure"
    done = await step(flow, work, journal, "sure", "send")
    assert done.said[0].text == raw("Оля кот")


async def test_questions_are_counted_from_where_the_flow_says(work: Work) -> None:
    async def flow(talk: Talk) -> None:
        await talk.ask("a", raw("?"), some_text())
        talk.expect(2)
        await talk.ask("b", raw("?"), some_text())
        await talk.ask("c", raw("?"), some_text())

    journal = Journal([["a", "1", "a"]])
    second = await step(flow, work, journal)
    third = await step(flow, work, journal, "b", "1")
    assert second.question
    assert second.question.progress == (1, 2)
    assert third.question
    assert third.question.progress == (2, 2)


async def test_a_refusal_of_the_verb_undoes_what_it_did_and_is_told(work: Work, now: datetime) -> None:
    from storage.tables import SystemValue

    async def flow(talk: Talk) -> None:
        async def act(work: Work) -> None:
            work.session.add(SystemValue(name="half", value="done", changed_at=now))
            await work.session.flush()
            raise Refusal("talk-must-answer")

        await talk.finish(act)

    outcome = await step(flow, work, Journal())
    assert outcome.refused
    assert outcome.said[0].text == Text("talk-must-answer")
    assert await work.session.get(SystemValue, "half") is None


async def test_a_step_named_twice_is_a_defect(work: Work) -> None:
    async def flow(talk: Talk) -> None:
        await talk.ask("a", raw("?"), some_text())
        await talk.ask("a", raw("?"), some_text())

    with pytest.raises(FlowError):
        await step(flow, work, Journal(), "a", "x")
