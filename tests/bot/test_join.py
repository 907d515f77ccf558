"""Joining by conversation: consents before data, one question at a time, nothing lost and nothing doubled."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from actions import directories, guardians, invitations
from actions.guardians import Adult, Relation
from actions.work import Work
from bot.messenger import Heard
from program.channels import Channel
from program.consents import ConsentKind, ConsentMethod
from program.directories import Directory
from program.roles import PersonState
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import (
    Consent,
    Conversation,
    Invitation,
    Participation,
    Person,
    Response,
    School,
)
from tests import build
from tests.bot.chat import Chat
from tests.bot.scenes import SCENES
from tests.conftest import rows

AGREE_ALL = ("join-agree",) * 4


@pytest.fixture
def chat(database: Database, school: School, now: datetime) -> Chat:
    return Chat(database, now)


async def invite(database: Database, school: School, now: datetime, **values: object) -> Invitation:
    async with database.transaction() as session:
        return (await invitations.invite(Work(session, school, now), **values))[0]  # type: ignore[arg-type]


async def test_a_teacher_joins_as_a_mentor_and_goes_on_to_the_questionnaire(chat: Chat) -> None:
    assert await chat.starts() == ["basics-hello"]
    assert await chat.presses("menu-join") == ["join-begin", "join-category"]
    assert await chat.presses("category-teacher") == ["join-side"]
    assert await chat.presses("join-side-mentor") == ["join-form-mentor"]
    assert await chat.presses("join-with-uchit-uch-mentor") == ["join-consent"]
    await chat.presses(*AGREE_ALL)
    assert "join-full-name" in chat.ids or "talk-private" in chat.ids
    person = await chat.person()
    assert person.last_name == ""  # nothing personal before the end


async def test_each_question_says_which_it_is_and_never_more_come_than_was_said(chat: Chat) -> None:
    """The number is what will be asked, or the most that may be; known for sure once all that it hangs on is said."""
    ways = (
        "category-teacher", "join-side-both", "join-with-uchit-uch-mentor", *AGREE_ALL[:3], "join-full-text",
    )  # fmt: skip
    await chat.starts()
    await chat.presses("menu-join")
    seen = [chat.number]
    for way in ways:
        await chat.presses(way)
        seen.append(chat.number)
    assert seen.pop() == seen[-1], "the same question in other words"
    assert [number for number, _, _ in seen] == list(
        range(1, 8)
    )  # the eighth is the name, on the signed page
    assert [total for _, total, _ in seen] == [11, *[8] * 6]
    assert [sure for _, _, sure in seen] == [False, False, *[True] * 5]
    await chat.presses("join-agree")
    assert chat.ids == ["talk-private"]


async def test_whoever_the_school_knows_is_asked_little_and_told_so(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        person = build.person(
            await session.merge(school, load=False), state=PersonState.INVITED, birth_date=None
        )
        session.add(person)
    card = await invite(database, school, now, purpose="mentee", person_id=person.id, form="uch_uch")
    await chat.starts(card.token)
    assert chat.number == (1, 7, False)  # is it you, the age, at most four consents and a birth date
    await chat.presses("join-yes-me")
    assert chat.number == (2, 7, False)
    await chat.says("15")
    assert chat.number == (3, 6, True)


async def test_a_form_of_the_schools_own_is_chosen_by_its_name(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        words = directories.Words("Олимпиадный клуб")
        await directories.add(work, Directory.FORM, words, "uchit_uch")
    await chat.starts()
    await chat.presses("menu-join", "category-teacher", "join-side-mentor")
    assert await chat.presses("Олимпиадный клуб") == ["join-consent"]


async def test_nothing_is_kept_of_an_adult_who_does_not_consent(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-parent")
    assert chat.ids == ["join-no-place"]
    await chat.says("Хочу участвовать")
    await chat.presses("category-employer")
    await chat.presses("join-refuse")
    assert chat.ids == ["join-refused"]
    person = await chat.person()
    assert person.state == PersonState.VISITOR
    assert person.category is None
    assert await rows(database, Consent) == []
    assert await rows(database, Participation) == []


async def test_a_pupil_below_14_gives_only_a_first_name_and_a_class_until_a_parent_agrees(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-pupil", "join-side-mentee")
    await chat.presses("join-with-uch-uch-mentee")
    assert chat.ids == ["join-age"]
    assert await chat.says("12") == ["join-first-name"]
    assert await chat.says("аня") == ["join-class"]
    assert await chat.says("6 a") == ["join-ask-parent"]
    person = await chat.person()
    assert (person.first_name, person.class_name, person.last_name) == ("Аня", "6А", "")
    (place,) = await rows(database, Participation)
    assert place.status == ParticipationStatus.CONSENT_PENDING
    assert await rows(database, Consent) == []

    async with database.transaction() as session:
        work = Work(session, school, now)
        child = await session.get(Person, person.id)
        mother = await guardians.decide(
            work,
            child,
            Adult("Котова", "Вера", "Петровна", Relation.MOTHER, born=1985),
            dict.fromkeys(guardians.KINDS, True),
            method=ConsentMethod.WEB_FORM,
            channel=Channel.WEB,
        )
    (place,) = await rows(database, Participation)
    assert place.status == ParticipationStatus.CONSENT_PENDING  # the school has not confirmed the mother
    async with database.transaction() as session:
        await guardians.confirm(Work(session, school, now, "user:1"), mother.id, person.id)
    (place,) = await rows(database, Participation)
    assert place.status == ParticipationStatus.IN_BASE


async def test_a_parent_who_refuses_keeps_the_child_out(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-pupil", "join-side-mentee", "join-with-uch-uch-mentee")
    await chat.says("12", "Аня", "6А")
    async with database.transaction() as session:
        work = Work(session, school, now)
        child = await session.get(Person, (await chat.person()).id)
        father = await guardians.decide(
            work,
            child,
            Adult("Котов", "Пётр", "", Relation.FATHER, born=1985),
            dict.fromkeys(guardians.KINDS, True) | {ConsentKind.PD: False},
            method=ConsentMethod.WEB_FORM,
            channel=Channel.WEB,
        )
        await guardians.confirm(work, father.id, child.id)
    (place,) = await rows(database, Participation)
    assert place.status == ParticipationStatus.CONSENT_PENDING


async def test_a_teenager_consents_and_still_waits_for_a_parent(
    database: Database, school: School, now: datetime, chat: Chat
) -> None:
    pupil = build.person(school, "Оля", "Лисина", birth_date=date(2010, 5, 5), state=PersonState.INVITED)
    async with database.transaction() as session:
        session.add(pupil)
    invitation = await invite(database, school, now, purpose="mentee", person_id=pupil.id)
    assert await chat.starts(invitation.token) == ["join-begin", "join-is-it-you"]
    assert await chat.presses("join-yes-me") == ["join-form-mentee"]
    await chat.presses("join-with-uch-uch-mentee")
    await chat.presses(*AGREE_ALL)
    assert chat.ids == ["join-ask-parent"]
    person = await chat.person()
    assert person.id == pupil.id
    assert person.last_name == "Лисина"  # what the school's list says is not overwritten
    assert len(await rows(database, Consent, person_id=pupil.id)) == 4


async def test_a_pupil_of_18_answers_alone_once_the_date_says_so(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-pupil", "join-side-mentor")
    await chat.says("18")
    await chat.presses(*AGREE_ALL)
    chat.channel, chat.address = Channel.WEB, str((await chat.person()).id)
    await chat.says("05.03.2008", "Олег", "11А")
    (place,) = await rows(database, Participation)
    assert place.status == ParticipationStatus.IN_BASE
    assert "join-ask-parent" not in chat.ids


async def test_a_personal_link_of_somebody_else_is_let_go(
    database: Database, school: School, now: datetime, chat: Chat
) -> None:
    pupil = build.person(school, "Оля", state=PersonState.INVITED)
    async with database.transaction() as session:
        session.add(pupil)
    invitation = await invite(database, school, now, purpose="mentee", person_id=pupil.id)
    await chat.starts(invitation.token)
    assert await chat.presses("join-not-me-button") == ["join-not-me"]
    assert await rows(database, Participation) == []


@pytest.mark.parametrize("token", ["no-such-token", "x" * 64, "'; DROP TABLE person; --"])
async def test_a_wrong_link_leads_politely_to_the_curator(chat: Chat, token: str) -> None:
    assert await chat.starts(token) == ["basics-bad-link"]
    assert chat.button("menu-curator").data == "f:curator"


async def test_an_expired_link_is_a_wrong_link(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    invitation = await invite(database, school, now, purpose="mentee", days=1)
    chat.now = now + timedelta(days=2)
    assert await chat.starts(invitation.token) == ["basics-bad-link"]


async def test_the_same_event_twice_changes_nothing(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.sends(Heard.TEXT, "хочу участвовать", event_id="same")
    before = await rows(database, Conversation)
    await chat.sends(Heard.TEXT, "хочу участвовать", event_id="same")
    after = await rows(database, Conversation)
    assert [(c.step, c.turn) for c in before] == [(c.step, c.turn) for c in after]
    assert chat.messages == []


async def test_a_second_press_of_the_same_button_says_already_saved(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join")
    teacher = chat.button("category-teacher").data
    await chat.press_data(teacher)
    assert await chat.press_data(teacher) == ["talk-saved"]


async def test_an_old_button_shows_where_the_person_is_and_writes_nothing(
    chat: Chat, database: Database
) -> None:
    await chat.starts()
    await chat.presses("menu-join")
    teacher = chat.button("category-teacher").data
    await chat.press_data(teacher)
    await chat.presses("join-side-mentor")
    (before,) = await rows(database, Conversation)
    assert await chat.press_data(teacher) == ["talk-stale", "join-form-mentor"]
    (after,) = await rows(database, Conversation)
    assert before.journal == after.journal


async def test_back_asks_the_last_answer_again(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher", "join-side-mentor")
    assert await chat.says("назад") == ["join-side"]
    assert await chat.presses("join-side-mentee") == ["join-consent"]


async def test_leaving_keeps_the_answers_and_going_on_shows_the_same_question(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    assert await chat.says("/cancel") == ["talk-left"]
    assert await chat.says("привет") == ["talk-left"]
    assert await chat.presses("talk-resume") == ["join-side"]


async def test_forgetting_deletes_the_answers(chat: Chat, database: Database) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    await chat.says("выйти")
    assert await chat.presses("talk-forget") == ["talk-forgotten"]
    assert await rows(database, Conversation) == []


async def test_help_in_the_middle_is_answered_and_the_question_comes_back(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    assert await chat.says("помощь") == ["basics-commands-stranger", "join-side"]
    assert await chat.says("мне нужна помощь") == ["care-stranger", "care-contacts", "join-side"]


async def test_the_third_unreadable_answer_offers_a_person(chat: Chat) -> None:
    await chat.starts()
    await chat.presses("menu-join")
    await chat.says("абракадабра", "42", "??")
    assert "talk-offer-person" in chat.ids
    assert chat.button("menu-curator")


@pytest.mark.parametrize(
    ("heard", "text"),
    [(Heard.OTHER, "heard-sticker"), (Heard.OTHER, "heard-voice"), (Heard.TEXT, "\u200b\u202e")],
)
async def test_what_cannot_be_read_gets_a_kind_sentence_and_the_question_again(
    chat: Chat, heard: Heard, text: str
) -> None:
    await chat.starts()
    await chat.presses("menu-join")
    answer = await chat.sends(heard, text)
    assert answer[-1] == "join-category"
    assert [one for one in answer if one != "join-begin"] == [answer[0], answer[-1]]


async def test_a_name_that_is_markup_or_ten_thousand_letters_is_asked_again(
    chat: Chat, database: Database
) -> None:
    await chat.starts()
    await chat.presses("menu-join", "category-pupil", "join-side-mentee", "join-with-uch-uch-mentee")
    await chat.says("12")
    for name in ("<b>Аня</b>", "я" * 10_000, "=HYPERLINK(1)", "12345"):
        assert await chat.says(name) == ["answer-name", "join-first-name"] or "talk-offer-person" in chat.ids
    assert (await chat.person()).first_name == ""


async def test_everything_missing_is_asked_once_the_school_has_confirmed(
    chat: Chat, database: Database, school: School, now: datetime
) -> None:
    pupil = build.person(school, "Аня", "Котова", birth_date=date(2014, 3, 5), state=PersonState.INVITED)
    async with database.transaction() as session:
        session.add(pupil)
    invitation = await invite(database, school, now, purpose="mentee", person_id=pupil.id)
    await chat.starts(invitation.token)
    await chat.presses("join-yes-me", "join-with-uch-uch-mentee")
    async with database.transaction() as session:
        work = Work(session, school, now)
        child = await session.get(Person, pupil.id)
        mother = await guardians.decide(
            work,
            child,
            Adult("Котова", "Вера", "Петровна", Relation.MOTHER, born=1985),
            dict.fromkeys(guardians.KINDS, True),
            method=ConsentMethod.WEB_FORM,
            channel=Channel.WEB,
        )
        await guardians.confirm(work, mother.id, pupil.id)
    await chat.says("анкета")
    assert (await rows(database, Conversation))[0].flow == "intake"
    while (await rows(database, Conversation)) and "join-complete" not in chat.ids:
        await _answer_anything(chat, database)
    (place,) = await rows(database, Participation)
    assert place.status == ParticipationStatus.SEARCHING
    (response,) = await rows(database, Response)
    assert response.code == "INT_ME_P"


async def test_a_surname_is_asked_for_again_as_a_surname(
    database: Database, school: School, now: datetime
) -> None:
    chat = await SCENES["intake-pupil"].begin(database, school, now)
    assert await chat.says("12") == ["answer-last-name", "join-last-name"]


async def _answer_anything(chat: Chat, database: Database) -> None:
    """The first option, or words, or nothing where that is allowed."""
    (conversation,) = await rows(database, Conversation)
    if conversation.accepts.get("many"):
        await chat.says("1")
    elif conversation.options:
        await chat.press_data(f"t:{conversation.turn}:0")
    elif conversation.accepts.get("skip"):
        await chat.says("пропустить")
    else:
        await chat.says("Хочу подтянуть математику")
