"""The web chat without a script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from actions import accounts
from actions.care_staff import STAFF_CHAT
from actions.work import Work
from bot.messenger import Button, DeliveryFailed, Heard, Incoming, Outgoing
from bot.web.chat import event_id
from bot.web.messenger import WebMessenger
from program.channels import Channel
from program.outgoing import Kind
from program.roles import PersonState, StaffRole
from storage import schools
from storage.tables import Address, OutboxRow, Person, StaffChat, WebMessage
from tests.conftest import rows
from tests.web.conftest import Pages, buttons, hidden, words


async def test_a_whole_turn_works_by_forms_alone(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(person))
        answer = await browser.post(pages.chat(person), data={"nonce": hidden(page, "nonce"), "text": "меню"})
    assert answer.status_code == 200
    assert str(answer.url).startswith(f"https://school.test{pages.chat(person)}")
    assert "Ты: меню" in words(answer)
    assert "Бот:" in words(answer)
    assert 'role="log"' in answer.text


async def test_the_menu_stands_under_the_message_that_brings_it(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"text": "меню"})
    assert "f:help" in [data for _, data in buttons(page)]


async def test_the_same_form_sent_twice_is_one_message(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(person))
        form = {"nonce": hidden(page, "nonce"), "text": "меню"}
        for _ in range(2):
            await browser.post(pages.chat(person), data=form)
    assert [row.mine for row in await rows(pages.database, WebMessage)].count(True) == 1


async def test_other_words_from_the_same_page_are_heard(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        nonce = hidden(await browser.get(pages.chat(person)), "nonce")
        for text in ("меню", "помощь"):
            await browser.post(pages.chat(person), data={"nonce": nonce, "text": text})
    said = [row.words for row in await rows(pages.database, WebMessage) if row.mine]
    assert said == ["меню", "помощь"]


async def test_a_pressed_button_is_said_by_its_label_and_old_buttons_are_gone(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"text": "мне нужна помощь"})
        label, data = buttons(page)[0]
        page = await browser.post(
            pages.chat(person), data={"nonce": hidden(page, "nonce"), "data": data, "text": ""}
        )
    assert f"Ты: {label}" in words(page)
    assert data not in [other for _, other in buttons(page)]


async def test_a_label_is_not_taken_from_the_form(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"data": "f:menu", "text": "чужие слова"})
    assert "чужие слова" not in words(page)


async def test_what_is_written_stays_text(pages: Pages) -> None:
    person = await pages.person()
    said = "<script>alert(1)</script> \u202eсправа\x00"
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"text": said})
    assert "<script>alert" not in page.text
    assert "alert(1)" in words(page)
    assert [row.words.count("\x00") for row in await rows(pages.database, WebMessage) if row.mine] == [0]
    pressed = Incoming(Channel.WEB, "1", "1", Heard.PRESS, pages.now, data="f:\x00menu\ud800")
    assert pressed.data == "f:menu?"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Без ссылки <b>и</b> с точкой.", "Без ссылки &lt;b&gt;и&lt;/b&gt; с точкой."),
        ("Встреча: https://school.example/a?b=1&c=2 <i>", '<a href="https://school.example/a?b=1&amp;c=2"'),
        ("Спросите на www.school.ru.", '<a href="https://www.school.ru"'),
        ("Пишите: post@school.ru", '<a href="mailto:post@school.ru"'),
    ],
)
async def test_links_of_what_the_bot_says_can_be_pressed_and_nothing_else_is_markup(
    pages: Pages, said: str, shown: str
) -> None:
    person = await pages.person()
    await WebMessenger(pages.database, pages.clock).send(Outgoing(str(person.id), said, 1))
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(person))
    assert shown in page.text
    assert not re.search(r"<[bi]>", page.text)
    assert page.text.count('rel="noopener noreferrer nofollow"') == shown.count('="https:')


async def test_a_foreign_or_broken_address_leads_politely_to_the_curator(pages: Pages) -> None:
    person = await pages.person()
    good = pages.chat(person)
    async with pages.browser() as browser:
        for bad in (good[:-2], "/chat/1", "/chat/" + "x" * 5000):
            for answer in (await browser.get(bad), await browser.post(bad, data={"text": "меню"})):
                assert answer.status_code == 404
                assert "куратору" in words(answer)
        assert (await browser.get("/chat/%00")).status_code == 404


async def test_the_chat_of_an_erased_person_is_closed(pages: Pages) -> None:
    person = await pages.person(state=PersonState.ERASED)
    async with pages.browser() as browser:
        assert (await browser.get(pages.chat(person))).status_code == 404


async def test_the_address_is_kept_from_others(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.get(pages.chat(person))
        unfit = await browser.get("/chat/nothing")
    for answer in (page, unfit):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "style=" not in answer.text
        assert "onclick" not in answer.text


async def test_another_site_cannot_speak_for_a_person(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser(origin="https://evil.example") as browser:
        assert (await browser.post(pages.chat(person), data={"text": "меню"})).status_code == 403


async def test_the_log_is_silent_until_something_changes(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"text": "меню"})
        stamp = page.text.split('data-stamp="')[1].split('"')[0]
        assert (await browser.get(f"{pages.chat(person)}/log?stamp={stamp}")).status_code == 204
        messenger = WebMessenger(pages.database, pages.clock)
        await messenger.send(Outgoing(str(person.id), "Напоминание", 900))
        changed = await browser.get(f"{pages.chat(person)}/log?stamp={stamp}")
    assert "Напоминание" in words(changed)


async def test_many_messages_in_a_row_are_slowed_down(pages: Pages) -> None:
    person = await pages.person()
    async with pages.browser() as browser:
        answers = [await browser.post(pages.chat(person), data={"start": ""}) for _ in range(25)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"]
    assert "Ничего не потерялось" in words(answers[-1])


async def test_a_person_of_another_channel_gets_an_address_by_writing(pages: Pages) -> None:
    person = await pages.person()
    async with pages.database.transaction() as session:
        for row in await rows(pages.database, Address):
            await session.delete(await session.merge(row))
    async with pages.browser() as browser:
        await browser.post(pages.chat(person), data={"start": "1"})
    kept = await rows(pages.database, Address)
    assert [(row.channel, row.address) for row in kept] == [(Channel.WEB, str(person.id))]


async def test_the_messenger_shows_one_outbox_row_once(pages: Pages) -> None:
    person = await pages.person()
    messenger = WebMessenger(pages.database, pages.clock)
    letter = Outgoing(str(person.id), "Привет", 7, ((Button("Да", "f:x"),),))
    assert await messenger.send(letter) == await messenger.send(letter)
    assert len(await rows(pages.database, WebMessage)) == 1


async def test_the_messenger_redraws_its_own_bubbles_only(pages: Pages) -> None:
    person = await pages.person()
    other = await pages.person(first_name="Олег")
    messenger = WebMessenger(pages.database, pages.clock)
    first = await messenger.send(Outgoing(str(person.id), "Один", 1))
    assert await messenger.edit(first, Outgoing(str(person.id), "Два", 2)) == first
    assert await messenger.edit(first, Outgoing(str(other.id), "Три", 3)) != first
    assert [row.words for row in await rows(pages.database, WebMessage)] == ["Два", "Три"]


async def test_a_message_to_nobody_is_not_tried_again(pages: Pages) -> None:
    messenger = WebMessenger(pages.database, pages.clock)
    with pytest.raises(DeliveryFailed) as caught:
        await messenger.send(Outgoing("404", "Привет", 1))
    assert caught.value.permanent


async def test_a_poll_can_be_answered_after_another_one_was(pages: Pages) -> None:
    person = await pages.person()
    messenger = WebMessenger(pages.database, pages.clock)
    for key in (1, 2):
        async with pages.database.transaction() as session:
            row = _sent(pages, person.id, key)
            session.add(row)
        poll = ((Button("Да", f"f:x:{key}"),),)
        await messenger.send(Outgoing(str(person.id), "Как встреча?", row.id, poll))
    async with pages.browser() as browser:
        page = await browser.post(pages.chat(person), data={"data": "f:x:2"})
        assert "f:x:1" in [data for _, data in buttons(page)]
        pages.now += timedelta(days=8)
        page = await browser.get(pages.chat(person))
    assert "f:x:1" not in [data for _, data in buttons(page)]


def _sent(pages: Pages, person_id: int, key: int) -> OutboxRow:
    return OutboxRow(
        school_id=pages.school.id,
        key=f"poll:{key}",
        kind=Kind.NOTICE,
        priority=5,
        person_id=person_id,
        channel=Channel.WEB,
        address=str(person_id),
        lane=f"web:default:{person_id}",
        body={"texts": []},
        created_at=pages.now,
        due_at=pages.now,
        sent_at=pages.now,
    )


def test_an_event_is_told_by_person_page_and_words() -> None:
    page = "0123456789abcdef"
    assert event_id(1, page, "да") == event_id(1, page, "да")
    assert event_id(1, page, "да") != event_id(1, page, "нет")
    assert event_id(1, page, "да") != event_id(2, page, "да")
    assert event_id(1, "", "да") != event_id(1, "", "да")
    assert len(event_id(10**12, "x" * 40, "да" * 4000)) <= 100


async def test_a_chat_with_an_account_of_the_admin_opens_to_that_account_only(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its address carries the staff's tasks, so it is no key by itself."""
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    person = await pages.person(category="teacher")
    password = "длинная фраза для входа"
    async with pages.database.transaction() as session:
        work = Work(session, await schools.get(session, pages.school.id), pages.now, "cli")
        own = await accounts.add_user(work, "own", StaffRole.CURATOR, password)
        await accounts.add_user(work, "other", StaffRole.CURATOR, password)
        held = await session.get_one(Person, person.id)
        held.preferences = {STAFF_CHAT: True}
        session.add(StaffChat(school_id=held.school_id, user_id=own.id, person_id=held.id, since=pages.now))
    chat = pages.chat(person)
    for login in ("", "other"):
        async with pages.browser(**{"Sec-Fetch-Site": "same-origin"}) as browser:
            if login:
                await browser.post("/login", data={"login": login, "password": password})
            shut = await browser.get(chat, follow_redirects=False)
            assert (shut.status_code, shut.headers["location"]) == (303, f"/login?next={chat}")
            said = await browser.post(chat, data={"text": "задачи"}, follow_redirects=False)
            assert said.headers["location"].startswith("/login")
            assert (await browser.get(f"{chat}/log?stamp=1")).status_code == 204
    assert await rows(pages.database, WebMessage) == []
    async with pages.browser(**{"Sec-Fetch-Site": "same-origin"}) as browser:
        page = await browser.post("/login", data={"login": "own", "password": password, "next": chat})
        assert str(page.url).endswith(chat)
        page = await browser.post(chat, data={"text": "задачи"})
        assert "Вы: задачи" in words(page)
