"""A messenger that was refused: one last word says where everything goes on, then nothing more goes there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from actions import consent_talk, permission
from actions.links import Links
from actions.tell import tell
from actions.work import Work
from bot.render import render
from bot.telegram.messenger import TelegramMessenger
from locales import Texts
from program.channels import Channel
from program.consents import REQUIRED, ConsentKind
from program.outgoing import Message, say
from program.roles import Side
from program.text import Text
from storage import outbox
from storage.tables import OutboxRow, Person
from tests import build
from tests.actions import pool
from tests.actions.test_consent_life import later
from tests.both import database as database

MESSENGER = ConsentKind.MESSENGER


async def family(work: Work, channel: Channel) -> tuple[Person, Person]:
    child = (await pool.join(work, Side.MENTEE, reachable=False)).person
    work.session.add(build.address(child, channel, "77"))
    await work.session.flush()
    return child, await pool.guardian(work, child.id)


async def there(work: Work, channel: Channel) -> Sequence[OutboxRow]:
    return [
        row
        for row in await outbox.waiting(work.session, work.school.id, now=work.now, person_id=0)
        if row.channel == channel
    ]


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK])
@pytest.mark.parametrize("how", ["withdrawn", "refused"])
async def test_the_child_learns_in_the_messenger_where_it_goes_on(
    work: Work, channel: Channel, how: str
) -> None:
    child, mother = await family(work, channel)
    await tell(work, child, say(Text("menu-pair")).about(child.id), key="before")
    if how == "withdrawn":
        await consent_talk.withdraw(work, mother.id, child.id, [MESSENGER], channel=Channel.WEB)
    else:
        await consent_talk.renew(work, mother.id, child.id, {MESSENGER: False}, channel=Channel.WEB)
    await tell(work, child, say(Text("menu-pair")).about(child.id), key="after")

    (last,) = await there(work, channel)
    assert last.body["texts"][0]["id"] == "consent-messenger-last"
    assert await permission.may_be_told(work, child, channel, last.body)
    assert {row.key for row in await there(work, Channel.WEB)} == {"before", "after"}
    other = say(Text("menu-pair")).formally().to_json()
    assert not await permission.may_be_told(work, child, channel, other)


async def test_its_link_opens_the_childs_own_chat_and_it_names_nobody(work: Work) -> None:
    child, mother = await family(work, Channel.TELEGRAM)
    await consent_talk.withdraw(work, mother.id, child.id, [MESSENGER], channel=Channel.WEB)
    (last,) = await there(work, Channel.TELEGRAM)
    links = Links("https://school.test", "secret")
    shown = render(
        Message.from_json(last.body), Texts("ru", familiar=True), TelegramMessenger.capabilities, address="77", key=1,
        resolve=lambda url: links.resolve(url, last.person_id),
    )  # fmt: skip
    assert links.chat(child.id) in str(shown)
    for word in (child.first_name, child.last_name, "мам", "родител", "отказ"):
        assert word.lower() not in shown.text.lower()


async def test_it_is_not_said_where_the_messenger_was_allowed_again_meanwhile(work: Work) -> None:
    child, mother = await family(work, Channel.VK)
    await consent_talk.withdraw(work, mother.id, child.id, [MESSENGER], channel=Channel.WEB)
    again = {MESSENGER: True}
    await consent_talk.renew(later(work, hours=1), mother.id, child.id, again, channel=Channel.WEB)
    assert await there(work, Channel.VK) == []
    await consent_talk.withdraw(later(work, hours=2), mother.id, child.id, [MESSENGER], channel=Channel.WEB)
    assert len(await there(work, Channel.VK)) == 1


async def test_nothing_is_said_of_a_way_on_where_there_is_none(work: Work) -> None:
    child, mother = await family(work, Channel.VK)
    everything = [*REQUIRED, MESSENGER]
    await consent_talk.withdraw(work, mother.id, child.id, everything, channel=Channel.WEB)
    assert await there(work, Channel.VK) == []
