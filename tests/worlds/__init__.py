"""Small servers that speak the platforms' methods we use, with their checks, limits, errors and faults."""

from tests.worlds.telegram_world import TelegramWorld
from tests.worlds.vk_world import VkWorld
from tests.worlds.wire import Key, Seen

__all__ = ["Key", "Seen", "TelegramWorld", "VkWorld"]
