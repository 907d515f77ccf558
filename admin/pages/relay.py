"""«Переписка»: what waits for the curator, what is worrying, the correspondence of a pair, what the school allows.

Every look at somebody's words is a line of the journal. The psychologist opens a correspondence only while
something in it is worrying.
"""

from __future__ import annotations

import re
from collections import Counter

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import relay_desk
from actions.relay import rules_of
from actions.relay_messages import name_in
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.pages.matching import get
from admin.pages.settings import subject
from admin.show import back, file, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, changing, house, words
from program.ids import id_in
from program.relay import RULES, Photos, RelayRules, RelayState, Rule
from program.roles import Side
from program.screening import Found
from program.text import Text
from storage import files, meetings
from storage import relay as rows
from storage.overview import given_up
from storage.tables import OutboxRow, Pair

router = APIRouter(prefix="/relay")

PAGE = 100  # messages; the newest page comes first
MOST_HOSTS = 30
_HOST = re.compile(r"(?:[a-zа-яё0-9](?:[a-zа-яё0-9-]{0,61}[a-zа-яё0-9])?\.)+[a-zа-яё]{2,20}")


@router.get("", name="relay")
async def desk(request: Request, staff: Signed) -> Response:
    async with changing(house(request), staff) as work:
        decides = may(staff.role, "relay-release")
        held = await rows.in_state(work.session, work.school.id, RelayState.HELD) if decides else ()
        worries = await rows.worrying(work.session, work.school.id)
        shown = Counter(one.pair_id for one in {one.id: one for one in (*held, *worries)}.values())
        for pair_id in sorted(shown):
            await relay_desk.opened(work, pair_id, shown[pair_id])
        return page(
            request,
            "relay/relay.html",
            work,
            section="relay",
            held=held,
            worries=worries,
            decides=decides,
            called=_called,
            mistaken=lambda one: one.state == RelayState.CARE and one.side == Side.MENTOR,
        )


@router.get("/rules", name="relay-rules")
async def rules(request: Request, staff: Signed, work: Reading) -> Response:
    return _rules(request, work, Typed.empty(), _editing(work))


@router.post("/rules", name="relay-rules-save")
async def rules_save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return _rules(request, work, typed, editing)
    changed = read(typed)
    if typed.problems:
        return _rules(request, work, typed, editing)
    await relay_desk.save_rules(work, changed)
    return back(request, "relay-rules", "settings")


@router.get("/{pair_id}", name="relay-talk")
async def talk(request: Request, staff: Signed, pair_id: int) -> Response:
    async with changing(house(request), staff) as work:
        await get(work, pair_id)
        everything = may(staff.role, "relay-release")
        if not everything and not await rows.worries(work.session, work.school.id, pair_id):
            return back(request, "relay", "relay-closed")
        pair = await meetings.whole(work.session, work.school.id, pair_id)
        assert pair is not None
        pages = max(1, -(-await rows.count(work.session, work.school.id, pair_id) // PAGE))
        number = min(id_in(request.query_params.get("page", "")) or 1, pages)
        messages = await rows.of_pair(
            work.session, work.school.id, pair_id, limit=PAGE, skip=(number - 1) * PAGE
        )
        await relay_desk.opened(work, pair_id, len(messages))
        return page(
            request,
            "relay/talk.html",
            work,
            section="relay",
            pair=pair,
            messages=messages,
            number=number,
            pages=pages,
            ways=await rows.ways(work.session, work.school.id, pair_id),
            people={one.person_id: one.person for one in pair.members},
            called=_called,
            arrived=_arrived,
            name_in=name_in,
        )


@router.post("/messages/{message_id}/release", name="relay-release")
async def release(request: Request, staff: Signed, work: Changing, message_id: int) -> Response:
    await _known(work, message_id)
    await relay_desk.release(work, message_id)
    return back(request, "relay", "relay-released")


@router.post("/messages/{message_id}/return", name="relay-return")
async def send_back(
    request: Request, staff: Signed, work: Changing, form: Fields, message_id: int
) -> Response:
    await _known(work, message_id)
    await relay_desk.send_back(work, message_id, words(form, "note", relay_desk.LONGEST_NOTE))
    return back(request, "relay", "relay-returned")


@router.post("/messages/{message_id}/settle", name="relay-settle")
async def settle(request: Request, staff: Signed, work: Changing, message_id: int) -> Response:
    await _known(work, message_id)
    await relay_desk.settle(work, message_id)
    return back(request, "relay", "relay-settled")


@router.get("/messages/{message_id}/photo", name="relay-photo")
async def photo(request: Request, staff: Signed, message_id: int) -> Response:
    """The picture of a message. The pages show it when it is asked for, so each look is a line of the journal."""
    async with changing(house(request), staff) as work:
        message = await rows.get(work.session, work.school.id, message_id)
        if message is None or message.photo_id is None:
            raise HTTPException(404)
        worries = await rows.worries(work.session, work.school.id, message.pair_id)
        found = await files.get(work.session, work.school.id, message.photo_id)
        if found is None or not (worries or may(staff.role, "relay-release")):
            raise HTTPException(404)
        await relay_desk.photo_opened(work, message)
        return file(found.data, found.name, found.content_type, inline=True)


def read(typed: Typed) -> RelayRules:
    """The rules as typed; what is wrong is noted in `typed`."""
    kinds = {kind: typed.one_of(f"rule-{kind}", Rule) or RULES[kind] for kind in Found}
    hosts = []
    for line in re.split(r"[\s,;]+", typed.words("hosts", 3000).casefold()):
        # A whole address is pasted more often than a name.
        host = re.sub(r"^https?://(?:www\.)?|/.*$", "", line)
        if host and not _HOST.fullmatch(host):
            typed.wrong("hosts", "relay-staff-host-odd", host=host[:60])
        elif host:
            hosts.append(host)
    photos = typed.one_of("photos", Photos) or Photos.OFF
    return RelayRules(bool(typed.words("on")), kinds, tuple(dict.fromkeys(hosts))[:MOST_HOSTS], photos)


async def _known(work: Work, message_id: int) -> None:
    if await rows.get(work.session, work.school.id, message_id) is None:
        raise HTTPException(404)


def _called(pair: Pair) -> str:
    """Who is in it, for staff: «Лебедева М. → Котова А.» would be too short to tell namesakes apart."""
    if pair.is_group and pair.title:
        return pair.title
    return ", ".join(one.person.full_name for one in meetings.present(pair) or pair.members)


def _arrived(row: OutboxRow) -> str:
    if row.sent_at is not None:
        return "arrived"
    return "lost" if row.dropped or given_up(row) else "on-way"


def _kept(work: Work) -> dict[str, str]:
    """The rules as the form posts them."""
    now = rules_of(work)
    kept = {f"rule-{kind}": now.rules[kind].value for kind in Found}
    return {"on": "1" if now.on else "", **kept, "hosts": "\n".join(now.hosts), "photos": now.photos.value}


def _editing(work: Work) -> Editing:
    """The rules as the form shows them."""
    kinds = {f"rule-{kind}": Text(f"relay-staff-kind-{kind}") for kind in Found}
    labels = kinds | {name: Text(f"relay-staff-{name}") for name in ("on", "hosts", "photos")}
    levels = {rule.value: Text(f"relay-staff-rule-{rule}") for rule in Rule}
    words = dict.fromkeys(kinds, levels) | {
        "on": {"1": Text("versions-yes")},
        "photos": {one.value: Text(f"relay-staff-photos-{one}") for one in Photos},
    }
    fields = {name: Field(labels[name], value, words.get(name)) for name, value in _kept(work).items()}
    return Editing(subject(work), fields)


def _rules(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    kept = _kept(work)
    return page(
        request,
        "relay/rules.html",
        work,
        section="relay-rules",
        status=422 if typed.problems else 200,
        kept={name: typed.words(name, 3000) for name in kept} if typed.problems else kept,
        problems=typed.problems,
        kinds=tuple(Found),
        rules=tuple(Rule),
        photos=tuple(Photos),
        **context(editing, work.now),
    )
