"""A conversation is an async function; its memory is a journal of named answers.

Every incoming answer runs the function from the top. Questions that the journal already answers return
at once; the first that it does not answer is what the person sees next. Steps have names, not
positions, so a question added, moved or removed in an upgrade does not break a conversation in flight.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeVar, overload

from actions.work import Work
from bot.answers import Option, Unclear, one_of
from bot.asked import Outcome, Question, Said
from bot.journal import Journal, Mark
from locales import Texts
from program.channels import Channel
from program.errors import Refusal
from program.outgoing import Choice
from program.text import Text

T = TypeVar("T")

SCALE = tuple(Option(str(n), Text("raw", {"text": str(n)})) for n in range(1, 11))


class FlowError(Exception):
    """The flow itself is written wrongly: a step named twice, a question after `finish`."""


class _Pause(BaseException):
    """Unwinds the flow at an open question. Not an Exception: a flow cannot catch it by mistake."""


class Talk:
    """What a flow holds in its hands. It knows no messenger, no clock, no database.

    Args:
        subject: what the conversation is about, for example {"arg": "17"} from the button `f:meeting:17`.
        answered: the step that the newest answer went to; an unreadable one is told so.
    """

    def __init__(
        self,
        journal: Journal,
        work: Work,
        person_id: int,
        subject: dict[str, Any],
        words: Texts,
        channel: Channel,
        answered: str | None = None,
    ) -> None:
        self.subject = subject
        self.channel = channel  # written into consents as evidence; a flow must not decide by it
        self.person_id = person_id
        self.said: list[Said] = []
        self.question: Question | None = None
        self.next_flow: tuple[str, dict[str, Any]] | None = None
        self.familiar = False
        self.missed = False
        self.letters_of = (
            0  # what is said at the end shows words of others in this pair, and is kept as long as they
        )
        self.on_page: Text | None = None
        self.redrawn = ""
        self.page = False
        self.keeps = False
        self._journal = journal
        self._work = work
        self._words = words
        self._answered = answered
        self._taken_up = False
        self._seen: set[str] = set()
        self._finished = False
        self._asked = 0
        self._total = 0
        self._counted_from = 0
        self._at_most = False
        self._keeps = False

    @property
    def now(self) -> datetime:
        return self._work.now

    @property
    def today(self) -> date:
        """The school's calendar day."""
        return self._work.today

    @property
    def arg(self) -> str:
        """What stood behind the flow's name on the button."""
        return str(self.subject.get("arg", ""))

    @property
    def language(self) -> str:
        return self._words.language

    def address_as_pupil(self) -> None:
        """From here on the reader is addressed as «ты», although no row says yet that this is a pupil."""
        self.familiar = True
        self._words = Texts(self._words.language, familiar=True)

    def say(self, text: Text, *choices: Choice) -> None:
        self.said.append(Said(text, choices))

    def names_people(self, elsewhere: Text) -> None:
        """What is said at the end tells of others: in a messenger where the school forbids personal data stands
        `elsewhere` with the way to the signed page, and the rest stands there.
        """
        self.on_page = elsewhere

    def redraws(self, key: str) -> None:
        """What is said at the end takes the place of what was said before under this key, if anything was."""
        self.redrawn = key

    def in_place(self) -> None:
        """This is a page (settings, cards, a calendar): what its buttons open takes its place in the chat."""
        self.page = True

    def to_keep(self) -> None:
        """What is said at the end matters: it stays a message of its own."""
        self.keeps = True

    def expect(self, total: int, *, anew: bool = False) -> None:
        """From here on questions are counted: «Вопрос 3 из 12». May be called again with a better number.

        Args:
            anew: the next question is the first again, as in a second questionnaire.
        """
        if anew or not self._total:
            self._counted_from = self._asked
        self._total = total
        self._at_most, self._keeps = False, True

    def goes_on(self, asked: int) -> None:
        """The flow that opened this one has asked so many questions of the same poll: counting goes on from there."""
        self._asked = self._total = asked

    def ahead(self, left: int, *, at_most: bool = False) -> None:
        """So many questions are still to come, the next one among them. Called again whenever more is known.

        Unlike those of a questionnaire (`expect`) later ones hang on earlier answers: whoever goes back is asked again.

        Args:
            at_most: it depends on the answers; there may be fewer.
        """
        self._total = self._asked - self._counted_from + left
        self._at_most, self._keeps = at_most, False

    def then(self, flow: str, **subject: Any) -> None:
        """Opens another flow right after this one has ended."""
        self.next_flow = (flow, subject)

    @overload
    async def ask(
        self,
        step: str,
        text: Text,
        read: Callable[[str], T],
        *,
        options: Sequence[Option] = ...,
        skip: Literal[False] = ...,
        private: bool = ...,
        wide: bool = ...,
        notes: Sequence[Text] = ...,
        again: bool = ...,
    ) -> T: ...

    @overload
    async def ask(
        self,
        step: str,
        text: Text,
        read: Callable[[str], T],
        *,
        options: Sequence[Option] = ...,
        skip: bool,
        private: bool = ...,
        wide: bool = ...,
        notes: Sequence[Text] = ...,
        again: bool = ...,
    ) -> T | None: ...

    async def ask(
        self,
        step: str,
        text: Text,
        read: Callable[[str], T],
        *,
        options: Sequence[Option] = (),
        skip: bool = False,
        private: bool = False,
        wide: bool = False,
        notes: Sequence[Text] = (),
        again: bool = False,
    ) -> T | None:
        """Asks until `read` accepts the answer; returns what it read, or None if it was skipped.

        An answer that today's `read` cannot take (the code changed overnight) is asked again.

        Args:
            read: raises `Unclear` with what to do. It also gets the value of a pressed option.
            options: shown as buttons; typing stays possible.
            private: personal data; where the school forbids it in a channel, asked on the signed web page.
            notes: paragraphs after the question, such as the meaning of the marks.
            again: the question before once more, in other words: it has the same number.
        """
        self._enter(step)
        self._asked += not again
        self._take_up(step)
        if self._journal.has(step, Mark.ANSWER):
            raw = self._journal.get(step, Mark.ANSWER)
            if raw is None and skip:
                return None
            try:
                value = read(str(raw))
            except Unclear as unclear:
                self._journal.drop(step)
                if step == self._answered:
                    self.missed = True
                    self.said.clear()  # what introduced the question has been read
                    self.say(unclear.text)
            else:
                self.said.clear()
                return value
        raise self._pause(
            Question(step, text, tuple(options), skip=skip, private=private, wide=wide, notes=tuple(notes))
        )

    @overload
    async def choose(
        self, step: str, text: Text, options: Sequence[Option], *, skip: Literal[False] = ..., wide: bool = ...,
        notes: Sequence[Text] = ..., again: bool = ...,
    ) -> str: ...  # fmt: skip

    @overload
    async def choose(
        self, step: str, text: Text, options: Sequence[Option], *, skip: bool, wide: bool = ...,
        notes: Sequence[Text] = ..., again: bool = ...,
    ) -> str | None: ...  # fmt: skip

    async def choose(
        self,
        step: str,
        text: Text,
        options: Sequence[Option],
        *,
        skip: bool = False,
        wide: bool = False,
        notes: Sequence[Text] = (),
        again: bool = False,
    ) -> str | None:
        """One of the options, by button, number, label or the beginning of a label. Returns its value."""
        read = one_of(options, self._words)
        return await self.ask(
            step, text, read, options=options, skip=skip, wide=wide, notes=notes, again=again
        )

    def one_of(self, options: Sequence[Option]) -> Callable[[str], str]:
        """Reads an answer as `choose` does; for a question that may be answered in other words, too."""
        return one_of(options, self._words)

    async def scale(self, step: str, text: Text, low: Text, high: Text, *, skip: bool = False) -> int | None:
        """A mark from 1 to 10 with words at both ends; None if it was skipped."""
        ends = Text("talk-scale", {"low": low, "high": high})
        mark = await self.choose(step, text, SCALE, skip=skip, wide=True, notes=(ends,))
        return None if mark is None else int(mark)

    async def choose_many(
        self, step: str, text: Text, options: Sequence[Option], *, limit: int = 0, skip: bool = False
    ) -> list[str]:
        """Any number of options (at most `limit` if given, at least one unless `skip`); a skipped one is []."""
        self._enter(step)
        self._asked += 1
        known = {option.value for option in options}
        self._take_up(step)
        if self._journal.has(step, Mark.ANSWER):
            values = self._journal.get(step, Mark.ANSWER) or []
            if all(value in known for value in values):
                self.said.clear()
                return list(values)
            self._journal.drop(step)
        chosen = self._journal.get(step, Mark.DRAFT) if self._journal.has(step, Mark.DRAFT) else []
        chosen = tuple(value for value in chosen if value in known)
        raise self._pause(Question(step, text, tuple(options), chosen=chosen, limit=limit, skip=skip))

    async def check(self, step: str, text: Text, rows: Sequence[tuple[str, Text, Text]]) -> None:
        """The summary before sending: every answer with a way to change it.

        Args:
            rows: step to change, its short name, the answer in words.
        """
        lines = tuple(
            Text("talk-check-row", {"number": number, "name": name, "value": value})
            for number, (_, name, value) in enumerate(rows, 1)
        )
        send = Option("send", Text("talk-send"), style="primary")
        said = await self.choose(step, text, (send, Option("change", Text("talk-change"))), notes=lines)
        if said == "send":
            return
        which = await self.choose(
            f"{step}?", Text("talk-change-which"), [Option(name, label) for name, label, _ in rows]
        )
        for name in (step, f"{step}?"):
            self._journal.drop(name)
        self._journal.change(which)
        raise _Again

    async def once(self, step: str, learn: Callable[[Work], Awaitable[Any]], *, lasting: bool = False) -> Any:
        """A fact from outside (JSON), looked up once and remembered for this conversation.

        Args:
            lasting: also when the same button is pressed again: a version once begun is finished.
        """
        self._enter(step)
        if not self._journal.has(step, Mark.FACT, Mark.KEPT):
            self._journal.put(step, await learn(self._work), Mark.KEPT if lasting else Mark.FACT)
        return self._journal.get(step, Mark.FACT, Mark.KEPT)

    async def read(self, look: Callable[[Work], Awaitable[T]]) -> T:
        """What never changes once it is written, such as a version of a text: read in each run, not remembered."""
        return await look(self._work)

    async def finish(self, act: Callable[[Work], Awaitable[T]]) -> T:
        """The one change this conversation makes, in the transaction of its last answer.

        A Refusal of the verb undoes what it did and is told to the person.
        """
        self._enter("finish")
        self._finished = True
        async with self._work.session.begin_nested():
            return await act(self._work)

    def _take_up(self, step: str) -> None:
        """What was answered before somebody went back counts again, once a question before it has been answered."""
        if self._answered not in (None, step) and self._journal.has(step, Mark.LATER):
            self._journal.put(step, self._journal.get(step, Mark.LATER))
            self._taken_up = True

    def _enter(self, step: str) -> None:
        if step in self._seen or self._finished:
            raise FlowError(f"step {step!r} is named twice or comes after finish")
        self._seen.add(step)

    def _pause(self, question: Question) -> _Pause:
        number = self._asked - self._counted_from
        progress = (number, self._total) if self._total and 0 < number <= self._total else None
        if self._taken_up and not self.missed:
            self.said.insert(0, Said(Text("talk-kept")))
        can_go_back = any(mark == Mark.ANSWER for _, _, mark in self._journal.lines)
        self.question = Question(
            question.step, question.text, question.options, question.chosen, question.limit, question.skip,
            question.private, question.wide, progress, can_go_back, question.notes,
            at_most=self._at_most, keeps=progress is not None and self._keeps,
        )  # fmt: skip
        return _Pause()


class _Again(BaseException):
    """An answer was dropped: run from the top."""


Flow = Callable[[Talk], Awaitable[None]]


async def run(
    flow: Flow,
    journal: Journal,
    work: Work,
    person_id: int,
    subject: dict[str, Any],
    words: Texts,
    channel: Channel,
    answered: str | None = None,
) -> Outcome:
    """Runs `flow` over `journal`; returns what to say now and the open question (None: it is over)."""
    while True:
        talk = Talk(journal, work, person_id, subject, words, channel, answered)
        try:
            await flow(talk)
        except _Pause:
            pass
        except _Again:
            answered = None
            continue
        except Refusal as refusal:
            return Outcome([Said(refusal.text)], None, familiar=talk.familiar, refused=True)
        return Outcome(
            talk.said, talk.question, talk.next_flow, talk.familiar, talk.missed,
            letters_of=talk.letters_of, on_page=talk.on_page, redraws=talk.redrawn,
            in_place=talk.page, to_keep=talk.keeps,
        )  # fmt: skip


def options(pairs: Iterable[tuple[str, Text]]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in pairs)
