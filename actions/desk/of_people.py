"""Cards about people: calls for help by their number, consents, parents to be confirmed, pairs that need somebody."""

from __future__ import annotations

from collections.abc import Sequence

from actions import care, consent_reminders, early_warning, guardians, selection
from actions.desk.kinds import CardKind, Shown, Verb, named, nobody, own_class
from actions.desk.of_pairs import couple
from actions.work import Work
from locales import Texts, dates
from program.early_warning import CLOSED, Sign
from program.errors import Refusal
from program.nudges import TALK_FIRST
from program.roles import Side, StaffRole
from program.states import ParticipationStatus, RequestState
from program.text import Arg, Text
from storage import care as calls
from storage import desk as rows
from storage import selection as selection_rows
from storage import waiting as bonds
from storage import worries
from storage.tables import PairWorry, Participation, User

CARE = frozenset({StaffRole.CURATOR, StaffRole.PSYCHOLOGIST})
CURATOR = frozenset({StaffRole.CURATOR})
CLASS = frozenset({StaffRole.CURATOR, StaffRole.CLASS_TEACHER})
DONE = ("talked", "parents", "passed", "nothing")  # what was done, by one press; more stands in the admin


async def _calls(work: Work, account: User) -> Sequence[int]:
    """New ones, and those that this account has in hand. Others than these roles get a button with each alert."""
    found = [
        one for one in await calls.requests(work.session, work.school.id) if one.state != RequestState.CLOSED
    ]
    mine = f"user:{account.id}"
    return [one.id for one in found if one.state == RequestState.NEW or one.taken_by == mine]


async def _show_call(work: Work, account: User, key: int) -> Shown | None:
    one = await calls.request(work.session, work.school.id, key)
    if one is None or one.state == RequestState.CLOSED:
        return None
    args: dict[str, Arg] = {
        "number": one.id,
        "at": dates.moment(one.at, work.zone),
        "urgent": "yes" if one.urgent else "no",
    }
    if one.taken_by == f"user:{account.id}":
        return Shown(Text("desk-help-mine", args), ("close",))
    return Shown(Text("desk-help", args), ("take",)) if one.state == RequestState.NEW else None


async def _take_call(work: Work, key: int, said: str) -> Text:
    await care.take(work, key)
    return Text("desk-help-taken", {"number": key})


async def _close_call(work: Work, key: int, said: str) -> Text:
    await care.close(work, key, _in_words(said))
    return Text("desk-help-closed", {"number": key})


async def _call_settled(work: Work, key: int) -> str:
    one = await calls.request(work.session, work.school.id, key)
    return (one.closed_by or one.taken_by) if one is not None else ""


async def _consents(work: Work, account: User) -> Sequence[int]:
    plan = await consent_reminders.plan(work, own_class(account))
    return [0] if plan.asks else []


async def _show_consents(work: Work, account: User, key: int) -> Shown | None:
    plan = await consent_reminders.plan(work, own_class(account))
    args = {"count": plan.people, "unheard": len(plan.unheard)}
    return Shown(Text("desk-consents", args), ("remind",)) if plan.asks else None


async def _remind(work: Work, key: int, said: str) -> Text:
    account = await rows.account(work.session, work.school.id, work.actor)
    told = await consent_reminders.send(work, own_class(account) if account is not None else "")
    return Text("desk-consents-reminded", {"count": told})


async def _guardians(work: Work, account: User) -> Sequence[int]:
    found = await bonds.guardians(work.session, work.school.id, own_class(account))
    return [one.id for one in found if one.ended_at is None]


async def _show_guardian(work: Work, account: User, key: int) -> Shown | None:
    bond = await rows.bond(work.session, work.school.id, key)
    if bond is None or bond.confirmed_at is not None or bond.ended_at is not None:
        return None
    relation = Text(f"admin-relation-{bond.relation}") if bond.relation else Text("admin-relation-other")
    args: dict[str, Arg] = {"child": named(bond.child), "adult": named(bond.guardian), "relation": relation}
    return Shown(Text("desk-guardian", args), ("confirm",))


async def _confirm(work: Work, key: int, said: str) -> Text:
    bond = await rows.bond(work.session, work.school.id, key)
    if bond is None or bond.confirmed_at is not None:
        return Text("desk-guardian-before")
    await guardians.confirm(work, bond.guardian_id, bond.child_id)
    return Text("desk-guardian-confirmed", {"child": named(bond.child), "adult": named(bond.guardian)})


async def _guardian_settled(work: Work, key: int) -> str:
    bond = await rows.bond(work.session, work.school.id, key)
    return bond.confirmed_by if bond is not None else ""


async def _candidates(work: Work, account: User) -> Sequence[int]:
    """Mentors whom nothing of the checklist keeps waiting; what another one lacks is read in the admin."""
    waiting = [one for one in await _open_places(work) if not one.admitted]
    known = await selection.standings(work, waiting)
    return sorted(place.id for place in waiting if not known[place.id].gaps)


async def _show_candidate(work: Work, account: User, key: int) -> Shown | None:
    place = await selection_rows.place(work.session, work.school.id, key)
    if place is None or place.admitted or (await selection.standings(work, [place]))[key].gaps:
        return None
    return Shown(Text("desk-admit", _candidate(work, place)), ("admit",))


async def _admit(work: Work, key: int, said: str) -> Text:
    place = await selection_rows.place(work.session, work.school.id, key)
    if place is None:
        raise Refusal("talk-no-tasks")
    await selection.admit(work, place.person, key)
    return Text("desk-admission-admitted", _candidate(work, place))


async def _open_places(work: Work) -> Sequence[Participation]:
    found = await selection_rows.places(work.session, work.school.id, work.settings.year)
    return [one for one in found if one.side == Side.MENTOR and one.status != ParticipationStatus.PAUSED]


def _candidate(work: Work, place: Participation) -> dict[str, Arg]:
    return {"who": named(place.person), "form": work.settings.form_name(place.form)}


async def _worries(work: Work, account: User) -> Sequence[int]:
    """Nobody's, and this account's own; calls for help have cards of their own."""
    found = early_warning.readable(
        await worries.open_ones(work.session, work.school.id), StaffRole(account.role)
    )
    free = (RequestState.NEW, f"user:{account.id}")
    return sorted(
        one.id for one in found if one.sign != Sign.HELP and (one.state in free or one.taken_by in free)
    )


async def _show_worry(work: Work, account: User, key: int) -> Shown | None:
    row = await worries.one(work.session, work.school.id, key)
    if row is None or row.state == RequestState.CLOSED or row.sign == Sign.HELP:
        return None
    until = dates.day(early_warning.until(work, row))
    args = couple(row.pair) | {"why": _why(row), "until": until}
    mine = row.taken_by == f"user:{account.id}"
    return Shown(Text("desk-worry", args), ("close",) if mine else ("take", "close"))


def _why(row: PairWorry) -> Text:
    """How often two meet is said; what somebody feels or wishes is read in the admin."""
    if Sign(row.sign) in TALK_FIRST | CLOSED:
        return Text("desk-worry-closed-sign")
    return Text(f"early-{row.sign}", {name: value for name, value in row.args.items() if name != "person"})


async def _take_worry(work: Work, key: int, said: str) -> Text:
    row = await early_warning.take(work, key)
    return Text("desk-worry-taken", couple(row.pair))


async def _close_worry(work: Work, key: int, said: str) -> Text:
    row = await early_warning.close(work, key, _in_words(said))
    return Text("desk-worry-done", couple(row.pair))


async def _worry_settled(work: Work, key: int) -> str:
    row = await worries.one(work.session, work.school.id, key)
    return row.taken_by if row is not None else ""


def _in_words(done: str) -> str:
    """What was done, as it stands on the card in the admin."""
    return Texts("ru")(Text(f"desk-done-{done if done in DONE else DONE[0]}"))


_ACTIONS = tuple((one, Text(f"desk-done-{one}")) for one in DONE)

KINDS = (
    CardKind(
        "h",
        "help",
        _calls,
        _show_call,
        (
            Verb("take", "help-take", CARE, _take_call),
            Verb("close", "help-close", CARE, _close_call, _ACTIONS),
        ),
        _call_settled,
    ),
    CardKind(
        "w",
        "worries",
        _worries,
        _show_worry,
        (
            Verb("take", "worry-take", CARE, _take_worry),
            Verb("close", "worry-close", CARE, _close_worry, _ACTIONS),
        ),
        _worry_settled,
    ),
    CardKind(
        "c",
        "consents",
        _consents,
        _show_consents,
        (Verb("remind", "consents-remind-do", CLASS, _remind),),
        nobody,
    ),
    CardKind(
        "g",
        "guardians",
        _guardians,
        _show_guardian,
        (Verb("confirm", "guardian-confirm", CLASS, _confirm),),
        _guardian_settled,
    ),
    CardKind(
        "d",
        "admission",
        _candidates,
        _show_candidate,
        (Verb("admit", "person-admit", CURATOR, _admit),),
        nobody,
    ),
)
