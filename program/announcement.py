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


def to_mentor(pair_id: int, partners: Sequence[Partner], reasons: Sequence[Text], group: str) -> Message:
    return _to_member("pair-announce-mentor", pair_id, partners, reasons, group)


def to_mentee(pair_id: int, partners: Sequence[Partner], reasons: Sequence[Text], group: str) -> Message:
    return _to_member("pair-announce-mentee", pair_id, partners, reasons, group)


def to_guardian(side: Side, child: str, partners: Sequence[Partner]) -> Message:
    """Args:
    child: first name only; the guardian knows the rest.
    """
    args: dict[str, Arg] = {"child": plain(child), "name": _names(partners)}
    return Message(
        (Text(f"pair-announce-guardian-{side.value}", args), Text("pair-guardian-next")),
        ((Choice(Text("pair-button-help"), data="f:help"),),),
    )


def _to_member(
    text: str, pair_id: int, partners: Sequence[Partner], reasons: Sequence[Text], group: str
) -> Message:
    args: dict[str, Arg] = {"name": _names(partners), "count": len(partners)}
    first = Text(f"{text}-group", args | {"title": plain(group)}) if group else Text(text, args)
    why = [reason for reason in reasons if reason.id in SHARED][:REASONS]
    texts = [first, *_why(why), Text("pair-first-step"), Text("pair-not-sure")]
    return Message(
        tuple(texts),
        (
            (Choice(Text("pair-button-meeting"), data=f"f:meeting:{pair_id}", style="primary"),),
            (Choice(Text("pair-button-help"), data="f:help"),),
        ),
    )


def _why(reasons: Sequence[Text]) -> list[Text]:
    if not reasons:
        return []
    if len(reasons) == 1:
        return [Text("pair-why", {"reason": reasons[0]})]
    return [Text("pair-why", {"reason": Text("match-two", {"first": reasons[0], "second": reasons[1]})})]


def _names(partners: Sequence[Partner]) -> str:
    return "; ".join(partner.shown for partner in partners)
