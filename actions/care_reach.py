"""Which adults of the school an alert reaches in a chat that rings, and whom it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from actions import care_alerts
from actions.work import Work
from program.care import Step
from program.channels import Channel
from storage import care as rows
from storage import people
from storage.tables import User


class Way(StrEnum):
    """How an alert comes to an adult. Its words are the text `help-way-<value>`."""

    CHAT = "chat"  # a messenger, which rings
    PAGE = "page"  # only the web chat: nobody hears it until the page is open
    LOST = "lost"  # the chat takes no messages any more
    NONE = "none"  # no chat is bound


@dataclass(frozen=True)
class Adult:
    user: User
    way: Way

    @property
    def rings(self) -> bool:
        return self.way is Way.CHAT


async def named(work: Work) -> list[Adult]:
    """Everybody who is called in sooner or later, the first adults first."""
    return await ways(work, await care_alerts.adults(work, Step.DIRECTOR))


async def ways(work: Work, users: Iterable[User]) -> list[Adult]:
    found = list(users)
    chats = await rows.chats(work.session, work.school.id, [user.id for user in found])
    way = dict.fromkeys((user.id for user in found), Way.NONE)
    for user_id, person in chats:
        address = await people.best_address(work.session, person.id)
        if address is None:
            way[user_id] = Way.LOST
        else:
            way[user_id] = Way.PAGE if address.channel == Channel.WEB else Way.CHAT
    return [Adult(user, way[user.id]) for user in found]


async def rings(work: Work, step: int) -> bool:
    """Whether an alert of this step rings with anybody."""
    return any(one.rings for one in await ways(work, await care_alerts.adults(work, step)))
