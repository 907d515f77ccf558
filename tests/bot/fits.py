"""Can every channel show it? By the limits that each declares, and by VK's own rules for keyboards."""

from __future__ import annotations

from actions.links import Links
from bot.messenger import Capabilities, Outgoing
from bot.render import render, units
from bot.telegram.messenger import TelegramMessenger
from bot.vk.messenger import VkMessenger, keyboard
from bot.web.messenger import WebMessenger
from locales import Texts
from program.outgoing import Message
from tests.worlds.vk_keyboard import read_keyboard

LINKS = Links("https://school.example.org", "a secret of the test")
CHANNELS: dict[str, Capabilities] = {
    "telegram": TelegramMessenger.capabilities,
    "vk": VkMessenger.capabilities,
    "web": WebMessenger.capabilities,
}


def shown(message: Message, can: Capabilities, *, familiar: bool = False) -> Outgoing:
    words = Texts("ru", familiar=familiar)
    return render(message, words, can, address="1", key=1, resolve=lambda url: LINKS.resolve(url, 1))


def keeps_limits(outgoing: Outgoing, can: Capabilities) -> None:
    assert 0 < units(outgoing.text) <= can.text_limit
    buttons = [button for row in outgoing.rows for button in row]
    inline = len(buttons) <= can.buttons and len(outgoing.rows) <= can.rows
    lower = len(buttons) <= 40 and len(outgoing.rows) <= can.lower_rows
    assert inline or lower
    for row in (*outgoing.rows, *(outgoing.lower or ())):
        assert 1 <= len(row) <= can.row
        for button in row:
            assert 0 < units(button.label) <= can.label_limit
            assert button.data.isascii()
            assert len(button.data) <= 60
    if can is VkMessenger.capabilities and (drawn := keyboard(outgoing.rows, outgoing.lower)):
        read_keyboard(drawn)  # VK's own rules


def fits_everywhere(message: Message) -> None:
    for can in CHANNELS.values():
        keeps_limits(shown(message, can), can)
