"""An event of the plan is done: one press, and a line about it if somebody likes."""

from __future__ import annotations

from actions import plan_items, plan_views
from bot.answers import Option
from bot.flows.plan_words import number, own_words, safe
from bot.talk import Talk, options
from program.outgoing import Choice
from program.plans import GRADES
from program.text import Text, raw


async def done(talk: Talk) -> None:
    """Entered from: «Наш план», `f:plan-done:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    ours = Choice(Text("plan-title"), f"f:plan:{pair_id}")
    if not known.get("open"):
        talk.say(Text("plan-all-done" if "plan" in known else "plan-none-yet"), ours)
        return
    listed = [Option(str(key), raw(words)) for key, words in known["open"]]
    item_id = int(await talk.choose("which", Text("plan-done-which"), listed))
    await talk.finish(lambda work: plan_items.mark(work, talk.person_id, item_id))
    count = known["done"] + 1
    talk.say(
        Text("plan-done-said", {"done": count, "whole": known["whole"]}),
        Choice(Text("plan-button-fact"), f"f:plan-fact:{item_id}"),
        Choice(Text("plan-button-undo"), f"f:plan-undo:{item_id}"),
        ours,
    )


async def undo(talk: Talk) -> None:
    """Pressed by mistake. Entered from: `f:plan-undo:<event>`."""
    item_id = number(talk.arg)
    await talk.finish(lambda work: plan_items.mark(work, talk.person_id, item_id, done=False))
    talk.say(Text("plan-undone"))


async def fact(talk: Talk) -> None:
    """How it went, by a button and in a line. Entered from: `f:plan-fact:<event>`."""
    item_id = number(talk.arg)
    grade = await talk.choose(
        "grade", Text("plan-fact-how"), options((one, Text(f"plan-grade-{one}")) for one in GRADES)
    )
    words = await talk.ask("words", Text("plan-fact-words"), own_words(), skip=True)
    found = await talk.finish(
        lambda work: plan_items.tell_fact(work, talk.person_id, item_id, grade, words or "")
    )
    if safe(talk, found):
        talk.say(Text("plan-fact-done"))
