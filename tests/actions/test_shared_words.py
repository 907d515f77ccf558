"""What one side types and the other reads: every such field looks for contacts and hurtful words as letters do.

`FIELDS` lists the fields, `ASKED` every question of a conversation that is answered in free words: a new question has to
say whose words it takes before this passes.
"""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import encounter_questions as asked
from actions import (
    encounters,
    meeting_diary,
    meeting_outcomes,
    meeting_series,
    meeting_words,
    meetings,
    relay,
)
from actions.encounters import Draft
from actions.work import Work
from program import plans
from program.encounters import QuestionKind
from program.errors import Refusal
from program.relay import HOSTS, RelayRules, Rule
from program.screening import Found
from program.series import Repeat
from program.shared_words import unfit_link
from program.states import MeetingFormat, MeetingStatus
from storage import people
from storage.tables import Meeting, OutboxRow, Person
from tests import meetups
from tests.pairs import Couple, couple, group, member

FLOWS = Path(__file__).parents[2] / "bot" / "flows"
AT = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)
ONLINE, OFFLINE = MeetingFormat.ONLINE, MeetingFormat.OFFLINE

CONTACTS = [
    "напиши 8 912 345-67-89",
    "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
    "карта 4276 3800 1234 5675",
    "t.me/masha_kot",
    "пиши на wa.me/79123456789",
    "vk.com/id12345",
    "мой ник в тг: masha_kot",
    "masha@mail.ru",
    "смотри playgame.site/x",
]
HURTFUL = ["ты тупой дебил"]
LINKS = [
    "https://t.me/masha_kot",
    "https://wa.me/79123456789",
    "https://vk.com/masha_kot",
    "https://vk.me/masha_kot",
    "https://zoom.us@t.me/masha",
    "https://t.me./masha",
    "https://T.ME/masha",
    "https://zoom.us/j/1?tel=+79123456789",
    "https://meet.google.com/linkredirect?dest=https://t.me/masha",
    "https://zoom.us/j/1#@masha_kot",
    "https://school1.ru/8-912-345-67-89",
    "https://playgame.site/room",
    "https://zoom.us.playgame.site/j/1",
]
ROOMS = [
    "https://telemost.yandex.ru/j/89123456789012",
    "https://us05web.zoom.us/j/89123456789?pwd=aB3xYz",
    "https://vk.com/call/join/abcDEF_123",
    "https://sferum.ru/?call_link=abcDEF_123",
    "https://meet.google.com/abc-defg-hij",
    "https://video.school1.ru/room/7",
]

Field = Callable[[Work, str], Awaitable[str]]


async def who(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def _couple(work: Work) -> tuple[Couple, Person, Person]:
    ids = await couple(work.session, work.school, starts_on=date(2026, 9, 1))
    return ids, await who(work, ids.mentor), await who(work, ids.mentee)


async def _agreed(work: Work, format: MeetingFormat = OFFLINE, repeat: Repeat | None = None) -> Meeting:
    ids, mentor, mentee = await _couple(work)
    offer = await meetings.propose(work, mentor, ids.pair, [AT], format, repeat=repeat)
    return await meetings.accept(work, mentee, offer.id, 0)


async def _read(work: Work, person_id: int) -> str:
    """Everything this person has been sent."""
    rows = await work.session.scalars(select(OutboxRow).where(OutboxRow.person_id == person_id))
    return " ".join(str(row.body) for row in rows)


async def letter(work: Work, words: str) -> str:
    ids, _, _ = await _couple(work)
    await relay.write(work, ids.mentor, ids.pair, words)
    return await _read(work, ids.mentee)


async def place(work: Work, words: str) -> str:
    ids, mentor, _ = await _couple(work)
    await meetings.propose(work, mentor, ids.pair, [AT], OFFLINE, words)
    return await _read(work, ids.mentee)


async def link(work: Work, words: str) -> str:
    ids, mentor, _ = await _couple(work)
    return (await meetings.propose(work, mentor, ids.pair, [AT], ONLINE, "", words)).link


async def link_later(work: Work, words: str) -> str:
    meeting = await _agreed(work, ONLINE)
    proposer = await who(work, meeting.proposed_by or 0)
    return (await meetings.set_link(work, proposer, meeting.id, words)).link


async def reason(work: Work, words: str) -> str:
    ids, mentor, mentee = await _couple(work)
    offer = await meetings.propose(work, mentor, ids.pair, [AT], OFFLINE)
    await meetings.accept(work, mentee, offer.id, 0)
    await meetings.cancel(work, mentee, offer.id)
    await meeting_words.add(work, mentee, offer.id, words)
    return await _read(work, ids.mentor)


async def reason_of_all(work: Work, words: str) -> str:
    meeting = await _agreed(work, repeat=Repeat(1, date(2026, 10, 14)))
    proposer = await who(work, meeting.proposed_by or 0)
    await meeting_series.call_off_rest(work, proposer, meeting.id)
    await meeting_words.add(work, proposer, meeting.id, words)
    return " ".join(str(row.body) for row in await work.session.scalars(select(OutboxRow)))


async def reason_of_one_in_a_group(work: Work, words: str) -> str:
    mentor, child = await member(work.session, work.school, "Мария"), await member(work.session, work.school)
    pair = await group(work.session, [mentor], [child], is_group=True, title="Кружок")
    meeting = await meetings.propose(work, mentor, pair.id, [AT], OFFLINE)
    await meetings.cancel(work, child, meeting.id)
    await meeting_words.add(work, child, meeting.id, words)
    return await _read(work, mentor.id)


async def _held(work: Work) -> tuple[Work, Person, Meeting]:
    meeting = await _agreed(work)
    after = replace(work, now=AT + timedelta(hours=2))
    mentor = await who(work, meeting.proposed_by or 0)
    await meeting_outcomes.outcome(after, mentor, meeting.id, MeetingStatus.HELD)
    return after, mentor, meeting


async def topic(work: Work, words: str) -> str:
    after, mentor, meeting = await _held(work)
    return (await meeting_diary.write(after, mentor, meeting.id, topic_words=words)).topic_words


async def step(work: Work, words: str) -> str:
    after, mentor, meeting = await _held(work)
    await meeting_diary.write(after, mentor, meeting.id, topic="study")
    return (await meeting_diary.add_step(after, mentor, meeting.id, words, None)).step


async def plan(work: Work, words: str) -> str:
    """Goals, tasks, events, results, wishes, achievements, projects: every verb of a plan reads its words so."""
    return plans.words(words)


async def offered_topic(work: Work, words: str) -> str:
    draft = Draft(topic=words, starts_at=meetups.tomorrow(work))
    return (await encounters.offer(work, await meetups.mentor(work), draft)).topic


async def offered_about(work: Work, words: str) -> str:
    draft = Draft(topic="Кем стать", starts_at=meetups.tomorrow(work), about=words)
    return (await encounters.offer(work, await meetups.mentor(work), draft)).about


async def offered_place(work: Work, words: str) -> str:
    draft = Draft(topic="Кем стать", starts_at=meetups.tomorrow(work), place=words)
    return (await encounters.offer(work, await meetups.mentor(work), draft)).place


async def offered_link(work: Work, words: str) -> str:
    draft = Draft(topic="Кем стать", starts_at=meetups.tomorrow(work), format=ONLINE, link=words)
    return (await encounters.offer(work, await meetups.mentor(work), draft)).link


async def _taken(work: Work, kind: QuestionKind) -> tuple[int, Person, Person]:
    child, helper = await meetups.pupil(work), await meetups.mentor(work)
    await asked.subscribe(work, helper.id, ["career"])
    question, _ = await asked.ask(work, child.id, kind, "career", "Кем мне лучше стать?")
    assert question is not None
    await asked.take(work, helper.id, question.id)
    return question.id, child, helper


async def place_asked_for(work: Work, words: str) -> str:
    key, _, helper = await _taken(work, QuestionKind.REQUEST)
    at = meetups.tomorrow(work)
    return (await asked.meet(work, key, helper.id, at, format=OFFLINE, place=words, by_host=True)).place


async def link_asked_for(work: Work, words: str) -> str:
    key, _, helper = await _taken(work, QuestionKind.REQUEST)
    at = meetups.tomorrow(work)
    return (await asked.meet(work, key, helper.id, at, format=ONLINE, link=words, by_host=True)).link


async def question(work: Work, words: str) -> str:
    child = await meetups.pupil(work)
    await asked.ask(work, child.id, QuestionKind.QUESTION, "career", words)
    return words


async def answer(work: Work, words: str) -> str:
    key, child, helper = await _taken(work, QuestionKind.QUESTION)
    await asked.say_more(work, helper.id, key, words)
    return await _read(work, child.id)


async def one_more_word(work: Work, words: str) -> str:
    key, child, helper = await _taken(work, QuestionKind.QUESTION)
    await asked.say_more(work, helper.id, key, "Расскажу про свою работу")
    await asked.say_more(work, child.id, key, words)
    return await _read(work, helper.id)


FIELDS: dict[str, Field] = {
    one.__name__: one
    for one in (
        letter, place, reason, reason_of_all, reason_of_one_in_a_group, topic, step, plan,
        offered_topic, offered_about, offered_place, place_asked_for, question, answer, one_more_word,
    )
}  # fmt: skip
LINK_FIELDS: dict[str, Field] = {
    one.__name__: one for one in (link, link_later, offered_link, link_asked_for)
}
# Strangers and paper: there the school's rules for letters of a pair open nothing.
ALWAYS = {"plan", "question", "answer", "one_more_word"}

SCHOOL = "read by the school's people alone"
OWN = "about oneself: a name, a class, a day, a number"
SELF = "a date, an hour or a number of the meeting"
# «file.function.step» -> the field of `FIELDS`, or why the other side of a pair never reads it.
ASKED = {
    "relay._told.rules": "letter",
    "relay._which.pair": "letter",
    "relay.relay.words": "letter",
    "relay.relay.words-{}": "letter",
    "relay.relay_report.words": SCHOOL,
    "meeting_times.choose_place.place": "place",
    "meeting_times.choose_place.link": "link",
    "meeting_times._day.{}": SELF,
    "meeting_times._time.time{}": SELF,
    "meeting_times._until.until": SELF,
    "meeting.meeting_link.link": "link_later",
    "meeting.meeting_note.note": "reason",
    "meeting_after.diary.topic": "topic",
    "meeting_after.diary_step.step": "step",
    "meeting_met._day.day": SELF,
    "meeting_met._day.earlier": SELF,
    "meeting_after.diary_step.day": SELF,
    "meeting_after.diary_length.minutes": SELF,
    "encounters.encounter_offer.topic": "offered_topic",
    "encounters.encounter_offer.about": "offered_about",
    "encounters.encounter_offer.seats": SELF,
    "encounters.choose_where.place": "offered_place",
    "encounters.choose_where.link": "offered_link",
    "encounters_pool.pool_ask.words": "question",
    "encounters_pool.pool_answer.words": "answer",
    "encounters_pool.pool_more.words": "one_more_word",
    "goals.goal.goal": "plan",
    "goals.look.words": "plan",
    "goals.achievement.title": "plan",
    "goals.project.title": "plan",
    "goals.project.result": "plan",
    "plan_done.fact.words": "plan",
    "plan_draft.draft.goal": "plan",
    "plan_draft.draft.problem": "plan",
    "plan_draft.event.event": "plan",
    "plan_draft._value.value": "plan",
    "plan_draft._value.own": "plan",
    "plan_words.asked.{}": "plan",
    "plan_words.day.{}": SELF,
    "consent.renew.reason": SCHOOL,
    "guardian.why_not.reason": SCHOOL,
    "guardian.guardian.born": OWN,
    "guardian.guardian.name": OWN,
    "help.help_more.words": SCHOOL,
    "help.to_curator.words": SCHOOL,
    "join.join.birth-date": OWN,
    "join._age.age": OWN,
    "join._application.first-name": OWN,
    "join._application.class": OWN,
    "join._application.name": OWN,
    "join._application.work": SCHOOL,
    "join.intake.last-name": OWN,
    "join.intake.birth-date": OWN,
    "story.story.words": SCHOOL,
    "story.story.words-{}": SCHOOL,
    "pair.no.words": SCHOOL,
    "pair_wishes._ask.words": SCHOOL,
    "privacy.fix.value": OWN,
    "privacy.fix.words": SCHOOL,
    "questionnaire._ask.{}": SCHOOL,
}


async def read_by_the_other_side(work: Work, field: Field, words: str) -> bool:
    """False where the verb said no, kept the words for the curator or left them out."""
    said = ""
    try:
        async with work.session.begin_nested():
            return words in await field(work, words)
    except Refusal as no:
        said = no.text.id
    assert said.startswith(("relay-here-", "plan-no-", "encounters-no-")), said
    return False


@pytest.mark.parametrize("name", FIELDS)
async def test_no_field_hands_on_a_contact_or_a_hurtful_word(work: Work, name: str) -> None:
    passed = [one for one in (*CONTACTS, *HURTFUL) if await read_by_the_other_side(work, FIELDS[name], one)]
    assert passed == []


@pytest.mark.parametrize("name", FIELDS)
async def test_harmless_words_are_handed_on_everywhere(work: Work, name: str) -> None:
    words = "Разбираем дроби в 15:30, кабинет 214, номера 5-12"
    assert await read_by_the_other_side(work, FIELDS[name], words)


@pytest.mark.parametrize("name", [one for one in FIELDS if one not in ALWAYS])
async def test_what_the_school_lets_pass_in_letters_passes_in_every_field_of_a_pair(
    work: Work, name: str
) -> None:
    allowed = RelayRules(rules=dict.fromkeys(Found, Rule.ALLOW))
    work.school.settings = {**work.school.settings, "relay": allowed.to_json()}
    kept = [one for one in (*CONTACTS, *HURTFUL) if not await read_by_the_other_side(work, FIELDS[name], one)]
    assert kept == []


async def test_a_street_may_be_a_place_to_meet_unless_the_school_looks_at_addresses_first(work: Work) -> None:
    library = "Библиотека, ул. Ленина, 5"
    assert await read_by_the_other_side(work, place, library)
    assert not await read_by_the_other_side(work, step, library)
    strict = {**RelayRules().rules, Found.ADDRESS: Rule.HOLD}
    work.school.settings = {**work.school.settings, "relay": RelayRules(rules=strict).to_json()}
    assert not await read_by_the_other_side(work, place, library)
    work.school.settings = {**work.school.settings, "meeting_places": [library]}
    assert await read_by_the_other_side(work, place, library), "the school's own list stands"


@pytest.mark.parametrize("name", LINK_FIELDS)
async def test_an_online_meeting_leads_into_a_room_and_to_nobodys_page(work: Work, name: str) -> None:
    rules = RelayRules(hosts=(*HOSTS, "school1.ru"))
    work.school.settings = {**work.school.settings, "relay": rules.to_json()}
    field = LINK_FIELDS[name]
    assert [one for one in LINKS if await read_by_the_other_side(work, field, one)] == []
    assert [one for one in ROOMS if not await read_by_the_other_side(work, field, one)] == []


def test_a_school_that_lets_links_pass_lets_unknown_rooms_pass_but_no_page_of_a_person() -> None:
    for rule in (Rule.ALLOW, Rule.WARN):
        rules = RelayRules(rules={**RelayRules().rules, Found.LINK: rule})
        assert unfit_link("https://playgame.site/room", rules) is None
        assert unfit_link("https://t.me/masha_kot", rules) is Found.NICK


def test_every_question_answered_in_free_words_says_who_reads_them() -> None:
    found = {name for path in FLOWS.glob("*.py") for name in questions(path)}
    assert sorted(found ^ set(ASKED)) == []
    fields = {one for one in ASKED.values() if one not in (SCHOOL, OWN, SELF)}
    assert fields <= {*FIELDS, *LINK_FIELDS}


def questions(path: Path) -> list[str]:
    """«file.function.step» of every `talk.ask` of a file, with {} for what is not written out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path.stem}.{function.name}.{_step(call.args[0])}"
        for function in ast.walk(tree)
        if isinstance(function, ast.AsyncFunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "ask"
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "talk"
    ]


def _step(first: ast.expr) -> str:
    if isinstance(first, ast.Constant):
        return str(first.value)
    if isinstance(first, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in first.values)
    return "{}"
