"""Who is asked what when: the table of domain.md 4.2 and 4.8, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from program.assignments import Due, Place, Step, Who, composed_for, due, half, observing, pulse_now
from program.forms import FORMS
from program.instruments_reading import shipped
from program.polls import SWITCHES, PollRules
from program.roles import Category, Side

YEAR = "2026-2027"
TEEN, CHILD = date(2012, 3, 5), date(2016, 3, 5)


def place(**values: object) -> Place:
    made = {
        "side": Side.MENTEE, "form": "uch_uch", "announced_on": date(2026, 9, 20), "at_work": False,
        "born": TEEN, "category": Category.PUPIL,
    }  # fmt: skip
    return Place(**(made | values))  # type: ignore[arg-type]


def asked(on: date, **values: object) -> list[tuple[str, Who]]:
    return [(one.code, one.who) for one in due(place(**values), on, YEAR)]


MENTEE_BEFORE = [("PRE_UCH_UCH_MENTEE", Who.MENTEE), ("INT_PAR", Who.PARENT)]
MENTEE_END = [("POST_UCH_UCH_MENTEE", Who.MENTEE), ("INT_PAR_POST", Who.PARENT)]


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2026, 9, 20), []),  # the day of the announcement has its own message
        (date(2026, 9, 21), MENTEE_BEFORE),
        (date(2026, 10, 11), MENTEE_BEFORE),
        (date(2026, 10, 12), []),
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), [("MID", Who.MENTEE)]),
        (date(2026, 12, 25), [("MID", Who.MENTEE)]),
        (date(2026, 12, 26), []),
        (date(2027, 5, 1), []),
        (date(2027, 5, 2), MENTEE_END),
        (date(2027, 5, 31), MENTEE_END),
        (date(2027, 6, 1), []),
    ],
)
def test_a_year_of_a_mentee_and_a_parent(on: date, codes: list[tuple[str, Who]]) -> None:
    assert asked(on) == codes


def test_nothing_is_asked_before_the_work_once_it_has_begun() -> None:
    assert asked(date(2026, 9, 25), at_work=True) == []


def test_a_new_pair_is_not_asked_about_a_middle_it_has_not_reached() -> None:
    assert asked(date(2026, 12, 5), announced_on=date(2026, 11, 20)) == [
        ("PRE_UCH_UCH_MENTEE", Who.MENTEE),
        ("INT_PAR", Who.PARENT),
    ]
    assert asked(date(2026, 12, 18), announced_on=date(2026, 11, 20), at_work=True) == [("MID", Who.MENTEE)]


def test_the_youngest_get_the_short_form() -> None:
    codes = [code for code, _ in asked(date(2026, 9, 22), born=CHILD)]
    assert codes == ["PRE_YOUNG_MENTEE", "INT_PAR"]
    assert asked(date(2026, 9, 22), born=CHILD, side=Side.MENTOR) == [("PRE_UCH_UCH_MENTOR", Who.MENTOR)]


def test_a_mentor_from_a_company_is_asked_as_a_partner_in_may() -> None:
    found = asked(date(2027, 5, 10), side=Side.MENTOR, form="rab_uch", category=Category.EMPLOYER, born=None)
    assert found == [("POST_RAB_UCH_MENTOR", Who.MENTOR), ("PARTNER", Who.PARTNER)]


def test_an_answer_is_taken_until_the_last_day_of_its_stage() -> None:
    assert next(iter(due(place(), date(2027, 5, 5), YEAR))) == Due(
        "POST_UCH_UCH_MENTEE", Who.MENTEE, date(2027, 5, 31)
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("side", list(Side))
def test_every_place_has_its_questionnaires(form: str, side: Side) -> None:
    known = {one.code for one in shipped()}
    for prefix in ("PRE_", "POST_"):
        assert composed_for(prefix, place(side=side, form=form), date(2026, 9, 22)) in known


def test_a_card_is_filled_in_twice_a_school_year() -> None:
    assert [half(date(2026, month, 1)) for month in (8, 9, 12, 1, 2, 5, 7)] == [1, 1, 1, 1, 2, 2, 2]


OBSERVER = {
    "side": Side.MENTOR,
    "form": "uchit_uch",
    "category": Category.TEACHER,
    "born": None,
    "at_work": True,
}


@pytest.mark.parametrize(
    ("on", "announced", "due"),
    [
        (date(2026, 10, 3), date(2026, 9, 20), False),
        (date(2026, 10, 4), date(2026, 9, 20), True),
        (date(2026, 11, 1), date(2026, 9, 20), True),
        (date(2026, 11, 2), date(2026, 9, 20), False),
        (date(2027, 1, 31), date(2027, 1, 10), True),
        (date(2027, 2, 1), date(2027, 1, 10), False),  # that would count as the second card of the year
        (date(2027, 5, 10), date(2026, 9, 20), True),
    ],
)
def test_an_adult_who_leads_one_pupil_observes_twice_a_year(on: date, announced: date, *, due: bool) -> None:
    found = asked(on, leads_pupil=True, announced_on=announced, **OBSERVER)
    assert (("OBS_MENTOR", Who.OBSERVER) in found) is due
    assert ("OBS_MENTOR", Who.OBSERVER) not in asked(on, announced_on=announced, **OBSERVER)


def test_class_teachers_are_reminded_of_their_cards_in_autumn_and_in_may() -> None:
    assert [month for month in range(1, 13) if observing(date(2026, month, 5))] == [5, 9, 10]


WORKING = {"at_work": True, "starts_on": date(2026, 10, 1), "ends_on": date(2027, 2, 1), "category": None}


def days_of(code: str, **values: object) -> tuple[date, date]:
    """First and last day of the year on which this code is asked."""
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(365)]
    found = [on for on in days if code in [name for name, _ in asked(on, **(WORKING | values))]]
    return found[0], found[-1]


def test_the_middle_is_half_way_of_the_term_and_the_end_is_asked_before_it() -> None:
    assert days_of("MID") == (date(2026, 12, 1), date(2026, 12, 25))
    assert days_of("MID", ends_on=date(2026, 11, 10)) == (date(2026, 10, 29), date(2026, 11, 14))
    assert days_of("POST_UCH_UCH_MENTEE") == (date(2027, 1, 18), date(2027, 2, 22))


def test_the_end_is_asked_after_the_final_meeting_and_of_a_pair_that_was_completed() -> None:
    final = {"concluded_on": date(2027, 1, 5)}
    assert days_of("POST_UCH_UCH_MENTEE", **final) == (date(2027, 1, 5), date(2027, 1, 26))
    done = date(2027, 1, 10)
    found = asked(done, **(WORKING | final | {"step": Step.DONE}))
    assert found == [("POST_UCH_UCH_MENTEE", Who.MENTEE)]


def test_an_offered_pair_is_asked_before_it_begins_and_nothing_else() -> None:
    assert asked(date(2026, 9, 21), step=Step.OFFERED) == MENTEE_BEFORE
    assert asked(date(2026, 12, 5), step=Step.OFFERED) == []


def pulses(silent: Callable[[date], bool] = lambda day: False, every: int = 30) -> dict[date, list[date]]:
    """By the day it stands for: the days on which the pulse is asked, of a pair at work from 1 October."""
    found: dict[date, list[date]] = {}
    for n in range(130):
        on = date(2026, 10, 1) + timedelta(days=n)
        rules = PollRules(pulse_days=every)
        for one in due(place(**WORKING), on, YEAR, rules, silent):
            if one.code == "PULSE":
                assert one.since is not None
                assert one.round(YEAR) == f"2026-2027/p{one.since:%Y%m%d}"
                found.setdefault(one.since, []).append(on)
    return found


def test_the_pulse_comes_on_the_thirtieth_day_and_every_thirty_days() -> None:
    found = pulses()
    assert list(found) == [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 29)]
    assert {(days[-1] - days[0]).days for days in list(found.values())[:3]} == {10}
    assert len(pulses(every=14)) == 9


def test_a_pulse_waits_for_holidays_to_end_and_gives_way_to_the_next_one() -> None:
    def autumn(day: date) -> bool:
        return date(2026, 10, 26) <= day <= date(2026, 11, 3)

    def winter(day: date) -> bool:
        return date(2026, 11, 28) <= day <= date(2027, 1, 10)

    assert pulses(autumn)[date(2026, 10, 31)][0] == date(2026, 11, 4)
    found = pulses(winter)
    assert date(2026, 11, 30) not in found
    assert found[date(2026, 12, 30)][0] == date(2027, 1, 11)
    assert not any(winter(day) for days in found.values() for day in days)


def test_after_a_pause_the_pulse_is_counted_anew() -> None:
    since = pulse_now(date(2026, 12, 1), date(2026, 12, 31), 30)
    assert since is not None
    assert since.day == date(2026, 12, 31)
    assert pulse_now(date(2026, 12, 1), date(2026, 12, 30), 30) is None


@pytest.mark.parametrize(("code", "switch"), SWITCHES.items())
def test_every_rule_can_be_switched_off(code: str, switch: str) -> None:
    everything = [date(2026, 9, 1) + timedelta(days=n) for n in range(280)]

    def codes(rules: PollRules) -> set[str]:
        places = [
            place(**(WORKING | {"at_work": at_work, "category": Category.PUPIL, "ends_on": None}))
            for at_work in (False, True)
        ]
        places += [
            place(
                **(WORKING | {"side": Side.MENTOR, "leads_pupil": True, "born": None, "category": category})
            )
            for category in (Category.EMPLOYER, Category.TEACHER)
        ]
        return {one.code for on in everything for where in places for one in due(where, on, YEAR, rules)}

    def named(found: set[str]) -> bool:
        return any(one == code or (code.endswith("_") and one.startswith(code)) for one in found)

    assert named(codes(PollRules()))
    assert not named(codes(PollRules(**{switch: False})))


def test_switches_are_read_back_and_unknown_ones_left_alone() -> None:
    rules = PollRules(pulse=False, pulse_days=45)
    assert PollRules.read(rules.to_json() | {"later": 1}) == rules
    assert PollRules.read({}) == PollRules()
