"""What the board loads: one page, however many pairs there are; its filters ask the database."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from actions.work import Work
from admin.board import PAGE, Filter, board, busiest
from program.roles import Category, Side
from program.states import PairStatus
from storage.tables import Pair, PairMember, Participation, Person
from tests import build


@pytest.fixture
async def many(work: Work) -> list[Pair]:
    """Thirty suggestions in two classes with scores from 50 to 79, two approved pairs, one of another form."""
    found = []
    for number in range(33):
        mentor = build.person(work.school, f"Наставник{number}", category=Category.TEACHER)
        mentee = build.person(work.school, f"Ученик{number}", class_name="8А" if number % 3 else "8Б")
        work.session.add_all([mentor, mentee])
        await work.session.flush()
        form = "uch_uch" if number < 32 else "uchit_uch"
        places = [
            build.participation(mentor, Side.MENTOR, form),
            build.participation(mentee, Side.MENTEE, form),
        ]
        places[1].role_model = "tutor" if number == 3 else ""
        work.session.add_all(places)
        await work.session.flush()
        status = PairStatus.APPROVED if number in (30, 31) else PairStatus.SUGGESTED
        pair = build.pair(*places, status=status, score=50 + number)
        pair.role_model = "guide" if number == 4 else ""
        found.append(pair)
    work.session.add_all(found)
    await work.session.flush()
    work.session.expunge_all()
    return found


async def test_only_the_pairs_of_the_page_are_loaded(work: Work, many: list[Pair]) -> None:
    seen = await board(work, Filter("uch_uch"), {})
    assert (seen.suggested.count, seen.suggested.pages, len(seen.suggested.pairs)) == (30, 2, PAGE)
    assert [pair.score for pair in seen.suggested.pairs[:2]] == [79, 78]
    assert (seen.approved.count, seen.announceable) == (2, 2)
    assert (seen.undecided["uch_uch"], seen.classes) == (30, ["8А", "8Б"])
    held = [type(one) for one in work.session.identity_map.values()]
    assert held.count(Pair) == len(seen.shown) == PAGE + 2
    assert held.count(Person) <= 2 * (PAGE + 2)
    assert held.count(Participation) <= 2 * (PAGE + 2)
    second = await board(work, Filter("uch_uch", show="suggested", page=2), {})
    assert [pair.score for pair in second.suggested.pairs] == [54, 53, 52, 51, 50]
    assert (second.approved.pairs, second.approved.count) == ((), 2)
    assert await busiest(work) == "uch_uch"


@pytest.mark.parametrize(
    ("by", "suggested"),
    [
        (Filter("uch_uch", score="middle"), 20),
        (Filter("uch_uch", score="low"), 10),
        (Filter("uch_uch", score="high"), 0),
        (Filter("uch_uch", class_name="8Б"), 10),
        (Filter("uch_uch", model="tutor"), 1),
        (Filter("uch_uch", model="guide"), 1),
        (Filter("uch_uch", class_name="8А", score="low", model="guide"), 1),
        (Filter("uch_uch", class_name="8Б", model="guide"), 0),
        (Filter("uchit_uch"), 1),
    ],
)
async def test_every_filter_narrows_the_count_and_the_pairs_alike(
    work: Work, many: list[Pair], by: Filter, suggested: int
) -> None:
    seen = await board(work, by, {})
    assert (seen.suggested.count, len(seen.suggested.pairs)) == (suggested, min(suggested, PAGE))


async def test_whoever_left_a_pair_does_not_keep_it_in_the_filter_of_their_class(
    work: Work, many: list[Pair]
) -> None:
    await work.session.execute(
        update(PairMember).where(PairMember.pair_id == many[0].id).values(left_at=work.now)
    )
    assert (await board(work, Filter("uch_uch", class_name="8Б"), {})).suggested.count == 9
