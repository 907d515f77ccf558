"""A message that is out, once more: its caption, its removal with the album that came before it.

An album and its words are several messages: `join` remembers them all as one id, «105:102+3» for the words 105 and
three pictures from 102 on.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Bot
from aiogram.methods import DeleteMessages, EditMessageCaption
from aiogram.types import InlineKeyboardMarkup

from bot.messenger import DeliveryFailed, Outgoing
from bot.pace import Pace
from bot.telegram.client import call

LONGEST_CAPTION = 1024  # UTF-16 units


def join(message_id: int, album: Sequence[int]) -> str:
    """The id of words with their album. An album that is not in one row cannot be deleted later."""
    if not album or list(album) != list(range(album[0], album[0] + len(album))):
        return str(message_id)
    return f"{message_id}:{album[0]}+{len(album)}"


def words_of(external_id: str) -> int:
    """The id of the message that has the words."""
    return int(external_id.partition(":")[0])


def all_of(external_id: str) -> list[int]:
    """The words and the pictures."""
    _, _, album = external_id.partition(":")
    first, _, count = album.partition("+")
    pictures = range(int(first), int(first) + int(count)) if album else ()
    return [words_of(external_id), *pictures]


async def remove(bot: Bot, pace: Pace, external_id: str, outgoing: Outgoing) -> str:
    """Deletes the message for its reader. Raises `DeliveryFailed`: older than 48 hours, or not there."""
    method = DeleteMessages(chat_id=outgoing.address, message_ids=all_of(external_id))
    try:
        await call(bot, pace, method, outgoing.address)
    except DeliveryFailed as failed:
        if failed.broken:
            raise DeliveryFailed("cannot-remove", broken=True) from failed.__cause__
        raise
    return external_id


async def recaption(
    bot: Bot, pace: Pace, external_id: str, outgoing: Outgoing, markup: InlineKeyboardMarkup | None
) -> str:
    """Other words under a picture. Raises `DeliveryFailed`: too long for that, or not there."""
    if len(outgoing.text.encode("utf-16-le")) // 2 > LONGEST_CAPTION:
        raise DeliveryFailed("cannot-edit", broken=True)
    method = EditMessageCaption(
        chat_id=outgoing.address,
        message_id=words_of(external_id),
        caption=outgoing.text,
        parse_mode=None,
        reply_markup=markup,
    )
    try:
        await call(bot, pace, method, outgoing.address)
    except DeliveryFailed as failed:
        if failed.broken and "message is not modified" not in str(failed.__cause__).lower():
            raise DeliveryFailed("cannot-edit", broken=True) from failed.__cause__
        if not failed.broken:
            raise
    return external_id
