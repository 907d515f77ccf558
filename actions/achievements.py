"""Contests and olympiads with level and diploma; projects and their defence.

An achievement is one person's. A project of a group is common, or one mentee's own, as goals are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from actions import goals, journal
from actions import plans as verbs
from actions.work import Work
from program import plans as rules
from program.errors import Refusal
from program.pictures import picture
from program.roles import Side
from storage import files, meetings
from storage import plans as rows
from storage.tables import Achievement, Pair, PairMember, Project

OLDEST = timedelta(days=366)  # of what may be entered afterwards
LONGEST_FILE = 5 * 2**20


@dataclass(frozen=True)
class Won:
    """What is entered about one contest. `kind`, `level`, `outcome`: of the lists in `program.plans`."""

    title: str
    kind: str
    level: str
    held_on: date
    outcome: str


async def add(work: Work, person_id: int, pair_id: int, about: int, won: Won) -> Achievement | None:
    """Somebody of the pair took part somewhere.

    Args:
        about: whose it is: the speaker's own, or of a mentee where a mentor speaks.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: somebody else's, not members of one pair now, no such kind, or a day that cannot be.
    """
    if await verbs.alarmed(work, person_id, won.title):
        return None
    pair, me = await verbs.mine(work, person_id, pair_id)
    mentees = {one.person_id for one in meetings.present(pair) if one.side == Side.MENTEE}
    if about not in {person_id, *(mentees if me.side == Side.MENTOR else ())}:
        raise Refusal("plan-not-yours")
    return await _enter(work, pair, about, won)


async def enter(work: Work, pair: Pair, about: int, won: Won) -> Achievement:
    """The same by the school. Raises Refusal as `add`."""
    return await _enter(work, pair, about, won)


async def _enter(work: Work, pair: Pair, about: int, won: Won) -> Achievement:
    if about not in {one.person_id for one in pair.members}:
        raise Refusal("plan-not-yours")
    title = rules.words(won.title, 200)
    if not title:
        raise Refusal("plan-words-empty")
    known = (
        (won.kind, rules.ACHIEVEMENTS),
        (won.level, rules.LEVELS),
        (won.outcome, rules.OUTCOMES),
    )
    if any(value not in listed for value, listed in known):
        raise Refusal("plan-choice-unknown")
    if won.held_on > work.today:
        raise Refusal("plan-day-ahead")
    if won.held_on < work.today - OLDEST:
        raise Refusal("plan-day-old")
    found = Achievement(
        school_id=work.school.id, person_id=about, pair_id=pair.id, kind=won.kind, title=title, level=won.level,
        held_on=won.held_on, outcome=won.outcome, entered_by=work.actor, at=work.now,
    )  # fmt: skip
    work.session.add(found)
    await work.session.flush()
    note = {"achievement": found.id, "level": won.level, "outcome": won.outcome}
    await journal.note(work, "achievement.entered", f"pair:{pair.id}", after=note)
    return found


async def attach(work: Work, achievement_id: int, data: bytes) -> Achievement:
    """A picture or a PDF of the diploma, in place of an earlier one. Its name names nobody.

    Raises:
        Refusal: no such achievement, too large, broken, or neither a picture nor a PDF.
    """
    found = await rows.achievement(work.session, work.school.id, achievement_id)
    if found is None:
        raise Refusal("plan-achievement-gone")
    if len(data) > LONGEST_FILE:
        raise Refusal("plan-file-large", megabytes=LONGEST_FILE // 2**20)
    kind, ending = "application/pdf", "pdf"
    if not data.startswith(b"%PDF-"):
        if not data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            raise Refusal("plan-file-kind")
        try:
            shot = picture(data)  # without the place and time of the shot
        except Refusal:
            raise Refusal("plan-file-broken") from None
        kind, ending, data = shot.content_type, shot.ending, shot.data
    old = found.file
    name = f"achievement-{found.id}.{ending}"
    file = await files.keep(work.session, work.school.id, name, kind, data, work.now)
    found.file_id = file.id
    await work.session.flush()
    if old is not None:
        await work.session.delete(old)
    await journal.note(
        work, "achievement.file", f"pair:{found.pair_id}", after={"achievement": found.id, "size": len(data)}
    )
    return found


async def remove(work: Work, achievement_id: int) -> int:
    """Takes back what was entered by mistake, with its diploma; returns the pair. Raises Refusal when gone."""
    found = await rows.achievement(work.session, work.school.id, achievement_id)
    if found is None:
        raise Refusal("plan-achievement-gone")
    file, pair_id = found.file, found.pair_id
    await work.session.delete(found)
    await work.session.flush()
    if file is not None:
        await work.session.delete(file)
    await journal.note(work, "achievement.removed", f"pair:{pair_id}", after={"achievement": achievement_id})
    return pair_id


async def note_project(
    work: Work,
    person_id: int,
    pair_id: int,
    stage: str,
    *,
    project_id: int = 0,
    title: str = "",
    defence_on: date | None = None,
    result: str = "",
    about: int = 0,
) -> Project | None:
    """A project, or its next stage; words left empty stay as they were.

    Args:
        about: whose a new one is, as in `goals.name`. A group's common project is led by its mentors.

    Returns:
        None where the words went to the school's grown-ups instead.

    Raises:
        Refusal: not a member, no such project or stage, a new one without a title.
    """
    if await verbs.alarmed(work, person_id, title, result):
        return None
    if stage not in rules.PROJECT_STAGES:
        raise Refusal("plan-choice-unknown")
    pair, me = await verbs.mine(work, person_id, pair_id)
    found = await rows.project(work.session, work.school.id, project_id) if project_id else None
    if project_id and (found is None or found.pair_id != pair_id or not may_lead(pair, me, found)):
        raise Refusal("plan-project-gone")
    said, outcome = rules.words(title, 200), rules.words(result)
    if found is None:
        if not said:
            raise Refusal("plan-words-empty")
        found = Project(
            school_id=work.school.id,
            pair_id=pair_id,
            person_id=person_id,
            about_id=goals.owner(pair, me, about),
            title=said,
            stage=stage,
            at=work.now,
        )
        work.session.add(found)
    before = {"stage": found.stage} if project_id else {}
    found.stage, found.changed_at = stage, work.now
    found.title, found.result = said or found.title, outcome or found.result or ""
    found.defence_on = defence_on or found.defence_on
    await work.session.flush()
    after = {"project": found.id, "stage": stage}
    await journal.note(work, "project.stage", f"pair:{pair_id}", before, after)
    return found


def may_lead(pair: Pair, me: PairMember, project: Project) -> bool:
    """Whether this member may write its next stage."""
    return not pair.is_group or me.side == Side.MENTOR or project.about_id == me.person_id
