"""What stands around the people who are matched: earlier pairs, families, guardians, addresses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer, joinedload

from program.channels import Channel
from program.instruments import Value
from program.roles import Side
from program.states import PairStatus
from storage.places import chunks
from storage.preferences import preferences
from storage.tables import (
    Address,
    Answer,
    Ban,
    Guardianship,
    MatchRun,
    Pair,
    PairMember,
    Participation,
    Person,
    Response,
)

Named = Mapping[int, set[int]]

# Ended so that the same two are not proposed again.
REFUSED = (PairStatus.REJECTED, PairStatus.DECLINED, PairStatus.REPLACED)
WORKED = (PairStatus.COMPLETED, PairStatus.STOPPED)


async def past(
    session: AsyncSession, school_id: int, mentees: Iterable[int]
) -> dict[int, list[tuple[int, PairStatus]]]:
    """Mentee (person) -> mentors (person) of pairs of any year that ended, with how."""
    mentor = PairMember.__table__.alias("mentor")
    mentee = PairMember.__table__.alias("mentee")
    found: dict[int, list[tuple[int, PairStatus]]] = defaultdict(list)
    for part in chunks(mentees):
        statement = (
            select(mentee.c.person_id, mentor.c.person_id, Pair.status)
            .join(Pair, Pair.id == mentee.c.pair_id)
            .join(mentor, mentor.c.pair_id == Pair.id)
            .where(
                Pair.school_id == school_id,
                Pair.is_group.is_(False),
                Pair.status.in_([*REFUSED, *WORKED]),
                mentee.c.side == Side.MENTEE,
                mentor.c.side == Side.MENTOR,
                mentee.c.person_id.in_(part),
            )
            .order_by(Pair.id)
        )
        for who, whom, status in await session.execute(statement):
            found[who].append((whom, PairStatus(status)))
    return found


@dataclass(frozen=True)
class Standing:
    """Who said what silently, whom the curator forbids, and when pairs of the form were announced; people's ids.

    Args:
        since: mentee (person) -> the end of their last announced pair.
    """

    prefers: Named
    wanted_by: Named
    avoids: Named
    avoided_by: Named
    banned: Named
    since: Mapping[int, datetime]
    announced: tuple[datetime, ...]


async def standing(session: AsyncSession, school_id: int, year: str, form: str) -> Standing:
    """What was said in polls, in intakes and after trial meetings, in both directions; the later word counts."""
    said = await preferences(session, school_id, year, form)
    persons = await _persons(session, school_id, year, form)
    words: dict[tuple[int, int], str] = {}
    for by in (said.by_mentee, said.by_mentor):
        words |= {
            (persons[who], persons[whom]): str(wish)
            for who, about in by.items()
            for whom, wish in about.items()
        }
    bans: dict[int, set[int]] = defaultdict(set)
    statement = select(Ban.mentee_id, Ban.mentor_id).where(Ban.school_id == school_id)
    for mentee, mentor in await session.execute(statement):
        bans[mentee].add(mentor)
    found: dict[str, dict[int, set[int]]] = {name: defaultdict(set) for name in ("prefer", "avoid")}
    back: dict[str, dict[int, set[int]]] = {name: defaultdict(set) for name in ("prefer", "avoid")}
    for (who, whom), word in words.items():
        if word in found:
            found[word][who].add(whom)
            back[word][whom].add(who)
    return Standing(
        found["prefer"],
        back["prefer"],
        found["avoid"],
        back["avoid"],
        bans,
        *await announced(session, school_id, year, form),
    )


async def pins(session: AsyncSession, school_id: int, year: str, form: str) -> dict[int, int]:
    """Mentee -> mentor of pinned suggestions, by participations."""
    mentor = PairMember.__table__.alias("mentor")
    mentee = PairMember.__table__.alias("mentee")
    statement = (
        select(mentee.c.participation_id, mentor.c.participation_id)
        .join(Pair, Pair.id == mentee.c.pair_id)
        .join(mentor, mentor.c.pair_id == Pair.id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.form == form,
            Pair.status == PairStatus.SUGGESTED,
            Pair.pinned.is_(True),
            Pair.is_group.is_(False),
            mentee.c.side == Side.MENTEE,
            mentor.c.side == Side.MENTOR,
        )
        .order_by(Pair.id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def ban(session: AsyncSession, school_id: int, mentee: int, mentor: int) -> Ban | None:
    """The curator's «never these two», by people."""
    statement = select(Ban).where(
        Ban.school_id == school_id, Ban.mentee_id == mentee, Ban.mentor_id == mentor
    )
    return await session.scalar(statement)


async def bans(
    session: AsyncSession, school_id: int, year: str, form: str
) -> list[tuple[Ban, Participation, Participation]]:
    """With the mentee's and the mentor's place in the form, and their people; the newest first."""
    mentee, mentor = aliased(Participation), aliased(Participation)
    statement = (
        select(Ban, mentee, mentor)
        .join(mentee, (mentee.person_id == Ban.mentee_id) & (mentee.side == Side.MENTEE))
        .join(mentor, (mentor.person_id == Ban.mentor_id) & (mentor.side == Side.MENTOR))
        .where(
            Ban.school_id == school_id,
            mentee.form == form,
            mentee.year == year,
            mentor.form == form,
            mentor.year == year,
        )
        .options(joinedload(mentee.person), joinedload(mentor.person))
        .order_by(Ban.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in await session.execute(statement)]


async def _persons(session: AsyncSession, school_id: int, year: str, form: str) -> dict[int, int]:
    statement = select(Participation.id, Participation.person_id).where(
        Participation.school_id == school_id, Participation.year == year, Participation.form == form
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def announced(
    session: AsyncSession, school_id: int, year: str, form: str
) -> tuple[dict[int, datetime], tuple[datetime, ...]]:
    """Mentee -> when their last announced pair ended; and all times of announcing."""
    statement = (
        select(Pair.announced_at, Pair.closed_at, Pair.decided_at, PairMember.person_id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Pair.form == form,
            Pair.announced_at.is_not(None),
            PairMember.side == Side.MENTEE,
        )
        .order_by(Pair.id)
    )
    since: dict[int, datetime] = {}
    times: set[datetime] = set()
    for announced, closed, decided, person in await session.execute(statement):
        assert announced is not None  # as the query asks
        times.add(announced)
        since[person] = closed or max(announced, decided or announced)
    return since, tuple(sorted(times))


async def families(session: AsyncSession, school_id: int, people: Iterable[int]) -> dict[int, set[int]]:
    """Person -> guardians, wards, and other children of the same guardians; confirmed or not."""
    ids = set(people)
    guardians: dict[int, set[int]] = defaultdict(set)
    wards: dict[int, set[int]] = defaultdict(set)
    statement = select(Guardianship.guardian_id, Guardianship.child_id)
    for guardian, child in await session.execute(statement.where(Guardianship.school_id == school_id)):
        guardians[child].add(guardian)
        wards[guardian].add(child)
    found = {}
    for person in ids:
        siblings = {child for guardian in guardians[person] for child in wards[guardian]}
        found[person] = (guardians[person] | wards[person] | siblings) - {person}
    return found


async def answers(
    session: AsyncSession, school_id: int, people: Iterable[int], questions: Iterable[str]
) -> dict[int, dict[str, Value]]:
    """Person -> question -> the newest answer: a number, words or a list of codes; skipped ones left out.

    Columns, not rows of classes: eleven thousand answers of a school of 800 would cost a second. Equal lists are one
    and the same list: not to be changed.
    """
    found: dict[int, dict[str, Value]] = defaultdict(dict)
    wanted = list(questions)
    read: dict[str | None, list[Any] | None] = {}  # equal answers are read once
    for part in chunks(people):
        statement = (
            select(
                Response.person_id,
                Answer.question,
                Answer.number,
                Answer.words,
                cast(Answer.choices, String).label("choices"),
            )
            .join(Answer, Answer.response_id == Response.id)
            .where(
                Response.school_id == school_id,
                Response.person_id.in_(part),
                Response.about == "",
                Answer.question.in_(wanted),
                Answer.skipped.is_(False),
            )
            .order_by(Response.finished_at, Response.id)
        )
        for person, question, number, words, text in await session.execute(statement):
            assert person is not None  # as the query asks
            if text not in read:
                read[text] = None if text is None else json.loads(text)
            choices = read[text]
            found[person][question] = choices if choices is not None else words if number is None else number
    return found


async def confirmed_guardians(
    session: AsyncSession, school_id: int, children: Iterable[int]
) -> dict[int, list[Person]]:
    """Child -> guardians whom the school has confirmed."""
    found: dict[int, list[Person]] = defaultdict(list)
    for part in chunks(children):
        statement = (
            select(Guardianship)
            .where(
                Guardianship.school_id == school_id,
                Guardianship.child_id.in_(part),
                Guardianship.confirmed_at.is_not(None),
                Guardianship.ended_at.is_(None),
            )
            .options(joinedload(Guardianship.guardian))
            .order_by(Guardianship.id)
        )
        for line in await session.scalars(statement):
            found[line.child_id].append(line.guardian)
    return found


async def addresses(session: AsyncSession, people: Iterable[int]) -> dict[int, Address]:
    """Person -> the address `storage.people.best_address` would give; nobody without one is in it."""
    found: dict[int, Address] = {}
    for part in chunks(people):
        statement = (
            select(Address)
            .where(Address.person_id.in_(part), Address.unreachable_since.is_(None))
            .options(joinedload(Address.person))
            .order_by(Address.channel != Channel.WEB, Address.used_at, Address.id)
        )
        found |= {
            address.person_id: address
            for address in await session.scalars(statement)
            if address.channel == Channel.WEB or not address.person.preferences.get("web_only")
        }
    return found


async def run_before(session: AsyncSession, run: MatchRun) -> MatchRun | None:
    """The run before this one, of the same form and school year; its `inputs` are not loaded."""
    statement = (
        select(MatchRun)
        .where(
            MatchRun.school_id == run.school_id,
            MatchRun.year == run.year,
            MatchRun.form == run.form,
            MatchRun.id < run.id,
        )
        .options(defer(MatchRun.inputs, raiseload=True))
        .order_by(MatchRun.id.desc())
        .limit(1)
    )
    return await session.scalar(statement)
