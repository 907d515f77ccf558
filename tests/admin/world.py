"""A small school in the middle of its season: something of everything that the admin shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import achievements, early_warning, encounters, gatherings, news
from actions import encounter_questions as pool
from actions.achievements import Won
from actions.care import ask_for_help
from actions.encounter_speed import make_table
from actions.encounters import Draft
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.encounters import EncounterKind, QuestionKind
from program.outgoing import Kind, say
from program.roles import Category, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from program.text import Text, raw
from storage import outbox, worries
from storage.database import Database
from storage.tables import Consent, Guardianship, Meeting, Pair, PairMember, Participation, Person, School
from tests.admin.road import Road, lay
from tests.both import made_once
from tests.build import address, participation, person

# The smallest real JPEG and PNG: one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass
class World:
    """Ids, because rows end with their sessions."""

    school: int
    mentor: int
    mentee: int
    waiting: int  # a pupil without a consent
    guardian: int
    mentor_place: int
    mentee_place: int
    free_mentee_place: int
    suggested: int
    approved: int
    active: int
    help: int
    draft: int
    published: int
    photo: int
    encounter: int
    question: int
    worry: int
    meeting: int
    gathering: int
    won: int  # an achievement with a diploma
    road: Road


async def furnish(database: Database, school: School, now: datetime) -> World:
    async def make() -> World:
        async with database.transaction() as session:
            held = await session.merge(school, load=False)
            return await _furnish(Work(session, held, now))

    return await made_once(database, f"world {school.id} {now}", make)


async def _furnish(work: Work) -> World:
    session, school, now = work.session, work.school, work.now
    mentor = await _add(
        session, person(school, "Олег", "Ветров", class_name="10Б", birth_date=date(2008, 4, 1))
    )
    mentor2 = await _add(
        session, person(school, "Ирина", "Лугова", class_name="11А", birth_date=date(2008, 1, 9))
    )
    mentee = await _add(
        session, person(school, "Аня", "Котова", middle_name="Сергеевна", phone="+79000000001")
    )
    mentee2 = await _add(session, person(school, "Юля", "Снегирёва", class_name="8Б"))
    mentee3 = await _add(
        session, person(school, "Тимур", "Алиев", class_name="7А", birth_date=date(2013, 9, 1))
    )
    waiting = await _add(session, person(school, "Костя", "Рыжов"))
    mother = await _add(
        session, person(school, "Вера", "Рыжова", category=Category.PARENT, phone="+79000000002")
    )
    free = await _add(session, person(school, "Саша", "Зимин", class_name="6В"))
    places = {
        who.id: await _add(session, participation(who, side, **more))
        for who, side, more in (
            (mentor, Side.MENTOR, {"capacity": 3}),
            (mentor2, Side.MENTOR, {"admitted": False}),
            (mentee, Side.MENTEE, {"status": ParticipationStatus.PAIRED}),
            (mentee2, Side.MENTEE, {}),
            (mentee3, Side.MENTEE, {}),
            (waiting, Side.MENTEE, {"status": ParticipationStatus.CONSENT_PENDING}),
            (free, Side.MENTEE, {}),
        )
    }
    for who in (mentor, mentor2, mentee, mentee2, mentee3, free):
        session.add(address(who))
        _agree(work, who)
    session.add(
        address(waiting, Channel.VK, f"vk{waiting.id}", unreachable_since=now, unreachable_reason="blocked")
    )
    session.add(
        Guardianship(
            school_id=school.id, guardian_id=mother.id, child_id=waiting.id, relation="mother", created_at=now
        )
    )
    suggested = await _pair(work, mentor, mentee2, places, PairStatus.SUGGESTED)
    approved = await _pair(work, mentor, mentee3, places, PairStatus.APPROVED)
    active = await _pair(work, mentor, mentee, places, PairStatus.ACTIVE)
    for starts, status in (
        (now - timedelta(days=5), MeetingStatus.CONFIRMED),
        (now + timedelta(days=1), MeetingStatus.CONFIRMED),
    ):
        session.add(
            Meeting(
                school_id=school.id, pair_id=active.id, kind=MeetingKind.M1, status=status, proposed_by=mentor.id,
                starts_at=starts, format=MeetingFormat.OFFLINE, place="библиотека",
                uid=f"{school.id}-{starts.isoformat()}", created_at=now,
            )
        )  # fmt: skip
    asked = await ask_for_help(work, mentee.id, "Не получается договориться о встрече.", urgent=True)
    draft = await news.write(work, news.Draft("Первая встреча клуба", "Ждём всех в пятницу в актовом зале."))
    photo = await news.add_photo(work, draft.id, PNG)
    published = await news.write(work, news.Draft("Начинаем", "Программа наставничества начинается."))
    await news.publish(work, published.id)
    await outbox.put(
        session, school_id=school.id, key=f"broken:{school.id}", kind=Kind.NOTICE, priority=5,
        person_id=waiting.id, channel=Channel.VK, address=f"vk{waiting.id}", body=say(raw("…")).to_json(),
        created_at=now, due_at=now, dropped="unreachable",
    )  # fmt: skip
    event = await encounters.publish(
        work, Draft("Вечер знакомств", now + timedelta(days=3), EncounterKind.SPEED, rounds=2)
    )
    asked_pool, _ = await pool.ask(
        work, mentee.id, QuestionKind.QUESTION, "career", "Кем мне стать, подскажите?"
    )
    assert asked_pool is not None
    await encounters.sign_up(work, mentee, event.id)
    await encounters.sign_up(work, mentor, event.id)
    await make_table(work, event.id)
    everybody = await gatherings.call(
        work, gatherings.Draft(MeetingKind.M0, now + timedelta(days=10), place="Актовый зал")
    )
    met = (await session.scalars(select(Meeting.id).where(Meeting.pair_id == active.id))).first()
    assert met is not None
    await early_warning.follow(work)
    worry, *_ = await worries.open_ones(session, school.id)
    won = await achievements.enter(
        work, active, mentee.id, Won("Олимпиада по биологии", "olympiad", "municipal", work.today, "prize")
    )
    await achievements.attach(work, won.id, PNG)
    return World(
        school=school.id, mentor=mentor.id, mentee=mentee.id, waiting=waiting.id, guardian=mother.id,
        mentor_place=places[mentor2.id].id, mentee_place=places[mentee2.id].id,
        free_mentee_place=places[free.id].id, suggested=suggested.id, approved=approved.id, active=active.id,
        help=asked.id, draft=draft.id, published=published.id, photo=photo.id,
        encounter=event.id, question=asked_pool.id, worry=worry.id, meeting=met, gathering=everybody.id,
        won=won.id, road=await lay(work),
    )  # fmt: skip


async def _add(session: AsyncSession, row: Any) -> Any:
    session.add(row)
    await session.flush()
    return row


def _agree(work: Work, who: Person) -> None:
    """Papers of a parent and of the pupil: valid at every age."""
    for kind in REQUIRED:
        for consenter in Consenter:
            work.session.add(
                Consent(
                    school_id=work.school.id, person_id=who.id, kind=kind, event=ConsentEvent.GIVEN,
                    consenter=consenter, given_by=who.id if consenter is Consenter.SELF else None,
                    method=ConsentMethod.PAPER, at=work.now, paper_number="№ 7", entered_by="cli",
                )
            )  # fmt: skip


async def _pair(
    work: Work, mentor: Person, mentee: Person, places: dict[int, Participation], status: PairStatus
) -> Pair:
    pair = Pair(
        school_id=work.school.id, year="2026-2027", form="uch_uch", status=status, score=86,
        reasons={
            "for": [Text("match-for-load", {"left": 2}).to_json()],
            "against": [Text("match-against-gap", {"years": 2}).to_json()],
            "parts": [["load", 5, 5]],
        },
        created_at=work.now - timedelta(days=3), decided_at=work.now,
        announced_at=work.now if status == PairStatus.ACTIVE else None,
        starts_on=work.today if status == PairStatus.ACTIVE else None,
    )  # fmt: skip
    pair.members = [
        PairMember(
            school_id=work.school.id, person_id=who.id, participation_id=places[who.id].id, side=side,
            joined_at=work.now,
        )
        for who, side in ((mentor, Side.MENTOR), (mentee, Side.MENTEE))
    ]  # fmt: skip
    return await _add(work.session, pair)
