"""The demo's people live through the real conversation engine: they type and press, nothing is inserted."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from actions import webchat
from actions.work import Work
from bot.front import Front
from bot.messenger import Heard, Incoming
from bot.sender import Sender
from locales import Texts
from program.channels import Channel
from program.text import Text
from storage import schools, talks
from storage.database import Database
from storage.tables import Conversation, School

# What is typed where the question has no buttons; by step, else by the kind of question.
WORDS = {
    "INT_ME_P.1": (
        "Хочу лучше понимать математику",
        "Хочу сделать проект о птицах",
        "Хочу увереннее выступать",
    ),
    "INT_ME_P.4": ("Рисую", "Быстро считаю", "Хорошо бегаю", "Умею слушать"),
    "INT_MO.3": ("Победы в школьных олимпиадах", "Веду кружок третий год", "Готовлю команду к конкурсам"),
    "INT_MO.9": ("Нравится объяснять", "Хочу помогать младшим", "Приятно видеть результат"),
    "INT_ME_T.13": ("Как удержать внимание класса", "Как готовить детей к олимпиаде"),
    "INT_ME_T.14": ("Легко нахожу общий язык с детьми",),
}
NUMBERS = {"INT_MO.6": "4", "INT_MO.7": "4", "INT_ME_T.11": "1"}
ANSWERS = {
    "INT_ME_P.10": "no", "INT_MO.13": "yes",  # a calm school: whoever needs help says so while being played
    "INT_ME_P.6b": "any",  # whose pair stands in the plan already asks for nothing that it could break
    "me": "yes", "who": "me", "relation": "mother", "sure": "send",
    "consent-pd": "agree", "consent-participation": "agree",
    "consent-messenger": "agree", "consent-publication": "agree",
}  # fmt: skip
FIRST = {"which"}  # where things are done in the order in which they stand
LONGEST_TALK = 60  # answers in one conversation; more would be a defect of the script

_events = count(1)


@dataclass
class Life:
    """One person's fingers.

    Args:
        now: the time on the house's clock while this person types.
        answers: what this person says at a step, over what everybody says.
    """

    database: Database
    front: Front
    sender: Sender
    person_id: int
    chance: random.Random
    answers: Mapping[str, str]
    channel: Channel = Channel.WEB

    async def opens(self, token: str, now: datetime) -> None:
        """Opens an invitation and answers whatever is asked until nothing is open."""
        await self._hears(Heard.START, now, data=token)
        await self._answer_all(now)

    async def presses(self, data: str, now: datetime) -> None:
        await self._hears(Heard.PRESS, now, data=data)
        await self._answer_all(now)

    async def _answer_all(self, now: datetime) -> None:
        for _ in range(LONGEST_TALK):
            async with self.database.reading() as session:
                conversation = await talks.conversation(session, self.person_id)
            if conversation is None:
                return
            await self._answer(conversation, now)
        raise RuntimeError("a conversation of the demo does not end")

    async def _answer(self, conversation: Conversation, now: datetime) -> None:
        step, options = conversation.step, conversation.options
        values = [option["value"] for option in options]
        said = self.answers.get(step) or ANSWERS.get(step)
        if said in values:
            await self._press_option(conversation, values.index(said), now)
        elif said is not None:
            await self._hears(Heard.TEXT, now, text=said)
        elif step in FIRST and options:
            await self._press_option(conversation, 0, now)
        elif step.endswith(":check"):
            await self._press_option(conversation, values.index("send"), now)
        elif conversation.accepts.get("many"):
            most = min(conversation.accepts.get("limit") or 3, len(values))
            picked = self.chance.sample(range(len(values)), self.chance.randint(1, most))
            labels = [_label(options[number]) for number in sorted(picked)]
            plain = not any("," in label for label in labels)
            words = labels if plain else [str(number + 1) for number in sorted(picked)]
            await self._hears(Heard.TEXT, now, text=", ".join(words))
        elif options:
            await self._press_option(conversation, self.chance.randrange(len(options)), now)
        elif step in WORDS:
            await self._hears(Heard.TEXT, now, text=self.chance.choice(WORDS[step]))
        elif step in NUMBERS:
            await self._hears(Heard.TEXT, now, text=NUMBERS[step])
        elif conversation.accepts.get("skip"):
            await self._hears(Heard.PRESS, now, data=f"t:{conversation.turn}:skip")
        else:
            raise RuntimeError(f"the demo's person cannot answer {conversation.flow}: {step}")

    async def _press_option(self, conversation: Conversation, number: int, now: datetime) -> None:
        data = f"t:{conversation.turn}:{number}"
        await self._hears(Heard.PRESS, now, text=_label(conversation.options[number]), data=data)

    async def _hears(self, heard: Heard, now: datetime, *, text: str = "", data: str = "") -> None:
        await self.front.receive(
            Incoming(
                self.channel, str(self.person_id), f"demo-{next(_events)}", heard, now, text=text, data=data
            )
        )
        await self.sender.drain()  # the answer stands under what was said, as in life


def _label(option: Mapping[str, Any]) -> str:
    return Texts("ru", familiar=True)(Text.from_json(option["label"]))


async def arrives(database: Database, school: School, now: datetime, token: str, visit: str) -> int:
    """Somebody scans a QR code and chooses the web chat; returns who that is."""
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now)
        person, _ = await webchat.open_by_invitation(work, token, visit)
        return person.id
