"""«Найти человека, пару, страницу»: what is understood, who is found, by whom."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from admin.finding import BEHIND, pages
from admin.menu import MENU
from locales import Texts
from program.finding import Part, parts
from program.roles import PersonState, Side, StaffRole
from program.states import PairStatus
from storage import finding
from storage.database import Database
from storage.tables import School
from tests import build
from tests.admin.conftest import Browsers
from tests.reading import catalogue


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("  !? ", ()),
        ("Котова Алёна", (Part(("котова",)), Part(("алена",)))),
        ("8А", (Part(("8а",), whole=True),)),
        ("8 «а» класс", (Part(("8а",), whole=True),)),
        ("8 A", (Part(("8а",), whole=True),)),  # a Latin letter
        ("8", (Part(("8",), whole=True, grade=True),)),
        ("котова 8-а", (Part(("котова",)), Part(("8а",), whole=True))),
        ("8 (916) 123-45-67", (Part(("9161234567",)),)),
        ("+7 916 123 45 67", (Part(("9161234567",)),)),
        ("123-45", (Part(("12345",)),)),
        ("rjnjdf", (Part(("rjnjdf", "котова")),)),
    ],
)
def test_what_is_typed_is_understood(typed: str, meant: tuple[Part, ...]) -> None:
    assert parts(typed) == meant


def test_endless_words_are_cut() -> None:
    assert len(parts("а " * 1000)) <= 6


@dataclass
class Hall:
    """Ids of three people and the pair of two of them."""

    anna: int
    pyotr: int
    ilya: int
    pair: int


@pytest.fixture
async def hall(database: Database, school: School) -> Hall:
    async with database.transaction() as session:
        anna = build.person(school, "Анна", "Семёнова", phone="+79161234567")
        pyotr = build.person(school, "Пётр", "Анненков", class_name="11А", phone="+79260000001")
        ilya = build.person(school, "Илья", "Ким", class_name="1А")
        gone = build.person(school, "Анна", "Ушедшая", state=PersonState.ERASED)
        session.add_all([anna, pyotr, ilya, gone])
        await session.flush()
        places = [build.participation(pyotr, Side.MENTOR), build.participation(anna, Side.MENTEE)]
        session.add_all(places)
        await session.flush()
        pair, thrown = build.pair(*places), build.pair(*places, status=PairStatus.DROPPED)
        session.add_all([thrown, pair])
        await session.flush()
        return Hall(anna.id, pyotr.id, ilya.id, pair.id)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("анн", ["pyotr", "anna"]),  # whose surname begins so comes first
        ("СЕМЕН", ["anna"]),
        ("анна семёнова", ["anna"]),
        ("8 а", ["anna"]),
        ("1а", ["ilya"]),
        ("11", ["pyotr"]),
        ("8 (916) 123", ["anna"]),
        ("2600000", ["pyotr"]),
        ("ctv`yjdf", ["anna"]),
        ("ушедшая", []),
        ("%", []),
        ("се_ен", []),
    ],
)
async def test_people_are_found(
    database: Database, school: School, hall: Hall, typed: str, found: list[str]
) -> None:
    async with database.reading() as session:
        people = await finding.people(session, school.id, parts(typed), limit=10)
    assert [one.id for one in people] == [getattr(hall, name) for name in found]


@pytest.mark.parametrize(
    ("typed", "there"),
    [("анненков", True), ("семенова анненков", True), ("ким", False), ("анненков ким", False)],
)
async def test_a_pair_is_found_by_either_name(
    database: Database, school: School, hall: Hall, typed: str, there: bool
) -> None:
    async with database.reading() as session:
        pairs = await finding.pairs(session, school.id, parts(typed), limit=10)
    assert [one.id for one in pairs] == ([hall.pair] if there else [])


@pytest.mark.parametrize(
    ("typed", "route"),
    [
        ("тихие часы", "school-time"),
        ("согласие", "consents"),
        ("импорт", "roster"),
        ("статистика", "reports"),
        ("пароль", "users"),
        ("очередь без пары", "queue"),
        ("написать новость", "news-new"),
        ("инструкция", "manual"),
    ],
)
def test_pages_are_found_by_their_words_and_by_other_words(typed: str, route: str) -> None:
    assert route in [one.route for one in pages(StaffRole.CURATOR, typed, Texts())]


def test_the_page_of_that_name_comes_first() -> None:
    assert pages(StaffRole.CURATOR, "согласия", Texts())[0].route == "consents"


def test_every_page_of_the_menu_says_what_it_is_for_and_nothing_else_is_described() -> None:
    known = {tab.route for word in MENU for tab in word.tabs} | set(BEHIND)
    about = {name.removeprefix("manual-") for name in catalogue("ru") if name.startswith("manual-")}
    other = {name.removeprefix("frame-words-") for name in catalogue("ru") if name.startswith("frame-words-")}
    told = {"how", "where", "ask", "ask-whom"} | {one for one in about if one.startswith("how-")}
    assert known - about - {"manual"} == set()
    assert about - told - known == set()
    assert other - known == set()


async def test_each_role_finds_only_whom_it_may_open(browsers: Browsers, hall: Hall) -> None:
    seen = {}
    for role, class_name in (
        (StaffRole.CURATOR, ""), (StaffRole.DIRECTOR, ""), (StaffRole.CLASS_TEACHER, "8А"), (StaffRole.PSYCHOLOGIST, ""),
        (StaffRole.SYSADMIN, ""), (StaffRole.AUDITOR, ""), (StaffRole.MUNICIPAL_COORDINATOR, ""),
    ):  # fmt: skip
        text = (await (await browsers.of(role, class_name=class_name)).get("/find?q=анн")).text
        seen[role] = ("Семёнова" in text, "Анненков" in text, f"/pairs/{hall.pair}" in text)
    nothing = (False, False, False)
    assert seen == {
        StaffRole.CURATOR: (True, True, True),
        StaffRole.DIRECTOR: (True, True, True),
        StaffRole.CLASS_TEACHER: (True, False, False),
        StaffRole.PSYCHOLOGIST: nothing,
        StaffRole.SYSADMIN: nothing,
        StaffRole.AUDITOR: nothing,
        StaffRole.MUNICIPAL_COORDINATOR: nothing,
    }


async def test_another_school_is_not_searched(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    async with database.transaction() as session:
        session.add(build.person(other_school, "Анна", "Чужакова"))
    text = (await (await browsers.of(StaffRole.CURATOR)).get("/find?q=чужак")).text
    assert "Чужакова" not in text
    assert "ничего не нашлось" in text


async def test_while_somebody_types_only_the_list_comes(browsers: Browsers, hall: Hall) -> None:
    browser = await browsers.of(StaffRole.CURATOR)
    piece = (await browser.get("/find?q=семен", headers={"hx-request": "true"})).text
    assert "<html" not in piece
    assert f"/people/{hall.anna}" in piece
    assert "Нашлось: 2." in piece
    assert (await browser.get("/find?q=", headers={"hx-request": "true"})).text.count("<li>") == 0
