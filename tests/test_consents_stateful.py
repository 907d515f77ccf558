"""Tries to get at an active pair, a message about a child or a published photo without the consent it needs.

Everything goes through the verbs on a real database. What holds is worked out a second time here, from
the rows of the ledger, so that a mistake in the rules and one in this test would have to be the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import (
    acceptance,
    consent_clock,
    consent_decisions,
    consent_talk,
    erasure,
    guardians,
    meetings,
    news,
    pairs,
    paper,
    reminders,
)
from actions.links import Links
from actions.work import Work
from bot.sender import Sender
from bot.web.messenger import WebMessenger
from program.ages import Consenter
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind
from program.errors import Refusal
from program.outgoing import Concerns, Kind
from program.roles import Category, Side
from program.states import KNOWN, MeetingFormat, PairStatus, ParticipationStatus
from storage.tables import (
    Consent,
    Guardianship,
    NewsItem,
    OutboxRow,
    Pair,
    PairMember,
    Person,
    School,
    WebMessage,
)
from tests import build
from tests.both import server
from tests.conftest import NOW
from tests.machine import Machine, walked

START = NOW
PD, PART, PUB = ConsentKind.PD, ConsentKind.PARTICIPATION, ConsentKind.PUBLICATION
# Names that are nowhere else: where one is read, that person is told of.
TEACHER, SENIOR, CHILD, TEEN, NINTH = "Велимир", "Боримир", "Любомир", "Святозар", "Доброслав"
PLACES = {
    TEACHER: Side.MENTOR, SENIOR: Side.MENTOR, CHILD: Side.MENTEE, TEEN: Side.MENTEE, NINTH: Side.MENTEE
}  # fmt: skip
BORN = {SENIOR: date(2008, 10, 3), CHILD: date(2013, 5, 4), TEEN: date(2012, 9, 28), NINTH: date(2011, 5, 4)}
PAIR, GROUP, OTHER = (TEACHER, CHILD), (TEACHER, CHILD, NINTH), (SENIOR, TEEN)
names, kinds = st.sampled_from(tuple(PLACES)), st.sampled_from((PD, PART, PUB))
parents = st.sampled_from(("first", "second"))


class Season(Machine):
    def __init__(self) -> None:
        super().__init__()
        self.couples: tuple[tuple[str, ...], ...] = (PAIR, OTHER)
        self.sender = Sender(
            self.database,
            lambda: self.now,
            Links("https://x", "s"),
            [WebMessenger(self.database, lambda: self.now)],
        )
        self.ids: dict[str, int] = {}
        self.read = 0
        self.heard: set[int] = set()

    def do(self, act: Callable[[Work], Coroutine[Any, Any, Any]]) -> None:
        """One verb in one transaction; a «no» undoes it, as a door would."""

        async def verb(session: AsyncSession) -> None:
            school = (await session.scalars(select(School))).one()
            await act(Work(session, school, self.now, "user:1"))

        with contextlib.suppress(Refusal):
            self.turn(verb)

    @initialize(ready=st.sampled_from((True, True, False)), group=st.booleans())
    def people(self, ready: bool, group: bool) -> None:
        """Two couples, or a group and a couple; `ready`: they work already, a meeting is agreed."""
        if group:
            self.couples = (GROUP, OTHER)

        async def make() -> None:
            async with self.database.transaction() as session:
                school = build.school(now=START)
                session.add(school)
                await session.flush()
                for name, side in PLACES.items():
                    values: dict[str, Any] = {"category": Category.TEACHER} if name == TEACHER else {
                        "birth_date": BORN[name], "class_name": "10А" if side is Side.MENTOR else "6А"
                    }  # fmt: skip
                    person = await self.add(session, build.person(school, name, "Ромашкин", **values))
                    self.ids[name] = person.id
                    form = "uchit_uch" if name in GROUP else "uch_uch"
                    place = build.participation(
                        person, side, form, status=ParticipationStatus.CONSENT_PENDING
                    )
                    session.add(place)
                for child in BORN:
                    for which in ("first", "second"):
                        adult = build.person(school, "Мария", "Ромашкина", category=Category.PARENT)
                        await self.add(session, adult)
                        self.ids[f"{which} {child}"] = adult.id
                        session.add(
                            Guardianship(
                                school_id=school.id, guardian_id=adult.id, child_id=self.ids[child],
                                relation="mother", created_at=START,
                            )
                        )  # fmt: skip

        self.run(make())
        if ready:
            for name in PLACES:
                self.everybody_agrees(name)
            for which in (0, 1):
                self.the_curator_makes_a_pair(which)
            self.the_curator_announces()  # and what it says still waits to go out
            for name in PLACES:
                self.somebody_says_whether_the_pair_suits(name, True)
            for couple in self.couples:
                self.somebody_offers_a_meeting(couple[0])

    @staticmethod
    async def add(session: Any, person: Person) -> Person:
        session.add(person)
        await session.flush()
        session.add(build.address(person))
        return person

    # --- what may happen ---

    @rule(name=names)
    def everybody_agrees(self, name: str) -> None:
        for kind in (PD, PART):
            for giver in (name, f"first {name}"):
                if giver in self.ids:
                    self.speak(giver, name, kind, agrees=True)
        self.confirm(name, "first")

    @rule(name=names, kind=kinds, own=st.booleans(), which=parents, agrees=st.booleans())
    def somebody_answers(self, name: str, kind: ConsentKind, own: bool, which: str, agrees: bool) -> None:
        giver = name if own else f"{which} {name}"
        if giver in self.ids:
            self.speak(giver, name, kind, agrees=agrees)

    @rule(name=names, kind=kinds, own=st.booleans(), which=parents)
    def somebody_takes_it_back(self, name: str, kind: ConsentKind, own: bool, which: str) -> None:
        giver = name if own else f"{which} {name}"
        if giver in self.ids:
            who, whom = self.ids[giver], self.ids[name]
            self.do(lambda work: consent_talk.withdraw(work, who, whom, [kind], channel=Channel.WEB))

    @rule(name=names, event=st.sampled_from(list(ConsentEvent)))
    def a_paper_comes(self, name: str, event: ConsentEvent) -> None:
        async def enter(work: Work) -> None:
            person = await work.session.get(Person, self.ids[name])
            assert person is not None
            who = Consenter.SELF if name == TEACHER else Consenter.GUARDIAN
            giver = person if who is Consenter.SELF else None
            await paper.enter(
                work, person, [PD, PART], event, consenter=who, giver=giver, signed_on=work.today
            )

        self.do(enter)

    @rule(name=names, which=parents)
    def confirm(self, name: str, which: str) -> None:
        adult = self.ids.get(f"{which} {name}")
        if adult is not None:
            self.do(lambda work: guardians.confirm(work, adult, self.ids[name]))

    @rule(name=names, which=parents)
    def not_a_guardian(self, name: str, which: str) -> None:
        adult = self.ids.get(f"{which} {name}")

        async def end(work: Work) -> None:
            child = await work.session.get(Person, self.ids[name])
            assert child is not None
            assert adult is not None
            await consent_decisions.end_bond(work, adult, child)

        if adult is not None:
            self.do(end)

    @rule(which=st.sampled_from((0, 1)))
    def the_curator_makes_a_pair(self, which: int) -> None:
        """A pair that was approved, however it came about; whether it may be announced is the verb's to say."""
        couple = self.couples[which]

        async def approve(work: Work) -> None:
            members = [self.ids[name] for name in couple]
            busy = select(PairMember.id).join(Pair).where(
                PairMember.person_id.in_(members), PairMember.left_at.is_(None),
                Pair.status.in_((PairStatus.APPROVED, *KNOWN)),
            )  # fmt: skip
            if await work.session.scalar(busy):
                return
            from storage import people

            places = [
                (await people.participations_of(work.session, key, work.settings.year))[0] for key in members
            ]
            work.session.add(build.pair(*places, status=PairStatus.APPROVED, is_group=len(couple) > 2))

        self.do(approve)

    @rule()
    def the_curator_announces(self) -> None:
        self.do(lambda work: pairs.announce(work))

    @rule(name=names, yes=st.sampled_from((True, True, True, False)))
    def somebody_says_whether_the_pair_suits(self, name: str, yes: bool) -> None:
        async def answer(work: Work) -> None:
            mine = select(PairMember.pair_id).where(PairMember.person_id == self.ids[name])
            pair_id = await work.session.scalar(mine.order_by(PairMember.id.desc()).limit(1))
            if pair_id is not None and yes:
                await acceptance.agree(work, self.ids[name], pair_id)
            elif pair_id is not None:
                await acceptance.decline(work, self.ids[name], pair_id, "busy")

        self.do(answer)

    @rule()
    def the_clock_looks_at_answers(self) -> None:
        self.do(acceptance.follow)

    @rule(name=names)
    def somebody_offers_a_meeting(self, name: str) -> None:
        async def offer(work: Work) -> None:
            person = await work.session.get(Person, self.ids[name])
            assert person is not None
            member = (
                select(PairMember.pair_id)
                .where(PairMember.person_id == person.id)
                .order_by(PairMember.id.desc())
            )
            pair_id = await work.session.scalar(member.limit(1))
            if pair_id is not None:
                start = work.now + timedelta(days=2, hours=1)
                made = await meetings.propose(work, person, pair_id, [start], MeetingFormat.OFFLINE)
                other = next(
                    one.person_id for one in await members_of(work, pair_id) if one.person_id != person.id
                )
                reader = await work.session.get(Person, other)
                assert reader is not None
                await meetings.accept(work, reader, made.id, 0, made.sequence)

        self.do(offer)

    @rule(name=names)
    def a_photo_is_published(self, name: str) -> None:
        async def publish(work: Work) -> None:
            item = await news.write(work, news.Draft("Новости", "Фото недели", to_wall=False))
            await news.set_shown(work, item.id, [self.ids[name]])
            await news.publish(work, item.id)

        self.do(publish)

    @rule(hours=st.sampled_from((3, 24, 24 * 20, 24 * 340)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for tick in (
            consent_clock.follow,
            consent_clock.remind,
            erasure.plan,
            erasure.erase_due,
            reminders.send_due,
        ):
            self.do(tick)

    @rule()
    def what_is_due_goes_out(self) -> None:
        self.run(self.sender.drain())
        self.nothing_was_said_without_consent()

    def speak(self, giver: str, name: str, kind: ConsentKind, *, agrees: bool) -> None:
        who, whom = self.ids[giver], self.ids[name]
        self.do(lambda work: consent_talk.renew(work, who, whom, {kind: agrees}, channel=Channel.WEB))

    # --- what must never be ---

    @invariant()
    def no_pair_works_without_consents(self) -> None:
        if self.ids:
            self.run(self._pairs())

    async def _pairs(self) -> None:
        async with self.database.reading() as session:
            working = await session.execute(
                select(Pair.id, PairMember.person_id)
                .join(PairMember)
                .where(Pair.status == PairStatus.ACTIVE, PairMember.left_at.is_(None))
                .where(PairMember.aside_since.is_(None))
            )
            for pair_id, person_id in working:
                assert await self.holds(session, person_id, PD, PART), (
                    f"pair {pair_id} works without a consent"
                )

    def nothing_was_said_without_consent(self) -> None:
        async def look() -> None:
            async with self.database.reading() as session:
                sent = select(OutboxRow).where(OutboxRow.sent_at == self.now, OutboxRow.kind != Kind.REPLY)
                for row in (await session.scalars(sent)).all():
                    if row.id in self.heard:
                        continue
                    self.heard.add(row.id)
                    concerns = Concerns.from_json(row.body.get("concerns", {}))
                    for person_id in concerns.shown:
                        assert await self.holds(session, person_id, PUB), (
                            f"{row.key}: a photo without consent"
                        )
                    if concerns.formal:
                        continue
                    bubble = await session.scalar(
                        select(WebMessage.words).where(WebMessage.outbox_id == row.id)
                    )
                    for name in PLACES:
                        if name in (bubble or "") or self.ids[name] in concerns.people:
                            agreed = await self.holds(session, self.ids[name], PD, PART)
                            assert agreed, f"{row.key} tells of somebody without a consent"

        self.run(look())

    @invariant()
    def no_photo_is_published_without_consent(self) -> None:
        async def look() -> None:
            async with self.database.reading() as session:
                for item in (
                    await session.scalars(select(NewsItem).where(NewsItem.published_at == self.now))
                ).all():
                    for person_id in item.shows:
                        agreed = await self.holds(session, person_id, PUB, until=item.published_at)
                        assert agreed or item.id <= self.read, "a photo was published without a consent"
                    self.read = max(self.read, item.id)

        if self.ids:
            self.run(look())

    async def holds(self, session: Any, person_id: int, *wanted: ConsentKind, until: Any = None) -> bool:
        """The rules of domain.md 8.1-8.3, told a second time."""
        person = await session.get(Person, person_id)
        if person.first_name == "":
            return False
        today = (self.now + timedelta(hours=5)).date()
        age = 40
        if person.birth_date is not None:
            born = person.birth_date
            age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        lines = (
            await session.scalars(select(Consent).where(Consent.person_id == person_id).order_by(Consent.id))
        ).all()
        bonds = (await session.scalars(select(Guardianship).where(Guardianship.child_id == person_id))).all()
        ended = {bond.guardian_id for bond in bonds if bond.ended_at is not None}
        good = {bond.guardian_id for bond in bonds if bond.ended_at is None and bond.confirmed_at is not None}
        for kind in wanted:
            last = {
                (line.consenter, line.given_by): line
                for line in lines
                if line.kind == kind and line.given_by not in ended
            }
            own = [line for (who, _), line in last.items() if who == Consenter.SELF]
            theirs = [line for (who, _), line in last.items() if who == Consenter.GUARDIAN]
            yes = [line for line in (*own, *theirs) if line.event == ConsentEvent.GIVEN]
            yes = [line for line in yes if line.valid_until is None or line.valid_until >= today]
            if any(line.event != ConsentEvent.GIVEN for line in own):
                return False
            if age < 18:
                if any(line.event != ConsentEvent.GIVEN for line in theirs):
                    return False
                if not any(
                    line in theirs and (line.given_by in good or line.method == "paper") for line in yes
                ):
                    return False
            mine = [line for line in yes if line in own]
            if age >= 18 and person.birth_date is not None:
                since = datetime(
                    person.birth_date.year + 18, person.birth_date.month, person.birth_date.day, tzinfo=UTC
                )
                mine = [line for line in mine if line.at >= since - timedelta(hours=5)]
            if age >= 14 and not mine:
                return False
        return True


async def members_of(work: Work, pair_id: int) -> list[PairMember]:
    return list(await work.session.scalars(select(PairMember).where(PairMember.pair_id == pair_id)))


def test_no_way_leads_past_a_consent(at_head: Path, tmp_path: Path) -> None:
    walked(Season, at_head, tmp_path, max_examples=10, stateful_step_count=30)


@pytest.mark.postgres
def test_no_way_leads_past_a_consent_on_a_server(
    at_head: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Season, "server", server())
    walked(Season, at_head, tmp_path, max_examples=5, stateful_step_count=30)
