"""After a meeting outside of pairs: who came, a short poll, silent words about those met."""

from __future__ import annotations

from actions import encounter_clock as clock
from actions import encounter_feedback as after
from actions import encounter_views as views
from actions.work import Work
from bot.answers import Option
from bot.flows.encounters import number
from bot.flows.questionnaire import walk
from bot.talk import Talk, options
from program.encounters import Word
from program.outgoing import Choice
from program.text import Text, raw
from storage.tables import Encounter

WORDS = options((str(word), Text(f"encounters-word-{word}")) for word in Word)


async def encounter_came(talk: Talk) -> None:
    """Who was there, by who led it. `f:encounter-came:<id>`."""
    key = number(talk.arg)
    known = await talk.once("people", lambda work: views.to_mark(work, talk.person_id, key))
    named = [Option(str(one), raw(name)) for one, name in known["people"]]
    text = Text("encounters-who-came", {"topic": raw(known["topic"])})
    came = await talk.choose_many("came", text, named, skip=True)

    async def mark(work: Work) -> Encounter:
        me = await views.me(work, talk.person_id)
        return await clock.host_says_who_came(work, me, key, {int(one) for one in came})

    await talk.finish(mark)
    talk.say(Text("encounters-came-kept"))
    if came:
        talk.then("encounter-feedback", arg=str(key))


async def encounter_feedback(talk: Talk) -> None:
    """At most four taps. `f:encounter-feedback:<id>`."""
    key = number(talk.arg)
    about = await talk.once("poll", lambda work: after.poll(work, talk.person_id, key))
    args = {"topic": raw(about["topic"]), "when": about["when"]}
    talk.say(Text("encounters-feedback-about", args))
    answers = await walk(talk, about["code"], about["version"], left_out=about["left_out"], intro=False)
    receipt = await talk.finish(
        lambda work: after.record(work, talk.person_id, key, about["version"], answers)
    )
    for text in receipt or (Text("feedback-thanks"),):
        talk.say(text)


async def encounter_words(talk: Talk) -> None:
    """Prefer, neutral or avoid, silently. `f:encounter-words:<id>`."""
    key = number(talk.arg)
    known = await talk.once("met", lambda work: after.whom_met(work, talk.person_id, key))
    if known["trial"]:
        answers = options((("yes", Text("encounters-met-yes")), ("no", Text("encounters-met-no"))))
        asked = Text("encounters-met", {"name": raw(known["met"][0][1])})
        if await talk.choose("met?", asked, answers) == "no":
            talk.say(Text("encounters-not-met"), Choice(Text("menu-curator"), "f:curator"))
            return
    words = {}
    talk.say(Text("encounters-words-intro"))
    talk.expect(len(known["met"]), anew=True)
    for one, name in known["met"]:
        said = await talk.choose(f"word:{one}", Text("encounters-word", {"name": raw(name)}), WORDS)
        words[int(one)] = Word(said)
    await talk.finish(lambda work: after.say_words(work, talk.person_id, key, words))
    talk.say(Text("encounters-words-kept"))
    if not known["trial"] and known["poll"]:
        talk.then("encounter-feedback", arg=str(key))
