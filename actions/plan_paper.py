"""What the papers about a programme share: words, days, names; who stands on a paper and whose own words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from actions import plan_words
from actions.document import Block, Paragraph, Points
from locales import Texts, dates
from program.errors import Refusal
from program.names import initials
from program.roles import Side
from program.text import Arg, Text
from storage import pairs
from storage.tables import Pair, PairMember, Person, PlanItem, PlanWord

say = Texts()  # the school's paper is in Russian
GAP = "_" * 48  # to write by hand


def signed(person: Person) -> str:
    """«Соколова А. С.»."""
    return initials(person.last_name, person.first_name, person.middle_name)


def t(text: str, **args: Arg) -> str:
    return say(Text(text, args))


@dataclass(frozen=True)
class Shown:
    """Who stands on the paper, and whose own words.

    Args:
        people: members, mentors first. words: ids; what was agreed stands there for all.
        alone: the mentee whose copy it is; 0: the paper of the whole pair or group.
    """

    people: tuple[PairMember, ...]
    words: frozenset[int]
    alone: int = 0

    def of(self, owner: int | None) -> bool:
        """Whether a goal, a project or an achievement of this owner stands there; None: of all."""
        return not self.alone or owner in (None, self.alone)


def shown(pair: Pair, *, alone: int = 0, own_words: bool = True) -> Shown:
    """Of the whole pair or group, or one mentee's copy.

    Args:
        own_words: whether mentees' wishes and their words in the end stand there.

    Raises:
        Refusal: no such mentee is in it.
    """
    members = pairs.present(pair) or sorted(pair.members, key=lambda one: (one.side != Side.MENTOR, one.id))
    here = plan_words.here(pair)
    if alone and alone not in {one.person_id for one in members if one.side == Side.MENTEE}:
        raise Refusal("plan-not-yours")
    if alone:
        mine = tuple(one for one in members if one.side == Side.MENTOR or one.person_id == alone)
        return Shown(mine, frozenset({alone} if own_words else ()), alone)
    said = {
        one.person_id for one in members if one.person_id in here and (own_words or one.side == Side.MENTOR)
    }
    return Shown(tuple(members), frozenset(said))


def went(item: PlanItem, pair: Pair, words: Collection[int]) -> tuple[str, str]:
    """(what came of an event, how it went) by these people; of several, each with the name."""
    said = [one for one in item.facts if one.person_id in words]
    many = pair.is_group or len(said) > 1
    names = {one.person_id: signed(one.person) for one in pair.members} if many else {}

    def each(found: list[tuple[int, str]]) -> str:
        return "\n".join(f"{names[key]}: {value}" if key in names else value for key, value in found if value)

    grades = [(one.person_id, t(f"plans-doc-grade-{one.grade}") if one.grade else "") for one in said]
    return each([(one.person_id, one.words) for one in said]), each(grades)


def words_of(pair: Pair, said: Sequence[tuple[PairMember, PlanWord]], label: str) -> list[Block]:
    """Own words under one label; of a group each with the name."""
    if pair.is_group:
        return (
            listed(label, [f"{signed(member.person)}: {one.words}" for member, one in said]) if said else []
        )
    return [stated(label, one.words) for _, one in said]


def with_name(pair: Pair, owner: int | None, words: str) -> str:
    """In a group: whose it is, where it is not common."""
    person = next((one.person for one in pair.members if one.person_id == owner), None)
    return f"{signed(person)}: {words}" if pair.is_group and person is not None else words


def speaker(pair: Pair, member: PairMember | None) -> str:
    side = t(f"plans-doc-{member.side if member else Side.MENTEE}")
    return f"{side}, {signed(member.person)}" if pair.is_group and member else side


def clock(minutes: int) -> str:
    """«1 ч 30 мин»."""
    return t("plans-clock", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def stated(label: str, words: str) -> Paragraph:
    return Paragraph(words or GAP, lead=f"{t(label)}:", align="both" if words else "left")


def listed(label: str, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return [stated(label, "")]
    return [Paragraph("", lead=f"{t(label)}:", after=2), Points(lines)]


def full_day(day: date) -> str:
    return f"{dates.day(day)} {day.year}"


def short_day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
