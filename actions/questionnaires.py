"""Questionnaires: publishing versions, keeping what people answered. Staff never change an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

import structlog

from actions.care import ask_for_help
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.feedback import ABOUT_MEETINGS
from program.instrument_answers import check
from program.instruments import Answers, Audience, Instrument, QuestionKind, Value
from program.instruments_reading import read, shipped
from program.roles import Category, Side
from program.text import Text
from storage import people, questionnaires
from storage.tables import Answer, Person, Response

log = structlog.get_logger()


async def publish_shipped(work: Work) -> int:
    """Gives the school the versions that come with the product; returns how many were new to it."""
    added = 0
    for instrument in shipped():
        added += await questionnaires.publish(
            work.session,
            school_id=work.school.id,
            code=instrument.code,
            version=instrument.version,
            title=instrument.title.ru,
            body=dict(instrument.body),
            sha256=fingerprint(instrument.body),
            published_at=work.now,
        )
    if added:
        log.info("questionnaires.published", school=work.school.id, added=added)
    return added


async def current(work: Work, code: str) -> Instrument:
    """The newest version. A version that came with an upgrade is published on the way.

    Raises:
        Refusal: the school has no such questionnaire.
    """
    newest = max((one.version for one in shipped() if one.code == code), default=0)
    row = await questionnaires.newest(work.session, work.school.id, code)
    if newest > (row.version if row else 0):
        await publish_shipped(work)
        row = await questionnaires.newest(work.session, work.school.id, code)
    if row is None:
        raise Refusal("questionnaire-unknown")
    return read(row.body)


async def version(work: Work, code: str, number: int) -> Instrument:
    """One version as it was published, for those who began it and for reading old answers.

    Raises:
        Refusal: the school has no such version.
    """
    row = await questionnaires.version(work.session, work.school.id, code, number)
    if row is None:
        raise Refusal("questionnaire-unknown")
    return read(row.body)


async def finished(work: Work, person_id: int, code: str, about: str = "", round: str = "") -> bool:
    """Whether the person has filled it in already."""
    found = await questionnaires.response(work.session, work.school.id, person_id, code, about, round)
    return found is not None


async def save(
    work: Work, person: Person, code: str, number: int, answers: Answers, about: str = "", round: str = ""
) -> Response:
    """Keeps a finished questionnaire. A second finish changes nothing and gives the first one back.

    Args:
        number: the version that was answered.
        about: "", pair:<id> or meeting:<id>.
        round: the school year, or the month of a pulse.

    Raises:
        Refusal: a question that must be answered is not, or there is no such version.
    """
    return (await keep(work, person, code, number, answers, about, round))[0]


async def keep(
    work: Work, person: Person, code: str, number: int, answers: Answers, about: str = "", round: str = ""
) -> tuple[Response, bool]:
    """As `save`; also says whether this was the first finish."""
    if person.school_id != work.school.id:
        raise ValueError("a person of another school")
    instrument = await version(work, code, number)
    kept = check(instrument, answers)
    new_id = await questionnaires.add(
        work.session,
        school_id=work.school.id,
        person_id=person.id,
        code=code,
        version=number,
        about=about,
        round=round,
        finished_at=work.now,
    )
    if new_id is not None:
        for question, value in kept.items():
            work.session.add(
                Answer(
                    school_id=work.school.id,
                    response_id=new_id,
                    question=question,
                    **_columns(instrument.question(question).kind, value),
                )
            )
        await work.session.flush()
        await _escalate(work, person, instrument, kept)
        log.info("questionnaire.finished", person=person.id, code=code, version=number, response=new_id)
    found = await questionnaires.response(work.session, work.school.id, person.id, code, about, round)
    assert found is not None
    return found, new_id is not None


async def offer(work: Work, person_id: int, code: str) -> int:
    """The version of a questionnaire that the person may fill in now, once a school year.

    Raises:
        Refusal: there is no such questionnaire, it is not for this person, or it is filled in already.
    """
    instrument = await current(work, code)
    person = await people.get(work.session, person_id)
    if code in ABOUT_MEETINGS or person is None or not await _is_for(work, person, instrument.audience):
        raise Refusal("questionnaire-not-yours")
    if await finished(work, person_id, code, round=work.settings.year):
        raise Refusal("questionnaire-done-already", title=instrument.title.text)
    return instrument.version


async def fill(work: Work, person_id: int, code: str, number: int, answers: Answers) -> Response:
    """Keeps a questionnaire of the school year; for flows, which know people by id. Otherwise as `save`."""
    person = await people.get(work.session, person_id)
    if person is None:
        raise Refusal("questionnaire-not-yours")
    return await save(work, person, code, number, answers, round=work.settings.year)


async def answers_of(
    work: Work, person_ids: Collection[int], code: str, about: str | None = None
) -> dict[int, dict[str, Value]]:
    """What each person answered last, by person and question; a skipped question is None.

    Those who have not answered are left out.
    """
    rows = await questionnaires.responses(work.session, work.school.id, person_ids, code, about)
    versions: dict[int, Instrument] = {}
    for number in {row.version for row in rows}:
        versions[number] = await version(work, code, number)
    return {row.person_id: _values(row, versions[row.version]) for row in rows}


async def values_of(work: Work, response: Response) -> dict[str, Value]:
    """The answers of one response whose `answers` are loaded."""
    return _values(response, await version(work, response.code, response.version))


def fingerprint(body: Mapping[str, Any]) -> str:
    """SHA-256 of a version's content."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


async def _is_for(work: Work, person: Person, audience: Audience) -> bool:
    if audience is Audience.PARENT:
        children = await people.children_of(work.session, person.id)
        return person.category == Category.PARENT or bool(children)
    taken = await people.participations_of(work.session, person.id, work.settings.year)
    sides = {participation.side for participation in taken}
    match audience:
        case Audience.MENTEE:
            return Side.MENTEE in sides
        case Audience.MENTOR:
            return Side.MENTOR in sides
        case Audience.BOTH:
            return bool(sides)
        case _:
            return False


async def _escalate(work: Work, person: Person, instrument: Instrument, kept: Mapping[str, Value]) -> None:
    """«Да» to a question that feeds escalation, such as the wish to talk to the psychologist first."""
    for question in instrument.questions:
        if "ESCALATION" in question.feeds and kept.get(question.id) == "yes":
            text = Text(
                "questionnaire-asks", {"title": instrument.title.text, "question": question.text.text}
            )
            await ask_for_help(work, person.id, Texts("ru")(text), urgent=False)


def _columns(kind: QuestionKind, value: Value) -> dict[str, Any]:
    if value is None:
        return {"skipped": True}
    if isinstance(value, int):
        return {"number": value}
    if isinstance(value, str):
        return {"words": value} if kind is QuestionKind.TEXT else {"choices": [value]}
    return {"choices": list(value)}


def _values(response: Response, instrument: Instrument) -> dict[str, Value]:
    return {answer.question: _value(answer, instrument) for answer in response.answers}


def _value(answer: Answer, instrument: Instrument) -> Value:
    if answer.skipped:
        return None
    kind = instrument.question(answer.question).kind
    if answer.choices is None:
        return answer.number if answer.number is not None else answer.words
    return answer.choices[0] if kind in (QuestionKind.SINGLE, QuestionKind.YES_NO) else answer.choices
