"""Whoever refused the messenger, or whose parent did, goes on in the web chat: here stay help and one's rights.

An answer in a messenger would name the pair or a meeting there, which the refusal forbids (152-ФЗ, art. 9;
domain.md 8.2). Asking for help, one's own data and consents, invitations and links work everywhere.
"""

from __future__ import annotations

from bot import menu
from bot.messenger import Heard
from bot.turn import PAGE, Turn
from program.channels import Channel
from program.outgoing import Choice
from program.text import Text

HERE = frozenset(
    {
        "help", "help-more", "care-take", "curator", "privacy", "privacy-who", "privacy-fix", "privacy-withdraw", "privacy-erase",
        "consent-renew", "guardian", "join", "link", "linked", "settings", "aloud", "stop", "language", "pause", "go-on",
    }
)  # fmt: skip


async def led(turn: Turn) -> bool:
    """Whether the answer was the way to the web chat, and nothing else is to be said here."""
    if turn.channel is Channel.WEB or not turn.person.preferences.get("web_only") or _asked(turn) in HERE:
        return False
    await turn.say(
        Text("consent-messenger-last"),
        Choice(Text("consent-messenger-open"), url="page:chat"),
        menu.HELP,
    )
    return True


def _asked(turn: Turn) -> str:
    """The flow that this press or these words are for; "" if for none."""
    heard, talk = turn.incoming, turn.conversation
    talking = talk.flow if talk is not None and turn.talking else ""
    if heard.heard is Heard.START:
        return "join" if heard.data else "start"
    if heard.heard is Heard.PRESS:
        kind, _, rest = heard.data.removesuffix(PAGE).partition(":")
        return rest.partition(":")[0] if kind == "f" else talking
    return menu.command(heard.text) or menu.pressed_home(turn, heard.text) or talking
