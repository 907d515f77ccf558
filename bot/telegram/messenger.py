"""Sending through Telegram."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods import (
    EditMessageText,
    GetMe,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.messenger import Button, Capabilities, DeliveryFailed, Mail, Mailed, Outgoing, Still, certainly
from bot.telegram import again
from bot.telegram.client import call, make_bot, make_pace
from bot.telegram.update import ALLOWED
from program.channels import Channel

log = structlog.get_logger()

CAPTION = 1024  # UTF-16 units under a photo
ALBUM = 10
STYLES = {"primary", "danger", "success"}
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


class TelegramMessenger:
    """One bot, for sending. Plain text only: names and answers of people are never markup."""

    channel = Channel.TELEGRAM
    # Those that wait for their place are counted, too: fourteen reach 30 a second while an answer takes 0.3 s. A kill
    # repeats as many at most.
    together, at_once, drops_repeats = 1, 14, False
    capabilities = Capabilities(
        text_limit=4096, buttons=100, row=8, rows=50, label_limit=64, edits=True, lower_keyboard=True
    )

    def __init__(self, token: str, api_url: str | None = None, account: str = "default") -> None:
        self.account = account
        self.bot: Bot = make_bot(token, api_url)
        self.pace = make_pace()
        self._listed: OrderedDict[str, tuple[tuple[str, str], ...]] = OrderedDict()  # by chat, as told last
        self._albums: OrderedDict[int, list[int]] = (
            OrderedDict()
        )  # of keys whose pictures are out, text is not

    async def send(self, outgoing: Outgoing) -> str:
        """Returns the message's id within its chat.

        Buttons under the message and the lower keyboard exclude each other here; buttons win.
        """
        await self._list_for(outgoing)
        sent, _ = await self._sent(outgoing)
        return sent

    async def mail(self, mail: Mail) -> Mailed:
        """As `send`, behind everybody who waits for an answer; pictures are sent once and named afterwards."""
        (address,) = mail.addresses
        outgoing = replace(mail.outgoing, address=address)
        try:
            sent, uploads = await self._sent(outgoing, mail.uploads, mail.still)
        except DeliveryFailed as failed:
            if not (mail.uploads and failed.broken and "file" in str(failed.__cause__).lower()):
                raise
            # Telegram knows these pictures no longer.
            sent, uploads = await self._sent(outgoing, (), mail.still)
        return Mailed((sent,), uploads)

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        """Redraws an earlier message; falls back to a new one where it is gone. Returns its id.

        What only replaces another (`outgoing.replaces`) is never sent anew.
        """
        if outgoing.remove:
            return await again.remove(self.bot, self.pace, external_id, outgoing)
        markup = keyboard(outgoing.rows, None)
        inline = markup if isinstance(markup, InlineKeyboardMarkup) else None
        method = EditMessageText(
            chat_id=outgoing.address,
            message_id=again.words_of(external_id),
            text=outgoing.text,
            parse_mode=None,
            link_preview_options=NO_PREVIEW,
            reply_markup=inline,
        )
        try:
            await call(self.bot, self.pace, method, outgoing.address)
        except DeliveryFailed as failed:
            words = str(failed.__cause__).lower()
            if "message is not modified" in words:
                return external_id
            if not any(
                gone in words for gone in ("message to edit not found", "can't be edited", "no text in")
            ):
                raise
            if outgoing.replaces and "no text in" in words:
                return await again.recaption(self.bot, self.pace, external_id, outgoing, inline)
            if outgoing.replaces:
                raise DeliveryFailed("cannot-edit", broken=True) from failed.__cause__
            log.info("telegram.redrawn_anew", message=outgoing.key)
            return await self.send(outgoing)
        return external_id

    async def probe(self) -> None:
        await call(self.bot, self.pace, GetMe())

    async def username(self) -> str:
        """The bot's public name, for https://t.me/<name>?start=…"""
        me = await call(self.bot, self.pace, GetMe())
        return str(me.username)

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str | None = None) -> None:
        """The list behind the «/» button: name, description."""
        menu = [BotCommand(command=name, description=words) for name, words in commands]
        await call(self.bot, self.pace, SetMyCommands(commands=menu, language_code=language))

    async def _list_for(self, outgoing: Outgoing) -> None:
        """What this reader may do, behind the «/» of their own chat. Without it the list for everybody stays."""
        if not outgoing.commands or self._listed.get(outgoing.address) == outgoing.commands:
            return
        menu = [BotCommand(command=name, description=words) for name, words in outgoing.commands]
        scope = BotCommandScopeChat(chat_id=outgoing.address)
        try:
            await call(self.bot, self.pace, SetMyCommands(commands=menu, scope=scope))
        except DeliveryFailed as failed:
            log.info("telegram.commands.not_listed", message=outgoing.key, reason=failed.reason)
            if not failed.broken:
                return  # with the next message; what stands in its way stands in the way of this one, too
        self._listed[outgoing.address] = outgoing.commands
        while len(self._listed) > 10_000:
            self._listed.popitem(last=False)

    async def set_webhook(self, url: str, secret: str) -> None:
        """From now on Telegram posts updates to `url`, with `secret` in a header."""
        method = SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED)
        await call(self.bot, self.pace, method)

    async def close(self) -> None:
        await self.bot.session.close()

    async def _sent(
        self, outgoing: Outgoing, uploads: tuple[str, ...] = (), still: Still | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """The message's id, and what Telegram calls its pictures. `still`: as `call` takes it."""
        markup = keyboard(outgoing.rows, outgoing.lower)
        if not outgoing.photos:
            return await self._send_text(outgoing, markup, still), ()
        if len(outgoing.photos) == 1 and units(outgoing.text) <= CAPTION:
            (picture,) = uploads or (_file(outgoing.photos[0]),)
            photo = SendPhoto(
                chat_id=outgoing.address,
                photo=picture,
                caption=outgoing.text or None,
                parse_mode=None,
                reply_markup=markup,
            )
            message = await call(self.bot, self.pace, photo, outgoing.address, still=still)
            return str(message.message_id), _names([message])
        named = await self._send_album(outgoing, uploads, still)
        # The words of an album that is out go in any case.
        return await self._send_text(outgoing, markup, still and certainly), named or uploads

    async def _send_text(self, outgoing: Outgoing, markup: Markup, still: Still | None) -> str:
        method = SendMessage(
            chat_id=outgoing.address,
            text=outgoing.text,
            parse_mode=None,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )
        message = await call(self.bot, self.pace, method, outgoing.address, still=still)
        return again.join(message.message_id, self._albums.pop(outgoing.key, ()))

    async def _send_album(
        self, outgoing: Outgoing, uploads: tuple[str, ...], still: Still | None
    ) -> tuple[str, ...]:
        """Pictures before their text; not again when only the text failed. Returns what Telegram calls them."""
        if outgoing.key in self._albums:
            return ()
        pictures = uploads or [_file(photo) for photo in outgoing.photos[:ALBUM]]
        if len(pictures) == 1:
            method: TelegramMethod[Any] = SendPhoto(chat_id=outgoing.address, photo=pictures[0])
        else:
            media = [InputMediaPhoto(media=picture) for picture in pictures]
            method = SendMediaGroup(chat_id=outgoing.address, media=list(media))
        sent = await call(self.bot, self.pace, method, outgoing.address, still=still)
        messages = sent if isinstance(sent, list) else [sent]
        self._albums[outgoing.key] = [one.message_id for one in messages]
        while len(self._albums) > 1_000:
            self._albums.popitem(last=False)
        return _names(messages)


def keyboard(rows: tuple[tuple[Button, ...], ...], lower: tuple[tuple[Button, ...], ...] | None) -> Markup:
    if rows:
        return InlineKeyboardMarkup(inline_keyboard=[[_inline(button) for button in row] for row in rows])
    if lower is None:
        return None
    if not lower:
        return ReplyKeyboardRemove(remove_keyboard=True)
    keys = [[KeyboardButton(text=button.label) for button in row] for row in lower]
    return ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, is_persistent=True)


def units(text: str) -> int:
    """Length as Telegram counts it: an emoji of a family is up to eleven."""
    return len(text.encode("utf-16-le")) // 2


def _inline(button: Button) -> InlineKeyboardButton:
    style = button.style if button.style in STYLES else None
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url, style=style)
    return InlineKeyboardButton(text=button.label, callback_data=button.data, style=style)


def _names(messages: Sequence[Message]) -> tuple[str, ...]:
    """What Telegram calls the pictures of these messages, the largest size of each."""
    return tuple(message.photo[-1].file_id for message in messages if message.photo)


def _file(photo: tuple[str, str, bytes]) -> BufferedInputFile:
    name, _, content = photo
    return BufferedInputFile(content, filename=name)
