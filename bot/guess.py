"""An answer to words that no question asked for: where what they speak of is done, or that they were read by nobody."""

from __future__ import annotations

from bot import menu
from bot.turn import Turn
from program.outgoing import Choice
from program.plain_words import About, about
from program.text import Text

WAYS: dict[About, Choice] = {
    About.HELP: menu.HELP,
    About.MEETINGS: menu.MEETINGS,
    About.PAIR: menu.PAIR,
    About.QUESTIONNAIRE: Choice(Text("join-intake-start"), "f:intake"),
    About.LEAVING: Choice(Text("talk-leaving"), "f:stop"),
    About.DATA: menu.PRIVACY,
    About.SETTINGS: Choice(Text("link-back"), "f:settings"),
    About.PROGRAM: menu.ALL_COMMANDS,
}
WORDS = {About.THANKS: Text("talk-thanks"), About.FINE: Text("talk-fine")}


async def answer(turn: Turn, text: str) -> None:
    """Nothing is ever done on a guess."""
    home, found = await menu.home(turn), about(text)
    if About.FEELING in found:  # whatever else is spoken of, that comes first
        ways = [one for one in dict.fromkeys((About.HELP, *found)) if one in WAYS]
        await turn.say(Text("talk-feeling"), *(WAYS[one] for one in ways), menu.TO_CURATOR, home=home)
    elif len(found) == 1 and found[0] in WORDS:
        await turn.say(WORDS[found[0]], home=home)
    elif found:
        await turn.say(Text("talk-guess"), *(WAYS[one] for one in found), menu.TO_CURATOR, home=home)
    else:
        await turn.say(Text("talk-unknown"), menu.TO_CURATOR, home=home)
