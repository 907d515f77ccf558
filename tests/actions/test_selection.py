"""Selecting mentors: what is missing keeps a mentor from new pairs, with its reason; the curator may waive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from actions import announcing, directories, matching, pairs, paper, selection
from actions.work import Work
from locales import Texts
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.directories import Directory
from program.errors import Refusal
from program.roles import Category, Side
from program.selection import CRITERIA, TOPIC, Decision, Setting, Talk
from program.states import PairStatus
from storage import selection as rows
from storage.tables import Candidacy, Consent, JournalEntry, Participation, Person
from tests import build
from tests.actions.pool import begun
from tests.conftest import NOW

GOOD = dict.fromkeys(CRITERIA, 2)


async def _mentor(work: Work, category: Category = Category.ALUMNUS, form: str = "vyp_uch") -> Participation:
    born = date(1990, 5, 1)
    who = build.person(work.school, "Олег", "Ветров", category=category, birth_date=born)
    work.session.add(who)
    await work.session.flush()
    place = build.participation(who, Side.MENTOR, form, admitted=False, capacity=2)
    work.session.add(place)
    _agree(work, who)
    await work.session.flush()
    return place


async def _mentee(work: Work, form: str = "vyp_uch") -> Participation:
    who = build.person(work.school)
    work.session.add(who)
    await work.session.flush()
    place = build.participation(who, Side.MENTEE, form)
    work.session.add(place)
    _agree(work, who)
    await work.session.flush()
    return place


def _agree(work: Work, who: Person, *kinds: ConsentKind) -> None:
    for kind in kinds or (ConsentKind.PD, ConsentKind.PARTICIPATION):
        for consenter in Consenter:
            work.session.add(
                Consent(
                    school_id=work.school.id, person_id=who.id, kind=kind, event=ConsentEvent.GIVEN,
                    consenter=consenter, given_by=who.id if consenter is Consenter.SELF else None,
                    method=ConsentMethod.PAPER, at=work.now, paper_number="№ 7", entered_by="cli",
                )
            )  # fmt: skip


async def _person(work: Work, place: Participation) -> Person:
    found = await rows.place(work.session, work.school.id, place.id)
    assert found is not None
    return found.person


async def _prepare(work: Work, place: Participation, checked_on: date | None = None) -> Person:
    """Everything that an alumnus needs."""
    who = await _person(work, place)
    for topic in await directories.entries(work, Directory.TRAINING):
        await selection.tick(work, who, TOPIC + topic.slug, work.today)
    await selection.interviewed(work, who, Talk(work.today, Setting.PERSON, "Куратор", GOOD, Decision.ADMIT))
    await selection.tick(work, who, "outside_check", checked_on or work.today)
    return who


async def _lacks(work: Work, place: Participation) -> list[str]:
    found = await rows.place(work.session, work.school.id, place.id)
    assert found is not None
    standing = (await selection.standings(work, [found]))[place.id]
    return [gap.requirement for gap in standing.gaps]


async def test_an_outside_adult_needs_interview_training_and_the_check(work: Work) -> None:
    place = await _mentor(work)
    assert await _lacks(work, place) == ["interview", "training", "outside_check"]
    who = await _prepare(work, place)
    assert await _lacks(work, place) == []
    await paper.admit(work, who, place.id)
    assert place.admitted


async def test_a_pupil_and_a_teacher_are_not_checked_as_outsiders(work: Work) -> None:
    for category, form in ((Category.PUPIL, "uch_uch"), (Category.TEACHER, "uchit_uch")):
        place = await _mentor(work, category, form)
        assert await _lacks(work, place) == ["interview", "training"]


async def test_a_teacher_who_leads_a_colleague_needs_the_employees_consent(work: Work) -> None:
    place = await _mentor(work, Category.TEACHER, "uchit_uchit")
    assert "employment_consent" in await _lacks(work, place)
    _agree(work, await _person(work, place), ConsentKind.EMPLOYMENT)
    await work.session.flush()
    assert "employment_consent" not in await _lacks(work, place)


async def test_admission_says_what_is_missing_and_a_reason_lets_in(work: Work) -> None:
    place = await _mentor(work)
    who = await _person(work, place)
    with pytest.raises(Refusal) as refused:
        await paper.admit(work, who, place.id)
    assert "Собеседование; Обучение наставника; Проверка взрослого извне" in Texts()(refused.value.text)
    assert not place.admitted
    await paper.admit(work, who, place.id, "Справка показана директору")
    assert place.admitted
    (row,) = (await rows.candidacies(work.session, work.school.id, [place.id])).values()
    assert isinstance(row, Candidacy)
    assert row.waived == ["interview", "training", "outside_check"]
    assert row.reason == "Справка показана директору"
    entry = await work.session.get(JournalEntry, 1)
    assert entry is not None
    assert entry.after == {"participation": place.id, "waived": row.waived, "reason": True}


async def test_who_was_refused_in_the_interview_is_not_let_in_even_with_a_reason(work: Work) -> None:
    place = await _mentor(work)
    who = await _person(work, place)
    await selection.interviewed(
        work, who, Talk(work.today, Setting.ONLINE, "", GOOD, Decision.REFUSE, reason="Нет времени")
    )
    with pytest.raises(Refusal, match="selection-refused"):
        await paper.admit(work, who, place.id, "Очень нужен")


async def test_what_has_run_out_keeps_from_new_pairs_with_its_reason_and_leaves_the_old_one(
    work: Work,
) -> None:
    place, mentee, other = await _mentor(work), await _mentee(work), await _mentee(work)
    who = await _prepare(work, place, checked_on=work.today - timedelta(days=360))
    await paper.admit(work, who, place.id)
    pair = await pairs.choose(work, mentee.id, place.id)
    await begun(work, pair.id)
    assert pair.status == PairStatus.ACTIVE
    later = Work(work.session, work.school, NOW + timedelta(days=20), work.actor)
    with pytest.raises(Refusal) as refused:
        await pairs.choose(later, other.id, place.id)
    words = Texts()(refused.value.text)
    assert "Проверка взрослого извне (срок истёк 20.09.2026)" in words, words
    run = await matching.suggest(later, "vyp_uch")
    why = Texts().join(matching.unmatched_of(run)[other.id])
    assert "срок истёк 20.09.2026" in why
    assert pair.status == PairStatus.ACTIVE
    assert await rows.expired(work.session, work.school.id, "2026-2027", later.today) == 1
    await selection.tick(later, who, "outside_check", later.today)
    assert await rows.expired(work.session, work.school.id, "2026-2027", later.today) == 0
    assert (await pairs.choose(later, other.id, place.id)).status == PairStatus.APPROVED


async def test_a_pair_approved_before_a_paper_ran_out_is_not_announced(work: Work) -> None:
    place, mentee = await _mentor(work), await _mentee(work)
    who = await _prepare(work, place, checked_on=work.today - timedelta(days=360))
    await paper.admit(work, who, place.id)
    pair = await pairs.choose(work, mentee.id, place.id)
    later = Work(work.session, work.school, NOW + timedelta(days=20), work.actor)
    preview = await announcing.preview_announcement(later)
    assert [one.id for one, _ in preview.blocked] == [pair.id]
    assert "срок истёк" in Texts()(preview.blocked[0][1])


async def test_a_new_requirement_of_the_school_bars_until_it_is_ticked(work: Work) -> None:
    place = await _mentor(work)
    who = await _prepare(work, place)
    await paper.admit(work, who, place.id)
    words = directories.Words("Инструктаж", extra={"kind": "tick", "months": 6, "forms": ["vyp_uch"]})
    own = await directories.add(work, Directory.REQUIREMENT, words)
    found = await rows.place(work.session, work.school.id, place.id)
    assert found is not None
    assert [text.id for text in (await selection.barred(work, [found]))[place.id]] == ["selection-missing"]
    mark = await selection.tick(work, who, own.slug, work.today)
    assert mark.valid_until == date(2027, 3, 15)
    assert await selection.barred(work, [found]) == {}


async def test_somebody_admitted_before_there_was_a_checklist_stays_open_to_pairs(work: Work) -> None:
    place = await _mentor(work)
    place.admitted = True
    found = await rows.place(work.session, work.school.id, place.id)
    assert found is not None
    assert await selection.barred(work, [found]) == {}
    await selection.suspend(work, found.person, place.id)
    assert not place.admitted


async def test_marks_are_of_days_that_have_been_and_of_things_that_are_ticked(work: Work) -> None:
    place = await _mentor(work)
    who = await _person(work, place)
    for item, on, until in (
        ("outside_check", work.today + timedelta(days=1), None),
        ("outside_check", work.today, work.today - timedelta(days=1)),
        ("interview", work.today, None),
        ("own_consent", work.today, None),
        ("nothing", work.today, None),
        (TOPIC + "nothing", work.today, None),
    ):
        with pytest.raises(Refusal):
            await selection.tick(work, who, item, on, until)
    await selection.tick(work, who, "outside_check", work.today)
    await selection.tick(work, who, "outside_check", work.today)
    await selection.untick(work, who, "outside_check")
    assert "outside_check" in await _lacks(work, place)


async def test_attendance_is_noted_once_for_everybody_who_was_there(work: Work) -> None:
    first, second = await _mentor(work), await _mentor(work)
    persons = [await _person(work, first), await _person(work, second)]
    assert await selection.attended(work, "role", persons, work.today) == 2
    assert await selection.attended(work, "role", persons, work.today) == 0


async def test_the_shortlist_is_kept_for_a_place(work: Work) -> None:
    place = await _mentor(work)
    who = await _person(work, place)
    await selection.shortlist(work, who, place.id, on=True)
    await selection.shortlist(work, who, place.id, on=True)
    found = await rows.place(work.session, work.school.id, place.id)
    assert found is not None
    assert (await selection.standings(work, [found]))[place.id].shortlisted
