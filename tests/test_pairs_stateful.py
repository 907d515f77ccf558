"""Pairs in any order of acts, by the curator, both sides, the clock and a curator of another school: nobody has two pairs,
no mentor more than was agreed, no status follows another by a way that is not in the table, and no act crosses a school.

What holds is worked out a second time here, from the rows.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import (
    acceptance,
    exchanging,
    group_life,
    leaving,
    matching,
    matching_marks,
    pair_life,
    pairs,
    recalling,
)
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.ways import PAIR, PARTICIPATION
from storage.database import Database, sqlite_url
from storage.tables import Pair, PairMember, Participation, School
from tests import build
from tests.actions.pool import join
from tests.conftest import NOW
from tests.machine import Machine, walked

A, FORM = PairStatus, "uch_uch"
FIRM, WORK = (A.APPROVED, A.OFFERED, A.ACTIVE, A.PAUSED), (A.ACTIVE, A.PAUSED)
OVER = (A.COMPLETED, A.STOPPED, A.REPLACED)
MENTEES, MENTORS = 4, 3  # of the first school; the second has one of each, and a pair
CAPACITY = (1, 2, 3)
mentees, mentors, some = st.integers(0, MENTEES - 1), st.integers(0, MENTORS - 1), st.integers(0, 20)
Act = Callable[[Work], Awaitable[object]]


class Curators(Machine):
    @classmethod
    async def begins(cls, database: Database) -> None:
        """Two schools with people who wait for a pair; the second has a pair at work, number 1."""
        async with database.transaction() as session:
            first, second = build.school(now=NOW), build.school("second", now=NOW, name="Школа № 2")
            session.add_all((first, second))
            await session.flush()
            other = Work(session, second, NOW, "user:2")
            theirs = [await join(other, side, name) for side, name in ((Side.MENTEE, "Ия"), (Side.MENTOR, "Лев"))]  # fmt: skip
            for place in theirs:
                place.status = ParticipationStatus.PAIRED
            session.add(build.pair(*theirs))
            await session.flush()
            work = Work(session, first, NOW, "user:1")
            for number in range(MENTEES):
                await join(work, Side.MENTEE, f"Имя{number}")
            for number in range(MENTORS):
                await join(work, Side.MENTOR, f"Вера{number}", place={"capacity": CAPACITY[number]})

    def __init__(self) -> None:
        super().__init__()
        self.led, self.lead = self.turn(self._places)
        self.was: dict[str, dict[int, str]] = {"pair": {}, "place": {}}
        self.foreign = self.turn(self._foreign)

    async def _places(self, session: AsyncSession) -> tuple[list[Participation], list[Participation]]:
        found = (await session.scalars(select(Participation).order_by(Participation.id))).all()
        own = [one for one in found if one.school_id == 1]
        return [one for one in own if one.side == Side.MENTEE], [
            one for one in own if one.side == Side.MENTOR
        ]

    async def _foreign(self, session: AsyncSession) -> list[Any]:
        """Everything of pairs that the second school has."""
        return [
            tuple(row)
            for table in (Pair, Participation, PairMember)
            for row in await session.execute(select(*table.__table__.columns).where(table.school_id == 2))
        ]

    def does(self, act: Act, *, school: int = 1, actor: str = "user:1") -> None:
        """One verb in one transaction; a «no» undoes it, as a door would."""

        async def verb(session: AsyncSession) -> None:
            found = await session.get_one(School, school)
            await act(Work(session, found, self.now, actor))

        try:
            self.turn(verb)
        except Refusal:
            return

    def which(self, number: int, *statuses: PairStatus) -> int:
        """A pair of these statuses, where there is one; else any, of the other school as well."""

        async def find(session: AsyncSession) -> list[tuple[int, str]]:
            return [
                tuple(row) for row in await session.execute(select(Pair.id, Pair.status).order_by(Pair.id))
            ]  # type: ignore[misc]

        every = self.turn(find)
        fitting = [one for one, status in every if status in statuses and one != 1]
        chosen = fitting if fitting and number % 5 else [one for one, _ in every]
        return chosen[number % len(chosen)]

    @initialize(stage=st.sampled_from((0, 1, 2, 2, 2, 3, 3)))
    def it_has_begun(self, stage: int) -> None:
        """0: nothing; 1: two pairs and a group are approved; 2: announced; 3: at work."""
        if stage:
            self.two_are_chosen(0, 1)
            self.two_are_chosen(1, 0)
            self.a_group_is_made(2, 2, 3)
        if stage > 1:
            self.pairs_are_announced()
        if stage > 2:
            self.everybody_agrees()

    # --- what curators do ---

    @rule()
    def the_matching_runs(self) -> None:
        self.does(lambda work: matching.suggest(work, FORM))

    @rule(pair=some)
    def a_suggestion_is_approved(self, pair: int) -> None:
        found = self.which(pair, A.SUGGESTED)
        self.does(lambda work: pairs.approve(work, found))

    @rule(pair=some)
    def a_pair_is_rejected(self, pair: int) -> None:
        found = self.which(pair, A.SUGGESTED, A.APPROVED)
        self.does(lambda work: pairs.reject(work, found, "time"))

    @rule(mentee=mentees, mentor=mentors)
    def two_are_chosen(self, mentee: int, mentor: int) -> None:
        self.does(lambda work: pairs.choose(work, self.led[mentee].id, self.lead[mentor].id))

    @rule(mentee=mentees, other=mentees)
    def two_change_their_mentors(self, mentee: int, other: int) -> None:
        self.does(lambda work: exchanging.change_places(work, self.led[mentee].id, self.led[other].id))

    @rule(mentor=mentors, first=mentees, second=mentees)
    def a_group_is_made(self, mentor: int, first: int, second: int) -> None:
        led = [self.led[first].id, self.led[second].id]
        self.does(lambda work: pairs.make_group(work, FORM, "", "Кот", [self.lead[mentor].id], led))

    @rule(mentor=mentors, capacity=st.integers(1, 4))
    def a_mentor_takes_more_or_fewer(self, mentor: int, capacity: int) -> None:
        self.does(lambda work: pairs.set_capacity(work, self.lead[mentor].id, capacity))

    @rule(mentee=mentees, mentor=mentors)
    def two_are_never_to_be_together(self, mentee: int, mentor: int) -> None:
        who, whom = self.led[mentee].person_id, self.lead[mentor].person_id
        self.does(lambda work: matching_marks.forbid(work, who, whom))

    @rule()
    def pairs_are_announced(self) -> None:
        self.does(lambda work: pairs.announce(work))

    @rule(pair=some)
    def an_announcement_is_called_off(self, pair: int) -> None:
        found = self.which(pair, A.OFFERED, A.ACTIVE)
        self.does(lambda work: recalling.recall(work, [found]))

    @rule(pair=some)
    def the_pair_begins_without_waiting(self, pair: int) -> None:
        found = self.which(pair, A.OFFERED)
        self.does(lambda work: acceptance.start(work, found))

    @rule(pair=some, until=st.sampled_from((None, 5)))
    def there_is_a_break(self, pair: int, until: int | None) -> None:
        found = self.which(pair, A.ACTIVE)
        day = None if until is None else self.now.date() + timedelta(days=until)
        self.does(lambda work: pair_life.pause(work, found, "illness", day))

    @rule(pair=some)
    def it_goes_on(self, pair: int) -> None:
        found = self.which(pair, A.PAUSED)
        self.does(lambda work: pair_life.resume(work, found))

    @rule(pair=some)
    def another_mentor_is_looked_for(self, pair: int) -> None:
        found = self.which(pair, *WORK)
        self.does(lambda work: pair_life.replace(work, found, "busy"))

    @rule(pair=some, mentor=mentors)
    def somebody_stands_in(self, pair: int, mentor: int) -> None:
        found, day = self.which(pair, *WORK), self.now.date() + timedelta(days=3)
        self.does(lambda work: pair_life.substitute(work, found, self.lead[mentor].id, day))

    @rule(pair=some)
    def the_mentor_is_back(self, pair: int) -> None:
        found = self.which(pair, *WORK)
        self.does(lambda work: pair_life.end_substitution(work, found))

    @rule(pair=some, status=st.sampled_from((A.COMPLETED, A.STOPPED)))
    def it_ends(self, pair: int, status: PairStatus) -> None:
        found = self.which(pair, *WORK)
        self.does(lambda work: pairs.close(work, found, status, "Итог"))

    @rule(pair=some, mentee=mentees)
    def somebody_comes_into_a_group(self, pair: int, mentee: int) -> None:
        found = self.which(pair, *WORK)
        self.does(lambda work: group_life.add(work, found, self.led[mentee].id))

    @rule(pair=some, mentee=mentees)
    def somebody_goes_out_of_a_group(self, pair: int, mentee: int) -> None:
        found = self.which(pair, *WORK)
        self.does(lambda work: group_life.remove(work, found, self.led[mentee].person_id, "busy"))

    @rule(mentee=mentees, back=st.booleans())
    def somebody_leaves_the_school_or_is_back(self, mentee: int, back: bool) -> None:
        verb, person = (leaving.come_back if back else leaving.leave), self.led[mentee].person_id
        self.does(lambda work: verb(work, person))

    # --- what the two of them, the clock and a stranger do ---

    @rule(pair=some, who=some, yes=st.sampled_from((True, True, True, False)))
    def somebody_answers(self, pair: int, who: int, yes: bool) -> None:
        if who % 3 == 0:
            return self.everybody_agrees()
        found = self.which(pair, A.OFFERED)
        own = [one.person_id for one in (*self.led, *self.lead)]

        async def asked(session: AsyncSession) -> list[int]:
            return list(
                await session.scalars(select(PairMember.person_id).where(PairMember.pair_id == found))
            )

        people = own if who % 4 == 0 else self.turn(asked)
        person = people[who % len(people)]
        if yes:
            self.does(lambda work: acceptance.agree(work, person, found), actor=f"person:{person}")
        else:
            self.does(lambda work: acceptance.decline(work, person, found, "busy"), actor=f"person:{person}")
        return None

    def everybody_agrees(self) -> None:
        async def agree(work: Work) -> None:
            offered = select(PairMember.person_id, PairMember.pair_id).join(Pair).where(
                Pair.status == A.OFFERED, Pair.school_id == 1, PairMember.left_at.is_(None)
            )  # fmt: skip
            for person, pair in (await work.session.execute(offered)).all():
                await acceptance.agree(work, person, pair)

        self.does(agree)

    @rule(hours=st.sampled_from((2, 30, 24 * 4, 24 * 30)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for tick in (acceptance.follow, pair_life.follow, group_life.follow):
            self.does(tick)

    @rule(pair=some, act=st.integers(0, 11), mentee=mentees, mentor=mentors)
    def a_curator_of_the_other_school_tries(self, pair: int, act: int, mentee: int, mentor: int) -> None:
        found, led, lead = self.which(pair, *FIRM), self.led[mentee], self.lead[mentor]
        day = self.now.date() + timedelta(days=3)
        acts: tuple[Act, ...] = (
            lambda work: pairs.approve(work, found),
            lambda work: pairs.reject(work, found),
            lambda work: pairs.choose(work, led.id, lead.id),
            lambda work: pairs.announce(work, [found]),
            lambda work: recalling.recall(work, [found]),
            lambda work: acceptance.start(work, found),
            lambda work: pair_life.pause(work, found, "illness"),
            lambda work: pair_life.substitute(work, found, lead.id, day),
            lambda work: pairs.close(work, found, A.STOPPED),
            lambda work: group_life.add(work, found, led.id),
            lambda work: pairs.set_capacity(work, lead.id, 1),
            lambda work: leaving.leave(work, led.person_id),
        )
        before = self.turn(self._own) if found != 1 else None
        self.does(acts[act], school=2, actor="user:2")
        if before is not None:
            assert self.turn(self._own) == before, "a curator of another school has changed something of ours"
        self.foreign = self.turn(self._foreign)  # of its own it may

    async def _own(self, session: AsyncSession) -> list[Any]:
        return [
            tuple(row)
            for table in (Pair, Participation, PairMember)
            for row in await session.execute(select(*table.__table__.columns).where(table.school_id == 1))
        ]

    # --- what must always be ---

    @invariant()
    def everybody_has_the_place_they_have(self) -> None:
        if hasattr(self, "was"):
            self.turn(self._look)

    async def _look(self, session: AsyncSession) -> None:
        assert await self._foreign(session) == self.foreign, "something of the other school has changed"
        places = {
            one.id: one for one in await session.scalars(select(Participation).where(Participation.school_id == 1))
        }  # fmt: skip
        found = {one.id: one for one in await session.scalars(select(Pair).where(Pair.school_id == 1))}
        here: dict[int, list[PairMember]] = {key: [] for key in found}
        present = PairMember.left_at.is_(None)
        for one in await session.scalars(select(PairMember).where(PairMember.school_id == 1, present)):
            here[one.pair_id].append(one)
        # Of a mentee: the pairs; of a mentor: how many are led in each.
        firm: dict[int, list[int]] = {key: [] for key in places}
        works: set[int] = set()
        stands_in: set[int] = set()  # for a while; who searches goes on searching
        for key, pair in found.items():
            self._followed("pair", key, pair.status, PAIR)
            now_in = here[key]
            led = [one for one in now_in if one.side == Side.MENTEE]
            lead = [one for one in now_in if one.side == Side.MENTOR]
            if pair.status in OVER:
                assert not now_in, f"somebody is still in pair {key}, which is over"
            if pair.status in FIRM:
                assert led, f"nobody is led in pair {key}"
                assert lead, f"nobody leads in pair {key}"
                need = -(-len(led) // len(lead)) if pair.is_group else 1
                for one in lead:
                    firm[one.participation_id].append(need)
                for one in led:
                    if not pair.is_group:
                        firm[one.participation_id].append(key)
            if pair.status in WORK:
                stands_in |= {one.participation_id for one in now_in if one.stands_in_until}
                works |= {one.participation_id for one in now_in if not one.stands_in_until}
        for key, place in places.items():
            self._followed("place", key, place.status, PARTICIPATION)
            if place.side == Side.MENTEE:
                assert len(firm[key]) <= 1, f"mentee {key} has two pairs: {firm[key]}"
            else:
                assert sum(firm[key]) <= place.capacity, f"mentor {key} leads more than agreed"
            if key in works:
                assert place.status == ParticipationStatus.PAIRED, f"place {key} at work is {place.status}"
            if place.status == ParticipationStatus.PAIRED:
                assert key in works | stands_in, f"place {key} is paired with nobody"

    def _followed(self, kind: str, key: int, status: str, table: Any) -> None:
        """In one act more than one step may be taken; each has to be in the table."""
        before = self.was[kind].get(key)
        if before is not None and before != status:
            reached, steps = {before}, {before}
            for _ in range(3):
                steps = {after for one in steps for after in table.ways.get(table.statuses(one), ())}
                reached |= steps
            assert status in reached, f"{kind} {key}: {before} -> {status}"
        self.was[kind][key] = status


@pytest.fixture(scope="module")
def two_schools(at_head: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(at_head, tmp_path_factory.mktemp("schools") / "schools.db"))

    async def make() -> None:
        database = Database(sqlite_url(path), durable=False)
        await Curators.begins(database)
        await database.close()

    asyncio.run(make())
    return path


def test_no_order_of_acts_gives_anybody_a_place_that_is_taken(two_schools: Path, tmp_path: Path) -> None:
    walked(Curators, two_schools, tmp_path, max_examples=10, stateful_step_count=25)
