"""What fills the papers of one person or one pair: applications, consents, agreements, the diary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions import consent_texts, meeting_diary, mentor_hours
from actions.document import Block, Heading, Paragraph, Points
from actions.naming import in_case
from actions.paper_values import CASES, day, format_of, of_pair, of_person, place_of, say
from actions.plan_paper import clock
from actions.template_render import Value, Values
from actions.work import Work
from locales import dates
from locales.consents import split
from program.ages import Consenter
from program.consents import ConsentKind
from program.errors import Refusal
from program.roles import PersonState, Side
from storage import meetings as meeting_rows
from storage import pairs, people
from storage.tables import Pair, Person

CONSENTS = {
    "consent-data": ConsentKind.PD,
    "consent-child": ConsentKind.PARTICIPATION,
    "consent-publication": ConsentKind.PUBLICATION,
}


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for; which of it counts depends on the document.

    Args:
        number, on: of the paper; may be left to be written by hand. pdf: else .docx.
        people: for whom, one copy each; nobody: one with lines to fill in.
        first, last: both days included. change: replace, prolong, end or leave; reason, last and other belong to
            it: the new mentor, of `leave` who leaves the group.
        own_words: whether the asker reads what mentees wrote of themselves.
    """

    code: str
    number: str = ""
    on: date | None = None
    pdf: bool = False
    year: str = ""
    form: str = ""
    pair: int = 0
    people: tuple[int, ...] = ()
    gathering: int = 0
    first: date | None = None
    last: date | None = None
    change: str = ""
    reason: str = ""
    other: int = 0
    own_words: bool = True


async def person(work: Work, wanted: Wanted) -> list[Values]:
    """One copy for each, in the order of names."""
    if not wanted.people:
        return [of_person(work, None, None, "")]
    made: list[Values] = []
    for one in await _people(work, wanted.people):
        places = await people.participations_of(work.session, one.id, work.settings.year)
        place = places[0] if places else None
        form = say(work.settings.form_name(place.form)) if place else ""
        bonds = [bond for bond in await people.guardians_of(work.session, one.id) if bond.ended_at is None]
        made.append(of_person(work, one, Side(place.side) if place else None, form, bonds))
    return made


async def consent(work: Work, wanted: Wanted) -> list[Values]:
    """The words in force today, the same that the chat and the page show: of a child a parent's, of an adult the own."""
    return await with_words(work, wanted.code, await person(work, wanted))


async def with_words(work: Work, code: str, people: Sequence[Values]) -> list[Values]:
    """`person` and the words that each of them agrees to."""
    kind = CONSENTS[code]
    said: dict[Consenter, Values] = {
        one.consenter: {"согласие": one.title, "текст": tuple(_blocks(one.body))}
        async for one in consent_texts.in_force(work)
        if one.kind is kind
    }
    return [{**one, **said[Consenter.GUARDIAN if one["ребёнок"] else Consenter.SELF]} for one in people]


async def pair(work: Work, wanted: Wanted) -> list[Values]:
    return [of_pair(work, await _pair(work, wanted.pair))]


async def change(work: Work, wanted: Wanted) -> list[Values]:
    """What the order says changes; whoever makes it has decided that on the pair's own page."""
    if wanted.change not in ("replace", "prolong", "end", "leave"):
        raise Refusal("templates-no-change")
    about, other = await _pair(work, wanted.pair), None
    left = next((one.person for one in about.members if one.person_id == wanted.other), None)
    if wanted.change == "leave" and (left is None or not about.is_group):
        raise Refusal("templates-no-leaver")
    if wanted.change == "replace":
        found = await _people(work, (wanted.other,)) if wanted.other else []
        if not found:
            raise Refusal("templates-no-other")
        other = found[0]
    if wanted.change == "prolong" and wanted.last is None:
        raise Refusal("templates-no-until")
    made: dict[str, Value] = {
        "замена": wanted.change == "replace",
        "продление": wanted.change == "prolong",
        "завершение": wanted.change == "end",
        "выход": wanted.change == "leave",
        "выходит": left.full_name if left is not None else "",
        "выходит_место": place_of(left) if left is not None else "",
        "причина": wanted.reason,
        "новый_наставник": other.full_name if other else "",
        "новый_наставник_кого": in_case(other, CASES["кого"]) if other else "",
        "новый_срок": day(wanted.last) if wanted.last else "",
        "день_изменения": day(wanted.first or work.today),
    }
    return [{**of_pair(work, about), **made}]


async def diary(work: Work, wanted: Wanted) -> list[Values]:
    """The mentor's lines about meetings held within the days, the first one first."""
    found = await _pair(work, wanted.pair)
    first, last = wanted.first or found.starts_on or work.today, wanted.last or work.today
    if first > last:
        raise Refusal("templates-no-period")
    known = {one.id: one for one in await meeting_rows.of_pair(work.session, found.id)}
    rows: list[Values] = []
    for line in reversed(await meeting_diary.lines(work, found)):
        on = line.at.astimezone(work.zone).date()
        if not first <= on <= last:
            continue
        meeting = known.get(line.meeting_id)
        rows.append({
            "дата": f"{on:%d.%m.%Y}", "время": "" if line.by_day else dates.clock(line.at, work.zone), "длительность": clock(line.minutes),
            "вид": say(line.kind), "формат": format_of(meeting.format) if meeting else "",
            "место": meeting.place if meeting else "", "тема": say(line.topic),
            "методы": ", ".join(say(one) for one in line.methods), "были": ", ".join(line.came), "шаг": line.step,
        })  # fmt: skip
    load = await mentor_hours.load(work, found.id, first, last)
    told: dict[str, Value] = {
        "период": f"с {day(first)} по {day(last)}", "всего": str(len(rows)), "часы": clock(load.meetings), "встречи": rows,
    }  # fmt: skip
    return [{**of_pair(work, found), **told}]


async def _pair(work: Work, pair_id: int) -> Pair:
    found = await pairs.get(work.session, work.school.id, pair_id)
    if found is None:
        raise Refusal("templates-no-pair")
    return found


async def _people(work: Work, ids: Sequence[int]) -> list[Person]:
    """Of this school, by name; whoever has been erased or is somebody without a name is left out."""
    found = await people.of_ids(work.session, ids)
    kept = (PersonState.INVITED, PersonState.ACTIVE, PersonState.FROZEN)
    here = [one for one in found.values() if one.school_id == work.school.id and one.state in kept]
    return sorted(here, key=lambda one: (one.plain, one.id))


def _blocks(body: str) -> list[Block]:
    """A text of a consent: in short as points, then in full."""
    summary, full = split(body)
    made: list[Block] = []
    for line in summary.splitlines():
        if line.startswith("# ") or not line.strip():
            continue
        made.append(Points((line.removeprefix("- "),)) if line.startswith("- ") else Paragraph(line))
    if full:
        made.append(Heading("Полный текст"))
        made += [Paragraph(part.replace("\n", " ")) for part in full.split("\n\n") if part.strip()]
    return made
