"""Whether an announced pair suits: «Мне подходит» in one press, «Не подходит» with a reason for the curator."""

from __future__ import annotations

from actions import acceptance
from bot.answers import some_text
from bot.talk import Talk, options
from program.acceptance import REASONS, Asked
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.states import PairStatus
from program.text import Text

CURATOR = Choice(Text("menu-curator"), "f:curator")
HELP = Choice(Text("menu-help"), "f:help")


async def yes(talk: Talk) -> None:
    """«Мне подходит». Entered from: the announcement, «Моя пара», `f:pair-yes:<pair>[.<child>]`."""
    pair_id, about = ids(talk.arg)
    said = await talk.finish(lambda work: acceptance.agree(work, talk.person_id, pair_id, about))
    if said.begun is not None:
        show(talk, said.begun)
    elif said.asked is Asked.GUARDIAN:
        talk.say(Text("pair-yes-guardian"))
    elif said.status is PairStatus.OFFERED:
        talk.say(Text("pair-yes-waits"))
    else:
        talk.say(Text("pair-yes-begun"), Choice(Text("menu-pair"), "f:my-pair"))


async def no(talk: Talk) -> None:
    """«Не подходит». The reason is for the curator only. Entered from: the announcement, `f:pair-no:<pair>[.<child>]`."""
    pair_id, about = ids(talk.arg)
    known = await talk.once(
        "standing", lambda work: acceptance.standing(work, talk.person_id, pair_id, about)
    )
    guardian = known["asked"] == Asked.GUARDIAN
    who = "guardian-" if guardian else ""
    listed = [(reason, Text(f"pair-why-not-{who}{reason}")) for reason in REASONS]
    question = "pair-no-why-guardian" if guardian else "pair-no-why"
    reason = await talk.choose("reason", Text(question), options(listed))
    words = None
    if reason == "other":
        words = await talk.ask(
            "words", Text("pair-no-words"), some_text(acceptance.LONGEST_WORDS), skip=True, private=True
        )
    await talk.finish(
        lambda work: acceptance.decline(work, talk.person_id, pair_id, reason, words or "", about)
    )
    talk.say(Text("pair-no-done-guardian" if guardian else "pair-no-done"), CURATOR)


def show(talk: Talk, message: Message) -> None:
    choices = [choice for row in message.rows for choice in row]
    *before, last = message.texts
    for text in before:
        talk.say(text)
    talk.say(last, *choices)


def number(arg: str) -> int:
    """An id from a button; a mangled one is nobody's pair."""
    if not arg.isascii() or not arg.isdecimal() or len(arg) > 15:
        raise Refusal("pair-not-yours")
    return int(arg)


def ids(arg: str) -> tuple[int, int]:
    """The pair, and the child as whose guardian one speaks (0: for oneself)."""
    pair_id, _, about = arg.partition(".")
    return number(pair_id), number(about) if about else 0
