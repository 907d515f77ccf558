"""«Мои данные» at the front door: what is known, two steps to take a consent back, whom it is about."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import update

from actions.work import Work
from locales.consents import KINDS
from program.channels import Channel
from program.roles import PersonState, Side
from storage.database import Database
from storage.tables import Consent, Guardianship, Person, School
from tests import build
from tests.actions import pool
from tests.bot.chat import Chat


@pytest.fixture
async def family(database: Database, school: School, now: datetime) -> tuple[int, int, int]:
    """Ids of a mother and of her two children, all in Telegram."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        first = await pool.join(work, Side.MENTEE, reachable=False)
        mother = await pool.guardian(work, first.person_id, reachable=False)
        second = await pool.join(work, Side.MENTEE, "Костя", reachable=False)
        session.add(
            Guardianship(
                school_id=work.school.id, guardian_id=mother.id, child_id=second.person_id, created_at=now,
                confirmed_at=now,
            )
        )  # fmt: skip
        for person_id in (mother.id, first.person_id, second.person_id):
            person = await session.get(Person, person_id)
            assert person is not None
            session.add(build.address(person, Channel.TELEGRAM, f"tg{person_id}"))
        return mother.id, first.person_id, second.person_id


async def state(database: Database, person_id: int) -> str:
    async with database.reading() as session:
        person = await session.get(Person, person_id)
        assert person is not None
        return person.state


async def test_a_pupil_reads_what_is_known_and_no_value_of_it(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    chat = Chat(database, now, address=f"tg{family[1]}")
    said = await chat.says("Мои данные")
    assert said[0] == "privacy-known"
    assert chat.button("privacy-download-button").url.startswith("page:my-data:")
    assert await chat.presses("privacy-who-button") == [
        "privacy-who",
        "privacy-who-pair",
        "privacy-who-letters",
    ]


async def test_a_consent_is_taken_back_in_two_steps(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    chat = Chat(database, now, address=f"tg{family[1]}")
    await chat.says("Мои данные")
    assert await chat.presses("privacy-withdraw-button") == ["privacy-withdraw-what"]
    assert await chat.presses("privacy-withdraw-all") == ["privacy-withdraw-sure-all"]
    assert await state(database, family[1]) == PersonState.ACTIVE
    assert await chat.presses("privacy-withdraw-do") == ["privacy-withdrawn-all"]
    assert await state(database, family[1]) == PersonState.FROZEN


async def test_a_parent_of_two_is_asked_of_whom_it_is(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    mother, first, second = family
    chat = Chat(database, now, address=f"tg{mother}")
    assert await chat.says("Мои данные") == ["privacy-whom"]
    await chat.presses("Костя")
    await chat.presses("privacy-withdraw-button", "privacy-withdraw-all")
    assert await chat.presses("privacy-withdraw-do") == ["privacy-withdrawn-all"]
    assert await state(database, second) == PersonState.FROZEN
    assert await state(database, first) == PersonState.ACTIVE


async def test_erasure_is_asked_for_twice_and_can_be_left(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    chat = Chat(database, now, address=f"tg{family[1]}")
    await chat.says("Мои данные")
    assert await chat.presses("privacy-erase-button") == ["privacy-erase-first"]
    assert await chat.presses("privacy-erase-go-on") == ["privacy-erase-sure"]
    assert await chat.presses("privacy-keep") == ["privacy-kept"]
    assert await state(database, family[1]) == PersonState.ACTIVE


async def test_a_forged_button_about_somebody_else_opens_nothing(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    chat = Chat(database, now, address=f"tg{family[1]}")
    assert await chat.press_data(f"f:privacy:{family[2]}") == ["privacy-not-yours"]
    assert await chat.press_data(f"f:privacy-withdraw:{family[2]}") == ["consent-not-yours"]
    assert await chat.press_data(f"f:consent-renew:{family[2]}") == ["consent-not-yours"]


async def test_a_consent_is_given_again_in_one_conversation(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    mother, first, _ = family
    chat = Chat(database, now, address=f"tg{mother}")
    await chat.press_data(f"f:privacy-withdraw:{first}")
    await chat.presses("privacy-withdraw-all", "privacy-withdraw-do")
    assert await state(database, first) == PersonState.FROZEN
    await chat.presses("consent-give-again")
    for _step in range(4):
        if "guardian-consent" in chat.ids:
            await chat.presses("consent-agree")
    assert "consent-check" in chat.ids
    assert await chat.presses("talk-send") == ["consent-renewed"]
    assert await state(database, first) == PersonState.ACTIVE


async def test_a_child_below_14_is_told_kindly_that_a_grown_up_decides(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    async with database.transaction() as session:
        child = await session.get(Person, family[1])
        assert child is not None
        child.birth_date = date(2014, 3, 5)
    chat = Chat(database, now, address=f"tg{family[1]}")
    await chat.says("Мои данные")
    assert await chat.presses("privacy-erase-button") == ["privacy-erase-child"]
    assert await chat.presses("privacy-erase-pass") == ["privacy-erase-passed"]
    assert await state(database, family[1]) == PersonState.ACTIVE
    await chat.press_data("f:privacy-withdraw")
    labels = [choice.label.id for row in chat.messages[-1].rows for choice in row]
    assert "privacy-withdraw-participation" in labels, "taking part can be stopped without a grown-up"
    assert "privacy-withdraw-all" not in labels, "what becomes of the data a grown-up says"


async def test_a_last_day_of_another_year_is_said_with_its_year(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    async with database.transaction() as session:
        await session.execute(
            update(Consent).where(Consent.kind == "participation").values(valid_until=date(2027, 7, 31))
        )
        await session.execute(
            update(Consent).where(Consent.kind == "pd").values(valid_until=date(2026, 12, 1))
        )
    chat = Chat(database, now, address=f"tg{family[1]}")
    await chat.says("Мои данные")
    assert "Участие в программе: действует, до 31 июля 2027\n" in chat.words()
    assert "действует, до 1 декабря\n" in chat.words()


async def test_the_day_of_deletion_is_said_in_the_readers_language(
    database: Database, family: tuple[int, int, int], now: datetime
) -> None:
    async with database.transaction() as session:
        child = await session.get(Person, family[1])
        assert child is not None
        child.language = "en"
    chat = Chat(database, now, address=f"tg{family[1]}")
    await chat.press_data(f"f:privacy-withdraw:{family[1]}")
    await chat.presses("privacy-withdraw-all", "privacy-withdraw-do")
    assert chat.text("privacy-withdrawn-all").args["day"] == "15 October"


async def test_after_leaving_nothing_is_said_to_hold_beyond_the_deletion(
    database: Database, family: tuple[int, int, int], school: School, now: datetime
) -> None:
    """A child below 14 takes back taking part; what the parent has said of the rest stands in the ledger."""
    async with database.transaction() as session:
        child = await session.get_one(Person, family[1])
        child.birth_date = date(2014, 3, 5)
        work = Work(session, await session.merge(school, load=False), now)
        await pool.agree(work, child, *KINDS)
    chat = Chat(database, now, address=f"tg{child.id}")
    await chat.says("Мои данные")
    assert chat.words().count("действует") == len(KINDS)
    await chat.presses("privacy-withdraw-button", "privacy-withdraw-participation", "privacy-withdraw-do")
    await chat.says("Мои данные")
    words = chat.words()
    assert "действует" not in words
    assert "Участие в программе: отозвано" in words
    assert words.count("только до удаления данных") == 2
    assert words.count("остановлено вместе с участием") == 1
    assert "Данные будут удалены: 15 октября" in words
