"""The page behind the QR code."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete

from actions import calendars
from actions.webchat import number_of
from actions.work import Work
from program.channels import Channel
from program.roles import PersonState
from storage.tables import Address, Invitation, Person
from tests.conftest import NOW, rows
from tests.web.conftest import Pages, buttons, hidden, words

TOKEN = "any-token-0123456789"


async def test_three_ways_one_press_each(pages: Pages) -> None:
    token = await pages.invitation()
    async with pages.browser() as browser:
        page = await browser.get(f"/join/{token}")
    assert page.status_code == 200
    assert f"https://t.me/nastavnik_bot?start={token}" in page.text
    assert f"https://vk.me/school1?ref={token}" in page.text
    assert f'action="/join/{token}/web"' in page.text
    assert "Школа № 1" in words(page)
    assert "Мария Ивановна" in words(page)


async def test_a_channel_that_is_off_is_not_offered(pages: Pages) -> None:
    pages.links.telegram_bot = ""
    async with pages.database.transaction() as session:
        school = await session.merge(pages.school)
        school.settings = {**school.settings, "enabled_channels": ["telegram", "web"]}
    token = await pages.invitation()
    async with pages.browser() as browser:
        page = await browser.get(f"/join/{token}")
    assert "t.me" not in page.text
    assert "vk.me" not in page.text
    assert "Чат здесь" in words(page)


async def test_opening_the_page_uses_nothing_up_and_keeps_nothing(pages: Pages) -> None:
    token = await pages.invitation(uses_left=1)
    async with pages.browser() as browser:
        for _ in range(3):
            assert (await browser.get(f"/join/{token}")).status_code == 200
    [invitation] = await rows(pages.database, Invitation)
    assert invitation.uses_left == 1
    assert await rows(pages.database, Person) == []


async def test_the_web_chat_begins_with_the_first_question(pages: Pages) -> None:
    token = await pages.invitation()
    async with pages.browser() as browser:
        page = await browser.get(f"/join/{token}")
        chat = await browser.post(f"/join/{token}/web", data={"visit": hidden(page, "visit")})
    assert "/chat/" in str(chat.url)
    assert 'name="data"' in chat.text
    [visitor] = await rows(pages.database, Person)
    [address] = await rows(pages.database, Address)
    assert visitor.state == PersonState.VISITOR
    assert (address.channel, address.address) == (Channel.WEB, str(visitor.id))


async def test_pressing_twice_makes_one_visitor(pages: Pages) -> None:
    token = await pages.invitation()
    async with pages.browser() as browser:
        form = {"visit": hidden(await browser.get(f"/join/{token}"), "visit")}
        urls = {str((await browser.post(f"/join/{token}/web", data=form)).url) for _ in range(2)}
    assert len(urls) == 1
    assert len(await rows(pages.database, Person)) == 1


async def test_a_personal_card_goes_on_in_the_same_browser_and_a_class_card_in_none(pages: Pages) -> None:
    person = await pages.person(state=PersonState.INVITED)
    personal = await pages.invitation(person_id=person.id)
    for_all = await pages.invitation(token="class-token-0123456789")
    async with pages.browser() as browser:
        chat = await browser.post(f"/join/{personal}/web")
        again = await browser.get(f"/join/{personal}")
        assert chat.url.path in again.text
        assert "Начать новый чат" in words(again)
        # A computer of the school: the next pupil must not be led into the chat of the one before.
        first = await browser.post(f"/join/{for_all}/web")
        assert "/chat/" not in (await browser.get(f"/join/{for_all}")).text
        second = await browser.post(f"/join/{for_all}/web")
        assert second.url.path != first.url.path
    async with pages.browser() as stranger:
        assert "/chat/" not in (await stranger.get(f"/join/{personal}")).text


async def test_a_personal_invitation_opens_the_chat_of_its_person(pages: Pages) -> None:
    person = await pages.person(state=PersonState.INVITED)
    token = await pages.invitation(person_id=person.id, uses_left=1)
    async with pages.browser() as browser:
        chat = await browser.post(f"/join/{token}/web")
    assert chat.url.path == pages.chat(person)
    assert len(await rows(pages.database, Person)) == 1


async def test_a_stranger_with_somebodys_card_keeps_nothing_of_the_owners_chat(pages: Pages) -> None:
    person = await pages.person(state=PersonState.INVITED, first_name="Севастьян", category="pupil")
    token = await pages.invitation(person_id=person.id)
    async with pages.browser() as stranger, pages.browser() as owner:
        theirs = await stranger.post(f"/join/{token}/web")
        again = await stranger.post(theirs.url.path, data={"data": dict(buttons(theirs))["Нет, не я"]})
        assert "Нет, не я" in words(again)
        mine = await owner.post(f"/join/{token}/web")
        assert mine.url.path != theirs.url.path
        joined = await owner.post(mine.url.path, data={"data": dict(buttons(mine))["Да, это я"]})
        assert "Да, это я" in words(joined)
        await owner.post(mine.url.path, data={"text": "мои данные"})
        shown = await stranger.get(theirs.url.path)
        assert "Да, это я" not in words(shown)
        said = await stranger.post(theirs.url.path, data={"text": "мои данные"})
        assert words(said).count("Севастьян") == 1, "the question that the card opened, no more"
        assert theirs.url.path not in (await stranger.get(f"/join/{token}")).text
    async with pages.browser() as another_day:
        assert words(await another_day.get(mine.url.path)).count("Да, это я") == 1
    [kept] = [one for one in await rows(pages.database, Person) if one.id == person.id]
    assert pages.links.resolve("page:chat", kept.id, number_of(kept)).endswith(mine.url.path)
    async with pages.database.transaction() as session:
        await session.execute(delete(Address).where(Address.channel == Channel.WEB))
    async with pages.browser() as stranger:
        assert (await stranger.get(theirs.url.path)).status_code == 404
        assert (await stranger.get(mine.url.path)).status_code == 200


@pytest.mark.parametrize("personal", [True, False])
async def test_only_the_own_used_card_leads_on_in_the_same_browser(pages: Pages, personal: bool) -> None:
    person = await pages.person(state=PersonState.INVITED)
    token = await pages.invitation(person_id=person.id if personal else None)
    async with pages.browser() as browser:
        chat = await browser.post(f"/join/{token}/web")
        async with pages.database.transaction() as session:
            [invitation] = await rows(pages.database, Invitation)
            (await session.merge(invitation)).uses_left = 0
        again = await browser.get(f"/join/{token}")
    assert (again.url.path == chat.url.path) is personal
    assert (again.status_code == 404) is not personal


async def test_a_parents_link_leads_to_the_parents_page(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await browser.get(f"/join/{token}")
    assert page.url.path == f"/consent/{token}"


@pytest.mark.parametrize(
    "flaw",
    [
        {"uses_left": 0},
        {"expires_at": "past"},
        {"revoked_at": "past"},
        {"token": "other"},
    ],
)
async def test_an_unfit_link_leads_to_the_curator(pages: Pages, flaw: dict[str, object]) -> None:
    past = pages.now - timedelta(minutes=1)
    await pages.invitation(**{key: past if value == "past" else value for key, value in flaw.items()})
    async with pages.browser() as browser:
        for answer in (await browser.get(f"/join/{TOKEN}"), await browser.post(f"/join/{TOKEN}/web")):
            assert answer.status_code == 404
            assert "куратору" in words(answer)
    assert await rows(pages.database, Person) == []


async def test_who_tries_many_tokens_waits_with_a_right_one_too(pages: Pages) -> None:
    token = await pages.invitation()
    _, parents = await pages.guardian_link()
    async with pages.browser() as browser:
        tried = [(await browser.get(f"/join/{number:020}")).status_code for number in range(61)]
        assert (tried[-2], tried[-1]) == (404, 429)
        for path in (f"/join/{token}", f"/consent/{parents}"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
        assert (await browser.post(f"/join/{token}/web")).status_code == 429
    assert [person.category for person in await rows(pages.database, Person)] == ["pupil"]


async def test_many_tokens_at_once_have_the_tries_of_one_address_and_right_ones_cost_nothing(
    pages: Pages,
) -> None:
    token = await pages.invitation()
    async with pages.browser() as browser:
        for _ in range(70):
            assert (await browser.get(f"/join/{token}")).status_code == 200
        found = await asyncio.gather(*(browser.get(f"/join/{number:020}") for number in range(100)))
    assert sorted(one.status_code for one in found) == [404] * 60 + [429] * 40


async def test_the_page_speaks_english_when_asked(pages: Pages) -> None:
    token = await pages.invitation()
    async with pages.browser() as browser:
        page = await browser.get(f"/join/{token}?lang=en")
    assert '<html lang="en">' in page.text
    assert "Mentoring programme" in words(page)


async def test_the_calendar_feed_is_by_its_own_token(pages: Pages) -> None:
    person = await pages.person()
    path = pages.links.calendar(person.id).removeprefix("https://school.test")
    async with pages.browser() as browser:
        feed = await browser.get(path)
        assert feed.headers["content-type"].startswith("text/calendar")
        assert feed.text.startswith("BEGIN:VCALENDAR")
        wrong = await browser.get(f"/calendar/{pages.links.chat_token(person.id)}.ics")
    assert wrong.status_code == 404


async def test_an_old_address_of_a_calendar_opens_nothing_once_it_was_changed(pages: Pages) -> None:
    person = await pages.person()
    async with pages.database.transaction() as session:
        work = Work(session, await session.merge(pages.school), NOW)
        symbols = [await calendars.address(work, person.id), await calendars.change_address(work, person.id)]
    old, new = (pages.links.resolve(symbol, person.id) for symbol in symbols)
    async with pages.browser() as browser:
        statuses = [
            (await browser.get(address.removeprefix("https://school.test"))).status_code
            for address in (new, old, new.replace(".ics", "x.ics"))
        ]
    assert statuses == [200, 404, 404]
