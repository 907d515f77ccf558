"""A mentoring season, written once, lived through on Telegram, VK and the web chat.

Above the wire everything is real: the house of `nastavnik run`, aiogram, vk-api, uvicorn, a database file.
`NASTAVNIK_TEST_TRANSCRIPT=path` writes what everybody read and pressed, and the logs beside it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import structlog
from limits import parse

from app import log
from bot.web import chat, pace
from program.channels import MESSENGERS, Channel
from program.roles import Category
from tests.season import checks, meetups, story
from tests.season.office import Office
from tests.season.town import ZONE, Town
from tests.worlds import TelegramWorld, VkWorld


@pytest.fixture(params=MESSENGERS, ids=str)
async def town(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    monkeypatch.setitem(pace._LIMITS, pace.Use.SAY, (parse("10000/minute"),))  # tried elsewhere
    monkeypatch.setattr(chat, "LOOK_EVERY", 0.005)
    channel: Channel = request.param
    town = Town(channel, tmp_path)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    log.set_up("json", stream=town.logs)
    try:
        async with AsyncExitStack() as stack:
            if channel is Channel.TELEGRAM:
                town.world = await stack.enter_async_context(TelegramWorld())
            elif channel is Channel.VK:
                town.world = await stack.enter_async_context(VkWorld())
            await town.begins()
            yield town
            await town.closes()
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
        writes_transcript(town)


async def test_a_season_from_the_class_list_to_the_report(town: Town) -> None:
    office = Office(town)
    await story.lists_are_loaded(office)
    cast = await everybody_joins(town, office)
    await meetups.a_trial_meeting(town, office, cast)
    await story.pairs_are_decided_and_nobody_hears_of_it(town, office)
    await story.pairs_are_announced_in_the_evening_and_heard_in_the_morning(town, office, cast)
    await story.both_sides_say_that_it_suits_them(town, office, cast)
    mentor = await story.the_pair_agrees_by_buttons(town, cast)
    await story.the_other_pair_meets_early_in_the_morning(town, cast, mentor)
    await story.it_is_reminded_of_twice(town, cast, mentor)
    await story.the_meeting_is_asked_about(town, cast, mentor)
    await story.both_sides_answer_in_four_taps(town, office, cast, mentor)
    await story.help_is_two_presses_away(town, office, cast.tyoma)
    await story.news_go_out_once(town, office, cast)
    await story.who_closed_the_chat_is_shown(town, office)
    await meetups.a_meeting_on_one_topic(town, office, cast)
    await meetups.who_came_says_how_it_was(town, cast)
    await meetups.a_question_and_a_request(office, cast)
    if town.channel is not Channel.VK:  # the same buttons as on Telegram, and a long afternoon
        await meetups.an_afternoon_of_rounds(town, office, cast)
    await story.reports_hold_the_people_expected(office)
    await checks.all_of_it(town)


async def everybody_joins(town: Town, office: Office) -> story.Cast:
    """Pupils with their parents, a teacher, a former pupil; questionnaires; the curator's word."""
    card = await office.invites("Ласточкина Варя")
    varya, page = await story.a_pupil_of_13_joins_as_mentee(town, card)
    mother = await story.the_mother_answers(town, page, "Варя", "Ласточкина Елена Юрьевна")
    await story.a_used_link_and_a_wrong_one_lead_to_the_curator(town, card)
    await office.confirms_guardians("Ласточкина Варя")
    assert "школа его подтвердила" in varya.words
    assert "Школа подтвердила" in mother.words
    await story.the_pupil_fills_in_the_questionnaire(varya)

    tyoma = town.arrives("Тёма, 6Б")
    await tyoma.opens(await office.invites("Снегирев Тёма"))
    await tyoma.presses("Да, это я", "Нужен наставник", "Старший ученик")
    gleb, mira, pages = await story.teenagers_join_with_their_own_word(town, office)
    pages.insert(0, await tyoma.link("Страница для родителя"))
    parents = {"Варя": mother}
    for child, name, last, page in zip(
        (tyoma, gleb, mira),
        ("Снегирева Нина Львовна", "Журавлёва Анна Ильинична", "Зимородкова Ирина Юрьевна"),
        ("Снегирев Тёма", "Журавлёв Глеб", "Зимородкова Мира"),
        pages,
        strict=True,
    ):
        parent = town.arrives(f"{name.split()[1]}, мама", Category.PARENT)
        await story.by_the_page(parent, page, name)
        await office.confirms_guardians(last)
        parents[child.who] = parent
        await child.presses("Заполнить анкету")
        await story.a_questionnaire_is_filled(child)
    olga, lev = await story.adults_join(town, office)
    await story.a_questionnaire_is_filled(olga)
    for last in ("Журавлёв Глеб", "Зимородкова Мира", "Рябинина Ольга"):
        await office.admits(last)
    return story.Cast(varya, tyoma, gleb, mira, olga, lev, parents)


def writes_transcript(town: Town) -> None:
    path = os.environ.get("NASTAVNIK_TEST_TRANSCRIPT")
    if not path:
        return
    Path(f"{path}.{town.channel}.log").write_text(town.logs.getvalue(), encoding="utf-8")
    with Path(f"{path}.{town.channel}").open("w", encoding="utf-8") as file:
        for line in town.lines:
            said = "→" if line.note.mine else ("←" if line.asked else "✉")
            buttons = "".join(f"\n        [{label}]" for label in line.note.labels)
            file.write(
                f"{line.at.astimezone(ZONE):%a %d.%m %H:%M} {line.who} {said} {line.note.words[:1500]}{buttons}\n"
            )
