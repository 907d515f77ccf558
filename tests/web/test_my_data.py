"""The person's own data as a file: by a signed link, for a day, to the person and the confirmed guardian."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from actions import my_data
from actions.care import ask_for_help
from actions.links import Links
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.roles import Side
from tests.actions import pool
from tests.web.conftest import HOST, Pages

SAID = {"INT_ME_P.1": "Хочу понять дроби"}


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_the_archive_holds_what_is_known_in_three_forms(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, phone="+79001112233", said=SAID)
    await ask_for_help(work, place.person_id, "Не получается", urgent=False)

    files = opened(my_data.archive(await my_data.known(work, place.person_id, place.person_id), Texts("ru")))

    assert set(files) == {"data.json", "data.html", "data.xlsx"}
    told = json.loads(files["data.json"])
    assert {"person", "consents", "questionnaires", "requests"} <= set(told)
    for words in ("Котова", "+79001112233", "Хочу понять дроби", "Не получается"):
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
        given = await browser.post(path)
        assert given.headers["content-type"] == "application/zip"
        assert set(opened(given.content)) == {"data.json", "data.html", "data.xlsx"}
        assert (await browser.get("/my-data/forged")).status_code == 404
