"""What is written between braces in a template, read as a person reads it: paragraph by paragraph.

Only fields, lists and conditions are known; everything else between braces is refused, so a template can hold no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from program.templates import Field, Kind
from program.text import Arg, Text, raw

_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|[{}]")
_NAME = r"[^\W\d]\w*"
_FIELD = re.compile(rf"(?P<own>p\s+)?(?P<name>{_NAME})(?:\.(?P<part>{_NAME}))?")
_COMMAND = re.compile(
    rf"(?:for\s+(?P<each>{_NAME})\s+in\s+(?P<list>{_NAME})(?:\.(?P<part>{_NAME}))?"
    rf"|if\s+(?:not\s+)?(?P<asked>{_NAME})(?:\.(?P<of>{_NAME}))?|(?P<word>else|endif|endfor))"
)
_PLACE = re.compile(r"(p|tr)\s+")
_SPACE = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u200b\u00ad\ufeff"), " ")
NEAR = 60  # characters of the paragraph that are shown around a mistake
DEEP = 3  # lists within lists


@dataclass(frozen=True)
class Place:
    """One paragraph. `where`: body, head (a header or footer) or note. `row`: stands in a table."""

    words: str
    where: str = "body"
    row: bool = False


@dataclass
class Found:
    """What a template holds. `problems`: sentences; `used`: fields."""

    problems: list[Text] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Open:
    word: str  # for, if
    place: str  # "", p, tr
    at: int
    near: str
    each: str = ""


def looked_at(places: Iterable[Place], known: Mapping[str, Field], everywhere: frozenset[str]) -> Found:
    """Args:
    known: fields of this document. everywhere: those that a header and a footer may hold.
    """
    look = _Look(known, everywhere)
    for at, place in enumerate(places):
        look.paragraph(at, place)
    look.end()
    return look.found


class _Look:
    def __init__(self, known: Mapping[str, Field], everywhere: frozenset[str]) -> None:
        self.found = Found()
        self._known, self._everywhere = known, everywhere
        self._open: list[_Open] = []
        self._lists: dict[str, tuple[Field, ...]] = {}
        self._where = "body"

    def paragraph(self, at: int, place: Place) -> None:
        if place.where != self._where:
            self.end()
            self._where = place.where
        for kind, inside, near in self._tags(place.words):
            if place.where == "note":
                self._wrong("note", near)
            elif kind == "{{":
                self._field(inside, near, place)
            else:
                self._command(inside, near, at, place)

    def end(self) -> None:
        for one in self._open:
            self._wrong("open-" + one.word, one.near)
        self._open.clear()
        self._lists.clear()

    def _tags(self, words: str) -> Iterator[tuple[str, str, str]]:
        """(opening mark, what stands inside, words around); what is broken becomes a problem."""
        marks = list(_MARKS.finditer(words))
        at = 0
        while at < len(marks):
            mark = marks[at]
            after = marks[at + 1] if at + 1 < len(marks) else None
            near = _near(words, mark.start())
            sign = mark.group()
            if sign in ("{#", "#}"):
                self._wrong("comment", near)
            elif sign in ("{{", "{%"):
                closing = "}}" if sign == "{{" else "%}"
                if after is not None and after.group() == closing:
                    yield sign, words[mark.end() : after.start()].translate(_SPACE).strip(), near
                    at += 1
                elif after is not None and after.group() == "}":
                    self._wrong("half-closed", near)
                    at += 1
                else:
                    self._wrong("unclosed", near)
            elif sign in ("}}", "%}"):
                self._wrong("unopened", near)
            elif sign == "{" and after is not None and after.group() in ("}", "}}"):
                inside = words[mark.end() : after.start()].strip()
                if self._nearest(inside.split(".")[0]) or after.group() == "}}":
                    self._wrong("single", near)
                    at += 1
            at += 1

    def _field(self, inside: str, near: str, place: Place) -> None:
        said = _FIELD.fullmatch(inside)
        if said is None:
            return self._wrong("code", near)
        name = said["name"]
        if name.startswith("_") or (said["part"] or "").startswith("_"):
            return self._wrong("code", near)
        found = self._named(name, said["part"] or "", near)
        if found is None:
            return None
        if found.kind is Kind.LIST:
            self._wrong("is-list", near, name=found.name)
        elif found.kind is Kind.YES:
            self._wrong("is-yes", near, name=found.name)
        elif (found.kind is Kind.BLOCKS) != bool(said["own"]):
            self._wrong("is-blocks" if found.kind is Kind.BLOCKS else "is-text", near, name=found.name)
        elif said["own"] and _MARKS.split(place.words)[0].strip():
            self._wrong("own-line", near)
        return None

    def _command(self, inside: str, near: str, at: int, place: Place) -> None:
        where = _PLACE.match(inside)
        kind = where[1] if where else ""
        said = _COMMAND.fullmatch(inside[where.end() :] if where else inside)
        if said is None:
            return self._wrong("code", near)
        if kind == "tr" and not place.row:
            return self._wrong("not-row", near)
        if kind == "p" and re.sub(r"\{[{%].*?[}%]\}", "", place.words).strip():
            self._wrong("own-line", near)
        if said["each"]:
            if self._lists and not said["part"]:  # one whole list inside another multiplies them
                self._wrong("code", near)
            columns: tuple[Field, ...] = ()
            found = self._named(said["list"], said["part"] or "", near)
            if found is not None and found.kind is not Kind.LIST:
                self._wrong("no-list", near, name=found.name)
            elif found is not None:
                columns = found.columns
            if said["each"] in self._known or said["each"].startswith("_") or len(self._lists) >= DEEP:
                self._wrong("code", near)
            self._lists[said["each"]] = columns
            self._open.append(_Open("for", kind, at, near, said["each"]))
        elif said["asked"]:
            self._named(said["asked"], said["of"] or "", near)
            self._open.append(_Open("if", kind, at, near))
        else:
            self._close(said["word"], kind, at, near)
        return None

    def _close(self, word: str, kind: str, at: int, near: str) -> None:
        begun = self._open[-1] if self._open else None
        wanted = "for" if word == "endfor" else "if"
        if begun is None or begun.word != wanted:
            return self._wrong("stray", near)
        if begun.place != kind or (not kind and begun.at != at):
            self._wrong("other-place", near)
        if word != "else":
            self._open.pop()
            self._lists.pop(begun.each, None)
        return None

    def _named(self, name: str, part: str, near: str) -> Field | None:
        """The field that is meant; None with a problem where there is none."""
        if name in self._lists:
            columns = {one.name: one for one in self._lists[name]}
            if part in columns:
                return columns[part]
            if columns:
                self._unknown(f"{name}.{part}" if part else name, near, [f"{name}.{one}" for one in columns])
            return None
        if part or name not in self._known:
            self._unknown(f"{name}.{part}" if part else name, near, list(self._known))
            return None
        if self._where == "head" and name not in self._everywhere:
            self._wrong("head", near, name=name)
            return None
        self.found.used.add(name)
        return self._known[name]

    def _unknown(self, name: str, near: str, known: list[str]) -> None:
        like = get_close_matches(_plain(name), [_plain(one) for one in known], 1, 0.6)
        meant = next((one for one in known if like and _plain(one) == like[0]), "")
        self._wrong("unknown-like" if meant else "unknown", near, name=name, like=meant)

    def _nearest(self, name: str) -> bool:
        return bool(get_close_matches(_plain(name), [_plain(one) for one in self._known], 1, 0.8))

    def _wrong(self, code: str, near: str, **args: str) -> None:
        shown: dict[str, Arg] = {key: raw(value) for key, value in args.items()}
        problem = Text(f"templates-wrong-{code}", {"near": raw(near), **shown})
        if problem not in self.found.problems:
            self.found.problems.append(problem)


def _plain(name: str) -> str:
    return name.casefold().replace("ё", "е").replace("_", "")


def _near(words: str, at: int) -> str:
    first, last = max(at - NEAR // 2, 0), at + NEAR
    return ("…" if first else "") + words[first:last].strip() + ("…" if last < len(words) else "")
