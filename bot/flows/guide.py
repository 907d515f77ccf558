"""«Что такое…»: cards about kinds of mentoring, forms and words. Entered from: «Помощь», «Что такое», `f:guide`.

`f:guide:model` opens one list, `f:guide:model.flash` one card, `f:guide:matching` how pairs are matched.
"""

from __future__ import annotations

from functools import reduce

from actions import directories, matching_card
from bot.talk import Talk, options
from program.directories import CARDS, Directory
from program.errors import Refusal
from program.outgoing import Choice
from program.text import Text

MORE = Choice(Text("guide-more"), "f:guide")
CURATOR = Choice(Text("menu-curator"), "f:curator")
MATCHING = "matching"
ENCOUNTERS = Choice(Text("encounters-title"), "f:encounters")
WITHOUT_A_PAIR = (
    "flash",
    "speed",
    "reverse",
    "virtual",
    "situational",
)  # models one joins by «Разовые встречи»


async def guide(talk: Talk) -> None:
    talk.in_place()
    section, _, slug = talk.arg.partition(".")
    counted: list[str] = []
    if section in ("", MATCHING):
        counted = await talk.once("counted", lambda work: matching_card.counted(work, talk.person_id))
    if not section:
        names = [one.value for one in CARDS] + ([MATCHING] if counted else [])
        sections = options((name, Text(f"guide-section-{name}")) for name in names)
        section = await talk.choose("section", Text("guide-which"), sections)
    if section == MATCHING and counted:
        talk.say(_matching(counted), MORE, CURATOR)
        return
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
    ways = [ENCOUNTERS] if directory is Directory.MODEL and slug in WITHOUT_A_PAIR else []
    talk.say(directories.card_text(found), *ways, MORE, CURATOR)


def _matching(counted: list[str]) -> Text:
    """Which things count, as one sentence."""
    words = [Text(f"guide-counts-{name}") for name in counted]
    what = reduce(lambda said, one: Text("guide-counts-and", {"said": said, "next": one}), words)
    return Text("guide-matching", {"what": what})
