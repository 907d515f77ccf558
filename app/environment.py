"""The environment and `.env` as one mapping of known names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from locales import Texts

PREFIX = "NASTAVNIK_"
TESTS = f"{PREFIX}TEST_"  # belong to the test suite, not to the program

_words = Texts("ru")


class SettingsError(Exception):
    """A setting is unknown or wrong. `sentence` names it and never shows its value."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def gather(environment: Mapping[str, str], dotenv: Path, known: Collection[str]) -> dict[str, str]:
    """Values by full name; what the environment says goes before the file.

    Raises:
        SettingsError: a name is unknown, or a file cannot be read.
    """
    return _ours(_dotenv(dotenv), known) | _ours(environment, known)


def _dotenv(path: Path) -> dict[str, str]:
    try:
        if not path.is_file():
            return {}
        # utf-8-sig: an editor on Windows puts a mark before the first name.
        found = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(_words("settings-dotenv-encoding")) from None
    except OSError:
        raise SettingsError(_words("settings-dotenv-closed")) from None
    return {name: value or "" for name, value in found.items()}


def _ours(given: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Known settings by full name, files read; empty values count as not given."""
    values: dict[str, str] = {}
    for raw_name, raw_value in given.items():
        name = raw_name.upper()
        if not name.startswith(PREFIX) or name.startswith(TESTS):
            continue
        setting = name.removesuffix("_FILE") if name not in known else name
        if setting not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.8)
            raise SettingsError(_words("settings-unknown", name=name, near=near[0] if near else "none"))
        if not raw_value.strip():
            continue
        if setting in values:
            raise SettingsError(_words("settings-twice", name=setting))
        values[setting] = _from_file(name, raw_value) if setting != name else raw_value.strip()
    return values


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path.strip()).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(_words("settings-file", name=name)) from None
