"""Any questionnaire walked in a conversation: by button, by number, by typing; left, changed, upgraded.

Every answer is given in a transaction of its own, to a conversation read back from its row.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import delete, select

from actions import questionnaire_editing, questionnaire_offers, questionnaires
from actions.questionnaire_offers import MOST_PEOPLE
from actions.work import Work
from bot import menu, questions
from bot.answers import Option as AsOption
from bot.asked import Question as Asked
from bot.asked import Said
from bot.conversations import Conversations
from bot.flows.questionnaire import walk
from bot.messenger import Heard, Incoming
from bot.talk import SCALE, Talk
from bot.turn import Turn
from locales import Texts
from program import instruments_editing as editing
from program.channels import Channel
from program.instrument_answers import with_comma
from program.instruments import Audience, Instrument, Option, Question, QuestionKind, Wording, fitted
from program.instruments_reading import shipped
from program.outgoing import Message
from program.roles import Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from program.text import Text
from storage.database import Database
from storage.tables import (
    Address,
    Answer,
    Conversation,
    HelpRequest,
    Meeting,
    OutboxRow,
    Person,
    Response,
    School,
)
from storage.tables import Instrument as Published
from tests import build
from tests.bot.fits import CHANNELS, fits_everywhere, shown
from tests.conftest import NOW, rows
from tests.pairs import papers

EVENTS = count(1)
LONG = "INT_ME_P"


async def walked(talk: Talk) -> None:
    """Any questionnaire at all, kept for the person; only here, real flows know whom they ask what."""
    facts = {
        "code": talk.arg,
        "version": 1,
        "side": "mentee",
        "people": [["p1", "Ира Л."], ["p2", "Олег В."]],
    }
    fit = questionnaire_offers.fit_of(facts)
    answers = await walk(talk, talk.arg, 1, fit=fit)
    await talk.finish(lambda work: questionnaire_offers.fill(work, talk.person_id, facts, answers))
    talk.say(Text("questionnaire-thanks"))


class Walker:
    """One person's side of the conversation."""

    def __init__(self, database: Database, school: School, person: Person) -> None:
        self.database, self.school, self.person = database, school, person
        self.taps = 0

    async def open(self, flow: str, arg: str) -> None:
        await self._turn("open", flow, {"arg": arg})

    async def press(self, what: str) -> None:
        """`what` stands behind the turn on the button: 0, t2, skip, done…"""
        self.taps += 1
        conversation = await self.conversation()
        assert conversation is not None
        await self._turn("press", conversation.turn, what)

    async def says(self, words: str) -> None:
        await self._turn("typed", words)

    async def conversation(self) -> Conversation | None:
        async with self.database.reading() as session:
            return await session.get(Conversation, self.person.id)

    async def step(self) -> str | None:
        conversation = await self.conversation()
        return conversation.step if conversation else None

    async def last(self) -> Message:
        sent = await rows(self.database, OutboxRow, person_id=self.person.id)
        assert isinstance(sent[-1], OutboxRow)
        return Message.from_json(sent[-1].body)

    async def said(self) -> list[str]:
        """Ids of the texts of the newest message."""
        return [text.id for text in (await self.last()).texts]

    async def _turn(self, verb: str, *args: Any) -> None:
        incoming = Incoming(Channel.WEB, str(self.person.id), str(next(EVENTS)), Heard.TEXT, NOW)
        async with self.database.transaction() as session:
            school = await session.merge(self.school, load=False)
            person = await session.get_one(Person, self.person.id)
            address = await session.scalar(select(Address).where(Address.person_id == person.id))
            assert address is not None
            conversation = await session.get(Conversation, person.id)
            turn = Turn(Work(session, school, NOW), person, address, incoming, conversation)
            flows = Conversations({**menu.FLOWS, "walked": walked})
            await getattr(flows, verb)(turn, *args)


@pytest.fixture
async def chat(database: Database, school: School) -> Walker:
    """A pupil who is a mentee and a mentor."""
    person = build.person(school)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        sides = [build.participation(person, side) for side in Side]
        session.add_all([build.address(person), *sides, *papers(person)])
        await questionnaires.publish_shipped(Work(session, await session.merge(school, load=False), NOW))
    return Walker(database, school, person)


def current(code: str) -> Instrument:
    return next(instrument for instrument in shipped() if instrument.code == code)


def one_of(instrument: Instrument, step: str) -> Question:
    people = (Option("p1", Wording("Ира Л.")), Option("p2", Wording("Олег В.")))
    return fitted(instrument, Side.MENTEE, people).question(step)


async def by_button(chat: Walker, question: Question) -> None:
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.RANGE):
        await by_typing(chat, question)
    elif question.kind is QuestionKind.MULTI:
        await chat.press("t0")
        await chat.press("done")
    else:
        await chat.press("0")


async def by_number(chat: Walker, question: Question) -> None:
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.RANGE):
        await by_typing(chat, question)
    elif question.kind is QuestionKind.MULTI:
        await chat.says("1, 2")
    else:
        await chat.says("1")


async def by_typing(chat: Walker, question: Question) -> None:
    match question.kind:
        case QuestionKind.TEXT:
            await chat.says("Своими словами")
        case QuestionKind.NUMBER | QuestionKind.RANGE:
            await chat.says(with_comma(question.high_number, question.decimals))
        case QuestionKind.SCALE10:
            await chat.says("7")
        case QuestionKind.SMILES:
            await chat.says("скорее да")
        case QuestionKind.MULTI:
            await chat.says(", ".join(option.label.ru.upper() for option in question.options[:2]))
        case _:
            await chat.says(question.options[0].label.ru)


# Of the composed ones, which share their blocks, one of each kind: parts, reversed items, faces, teachers.
COMPOSED = ("PRE_UCH_UCH_MENTEE", "POST_YOUNG_MENTEE", "POST_UCHIT_UCHIT_MENTEE")
WALKED = [
    one
    for one in {one.code: one for one in shipped()}.values()  # the newest version of each
    if one.audience is not Audience.STAFF
    and not one.anonymous  # on a page of its own: tests/web/test_poll.py
    and (not one.code.startswith(("PRE_", "POST_")) or one.code in COMPOSED)
]
WAYS = {"button": by_button, "number": by_number, "typing": by_typing}


@pytest.mark.parametrize("way", WAYS)
async def test_every_questionnaire_can_be_walked(chat: Walker, way: str) -> None:
    walked = [one for one in WALKED if way == "button" or one.code not in COMPOSED]
    for instrument in walked:
        await chat.open("walked", instrument.code)
        assert (await chat.said())[0] == "questionnaire-start"
        while (step := await chat.step()) and instrument.has(step):
            await WAYS[way](chat, one_of(instrument, step))
            assert await chat.step() != step, f"{step} was not understood"
        if step:
            assert step == f"{instrument.code}:check"
            await chat.press("0")
        assert await chat.step() is None
        assert await chat.said() == ["questionnaire-thanks"]
    kept = [r.code for r in await rows(chat.database, Response) if isinstance(r, Response)]
    assert kept == [instrument.code for instrument in walked]
    assert not any(isinstance(a, Answer) and a.skipped for a in await rows(chat.database, Answer))


async def test_what_is_not_needed_can_be_skipped(chat: Walker) -> None:
    instrument = current(LONG)
    await chat.open("questionnaire", LONG)
    while (step := await chat.step()) and instrument.has(step):
        question = instrument.question(step)
        if question.required:
            await by_typing(chat, question)
        else:
            await chat.press("skip")
    await chat.press("0")
    kept = {a.question: a.skipped for a in await rows(chat.database, Answer) if isinstance(a, Answer)}
    assert {name for name, skipped in kept.items() if not skipped} == {"INT_ME_P.1", "INT_ME_P.2"}


async def test_a_needed_question_cannot_be_skipped(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    await chat.press("skip")
    assert await chat.step() == "INT_ME_P.1"


async def test_the_start_says_how_many_questions_and_how_long(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    start = (await chat.last()).texts[0]
    assert (start.args["count"], start.args["minutes"]) == (11, 4)
    assert Texts("ru", familiar=True)(start).startswith("Анкета будущего наставляемого. 11 вопросов")


async def progress(chat: Walker) -> tuple[Any, Any]:
    text = next(text for text in (await chat.last()).texts if text.id == "talk-progress")
    return text.args["number"], text.args["total"]


async def test_questions_are_counted_after_branching(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    assert await progress(chat) == (1, 11)
    await chat.says("Сдать экзамен")
    assert await progress(chat) == (2, 11)
    await chat.says("Просто поговорить")
    assert await progress(chat) == (3, 10)
    assert await chat.step() == "INT_ME_P.4"


async def test_free_words_say_who_reads_them(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    assert "questionnaire-reader-pair" in await chat.said()


async def test_an_unreadable_answer_is_asked_again_with_a_hint(chat: Walker) -> None:
    await chat.open("questionnaire", "INT_MO")
    await chat.says("марсианин")
    assert await chat.step() == "INT_MO.1"
    assert "answer-choose" in await chat.said()


async def to_the_summary(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    while (step := await chat.step()) and current(LONG).has(step):
        await by_button(chat, current(LONG).question(step))
    assert await chat.step() == f"{LONG}:check"


async def test_an_answer_can_be_changed_on_the_summary(chat: Walker) -> None:
    await to_the_summary(chat)
    await chat.press("1")
    await chat.says("Цель")
    assert await chat.step() == "INT_ME_P.1"
    await chat.says("Иная цель")
    assert await chat.step() == f"{LONG}:check"
    await chat.press("0")
    kept = {a.question: a.words for a in await rows(chat.database, Answer) if isinstance(a, Answer)}
    assert kept["INT_ME_P.1"] == "Иная цель"


async def given(chat: Walker) -> dict[str, Any]:
    """The answers of the open conversation, by question."""
    conversation = await chat.conversation()
    assert conversation is not None
    return {step: value for step, value, mark in conversation.journal if mark == "a"}


async def test_a_change_that_is_called_off_leaves_the_answer_as_it_was(chat: Walker) -> None:
    """«Назад» under a question that was opened from the summary leads to the summary, whatever kind it is of."""
    await to_the_summary(chat)
    before = await given(chat)
    for number in range(len([name for name in before if current(LONG).has(name)])):
        await chat.press("1")
        await chat.press(str(number))
        step = await chat.step()
        assert step in before
        if isinstance(before[step], list):
            open_now = await chat.conversation()
            assert open_now is not None
            assert [step, before[step], "d"] in open_now.journal, "ticks stand as they were"
            await chat.press("t0")
        await chat.press("back")
        assert await chat.step() == f"{LONG}:check", step
        assert await given(chat) == before, step


async def test_a_change_that_hides_a_question_drops_its_answer(chat: Walker) -> None:
    await to_the_summary(chat)
    await chat.press("1")
    await chat.says("Поддержка")
    await chat.says("Проект")
    await chat.press("0")
    kept = [a.question for a in await rows(chat.database, Answer) if isinstance(a, Answer)]
    assert "INT_ME_P.2" in kept
    assert "INT_ME_P.3" not in kept


async def publish(chat: Walker, body: dict[str, Any]) -> None:
    """A version that the school's curator made."""
    values = {
        "code": body["code"],
        "version": body["version"],
        "title": "",
        "sha256": "",
        "published_at": NOW,
    }
    async with chat.database.transaction() as session:
        session.add(Published(school_id=chat.school.id, body=body, **values))


async def test_who_began_an_old_version_finishes_it(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    body = dict(current(LONG).body) | {"version": 2, "questions": current(LONG).body["questions"][:2]}
    await publish(chat, body)
    while (step := await chat.step()) and current(LONG).has(step):
        await by_button(chat, current(LONG).question(step))
    await chat.press("0")
    [response] = await rows(chat.database, Response)
    assert isinstance(response, Response)
    assert response.version == 1
    assert len(await rows(chat.database, Answer)) == 11


async def test_a_school_s_own_version_in_flight_needs_nothing_from_outside(chat: Walker) -> None:
    body = dict(current(LONG).body) | {"version": 2, "questions": current(LONG).body["questions"][:2]}
    await publish(chat, body)
    await chat.open("questionnaire", LONG)
    async with chat.database.transaction() as session:
        await session.execute(delete(Published))
    await chat.says("Сдать экзамен")
    assert await chat.step() == "INT_ME_P.2"
    assert await progress(chat) == (2, 2)


async def test_a_filled_questionnaire_is_not_asked_twice(chat: Walker) -> None:
    await to_the_summary(chat)
    await chat.press("0")
    await chat.open("questionnaire", LONG)
    assert await chat.step() is None
    assert await chat.said() == ["questionnaire-done-already"]


async def test_a_button_opens_only_what_is_for_this_person(chat: Walker) -> None:
    for code, why in (("FB_M", "not-yours"), ("NONE", "unknown"), ("", "unknown")):
        await chat.open("questionnaire", code)
        assert await chat.step() is None
        assert await chat.said() == [f"questionnaire-{why}"]


async def held(chat: Walker, kind: MeetingKind, side: Side) -> int:
    """A meeting that the chat's person held with somebody, on that side."""
    other = build.person(chat.school, "Лена")
    async with chat.database.transaction() as session:
        session.add(other)
        await session.flush()
        places = [
            build.participation(chat.person, side, "uchit_uch"),
            build.participation(other, side.other, "uchit_uch"),
        ]
        session.add_all(places)
        await session.flush()
        pair = build.pair(*places)
        session.add(pair)
        await session.flush()
        meeting = Meeting(
            school_id=chat.school.id, pair_id=pair.id, kind=kind, status=MeetingStatus.HELD,
            proposed_by=other.id, starts_at=NOW - timedelta(hours=2), closed_at=NOW, uid="held",
            format=MeetingFormat.OFFLINE, created_at=NOW,
        )  # fmt: skip
        session.add(meeting)
        await session.flush()
        return meeting.id


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", [MeetingKind.M1, MeetingKind.M4])
async def test_the_poll_after_a_meeting_takes_four_taps(chat: Walker, kind: MeetingKind, side: Side) -> None:
    await chat.open("feedback", str(await held(chat, kind, side)))
    steps = []
    while (step := await chat.step()) is not None:
        steps.append(step)
        skipped = step == "FB_N.3"
        await chat.press("skip" if skipped else "0")
    assert chat.taps <= 4
    assert ("FB_START.1" in steps) is (kind is MeetingKind.M1)
    assert await chat.said() == ["feedback-thanks"]
    about = {r.about for r in await rows(chat.database, Response) if isinstance(r, Response)}
    assert len(about) == 1


async def test_a_call_for_help_in_the_poll_is_answered_at_once(chat: Walker) -> None:
    await chat.open("feedback", str(await held(chat, MeetingKind.M4, Side.MENTEE)))
    for answer in ("2", "плохо", "Пусть поможет взрослый"):
        await chat.says(answer)
    assert await chat.step() is None
    sent, contacts = (await chat.last()).texts
    assert (sent.id, contacts.id) == ("care-sent", "care-contacts")
    assert contacts.args["line"]
    [call] = await rows(chat.database, HelpRequest)
    assert isinstance(call, HelpRequest)
    assert call.urgent


async def test_words_for_the_curator_are_asked_when_wanted(chat: Walker) -> None:
    await chat.open("feedback", str(await held(chat, MeetingKind.M4, Side.MENTEE)))
    for answer in ("9", "отлично", "да, напишу"):
        await chat.says(answer)
    assert await chat.step() == "FB_M.5"
    assert "questionnaire-reader-psychologist" in await chat.said()
    await chat.says("Хочу заниматься чаще")
    assert await chat.said() == ["feedback-told"]


@pytest.mark.parametrize("side", list(Side))
async def test_the_poll_is_counted_through_both_its_parts(chat: Walker, side: Side) -> None:
    await chat.open("feedback", str(await held(chat, MeetingKind.M1, side)))
    counted = []
    while await chat.step() is not None:
        counted.append(await progress(chat))
        await chat.press("0")
    assert counted == [(1, 4), (2, 4), (3, 4), (4, 4)]


async def test_a_forged_button_of_the_poll_opens_nothing(chat: Walker) -> None:
    for arg in ("", "x", "999", "1:2", "9" * 40):
        await chat.open("feedback", arg)
        assert await chat.step() is None
        assert await chat.said() == ["feedback-not-yours"]


async def test_the_poll_cannot_be_answered_twice(chat: Walker) -> None:
    meeting = await held(chat, MeetingKind.M4, Side.MENTEE)
    for _ in range(2):
        await chat.open("feedback", str(meeting))
        while await chat.step() is not None:
            await chat.press("0")
    assert await chat.said() == ["feedback-done"]
    assert len(await rows(chat.database, Response)) == 1


async def pressed_to_the_end(chat: Walker, instrument: Instrument) -> None:
    while (step := await chat.step()) and instrument.has(step):
        await by_button(chat, instrument.question(step))
    if await chat.step():
        await chat.press("0")


async def test_a_pupil_s_questionnaire_comes_in_three_parts_and_may_be_left_between_them(
    chat: Walker,
) -> None:
    code = "PRE_UCH_UCH_MENTEE"
    await chat.open("questionnaire", code)
    seen = []
    while (step := await chat.step()) and current(code).has(step):
        seen += [t.args["number"] for t in (await chat.last()).texts if t.id == "questionnaire-part"]
        if step == "S01":
            await chat.press("stop")
            assert await chat.said() == ["talk-left"]
            await chat.open("questionnaire", code)  # the reminder's button
            assert await chat.step() == "S01"
        await by_button(chat, current(code).question(step))
    assert list(dict.fromkeys(seen)) == [1, 2, 3]
    assert await chat.said() == ["questionnaire-thanks"]
    assert len(await rows(chat.database, Answer)) == len(current(code).questions)


async def test_the_button_pressed_again_goes_on_with_the_version_that_was_begun(chat: Walker) -> None:
    await chat.open("questionnaire", LONG)
    await chat.says("Сдать экзамен")
    body = dict(current(LONG).body) | {"version": 2, "questions": current(LONG).body["questions"][:2]}
    await publish(chat, body)
    await chat.open("questionnaire", LONG)
    assert await chat.step() == "INT_ME_P.2"
    assert await progress(chat) == (2, 11)


async def test_faces_are_kept_as_marks(chat: Walker) -> None:
    await chat.open("questionnaire", "PRE_YOUNG_MENTEE")
    await chat.says("2")
    await chat.says("очень")
    await chat.press("4")
    while await chat.step():
        await chat.press("skip")
    kept = {a.question: a.number for a in await rows(chat.database, Answer) if isinstance(a, Answer)}
    assert [kept["C01"], kept["C02"], kept["C07"]] == [4, 10, 10]


async def test_the_curator_hears_at_once_of_a_pair_that_does_not_work(chat: Walker) -> None:
    await chat.open("questionnaire", "MID")
    for answer in ("3", "8", "мало", "пропустить", "нет", "с другим человеком", "9"):
        await (chat.press("skip") if answer == "пропустить" else chat.says(answer))
    await chat.press("skip")
    [card] = await rows(chat.database, HelpRequest)
    assert isinstance(card, HelpRequest)
    assert not card.urgent
    assert "С другим человеком" in card.words
    assert "— 3" in card.words
    assert "— 8" not in card.words


@pytest.mark.parametrize("instrument", [one for one in shipped() if one.audience is not Audience.STAFF],
                         ids=lambda one: one.code)  # fmt: skip
def test_every_question_fits_every_messenger(instrument: Instrument) -> None:
    """With all buttons that can stand under it; nothing is pushed out into the text but ticks beyond ten in VK."""
    people = tuple(Option(f"p{n}", Wording("Александра Щ., 10Б")) for n in range(MOST_PEOPLE))
    words = Texts("ru", familiar=True)
    for side in Side:
        for one in fitted(instrument, side, people).questions:
            options = (
                SCALE
                if one.kind is QuestionKind.SCALE10
                else tuple(AsOption(o.code, o.label.text) for o in one.options)
            )
            many = () if one.kind is QuestionKind.MULTI else None
            asked = Asked(one.id, one.text.text, options, chosen=many, limit=one.limit, skip=not one.required,
                          wide=one.kind is QuestionKind.SCALE10, progress=(99, 99), can_go_back=True)  # fmt: skip
            said = [
                Said(Text("questionnaire-start", {"title": instrument.title.text, "count": 40, "minutes": 9}))
            ]
            message = questions.message(asked, said, 123456, familiar=True)
            fits_everywhere(message)
            for can in CHANNELS.values():
                drawn = shown(message, can, familiar=True)
                labels = [b.label for row in (*drawn.rows, *(drawn.lower or ())) for b in row]
                if len(labels) < sum(
                    len(row) for row in message.rows
                ):  # ticks that do not fit under a message of VK
                    assert many is not None
                    assert all(words(option.label) in drawn.text for option in options)
                    assert len(labels) <= 10
                assert not any(label.endswith("…") for label in labels)
                assert len(drawn.text) <= 900


async def test_forty_people_inside_an_edited_questionnaire_finish_the_old_one(chat: Walker) -> None:
    """The curator copies nothing and stops nobody: drops a question and adds one, publishes, the next one sees it."""
    crowd = [await another(chat, n) for n in range(41)]
    inside, newcomer = crowd[:40], crowd[40]
    for one in inside:
        await one.open("questionnaire", "TRN")
        await one.press("6")
    async with chat.database.transaction() as session:
        work = Work(session, await session.merge(chat.school, load=False), NOW, "user:1")
        await questionnaire_editing.start(work, "TRN")
        yes_no = {"kind": "yes_no", "text": {"ru": "Пойдёте ещё?", "en": "Would you come again?"}}
        for edit in (
            lambda body: editing.removed(body, 3),
            editing.added,
            lambda body: editing.replaced(body, 4, yes_no),
        ):
            await questionnaire_editing.change(work, "TRN", edit)
        assert await questionnaire_editing.publish(work, "TRN") == 2
    for n, one in enumerate(inside):
        if n % 2:
            await one.open("questionnaire", "TRN")  # the reminder's button
        while await one.step():
            await one.press("skip")
        assert await one.said() == ["questionnaire-thanks"]
    await newcomer.open("questionnaire", "TRN")
    seen = []
    while step := await newcomer.step():
        seen.append(step)
        await newcomer.press("skip")
    assert seen == ["TRN.1", "TRN.2", "TRN.4", "TRN.n1"]
    versions = [r.version for r in await rows(chat.database, Response) if isinstance(r, Response)]
    assert versions == [1] * 40 + [2]
    kept = [a.question for a in await rows(chat.database, Answer) if isinstance(a, Answer)]
    assert (kept.count("TRN.3"), kept.count("TRN.n1")) == (40, 1)


async def another(chat: Walker, n: int) -> Walker:
    """One more mentor of the same school."""
    person = build.person(chat.school, f"Наставник{n}")
    async with chat.database.transaction() as session:
        session.add(person)
        await session.flush()
        session.add_all([build.address(person), build.participation(person, Side.MENTOR), *papers(person)])
    return Walker(chat.database, chat.school, person)
