"""Nothing is left of somebody who was erased: not in a table, not in the bytes of the files."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from actions import erasure, roster_undo
from actions.care import ask_for_help
from actions.invitations import guardian_invitation, invite
from actions.tell import tell
from actions.work import Work
from program.channels import Channel
from program.outgoing import say
from program.retention import Basis
from program.roles import Category, PersonState, Side
from program.selection import Decision, Setting
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from program.text import Text, raw
from storage.database import Database
from storage.tables import (
    Answer,
    Base,
    Candidacy,
    Conversation,
    DeletionAct,
    Guardianship,
    Interview,
    Meeting,
    Pair,
    Person,
    School,
    StoredFile,
    WebMessage,
)
from tests import build
from tests.actions import pool
from tests.both import database as database

FIRST, LAST, MIDDLE, PHONE, EMAIL = (
    "Ярополк",
    "Звездочётов",
    "Мстиславич",
    "+79001112233",
    "zvezda@example.ru",
)
WORDS = "мечтаю строить звездолёты"
PERSONAL = (FIRST, "Ярополк", LAST, MIDDLE, PHONE, EMAIL, WORDS, "tg-777000", "Заметка про созвездия")


async def furnish(work: Work) -> tuple[int, int]:
    """A pupil who has left a trace in every place where one can be left, and a mentor."""
    mentee = await pool.join(
        work, Side.MENTEE, FIRST, LAST, middle_name=MIDDLE, phone=PHONE, email=EMAIL,
        said={"INT_ME_P.1": WORDS}, reachable=False,
    )  # fmt: skip
    mentor = await pool.join(work, Side.MENTOR, "Олег", "Ветров", said={})
    person = mentee.person
    person.name_cases = {"dative": f"{LAST}у {FIRST}у"}
    work.session.add(build.address(person, Channel.TELEGRAM, "tg-777000"))
    mother = await pool.guardian(work, person.id)
    pair = build.pair(mentor, mentee, status=PairStatus.APPROVED)
    pair.result, pair.decision_reason = f"{FIRST} вырос", f"для {LAST}а"
    work.session.add(pair)
    await work.session.flush()
    await pool.begun(work, pair.id)
    meeting = Meeting(
        school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M1, status=MeetingStatus.HELD,
        proposed_by=person.id, starts_at=work.now - timedelta(days=1), format=MeetingFormat.ONLINE,
        link=f"https://example.ru/{EMAIL}", uid="u1", created_at=work.now, closed_at=work.now,
    )  # fmt: skip
    work.session.add(meeting)
    await work.session.flush()
    await ask_for_help(work, person.id, f"{WORDS}. Заметка про созвездия", urgent=False)
    await guardian_invitation(work, person)
    await invite(work, "any", person_id=person.id)
    for owner, mine in ((person, True), (mentor.person, False), (mother, False)):
        work.session.add(
            WebMessage(
                school_id=work.school.id, person_id=owner.id, mine=mine, words=f"{WORDS}: {FIRST} З.", at=work.now
            )
        )  # fmt: skip
    work.session.add(
        Conversation(
            person_id=person.id, school_id=work.school.id, flow="intake", journal=[["x", WORDS, "a"]], step="x",
            turn=1, channel=Channel.TELEGRAM, started_at=work.now, updated_at=work.now,
        )
    )  # fmt: skip
    work.session.add_all(
        [
            Interview(
                school_id=work.school.id, person_id=person.id, held_on=date(2026, 9, 1), setting=Setting.PERSON,
                marks={"motivation": 2}, notes=WORDS, risk=f"{FIRST} устал", interviewers=LAST,
                decision=Decision.ADMIT, reason=WORDS, entered_at=work.now,
            ),
            Candidacy(
                school_id=work.school.id, participation_id=mentee.id, person_id=person.id, waived=[], reason=WORDS
            ),
            StoredFile(
                school_id=work.school.id, name="import:8А.xlsx", content_type="application/json", size=1, sha256="",
                data=json.dumps({"added": [], "changed": [[person.id, {"phone": [PHONE, ""]}]]}).encode(),
                created_at=work.now,
            ),
        ]
    )  # fmt: skip
    work.session.add(
        StoredFile(
            school_id=work.school.id, name="upload:user:1:8А.xlsx", content_type="x", size=1, sha256="",
            data=f"{LAST};{PHONE}".encode(), created_at=work.now,
        )
    )  # fmt: skip
    await tell(work, person, say(raw(f"{FIRST}, {WORDS}")), key=f"x:{person.id}")
    await tell(work, mentor.person, say(Text("pair-closed", {"partner": f"{FIRST} З."})), key="y")
    await work.session.flush()
    return person.id, mentor.person_id


async def dump(database: Database) -> str:
    """Every value of every table, in words."""
    found = []
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                found += [
                    json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else str(v) for v in row
                ]
    return "\n".join(found)


def of_the_disc(database: Database) -> bytes:
    """The file and what lies beside it (-wal, -shm); of a server nothing: its vacuum is the operator's."""
    path = database.path
    if path is None:
        return b""
    return b"".join(
        Path(f"{path}{ending}").read_bytes()
        for ending in ("", "-wal", "-shm")
        if Path(f"{path}{ending}").exists()
    )


def in_bytes(words: str) -> tuple[bytes, bytes]:
    """As SQLite keeps text, and as JSON inside it is kept."""
    return words.encode(), json.dumps(words)[1:-1].encode()


async def test_a_search_of_everything_finds_nothing_of_an_erased_person(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        person_id, _ = await furnish(work)
    before, bytes_before = await dump(database), of_the_disc(database)
    assert all(word in before for word in PERSONAL)
    assert not bytes_before or any(part in bytes_before for part in in_bytes(LAST))

    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        act = await erasure.erase(work, person_id, Basis.CURATOR)

    assert act is not None
    left = await dump(database)
    assert [word for word in PERSONAL if word in left] == []
    disc = of_the_disc(database)
    assert [word for word in PERSONAL for part in in_bytes(word) if part in disc] == []


async def test_counts_choices_and_the_act_stay(work: Work) -> None:
    person_id, mentor_id = await furnish(work)
    chosen = list(await work.session.scalars(select(Answer).where(Answer.choices.is_not(None))))

    act = await erasure.erase(work, person_id, Basis.WITHDRAWAL)

    await work.session.flush()
    again = list(await work.session.scalars(select(Answer).where(Answer.choices.is_not(None))))
    assert len(again) == len(chosen)
    pair = await work.session.scalar(select(Pair))
    assert pair is not None
    assert pair.status == PairStatus.STOPPED
    assert act is not None
    assert (act.person_id, act.basis, act.actor) == (person_id, Basis.WITHDRAWAL, "system")
    assert {"addresses", "answers", "requests", "messages"} <= set(act.erased)
    mentor = await work.session.get(Person, mentor_id)
    assert mentor is not None
    assert mentor.first_name == "Олег"
    assert await erasure.erase(work, person_id, Basis.WITHDRAWAL) is None


async def test_a_parent_without_another_child_goes_together_with_the_child(work: Work) -> None:
    person_id, _ = await furnish(work)
    await erasure.erase(work, person_id, Basis.REQUEST)
    acts = list(await work.session.scalars(select(DeletionAct).order_by(DeletionAct.id)))
    assert [act.basis for act in acts] == [Basis.REQUEST, Basis.CHILD]


async def test_nobody_of_another_name_loses_a_word(database: Database, school: School, now: datetime) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        person_id, _ = await furnish(work)
        other = build.person(work.school, "Юля", "Снегирёва")
        work.session.add(other)
        await work.session.flush()
        work.session.add(
            WebMessage(
                school_id=work.school.id, person_id=other.id, mine=True, words="Ярослав пришёл", at=work.now
            )
        )
        await erasure.erase(work, person_id, Basis.REQUEST)
    assert "Ярослав пришёл" in await dump(database)


async def test_what_an_import_changed_is_not_kept_for_taking_it_back(work: Work) -> None:
    person_id, _ = await furnish(work)
    assert await roster_undo.offered(work) != []

    await erasure.erase(work, person_id, Basis.REQUEST)

    assert await roster_undo.offered(work) == []


async def test_a_teacher_who_acts_for_the_child_stays_on_the_schools_list(work: Work) -> None:
    person_id, _ = await furnish(work)
    teacher = build.person(work.school, "Нина", "Ручьёва", category=Category.TEACHER)
    work.session.add(teacher)
    await work.session.flush()
    work.session.add(
        Guardianship(
            school_id=work.school.id, guardian_id=teacher.id, child_id=person_id, created_at=work.now,
            confirmed_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()

    await erasure.erase(work, person_id, Basis.REQUEST)

    await work.session.refresh(teacher)
    assert (teacher.state, teacher.last_name) == (PersonState.ACTIVE, "Ручьёва")


def test_whatever_hangs_on_a_person_is_known_to_the_erasure() -> None:
    """A new column that names a person needs a decision: what of its row is words, and goes."""
    hanging = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert hanging == {
        "address.person_id", "bulk_change_line.person_id", "candidacy.person_id", "care_note.person_id", "consent.given_by", "consent.person_id",
        "conversation.person_id", "deletion_act.person_id", "encounter.host_id", "encounter_seat.person_id",
        "guardianship.child_id", "guardianship.guardian_id", "help_request.person_id", "impression.about_id",
        "impression.person_id", "interview.person_id", "invitation.child_id", "issued_paper.person_id", "invitation.person_id",
        "gathering_invitee.person_id", "meeting_attendance.person_id", "meeting_note.person_id",
        "meeting.closed_by", "meeting.proposed_by", "outbox.person_id", "pair_answer.about_id", "pair_ban.mentee_id", "pair_ban.mentor_id",
        "pair_answer.person_id", "pair_member.person_id", "pair_request.person_id",
        "pool_question.asker_id", "pool_question.taken_by", "pool_word.person_id",
        "plan_fact.person_id", "plan_item.done_by", "plan_word.person_id", "pair_goal.about_id", "pair_goal.person_id", "goal_mark.person_id", "achievement.person_id", "pair_project.about_id", "pair_project.person_id", "mentor_hours.person_id", "news_story.person_id",
        "participation.person_id", "partner_person.person_id", "relay_addressee.person_id", "relay_message.author_id", "relay_message.reported_by", "relay_reader.person_id", "response.person_id", "selection_mark.person_id", "staff_chat.person_id", "takedown.person_id", "web_message.person_id", "year_word.person_id",
    }  # fmt: skip
