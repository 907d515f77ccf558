"""The web chat as a messenger: a sent message is a row that the page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messenger import Button, Capabilities, DeliveryFailed, Outgoing
from program.channels import Channel
from program.roles import PersonState
from storage import webchat
from storage.database import Database
from storage.tables import Person

Clock = Callable[[], datetime]


class WebMessenger:
    """Writes bubbles. What fits into a keyboard of VK fits here, so a school sees in the demo what VK shows."""

    channel = Channel.WEB
    account = "default"
    capabilities = Capabilities(
        text_limit=4096,
        buttons=40,
        row=5,
        rows=10,
        label_limit=40,
        edits=True,
        lower_keyboard=True,  # the menu; it stands under the message that brings it
    )

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put_up(
        self, session: AsyncSession, several: Sequence[tuple[Person | None, Outgoing, str]]
    ) -> list[str | DeliveryFailed]:
        """Ids of the bubbles, within the caller's transaction. The same outbox row again adds nothing.

        A bubble to redraw that is gone is put up anew. Pictures are read from the outbox row by the page.
        """
        ids: dict[int, str | DeliveryFailed] = {}
        fresh = []
        for reader, outgoing, edits in several:
            if reader is None or reader.state == PersonState.ERASED:
                ids[outgoing.key] = DeliveryFailed("gone", permanent=True)
                continue
            rows = _rows(outgoing)
            if edits and await webchat.redraw(session, _number(edits), reader.id, outgoing.text, rows):
                ids[outgoing.key] = edits
                continue
            bubble = {
                "school_id": reader.school_id, "person_id": reader.id, "outbox_id": outgoing.key, "mine": False,
                "words": outgoing.text, "buttons": rows, "at": self._clock(),
            }  # fmt: skip
            fresh.append(bubble)
        ids |= {row: str(bubble) for row, bubble in (await webchat.add_all_ours(session, fresh)).items()}
        return [ids[outgoing.key] for _, outgoing, _ in several]

    async def send(self, outgoing: Outgoing) -> str:
        return await self.edit("", outgoing)

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        try:
            async with self._database.transaction() as session:
                reader = await webchat.reader(session, outgoing.address)
                shown = (await self.put_up(session, [(reader, outgoing, external_id)]))[0]
        except DBAPIError as error:
            raise DeliveryFailed("network") from error
        if isinstance(shown, DeliveryFailed):
            raise shown
        return shown

    async def close(self) -> None:
        """Nothing is held open."""


def _number(raw: str) -> int:
    return int(raw) if raw.isdecimal() else 0


def _rows(outgoing: Outgoing) -> list[Any]:
    return [[_button(button) for button in row] for row in outgoing.rows or outgoing.lower or ()]


def _button(button: Button) -> dict[str, str]:
    pairs = (
        ("label", button.label),
        ("data", button.data),
        ("url", button.url),
        ("style", button.style),
    )
    return {name: value for name, value in pairs if value}
