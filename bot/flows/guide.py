"""«Что такое…»: cards about kinds of mentoring, forms and words. Entered from: «Помощь», «Что такое», `f:guide`.

`f:guide:model` opens one list, `f:guide:model.flash` one card.
"""

from __future__ import annotations

from actions import directories
from bot.talk import Talk, options
from program.directories import CARDS, Directory
from program.errors import Refusal
from program.outgoing import Choice
from program.text import Text

MORE = Choice(Text("guide-more"), "f:guide")
CURATOR = Choice(Text("menu-curator"), "f:curator")


async def guide(talk: Talk) -> None:
    section, _, slug = talk.arg.partition(".")
    if not section:
        sections = options((one.value, Text(f"guide-section-{one}")) for one in CARDS)
        section = await talk.choose("section", Text("guide-which"), sections)
    if section not in CARDS:
        raise Refusal("guide-unknown")
    directory = Directory(section)
    cards = await talk.once("cards", lambda work: directories.cards(work, directory))
    if not slug:
        titles = options((card["slug"], Text.from_json(card["title"])) for card in cards)
        slug = await talk.choose("which", Text(f"guide-what-{directory}"), titles)
    found = next((card for card in cards if card["slug"] == slug), None)
    if found is None:
        raise Refusal("guide-unknown")
    talk.say(directories.card_text(found), MORE, CURATOR)
