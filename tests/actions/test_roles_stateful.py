"""Accounts of every role, links to them and their sessions in any order: whoever holds a token has the role that somebody
who may has given them, in the school that has given it, for as long as it was given, and nobody else has any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, staff_invitations
from actions.links import Links
from actions.work import Work
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage.tables import School, User
from tests import build
from tests.conftest import NOW
from tests.machine import Machine, walked

R = StaffRole
ORDINARY = {R.CURATOR, R.DIRECTOR, R.CLASS_TEACHER, R.SITE_EDITOR, R.EVALUATOR, R.AUDITOR}
# docs/privacy.md says it in words; a second time here, so that a mistake would have to be made twice.
MAY_GIVE = {R.CURATOR: ORDINARY, R.SYSADMIN: ORDINARY | {R.PSYCHOLOGIST, R.SYSADMIN}}
FIRST = (
    R.CURATOR,
    R.SYSADMIN,
    R.PSYCHOLOGIST,
    R.MUNICIPAL_COORDINATOR,
)  # by the command line, in each school
VISIT = timedelta(days=20)  # of an evaluator
some, schools = st.integers(0, 30), st.sampled_from((1, 1, 1, 2))
LINKS = Links("https://school.test", "secret")


@dataclass
class Known:
    """An account as it should be."""

    id: int
    school: int
    role: StaffRole
    until: datetime | None
    open: bool = True


@dataclass
class Link:
    id: int
    token: str
    school: int
    role: StaffRole
    until: datetime | None  # of the account
    ends: datetime
    to: int | None = None  # an account that is there already
    dead: bool = False


@dataclass
class Held:
    """A session. `ends`: nobody has clicked since."""

    user: int
    begun: datetime
    ends: datetime
    over: bool = False


class Offices(Machine):
    def __init__(self) -> None:
        super().__init__()
        self.users: dict[int, Known] = {}
        self.links: list[Link] = []
        self.held: dict[str, Held] = {}
        self.numbers = 0

    def done(self, act: object, *, school: int, actor: str = "cli") -> bool:
        """One verb in one transaction; False: a «no», which undid it."""

        async def verb(session: AsyncSession) -> None:
            found = await session.get_one(School, school)
            await act(Work(session, found, self.now, actor))  # type: ignore[operator]

        try:
            self.turn(verb)
        except Refusal:
            return False
        return True

    @initialize()
    def two_schools(self) -> None:
        async def make(session: AsyncSession) -> None:
            for slug in ("first", "second"):
                school = build.school(slug, now=NOW)
                session.add(school)
                await session.flush()
                for role in FIRST:
                    self.numbers += 1
                    work = Work(session, school, NOW, "cli")
                    login, until = (
                        f"login{self.numbers}",
                        NOW + timedelta(days=3) if role is R.EVALUATOR else None,
                    )
                    user = await accounts.add_user(work, login, role, self.phrase(), until=until)
                    self.users[user.id] = Known(user.id, school.id, role, until)

        self.turn(make)
        for user in list(self.users.values()):
            self.signs_in(user)

    def phrase(self) -> str:
        self.numbers += 1
        return f"новая длинная фраза номер {self.numbers}"

    def lives(self, user: Known) -> bool:
        return user.open and (user.until is None or self.now < user.until)

    def inside(self, number: int) -> Known | None:
        """One of those who are signed in now, mostly one who looks after accounts; None: nobody is let in any more."""
        living = [one for one in self.users.values() if self.lives(one)]
        able = [one for one in living if one.role in MAY_GIVE] if number % 4 else living
        if not able:
            return None
        user = able[number % len(able)]
        if not any(self.good(one) for one in self.held.values() if one.user == user.id):
            self.signs_in(user)
        return user

    def good(self, held: Held) -> bool:
        return not held.over and self.now < held.ends and self.lives(self.users[held.user])

    def signs_in(self, user: Known) -> None:
        async def enter(session: AsyncSession) -> str:
            work = Work(session, await session.get_one(School, user.school), self.now)
            return await accounts.open_session(work, await session.get_one(User, user.id))

        token = self.turn(enter)
        self.held[token] = Held(user.id, self.now, self.now + accounts.SESSION)

    # --- what people do ---

    @rule(who=some, role=st.sampled_from(list(StaffRole)))
    def somebody_invites(self, who: int, role: StaffRole) -> None:
        giver = self.inside(who)
        if giver is None:
            return
        until = self.now + VISIT if role is R.EVALUATOR else None

        async def invite(work: Work) -> None:
            made = await staff_invitations.invite(work, giver.role, role, "Имя", "8А", until)
            token = LINKS.staff(made.id, made.nonce).rpartition("/")[2]
            ends = self.now + staff_invitations.LIFE
            self.links.append(Link(made.id, token, giver.school, role, until, ends))

        done = self.done(invite, school=giver.school, actor=f"user:{giver.id}")
        assert done is (role in MAY_GIVE.get(giver.role, ()))

    @rule(who=some, whom=some)
    def somebody_lets_in_again(self, who: int, whom: int) -> None:
        giver, user = self.inside(who), self.users[sorted(self.users)[whom % len(self.users)]]
        if giver is None:
            return

        async def let_in(work: Work) -> None:
            found = await rows.get(work.session, work.school.id, user.id)
            if found is None:
                raise Refusal("admin-user-missing")
            made = await staff_invitations.let_back_in(work, giver.role, found)
            for link in self.links:
                link.dead = link.dead or link.to == user.id
            token = LINKS.staff(made.id, made.nonce).rpartition("/")[2]
            ends = self.now + staff_invitations.LIFE_AGAIN
            self.links.append(Link(made.id, token, user.school, user.role, user.until, ends, user.id))

        done = self.done(let_in, school=giver.school, actor=f"user:{giver.id}")
        past = user.until is not None and user.until <= self.now
        assert done is (self.gives(giver, user) and not past)

    def gives(self, giver: Known, user: Known) -> bool:
        return (
            giver.school == user.school and giver.id != user.id and user.role in MAY_GIVE.get(giver.role, ())
        )

    @rule(who=some, whom=some)
    def somebody_closes_an_account(self, who: int, whom: int) -> None:
        giver, user = self.inside(who), self.users[sorted(self.users)[whom % len(self.users)]]
        if giver is None:
            return

        async def close(work: Work) -> None:
            found = await rows.get(work.session, work.school.id, user.id)
            if found is None:
                raise Refusal("admin-user-missing")
            await accounts.close_user(work, found, giver.role)

        done = self.done(close, school=giver.school, actor=f"user:{giver.id}")
        assert done is self.gives(giver, user)
        if done:
            user.open = False
            self.end(user.id)
            for link in self.links:
                link.dead = link.dead or link.to == user.id

    def end(self, user: int) -> None:
        for held in self.held.values():
            held.over = held.over or held.user == user

    @rule(which=some, forged=st.booleans())
    def a_link_is_opened(self, which: int, forged: bool) -> None:
        if not self.links:
            return
        link = self.links[which % len(self.links)]
        other = self.links[(which + 1) % len(self.links)]
        token = link.token if not forged else link.token.split(".")[0] + "." + other.token.rpartition(".")[2]
        forged = forged and token != link.token

        async def accept(work: Work) -> None:
            made = await staff_invitations.behind(work.session, LINKS, token, self.now)
            user = await staff_invitations.accept(work, made, f"login{self.numbers}", self.phrase())
            self.users[user.id] = Known(user.id, link.school, link.role, link.until)

        done = self.done(accept, school=link.school)
        assert done is (not forged and not link.dead and self.now < link.ends)
        if done:
            link.dead = True
            if link.to is not None:
                self.end(link.to)
            self.signs_in(list(self.users.values())[-1] if link.to is None else self.users[link.to])

    @rule(which=some, who=some)
    def a_link_is_taken_back(self, which: int, who: int) -> None:
        giver = self.inside(who)
        if not self.links or giver is None:
            return
        link = self.links[which % len(self.links)]

        async def take_back(work: Work) -> None:
            made = await rows.invitation(work.session, link.id, work.school.id)
            if made is None:
                raise Refusal("staff-link-dead")
            await staff_invitations.revoke(work, giver.role, made)

        done = self.done(take_back, school=giver.school, actor=f"user:{giver.id}")
        assert done is (giver.school == link.school and link.role in MAY_GIVE.get(giver.role, ()))
        link.dead = link.dead or done
        self.a_link_is_opened(which, False)

    @rule(who=some)
    def somebody_ends_the_other_sessions(self, who: int) -> None:
        user = self.inside(who)
        if user is None:
            return
        self.signs_in(user)
        token = list(self.held)[-1]
        assert self.done(lambda work: accounts.end_others(work, user.id, token), school=user.school)
        for other, held in self.held.items():
            held.over = held.over or (held.user == user.id and other != token)

    @rule(
        by=st.sampled_from((timedelta(minutes=10), timedelta(hours=11), timedelta(days=2), timedelta(days=8)))
    )
    def time_passes(self, by: timedelta) -> None:
        self.now += by
        evaluator = list(self.users).index(len(FIRST))
        self.somebody_lets_in_again(0, evaluator)  # their last day may have passed

    # --- what must always be ---

    @invariant()
    def every_token_has_its_role_and_its_school(self) -> None:
        async def look(session: AsyncSession) -> None:
            for token, held in self.held.items():
                found = await accounts.who(session, token, self.now)
                user, good = self.users[held.user], self.good(held)
                assert (found is not None) is good, (held, user)
                if found is None:
                    continue
                staff, stale = found
                assert (staff.id, staff.school_id, staff.role) == (user.id, user.school, user.role)
                if stale:  # a click
                    await accounts.prolong(session, token, self.now)
                    held.ends = min(self.now + accounts.SESSION, held.begun + accounts.SESSION_LONGEST)

        if hasattr(self, "held"):
            self.turn(look)


def test_no_order_of_acts_gives_anybody_a_role_that_nobody_gave(
    at_head: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", cheap)
    walked(Offices, at_head, tmp_path, max_examples=12, stateful_step_count=25)
