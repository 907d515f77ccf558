"""«Охват»: tables T1-T4 of the programme in one workbook, with the rules of counting. Source: domain.md 5.3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions import directories
from actions.reports import entered, heading, kept
from actions.reports.asked import Asked, Built, year_before
from actions.reports.heading import say
from actions.reports.kept import Kept
from actions.work import Work
from actions.workbook import Count, Page, Remark, Share, Value
from actions.workbook_charts import Picture
from program.coverage import Cover, Published, base_lines, contradictions, cover
from program.forms import RoleModel
from program.indicators import Rate, Taker, f1, f2, f3
from program.roles import Category, Side
from program.text import Text
from storage import report_rows as rows
from storage.report_rows import Joined

TITLE = "Охват"
T1 = ("База", "Форма наставничества", "Категория", "Участий", "Людей")
_COVER = (
    "Учебный год",
    "Общая численность {of}",
    "Численность {who}, занесённых в базы наставников/наставляемых",
    "%",
    "Количество наставляемых из числа {who}, вошедших в программы в роли наставляемого",
    "%",
    "Количество {who}, вошедших в программы в роли наставника",
    "%",
)
T2 = (
    *(one.format(of="детей", who="обучающихся") for one in _COVER),
    "От 10 до 19 лет в роли наставляемого", "От 15 до 19 лет в роли наставника",
)  # fmt: skip
T3 = (
    "Учебный год",
    "Общая численность педагогов",
    "Численность педагогов, включённых в базы наставников/наставляемых",
    "%",
    "Количество педагогов, вошедших в программы в роли наставляемого",
    "%",
    "Количество педагогов, вошедших в программы в роли наставника",
    "%",
    "Молодых специалистов всего", "Из них в роли наставляемого",
)  # fmt: skip
T4 = ("Форма наставничества", "Ролевая модель", "Пар", "Групп", "Наставников", "Наставляемых")
RULES = (
    "report-rule-units",
    "report-rule-base",
    "report-rule-entered",
    "report-rule-withdrawn",
    "report-rule-erased",
    "report-rule-coverage",
    "report-rule-models",
    "report-rule-check",
)
COVER_WIDTHS = (16, 14, 26, 9, 30, 9, 26, 9, 18, 18)


@dataclass(frozen=True)
class Facts:
    """Everybody of a school year: in a base, and in a pair or group."""

    base: list[Taker]
    entered: list[Joined]
    kept: Kept

    @property
    def takers(self) -> list[Taker]:
        return [one.taker for one in self.entered]


async def facts(work: Work, asked: Asked) -> Facts:
    """Counting a region takes seconds: whoever needs it twice hands it on."""
    base = await rows.base_takers(work.session, work.school.id, asked.year, asked.until)
    joined = await entered.joined(work, asked)
    then = await kept.people(work, asked.year)
    if then:
        base = [_of_that_year(one, then) for one in base]
        joined = [one._replace(taker=_of_that_year(one.taker, then)) for one in joined]
    return Facts(base, joined, await kept.of(work, asked))


def _of_that_year(one: Taker, then: Mapping[int, tuple[str, str]]) -> Taker:
    """A graduate was a pupil."""
    return one._replace(category=then[one.person_id][0]) if one.person_id in then else one


async def build(work: Work, asked: Asked, known: Facts | None = None) -> Built:
    """Four tables and the sheet «Правила подсчёта»; numbers only, no names. `known`: of this day, if at hand."""
    now = known or await facts(work, asked)
    past = year_before(work, asked)
    then = await facts(work, past)
    people = await heading.lines(work, asked, "report-rule-people")
    both = await heading.lines(work, asked, "report-rule-both")
    pages = [
        _bases(work, now.base, both),
        *(
            _cover(work, category, (asked, now), (past, then), people)
            for category in (Category.PUPIL, Category.TEACHER)
        ),
        _models(work, now, people, await directories.role_models(work)),
        heading.rules(*RULES),
    ]
    return heading.built(TITLE, pages)


def _bases(work: Work, base: Sequence[Taker], lines: Sequence[str]) -> Page:
    found = base_lines(base, work.settings.known_forms)
    rows: list[list[Value]] = []
    for side in Side:
        rows += [
            [
                say(Text(f"report-base-{side}")),
                say(work.settings.form_name(line.form)),
                say(Text(f"report-category-{line.category}")),
                Count(line.participations, line.who),
                Count(line.people, line.who),
            ]
            for line in found
            if line.side == side
        ]
        people = [place.person_id for place in base if place.side == side]
        total, who = say(Text("report-total")), frozenset(people)
        rows.append(
            [say(Text(f"report-base-{side}")), total, "", Count(len(people), who), Count(len(who), who)]
        )
    return Page("Т1 Базы", T1, rows, say(Text("report-t1")), lines, widths=(24, 30, 18, 14, 14))


def _cover(
    work: Work,
    category: Category,
    now: tuple[Asked, Facts],
    then: tuple[Asked, Facts],
    lines: Sequence[str],
) -> Page:
    """The line of this year; with last year's and the difference where last year has anything."""
    pupils = category is Category.PUPIL
    current, past = (
        cover(category, of.kept.totals.get("pupils" if pupils else "teachers", 0), of.base, of.takers)
        for _, of in (now, then)
    )
    line, more = _line(now[0].year, current), _ages(category, *now)
    found = [[*line, *more]]
    if not past.empty:
        change = (
            current.in_bases - past.in_bases,
            current.mentees - past.mentees,
            current.mentors - past.mentors,
        )
        cells: list[Value] = [say(Text("report-to-last-year")), None]
        for number in change:
            cells += [number, None]
        found += [[*_line(then[0].year, past), *_ages(category, *then)], [*cells, None, None]]
    name, columns = ("Т2 Обучающиеся", T2) if pupils else ("Т3 Педагоги", T3)
    title = say(Text("report-t2" if pupils else "report-t3"))
    return Page(
        name, columns, found, title, lines, _checks(work, now[0], current, _by_form(category, now[1])),
        widths=COVER_WIDTHS,
    )  # fmt: skip


def _line(year: str, of: Cover) -> list[Value]:
    cells: list[Value] = [year, of.total or None]
    for people in (of.base, of.led, of.leading):
        cells += [Count(len(people), people), Share(len(people), of.total)]
    return cells


def _ages(category: Category, asked: Asked, of: Facts) -> list[Value]:
    """The federal age groups, or young specialists: those of the school and those who are led."""
    mine = [one for one in of.takers if one.category == category]
    if category is Category.PUPIL:
        found = {"pupils_f1": f1(mine, asked.on, 0), "pupils_f2": f2(mine, asked.on, 0)}
        return [_rated(of.kept.rate(code, one)) for code, one in found.items()]
    return [of.kept.totals.get("young_teachers") or None, _rated(of.kept.rate("f3", f3(mine, asked.on, 0)))]


def _rated(of: Rate) -> Count:
    return Count(of.number, of.part)


def _by_form(category: Category, of: Facts) -> tuple[tuple[str, Side, int], ...]:
    """People who have entered, by form and side: one person may stand in several lines."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in of.takers:
        if one.category == category:
            found[one.form, one.side].add(one.person_id)
    return tuple((form, Side(side), len(people)) for (form, side), people in sorted(found.items()))


def _checks(work: Work, asked: Asked, of: Cover, lines: tuple[tuple[str, Side, int], ...]) -> list[Remark]:
    """What contradicts itself, in words (domain.md 3.4, rule 5); one calm sentence if nothing does."""
    alarms = []
    if of.outside:
        alarms.append(Remark(say(Text("report-check-outside", {"count": of.outside})), alarm=True))
    if of.too_many:
        alarms.append(Remark(say(Text("report-check-total", {"total": of.total})), alarm=True))
    if not of.total:
        over = asked.year != work.settings.year
        words = say(Text(f"report-check-no-total{'-then' if over else ''}"))
        alarms.append(Remark(words, alarm=not over, desk=True))
    for code in contradictions(Published(of.total, of.in_bases, of.mentees, of.mentors, lines)):
        if code != "total":  # said above with its number
            alarms.append(Remark(say(Text(f"report-odd-{code}")), alarm=code != "sums"))
    if any(one.alarm for one in alarms):
        return alarms
    return [Remark(say(Text("report-check-fine")), desk=True, settled=True), *alarms]


def _models(work: Work, of: Facts, lines: Sequence[str], models: Sequence[RoleModel]) -> Page:
    by: dict[tuple[str, str], list[Joined]] = defaultdict(list)
    for one in of.entered:
        by[one.taker.form, one.role_model].append(one)
    forms, places = list(work.settings.known_forms), {model.slug: place for place, model in enumerate(models)}
    names = {model.slug: model.staff for model in models}
    order = sorted(by, key=lambda key: (forms.index(key[0]), places.get(key[1], len(models))))
    found: list[list[Value]] = [
        [
            say(work.settings.form_name(form)),
            names.get(model) or say(Text("report-no-model")),
            *_numbers(by[form, model]),
        ]
        for form, model in order
    ]
    found.append([say(Text("report-total")), "", *_numbers(of.entered)])
    title = say(Text("report-t4"))
    picture = Picture(title, "bar", (2, 3), len(order), labels=1, stacked=True)
    return Page(
        "Т4 Формы и модели", T4, found, title, lines, widths=(30, 44, 10, 10, 16, 18), picture=picture
    )


def _numbers(of: Sequence[Joined]) -> list[Value]:
    """Pairs, groups, people who lead, people who are led; everybody once."""
    groups = frozenset(one.pair_id for one in of if one.is_group)
    pairs = frozenset(one.pair_id for one in of if not one.is_group)
    led = {side: frozenset(one.taker.person_id for one in of if one.taker.side == side) for side in Side}
    return [
        Count(len(pairs), pairs=pairs),
        Count(len(groups), pairs=groups),
        *(Count(len(people), people) for people in (led[Side.MENTOR], led[Side.MENTEE])),
    ]
