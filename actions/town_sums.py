"""RP19 and RP20: numbers of many schools in one workbook, with sums of what is told. Source: domain.md 5.6."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.reports.heading import say
from actions.workbook import Page, Remark, Share, Value
from program import town as rules
from program.forms import FORMS
from program.hiding import LEAST
from program.indicators import target
from program.text import Text
from program.town import FIGURES, RATES, SIDES, Numbers

RULES = (
    "town-rule-base", "town-rule-entered", "town-rule-rates", "town-rule-survey", "town-rule-few", "town-rule-total",
    "town-rule-file", "town-rule-flags",
)  # fmt: skip
_SHARES = {
    "pupils_base": "pupils", "pupils_mentees": "pupils", "pupils_mentors": "pupils", "teachers_base": "teachers",
    "teachers_mentees": "teachers", "teachers_mentors": "teachers",
}  # fmt: skip
_MARKS = ("sat", "change")


@dataclass(frozen=True)
class Line:
    """One school of a sum. `by_file`: of a copy of its own."""

    numbers: Numbers
    by_file: bool


@dataclass(frozen=True)
class Group:
    """What one row stands for: a school, a municipality, or everything."""

    name: str
    lines: Sequence[Line]


Own = Mapping[str, Mapping[str, float]]  # school year -> indicator -> per cent, of the coordinator's school


def of_schools(found: Sequence[Line], top: Sequence[str], year: str, own: Own) -> list[Page]:
    """RP19: a row for each school."""
    title = say(Text("town-rp19"))
    groups = [Group(one.numbers.school, [one]) for one in found]
    return [
        _schools(found, top),
        *_more(groups, found, "school", (top, title, year, own)),
        _rules(),
    ]


def of_towns(found: Sequence[Line], top: Sequence[str], year: str, own: Own) -> list[Page]:
    """RP20: a row for each municipality."""
    names = sorted({one.numbers.municipality for one in found})
    groups = [
        Group(
            name or say(Text("town-no-municipality")),
            [one for one in found if one.numbers.municipality == name],
        )
        for name in names
    ]
    title = say(Text("town-rp20"))
    return [
        _towns(groups, found, top),
        *_more(groups, found, "municipality", (top, title, year, own)),
        _rules(),
    ]


def total(found: Sequence[Line]) -> dict[str, int | None]:
    """Of what is told: a sum of everything would tell what is not. None where nobody tells it."""
    known = {
        name: [one for line in found if (one := line.numbers.figures.get(name)) is not None]
        for name in FIGURES
    }
    return {name: sum(some) if some or not found else None for name, some in known.items()}


# --- who takes part ---


def _schools(found: Sequence[Line], top: Sequence[str]) -> Page:
    body: list[list[Value]] = [
        [
            one.numbers.school, one.numbers.municipality,
            say(Text("town-by-file" if one.by_file else "town-by-base")), one.numbers.made_on,
            *_cells(one.numbers.figures), _flags(one.numbers),
        ]
        for one in found
    ]  # fmt: skip
    body.append([say(Text("report-total")), "", "", None, *_cells(total(found), found), ""])
    head = [*_head(("school", "municipality", "source", "made")), say(Text("town-column-flags"))]
    remarks = [Remark(say(Text("town-flagged", {"n": n})), alarm=True)] if (n := _flagged(found)) else []
    return Page(say(Text("town-sheet-schools")), head, body, say(Text("town-rp19")), top, remarks)


def _towns(groups: Sequence[Group], found: Sequence[Line], top: Sequence[str]) -> Page:
    body: list[list[Value]] = [
        [one.name, len(one.lines), *_cells(total(one.lines), one.lines), _flagged(one.lines) or ""]
        for one in groups
    ]
    body.append([say(Text("report-total")), len(found), *_cells(total(found), found), _flagged(found) or ""])
    head = [*_head(("municipality", "schools")), say(Text("town-column-flags"))]
    return Page(say(Text("town-sheet-towns")), head, body, say(Text("town-rp20")), top)


def _head(first: Sequence[str]) -> list[str]:
    titles = [say(Text(f"town-column-{one}")) for one in first]
    for name in FIGURES:
        titles.append(say(Text(f"year-number-{name}")))
        if name in _SHARES:
            titles.append("%")
    return titles


def _cells(figures: rules.Figures, summed: Sequence[Line] = ()) -> list[Value]:
    """`summed`: of which these are the sum; where one of them hides a number, a share would be of something else."""
    cells: list[Value] = []
    for name in FIGURES:
        value = figures.get(name)
        cells.append(_told(value))
        if name in _SHARES:
            whole = figures.get(_SHARES[name]) or 0
            known = all(line.numbers.figures.get(name) is not None for line in summed)
            cells.append(Share(value, whole) if value is not None and whole and known else None)
    return cells


def _forms(groups: Sequence[Group], first: str, top: Sequence[str]) -> Page:
    """Sums of what is told, where a row stands for several schools."""
    body: list[list[Value]] = []
    for one in groups:
        for slug in dict.fromkeys(slug for line in one.lines for slug in line.numbers.forms):
            mine = [line.numbers for line in one.lines if slug in line.numbers.forms]
            name = mine[0].names.get(slug) or (say(Text(FORMS[slug].text)) if slug in FORMS else slug)
            body.append([one.name, name, *(_told(_sum(mine, slug, part)) for part in rules.OF_FORM)])
    head = [say(Text(f"town-column-{one}")) for one in (first, "form", *rules.OF_FORM)]
    return Page(say(Text("town-sheet-forms")), head, body, say(Text("town-sheet-forms")), top)


def _sum(of: Sequence[Numbers], slug: str, part: str) -> int | None:
    told = [value for one in of if (value := one.forms[slug].get(part)) is not None]
    return sum(told) if told else None


# --- F1-F6 and what people said ---


def _more(
    groups: Sequence[Group], found: Sequence[Line], first: str, said: tuple[Sequence[str], str, str, Own]
) -> list[Page]:
    top, title, year, own = said
    whole = Group(say(Text("report-total")), found)
    return [
        _rates([*groups, whole], first, top, title, [target(code, year, own) for code in RATES]),
        _surveys([*groups, whole], first, top, title),
        _forms(groups, first, top),
    ]


def _rates(
    groups: Sequence[Group], first: str, top: Sequence[str], title: str, plan: Sequence[float | None]
) -> Page:
    """Three columns for each indicator; the plan stands below."""
    body: list[list[Value]] = [
        [one.name, *(cell for code in RATES for cell in _rate(one.lines, code))] for one in groups
    ]
    body.append([say(Text("town-plan")), *(cell for one in plan for cell in (None, None, one))])
    parts = ("number", "whole", "percent")
    head = [say(Text(f"town-column-{first}"))]
    head += [say(Text(f"town-rate-{part}", {"code": code})) for code in RATES for part in parts]
    notes = [Remark(f"{code}: {say(Text(f'report-name-{code}'))}.") for code in RATES]
    widths = (34, *(12 for _ in head[1:]))
    return Page(say(Text("town-sheet-rates")), head, body, title, top, notes, widths=widths)


def _rate(lines: Sequence[Line], code: str) -> list[Value]:
    """Numerator, denominator, per cent: of the schools that have told both."""
    part, whole = RATES[code]
    if len(lines) == 1:
        told, of = lines[0].numbers.rates.get(part), lines[0].numbers.rates.get(whole) or 0
        return [_told(told), of or None, _percent(told, of)]
    both = [
        (number, count)
        for line in lines
        if (number := line.numbers.rates.get(part)) is not None and (count := line.numbers.rates.get(whole))
    ]
    number, count = sum(one for one, _ in both), sum(one for _, one in both)
    return [number if both else None, count or None, _percent(number, count)]


def _percent(number: int | None, count: int) -> float | None:
    return round(100 * number / count, 1) if number is not None and count else None


def _surveys(groups: Sequence[Group], first: str, top: Sequence[str], title: str) -> Page:
    """A row for each side; means of several schools by how many people answered."""
    body: list[list[Value]] = []
    for one in groups:
        for side in SIDES:
            asked, answered = (
                sum(int(line.numbers.survey[side][name] or 0) for line in one.lines)
                for name in ("asked", "answered")
            )
            if not answered:
                continue
            satisfied = _rate(one.lines, "F5" if side == "mentee" else "F6")
            marks = [_mean(one.lines, side, name) for name in _MARKS]
            body.append(
                [one.name, say(Text(f"report-side-{side}")), asked, answered, Share(answered, asked),
                 marks[0], satisfied[2], marks[1]]
            )  # fmt: skip
    head = [say(Text(f"town-column-{one}")) for one in (first, *_SURVEY)]
    notes = [] if body else [Remark(say(Text("town-no-answers")))]
    widths = (34, 16, *(13 for _ in _SURVEY[1:]))
    return Page(say(Text("town-sheet-survey")), head, body, title, top, notes, keep=2, widths=widths)


_SURVEY = ("side", "asked", "answered", "response", "sat", "satisfied", "change")


def _mean(lines: Sequence[Line], side: str, name: str) -> float | None:
    known = [
        (int(of["answered"] or 0), value)
        for line in lines
        if (value := (of := line.numbers.survey[side])[name]) is not None
    ]
    people = sum(count for count, _ in known)
    return round(sum(count * value for count, value in known) / people, 2) if people else None


def _rules() -> Page:
    return Page(
        say(Text("report-rules"))[:31],
        ("№", "Правило"),
        [(n, say(Text(one, {"least": LEAST}))) for n, one in enumerate(RULES, 1)],
        title=say(Text("report-rules")),
        widths=(6, 110),
    )


def _told(value: int | None) -> Value:
    return say(Text("town-few")) if value is None else value


def _flags(numbers: Numbers) -> str:
    return "; ".join(say(Text(f"town-flag-{flag}")) for flag in numbers.flags)


def _flagged(found: Sequence[Line]) -> int:
    return sum(bool(one.numbers.flags) for one in found)
