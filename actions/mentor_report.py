"""The mentor's report as a document, filled in from the programme and the diary: the mentor reads it and signs.

Optional by design: teachers may not be made to write more (domain.md 6.13). Source: domain.md 6.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from actions import journal, meeting_diary, mentor_hours, plan_numbers, plan_words
from actions.document import Block, Heading, Paragraph, Signatures, Table
from actions.meeting_diary import Line
from actions.paper_values import of_pair
from actions.plan_paper import Shown, clock, full_day, listed, short_day, shown, signed, stated, t
from actions.plan_store import open_plan
from actions.template_finish import Finished, finished
from actions.template_render import Value
from actions.work import Work
from locales import Texts
from program import plans as rules
from program.forms import ROLE_MODELS
from program.plans import Content, Said
from program.roles import Side
from storage import pairs
from storage import plans as rows
from storage.tables import Pair, Plan

say = Texts()


async def build(work: Work, plan_id: int, *, own_words: bool = True, pdf: bool = False) -> Finished:
    """(file name without anybody's name, .docx or PDF), from the school's template; that it was made goes into the journal.

    Args:
        own_words: whether mentees' own lines about events stand there.

    Raises:
        Refusal: no such programme in this school.
    """
    plan = await open_plan(work, plan_id)
    words = await values(work, plan, own_words=own_words)
    name = f"{t('plans-report-file')}_{plan.pair_id}_{work.today}"
    made = await finished(work, "mentor-report", [words], pdf=pdf, name=name)
    await journal.note(work, "plan.report", f"pair:{plan.pair_id}", after={"plan": plan.id})
    return made


async def values(work: Work, plan: Plan, *, own_words: bool = True) -> dict[str, Value]:
    """The fields of its template. Reads only."""
    pair = await pairs.get(work.session, work.school.id, plan.pair_id)
    assert pair is not None
    who = shown(pair, own_words=own_words)
    until = min(work.today, plan.ends_on)
    diary = [
        one
        for one in await meeting_diary.lines(work, pair)
        if plan.starts_on <= one.at.astimezone(work.zone).date() <= until
    ]
    mentors = [(t("plans-doc-mentor"), signed(one.person)) for one in pairs.present(pair, Side.MENTOR)]
    signatures = Signatures(
        [*mentors, (t("plans-doc-curator"), work.settings.curator_name)], t("plans-doc-date")
    )
    sections: dict[str, Value] = {
        "сведения": tuple(_head(work, plan, pair, until)),
        "числа": tuple(await _numbers(work, plan, until)),
        "встречи": tuple(_meetings(work, diary)),
        "выполнение": tuple(_done(plan, who)),
        "достижения": tuple(await _won(work, plan, who)),
        "выводы": tuple(_words(plan, pair, diary)),
        "подписи": (signatures,),
    }
    return {**of_pair(work, pair), **sections}


def _head(work: Work, plan: Plan, pair: Pair, until: date) -> list[Block]:
    here = {side: ", ".join(one.person.full_name for one in pairs.present(pair, side)) for side in Side}
    shown = ROLE_MODELS.get(pair.role_model)
    found: list[Block] = [
        stated("plans-doc-mentor", here[Side.MENTOR]),
        stated("plans-report-mentees" if pair.is_group else "plans-doc-mentee", here[Side.MENTEE]),
        stated("plans-doc-form-is", say(work.settings.form_name(pair.form))),
    ]
    if shown is not None and (shown.shown or shown.staff):
        found.append(stated("plans-doc-variant", shown.shown or shown.staff))
    period = t("plans-doc-from-to", first=full_day(plan.starts_on), last=full_day(until))
    return [
        *found,
        stated("plans-report-period", period),
        stated("plans-doc-goal", Content.read(plan.content).goal),
    ]


async def _numbers(work: Work, plan: Plan, until: date) -> list[Block]:
    numbers = await plan_numbers.of_pair(work, plan)
    load = await mentor_hours.load(work, plan.pair_id, plan.starts_on, until)
    kinds = ", ".join(
        f"{t(f'plan-hours-{what}').lower()} {clock(spent)}" for what, spent in sorted(load.kinds.items())
    )
    rhythm = Content.read(plan.content).rhythm
    meant = str(numbers.meant) if rhythm in plan_numbers.EVERY else t("plan-rhythm-needed")
    lines = [
        (t("plans-report-meetings"), meant, str(load.held)),
        (t("plans-report-events"), str(numbers.whole), str(numbers.done)),
        (t("plans-report-hours"), "–", clock(load.whole)),
    ]
    head = tuple(t(f"plans-report-col-{name}") for name in ("what", "plan", "fact"))
    found: list[Block] = [Heading(t("plans-report-1")), Table(head, lines, (93, 40, 40))]
    if kinds:
        found.append(Paragraph(f"{t('plans-report-of-these')} {kinds}", size=11))
    return found


def _meetings(work: Work, diary: Sequence[Line]) -> list[Block]:
    lines = [
        (
            short_day(one.at.astimezone(work.zone).date()),
            say(one.topic),
            ", ".join(say(method) for method in one.methods),
            clock(one.minutes),
            one.step,
        )
        for one in reversed(diary)
    ]
    head = tuple(t(f"plans-report-col-{name}") for name in ("day", "topic", "methods", "long", "step"))
    return [Heading(t("plans-report-2")), Table(head, lines or [("",) * 5], (24, 46, 43, 24, 36), size=9.5)]


def _done(plan: Plan, who: Shown) -> list[Block]:
    lines = [
        (
            one.event,
            short_day(one.due_on),
            one.final,
            fact or (short_day(one.done_on) if one.done_on else ""),
            grade or (t("plans-doc-grade-done") if one.done_on else ""),
        )
        for one in plan.items
        for fact, grade in (who.went(one),)
    ]
    head = tuple(t(f"plans-report-col-{name}") for name in ("task", "due", "planned", "actual", "mark"))
    return [Heading(t("plans-report-3")), Table(head, lines or [("",) * 5], (52, 24, 38, 38, 21), size=9.5)]


async def _won(work: Work, plan: Plan, who: Shown) -> list[Block]:
    won = await rows.achievements(work.session, plan.pair_id)
    lines = [
        f"{who.with_name(one.person_id, one.title)} ({t(f'plan-level-{one.level}').lower()} {t('plans-doc-level')}): {t(f'plan-outcome-{one.outcome}').lower()}"
        for one in won
        if who.of(one.person_id)
    ]
    return [Heading(t("plans-report-4")), *listed("plans-doc-achievements", lines)]


def _words(plan: Plan, pair: Pair, diary: Sequence[Line]) -> list[Block]:
    used = list(dict.fromkeys(say(method) for one in diary for method in one.methods))
    advice = plan_words.advice_of(plan, pair)
    late = [one.event for one in plan.items if any(f.grade in rules.HARD for f in one.facts)]
    said = plan_words.those(plan, pair, Said.RESULT, Side.MENTOR)
    end = [f"{signed(member.person)}: {one.words}" if len(said) > 1 else one.words for member, one in said]
    found: list[Block] = [stated("plans-report-methods", ", ".join(used))]
    found += listed("plans-report-hard", late)
    for name, words in (
        ("family", ""),
        ("end", "; ".join(end)),
        ("next", t(f"plans-advice-{advice}") if advice else ", ".join(t(f"plans-advice-{one}") for one in rules.RECOMMENDED) + f" ({t('plans-report-underline')})"),
    ):  # fmt: skip
        found.append(stated(f"plans-report-{name}", words))
    return [*found, Paragraph(t("plans-report-note"), size=10, after=12)]
