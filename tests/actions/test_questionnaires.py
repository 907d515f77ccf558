"""Questionnaires of a school: versions are published once, answers are kept once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions import questionnaires
from actions.questionnaire_offers import fill, offer
from actions.work import Work
from program.errors import Refusal
from program.instruments import Value
from program.instruments_reading import shipped
from program.roles import Category, Side
from storage.tables import Answer, HelpRequest, Instrument, Person, Response
from tests import build
from tests.pairs import papers

FILLED: dict[str, Value] = {
    "INT_ME_P.1": "Сдать экзамен",
    "INT_ME_P.2": ["study", "talk"],
    "INT_ME_P.3": ["math"],
    "INT_ME_P.4": None,
    "INT_ME_P.8": ["mon_day", "any"],
    "INT_ME_P.10": "no",
}


@pytest.fixture
async def pupil(work: Work) -> Person:
    person = build.person(work.school)
    work.session.add(person)
    await work.session.flush()
    return person


async def count(work: Work, table: type) -> int:
    return await work.session.scalar(select(func.count()).select_from(table)) or 0


async def next_version(work: Work, code: str) -> None:
    """A curator's edit: the same questions as version 2, the first one reworded."""
    instrument = await questionnaires.current(work, code)
    body = dict(instrument.body) | {"version": 2}
    first = body["questions"][0] | {"text": {"ru": "Иначе?", "en": "Otherwise?"}}
    body["questions"] = [first, *body["questions"][1:]]
    work.session.add(
        Instrument(
            school_id=work.school.id,
            code=code,
            version=2,
            title="Новая",
            body=body,
            sha256=questionnaires.fingerprint(body),
            published_at=work.now,
        )
    )
    await work.session.flush()


async def test_publishing_twice_adds_nothing(work: Work) -> None:
    assert await questionnaires.publish_shipped(work) == len(shipped())
    assert await questionnaires.publish_shipped(work) == 0
    row = await work.session.scalar(select(Instrument).where(Instrument.code == "FB_M"))
    assert row is not None
    assert row.sha256 == questionnaires.fingerprint(row.body)


async def test_a_school_that_has_published_nothing_yet_gets_the_shipped_version(work: Work) -> None:
    assert (await questionnaires.current(work, "INT_MO")).version == 1


async def test_the_newest_version_is_current_and_the_old_one_can_still_be_read(work: Work) -> None:
    await next_version(work, "FB_M")
    assert (await questionnaires.current(work, "FB_M")).questions[0].text.ru == "Иначе?"
    assert (await questionnaires.version(work, "FB_M", 1)).questions[0].text.ru != "Иначе?"


async def test_an_unknown_questionnaire_is_refused(work: Work) -> None:
    for asked in (questionnaires.current(work, "NONE"), questionnaires.version(work, "FB_M", 7)):
        with pytest.raises(Refusal) as refusal:
            await asked
        assert refusal.value.text.id == "questionnaire-unknown"


async def test_answers_come_back_as_they_were_given(work: Work, pupil: Person) -> None:
    await questionnaires.publish_shipped(work)
    await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED)
    kept = await questionnaires.answers_of(work, [pupil.id], "INT_ME_P")
    assert {name: kept[pupil.id][name] for name in FILLED} == FILLED
    assert kept[pupil.id]["INT_ME_P.7"] is None


async def test_finishing_twice_keeps_the_first_answers(work: Work, pupil: Person) -> None:
    await questionnaires.publish_shipped(work)
    first = await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED)
    second = await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED | {"INT_ME_P.1": "Другое"})
    assert second.id == first.id
    assert await count(work, Response) == 1
    kept = await questionnaires.answers_of(work, [pupil.id], "INT_ME_P")
    assert kept[pupil.id]["INT_ME_P.1"] == "Сдать экзамен"


async def test_another_round_is_another_response_and_the_last_one_counts(work: Work, pupil: Person) -> None:
    await questionnaires.publish_shipped(work)
    await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED, round="2025-2026")
    later = Work(work.session, work.school, work.now + timedelta(days=1))
    await questionnaires.save(
        later, pupil, "INT_ME_P", 1, FILLED | {"INT_ME_P.1": "Новая цель"}, round="2026-2027"
    )
    kept = await questionnaires.answers_of(work, [pupil.id], "INT_ME_P")
    assert kept[pupil.id]["INT_ME_P.1"] == "Новая цель"


async def test_an_old_version_that_was_begun_can_be_finished(work: Work, pupil: Person) -> None:
    await questionnaires.publish_shipped(work)
    await next_version(work, "INT_ME_P")
    response = await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED)
    assert response.version == 1


async def test_what_a_question_cannot_have_is_not_kept(work: Work, pupil: Person) -> None:
    await questionnaires.publish_shipped(work)
    with pytest.raises(ValueError, match="INT_ME_P"):
        await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED | {"INT_ME_P.2": ["magic"]})
    with pytest.raises(Refusal):
        await questionnaires.save(work, pupil, "INT_ME_P", 1, {})
    assert await count(work, Answer) == 0


async def test_a_person_of_another_school_cannot_answer_here(work: Work) -> None:
    await questionnaires.publish_shipped(work)
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    stranger = build.person(other)
    work.session.add(stranger)
    await work.session.flush()
    with pytest.raises(ValueError, match="school"):
        await questionnaires.save(work, stranger, "INT_ME_P", 1, FILLED)
    elsewhere = Work(work.session, other, work.now)
    await questionnaires.publish_shipped(elsewhere)
    await questionnaires.save(elsewhere, stranger, "INT_ME_P", 1, FILLED)
    assert await questionnaires.answers_of(work, [stranger.id], "INT_ME_P") == {}


async def test_the_wish_to_talk_to_the_psychologist_reaches_the_curator_once(
    work: Work, pupil: Person
) -> None:
    await questionnaires.publish_shipped(work)
    for _ in range(2):
        await questionnaires.save(work, pupil, "INT_ME_P", 1, FILLED | {"INT_ME_P.10": "yes"})
    calls = (await work.session.scalars(select(HelpRequest))).all()
    assert [(call.person_id, call.urgent) for call in calls] == [(pupil.id, False)]
    assert "психолог" in calls[0].words
    assert "Сдать экзамен" not in calls[0].words


@pytest.mark.parametrize(
    ("side", "code", "refused"),
    [
        (Side.MENTEE, "INT_ME_P", ""),
        (Side.MENTOR, "INT_MO", ""),
        (Side.MENTOR, "INT_ME_P", "questionnaire-not-yours"),
        (None, "INT_MO", "questionnaire-not-yours"),
        (Side.MENTEE, "FB_M", "questionnaire-not-yours"),
    ],
)
async def test_a_questionnaire_is_offered_to_those_it_is_for(
    work: Work, pupil: Person, side: Side | None, code: str, refused: str
) -> None:
    if side:
        work.session.add_all([build.participation(pupil, side), *papers(pupil)])
        await work.session.flush()
    if not refused:
        assert (await offer(work, pupil.id, code))["version"] == 1
        return
    with pytest.raises(Refusal) as refusal:
        await offer(work, pupil.id, code)
    assert refusal.value.text.id == refused


async def test_a_filled_questionnaire_is_not_offered_again_this_year(work: Work, pupil: Person) -> None:
    work.session.add_all([build.participation(pupil, Side.MENTEE), *papers(pupil)])
    facts = await offer(work, pupil.id, "INT_ME_P")
    await fill(work, pupil.id, facts, FILLED)
    assert await questionnaires.finished(work, pupil.id, "INT_ME_P", round=work.settings.year)
    with pytest.raises(Refusal) as refusal:
        await offer(work, pupil.id, "INT_ME_P")
    assert refusal.value.text.id == "questionnaire-done-already"


def test_categories_and_the_mentors_first_question_use_the_same_words() -> None:
    asked = next(one for one in shipped() if one.code == "INT_MO").question("INT_MO.1")
    assert set(asked.codes) == {category.value for category in Category}
