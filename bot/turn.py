"""One incoming event being answered: the transaction, the person, their open conversation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from actions.webchat import web_address
from actions.work import Work
from bot import commands
from bot.messenger import Incoming
from locales import Texts
from program.channels import Channel
from program.outgoing import PRIORITY, Choice, Kind, Message
from program.roles import Category
from program.text import Text
from storage import outbox, people
from storage.tables import Address, Conversation, Person

PAGE = "~"  # ends what a page's button carries


@dataclass
class Turn:
    work: Work
    person: Person
    address: Address
    incoming: Incoming
    conversation: Conversation | None
    replies: int = field(default=0)
    bad_link: str = ""  # why the link that opened the chat does not fit: late, taken, begun, unfit
    on_page: bool = False  # a button of a page was pressed: what it opens takes the page's place
    before: list[Text] = field(default_factory=list)  # said by a page that another one follows
    waiting: list[dict[str, Any]] = field(default_factory=list)  # interrupted conversations to come back to
    came_from: Channel | None = (
        None  # the messenger of a conversation whose last, private answer came on the page
    )

    @property
    def channel(self) -> Channel:
        return Channel(self.address.channel)  # a row gives plain words, which no `is` would match

    @property
    def words(self) -> Texts:
        return Texts(self.person.language, familiar=self.person.category == Category.PUPIL)

    @property
    def talking(self) -> bool:
        """Whether a question is open; what was left is none."""
        return self.conversation is not None and not self.conversation.paused

    def said_before(self) -> list[Text]:
        """What the page before said; it is said once."""
        said, self.before = self.before, []
        return said

    async def reply(self, message: Message, *, edit_key: str = "", to: Address | None = None) -> None:
        """Queues an answer, by default to where the event came from."""
        to = to or self.address
        self.replies += 1
        if message.in_place:
            message = self._page(message) if to is self.address else replace(message, in_place=False)
        if message.home and to.channel == Channel.TELEGRAM:
            message = replace(message, listed=await commands.listed(self.work, self.person))
        event = f"{self.incoming.channel}:{self.incoming.account}:{self.incoming.event_id}"
        await outbox.put(
            self.work.session,
            school_id=self.work.school.id,
            key=f"reply:{event}:{self.replies}",
            kind=Kind.REPLY,
            priority=PRIORITY[Kind.REPLY],
            person_id=self.person.id,
            channel=to.channel,
            account=to.account,
            address=to.address,
            body=message.to_json(),
            edit_key=edit_key,
            created_at=self.work.now,
            due_at=self.work.now,
        )

    def _page(self, message: Message) -> Message:
        """The message as a page: its buttons say so, and it takes the place of the page that was pressed."""
        if not self.incoming.callbacks:
            return replace(message, in_place=False)  # words stand between the two, so both stay
        over, self.on_page = self.incoming.message if self.on_page else "", False
        rows = tuple(
            tuple(replace(one, data=f"{one.data}{PAGE}") if one.data else one for one in row)
            for row in message.rows
        )
        return replace(message, rows=rows, over=over)

    async def say(self, text: Text, *choices: Choice, home: tuple[Choice, ...] = ()) -> None:
        await self.reply(Message((text,), tuple((choice,) for choice in choices), home))

    async def address_on(self, channel: Channel) -> Address | None:
        return await people.address_on(self.work.session, self.person.id, channel)

    async def on_the_web(self) -> Address:
        """The person's place in the web chat, made where there was none."""
        if found := await self.address_on(Channel.WEB):
            return found
        await web_address(self.work, self.person)
        made = await self.address_on(Channel.WEB)
        assert made is not None
        return made
