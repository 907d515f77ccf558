"""The programme as a document: every section of the model programme, opened as another office opens it."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from actions import (
    goals,
    meeting_diary,
    mentor_hours,
    mentor_report,
    pair_life,
    plan_document,
    plan_items,
    plan_term,
    plan_words,
    plans,
)
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from locales import Texts
from program import plans as rules
from program.pair_life import Wish
from program.plan_templates import template_of
from program.roles import Category
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.tables import Meeting, Person
from tests.pairs import couple, group, member

HOSTILE = "«Тест» <b> & =1+1 \x07 \u202e"
# domain.md 6.9, row by row, as the paper words it.
SECTIONS = (
    "УТВЕРЖДАЮ", "СОГЛАСОВАНО", "1. Участники", "2. Форма и вид наставничества", "Форма наставничества:", "Вид наставничества:",
    "Форма организации:", "Тип:", "3. Пояснительная записка", "Описание проблемы:", "Цель:", "Задачи:",
    "Содержание деятельности наставника:", "Содержание деятельности наставляемого:", "Сроки реализации:",
    "Промежуточные результаты:", "Планируемые результаты:", "Расписание встреч:", "Режим работы:", "Условия обучения:", "4. Направления",
    "5. План мероприятий", "Направление", "Затруднение или сильная сторона", "Мероприятие", "Форма", "Срок", "Промежуточный результат",
    "Конечный результат", "Ответственный", "Отметка о выполнении", "Фактический результат", "Оценка",
    "7. Ознакомление", "Как ознакомились", "Кто присутствовал", "8. Изменения", "Инициатор", "Что изменено", "Согласие сторон",
    "9. Итог", "Достигнутые результаты:", "Рефлексия наставника:", "Рефлексия наставляемого:", "Рекомендация:", "10. Подписи",
    "подпись", "расшифровка", "дата",
)  # fmt: skip


async def teachers(work: Work) -> tuple[str, bytes]:
    mentor = await member(
        work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER, middle_name="Ивановна",
        position="учитель математики", teaching_since=2003,
    )  # fmt: skip
    mentee = await member(
        work.session, work.school, "Игорь", "Соколов", category=Category.TEACHER, position="учитель физики",
        teaching_since=2025,
    )  # fmt: skip
    pair = await group(work.session, [mentor], [mentee], starts_on=work.today, form="uchit_uchit")
    ready = template_of("uchit_uchit")
    chosen = Chosen(
        HOSTILE, "start", [one.code for one in ready.ready["tasks"]], ready.directions,
        [one.code for one in ready.items], [one.code for one in ready.ready["planned"]], "mixed", "weekly",
    )  # fmt: skip
    plan = await draft(work.by(mentor), mentor.id, pair.id, chosen)
    assert plan is not None
    await plans.send(work, plan.id, author=mentor.id)
    await plans.agree(work.by(mentee), mentee.id, plan.id, plan.version)
    await plan_term.acknowledge(work, plan.id, "acquainted", ["curator", "method"], work.today)
    await pair_life.set_end(work, pair.id, Wish.SHORTER, work.today + timedelta(days=100), "both")
    return await plan_document.build(work, plan.id)


async def pupil(work: Work) -> tuple[str, bytes]:
    ids = await couple(work.session, work.school, starts_on=work.today)
    plan = await draft(work, ids.mentor, ids.pair, Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",)))  # fmt: skip
    assert plan is not None
    await plans.send(work, plan.id, author=ids.mentor)
    await plans.agree(work, ids.mentee, plan.id, plan.version)
    await plan_items.mark(work, ids.mentee, plan.items[0].id)
    await plan_items.tell_fact(work, ids.mentee, plan.items[0].id, "partly", "Выбрали дроби")
    goal = goals.standing(await _goals(work, ids.pair))
    assert goal is not None
    await goals.look(work, ids.mentee, goal.id, 4, "Стало понятнее")  # type: ignore[attr-defined]
    await mentor_hours.add(work, ids.mentor, ids.pair, 90, "prepare", work.today)
    return await plan_document.build(work, plan.id)


async def _goals(work: Work, pair_id: int) -> list[object]:
    from storage import plans as rows

    return list(await rows.goals(work.session, pair_id))


def words_of(data: bytes) -> str:
    """Every paragraph, as a plain reader of XML sees it."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for name in opened.namelist():
            ElementTree.fromstring(opened.read(name))
        body = ElementTree.fromstring(opened.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join(
        "".join(run.text or "" for run in paragraph.iter(f"{space}t")) for paragraph in body.iter(f"{space}p")
    )


async def test_a_teachers_programme_has_every_section(work: Work) -> None:
    name, data = await teachers(work)
    words = words_of(data)
    assert [part for part in SECTIONS if part not in words] == []
    assert "Персонализированная программа наставничества" in words
    say = Texts()
    for one in rules.DIRECTIONS:
        assert say(f"plans-doc-direction-{one}") in words
    assert "«Тест» <b> & =1+1" in words
    assert "сокращение с" in words
    assert "куратор, член методического объединения" in words
    assert "23" in words  # years of teaching
    assert name == "Программа_наставничества_1_2026-09-15.docx"


async def test_a_pupils_plan_has_another_title_and_a_line_for_a_parent(work: Work) -> None:
    name, data = await pupil(work)
    words = words_of(data)
    assert [part for part in SECTIONS if part not in words] == []
    assert "Индивидуальный план развития наставляемого" in words
    assert "Родитель (законный представитель), Котова А." in words
    assert "Выбрали дроби" in words
    assert "выполнено частично" in words
    assert "4 из 10" in words
    assert "1 ч 30 мин" in words
    assert "Котова" not in name


async def test_the_mentors_report_is_filled_in_from_programme_and_diary(work: Work) -> None:
    await pupil(work)
    mentor = await work.session.get_one(Person, 1)
    meeting = Meeting(
        school_id=work.school.id, pair_id=1, kind=MeetingKind.M1, status=MeetingStatus.HELD, proposed_by=1, minutes=45,
        starts_at=work.now - timedelta(hours=3), format=MeetingFormat.OFFLINE, uid="m1", created_at=work.now,
        closed_at=work.now,
    )  # fmt: skip
    work.session.add(meeting)
    await work.session.flush()
    line = await meeting_diary.write(
        work, mentor, meeting.id, topic_words="Дроби без страха", methods=["m_example"]
    )
    line.minutes, line.step = 60, "Решить пять задач"
    await plan_words.say_result(work, 1, 1, "Получилось многое", "continue")
    await work.session.flush()

    name, data = await mentor_report.build(work, 1)

    words = words_of(data)
    for part in (
        "Отчёт наставника", "Период:", "Лебедева Мария Ивановна", "Котова Аня", "Учитель – ученик", "Цель:", "2 ч 30 мин",
        "Дроби без страха", "Личный пример", "Решить пять задач", "Фактический результат", "Выбрали дроби",
        "Взаимодействие с родителями", "Получилось многое", "продолжить", "подпись",
    ):  # fmt: skip
        assert part in words, part
    assert name == "Отчёт_наставника_1_2026-09-15.docx"


async def test_the_same_programme_gives_the_same_bytes(work: Work) -> None:
    await pupil(work)
    first = await plan_document.build(work, 1)
    assert first == await plan_document.build(work, 1)
    assert isinstance(await work.session.get(Person, 1), Person)


@pytest.mark.office
@pytest.mark.parametrize("make", [teachers, pupil])
async def test_another_office_opens_it_whole(work: Work, tmp_path: Path, make: object) -> None:
    _, data = await make(work)  # type: ignore[operator]
    words = saved_elsewhere(tmp_path, data)
    assert [part for part in SECTIONS if part not in words] == []
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")


def saved_elsewhere(folder: Path, data: bytes) -> str:
    """LibreOffice opens the file and saves its words and its pages."""
    (folder / "plan.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for to in ("txt:Text (encoded):UTF8", "pdf"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, folder / "plan.docx"],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return (folder / "plan.txt").read_text(encoding="utf-8-sig")
