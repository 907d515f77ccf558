"""What mentor, mentee and guardian read when their pair is announced. Personal data are as few as can be:
a first name, an initial, a class (domain.md 8.3, 8.6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from program.matching_reasons import SHARED
from program.names import polite, with_class
from program.outgoing import Choice, Message
from program.roles import Category, Side
from program.text import Arg, Text

LONGEST_NAME = 60  # characters; a longer one is no name
REASONS = 2  # more is a list, not a reason
HELP = Choice(Text("menu-help"), data="f:help")


@dataclass(frozen=True)
class Partner:
    category: str
    first_name: str
    middle_name: str
    last_name: str
    class_name: str

    @property
    def shown(self) -> str:
        """«Пётр И., 10Б»; an adult as pupils call one: «Мария Ивановна»."""
        if self.category == Category.PUPIL:
            return plain(with_class(plain(self.first_name), plain(self.last_name), plain(self.class_name)))
        return plain(polite(plain(self.first_name), plain(self.middle_name), plain(self.last_name)))


def plain(words: str) -> str:
    """One line without control and direction marks, however the name was typed in."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " * c.isspace() for c in words)
    return " ".join(seen.split())[:LONGEST_NAME]


def to_mentor(
    pair_id: int, partners: Sequence[Partner], reasons: Sequence[Text], group: str, until: str = ""
) -> Message:
    """Args:
    group: the title of a group, else "".
    until: when answers end, in words of the reader's language; "" where the school asks for none.
    """
    return _to_member(Side.MENTOR, pair_id, partners, reasons, group, until)


def to_mentee(
    pair_id: int, partners: Sequence[Partner], reasons: Sequence[Text], group: str, until: str = ""
) -> Message:
    """As `to_mentor`."""
    return _to_member(Side.MENTEE, pair_id, partners, reasons, group, until)


def to_guardian(
    side: Side, child: str, partners: Sequence[Partner], pair_id: int = 0, ward: int = 0, until: str = ""
) -> Message:
    """Args:
    child: first name only; the guardian knows the rest.
    ward: the child's id, for the buttons.
    """
    args: dict[str, Arg] = {"child": plain(child), "name": _names(partners)}
    first = Text(f"pair-announce-guardian-{side.value}", args)
    if not until:
        return Message((first, Text("pair-guardian-next")), ((HELP,),))
    yes = Choice(Text("pair-button-fine"), data=f"f:pair-yes:{pair_id}.{ward}", style="primary")
    no = Choice(Text("pair-button-no"), data=f"f:pair-no:{pair_id}.{ward}")
    asked = Text("pair-guardian-asked", {"until": until})
    return Message((first, asked), ((yes,), (no,), (HELP,)))


def started(pair_id: int, side: Side, partner: str, group: str = "") -> Message:
    """Both sides said yes: the first step. The time of a group's meetings is fixed by its mentors."""
    arrange = (Choice(Text("pair-button-meeting"), data=f"f:meeting:{pair_id}", style="primary"),)
    rows: tuple[tuple[Choice, ...], ...] = (arrange, (HELP,))
    if group:
        begun = Text("pair-started-group", {"title": plain(group)})
        if side is Side.MENTEE:
            return Message((begun,), ((HELP,),))
        return Message((begun, Text("pair-first-step")), rows)
    return Message((Text("pair-started", {"name": plain(partner)}), Text("pair-first-step")), rows)


def _to_member(
    side: Side, pair_id: int, partners: Sequence[Partner], reasons: Sequence[Text], group: str, until: str
) -> Message:
    text = f"pair-announce-{side.value}"
    args: dict[str, Arg] = {"name": _names(partners), "count": len(partners)}
    first = Text(f"{text}-group", args | {"title": plain(group)}) if group else Text(text, args)
    why = [reason for reason in reasons if reason.id in SHARED][:REASONS]
    if until:
        return Message((first, *_why(why), Text("pair-asked", {"until": until})), answers(pair_id))
    texts = (first, *_why(why), Text("pair-first-step"), Text("pair-not-sure"))
    if group and side is Side.MENTEE:
        return Message(texts, ((HELP,),))
    arrange = Choice(Text("pair-button-meeting"), data=f"f:meeting:{pair_id}", style="primary")
    return Message(texts, ((arrange,), (HELP,)))


def answers(pair_id: int) -> tuple[tuple[Choice, ...], ...]:
    """«Мне подходит», «Не подходит», and help; each on a row of its own."""
    yes = Choice(Text("pair-button-yes"), data=f"f:pair-yes:{pair_id}", style="primary")
    return ((yes,), (Choice(Text("pair-button-no"), data=f"f:pair-no:{pair_id}"),), (HELP,))


def _why(reasons: Sequence[Text]) -> list[Text]:
    if not reasons:
        return []
    if len(reasons) == 1:
        return [Text("pair-why", {"reason": reasons[0]})]
    return [Text("pair-why-two", {"first": reasons[0], "second": reasons[1]})]


def _names(partners: Sequence[Partner]) -> str:
    return "; ".join(partner.shown for partner in partners)
