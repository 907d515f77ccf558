"""Announced pairs as the curator sees them: calling off, answers, wishes, changes, the queue, and who sees reasons."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import httpx2
import pytest
from lxml import html
from sqlalchemy import update

from actions import acceptance, pair_requests, pairs
from actions.work import Work
from locales import Texts
from program.consents import ConsentEvent
from program.pair_life import STAFF_PAUSES, Wish
from program.roles import Side, StaffRole
from program.states import PairStatus
from program.text import Text
from storage.database import Database
from storage.tables import OutboxRow, Pair, PairAnswer, PairRequest, Person, School
from tests.actions.pool import agree, begun, join
from tests.admin.conftest import Browsers, Clock
from tests.conftest import rows

SECRET = "Он смеётся надо мной"
REASON = "сменились интересы"


@dataclass
class Desk:
    """A school with an approved pair, a curator, and what happened in the chats."""

    browsers: Browsers
    curator: httpx2.AsyncClient
    database: Database
    clock: Clock
    pair: int
    mentor: int
    mentee: int

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as session:
            school = await session.get(School, self.browsers.school.id)
            assert school is not None
            yield Work(session, school, self.clock.now, f"person:{self.mentee}")

    async def reads(self, path: str, browser: httpx2.AsyncClient | None = None) -> str:
        page = await (browser or self.curator).get(path)
        assert page.status_code == 200, (path, page.status_code)
        return page.text

    async def does(self, path: str, **form: object) -> str:
        """Presses, and reads the page after it."""
        answer = await self.curator.post(path, data=form)
        assert answer.status_code == 303, (path, answer.text)
        return await self.reads(answer.headers["location"].partition("#")[0])

    async def status(self) -> PairStatus:
        (pair,) = await rows(self.database, Pair, id=self.pair)
        assert isinstance(pair, Pair)
        return PairStatus(pair.status)

    async def waits(self, days: int) -> None:
        self.clock.forward(timedelta(days=days))
        self.curator = await self.browsers.of()  # a session does not last so long

    async def begin(self) -> None:
        async with self.work() as work:
            await begun(work, self.pair)


@pytest.fixture
async def desk(browsers: Browsers, database: Database, clock: Clock, curator: httpx2.AsyncClient) -> Desk:
    made = Desk(browsers, curator, database, clock, 0, 0, 0)
    async with made.work() as work:
        mentee = await join(work, Side.MENTEE, "Аня", "Котова")
        mentor = await join(work, Side.MENTOR, "Пётр", "Лебедев", phone="+79000000001")
        pair = await pairs.choose(work, mentee.id, mentor.id)
        made.pair, made.mentor, made.mentee = pair.id, mentor.person_id, mentee.person_id
    return made


async def test_an_announcement_is_called_off_from_the_page_that_made_it(desk: Desk) -> None:
    shown = await desk.reads("/announce")
    assert "Сообщения уйдут через 10 минут" in shown
    after = await desk.does("/announce", pair=[desk.pair])
    assert await desk.status() is PairStatus.OFFERED
    assert "Объявлено: ещё можно отменить" in after
    assert "Ближайшее сообщение уйдёт: 15 сентября, 12:10" in after

    again = await desk.does("/announce/recall", pair=[desk.pair])

    assert await desk.status() is PairStatus.APPROVED
    assert "Сообщений не будет" in again
    late = await desk.curator.post("/announce/recall", data={"pair": [desk.pair]})
    assert late.status_code == 409


async def test_the_rules_of_announcing_are_the_schools(desk: Desk) -> None:
    wrong = await desk.curator.post("/announce/rules", data={"announce_delay": "x", "answer_days": "3"})
    assert wrong.status_code == 422
    await desk.does("/announce/rules", announce_delay="0", acceptance="no", answer_days="5")
    await desk.does("/announce", pair=[desk.pair])
    assert await desk.status() is PairStatus.ACTIVE


async def test_silence_becomes_a_task_that_ends_by_a_spoken_word_or_a_start(desk: Desk) -> None:
    await desk.does("/announce", pair=[desk.pair])
    assert "на согласование не ответили" not in await desk.reads("/")
    await desk.waits(4)
    today = await desk.reads("/")
    assert "на согласование не ответили" in today
    assert 'href="/pairs?show=offered"' in today
    listed = await desk.reads("/pairs?show=offered")
    assert "tel:+79000000001" in listed
    card = await desk.reads(f"/pairs/{desk.pair}")
    assert "Начать работу пары" in card
    answers = {one.person_id: one.id for one in await rows(desk.database, PairAnswer)}  # type: ignore[attr-defined]

    after = await desk.does(f"/pairs/{desk.pair}/answers/{answers[desk.mentor]}", answer="yes")
    assert "записано со слов" in after
    await desk.does(f"/pairs/{desk.pair}/start")
    assert await desk.status() is PairStatus.ACTIVE


async def test_the_reason_of_a_no_is_read_by_the_curator_alone(desk: Desk) -> None:
    await desk.does("/announce", pair=[desk.pair])
    async with desk.work() as work:
        await acceptance.decline(work, desk.mentee, desk.pair, "other", SECRET)
    assert "Пары, которые не подошли" in await desk.reads("/")
    assert SECRET in await desk.reads(f"/pairs/{desk.pair}")
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    for path in (f"/pairs/{desk.pair}", "/pairs?show=declined", f"/people/{desk.mentee}"):
        shown = await desk.reads(path, director)
        assert SECRET not in shown
        assert ">другое" not in shown


async def test_a_pair_that_nobody_answered_is_dissolved_with_a_reason(desk: Desk) -> None:
    await desk.does("/announce", pair=[desk.pair])
    after = await desk.does(f"/pairs/{desk.pair}/dissolve", reason="silent")
    assert "ответа не дождались" in after
    assert await desk.status() is PairStatus.REJECTED
    odd = await desk.curator.post(f"/pairs/{desk.pair}/dissolve", data={"reason": "silent"})
    assert odd.status_code == 409


async def test_a_wish_is_listed_granted_and_stays_in_the_history(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        await pair_requests.ask(work, desk.mentee, desk.pair, Wish.REPLACE, "interests", SECRET)
    (wish,) = await rows(desk.database, PairRequest)
    assert isinstance(wish, PairRequest)
    assert "Просьбы о паузе, замене или сроке" in await desk.reads("/")
    listed = await desk.reads("/pairs?show=asked")
    assert SECRET in listed
    assert REASON in listed

    card = await desk.does(f"/pairs/wishes/{wish.id}/grant")

    assert await desk.status() is PairStatus.REPLACED
    history = card[card.index("История пары") :]
    for words in ("замена наставника", REASON, "пара объявлена", "пара начала работать", "просьба участника"):
        assert words in history, words
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    assert REASON not in await desk.reads(f"/pairs/{desk.pair}", director)
    assert f'href="/pairs/{desk.pair}"' in await desk.reads(f"/people/{desk.mentee}", director)


async def test_why_a_pair_is_on_pause_and_whose_wish_it_was_is_read_by_the_curator_alone(desk: Desk) -> None:
    await desk.begin()
    words = {code: Texts("ru")(Text(f"pairs-because-{code}")) for code in STAFF_PAUSES}
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    paths = (f"/pairs/{desk.pair}", "/pairs", "/pairs?show=paused", f"/people/{desk.mentee}", "/journal", "/")
    for code in STAFF_PAUSES:
        card = await desk.does(
            f"/pairs/{desk.pair}/pause", reason=code, until=f"{desk.clock.now + timedelta(days=9):%Y-%m-%d}"
        )
        assert f"Пауза: {words[code]}" in re.sub(r"\s+", " ", card)
        for path in paths:
            read = re.sub(r"\s+", " ", await desk.reads(path, director))
            assert "Пауза:" not in read, path
            assert f">{words[code]}" not in read, (path, code)
            assert f'"{code}"' not in read, (path, code)
        assert "на паузе" in (await desk.reads(f"/pairs/{desk.pair}", director)).lower()
        await desk.does(f"/pairs/{desk.pair}/resume")


async def test_a_pause_a_substitute_and_another_end_are_a_form_each(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        other = (await join(work, Side.MENTOR, "Вера", "Осина")).id
    until = (desk.clock.now + timedelta(days=7)).date().isoformat()
    paused = await desk.does(f"/pairs/{desk.pair}/pause", reason="illness", until=until)
    assert "самочувствие" in paused
    await desk.waits(9)
    assert "Паузы, срок которых вышел" in await desk.reads("/")
    await desk.does(f"/pairs/{desk.pair}/resume")
    until = (desk.clock.now + timedelta(days=7)).date().isoformat()
    assert "Осина Вера" in await desk.reads(f"/pairs/{desk.pair}")
    assert "Замещает Осина Вера" in await desk.does(
        f"/pairs/{desk.pair}/substitute", place=other, until=until
    )
    await desk.does(f"/pairs/{desk.pair}/substitute/end")

    one_side = await desk.curator.post(
        f"/pairs/{desk.pair}/term", data={"until": "2027-06-20", "agreed": ["mentor"]}
    )
    assert one_side.status_code == 422
    assert '<a class="bad" href="#term-agreed">' in one_side.text
    longer = await desk.does(f"/pairs/{desk.pair}/term", until="2027-06-20", agreed=["mentor", "mentee"])
    assert "продлена" in longer
    closed = await desk.does(f"/pairs/{desk.pair}/close", status="completed", reason="goals", result="Вышло")
    assert "цель достигнута" in closed
    again = re.search(r'action="(/pairs/\d+/members/\d+/again)"', closed)
    assert again
    await desk.does(again[1])


async def test_what_a_small_form_of_the_card_refuses_comes_back_in_it(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        other = (await join(work, Side.MENTOR, "Вера", "Осина")).id
    today = f"{desk.clock.now:%Y-%m-%d}"
    for form, sent, field in (
        ("pause", {"reason": "moving", "until": "завтра"}, "until"),
        ("substitute", {"place": str(other), "until": today}, "until"),
        ("term", {"until": "2030-01-01", "agreed": ["mentor", "mentee"]}, "until"),
        ("close", {"reason": "zz", "status": "stopped", "result": "Сделали макет"}, "reason"),
        ("close", {"reason": "", "status": "stopped", "result": "Сделали макет"}, "reason"),
        ("close", {"reason": "goals", "status": "", "result": "Сделали макет"}, "status"),
        ("replace", {"reason": "", "by": "guardian"}, "reason"),
        ("pause", {"reason": "", "until": today}, "reason"),
    ):
        answer = await desk.curator.post(f"/pairs/{desk.pair}/{form}", data=sent)
        assert answer.status_code == 422, (form, sent)
        tree = html.fromstring(answer.text)
        assert tree.findtext("head/title").startswith("Ошибка:")
        assert f"#{form}-{field}" in tree.xpath("//*[@role='alert']//a/@href")
        box = tree.get_element_by_id(f"{form}-{field}")
        assert box.get("aria-invalid") == "true"
        (around,) = box.iterancestors("details")
        assert "open" in around.attrib
        kept = around.find("form").fields
        chosen = {box.get("value") for box in around.iter("input") if "checked" in box.attrib}
        assert set(sent.get("agreed", ())) == chosen
        for name, value in sent.items():
            if name != "agreed" and value != "zz":
                assert kept[name] == value, (form, name)
    assert await desk.status() is PairStatus.ACTIVE
    # Somebody was quicker, and the form is not on the card any more.
    await desk.does(f"/pairs/{desk.pair}/pause", reason="moving")
    late = await desk.curator.post(f"/pairs/{desk.pair}/pause", data={"reason": "moving"})
    assert late.status_code == 409


async def test_the_card_of_a_pair_opens_where_nobody_knows_since_when_it_works(desk: Desk) -> None:
    await desk.begin()
    assert "Изменить срок" in await desk.reads(f"/pairs/{desk.pair}")
    async with desk.database.transaction() as session:
        await session.execute(update(Pair).values(starts_on=None))
    page = await desk.reads(f"/pairs/{desk.pair}")
    assert "Лебедев" in page
    assert "Изменить срок" not in page, "a term needs its first day"


async def test_the_queue_shows_who_waits_and_lets_offer_something(desk: Desk) -> None:
    async with desk.work() as work:
        alone = await join(work, Side.MENTEE, "Юля", "Снегирёва")
        alone.enrolled_at = desk.clock.now - timedelta(days=20)
        key = alone.id
    await desk.does("/matching/suggest", form="uch_uch")
    assert "Ждут пару больше двух недель" in await desk.reads("/")
    shown = await desk.reads("/queue")
    assert "Снегирёва Юля" in shown
    assert "20 дней" in shown
    assert "Предложение отправится" in await desk.does(f"/queue/{key}/offer", what="flash")
    await desk.does(f"/queue/{key}/support", support="wanted")
    psychologist = await desk.browsers.of(StaffRole.PSYCHOLOGIST)
    assert 'value="wanted" selected' in await desk.reads("/queue", psychologist)


async def test_ticked_pairs_are_announced_after_a_look_at_every_word(desk: Desk) -> None:
    async with desk.work() as work:
        lonely = await join(work, Side.MENTEE, "Юля", "Тихая")
        other = await join(work, Side.MENTOR, "Глеб", "Сухов")
        second = await pairs.choose(work, lonely.id, other.id)
        await agree(work, await work.session.get_one(Person, lonely.person_id), event=ConsentEvent.WITHDRAWN)
        second_id, person = second.id, lonely.person_id
    listed = await desk.reads("/pairs?show=approved")
    assert f'name="pairs" value="{desk.pair}"' in listed
    assert '<option value="announce">' in listed
    for form in ({"pairs": [desk.pair, second_id]}, {"all": "yes", "query": "show=approved"}):
        asked = await desk.curator.post("/pairs/changes", data={"verb": "announce"} | form)
        page = unescape(asked.text)
        assert await desk.status() is PairStatus.APPROVED, "nothing is sent before the second press"
        assert "Пар: 1. Сообщений уйдёт: 2." in page
        assert "Одобрены, но объявить пока нельзя" in page
        assert f'href="/people/{person}"' in page
        assert re.findall(r'name="pair" value="(\d+)"', page) == [str(desk.pair)]
    await desk.does("/announce", pair=[desk.pair])
    late = unescape(
        (await desk.curator.post("/pairs/changes", data={"verb": "announce", "pairs": [desk.pair]})).text
    )
    assert "Ещё 1 пара из отмеченных уже объявлена" in late
    nothing = await desk.curator.post("/pairs/changes", data={"verb": "announce"})
    assert nothing.status_code == 409
    assert "Ни одна пара не отмечена" in nothing.text


async def test_many_pairs_end_at_once_after_the_page_has_said_what_is_sent(
    desk: Desk, other_school: School
) -> None:
    async with desk.work() as work:
        free = await join(work, Side.MENTEE, "Юля", "Тихая", reachable=False)
        other = await join(work, Side.MENTOR, "Глеб", "Сухов")
        second = (await pairs.choose(work, free.id, other.id)).id
    await desk.begin()
    both = {"verb": "close", "pairs": [desk.pair, second]}
    page = unescape((await desk.curator.post("/pairs/changes", data=both)).text)
    for words in (
        "Коснётся 1 пары", "Котова Аня – Лебедев Пётр", "сообщение получат 2 человека",
        "работа в паре закончена", "Отменить это нельзя", "Останется как есть: 1 пара", "пара не в работе",
        "Завершить 1 пару",
    ):  # fmt: skip
        assert words in page, words
    wrong = await desk.curator.post("/pairs/changes/do", data={"ids": f"{desk.pair}", "result": "Успели"})
    assert wrong.status_code == 422
    for words in (
        "<title>Ошибка:",
        "Выберите, как завершаются пары",
        "Выберите причину",
        ">Успели</textarea>",
    ):
        assert words in wrong.text, words
    stranger = await desk.browsers.of(StaffRole.CURATOR, other_school)
    foreign = {"ids": str(desk.pair), "status": "completed", "reason": "goals"}
    for path, form in (
        ("/pairs/changes/do", foreign),
        ("/pairs/changes", both),
        ("/pairs/changes", both | {"verb": "announce"}),
    ):
        answer = await stranger.post(path, data=form)
        assert "Котова" not in answer.text, (path, form)
    assert await desk.status() is PairStatus.ACTIVE
    ids = {"ids": f"{desk.pair},{second}", "status": "completed", "reason": "goals", "result": "Успели"}
    after = await desk.does("/pairs/changes/do", **ids)
    assert "Пары завершены, кроме тех, что уже не в работе." in after
    assert "Котова" in after
    assert await desk.status() is PairStatus.COMPLETED
    (pair,) = await rows(desk.database, Pair, id=desk.pair)
    assert (pair.result, pair.end_reason) == ("Успели", "goals")  # type: ignore[attr-defined]
    told = [one for one in await rows(desk.database, OutboxRow) if one.key.startswith("pair-closed:")]  # type: ignore[attr-defined]
    assert len(told) == 2
    again = await desk.curator.post("/pairs/changes/do", data=ids)
    assert again.status_code == 409
    director = await desk.browsers.of(StaffRole.DIRECTOR)
    assert 'form="bulk"' not in await desk.reads("/pairs", director)
    assert (await director.post("/pairs/changes", data=both)).status_code == 403
