"""«Наш план»: how it stands, reading it, saying yes or proposing a change, sending it, the end of it."""

from __future__ import annotations

from typing import Any

from actions import achievement_files, plan_views, plan_words, plans
from bot.answers import Option
from bot.flows.plan_words import CURATOR, HELP, asked, number, safe
from bot.talk import Talk, options
from program.errors import Refusal
from program.outgoing import Choice
from program.plan_templates import common
from program.plans import RECOMMENDED, PlanState, Stage
from program.text import Text, raw


async def plan(talk: Talk) -> None:
    """Entered from: «Моя пара», the word «план», `f:plan[:<pair>]`."""
    pair_id = await which(talk)
    if not pair_id:
        talk.say(Text("plan-no-pair"), CURATOR)
        return
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    state = known["state"]
    args = {"partner": known["partner"]}
    if state == "none":
        draft = (Choice(Text("plan-button-draft"), f"f:plan-draft:{pair_id}", style="primary"),)
        first = draft if known["mentor"] else ()
        talk.say(Text("plan-none-mentor" if known["mentor"] else "plan-none-mentee", args), *first, _goal(known), _rest(pair_id), HELP)  # fmt: skip
        return
    talk.say(Text(f"plan-state-{state}", args))
    if known["goal"]:
        talk.say(Text("plan-goal-is", {"goal": raw(known["goal"])}))
    if state in (PlanState.AGREED, PlanState.WORK, PlanState.AMENDED):
        talk.say(
            Text("plan-progress", {"done": known["done"], "whole": known["whole"], "ends": known["ends"]})
        )
        for row in known["next"]:
            talk.say(Text.from_json(row))
    talk.say(Text("plan-what-now"), *_buttons(known))


async def which(talk: Talk) -> int:
    """The pair of the button; without one the only pair, or the one that is chosen. 0: there is none."""
    if talk.arg:
        return number(talk.arg)
    mine = await talk.once("pairs", lambda work: plan_views.my_pairs(work, talk.person_id))
    if len(mine) < 2:
        return int(mine[0][0]) if mine else 0
    listed = [Option(str(key), raw(name)) for key, name in mine]
    return int(await talk.choose("pair", Text("plan-which-pair"), listed))


async def more(talk: Talk) -> None:
    """What else belongs to the plan. Entered from: `f:plan-more:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    won = await talk.once("won", lambda work: achievement_files.of_pair(work, talk.person_id, pair_id))
    choices = [
        Choice(Text("plan-button-achievement"), f"f:achievement:{pair_id}"),
        *([Choice(Text("plan-button-diploma"), f"f:diploma:{pair_id}")] if won else []),
        Choice(Text("plan-button-project"), f"f:project:{pair_id}"),
    ]
    if known["mentor"]:
        choices.append(Choice(Text("plan-button-hours"), f"f:hours:{pair_id}"))
        if known["state"] in (PlanState.AGREED, PlanState.WORK):
            choices.append(Choice(Text("plan-button-change"), f"f:plan-change:{pair_id}"))
    if known["state"] in (PlanState.AGREED, PlanState.WORK, PlanState.AMENDED):
        choices.append(Choice(Text("plan-button-result"), f"f:plan-result:{pair_id}"))
        if not known["mentor"]:
            choices.append(_wish(pair_id))
    if known["mentor"] or not known.get("group"):  # of a group's term the mentors speak first
        choices.append(Choice(Text("pair-ask-longer"), f"f:pair-longer:{pair_id}"))
    talk.say(Text("plan-more"), *choices)


async def read(talk: Talk) -> None:
    """The words of the plan. Entered from: `f:plan-read:<pair>[.more]`."""
    key, _, part = talk.arg.partition(".")
    pair_id = number(key)
    texts = await talk.once(
        "texts", lambda work: plan_views.reading(work, talk.person_id, pair_id, more=part == "more")
    )
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    for one in texts:
        talk.say(Text.from_json(one))
    rest = () if part == "more" else (Choice(Text("plan-button-rest"), f"f:plan-read:{pair_id}.more"),)
    answer = _answers(known) if known.get("asked") else ()
    talk.say(Text("plan-read-end"), *rest, *answer, Choice(Text("plan-title"), f"f:plan:{pair_id}"))


async def send(talk: Talk) -> None:
    """The mentor puts the draft to the other side. Entered from: `f:plan-send:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    if not known["mentor"] or "plan" not in known:
        raise Refusal("plan-for-mentor")
    await talk.finish(lambda work: plans.send(work, known["plan"], author=talk.person_id))
    talk.say(Text("plan-sent-off", {"partner": known["partner"]}), Choice(Text("plan-title"), f"f:plan:{pair_id}"))  # fmt: skip


async def agree(talk: Talk) -> None:
    """«Согласиться», one press. Entered from: `f:plan-agree:<plan>.<version>`."""
    plan_id, seen = _plan_and_version(talk.arg)
    found = await talk.finish(lambda work: plans.agree(work, talk.person_id, plan_id, seen))
    waits = found.state in (PlanState.SENT, PlanState.AMENDED)
    ours = Choice(Text("plan-title"), f"f:plan:{found.pair_id}", style="primary")
    others = "plan-yes-waits-group" if found.pair.is_group else "plan-yes-waits"
    talk.say(Text(others if waits else "plan-yes-done"), ours)


async def propose(talk: Talk) -> None:
    """«Предложить изменение»: what, by a button or in words. Entered from: `f:plan-propose:<plan>.<version>`."""
    plan_id, seen = _plan_and_version(talk.arg)
    words = await asked(talk, "words", Text("plan-propose-what"), common("propose"))
    found = await talk.finish(lambda work: plans.object_to(work, talk.person_id, plan_id, seen, words))
    if safe(talk, found):
        talk.say(Text("plan-propose-done"), CURATOR)


async def wish(talk: Talk) -> None:
    """The mentee's own wish, said, said anew or taken back. Entered from: `f:plan-wish:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    if "plan" not in known:
        raise Refusal("plan-none-yet")
    if known["mentor"]:
        raise Refusal("plan-for-mentee")
    ours = Choice(Text("plan-title"), f"f:plan:{pair_id}")
    if known["wish"]:
        talk.say(Text("plan-wish-is", {"words": raw(known["wish"])}))
        ways = options((("other", Text("plan-wish-other")), ("drop", Text("plan-wish-drop"))))
        if await talk.choose("way", Text("plan-wish-do"), ways) == "drop":
            await talk.finish(lambda work: plan_words.drop_wish(work, talk.person_id, known["plan"]))
            talk.say(Text("plan-wish-dropped"), ours)
            return
    words = await asked(talk, "words", Text("plan-wish-what"), common("wish"), Text("plan-wish-readers"))
    found = await talk.finish(lambda work: plan_words.add_wish(work, talk.person_id, known["plan"], words))
    if safe(talk, found):
        talk.say(Text("plan-wish-done"), *(_answers(known) if known["asked"] else ()), ours)


async def result(talk: Talk) -> None:
    """What came of it, by each side; the mentor says what next. Entered from: `f:plan-result:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: plan_views.overview(work, talk.person_id, pair_id))
    if "plan" not in known:
        raise Refusal("plan-none-yet")
    readers = Text("plan-result-readers-mentor" if known["mentor"] else "plan-wish-readers")
    words = await asked(talk, "words", Text("plan-result-what"), common("result"), readers)
    advice = ""
    if known["mentor"]:
        listed = options((one, Text(f"plan-advice-{one}")) for one in RECOMMENDED)
        advice = await talk.choose("advice", Text("plan-advice"), listed)
    found = await talk.finish(
        lambda work: plan_words.say_result(work, talk.person_id, known["plan"], words, advice)
    )
    if safe(talk, found):
        talk.say(Text("plan-result-done"), Choice(Text("plan-title"), f"f:plan:{pair_id}"))


def _buttons(known: dict[str, Any]) -> list[Choice]:
    """At most six, so that every channel shows them as buttons."""
    pair_id, state, mentor = known["pair"], known["state"], known["mentor"]
    reads = Choice(Text("plan-button-read"), f"f:plan-read:{pair_id}")
    rest = _rest(pair_id)
    if known["asked"]:
        return [*_answers(known), reads, _wish(pair_id) if not mentor else _goal(known), rest]
    if state == PlanState.DRAFT:
        send_off = Choice(Text("plan-button-send"), f"f:plan-send:{pair_id}", style="primary")
        edit = Choice(Text("plan-button-change"), f"f:plan-change:{pair_id}")
        ready = (send_off,) if known["ready"] else ()
        return (
            [*ready, edit, reads, _goal(known), rest]
            if mentor
            else [reads, _wish(pair_id), _goal(known), rest]
        )
    if state == PlanState.SENT:
        edit = Choice(Text("plan-button-change"), f"f:plan-change:{pair_id}")
        return [reads, *([edit] if mentor else [_wish(pair_id)]), _goal(known), rest]
    if state == PlanState.COMPLETED:
        draft = Choice(Text("plan-button-next"), f"f:plan-draft:{pair_id}")
        return [reads, *([draft] if mentor else []), rest]
    done = (
        [Choice(Text("plan-button-done"), f"f:plan-done:{pair_id}", style="primary")] if known["open"] else []
    )
    last = (
        [Choice(Text("plan-button-result"), f"f:plan-result:{pair_id}")]
        if known["stage"] == Stage.END
        else []
    )
    return [*done, *last, reads, _goal(known), rest]


def _answers(known: dict[str, Any]) -> tuple[Choice, ...]:
    mark = f"{known['plan']}.{known['version']}"
    return (
        Choice(Text("plan-button-agree"), f"f:plan-agree:{mark}", style="primary"),
        Choice(Text("plan-button-propose"), f"f:plan-propose:{mark}"),
    )


def _goal(known: dict[str, Any]) -> Choice:
    """In a group a mentee's is the own one."""
    own = known.get("group") and not known["mentor"]
    return Choice(Text("plan-button-own-goal" if own else "plan-button-goal"), f"f:goal:{known['pair']}")


def _rest(pair_id: int) -> Choice:
    """Achievements do not wait for a plan: a child may win something on the first day."""
    return Choice(Text("plan-button-more"), f"f:plan-more:{pair_id}")


def _wish(pair_id: int) -> Choice:
    return Choice(Text("plan-button-wish"), f"f:plan-wish:{pair_id}")


def _plan_and_version(arg: str) -> tuple[int, int]:
    plan_id, _, seen = arg.partition(".")
    return number(plan_id), number(seen)
