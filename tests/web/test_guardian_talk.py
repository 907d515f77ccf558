"""A parent answers in a messenger; the same rules as on the page."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from actions import my_data
from program.channels import Channel
from program.roles import Category, PersonState
from storage.tables import Base, Consent, Conversation, Guardianship, Invitation, OutboxRow, Person
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.web.conftest import Pages, words, work_of


async def parent(pages: Pages, channel: Channel = Channel.VK) -> tuple[Person, Chat, list[str]]:
    child, token = await pages.guardian_link(first_name="Лиза")
    chat = Chat(pages.database, pages.now, channel=channel)
    return child, chat, await chat.starts(token)


async def test_each_purpose_is_its_own_question_and_names_the_child(pages: Pages) -> None:
    _, chat, said = await parent(pages)
    assert "guardian-hello" in said
    await chat.presses("guardian-begin-me")
    for _ in range(4):
        assert "Лиза: Согласие на" in chat.words()
        assert chat.button("guardian-agree")
        assert chat.button("guardian-refuse")
        assert chat.button("guardian-full")
        await chat.presses("guardian-agree")
    assert "guardian-relation" in chat.ids


async def test_answers_reach_the_ledger_and_use_the_link_once(pages: Pages) -> None:
    child, chat, _ = await parent(pages)
    await chat.presses("guardian-begin-me", "guardian-full", "guardian-agree", "guardian-agree")
    await chat.presses("guardian-refuse", "guardian-refuse", "guardian-relation-mother")
    await chat.says("1985", "Котова Ирина Олеговна")
    said = await chat.presses("talk-send")
    assert "guardian-done" in said
    lines = await rows(pages.database, Consent, person_id=child.id)
    assert [(line.kind, line.event, line.channel) for line in lines] == [
        ("pd", "given", Channel.VK),
        ("participation", "given", Channel.VK),
        ("publication", "refused", Channel.VK),
        ("messenger", "refused", Channel.VK),
    ]
    [bond] = await rows(pages.database, Guardianship)
    adult = next(person for person in await rows(pages.database, Person) if person.id == bond.guardian_id)
    assert (adult.state, adult.category) == (PersonState.ACTIVE, Category.PARENT)
    assert (adult.full_name, bond.confirmed_at) == ("Котова Ирина Олеговна", None)
    assert [invitation.uses_left for invitation in await rows(pages.database, Invitation)] == [4]


async def test_where_personal_data_may_not_be_asked_the_name_is_asked_on_the_page(pages: Pages) -> None:
    _, chat, _ = await parent(pages, Channel.TELEGRAM)
    await chat.presses("guardian-begin-me", *["guardian-agree"] * 4)
    said = await chat.presses("guardian-relation-father")
    assert "talk-private" in said


async def test_a_decision_can_be_changed_before_sending(pages: Pages) -> None:
    child, chat, _ = await parent(pages)
    await chat.presses("guardian-begin-me", "guardian-full", *["guardian-agree"] * 4)
    await chat.presses("guardian-relation-mother")
    await chat.says("1985", "Котова Ирина Олеговна")
    await chat.presses("talk-change", "guardian-kind-pd", "guardian-refuse", "talk-skip")
    said = await chat.presses("talk-send")
    assert "guardian-done-refused" in said
    [line] = [line for line in await rows(pages.database, Consent, person_id=child.id) if line.kind == "pd"]
    assert line.event == "refused"


async def test_the_child_is_told_to_pass_the_link_on(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    chat = Chat(pages.database, pages.now, channel=Channel.WEB, address=str(child.id))
    assert "guardian-is-a-pupil" in await chat.starts(token)
    assert await rows(pages.database, Guardianship) == []


async def test_who_is_not_meant_leaves_no_trace(pages: Pages) -> None:
    _, chat, _ = await parent(pages)
    assert "guardian-other-way" in await chat.presses("guardian-begin-other")
    assert await rows(pages.database, Guardianship) == []


async def test_the_name_is_given_on_the_page_and_the_talk_goes_on_in_the_messenger(pages: Pages) -> None:
    _, chat, _ = await parent(pages, Channel.TELEGRAM)
    await chat.presses("guardian-begin-me", *["guardian-agree"] * 4, "guardian-relation-father")
    await pages.sender.drain()
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(await chat.person()))
        assert "В каком году" in words(page)
        page = await browser.post(pages.chat(await chat.person()), data={"text": "05.03.1985"})
        assert "законный представитель" in words(await browser.get(pages.chat(await chat.person())))
        await browser.post(pages.chat(await chat.person()), data={"text": "Котов Пётр Ильич"})
    told = await rows(pages.database, OutboxRow, channel=Channel.TELEGRAM)
    assert "guardian-check" in [text["id"] for text in told[-1].body["texts"]]
    assert "Котов" not in str(told[-1].body)


REFUSED = ("guardian-begin-me", "guardian-refuse", *["guardian-agree"] * 3)


async def refuses(pages: Pages, *why: str) -> tuple[Person, list[Consent], Chat]:
    child, chat, _ = await parent(pages)
    assert "guardian-reason" in await chat.presses(*REFUSED)
    return child, await _to_the_end(pages, chat, child, why), chat


async def _to_the_end(pages: Pages, chat: Chat, child: Person, why: tuple[str, ...]) -> list[Consent]:
    for one in why:
        await (chat.presses(one) if one.startswith(("guardian-", "talk-")) else chat.says(one))
    await chat.presses("guardian-relation-mother")
    await chat.says("1985", "Котова Ирина Олеговна")
    await chat.presses("talk-send")
    return list(await rows(pages.database, Consent, person_id=child.id))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("guardian-reason-time", "Не хватает времени"),
        ("2", "Не хотим передавать данные"),
        ("Переезжаем в декабре", "Переезжаем в декабре"),
        ("talk-skip", ""),
    ],
)
async def test_a_parent_who_says_no_may_say_why(pages: Pages, said: str, kept: str) -> None:
    _, lines, _ = await refuses(pages, said)
    assert [line.reason for line in lines if line.event == "refused"] == [kept]
    assert {line.reason for line in lines if line.event == "given"} == {""}


async def test_who_agrees_to_taking_part_is_not_asked_why_photos_are_not_wanted(pages: Pages) -> None:
    _, chat, _ = await parent(pages)
    said = await chat.presses(
        "guardian-begin-me", *["guardian-agree"] * 2, "guardian-refuse", "guardian-refuse"
    )
    assert "guardian-relation" in said


async def test_the_child_never_reads_why_a_parent_said_no(pages: Pages) -> None:
    child, _, _ = await refuses(pages, "Переезжаем в декабре")
    told = [row for row in await rows(pages.database, OutboxRow) if row.person_id == child.id]
    assert "Переезжаем" not in str([row.body for row in told])
    async with pages.database.reading() as session:
        shown = await my_data.known(work_of(pages, session), child.id, child.id)
    assert "Переезжаем" not in str(shown)


@pytest.mark.parametrize(
    ("year", "said"),
    [("2016", "guardian-younger"), ("2009", "guardian-too-young"), ("2003", "guardian-too-near")],
)
async def test_somebody_too_young_for_a_parent_is_told_what_to_do_and_nothing_is_written(
    pages: Pages, year: str, said: str
) -> None:
    _, chat, _ = await parent(pages)
    await chat.presses("guardian-begin-me", *["guardian-agree"] * 4, "guardian-relation-other")
    await chat.says(year, "Котова Ирина Олеговна")
    assert said in await chat.presses("talk-send")
    for table in (Guardianship, Consent):
        assert await rows(pages.database, table) == []
    assert {person.state for person in await rows(pages.database, Person)} == {"active", "visitor"}


async def test_the_year_of_birth_is_compared_and_not_kept(pages: Pages) -> None:
    _, chat, _ = await parent(pages)
    await chat.presses("guardian-begin-me", *["guardian-agree"] * 4, "guardian-relation-mother")
    await chat.says("1971", "Котова Ирина Олеговна")
    assert "guardian-done" in await chat.presses("talk-send")
    async with pages.database.reading() as session:
        for table in reversed(Base.metadata.sorted_tables):
            kept = str((await session.execute(select(table))).all())
            # As a word or a figure of its own: a random token may hold any four digits.
            assert not re.search(r"(?<![\w.-])1971(?![\w-])", kept), table.name


async def test_a_talk_remembers_which_text_it_shows_and_not_its_words(pages: Pages) -> None:
    _, chat, _ = await parent(pages)
    await chat.presses("guardian-begin-me", "guardian-full")
    [talk] = await rows(pages.database, Conversation)
    facts = talk.journal[0][1]
    assert set(facts["texts"]["pd"]) == {"id", "version", "sha256"}
    assert len(json.dumps(talk.journal, ensure_ascii=False)) < 1500


async def test_a_talk_begun_when_it_remembered_the_words_goes_on(pages: Pages) -> None:
    child, chat, _ = await parent(pages)
    await chat.presses("guardian-begin-me")
    async with pages.database.transaction() as session:
        talk = (await session.scalars(select(Conversation))).one()
        texts = {
            kind: {"id": one["id"], "title": f"Согласие {kind}", "summary": "Кратко.", "full": "Всё целиком."}
            for kind, one in talk.journal[0][1]["texts"].items()
        }
        facts = {name: talk.journal[0][1][name] for name in ("school", "child", "class", "named")}
        talk.journal = [["facts", {**facts, "texts": texts}, "f"], *talk.journal[1:]]
    await chat.presses("guardian-full")
    assert "Всё целиком." in chat.words()
    await chat.presses(*["guardian-agree"] * 4, "guardian-relation-mother")
    await chat.says("1985", "Котова Ирина Олеговна")
    assert "guardian-done" in await chat.presses("talk-send")
    assert all(line.text_id for line in await rows(pages.database, Consent, person_id=child.id))
