"""Where a person can be reached."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    TELEGRAM = "telegram"
    VK = "vk"
    WEB = "web"
    VK_WALL = "vk_wall"  # not a person: the wall of the school's VK community


MESSENGERS = (Channel.TELEGRAM, Channel.VK, Channel.WEB)
