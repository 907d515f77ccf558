"""Who asked for help is read by those who answer it: not from the journal, a card or a number of «Сегодня»."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from actions import care, care_apart, early_warning, journal
from program.care import About
from program.journal_reading import CLOSED_GROUPS, OPEN_GROUPS, WORRY, Reach
from program.roles import StaffRole
from program.states import RequestState
from storage.tables import JournalEntry, PairWorry
from tests.admin.test_pair_pages import Desk, desk
from tests.conftest import rows

__all__ = ["desk"]

OUTSIDERS = (StaffRole.DIRECTOR, StaffRole.AUDITOR)
TOLD = (
    "help.",
    "care.",
    "relay.",
    "worry.",
    "просьба о помощи",
    "жалоба на сообщение",
    "заметк",
    "причина тревоги",
)


async def sign(desk: Desk, which: str) -> int:
    async with desk.work() as work:
        row = PairWorry(
            school_id=work.school.id, pair_id=desk.pair, sign=which, key="1", args={"person": desk.mentee, "days": 25},
            state=RequestState.NEW, found_at=work.now, since=work.today, light=2,
        )  # fmt: skip
        work.session.add(row)
        await work.session.flush()
        return row.id


async def calls_for_help(desk: Desk) -> None:
    """A pupil presses «Мне нужна помощь», wants a break, and the psychologist deals with it."""
    await desk.begin()
    async with desk.work() as work:
        number = await care.call(work, desk.mentee, About.MEETING)
        await care_apart.add(work, desk.mentee, number, "", apart=True)
        await journal.note(work, "relay.reported", f"relay:{desk.pair}", after={"message": 1})
        await journal.note(work.by("user:1"), "care.note", f"person:{desk.mentee}")
        await journal.note(work, "meeting.cancelled", "meeting:1")
    worry = await sign(desk, "talk")
    await desk.does(f"/worries/{worry}/take")
    await desk.does(f"/worries/{worry}/close", action="Поговорила")


def lines_of(page: str) -> list[str]:
    return [line for line in re.findall(r"<tr>.*?</tr>", page, re.S) if "<td" in line]


@pytest.mark.parametrize("role", OUTSIDERS)
async def test_neither_the_director_nor_the_auditor_reads_in_the_journal_who_asked_for_help(
    desk: Desk, role: StaffRole
) -> None:
    await calls_for_help(desk)
    reader = await desk.browsers.of(role)
    read = await desk.reads("/journal", reader)
    assert not [words for words in TOLD if any(words in line for line in lines_of(read))]
    for action in ("pair.paused", "meeting.cancelled"):
        (line,) = [one for one in lines_of(read) if action in one]
        assert "Котова" not in line
        assert ">участник<" in line
        assert '"reason"' not in line
    assert 'value="help"' not in read
    assert 'value="pair"' in read
    narrowed = await desk.reads("/journal?group=help", reader)
    assert "help." not in narrowed


async def test_the_curator_goes_on_reading_all_of_it(desk: Desk) -> None:
    await calls_for_help(desk)
    read = await desk.reads("/journal")
    assert 'value="help"' in read
    for action in ("help.asked", "help.added", "care.note", "relay.reported", "worry.taken", "worry.closed"):
        assert action in read
    (line,) = [one for one in lines_of(read) if "pair.paused" in one]
    assert "Котова" in line


async def test_the_histories_on_cards_keep_silent_in_the_same_way(desk: Desk) -> None:
    await calls_for_help(desk)
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    for path in (f"/pairs/{desk.pair}", f"/people/{desk.mentee}"):
        own = await desk.reads(path)
        read = await desk.reads(path, director)
        told = own.partition('id="h-history"')[2]
        left = read.partition('id="h-history"')[2]
        assert any(words in told for words in TOLD)
        assert left
        assert not [words for words in TOLD if words in left]
    (line,) = [
        one for one in lines_of(await desk.reads(f"/pairs/{desk.pair}", director)) if "на паузе" in one
    ]
    assert "Котова" not in line


async def test_the_sign_of_a_closed_worry_is_not_written_down_and_old_lines_that_name_it_stay_closed(
    desk: Desk,
) -> None:
    await calls_for_help(desk)
    open_one = await sign(desk, "no-meeting")
    await desk.does(f"/worries/{open_one}/take")
    noted = [one for one in await rows(desk.database, JournalEntry) if one.action.startswith("worry.")]  # type: ignore[attr-defined]
    assert [one.after for one in noted] == [{}, {}, {"sign": "no-meeting"}]  # type: ignore[attr-defined]
    async with desk.work() as work:
        await journal.note(work, "worry.taken", f"pair:{desk.pair}", after={"sign": "bad-mood"})
        await journal.note(
            work, "worry.rules", f"school:{work.school.id}", {"warn_after": 1}, {"warn_after": 2}
        )
        await journal.note(work, "unheard.of", f"person:{desk.mentee}")
    read = await desk.reads("/journal", await desk.browsers.of(StaffRole.DIRECTOR))
    assert read.count("worry.taken") == 1
    assert "no-meeting" in read
    assert "bad-mood" not in read
    assert "worry.rules" in read
    assert "unheard.of" not in read


async def counted(page: httpx2.Response) -> bool:
    assert page.status_code == 200
    return 'fw-normal">Парам нужно внимание<' in page.text


async def test_the_first_page_counts_only_worries_that_the_reader_may_read(desk: Desk) -> None:
    await sign(desk, "talk")
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    assert not await counted(await director.get("/"))
    assert await counted(await desk.curator.get("/"))
    await sign(desk, "no-meeting")
    assert await counted(await director.get("/"))


async def test_the_director_is_led_to_look_and_the_curator_to_decide(desk: Desk) -> None:
    await sign(desk, "no-meeting")
    for reader, way in (
        (desk.curator, "Разобрать"),
        (await desk.browsers.of(StaffRole.DIRECTOR), "Посмотреть"),
    ):
        (row,) = [
            one
            for one in lines_of((await reader.get("/")).text.replace("<tr>\n", "<tr>"))
            if "Парам нужно" in one
        ]
        assert way in row


def test_whose_wish_an_end_was_is_told_with_the_reason_or_not_at_all() -> None:
    said = {"status": "ended", "by": "mentee", "reason": "no-contact"}
    assert Reach(whole=True).values(said) == said
    assert Reach(whole=False).values(said) == {"status": "ended"}
    assert Reach(whole=False).values({"by": "hand"}) == {"by": "hand"}


def test_every_group_of_actions_that_has_words_is_said_to_be_open_or_closed() -> None:
    words = Path("locales/ru/admin.ftl").read_text(encoding="utf-8")
    groups = set(re.findall(r"^admin-act-([a-z]+)", words, re.M)) - {"other"}
    assert groups
    assert groups <= OPEN_GROUPS | CLOSED_GROUPS | {WORRY}
    assert not OPEN_GROUPS & (CLOSED_GROUPS | {WORRY})


@pytest.mark.parametrize("role", list(StaffRole))
def test_only_those_who_answer_calls_read_everything(role: StaffRole) -> None:
    may = role in (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST)
    assert early_warning.reach(role).whole is may
    assert early_warning.reach(role).reads_group("help") is may
