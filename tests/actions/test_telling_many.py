"""Many people told at once: the same addresses, hours and keys as one after the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions.tell import Letter, tell, tell_all
from actions.work import Work
from program.channels import Channel
from program.outgoing import Kind, Message
from program.text import raw
from storage import people
from storage.tables import Address, OutboxRow, Person
from tests.build import address
from tests.pairs import member, told

HELLO = Message((raw("Здравствуйте"),))


async def readers(work: Work) -> list[Person]:
    """One of each kind: web only by chance, by choice, a messenger, two of them, one that is gone, none."""
    found = [await member(work.session, work.school, "Аня", f"Рыжова{n}") for n in range(6)]
    chats = [(1, Channel.VK, 0, False), (2, Channel.TELEGRAM, 0, False), (3, Channel.VK, 1, False)]
    chats += [(3, Channel.TELEGRAM, 2, False), (4, Channel.VK, 0, True), (5, Channel.VK, 0, True)]
    for number, channel, days, gone in chats:
        work.session.add(_address(work, found[number], channel, days, gone=gone))
    found[1].preferences = {"web_only": True}
    await work.session.flush()
    web = await people.address_on(work.session, found[5].id, Channel.WEB)
    assert web is not None
    web.unreachable_since = work.now
    return found


def _address(work: Work, person: Person, channel: Channel, days: int, *, gone: bool) -> Address:
    values: dict[str, Any] = {"unreachable_since": work.now} if gone else {}
    used_at = work.now + timedelta(days=days)
    return address(person, channel, f"{channel}{person.id}", used_at=used_at, **values)


async def test_many_are_written_to_where_each_would_be(work: Work) -> None:
    everybody = await readers(work)
    found = await people.best_places(work.session, everybody)
    alone = {one.id: await people.best_place(work.session, one) for one in everybody}
    assert alone == {one.id: found.get(one.id) for one in everybody}
    assert [found[one.id][0] for one in everybody[:5]] == ["web", "web", "telegram", "telegram", "web"]
    assert everybody[5].id not in found


async def test_many_are_told_once_and_as_one_after_the_other(work: Work) -> None:
    everybody = await readers(work)
    too_late = Letter(everybody[0], HELLO, "late:0", expires_at=work.now)
    letters = [Letter(one, HELLO, f"hello:{one.id}", Kind.NUDGE) for one in everybody]
    queued = await tell_all(work, [*letters, too_late])
    assert queued == {f"hello:{one.id}" for one in everybody[:5]}
    assert await tell_all(work, letters) == set(), "each key once"
    assert await tell_all(work, []) == set()
    for one in everybody:
        await tell(work, one, HELLO, key=f"alone:{one.id}", kind=Kind.NUDGE)
    together, alone = await told(work.session, "hello:"), await told(work.session, "alone:")
    assert list(map(_whole, together)) == list(map(_whole, alone))


def _whole(row: OutboxRow) -> tuple[Any, ...]:
    return (
        row.person_id,
        row.lane,
        row.kind,
        row.priority,
        row.body,
        row.due_at,
        row.expires_at,
        row.created_at,
    )
