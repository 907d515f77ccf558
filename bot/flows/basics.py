"""What is always at hand: the greeting, the menu, help, a word to the curator, one's pair, privacy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import membership
from actions.membership import Standing
from bot.talk import Talk, options
from program.announcement import answers
from program.names import folded
from program.outgoing import Choice
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text

LANGUAGES = (("ru", Text("basics-russian")), ("en", Text("basics-english")))
JOIN = Choice(Text("menu-join"), "f:join", style="primary")
CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")
GUIDE = Choice(Text("guide-more"), "f:guide")
MATERIALS = Choice(Text("training-title"), "f:training")
ENDED = (ParticipationStatus.DECLINED, ParticipationStatus.WITHDRAWN, ParticipationStatus.ARCHIVED)
ENCOUNTERS = Choice(Text("encounters-title"), "f:encounters")
SETTINGS = Choice(Text("link-back"), "f:settings")
LEAVING = (
    Choice(Text("pause-button"), "f:pause"),
    Choice(Text("privacy-withdraw-button"), "f:privacy-withdraw"),
    Choice(Text("privacy-erase-button"), "f:privacy-erase"),
)
PAIRED = {Standing.MENTEE, Standing.MENTOR}
# What «Помощь» lists, and for whom; for everybody where nobody is named. Source: ux.md B4.
LINES: dict[str, set[Standing]] = {
    "tasks": {Standing.STAFF}, "pair": PAIRED, "child": {Standing.GUARDIAN}, "plan": PAIRED, "meetings": PAIRED,
    "write": PAIRED, "story": PAIRED, "privacy": set(), "cancel": set(), "pause": set(),
}  # fmt: skip


async def start(talk: Talk) -> None:
    """Who this is and what now. Entered from: «Начать», /start, the first word of a stranger."""
    facts = await talk.once("facts", lambda work: membership.greeting(work, talk.person_id))
    if talk.subject.get("bad_link") == "late":
        talk.say(Text("link-late"), CURATOR)
        return
    if talk.subject.get("bad_link") == "taken":
        talk.say(Text("link-taken", {"curator": facts["curator"]}), CURATOR)
        return
    if talk.subject.get("bad_link") == "begun":
        talk.say(Text("link-card-begun"), CURATOR)
        return
    if talk.subject.get("bad_link"):
        talk.say(Text("basics-bad-link", {"curator": facts["curator"]}), CURATOR)
        return
    hello = Text("basics-hello", {"school": facts["school"], "curator": facts["curator"]})
    if facts["stranger"]:
        talk.say(hello, JOIN, CURATOR)
    else:
        talk.say(Text("basics-hello-again", {"name": facts["name"]}))


async def menu(talk: Talk) -> None:
    talk.say(Text("basics-menu"))


async def commands(talk: Talk) -> None:
    """The short list of what this reader can do here. Entered from: /help, «помощь»."""
    stands = set(await talk.once("stands", lambda work: membership.stands(work, talk.person_id)))
    if Standing.STRANGER in stands:
        talk.say(Text("basics-commands-stranger"), HELP, GUIDE, CURATOR)
        return
    talk.say(Text("basics-commands"))
    *lines, last = (line for line, those in LINES.items() if not those or those & stands)
    for line in lines:
        talk.say(Text(f"basics-can-{line}"))
    mentor = (MATERIALS,) if Standing.MENTOR in stands else ()
    talk.say(Text(f"basics-can-{last}"), ENCOUNTERS, *mentor, SETTINGS, HELP, GUIDE, CURATOR)


async def stop(talk: Talk) -> None:
    """The ways out of the programme, the gentlest first. Entered from: «стоп», /stop where no question is open."""
    stands = set(await talk.once("stands", lambda work: membership.stands(work, talk.person_id)))
    if Standing.STRANGER in stands:
        talk.say(Text("basics-stop-stranger"), CURATOR)
    else:
        talk.say(Text("basics-stop"), *LEAVING, CURATOR)


async def my_pair(talk: Talk) -> None:
    """Who my mentor or mentees are, and what to do next. Of several pairs each is opened by itself: `f:my-pair:<pair>`."""
    places = await talk.once("places", lambda work: membership.my_places(work, talk.person_id))
    children = await talk.once("children", lambda work: membership.childrens_pairs(work, talk.person_id))
    _of_children(talk, children)
    if not places and not children:
        parent = await talk.once("parent", lambda work: membership.as_parent(work, talk.person_id))
        talk.say(*((Text(f"basics-parent-{parent}"), CURATOR) if parent else (Text("basics-no-place"), JOIN)))
    running = [place["pair"] for place in places if _runs(place)]
    one = int(talk.arg) if talk.arg.isdecimal() and int(talk.arg) in running else 0
    for place in places:
        if one and place["pair"] != one:
            continue
        if len(running) > 1 and not one and _runs(place):
            args = {"form": _form(place["form"]), "partner": place["partner"], "count": place.get("count", 1)}
            called = Text("basics-pair-open", {"partner": place.get("called", place["partner"])})
            last = (HELP,) if place["pair"] == running[-1] else ()
            talk.say(Text(_about(place), args), Choice(called, f"f:my-pair:{place['pair']}"), *last)
            continue
        args = {
            "form": _form(place["form"]),
            "partner": place["partner"],
            "count": place.get("count", 1),  # a conversation begun before an upgrade has none
            "days": place["days"],
        }
        if place["pair"] and place.get("pair_status") == PairStatus.OFFERED:
            choices = [choice for row in answers(place["pair"]) for choice in row]
            talk.say(Text(f"basics-pair-offered-{place['side']}", args), *choices)
        elif place["pair"]:
            arrange = Choice(Text("basics-arrange"), f"f:meeting:{place['pair']}", style="primary")
            paused = place.get("pair_status") == PairStatus.PAUSED
            first = () if paused or not place.get("arranges", True) else (arrange,)
            if not paused and place.get("writes"):
                label = "group" if place.get("group") else place["side"]
                first = (*first, Choice(Text(f"relay-write-{label}"), f"f:relay:{place['pair']}"))
            more = Choice(Text("basics-pair-more"), f"f:pair-more:{place['pair']}")
            plan = Choice(Text("plan-title"), f"f:plan:{place['pair']}")
            idea = () if paused else (Choice(Text("ideas-title"), f"f:idea:{place['pair']}"),)
            talk.say(Text(_about(place), args), *first, *idea, plan, more, HELP, *_materials(place))
        else:
            talk.say(Text(f"basics-place-{place['status'].replace('_', '-')}", args), *_materials(place))


def _of_children(talk: Talk, children: list[dict[str, Any]]) -> None:
    """A parent hears whom a child meets; times and words are the pair's own."""
    several = sum(bool(child["pair"]) for child in children) > 1
    for child in children:
        curator = (CURATOR,) if child is children[-1] else ()
        args = {"child": child["child"], "form": _form(child["form"]), "partner": child["partner"]}
        if not child["pair"]:
            talk.say(Text("basics-child-waits", args), *curator)
        elif child["asked"]:
            talk.say(Text("basics-child-asked", args), *curator)
        else:
            words = Text("basics-child-replace", args) if several else Text("pair-ask-replace")
            replace = Choice(words, f"f:pair-replace:{child['pair']}.{child['id']}")
            talk.say(Text("basics-child-pair", args), replace, *curator)


def _runs(place: Mapping[str, Any]) -> bool:
    return bool(place["pair"]) and place.get("pair_status") != PairStatus.OFFERED


def _about(place: Mapping[str, Any]) -> str:
    paused = place.get("pair_status") == PairStatus.PAUSED
    return f"basics-pair-paused-{place['side']}" if paused else f"basics-pair-{place['side']}"


def _form(kept: str | dict[str, Any]) -> Text:
    """The form's name; a conversation begun under an older version has kept its text's id."""
    return Text(kept) if isinstance(kept, str) else Text.from_json(kept)


def _materials(place: Mapping[str, Any]) -> tuple[Choice, ...]:
    """A mentor reads them before the first pair and later."""
    return (MATERIALS,) if place["side"] == Side.MENTOR and place["status"] not in ENDED else ()


async def language(talk: Talk) -> None:
    """Entered from: «язык», the settings (`f:language:settings`: then they come back)."""
    talk.in_place()
    said = await talk.choose("language", Text("basics-language"), options(LANGUAGES))
    await talk.finish(lambda work: membership.set_language(work, talk.person_id, folded(said)))
    talk.say(Text("basics-language-set"))
    if talk.arg:
        talk.then("settings")
