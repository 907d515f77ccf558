"""A parent answers in a messenger; the same rules as on the page."""

from __future__ import annotations

from program.channels import Channel
from program.roles import Category, PersonState
from storage.tables import Consent, Guardianship, Invitation, OutboxRow, Person
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.web.conftest import Pages, words


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
    await chat.says("Котова Ирина Олеговна")
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
    await chat.says("Котова Ирина Олеговна")
    await chat.presses("talk-change", "guardian-kind-pd", "guardian-refuse")
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
        assert "законный представитель" in words(page)
        await browser.post(pages.chat(await chat.person()), data={"text": "Котов Пётр Ильич"})
    told = await rows(pages.database, OutboxRow, channel=Channel.TELEGRAM)
    assert "guardian-check" in [text["id"] for text in told[-1].body["texts"]]
    assert "Котов" not in str(told[-1].body)
