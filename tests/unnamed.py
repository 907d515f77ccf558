"""What the house writes down while people's data go through it, and what of them must not stand there."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import select

from app import log
from storage.database import Database
from storage.tables import Address, Invitation, Person, User

SHORTEST = 6  # signs of a mark: «555» stands in many a number


@contextmanager
def written() -> Iterator[io.StringIO]:
    """All lines of the logs, ours and the libraries', as an operator would get them."""
    root = logging.getLogger()
    handlers, level, stream = list(root.handlers), root.level, io.StringIO()
    log.set_up("json", stream=stream)
    try:
        yield stream
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()


async def marks(database: Database) -> set[str]:
    """Names, telephones, addresses of mail and chats, tokens, logins: whatever tells who somebody is or lets in."""
    found: set[str] = set()
    async with database.reading() as session:
        for one in await session.scalars(select(Person)):
            found |= {one.first_name, one.last_name, one.middle_name, one.phone, one.email}
        for column in (Address.address, Invitation.token, User.login, User.name, User.password_hash):
            found |= set(await session.scalars(select(column)))
    return {one for one in found if one and (len(one) >= SHORTEST or not one.isascii())}


def named_in(words: str, known: set[str]) -> list[str]:
    """Lines that hold a mark, or any letter that is not English: people's words are in Russian, our events are not."""
    told = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))) + "|[^\\x00-\\x7f]")
    return [line for line in words.splitlines() if told.search(line)]
