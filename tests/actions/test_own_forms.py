"""A school's own form of mentoring: like the nearest shipped one in everything, under the school's words."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from actions import directories, membership, questionnaire_offers, reports, selection
from actions import matching as runs
from actions.directories import Words
from actions.work import Work
from locales import Texts
from program.assignments import Place, composed_for
from program.directories import Directory
from program.errors import Refusal
from program.forms import FORMS, base_of
from program.roles import Category, Side
from program.states import ParticipationStatus
from program.text import raw
from storage.tables import Participation
from tests import build, pairs

CLUB, SLUG = "Олимпиадный клуб", "uchit_uch.own1"


@pytest.fixture
async def club(work: Work) -> str:
    entry = await directories.add(work, Directory.FORM, Words(CLUB, about="Решаем задачи."), "uchit_uch")
    return entry.slug


async def place(work: Work, side: Side, first: str, **more: object) -> Participation:
    person = await pairs.member(work.session, work.school, first, "Ветров", **more)
    taken = build.participation(person, side, SLUG, enrolled_at=work.now)
    taken.person = person
    work.session.add(taken)
    await work.session.flush()
    return taken


async def teacher(work: Work) -> Participation:
    return await place(work, Side.MENTOR, "Мария", category=Category.TEACHER)


async def test_an_own_form_is_offered_at_once_under_its_name(work: Work, club: str) -> None:
    assert club == SLUG
    assert club in work.settings.forms
    assert work.settings.form_name(club) == raw(CLUB)
    assert work.settings.form_name("uch_uch").id == "form-uch-uch"
    assert CLUB in [Texts()(one.name) for one in await directories.entries(work, Directory.FORM)]
    await directories.edit(work, Directory.FORM, club, Words("Клуб задач"))
    assert work.settings.form_name(club) == raw("Клуб задач")
    with pytest.raises(Refusal, match="directory-label-taken"):
        await directories.add(work, Directory.FORM, Words("Клуб задач"), "uchit_uch")
    second = await directories.add(work, Directory.FORM, Words("Ещё один"), club)
    assert base_of(second.slug) == "uchit_uch"


async def test_it_has_all_that_the_nearest_form_has(work: Work, club: str) -> None:
    own, base = FORMS[club], FORMS["uchit_uch"]
    assert (own.mentors, own.mentees) == (base.mentors, base.mentees)
    assert club in FORMS
    assert "no_such.own1" not in FORMS
    assert "uchit_uch.own" not in FORMS
    assert list(FORMS) == [slug for slug in FORMS if "." not in slug]
    for side in Side:
        of = [Place(side, form, date(2026, 9, 1), False) for form in (club, "uchit_uch")]
        assert composed_for("PRE_", of[0], date(2026, 9, 2)) == composed_for("PRE_", of[1], date(2026, 9, 2))
    mentor, plain = await teacher(work), await pairs.member(work.session, work.school, "Пётр", "Орлов")
    usual = build.participation(plain, Side.MENTOR, "uchit_uch")
    usual.person = plain
    work.session.add(usual)
    await work.session.flush()
    plain.category = Category.TEACHER
    known = await selection.standings(work, [mentor, usual])
    assert [one.slug for one in known[mentor.id].requirements] == [
        one.slug for one in known[usual.id].requirements
    ]
    models = await directories.role_models(work, club)
    assert models
    assert models == await directories.role_models(work, "uchit_uch")


async def test_a_mentee_of_it_is_asked_the_nearest_form_s_questionnaires(work: Work, club: str) -> None:
    mentee = await place(work, Side.MENTEE, "Аня")
    facts = await questionnaire_offers.offer(work, mentee.person_id, "PRE_UCHIT_UCH_MENTEE")
    assert facts["code"] == "PRE_UCHIT_UCH_MENTEE"
    with pytest.raises(Refusal, match="questionnaire-not-yours"):
        await questionnaire_offers.offer(work, mentee.person_id, "PRE_UCH_UCH_MENTEE")
    (shown,) = await membership.my_places(work, mentee.person_id)
    assert shown["form"] == raw(CLUB).to_json()


async def test_its_people_are_matched_among_themselves(work: Work, club: str) -> None:
    await teacher(work)
    mentee = await place(work, Side.MENTEE, "Аня")
    other = await pairs.member(work.session, work.school, "Юля", "Рыжова")
    work.session.add(build.participation(other, Side.MENTEE, "uchit_uch"))
    await work.session.flush()
    run = await runs.suggest(work, club)
    assert run.form == club
    assert str(mentee.id) in str(run.result)


async def test_reports_give_it_a_row_of_its_own(work: Work, club: str) -> None:
    mentor, mentee = await teacher(work), await place(work, Side.MENTEE, "Аня")
    for one in (mentor, mentee):
        one.status = ParticipationStatus.PAIRED
    work.session.add(build.pair(mentor, mentee, announced_at=work.now))
    await work.session.flush()
    for name in ("coverage", "mentees", "mentors"):
        _, data = await reports.make(work, name)
        book = openpyxl.load_workbook(io.BytesIO(data))
        words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
        assert CLUB in words, name


async def test_another_school_does_not_know_it(work: Work, club: str) -> None:
    second = build.school("second")
    work.session.add(second)
    await work.session.flush()
    theirs = Work(work.session, second, work.now)
    assert club not in theirs.settings.forms
    assert await directories.entry(theirs, Directory.FORM, club) is None


async def test_help_cards_explain_the_form_and_the_model_of_a_pair(work: Work, club: str) -> None:
    words = [Texts()(one.name) for one in await directories.explained(work, club)]
    assert words[0] == CLUB
    assert len(words) == 2  # and the nearest one
    assert len(await directories.explained(work)) > len(FORMS)
