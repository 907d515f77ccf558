"""The observation card in the chat: an adult mentor, of the own mentee, at the two times of the year; read by few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions import assignments, my_data, questionnaire_offers, staff_cards
from actions.work import Work
from program.errors import Refusal
from program.instruments import Value
from program.outgoing import Message
from program.roles import Category, StaffRole
from storage.tables import OutboxRow, Pair, Person
from tests import pairs

CARD = "OBS_MENTOR"
MARKS: dict[str, Value] = {f"OBS.{n}": 7 for n in range(1, 9)} | {"OBS.register": "no", "OBS.12": 3}


def at(work: Work, year: int, month: int, day: int) -> Work:
    return Work(work.session, work.school, datetime(year, month, day, 7, tzinfo=UTC))


@pytest.fixture
async def pair(work: Work) -> pairs.Couple:
    """Мария Ивановна leads Аня, announced on 15 September."""
    return await pairs.couple(work.session, work.school, announced_at=work.now)


async def person(work: Work, key: int) -> Person:
    found = await work.session.get(Person, key)
    assert found is not None
    return found


async def asked(work: Work) -> list[str]:
    """Buttons of all invitations to the card by the end of two days: one questionnaire a day."""
    for days in (0, 1):
        await assignments.invite_due(Work(work.session, work.school, work.now + timedelta(days=days)))
    bodies = await work.session.scalars(select(OutboxRow.body).order_by(OutboxRow.id))
    data = [choice.data for body in bodies for row in Message.from_json(body).rows for choice in row]
    return [one for one in data if CARD in one]


async def test_a_mentor_is_asked_when_the_two_know_each_other_and_in_may(
    work: Work, pair: pairs.Couple
) -> None:
    button = f"f:questionnaire:{CARD}:{pair.mentee}"
    assert await asked(at(work, 2026, 9, 26)) == []
    autumn = at(work, 2026, 10, 1)
    assert await asked(autumn) == [button]
    facts = await questionnaire_offers.offer(autumn, pair.mentor, f"{CARD}:{pair.mentee}")
    assert (facts["round"], facts["about"], facts["observes"]) == (
        "2026-2027/1",
        f"person:{pair.mentee}",
        True,
    )
    await questionnaire_offers.fill(autumn, pair.mentor, facts, MARKS)
    with pytest.raises(Refusal, match="questionnaire-done-already"):
        await questionnaire_offers.offer(autumn, pair.mentor, f"{CARD}:{pair.mentee}")
    assert await asked(at(work, 2027, 5, 5)) == [button, button]
    spring = await questionnaire_offers.offer(at(work, 2027, 5, 12), pair.mentor, f"{CARD}:{pair.mentee}")
    assert spring["round"] == "2026-2027/2"


async def test_only_about_ones_own_mentee(work: Work, pair: pairs.Couple) -> None:
    stranger = await pairs.member(work.session, work.school, "Юля", "Рыжова")
    for subject in (str(stranger.id), str(pair.mentor), "", "x"):
        with pytest.raises(Refusal, match="questionnaire-not-yours"):
            await questionnaire_offers.offer(work, pair.mentor, f"{CARD}:{subject}")
    with pytest.raises(Refusal, match="questionnaire-not-yours"):
        await questionnaire_offers.offer(work, pair.mentee, f"{CARD}:{pair.mentee}")
    row = await work.session.get(Pair, pair.pair)
    assert row is not None
    row.status = "completed"
    await work.session.flush()
    with pytest.raises(Refusal, match="questionnaire-not-yours"):
        await questionnaire_offers.offer(work, pair.mentor, f"{CARD}:{pair.mentee}")


async def test_a_pupil_who_leads_is_not_asked_about_another_childs_conduct(work: Work) -> None:
    mentor = await pairs.member(work.session, work.school, "Олег", "Ветров", class_name="10Б")
    mentee = await pairs.member(work.session, work.school)
    await pairs.group(work.session, [mentor], [mentee], announced_at=work.now)
    assert mentor.category == Category.PUPIL
    assert await asked(at(work, 2026, 10, 1)) == []
    with pytest.raises(Refusal, match="questionnaire-not-yours"):
        await questionnaire_offers.offer(work, mentor.id, f"{CARD}:{mentee.id}")


async def test_the_card_is_read_by_the_curator_and_the_psychologist_and_never_by_the_mentee(
    work: Work, pair: pairs.Couple
) -> None:
    facts = await questionnaire_offers.offer(work, pair.mentor, f"{CARD}:{pair.mentee}")
    await questionnaire_offers.fill(work, pair.mentor, facts, MARKS)
    pupil = await person(work, pair.mentee)
    seen = {}
    for role in (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST, StaffRole.CLASS_TEACHER):
        card = await staff_cards.card(work, role, "OBS")
        seen[role] = len(await staff_cards.of_mentors(work, role, card, pupil))
    assert seen == {StaffRole.CURATOR: 1, StaffRole.PSYCHOLOGIST: 1, StaffRole.CLASS_TEACHER: 0}
    known = await my_data.known(work, pair.mentee, pair.mentee)
    assert "Карта наблюдения" not in repr(known.sections)
