"""The ten minutes: a day of a programme of sixty pairs, cleared through the admin by links and buttons alone."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

from sqlalchemy import func, select

from actions import early_warning, pair_requests
from actions.care import ask_for_help
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.pair_life import Wish
from program.roles import Category, Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from storage.database import Database
from storage.tables import Consent, Guardianship, Meeting, OutboxRow, Pair, Participation, Person, School
from tests import build
from tests.admin.conftest import PASSWORD, Browsers, account
from tests.admin.hands import Hands

PAIRS = 60
SECONDS = 12  # a page read and a press made by somebody who knows the work; counted, not measured
TYPED = 8  # more for a field that is typed into
NAMES = ("Аня", "Юля", "Тимур", "Костя", "Саша", "Лиза", "Марк", "Нина", "Пётр", "Рита")


async def a_day(database: Database, school: School, now: datetime) -> None:
    """Sixty pairs that meet every week, and what such a programme leaves to its curator on one day:

    a call for help, a pair that has not met, a wish, two parents to be confirmed, two suggested pairs,
    three meetings without an answer, four people without a consent.
    """
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        pairs = [await _pair(work, number, PairStatus.ACTIVE) for number in range(PAIRS)]
        for number, pair in enumerate(pairs):
            quiet = 30 if number == 7 else 0
            for week in range(1, 4):
                answered = not (week == 1 and number < 3)
                session.add(_meeting(work, pair, now - timedelta(days=7 * week + quiet), answered=answered))
            if not quiet:
                session.add(_meeting(work, pair, now + timedelta(days=number % 7, hours=3), answered=False))
        await session.flush()
        for number in range(2):
            await _pair(work, PAIRS + number, PairStatus.SUGGESTED)
        for number in range(4):
            child = await _person(work, number, consented=False, class_name="8Б")
            session.add(build.participation(child, Side.MENTEE, status=ParticipationStatus.CONSENT_PENDING))
            if number < 2:
                parent = build.person(work.school, "Вера", f"Родителева{number}", category=Category.PARENT)
                session.add(parent)
                await session.flush()
                session.add(
                    Guardianship(
                        school_id=school.id, guardian_id=parent.id, child_id=child.id, relation="mother",
                        created_at=now,
                    )
                )  # fmt: skip
        mentee = pairs[4].members[1].person
        await ask_for_help(work, mentee.id, "Не получается договориться о встрече.", urgent=True)
        asker = pairs[5].members[0].person_id
        await pair_requests.ask(work, asker, pairs[5].id, Wish.PAUSE, "illness")
        await early_warning.follow(work)


async def test_the_day_of_sixty_pairs_is_cleared_in_ten_minutes(
    browsers: Browsers, database: Database
) -> None:
    await a_day(database, browsers.school, browsers.now)
    hands = Hands(await browsers.of())
    await hands.opens("/")
    await _help(hands)
    await _worry(hands)
    await _wish(hands)
    await _confirmations(hands)
    await _consents(hands)
    await _suggestions(hands)
    await _meetings(hands)
    await hands.follows("Наставник")
    assert hands.says("Сегодня")
    seconds = hands.pages * SECONDS + hands.fields * TYPED
    sys.stdout.write(
        f"{PAIRS} pairs: {hands.pages} pages, {hands.presses} presses, {hands.fields} fields: "
        f"{seconds // 60} min {seconds % 60} s; {' · '.join(hands.steps)}\n"
    )
    assert hands.presses <= 45
    assert seconds <= 600
    async with database.reading() as session:
        reminded = await session.scalar(
            select(func.count(OutboxRow.id)).where(OutboxRow.key.startswith("consent-remind:"))
        )
        announced = await session.scalar(select(func.count(Pair.id)).where(Pair.status == PairStatus.OFFERED))
    assert (reminded, announced) == (4, 2)
    for gone in (
        "Открыть: Просьбы о помощи",
        "Разобрать: Парам нужно внимание",
        "Разобрать: Просьбы о паузе",
        "Подтвердить: Родители",
        "Разобрать: Пары ждут",
        "Объявить: Пары одобрены",
        "Посмотреть: Встречи, о которых",
    ):
        assert not hands.has(gone), gone


async def test_somebody_new_approves_a_pair_and_takes_a_list_out_within_five_minutes(
    browsers: Browsers, database: Database
) -> None:
    await a_day(database, browsers.school, browsers.now)
    await account(database, browsers.school, StaffRole.CURATOR, browsers.now)
    hands = Hands(browsers.anonymous())
    await hands.opens("/login")
    hands.types("Логин", f"{StaffRole.CURATOR}-{browsers.school.slug}")
    hands.types("Пароль", PASSWORD)
    await hands.presses_button("Войти")
    await hands.follows("Разобрать: Пары ждут вашего решения")
    await hands.presses_button("Одобрить:")
    await hands.follows("Участники")
    await hands.presses_button("Скачать")
    assert hands.kind.startswith("application/vnd.openxmlformats")
    sys.stdout.write(f"{hands.pages} pages, {hands.presses} presses, {hands.fields} fields\n")
    assert (hands.presses, hands.fields) <= (5, 2)
    assert (
        hands.pages * SECONDS * 3 + hands.fields * TYPED * 2 <= 300
    )  # three times as slow as who knows the work


async def _help(hands: Hands) -> None:
    await hands.follows("Открыть: Просьбы о помощи")
    hands.types("Что сделано", "Поговорили, встреча назначена")
    await hands.presses_button("Закрыть")
    await hands.follows("Наставник")


async def _worry(hands: Hands) -> None:
    await hands.follows("Разобрать: Парам нужно внимание")
    while hands.has("Закрыть"):
        hands.types("Что сделано", "Написали наставнику")
        await hands.presses_button("Закрыть")
    await hands.follows("Наставник")


async def _wish(hands: Hands) -> None:
    await hands.follows("Разобрать: Просьбы о паузе")
    await hands.presses_button("Поставить на паузу")
    await hands.follows("Наставник")


async def _confirmations(hands: Hands) -> None:
    await hands.follows("Подтвердить: Родители")
    while hands.has("Подтвердить"):
        await hands.presses_button("Подтвердить")
    await hands.follows("Наставник")


async def _consents(hands: Hands) -> None:
    await hands.follows("Напомнить: Участники ждут согласия")
    await hands.presses_button("Отправить")


async def _suggestions(hands: Hands) -> None:
    await hands.follows("Разобрать: Пары ждут вашего решения")
    while hands.has("Одобрить:"):
        await hands.presses_button("Одобрить:")
    await hands.follows("Наставник")
    await hands.follows("Объявить: Пары одобрены")
    await hands.presses_button("Объявить")
    await hands.follows("Наставник")


async def _meetings(hands: Hands) -> None:
    await hands.follows("Посмотреть: Встречи, о которых")
    while hands.has("Состоялась"):
        await hands.presses_button("Состоялась")


async def _person(work: Work, number: int, *, consented: bool = True, **values: object) -> Person:
    human = build.person(work.school, NAMES[number % 10], f"Участникова{number}", **values)
    work.session.add(human)
    await work.session.flush()
    work.session.add(build.address(human, Channel.VK, f"v{human.id}"))
    for kind in REQUIRED if consented else ():
        for consenter in Consenter:
            work.session.add(
                Consent(
                    school_id=work.school.id, person_id=human.id, kind=kind, event=ConsentEvent.GIVEN,
                    consenter=consenter, given_by=human.id if consenter is Consenter.SELF else None,
                    method=ConsentMethod.PAPER, at=work.now, paper_number="№ 7", entered_by="cli",
                )
            )  # fmt: skip
    return human


async def _pair(work: Work, number: int, status: PairStatus) -> Pair:
    places: list[Participation] = []
    for side, class_name in ((Side.MENTOR, "10Б"), (Side.MENTEE, "7А")):
        human = await _person(work, 2 * number + (side is Side.MENTEE), class_name=class_name)
        taken = ParticipationStatus.PAIRED if status is PairStatus.ACTIVE else ParticipationStatus.SEARCHING
        place = build.participation(human, side, status=taken)
        place.person = human
        work.session.add(place)
        places.append(place)
    await work.session.flush()
    begun = work.today - timedelta(days=60) if status is PairStatus.ACTIVE else None
    pair = build.pair(*places, status=status, starts_on=begun)
    for member, place in zip(pair.members, places, strict=True):
        member.person = place.person
    work.session.add(pair)
    await work.session.flush()
    return pair


def _meeting(work: Work, pair: Pair, at: datetime, *, answered: bool) -> Meeting:
    return Meeting(
        school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M4,
        status=MeetingStatus.HELD if answered else MeetingStatus.CONFIRMED, starts_at=at,
        closed_at=at if answered else None, proposed_by=pair.members[0].person_id,
        format=MeetingFormat.OFFLINE, place="библиотека", uid=f"{pair.id}-{at.isoformat()}", created_at=at,
    )  # fmt: skip
