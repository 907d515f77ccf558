"""«Журнал»: who changed what and when. Read only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.show import page
from admin.visit import Reading, Signed
from locales import has
from storage import accounts, lists, records

router = APIRouter(prefix="/journal")

GROUPS = ("person", "consent", "guardian", "mentor", "match", "pair", "meeting", "news", "help", "report", "roster", "settings", "user")  # fmt: skip


@router.get("", name="journal")
async def journal(request: Request, staff: Signed, work: Reading) -> Response:
    asked = request.query_params
    group = asked.get("group", "")
    group = group if group in GROUPS else ""
    number = asked.get("page", "1")
    number_asked = max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1
    lines, count = await records.journal(work.session, work.school.id, action=group, page=number_asked)
    users = await accounts.of_school(work.session, work.school.id)
    return page(
        request,
        "journal/journal.html",
        work,
        section="journal",
        lines=lines,
        users={f"user:{user.id}": user.name or user.login for user in users},
        words_of={line.action: action_text(line.action) for line in lines},
        group=group,
        groups=GROUPS,
        number=number_asked,
        pages=-(-count // lists.PAGE),
    )


def action_text(action: str) -> str:
    """The text id of an action; one that has no words yet is named by its group."""
    text = "admin-act-" + action.replace(".", "-")
    return text if has(text) else "admin-act-other"
