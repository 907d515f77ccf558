"""The person's own data as a file: by a signed link, for a day, to the person and the confirmed guardian."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from actions import mentor_wishes, my_data
from actions.care import ask_for_help
from actions.links import Links
from actions.tell import tell
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.outgoing import say
from program.roles import Side
from program.selection import Decision, Setting
from program.states import RequestState
from program.text import Text
from storage.tables import Answer, Interview, OutboxRow, PairAnswer, PairRequest, Response, SelectionMark
from tests import build
from tests.actions import pool
from tests.web.conftest import HOST, Pages

SAID = {"INT_ME_P.1": "Хочу понять дроби"}


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_the_archive_holds_what_is_known_in_three_forms(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, phone="+79001112233", said=SAID)
    await mentor_wishes.note(work, place.person_id, "female", True)
    await ask_for_help(work, place.person_id, "Не получается", urgent=False)

    files = opened(my_data.archive(await my_data.known(work, place.person_id, place.person_id), Texts("ru")))

    assert set(files) == {"data.json", "data.html", "data.xlsx"}
    told = json.loads(files["data.json"])
    assert {"person", "consents", "questionnaires", "requests"} <= set(told)
    for words in ("Котова", "+79001112233", "Хочу понять дроби", "Не получается", "того же пола"):
        assert words in files["data.html"].decode()


async def test_a_guardian_sees_that_a_questionnaire_is_filled_in_but_not_the_answers(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, said=SAID)
    await ask_for_help(work, place.person_id, "Не получается", urgent=False)
    mother = await pool.guardian(work, place.person_id)

    told = (opened(my_data.archive(await my_data.known(work, mother.id, place.person_id), Texts("ru"))))[
        "data.html"
    ].decode()

    assert "заполнена" in told
    assert "Хочу понять дроби" not in told
    assert "Не получается" not in told


async def test_nobody_else_gets_the_file(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE)
    stranger = await pool.join(work, Side.MENTOR, "Олег", "Ветров")
    unconfirmed = await pool.guardian(work, place.person_id, confirmed=False)
    for reader in (stranger.person_id, unconfirmed.id):
        with pytest.raises(Refusal):
            await my_data.known(work, reader, place.person_id)


async def test_the_link_is_signed_and_ends(work: Work) -> None:
    links = Links("https://example.ru", "secret")
    url = links.resolve(f"page:my-data:7:{int((work.now + timedelta(days=1)).timestamp())}", 5)
    token = url.rsplit("/", 1)[1]
    found = links.my_data_of(token, work.now)
    assert found is not None
    assert found[:2] == (5, 7)
    assert links.my_data_of(token, work.now + timedelta(days=1)) is None
    assert links.my_data_of(token + "x", work.now) is None


async def test_the_page_gives_the_file_for_a_press_only(pages: Pages) -> None:
    person = await pages.person()
    expires = int((pages.now + timedelta(days=1)).timestamp())
    path = pages.links.my_data(person.id, person.id, expires).removeprefix(pages.links.public_url)
    async with pages.browser(origin=HOST) as browser:
        looked = await browser.get(path)
        assert looked.status_code == 200
        assert "Скачать архив" in looked.text
        assert re.search(r"работает до \d+ сентября, \d\d:\d\d и только", looked.text)
        given = await browser.post(path)
        assert given.headers["content-type"] == "application/zip"
        assert set(opened(given.content)) == {"data.json", "data.html", "data.xlsx"}
        assert (await browser.get("/my-data/forged")).status_code == 404


async def test_selection_training_wishes_and_messages_are_in_the_file(work: Work) -> None:
    place = await pool.join(work, Side.MENTOR, said={})
    other = await pool.join(work, Side.MENTEE, "Юля", "Снегирёва", said={})
    person, session, school = place.person, work.session, work.school.id
    pair = build.pair(place, other)
    session.add(pair)
    await session.flush()
    common: dict[str, Any] = {"school_id": school, "person_id": person.id}
    session.add_all(
        [
            SelectionMark(**common, item="training:role", done_on=date(2026, 9, 2), entered_at=work.now),
            SelectionMark(**common, item="outside_check", done_on=date(2026, 9, 3), entered_at=work.now),
            Interview(
                **common, held_on=date(2026, 9, 4), setting=Setting.PERSON, marks={"listening": 3},
                notes="Тайная заметка", risk="Тайный риск", decision=Decision.ADMIT, entered_at=work.now,
            ),
            PairAnswer(
                **common, pair_id=pair.id, about_id=person.id, side=Side.MENTOR, answer="no", reason="busy",
                words="Много уроков", answered_at=work.now,
            ),
            PairRequest(
                **common, pair_id=pair.id, side=Side.MENTOR, kind="pause", words="Уезжаю на месяц",
                state=RequestState.NEW, at=work.now,
            ),
        ]
    )  # fmt: skip
    await tell(work, person, say(Text("join-in-base")), key="sent")
    await tell(work, person, say(Text("menu-pair")), key="never sent")
    await session.execute(update(OutboxRow).where(OutboxRow.key == "sent").values(sent_at=work.now))
    await session.execute(update(Response).where(Response.person_id == person.id).values(method="paper"))
    await session.flush()

    files = opened(my_data.archive(await my_data.known(work, person.id, person.id), Texts("ru")))

    told, page = json.loads(files["data.json"]), files["data.html"].decode()
    assert {"training", "selection", "asked", "messages", "left-out"} <= set(told)
    assert [row[1] for row in told["training"]] == ["02.09.2026", "03.09.2026"]
    assert told["selection"] == [["Собеседование 04.09.2026", "допуск"], ["– Умение слушать", "3"]]
    for words in ("Много уроков", "Уезжаю на месяц", "с бумаги", "152-ФЗ"):
        assert words in page
    assert len(told["messages"]) == 1
    assert "Тайн" not in page, "what the staff noted in confidence holds data of others"


async def test_a_guardian_gets_no_words_of_the_child_in_the_new_parts_either(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE)
    mother = await pool.guardian(work, place.person_id)
    await tell(work, place.person, say(Text("join-in-base")), key="sent")
    await work.session.execute(update(OutboxRow).values(sent_at=work.now))
    codes = {one.code for one in (await my_data.known(work, mother.id, place.person_id)).sections}
    assert not codes & {"messages", "asked", "selection", "requests"}
    assert "left-out" in codes


async def test_answers_whose_questionnaire_has_lost_its_question_or_its_version_are_in_the_file(
    work: Work,
) -> None:
    person_id = (await pool.join(work, Side.MENTEE, said=SAID)).person_id
    response = (await work.session.scalars(select(Response))).one()
    common: dict[str, Any] = {"school_id": work.school.id, "response_id": response.id}
    work.session.add_all(
        [Answer(**common, question="INT_ME_P.90", words="Давно отвечено"), Answer(**common, question="INT_ME_P.91", choices=["old"])]
    )  # fmt: skip
    await work.session.flush()

    async def told() -> list[list[str]]:
        work.session.expire_all()
        await work.session.refresh(work.school)
        what = await my_data.known(work, person_id, person_id)
        return json.loads(opened(my_data.archive(what, Texts("ru")))["data.json"])["questionnaires"]

    assert {("– INT_ME_P.90", "Давно отвечено"), ("– INT_ME_P.91", "old")} <= set(map(tuple, await told()))
    await work.session.execute(update(Response).values(version=77))
    assert ["– INT_ME_P.1", "Хочу понять дроби"] in await told()
