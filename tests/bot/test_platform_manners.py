"""What a messenger expects of a well-mannered bot: «печатает…» only when it is slow, quiet in groups, commands for
each reader, one place in the chat for a page. Source: ux.md B6, B15, B50.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from actions.work import Work
from bot import heard, menu
from bot.commands import FOR, listed
from bot.messenger import Incoming, Outgoing
from bot.places import StreamLease
from locales import Texts, has
from program.channels import Channel
from program.roles import Category, PersonState
from program.text import Text
from storage.database import Database
from storage.tables import Person, School
from tests import build
from tests.bot.chat import Chat
from tests.bot.conftest import Season
from tests.bot.explorer import HERE, Explorer, forked, say
from tests.bot.wires import WIRES, Ears, listening, until
from tests.worlds import TelegramWorld, VkWorld

ANYA = 1001
BOTH = pytest.mark.parametrize("channel", list(WIRES))


@BOTH
async def test_typing_is_shown_while_an_answer_is_slow_and_never_otherwise(
    database: Database, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    monkeypatch.setattr(heard, "SLOW", 0.02)
    monkeypatch.setattr(heard, "AGAIN", 0.02)
    async with WIRES[channel]() as wire:
        lease = StreamLease(database, Channel(channel), "default")
        shown_twice = asyncio.Event()

        async def slowly(incoming: Incoming) -> None:
            if incoming.text == "медленно":
                await until(lambda: len(wire.world.typing) > 1)
                shown_twice.set()

        async with listening(wire.inbox(lease), slowly):  # type: ignore[arg-type]
            await until(lambda: wire.world.calls[wire.polling] > 0)
            wire.world.says(ANYA, "быстро")
            wire.world.says(ANYA, "медленно")
            await asyncio.wait_for(shown_twice.wait(), 5)
            wire.world.says(ANYA, "быстро")
        assert set(wire.world.typing) == {ANYA}
        assert wire.world.violations == []


async def test_the_community_leaves_a_group_conversation_and_says_nothing_there(database: Database) -> None:
    async with WIRES["vk"]() as wire:
        assert isinstance(wire.world, VkWorld)
        ears = Ears()
        async with listening(wire.inbox(StreamLease(database, Channel.VK, "default")), ears):
            await until(lambda: wire.world.calls["a_check"] > 0)
            wire.world.says_in_chat(ANYA, 7, "Кто чей наставник?")
            wire.world.says(ANYA, "лично")
            await until(lambda: bool(ears.heard) and bool(wire.world.left))
        assert ears.words == ["лично"]
        assert wire.world.left == [7]
        assert wire.world.violations == []


async def test_a_reader_finds_their_own_commands_behind_the_button_and_hears_of_them_once() -> None:
    async with WIRES["telegram"]() as wire:
        world = wire.world
        assert isinstance(world, TelegramWorld)
        world.says(ANYA, "Здравствуйте")
        for number, commands in enumerate(
            ((), (("menu", "Меню"),), (("menu", "Меню"),), (("tasks", "Задачи"),))
        ):
            await wire.messenger.send(Outgoing(str(ANYA), "Привет", number + 1, commands=commands))
        assert world.calls["setMyCommands"] == 2
        (mine,) = [value for where, value in world.scoped.items() if str(ANYA) in str(where)]
        assert mine == [{"command": "tasks", "description": "Задачи"}]
        assert world.violations == []


async def test_each_role_is_offered_what_it_can_do_and_help_is_ten_lines_at_most(
    season: Season, now: datetime
) -> None:
    wanted = {
        "stranger": {"start", "sos", "help", "privacy", "contact", "cancel", "settings"},
        "mentor": {"plan", "write", "idea", "training", "meeting"},
        "mentee": {"plan", "write", "idea", "meeting"},
        "parent": {"mymentor"},
        "staff": {"tasks"},
    }
    for name, its_own in wanted.items():
        async with forked(season.database) as rows:
            await season.sits(rows, name)
            async with rows.transaction() as session:
                work = Work(session, await session.merge(season.school, load=False), now)
                known = await session.get(Person, season.seats[name])
                person = known or build.person(season.school, state=PersonState.VISITOR)
                offered = set(await listed(work, person))
            assert its_own <= offered, name
            others = {command for command in FOR if command not in offered}
            explorer = Explorer(rows, now)
            said = await explorer.does(say("/help"))
            (message,) = said.messages
            words = Texts("ru", familiar=name == "mentee")
            lines = [line for text in message.texts for line in words(text).splitlines()]
            assert len(lines) <= 10, (name, lines)
            for command in offered:
                assert not {"talk-unknown", "talk-defect"} & set(
                    (await explorer.does(say(f"/{command}"))).ids
                ), command
                await explorer.does(say("/cancel"))
            for command in others - {"start", "menu"}:  # never silence, never somebody else's door
                told = await explorer.does(say(f"/{command}"))
                assert told.messages, (name, command)
                assert told.open is None or command == "pause", (name, command, told.ids)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_command_is_described_and_understood(language: str) -> None:
    for name in FOR:
        words = Texts(language)(Text(f"command-{name}"))
        assert has(f"command-{name}", language)
        assert 1 <= len(words) <= 256
        assert menu.command(f"/{name}") or menu.control(f"/{name}"), name


def test_the_menu_has_six_entries_at_most_with_the_curator_among_them() -> None:
    for entries in (menu.HOME, menu.VISITOR_HOME, menu.STAFF_HOME):
        assert len(entries) <= 6
        assert menu.TO_CURATOR in entries
        order = [one for one in menu.HOME if one in entries]
        assert [one for one in entries if one in menu.HOME] == order, "the same order everywhere"


@pytest.mark.parametrize("words", ["стоп", "СТОП", "/stop", "Stop"])
async def test_stop_with_nothing_open_names_the_ways_out_and_does_nothing_yet(
    database: Database, school: School, now: datetime, words: str
) -> None:
    async with database.transaction() as session:
        person = build.person(school, category=Category.TEACHER)
        session.add(person)
        await session.flush()
        session.add(build.address(person, Channel.VK, HERE))
    chat = Chat(database, now, Channel.VK, HERE)
    assert await chat.says(words) == ["basics-stop"]
    assert [row[0].data for row in chat.messages[0].rows] == [
        "f:pause",
        "f:privacy-withdraw",
        "f:privacy-erase",
        "f:curator",
    ]
    assert await Chat(database, now, Channel.VK, "556").says(words) == ["basics-stop-stranger"]


async def test_what_was_left_stays_left_until_it_is_asked_for(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        person = build.person(school, category=Category.TEACHER)
        session.add(person)
        await session.flush()
        session.add(build.address(person, Channel.VK, HERE))
    chat = Chat(database, now, Channel.VK, HERE)
    await chat.says("мне нужна помощь", "отмена")
    assert await chat.says("моя пара") == ["basics-no-place"]
    await chat.says("написать куратору")
    assert await chat.says("Когда встреча?") == ["care-curator-sent"]
    assert await chat.says("Продолжить") == ["care-ask", "care-contacts"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("ПОМОЩЬ", "commands"), ("Помощь!", "commands"), ("моЯ ПАРА", "my-pair"), ("паУза", "pause"), ("МЕНЮ.", "menu"),
     ("Мои данные", "privacy"), ("Задачи", "tasks"), ("что ты умеешь?", "commands")],
)  # fmt: skip
def test_words_open_what_commands_open_in_any_case(said: str, meant: str) -> None:
    assert menu.command(said) == meant


def test_yo_and_ye_are_the_same_letter() -> None:
    for words in [one for one in (*menu.COMMANDS, *menu.CONTROLS) if "е" in one or "ё" in one]:
        assert menu._bare(words.replace("е", "ё")) == menu._bare(words.replace("ё", "е")), words


async def test_a_greeting_is_returned_and_unknown_words_are_not_taken_for_leaving(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        person = build.person(school)
        session.add(person)
        await session.flush()
        session.add(build.address(person, Channel.VK, HERE))
    chat = Chat(database, now, Channel.VK, HERE)
    assert await chat.says("Привет!") == ["basics-hello-again"]
    assert await chat.says("ыыы") == ["talk-unknown"]
    await chat.says("написать куратору", "отмена")
    assert await chat.says("ыыы") == ["talk-unknown"], "nothing was written, nothing is kept"
    assert await chat.says("привет") == ["basics-hello-again"]
