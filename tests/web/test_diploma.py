"""A diploma is added on the school's own page, by those it concerns; the curator sees it, and it goes with the person."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import achievements, erasure, my_data
from actions.achievements import LONGEST_FILE, Won
from actions.work import Work
from bot.messenger import Heard, Incoming
from locales import Texts
from program.channels import Channel
from program.retention import Basis
from program.roles import Category
from program.states import PairStatus
from storage import schools
from storage.tables import Achievement, JournalEntry, Pair, PairMember, Person, StoredFile
from tests import build
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import Couple, couple, group, member
from tests.web.conftest import Pages, words
from tests.web.test_relay import png

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"


@pytest.fixture
async def ids(pages: Pages) -> Couple:
    async with pages.database.transaction() as session:
        return await couple(session, await session.merge(pages.school, load=False))


async def chemists(pages: Pages) -> tuple[int, int, int, int]:
    """A group: its id, its mentor, its two children."""
    async with pages.database.transaction() as session:
        school = await session.merge(pages.school, load=False)
        mentor = await member(session, school, "Олег", "Ветров", category=Category.TEACHER)
        children = [await member(session, school, name, "Рыжова") for name in ("Аня", "Катя")]
        made = await group(session, [mentor], children, is_group=True, title="Химики")
        return made.id, mentor.id, children[0].id, children[1].id


async def won(pages: Pages, person: int, pair: int, about: int) -> int:
    async with pages.database.transaction() as session:
        work = Work(session, await schools.get(session, pages.school.id), pages.now, f"person:{person}")
        known = Won("Олимпиада по химии", "contest", "municipal", work.today, "prize")
        found = await achievements.add(work, person, pair, about, known)
        assert found is not None
        return found.id


async def send(pages: Pages, person: int, key: int, data: bytes, name: str = "d.png", nonce: str = "") -> str:
    async with pages.browser() as browser:
        form = {"of": str(key), "nonce": nonce or f"{len(data)}-{person:012}"}
        path = f"/chat/{pages.links.chat_token(person)}/diploma"
        return words(await browser.post(path, data=form, files={"file": (name, data)}))


async def kept(pages: Pages) -> list[StoredFile]:
    return await rows(pages.database, StoredFile)  # type: ignore[return-value]


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_the_child_and_the_mentor_add_a_photo_without_its_place(
    pages: Pages, ids: Couple, who: str
) -> None:
    key = await won(pages, ids.mentee, ids.pair, ids.mentee)
    person = getattr(ids, who)
    async with pages.browser() as browser:
        page = await browser.get(f"/chat/{pages.links.chat_token(person)}/diploma?of={key}")
        assert "Олимпиада по химии" in page.text
        assert "до 5 МБ" in words(page)
    assert "Файл добавлен" in await send(pages, person, key, png())
    (file,) = await kept(pages)
    async with pages.database.reading() as session:
        assert b"56.8" not in (await session.scalars(select(StoredFile.data))).one()
    assert file.name == f"achievement-{key}.png", "it names nobody"
    (line,) = await rows(pages.database, JournalEntry, action="achievement.file")
    assert line.actor == f"person:{person}"  # type: ignore[attr-defined]


async def test_a_newer_file_takes_the_place_of_the_older_and_the_same_form_is_one_file(
    pages: Pages, ids: Couple
) -> None:
    key = await won(pages, ids.mentee, ids.pair, ids.mentee)
    for _ in range(2):
        assert "Файл добавлен" in await send(pages, ids.mentee, key, png(), nonce="a" * 12)
    assert len(await rows(pages.database, JournalEntry, action="achievement.file")) == 1
    assert "Файл добавлен" in await send(pages, ids.mentee, key, PDF, "d.pdf")
    assert [file.content_type for file in await kept(pages)] == ["application/pdf"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Файл не выбран"),
        (b"MZ not a picture", "Такой файл здесь не сохранить"),
        (b"GIF89a", "Такой файл здесь не сохранить"),
        (b"\x89PNG\r\n\x1a\ncut", "Этот файл не открывается"),
        (b"\xff\xd8\xff\xe0", "Этот файл не открывается"),
        (b"%PDF-" + b"0" * LONGEST_FILE, "Файл больше 5 МБ"),
    ],
)
async def test_what_cannot_be_kept_is_refused_kindly_and_may_be_tried_again(
    pages: Pages, ids: Couple, data: bytes, said: str
) -> None:
    key = await won(pages, ids.mentee, ids.pair, ids.mentee)
    answer = await send(pages, ids.mentee, key, data)
    assert said in answer
    assert "Добавить" in answer
    assert await kept(pages) == []


async def test_nobody_adds_to_what_is_another_childs(pages: Pages) -> None:
    pair, _, first, second = await chemists(pages)
    async with pages.database.transaction() as session:
        school = await session.merge(pages.school, load=False)
        other = (await member(session, school, "Рома", "Зайцев")).id
    key = await won(pages, first, pair, first)
    for person in (second, other):
        answer = await send(pages, person, key, png())
        assert "отсюда не добавить" in answer
        assert "химии" not in answer, "not even its title is read"
    for odd in (key + 100, 0):
        assert "отсюда не добавить" in await send(pages, first, odd, png())
    assert await kept(pages) == []


async def test_a_mentor_adds_nothing_to_what_a_child_won_who_has_left(pages: Pages) -> None:
    pair, leads, gone, _ = await chemists(pages)
    key = await won(pages, gone, pair, gone)
    async with pages.database.transaction() as session:
        left = select(PairMember).where(PairMember.pair_id == pair, PairMember.person_id == gone)
        (await session.scalars(left)).one().left_at = pages.now
    answer = await send(pages, leads, key, png())
    assert "отсюда не добавить" in answer
    assert "химии" not in answer
    assert await kept(pages) == []


async def test_after_the_pair_is_over_the_curator_adds_what_is_left(pages: Pages, ids: Couple) -> None:
    key = await won(pages, ids.mentee, ids.pair, ids.mentee)
    async with pages.database.transaction() as session:
        (await session.get_one(Pair, ids.pair)).status = PairStatus.COMPLETED
    assert "Его можно отдать куратору" in await send(pages, ids.mentee, key, png())


async def test_a_pair_keeps_no_more_files_than_a_year_can_bring(
    pages: Pages, ids: Couple, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.achievement_files.MOST", 1)
    first, second = [await won(pages, ids.mentee, ids.pair, ids.mentee) for _ in range(2)]
    await send(pages, ids.mentee, first, png())
    assert "больше не поместится" in await send(pages, ids.mentee, second, png())
    assert "Файл добавлен" in await send(pages, ids.mentee, first, PDF), "it may still be replaced"


async def test_it_is_in_the_own_data_and_goes_with_the_person(pages: Pages, ids: Couple) -> None:
    key = await won(pages, ids.mentee, ids.pair, ids.mentee)
    await send(pages, ids.mentee, key, PDF, "d.pdf")
    until = int((pages.now + timedelta(days=1)).timestamp())
    async with pages.browser() as browser:
        answer = await browser.post(pages.links.my_data(ids.mentee, ids.mentee, until))
        other = await browser.post(pages.links.my_data(ids.mentor, ids.mentor, until))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert made.read(f"files/achievement-{key}.pdf") == PDF
        assert "диплом лежит в папке files" in made.read("data.html").decode()
    with zipfile.ZipFile(io.BytesIO(other.content)) as made:
        assert not [name for name in made.namelist() if name.startswith("files/")]
    async with pages.database.transaction() as session:
        await erasure.erase(
            Work(session, await schools.get(session, pages.school.id), pages.now), ids.mentee, Basis.REQUEST
        )
    assert await kept(pages) == []
    async with pages.database.reading() as session:
        work = Work(session, await schools.get(session, pages.school.id), pages.now)
        assert await my_data.files(work, ids.mentee) == []


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])
async def test_the_way_to_the_page_is_in_the_chat_of_every_channel(
    pages: Pages, ids: Couple, channel: Channel
) -> None:
    here = str(ids.mentee) if channel is Channel.WEB else "777"
    if channel is not Channel.WEB:
        async with pages.database.transaction() as session:
            session.add(build.address(await session.get_one(Person, ids.mentee), channel, here))
    chat = Chat(pages.database, pages.now, channel, here)
    await chat.press_data(f"f:achievement:{ids.pair}")
    await chat.presses("plan-kind-contest")
    await chat.says("Олимпиада по химии")
    await chat.presses("plan-level-municipal", "plan-outcome-prize", "plan-day-today")
    (found,) = await rows(pages.database, Achievement)
    assert chat.button("plan-button-diploma").url == f"page:diploma:{found.id}"  # type: ignore[attr-defined]
    # Later, from the plan; and where a photo or a file is sent right into the chat.
    await chat.press_data(f"f:plan-more:{ids.pair}")
    await chat.presses("plan-button-diploma")
    assert chat.ids == ["plan-file-here"]
    for heard in ("heard-photo", "heard-file"):
        assert await chat.sends(Heard.OTHER, heard) == [heard, "plan-file-here"]
        button = chat.button("plan-button-diploma")
        assert re.fullmatch(r".*/chat/[^/]+/diploma\?of=\d+", pages.links.resolve(button.url, ids.mentee))
    assert await chat.sends(Heard.OTHER, "heard-voice") == ["heard-voice"]
    with_words = Incoming(
        channel, here, "words", Heard.TEXT, pages.now, text="Мой диплом", lost="heard-photo"
    )
    assert (await chat.receives(with_words))[:2] == ["heard-photo-beside", "plan-file-here"]
    assert "диплома" in Texts("ru")("plan-won-done")
