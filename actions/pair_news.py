"""What the people of a pair hear when it changes: kind, neutral, without a reason and without anybody's fault."""

from __future__ import annotations

from collections.abc import Collection

from actions.announcing import letter
from actions.meeting_messages import concerned, partner
from actions.tell import tell
from actions.work import Work
from program.acceptance import Answer
from program.announcement import plain, started
from program.outgoing import Choice, Concerns, Message, say
from program.roles import Side
from program.text import Text
from storage import acceptance, meetings, outbox, people
from storage.tables import Pair, PairAnswer, Person

CURATOR = Choice(Text("menu-curator"), "f:curator")
MINE = Choice(Text("menu-pair"), "f:my-pair")


async def unsay(work: Work, pair: Pair, text: str, *, but: Collection[int] = ()) -> int:
    """Takes back what has not been sent of an announcement; whoever has heard it is told `text`.

    Args:
        text: id of a text without values; of `<text>-guardian` with $child for guardians.
        but: people who know already.

    Returns:
        How many are told.
    """
    assert pair.announced_at is not None
    prefix = letter(pair.id, pair.announced_at)
    await outbox.cancel(work.session, prefix, "recalled", now=work.now)
    await outbox.cancel(work.session, f"pair-remind:{pair.id}:", "recalled", now=work.now)
    told = 0
    for row in await acceptance.letters(work.session, prefix):
        reader = await people.get(work.session, row.person_id) if row.person_id else None
        if reader is None or reader.id in but:
            continue
        ward = Concerns.from_json(row.body.get("concerns", {})).ward
        child = await people.get(work.session, ward) if ward else None
        said = Text(f"{text}-guardian", {"child": plain(child.first_name)}) if child else Text(text)
        message = say(said, CURATOR).about(*([child.id] if child else [reader.id]), ward=ward)
        key = f"pair-unsaid:{row.key.removeprefix('pair-announced:')}"
        told += await tell(work, reader, message, key=key)
    return told


async def tell_begun(work: Work, pair: Pair, *, but: int = 0) -> None:
    """Both sides agreed: everybody except the one who reads it in the reply."""
    for reader in meetings.reachable(pair):
        if reader.id != but:
            key = f"pair-begun:{pair.id}:{reader.id}:{work.today.isoformat()}"
            await tell(work, reader, begun(pair, reader), key=key)
    for row in (await acceptance.answers(work.session, [pair.id])).get(pair.id, []):
        if row.person_id not in (row.about_id, but) and row.answer != Answer.NO:
            key = f"pair-begun:{pair.id}:{row.person_id}:{row.about_id}:{work.today.isoformat()}"
            await tell(work, row.person, _of_child(pair, row), key=key)


def _of_child(pair: Pair, row: PairAnswer) -> Message:
    """To a guardian: the pair works, and how to say later that it does not suit."""
    args = {"child": plain(row.about.first_name), "name": partner(pair, row.about)}
    replace = Choice(Text("pair-ask-replace"), f"f:pair-replace:{pair.id}.{row.about_id}")
    message = say(Text("pair-started-guardian", args), replace, CURATOR)
    return message.about(*concerned(pair, row.about), ward=row.about_id)


def begun(pair: Pair, reader: Person) -> Message:
    """The first step, for one member."""
    side = next((Side(one.side) for one in meetings.present(pair) if one.person_id == reader.id), Side.MENTEE)
    group = pair.title or partner(pair, reader) if pair.is_group else ""
    return started(pair.id, side, partner(pair, reader), group).about(*concerned(pair, reader))


async def tell_members(
    work: Work,
    pair: Pair,
    text: str,
    *,
    event: str,
    but: Collection[int] = (),
    choices: tuple[Choice, ...] = (),
) -> None:
    """One sentence with $partner to each present member.

    Args:
        event: part of the key, so that the same event is told once.
    """
    for reader in meetings.reachable(pair):
        if reader.id not in but:
            message = say(Text(text, {"partner": partner(pair, reader)}), *(choices or (MINE, CURATOR)))
            key = f"{event}:{pair.id}:{reader.id}"
            await tell(work, reader, message.about(*concerned(pair, reader)), key=key)
