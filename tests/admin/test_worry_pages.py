"""«Парам нужно внимание» as the curator and others of the staff see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from lxml import html

from actions import early_warning
from actions.care import ask_for_help
from admin.pages import worries
from program.early_warning import Sign
from program.roles import StaffRole
from program.states import PairStatus, RequestState
from storage.tables import OutboxRow, PairWorry
from tests.admin.test_pair_pages import Desk, desk
from tests.conftest import rows
from tests.pairs import couple

__all__ = ["desk"]


async def silent_for(desk: Desk, days: int) -> PairWorry:
    await desk.begin()
    await desk.waits(days)
    async with desk.work() as work:
        await early_warning.follow(work)
    (row,) = await rows(desk.database, PairWorry)
    assert isinstance(row, PairWorry)
    return row


async def test_a_pair_that_never_met_is_on_the_first_page_with_its_reason_and_ready_letters(
    desk: Desk,
) -> None:
    row = await silent_for(desk, 22)
    assert "Парам нужно внимание" in await desk.reads("/")
    listed = await desk.reads("/worries")
    assert "Пара работает 22 дня и ещё не встречалась" in listed
    assert "присмотреться" in await desk.reads("/pairs")
    assert "ещё не встречалась" in await desk.reads(f"/pairs/{desk.pair}")
    words = "Пётр, привет! Когда удобно встретиться?"
    after = await desk.does(f"/worries/{row.id}/write", to=desk.mentor, words=words)
    assert "Сообщение поставлено в очередь" in after
    (letter,) = [one for one in await rows(desk.database, OutboxRow) if one.key.startswith("letter:")]  # type: ignore[attr-defined]
    assert words in str(letter.body)  # type: ignore[attr-defined]
    again = await desk.does(f"/worries/{row.id}/write", to=desk.mentor, words=words)
    assert "Сообщение не ушло" in again


async def test_a_long_list_is_turned_page_by_page_and_a_press_stays_on_its_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await silent_for(desk, 22)
    async with desk.work() as work:
        begun = work.today - timedelta(days=22)
        for _ in range(2):
            await couple(work.session, work.school, status=PairStatus.ACTIVE, starts_on=begun)
        await early_warning.follow(work)
    monkeypatch.setattr(worries, "PAGE", 2)
    first, second = [await desk.reads(f"/worries?page={page}") for page in ("x", 9)]
    assert [one.count('<section class="sheet prose"') for one in (first, second)] == [2, 1]
    assert all("внимание (3)" in one for one in (first, second))
    assert 'href="?page=2"' in first
    taken = await desk.curator.post(f"/worries/{row.id}/take?page=2")
    assert taken.headers["location"].startswith("/worries?page=2&done=")


async def test_a_pair_that_needs_somebody_stands_above_one_that_is_fine(desk: Desk) -> None:
    async with desk.work() as work:
        begun = work.today + timedelta(days=20)
        fine = await couple(work.session, work.school, status=PairStatus.ACTIVE, starts_on=begun, score=99)
    row = await silent_for(desk, 22)
    page = await desk.reads("/pairs")
    assert page.index(f"/pairs/{row.pair_id}") < page.index(f"/pairs/{fine.pair}")


async def test_a_letter_reaches_only_people_of_that_pair(desk: Desk) -> None:
    row = await silent_for(desk, 22)
    for stranger in (desk.mentee + 1000, "x", ""):
        answer = await desk.does(f"/worries/{row.id}/write", to=stranger, words="Здравствуйте!")
        assert "Сообщение не ушло" in answer
    assert not [one for one in await rows(desk.database, OutboxRow) if one.key.startswith("letter:")]  # type: ignore[attr-defined]


async def test_closing_asks_what_was_done_and_keeps_it_on_the_pairs_card(desk: Desk) -> None:
    row = await silent_for(desk, 22)
    odd = await desk.curator.post(f"/worries/{row.id}/close", data={"action": " "})
    assert odd.status_code == 409
    assert "что сделано" in odd.text
    await desk.does(f"/worries/{row.id}/take")
    assert "занимается" in await desk.reads("/worries")
    await desk.does(f"/worries/{row.id}/close", action="Поговорила с обоими")
    (closed,) = await rows(desk.database, PairWorry)
    assert closed.state == RequestState.CLOSED  # type: ignore[attr-defined]
    assert "внимание сейчас не нужно ни одной паре" in await desk.reads("/worries")
    assert "Поговорила с обоими" in await desk.reads(f"/pairs/{desk.pair}")


async def test_the_director_reads_reasons_but_not_that_a_child_asked_for_help(desk: Desk) -> None:
    await silent_for(desk, 22)
    async with desk.work() as work:
        await ask_for_help(work, desk.mentee, "", urgent=True)
        await early_warning.follow(work)
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    read = await desk.reads("/worries", director)
    assert "ещё не встречалась" in read
    assert "просит о помощи" not in read
    assert not re.search(r"<form[^>]*/worries/", read)
    assert "просит о помощи" in await desk.reads("/worries")
    assert "просит о помощи" not in await desk.reads(f"/pairs/{desk.pair}", director)


async def test_who_asks_for_a_talk_is_named_to_those_who_help_and_answered_alone(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        values = {"state": RequestState.NEW, "found_at": work.now, "since": work.today, "light": 2}
        for sign in ("talk", "not-on"):
            row = PairWorry(
                school_id=work.school.id, pair_id=desk.pair, sign=sign, key="1", args={"person": desk.mentee}, **values
            )  # fmt: skip
            work.session.add(row)
    page = await desk.reads("/worries")
    assert "Просит разговора с куратором" in page
    assert page.count("кто ответил") == 2
    assert f'name="to" value="{desk.mentee}"' in page
    assert f'name="to" value="{desk.mentor}"' not in page
    director = await desk.reads("/worries", await desk.browsers.of(StaffRole.DIRECTOR))
    assert "не хочет продолжать" in director
    assert "Просит разговора" not in director
    assert "кто ответил" not in director


async def test_the_days_after_which_a_light_goes_on_are_the_schools(desk: Desk) -> None:
    odd = await desk.curator.post(
        "/worries/rules", data={"warn_after": "30", "alert_after": "20", "answer_after": "5"}
    )
    assert odd.status_code == 422
    assert "больше первого" in odd.text
    await desk.does("/worries/rules", warn_after="10", alert_after="14", answer_after="3")
    await desk.begin()
    desk.clock.forward(timedelta(days=15))
    async with desk.work() as work:
        await early_warning.follow(work)
    (row,) = await rows(desk.database, PairWorry)
    assert row.light == 2  # type: ignore[attr-defined]


async def test_an_open_call_is_decided_on_its_own_card_and_only_mentioned_here(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        call = (await ask_for_help(work, desk.mentee, "", urgent=True)).id
        await early_warning.follow(work)
    (row,) = await rows(desk.database, PairWorry)
    today = await desk.reads("/")
    heads = re.findall(r'<th scope="row".*?</th>', today, re.S)
    assert [one for one in heads if "Просьбы о помощи" in one]
    assert not [one for one in heads if "Парам нужно внимание" in one], "one decision, not two"
    page = await desk.reads("/worries")
    assert f"/help#request-{call}" in page
    assert not re.search(r"<form[^>]*/worries/\d+/", page)
    for what in ("take", "close"):
        odd = await desk.curator.post(f"/worries/{row.id}/{what}", data={"action": "Поговорила"})  # type: ignore[attr-defined]
        assert odd.status_code == 409
    await desk.does(f"/help/{call}/close", action="Поговорила")
    assert "внимание сейчас не нужно ни одной паре" in await desk.reads("/worries"), (
        "it has passed with the call"
    )


async def test_what_both_sides_say_of_a_pair_stands_on_one_card_with_one_decision(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        values = {"state": RequestState.NEW, "found_at": work.now, "since": work.today, "light": 2}
        for sign, who in (("bad-mood", desk.mentee), ("psychologist", desk.mentor)):
            work.session.add(
                PairWorry(school_id=work.school.id, pair_id=desk.pair, sign=sign, key="1", args={"person": who}, **values)
            )  # fmt: skip
    page = await desk.reads("/worries")
    assert "Парам нужно внимание (1)" in page
    assert "наставляемому было плохо" in page
    assert "просит подключить психолога" in page
    assert len(re.findall(r'action="[^"]*/worries/\d+/close"', page)) == 1
    first, second = sorted(row.id for row in await rows(desk.database, PairWorry))  # type: ignore[attr-defined]
    await desk.does(f"/worries/{first}/take", also=[first, second])
    assert "занимается" in await desk.reads("/worries")
    await desk.does(f"/worries/{first}/close", also=[first, second], action="Поговорила с обоими")
    assert {row.action for row in await rows(desk.database, PairWorry)} == {"Поговорила с обоими"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("verb", "form"),
    [("replace", {"reason": "character"}), ("close", {"status": "completed", "reason": "goals"})],
)
async def test_a_pair_that_is_over_needs_nobody_from_that_moment_on(
    desk: Desk, verb: str, form: dict[str, str]
) -> None:
    await desk.begin()
    async with desk.work() as work:
        row = PairWorry(
            school_id=work.school.id, pair_id=desk.pair, sign=Sign.NEVER_MET, key="1", args={"days": 22}, light=2,
            state=RequestState.NEW, found_at=work.now, since=work.today,
        )  # fmt: skip
        work.session.add(row)
    assert "Парам нужно внимание (1)" in await desk.reads("/worries")
    assert "/worries" in waiting(await desk.reads("/"))

    card = await desk.does(f"/pairs/{desk.pair}/{verb}", **form)

    listed = await desk.reads("/worries")
    assert "внимание сейчас не нужно ни одной паре" in listed
    assert f"/pairs/{desk.pair}" not in listed
    assert "/worries" not in waiting(await desk.reads("/"))
    for page in (card, await desk.reads("/pairs?show=ended"), await desk.reads(f"/people/{desk.mentee}")):
        assert "нужно внимание</span>" not in page
    async with desk.work() as work:
        await early_warning.follow(work)
    (known,) = await rows(desk.database, PairWorry)
    assert known.state == RequestState.CLOSED  # type: ignore[attr-defined]


def waiting(today: str) -> str:
    """Addresses to which the work list of «Сегодня» leads."""
    return " ".join(html.fromstring(today).xpath("//table//th[@scope='row']//@href | //table//td//@href"))
