"""Cards about meetings of which nobody said whether they took place."""

from __future__ import annotations

from collections.abc import Sequence

from actions import meeting_outcomes
from actions.desk.kinds import CardKind, Shown, Verb
from actions.desk.of_pairs import couple
from actions.work import Work
from locales import dates
from program.meetings import left_for_curator
from program.roles import StaffRole
from program.states import MeetingStatus
from program.text import Text
from storage import desk as rows
from storage import meetings
from storage.tables import User

CURATOR = frozenset({StaffRole.CURATOR})


async def _ids(work: Work, account: User) -> Sequence[int]:
    return await rows.unanswered(work.session, work.school.id, left_for_curator(work.now))


async def _show(work: Work, account: User, key: int) -> Shown | None:
    meeting = await meetings.get(work.session, work.school.id, key)
    if meeting is None or meeting.status != MeetingStatus.CONFIRMED or meeting.starts_at is None:
        return None
    args = couple(meeting.pair) | {"when": dates.moment(meeting.starts_at, work.zone)}
    return Shown(Text("desk-meeting", args), ("held", "moved", "missed"))


async def _held(work: Work, key: int, said: str) -> Text:
    return await _settle(work, key, MeetingStatus.HELD)


async def _moved(work: Work, key: int, said: str) -> Text:
    return await _settle(work, key, MeetingStatus.MOVED)


async def _missed(work: Work, key: int, said: str) -> Text:
    return await _settle(work, key, MeetingStatus.MISSED)


async def _settle(work: Work, key: int, outcome: MeetingStatus) -> Text:
    meeting = await meeting_outcomes.settle(work, key, outcome)
    assert meeting.starts_at is not None
    whole = await meetings.get(work.session, work.school.id, key)
    assert whole is not None
    args = couple(whole.pair) | {"when": dates.moment(meeting.starts_at, work.zone)}
    return Text("desk-meeting-settled", args | {"outcome": Text(f"desk-meeting-{outcome}")})


async def _settled(work: Work, key: int) -> str:
    return await rows.last_actor(work.session, work.school.id, f"meeting:{key}")


KINDS = (
    CardKind(
        "m",
        "meetings",
        _ids,
        _show,
        (
            Verb("held", "meeting-outcome", CURATOR, _held),
            Verb("moved", "meeting-outcome", CURATOR, _moved),
            Verb("missed", "meeting-outcome", CURATOR, _missed),
        ),
        _settled,
    ),
)
