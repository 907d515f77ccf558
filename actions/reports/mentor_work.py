"""«Отчёт наставника (сводный)» (RP14): every pair's work in one line, from the diary. Source: domain.md 5.6, 6.8."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from actions import directories
from actions.meeting_diary import topic_of
from actions.plan_numbers import EVERY
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.reports.programmes import people_of
from actions.work import Work
from actions.workbook import Page, Remark, Value
from program.directories import Directory
from program.indicators import hours
from program.names import folded
from program.plans import RECOMMENDED, Content, progress
from program.roles import Side
from program.text import Text
from storage import meeting_diary
from storage import report_counts as tally
from storage import report_rows as rows

TITLE = "Отчёт наставника (сводный)"
COLUMNS = (
    "№", "Наставник", "Наставляемый (наставляемые)", "Форма наставничества", "Ролевая модель", "Цель", "Встреч по плану",
    "Встреч состоялось", "Часов встреч", "Часов на подготовку и другое", "Темы", "Методы", "Мероприятий по программе",
    "Из них выполнено", "Достижений", "Трудности", "Итог", "Предложения",
)  # fmt: skip
BY_MENTOR = ("№", "Наставник", "Пар и групп", "Встреч состоялось", "Часов всего")
MOST = 5  # topics and methods, the most frequent first


async def build(work: Work, asked: Asked) -> Built:
    """A line for each pair or group, and one for each mentor."""
    session, school_id = work.session, work.school.id
    pairs = await rows.worked(session, school_id, asked.year, asked.on, asked.until)
    names = await people_of(work, asked)
    beside = await tally.mentor_minutes(session, school_id, pairs, asked.of.first, asked.on)
    plans = {one.pair_id: one for one in await tally.plans(session, school_id, pairs)}  # the newest
    ids = [one.id for one in plans.values()]
    items = await tally.plan_items(session, school_id, ids)
    hard = await tally.hard_events(session, school_id, ids, asked.until)
    advice = await tally.advice(session, school_id, ids, asked.until)
    models = {one.slug: one.staff for one in await directories.role_models(work)}
    won = Counter(one[0] for one in await tally.won(session, school_id, pairs, asked.of.first, asked.on))
    entries = await directories.entries(work, Directory.METHOD, everything=True)
    named = {one.slug: say(one.name) for one in entries}
    held: Counter[int] = Counter()
    minutes: Counter[int] = Counter()
    topics: dict[int, Counter[str]] = defaultdict(Counter)
    methods: dict[int, Counter[str]] = defaultdict(Counter)
    met = await meeting_diary.of_year(session, school_id, asked.year, asked.first, asked.until)
    for meeting, note in met:
        held[meeting.pair_id] += 1
        minutes[meeting.pair_id] += note.minutes if note else meeting.minutes
        if note:
            topics[meeting.pair_id][say(topic_of(note))] += 1
            methods[meeting.pair_id].update(named.get(slug, slug) for slug in note.methods)
    found: list[list[Value]] = []
    mentors: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, pair in enumerate(pairs.values(), 1):
        plan = plans.get(pair.id)
        content = Content.read(plan.content) if plan else Content()
        done, whole = (
            progress(day if day and day <= asked.on else None for day in items.get(plan.id, []))
            if plan
            else (0, 0)
        )
        every = EVERY.get(content.rhythm)
        begun = max(asked.of.first, plan.starts_on) if plan else None
        meant = (
            max((min(asked.on, plan.ends_on) - begun).days, 0) // every if plan and begun and every else None
        )
        extra = sum(spent for (pair_id, _), spent in beside.items() if pair_id == pair.id)
        leading, led = (names.get((pair.id, str(side)), []) for side in (Side.MENTOR, Side.MENTEE))
        found.append([
            number, "\n".join(one.full_name for one in leading), "\n".join(one.full_name for one in led),
            say(work.settings.form_name(pair.form)), models.get(pair.role_model, ""), content.goal, meant, held[pair.id], hours(minutes[pair.id]),
            hours(extra), _often(topics[pair.id]), _often(methods[pair.id]), whole, done, won[pair.id],
            "\n".join(hard.get(plan.id, ())) if plan else "", pair.result,
            _proposed(plan.result, advice.get(plan.id, ())) if plan else "",
        ])  # fmt: skip
        for one in leading:
            line = mentors[one.id]
            line[0] += 1
            line[1] += held[pair.id]
            line[2] += minutes[pair.id] + beside.get((pair.id, one.id), 0)
    people = {one.id: one for some in names.values() for one in some}
    order = sorted(mentors, key=lambda key: (folded(people[key].full_name), key))
    lines = await heading.lines(work, asked, "report-rule-mentor-work")
    remark = say(
        Text(
            "report-load",
            {"hours": f"{hours(sum(minutes.values()) + sum(beside.values())):.1f}".replace(".", ",")},
        )
    )
    pages = [
        Page("По парам", COLUMNS, found, TITLE, lines, [Remark(remark)], keep=2, personal=True, key="pairs",
             widths=(6, 28, 28, 20, 26, 32, 10, 12, 10, 14, 28, 28, 14, 10, 12, 32, 32, 22)),
        Page("По наставникам", BY_MENTOR,
             [[n, people[key].full_name, *mentors[key][:2], hours(mentors[key][2])] for n, key in enumerate(order, 1)],
             TITLE, lines, keep=2, personal=True, widths=(6, 36, 12, 18, 14), key="by_mentor"),
        heading.rules("report-rule-mentor-work", "report-rule-hours"),
    ]  # fmt: skip
    return Built(TITLE, pages)


def _often(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return "; ".join(words for words, _ in ordered[:MOST])


def _proposed(result: Mapping[str, Any], mentors: Collection[str]) -> str:
    """The school's own word, else every mentor's."""
    school = str(result.get("recommendation", ""))
    said = (school,) if school else mentors
    return "; ".join(say(Text(f"plans-advice-{one}")) for one in RECOMMENDED if one in said)
