"""What words that were typed outside any question are probably about. Pure; a guess is only ever offered.

Children write to the bot as to a person: «не смогу завтра», «а кто мой наставник». The words go to nobody, so the
answer has to say so and show the way that leads there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from program.names import folded

AT_MOST = 2  # ways that are offered
LONGEST = 300  # characters that are looked at: what is said at the beginning is what it is about


class About(StrEnum):
    """In the order in which they are offered where words speak of several."""

    FEELING = "feeling"
    HELP = "help"
    MEETINGS = "meetings"
    PAIR = "pair"
    QUESTIONNAIRE = "questionnaire"
    LEAVING = "leaving"
    DATA = "data"
    SETTINGS = "settings"
    PROGRAM = "program"
    THANKS = "thanks"
    FINE = "fine"


# Beginnings of words; «=» stands for the word itself. Several words: all of them, in any order.
BEGINNINGS: dict[About, tuple[str, ...]] = {
    About.FEELING: (
        "груст", "=плохо", "=боюсь", "=страшно", "обид", "обиж", "одинок", "плачу", "=плакать", "тревож", "устал", "тяжело", "sad", "scared", "lonely",
    ),
    About.HELP: ("помоги", "помощ", "проблем", "поссор", "жалоб", "=help"),
    About.MEETINGS: (
        "встреч", "встрет", "увидим", "виделись", "увиделись", "повидались", "перенес", "перенос", "отмен", "отложи", "опозда", "опазд", "заболе", "болею", "=болен",
        "=больна", "больниц", "температур", "=приду", "придти", "прийти", "=прихожу", "=придет", "=пришел", "=пришла", "=пришли",
        "смогу", "=сможет", "получится", "расписани", "=уеду", "уезжа", "календар", "кабинет", "=завтра",
        "другое время", "поменять время", "=ссылку", "=ссылка", "meet",
    ),
    About.PAIR: (
        "наставни", "подопечн", "напарни", "партнер", "=пара", "=пару", "=паре", "=пары", "ученик", "=план", "=плана", "=плане",
        "программ", "=цель", "=цели", "=идея", "=идеи", "=идею", "переписк", "передай", "передать", "другого", "другим", "сменить",
        "поменять", "чем заняться", "что делать", "скучно", "не отвечает", "mentor", "pair",
    ),
    About.QUESTIONNAIRE: ("анкет", "опрос", "questionnaire"),
    About.LEAVING: (
        "выйти", "=уйти", "ухожу", "отстан", "отпис", "отпиш", "=надоело", "бросить", "не хочу", "не буду", "больше не", "прекрат", "leave", "quit",
    ),
    About.DATA: ("данны", "удали", "согласи", "персональн", "data"),
    About.SETTINGS: (
        "настро", "уведомлен", "напомина", "=ночью", "=реже", "=спам", "телеграм", "=тг", "=вк", "вконтакт", "=чат", "язык", "english",
        "телефон", "номер",
    ),
    About.PROGRAM: ("=бот", "ты кто", "вы кто", "это работает", "не понимаю", "непонятно", "не понял", "умеешь", "=сайт", "bot"),
    About.THANKS: ("спасиб", "=спс", "благодар", "thank"),
}  # fmt: skip
# The whole message, nothing else.
FINE = frozenset(
    {
        "ок", "окей", "хорошо", "ладно", "понятно", "понял", "поняла", "ясно", "ага", "угу", "да", "нет", "+", "ok", "okay", "yes", "no",
        "👍", "👌", "❤", "❤️", "🙂", "😊",
    }
)  # fmt: skip
# Said of something else than how one is: «не страшно», «боюсь, не смогу», «плохо слышно».
_NO_FEELING = re.compile(
    r"\b(?:не|ничего|ничуть|нисколько|(?:am|is|are|m|s|re)? ?not) (?:так |очень |совсем |so )?\w+|\bбоюсь,? (?:что )?(?:не\b|опозда)"
    r"|\bплохо (?:слыш|вид|груз|работ|лов|понима|помню|знаю)\w*|\b(?:слышно|видно|грузит|работает|ловит) плохо\b"
)
_WORD = re.compile(r"[a-zа-я]+")


def about(text: str) -> tuple[About, ...]:
    """What is spoken of, at most two matters; nothing where no word is known.

    Thanks count alone: «спасибо, а когда встреча» asks about a meeting.
    """
    said = folded(text[:LONGEST])
    if said.strip(" .!?…)(") in FINE:
        return (About.FINE,)
    words, felt = _WORD.findall(said), _WORD.findall(_NO_FEELING.sub(" ", said))
    found = [
        one
        for one, beginnings in BEGINNINGS.items()
        if any(_stands(b, felt if one is About.FEELING else words) for b in beginnings)
    ]
    asked = [one for one in found if one is not About.THANKS]
    return tuple((asked or found)[:AT_MOST])


def _stands(beginning: str, words: Iterable[str]) -> bool:
    return all(any(_fits(one, word) for word in words) for one in beginning.split())


def _fits(beginning: str, word: str) -> bool:
    return word == beginning[1:] if beginning.startswith("=") else word.startswith(beginning)
