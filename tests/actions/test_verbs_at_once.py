"""Everything that may be done to the same people at the same moment, on a server where it really is.

No place is given twice, no rule that the school set is broken, nobody waits in a circle, the journal stays whole.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from actions import (
    acceptance,
    bulk,
    closing_many,
    consent_clock,
    consent_talk,
    encounter_changes,
    encounter_clock,
    encounter_questions,
    encounter_trials,
    encounters,
    enrolment,
    group_life,
    guardians,
    journal,
    leaving,
    matching,
    pair_life,
    pair_requests,
    pairs,
    pauses,
    queue,
    recalling,
    selection,
)
from actions.bulk_verbs import VERBS
from actions.encounter_changes import Facts
from actions.work import Work
from program.channels import Channel
from program.consents import ConsentKind
from program.encounters import QuestionKind, SeatState
from program.errors import Refusal
from program.pair_life import Wish
from program.roles import Side
from program.states import HOLDING, PairStatus, ParticipationStatus
from storage import pairs as stored
from storage import people as stored_people
from storage.database import Database
from storage.tables import Encounter, Participation, Person, School, Seat
from tests import build, meetups
from tests.actions.pool import agree, begun, guardian, join

pytestmark = pytest.mark.postgres
FORM, YEAR = "uch_uch", "2026-2027"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
MENTEES, MENTORS = 8, 4


@dataclass
class Town:
    """A school in which everything is under way: ids of rows, by what stands there."""

    database: Database
    school: School
    now: datetime
    mentees: list[Participation] = field(default_factory=list)
    mentors: list[Participation] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)  # of the mentee with the same index
    active: list[int] = field(default_factory=list)
    offered: list[int] = field(default_factory=list)
    group: int = 0
    meetings: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    async def turn(self, verb: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> str:
        """One verb in a transaction of its own. Whatever is no Refusal, a deadlock before all, is raised."""
        try:
            async with self.database.transaction() as session:
                work = Work(session, await session.merge(self.school, load=False), self.now, "user:1")
                await verb(work, *args, **named)
        except Refusal as refusal:
            self.said[refusal.text.id] += 1
            return refusal.text.id
        self.said["done"] += 1
        return "done"

    async def spoken(self, person_id: int, verb: Callable[..., Awaitable[Any]]) -> str:
        """As `turn`, by somebody in a conversation: the door holds the speaker before anything else."""

        async def speak(work: Work) -> None:
            person = await stored_people.lock(work.session, person_id)
            assert person is not None
            await verb(work.by(person), person)

        return await self.turn(speak)


async def build_town(postgres: Database, now: datetime) -> Town:
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
    town = Town(postgres, school, now)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        town.mentees = [await join(work, MENTEE, f"Имя{n}") for n in range(MENTEES)]
        town.mentors = [await join(work, MENTOR, f"Вера{n}", place={"capacity": 2}) for n in range(MENTORS)]
        town.parents = [(await guardian(work, one.person_id)).id for one in town.mentees]
        made = [await pairs.choose(work, town.mentees[n].id, town.mentors[n % 2].id) for n in range(3)]
        await begun(work, made[0].id, made[1].id)
        await pairs.announce(work, [made[2].id])
        town.active, town.offered = [made[0].id, made[1].id], [made[2].id]
        group = await pairs.make_group(
            work, FORM, "", "Кот", [town.mentors[2].id], [one.id for one in town.mentees[3:5]]
        )
        await begun(work, group.id)
        town.group = group.id
        host = await meetups.mentor(work)
        for seats in (2, 3):
            meeting = await meetups.flash(work, host, seats=seats)
            town.meetings.append(meeting.id)
            for one in town.mentees[:2]:
                await encounters.sign_up(work, one.person, meeting.id)
        for one in town.mentees[5:7]:
            asked, _ = await encounter_questions.ask(
                work, one.person_id, QuestionKind.REQUEST, "study", "Как понять дроби к пятнице?"
            )
            assert asked is not None
            town.questions.append(asked.id)
    return town


def turns(town: Town, rng: random.Random) -> list[Awaitable[str]]:
    """One of each verb, at people and pairs drawn anew."""
    mentee, other, third = rng.sample(town.mentees, 3)
    mentor, second = rng.sample(town.mentors, 2)
    parent = town.parents[town.mentees.index(mentee)]
    active, meeting = rng.choice(town.active), rng.choice(town.meetings)
    question, pair = rng.choice(town.questions), rng.choice([*town.active, *town.offered])
    day = town.now.date() + timedelta(days=rng.randint(2, 30))

    async def change(work: Work, place: str) -> None:
        found = await encounters.held(work, meeting)
        facts = Facts.of(found)
        wanted = Facts(facts.topic, facts.about, facts.starts_at, facts.minutes, place, "", rng.randint(1, 4))
        await encounter_changes.change(work, meeting, wanted)

    async def moved(work: Work, verb: Any, place_id: int) -> None:
        place = await work.session.get_one(Participation, place_id)
        person = await work.session.get_one(Person, place.person_id)
        await verb(work, person, place.id, *(("Справки у директора",) if verb is selection.admit else ()))

    async def taken_back(work: Work, speaker: int, about: int, kind: ConsentKind) -> None:
        await consent_talk.withdraw(work, speaker, about, [kind], channel=Channel.WEB)

    async def given_again(work: Work) -> None:
        person = await stored_people.lock(work.session, third.person_id)
        assert person is not None
        await agree(work, person)
        await enrolment.refresh(work, person)

    return [
        town.turn(pairs.choose, mentee.id, mentor.id),
        town.turn(pairs.choose, other.id, mentor.id),
        town.turn(pairs.announce),
        town.turn(recalling.recall, sorted(town.offered + town.active)),
        town.spoken(mentee.person_id, lambda work, me: acceptance.agree(work, me.id, pair)),
        town.spoken(other.person_id, lambda work, me: acceptance.decline(work, me.id, pair, "busy")),
        town.turn(acceptance.follow),
        town.turn(acceptance.remind, pair),
        town.turn(pair_life.pause, active, "busy"),
        town.turn(pair_life.resume, active),
        town.turn(pair_life.replace, active, "busy"),
        town.turn(pair_life.substitute, active, second.id, day),
        town.turn(pair_life.follow),
        town.turn(closing_many.close, [town.active[0], *town.offered], PairStatus.STOPPED, "other", ""),
        town.turn(bulk.perform, VERBS["mentor"], [one.person_id for one in (third, mentee, other)], {}),
        town.turn(bulk.perform, VERBS["mentee"], [one.person_id for one in (second, third, mentee)], {}),
        town.turn(group_life.add, town.group, third.id),
        town.turn(group_life.remove, town.group, other.person_id, "busy"),
        town.spoken(
            mentee.person_id, lambda work, me: pair_requests.ask(work, me.id, active, Wish.PAUSE, "busy")
        ),
        town.turn(queue.note_support, other.id, "offered"),
        town.turn(pairs.set_capacity, mentor.id, rng.randint(1, 2)),
        town.turn(matching.suggest, FORM),
        town.turn(matching.forbid, third.id, second.id),
        town.turn(moved, selection.suspend, second.id),
        town.turn(moved, selection.admit, mentor.id),
        town.spoken(mentee.person_id, lambda work, me: taken_back(work, me.id, me.id, ConsentKind.PARTICIPATION)),
        town.spoken(parent, lambda work, me: taken_back(work, me.id, mentee.person_id, ConsentKind.PD)),
        town.turn(guardians.confirm, parent, mentee.person_id),
        town.turn(leaving.leave_all, [third.person_id, mentee.person_id]),
        town.turn(leaving.come_back, third.person_id),
        town.turn(given_again),
        town.turn(consent_clock.follow),
        town.spoken(other.person_id, lambda work, me: pauses.pause(work, me.id, day)),
        *(town.spoken(one.person_id, lambda work, me: encounters.sign_up(work, me, meeting)) for one in town.mentees),
        town.spoken(other.person_id, lambda work, me: encounters.leave(work, me, meeting)),
        town.turn(change, f"Кабинет {rng.randint(1, 9)}"),
        town.turn(encounter_clock.follow),
        town.turn(
            encounter_trials.arrange,
            [encounter_trials.Trial(mentor.person_id, third.person_id, town.now + timedelta(days=2))],
        ),
        town.turn(encounter_questions.meet, question, mentor.person_id, town.now + timedelta(days=2)),
        town.spoken(mentor.person_id, lambda work, me: encounter_questions.take(work, me.id, question)),
        town.turn(encounter_questions.close, question),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_is_done_at_once_breaks_no_rule_and_nobody_waits_in_a_circle(
    postgres: Database, now: datetime, seed: int
) -> None:
    rng = random.Random(seed)
    town = await build_town(postgres, now)
    for _ in range(4):
        at_once = turns(town, rng)
        rng.shuffle(at_once)
        await asyncio.wait_for(asyncio.gather(*at_once), 60)
        await nothing_is_broken(town)
    assert town.said["done"] > 40


async def nothing_is_broken(town: Town) -> None:
    async with town.database.reading() as session:
        school = town.school.id
        taken = await stored.holding(session, school, YEAR, FORM, stored.FIRM)
        places = {one.id: one for one in await session.scalars(select(Participation))}
        assert all(count <= places[mentor].capacity for mentor, count in taken.items()), "places of mentors"
        firm = await stored.places(session, school, YEAR, FORM, stored.FIRM)
        led = Counter(one for place in firm if not place.is_group for one, _ in place.mentees)
        assert all(count == 1 for count in led.values()), "nobody is led twice"
        gone = {
            one.id for one in places.values()
            if one.status in (ParticipationStatus.WITHDRAWN, ParticipationStatus.ARCHIVED)
        }  # fmt: skip
        for place in await stored.places(session, school, YEAR, FORM, HOLDING):
            here = {one for one, _ in (*place.mentors, *place.mentees)}
            assert not here & gone, f"somebody who has left or taken a consent back is in one: {place.status}"
            sides = {one: Side.MENTOR for one, _ in place.mentors} | {
                one: Side.MENTEE for one, _ in place.mentees
            }
            assert {one: places[one].side for one in sides} == sides, "nobody's role has turned within a pair"
        seats = select(Seat.encounter_id, func.count()).where(Seat.state == SeatState.SEATED)
        most = {one.id: one.seats for one in await session.scalars(select(Encounter))}
        for encounter, count in await session.execute(seats.group_by(Seat.encounter_id)):
            assert count <= most[encounter], "seats"
        assert [line.number async for line in journal.broken(session)] == []
