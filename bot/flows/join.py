"""Joining, and the questionnaire that follows. Source: domain.md 8.3 (who consents), 4.3 (intake)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from actions import consent_texts, enrolment, visitors
from actions.enrolment import Application
from bot.answers import (
    Unclear,
    class_name,
    full_name,
    last_name,
    name_part,
    past_date,
    some_text,
    split_name,
    whole_number,
)
from bot.flows.join_count import ASKED, WORKING, count
from bot.flows.questionnaire import walk
from bot.talk import Talk, options
from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE, full_years
from program.consents import REQUIRED, ConsentKind
from program.eligibility import fits, in_words
from program.forms import open_to
from program.outgoing import Choice
from program.roles import Category, Side
from program.text import Text, raw

CATEGORIES = tuple(Category)
WHO = "INT_MO.1"
PUPILS = 6, 21  # years of age
CONTACT = Choice(Text("menu-curator"), "f:curator")


async def join(talk: Talk) -> None:
    """Entered from: an invitation's link, «Хочу участвовать»."""
    token = str(talk.subject.get("token", ""))
    facts = await talk.once("facts", lambda work: enrolment.facts(work, talk.person_id, token))
    if facts["category"] == Category.PUPIL:
        talk.address_as_pupil()
    talk.say(Text("join-begin"))
    known = Category(facts["category"]) if facts["category"] else None
    count(talk, facts, known, before=bool(facts["known"]))
    if facts["known"] and not await _is_me(talk, facts):
        await talk.finish(lambda work: visitors.not_me(work, talk.person_id, talk.channel))
        talk.say(Text("join-not-me"), CONTACT)
        return
    category = known or Category(await _category(talk))
    count(talk, facts, category)
    if category is Category.PUPIL:
        talk.address_as_pupil()
    places = await _places(talk, facts, category)
    if not places:
        talk.say(Text("join-no-place"), CONTACT)
        return
    count(talk, facts, category, sides=[])
    born, age = await _age(talk, facts, category)
    count(talk, facts, category, sides=[], age=age)
    places = _fitting(talk, facts, places, age if born or category is Category.PUPIL else None)
    if not places:
        return
    decisions = await _consents(talk, facts) if age >= GUARDIAN_ALONE_BELOW else {}
    if any(decisions.get(kind) is False for kind in REQUIRED):
        talk.say(Text("join-refused"), CONTACT)
        return
    if category is Category.PUPIL and born is None and age >= OF_AGE:
        # Only a date proves that no parent has to be asked.
        born = await talk.ask("birth-date", Text("join-birth-date"), _pupils_date(talk.today), private=True)
    application = await _application(talk, facts, category, places, born, decisions)
    registered = await talk.finish(lambda work: enrolment.register(work, talk.person_id, application))
    if registered.guardian_token:
        link = f"page:consent:{registered.guardian_token}"
        talk.say(Text("join-ask-parent"), Choice(Text("join-parent-page"), url=link))
    else:
        talk.say(Text("join-done"))
        talk.then("intake")


async def _is_me(talk: Talk, facts: Mapping[str, Any]) -> bool:
    called = facts.get("called") or facts["first_name"]
    who = Text("join-is-it-you", {"name": called, "class": facts["class_name"] or "none"})
    yes_no = options((("yes", Text("join-yes-me")), ("no", Text("join-not-me-button"))))
    return await talk.choose("me", who, yes_no) == "yes"


async def _category(talk: Talk) -> str:
    choices = options((item.value, Text(f"category-{item.value}")) for item in CATEGORIES)
    return await talk.choose("category", Text("join-category"), choices)


async def _places(talk: Talk, facts: Mapping[str, Any], category: Category) -> list[tuple[Side, str]]:
    """Which sides in which forms; only questions with more than one answer are asked."""
    able = [side for side in Side if open_to(category, side, facts["forms"])]
    if not able:
        return []
    if facts["side"] in [side.value for side in able]:
        sides = [Side(facts["side"])]
    elif len(able) == 1:
        sides = able
    else:
        choices = options((value, Text(f"join-side-{value}")) for value in ("mentee", "mentor", "both"))
        said = await talk.choose("side", Text("join-side"), choices)
        sides = list(Side) if said == "both" else [Side(said)]
        count(talk, facts, category, sides=sides)
    return [(side, await _form(talk, facts, category, side)) for side in sides]


async def _form(talk: Talk, facts: Mapping[str, Any], category: Category, side: Side) -> str:
    forms = open_to(category, side, facts["forms"])
    if facts["form"] in [form.slug for form in forms]:
        return str(facts["form"])
    if len(forms) == 1:
        return forms[0].slug
    # A pupil who wants a mentor says who that should be, not which module of the programme it is.
    choices = options((form.slug, _words(facts.get("form_names", {}), form.slug, side)) for form in forms)
    return await talk.choose(f"form-{side.value}", Text(f"join-form-{side.value}"), choices)


def _pupils_date(today: date) -> Callable[[str], date]:
    """A birth date that a pupil may have: a slip in the year would ask the wrong people for consents."""
    read = past_date(today)

    def fits_a_pupil(said: str) -> date:
        born = read(said)
        years = full_years(born, today)
        if not PUPILS[0] <= years <= PUPILS[1]:
            raise Unclear("join-birth-date-odd", years=years)
        return born

    return fits_a_pupil


def _words(names: Mapping[str, str], slug: str, side: Side) -> Text:
    """A form as the person who joins it says it; the school's own one under its name."""
    return raw(names[slug]) if slug in names else Text(f"join-with-{slug.replace('_', '-')}-{side.value}")


def _fitting(
    talk: Talk, facts: Mapping[str, Any], places: list[tuple[Side, str]], age: int | None
) -> list[tuple[Side, str]]:
    """The places that the school keeps for this age; a kind word and whom to ask about the others."""
    ages = facts.get("ages", {})  # a conversation begun before there were bounds knows none
    kept = [(side, form) for side, form in places if fits(ages, form, side, age)]
    for side, form in places:
        if (side, form) not in kept:
            about = {
                "side": Text(f"join-age-{side.value}"),
                "range": in_words(ages, form, side),
                "curator": facts.get("curator", ""),
            }
            talk.say(Text("join-age-other", about), *(() if kept else (CONTACT,)))
    return kept


async def _age(talk: Talk, facts: Mapping[str, Any], category: Category) -> tuple[date | None, int]:
    """The birth date if the school knows it, and the age; adults are not asked."""
    if facts["birth_date"]:
        born = date.fromisoformat(facts["birth_date"])
        return born, full_years(born, talk.today)
    if category is Category.PUPIL:
        return None, await talk.ask("age", Text("join-age"), whole_number(*PUPILS))
    return None, OF_AGE


async def _consents(talk: Talk, facts: Mapping[str, Any]) -> dict[ConsentKind, bool]:
    """Each purpose on its own screen; a required one that is refused ends the asking."""
    decisions = {}
    texts = await talk.read(lambda work: consent_texts.in_words(work, facts["texts"]))
    for kind in ASKED:
        if kind.value in facts["consented"]:  # joining once more: what was given still holds
            continue
        text = texts[kind.value]
        head = Text("join-consent", {"title": text["title"], "summary": text["summary"]})
        both = (("agree", Text("join-agree")), ("refuse", Text("join-refuse")))
        said = await talk.choose(f"consent-{kind}", head, options((*both, ("full", Text("join-full-text")))))
        if said == "full":
            whole = raw(f"{text['title']}\n\n{text['full']}")
            said = await talk.choose(f"consent-{kind}-full", whole, options(both), again=True)
        decisions[kind] = said == "agree"
        if kind in REQUIRED and said == "refuse":
            break
    return decisions


async def _application(
    talk: Talk,
    facts: Mapping[str, Any],
    category: Category,
    places: list[tuple[Side, str]],
    born: date | None,
    decisions: Mapping[ConsentKind, bool],
) -> Application:
    """Names and class; of a pupil only the first name, until a parent has agreed."""
    first, last, middle, group = facts["first_name"], facts["last_name"], "", facts["class_name"]
    workplace = ""
    if category is Category.PUPIL:
        first = first or await talk.ask("first-name", Text("join-first-name"), name_part)
        group = group or await talk.ask("class", Text("join-class"), class_name)
    else:
        if not (first and last):
            said = await talk.ask("name", Text("join-full-name"), full_name, private=True)
            last, first, middle = split_name(said)
        if category in WORKING:
            workplace = await talk.ask("work", Text("join-workplace"), some_text(200), skip=True) or ""
    return Application(
        category=category,
        places=places,
        channel=talk.channel,
        first_name=first,
        last_name=last,
        middle_name=middle,
        class_name=group,
        birth_date=born,
        workplace=workplace,
        decisions=decisions,
        shown=consent_texts.ids_of(facts["texts"]),
        token=str(talk.subject.get("token", "")),
    )


async def intake(talk: Talk) -> None:
    """What is still missing, then the questionnaires. Entered from: the end of `join`, «Вы в базе»."""
    facts = await talk.once("facts", lambda work: enrolment.intake_facts(work, talk.person_id))
    if not facts["in_base"]:
        talk.say(Text("join-waits"), CONTACT)
        return
    last, born = "", None
    if not facts["last_name"] and not facts["birth_date"]:
        talk.ahead(2)
    if not facts["last_name"]:
        last = await talk.ask("last-name", Text("join-last-name"), last_name, private=True)
    if not facts["birth_date"]:
        born = await talk.ask("birth-date", Text("join-birth-date"), _pupils_date(talk.today), private=True)
    answers = {}
    for code, version in facts["questionnaires"].items():
        # Who somebody is to the school was said on joining, or stands in the school's list.
        known = {WHO: facts["category"]} if code == "INT_MO" and facts.get("category") else None
        answers[code] = (version, await walk(talk, code, version, known=known))
    await talk.finish(
        lambda work: enrolment.complete(
            work, talk.person_id, last_name=last, birth_date=born, answers=answers
        )
    )
    admit = "yes" if facts.get("to_admit") else "no"  # an intake begun before an upgrade does not know
    talk.say(Text("join-complete", {"admit": admit}) if answers else Text("join-nothing-missing"))
