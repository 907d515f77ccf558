"""The curator's side of the correspondence: letting through, giving back, dealing with worries, reading."""

from __future__ import annotations

from actions import journal, relay
from actions import relay_messages as said
from actions.places import line
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Kind, Message
from program.relay import RelayRules, RelayState
from program.roles import Side
from storage import meetings, people
from storage import relay as rows
from storage.tables import Pair, RelayMessage

LONGEST_NOTE = 300


async def release(work: Work, message_id: int) -> relay.Written:
    """The message goes on to the other side; its author is told.

    A mentor's words that were taken for danger can be passed on as well; a mentee's never are.

    Raises:
        Refusal: decided already, or the pair is not at work now.
    """
    pair, message = await _held(work, message_id)
    mistaken = message.state == RelayState.CARE and message.side == Side.MENTOR
    if message.state != RelayState.HELD and not mistaken:
        raise Refusal("relay-decided")
    message.state = RelayState.SENT
    message.decided_at, message.decided_by = work.now, work.actor
    if mistaken:
        message.looked_at = work.now
    await work.session.flush()
    written = await relay.pass_on(work, pair, message)
    await _tell_author(work, message, said.released(message), "released")
    await _note(work, "relay.released", message)
    return written


async def send_back(work: Work, message_id: int, note: str = "") -> None:
    """The author gets it back, with a kind word. Raises Refusal: decided already."""
    _, message = await _held(work, message_id)
    if message.state != RelayState.HELD:
        raise Refusal("relay-decided")
    message.state, message.note = RelayState.RETURNED, line(note, LONGEST_NOTE)
    message.decided_at, message.decided_by = work.now, work.actor
    await work.session.flush()
    await _tell_author(work, message, said.returned(message, message.note), "returned")
    await _note(work, "relay.returned", message)


async def settle(work: Work, message_id: int) -> None:
    """What sounded like danger, or was complained of, has been dealt with; what was done stands on the help card."""
    _, message = await _held(work, message_id)
    if message.looked_at is None and (message.state == RelayState.CARE or message.reported_at):
        message.looked_at = work.now
        await _note(work, "relay.settled", message)


async def opened(work: Work, pair_id: int, messages: int) -> None:
    """Somebody of the school reads so many messages of this correspondence: a line of the journal says who and when."""
    await journal.note(work, "relay.opened", f"relay:{pair_id}", after={"messages": messages})


async def photo_opened(work: Work, message: RelayMessage) -> None:
    """Somebody of the school looks at the picture of a message."""
    await journal.note(work, "relay.photo-opened", f"relay:{message.pair_id}", after={"message": message.id})


async def save_rules(work: Work, rules: RelayRules) -> None:
    """What the school wants looked at, from now on. Saved anew unchanged, nothing is noted."""
    if RelayRules.read(work.settings.relay) != rules:
        work.school.settings = {**work.school.settings, "relay": rules.to_json()}
        await journal.note(work, "settings.changed", f"school:{work.school.id}", after={"changed": ["relay"]})


async def _held(work: Work, message_id: int) -> tuple[Pair, RelayMessage]:
    """The pair first, then the message, in the order in which participants hold them."""
    seen = await rows.get(work.session, work.school.id, message_id)
    pair = await meetings.lock_pair(work.session, work.school.id, seen.pair_id) if seen else None
    message = await rows.get(work.session, work.school.id, message_id, hold=True)
    if pair is None or message is None:
        raise Refusal("relay-decided")
    return pair, message


async def _tell_author(work: Work, message: RelayMessage, words: Message, what: str) -> None:
    author = await people.get(work.session, message.author_id)
    if author is not None:
        await tell(work, author, words, key=f"relay-{what}:{message.id}:{author.id}", kind=Kind.LETTER)


async def _note(work: Work, action: str, message: RelayMessage) -> None:
    after = {"message": message.id, "state": str(message.state), "found": list(message.found)}
    await journal.note(work, action, f"relay:{message.pair_id}", after=after)
