"""A pair that ends while somebody stands in: who led it and who only stood in is known afterwards, too."""

from __future__ import annotations

from datetime import timedelta

from actions import pair_life
from actions.work import Work
from program.pair_life import STOOD_IN
from tests.actions.test_pair_life import MENTOR, at_work, join


async def test_whoever_stands_in_when_the_pair_ends_is_remembered_as_a_substitute(work: Work) -> None:
    pair, mentor, _ = await at_work(work)
    other = await join(work, MENTOR, "Вера", "Осина")
    await pair_life.substitute(work, pair.id, other.id, work.today + timedelta(days=7))
    await pair_life.replace(work, pair.id, "character")
    left = {one.person_id: one.left_for for one in pair.members}
    assert left == {mentor.id: "", other.person_id: STOOD_IN} | {
        one.person_id: "" for one in pair.members if one.side != "mentor"
    }
