"""Builds the house from its settings: everything is made here, once, and handed down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from fastapi import FastAPI

from actions import channel_lines, journal_seal
from actions.accounts import SESSION
from actions.links import Links
from admin import application
from app import __version__, channels, desk, health
from app.copies import Shelf
from app.preview import preview
from app.settings import Settings
from app.watch import Watch
from bot.front import Front
from bot.messenger import Door, Messenger
from bot.pace import Pace
from bot.places import StreamLease
from bot.sender import Sender
from bot.web import routes
from bot.web.messenger import WebMessenger
from bot.web.pages import Site
from program.channels import Channel
from scheduler.metronome import Metronome
from scheduler.packer import Packer
from scheduler.timetable import with_seal
from storage import talks
from storage.database import Database

DEMO_SESSION = timedelta(days=400)  # the demo's clock jumps by weeks; nobody is to be signed out by it


@dataclass
class House:
    """Everything that runs.

    Args:
        doors: the messengers' accounts, the web chat first.
        beginnings: what the bot part does once when it starts, without waiting for it.
    """

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    links: Links
    front: Front
    sender: Sender
    metronome: Metronome
    packer: Packer
    doors: list[Door]
    web: FastAPI
    site: Site
    watch: Watch
    beginnings: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    listens: bool = False  # to the messengers: while it runs, and not in all processes

    def offer_demo(self, show: Callable[[], None]) -> None:
        """A page of a school that has nobody yet may turn the program to the demo."""
        self.web.state.house = replace(self.web.state.house, show_demo=show)

    async def close(self) -> None:
        for door in self.doors:
            await door.messenger.close()
        await self.database.close()


async def build(
    settings: Settings, database: Database, clock: Callable[[], datetime], *, demo: bool = False
) -> House:
    """A house that does not run yet. The database is at head already.

    Args:
        demo: pages say that the people are invented.
    """
    links = await channels.links(settings, database, clock())
    web_chat = WebMessenger(database, clock)
    doors = [Door(web_chat), *_telegram(settings, database), *_vk(settings, database)]
    messengers: list[Messenger] = [door.messenger for door in doors]
    sender = Sender(database, clock, links, messengers)
    front = Front(database, clock, sender)
    metronome = Metronome(database, clock, with_seal(journal_seal.keeping(links.seals)))
    packer = Packer(database, clock)

    def wake() -> None:
        sender.wake()
        packer.wake()

    shelf = Shelf(settings, clock)
    asking = desk.Desk(settings, database, clock, pace=_pace_of_vk(doors))
    watch = Watch(asking, database, clock, doors, sender, shelf.tidy)
    async with database.reading() as session:
        right = await channel_lines.right(session)
    web = application.build(
        database,
        clock,
        links,
        secure_cookies=settings.public_url.startswith("https://"),
        wake=wake,
        wall_ready=desk.wall_ready(right, settings),
        session_life=DEMO_SESSION if demo else SESSION,
        version=__version__,
        copies=shelf,
        check=watch.look,
        channels=asking,
    )
    web.state.house = replace(web.state.house, preview=preview, invented=demo)

    def tested(found: channel_lines.WallRight) -> None:
        ready = desk.wall_ready(found, settings)
        web.state.house = replace(web.state.house, wall_ready=ready)

    asking.tested = tested
    site = Site(database, clock, links, front.receive, demo=demo)
    application.add_first(web, routes.router(site))
    house = House(settings, database, clock, links, front, sender, metronome, packer, doors, web, site, watch)
    web.include_router(health.router(house))
    for door in doors:
        if door.messenger.channel is Channel.TELEGRAM:
            _open_telegram(house, door)
            house.beginnings.append(partial(asking.fill_in, Channel.TELEGRAM))
        elif door.messenger.channel is Channel.VK:
            _open_vk(house, door)
            house.beginnings.append(partial(asking.fill_in, Channel.VK))
    return house


def _telegram(settings: Settings, database: Database) -> list[Door]:
    """Telegram's door, none where there is no token. Imported late: aiogram takes a second to load."""
    if settings.telegram.token is None:
        return []
    from bot.telegram.inbox import TelegramInbox
    from bot.telegram.messenger import TelegramMessenger

    messenger = TelegramMessenger(settings.telegram.token.get_secret_value(), settings.telegram.api_url)
    if settings.telegram.mode == "webhook":
        return [Door(messenger)]
    return [Door(messenger, TelegramInbox(messenger.bot, StreamLease(database, Channel.TELEGRAM)))]


def _vk(settings: Settings, database: Database) -> list[Door]:
    """The VK community's door and its wall; none where there is no token."""
    vk = settings.vk
    if vk.group_id is None:
        return []
    from bot.vk.client import VkClient
    from bot.vk.inbox import VkInbox
    from bot.vk.messenger import VkMessenger
    from bot.vk.wall import VkWall

    doors, client = [], None
    salt = settings.secret()[:8]
    if vk.token is not None:
        client = VkClient(vk.token.get_secret_value(), vk.api_url)
        inbox = VkInbox(client, vk.group_id, StreamLease(database, Channel.VK))
        doors.append(
            Door(VkMessenger(client, vk.group_id, salt=salt), inbox if vk.mode == "long_poll" else None)
        )
    if vk.wall_token is not None or client is not None:
        token = vk.wall_token.get_secret_value() if vk.wall_token else ""
        doors.append(Door(VkWall(token, vk.group_id, vk.api_url, salt=salt, community=client)))
    return doors


def _pace_of_vk(doors: list[Door]) -> Pace | None:
    return next(
        (door.messenger.client.pace for door in doors if door.messenger.channel is Channel.VK),  # type: ignore[attr-defined]
        None,
    )


def _open_telegram(house: House, door: Door) -> None:
    """Its list of commands and, where Telegram is to post its updates, the address for them."""
    from bot.telegram import begin, webhook
    from bot.telegram.messenger import TelegramMessenger

    settings, messenger = house.settings.telegram, door.messenger
    assert isinstance(messenger, TelegramMessenger)
    house.beginnings.append(partial(begin.list_commands, messenger))
    if settings.mode == "webhook":
        assert settings.webhook_secret is not None
        secret, url = settings.webhook_secret.get_secret_value(), house.settings.public_url + webhook.PATH
        application.add_first(
            house.web, webhook.routes(messenger.bot, secret, house.front.receive, house.clock)
        )
        house.beginnings.append(partial(begin.register_webhook, messenger, url, secret))


def _open_vk(house: House, door: Door) -> None:
    """The address for its events, where VK is to post them; where it is not any more, that is taken back."""
    from bot.vk import begin, callback, missed
    from bot.vk.messenger import VkMessenger

    settings, messenger = house.settings.vk, door.messenger
    assert isinstance(messenger, VkMessenger)
    group, client, url = messenger.group_id, messenger.client, house.settings.public_url + callback.PATH
    if settings.mode == "callback":
        assert settings.secret is not None
        secret = settings.secret.get_secret_value()
        ours = callback.Community(group, secret, settings.confirmation)
        application.add_first(house.web, callback.routes(client, ours, house.front.receive, house.clock))
        house.beginnings.append(partial(begin.register_address, client, group, url, secret))

        async def was_here() -> bool:
            async with house.database.reading() as session:
                return await talks.has_heard(session, Channel.VK)

        house.beginnings.append(
            partial(missed.catch_up, client, group, house.front.receive, house.clock, was_here)
        )
    else:
        house.beginnings.append(partial(begin.drop_address, client, group))
