"""Many decisions at once on a server where transactions really run side by side: no rule and no place is broken."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from actions import matching, matching_groups, matching_rules, pairs
from actions.matching_groups import GroupKind
from actions.matching_pool import pool
from actions.work import Work
from program.errors import Refusal
from program.matching import MISFITS, Mentee, Mentor
from program.roles import Side
from program.states import PairStatus
from storage import pairs as stored
from storage.database import Database
from storage.tables import Guardianship, School
from tests import build
from tests.actions.pool import guardian, join

FORM, YEAR = "uch_uch", "2026-2027"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
MENTEES, MENTORS = 10, 4
CLASSES = ("8А", "9Б", "10Б")


async def town(postgres: Database, now: datetime, rng: random.Random) -> tuple[School, list[int], list[int]]:
    """A school whose people have classes, hours, families and bans that forbid about half of all pairs."""
    levels = {"class": "required", "schedule": "required"}
    school = build.school(now=now, settings={"matching": {FORM: {"levels": levels}}})
    async with postgres.transaction() as session:
        session.add(school)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        mentees = [
            await join(
                work, MENTEE, f"Имя{n}", class_name=rng.choice(CLASSES),
                said={"INT_ME_P.8": rng.sample(["mon_day", "wed_day", "fri_day"], 2)},
            )
            for n in range(MENTEES)
        ]  # fmt: skip
        mentors = [
            await join(
                work, MENTOR, f"Вера{n}", "Осина", class_name=rng.choice(["10Б", "11А"]),
                said={"INT_MO.6b": rng.sample(["mon_day", "wed_day", "fri_day"], 2)},
                place={"capacity": rng.randint(1, 3)},
            )
            for n in range(MENTORS)
        ]  # fmt: skip
        parent = await guardian(work, mentees[0].person_id)
        session.add(
            Guardianship(
                school_id=school.id,
                guardian_id=parent.id,
                child_id=mentors[0].person_id,
                created_at=now,
                confirmed_at=now,
            )
        )
        await matching.forbid(work, mentees[1].id, mentors[1].id)
    return school, [one.id for one in mentees], [one.id for one in mentors]


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(2))
async def test_no_place_is_given_twice_and_no_rule_broken_however_many_decide_at_once(
    postgres: Database, now: datetime, seed: int
) -> None:
    rng = random.Random(seed)
    school, mentees, mentors = await town(postgres, now, rng)

    async def turn(verb: Any, *args: Any, **named: Any) -> str:
        try:
            async with postgres.transaction() as session:
                await verb(Work(session, school, now), *args, **named)
        except Refusal as refusal:
            return refusal.text.id
        return "done"

    await turn(matching.suggest, FORM)
    for _ in range(3):
        async with postgres.reading() as session:
            open_ = [
                pair.id
                for pair in await stored.board(session, school.id, YEAR, FORM, (PairStatus.SUGGESTED,))
            ]
        turns = [turn(pairs.approve, pair) for pair in open_ for _ in range(2)]
        turns += [turn(pairs.choose, rng.choice(mentees), rng.choice(mentors)) for _ in range(12)]
        turns += [turn(matching.pin, pair) for pair in open_[:2]]
        turns += [turn(matching.suggest, FORM), turn(matching.suggest, FORM)]
        turns += [turn(matching_groups.suggest_groups, FORM, GroupKind.CIRCLE, 2, 3)]
        turns += [turn(pairs.set_capacity, rng.choice(mentors), rng.randint(1, 3))]
        rng.shuffle(turns)
        answers = await asyncio.gather(*turns)
        assert "done" in answers

    await nothing_is_broken(postgres, school, now)


async def nothing_is_broken(postgres: Database, school: School, now: datetime) -> None:
    async with postgres.reading() as session:
        work = Work(session, school, now)
        firm = await stored.places(session, school.id, YEAR, FORM, stored.FIRM)
        seen = await pool(work, FORM)
        mentors = {one.id: one for one in seen.mentors}
        rules = matching_rules.rules_of(work, FORM).of()
        busy: Counter[int] = Counter()
        for place in firm:
            for mentor, _ in place.mentors:
                busy[mentor] += place.places
            for mentee, _ in place.mentees:
                one = (await pool(work, FORM, mentee=mentee)).mentees[0]
                for mentor, _ in place.mentors:
                    assert broken(one, mentors[mentor], rules) == []
        decided = Counter(mentee for place in firm if not place.is_group for mentee, _ in place.mentees)
    assert firm
    assert all(count <= mentors[mentor].capacity for mentor, count in busy.items())
    assert all(count == 1 for count in decided.values())


def broken(one: Mentee, other: Mentor, rules: Any) -> list[str]:
    """Rules of these two, places aside."""
    found = [name for name in rules.required if name in MISFITS and MISFITS[name](one, other, rules)]
    if other.person in one.family | {one.person}:
        found.append("family")
    if not (one.consented and other.consented and other.admitted):
        found.append("papers")
    return found
