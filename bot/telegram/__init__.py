"""Telegram's door."""

from bot.telegram.late import load_aiogram

load_aiogram()  # before any module of this package asks for a part of it
