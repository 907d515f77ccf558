"""Letters and certificates that were given out, in words: for papers, for an order, for whoever checks a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions import consents
from actions.naming import Case, in_case
from actions.paper_values import ROLES, day, is_minor, say
from actions.plan_paper import clock
from actions.template_check import qr
from actions.template_render import Picture, Value, Values
from actions.work import Work
from program.awards import Facts, shown_code, told_name
from program.consents import ConsentKind
from program.names import folded
from program.roles import PersonState, Side
from program.templates import AWARDS
from program.text import Text, raw
from storage import own_templates as rows
from storage.tables import IssuedPaper, Partner, Person

QR = 26  # millimetres


@dataclass(frozen=True)
class Award:
    """A row with whom it was given to; neither: the person has been erased."""

    paper: IssuedPaper
    person: Person | None = None
    partner: Partner | None = None

    @property
    def facts(self) -> Facts:
        return Facts.read(self.paper.facts)

    @property
    def whom(self) -> str:
        """For the staff."""
        if self.partner is not None:
            return self.partner.name
        if self.person is None:
            return say(Text("awards-erased"))
        name = self.person.full_name
        return say(Text("awards-family-of", {"name": raw(name)})) if self.paper.family else name


async def with_people(work: Work, papers: Sequence[IssuedPaper]) -> list[Award]:
    ids = {one.person_id for one in papers if one.person_id}
    people = await rows.people(work.session, work.school.id, ids) if ids else {}
    firms = {one.partner_id for one in papers if one.partner_id}
    partners = await rows.partners(work.session, work.school.id, firms) if firms else {}
    known = {key: one for key, one in people.items() if one.state != PersonState.ERASED}
    return [Award(one, known.get(one.person_id or 0), partners.get(one.partner_id or 0)) for one in papers]


def values(work: Work, award: Award, check: str) -> dict[str, Value]:
    """The group «award» of `program.templates`.

    Args:
        check: address of the page that confirms, without a code.
    """
    facts, paper = award.facts, award.paper
    code = shown_code(paper.check_code or "")
    side = ROLES[Side(facts.side)] if facts.side else ("", "")
    whom = _whom(award)
    return {
        "кому": whom[1], "фио": whom[0], "место": "" if paper.family else facts.place,
        "за_что": facts.reason, "роль": side[0], "роль_кого": side[1],
        "форма": say(work.settings.form_name(facts.form)) if facts.form else "",
        "часы": clock(facts.minutes) if facts.minutes else "", "встреч": str(facts.held),
        "период": _period(facts), "код": code, "адрес_проверки": check.partition("://")[2] or check,
        "qr": Picture(qr(f"{check}/{paper.check_code}"), QR), "номер": paper.number, "дата": day(paper.on_day),
    }  # fmt: skip


async def for_order(work: Work, first: date, last: date) -> list[Values]:
    """Rows of the order about those whom the school thanks, by name."""
    found = await with_people(work, await rows.given_out(work.session, work.school.id, AWARDS, first, last))
    told: list[Values] = []
    for award in sorted(found, key=lambda one: folded(one.whom)):
        if award.person is None and award.partner is None:
            continue
        whom = award.whom
        if award.person is not None and not award.paper.family:
            whom = in_case(award.person, Case.ACCUSATIVE)
        told.append({
            "номер": str(len(told) + 1), "кого": whom, "фио": award.whom, "место": award.facts.place,
            "вид": say(Text(f"templates-name-{award.paper.code}")).lower(), "за_что": award.facts.reason,
        })  # fmt: skip
    return told


@dataclass(frozen=True)
class Confirmed:
    """What the page of a code tells everybody. `whom`: "" after an erasure."""

    code: str
    kind: str
    number: str
    on: str
    school: str
    whom: str
    full: bool  # nothing of the name is left out
    family: bool
    role: str
    form: str
    period: str
    revoked_on: str


async def confirmed(work: Work, paper: IssuedPaper) -> Confirmed:
    """Of a paper that was found by its code; what was written in words is not told."""
    award = (await with_people(work, [paper]))[0]
    facts = award.facts
    whom, full = (award.partner.name, True) if award.partner else ("", False)
    if award.person is not None:
        person = award.person
        public = person.id in await consents.allowed(work, [person], ConsentKind.PUBLICATION)
        full = public and person.state != PersonState.FROZEN
        minor = is_minor(person, work.today)
        whom = told_name(person.last_name, person.first_name, person.middle_name, minor=minor, public=full)
    return Confirmed(
        code=shown_code(paper.check_code or ""),
        kind=say(Text(f"templates-name-{paper.code}")),
        number=paper.number,
        on=day(paper.on_day),
        school=", ".join(part for part in (work.school.name, work.school.city) if part),
        whom=whom,
        full=full,
        family=paper.family,
        role=ROLES[Side(facts.side)][0] if facts.side else "",
        form=say(work.settings.form_name(facts.form)) if facts.form else "",
        period=_period(facts),
        revoked_on=day(paper.revoked_at.astimezone(work.zone).date()) if paper.revoked_at else "",
    )


def _whom(award: Award) -> tuple[str, str]:
    """(who, to whom)."""
    if award.partner is not None:
        return award.partner.name, award.partner.name
    assert award.person is not None
    if award.paper.family:
        genitive = in_case(award.person, Case.GENITIVE)
        family = say(Text("awards-family", {"name": raw(genitive)}))
        return family, family
    return award.person.full_name, in_case(award.person, Case.DATIVE)


def _period(facts: Facts) -> str:
    found = facts.period
    return f"с {day(found[0])} по {day(found[1])}" if found else ""
