"""The catalogue: what a text id says in a language, to this kind of reader.

`ru` is complete; `en` is complete for everything a participant sees. Who is addressed formally reads
the message itself; a text that differs for those addressed as «ты» carries the attribute `.ty`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from program.text import Text

HERE = Path(__file__).parent
LANGUAGES = ("ru", "en")
_LOCALE = {"ru": "ru-RU", "en": "en-GB"}


_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)


class Catalogue(FluentBundle):
    """One language. A text is read when somebody first asks for it: to read all took most of a process's start."""

    def __init__(self, language: str) -> None:
        # No isolation marks: VK and Telegram show them as boxes on old phones.
        super().__init__([_LOCALE[language]], use_isolating=False)
        self._unread: dict[str, str] = {}
        for file in sorted((HERE / language).glob("*.ftl")):
            words = file.read_text(encoding="utf-8")
            begins = list(_ENTRY.finditer(words))
            ends = [*(one.start() for one in begins[1:]), len(words)]
            for one, end in zip(begins, ends, strict=True):
                self._unread.setdefault(one[1], words[one.start() : end])
        self._ids = frozenset(self._unread)

    def has_message(self, message_id: str) -> bool:
        return message_id in self._ids

    def _lookup(
        self, entry_id: str, term: bool = False
    ) -> Any:  # the one way to texts that texts refer to as well
        key = f"-{entry_id}" if term else entry_id
        words = self._unread.get(key)
        if words is not None:
            self.add_resource(FluentResource(words))
            self._unread.pop(key, None)  # only now: papers are made in threads
        return super()._lookup(entry_id, term)


@cache
def _bundle(language: str) -> Catalogue:
    return Catalogue(language)


class Texts:
    """Words for one reader.

    Args:
        language: "ru" or "en"; anything else reads Russian.
        familiar: the reader is addressed as «ты» (pupils).
    """

    def __init__(self, language: str = "ru", *, familiar: bool = False) -> None:
        self.language = language if language in LANGUAGES else "ru"
        self.familiar = familiar

    def __call__(self, text: Text | str, **args: Any) -> str:
        """The words of a text; in templates also by its id: `t("pairs-waiting", count=3)`.

        Raises:
            KeyError: no language has such a text. A missing English text reads Russian.
        """
        if isinstance(text, str):
            text = Text(text, args)
        if text.id == "raw":
            return str(text.args["text"])
        if text.id == "worded":
            return self._worded(text)
        if all(type(value) is int for value in text.args.values()):
            return _counted(self.language, self.familiar, text.id, tuple(text.args.items()))
        return self._looked_up(text)

    def _looked_up(self, text: Text) -> str:
        for language in dict.fromkeys((self.language, "ru")):
            bundle = _bundle(language)
            if bundle.has_message(text.id):
                return self._format(bundle, text)
        raise KeyError(text.id)

    def join(self, texts: Iterable[Text], between: str = "\n\n") -> str:
        return between.join(self(text) for text in texts)

    def _worded(self, text: Text) -> str:
        """Words that came along in every language; Russian where the reader's is missing."""
        variant = "ty" if self.language == "ru" and self.familiar else self.language
        return str(text.args.get(variant) or text.args["ru"])

    def _format(self, bundle: Catalogue, text: Text) -> str:
        message = bundle.get_message(text.id)
        pattern = message.value
        if self.familiar and "ty" in message.attributes:
            pattern = message.attributes["ty"]
        if pattern is None:
            raise KeyError(text.id)
        args = {name: self(value) if isinstance(value, Text) else value for name, value in text.args.items()}
        words, errors = bundle.format_pattern(pattern, args)
        if errors:
            raise KeyError(f"{text.id}: {errors[0]}")
        return _one_stop(str(words), args.values())


@lru_cache(maxsize=5_000)
def _counted(language: str, familiar: bool, text_id: str, counts: tuple[tuple[str, Any], ...]) -> str:
    """What says the same to every such reader: labels of buttons, «Вопрос 3 из 12». A turn asks for twenty of them."""
    return Texts(language, familiar=familiar)._looked_up(Text(text_id, dict(counts)))


def _one_stop(words: str, values: Iterable[Any]) -> str:
    """A sentence that ends with «Пётр И.» needs no second full stop."""
    for value in values:
        if isinstance(value, str) and value.endswith(".") and not value.endswith(".."):
            words = words.replace(f"{value}.", value)
    return words


def has(text_id: str, language: str = "ru") -> bool:
    return text_id in ("raw", "worded") or _bundle(language).has_message(text_id)
