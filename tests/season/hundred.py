"""The school of the season: a hundred pairs, each problem planted twice, some phones lost. Ready to be lived through."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time

from bot.sender import Sender
from bot.web.messenger import WebMessenger
from storage.database import Database
from tests.bot.post import LINKS
from tests.bot.wires import telegram
from tests.build import school as build_school
from tests.season.year import EXAMS, FIRST, HOLIDAYS, ZONE, Moving, Planted, Year, lose_phones

PAIRS = 100
PLANTED = tuple(Planted) * 2  # each problem twice
LOST = 4  # people whose phones are gone


@asynccontextmanager
async def hundred_pairs(database: Database) -> AsyncIterator[Year]:
    """The morning of the first school day in an empty database."""
    clock = Moving(datetime.combine(FIRST, time(8), ZONE))
    settings = {"holidays": list(HOLIDAYS), "exams": list(EXAMS), "curator_name": "Мария Ивановна"}
    school = build_school(now=clock.now, settings=settings)
    async with database.transaction() as session:
        session.add(school)
    async with telegram() as wire:
        sender = Sender(database, clock, LINKS, [WebMessenger(database, clock), wire.messenger])
        year = Year(database, school, sender, clock, random.Random(2026))
        await year.furnish(PAIRS, PLANTED)
        await lose_phones(database, [duo.mentee for duo in year.duos[-LOST:]])
        for duo in year.duos[-LOST:]:
            wire.world.blocks(5_000_000 + duo.mentee)
        yield year
