"""The admin speaks as a deputy head speaks: no English, no words of developers. ux.md 6.2, A4."""

from __future__ import annotations

import re

import pytest

from tests.reading import catalogue
from tests.test_house import STAFF, STAFF_BEGIN

# Read by whoever installs the programme: commands, names of settings.
OPERATORS = {"cli", "doctor", "backup", "schools", "settings"}
# What people write in Latin letters themselves: names of makers and products, kinds of files, keys, ends of addresses.
LATIN = {
    "telegram", "vk", "max", "vk.com", "vkontakte", "excel", "word", "libreoffice", "windows", "apple", "linux", "android",
    "iphone", "ipad", "mac", "chrome", "firefox", "safari", "edge", "opera", "yandex", "zoom", "jazz", "google",
    "authenticator", "freeotp", "id", "qr", "png", "jpeg", "jpg", "pdf", "csv", "xls", "xlsx", "ods", "doc", "docx", "odt", "zip", "swot",
    "ctrl", "tab", "enter", "esc", "k", "p", "https", "http", "ru", "example", "imya", "abc", "wall", "join", "call", "www", "com",
}  # fmt: skip
# What stands on the buttons and in the menus of VK and Telegram themselves: «Каналы» says where to click.
PLATFORMS = {
    "api", "long", "poll", "callback", "botfather", "mybots", "token", "bot", "settings", "edit", "name", "about", "description",
    "allow", "groups", "turn", "off", "devsupport", "corp.vk.com",
}  # fmt: skip
# Beginnings of words that only developers say, or that are English in Russian letters.
FORBIDDEN = (
    "апдейт", "аутентификац", "аккаунт", "бэкап", "бекап", "бэкенд", "валидац", "вебхук", "верификац", "девелоп", "дашборд",
    "дедлайн", "деплой", "дропдаун", "идентификатор", "инстанс", "инпут", "json", "кликн", "коммит", "конфиг", "кэш", "кеш",
    "лейбл", "логирован", "матчинг", "мэтч", "матч", "митап", "модуль", "онбординг", "парсин", "плейсхолдер", "попап", "рефреш",
    "рендер", "роут", "сабмит", "сессия", "скоринг", "скрипт", "стектрейс", "таймаут", "таргет", "тикет", "токен",
    "транзакц", "трекинг", "триггер", "урл", "фидбек", "фича", "фильтр", "хеш", "хэш", "чекбокс", "эндпоинт", "юзер",
)  # fmt: skip
# Said on purpose, beside the Russian that explains it.
KNOWN = {
    ("invite-purpose", "mentor"), ("invite-purpose", "mentee"), ("invite-purpose", "any"),  # the command's own words
    ("quiz-options-about", "Yes"),  # how an English answer is written down
    ("relay-staff-host-odd", "school"),  # an address as an example
    # The command that checks the journal, for who looks after the computers.
    ("journal-end", "nastavnik"), ("journal-end", "audit"), ("journal-end", "verify"), ("journal-end", "known"),
    ("setup-login-hint", "curator"),  # a name to sign in by, as an example
    ("site-embed-about", "HTML"),  # for who keeps the school's site
    # The language of templates, which stands beside in ready examples; DDE is called so by the word processor.
    *(("templates-" + name, word) for name, word in (
        ("how-2", "for"), ("how-2", "endfor"), ("how-3", "if"), ("how-3", "endif"), ("wrong-is-list", "for"),
        ("wrong-is-list", "endfor"), ("wrong-is-yes", "if"), ("wrong-not-row", "tr"), ("wrong-other-place", "tr"),
        ("wrong-open-for", "endfor"), ("wrong-open-if", "endif"), ("file-links", "DDE"),
    )),
    # What stands on the buttons of VK and Telegram themselves.
    ("upkeep-telegram-token", "BotFather"), ("upkeep-vk-token", "API"), ("upkeep-vk-long-poll-off", "API"),
    ("upkeep-vk-long-poll-off", "Long"), ("upkeep-vk-long-poll-off", "Poll"),
    ("upkeep-vk-callback-missing", "API"), ("upkeep-vk-callback-missing", "Callback"),
}  # fmt: skip


def read_by_staff() -> dict[str, str]:
    return {
        name: re.sub(
            r"\{[^{}]*\}|https?://\S+|\b[A-Z]\d\d?\b|\bSAT\b", " ", message.words
        )  # codes as F1, R8, C16
        for name, message in catalogue("ru").items()
        if (message.file in STAFF - OPERATORS or name.startswith(STAFF_BEGIN))
        and not name.startswith("frame-words-")  # what others may type, never shown
    }


def test_no_english_word_stands_in_the_admin() -> None:
    found = {
        (name, word)
        for name, words in read_by_staff().items()
        for word in re.findall(r"[A-Za-z]+(?:\.[a-z]+)*", words)
        if word.lower() not in LATIN and not (name.startswith("channels-") and word.lower() in PLATFORMS)
    }
    assert found - KNOWN == set()


def test_no_developers_word_stands_in_the_admin() -> None:
    found = {
        (name, word)
        for name, words in read_by_staff().items()
        for word in re.findall(r"\w+", words.lower())
        if word.startswith(FORBIDDEN)
    }
    assert found - KNOWN == set()


@pytest.mark.parametrize("word", ["токен", "вебхука", "Кэш"])
def test_the_list_catches_what_it_is_for(word: str) -> None:
    assert word.lower().startswith(FORBIDDEN)
