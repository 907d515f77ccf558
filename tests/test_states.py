"""No dead ends: every way of every machine has an action and a door; those of pairs and meetings are walked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from actions import (
    acceptance,
    consent_life,
    group_life,
    matching,
    meeting_outcomes,
    meetings,
    pair_life,
    pair_requests,
    pairs,
    recalling,
    undoing,
)
from actions.work import Work
from admin.access import RULES
from bot.menu import FLOWS
from program.journal_reading import Reach
from program.pair_life import By, Wish, ends_offered
from program.roles import Side
from program.states import (
    MeetingFormat,
    MeetingStatus,
    NewsStatus,
    PairStatus,
    ParticipationStatus,
    RequestState,
    WallState,
)
from program.ways import HELP, MEETING, NEWS, PAIR, PARTICIPATION, WALL
from scheduler.timetable import TIMETABLE
from storage import pair_history
from storage import pairs as stored
from storage.tables import Meeting, Pair, Person
from tests.actions.pool import begun, join

FORM = "uch_uch"
EVERYTHING = Reach(whole=True)
P, M = PairStatus, MeetingStatus
TICKS = {f"tick:{tick.name}" for tick in TIMETABLE}
DOORS = {f"page:{name}" for name in RULES} | {f"flow:{name}" for name in FLOWS} | TICKS


@dataclass
class Scene:
    """One pair on its way, and its two people."""

    work: Work
    pair: Pair
    mentor: Person
    mentee: Person

    @property
    def later(self) -> Work:
        return replace(self.work, now=self.work.now + timedelta(days=4))


Act = Callable[[Scene], Awaitable[object]]


async def _asks_nobody(scene: Scene) -> None:
    scene.work.school.settings = {**scene.work.school.settings, "acceptance": False}
    await pairs.announce(scene.work, [scene.pair.id])


async def _both_say_yes(scene: Scene) -> None:
    for person in (scene.mentor, scene.mentee):
        await acceptance.agree(scene.work.by(person), person.id, scene.pair.id)


async def _takes_consent_back(scene: Scene) -> None:
    await consent_life.freeze(scene.work, scene.mentee)


async def _recalls_what_worked_at_once(scene: Scene) -> None:
    await recalling.recall(scene.work, [scene.pair.id])


async def _nobody_suggests_it_again(scene: Scene) -> None:
    mentor = next(one.participation for one in scene.pair.members if one.side == Side.MENTOR)
    mentor.admitted = False
    await matching.suggest(scene.work, FORM)


# Each way: what performs it, and the doors behind which it stands.
WAYS: dict[tuple[PairStatus, PairStatus], tuple[Act, tuple[str, ...]]] = {
    (P.SUGGESTED, P.APPROVED): (lambda s: pairs.approve(s.work, s.pair.id), ("page:matching-approve",)),
    (P.SUGGESTED, P.REJECTED): (lambda s: pairs.reject(s.work, s.pair.id), ("page:matching-reject",)),
    (P.SUGGESTED, P.DROPPED): (_nobody_suggests_it_again, ("page:matching-suggest",)),
    (P.APPROVED, P.OFFERED): (lambda s: pairs.announce(s.work, [s.pair.id]), ("page:announce-send",)),
    (P.APPROVED, P.ACTIVE): (_asks_nobody, ("page:announce-send", "page:announce-rules")),
    (P.APPROVED, P.SUGGESTED): (lambda s: undoing.unapprove(s.work, s.pair.id), ("page:matching-unapprove",)),
    (P.APPROVED, P.REJECTED): (lambda s: pairs.reject(s.work, s.pair.id), ("page:matching-reject",)),
    (P.APPROVED, P.DROPPED): (_takes_consent_back, ("flow:privacy-withdraw",)),
    (P.REJECTED, P.DROPPED): (lambda s: undoing.unreject(s.work, s.pair.id), ("page:matching-unreject",)),
    (P.OFFERED, P.ACTIVE): (_both_say_yes, ("flow:pair-yes", "page:pair-answer", "page:pair-start", "tick:pair-answers")),
    (P.OFFERED, P.APPROVED): (lambda s: recalling.recall(s.work, [s.pair.id]), ("page:announce-recall",)),
    (P.OFFERED, P.DECLINED): (
        lambda s: acceptance.decline(s.work, s.mentee.id, s.pair.id, "fit"),
        ("flow:pair-no", "page:pair-answer"),
    ),
    (P.OFFERED, P.REJECTED): (
        lambda s: acceptance.dissolve(s.work, s.pair.id, "silent"),
        ("page:pair-dissolve",),
    ),
    (P.OFFERED, P.DROPPED): (_takes_consent_back, ("flow:privacy-withdraw",)),
    (P.ACTIVE, P.PAUSED): (
        lambda s: pair_life.pause(s.work, s.pair.id, "busy"),
        ("page:pair-pause", "flow:pair-pause", "tick:consents"),
    ),
    (P.ACTIVE, P.COMPLETED): (
        lambda s: pairs.close(s.work, s.pair.id, P.COMPLETED, "Получилось", reason="goals", by=By.CURATOR),
        ("page:pair-close", "flow:pair-end"),
    ),
    (P.ACTIVE, P.STOPPED): (
        lambda s: pairs.close(s.work, s.pair.id, P.STOPPED, reason="left-school", by=By.CURATOR),
        ("page:pair-close", "flow:pair-end", "flow:privacy-withdraw"),
    ),
    (P.ACTIVE, P.REPLACED): (
        lambda s: pair_life.replace(s.work, s.pair.id, "interests"),
        ("page:pair-replace", "flow:pair-replace"),
    ),
    (P.ACTIVE, P.DECLINED): (
        lambda s: acceptance.decline(s.work, s.mentee.id, s.pair.id, "fit"),
        ("flow:pair-no",),
    ),
    (P.ACTIVE, P.APPROVED): (_recalls_what_worked_at_once, ("page:announce-recall",)),
    (P.PAUSED, P.ACTIVE): (
        lambda s: pair_life.resume(s.work, s.pair.id),
        ("page:pair-resume", "flow:pair-resume", "tick:consents"),
    ),
    (P.PAUSED, P.COMPLETED): (
        lambda s: pairs.close(s.work, s.pair.id, P.COMPLETED),
        ("page:pair-close",),
    ),
    (P.PAUSED, P.STOPPED): (lambda s: pairs.close(s.work, s.pair.id, P.STOPPED), ("page:pair-close",)),
    (P.PAUSED, P.REPLACED): (
        lambda s: pair_life.replace(s.work, s.pair.id, "moving"),
        ("page:pair-replace", "flow:pair-replace"),
    ),
}  # fmt: skip


async def scene_at(work: Work, status: PairStatus, to: PairStatus) -> Scene:
    """A pair that has come to that status by the verbs alone."""
    mentee, mentor = await join(work, Side.MENTEE), await join(work, Side.MENTOR, "Пётр", "Лебедев")
    if status is P.SUGGESTED:
        await matching.suggest(work, FORM)
        pair = (await stored.of_participation(work.session, mentee.id))[0]
    else:
        pair = await pairs.choose(work, mentee.id, mentor.id)
    scene = Scene(work, pair, mentor.person, mentee.person)
    if (status, to) == (P.ACTIVE, P.APPROVED):
        await _asks_nobody(scene)
    elif status in (P.ACTIVE, P.PAUSED):
        await begun(work, pair.id)
    if status is P.OFFERED:
        await pairs.announce(work, [pair.id])
    elif status is P.PAUSED:
        await pair_life.pause(work, pair.id, "busy")
    elif status is P.REJECTED:
        await pairs.reject(work, pair.id)
    assert pair.status == status
    return scene


def test_every_way_of_a_pair_is_in_the_table_and_its_doors_exist() -> None:
    assert set(WAYS) == {(was, to) for was, after in PAIR.ways.items() for to in after}
    assert {door for _, doors in WAYS.values() for door in doors} <= DOORS


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
async def test_a_pair_goes_that_way(work: Work, way: tuple[PairStatus, PairStatus]) -> None:
    was, to = way
    scene = await scene_at(work, was, to)
    await WAYS[way][0](scene)
    await work.session.flush()
    assert scene.pair.status == to


# Meetings.


@dataclass
class Met:
    work: Work
    pair: Pair
    mentor: Person
    mentee: Person
    meeting: Meeting

    @property
    def after(self) -> Work:
        return replace(self.work, now=self.work.now + timedelta(days=3))


_OFFERED, _AGREED, _PUT_OFF = M.PROPOSED, M.CONFIRMED, M.MOVED
MEETS: dict[tuple[MeetingStatus, MeetingStatus], tuple[Callable[[Met], Awaitable[Any]], tuple[str, ...]]] = {
    (_OFFERED, M.CONFIRMED): (lambda m: meetings.accept(m.work, m.mentee, m.meeting.id, 0), ("flow:meeting-reply",)),
    (_OFFERED, M.CANCELLED): (
        lambda m: meetings.cancel(m.work, m.mentor, m.meeting.id),
        ("flow:meeting-cancel", "tick:meeting-offers"),
    ),
    (_AGREED, M.PROPOSED): (
        lambda m: meetings.move(m.work, m.mentee, m.meeting.id, [m.work.now + timedelta(days=5)]),
        ("flow:meeting-other",),
    ),
    (_AGREED, M.HELD): (lambda m: meeting_outcomes.outcome(m.after, m.mentor, m.meeting.id, M.HELD), ("flow:meeting-outcome",)),
    (_AGREED, M.MISSED): (lambda m: meeting_outcomes.outcome(m.after, m.mentor, m.meeting.id, M.MISSED), ("flow:meeting-outcome",)),
    (_AGREED, M.MOVED): (lambda m: meeting_outcomes.outcome(m.after, m.mentor, m.meeting.id, M.MOVED), ("flow:meeting-outcome",)),
    (_AGREED, M.CANCELLED): (lambda m: meetings.cancel(m.work, m.mentee, m.meeting.id), ("flow:meeting-cancel",)),
    (_PUT_OFF, M.PROPOSED): (
        lambda m: meetings.propose(m.after, m.mentor, m.pair.id, [m.after.now + timedelta(days=2)], MeetingFormat.OFFLINE),
        ("flow:meeting",),
    ),
    (_PUT_OFF, M.CANCELLED): (lambda m: pairs.close(m.after, m.pair.id, P.COMPLETED), ("page:pair-close",)),
}  # fmt: skip


def test_every_way_of_a_meeting_is_in_the_table_and_its_doors_exist() -> None:
    assert set(MEETS) == {(was, to) for was, after in MEETING.ways.items() for to in after}
    assert {door for _, doors in MEETS.values() for door in doors} <= DOORS


@pytest.mark.parametrize("way", MEETS, ids=lambda way: f"{way[0]}-{way[1]}")
async def test_a_meeting_goes_that_way(work: Work, way: tuple[MeetingStatus, MeetingStatus]) -> None:
    scene = await scene_at(work, P.ACTIVE, P.PAUSED)
    start = work.now + timedelta(days=2)
    made = await meetings.propose(work, scene.mentor, scene.pair.id, [start], MeetingFormat.OFFLINE)
    met = Met(work, scene.pair, scene.mentor, scene.mentee, made)
    if way[0] is not M.PROPOSED:
        await meetings.accept(work, scene.mentee, made.id, 0)
    if way[0] is M.MOVED:
        await meeting_outcomes.outcome(met.after, scene.mentor, made.id, M.MOVED)
    assert made.status == way[0]
    await MEETS[way][0](met)
    assert made.status == way[1]


# Places in the programme, calls for help, news: who opens which door to each status.

S = ParticipationStatus
LEADS_TO: dict[Any, tuple[str, ...]] = {
    S.REGISTERED: ("tick:consents", "page:person-back"),
    S.CONSENT_PENDING: ("flow:join", "tick:consents"),
    S.IN_BASE: ("flow:guardian", "page:guardian-confirm", "page:person-consent-save", "page:bulk-do"),
    S.SEARCHING: ("flow:intake", "page:pair-replace", "page:pair-close", "flow:pair-no", "page:pair-again"),
    S.PAIRED: ("flow:pair-yes", "page:pair-start"),
    S.FINISHED: ("page:pair-close",),
    S.PAUSED: ("tick:consents",),
    S.WITHDRAWN: ("flow:privacy-withdraw", "page:person-consent-save"),
    S.DECLINED: ("page:consents-out",),
    S.ARCHIVED: ("page:person-left-do",),
    RequestState.IN_WORK: ("page:help-take",),
    RequestState.CLOSED: ("page:help-close",),
    NewsStatus.DRAFT: ("page:news-plan-off",),
    NewsStatus.PLANNED: ("page:news-plan",),
    NewsStatus.STOPPED: ("tick:news-plans", "tick:takedowns"),
    NewsStatus.PUBLISHED: ("page:news-publish", "tick:news-plans"),
    NewsStatus.WITHDRAWN: ("page:news-withdraw",),
    WallState.QUEUED: ("page:news-publish",),
    WallState.MANUAL: ("page:news-publish",),
    WallState.POSTED: ("page:news-link",),
    WallState.STOPPED: ("tick:takedowns",),
    WallState.REMOVED: ("page:news-taken-down",),
}  # fmt: skip


@pytest.mark.parametrize(
    "machine", [PARTICIPATION, HELP, NEWS, WALL], ids=lambda machine: machine.statuses.__name__
)
def test_no_status_is_without_a_door(machine: Any) -> None:
    reached = {to for after in machine.ways.values() for to in after}
    assert reached <= set(LEADS_TO)
    for to in reached:
        assert set(LEADS_TO[to]) <= DOORS, to
    for status in machine.statuses:
        assert status in machine.final or machine.ways[status], status


async def test_whoever_has_finished_may_look_for_a_pair_once_more(work: Work) -> None:
    scene = await scene_at(work, P.ACTIVE, P.COMPLETED)
    await pairs.close(work, scene.pair.id, P.COMPLETED)
    mine = next(one.participation for one in scene.pair.members if one.person_id == scene.mentor.id)
    assert mine.status == S.FINISHED
    await pair_life.search_again(work, scene.pair.id, scene.mentor.id)
    assert (mine.status, mine.finished_at) == (S.SEARCHING, None)


# What may be done with a pair at work (domain.md 7.4): each act, its door in the admin and, where a participant may
# wish for it, in the chat.


async def _wishes(scene: Scene, wish: Wish, reason: str, until: date | None = None) -> None:
    """One asks, the other agrees where both have to, the curator grants it."""
    asked = await pair_requests.ask(
        scene.work.by(scene.mentee), scene.mentee.id, scene.pair.id, wish, reason, until=until
    )
    if until is not None:
        await pair_requests.say_on_end(scene.work.by(scene.mentor), scene.mentor.id, asked.id, yes=True)
    await pair_requests.grant(scene.work, asked.id, status="completed")


async def _changes_the_end(scene: Scene, wish: Wish, reason: str) -> None:
    assert scene.pair.starts_on is not None
    (day, *_) = ends_offered(wish, scene.pair.starts_on, scene.pair.ends_on, scene.work.today)
    await _wishes(scene, wish, reason, day)
    assert scene.pair.ends_on == day


async def _stands_in_and_comes_back(scene: Scene) -> None:
    other = await join(scene.work, Side.MENTOR, "Олег", "Осин")
    until = scene.work.today + timedelta(days=7)
    await pair_life.substitute(scene.work, scene.pair.id, other.id, until)
    await pair_life.end_substitution(scene.work, scene.pair.id)


LIFE: dict[str, tuple[Act, str, tuple[str, ...]]] = {
    "pause": (lambda s: _wishes(s, Wish.PAUSE, "busy"), "pair-pause", ("pair-pause",)),
    "substitute": (_stands_in_and_comes_back, "pair-substitute", ()),
    "replacement": (lambda s: _wishes(s, Wish.REPLACE, "interests"), "pair-replace", ("pair-replace",)),
    "extension": (lambda s: _changes_the_end(s, Wish.LONGER, "good"), "pair-term", ("pair-longer", "pair-agree")),
    "shortening": (lambda s: _changes_the_end(s, Wish.SHORTER, "goals"), "pair-term", ("pair-shorter", "pair-agree")),
    "early end": (lambda s: _wishes(s, Wish.END, "moving"), "pair-close", ("pair-end",)),
    "completion": (lambda s: pairs.close(s.work, s.pair.id, P.COMPLETED, "Получилось"), "pair-close", ()),
}  # fmt: skip
OF_GROUPS = ("pair-member-add", "pair-member-remove", "pair-change-off")


@pytest.mark.parametrize("what", LIFE)
async def test_whatever_may_happen_to_a_pair_has_its_doors_and_a_line_on_its_page(
    work: Work, what: str
) -> None:
    act, page, flows = LIFE[what]
    assert f"page:{page}" in DOORS
    assert {f"flow:{flow}" for flow in flows} <= DOORS
    scene = await scene_at(work, P.ACTIVE, P.PAUSED)
    before = len(await pair_history.of_pair(work.session, work.school.id, scene.pair.id, EVERYTHING))
    await act(scene)
    await work.session.flush()
    lines = await pair_history.of_pair(work.session, work.school.id, scene.pair.id, EVERYTHING)
    assert len(lines) > before
    assert {
        f"page:{one}" for one in ("pair", "pair-wish-grant", "pair-wish-keep", "pair-substitute-end")
    } <= DOORS


async def test_members_of_a_group_come_and_go_on_a_day_and_both_stand_on_its_page(work: Work) -> None:
    led = [await join(work, Side.MENTEE, f"Имя{n}") for n in range(3)]
    mentor = await join(work, Side.MENTOR, "Вера", place={"capacity": 3})
    pair = await pairs.make_group(work, FORM, "", "Кот", [mentor.id], [one.id for one in led[:2]])
    await begun(work, pair.id)
    assert {f"page:{one}" for one in OF_GROUPS} | {"tick:group-changes"} <= DOORS
    ahead = work.today + timedelta(days=2)
    await group_life.plan(work, pair.id, led[2].id, ahead, comes=True)
    await group_life.follow(replace(work, now=work.now + timedelta(days=2)))
    await group_life.remove(work, pair.id, led[0].person_id, "busy")
    lines = await pair_history.of_pair(work.session, work.school.id, pair.id, EVERYTHING)
    assert {"pair.change-planned", "pair.joined", "pair.left"} <= {line.action for line in lines}
