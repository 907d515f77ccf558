"""What one member sees of the programme: JSON that a conversation remembers. Changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from actions import goals as goal_verbs
from actions import plan_words
from actions.meeting_messages import called, partner
from actions.plans import AT_WORK, newcomers, waits_for
from actions.work import Work
from locales import dates
from program import plans as rules
from program.errors import Refusal
from program.pair_life import latest_end, planned_end
from program.plans import Content, PlanState, Said
from program.roles import Side
from program.text import Arg, Text, raw
from storage import meetings, pairs, people
from storage import plans as rows
from storage.consent_lists import PAUSED_FOR
from storage.tables import Pair, PairMember, Person, Plan

Json = dict[str, Any]
SHOWN = 12  # events in one message
LONGEST_ROW = 110  # characters of an event in a list


async def my_pairs(work: Work, person_id: int) -> list[list[Any]]:
    """[id, name of the other side] of every pair at work in which the person meets somebody now."""
    me = await people.get(work.session, person_id)
    if me is None:
        return []
    found = await pairs.of_person(work.session, work.school.id, person_id, AT_WORK)
    return [
        [pair.id, partner(pair, me)]
        for pair in sorted(found, key=lambda one: one.id)
        if pair.paused_for != PAUSED_FOR and any(m.person_id == person_id for m in meetings.present(pair))
    ]


async def overview(work: Work, person_id: int, pair_id: int) -> Json:
    """How the programme stands, and what this person may do with it.

    Raises:
        Refusal: not a member who meets now, or the pair is over.
    """
    pair, me = await mine(work, person_id, pair_id)
    plan = await rows.current(work.session, work.school.id, pair.id)
    goal = goal_verbs.nearest(await rows.goals(work.session, pair.id), me)
    found: Json = {
        "pair": pair.id,
        "partner": partner(pair, me.person),
        "mentor": me.side == Side.MENTOR,
        "group": pair.is_group,
        "state": str(plan.state) if plan else "none",
        "stage": str(goal_verbs.stage_of(work, pair)),
        "goal": goal.words if goal else "",
        "goal_id": goal.id if goal else 0,
        "pupil": rules.is_for_pupil(pair.form),
    }
    if plan is None:
        return found
    done, whole = rules.progress(one.done_on for one in plan.items)
    waits = [*waits_for(plan, pair), *newcomers(plan, pair)]
    wish = plan_words.of(plan, person_id, Said.WISH)
    return found | {
        "plan": plan.id,
        "version": plan.version,
        "wish": wish.words if wish else "",
        "done": done,
        "whole": whole,
        "asked": person_id in {one.person_id for one in waits},
        "ready": bool(Content.read(plan.content).goal and plan.items),
        "next": [row.to_json() for row in event_rows(plan, me.person, only_open=True)[:3]],
        "open": [[one.id, short(one.event)] for one in plan.items if one.done_on is None][:SHOWN],
        "goal": found["goal"] or Content.read(plan.content).goal,
        "ends": _day(plan.ends_on, me.person),
    }


async def reading(work: Work, person_id: int, pair_id: int, *, more: bool) -> list[Json]:
    """Paragraphs of the programme: what matters every day, or the rest of it."""
    pair, me = await mine(work, person_id, pair_id)
    plan = await rows.current(work.session, work.school.id, pair.id)
    if plan is None:
        raise Refusal("plan-none-yet")
    content = Content.read(plan.content)
    reader = me.person
    if more:
        texts = [
            *_words("problem", content.problem),
            *_lines("mentor_activity", content.mentor_activity),
            *_lines("mentee_activity", content.mentee_activity),
            *_lines("interim", content.interim),
            *_lines("planned", content.planned),
            *_words("conditions", content.conditions),
        ]
        return [one.to_json() for one in texts]
    term: dict[str, Arg] = {"first": _day(plan.starts_on, reader), "last": _day(plan.ends_on, reader)}
    texts = [
        Text("plan-title-pupil" if rules.is_for_pupil(pair.form) else "plan-title-teacher"),
        *_words("goal", content.goal),
        *_lines("tasks", content.tasks),
        *_chosen("directions", [Text(f"plan-direction-{one}") for one in content.directions]),
        *_chosen("rhythm", [Text(f"plan-rhythm-{content.rhythm}")] if content.rhythm else []),
        *_chosen("mode", [Text(f"plan-mode-{content.mode}")] if content.mode else []),
        *_words("schedule", content.schedule),
        Text("plan-term", term),
        *_wishes(plan, pair, me),
    ]
    listed = event_rows(plan, reader)
    if listed:
        texts += [Text("plan-section-events-head"), *listed[:SHOWN]]
    if len(listed) > SHOWN:
        texts.append(Text("plan-events-more", {"count": len(listed) - SHOWN}))
    return [one.to_json() for one in texts]


async def drafting(work: Work, person_id: int, pair_id: int) -> Json:
    """What a mentor chooses from: the term on offer and what stands in an open programme.

    Raises:
        Refusal: as `overview`, not the mentor, or the programme may not be changed now.
    """
    pair, me = await mine(work, person_id, pair_id)
    if me.side != Side.MENTOR:
        raise Refusal("plan-for-mentor")
    plan = await rows.current(work.session, work.school.id, pair.id)
    open_ = plan is not None and plan.state in rules.OPEN
    if plan is not None and plan.state == PlanState.AMENDED:
        raise Refusal("plan-change-waits")
    return {
        "form": pair.form,
        "partner": partner(pair, me.person),
        "plan": plan.id if plan and open_ else 0,
        "version": plan.version if plan and open_ else 0,
        "agreed": plan is not None and plan.state in rules.AGREED,
        "ends": [
            [day.isoformat(), f"{_day(day, me.person)} {day.year}"] for day in ends_on_offer(work, pair)
        ],
        "events": [[one.id, short(one.event)] for one in plan.items][:SHOWN] if plan and open_ else [],
    }


def ends_on_offer(work: Work, pair: Pair) -> list[date]:
    """The pair's agreed last day alone where there is one; else three, six, nine months and the year's end.

    Never empty; never after the year that a pair may work.
    """
    if pair.ends_on is not None and pair.ends_on > work.today:
        return [pair.ends_on]
    starts_on = rules.first_day(pair.starts_on, work.today)
    last = latest_end(pair.starts_on or work.today)
    days = [rules.months_after(starts_on, months) for months in (3, 6, 9)]
    days.append(planned_end(starts_on, None))
    return sorted({day for day in days if work.today < day <= last})[:4] or [
        max(last, work.today + timedelta(days=30))
    ]


async def mine(work: Work, person_id: int, pair_id: int) -> tuple[Pair, PairMember]:
    """The pair and the person's place in it. Raises Refusal: not a member who meets now, or the pair is over."""
    pair = await pairs.get(work.session, work.school.id, pair_id)
    if pair is None:
        raise Refusal("plan-not-yours")
    me = next((one for one in meetings.present(pair) if one.person_id == person_id), None)
    if me is None:
        raise Refusal("plan-not-yours")
    if pair.status not in AT_WORK or pair.paused_for == PAUSED_FOR:
        raise Refusal("plan-pair-over")
    return pair, me


def event_rows(plan: Plan, reader: Person, *, only_open: bool = False) -> list[Text]:
    """One line for each event: number, what, until when, done or not."""
    return [
        Text(
            "plan-event-row",
            {
                "mark": "done" if one.done_on else "open",
                "number": one.number,
                "event": raw(short(one.event)),
                "until": _day(one.due_on, reader) if one.due_on else "–",
            },
        )
        for one in plan.items
        if not (only_open and one.done_on)
    ]


def _wishes(plan: Plan, pair: Pair, me: PairMember) -> list[Text]:
    """One's own wish; a mentor reads those of the mentees who meet now, of a group with the name."""
    found = []
    for member, said in plan_words.those(plan, pair, Said.WISH, Side.MENTEE, plan_words.here(pair)):
        if member.person_id == me.person_id:
            found += _words("wish", said.words)
        elif rules.may_read(me.person_id, member.person_id, leads=me.side == Side.MENTOR):
            args: dict[str, Arg] = {"name": called(member.person), "value": raw(said.words)}
            found.append(Text("plan-wish-of", args))
    return found


def _words(section: str, words: str) -> list[Text]:
    if not words:
        return []
    return [Text("plan-part", {"name": Text(f"plan-section-{section}"), "value": raw(words)})]


def _lines(section: str, lines: tuple[str, ...]) -> list[Text]:
    if not lines:
        return []
    value = raw("\n".join(f"• {one}" for one in lines))
    return [Text("plan-part-lines", {"name": Text(f"plan-section-{section}"), "value": value})]


def _chosen(section: str, labels: list[Text]) -> list[Text]:
    """Choices by their words; at most ten, so every one has a place of its own in the sentence."""
    value: Text | None = None
    for label in labels:
        value = label if value is None else Text("plan-and", {"first": value, "next": label})
    return [Text("plan-part", {"name": Text(f"plan-section-{section}"), "value": value})] if value else []


def _day(day: date, reader: Person) -> str:
    return dates.day(day, reader.language)


def short(words: str) -> str:
    return words if len(words) <= LONGEST_ROW else words[: LONGEST_ROW - 1] + "…"
