"""The mentor drafts the plan by buttons, changes one part of it, adds an event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from actions import plan_drafting, plan_items, plan_views
from actions.plan_drafting import Chosen
from bot.answers import Option
from bot.flows.plan_words import listed, number, own_words, ready_or_words, safe
from bot.talk import Talk, options
from program.errors import Refusal
from program.outgoing import Choice
from program.plan_templates import Template, template_of
from program.plans import LINES, MODES, RHYTHMS, Item
from program.text import Text, raw

QUESTIONS = 9
MODE = options((one, Text(f"plan-mode-{one}")) for one in MODES)
RHYTHM = options((one, Text(f"plan-rhythm-{one}")) for one in RHYTHMS)
# What may be changed one by one; events have flows of their own.
PARTS = ("goal", "tasks", "event", "drop", "directions", "planned", "interim", "rhythm", "mode", "schedule", "problem", "conditions")  # fmt: skip
AHEAD = (2, 4, 8, 12)  # weeks


async def draft(talk: Talk) -> None:
    """From the template of the form, nine presses at most. Entered from: `f:plan-draft:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.drafting(work, talk.person_id, pair_id))
    if known["agreed"]:
        talk.say(Text("plan-there-is"), *_after(pair_id, ready=False))
        return
    template = template_of(known["form"])
    talk.expect(QUESTIONS)
    talk.say(Text("plan-draft-start"))
    goal = await talk.ask(
        "goal", Text("plan-ask-goal"), ready_or_words(template.ready["goal"]),
        options=listed(template.ready["goal"]), notes=(Text("plan-or-own"),),
    )  # fmt: skip
    problem = await talk.ask(
        "problem", Text("plan-ask-problem"), ready_or_words(template.ready["problem"]),
        options=listed(template.ready["problem"]), notes=(Text("plan-or-own"),),
    )  # fmt: skip
    tasks = await talk.choose_many("tasks", Text("plan-ask-tasks"), listed(template.ready["tasks"]), limit=4)
    ways = options((one, Text(f"plan-direction-{one}")) for one in template.directions)
    directions = await talk.choose_many("directions", Text("plan-ask-directions"), ways, limit=4)
    events = await talk.choose_many("events", Text("plan-ask-events"), _events(template, directions), limit=8)
    planned = await talk.choose_many(
        "planned", Text("plan-ask-planned"), listed(template.ready["planned"]), limit=3
    )
    rhythm = await talk.choose("rhythm", Text("plan-ask-rhythm"), RHYTHM)
    mode = await talk.choose("mode", Text("plan-ask-mode"), MODE)
    until = await _until(talk, known)
    rows = [
        ("goal", Text("plan-section-goal"), _seen(template, "goal", goal)),
        ("tasks", Text("plan-section-tasks"), Text("plan-chosen", {"count": len(tasks)})),
        ("events", Text("plan-section-events"), Text("plan-chosen", {"count": len(events)})),
        ("rhythm", Text("plan-section-rhythm"), Text(f"plan-rhythm-{rhythm}")),
        ("mode", Text("plan-section-mode"), Text(f"plan-mode-{mode}")),
    ]
    await talk.check("sure", Text("plan-draft-check"), rows)
    chosen = Chosen(goal, problem, tasks, directions, events, planned, mode, rhythm, until)
    made = await talk.finish(lambda work: plan_drafting.draft(work, talk.person_id, pair_id, chosen))
    if safe(talk, made):
        talk.say(Text("plan-drafted", {"partner": known["partner"]}), *_after(pair_id, ready=True))


async def change(talk: Talk) -> None:
    """Another value for one part. Entered from: «Наш план», `f:plan-change:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.drafting(work, talk.person_id, pair_id))
    if not known["plan"]:
        raise Refusal("plan-none-yet")
    if known["agreed"]:
        talk.say(Text("plan-change-asks", {"partner": known["partner"]}))
    parts = [one for one in PARTS if one != "drop" or known["events"]]
    labels = options((one, Text(f"plan-change-{one}")) for one in parts)
    part = await talk.choose("part", Text("plan-change-what"), labels)
    if part == "event":
        talk.then("plan-event", arg=str(pair_id))
        return
    if part == "drop":
        await _drop(talk, pair_id, known)
        return
    value = await _value(talk, template_of(known["form"]), part)
    made = await talk.finish(
        lambda work: plan_drafting.alter(work, talk.person_id, known["plan"], known["version"], part, value)
    )
    if safe(talk, made):
        asks = known["agreed"] and part not in ("rhythm", "mode", "schedule")
        said = Text("plan-change-sent", {"partner": known["partner"]}) if asks else Text("plan-change-done")
        talk.say(said, *_after(pair_id, ready=not known["agreed"]))


async def event(talk: Talk) -> None:
    """One more event: a ready one or one's own. Entered from: `f:plan-event:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.drafting(work, talk.person_id, pair_id))
    if not known["plan"]:
        raise Refusal("plan-none-yet")
    template = template_of(known["form"])
    ready = [Option(one.code, raw(one.short)) for one in template.items]
    codes = {one.code: one.item for one in template.items}
    own = own_words()

    def read(said: str) -> str:
        numbered = {str(place): one.value for place, one in enumerate(ready, 1)}
        said = numbered.get(said.strip(), said)
        return said if said in codes else own(said)

    said = await talk.ask("event", Text("plan-event-what"), read, options=ready, notes=(Text("plan-or-own"),))
    weeks = [Option(str(count), Text("plan-event-weeks", {"count": count})) for count in AHEAD]
    due = await talk.choose("due", Text("plan-event-due"), weeks)
    due_on = talk.today + timedelta(weeks=int(due))
    item = Item(**{**vars(codes[said]), "due_on": due_on}) if said in codes else Item(said, due_on=due_on)
    made = await talk.finish(
        lambda work: plan_items.add(work, talk.person_id, known["plan"], item, known["version"])
    )
    if safe(talk, made):
        args = {"partner": known["partner"]}
        said_text = Text("plan-change-sent", args) if known["agreed"] else Text("plan-change-done")
        talk.say(said_text, *_after(pair_id, ready=not known["agreed"]))


async def _drop(talk: Talk, pair_id: int, known: dict[str, Any]) -> None:
    listed_events = [Option(str(key), raw(words)) for key, words in known["events"]]
    which = int(await talk.choose("which", Text("plan-drop-which"), listed_events))
    await talk.finish(
        lambda work: plan_drafting.drop_event(work, talk.person_id, known["plan"], known["version"], which)
    )
    asks = Text("plan-change-sent", {"partner": known["partner"]})
    talk.say(
        asks if known["agreed"] else Text("plan-change-done"), *_after(pair_id, ready=not known["agreed"])
    )


async def _value(talk: Talk, template: Template, part: str) -> Any:
    """The new value of a part: codes and words."""
    if part == "rhythm":
        return await talk.choose("value", Text("plan-ask-rhythm"), RHYTHM)
    if part == "mode":
        return await talk.choose("value", Text("plan-ask-mode"), MODE)
    if part == "directions":
        ways = options((one, Text(f"plan-direction-{one}")) for one in template.directions)
        return await talk.choose_many("value", Text("plan-ask-directions"), ways, limit=4)
    if part in LINES:
        ready = listed(template.ready[part])
        chosen = await talk.choose_many("value", Text(f"plan-ask-{part}"), ready, limit=5, skip=True)
        own = await talk.ask("own", Text("plan-own-line"), own_words(), skip=True)
        return [*chosen, *([own] if own else [])]
    if part in template.ready:
        ready_or = ready_or_words(template.ready[part])
        choices = listed(template.ready[part])
        return await talk.ask("value", Text(f"plan-ask-{part}"), ready_or, options=choices, notes=(Text("plan-or-own"),))  # fmt: skip
    return await talk.ask("value", Text(f"plan-ask-{part}"), own_words(), options=())


async def _until(talk: Talk, known: dict[str, Any]) -> date | None:
    if len(known["ends"]) < 2:
        return date.fromisoformat(known["ends"][0][0]) if known["ends"] else None
    days = [Option(day, raw(label)) for day, label in known["ends"]]
    return date.fromisoformat(await talk.choose("until", Text("plan-ask-until"), days))


def _events(template: Template, directions: list[str]) -> list[Option]:
    return [Option(one.code, raw(one.short)) for one in template.suited(directions)]


def _seen(template: Template, section: str, said: str) -> Text:
    short = next((one.short for one in template.ready[section] if one.code == said), said)
    return raw(short)


def _after(pair_id: int, *, ready: bool) -> tuple[Choice, ...]:
    send = Choice(Text("plan-button-send"), f"f:plan-send:{pair_id}", style="primary")
    more = Choice(Text("plan-change-event"), f"f:plan-event:{pair_id}")
    edit = Choice(Text("plan-button-change"), f"f:plan-change:{pair_id}")
    ours = Choice(Text("plan-title"), f"f:plan:{pair_id}")
    return (send, more, edit, ours) if ready else (edit, ours)
