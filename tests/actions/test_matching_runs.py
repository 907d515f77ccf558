"""Pins, bans, runs compared and repeated."""

from __future__ import annotations

import pytest

from actions import matching, matching_runs, pairs
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from storage import pairs as stored
from storage.tables import Participation
from tests.actions.pool import join

FORM = "uch_uch"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR


async def two_of_each(work: Work) -> tuple[list[Participation], list[Participation]]:
    """The first mentee wants maths and the first mentor knows it; the second ones share nothing but a talk."""
    mentees = [
        await join(work, MENTEE, "Первая", said={"INT_ME_P.2": ["study"], "INT_ME_P.3": ["math"]}),
        await join(work, MENTEE, "Вторая", said={"INT_ME_P.2": ["talk"]}),
    ]
    mentors = [
        await join(work, MENTOR, "Пётр", "Лебедев", said={"INT_MO.2": ["study"], "INT_MO.2b": ["math"]}),
        await join(work, MENTOR, "Вера", "Осина", said={"INT_MO.2": ["talk"]}),
    ]
    return mentees, mentors


async def suggested(work: Work) -> dict[int, int]:
    found = await stored.board(
        work.session, work.school.id, work.settings.year, FORM, (PairStatus.SUGGESTED,)
    )
    return {
        stored.present(pair, MENTEE)[0].participation_id: stored.present(pair, MENTOR)[0].participation_id
        for pair in found
    }


async def pair_of(work: Work, mentee: Participation) -> int:
    found = await stored.of_participations(work.session, [mentee.id], (PairStatus.SUGGESTED,))
    return found[0].id


async def test_a_pinned_suggestion_is_kept_where_a_run_would_choose_another(work: Work) -> None:
    (first, second), (strong, other) = await two_of_each(work)
    strong.admitted, second.status = False, ParticipationStatus.PAUSED
    await matching.suggest(work, FORM)
    held = await pair_of(work, first)
    await matching.pin(work, held)
    strong.admitted, second.status = True, ParticipationStatus.SEARCHING

    await matching.suggest(work, FORM)
    pinned = await suggested(work)
    await matching.unpin(work, held)
    run = await matching.suggest(work, FORM)

    assert pinned == {first.id: other.id, second.id: strong.id}
    assert await suggested(work) == {first.id: strong.id, second.id: other.id}
    assert run.inputs["pins"] == []


async def test_a_pin_gives_way_to_a_rule_and_the_run_says_so(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    await matching.suggest(work, FORM)
    await matching.pin(work, await pair_of(work, mentee))
    mentor.admitted = False

    run = await matching.suggest(work, FORM)

    assert await suggested(work) == {}
    assert run.result["lost_pins"] == [[mentee.id, mentor.id]]


async def test_only_an_open_suggestion_is_pinned(work: Work) -> None:
    mentee, _ = await join(work, MENTEE), await join(work, MENTOR)
    await matching.suggest(work, FORM)
    pair = await pair_of(work, mentee)
    await pairs.approve(work, pair)
    with pytest.raises(Refusal) as refusal:
        await matching.pin(work, pair)
    assert refusal.value.text.id == "pair-decided"


async def test_two_whom_the_curator_forbids_are_not_proposed_until_allowed(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    await matching.suggest(work, FORM)

    await matching.forbid(work, mentee.id, mentor.id, "соседи, не ладят")
    await matching.forbid(work, mentee.id, mentor.id)
    run = await matching.suggest(work, FORM)

    assert await suggested(work) == {}
    assert matching.unmatched_of(run)[mentee.id][0].to_json()["args"]["rule"] == {"id": "match-no-ban"}
    (line,) = await matching.forbidden(work, FORM)
    assert (line.mentee, line.mentor, line.reason) == (mentee.id, mentor.id, "соседи, не ладят")
    await matching.allow(work, mentee.id, mentor.id)
    await matching.suggest(work, FORM)
    assert await suggested(work) == {mentee.id: mentor.id}
    assert await matching.forbidden(work, FORM) == []


async def test_runs_are_compared_by_what_became_of_each_mentee(work: Work) -> None:
    (first, second), (strong, _) = await two_of_each(work)
    old = await matching.suggest(work, FORM)
    third = await join(work, MENTEE, "Третья")
    strong.admitted = False
    new = await matching.suggest(work, FORM)

    found = await matching_runs.difference(work, new.id)

    now = await suggested(work)
    assert found.earlier == old.id
    everybody = {*found.added, *found.kept, *((mentee, now_) for mentee, _, now_ in found.changed)}
    assert {*everybody} == set(now.items())
    assert {one for one, *_ in (*everybody, *found.dropped)} >= {first.id, second.id}
    assert third.id in {mentee for mentee, *_ in (*found.added,)} | {
        one.id for one in (first, second, third) if one.id not in now
    }
    assert (await matching_runs.difference(work, old.id)).earlier is None


async def test_a_mentee_whose_pair_was_decided_is_not_counted_as_lost(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    await matching.suggest(work, FORM)
    await pairs.approve(work, await pair_of(work, mentee))
    run = await matching.suggest(work, FORM)

    found = await matching_runs.difference(work, run.id)

    assert (found.decided, found.dropped) == (((mentee.id, mentor.id),), ())


async def test_a_stored_run_is_repeated_to_the_same_pairs_whatever_has_changed_since(work: Work) -> None:
    mentees, mentors = await two_of_each(work)
    await join(work, MENTEE, "Третья", gender="female")
    work.school.settings = {
        **work.school.settings,
        "matching": {FORM: {"levels": {"gap": "required", "interest": "ignored"}, "gap": [0, 4]}},
    }
    run = await matching.suggest(work, FORM)
    await matching.pin(work, await pair_of(work, mentees[0]))
    run = await matching.suggest(work, FORM)
    for one in mentors:
        one.admitted, one.capacity = False, 7
    work.school.settings = {}
    await work.session.flush()
    work.session.expire(run)
    await work.session.refresh(run)  # as JSON has kept it

    found = await matching_runs.replay(work, run.id)

    assert found.same
    assert found.proved
    assert len(found.difference.kept) == 2


async def test_a_run_whose_record_was_changed_is_found_out(work: Work) -> None:
    await join(work, MENTEE)
    await join(work, MENTOR)
    run = await matching.suggest(work, FORM)
    run.result = {**run.result, "pairs": []}

    assert not (await matching_runs.replay(work, run.id)).same


async def test_another_school_s_run_is_unknown(work: Work) -> None:
    with pytest.raises(Refusal) as refusal:
        await matching_runs.replay(work, 4711)
    assert refusal.value.text.id == "matching-run-unknown"
