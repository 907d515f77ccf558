"""The programme of a pair as a document, with every section of domain.md 6.9 (seed 004).

For pupils it is called «Индивидуальный план развития наставляемого». Names in full: for the school and the pair.
Of a group there is one for the curator with everybody's own words, and one for each mentee with nobody else's.
"""

from __future__ import annotations

from datetime import date, datetime

from actions import directories, journal, mentor_hours, plan_words
from actions.document import (
    Block,
    Heading,
    Paragraph,
    Points,
    Signatures,
    Table,
    Turn,
)
from actions.goals import standing
from actions.paper_values import of_pair
from actions.plan_paper import (
    Shown,
    clock,
    full_day,
    listed,
    say,
    short_day,
    shown,
    signed,
    stated,
    t,
)
from actions.plan_store import open_plan
from actions.template_finish import Finished, finished
from actions.template_render import Value
from actions.work import Work
from program import plans as rules
from program.ages import OF_AGE, full_years
from program.directories import Directory
from program.forms import ROLE_MODELS
from program.plans import Content, Said
from program.roles import Category, Side
from storage import pairs
from storage import plans as rows
from storage.tables import Goal, Pair, Person, Plan


async def build(
    work: Work, plan_id: int, *, alone: int = 0, own_words: bool = True, pdf: bool = False
) -> Finished:
    """(file name without anybody's name, .docx or PDF), from the school's template; that it was made goes into the journal.

    Args:
        alone, own_words: as in `shown`.

    Raises:
        Refusal: no such programme in this school, or no such mentee in it.
    """
    plan = await open_plan(work, plan_id)
    title, words = await values(work, plan, alone=alone, own_words=own_words)
    pupil = rules.is_for_pupil(plan.pair.form)
    name = t("plans-doc-file-pupil" if pupil else "plans-doc-file-teacher")
    number = f"{plan.pair_id}-{alone}" if alone else str(plan.pair_id)
    made = await finished(work, "plan", [words], pdf=pdf, title=title, name=f"{name}_{number}_{work.today}")
    after = {"plan": plan.id, "version": plan.version} | ({"person": alone} if alone else {})
    await journal.note(work, "plan.document", f"pair:{plan.pair_id}", after=after)
    return made


async def values(
    work: Work, plan: Plan, *, alone: int = 0, own_words: bool = True
) -> tuple[str, dict[str, Value]]:
    """(what the paper is called, the fields of its template). Reads only.

    Raises:
        Refusal: no such mentee in it.
    """
    pair = await pairs.get(work.session, work.school.id, plan.pair_id)
    assert pair is not None
    who = shown(pair, alone=alone, own_words=own_words)
    pupil = rules.is_for_pupil(pair.form)
    title = t("plans-doc-title-pupil" if pupil else "plans-doc-title-teacher")
    sections: dict[str, Value] = {
        "название": title,
        "пара": _whom(pair, who),
        "срок": t("plans-doc-from-to", first=full_day(plan.starts_on), last=full_day(plan.ends_on)),
        "участники": tuple(_participants(work, who)),
        "форма_и_вид": tuple(await _kinds(work, plan, pair)),
        "записка": tuple(_note(plan, who, pupil=pupil)),
        "план": tuple(_events(work, plan, who)),
        "цели": tuple(await _goals(work, plan, who)),
        "ознакомление": tuple(await _acquaintance(work, plan)),
        "изменения": tuple(await _amendments(work, plan)),
        "итог": tuple(_result(plan, pair, who)),
        "подписи": tuple(_signatures(who, work)),
    }
    return title, {**of_pair(work, pair), **sections}


def _whom(pair: Pair, who: Shown) -> str:
    sides = {side: [one.person.full_name for one in who.people if one.side == side] for side in Side}
    if pair.is_group and pair.title:
        return pair.title
    return f"{', '.join(sides[Side.MENTOR])} – {', '.join(sides[Side.MENTEE])}"


def _participants(work: Work, who: Shown) -> list[Block]:
    lines = []
    for member in who.people:
        one = member.person
        what = ", ".join(part for part in (one.position, one.class_name, one.workplace) if part)
        years = _experience(one, work.today)
        lines.append(
            (t(f"plans-doc-{member.side}"), one.full_name, what or "–", "" if _teaches(one) else "–", years)
        )
    lines.append((t("plans-doc-curator"), work.settings.curator_name or "", "", "", ""))
    head = tuple(t(f"plans-doc-col-{name}") for name in ("role", "name", "post", "rank", "years"))
    return [Heading(t("plans-doc-1")), Table(head, lines, (30, 58, 46, 20, 19))]


async def _kinds(work: Work, plan: Plan, pair: Pair) -> list[Block]:
    content = Content.read(plan.content)
    found: list[Block] = [Heading(t("plans-doc-2"))]
    found.append(stated("plans-doc-form-is", say(work.settings.form_name(pair.form))))
    shown = ROLE_MODELS.get(pair.role_model)
    if shown is not None and (shown.shown or shown.staff):
        # Only the neutral name: the paper is read at home.
        found.append(stated("plans-doc-variant", shown.shown or shown.staff))
    for name, directory, slug in (
        ("model", Directory.MODEL, content.model),
        ("organisation", Directory.ORGANISATION, content.organisation),
        ("type", Directory.TYPE, content.type),
    ):
        entry = await directories.entry(work, directory, slug) if slug else None
        found.append(stated(f"plans-doc-{name}", say(entry.name) if entry else ""))
    return found


def _note(plan: Plan, who: Shown, *, pupil: bool) -> list[Block]:
    content = Content.read(plan.content)
    found: list[Block] = [Heading(t("plans-doc-3"))]
    found.append(stated("plans-doc-problem", content.problem))
    found.append(stated("plans-doc-goal", content.goal))
    for section in rules.LINES[:3]:
        found += listed(f"plans-doc-{section}", getattr(content, section))
    term = t("plans-doc-from-to", first=full_day(plan.starts_on), last=full_day(plan.ends_on))
    found.append(stated("plans-doc-terms", term))
    for section in rules.LINES[3:]:
        found += listed(f"plans-doc-{section}", getattr(content, section))
    rhythm = t(f"plan-rhythm-{content.rhythm}") if content.rhythm else ""
    found.append(stated("plans-doc-schedule", "; ".join(part for part in (rhythm, content.schedule) if part)))
    found.append(stated("plans-doc-mode", t(f"plans-doc-mode-{content.mode}") if content.mode else ""))
    found.append(stated("plans-doc-conditions", content.conditions))
    found += who.own("plans-doc-wish", plan, Said.WISH, Side.MENTEE)
    found.append(Heading(t("plans-doc-4-pupil" if pupil else "plans-doc-4-teacher")))
    found.append(Points([t(f"plans-doc-direction-{one}") for one in content.directions] or ["–"]))
    return found


def _events(work: Work, plan: Plan, who: Shown) -> list[Block]:
    columns = ("number", "direction", "focus", "event", "form", "due", "interim", "final", "who", "done", "fact", "grade")  # fmt: skip
    widths = (8, 30, 28, 33, 20, 17, 25, 22, 24, 21, 22, 18)
    lines: list[tuple[str, ...]] = []
    for one in plan.items:
        focus = ": ".join(
            part for part in (t(f"plans-doc-focus-{one.focus}") if one.focus else "", one.about) if part
        )
        lines.append(
            (
                str(one.number),
                t(f"plan-direction-{one.direction}") if one.direction else "",
                focus,
                one.event,
                t(f"plans-doc-event-{one.form}") if one.form else "",
                short_day(one.due_on),
                one.interim,
                one.final,
                t(f"plans-doc-who-{one.responsible}"),
                short_day(one.done_on),
                *who.went(one),
            )
        )
    for number in range(len(lines) + 1, len(lines) + 3):  # room to write by hand
        lines.append((str(number), *([""] * (len(columns) - 1))))
    head = tuple(t(f"plans-doc-col-{name}") for name in columns)
    done, whole = rules.progress(one.done_on for one in plan.items)
    return [
        Turn(wide=True),
        Heading(t("plans-doc-5")),
        Paragraph(t("plans-doc-free"), after=6, size=11),
        Table(head, lines, widths, size=8),
        Paragraph(t("plans-doc-progress", done=done, whole=whole, day=full_day(work.today)), size=11),
        Turn(wide=False),
    ]


async def _goals(work: Work, plan: Plan, who: Shown) -> list[Block]:
    found: list[Block] = [Heading(t("plans-doc-6"))]
    goals = [one for one in await rows.goals(work.session, plan.pair_id) if who.of(one.about_id)]
    lines = [line for goal in goals for line in _looked_at(goal, who)]
    head = tuple(t(f"plans-doc-col-{name}") for name in ("goal", "stage", "says", "near", "words"))
    if len(lines) > 1 or any(one[1] for one in lines):
        found.append(Table(head, lines, (58, 25, 28, 22, 40)))
    elif (goal := standing(goals)) is not None:
        found.append(stated("plans-doc-goal", goal.words))
    won = [one for one in await rows.achievements(work.session, plan.pair_id) if who.of(one.person_id)]
    found += listed("plans-doc-achievements", [
        f"{who.with_name(one.person_id, one.title)} ({t(f'plan-kind-{one.kind}').lower()}, {t(f'plan-level-{one.level}').lower()} {t('plans-doc-level')}, {short_day(one.held_on)}): {t(f'plan-outcome-{one.outcome}').lower()}"
        for one in won
    ])  # fmt: skip
    projects = [one for one in await rows.projects(work.session, plan.pair_id) if who.of(one.about_id)]
    found += listed("plans-doc-projects", [
        " · ".join(part for part in (who.with_name(one.about_id, one.title), t(f"plan-project-{one.stage}").lower(), short_day(one.defence_on), one.result) if part)
        for one in projects
    ])  # fmt: skip
    load = await mentor_hours.load(work, plan.pair_id)
    spent = {name: clock(getattr(load, name)) for name in ("whole", "meetings", "beside")}
    hours = t("plans-doc-hours-are", held=load.held, **spent) if load.whole else ""
    found.append(stated("plans-doc-hours", hours))
    return found


def _looked_at(goal: Goal, who: Shown) -> list[tuple[str, ...]]:
    """A line for each look at the goal; one that stands and was not looked at has one line all the same."""
    words = who.with_name(goal.about_id, goal.words)
    lines: list[tuple[str, ...]] = [
        (
            words,
            t(f"plans-doc-stage-{mark.stage}"),
            who.speaker(mark.person_id),
            t("plans-doc-of-ten", progress=mark.progress),
            mark.words,
        )
        for mark in goal.marks
        if goal.about_id is not None or who.of(mark.person_id)
    ]
    return lines or ([(words, "", "", "", "")] if goal.state == "open" else [])


async def _acquaintance(work: Work, plan: Plan) -> list[Block]:
    found: list[Block] = [Heading(t("plans-doc-7"))]
    known = await rows.acknowledgements(work.session, plan.id)
    lines = [
        (
            short_day(one.held_on),
            str(one.version),
            t(f"plans-doc-way-{one.way}"),
            ", ".join(t(f"plans-doc-present-{who}") for who in one.present) or "–",
        )
        for one in known
    ]
    head = tuple(t(f"plans-doc-col-{name}") for name in ("date", "version", "way", "present"))
    found.append(Table(head, lines or [("", "", "", "")], (26, 22, 65, 60)))
    return found


async def _amendments(work: Work, plan: Plan) -> list[Block]:
    found: list[Block] = [Heading(t("plans-doc-8"))]
    lines = []
    for one in await rows.amendments(work.session, plan.id):
        what = ", ".join(t(f"plans-section-{name}").lower() for name in one.what)
        if one.ends_on:
            what = t(f"plans-doc-{one.kind}", before=short_day(one.ends_before), after=short_day(one.ends_on))
        yes = sum(word == "yes" for word in one.said.values())
        consent = t(f"plans-doc-amendment-{one.state}") if one.kind != "rhythm" else t("plans-doc-not-needed")
        if one.kind != "rhythm" and yes:
            consent = f"{consent} ({t('plans-doc-said-yes', count=yes)})"
        lines.append(
            (_day(work, one.at), str(one.version), t(f"plans-doc-by-{one.initiator}"), what, consent)
        )
    head = tuple(t(f"plans-doc-col-{name}") for name in ("date", "version", "initiator", "what", "consent"))
    found.append(Table(head, lines or [("", "", "", "", "")], (24, 20, 31, 55, 43)))
    found.append(Paragraph(t("plans-doc-only-both"), size=11))
    return found


def _result(plan: Plan, pair: Pair, who: Shown) -> list[Block]:
    found: list[Block] = [Heading(t("plans-doc-9"))]
    found.append(stated("plans-doc-result-achieved", plan.result.get("achieved", "")))
    for side in Side:
        label = f"plans-doc-result-{side}"
        # What a mentor says of the whole group is not for one mentee's copy: room to write by hand stays.
        found += who.own(label, plan, Said.RESULT, side) or [stated(label, "")]
    advice = plan_words.advice_of(plan, pair)
    found.append(stated("plans-doc-result-recommendation", t(f"plans-advice-{advice}") if advice else ""))
    return found


def _signatures(who: Shown, work: Work) -> list[Block]:
    lines = []
    for one in who.people if any(one.left_at is None for one in who.people) else ():
        lines.append((t(f"plans-doc-{one.side}"), signed(one.person)))
        if _is_minor(one.person, work.today):
            lines.append((t("plans-doc-parent", whom=signed(one.person)), ""))
    lines.append((t("plans-doc-curator"), work.settings.curator_name))
    return [Heading(t("plans-doc-10")), Signatures(lines, t("plans-doc-date"))]


def _day(work: Work, at: datetime) -> str:
    return short_day(at.astimezone(work.zone).date())


def _teaches(person: Person) -> bool:
    return person.category == Category.TEACHER


def _experience(person: Person, today: date) -> str:
    if not _teaches(person):
        return "–"
    return str(today.year - person.teaching_since) if person.teaching_since else ""


def _is_minor(person: Person, today: date) -> bool:
    """A pupil whose day of birth nobody knows is taken for one."""
    if person.category != Category.PUPIL:
        return False
    return person.birth_date is None or full_years(person.birth_date, today) < OF_AGE
