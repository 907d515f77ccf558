"""A region: one school in the middle of its year, made a thousand times inside the database. All invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    cast,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import CreateIndex, DropIndex

from actions import accounts
from actions.work import Work
from benchmarks._pool import FORM, NOW, YEAR, Rows, furnish
from program.channels import Channel
from program.outgoing import Kind, Message
from program.roles import Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from program.text import Text
from storage import schools
from storage.database import Database
from storage.tables import (
    Address,
    Attendance,
    Base,
    Conversation,
    JournalEntry,
    Meeting,
    OutboxRow,
    Pair,
    PairMember,
    Participation,
    Response,
    SeenEvent,
    WebMessage,
)
from storage.tables.base import BigKey

MENTEES, MENTORS, PAIRS = 60, 40, 40  # and a parent for each: 200 people
STRIDE = 10_000_000  # between the ids of two schools
COPY = 10_000  # between the ids of two copies of a school's past
LOGIN, PASSWORD = "curator", "phrase-of-the-benchmark"
SENT, LATER, DUE = 1_350, 100, 50  # messages of a school on its busiest day: 1,500,000 of a region
PAST = {
    Pair: 1, PairMember: 2, OutboxRow: 150, Meeting: 10, Attendance: 20, JournalEntry: 40, WebMessage: 30,
    Response: 10,
}  # fmt: skip

_numbers = Table("region_number", MetaData(), Column("n", Integer, primary_key=True))


@dataclass(frozen=True)
class Size:
    """How many schools; the messages of a school's busiest day are divided by `thin`."""

    schools: int
    thin: int = 1


async def region(database: Database, size: Size) -> None:
    """Fills an empty database with today; `past` adds what was before."""
    await furnish(database, MENTEES, MENTORS)
    async with database.transaction() as session:
        school = await schools.default(session)
        assert school is not None
        await accounts.add_user(Work(session, school, NOW, "cli"), LOGIN, StaffRole.CURATOR, PASSWORD)
        for table, rows in _year(school.id, size.thin):
            for start in range(0, len(rows), 5_000):
                await session.execute(insert(table), rows[start : start + 5_000])
        inside = [*range(1, PAIRS + 1), *range(MENTEES + 1, MENTEES + PAIRS + 1)]
        paired = update(Participation).where(Participation.person_id.in_(inside))
        await session.execute(paired.values(status=ParticipationStatus.PAIRED))
    async with database.transaction() as session:
        await _number(session, max(size.schools, 101))
        await _at_ease(session)
        for table in Base.metadata.sorted_tables:
            if "school_id" in table.c or table.name in ("school", "seen_event"):
                await session.execute(_schools(table, size.schools, session))
    await settle(database)


async def past(database: Database, begin: int, end: int) -> None:
    """Copies number `begin` to `end` - 1 of every school's past: 150 messages, a pair with 10 meetings, 40 lines a copy."""
    async with database.transaction() as session:
        await _at_ease(session)
        await _without_indexes(session, end - begin > 20)
        for one in PAST:
            await session.execute(_earlier(one.__table__, begin, end, session))  # type: ignore[arg-type]
        await _with_indexes(session)
    await settle(database)


async def settle(database: Database) -> None:
    """What PostgreSQL does by itself sooner or later: counts what there is, and starts ids behind it."""
    if database.is_sqlite:
        return
    async with database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            if "id" in table.c:
                await session.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                        f"GREATEST((SELECT max(id) FROM {table.name}), 1))"
                    )
                )
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM ANALYZE"))


async def _number(session: AsyncSession, most: int) -> None:
    await session.execute(text("CREATE TABLE region_number (n INTEGER PRIMARY KEY)"))
    await session.execute(insert(_numbers), [{"n": n} for n in range(1, most + 1)])


async def _at_ease(session: AsyncSession) -> None:
    """Keys are right by construction; checking each of them would take half of the time."""
    if _is_sqlite(session):
        await session.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))


def _is_sqlite(session: AsyncSession) -> bool:
    assert session.bind is not None
    return session.bind.dialect.name == "sqlite"


def _schools(table: Table, count: int, session: AsyncSession) -> Any:
    """School 1 again as schools 2 to `count`."""
    n = cast(_numbers.c.n, BigKey)
    values = {column.name: _of_school(column, n) for column in table.columns}
    for name in _named_apart(table):
        values[name] = table.c[name] + "-" + cast(n, String)
    chosen = select(*values.values()).select_from(table.join(_numbers, literal(True)))
    return insert(table).from_select(list(values), chosen.where(_numbers.c.n < count), include_defaults=False)


def _of_school(column: Column[Any], n: Any) -> Any:
    if column.name == "is_default":
        return literal(False, Boolean)
    if column.name == "school_id" or (column.table.name == "school" and column.name == "id"):
        return column + n
    if column.name == "id" or column.name == "outbox_id" or column.foreign_keys:
        return column + n * literal_column(str(STRIDE))
    return column


def _named_apart(table: Table) -> set[str]:
    """Texts that only one school may have: those of unique keys without any id, and what repeats them."""
    named = {"outbox": {"address", "lane"}}.get(table.name, set())
    keys = [set(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    for key in [*keys, set(table.primary_key.columns)]:
        texts = [column.name for column in table.columns if column in key and isinstance(column.type, String)]
        if len(texts) == len(key):
            named = named | {texts[-1]}
    return named


def _earlier(table: Table, begin: int, end: int, session: AsyncSession) -> Any:
    """What is over in every school, again and each time a week earlier, from a year ago on."""
    n = _numbers.c.n
    values: dict[str, Any] = {}
    for column in table.columns:
        values[column.name] = _of_past(column, n, session)
    over = [
        n >= begin,
        n < end,
        table.c.id % literal_column(str(STRIDE)) <= literal_column(str(PAST_OF[table.name])),
    ]
    if table.name == "outbox":
        over.append(table.c.sent_at.is_not(None))
    chosen = select(*values.values()).select_from(table.join(_numbers, literal(True))).where(*over)
    return insert(table).from_select(list(values), chosen, include_defaults=False)


PAST_OF: Mapping[str, int] = {one.__tablename__: rows for one, rows in PAST.items()}
# What follows the copies.
_AGAIN = {("meeting_attendance", "meeting_id"), ("pair_member", "pair_id"), ("journal_entry", "number")}
_OTHERS = {  # other people each time: nobody is at a school for a hundred years
    ("pair_member", "person_id"): MENTORS, ("pair_member", "participation_id"): MENTORS, ("response", "person_id"): MENTEES,
}  # fmt: skip


def _of_past(column: Column[Any], n: Any, session: AsyncSession) -> Any:
    where = (column.table.name, column.name)
    if column.name in ("id", "outbox_id") or where in _AGAIN:
        return column + n * literal_column(str(COPY))
    if where == ("meeting", "pair_id"):
        return column - column % literal_column(str(STRIDE)) + 1 + n * literal_column(str(COPY))
    if where in _OTHERS:
        return column + n % literal_column(str(_OTHERS[where]))
    if where in {("response", "round"), ("pair", "year")}:
        return cast(2026 - n, String) + "-" + cast(2027 - n, String)
    if where == ("pair", "status"):
        return literal(PairStatus.COMPLETED.value)
    if where in {("outbox", "key"), ("meeting", "uid")}:
        return column + "~" + cast(n, String)
    if column.name in ("at", "created_at", "due_at", "sent_at", "starts_at", "closed_at", "finished_at"):
        return _years_before(column, n, session)
    return column


def _years_before(column: Column[Any], n: Any, session: AsyncSession) -> Any:
    if _is_sqlite(session):
        return func.strftime("%Y-%m-%d %H:%M:%f000", column, "-" + cast((n + 52) * 7, String) + " days")
    return column - func.make_interval(0, 0, n + 52)


async def _without_indexes(session: AsyncSession, many: bool) -> None:
    """Many rows go in several times faster before the indexes than after."""
    if _is_sqlite(session) or not many:
        return
    for index in _indexes():
        await session.execute(DropIndex(index))
    session.info["indexes"] = _indexes()


async def _with_indexes(session: AsyncSession) -> None:
    for index in session.info.pop("indexes", ()):
        await session.execute(CreateIndex(index))


def _indexes() -> Sequence[Any]:
    tables = [one.__table__ for one in PAST]
    return [index for table in tables for index in sorted(table.indexes, key=lambda one: str(one.name))]  # type: ignore[attr-defined]


def _year(school: int, thin: int) -> Sequence[tuple[type[Base], Rows]]:
    """One school's autumn: pairs with meetings, messages of its busiest day, what was said and changed."""
    pairs, members, meetings, came = _pairs(school)
    return (
        (Pair, pairs),
        (PairMember, members),
        (Meeting, meetings),
        (Attendance, came),
        (Address, _addresses(school)),
        (OutboxRow, _messages(school, thin)),
        (SeenEvent, [
            {"channel": Channel.TELEGRAM, "account": "default", "event_id": f"e{n}", "at": NOW - timedelta(minutes=n)}
            for n in range(400 // thin)
        ]),
        (Conversation, [
            {"person_id": n, "school_id": school, "flow": "help", "step": "words", "turn": 1,
             "channel": Channel.TELEGRAM, "started_at": NOW, "updated_at": NOW}
            for n in range(50, 56)
        ]),
        (WebMessage, [
            {"school_id": school, "person_id": n % MENTEES + 1, "mine": n % 2 == 0, "words": "Спасибо!",
             "at": NOW - timedelta(hours=n + 1)}
            for n in range(PAST[WebMessage])
        ]),
        (JournalEntry, _changes(school)),
    )  # fmt: skip


def _pairs(school: int) -> tuple[Rows, Rows, Rows, Rows]:
    """Pair n: mentee n and mentor MENTEES + n. Meetings 1 to 10 are held, the others are to come."""
    began = NOW - timedelta(days=10)
    pairs: Rows = [
        {"id": n, "school_id": school, "year": YEAR, "form": FORM, "status": PairStatus.ACTIVE, "score": 80,
         "created_at": began, "announced_at": began, "starts_on": began.date()}
        for n in range(1, PAIRS + 1)
    ]  # fmt: skip
    members: Rows = [
        {"school_id": school, "pair_id": n, "person_id": person, "participation_id": person, "side": side,
         "joined_at": began}
        for n in range(1, PAIRS + 1)
        for person, side in ((n, Side.MENTEE), (MENTEES + n, Side.MENTOR))
    ]  # fmt: skip
    meetings: Rows = [
        {"id": n, "school_id": school, "pair_id": n % PAIRS + 1, "kind": MeetingKind.M2, "minutes": 45,
         "status": MeetingStatus.HELD if n <= PAST[Meeting] else MeetingStatus.CONFIRMED,
         "starts_at": NOW - timedelta(days=3) if n <= PAST[Meeting] else NOW + timedelta(days=1, hours=n),
         "closed_at": NOW - timedelta(days=3) if n <= PAST[Meeting] else None,
         "format": MeetingFormat.OFFLINE, "place": "библиотека", "proposed_by": n % PAIRS + 1, "uid": f"m{n}",
         "created_at": began}
        for n in range(1, PAIRS + 1)
    ]  # fmt: skip
    came: Rows = [
        {
            "school_id": school,
            "meeting_id": n,
            "person_id": person,
            "came": True,
            "at": NOW - timedelta(days=3),
        }
        for n in range(1, PAST[Meeting] + 1)
        for person in (n % PAIRS + 1, MENTEES + n % PAIRS + 1)
    ]
    return pairs, members, meetings, came


def _addresses(school: int) -> Rows:
    return [
        {"school_id": school, "person_id": n, "channel": Channel.TELEGRAM, "account": "default",
         "address": f"9{n}", "used_at": NOW - timedelta(hours=1)}
        for n in range(1, MENTEES + MENTORS + 1)
    ]  # fmt: skip


def _messages(school: int, thin: int) -> Rows:
    """Today's: sent, to go later today, due now."""
    body = Message((Text("talk-saved"),)).to_json()
    rows: Rows = []
    for n in range((SENT + LATER + DUE) // thin):
        sent, later = n < SENT // thin, n < (SENT + LATER) // thin
        at = NOW - timedelta(seconds=30 * n) if sent else NOW + timedelta(minutes=n) if later else NOW
        person = n % (MENTEES + MENTORS) + 1
        rows.append({
            "school_id": school, "key": f"bench:{n}", "kind": Kind.NOTICE, "priority": 5, "person_id": person,
            "channel": Channel.TELEGRAM, "account": "default", "address": f"9{person}",
            "lane": f"telegram:default:9{person}", "body": body, "created_at": min(at, NOW), "due_at": at,
            "sent_at": at if sent else None,
        })  # fmt: skip
    return rows


def _changes(school: int) -> Rows:
    """Lines of the journal; their chain is not what is measured."""
    acts = ("pair.approved", "consent.given", "person.changed", "meeting.held")
    return [
        {"school_id": school, "number": 100 + n, "at": NOW - timedelta(hours=n), "actor": "system",
         "action": acts[n % 4], "subject": f"pair:{n % PAIRS + 1}", "origin": "program", "previous": "",
         "hash": f"{n:064}"}
        for n in range(PAST[JournalEntry])
    ]  # fmt: skip
