"""What is done to many people at once: the page that says it beforehand, the result, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import bulk
from actions.accounts import Staff
from actions.bulk import Plan, Verb
from actions.bulk_verbs import VERBS
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.journal_words import names_of
from admin.listing import narrowed
from admin.pages.people import everybody, table_of
from admin.show import back, page
from admin.visit import Changing, Denied, Fields, Reading, Signed, house, sees
from program.errors import Refusal
from program.ids import id_in
from program.text import Text
from storage import bulk as rows
from storage import lists, meetings, pairs
from storage.tables import BulkChange, BulkChangeLine, Person

router = APIRouter(prefix="/people/changes")

FIRST = 5  # names on the page that confirms
OTHERS = Text("bulk-undo-others")
Lines = Sequence[tuple[BulkChangeLine, Person]]


# What other lists than «Участники» offer for their rows.
OF_CONSENTS = ("consent", "cards", "left")
OF_PAIRS = ("quiz", "consent")
OF_QUIZ = ("quiz",)


def verbs_of(staff: Staff, only: Sequence[str] = tuple(VERBS)) -> list[Verb]:
    """What this user may do to many: what they may do to one."""
    may_many = may(staff.role, "bulk")
    return [verb for slug, verb in VERBS.items() if slug in only and may_many and may(staff.role, verb.right)]


@router.post("", name="bulk")
async def confirm(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    return await confirmed(request, staff, work, Typed(form, house(request).texts))


async def confirmed(request: Request, staff: Staff, work: Work, typed: Typed) -> Response:
    """Nothing is changed yet. The ids that are shown here are those that are acted upon."""
    verb = _verb(staff, typed)
    ids = await _asked(work, staff, typed)
    plan = await bulk.planned(work, verb, ids, {})
    return _confirm(request, work, verb, ids, plan, typed)


@router.post("/do", name="bulk-do")
async def do(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    verb = _verb(staff, typed)
    ids = await _seen(work, staff, typed.words("ids", 20_000).split(","))
    options = {name: typed.words(name, 40) for name in verb.asks}
    try:
        async with work.session.begin_nested():  # of what is refused nothing stays
            change = await bulk.perform(work, verb, ids, options)
    except Refusal as refusal:
        if not verb.asks:
            raise
        typed.refused(verb.asks[0], refusal)
        plan = await bulk.planned(work, verb, ids, {})
        return _confirm(request, work, verb, ids, plan, typed)
    return back(request, "bulk-result", bulk_change_id=change.id)


@router.get("/{bulk_change_id}", name="bulk-result")
async def result(request: Request, staff: Signed, work: Reading, bulk_change_id: int) -> Response:
    change, verb, everybody_in = await _change(work, staff, bulk_change_id)
    lines = [(line, who) for line, who in everybody_in if sees(staff, who)]
    not_mine = None if _whole(staff, everybody_in) else OTHERS
    return page(
        request,
        "people/bulk_result.html",
        work,
        section="people",
        change=change,
        verb=verb,
        changed=[(line, who) for line, who in lines if line.state in (bulk.DONE, bulk.UNDONE)],
        skipped=[(who, Text.from_json(line.why)) for line, who in lines if line.state == bulk.SKIPPED],
        stayed=[(who, Text.from_json(line.why)) for line, who in lines if line.state == bulk.STAYED],
        why_not=bulk.why_not(work, verb, change) or not_mine,
        until=change.at + bulk.UNDO,
        actor=(await names_of(work, [change.actor]))[change.actor],
    )


@router.post("/{bulk_change_id}/undo", name="bulk-undo")
async def undo(request: Request, staff: Signed, work: Changing, bulk_change_id: int) -> Response:
    _, verb, lines = await _change(work, staff, bulk_change_id)
    if not _whole(staff, lines):
        raise Refusal(OTHERS.id)
    await bulk.undo(work, verb, bulk_change_id)
    return back(request, "bulk-result", bulk_change_id=bulk_change_id)


@dataclass(frozen=True)
class Why:
    """So many are left as they are, for one reason."""

    text: Text
    names: list[str]


def _confirm(request: Request, work: Work, verb: Verb, ids: list[int], plan: Plan, typed: Typed) -> Response:
    t = house(request).texts
    reasons: dict[str, Why] = {}
    for who, text in plan.skip:
        reasons.setdefault(t(text), Why(text, [])).names.append(who.full_name or who.first_name)
    return page(
        request,
        "people/bulk.html",
        work,
        section="people",
        status=422 if typed.problems else 200,
        verb=verb,
        plan=plan,
        ids=",".join(map(str, ids)),
        first=plan.do[:FIRST],
        reasons=sorted(reasons.values(), key=lambda why: -len(why.names)),
        most_names=FIRST,
        can_undo=verb.undo is not None,
        typed=typed,
        problems=typed.problems,
    )


def _verb(staff: Staff, typed: Typed) -> Verb:
    verb = VERBS.get(typed.words("verb", 20))
    if verb is None:
        raise HTTPException(404)
    if verb not in verbs_of(staff):
        raise Denied
    return verb


async def _change(work: Work, staff: Staff, change_id: int) -> tuple[BulkChange, Verb, Lines]:
    """Raises 404; what others may not do, or was done to people of others only, they do not see the result of."""
    change = await rows.get(work.session, work.school.id, change_id)
    if change is None or change.verb not in VERBS or VERBS[change.verb] not in verbs_of(staff):
        raise HTTPException(404)
    lines = await rows.lines(work.session, change.id)
    if lines and not any(sees(staff, who) for _, who in lines):
        raise HTTPException(404)
    return change, VERBS[change.verb], lines


def _whole(staff: Staff, lines: Lines) -> bool:
    """Whether this user sees everybody whom it has changed: it is taken back for all of them at once."""
    return all(sees(staff, who) for line, who in lines if line.state != bulk.SKIPPED)


async def _asked(work: Work, staff: Staff, typed: Typed) -> list[int]:
    """The ticked ones, or everybody of the list as it was narrowed."""
    if typed.many("pairs"):
        return await _seen(work, staff, await _of_pairs(work, typed.many("pairs")))
    if typed.words("all") != "yes":
        return await _seen(work, staff, typed.many("ids"))
    query = dict(parse_qsl(typed.words("query", 1000)))
    asked = (await table_of(work, staff)).ask(query)
    found = await work.session.scalars(everybody(work, staff).where(*narrowed(asked)))
    return sorted(found)


async def _of_pairs(work: Work, typed: list[str]) -> list[str]:
    """Everybody who meets in these pairs now."""
    found = await pairs.known(work.session, work.school.id, {key for one in typed if (key := id_in(one))})
    return [str(member.person_id) for pair in found for member in meetings.present(pair)]


async def _seen(work: Work, staff: Staff, typed: list[str]) -> list[int]:
    """Those of these whom this user may see."""
    ids = {number for one in typed if (number := id_in(one))}
    found = await lists.bare(work.session, work.school.id, ids)
    return sorted(one.id for one in found if sees(staff, one))
