"""The one entrance for every incoming event of every messenger.

A turn is one transaction: the event's id, the conversation, every change and every reply are committed
together. Whoever calls `receive` acknowledges the event to its platform only after it has returned.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import care, care_words, enrolment, linking, visitors
from actions.work import Work
from bot import carried, elsewhere, guess, held, menu, typed_button
from bot.conversations import Conversations
from bot.journal import Journal
from bot.messenger import Heard, Incoming
from bot.render import cut
from bot.turn import PAGE, Turn
from program.channels import Channel
from program.errors import Refusal
from program.names import folded
from program.outgoing import Message
from program.roles import PersonState
from program.text import Text, raw
from storage import people, rerouting, schools, talks
from storage.database import Database, is_passing
from storage.tables import Address, Person, School, WebMessage

log = structlog.get_logger()

FIRST_WORDS = 300  # characters of the first words that are repeated
USED_STEP = timedelta(minutes=1)  # an address need not be written anew at every word


class Post(Protocol):
    """Whoever sends what turns have put."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """One of the database; what it has put is seen to once it is committed."""

    async def take(self, turn: Turn) -> None:
        """At the end of a turn, in its transaction: its answer may be seen to at once."""


class NoSchool(Exception):
    """Nobody has made a school yet: there is nobody to talk for."""


class Front:
    """Args:
    clock: the house's time.
    post: sends.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], post: Post) -> None:
        self._database = database
        self._clock = clock
        self._post = post
        self._conversations = Conversations(menu.FLOWS)

    async def receive(self, incoming: Incoming) -> None:
        """Handles one event once. Raises only what makes the platform try again (the database is away)."""
        try:
            await self._handle(incoming)
        except NoSchool:
            raise
        except Exception as error:
            if is_passing(error):
                raise
            # A defect of ours: the same event would fail for ever and hold up everything behind it.
            log.exception("front.defect", channel=incoming.channel, heard=incoming.heard)
            await self._pass_over(incoming)

    async def _handle(self, incoming: Incoming) -> None:
        now = self._clock()
        async with self._post.transaction() as session:
            if not await talks.first_time(
                session, incoming.channel, incoming.account, incoming.event_id, now
            ):
                return
            turn = await self._turn(session, incoming, now)
            if turn is not None:
                await self._answer(turn)
                await self._post.take(turn)

    async def _pass_over(self, incoming: Incoming) -> None:
        """Apologises, or at least notes the event as handled where the defect stands in the way of that too."""
        try:
            await self._apologise(incoming)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("front.cannot_apologise", channel=incoming.channel)
            async with self._database.transaction() as session:
                at = self._clock()
                await talks.first_time(session, incoming.channel, incoming.account, incoming.event_id, at)

    async def _apologise(self, incoming: Incoming) -> None:
        """Notes the event as handled and says so; the conversation stays as it was."""
        now = self._clock()
        async with self._post.transaction() as session:
            if not await talks.first_time(
                session, incoming.channel, incoming.account, incoming.event_id, now
            ):
                return
            turn = await self._turn(session, replace(incoming, data=""), now)
            if turn is not None:
                async with _heeding(turn):  # a defect of ours must not swallow a call for help
                    await turn.say(Text("talk-defect"), menu.TO_CURATOR)

    async def _turn(self, session: AsyncSession, incoming: Incoming, now: datetime) -> Turn | None:
        known = await talks.writer(session, incoming.channel, incoming.account, incoming.address)
        if known is None:
            if incoming.heard is Heard.BLOCKED:
                return None
            known = await self._visitor(session, incoming, now)
        address, person, school = known
        work = Work(session, school, now, f"person:{person.id}", incoming.channel)
        if incoming.heard is Heard.BLOCKED:
            address.unreachable_since, address.unreachable_reason = now, "blocked"
            await session.flush()
            await rerouting.after_blocking(session, address.channel, address.account, address.address)
            return None
        if address.unreachable_since is not None or now - address.used_at > USED_STEP:
            address.used_at, address.unreachable_since, address.unreachable_reason = now, None, ""
        if incoming.heard is Heard.ALLOWED:
            return None
        bad_link = ""
        if incoming.heard is Heard.TEXT and (code := await self._code(session, person, incoming.text)):
            incoming = replace(incoming, heard=Heard.START, text="", data=code)
        elif incoming.heard in (Heard.TEXT, Heard.OTHER) and incoming.data:
            incoming = await self._behind_link(session, incoming, now)
        if incoming.heard is Heard.START and incoming.data:
            person, token_ok = await enrolment.arrive(work, person, address, incoming.data)
            school = await schools.get(session, person.school_id)
            work = Work(session, school, now, f"person:{person.id}", incoming.channel)
            if not token_ok:
                bad_link = await linking.why_not(work, person, incoming.data)
                incoming = replace(incoming, data="")
                if incoming.text and person.state != PersonState.VISITOR and not menu.greets(incoming.text):
                    # The words of somebody we know matter more.
                    incoming = replace(incoming, heard=Heard.TEXT)
        conversation = await talks.conversation(session, person.id)
        if incoming.channel is Channel.WEB:
            _keep_own_words(work, person, incoming)
        return Turn(work, person, address, incoming, conversation, bad_link=bad_link)

    async def _code(self, session: AsyncSession, person: Person, text: str) -> str:
        """The code of a link, where that is what was typed.

        While a question is open, words that only look like a code are an answer to it.
        """
        code = linking.code_in(text)
        if not code or await people.invitation(session, code) is not None:
            return code
        conversation = await talks.conversation(session, person.id)
        talking = conversation is not None and not conversation.paused
        return "" if talking or not linking.is_exact(text) else code

    async def _behind_link(self, session: AsyncSession, incoming: Incoming, now: datetime) -> Incoming:
        """The first words after a link are a start with words; VK may give the link with later ones too."""
        once = f"ref:{incoming.address}:{incoming.data}"[:100]
        if not await talks.first_time(session, incoming.channel, incoming.account, once, now):
            return replace(incoming, data="")
        text = incoming.text if incoming.heard is Heard.TEXT else ""
        return replace(incoming, heard=Heard.START, text=text)

    async def _visitor(
        self, session: AsyncSession, incoming: Incoming, now: datetime
    ) -> tuple[Address, Person, School]:
        """Somebody new: a row without a name, and the address. Swept away if nothing comes of it."""
        school = await schools.default(session)
        if school is None:
            raise NoSchool
        try:
            async with session.begin_nested():
                return await self._newcomer(session, incoming, school, now)
        except IntegrityError:
            # Their first two words came at once (webhooks, PostgreSQL): the other turn has made the rows.
            known = await talks.writer(session, incoming.channel, incoming.account, incoming.address)
            if known is None:
                raise
            return known

    async def _newcomer(
        self, session: AsyncSession, incoming: Incoming, school: School, now: datetime
    ) -> tuple[Address, Person, School]:
        person = await visitors.made(session, school.id, now)
        address = Address(
            school_id=school.id,
            person_id=person.id,
            channel=incoming.channel,
            account=incoming.account,
            address=incoming.address,
            used_at=now,
        )
        session.add(address)
        await session.flush()
        return address, person, school

    async def _answer(self, turn: Turn) -> None:
        async with _heeding(turn) as heard:
            try:
                told = await carried.told_before(turn)
                if turn.incoming.lost and not told:
                    await turn.reply(await carried.words_alone(turn))
                if heard is not None and await self._heard_out(turn):
                    return
                if not told or turn.incoming.heard is not Heard.OTHER:
                    await self._dispatch(turn)
            except Refusal as refusal:
                await turn.say(refusal.text, home=await menu.home(turn))

    async def _heard_out(self, turn: Turn) -> bool:
        """Whether worrying words were said to nobody in particular, or would have been read by the wrong people."""
        if turn.incoming.heard not in (Heard.TEXT, Heard.OTHER):
            return False
        if turn.incoming.heard is Heard.OTHER:  # a poll, a contact: no answer to anything
            if turn.talking:
                await self._conversations.show_again(turn)
            return True
        if held.stays_here(turn):
            await self._conversations.show_again(turn, Text("care-held"))
            return True
        return not turn.talking

    async def _dispatch(self, turn: Turn) -> None:
        incoming = turn.incoming
        if await elsewhere.led(turn):
            return
        if incoming.heard is Heard.START:
            await self._start(turn)
        elif incoming.heard is Heard.PRESS:
            await self._pressed(turn, incoming.data)
        elif incoming.heard is Heard.OTHER:
            await self._unreadable(turn, Text(incoming.text))
        elif not incoming.text.strip():
            await self._unreadable(turn, Text("heard-empty"))
        else:
            await self._typed(turn, incoming.text)

    async def _start(self, turn: Turn) -> None:
        token, said = turn.incoming.data, turn.incoming.text
        asked = menu.command(said) if said else None
        if said and not asked and not menu.greets(said):
            await turn.say(Text("heard-first-words", {"words": raw(cut(said, FIRST_WORDS))}), menu.TO_CURATOR)
        if token:
            flow = await enrolment.flow_of(turn.work, token)
            await self._conversations.open(turn, flow, {"token": token})
        elif not asked or asked == "start":
            await self._conversations.open(turn, "start", {"bad_link": turn.bad_link})
        if asked and asked != "start":
            await self._conversations.open(turn, asked, {})  # then the invitation goes on

    async def _pressed(self, turn: Turn, data: str) -> None:
        turn.on_page = data.endswith(PAGE)
        kind, _, rest = data.removesuffix(PAGE).partition(":")
        name, _, arg = rest.partition(":")
        if kind == "t" and name.isdecimal():
            await self._conversations.press(turn, int(name), arg)
        elif kind == "f" and await self._left(turn, name):
            return
        elif kind == "f" and name in menu.FLOWS:
            await self._conversations.open(turn, name, {"arg": arg} if arg else {})
        else:
            await turn.say(Text("talk-closed"), home=await menu.home(turn))

    async def _left(self, turn: Turn, name: str) -> bool:
        """The buttons under «Ответы сохранены»."""
        if name not in ("resume", "forget"):
            return False
        if turn.conversation is None:
            await turn.say(Text("talk-closed"), home=await menu.home(turn))
        elif name == "resume":
            await self._conversations.show_again(turn)
        else:
            await self._conversations.forget(turn)
        return True

    async def _typed(self, turn: Turn, text: str) -> None:
        talking = turn.talking
        control = menu.control(text)
        flow = menu.command(text) or menu.pressed_home(turn, text)
        if flow and talking and _offered(turn, text):
            flow = None
        if flow == "go-on" and turn.conversation is not None and turn.conversation.paused:
            await self._conversations.show_again(turn)  # the button «Продолжить» under what was left
        elif flow:
            await self._conversations.open(turn, flow, {})
        elif talking and control:
            await self._conversations.control(turn, control)
        elif talking:
            await self._conversations.typed(turn, text)
        elif menu.says_hello(text) and not _kept(turn):
            await self._conversations.open(turn, "start", {})
        elif _kept(turn) and not menu.stops(text):
            await self._conversations.leave(turn)
        elif menu.stops(text):
            await self._conversations.open(turn, "stop", {})
        elif control:
            await turn.say(Text("talk-nothing-open"), home=await menu.home(turn))
        elif turn.person.state == PersonState.VISITOR:
            await self._conversations.open(turn, "start", {})
        elif data := await typed_button.meant(turn, text):
            await self._pressed(turn, data)
        else:
            await guess.answer(turn, text)

    async def _unreadable(self, turn: Turn, why: Text) -> None:
        if turn.talking:
            await self._conversations.show_again(turn, why)
        else:
            await turn.reply(replace(await carried.way(turn, why), home=await menu.home(turn)))


@asynccontextmanager
async def _heeding(turn: Turn) -> AsyncIterator[care_words.Heard | None]:
    """Signs of danger in what was typed go to the school's grown-ups first, whatever was being talked about.

    The journal's line comes last: what is answered in between may hold rows.
    """
    typed = held.own_words(turn)
    heard = await care_words.heed(turn.work, turn.person, typed) if typed else None
    if heard is not None:
        await turn.reply(Message(heard.answer, ((menu.HELP,),)))
    yield heard
    if heard is not None and heard.made and heard.request is not None:
        await care.note_made(turn.work, heard.request)


def _kept(turn: Turn) -> bool:
    """Whether answers wait that somebody has left."""
    left = turn.conversation
    return left is not None and left.paused and Journal(list(left.journal)).answered


def _offered(turn: Turn, text: str) -> bool:
    """Whether the words stand on a button of the open question: «Помощь» among its answers opens nothing else."""
    labels = [
        Text.from_json(one["label"]) for one in (turn.conversation.options if turn.conversation else ())
    ]
    words = turn.words
    return folded(text) in {folded(words(label)) for label in labels}


def _keep_own_words(work: Work, person: Person, incoming: Incoming) -> None:
    """The person's own bubble in the web chat; a pressed button is shown by its label, sent as `text`."""
    if incoming.text:
        work.session.add(
            WebMessage(
                school_id=person.school_id, person_id=person.id, mine=True, words=incoming.text, at=work.now
            )
        )
