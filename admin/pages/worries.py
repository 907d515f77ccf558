"""«Парам нужно внимание»: the lights, their reasons, and what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from actions import early_warning, letters
from actions.accounts import Staff
from actions.meeting_messages import called
from actions.work import Work
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, ticked, words
from locales import Texts, has
from program.early_warning import WHO, Sign
from program.ids import id_in
from program.roles import Category, StaffRole
from program.text import Text
from storage import accounts, meetings
from storage import worries as rows
from storage.tables import Pair, PairWorry, Person

router = APIRouter(prefix="/worries")

PAGE = 50  # pairs; the gravest come first
LIMITS = {"warn_after": (7, 90), "alert_after": (8, 120), "answer_after": (1, 30)}  # days


@dataclass(frozen=True)
class Card:
    """One pair with everything that asks for somebody, and one decision about it; calls are decided elsewhere.

    Args:
        decided: ids of the reasons that are taken and closed here.
        until: by which day to act on them.
    """

    lines: list[Line]
    decided: list[int]
    until: date | None

    @property
    def pair(self) -> Pair:
        return self.lines[0].worry.pair

    @property
    def taken_by(self) -> str:
        """Who has all of it in hand; "" while something new is among it."""
        hands = {line.worry.taken_by for line in self.lines if line.worry.id in self.decided}
        return hands.pop() if len(hands) == 1 else ""


@dataclass(frozen=True)
class Line:
    """One reason, by which day to act, ready letters, and whose answer it is where the reader may know that."""

    worry: PairWorry
    until: date
    letters: list[Draft]
    who: str


@dataclass(frozen=True)
class Draft:
    """A letter that is ready: to whom, and its words."""

    person: Person
    side: str
    words: str


@router.get("", name="worries")
async def worries(request: Request, staff: Signed, work: Reading) -> Response:
    return await _list(request, staff, work, Typed.empty(), _editing(work))


def _editing(work: Work) -> Editing:
    """The terms as the form shows them."""
    kept = {name: str(getattr(work.settings, name)) for name in LIMITS}
    fields = {name: Field(Text(f"early-rules-{name}"), value) for name, value in kept.items()}
    return Editing(subject(work), fields)


async def _list(request: Request, staff: Staff, work: Work, typed: Typed, editing: Editing) -> Response:
    found = early_warning.readable(await rows.open_ones(work.session, work.school.id), staff.role)
    users = await accounts.of_school(work.session, work.school.id)
    in_order = list(dict.fromkeys(one.pair_id for one in found))
    pages = max(1, -(-len(in_order) // PAGE))
    number = min(id_in(request.query_params.get("page", "")) or 1, pages)
    here = set(in_order[(number - 1) * PAGE : number * PAGE])
    return page(
        request,
        "pairs/worries.html",
        work,
        section="worries",
        status=422 if typed.problems else 200,
        total=len(in_order),
        number=number,
        pages=pages,
        cards=_cards(work, staff, [one for one in found if one.pair_id in here]),
        users={f"user:{user.id}": user.name or user.login for user in users},
        today=work.today,
        now=work.settings,
        typed=typed,
        problems=typed.problems,
        limits=LIMITS,
        **context(editing, work.now),
    )


@router.post("/rules", name="worries-rules")
async def rules(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """After how many days a light goes on."""
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return await _list(request, staff, work, typed, editing)
    days = {name: typed.number(name, *LIMITS[name]) for name in LIMITS}
    if not typed.problems and days["warn_after"] >= days["alert_after"]:
        typed.wrong("alert_after", "early-rules-order")
    if typed.problems:
        return await _list(request, staff, work, typed, editing)
    await early_warning.set_limits(work, **days)
    return back(request, "worries", "rules")


@router.post("/{worry_id}/take", name="worry-take")
async def take(request: Request, staff: Signed, work: Changing, form: Fields, worry_id: int) -> Response:
    for one in await _all_known(work, form, worry_id):
        await early_warning.take(work, one)
    return _back(request, "worry-taken", at=f"worry-{worry_id}")


@router.post("/{worry_id}/close", name="worry-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, worry_id: int) -> Response:
    for one in await _all_known(work, form, worry_id):
        await early_warning.close(work, one, words(form, "action"))
    return _back(request, "worry-closed")


@router.post("/{worry_id}/write", name="worry-write")
async def write(request: Request, staff: Signed, work: Changing, form: Fields, worry_id: int) -> Response:
    """Only to the people of that pair."""
    row = await early_warning.take(work, await _known(work, worry_id))
    to = id_in(words(form, "to"))
    members = {member.person_id for member in meetings.present(row.pair)}
    sent = to in members and await letters.write_to(work, to, words(form, "words", letters.LONGEST))
    return _back(request, "letter" if sent else "letter-nowhere", at=f"worry-{worry_id}")


def _back(request: Request, done: str, at: str = "") -> Response:
    """To the page of the list on which the button stood."""
    number = id_in(request.query_params.get("page", ""))
    return back(request, "worries", done, query=f"page={number}" if number else "", at=at)


def _cards(work: Work, staff: Staff, found: Sequence[PairWorry]) -> list[Card]:
    """Pair by pair, in the order of their gravest reasons."""
    of_pair: dict[int, list[Line]] = {}
    for one in found:
        line = Line(one, early_warning.until(work, one), drafts(one), _who(one, staff.role))
        of_pair.setdefault(one.pair_id, []).append(line)
    cards = []
    for lines in of_pair.values():
        mine = [line for line in lines if line.worry.sign != Sign.HELP]
        until = min((line.until for line in mine), default=None)
        cards.append(Card(lines, [line.worry.id for line in mine], until))
    return cards


async def _all_known(work: Work, form: FormData, worry_id: int) -> list[int]:
    """This reason and the others of the same card, held."""
    others = [key for one in ticked(form, "also") if (key := id_in(one))]
    found = [await _known(work, one) for one in sorted({worry_id, *others})]
    await early_warning.hold(work, found)
    return found


async def _known(work: Work, worry_id: int) -> int:
    """Raises 404 for one of another school."""
    row = await work.session.get(PairWorry, worry_id)
    if row is None or row.school_id != work.school.id:
        raise HTTPException(404)
    return row.id


def _who(row: PairWorry, role: StaffRole) -> str:
    said = row.args.get(WHO) if role in early_warning.MAY_READ_ALL else None
    return next((one.person.full_name for one in row.pair.members if one.person_id == said), "")


def drafts(row: PairWorry) -> list[Draft]:
    """Ready letters about this reason, to each side for which there is something to say.

    What one person has said is answered to that person alone.
    """
    found, said = [], row.args.get(WHO)
    for member in meetings.present(row.pair):
        if said not in (None, member.person_id):
            continue
        text_id = f"early-to-{member.side}-{row.sign}"
        if has(text_id):
            person = member.person
            familiar = person.category == Category.PUPIL
            say = Texts("ru", familiar=familiar)
            name = person.first_name if familiar else called(person)
            found.append(Draft(person, member.side, say(text_id, name=name)))
    return found
