"""«Пауза»: nothing unasked until the person says «продолжить». Answers to what they write come as ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from actions import journal
from actions.tell import tell
from actions.work import Work
from program.outgoing import Choice, Kind, say
from program.pauses import KEY, Pause, pause_of, without
from program.roles import NOT_JOINED
from program.text import Text
from storage import pauses as rows
from storage import people

GO_ON = Choice(Text("pause-go-on"), "f:go-on", style="primary")
LONGER = Choice(Text("pause-longer"), "f:pause")


async def facts(work: Work, person_id: int) -> dict[str, Any]:
    """Whether the person is known, is quiet, and how many messages were kept back; JSON."""
    person = await people.get(work.session, person_id)
    assert person is not None
    pause = pause_of(person.preferences)
    return {
        "stranger": person.state in NOT_JOINED,
        "quiet": pause is not None,
        "missed": await rows.kept_back(work.session, work.school.id, person.id) if pause else 0,
        "curator": work.settings.curator_name or "-",
    }


async def pause(work: Work, person_id: int, until: date | None) -> None:
    """From now on nothing unasked is sent, but what concerns consents and safety."""
    person = await people.lock(work.session, person_id)
    assert person is not None
    earlier = pause_of(person.preferences)
    asked_for = Pause(earlier.since if earlier else work.today, until)
    person.preferences = {**person.preferences, KEY: asked_for.to_json()}
    after = {"until": until.isoformat() if until else ""}
    await journal.note(work, "person.paused", f"person:{person.id}", after=after)


async def go_on(work: Work, person_id: int) -> None:
    person = await people.lock(work.session, person_id)
    assert person is not None
    if pause_of(person.preferences) is not None:
        person.preferences = without(person.preferences)
        await journal.note(work, "person.unpaused", f"person:{person.id}")


async def ask_ended(work: Work) -> int:
    """Asks those whose pause is over whether to go on; how many. The silence ends with their answer only."""
    asked = 0
    for person in await rows.quiet(work.session, work.school.id):
        pause = pause_of(person.preferences)
        if pause is None or pause.asked or pause.until is None or pause.until > work.today:
            continue
        message = say(Text("pause-is-over"), GO_ON, LONGER).formally()
        key = f"pause-over:{person.id}:{pause.until.isoformat()}"
        asked += await tell(work, person, message, key=key, kind=Kind.NUDGE)
        person.preferences = {**person.preferences, KEY: replace(pause, asked=True).to_json()}
    return asked
