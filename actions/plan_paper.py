"""What the papers about a programme share: words, days, names; who stands on a paper and whose own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions import plan_words
from actions.document import Block, Paragraph, Points
from locales import Texts, dates
from program.errors import Refusal
from program.names import initials
from program.plans import Said
from program.roles import Side
from program.text import Arg, Text
from storage import pairs
from storage.tables import Pair, PairMember, Person, Plan, PlanItem

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
        people: members, mentors first. owners: whose goals, projects and achievements stand there, beside
            the common ones. words: whose wishes, results and lines about events.
        named: whether own things carry their owner's name: on the paper of a whole group.
    """

    pair: Pair
    people: tuple[PairMember, ...]
    owners: frozenset[int]
    words: frozenset[int]
    named: bool = False

    def of(self, owner: int | None) -> bool:
        """Whether a goal, a project or an achievement of this owner stands there; None: of all."""
        return owner is None or owner in self.owners

    def with_name(self, owner: int | None, words: str) -> str:
        """On the paper of a group: whose it is, where it is not common."""
        person = next((one.person for one in self.pair.members if one.person_id == owner), None)
        return f"{called(person)}: {words}" if self.named and person is not None else words

    def speaker(self, person_id: int) -> str:
        """«Наставник», of a group with the name."""
        member = next((one for one in self.pair.members if one.person_id == person_id), None)
        side = t(f"plans-doc-{member.side if member else Side.MENTEE}")
        return f"{side}, {called(member.person)}" if self.named and member else side

    def went(self, item: PlanItem) -> tuple[str, str]:
        """(what came of an event, how it went), one line for each who has said something."""
        said = [one for one in item.facts if one.person_id in self.words]
        grades = [(one.person_id, t(f"plans-doc-grade-{one.grade}")) for one in said if one.grade]
        lines = [(one.person_id, one.words) for one in said if one.words]
        return self._each(lines), self._each(grades)

    def own(self, label: str, plan: Plan, kind: Said, side: Side) -> list[Block]:
        """What members of one side have said, under one label; none where nobody has."""
        said = plan_words.those(plan, self.pair, kind, side, self.words)
        if self.named and said:
            return listed(label, [self.with_name(member.person_id, one.words) for member, one in said])
        return [stated(label, one.words) for _, one in said]

    def _each(self, said: Sequence[tuple[int, str]]) -> str:
        return "\n".join(self.with_name(key, words) for key, words in said)


def shown(pair: Pair, *, alone: int = 0, own_words: bool = True) -> Shown:
    """Of the whole pair or group, or one mentee's copy.

    Args:
        own_words: whether mentees' wishes and their words in the end stand there.

    Raises:
        Refusal: no such mentee is in it.
    """
    members = pairs.present(pair) or sorted(pair.members, key=lambda one: (one.side != Side.MENTOR, one.id))
    if alone:
        if alone not in {one.person_id for one in members if one.side == Side.MENTEE}:
            raise Refusal("plan-not-yours")
        mine = tuple(one for one in members if one.side == Side.MENTOR or one.person_id == alone)
        return Shown(pair, mine, frozenset({alone}), frozenset({alone} if own_words else ()))
    owners = frozenset(plan_words.here(pair))
    mentors = {one.person_id for one in pair.members if one.side == Side.MENTOR}
    words = owners if own_words else owners & mentors
    return Shown(pair, tuple(members), owners, words, named=pair.is_group)


def called(person: Person) -> str:
    """«Соколова Анна»: two of a group may have the same initials."""
    return f"{person.last_name} {person.first_name}".strip()


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
