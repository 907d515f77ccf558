"""The demo's invented school holds together on whatever day it is opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import demo_school
from app.demo import DAYS_AGO
from program.ages import consenters, full_years

DAYS = [date(2026, 1, 9) + timedelta(days=61 * n) for n in range(6)]


@pytest.mark.parametrize("today", [*DAYS, date(2026, 11, 21)])
def test_nobodys_birthday_asks_for_another_consent_while_the_demo_opens(today: date) -> None:
    school = demo_school.plan(today)
    joined = today - timedelta(days=DAYS_AGO)
    soon = today + timedelta(days=7)
    outgrown = [
        line
        for line in school.pupils
        if line.born and consenters(full_years(line.born, joined)) != consenters(full_years(line.born, soon))
    ]
    assert outgrown == []
