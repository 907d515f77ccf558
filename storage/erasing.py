"""What hangs on a person and has to go: queries of erasure. Counts of what was found come back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from program.roles import Category
from program.states import NewsStatus
from storage import ballots, care, plan_erasing
from storage.places import chunks
from storage.tables import (
    Address,
    Answer,
    Ban,
    BulkChangeLine,
    Candidacy,
    Consent,
    Conversation,
    Encounter,
    Guardianship,
    Impression,
    Interview,
    Invitation,
    Meeting,
    MeetingNote,
    NewsItem,
    NewsStory,
    OutboxRow,
    Pair,
    PairAnswer,
    PairMember,
    PairRequest,
    PairWorry,
    Participation,
    Person,
    PoolQuestion,
    PoolWord,
    Response,
    Seat,
    WebMessage,
)

Mentions = Callable[[str], bool]
GONE = "erased"  # why a waiting message was dropped
NOTHING: dict[str, Any] = {"texts": []}


async def related(session: AsyncSession, person_id: int) -> set[int]:
    """Everybody who has shared a pair or a meeting, their guardians and children: who was told of the person."""
    pairs = select(PairMember.pair_id).where(PairMember.person_id == person_id)
    members = await session.scalars(select(PairMember.person_id).where(PairMember.pair_id.in_(pairs)))
    found = set(members) | await _met_people(session, person_id)
    bonds = select(Guardianship.guardian_id, Guardianship.child_id)
    around = found | {person_id}
    for part in chunks(around):
        statement = bonds.where(or_(Guardianship.child_id.in_(part), Guardianship.guardian_id == person_id))
        for guardian, child in await session.execute(statement):
            found |= {guardian, child}
    return found - {person_id}


async def _met_people(session: AsyncSession, person_id: int) -> set[int]:
    """Everybody of the meetings outside of pairs in which the person had a seat or led, and of the pool."""
    seats = select(Seat.encounter_id).where(Seat.person_id == person_id)
    met = select(Encounter.id).where(or_(Encounter.host_id == person_id, Encounter.id.in_(seats)))
    talks = select(PoolQuestion.id).where(
        or_(PoolQuestion.asker_id == person_id, PoolQuestion.taken_by == person_id)
    )
    found: set[int] = set(await session.scalars(select(Seat.person_id).where(Seat.encounter_id.in_(met))))
    for column, where in (
        (Encounter.host_id, Encounter.id.in_(met)),
        (PoolQuestion.taken_by, PoolQuestion.id.in_(talks)),
        (PoolWord.person_id, PoolWord.question_id.in_(talks)),
    ):
        found |= {key for key in await session.scalars(select(column).where(where)) if key is not None}
    return found


async def belongings(session: AsyncSession, person_id: int) -> dict[str, int]:
    """Deletes addresses, chat, conversation, invitations and bonds; empties messages. How much of each."""
    found = {}
    for name, table, where in (
        ("addresses", Address, Address.person_id == person_id),
        ("bulk", BulkChangeLine, BulkChangeLine.person_id == person_id),
        ("bubbles", WebMessage, WebMessage.person_id == person_id),
        ("conversations", Conversation, Conversation.person_id == person_id),
        ("invitations", Invitation, or_(Invitation.person_id == person_id, Invitation.child_id == person_id)),
        (
            "bonds",
            Guardianship,
            or_(Guardianship.child_id == person_id, Guardianship.guardian_id == person_id),
        ),
    ):
        key: Any = next(iter(cast(Any, table.__table__).primary_key.columns))
        found[name] = len((await session.scalars(delete(table).where(where).returning(key))).all())
    rows = (await session.scalars(select(OutboxRow).where(OutboxRow.person_id == person_id))).all()
    for row in rows:
        _empty(row)
        row.address, row.external_id, row.lane, row.key = "", "", "erased:", f"erased:{row.id}"
    found["messages"] = len(rows)
    person = await session.get(Person, person_id)
    assert person is not None
    found["polls"] = await ballots.forget_person(session, person.school_id, person_id)
    return found


async def words(session: AsyncSession, person_id: int) -> dict[str, int]:
    """Blanks everything written in words by or about the person; numbers, choices, dates stay."""
    own = select(Response.id).where(Response.person_id == person_id)
    pairs = (await session.scalars(select(PairMember.pair_id).where(PairMember.person_id == person_id))).all()
    alone = (await session.scalars(select(Pair.id).where(Pair.id.in_(pairs), Pair.is_group.is_(False)))).all()
    meetings = (await session.scalars(select(Meeting.id).where(Meeting.pair_id.in_(alone)))).all()
    found = {"answers": await _blank_answers(session, Answer.response_id.in_(own))}
    about = (
        [f"pair:{key}" for key in alone] + [f"meeting:{key}" for key in meetings] + [f"person:{person_id}"]
    )
    for part in chunked(about):
        of_pair = select(Response.id).where(Response.about.in_(part))
        found["answers"] += await _blank_answers(session, Answer.response_id.in_(of_pair))
    found |= await care.forget_person(session, person_id)
    await session.execute(
        update(Participation)
        .where(Participation.person_id == person_id)
        .values(result="", case_url="", class_name="")
    )
    await session.execute(
        update(Pair)
        .where(Pair.id.in_(alone))
        .values(result="", case_url="", decision_reason="", reasons={}, title="")
    )
    await session.execute(update(Meeting).where(Meeting.id.in_(meetings)).values(place="", link="", slots=[]))
    lines = update(MeetingNote).where(
        or_(MeetingNote.person_id == person_id, MeetingNote.meeting_id.in_(meetings))
    )
    lines = lines.values(topic_words="", step="").returning(MeetingNote.id)
    found["diary"] = len((await session.scalars(lines)).all())
    await session.execute(
        update(Consent)
        .where(or_(Consent.person_id == person_id, Consent.given_by == person_id))
        .values(reason="")
    )
    for table, mine in (
        (PairAnswer, or_(PairAnswer.person_id == person_id, PairAnswer.about_id == person_id)),
        (PairRequest, PairRequest.person_id == person_id),
    ):
        await session.execute(update(table).where(or_(mine, table.pair_id.in_(alone))).values(words=""))
    await session.execute(update(PairWorry).where(PairWorry.pair_id.in_(alone)).values(action=""))
    await session.execute(delete(Ban).where(or_(Ban.mentee_id == person_id, Ban.mentor_id == person_id)))
    talked = update(Interview).where(Interview.person_id == person_id)
    talked = talked.values(notes="", risk="", reason="", interviewers="").returning(Interview.id)
    found["interviews"] = len((await session.scalars(talked)).all())
    await session.execute(update(Candidacy).where(Candidacy.person_id == person_id).values(reason=""))
    found["pairs"], found["meetings"] = len(alone), len(meetings)
    found |= await plan_erasing.words(session, person_id, alone)
    return found | await _met(session, person_id)


async def _met(session: AsyncSession, person_id: int) -> dict[str, int]:
    """Words of meetings outside of pairs: questions with their answers, topics the person led, silent words."""
    asked = select(PoolQuestion.id).where(PoolQuestion.asker_id == person_id)
    talk = update(PoolWord).where(or_(PoolWord.person_id == person_id, PoolWord.question_id.in_(asked)))
    found = {"questions": len((await session.scalars(talk.values(words="").returning(PoolWord.id))).all())}
    led = update(Encounter).where(Encounter.host_id == person_id)
    await session.execute(led.values(topic="", about="", place="", link=""))
    alone = (await session.scalars(_of_two(person_id))).all()
    await session.execute(
        update(Encounter).where(Encounter.id.in_(alone)).values(topic="", about="", link="")
    )
    about = [f"encounter:{key}" for key in alone]
    of_two = select(Response.id).where(Response.about.in_(about))
    found["answers-met"] = await _blank_answers(session, Answer.response_id.in_(of_two))
    said = delete(Impression).where(or_(Impression.person_id == person_id, Impression.about_id == person_id))
    found["impressions"] = len((await session.scalars(said.returning(Impression.id))).all())
    return found


def _of_two(person_id: int) -> Any:
    """Meetings of two in which the person sat: what the other side wrote of them is about the person."""
    mine = select(Seat.encounter_id).where(Seat.person_id == person_id)
    return select(Encounter.id).where(Encounter.seats == 1, Encounter.id.in_(mine))


async def _blank_answers(session: AsyncSession, where: Any) -> int:
    statement = update(Answer).where(where, Answer.words.is_not(None)).values(words=None)
    return len((await session.scalars(statement.returning(Answer.id))).all())


async def mentions(
    session: AsyncSession,
    school_id: int,
    around: Collection[int],
    said: Mentions,
    named: Mentions,
    instead: str,
) -> int:
    """Empties what others were told of the person: messages, bubbles of chats, facts of open conversations.

    Args:
        around: who may have been told: there the first name alone is enough (`said`); elsewhere the
            surname is needed (`named`).
        instead: what a bubble says from now on.
    """
    emptied = 0
    rows = await session.stream_scalars(select(OutboxRow).where(OutboxRow.school_id == school_id))
    async for row in rows:
        if row.body != NOTHING and _found(row.person_id, around, said, named)(_flat(row.body)):
            _empty(row)
            emptied += 1
    bubbles = await session.stream_scalars(select(WebMessage).where(WebMessage.school_id == school_id))
    async for bubble in bubbles:
        if _found(bubble.person_id, around, said, named)(bubble.words + _flat(bubble.buttons)):
            bubble.words, bubble.buttons = instead, []
            emptied += 1
    # Of a group: whoever wrote the diary may have named one of the mentees.
    lines = await session.scalars(select(MeetingNote).where(MeetingNote.school_id == school_id))
    for line in lines:
        if _found(line.person_id, around, said, named)(f"{line.topic_words} {line.step}"):
            line.topic_words = line.step = ""
            emptied += 1
    talks = (await session.scalars(select(Conversation).where(Conversation.school_id == school_id))).all()
    for talk in talks:
        has = _found(talk.person_id, around, said, named)
        if has(_flat([talk.journal, talk.options, talk.parked, talk.subject])):
            talk.journal = [line for line in talk.journal if line[2] != "f"]
            if has(_flat([talk.journal, talk.options, talk.parked, talk.subject])):
                await session.delete(talk)
    return emptied


async def news(session: AsyncSession, school_id: int, person_id: int, full: Mentions) -> list[str]:
    """News that show, name or come from the person: a published word is taken back by hand.

    What is not out is tied to them, so that it cannot be published as it stands.
    """
    items = await session.scalars(select(NewsItem).where(NewsItem.school_id == school_id))
    told = set(await session.scalars(select(NewsStory.item_id).where(NewsStory.person_id == person_id)))
    found = []
    for item in items:
        words = " ".join((item.title, item.body, *map(str, item.captions.values())))
        if person_id in item.shows or item.id in told or full(words):
            found.append(f"news:{item.id}")
            if item.status in (NewsStatus.DRAFT, NewsStatus.PLANNED, NewsStatus.STOPPED):
                item.shows = sorted({*item.shows, person_id})
    return found


async def without_children(session: AsyncSession, guardian_ids: Iterable[int]) -> Sequence[int]:
    """Parents among them who have neither another child here nor a place of their own.

    A teacher who acts for a child of this school stands on the school's list for another reason.
    """
    bond = select(Guardianship.id).where(Guardianship.guardian_id == Person.id)
    place = select(Participation.id).where(Participation.person_id == Person.id)
    statement = select(Person.id).where(
        Person.id.in_(list(guardian_ids)),
        Person.category == Category.PARENT,
        ~bond.exists(),
        ~place.exists(),
    )
    return (await session.scalars(statement)).all()


def chunked(values: Sequence[str], size: int = 400) -> Iterable[Sequence[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _found(owner: int | None, around: Collection[int], said: Mentions, named: Mentions) -> Mentions:
    return said if owner in around else named


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _empty(row: OutboxRow) -> None:
    row.body = dict(NOTHING)
    if row.sent_at is None and not row.dropped:
        row.dropped = GONE
