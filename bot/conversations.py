"""Conversations over their row: open, answer, go back, leave, come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.membership import ALOUD
from bot import menu, questions, talk
from bot.answers import Option, match
from bot.asked import Outcome, Said
from bot.journal import Journal, Mark
from bot.talk import Flow
from bot.turn import Turn
from bot.waiting import ONCE, begin, going_on, parked, topic
from program.channels import Channel
from program.outgoing import Choice, Concerns, Message
from program.text import Text
from storage import people, talks
from storage.tables import Conversation

HELPING = ("help", "help-more")  # an adult is being called already
LEFT = ((Choice(Text("talk-resume"), "f:resume"),), (Choice(Text("talk-forget"), "f:forget"),))
MISSES = 3  # unreadable answers before a person is offered


class Conversations:
    def __init__(self, flows: Mapping[str, Flow]) -> None:
        self._flows = flows

    async def open(self, turn: Turn, flow: str, subject: dict[str, Any]) -> None:
        """Begins a flow. One that ends at once leaves the open conversation where it is.

        The same button again goes on with the answers that are there, and with facts learned anew.
        """
        interrupted, about = turn.conversation, topic(subject)
        subject, lines = going_on(turn, flow, subject)
        journal = Journal([line for line in lines if line[2] != Mark.FACT])
        if interrupted and interrupted.flow == flow and (flow in ONCE or topic(interrupted.subject) == about):
            await self._drop(turn)
            interrupted = None
        outcome = await self._run(turn, flow, subject, journal, None)
        if outcome.question is None:
            await self._ended(turn, outcome)
            return
        under = parked(interrupted) if interrupted else turn.waiting
        turn.waiting = []
        if interrupted:
            await turn.work.session.delete(interrupted)
            await turn.work.session.flush()
        begin(turn, under, flow=flow, subject=subject, step="")
        await self._show(turn, outcome, journal)

    async def press(self, turn: Turn, pressed: int, what: str) -> None:
        """A button of question `pressed`: an option, a tick or a control."""
        conversation = turn.conversation
        if conversation is None or conversation.paused or pressed != conversation.turn:
            await self._stale(turn, pressed)
        elif what in ("back", "skip", "stop", "done"):
            await self.control(turn, what)
        elif what == "more":
            await self._more(turn)
        elif what.startswith("t"):
            await self._toggle(turn, what[1:])
        elif what.isdecimal() and int(what) < len(conversation.options):
            await self._answer(turn, conversation.options[int(what)]["value"])
        else:
            await self._stale(turn, pressed)

    async def control(self, turn: Turn, what: str) -> None:
        """back, skip, stop, done; by button or by word."""
        conversation = turn.conversation
        assert conversation is not None
        state = conversation.accepts
        if what == "stop":
            await self.leave(turn)
        elif what == "skip" and state.get("skip"):
            await self._answer(turn, None)
        elif what == "done" and state.get("many"):
            await self._done(turn)
        elif what == "back":
            journal = Journal(list(conversation.journal))
            moved = journal.back(conversation.step, keeps=bool(state.get("counted")))
            await self._continue(turn, journal, None, [] if moved else [Text("talk-no-way-back")])
        else:
            await self._continue(turn, Journal(list(conversation.journal)), None, [Text("talk-must-answer")])

    async def typed(self, turn: Turn, text: str) -> None:
        """Words typed while a question is open."""
        conversation = turn.conversation
        assert conversation is not None
        if conversation.away and turn.channel not in turn.work.settings.personal_channels:
            await self._point_to_page(turn)
        elif conversation.accepts.get("many"):
            await self._typed_many(turn, text)
        else:
            await self._answer(turn, text)

    async def show_again(self, turn: Turn, *before: Text) -> None:
        """The open question once more, after something was answered beside it."""
        if turn.conversation is not None:
            turn.conversation.paused = False
            await self._continue(turn, Journal(list(turn.conversation.journal)), None, list(before))

    async def leave(self, turn: Turn) -> None:
        """«Выйти»: the answers stay, nothing is sent."""
        conversation = turn.conversation
        assert conversation is not None
        conversation.paused = True
        conversation.updated_at = turn.work.now
        answered = Journal(list(conversation.journal)).answered
        text, ways = ("talk-left", LEFT) if answered else ("talk-left-empty", LEFT[:1])
        await turn.reply(Message((Text(text),), ways, await menu.home(turn)))

    async def forget(self, turn: Turn) -> None:
        """Drops the conversation and its answers; what it interrupted goes on."""
        if turn.conversation is not None:
            await self._drop(turn)
        await turn.say(Text("talk-forgotten"), home=await menu.home(turn))
        await self._unpark(turn)

    # --- inside ---

    async def _answer(self, turn: Turn, value: str | None) -> None:
        conversation = turn.conversation
        assert conversation is not None
        journal = Journal(list(conversation.journal))
        journal.put(conversation.step, value)
        await self._continue(turn, journal, conversation.step, [])

    async def _toggle(self, turn: Turn, number: str) -> None:
        conversation = turn.conversation
        assert conversation is not None
        if not number.isdecimal() or int(number) >= len(conversation.options):
            return
        value = conversation.options[int(number)]["value"]
        chosen = [v for v in self._chosen(conversation) if v != value]
        limit = conversation.accepts.get("limit", 0)
        notes: list[Text] = []
        if len(chosen) == len(self._chosen(conversation)):
            if limit and len(chosen) >= limit:
                notes = [Text("talk-limit-reached", {"limit": limit})]
            else:
                chosen.append(value)
        journal = Journal(list(conversation.journal))
        journal.put(conversation.step, chosen, Mark.DRAFT)
        await self._continue(turn, journal, None, notes, redraw=not notes)

    async def _more(self, turn: Turn) -> None:
        """The next answers that may be ticked, where not all fit under a message."""
        conversation = turn.conversation
        assert conversation is not None
        first = questions.next_ticks(conversation.accepts.get("first", 0), len(conversation.options))
        conversation.accepts = {**conversation.accepts, "first": first}
        await self._continue(turn, Journal(list(conversation.journal)), None, [], redraw=True)

    async def _done(self, turn: Turn) -> None:
        conversation = turn.conversation
        assert conversation is not None
        chosen = self._chosen(conversation)
        if chosen or conversation.accepts.get("skip"):
            journal = Journal(list(conversation.journal))
            journal.put(conversation.step, chosen)
            await self._continue(turn, journal, conversation.step, [])
        else:
            await self._continue(turn, Journal(list(conversation.journal)), None, [Text("talk-choose-one")])

    async def _typed_many(self, turn: Turn, text: str) -> None:
        """«1, 3», «1 3» or labels; answers the question at once."""
        conversation = turn.conversation
        assert conversation is not None
        options = [Option(o["value"], Text.from_json(o["label"])) for o in conversation.options]
        whole = match(text, options, turn.words)
        numbers = text.replace(",", " ").replace(";", " ").split()
        if all(one.isdecimal() for one in numbers):
            parts = numbers
        else:
            parts = [text] if whole else text.replace(";", ",").split(",")
        found = [match(part, options, turn.words) for part in parts if part.strip()]
        limit = conversation.accepts.get("limit", 0)
        journal = Journal(list(conversation.journal))
        if found and all(found) and not (limit and len(set(found)) > limit):
            journal.put(conversation.step, list(dict.fromkeys(found)))
            await self._continue(turn, journal, conversation.step, [])
            return
        await self._continue(
            turn, journal, None, [Text("answer-choose-many", {"last": len(options)})], missed=True
        )

    def _chosen(self, conversation: Conversation) -> list[str]:
        journal = Journal(list(conversation.journal))
        if not journal.has(conversation.step, Mark.DRAFT):
            return []
        return list(journal.get(conversation.step, Mark.DRAFT))

    async def _continue(
        self,
        turn: Turn,
        journal: Journal,
        answered: str | None,
        before: list[Text],
        *,
        redraw: bool = False,
        missed: bool = False,
    ) -> None:
        conversation = turn.conversation
        assert conversation is not None
        outcome = await self._run(turn, conversation.flow, dict(conversation.subject), journal, answered)
        if outcome.refused and answered is None:
            outcome = await self._way_back(turn, outcome, journal)
        outcome.said[:0] = [Said(text) for text in before]
        if outcome.missed or missed:
            conversation.misses += 1
            if conversation.misses >= MISSES:
                outcome.said.append(Said(Text("talk-offer-person"), (menu.TO_CURATOR,)))
        elif answered:
            conversation.misses = 0
        if outcome.refused and journal.back(""):
            await self._refused(turn, outcome, journal)
        elif outcome.question is None:
            await self._drop(turn)
            await self._ended(turn, outcome)
        else:
            await self._show(turn, outcome, journal, redraw=redraw)

    async def _way_back(self, turn: Turn, outcome: Outcome, journal: Journal) -> Outcome:
        """Nothing was answered and the verb says no: what it is about has changed meanwhile.

        The newest answer with which a question can be asked again is found at once; where none is, this ends.
        """
        conversation = turn.conversation
        assert conversation is not None
        no = outcome.said
        while outcome.refused and journal.back(""):
            outcome = await self._run(turn, conversation.flow, dict(conversation.subject), journal, None)
        if not outcome.refused:
            outcome.said[:0] = no
        return outcome

    async def _refused(self, turn: Turn, outcome: Outcome, journal: Journal) -> None:
        """The verb said no: what was typed stays, the last answer may be changed."""
        conversation = turn.conversation
        assert conversation is not None
        conversation.journal = list(journal.lines)
        conversation.paused = True
        conversation.updated_at = turn.work.now
        texts = tuple(item.text for item in outcome.said)
        await turn.reply(Message(texts, LEFT, await menu.home(turn)))

    async def _run(
        self, turn: Turn, flow: str, subject: dict[str, Any], journal: Journal, answered: str | None
    ) -> Outcome:
        work = turn.work.by(turn.person)
        return await talk.run(
            self._flows[flow], journal, work, turn.person.id, subject, turn.words, turn.channel, answered
        )

    async def _show(self, turn: Turn, outcome: Outcome, journal: Journal, *, redraw: bool = False) -> None:
        """Keeps the journal and shows the open question; a redraw keeps its number and its message."""
        conversation, question = turn.conversation, outcome.question
        assert conversation is not None
        assert question is not None
        shown = conversation.accepts or {}  # one that was interrupted is shown again before it is written
        first = shown.get("first", 0) if conversation.step == question.step else 0
        if not redraw:
            turn.person.turn += 1
            conversation.turn = turn.person.turn
        conversation.journal = list(journal.lines)
        conversation.step = question.step
        conversation.options = [{"value": o.value, "label": o.label.to_json()} for o in question.options]
        conversation.accepts = {
            "skip": question.skip, "many": question.chosen is not None, "limit": question.limit,
            "counted": question.keeps, "first": first,
        }  # fmt: skip
        conversation.paused = False
        conversation.updated_at = turn.work.now
        outcome.said[:0] = [Said(text) for text in turn.said_before()]
        aloud = bool(turn.person.preferences.get(ALOUD))
        message = questions.message(
            question,
            outcome.said,
            conversation.turn,
            familiar=outcome.familiar,
            aloud=aloud,
            first=first,
            silent=turn.incoming.callbacks,
        )
        page = outcome.in_place and not question.private
        message = replace(message, asks=conversation.flow not in HELPING, in_place=page)
        edit_key = f"turn:{conversation.turn}" if question.chosen is not None else ""
        await talks.show(turn.work.session, turn.person, conversation)
        await self._deliver(turn, message, edit_key, private=question.private)

    async def _deliver(self, turn: Turn, message: Message, edit_key: str, *, private: bool) -> None:
        conversation = turn.conversation
        assert conversation is not None
        here = turn.channel
        if private and here not in turn.work.settings.personal_channels:
            # The same conversation goes on at the signed page, on the same journal.
            conversation.away, conversation.channel = True, here
            web = await turn.on_the_web()
            await turn.reply(message, to=web)
            await self._point_to_page(turn)
            return
        if conversation.away and not private:
            conversation.away = False
            home = await turn.address_on(conversation.channel) if here is Channel.WEB else None
            if home is not None:
                await turn.reply(message, to=home)
                await turn.say(Text("talk-private-done"))
        await turn.reply(message, edit_key=edit_key)

    async def _point_to_page(self, turn: Turn) -> None:
        """Where the open question can be answered: personal data may not be asked here."""
        conversation = turn.conversation
        assert conversation is not None
        ways = [Choice(Text("talk-private-open"), url="page:chat")]
        if conversation.accepts.get("skip"):
            ways.append(Choice(Text("talk-skip"), f"t:{conversation.turn}:skip"))
        await turn.reply(Message((Text("talk-private"),), tuple((way,) for way in ways), asks=True))

    async def _ended(self, turn: Turn, outcome: Outcome) -> None:
        """What the flow said at its end, then the flow it named, then what it had interrupted."""
        if turn.address.person_id != turn.person.id:  # the card was somebody else's: a visitor is answered
            visitor = await people.get(turn.work.session, turn.address.person_id)
            assert visitor is not None
            turn.person, turn.waiting = visitor, []
        outcome.said[:0] = [Said(text) for text in turn.said_before()]
        if outcome.in_place and outcome.then and not outcome.to_keep:
            turn.before = [item.text for item in outcome.said]
        elif outcome.said:
            texts = tuple(item.text for item in outcome.said)
            rows = tuple((choice,) for item in outcome.said for choice in item.choices)
            home = () if outcome.then else await menu.home(turn)
            shown = Concerns(pair=outcome.letters_of)
            page = outcome.in_place and not outcome.to_keep
            message = Message(texts, rows, home, familiar=outcome.familiar, concerns=shown, in_place=page)
            there = await turn.address_on(turn.came_from) if turn.came_from else None
            if there is not None:
                await turn.reply(message, to=there)
            await self._end_with(turn, message, outcome)
        if outcome.then:
            await self.open(turn, *outcome.then)
        elif turn.conversation is not None:
            if not turn.conversation.paused:  # what was left stays left
                await self.show_again(turn)
        else:
            await self._unpark(turn)

    async def _end_with(self, turn: Turn, message: Message, outcome: Outcome) -> None:
        """What names people goes to the signed page where the school forbids personal data in this messenger."""
        if outcome.on_page is None or turn.channel in turn.work.settings.personal_channels:
            await turn.reply(message, edit_key=outcome.redraws)
            return
        await turn.reply(message, to=await turn.on_the_web(), edit_key=outcome.redraws)
        if not outcome.then:
            await turn.say(outcome.on_page, Choice(Text("talk-private-open"), url="page:chat"))

    async def _drop(self, turn: Turn) -> None:
        assert turn.conversation is not None
        turn.waiting = list(turn.conversation.parked)
        if turn.conversation.away and turn.channel is Channel.WEB:
            turn.came_from = Channel(turn.conversation.channel)
        await turn.work.session.delete(turn.conversation)
        await turn.work.session.flush()
        turn.conversation = None

    async def _unpark(self, turn: Turn) -> None:
        """Goes on with the conversation that the ended one had interrupted."""
        if not turn.waiting:
            return
        before = turn.waiting.pop()
        begin(turn, turn.waiting, **before)
        turn.waiting = []
        if not before.get("paused"):
            await self.show_again(turn, Text("talk-where-were-we"))

    async def _stale(self, turn: Turn, pressed: int) -> None:
        """A press on an old button: says where the person is now, writes nothing."""
        conversation = turn.conversation
        if conversation is not None and turn.talking:
            if pressed == conversation.turn - 1:
                await turn.say(Text("talk-saved"))
            else:
                await self.show_again(turn, Text("talk-stale"))
        else:
            await turn.say(Text("talk-closed"), home=await menu.home(turn))
