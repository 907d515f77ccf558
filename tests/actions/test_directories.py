"""A curator edits the directories; nothing that is used is lost, the other school sees nothing of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from actions import directories, pairs
from actions.directories import Words
from actions.work import Work
from program.directories import Directory
from program.errors import Refusal
from storage.tables import DirectoryEntry, Pair
from tests import build
from tests.pairs import couple

MODEL = Directory.ROLE_MODEL


async def test_a_school_adds_its_own_role_model_and_a_pair_takes_it(work: Work) -> None:
    made = await directories.add(work, MODEL, Words("Волонтёр – новичок", "Вместе добрее"), "uch_uch")
    assert made.slug == "uch_uch.own1"
    assert made.slug in {one.slug for one in await directories.role_models(work, "uch_uch")}
    assert made.slug not in {one.slug for one in await directories.role_models(work, "uchit_uch")}
    pair = await work.session.get(Pair, (await couple(work.session, work.school, form="uch_uch")).pair)
    assert pair is not None
    await pairs.set_role_model(work, pair.id, made.slug)
    with pytest.raises(Refusal, match="pair-model-unknown"):
        await pairs.set_role_model(work, pair.id, "uchit_uch.odaren")
    await directories.switch(work, MODEL, made.slug, on=False)
    stored = await work.session.get(Pair, pair.id)
    assert stored is not None
    assert stored.role_model == made.slug
    assert made.slug not in {one.slug for one in await directories.role_models(work, "uch_uch")}
    kept = await directories.role_models(work, "uch_uch", keep=made.slug)
    assert made.slug in {one.slug for one in kept}
    assert made.slug in {one.slug for one in await directories.role_models(work)}  # for reports


async def test_an_edit_keeps_only_what_differs_and_emptying_brings_the_shipped_words_back(work: Work) -> None:
    before = await directories.entry(work, Directory.MODEL, "flash")
    assert before is not None
    words = Words(before.label.ru, about="Одна встреча у нас в библиотеке.", plus=before.plus.ru)
    after = await directories.edit(work, Directory.MODEL, "flash", words)
    assert (after.label, after.plus) == (before.label, before.plus)  # English and «ты» stay
    assert (after.about.ru, after.edited) == ("Одна встреча у нас в библиотеке.", True)
    again = await directories.edit(work, Directory.MODEL, "flash", Words(""))
    assert (again.about, again.edited) == (before.about, False)


async def test_a_name_is_taken_once(work: Work) -> None:
    with pytest.raises(Refusal, match="directory-label-taken"):
        await directories.add(work, Directory.METHOD, Words("личный  ПРИМЕР"))
    own = await directories.add(work, Directory.METHOD, Words("Прогулка"))
    with pytest.raises(Refusal, match="directory-label-taken"):
        await directories.edit(work, Directory.METHOD, own.slug, Words("Личный пример"))
    with pytest.raises(Refusal, match="directory-label-missing"):
        await directories.edit(work, Directory.METHOD, own.slug, Words(""))


async def test_a_label_that_hurts_is_refused(work: Work) -> None:
    with pytest.raises(Refusal, match="directory-shown-hurts"):
        await directories.add(work, MODEL, Words("Сильный – отстающий", "Помощь отстающему"), "uch_uch")
    with pytest.raises(Refusal, match="directory-shown-hurts"):
        await directories.edit(work, MODEL, "uch_uch.lider_tihonya", Words("", "Лидер – тихоня"))


async def test_shipped_forms_are_explained_and_switched_in_the_settings(work: Work) -> None:
    with pytest.raises(Refusal, match="directory-form-missing"):
        await directories.add(work, Directory.FORM, Words("Сосед – ученик"))
    with pytest.raises(Refusal, match="directory-forms-in-settings"):
        await directories.switch(work, Directory.FORM, "uch_uch", on=False)
    found = await directories.edit(
        work, Directory.FORM, "uch_uch", Words("Иначе", about="Старший и младший.")
    )
    assert found.about.ru == "Старший и младший."
    assert found.name.id == "form-uch-uch"
    on = {one.slug for one in await directories.entries(work, Directory.FORM)}
    assert on == set(work.settings.forms)


async def test_entries_move_up_and_down_and_stay_in_their_list(work: Work) -> None:
    before = [one.slug for one in await directories.entries(work, Directory.TYPE)]
    await directories.move(work, Directory.TYPE, before[0], -1)  # nothing above
    await directories.move(work, Directory.TYPE, before[0], 1)
    own = await directories.add(work, Directory.TYPE, Words("Сетевое"))
    after = [one.slug for one in await directories.entries(work, Directory.TYPE)]
    assert after == [before[1], before[0], before[2], own.slug]
    await directories.switch(work, Directory.TYPE, before[1], on=False)
    await directories.move(work, Directory.TYPE, own.slug, -1)
    everything = await directories.entries(work, Directory.TYPE, everything=True)
    assert [one.slug for one in everything] == [before[1], before[0], own.slug, before[2]]
    assert not everything[0].active


async def test_what_is_unknown_is_refused(work: Work) -> None:
    for act in (
        directories.edit(work, Directory.METHOD, "nothing", Words("Да")),
        directories.switch(work, Directory.METHOD, "nothing", on=True),
        directories.move(work, Directory.METHOD, "nothing", 1),
    ):
        with pytest.raises(Refusal, match="directory-entry-unknown"):
            await act
    for form in ("", "no_form"):
        with pytest.raises(Refusal, match="directory-form-missing"):
            await directories.add(work, MODEL, Words("Кто", "Кто"), form)
    with pytest.raises(Refusal, match="directory-form-missing"):
        await directories.add(work, Directory.METHOD, Words("Кто"), "uch_uch")


async def test_another_school_has_the_shipped_words(work: Work, now: datetime) -> None:
    await directories.add(work, Directory.METHOD, Words("Прогулка"))
    await directories.switch(work, Directory.METHOD, "m_example", on=False)
    other = build.school("second", now=now)
    work.session.add(other)
    await work.session.flush()
    theirs = await directories.entries(Work(work.session, other, now), Directory.METHOD)
    assert "m_example" in {one.slug for one in theirs}
    assert not any(one.own for one in theirs)
    schools = set(await work.session.scalars(select(DirectoryEntry.school_id)))
    assert schools == {work.school.id}
