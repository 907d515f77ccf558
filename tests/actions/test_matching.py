"""A run of the matching on real rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from actions import matching, pairs, questionnaires
from actions.matching_pool import pool
from actions.work import Work
from locales import Texts
from program.assignment import Assignment, Problem, prove
from program.errors import Refusal
from program.matching import Mentee, Mentor
from program.matching_record import read, rules
from program.matching_scores import offers
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from storage import pairs as stored
from storage.tables import Guardianship, MatchRun, Pair
from tests import build
from tests.actions.pool import TEACHER, answer, guardian, join

FORM = "uch_uch"


async def board(work: Work, *statuses: PairStatus) -> list[tuple[int, int, str]]:
    """(mentee, mentor, status) by participations."""
    found = await stored.board(
        work.session, work.school.id, work.settings.year, FORM, statuses or tuple(PairStatus)
    )
    return sorted(
        (
            stored.present(pair, Side.MENTEE)[0].participation_id,
            stored.present(pair, Side.MENTOR)[0].participation_id,
            str(pair.status),
        )
        for pair in found
    )


async def test_answers_become_a_pair_with_reasons_in_words(work: Work) -> None:
    mentee = await join(
        work,
        Side.MENTEE,
        said={
            "INT_ME_P.2": ["study"],
            "INT_ME_P.3": ["math"],
            "INT_ME_P.5": ["books"],
            "INT_ME_P.6": ["senior"],
            "INT_ME_P.8": ["wed_day"],
            "INT_ME_P.9": "Пётр Лебедев",
        },
    )
    said = {"INT_MO.2": ["study"], "INT_MO.2b": ["math"], "INT_MO.6b": ["any"], "INT_MO.5": "11-14"}
    other = await join(work, Side.MENTOR, "Вера", "Осина", said={"INT_MO.2": ["talk"], "INT_MO.5": "any"})
    mentor = await join(work, Side.MENTOR, "Пётр", "Лебедев", said=said)

    await matching.suggest(work, FORM)

    assert await board(work) == [(mentee.id, mentor.id, "suggested")]
    pair = (await stored.of_participation(work.session, mentee.id))[0]
    reasons = matching.reasons_of(pair)
    assert (
        pair.score == sum(points for _, points, _ in reasons.parts) == 89
    )  # all but the interests: 10 of 95
    assert [text.id for text in reasons.for_] == [
        "match-for-request", "match-for-schedule", "match-for-subject", "match-for-wish"
    ]  # fmt: skip
    assert "Математика" in Texts()(reasons.for_[2])
    assert other.id not in [m.participation_id for m in pair.members]


async def test_as_many_as_possible_are_matched_and_the_run_keeps_its_proof(work: Work) -> None:
    mentees = [await join(work, Side.MENTEE, f"Имя{n}", said={}) for n in range(4)]
    mentors = [
        await join(work, Side.MENTOR, f"Наставник{n}", said={}, place={"capacity": n + 1}) for n in range(2)
    ]

    run = await matching.suggest(work, FORM)

    found = await board(work)
    assert len(found) == 3
    assert [mentor for _, mentor, _ in found].count(mentors[1].id) == 2
    stored_run = (await work.session.scalars(select(MatchRun))).one()
    assert proved_again(stored_run)
    left = matching.unmatched_of(run)
    assert set(left) == {one.id for one in mentees} - {mentee for mentee, _, _ in found}
    assert next(iter(left.values()))[0].id == "match-left-full"


def proved_again(run: MatchRun) -> bool:
    """From what the run kept, and nothing else."""
    mentees = [read(Mentee, value) for value in run.inputs["mentees"]]
    mentors = [read(Mentor, value) for value in run.inputs["mentors"]]
    problem = Problem(
        offers(mentees, mentors, rules(run.form, run.inputs)),
        {mentor.id: mentor.left for mentor in mentors if mentor.left > 0},
    )
    pairs_ = {mentee: mentor for mentee, mentor, _ in run.result["pairs"]}
    prices = {int(mentor): price for mentor, price in run.result["prices"].items()}
    return prove(problem, Assignment(pairs_, run.result["points"], (), prices)).holds


async def test_a_second_run_changes_nothing_that_it_repeats(work: Work) -> None:
    await join(work, Side.MENTEE)
    await join(work, Side.MENTOR)
    await matching.suggest(work, FORM)
    first = (await work.session.scalars(select(Pair))).one()
    before = first.id

    run = await matching.suggest(work, FORM)

    only = (await work.session.scalars(select(Pair))).one()
    assert (only.id, only.run_id) == (before, run.id)


async def test_an_old_suggestion_gives_way_and_decisions_stay(work: Work) -> None:
    decided = await join(work, Side.MENTEE, "Решена")
    mentor = await join(work, Side.MENTOR, place={"capacity": 2})
    await matching.suggest(work, FORM)
    pair = (await stored.of_participation(work.session, decided.id))[0]
    await pairs.approve(work, pair.id)
    loose = await join(work, Side.MENTEE, "Новая")
    await matching.suggest(work, FORM)
    mentor.admitted = False

    run = await matching.suggest(work, FORM)

    assert await board(work) == [(decided.id, mentor.id, "approved"), (loose.id, mentor.id, "dropped")]
    assert matching.unmatched_of(run)[loose.id][0].args["count"] == 1


async def test_a_rejected_pair_is_never_suggested_again(work: Work) -> None:
    mentee = await join(work, Side.MENTEE)
    await join(work, Side.MENTOR)
    await matching.suggest(work, FORM)
    pair = (await stored.of_participation(work.session, mentee.id))[0]
    await pairs.reject(work, pair.id, "Уже знакомы и не ладят")

    run = await matching.suggest(work, FORM)

    assert await board(work, PairStatus.SUGGESTED) == []
    assert matching.unmatched_of(run)[mentee.id][0].to_json()["args"]["rule"] == {"id": "match-no-again"}


@pytest.mark.parametrize(
    ("mentee", "mentor"),
    [
        ({"agreed": False}, {}),
        ({}, {"agreed": False}),
        ({}, {"place": {"admitted": False}}),
        ({}, {"place": {"capacity": 0}}),
        ({"class_name": "11А"}, {}),
        ({"place": {"status": ParticipationStatus.PAUSED}}, {}),
        ({"place": {"status": ParticipationStatus.CONSENT_PENDING}}, {}),
        ({}, {"place": {"status": ParticipationStatus.WITHDRAWN}}),
        ({"place": {"year": "2025-2026"}}, {}),
    ],
)
async def test_who_may_not_be_in_a_pair_is_not_suggested(
    work: Work, mentee: dict[str, Any], mentor: dict[str, Any]
) -> None:
    await join(work, Side.MENTEE, **mentee)
    await join(work, Side.MENTOR, "Пётр", "Лебедев", **mentor)

    await matching.suggest(work, FORM)

    assert await board(work) == []


async def test_nobody_mentors_a_sister_or_themselves(work: Work) -> None:
    mentee = await join(work, Side.MENTEE, class_name="10Б", birth_date=date(2010, 1, 10))
    sister = await join(work, Side.MENTOR, "Вера")
    mother = await guardian(work, mentee.person_id)
    work.session.add(
        Guardianship(
            school_id=work.school.id, guardian_id=mother.id, child_id=sister.person_id, created_at=work.now
        )
    )
    work.session.add(build.participation(mentee.person, Side.MENTOR))
    await work.session.flush()

    run = await matching.suggest(work, FORM)

    assert await board(work) == []
    rules = {text.to_json()["args"]["rule"]["id"] for text in matching.unmatched_of(run)[mentee.id]}
    assert rules == {"match-no-family", "match-no-self"}


async def test_another_school_is_not_in_the_pool(work: Work) -> None:
    far = build.school("second")
    work.session.add(far)
    await work.session.flush()
    await join(replace(work, school=far), Side.MENTOR)
    await join(work, Side.MENTEE)

    seen = await pool(work, FORM)

    assert (len(seen.mentees), len(seen.mentors)) == (1, 0)


async def test_a_young_teacher_meets_one_who_is_strong_where_it_is_hard(work: Work) -> None:
    mentee = await join(
        work, Side.MENTEE, "Инна", "Гай", form="uchit_uchit", category=TEACHER, position="Учитель физики"
    )
    marks = {f"D{n}": 9 if n == 6 else 2 for n in range(1, 10)}
    await questionnaires.publish_shipped(work)
    given = {
        "INT_ME_T.10": "beginner",
        "INT_ME_T.11": 1,
        "INT_ME_T.12": ["digital"],
        "INT_ME_T.13": "Журнал",
        **marks,
    }
    await questionnaires.save(work, mentee.person, "INT_ME_T", 1, given)
    mentor = await join(
        work, Side.MENTOR, "Лев", "Рощин", form="uchit_uchit", category=TEACHER, position="учитель физики"
    )
    await answer(work, mentor.person, "INT_MO", {"INT_MO.1": "teacher", "INT_MO.2": ["digital"]})

    await matching.suggest(work, "uchit_uchit")

    pair = (await stored.of_participation(work.session, mentee.id))[0]
    words = [Texts()(text) for text in matching.reasons_of(pair).for_]
    assert words[0] == "общая тема: Цифровые навыки"
    assert any("читель физики" in line for line in words)


async def test_a_form_nobody_knows_is_refused(work: Work) -> None:
    with pytest.raises(Refusal) as refusal:
        await matching.suggest(work, "kot_kot")
    assert refusal.value.text.id == "match-form-unknown"
