"""A conversation begun in a messenger goes on in the web chat, by the link that the bot gave."""

from __future__ import annotations

from tests.bot.chat import Chat
from tests.web.conftest import Pages


async def test_the_open_question_goes_on_on_the_page_and_the_link_works_once(pages: Pages) -> None:
    chat = Chat(pages.database, pages.now)
    await chat.starts()
    await chat.presses("menu-join", "category-teacher")
    await chat.says("другой мессенджер")
    path = f"/join/{chat.text('link-code').args['code']}"
    async with pages.browser() as browser, pages.browser() as stranger:
        assert (await browser.get(path)).status_code == 200
        shown = await browser.post(f"{path}/web", data={"visit": "a" * 24})
        assert "/chat/" in str(shown.url)
        assert "всё продолжается с того же места" in shown.text
        assert "Могу быть наставником" in shown.text, "the open question with its buttons"
        assert (await stranger.get(path)).status_code == 404
        late = await stranger.post(f"{path}/web", data={"visit": "b" * 24})
        assert late.status_code == 404
    person = await chat.person()
    assert pages.links.chat_name(str(shown.url).rsplit("/", 1)[1].partition("#")[0]) == str(person.id)
