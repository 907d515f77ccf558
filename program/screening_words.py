"""Words that hurt: a small list of stems, read through look-alike letters, stretched and parted words.

It is for asking the writer to look again and for the curator, never for judging anybody. What people say of
themselves («я такой тупой») is no insult, and neither are titles in quotes or the angle of a triangle.
"""

from __future__ import annotations

import re

from program.names import folded

_TWINS = str.maketrans(
    {
        "a": "а", "b": "б", "c": "с", "d": "д", "e": "е", "g": "г", "h": "н", "i": "и", "k": "к", "l": "л", "m": "м", "n": "н",
        "o": "о", "p": "р", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "x": "х", "y": "у", "z": "з", "j": "й",
        "0": "о", "3": "з", "4": "ч", "6": "б", "@": "а", "$": "с", "1": "и", "!": "и", "ё": "е", "й": "и",
    }
)  # fmt: skip
# «й» and «и» are one here, and a letter said twice stands once.
_ROUGH = (
    r"ху[иеяюл]\w*|(?:на|по|о|а)ху[иея]\w*|(?:рас|вы|за|от|под|с|ис)?пизд\w*|пздц|(?:за|вы|на|до|у|по|от|разъ|съ|въ|объ|подъ|отъ)?"
    r"еб(?:а[тлнш]|л[аоия]|у[тч]|ис|ну|ет)\w*|еб(?:ик|анат)\w*|бля(?:д|т)?(?:ь|и|ск\w*|ина)?|сук[аиу]|сучк\w+|мудак\w*|мудил\w*|"
    r"г[оа]ндон\w*|пид[оа]р\w*|шлюх\w*|шалав\w*"
)
_NAMES = (
    r"дурак(?:и|а|у|ом)?|дура|дуры|дурында|придур\w+|идиот\w*|дебил\w*|кретин\w*|имбецил\w*|даун|дауны|"
    r"урод(?:а|ы|ина|ка|ец)?|лох(?:и|а|ушка|ом)?|чмо|чмошник\w*|тупиц\w+|сволоч\w*|ублюд\w+|мраз\w+|гнид\w+|ничтожество|"
    r"жиртрес\w*|очкарик\w*|тупорыл\w*|уеби\w+"
)
_AIMED = (
    r"туп(?:ои|ая|ые|ое)|козел|козлы|свинья|тварь|твари|баран|бараны|осел|ослы|корова|жирн(?:ыи|ая)|никто|дрянь|крыса|"
    r"страшн(?:ыи|ая)|уродлив(?:ыи|ая)|больн(?:ои|ая)|лузер\w*|позор"
)
_YOU = r"(?:ты|вы)"
_BETWEEN = r"(?:\s+(?:же|ж|просто|такои|такая|такие|полныи|полная|реально|совсем|вообще|настоящии|настоящая|прям|—|-))*"
_HURTS = re.compile(
    rf"(?<![\w-])(?P<rough>{_ROUGH})(?![\w-])|"
    rf"(?<![\w-])(?P<name>{_NAMES})(?![\w-])|"
    rf"(?<!\w){_YOU}{_BETWEEN}\s+(?P<aimed>{_AIMED})(?!\w)|"
    r"(?<!\w)(?:заткнись|заткнитесь|заткни\s+рот|закрои\s+рот|завали\s+(?:рот|еб\w+|хлебал\w+)|пошел\s+(?:вон|ты)|пошла\s+(?:вон|ты)|иди\s+в\s+жопу|"
    r"отвали|сдохни|сдохните|убеи\s+себя|убеися|ненавижу\s+тебя|тебя\s+(?:все|никто)\s+(?:ненавид\w+|не\s+люб\w+))(?!\w)"
)
# Of the writer, or told of somebody who said it.
_OF_ONESELF = re.compile(
    r"(?<!\w)(?:назвал\w*|называ\w+|обозвал\w*|обзыва\w+|обзовут|дразн\w+|дразнил\w*)(?:\s+\w+){0,2}\s*[:—-]?\s*$|"
    r"(?<!\w)(?:я|мы|мне|меня|себя|себе|сам|сама)(?:\s+(?:же|ж|просто|такои|такая|полныи|полная|реально|совсем|вообще|какои-то|"
    r"какая-то|чувствую|чувствуюсь|считаю|как|был|была|и|себя|настоящии|настоящая|—|-))*\s*[-–—]?\s*$"
)
_QUOTED = re.compile('«[^«»]{1,60}»|„[^„“]{1,60}“|"[^"\n]{1,60}"')
_PARTED = re.compile(r"(?<!\w)(?:[а-яa-z0-9@$][\s.\-_*·]+){3,}[а-яa-z0-9@$](?!\w)")
_TWICE = re.compile(r"(\w)\1+")
_CAPITAL = re.compile(r"[А-ЯЁA-Z]")


def hurts(words: str) -> bool:
    """Whether somebody is called names here, other than the writer."""
    text = _read(_without_titles(words))
    for found in _HURTS.finditer(text):
        if found["rough"] or not _OF_ONESELF.search(text[: found.start()]):
            return True
    return False


def _without_titles(words: str) -> str:
    """Titles of books («Идиот») are left out; a quoted word in small letters is not a title."""
    return _QUOTED.sub(lambda found: " " if _CAPITAL.match(found[0][1:].lstrip()) else found[0], words)


def _read(words: str) -> str:
    """Through look-alike letters; single letters that stand apart are put together, stretched ones once."""
    plain = folded(words)
    plain = _PARTED.sub(lambda found: re.sub(r"[\s.\-_*·]+", "", found[0]), plain)
    # A word in Latin letters alone is English or a nickname, and plain numbers are numbers.
    plain = re.sub(r"[\w@$!]+", lambda found: _twinned(found[0]), plain)
    return _TWICE.sub(r"\1", plain)


def _twinned(word: str) -> str:
    if word.isdecimal():
        return word
    tail = len(word) - len(word.rstrip("!"))
    core = word[: len(word) - tail]
    return core.translate(_TWINS) + "!" * tail
