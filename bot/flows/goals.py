"""The goal of a pair and how near it is; achievements, projects, the mentor's hours."""

from __future__ import annotations

from typing import Any

from actions import achievement_files, achievements, goal_views, goals, mentor_hours
from actions.achievements import Won
from bot.answers import Option
from bot.flows.plan_words import day, listed, number, own_words, ready_or_words, safe
from bot.talk import Talk, options
from program.outgoing import Choice
from program.plan_templates import template_of
from program.plans import ACHIEVEMENTS, HOURS, LEVELS, OUTCOMES, PROJECT_STAGES
from program.text import Text, raw

MINUTES = (15, 30, 45, 60, 90, 120)


async def goal(talk: Talk) -> None:
    """Names the goal, or shows the one that stands. Entered from: «Наш план», `f:goal:<pair>[.<mentee>]`.

    In a group a mentor is asked whose: the common one, or a mentee's.
    """
    pair_id, about = _pair_and_whose(talk.arg)
    known = await talk.once("known", lambda work: goal_views.looking(work, talk.person_id, pair_id, about))
    if known.get("whose"):
        whose = await talk.choose(
            "whose", Text("plan-goal-whose"), _whose(known["whose"], "plan-goal-common")
        )
        talk.then("goal", arg=f"{pair_id}.{whose}")
        return
    if known["goal"]:
        is_common = known.get("common")
        talk.say(Text("plan-goal-common-is" if is_common else "plan-goal-is", {"goal": raw(known["goal"])}))
        for mark in known["said"]:
            talk.say(Text.from_json(mark))
        other = "plan-goal-own" if is_common and known.get("own") else "plan-goal-other"
        ways = (("look", Text("plan-goal-look")), ("other", Text(other)))
        if await talk.choose("way", Text("plan-goal-what"), options(ways)) == "look":
            talk.then("goal-look", arg=talk.arg)
            return
    template = template_of(known["form"])
    readers = (Text("plan-goal-readers"),) if known.get("own") else ()
    said = await talk.ask(
        "goal", Text("plan-ask-own-goal" if known.get("own") else "plan-ask-goal"), ready_or_words(template.ready["goal"]),
        options=listed(template.ready["goal"]), notes=(Text("plan-or-own"), *readers),
    )  # fmt: skip
    words = next((one.text for one in template.ready["goal"] if one.code == said), said)
    found = await talk.finish(lambda work: goals.name(work, talk.person_id, pair_id, words, about=about or 0))
    if safe(talk, found):
        talk.say(Text("plan-goal-named"))
        talk.then("goal-look", arg=talk.arg)


async def look(talk: Talk) -> None:
    """How near the goal is, at the start, in the middle, at the end. Entered from: `f:goal-look:<pair>[.<mentee>]`."""
    pair_id, about = _pair_and_whose(talk.arg)
    known = await talk.once("known", lambda work: goal_views.looking(work, talk.person_id, pair_id, about))
    ours = Choice(Text("plan-title"), f"f:plan:{pair_id}")
    if not known["goal_id"]:
        talk.say(Text("plan-goal-none"), Choice(Text("plan-button-goal"), f"f:goal:{pair_id}"))
        return
    asked = Text("plan-goal-near", {"goal": raw(known["goal"])})
    progress = await talk.scale("progress", asked, Text("plan-goal-far"), Text("plan-goal-there"))
    words = await talk.ask("words", Text("plan-goal-words"), own_words(), skip=True)
    reached = False
    if known["end"] and progress is not None and progress >= 8:
        sure = options((("yes", Text("plan-goal-yes")), ("no", Text("plan-goal-not-yet"))))
        reached = await talk.choose("reached", Text("plan-goal-reached"), sure) == "yes"
    found = await talk.finish(
        lambda work: goals.look(
            work, talk.person_id, known["goal_id"], progress or 1, words or "", reached=reached
        )
    )
    if safe(talk, found):
        talk.say(Text("plan-goal-looked", {"stage": Text(f"plan-stage-{known['stage']}")}), ours)


async def achievement(talk: Talk) -> None:
    """A contest or an olympiad; a diploma may be added at the end. Entered from: `f:achievement:<pair>`."""
    pair_id = number(talk.arg)
    people = await talk.once("people", lambda work: goal_views.whom(work, talk.person_id, pair_id))
    about = people[0][0]
    if len(people) > 1:
        named = [Option(str(key), raw(name)) for key, name in people]
        about = int(await talk.choose("whose", Text("plan-won-whose"), named))
    kind = await talk.choose("kind", Text("plan-won-kind"), _of("kind", ACHIEVEMENTS))
    title = await talk.ask("title", Text("plan-won-title"), own_words(200))
    level = await talk.choose("level", Text("plan-won-level"), _of("level", LEVELS))
    outcome = await talk.choose("outcome", Text("plan-won-outcome"), _of("outcome", OUTCOMES))
    on = await day(talk, "day", Text("plan-won-day"))
    found = await talk.finish(
        lambda work: achievements.add(
            work, talk.person_id, pair_id, about, Won(title, kind, level, on, outcome)
        )
    )
    if safe(talk, found) and found is not None:
        talk.say(Text("plan-won-done"), _file(found.id), Choice(Text("plan-title"), f"f:plan:{pair_id}"))


async def diploma(talk: Talk) -> None:
    """The way to the page where a file is added to an achievement. Entered from: «Ещё», `f:diploma:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: achievement_files.of_pair(work, talk.person_id, pair_id))
    if not known:
        talk.say(
            Text("plan-file-no-achievement"),
            Choice(Text("plan-button-achievement"), f"f:achievement:{pair_id}"),
        )
        return
    which = known[0][0]
    if len(known) > 1:
        named = [Option(str(key), raw(title)) for key, title in known]
        which = int(await talk.choose("which", Text("plan-file-whose"), named))
    title = next(title for key, title in known if key == which)
    talk.say(Text("plan-file-here", {"title": raw(title)}), _file(which))


async def project(talk: Talk) -> None:
    """A project, or its next stage. Entered from: `f:project:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: goal_views.my_projects(work, talk.person_id, pair_id))
    which = "new"
    if known:
        listed_ones = [Option(str(key), raw(title)) for key, title, _ in known]
        which = await talk.choose(
            "which", Text("plan-project-which"), [*listed_ones, Option("new", Text("plan-project-new"))]
        )
    title, about = "", 0
    if which == "new":
        people = await talk.once("people", lambda work: goal_views.mentees(work, talk.person_id, pair_id))
        if people:
            whose = _whose(people, "plan-project-common")
            about = int(await talk.choose("whose", Text("plan-project-whose"), whose))
        title = await talk.ask("title", Text("plan-project-title"), own_words(200))
    stage = await talk.choose("stage", Text("plan-project-stage"), _of("project", PROJECT_STAGES))
    on = result = None
    if stage == "defended":
        on = await day(talk, "day", Text("plan-project-day"))
        result = await talk.ask("result", Text("plan-project-result"), own_words(), skip=True)
    found = await talk.finish(
        lambda work: achievements.note_project(
            work, talk.person_id, pair_id, stage, project_id=0 if which == "new" else int(which), title=title,
            defence_on=on, result=result or "", about=about,
        )
    )  # fmt: skip
    if safe(talk, found):
        ours = Choice(Text("plan-title"), f"f:plan:{pair_id}")
        talk.say(Text("plan-project-finished" if stage == "defended" else "plan-project-done"), ours)


async def hours(talk: Talk) -> None:
    """What the mentor spent beside the meetings. Entered from: `f:hours:<pair>`."""
    pair_id = number(talk.arg)
    known = await talk.once("known", lambda work: goal_views.my_load(work, talk.person_id, pair_id))
    talk.say(
        Text("plan-hours-so-far", {name: clock(known[name]) for name in ("meetings", "beside", "whole")})
    )
    what = await talk.choose("what", Text("plan-hours-what"), _of("hours", HOURS))
    listed_minutes = [Option(str(one), Text("plan-hours-minutes", {"time": clock(one)})) for one in MINUTES]
    minutes = int(await talk.choose("minutes", Text("plan-hours-long"), listed_minutes))
    on = await day(talk, "day", Text("plan-hours-day"))
    await talk.finish(lambda work: mentor_hours.add(work, talk.person_id, pair_id, minutes, what, on))
    talk.say(
        Text("plan-hours-done", {"whole": clock(known["whole"] + minutes)}),
        Choice(Text("plan-title"), f"f:plan:{pair_id}"),
    )


def _pair_and_whose(arg: str) -> tuple[int, int | None]:
    pair_id, _, whose = arg.partition(".")
    return number(pair_id), number(whose) if whose else None


def _whose(people: list[list[Any]], common: str) -> list[Option]:
    """The whole group, or one of its mentees."""
    return [Option("0", Text(common)), *(Option(str(key), raw(name)) for key, name in people)]


def _file(achievement_id: int) -> Choice:
    return Choice(Text("plan-button-diploma"), url=f"page:diploma:{achievement_id}")


def clock(minutes: int) -> str:
    """«1:30» of 90 minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _of(list_of: str, codes: tuple[str, ...]) -> tuple[Option, ...]:
    return options((one, Text(f"plan-{list_of}-{one}")) for one in codes)
