"""One thing of everything that an address of the admin can name, in one school; and what a school's rows hold."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, saved_views, staff_invitations
from actions.work import Work
from program.relay import RelayState
from program.roles import Side, StaffRole
from program.states import RequestState
from storage.database import Database
from storage.tables import (
    Answer,
    Base,
    BulkChange,
    GroupChange,
    Invitation,
    IssuedPaper,
    MatchRun,
    NewsIdea,
    NewsStory,
    PairAnswer,
    PairRequest,
    Partner,
    RelayMessage,
    Response,
    RoadmapEvent,
    RoadmapProof,
    RoadmapStage,
    School,
    SchoolPaper,
    StoredFile,
    TownSchool,
    User,
)
from tests.admin.conftest import PASSWORD
from tests.admin.world import PNG, World, furnish

# Words of an address that mean the same in every school: no id of anything.
WORDS = {
    "directory": "model", "slug": "flash", "name": "coverage", "code": "INT_E", "side": "mentee", "number": "1",
    "idea": "our_rules", "paper": "order-launch", "step": "classes", "table": "mentees", "chart": "months",
    "year": "2026-2027",
}  # fmt: skip
# Where a name stands for different things: the beginning of the address -> the thing.
ELSEWHERE = {
    ("invitation_id", "/settings/users"): "staff_invitation_id",
    ("invitation_id", "/people"): "own_invitation_id",
    ("place_id", "/queue"): "free_place_id",
    ("answer_id", "/wishes"): "words_id",
}
NO_ID = frozenset({"token", "mark"})  # random, not numbered: tests of their own


async def things(database: Database, school: School, now: datetime, owner: str = "") -> dict[str, int]:
    """By the name in an address, the id of such a thing of this school.

    Args:
        owner: login whose uploads and views these are; "": an account made for that.
    """
    world = await furnish(database, school, now)
    async with database.transaction() as session:
        held = await session.merge(school, load=False)
        return await _more(session, Work(session, held, now), world, owner)


async def _more(session: AsyncSession, work: Work, world: World, owner: str) -> dict[str, int]:
    now, school = work.now, work.school.id
    user = await session.scalar(select(User).where(User.login == owner)) if owner else None
    if user is None:
        user = await accounts.add_user(work, f"owner-{work.school.slug}", StaffRole.CURATOR, PASSWORD)
    other = await accounts.add_user(work, f"editor-{work.school.slug}", StaffRole.SITE_EDITOR, PASSWORD)
    view = await saved_views.save(
        work.by(user), user.id, "people", "Мой список", "class_name=8А", shared=True
    )
    link = await staff_invitations.invite(work, None, StaffRole.DIRECTOR)
    rows: dict[str, Any] = {
        "invitation_id": Invitation(
            token=f"token-{school}", purpose="any", uses_left=1, created_at=now, expires_at=now + timedelta(days=1)
        ),
        "own_invitation_id": Invitation(
            token=f"own-{school}", purpose="mentee", person_id=world.waiting, uses_left=1, created_at=now,
            expires_at=now + timedelta(days=1),
        ),
        "run_id": MatchRun(
            form="rab_stud", year="2026-2027", at=now, actor="cli", inputs={"mentees": [], "mentors": []},
            result={"unmatched": [], "pairs": [], "points": 0},
        ),
        "change_id": GroupChange(
            pair_id=world.active, participation_id=world.free_mentee_place, comes=True, on_day=work.today, at=now
        ),
        "wish_id": PairRequest(
            pair_id=world.active, person_id=world.mentee, side="mentee", kind="pause", state=RequestState.NEW, at=now
        ),
        "message_id": RelayMessage(
            pair_id=world.active, author_id=world.mentor, side=Side.MENTOR, words="Здравствуй", state=RelayState.HELD, at=now
        ),
        "answer_id": PairAnswer(
            pair_id=world.suggested, person_id=world.mentor, about_id=world.mentor, side=Side.MENTOR
        ),
        "upload_id": StoredFile(
            name=f"upload:user:{user.id}:8А.csv", content_type="text/csv", size=9, sha256="", created_at=now,
            data="Фамилия;Имя;Класс\nСнежин;Пётр;8А\n".encode(),
        ),
        "import_id": StoredFile(
            name="import:8А.xlsx", content_type="application/json", size=2, sha256="", created_at=now,
            data=b'{"added": [], "changed": []}',
        ),
        "idea_id": NewsIdea(key="pairs:2026-2027:10", kind="pairs", args={"n": 10}, at=now),
        "story_id": NewsStory(person_id=world.mentee, words="Мы с наставником собрали робота.", at=now),
        "town_school_id": TownSchool(public_key=f"{work.school.id:044}", name="Школа № 9", added_at=now),
        "bulk_change_id": BulkChange(verb="left", options={}, actor=f"user:{user.id}", at=now),
        "award_id": IssuedPaper(
            year="2026-2027", code="letter", serial=1, number="БП-1", on_day=work.today, person_id=world.mentor,
            check_code="23456789BCDF" if work.school.slug == "first" else "23456789BCDG", batch="first", at=now,
            facts={"reason": "за терпение"},
        ),
        "response": Response(person_id=world.mentee, code="INT_E", version=1, finished_at=now),
    }  # fmt: skip
    for row in rows.values():
        row.school_id = school
        session.add(row)
    await session.flush()
    paper = SchoolPaper(
        school_id=school,
        kind="order",
        title="О назначении куратора",
        created_at=now,
        changed_at=now,
    )
    partner = Partner(
        school_id=school, name="Библиотека", kind="culture", state="active", created_at=now, changed_at=now
    )
    stage = RoadmapStage(school_id=school, year="2026-2027", slug="own1", position=1, title="Подготовка")
    session.add_all([paper, partner, stage])
    await session.flush()
    event = RoadmapEvent(
        school_id=school,
        year="2026-2027",
        stage_id=stage.id,
        position=1,
        title="Педсовет",
        status="planned",
        changed_at=now,
    )
    session.add(event)
    await session.flush()
    proof = RoadmapProof(school_id=school, event_id=event.id, title="Протокол", paper_id=paper.id, at=now)
    session.add(proof)
    words = Answer(school_id=school, response_id=rows["response"].id, question="whom", words="Олег Ветров")
    session.add(words)
    await session.flush()
    shot = StoredFile(
        school_id=school, name="story.png", content_type="image/png", size=len(PNG), sha256="", data=PNG, created_at=now
    )  # fmt: skip
    session.add(shot)
    await session.flush()
    rows["story_id"].photo_id = shot.id
    found = {name: row.id for name, row in rows.items() if name != "response"}
    ids = asdict(world)
    return found | ids | {
        "person_id": ids["waiting"], "other_id": ids["mentee"], "guardian_id": ids["guardian"],
        "participation_id": ids["mentee_place"], "place_id": ids["mentor_place"],
        "free_place_id": ids["free_mentee_place"], "pair_id": ids["suggested"], "request_id": ids["help"],
        "item_id": ids["draft"], "file_id": ids["photo"], "encounter_id": ids["encounter"],
        "meeting_id": ids["meeting"], "gathering_id": ids["gathering"], "question_id": ids["question"],
        "worry_id": ids["worry"], "won_id": ids["won"], "view_id": view.id, "user_id": other.id,
        "paper_id": paper.id, "partner_id": partner.id, "stage_id": stage.id, "event_id": event.id, "proof_id": proof.id,
        "staff_invitation_id": link.id, "words_id": words.id,
        **{f"{name}_id": key for name, key in ids["road"].items()},
    }  # fmt: skip


def names_in(path: str) -> list[str]:
    """The ids that an address names, as the route calls them."""
    return [name for name in re.findall(r"{(\w+)}", path) if name not in WORDS and name not in NO_ID]


def filled(path: str, ids: dict[str, int], foreign: dict[str, int] | None = None, at: str = "") -> str:
    """The address with ids; the one called `at` is taken from `foreign`. Raises KeyError: a thing nobody has made."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in WORDS:
            return WORDS[name]
        if name in NO_ID:
            return "none-of-ours"
        taken = foreign if foreign is not None and name == at else ids
        for (called, beginning), thing in ELSEWHERE.items():
            if called == name and path.startswith(beginning):
                return str(taken[thing])
        return str(taken[name])

    return re.sub(r"{(\w+)}", value, path)


async def rows_of(database: Database, school_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the tables keep of a school."""
    kept = {}
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if "school_id" in table.columns:
                found = await session.execute(
                    select(table).where(table.c.school_id == school_id).order_by(*table.primary_key.columns)
                )
                kept[table.name] = [tuple(row) for row in found]
    return kept
