"""«Каналы» against both platforms: what is wrong is named with where to click, one press sets it, nothing tells a secret."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from actions import channel_lines
from actions.channel_lines import Stand
from app.desk import wall_ready
from app.settings import Settings
from app.wiring import House, build
from program.channels import Channel
from program.roles import StaffRole
from storage.database import Database
from storage.tables import JournalEntry, School
from tests.admin.conftest import HOST, Browsers
from tests.app.test_doctor import settings
from tests.worlds import TelegramWorld, VkWorld

SECRET = "a-Secret_0123456789"


@dataclass
class Place:
    """A school with both channels, and a curator before the page."""

    house: House
    settings: Settings
    telegram: TelegramWorld
    vk: VkWorld
    curator: httpx2.AsyncClient
    browsers: Browsers

    async def page(self) -> str:
        answer = await self.curator.get("/settings/channels")
        assert answer.status_code == 200
        for secret in (self.telegram.token, self.vk.token, self.vk.wall_token, SECRET):
            assert secret not in answer.text
        return html.unescape(answer.text)

    async def press(self, what: str, **data: str) -> str:
        answer = await self.curator.post(f"/settings/channels/{what}", data=data)
        assert answer.status_code == 303, answer.text
        return await self.page()

    async def stands(self) -> dict[str, list[Stand]]:
        found: dict[str, list[Stand]] = {}
        async with self.house.database.reading() as session:
            for channel in (Channel.TELEGRAM, Channel.VK):
                for line in (await channel_lines.kept(session, channel))[0]:
                    found.setdefault(line.key, []).append(line.stand)
        return found

    async def journal(self) -> list[str]:
        async with self.house.database.reading() as session:
            lines = await session.scalars(
                select(JournalEntry)
                .where(JournalEntry.action.startswith("settings."))
                .order_by(JournalEntry.id)
            )
            return [str(line.after.get("setting") or line.after.get("right")) for line in lines]


@pytest.fixture
async def place(
    tmp_path: Path, database: Database, school: School, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Place]:
    async with TelegramWorld() as telegram, VkWorld() as vk:
        given = settings(
            tmp_path,
            PUBLIC_URL=HOST,
            TELEGRAM__TOKEN=telegram.token,
            TELEGRAM__API_URL=telegram.url,
            VK__TOKEN=vk.token,
            VK__WALL_TOKEN=vk.wall_token,
            VK__GROUP_ID=str(vk.group_id),
            VK__API_URL=vk.url,
        )
        house = await build(given, database, lambda: now)
        browsers = Browsers(house.web, database, school, now)
        yield Place(house, given, telegram, vk, await browsers.of(), browsers)
        for browser in browsers.opened:
            await browser.aclose()
        for door in house.doors:
            await door.messenger.close()
        assert (telegram.violations, vk.violations) == ([], [])


def buttons(page: str) -> list[str]:
    """What «Исправить» would set."""
    return re.findall(r'name="name" value="([^"]*)"', page)


async def test_what_is_missing_is_set_by_one_press_each_and_noted_once(place: Place) -> None:
    vk = place.vk
    vk.can_message, vk.long_poll = 0, False
    vk.switches["bots_start_button"] = 0
    assert "Ещё не проверяли" in await place.page()
    page = await place.press("check")
    wanted = [
        "telegram-commands",
        "telegram-description",
        "telegram-short",
        "vk-bots",
        "vk-listen",
        "vk-messages",
    ]
    assert sorted(set(buttons(page)) - {"telegram-name", "vk-online"}) == wanted
    assert "Управление → Сообщения → Сообщения сообщества" in page
    for name in wanted:
        page = await place.press("set", name=name)
        assert name not in buttons(page)
    assert await place.press("set", name="vk-messages")  # again: nothing happens
    assert await place.journal() == wanted
    assert (vk.can_message, vk.long_poll, vk.switches["bots_start_button"]) == (1, True, 1)
    assert place.telegram.profile["short_description", ""]
    assert "Всё в порядке" in await place.page()


async def test_each_switch_of_vk_is_named_as_in_its_menu(place: Place) -> None:
    place.vk.kinds["message_deny"] = 0
    place.vk.version = "5.92"
    page = await place.press("check")
    assert "Событие «Запрет на получение» выключено" in page
    assert "Long Poll API → Типы событий → Сообщения: отметьте «Запрет на получение»" in page
    assert "Событие «Входящее сообщение» включено" in page
    assert "Версия API событий 5.92" in page
    assert buttons(page).count("vk-listen") == 1
    page = await place.press("set", name="vk-listen")
    assert "Версия API событий: 5.199" in page
    assert "выключено" not in page


async def test_a_key_without_rights_is_told_so_and_a_press_that_fails_says_where(place: Place) -> None:
    place.vk.community_rights = 4096
    place.vk.can_message = 0
    page = await place.press("check")
    assert "Ключу не хватает права: управление сообществом" in page
    answer = await place.curator.post("/settings/channels/set", data={"name": "vk-messages"})
    assert answer.status_code == 409
    assert "управление сообществом" in answer.text
    assert await place.journal() == []


async def test_words_of_the_schools_own_are_advice_not_a_fault(place: Place) -> None:
    for code in ("", "en"):
        place.telegram.profile["description", code] = "Наш бот"
    place.telegram.menu_button = "web_app"
    await place.press("check")
    stands = await place.stands()
    assert stands["telegram-description"] == [Stand.ADVICE]
    assert stands["telegram-menu"] == [Stand.NEEDED]
    desk = place.house.watch._desk
    await desk.fill_in(Channel.TELEGRAM)
    assert place.telegram.profile["description", ""] == "Наш бот"
    assert place.telegram.profile["short_description", "en"].startswith("Mentoring")
    assert place.telegram.menu_button == "commands"


async def test_a_new_community_gets_the_bots_buttons_at_the_start_its_messages_are_for_people_to_open(
    place: Place,
) -> None:
    place.vk.switches = dict.fromkeys(place.vk.switches, 0)
    place.vk.can_message = 0
    desk = place.house.watch._desk
    for _ in range(2):
        await desk.fill_in(Channel.VK)
    assert place.vk.calls["groups.setSettings"] == 1
    assert (set(place.vk.switches.values()), place.vk.can_message) == ({1}, 0)
    assert await place.journal() == ["vk-bots"]


async def test_a_name_that_is_no_setting_is_refused(place: Place) -> None:
    for name in ("", "telegram-token", "../x"):
        answer = await place.curator.post("/settings/channels/set", data={"name": name})
        assert answer.status_code == 409
    assert place.vk.calls["groups.setSettings"] == 0


async def test_only_those_who_keep_the_settings_come_here(place: Place) -> None:
    reader = await place.browsers.of(StaffRole.DIRECTOR)
    assert (await reader.get("/settings/channels")).status_code == 403
    for what in ("check", "set", "wall"):
        assert (await reader.post(f"/settings/channels/{what}", data={"name": "vk-bots"})).status_code == 403


async def test_a_platform_that_does_not_answer_is_one_line(place: Place) -> None:
    place.telegram.fail("502")
    place.vk.fail("500")
    page = await place.press("check")
    stands = await place.stands()
    assert (stands["telegram-away"], stands["vk-away"]) == ([Stand.NEEDED], [Stand.NEEDED])
    assert "не отвечает" in page


@pytest.mark.parametrize(
    ("change", "said", "ready"),
    [
        ({}, "Новости выйдут сами, с картинками.", True),
        ({"user_rights": 8192}, "Новости выйдут сами, но без картинок", True),
        ({"user_rights": 4}, "Ключ выдан без права «стена»", False),
        ({"user_level": 1}, "Владелец ключа не редактор", False),
        ({"wall_token": "another"}, "ВКонтакте не принимает ключ", False),
        ({"wall_token": "another", "community_posts": True}, "Новости выйдут сами, но без картинок", True),
        ({"refusals": {"wall.post": 27}}, "ВКонтакте не даёт этому ключу публиковать", False),
    ],
)
async def test_the_right_to_the_wall_is_tested_without_leaving_a_post(
    place: Place, change: dict[str, object], said: str, ready: bool
) -> None:
    for name, value in change.items():
        setattr(place.vk, name, value)
    page = await place.press("wall")
    assert said in page
    assert place.vk.posts == []
    assert place.vk.calls["wall.post"] <= 2
    assert place.house.web.state.house.wall_ready is ready
    assert len(await place.journal()) == 1
    async with place.house.database.reading() as session:
        found = await channel_lines.right(session)
    assert wall_ready(found, place.settings) is ready, "after the next start as well"


async def test_a_test_of_other_tokens_says_nothing_of_these(place: Place, tmp_path: Path) -> None:
    place.vk.user_level = 0
    await place.press("wall")
    async with place.house.database.reading() as session:
        found = await channel_lines.right(session)
    assert not wall_ready(found, place.settings)
    other = settings(tmp_path, VK__TOKEN="a", VK__WALL_TOKEN="new", VK__GROUP_ID="777")
    assert wall_ready(found, other)
