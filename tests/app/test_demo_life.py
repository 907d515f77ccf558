"""The demo opens with pairs that have lived together for weeks, each thing said and done through the doors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from actions import early_warning
from actions.work import Work
from app.clock import Clock
from app.demo import OTHERS, prepare
from app.settings import load
from app.wiring import build
from program.relay import RelayState
from program.roles import PersonState
from program.states import MeetingStatus, RequestState
from storage import accounts, schools
from storage.database import Database
from storage.tables import (
    Goal,
    HelpRequest,
    Meeting,
    MeetingNote,
    PairWorry,
    Person,
    RelayMessage,
    Response,
)
from tests.conftest import rows

pytestmark = pytest.mark.long


async def test_the_demo_shows_how_pairs_live(database: Database, tmp_path: Path) -> None:
    clock = Clock()
    house = await build(
        load({"NASTAVNIK_DATA_DIR": str(tmp_path)}, tmp_path / "no.env"), database, clock, demo=True
    )
    school, _ = await prepare(house, clock, "пароль, которого хватит")
    async with database.transaction() as session:
        await early_warning.follow(Work(session, await schools.get(session, school.id), clock()))
        logins = {user.login for user in await accounts.of_school(session, school.id)}
    known = [one for one in await rows(database, Meeting) if isinstance(one, Meeting)]
    met = Counter(one.status for one in known)
    ahead = [one for one in known if one.status == MeetingStatus.CONFIRMED]
    assert met[MeetingStatus.HELD] >= 15
    assert met[MeetingStatus.MISSED] == 2
    assert met[MeetingStatus.CONFIRMED] == 3, "to come after the opening"
    assert met[MeetingStatus.PROPOSED] == 1
    assert all(one.starts_at is not None and one.starts_at > clock() for one in ahead)
    letters = [one.state for one in await rows(database, RelayMessage) if isinstance(one, RelayMessage)]
    assert letters == [RelayState.SENT] * 3 + [RelayState.HELD]
    (call,) = await rows(database, HelpRequest)
    assert isinstance(call, HelpRequest)
    assert (call.state, bool(call.action)) == (RequestState.CLOSED, True)
    assert {one.sign for one in await rows(database, PairWorry) if isinstance(one, PairWorry)} >= {
        "lost",
        "low-twice",
    }
    for kept in (MeetingNote, Goal, Response):
        assert await rows(database, kept)
    assert logins == {"curator", *(login for login, *_ in OTHERS)}

    _, opened_again = await prepare(house, clock, "пароль, которого хватит")
    invited = {one.id for one in await rows(database, Person) if one.state == PersonState.INVITED}  # type: ignore[attr-defined]
    await opened_again.newcomers_join()
    left = {one.id for one in await rows(database, Person) if one.state == PersonState.INVITED}  # type: ignore[attr-defined]
    assert (len(invited) - len(left), clock.held) == (10, None)
