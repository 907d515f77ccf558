"""«Мне нужна помощь» and a word to the curator; an adult who takes a call. Neutral words only."""

from __future__ import annotations

from actions import care, care_apart, care_staff
from bot.answers import some_text
from bot.talk import Talk, options
from program.care import About
from program.outgoing import Choice
from program.text import Text

ABOUT = tuple((one.value, Text(f"care-about-{one.value}")) for one in About)
APART = (("yes", Text("care-apart-yes")), ("no", Text("care-apart-no")))
CURATOR = Choice(Text("menu-curator"), "f:curator")
LONGEST = 2000


async def help_me(talk: Talk) -> None:
    """Contacts at once; the second press calls an adult. Entered from: the menu, «мне нужна помощь», /sos."""
    known = await talk.once("reach", lambda work: care.facts(work, talk.person_id))
    contacts = care.contacts(known)
    if known["stranger"]:
        talk.say(Text("care-stranger"))
        talk.say(contacts, CURATOR)
        return
    about = await talk.choose("about", Text("care-ask"), options(ABOUT), notes=(contacts,))
    number = await talk.finish(lambda work: care.call(work, talk.person_id, About(about)))
    for text in care.receipt(known):
        talk.say(text)
    talk.then("help-more", arg=str(number))


async def help_more(talk: Talk) -> None:
    """What the caller may add; the adult has been called already. Entered from: `help_me` only."""
    known = await talk.once("reach", lambda work: care.facts(work, talk.person_id))
    apart = None
    if known["pairs"]:
        apart = await talk.choose("apart", Text("care-apart"), options(APART), skip=True)
    words = await talk.ask("words", Text("care-words"), some_text(LONGEST), skip=True) or ""
    number = int(talk.arg) if talk.arg.isdecimal() else 0
    done = await talk.finish(
        lambda work: care_apart.add(work, talk.person_id, number, words, apart=apart == "yes")
    )
    if done:
        talk.say(Text(f"care-apart-{done}"))
    talk.say(Text("care-added" if words else "care-near"))


async def to_curator(talk: Talk) -> None:
    """A message that only the curator and the psychologist read. Entered from: «Написать куратору»."""
    known = await talk.once("reach", lambda work: care.facts(work, talk.person_id))
    named = {"curator": known["curator"], "who": "name" if known["curator"] else "none"}
    words = await talk.ask("words", Text("care-curator-words", named), some_text(LONGEST))
    await talk.finish(lambda work: care.message(work, talk.person_id, words))
    talk.say(Text("care-curator-sent"))


async def care_take(talk: Talk) -> None:
    """An adult of the school takes a call. Entered from: «Беру» under an alert."""
    number = int(talk.arg) if talk.arg.isdecimal() else 0
    await talk.finish(lambda work: care_staff.take(work, talk.person_id, number))
    talk.say(Text("care-take-done", {"number": number}), Choice(Text("care-alert-open"), url="page:help"))
