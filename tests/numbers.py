"""A programme with meetings and marks over some months, for tests of what is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from actions.work import Work
from program.roles import Category, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage.tables import Answer, Meeting, Pair, Participation, Response
from tests.actions.season import Season

LATER = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


async def met(work: Work, pair: Pair, by: int, on: date, *, held: bool = True) -> Meeting:
    meeting = Meeting(
        school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M2, proposed_by=by,
        status=MeetingStatus.HELD if held else MeetingStatus.MISSED,
        starts_at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC), format=MeetingFormat.OFFLINE,
        uid=f"{work.school.id}-{pair.id}-{on}", created_at=work.now,
    )  # fmt: skip
    work.session.add(meeting)
    await work.session.flush()
    return meeting


async def marked(work: Work, person_id: int, about: int, mark: int, on: date) -> None:
    response = Response(
        school_id=work.school.id, person_id=person_id, code="FB_M", version=1, about=f"meeting:{about}",
        round="2026-2027", finished_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
    )  # fmt: skip
    work.session.add(response)
    await work.session.flush()
    work.session.add(
        Answer(school_id=work.school.id, response_id=response.id, question="FB_M.2", number=mark)
    )


async def pairs_of(
    season: Season, model: str, count: int, category: Category = Category.PUPIL
) -> list[tuple[Pair, Participation, Participation]]:
    """Pairs at work since the middle of September: the pair, its mentor's and its mentee's place."""
    form = model.split(".")[0]
    mentors = await season.places(await season.people(count, category), Side.MENTOR, form)
    mentees = await season.places(await season.people(count, Category.PUPIL), Side.MENTEE, form)
    made = []
    for mentor, mentee in zip(mentors, mentees, strict=True):
        pair = await season.pair(model, [mentor], [mentee])
        pair.starts_on, pair.announced_at = date(2026, 9, 16), season.work.now
        made.append((pair, mentor, mentee))
    await season.work.session.flush()
    return made


async def a_season(work: Work) -> dict[str, list[tuple[Pair, Participation, Participation]]]:
    """Fourteen pairs of pupils and six with teachers, who meet every other week; two have ended, one is on pause."""
    season = Season(work)
    forms = {
        "uch_uch": await pairs_of(season, "uch_uch.nastavnik_podopechny", 14),
        "uchit_uch": await pairs_of(season, "uchit_uch.neuspev", 6, Category.TEACHER),
    }
    for number, (pair, mentor, mentee) in enumerate([*forms["uch_uch"], *forms["uchit_uch"]]):
        for week in range(0, 9, 2):
            on = date(2026, 9, 18) + timedelta(days=7 * week + number % 3)
            if number % 5 == 4 and week > 4:
                continue
            meeting = await met(work, pair, mentor.person_id, on)
            await marked(work, mentee.person_id, meeting.id, 6 + (number + week) % 5, on)
    paused, *_, ended, last = (pair for pair, _, _ in forms["uch_uch"])
    paused.status = PairStatus.PAUSED
    for pair in (ended, last):
        pair.status, pair.closed_at = PairStatus.COMPLETED, datetime(2026, 11, 10, tzinfo=UTC)
    await work.session.flush()
    return forms
