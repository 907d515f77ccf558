"""A school year in numbers: what is counted, of which time, and what of marks may be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from actions import public_page, reports, year_numbers
from actions.work import Work
from program.periods import CODES, before, period
from program.public_page import PublicPage
from program.states import PairStatus
from storage.database import Database
from tests import build
from tests.actions.files import opened, table
from tests.actions.season import YEAR, Season
from tests.numbers import LATER, a_season, marked, met, pairs_of


@pytest.fixture
async def later(work: Work) -> Work:
    """22 November, after a season of twenty pairs."""
    await a_season(work)
    return replace(work, now=LATER)


def test_every_part_of_a_year_has_one_before_that_ends_where_it_begins() -> None:
    for code in CODES:
        one = period(YEAR, code)
        earlier = before(one)
        assert (one.first - earlier.last).days == 1, code
        assert one.first <= one.last
        assert one == period(one.year, one.code)
        assert earlier == period(earlier.year, earlier.code)
    assert [day.month for day in period(YEAR).months] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert period(YEAR, "m02").last == date(2027, 2, 28)
    assert period(YEAR, "nonsense") == period(YEAR)


async def test_the_six_numbers_of_a_year(later: Work) -> None:
    now = (await year_numbers.board(later, period(YEAR))).now
    assert (now.mentors, now.mentees, now.pairs) == (20, 20, 18)
    assert now.meetings == 20 * 5 - 4 * 2
    # Of 17 at work without a pause: every fifth has not met since October.
    assert (now.lately, now.old) == (13, 17)
    assert now.share == 76


async def test_a_month_and_the_month_before_it_stand_side_by_side(later: Work) -> None:
    board = await year_numbers.board(later, period(YEAR, "m10"))
    assert (board.now.meetings, board.past.meetings) == (51, 20)
    assert board.now.pairs == 20, "two ended later"
    assert board.months == (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
    assert board.held == (0, 20, 51, 21)


async def test_pairs_stand_under_their_form_and_state(later: Work) -> None:
    board = await year_numbers.board(later, period(YEAR))
    assert board.forms == {"uch_uch": (11, 1, 2), "uchit_uch": (6, 0, 0)}
    assert board.stages == (40, 40, 40, 0)


async def test_a_pair_that_never_met_and_was_stopped_is_no_work(later: Work) -> None:
    made = await pairs_of(Season(later), "uchit_uch.odaren", 1)
    made[0][0].status, made[0][0].closed_at = PairStatus.STOPPED, LATER
    await later.session.flush()
    assert (await year_numbers.board(later, period(YEAR))).forms["uchit_uch"] == (6, 0, 0)


async def test_what_another_school_does_is_not_counted(later: Work) -> None:
    other = build.school("other")
    later.session.add(other)
    await later.session.flush()
    nothing = (await year_numbers.board(replace(later, school=other), period(YEAR))).now
    assert (nothing.mentors, nothing.pairs, nothing.meetings, nothing.marks.shown) == (0, 0, 0, 0)


async def test_marks_of_a_month_that_is_not_over_are_not_shown(later: Work) -> None:
    marks = (await year_numbers.figures(later, period(YEAR))).marks
    assert (marks.shown, marks.open, marks.hidden) == (71, 21, 0)
    assert marks.mean is not None
    assert 6 <= marks.mean <= 10


async def test_one_more_answer_changes_no_shown_mark(later: Work) -> None:
    seen = [(await year_numbers.figures(later, period(YEAR, code))).marks.counts for code in CODES]
    season = Season(later)
    ((pair, mentor, mentee),) = await pairs_of(season, "uch_uch.lider_tihonya", 1)
    meeting = await met(later, pair, mentor.person_id, date(2026, 11, 20))
    await marked(later, mentee.person_id, meeting.id, 1, date(2026, 11, 20))
    await later.session.flush()
    assert [(await year_numbers.figures(later, period(YEAR, code))).marks.counts for code in CODES] == seen


async def test_marks_of_a_month_with_fewer_than_five_people_stay_hidden_however_many_they_are(
    work: Work,
) -> None:
    season = Season(work)
    for pair, mentor, mentee in await pairs_of(season, "uch_uch.lider_tihonya", 4):
        for day in (1, 5, 9):
            meeting = await met(work, pair, mentor.person_id, date(2026, 10, day))
            await marked(work, mentee.person_id, meeting.id, 9, date(2026, 10, day))
    await work.session.flush()
    marks = (await year_numbers.figures(replace(work, now=LATER), period(YEAR))).marks
    assert (marks.shown, marks.hidden, marks.mean) == (0, 12, None)


async def test_an_empty_school_has_an_empty_board(work: Work) -> None:
    for code in CODES:
        board = await year_numbers.board(work, period(YEAR, code))
        assert (board.now.share, board.now.marks.mean, board.forms) == (None, None, {})


async def test_a_meeting_of_the_night_belongs_to_the_month_of_the_schools_clock(work: Work) -> None:
    ((pair, mentor, _),) = await pairs_of(Season(work), "uch_uch.lider_tihonya", 1)
    meeting = await met(work, pair, mentor.person_id, date(2026, 9, 30))
    meeting.starts_at = datetime(2026, 9, 30, 20, tzinfo=UTC)  # 1 October, 01:00 in Yekaterinburg
    await work.session.flush()
    board = await year_numbers.board(replace(work, now=LATER), period(YEAR))
    assert board.held == (0, 0, 1, 0)


async def test_the_workbook_has_a_chart_below_each_table(later: Work) -> None:
    _, data = await reports.make(later, "numbers", YEAR)
    book = opened(data)
    assert book.sheetnames == ["Главное", "Встречи", "Формы", "Этапы", "Оценки"]
    assert [len(sheet._charts) for sheet in book] == [0, 1, 1, 1, 1]
    assert table(data, "Формы", "Форма")[1:] == [
        ["Ученик – ученик", None, None, None, 14],
        ["Учитель – ученик", 6, 0, 0, 6],
    ]
    for sheet in list(book)[1:]:
        assert sheet._charts[0].anchor._from.row >= sheet.max_row, "the table stays readable"
    _, coverage = await reports.make(later, "coverage", YEAR)
    assert [len(sheet._charts) for sheet in opened(coverage)] == [0, 0, 0, 1, 0]


@pytest.mark.postgres
async def test_postgresql_counts_alike(postgres: Database, now: datetime) -> None:
    async with postgres.transaction() as session:
        school = build.school(now=now)
        session.add(school)
        await session.flush()
        work = Work(session, school, now)
        await a_season(work)
        later = replace(work, now=LATER)
        board = await year_numbers.board(later, period(YEAR))
        assert board.held == (0, 20, 51, 21)
        assert board.forms == {"uch_uch": (11, 1, 2), "uchit_uch": (6, 0, 0)}
        assert (board.now.lately, board.now.marks.shown, board.stages) == (13, 71, (40, 40, 40, 0))
        await public_page.save(later, PublicPage(on=True))
        view = await public_page.view(later)
        assert (view.mentors, view.pairs, [met for _, met in view.months]) == (20, 20, [20, 51])
