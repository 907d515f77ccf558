"""A week of the programme in numbers: for the page «Неделя» and, once a week, for the curator's own chat. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog

from actions import early_warning
from actions.nudges import free_for_staff, rules_of
from actions.tell import tell
from actions.work import Work
from program.early_warning import Light
from program.meetings import left_for_curator
from program.nudges import DIGEST_AT, digest_day, monday_of
from program.outgoing import Choice, Kind, say
from program.roles import StaffRole
from program.states import MeetingStatus
from program.text import Arg, Text
from storage import askings, care, meetings, overview
from storage import nudges as rows
from storage.askings import FIRST

log = structlog.get_logger()

READERS = (StaffRole.CURATOR,)
AGREED = (MeetingStatus.CONFIRMED, MeetingStatus.HELD)


@dataclass(frozen=True)
class Week:
    """Counts. `held`: meetings of the week before; `planned`: agreed for, or held in, the week that begins on `monday`.

    `unanswered`: meetings of which nobody said whether they were held. `polls`: questionnaires asked for and not
    answered. `help`: open calls; None for those who do not read them.
    """

    monday: date
    held: int
    planned: int
    pairs: int
    amber: int
    red: int
    unanswered: int
    polls: int
    help: int | None

    @property
    def green(self) -> int:
        return max(self.pairs - self.amber - self.red, 0)


async def week(work: Work, role: StaffRole) -> Week:
    """This week as this member of staff may read it."""
    session, school_id = work.session, work.school.id
    monday = monday_of(work.today)
    begins = datetime.combine(monday, time(), work.zone)
    days = timedelta(days=7)
    before = datetime.combine(monday - days, time(), work.zone)
    after = datetime.combine(monday + days, time(), work.zone)
    lights = list((await early_warning.lights(work, role)).values())
    at_work = await overview.numbers(session, school_id, work.settings.year)
    reads_help = role in early_warning.MAY_READ_ALL
    return Week(
        monday,
        held=await rows.meetings_of(session, school_id, before, begins, MeetingStatus.HELD),
        planned=await rows.meetings_of(session, school_id, begins, after, *AGREED),
        pairs=at_work["pairs"],
        amber=lights.count(Light.AMBER),
        red=lights.count(Light.RED),
        unanswered=len(await meetings.unanswered(session, school_id, left_for_curator(work.now))),
        polls=await _polls(work),
        help=await rows.help_open(session, school_id) if reads_help else None,
    )


async def send(work: Work) -> int:
    """On the first school day of the week, from half past eight on, to every curator with a chat; once a week."""
    local = work.now.astimezone(work.zone)
    day = digest_day(work.today, lambda one: free_for_staff(work, one))
    if not rules_of(work).digest or day != work.today or local.time() < DIGEST_AT:
        return 0
    curators = await care.staff(work.session, work.school.id, READERS)
    chats = await care.chats(work.session, work.school.id, [user.id for user in curators])
    if not chats:
        return 0
    numbers = await week(work, StaffRole.CURATOR)
    message = say(words(numbers), Choice(Text("week-open"), url="page:week"))
    ends = datetime.combine(work.today + timedelta(days=1), time(), work.zone)
    told = 0
    for user_id, person in chats:
        key = f"digest:{numbers.monday.isoformat()}:{user_id}"
        told += await tell(work, person, message, key=key, kind=Kind.NUDGE, expires_at=ends)
    if told:
        log.info("digest.sent", school=work.school.id, accounts=told)
    return told


def words(numbers: Week) -> Text:
    args: dict[str, Arg] = {
        "held": numbers.held,
        "planned": numbers.planned,
        "green": numbers.green,
        "amber": numbers.amber,
        "red": numbers.red,
        "unanswered": numbers.unanswered,
        "help": numbers.help or 0,
        "polls": numbers.polls,
    }
    return Text("week-digest", args)


async def _polls(work: Work) -> int:
    """Questionnaires that somebody was asked for, whose time is not over and which are not answered."""
    keys = await rows.asked(work.session, work.school.id, FIRST, work.now)
    if not keys:
        return 0
    answered = await askings.answered(work.session, work.school.id, work.settings.year)
    open_ = 0
    for key in keys:
        code, round, person, *about = key.removeprefix(FIRST).split(":")
        open_ += (int(person), code, ":".join(about), round) not in answered
    return open_
