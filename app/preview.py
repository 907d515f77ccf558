"""How a news item would be seen: drawn by what draws it when it goes out, so that nothing is shown otherwise."""

from __future__ import annotations

from admin.visit import Seen
from bot.messenger import Capabilities
from bot.render import render, units
from bot.vk.wall import VkWall
from bot.web.messenger import WebMessenger
from locales import Texts
from program.channels import Channel
from program.outgoing import Message

CAPTION = (
    1024  # UTF-16 units under a photo of Telegram; `tests/app/test_preview.py` holds it to the messenger's
)


def preview(message: Message, channel: Channel) -> Seen:
    """`channel`: the wall, or any chat: their limits of text are one."""
    can: Capabilities = VkWall.capabilities if channel is Channel.VK_WALL else WebMessenger.capabilities
    drawn = render(message, Texts("ru"), can, address="", key=0, resolve=lambda url: url)
    labels = tuple(button.label for row in drawn.rows for button in row)
    many = len(message.photos) > 1 or units(drawn.text) > CAPTION
    return Seen(drawn.text, labels, apart=bool(message.photos) and many and channel is not Channel.VK_WALL)
