"""Whoever has answered all questions hears what comes next: of a mentor the curator's word, then a pair."""

from __future__ import annotations

import pytest

from actions import enrolment
from actions.work import Work
from locales import Texts
from program.roles import Side
from program.text import Text
from tests.actions.pool import join


@pytest.mark.parametrize(
    ("side", "admitted", "waits"),
    [(Side.MENTOR, False, True), (Side.MENTOR, True, False), (Side.MENTEE, False, False)],
)
async def test_a_mentor_who_is_not_admitted_yet_is_not_promised_a_pair_at_once(
    work: Work, side: Side, admitted: bool, waits: bool
) -> None:
    place = await join(work, side)
    place.admitted, place.enrolled_at = admitted, work.now
    await work.session.flush()
    assert (await enrolment.intake_facts(work, place.person_id))["to_admit"] is waits


def test_what_comes_next_is_said_in_both_ways_of_speaking() -> None:
    soon, first = Text("join-complete", {"admit": "no"}), Text("join-complete", {"admit": "yes"})
    assert Texts("ru")(soon) == "Готово! Теперь куратор подберёт пару. Сообщение придёт сюда."
    assert "поговорит с тобой" in Texts("ru", familiar=True)(first)
    assert "поговорит с вами" in Texts("ru")(first)
