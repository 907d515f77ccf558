"""A story for the school's news, proposed by somebody of the programme. The curator reads it first, always.

Entered from: «предложить новость», the button under a news item, `f:story`.
"""

from __future__ import annotations

from actions import news_stories as stories
from bot.flows.pair import number
from bot.flows.shared_words import shared_text
from bot.talk import Talk, options
from program.news import STORY_LONGEST, STORY_SHORTEST
from program.outgoing import Choice
from program.text import Text, raw

CURATOR = Choice(Text("menu-curator"), "f:curator")
MINE = Choice(Text("tell-mine"), "f:stories")
MORE = Choice(Text("tell-more"), "f:story")
NAMED = (("yes", Text("tell-named-yes")), ("no", Text("tell-named-no")))
SEND = (("yes", Text("tell-send")), ("no", Text("tell-drop")))
RECALL = (("yes", Text("tell-recall-yes")), ("no", Text("tell-recall-no")))
LIMITS = {"least": STORY_SHORTEST, "most": STORY_LONGEST}


async def story(talk: Talk) -> None:
    """One story: words, whether to name the author, a last look; then the way to add a photo."""
    known = await talk.once("known", lambda work: stories.standing(work, talk.person_id))
    talk.say(Text("tell-hello", {"curator": known["curator"]}))
    words = await talk.ask("words", Text("tell-words", LIMITS), await shared_text(talk, STORY_LONGEST))
    tries = 1
    while len(words) < STORY_SHORTEST:
        tries += 1
        again = Text("tell-short", LIMITS)
        words = await talk.ask(f"words-{tries}", again, await shared_text(talk, STORY_LONGEST))
    named = await talk.choose("named", Text("tell-named"), options(NAMED)) == "yes"
    shown = {"words": raw(words), "named": "yes" if named else "no"}
    if await talk.choose("sure", Text("tell-sure", shown), options(SEND)) != "yes":
        talk.say(Text("tell-dropped"), MORE)
        return
    kept = await talk.finish(lambda work: stories.propose(work, talk.person_id, words, named=named))
    photo = Choice(Text("tell-photo"), url=f"page:story-photo:{kept}")
    talk.say(Text("tell-kept"), photo, MINE)


async def mine(talk: Talk) -> None:
    """What the person proposed and what has become of it; what waits may be taken back. `f:stories`."""
    found = await talk.once("mine", lambda work: stories.own(work, talk.person_id))
    if not found:
        talk.say(Text("tell-none"), MORE)
        return
    for one in found:
        waits = one["state"] == "new"
        ways = (
            Choice(Text("tell-photo"), url=f"page:story-photo:{one['id']}"),
            Choice(Text("tell-recall"), f"f:story-recall:{one['id']}"),
        )
        line = Text("tell-line", {"words": raw(one["words"]), "state": Text(f"tell-state-{one['state']}")})
        talk.say(line, *(ways if waits else ()))
    talk.say(Text("tell-more-how"), MORE, CURATOR)


async def recall(talk: Talk) -> None:
    """Takes a story back that nobody has decided about. `f:story-recall:<story>`."""
    story_id = number(talk.arg)
    if await talk.choose("sure", Text("tell-recall-sure"), options(RECALL)) != "yes":
        talk.say(Text("tell-stays"), MINE)
        return
    await talk.finish(lambda work: stories.recall(work, talk.person_id, story_id))
    talk.say(Text("tell-recalled"), MORE)
