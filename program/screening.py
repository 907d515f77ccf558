"""What a message between two people holds that a grown-up should look at first: contacts, cards, hurtful words.

It errs on the quiet side with numbers: dates, bell times, scores and exercises are written about every day.
Whoever wants to get around it can; the curator reads the correspondence, and the participants know that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from program.screening_numbers import has_card, has_phone
from program.screening_words import hurts


class Found(StrEnum):
    PHONE = "phone"
    CARD = "card"
    EMAIL = "email"
    NICK = "nick"  # a name or page in another messenger or network
    LINK = "link"
    ADDRESS = "address"  # where somebody lives
    INSULT = "insult"


# What is not written where several people read; where to meet may be, and hurtful words are another matter.
CONTACTS = frozenset({Found.PHONE, Found.CARD, Found.EMAIL, Found.NICK, Found.LINK})
# Zones in which a bare «name.zone» is a site. Short words of Russian after a dot are not («т.д», «урок.Ну»).
_ZONES = (
    "ru|рф|su|com|net|org|me|io|gg|tv|cc|info|online|site|app|link|page|xyz|top|club|live|pro|dev|by|kz|ua|"
    "eu|de|uk|us|biz|space|store|shop|chat|li|ly|gl|to"
)
_HOST = rf"(?:[a-zа-яё0-9][a-zа-яё0-9-]{{0,62}}\.){{1,10}}(?:{_ZONES})"
_LINK = re.compile(
    rf"(?:(?:https?|hxxps?|ftp)\s*:\s*//\s*[^\s]+|www\.[^\s]+|(?<![\w@.-]){_HOST}(?![\w-])(?:[:/?#][^\s]*)?)"
)
_SPOKEN_LINK = re.compile(
    r"(?<![\w-])[a-zа-яё0-9-]{2,63}\s*(?:\s(?:точка|тчк|dot)\s|[(\[]\s*(?:точка|тчк|dot|\.)\s*[)\]])\s*"
    r"(?:ru|ру|com|ком|net|нет|org|me|рф|su|io)(?!\w)"
)
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}\s{{0,3}}(?:@|[(\[]\s*(?:at|собака|@)\s*[)\]]|\sсобака\s)\s*"
    rf"(?:{_HOST}|[\w-]{{1,63}}\s{{0,3}}(?:\.|точка|dot)\s{{0,3}}(?:{_ZONES}|ру|ком))(?![\w-])"
)
# Pages of people and chats: not a site of the school's even where its host is allowed.
_PERSONAL = re.compile(
    r"(?<![\w.])(?:t\.me|telegram\.me|tg\.me|vk\.me|vk\.com|vk\.ru|m\.vk\.com|wa\.me|max\.ru|discord\.(?:gg|com)|ok\.ru|"
    r"instagram\.com|tiktok\.com|youtube\.com/@|snapchat\.com|chat\.whatsapp\.com)(?:/|(?!\w))"
)
_AT = re.compile(r"(?<![\w.])@\s?[a-z][a-z0-9_.]{2,31}(?!\w)")
_APPS = (
    r"(?:вк|vk|вконтакте|тг|tg|телега|телеге|телегу|телеграм\w*|telegram|инста|инсте|инсту|инстаграм\w*|inst|insta|"
    r"instagram|дискорд\w*|discord|ds|дс|ватсап\w*|вотсап\w*|whatsapp|вайбер\w*|viber|скайп\w*|skype|снап\w*|snap|"
    r"тикток\w*|tiktok|стим\w*|steam|роблокс\w*|roblox)"
)
_NICK = re.compile(
    rf"(?<!\w){_APPS}(?!\w)[\s:=\-–—(,]{{0,4}}(?:мой\s+)?(?:ник|логин|id|айди|аккаунт|акк)?[\s:=\-–—(]{{0,4}}"
    r"@?[a-z][a-z0-9_.-]{3,31}(?!\w)"
)
_LOGIN = re.compile(
    r"(?<!\w)(?:мой\s+)?(?:ник|никнейм|логин|айди)(?!\w)[\s:=\-–—(]{1,4}@?[a-z][a-z0-9_.-]{3,31}(?!\w)"
)
# Also as VK marks people in a text: [id1|Имя], *id1, @id1.
_VK_ID = re.compile(
    r"(?<!\w)(?:id|ид|айди)[\s:№#]{0,2}\d{6,12}(?!\d)|[\[*@]\s?(?:id|club|public|event)\d+(?!\d)|\[[a-z][\w.]{2,31}\|"
)
# A street in full needs its name with a capital letter: «на улице тепло, 15 градусов» is no address.
_STREET = r"(?:ул|просп|пр-т|пр-те|пер|б-р|наб|мкр|мкрн)(?:\.\s*|\s+)[А-ЯЁа-яё0-9]"
_STREET_NAMED = (
    r"(?:улиц[аеуы]|проспект[еа]?|переул(?:ок|ке|ка)|бульвар[еа]?|шоссе|проезде?|набережн(?:ая|ой)|микрорайоне?)\s+"
    r"[А-ЯЁ0-9]"
)
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?i:{_STREET})|{_STREET_NAMED})[А-ЯЁа-яё0-9 .-]{{1,40}}?,?\s*(?:(?i:дом|д\.?)\s*)?\d{{1,4}}\s?[А-Яа-яё]?(?!\w)|"
    r"(?<!\w)(?i:квартир[аеу]|кв\.?|подъезде?|домофона?)\s*(?:№\s*)?\d{1,4}(?!\w)"
)


def find(words: str, hosts: Collection[str] = ()) -> tuple[Found, ...]:
    """What the words hold, in the order of `Found`.

    Args:
        hosts: links to these hosts, and to hosts below them, are not counted.
    """
    plain = _plain(words)
    emails = _EMAIL.sub(" ", plain)
    nick = any(pattern.search(emails) for pattern in (_PERSONAL, _AT, _NICK, _LOGIN, _VK_ID))
    seen = {
        Found.PHONE: has_phone(_LINK.sub(" ", plain)),
        Found.CARD: has_card(plain),
        Found.EMAIL: emails != plain,
        Found.NICK: nick,
        Found.LINK: _links(emails, hosts),
        Found.ADDRESS: _ADDRESS.search(words) is not None,
        Found.INSULT: hurts(words),
    }
    return tuple(kind for kind in Found if seen[kind])


def _links(plain: str, hosts: Collection[str]) -> bool:
    """Whether a link leads anywhere but to the allowed hosts; pages of people count as nicknames already."""
    if _SPOKEN_LINK.search(plain):
        return True
    for link in _LINK.findall(plain):
        rest = link.partition("//")[2].strip() if "//" in link else link
        host = re.split(r"[/?#]", rest, maxsplit=1)[0]
        # What stands before «@» is not the host, whatever it looks like.
        name = host.partition(":")[0].removeprefix("www.")
        known = "@" not in host and any(name == one or name.endswith("." + one) for one in hosts)
        if not known and not _PERSONAL.search(rest):
            return True
    return False


def _plain(words: str) -> str:
    """Lower case, one form of each sign, digits of any script as ours, without what is invisible."""
    shown = unicodedata.normalize("NFKC", words)
    kept = (c for c in shown if unicodedata.category(c) not in ("Cf", "Mn", "Me"))
    return "".join(str(int(c)) if c.isdecimal() else c for c in kept).casefold()
