"""A school in the middle of its season, with one of everybody who may sit at a chat. For `tests/bot/explorer.py`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from actions import (
    announcing,
    assignments,
    consent_talk,
    encounter_questions,
    encounters,
    meetings,
    pauses,
    plans,
    relay,
)
from actions.audiences import Audience
from actions.care_staff import STAFF_CHAT
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.channels import Channel
from program.consents import REQUIRED
from program.encounters import QuestionKind
from program.roles import Category, PersonState, Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from storage.database import Database
from storage.tables import (
    Address,
    Guardianship,
    Invitation,
    Meeting,
    OutboxRow,
    Person,
    School,
    StaffChat,
    User,
)
from tests import build, meetups
from tests.actions import pool
from tests.admin.world import furnish
from tests.bot.explorer import HERE, Event, press
from tests.pairs import couple, group, member

CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))
TOKENS = ("for-a-class", "for-a-teacher", "of-a-parent", "for-one-pupil", "no-such-link")


async def season(database: Database, school: School, now: datetime) -> dict[str, int]:
    """Who may talk: the ids of people; 0 is somebody nobody knows."""
    world = await furnish(database, school, now)
    async with database.transaction() as session:
        seats = await _season(Work(session, await session.merge(school, load=False), now))
    return seats | {"pupil who waits": world.waiting, "pupil mentor": world.mentor}


async def _season(work: Work) -> dict[str, int]:
    session = work.session
    ids = await couple(session, work.school, starts_on=work.today, announced_at=work.now - timedelta(days=20))
    mentor = await session.get_one(Person, ids.mentor)
    mentee = await session.get_one(Person, ids.mentee)
    children = [await member(session, work.school, name) for name in ("Ника", "Егор")]
    club = await group(session, [mentor], children, is_group=True, title="Клуб", starts_on=work.today)
    for pair, people in ((ids.pair, [mentee]), (club.id, children)):
        await _plan(work, mentor, people, pair)
    await _meetings(work, mentor, mentee, ids.pair, club.id)
    for author, words in ((mentor, "Здравствуй! Когда удобно?"), (mentee, "Здравствуйте! В среду.")):
        await relay.write(work.by(author), author.id, ids.pair, words)
    offered = await couple(session, work.school, status=PairStatus.APPROVED)
    await announcing.announce(work, [offered.pair])
    seats = {
        "stranger": 0,
        "mentor": mentor.id,
        "mentee": mentee.id,
        "child of a group": children[0].id,
        "offered mentee": offered.mentee,
        "offered mentor": offered.mentor,
        "parent": await _parent(work, mentee.id, children[0].id),
        "pupil of the base": await _in_base(work),
        "frozen": await _frozen(work),
        "quiet": await _quiet(work),
        "web only": await _web_only(work),
        "staff": await _staff(work),
        "host": await _meetups(work, mentee),
    }
    await _links(work)
    for code in ("INT_E", "MID", "HONEST"):
        await assignments.send(work, code, Audience(), work.today + timedelta(days=10))
    return seats


async def sits(work: Work, person_id: int, channel: Channel) -> list[Event]:
    """Puts the person at the chat; returns the buttons that wait there already."""
    if not person_id:
        return []
    address = await work.session.scalar(select(Address).where(Address.person_id == person_id))
    if address is None:
        address = build.address(await work.session.get_one(Person, person_id))
        work.session.add(address)
    address.channel, address.address = channel, HERE
    address.unreachable_since, address.unreachable_reason = None, ""
    await work.session.flush()
    bodies = await work.session.scalars(
        select(OutboxRow.body).where(OutboxRow.person_id == person_id).order_by(OutboxRow.id)
    )
    waiting = [
        choice["data"]
        for body in bodies
        for row in body.get("rows", ())
        for choice in row
        if "data" in choice
    ]
    return [press(data) for data in dict.fromkeys(waiting)]


async def _plan(work: Work, mentor: Person, people: list[Person], pair: int) -> None:
    plan = await draft(work.by(mentor), mentor.id, pair, CHOSEN)
    assert plan is not None
    await plans.send(work.by(mentor), plan.id, author=mentor.id)
    for one in people:
        await plans.agree(work.by(one), one.id, plan.id, plan.version)


async def _meetings(work: Work, mentor: Person, mentee: Person, pair: int, club: int) -> None:
    held = {"status": MeetingStatus.HELD, "starts_at": work.now - timedelta(hours=2), "closed_at": work.now}
    ended = {"status": MeetingStatus.CONFIRMED, "starts_at": work.now - timedelta(days=1)}
    for number, (where, values) in enumerate(((pair, held), (club, ended))):
        work.session.add(
            Meeting(
                school_id=work.school.id, pair_id=where, kind=MeetingKind.M1, proposed_by=mentor.id,
                format=MeetingFormat.OFFLINE, uid=f"cast-{number}", created_at=work.now, **values,
            )
        )  # fmt: skip
    await work.session.flush()
    slots = [work.now + timedelta(days=2), work.now + timedelta(days=3)]
    await meetings.propose(work.by(mentor), mentor, pair, slots, MeetingFormat.OFFLINE, "Кабинет 214", "")
    await meetings.propose(
        work.by(mentor), mentor, club, slots[:1], MeetingFormat.ONLINE, "", "https://telemost.yandex.ru/j/1"
    )


async def _parent(work: Work, *children: int) -> int:
    parent = await pool.guardian(work, children[0])
    for child in children[1:]:
        work.session.add(
            Guardianship(
                school_id=work.school.id, guardian_id=parent.id, child_id=child, created_at=work.now,
                confirmed_at=work.now,
            )
        )  # fmt: skip
    await work.session.flush()
    return parent.id


async def _in_base(work: Work) -> int:
    pupil = await member(work.session, work.school, "Лада", "", birth_date=None)
    work.session.add(
        build.participation(pupil, Side.MENTEE, status=ParticipationStatus.IN_BASE, enrolled_at=work.now)
    )
    await work.session.flush()
    return pupil.id


async def _frozen(work: Work) -> int:
    pupil = await meetups.pupil(work, "Зоя", "Ромашкина", looks=True)
    await consent_talk.withdraw(work.by(pupil), pupil.id, pupil.id, list(REQUIRED), channel=Channel.VK)
    return pupil.id


async def _quiet(work: Work) -> int:
    pupil = await meetups.pupil(work, "Марат", "Ромашкин", looks=True)
    await pauses.pause(work.by(pupil), pupil.id, work.today + timedelta(weeks=2))
    return pupil.id


async def _web_only(work: Work) -> int:
    pupil = await meetups.pupil(work, "Пётр", "Ромашкин", looks=True)
    pupil.preferences = {"web_only": True}
    return pupil.id


async def _staff(work: Work) -> int:
    user = User(
        school_id=work.school.id, login="curator-in-chat", name="Вера Взрослая", role=StaffRole.CURATOR,
        password_hash="x", created_at=work.now, class_name="",
    )  # fmt: skip
    human = build.person(work.school, "Вера", "Взрослая", category=Category.TEACHER)
    human.preferences = {STAFF_CHAT: True}
    work.session.add_all([user, human])
    await work.session.flush()
    work.session.add(build.address(human))
    work.session.add(StaffChat(school_id=work.school.id, user_id=user.id, person_id=human.id, since=work.now))
    await work.session.flush()
    return human.id


async def _meetups(work: Work, guest: Person) -> int:
    host = await meetups.mentor(work, "Ирина", "Лугова")
    ahead = await meetups.flash(work, host)
    await meetups.speed(work, 2)
    over = await meetups.flash(work, host, topic="Как готовиться к экзамену")
    await encounters.sign_up(work, guest, ahead.id)
    await encounters.sign_up(work, guest, over.id)
    over.starts_at = work.now - timedelta(hours=2)
    await encounter_questions.subscribe(work.by(host), host.id, ["career", "talk"])
    for kind in (QuestionKind.QUESTION, QuestionKind.REQUEST):
        await encounter_questions.ask(work.by(guest), guest.id, kind, "career", "Как понять, кем мне быть?")
    return host.id


async def _links(work: Work) -> None:
    child = build.person(work.school, "Костя", "", birth_date=None)
    invited = build.person(work.school, "Юля", "Ромашкина", state=PersonState.INVITED)
    work.session.add_all([child, invited])
    await work.session.flush()
    work.session.add(build.participation(child, Side.MENTEE, status=ParticipationStatus.CONSENT_PENDING))
    whose: tuple[tuple[str, str, dict[str, int]], ...] = (("for-a-class", "any", {}), ("for-a-teacher", "mentor", {}), ("of-a-parent", "guardian", {"child_id": child.id}),
             ("for-one-pupil", "mentee", {"person_id": invited.id}))  # fmt: skip
    for token, purpose, values in whose:
        work.session.add(
            Invitation(
                school_id=work.school.id, token=token, purpose=purpose, uses_left=10, created_at=work.now,
                expires_at=work.now + timedelta(days=30), **values,
            )
        )  # fmt: skip
    await work.session.flush()
