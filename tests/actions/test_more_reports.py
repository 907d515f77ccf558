"""Indicators, answers, cards, programmes and the year's note: what their files say, and what they never tell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from sqlalchemy import select

from actions import comparisons, erasure, reports, staff_cards, year_numbers
from actions.reports import federal
from actions.reports.asked import asked
from actions.work import Work
from program.errors import Refusal
from program.partners import PartnerState
from program.plans import Said
from program.retention import Basis
from program.roles import Category, PersonState, Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.tables import (
    Achievement,
    ErasedCount,
    Meeting,
    Partner,
    PartnerPerson,
    Plan,
    PlanFact,
    PlanItem,
    PlanWord,
    Project,
    User,
)
from tests.actions.files import opened, table
from tests.actions.season import YEAR, Season, seed_000
from tests.actions.test_comparisons import PUPILS, fill, people
from tests.actions.test_reports import HOSTILE, pupil_in_base, words


async def made(work: Work, name: str, **asked: Any) -> bytes:
    return (await reports.make(work, name, YEAR, **asked))[1]


async def user(work: Work, login: str, role: StaffRole = StaffRole.CURATOR) -> User:
    found = User(
        school_id=work.school.id, login=login, name="Мария", role=role, password_hash="", created_at=work.now
    )
    work.session.add(found)
    await work.session.flush()
    return found


def settle(work: Work, **settings: Any) -> None:
    work.school.settings = {**work.school.settings, **settings}


async def test_indicators_stand_with_parts_wholes_facts_and_plans(work: Work) -> None:
    await seed_000(work)
    totals = {"pupils_10_19": 500, "pupils_15_19": 4, "young_teachers": 6, "organisations": 20}
    settle(work, reports={"totals": {YEAR: totals}, "targets": {YEAR: {"F1": 12.5}}})
    found = {row[0]: row for row in table(await made(work, "federal"))[1:]}
    assert found["F1"][2:7] == [57, 500, 11.4, 12.5, -1.1]
    assert found["F2"][5] == 10
    assert found["F4"][2:5] == [0, 20, 0]
    assert found["F5"][2:5] == [0, None, None]
    assert found["F5"][7] == "нет данных"
    assert "F5. Итоги «до и после» ещё не подведены" in words(await made(work, "federal"))
    sheet = opened(await made(work, "federal")).worksheets[0]
    assert sheet._charts


async def test_a_whole_that_is_less_than_its_part_is_a_contradiction(work: Work) -> None:
    await seed_000(work)
    settle(work, reports={"totals": {YEAR: {"pupils_10_19": 10}}})
    said = words(await made(work, "federal"))
    assert "ПРОТИВОРЕЧИЕ: F1 — в числителе 57, а в знаменателе только 10" in said


async def test_a_partner_counts_once_somebody_of_it_leads(work: Work) -> None:
    season = await seed_000(work)
    (guest,) = await season.people(1, Category.EMPLOYER)
    (place,) = await season.places([guest], Side.MENTOR, "rab_uch")
    (pupil,) = await season.places(await season.people(1, Category.PUPIL), Side.MENTEE, "rab_uch")
    partner = Partner(
        school_id=work.school.id, name="Завод", kind="enterprise", state=PartnerState.ACTIVE, created_at=work.now,
        changed_at=work.now,
    )  # fmt: skip
    work.session.add(partner)
    await work.session.flush()
    work.session.add(
        PartnerPerson(school_id=work.school.id, partner_id=partner.id, person_id=guest.id, at=work.now)
    )
    await work.session.flush()
    assert table(await made(work, "federal"))[4][2] == 0
    await season.pair("rab_uch.", [place], [pupil])
    assert table(await made(work, "federal"))[4][2] == 1


async def test_answers_become_satisfaction_and_change_once_they_are_summed_up(work: Work) -> None:
    for n, one in enumerate(await people(work, 6)):
        await fill(work, one, f"PRE_{PUPILS}", C01=4, C16="no", S02=5)
        await fill(work, one, f"POST_{PUPILS}", C01=8 if n else 3, C16="later" if n < 3 else "no", S02=7)
    assert "ещё не подведены" in words(await made(work, "satisfaction"))
    await comparisons.sum_up(work, Side.MENTEE)
    head, whole, *_ = table(await made(work, "satisfaction"), header="Сторона")
    told = dict(zip(head, whole, strict=True))
    assert (told["Ответило"], told["C01"], told["Доля от 7, %"]) == (6, 7.17, 83.3)
    assert told["Изменение"] == 3.17  # of C01 alone: C08 is not asked before the work
    (charted,) = await year_numbers.compared(work, YEAR)
    (sat,) = (one for one in charted.changes if one.code == "SAT")
    assert round(sat.after - sat.before, 2) == 3.17
    row = table(await made(work, "federal"))[5]
    assert row[2:5] == [5, 6, 83.3]
    moves = {row[0]: row for row in table(await made(work, "dynamics"), header="Показатель")}
    assert moves["R2. Интерес к учёбе"][2:6] == [6, 5, 7, 2]
    said = "До работы ответили 6, после 6, оба раза 6. Отклик после работы: 100 % приглашённых."
    assert said in words(await made(work, "dynamics"))
    assert moves["R8. Хочет стать наставником"][2:10] == [6, 0, 50, 50, 3, 3, 0, "наблюдений мало"]


async def test_fewer_than_five_answers_are_told_nowhere(work: Work) -> None:
    for one in await people(work, 4):
        await fill(work, one, f"PRE_{PUPILS}", C01=4)
        await fill(work, one, f"POST_{PUPILS}", C01=9)
    with pytest.raises(Refusal, match="compare-few"):
        await comparisons.sum_up(work, Side.MENTEE)
    for name in ("satisfaction", "dynamics", "federal", "note"):
        assert "9" not in [str(cell) for row in table_cells(await made(work, name)) for cell in row], name


def table_cells(data: bytes) -> list[list[Any]]:
    return [
        list(row)
        for sheet in opened(data)
        for row in sheet.iter_rows(values_only=True)
        if sheet.title in ("Удовлетворённость", "Наставляемые")
    ]


async def test_cards_of_the_curator_become_swot_and_conditions(work: Work) -> None:
    curator = await user(work, "curator")
    card = await staff_cards.card(work, StaffRole.CURATOR, "SWOT_UCH_UCH")
    own = next(one.id for one in card.questions if one.kind == "text")
    await staff_cards.fill(work, curator, card, None, {"SW1": 8, "SW2": 3, own: "=1+1 Много желающих"})
    card = await staff_cards.card(work, StaffRole.CURATOR, "COND")
    await staff_cards.fill(
        work, curator, card, None, {f"COND.{n}": "2" if n < 8 else "1" for n in range(1, 10)}
    )
    rows = table(await made(work, "swot"), header="Форма наставничества")
    mine = [row for row in rows if row[0] == "Ученик – ученик"]
    assert [row[3] for row in mine if row[3]] == [8]
    assert "=1+1 Много желающих" in [row[2] for row in mine]
    cells = [cell for row in opened(await made(work, "swot")).worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert table(await made(work, "cond"))[-1][1:] == ["Всего", 16, "Оптимальный уровень"]


async def test_programmes_hours_and_deeds_are_counted_by_pair(work: Work) -> None:
    season, mentee = await pupil_in_base(work)
    (mentor,) = await season.places(await season.people(1, Category.PUPIL), Side.MENTOR, "uch_uch")
    pair = await season.pair("uch_uch.lider_tihonya", [mentor], [mentee])
    day = work.today
    ago = work.now - timedelta(days=3)
    plan = Plan(
        school_id=work.school.id, pair_id=pair.id, number=1, state="work", starts_on=day - timedelta(days=10),
        ends_on=day + timedelta(days=90), created_at=work.now, content={"goal": HOSTILE[0], "rhythm": "weekly"},
    )  # fmt: skip
    work.session.add_all([
        plan,
        Meeting(
            school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M1, status=MeetingStatus.HELD, minutes=90,
            proposed_by=mentee.person_id, format=MeetingFormat.OFFLINE, uid="m", created_at=work.now,
            starts_at=work.now - timedelta(days=2),
        ),
        Achievement(
            school_id=work.school.id, person_id=mentee.person_id, pair_id=pair.id, kind="contest", title="Робот",
            level="school", held_on=day, outcome="winner", at=work.now,
        ),
        Project(
            school_id=work.school.id, pair_id=pair.id, person_id=mentee.person_id, title="Робот", stage="defended",
            at=work.now,
        ),
    ])  # fmt: skip
    await work.session.flush()
    row = table(await made(work, "programmes"))[1]
    assert row[2:4] == ["Ромашкина Алиса", "Ученик – ученик"]
    assert row[7] == "В работе"
    head, row = table(await made(work, "work"), "По парам")
    told = dict(zip(head, row, strict=True))
    assert (told["Цель"], told["Встреч состоялось"], told["Часов встреч"], told["Достижений"]) == (
        HOSTILE[0],
        1,
        1.5,
        1,
    )
    assert told["Встреч по плану"] == 1
    assert (told["Ролевая модель"], told["Трудности"], told["Предложения"]) == ("Лидер – тихоня", None, None)
    event = PlanItem(school_id=work.school.id, plan_id=plan.id, number=1, event=HOSTILE[1])
    work.session.add(event)
    await work.session.flush()
    said = PlanWord(
        school_id=work.school.id, plan_id=plan.id, person_id=mentor.person_id, kind=Said.RESULT, words="Да",
        advice="change", at=ago,
    )  # fmt: skip
    work.session.add_all(
        [
            said,
            PlanFact(
                school_id=work.school.id, item_id=event.id, person_id=mentee.person_id, grade="partly", at=ago
            ),
        ]
    )
    await work.session.flush()
    head, row = table(await made(work, "work"), "По парам")
    told = dict(zip(head, row, strict=True))
    assert (told["Трудности"], told["Предложения"]) == (HOSTILE[1], "продолжить с другой целью")
    plan.result = {"recommendation": "finish"}
    await work.session.flush()
    assert table(await made(work, "work"), "По парам")[1][-1] == "завершить"
    facts = {row[1]: row[2:] for row in table(await made(work, "dynamics"), "Факты", "Показатель")[1:]}
    assert facts["Школьный: призовые места"] == [1, 1]
    assert facts["Проекты защищены"] == [1, 2]
    before = await made(work, "work", on=day - timedelta(days=5))
    row = dict(zip(head, table(before, "По парам")[1], strict=True))
    assert (row["Встреч состоялось"], row["Трудности"]) == (0, None)


async def test_the_years_note_is_words_tables_and_room_to_sign(work: Work) -> None:
    await seed_000(work)
    name, data = await reports.make(work, "note", YEAR, ending="docx")
    assert name == "Аналитическая_справка_2026-09-15.docx"
    document = docx.Document(io.BytesIO(data))
    said = "\n".join(one.text for one in document.paragraphs)
    for kept_inside in ("ПРОТИВОРЕЧИЕ", "настройк", "ещё не", "Противоречий"):
        assert kept_inside not in said, kept_inside
    for heading in ("1. Цель программы", "3. Охват", "8. Выводы", "10. Задачи на следующий год"):
        assert heading in said
    assert "В программе работали пары: 39, группы: 5. Наставников: 26, наставляемых: 61." in said
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    assert {"583", "57", "9,8\u00a0%"} <= set(cells)
    assert "Ромашкин" not in said + "".join(cells)
    later = replace(work, now=work.now + timedelta(hours=1))
    assert (await reports.make(later, "note", YEAR, ending="docx"))[1] == data
    first = (await reports.make(work, "note", YEAR, ending="pdf"))[1]
    assert first == (await reports.make(later, "note", YEAR, ending="pdf"))[1]


async def test_hostile_words_of_people_become_a_formula_in_no_report(work: Work) -> None:
    season = await seed_000(work)
    (person,) = await season.people(1, Category.PUPIL, phone=HOSTILE[0])
    person.last_name, person.first_name = HOSTILE[1], HOSTILE[3]
    (place,) = await season.places([person], Side.MENTEE, "uch_uch")
    (mentor,) = await season.places(await season.people(1, Category.PUPIL), Side.MENTOR, "uch_uch")
    pair = await season.pair("uch_uch.lider_tihonya", [mentor], [place])
    pair.result = HOSTILE[2]
    for report in reports.REPORTS:
        book = opened(await made(work, report.name))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink], report.name


async def test_who_is_erased_is_named_in_no_report_and_still_counted(work: Work) -> None:
    season = await seed_000(work)
    (person,) = await season.people(1, Category.PUPIL)
    person.last_name, person.state = "Стёртый", PersonState.ERASED
    (place,) = await season.places([person], Side.MENTEE, "uch_uch")
    (mentor,) = await season.places(await season.people(1, Category.PUPIL), Side.MENTOR, "uch_uch")
    await season.pair("uch_uch.lider_tihonya", [mentor], [place])
    for report in reports.REPORTS:
        assert "Стёртый" not in words(await made(work, report.name)), report.name
    assert table(await made(work, "coverage"), "Т2 Обучающиеся", "Учебный год")[1][4] == 58


async def test_the_course_of_the_programme_counts_pairs_and_meetings(work: Work) -> None:
    await seed_000(work)
    found = {row[1]: row[2:] for row in table(await made(work, "process"), header="Раздел")[1:]}
    assert found["База наставляемых: учащиеся"][0] == 57
    assert found["В работе: Учитель – учитель"][0] == 4
    assert found["Пары, у которых программа в работе или выполнена"] == [0, 44, 0]
    assert found["Пары без встречи больше 21 дня"][1] == 44


@pytest.mark.parametrize("asked", [{"part": "q1"}, {"on": date(2031, 1, 1)}, {"on": date(2025, 1, 1)}])
async def test_a_time_that_cannot_be_is_refused(work: Work, asked: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=r"report-part|report-day-wrong"):
        await made(work, "coverage", **asked)


async def test_who_is_erased_within_the_year_stays_in_the_indicators_as_a_number(work: Work) -> None:
    season = Season(work)
    older = await season.people(1, Category.PUPIL)
    older[0].birth_date = date(2009, 3, 5)
    (mentor,) = await season.places(older, Side.MENTOR, "uch_uch")
    mentees = await season.places(await season.people(2, Category.PUPIL), Side.MENTEE, "uch_uch")
    pair = await season.pair("uch_uch.lider_tihonya", [mentor], mentees[:1])
    pair.starts_on = work.today - timedelta(days=7)
    work.session.add(
        Meeting(
            school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M1, status=MeetingStatus.HELD, uid="held",
            proposed_by=mentor.person_id, starts_at=work.now - timedelta(days=3), format=MeetingFormat.OFFLINE,
            created_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()

    async def counted() -> list[list[Any]]:
        federal_rows = table(await made(work, "federal"), header="№")[1:4]
        pupils = table(await made(work, "coverage"), "Т2 Обучающиеся", "Учебный год")[1]
        return [[row[2] for row in federal_rows], pupils[-2:]]

    before = await counted()
    assert before == [[1, 1, 0], [1, 1]]
    for one in (mentees[0], mentees[1], mentor):  # the second has met nobody and was counted nowhere
        await erasure.erase(work, one.person_id, Basis.REQUEST)
        assert await counted() == before
    assert [(one.code, one.people) for one in await work.session.scalars(select(ErasedCount))] == [
        ("f1", 1), ("pupils_f1", 1), ("f2", 1), ("pupils_f2", 1),
    ]  # fmt: skip
    assert (await federal.rates(work, asked(work)))["F1"].part == frozenset()
