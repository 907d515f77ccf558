"""«Охват»: tables T1-T4 of the programme in one workbook, with the rules of counting. Source: domain.md 5.3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from actions import directories
from actions.reports import heading
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Share, Value
from actions.workbook_charts import Picture
from program.coverage import Cover, Place, base_lines, cover
from program.forms import RoleModel
from program.roles import Category, Side
from program.text import Text
from storage import reports
from storage.tables import Pair

TITLE = "Охват"
T1 = ("База", "Форма наставничества", "Категория", "Участий", "Людей")
T2 = (
    "Учебный год",
    "Общая численность детей",
    "Численность обучающихся, занесённых в базы наставников/наставляемых",
    "%",
    "Количество наставляемых из числа обучающихся, вошедших в программы в роли наставляемого",
    "%",
    "Количество обучающихся, вошедших в программы в роли наставника",
    "%",
)
T3 = (
    "Учебный год",
    "Общая численность педагогов",
    "Численность педагогов, включённых в базы наставников/наставляемых",
    "%",
    "Количество педагогов, вошедших в программы в роли наставляемого",
    "%",
    "Количество педагогов, вошедших в программы в роли наставника",
    "%",
)
T4 = ("Форма наставничества", "Ролевая модель", "Пар", "Групп", "Наставников", "Наставляемых")
RULES = (
    "report-rule-units",
    "report-rule-base",
    "report-rule-entered",
    "report-rule-withdrawn",
    "report-rule-coverage",
    "report-rule-models",
    "report-rule-check",
)
COVER_WIDTHS = (16, 14, 26, 9, 30, 9, 26, 9)


async def build(work: Work, year: str) -> tuple[str, bytes]:
    """(file name, .xlsx): four tables and the sheet «Правила подсчёта»; numbers only, no names."""
    base, pairs = await _year(work, year)
    before = f"{int(year[:4]) - 1}-{year[:4]}"
    base_before, pairs_before = await _year(work, before)
    people = await heading.lines(work, year, "report-rule-people")
    both = await heading.lines(work, year, "report-rule-both")
    totals = {Category.PUPIL: work.settings.pupils, Category.TEACHER: work.settings.teachers}
    now = {c: cover(c, totals[c], base, _places(pairs)) for c in totals}
    then = {c: cover(c, 0, base_before, _places(pairs_before)) for c in totals}
    pages = [
        _bases(work, base, both),
        _cover(
            "Т2 Обучающиеся",
            "report-t2",
            T2,
            (year, now[Category.PUPIL]),
            (before, then[Category.PUPIL]),
            people,
        ),
        _cover(
            "Т3 Педагоги",
            "report-t3",
            T3,
            (year, now[Category.TEACHER]),
            (before, then[Category.TEACHER]),
            people,
        ),
        _models(work, pairs, people, await directories.role_models(work)),
        Page(
            name="Правила подсчёта",
            columns=("№", "Правило"),
            rows=[(number, say(Text(rule))) for number, rule in enumerate(RULES, 1)],
            title=say(Text("report-rules")),
            widths=(6, 110),
        ),
    ]
    return heading.file(work, TITLE, pages)


async def _year(work: Work, year: str) -> tuple[list[Place], Sequence[Pair]]:
    enrolled = await reports.enrolled(work.session, work.school.id, year)
    base = [Place(p.person_id, p.person.category, Side(p.side), p.form) for p in enrolled]
    return base, await reports.entered(work.session, work.school.id, year)


def _places(pairs: Sequence[Pair]) -> list[Place]:
    return [
        Place(member.person_id, member.person.category, Side(member.side), pair.form)
        for pair in pairs
        for member in pair.members
    ]


def _bases(work: Work, base: Sequence[Place], lines: Sequence[str]) -> Page:
    found = base_lines(base, work.settings.known_forms)
    rows: list[list[Value]] = []
    for side in Side:
        rows += [
            [
                say(Text(f"report-base-{side}")),
                say(work.settings.form_name(line.form)),
                say(Text(f"report-category-{line.category}")),
                line.participations,
                line.people,
            ]
            for line in found
            if line.side == side
        ]
        people = [place.person_id for place in base if place.side == side]
        total = say(Text("report-total"))
        rows.append([say(Text(f"report-base-{side}")), total, "", len(people), len(set(people))])
    return Page("Т1 Базы", T1, rows, say(Text("report-t1")), lines, widths=(24, 30, 18, 14, 14))


def _cover(
    name: str,
    title: str,
    columns: Sequence[str],
    now: tuple[str, Cover],
    then: tuple[str, Cover],
    lines: Sequence[str],
) -> Page:
    """The line of this year; with last year's and the difference where last year has anything."""
    (year, current), (before, past) = now, then
    rows = [_line(year, current)]
    if not past.empty:
        change = (
            current.in_bases - past.in_bases,
            current.mentees - past.mentees,
            current.mentors - past.mentors,
        )
        cells: list[Value] = [say(Text("report-to-last-year")), None]
        for number in change:
            cells += [number, None]
        rows += [_line(before, past), cells]
    return Page(name, columns, rows, say(Text(title)), lines, _checks(current), widths=COVER_WIDTHS)


def _line(year: str, of: Cover) -> list[Value]:
    cells: list[Value] = [year, of.total or None]
    for number in (of.in_bases, of.mentees, of.mentors):
        cells += [number, Share(number, of.total)]
    return cells


def _checks(of: Cover) -> list[Remark]:
    """What contradicts itself, in words (domain.md 3.4, rule 5); one calm sentence if nothing does."""
    alarms = []
    if of.outside:
        alarms.append(Remark(say(Text("report-check-outside", {"count": of.outside})), alarm=True))
    if of.too_many:
        alarms.append(Remark(say(Text("report-check-total", {"total": of.total})), alarm=True))
    if not of.total:
        alarms.append(Remark(say(Text("report-check-no-total")), alarm=True))
    return alarms or [Remark(say(Text("report-check-fine")))]


def _models(work: Work, pairs: Sequence[Pair], lines: Sequence[str], models: Sequence[RoleModel]) -> Page:
    by: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by[pair.form, pair.role_model].append(pair)
    forms, places = list(work.settings.known_forms), {model.slug: place for place, model in enumerate(models)}
    names = {model.slug: model.staff for model in models}
    order = sorted(by, key=lambda key: (forms.index(key[0]), places.get(key[1], len(models))))
    rows: list[list[Value]] = [
        [
            say(work.settings.form_name(form)),
            names.get(model) or say(Text("report-no-model")),
            *_numbers(by[form, model]),
        ]
        for form, model in order
    ]
    rows.append([say(Text("report-total")), "", *_numbers(pairs)])
    title = say(Text("report-t4"))
    picture = Picture(title, "bar", (2, 3), len(order), labels=1, stacked=True)
    return Page("Т4 Формы и модели", T4, rows, title, lines, widths=(30, 44, 10, 10, 16, 18), picture=picture)


def _numbers(pairs: Sequence[Pair]) -> list[Value]:
    """Pairs, groups, people who lead, people who are led; everybody once."""
    places = _places(pairs)
    led = {side: len({place.person_id for place in places if place.side == side}) for side in Side}
    groups = sum(pair.is_group for pair in pairs)
    return [len(pairs) - groups, groups, led[Side.MENTOR], led[Side.MENTEE]]
