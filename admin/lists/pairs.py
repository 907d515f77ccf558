"""«Пары»: how each one is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.work import Work
from admin.filters import Days, Filter, Number, OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Many, Table
from program.forms import FORMS
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage.meeting_lists import Rhythm
from storage.tables import Pair, PairAnswer, PairMember

LIGHTS = ("0", "1", "2")
LATE = date.max
BEFORE = ("approved", "offered", "declined")  # pairs that have not worked


@dataclass(frozen=True)
class Row:
    """One pair. `light`: 0 fine … 2 needs somebody; `said`: who was asked, of pairs that are announced."""

    pair: Pair
    rhythm: Rhythm
    light: int
    said: Sequence[PairAnswer] = ()


def built(
    work: Work,
    show: str,
    pairs: Sequence[Pair],
    rhythm: Mapping[int, Rhythm],
    lights: Mapping[int, int],
    said: Mapping[int, Sequence[PairAnswer]],
    *,
    reasons: bool,
) -> tuple[Table[Row], Source[Row]]:
    """Args:
    reasons: the reader may know why somebody said no.
    """
    rows = [
        Row(
            pair,
            rhythm.get(pair.id, Rhythm()),
            int(lights.get(pair.id, 0)),
            _told(show, said.get(pair.id, ())),
        )
        for pair in pairs
    ]
    who: list[Column[Row]] = [
        Column(
            "who", "admin-pair-who", lambda row: who_of(row.pair, Side.MENTEE), lambda row: title(row.pair)
        ),
        Column("mentor", "admin-side-mentor", cell=lambda row: who_of(row.pair, Side.MENTOR), hidden=True),
        Column(
            "form",
            "admin-people-form",
            lambda row: row.pair.form,
            lambda row: work.settings.form_name(row.pair.form),
        ),
    ]
    table = Table(
        "pairs",
        "admin-nav-pairs",
        [*who, *_more(show, reasons=reasons)],
        _filters(work, lived=show not in BEFORE),
        usual="" if show in BEFORE else "-health",
        kept={"show": show},
        kept_said=[Text(f"pairs-show-{show}")],
    )
    return table, Made(rows)


def _told(show: str, said: Sequence[PairAnswer]) -> list[PairAnswer]:
    """Every «no»; while answers are waited for, what the two themselves have said."""
    return [
        one for one in said if one.answer == "no" or (show == "offered" and one.person_id == one.about_id)
    ]


def _more(show: str, *, reasons: bool) -> list[Column[Row]]:
    if show == "approved":
        decided: Column[Row] = Column(
            "decided",
            "pairs-decided",
            lambda row: str(row.pair.decided_at or ""),
            lambda row: row.pair.decided_at,
        )
        return [decided]
    return _asked(reasons=reasons) if show in BEFORE else _lived()


def _lived() -> list[Column[Row]]:
    return [
        Column(
            "since",
            "admin-pair-since",
            lambda row: row.pair.starts_on or LATE,
            lambda row: row.pair.starts_on,
        ),
        Column("held", "admin-pair-held", lambda row: row.rhythm.held, lambda row: row.rhythm.held),
        Column("next", "admin-pair-next", _next, lambda row: row.rhythm.next),
        Column("health", "admin-pair-health", lambda row: (row.light, row.pair.status), _health),
    ]


def _asked(*, reasons: bool) -> list[Column[Row]]:
    def said(row: Row) -> Many:
        return Many([_word(one, reasons) for one in row.said])

    return [
        Column(
            "until", "table-until", lambda row: str(row.pair.answer_by or ""), lambda row: row.pair.answer_by
        ),
        Column("said", "table-said", cell=said),
    ]


def _word(one: PairAnswer, reasons: bool) -> Text:
    name = one.person.full_name or one.person.first_name
    said = Text(f"pairs-said-{one.answer or 'nothing'}")
    if one.answer == "no" and reasons:
        why = Text(f"pairs-because-{one.reason}")
        return Text("table-said-why", {"name": name, "said": said, "why": why})
    return Text("table-said-line", {"name": name, "said": said})


def _filters(work: Work, *, lived: bool) -> list[Filter]:
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.forms if slug in FORMS]
    found: list[Filter] = [
        Words("q", "table-find-pair", fits=Words.of(lambda row: _everything(row.pair))),
        OneOf("form", "admin-people-form", fits=lambda row, slug: row.pair.form == slug, options=forms),
    ]
    if not lived:
        return found
    lights = [(one, Text(f"early-light-{one}")) for one in LIGHTS]
    return [
        *found,
        OneOf("light", "admin-pair-health", fits=lambda row, one: _shines(row, one), options=lights),
        Number("held", "admin-pair-held", fits=Number.of(lambda row: row.rhythm.held), more=True),
        Days(
            "since",
            "admin-pair-since",
            fits=Days.of(lambda row: row.pair.starts_on),
            zone=work.zone,
            more=True,
        ),
    ]


def _shines(row: Row, light: str) -> bool:
    return row.pair.status == PairStatus.ACTIVE and str(row.light) == light


def _health(row: Row) -> Text:
    active = row.pair.status == PairStatus.ACTIVE
    return Text(f"early-light-{row.light}" if active else f"admin-pair-{row.pair.status}")


def _next(row: Row) -> tuple[bool, str]:
    """Those with nothing ahead come last."""
    return row.rhythm.next is None, str(row.rhythm.next or "")


def title(pair: Pair) -> str:
    return pair.title if pair.is_group and pair.title else _names(pair, Side.MENTEE)


def who_of(pair: Pair, side: Side) -> str:
    """By name, for sorting; for a mentor also to be read."""
    return (
        _names(pair, side)
        if side is Side.MENTOR
        else " ".join(one.person.plain for one in _members(pair, side))
    )


def _names(pair: Pair, side: Side) -> str:
    return ", ".join(one.person.full_name for one in _members(pair, side))


def _members(pair: Pair, side: Side) -> list[PairMember]:
    return sorted((one for one in pair.members if one.side == side), key=lambda one: one.person.plain)


def _everything(pair: Pair) -> str:
    return " ".join([pair.title, *(one.person.plain for one in pair.members)])
