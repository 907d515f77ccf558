"""A question to a pool of mentors by topic, a request for one meeting, and answering them."""

from __future__ import annotations

from typing import Any

from actions import encounter_pool_views as views
from actions import encounter_questions as pool
from actions.encounter_pool_messages import topic_text
from actions.encounter_views import roles
from actions.work import Work
from bot.answers import Option, Unclear, some_text
from bot.flows.encounters import Rows, choose_start, choose_where, number, show
from bot.talk import Talk, options
from program import danger
from program.encounters import LEAST_WORDS, MOST_WORDS, TOPICS, QuestionKind, require_words
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.text import Text, raw
from storage.tables import Encounter

CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")
NAMED = options((topic, topic_text(topic)) for topic in TOPICS)


async def pool_ask(talk: Talk) -> None:
    """A question, or a request for one meeting. `f:pool-ask:<kind>`."""
    kind = QuestionKind.REQUEST if talk.arg == QuestionKind.REQUEST else QuestionKind.QUESTION
    topic = await talk.choose("topic", Text(f"encounters-ask-{kind}-topic"), NAMED)
    text = Text(f"encounters-ask-{kind}-words", {"limit": MOST_WORDS})
    words = await talk.ask("words", text, question_words)
    rows = [
        ("topic", Text("encounters-row-topic"), topic_text(topic)),
        ("words", Text(f"encounters-row-{kind}"), raw(words)),
    ]
    await talk.check("sure", Text("encounters-ask-check"), rows)

    async def ask(work: Work) -> tuple[bool, int]:
        question, told = await pool.ask(work, talk.person_id, kind, topic, words)
        return question is not None, told

    kept, told = await talk.finish(ask)
    if not kept:
        talk.say(Text("encounters-kept-safe"), HELP)
    elif kind is QuestionKind.REQUEST:
        talk.say(Text("encounters-request-sent"))
    else:
        talk.say(Text("encounters-question-sent" if told else "encounters-question-waits"))


async def pool_topics(talk: Talk) -> None:
    """On which topics one would like to hear questions. `f:pool-topics`."""
    may = await talk.once("may", lambda work: roles(work, talk.person_id))
    asked = Text("encounters-topics" if may["leads"] and not may["reverse"] else "encounters-topics-adults")
    chosen = await talk.choose_many("topics", asked, NAMED, skip=True)
    await talk.finish(lambda work: pool.subscribe(work, talk.person_id, chosen))
    talk.say(Text("encounters-topics-kept" if chosen else "encounters-topics-none"))


async def pool_take(talk: Talk) -> None:
    """«Возьму», pressed by one of the pool. `f:pool-take:<id>`."""
    key = number(talk.arg)
    taken = await talk.finish(lambda work: pool.take(work, talk.person_id, key))
    talk.say(Text("encounters-taken-by-you"))
    talk.then("pool-answer" if taken.kind == QuestionKind.QUESTION else "pool-meet", arg=str(key))


async def pool_answer(talk: Talk) -> None:
    """The answer, in words. `f:pool-answer:<id>`."""
    key = number(talk.arg)
    known = await talk.once("talk", lambda work: views.mine(work, talk.person_id, key))
    show(talk, Message.from_json(known["shown"]))
    words = await talk.ask("words", Text("encounters-answer-words"), question_words)
    await talk.finish(lambda work: pool.say_more(work, talk.person_id, key, words))
    talk.say(Text("encounters-answer-sent"))


async def pool_more(talk: Talk) -> None:
    """One more word of who asked. `f:pool-more:<id>`."""
    key = number(talk.arg)
    await talk.once("talk", lambda work: views.mine(work, talk.person_id, key))
    words = await talk.ask("words", Text("encounters-more-words"), more_words)
    kept = await talk.finish(lambda work: pool.say_more(work, talk.person_id, key, words))
    if kept:
        talk.say(Text("encounters-more-sent"))
    else:
        talk.say(Text("encounters-kept-safe"), HELP)


async def pool_done(talk: Talk) -> None:
    """«Спасибо, всё понятно». `f:pool-done:<id>`."""
    key = number(talk.arg)
    await talk.finish(lambda work: pool.close(work, key, talk.person_id))
    talk.say(Text("encounters-question-done"))


async def pool_back(talk: Talk) -> None:
    """Who took it cannot after all. `f:pool-back:<id>`."""
    key = number(talk.arg)
    await talk.finish(lambda work: pool.give_back(work, key, talk.person_id))
    talk.say(Text("encounters-given-back"))


async def pool_meet(talk: Talk) -> None:
    """A start for the meeting somebody asked for. `f:pool-meet:<id>`."""
    key = number(talk.arg)
    known = await talk.once("talk", lambda work: views.mine(work, talk.person_id, key))
    show(talk, Message.from_json(known["shown"]))
    rows: Rows = []
    starts_at = await choose_start(talk, rows)
    format, place, link = await choose_where(talk, rows)
    await talk.check("sure", Text("encounters-meet-check", {"name": Text.from_json(known["name"])}), rows)

    async def meet(work: Work) -> Encounter:
        return await pool.meet(
            work, key, talk.person_id, starts_at, format=format, place=place, link=link, by_host=True
        )

    made = await talk.finish(meet)
    talk.say(Text("encounters-meet-made"), Choice(Text("meeting-cannot"), f"f:encounter-leave:{made.id}"))


async def pool_mine(talk: Talk) -> None:
    """Questions one asked or took that are not settled. `f:pool-mine`."""
    found: list[dict[str, Any]] = await talk.once("mine", lambda work: views.all_mine(work, talk.person_id))
    if not found:
        talk.say(Text("encounters-talks-none"), CURATOR)
        return
    named = [Option(str(one["id"]), Text.from_json(one["label"])) for one in found]
    which = await talk.choose("which", Text("encounters-talks"), named)
    one = next(one for one in found if str(one["id"]) == which)
    show(talk, Message.from_json(one["shown"]))


def question_words(typed: str) -> str:
    """Words that somebody else will read: long enough to answer, without contacts."""
    words = more_words(typed)
    if len(words) < LEAST_WORDS and danger.find(words) is None:
        raise Unclear("encounters-words-short", least=LEAST_WORDS)
    return words


def more_words(typed: str) -> str:
    """What sounds as if somebody needed help now is taken as it is: it goes to the grown-ups, not to the pool."""
    if danger.find(typed) is not None:
        return some_text(2000)(typed)
    words = some_text(MOST_WORDS)(typed)
    try:
        require_words(words, least=1)
    except Refusal as no:
        raise Unclear(no.text.id) from no
    return words
