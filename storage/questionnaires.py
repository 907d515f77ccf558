"""Instruments and responses: queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Select, bindparam, insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from program.roles import Category, PersonState, Side
from storage.adding import add_new, read_rows
from storage.overview import GONE
from storage.tables import Answer, Instrument, InstrumentDraft, Participation, Person, Response
from storage.ways_in import begins


async def publish(session: AsyncSession, **values: Any) -> bool:
    """Adds a version; False if the school has it already."""
    unique = ["school_id", "code", "version"]
    return await add_new(session, Instrument, values, unique) is not None


async def newest(session: AsyncSession, school_id: int, code: str) -> Instrument | None:
    """The newest published version."""
    same = (Instrument.school_id == school_id, Instrument.code == code)
    return await session.scalar(select(Instrument).where(*same).order_by(Instrument.version.desc()).limit(1))


async def newest_stamp(session: AsyncSession, school_id: int, code: str) -> tuple[int, str] | None:
    """Of the newest published version its number and the SHA-256 of its content."""
    found: Any = (await read_rows(session, _newest_stamp(), {"school": school_id, "code": code})).first()
    return (found[0], found[1]) if found else None


@cache
def _newest_stamp() -> Any:
    one = Instrument.__table__.c
    of_code = one.school_id == bindparam("school"), one.code == bindparam("code")
    return select(one.version, one.sha256).where(*of_code).order_by(one.version.desc()).limit(1)


@cache
def _of_code() -> Select[Instrument]:
    return select(Instrument).where(
        Instrument.school_id == bindparam("school"), Instrument.code == bindparam("code")
    )


async def versions(session: AsyncSession, school_id: int, code: str) -> Sequence[Instrument]:
    """Every published version, the oldest first."""
    statement = select(Instrument).where(Instrument.school_id == school_id, Instrument.code == code)
    return (await session.scalars(statement.order_by(Instrument.version))).all()


async def version(session: AsyncSession, school_id: int, code: str, number: int) -> Instrument | None:
    return await session.scalar(_version(), {"school": school_id, "code": code, "version": number})


@cache
def _version() -> Select[Instrument]:
    return _of_code().where(Instrument.version == bindparam("version"))


async def stamp(session: AsyncSession, school_id: int, code: str, number: int) -> str | None:
    """SHA-256 of a version's content; None if the school has no such version."""
    asked = {"school": school_id, "code": code, "version": number}
    found = (await read_rows(session, _stamp(), asked)).first()
    return str(found[0]) if found else None


@cache
def _stamp() -> Any:
    one = Instrument.__table__.c
    same = (
        one.school_id == bindparam("school"),
        one.code == bindparam("code"),
        one.version == bindparam("version"),
    )
    return select(one.sha256).where(*same)


async def add_answers(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Adds the answers of one response, in one statement; returns the key of each by its question.

    Args:
        rows: the columns of each, all of them; `chosen` for the codes of options.
    """
    found = await session.execute(_add_answers(), rows)
    return {question: key for key, question in found}


@cache
def _add_answers() -> Any:
    answers: Any = Answer.__table__
    # None is no value at all there, not JSON's own null.
    kind = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    statement = insert(answers).values(choices=bindparam("chosen", type_=kind))
    return statement.returning(answers.c.id, answers.c.question)


async def add(session: AsyncSession, **values: Any) -> int | None:
    """Adds a response without answers and returns its id; None if this one was finished before.

    Args:
        values: with `person_id`, or with `user_id` of the staff.
    """
    unique = ["user_id" if values.get("user_id") else "person_id", "code", "about", "round"]
    found: int | None = await add_new(session, Response, values, unique)
    return found


async def response(
    session: AsyncSession, school_id: int, person_id: int, code: str, about: str, round: str
) -> Response | None:
    """With its answers."""
    asked = {"school": school_id, "person": person_id, "code": code, "about": about, "round": round}
    return await session.scalar(_response(), asked)


@cache
def _response() -> Select[Response]:
    return (
        select(Response)
        .where(
            Response.school_id == bindparam("school"),
            Response.person_id == bindparam("person"),
            Response.code == bindparam("code"),
            Response.about == bindparam("about"),
            Response.round == bindparam("round"),
        )
        .options(selectinload(Response.answers))
    )


async def response_of_user(
    session: AsyncSession, school_id: int, user_id: int, code: str, about: str, round: str
) -> Response | None:
    """What somebody of the staff filled in, with its answers."""
    statement = (
        select(Response)
        .where(
            Response.school_id == school_id,
            Response.user_id == user_id,
            Response.code == code,
            Response.about == about,
            Response.round == round,
        )
        .options(selectinload(Response.answers))
    )
    return await session.scalar(statement)


async def responses(
    session: AsyncSession, school_id: int, person_ids: Collection[int], code: str, about: str | None = None
) -> Sequence[Response]:
    """With their answers, the earliest first; `about=None` takes all."""
    statement = (
        select(Response)
        .where(Response.school_id == school_id, Response.code == code, Response.person_id.in_(person_ids))
        .options(selectinload(Response.answers))
        .order_by(Response.finished_at, Response.id)
    )
    if about is not None:
        statement = statement.where(Response.about == about)
    return (await session.scalars(statement)).all()


async def codes(session: AsyncSession, school_id: int) -> set[str]:
    """Of everything published or drafted here."""
    published = await session.scalars(select(Instrument.code).where(Instrument.school_id == school_id))
    drafted = await session.scalars(
        select(InstrumentDraft.code).where(InstrumentDraft.school_id == school_id)
    )
    return {*published, *drafted}


async def newest_of_all(session: AsyncSession, school_id: int) -> dict[str, Instrument]:
    """The newest published version of each code."""
    statement = select(Instrument).where(Instrument.school_id == school_id).order_by(Instrument.version)
    return {row.code: row for row in await session.scalars(statement)}


async def draft(session: AsyncSession, school_id: int, code: str) -> InstrumentDraft | None:
    return await session.scalar(
        select(InstrumentDraft).where(InstrumentDraft.school_id == school_id, InstrumentDraft.code == code)
    )


async def lock_draft(session: AsyncSession, school_id: int, code: str) -> InstrumentDraft | None:
    """The draft as it is now, held until the transaction ends: two presses go one after the other."""
    statement = (
        select(InstrumentDraft)
        .where(InstrumentDraft.school_id == school_id, InstrumentDraft.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return await session.scalar(statement)


async def drafts(session: AsyncSession, school_id: int) -> Sequence[InstrumentDraft]:
    statement = select(InstrumentDraft).where(InstrumentDraft.school_id == school_id)
    return (await session.scalars(statement.order_by(InstrumentDraft.code))).all()


async def of_code(session: AsyncSession, school_id: int, code: str, year: str) -> Sequence[Response]:
    """All responses of a school year, with their answers."""
    statement = (
        select(Response)
        .where(Response.school_id == school_id, Response.code == code, begins(Response.round, year))
        .options(selectinload(Response.answers))
        .order_by(Response.id)
    )
    return (await session.scalars(statement)).all()


async def of_person(session: AsyncSession, school_id: int, person_id: int) -> Sequence[Response]:
    """What one person filled in, except about meetings; the newest first, without answers."""
    statement = (
        select(Response)
        .where(
            Response.school_id == school_id,
            Response.person_id == person_id,
            Response.about.not_like("meeting:%"),
        )
        .order_by(Response.finished_at.desc(), Response.id.desc())
    )
    return (await session.scalars(statement)).all()


async def unobserved(
    session: AsyncSession, school_id: int, year: str, class_name: str, code: str, round: str
) -> list[int]:
    """Pupils of a class who are mentees this year and about whom the staff have not filled in this card yet."""
    statement = (
        select(Person.id)
        .join(Participation, Participation.person_id == Person.id)
        .where(
            Person.school_id == school_id,
            Person.class_name == class_name,
            Person.category == Category.PUPIL,
            Person.state == PersonState.ACTIVE,
            Participation.year == year,
            Participation.side == Side.MENTEE,
            Participation.enrolled_at.is_not(None),
            Participation.status.not_in(GONE),
        )
        .distinct()
    )
    pupils = set(await session.scalars(statement))
    filled = await session.scalars(
        select(Response.about).where(
            Response.school_id == school_id,
            Response.code == code,
            Response.round == round,
            Response.user_id.is_not(None),
        )
    )
    done = {int(who) for subject in filled if (who := subject.removeprefix("person:")).isdecimal()}
    return sorted(pupils - done)


async def about(
    session: AsyncSession, school_id: int, code: str, about: str, round: str, *, of_people: bool = False
) -> Sequence[Response]:
    """What the staff filled in about one person, or about the school, in one round; with the answers.

    `of_people`: what participants filled in instead.
    """
    statement = (
        select(Response)
        .where(
            Response.school_id == school_id, Response.code == code, Response.about == about,
            (Response.round == round) | Response.round.startswith(f"{round}/v"),
            Response.user_id.is_(None) if of_people else Response.user_id.is_not(None),
        )
        .options(selectinload(Response.answers))
        .order_by(Response.finished_at, Response.id)
    )  # fmt: skip
    return (await session.scalars(statement)).all()
