"""`nastavnik demo`: a school in mid-season on an embedded database; its clock moves, its people are played."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import (
    accounts,
    announcing,
    guardians,
    invitations,
    pairs,
    paper,
    roster,
    schools,
    webchat,
)
from actions.guardians import Adult, Relation
from actions.work import Work
from app import demo_school, demo_stories
from app.clock import Clock
from app.demo_life import Life, arrives
from app.demo_plans import plan_together
from app.demo_school import Line, Plan
from app.demo_weeks import Weeks
from app.demo_year import plan_year
from app.wiring import House
from locales.consents import KINDS
from program.channels import Channel
from program.consents import ConsentMethod
from program.courtesy import polite_from
from program.errors import Refusal
from program.outgoing import Kind
from program.roles import Category, PersonState, Side, StaffRole
from program.settings import SchoolSettings
from storage import accounts as kept
from storage import pairs as rows
from storage import people, system
from storage import schools as stored
from storage.tables import Participation, Person, School

log = structlog.get_logger()

LOGIN = "curator"
CURATOR = "Мария Ивановна"
OTHERS = (  # who else may look around: login, role, name, class
    ("director", StaffRole.DIRECTOR, "Анна Сергеевна", ""),
    ("psychologist", StaffRole.PSYCHOLOGIST, "Елена Викторовна", ""),
    ("teacher", StaffRole.CLASS_TEACHER, "Павел Андреевич", "6Б"),
)
PARENTS_BORN = 1984
PARENTS_ON_PAGE = 0.8  # of them; the others answer in the chat
OPEN_FROM, OPEN_UNTIL = 10, 17  # the school's hours in which the demo opens
AHEAD = "demo:ahead"  # seconds by which its clock goes before the real one
DAYS_AGO = 21  # when the demo's people joined


async def prepare(house: House, clock: Clock, password: str) -> tuple[School, Story]:
    """Fills an empty database with the school; one that is full already only gets a new password.

    Returns:
        The school, and its story, which may go on.
    """
    async with house.database.reading() as session:
        known = await stored.default(session)
    if known is not None:
        await _go_on(house, clock)
        await _new_password(house, known, password)
        story = Story(house, clock)
        await story.go_on(known)
        return known, story
    print("Школа готовится: 583 ученика, 51 учитель…", flush=True)  # noqa: T201 - the command's answer
    story = Story(house, clock)
    school = await story.begin(password)
    await story.join()
    await story.put_together()
    await plan_year(house.database, school, clock())
    await house.sender.drain()
    clock.held = None
    clock.advance(_till_working_hours(clock(), SchoolSettings.read(school.settings)))
    await remember(house, clock)
    return school, story


async def remember(house: House, clock: Clock) -> None:
    """A demo opened again goes on from its own hour, not from an hour that its people have lived through."""
    async with house.database.transaction() as session:
        await system.put(session, AHEAD, str(clock.offset.total_seconds()), clock())


async def _go_on(house: House, clock: Clock) -> None:
    """The clock goes on from where the demo was ended.

    Raises:
        Refusal: it was ended while its school was being made.
    """
    async with house.database.reading() as session:
        ahead = await system.get(session, AHEAD)
    if ahead is None:
        raise Refusal("cli-demo-unfinished")
    clock.advance(timedelta(seconds=float(ahead)))


def _till_working_hours(now: datetime, settings: SchoolSettings) -> timedelta:
    """How far the demo's clock starts ahead: at night and on rest days nothing would ever arrive."""
    zone = ZoneInfo(demo_school.ZONE)
    opens = polite_from(now, settings, zone, Category.PUPIL, Kind.NOTICE)
    if opens.hour >= OPEN_UNTIL:
        night = opens.replace(hour=0, minute=0) + timedelta(days=1)
        opens = polite_from(night, settings, zone, Category.PUPIL, Kind.NOTICE)
    if opens.hour < OPEN_FROM:
        opens = opens.replace(hour=OPEN_FROM, minute=0)
    return max(opens - now, timedelta(0))


class Story:
    """How the demo's school came to where it stands: lists, joining, consents, pairs."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock
        self._database = house.database
        self._chance = random.Random(7)  # noqa: S311 - invented people, not secrets
        self._today = house.clock().astimezone(ZoneInfo(demo_school.ZONE)).date()
        self.plan: Plan = demo_school.plan(house.clock().date())
        self._actor = "system"  # the curator, once there is one
        self._ids: dict[Line, int] = {}
        self._places: dict[tuple[Line, Side, str], int] = {}

    @property
    def _now(self) -> datetime:
        return self._clock()

    def _wait(self, time: timedelta) -> None:
        self._clock.held = self._now + time

    async def go_on(self, school: School) -> None:
        """The story of a school that was made before: whoever waits to be played may still join by themselves."""
        self._school = school
        async with self._database.reading() as session:
            by_name = await self._by_name(session)
            curator = await kept.by_login(session, LOGIN)
        self._ids = {one: by_name[one.names] for one in self.plan.newcomers if one.names in by_name}
        self._actor = f"user:{curator.id}" if curator else "system"

    async def begin(self, password: str) -> School:
        """The school, its curator and the lists of its pupils and teachers."""
        began = self._now.astimezone(ZoneInfo(demo_school.ZONE)) - timedelta(days=DAYS_AGO)
        self._clock.held = began.replace(hour=10, minute=0, second=0, microsecond=0).astimezone(UTC)
        async with self._database.transaction() as session:
            school = await schools.add(
                session, "demo", demo_school.NAME, demo_school.ZONE, demo_school.CITY, now=self._now
            )
            settings = SchoolSettings.read(school.settings)
            values = settings.to_json() | {
                "pupils": demo_school.PUPILS,
                "teachers": demo_school.TEACHERS,
                "curator_name": CURATOR,
                "meeting_place": "Библиотека",
                "meeting_places": ["Библиотека", "Кабинет 214", "Актовый зал"],
                "lessons": list(demo_school.LESSONS),
                "operator": f"{demo_school.NAME}, г. {demo_school.CITY}",
            }
            school.settings = values
            work = Work(session, school, self._now, "system")
            curator = await accounts.add_user(work, LOGIN, StaffRole.CURATOR, password, CURATOR)
            for login, role, name, class_name in OTHERS:
                await accounts.add_user(work, login, role, password, name, class_name)
            self._actor = f"user:{curator.id}"
        self._school = school
        await self._import(self.plan.pupils, Category.PUPIL)
        await self._import(self.plan.teachers, Category.TEACHER)
        return school

    async def join(self) -> None:
        """Everybody of the plan joins by conversation; parents answer for their children."""
        for form, side, lines in self.plan.places:
            for line in lines:
                await self._joins(line, side, form)
        async with self._database.transaction() as session:
            places = await session.scalars(
                select(Participation).where(Participation.school_id == self._school.id)
            )
            by_person = {person_id: line for line, person_id in self._ids.items()}
            for place in places:
                self._places[by_person[place.person_id], Side(place.side), place.form] = place.id
                place.admitted = place.side == Side.MENTOR

    async def put_together(self) -> None:
        """The curator confirms the published pairs and groups and announces them."""
        self._wait(timedelta(days=3))
        async with self._database.transaction() as session:
            work = Work(session, await stored.get(session, self._school.id), self._now, self._actor)
            for form, _, _, mentors, mentees in self.plan.groups:
                share = -(-len(mentees) // len(mentors))  # a group's leaders share its people
                for mentor in mentors:
                    await pairs.set_capacity(work, self._places[mentor, Side.MENTOR, form], share)
            for form, model, mentor, mentee in self.plan.pairs:
                ids = self._places[mentee, Side.MENTEE, form], self._places[mentor, Side.MENTOR, form]
                pair = await pairs.choose(work, *ids)
                await pairs.set_role_model(work, pair.id, model)
            for form, model, title, mentors, mentees in self.plan.groups:
                leaders = [self._places[one, Side.MENTOR, form] for one in mentors]
                members = [self._places[one, Side.MENTEE, form] for one in mentees]
                await pairs.make_group(work, form, model, title, leaders, members)
            announced = (await announcing.announce(work)).pairs
            heard = [pair.answer_by for pair in announced if pair.answer_by is not None]
            answer = timedelta(hours=work.settings.answer_hours)
            asked = [(pair.id, member.person_id) for pair in announced for member in rows.present(pair)]
        # Everybody has read it by the end of the next polite hour, and says that it suits them.
        self._wait(max(heard) - answer + timedelta(hours=1) - self._now)
        await self._house.sender.drain()
        for pair_id, person_id in asked:
            await self._life(person_id).presses(f"f:pair-yes:{pair_id}", self._now)
        one_to_one = [pair.id for pair in announced if not pair.is_group]
        await plan_together(self._database, self._school, self._life, one_to_one, self._now)
        await self._live(one_to_one, [pair.id for pair in announced if pair.is_group])

    async def _live(self, one_to_one: Sequence[int], groups: Sequence[int]) -> None:
        """The weeks of the first pairs, until the day on which the demo opens."""
        weeks = Weeks(self._database, self._house.sender, self._clock, self._school, self._actor, self._today)
        demo_stories.tell(weeks, await weeks.casts(one_to_one), await weeks.casts(groups))
        await weeks.live()

    def _life(self, person_id: int) -> Life:
        return Life(self._database, self._house.front, self._house.sender, person_id, self._chance, {})

    async def _import(self, lines: Sequence[Line], category: Category) -> None:
        async with self._database.transaction() as session:
            work = Work(session, await stored.get(session, self._school.id), self._now, self._actor)
            preview = await roster.read(work, "список.xlsx", demo_school.roster(list(lines)), category)
            await roster.apply(work, preview, category)
            by_name = await self._by_name(session)
        for line in lines:
            self._ids[line] = by_name[line.names]

    async def _by_name(self, session: AsyncSession) -> dict[tuple[str, str, str], int]:
        found = await session.scalars(select(Person).where(Person.school_id == self._school.id))
        return {(one.last_name, one.first_name, one.middle_name): one.id for one in found}

    async def newcomers_join(self) -> None:
        """The invited who wait to be played join by themselves, with their parents; mentors are admitted.

        Whoever was begun to be played is left alone.
        """
        for line in (one for one in self.plan.newcomers if one in self._ids):
            async with self._database.reading() as session:
                person = await people.get(session, self._ids[line])
            if person is None or person.state != PersonState.INVITED:
                continue
            side, form = self.plan.wishes[line]
            await self._joins(line, side, form, at_once=True)
            if side is Side.MENTOR:
                await self._admit(self._ids[line])

    async def _admit(self, person_id: int) -> None:
        async with self._database.transaction() as session:
            work = Work(session, await stored.get(session, self._school.id), self._now, self._actor)
            person = await people.get(session, person_id)
            assert person is not None
            places = await session.scalars(
                select(Participation).where(
                    Participation.person_id == person_id, Participation.side == Side.MENTOR
                )
            )
            for place in places.all():
                await paper.admit(work, person, place.id, "Показ: собеседование прошло раньше.")

    async def _joins(self, line: Line, side: Side, form: str, *, at_once: bool = False) -> None:
        if not at_once:
            self._wait(timedelta(minutes=2))
        person_id = self._ids[line]
        async with self._database.transaction() as session:
            work = Work(session, await stored.get(session, self._school.id), self._now, self._actor)
            (invitation,) = await invitations.invite(work, side.value, person_id=person_id, form=form)
        life = await self._arrive(invitation.token, line)
        await life.opens(invitation.token, self._now)
        if line.class_name and await self._parent_answers(line, person_id):
            await life.presses("f:intake", self._now)

    async def _parent_answers(self, line: Line, child_id: int) -> bool:
        """A parent opens the link that the child got; the class teacher confirms. False: not needed any more."""
        async with self._database.transaction() as session:
            work = Work(session, await stored.get(session, self._school.id), self._now, self._actor)
            if await people.guardians_of(session, child_id):
                return False
            child = await people.get(session, child_id)
            assert child is not None
            invitation = await invitations.guardian_invitation(work, child)
            if self._chance.random() < PARENTS_ON_PAGE:
                guardian_id = (await self._page(work, child, line)).id
                await guardians.confirm(work, guardian_id, child_id)
                return True
        life = await self._arrive(invitation.token, line)
        life.answers = {"name": demo_school.parent(line), "born": str(PARENTS_BORN)}
        await life.opens(invitation.token, self._now)
        async with self._database.transaction() as session:
            work = Work(session, await stored.get(session, self._school.id), self._now, self._actor)
            await guardians.confirm(work, life.person_id, child_id)
        return True

    async def _page(self, work: Work, child: Person, line: Line) -> Person:
        """What the page for parents does when its form is sent."""
        last, first, middle = demo_school.parent(line).split()
        guardian = await guardians.decide(
            work,
            child,
            Adult(last, first, middle, Relation.MOTHER, born=PARENTS_BORN),
            dict.fromkeys(KINDS, True),
            method=ConsentMethod.WEB_FORM,
            channel=Channel.WEB,
        )
        await webchat.web_address(work, guardian)
        return guardian

    async def _arrive(self, token: str, line: Line) -> Life:
        visit = f"{self._chance.getrandbits(96):024x}"
        person_id = await arrives(self._database, self._school, self._now, token, visit)
        return Life(self._database, self._house.front, self._house.sender, person_id, self._chance, {})


async def _new_password(house: House, school: School, password: str) -> None:
    async with house.database.transaction() as session:
        work = Work(session, await stored.get(session, school.id), house.clock(), "system")
        for login in (LOGIN, *(login for login, _, _, _ in OTHERS)):
            user = await kept.by_login(session, login)
            if user is not None:
                await accounts.set_password(work, user, password)
