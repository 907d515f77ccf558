"""A conversation begun under an older version goes on under today's: kept journals are replayed.

`tests/bot/journals/*.json` are journals as they were written. Those of released versions are never
changed; NASTAVNIK_TEST_RECORD=1 writes today's, and the change of steps is seen in review.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.work import Work
from bot import menu, talk
from bot.asked import Outcome
from bot.journal import Journal
from locales import Texts
from program.channels import Channel
from program.roles import Category
from storage.database import Database
from storage.tables import Person, School
from tests.bot.chat import Chat
from tests.bot.scenes import SCENES, walk

HERE = Path(__file__).parent / "journals"
RECORD = bool(os.environ.get("NASTAVNIK_TEST_RECORD"))
KEPT = sorted(file.stem for file in HERE.glob("*.json"))


def kept(name: str) -> dict[str, Any]:
    return dict(json.loads((HERE / f"{name}.json").read_text()))


@pytest.mark.parametrize("name", SCENES)
async def test_the_steps_of_a_flow_are_those_that_were_reviewed(
    name: str, database: Database, school: School, now: datetime
) -> None:
    scene = SCENES[name]
    chat = await scene.begin(database, school, now)
    walked = await walk(chat, scene)
    if RECORD:
        found = {
            "flow": scene.flow,
            "subject": walked.subject,
            "steps": walked.steps,
            "journal": walked.journal,
        }
        (HERE / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    assert walked.steps == kept(name)["steps"]


@pytest.mark.parametrize("name", ["join-pupil-of-16", "join-teacher", "guardian"])
async def test_a_conversation_keeps_no_words_of_the_consents_it_shows(
    name: str, database: Database, school: School, now: datetime
) -> None:
    scene = SCENES[name]
    walked = await walk(await scene.begin(database, school, now), scene)
    kept_now = json.dumps(walked.journal, ensure_ascii=False)
    assert "sha256" in kept_now
    assert "персональных данных" not in kept_now
    assert len(kept_now) < 2500


@pytest.mark.parametrize("name", KEPT)
async def test_every_beginning_of_a_kept_journal_leads_to_a_known_question(
    name: str, database: Database, school: School, now: datetime
) -> None:
    """Step by step, as if the upgrade had come in between; and the last answer ends it."""
    old = kept(name)
    chat = await SCENES[name].begin(database, school, now)
    asked = []
    for count in range(len(old["journal"]) + 1):
        outcome = await _today(chat, old, old["journal"][:count])
        assert not outcome.refused, (count, outcome.said)
        assert outcome.missed is False
        if count < len(old["journal"]):
            assert outcome.question is not None, old["journal"][:count]
            asked.append(outcome.question.step)
        else:
            assert outcome.question is None, outcome.question
    assert set(asked) <= set(old["steps"])
    assert [step for at, step in enumerate(asked) if at == 0 or step != asked[at - 1]] == old["steps"]


@pytest.mark.parametrize("name", KEPT)
async def test_an_answer_that_an_upgrade_took_out_of_a_kept_journal_is_asked_again(
    name: str, database: Database, school: School, now: datetime
) -> None:
    """Any answer may be missing: another version asked it elsewhere. Nothing fails, something is asked or done."""
    old = kept(name)
    chat = await SCENES[name].begin(database, school, now)
    for gone in range(len(old["journal"])):
        lines = [line for at, line in enumerate(old["journal"]) if at != gone]
        outcome = await _today(chat, old, lines)
        assert outcome.question is not None or outcome.said or outcome.then


async def _today(chat: Chat, old: dict[str, Any], lines: list[list[Any]]) -> Outcome:
    """One run of today's flow over old lines; whatever it does is undone."""
    person = await chat.person()
    journal = Journal(json.loads(json.dumps(lines)))
    async with chat.database.transaction() as session:
        known = await session.get(Person, person.id)
        assert known is not None
        school = await session.get(School, known.school_id)
        assert school is not None
        work = Work(session, school, chat.now, f"person:{known.id}")
        words = Texts("ru", familiar=known.category == Category.PUPIL)
        try:
            return await talk.run(
                menu.FLOWS[old["flow"]], journal, work, known.id, dict(old["subject"]), words, Channel.VK
            )
        finally:
            await session.rollback()
