"""Whose row an address names: a row of another school is no page, whatever the page itself looks at.

A second guard before every route. What a page shows and a verb changes is looked up by the school anyway; this one
forgets nothing, because a name that it does not know opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.ids import id_in
from storage.tables import (
    Achievement,
    Answer,
    Base,
    BulkChange,
    Encounter,
    Gathering,
    GroupChange,
    HelpRequest,
    Invitation,
    IssuedPaper,
    MatchRun,
    Meeting,
    NewsIdea,
    NewsItem,
    NewsStory,
    Pair,
    PairAnswer,
    PairRequest,
    PairWorry,
    Participation,
    Partner,
    Person,
    PoolQuestion,
    RelayMessage,
    RoadmapEvent,
    RoadmapProof,
    RoadmapStage,
    SavedView,
    SchoolPaper,
    StaffInvitation,
    StoredFile,
    TownSchool,
    User,
)

TABLES: Mapping[str, type[Base]] = {
    "answer_id": PairAnswer,
    "award_id": IssuedPaper,
    "bulk_change_id": BulkChange,
    "change_id": GroupChange,
    "encounter_id": Encounter,
    "event_id": RoadmapEvent,
    "file_id": StoredFile,
    "gathering_id": Gathering,
    "guardian_id": Person,
    "idea_id": NewsIdea,
    "import_id": StoredFile,
    "invitation_id": Invitation,
    "item_id": NewsItem,
    "meeting_id": Meeting,
    "message_id": RelayMessage,
    "other_id": Person,
    "pair_id": Pair,
    "paper_id": SchoolPaper,
    "participation_id": Participation,
    "partner_id": Partner,
    "person_id": Person,
    "place_id": Participation,
    "proof_id": RoadmapProof,
    "question_id": PoolQuestion,
    "request_id": HelpRequest,
    "run_id": MatchRun,
    "stage_id": RoadmapStage,
    "story_id": NewsStory,
    "town_school_id": TownSchool,
    "upload_id": StoredFile,
    "user_id": User,
    "view_id": SavedView,
    "wish_id": PairRequest,
    "won_id": Achievement,
    "worry_id": PairWorry,
}
# Where the same name stands for another thing, by route.
ELSEWHERE: Mapping[tuple[str, str], type[Base]] = {
    ("user-invitation", "invitation_id"): StaffInvitation,
    ("user-invitation-show", "invitation_id"): StaffInvitation,
    ("user-invitation-revoke", "invitation_id"): StaffInvitation,
    ("wish-settle", "answer_id"): Answer,
}


def table_of(route: str, name: str) -> type[Base] | None:
    """The table whose row this part of an address names; None: nobody has said it."""
    return ELSEWHERE.get((route, name)) or TABLES.get(name)


async def all_own(session: AsyncSession, school_id: int, route: str, parts: Mapping[str, str]) -> bool:
    """Whether every number in this address is a row of this school."""
    for name, value in parts.items():
        if not name.endswith("_id"):
            continue
        table, number = table_of(route, name), id_in(value)
        if table is None or number is None:
            return False
        found = await session.execute(_of_school(table), {"number": number, "school": school_id})
        if found.first() is None:
            return False
    return True


@cache
def _of_school(table: type[Base]) -> Select[Any]:
    columns = table.__table__.columns
    return select(literal(1)).where(
        columns["id"] == bindparam("number"), columns["school_id"] == bindparam("school")
    )
