"""The web chat as a messenger: a sent message is a row that the page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

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

    async def send(self, outgoing: Outgoing) -> str:
        """The bubble's id. The same outbox row again adds nothing. Pictures are not shown here."""
        try:
            async with self._database.transaction() as session:
                person = _present(await webchat.reader(session, outgoing.address))
                return str(
                    await webchat.add_ours(
                        session,
                        school_id=person.school_id,
                        person_id=person.id,
                        outbox_id=outgoing.key,
                        words=outgoing.text,
                        buttons=_rows(outgoing),
                        at=self._clock(),
                    )
                )
        except DBAPIError as error:
            raise DeliveryFailed("network") from error

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        """Redraws the bubble; one that is gone is sent anew."""
        try:
            async with self._database.transaction() as session:
                person = _present(await webchat.reader(session, outgoing.address))
                redrawn = await webchat.redraw(
                    session, _number(external_id), person.id, outgoing.text, _rows(outgoing)
                )
        except DBAPIError as error:
            raise DeliveryFailed("network") from error
        return external_id if redrawn else await self.send(outgoing)

    async def close(self) -> None:
        """Nothing is held open."""


def _present(person: Person | None) -> Person:
    if person is None or person.state == PersonState.ERASED:
        raise DeliveryFailed("gone", permanent=True)
    return person


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
