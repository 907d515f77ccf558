"""A school of 10,000 people in the middle of its year: pairs, meetings, messages, changes. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts
from actions.work import Work
from benchmarks._pool import FORM, NOW, YEAR, Rows, furnish
from program.channels import Channel
from program.outgoing import Kind, Message
from program.roles import Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from program.text import Text
from storage.database import Database
from storage.tables import (
    Address,
    Base,
    JournalEntry,
    Meeting,
    OutboxRow,
    Pair,
    PairMember,
    Participation,
    Person,
    School,
)

MENTEES, MENTORS, PAIRS = 3500, 1500, 1400  # 5,000 pupils, and a parent for each
MEETINGS, MESSAGES, CHANGES = 10, 10, 30_000  # of a pair; of a pupil; of the school
PASSWORD = "phrase-of-the-benchmark"


async def big_school(database: Database) -> None:
    """Fills an empty database; its curator signs in as `curator` with `PASSWORD`."""
    await furnish(database, MENTEES, MENTORS)
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        await accounts.add_user(Work(session, school, NOW, "cli"), "curator", StaffRole.CURATOR, PASSWORD)
        known = await session.execute(select(Participation.person_id, Participation.id))
        places: dict[int, int] = {row[0]: row[1] for row in known}
        pairs = _pairs(school.id, places)
        for table, rows in (*pairs, *_messages(school.id), (JournalEntry, _changes(school.id))):
            for start in range(0, len(rows), 10_000):
                await session.execute(insert(table), rows[start : start + 10_000])
        await _paired(session, places)


def _pairs(school: int, places: dict[int, int]) -> Sequence[tuple[type[Base], Rows]]:
    """Pair n: mentee n and mentor MENTEES + n; the last fifth of the pairs is suggested only."""
    began = NOW - timedelta(days=120)
    pairs: Rows = []
    members: Rows = []
    meetings: Rows = []
    for n in range(1, PAIRS + 1):
        works = n <= PAIRS * 4 // 5
        pairs.append({
            "id": n, "school_id": school, "year": YEAR, "form": FORM, "created_at": began, "score": 50 + n % 50,
            "status": PairStatus.ACTIVE if works else PairStatus.SUGGESTED,
            "announced_at": began if works else None, "starts_on": began.date() if works else None,
        })  # fmt: skip
        for person, side in ((n, Side.MENTEE), (MENTEES + n, Side.MENTOR)):
            members.append({
                "school_id": school, "pair_id": n, "person_id": person, "side": side,
                "participation_id": places[person], "joined_at": began,
            })  # fmt: skip
        for week in range(MEETINGS if works else 0):
            held = week < MEETINGS - 1
            starts = (
                began + timedelta(days=12 * week + n % 7, hours=6) if held else NOW + timedelta(days=n % 5)
            )
            meetings.append({
                "school_id": school, "pair_id": n, "kind": MeetingKind.M2, "starts_at": starts, "minutes": 45,
                "status": MeetingStatus.HELD if held else MeetingStatus.CONFIRMED, "place": "кабинет 214",
                "format": MeetingFormat.OFFLINE, "proposed_by": n, "uid": f"{n}-{week}", "created_at": began, "slots": [],
            })  # fmt: skip
    return ((Pair, pairs), (PairMember, members), (Meeting, meetings))


def _messages(school: int) -> Sequence[tuple[type[Base], Rows]]:
    addresses: Rows = []
    rows: Rows = []
    body = Message((Text("talk-saved"),)).to_json()
    for n in range(1, MENTEES + MENTORS + 1):
        addresses.append({
            "school_id": school, "person_id": n, "channel": Channel.TELEGRAM, "address": f"9{n}", "used_at": NOW,
        })  # fmt: skip
        for m in range(MESSAGES):
            at = NOW - timedelta(days=10 * m, minutes=n % 600)
            lost = (n + m) % 97 == 0
            rows.append({
                "school_id": school, "key": f"bench:{n}:{m}", "kind": Kind.NOTICE, "priority": 5, "person_id": n,
                "channel": Channel.TELEGRAM, "address": f"9{n}", "lane": f"telegram:default:9{n}", "body": body,
                "created_at": at, "due_at": at, "sent_at": None if lost else at,
                "dropped": "unreachable" if lost else "",
            })  # fmt: skip
    return ((Address, addresses), (OutboxRow, rows))


def _changes(school: int) -> Rows:
    """Lines of the journal; their chain is not what is measured."""
    acts = ("pair.approved", "consent.given", "person.changed", "meeting.held")
    return [
        {
            "school_id": school, "number": n + 9, "at": NOW - timedelta(minutes=CHANGES - n), "actor": "user:1",
            "action": acts[n % 4], "subject": f"pair:{n % PAIRS + 1}", "origin": "admin:windows",
            "previous": "", "hash": f"{n:064}",
        }
        for n in range(1, CHANGES + 1)
    ]  # fmt: skip


async def _paired(session: AsyncSession, places: dict[int, int]) -> None:
    """Whoever works in a pair no longer searches."""
    works = PAIRS * 4 // 5
    inside = [places[n] for n in (*range(1, works + 1), *range(MENTEES + 1, MENTEES + works + 1))]
    for start in range(0, len(inside), 500):
        chosen = Participation.id.in_(inside[start : start + 500])
        await session.execute(update(Participation).where(chosen).values(status=ParticipationStatus.PAIRED))
    await session.execute(update(Person).values(gender="female").where(Person.id % 2 == 0))
