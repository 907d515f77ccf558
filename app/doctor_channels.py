"""The doctor says of each channel what the page «Каналы» says, and where to click."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError

from actions.channel_lines import Line, Stand
from app.checks import Finding, advice, fine, needed, off
from app.desk import CHANNELS, MISSING, Desk
from app.settings import Settings
from program.errors import Refusal
from program.text import Arg, Text
from storage import migrate
from storage.database import Database

# What the operator has to set before there is a channel at all.
OFF = {"telegram": "doctor-telegram-off", "vk": "doctor-vk-off", "vk-wall": "doctor-wall-off"}


async def findings(settings: Settings, now: datetime, *, fix: bool) -> AsyncIterator[Finding]:
    database = await _database(settings)
    desk = Desk(settings, database, lambda: now)
    try:
        for channel in CHANNELS:
            lines = await desk.look(channel)
            if fix:
                for name in dict.fromkeys(one.fix for one in lines if one.stand in MISSING and one.fix):
                    yield await _set(desk, name)
                lines = await desk.look(channel)
            for line in lines:
                yield _finding(line)
    finally:
        if database is not None:
            await database.close()


async def _database(settings: Settings) -> Database | None:
    """None where it cannot be used yet: the doctor has said so, and asks the platforms all the same."""
    database = Database(settings.database_url)
    with suppress(OSError, SQLAlchemyError, PostgresError):
        there = database.path is None or database.path.exists()
        if there and await migrate.is_at_head(database):
            return database
    await database.close()
    return None


async def _set(desk: Desk, name: str) -> Finding:
    try:
        await desk.set(name)
    except Refusal as no:
        return needed("doctor-line", channel=Text(f"channels-thing-{name}"), text=no.text)
    await desk.note(name, "cli")
    return fine("doctor-set", what=Text(f"channels-thing-{name}"))


def _finding(line: Line) -> Finding:
    if line.stand is Stand.OFF:
        return off(OFF[line.key])
    values: dict[str, Arg] = {"channel": Text(f"admin-channel-{line.channel}"), "text": line.text}
    text = "doctor-line"
    if line.where is not None:
        text, values = "doctor-line-where", values | {"where": line.where}
    said = {Stand.FINE: fine, Stand.NEEDED: needed}.get(line.stand, advice)
    return said(text, **values)
