"""What docs/security.md says of the whole source: no commands, no other hosts, no files of people on the disk, no patterns
built of anybody's words, types everywhere.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from aiogram.client.telegram import PRODUCTION

from app.settings import Telegram, Vk
from bot.vk.client import OFFICIAL

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "bot", "admin", "scheduler", "actions", "storage", "locales", "program")
COMMANDS = {"subprocess", "pty", "commands"}
NETWORK = {
    "aiohttp",
    "httpx",
    "httpx2",
    "requests",
    "urllib3",
    "socket",
    "http",
    "ftplib",
    "smtplib",
    "vk_api",
}
PATTERNS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ADDRESS = re.compile(r"\bhttps?://([\w-]+(?:\.[\w-]+)*\.[a-z]+)\b")
# Names of formats, and addresses that a person follows, or that stand on a page as an example.
SHOWN = {"schemas.openxmlformats.org", "www.w3.org", "t.me", "vk.me", "vk.com", "example.org"}
# VK says in its answers where its long poll is and where a picture goes.
NAMED_BY_VK = {"lp.vk.com", "lp.vk.ru", "pu.vk.com"}
WRITES = {"write_bytes", "write_text", "touch", "mkdir", "symlink_to"}


def trees(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), _read(file)


@cache
def _read(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call, with the words it is called by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_no_command_is_run_but_our_own_interpreter_and_pg_dump_without_a_shell() -> None:
    runs = []
    for file, tree in trees(*ROOMS):
        if COMMANDS & {one.split(".")[0] for one in imported(tree)}:
            runs.append(file)
        for call, name in calls(tree):
            if name in ("os.system", "os.popen") or name.startswith(("os.exec", "os.spawn")):
                runs.append(f"{file}: {name}")
            if "create_subprocess" in name or any(word.arg == "shell" for word in call.keywords):
                runs.append(f"{file}: {name}")
    assert runs == ["app/dumps.py: asyncio.create_subprocess_exec", "actions/sheets.py"]
    (_, tree) = next(one for one in trees("actions") if one[0] == "actions/sheets.py")
    (run,) = [call for call, name in calls(tree) if name.startswith("subprocess.")]
    assert ast.unparse(run.args[0]) == "[sys.executable, '-I', '-c', _PARSER]"
    (_, tree) = next(one for one in trees("app") if one[0] == "app/dumps.py")
    (run,) = [call for call, name in calls(tree) if "create_subprocess" in name]
    words = [ast.unparse(one) for one in run.args]
    assert words == ["TOOL", "'--format=custom'", "'--no-password'", "f'--file={file}'"]


def test_nothing_but_the_doors_of_the_messengers_reaches_another_host() -> None:
    reach = {
        file
        for file, tree in trees(*ROOMS)
        for one in imported(tree)
        if one.split(".")[0] in NETWORK or one == "urllib.request"
    }
    assert reach == {
        "bot/telegram/client.py",
        "bot/vk/client.py",
        "bot/vk/inbox.py",
        "bot/holders.py",  # the machine's own name
        "app/cli.py",  # whether a port of this machine is free
    }


def test_no_file_of_anybody_is_written_to_the_disk() -> None:
    """Uploads and what is made of them are rows; copies, which are the server's, are written by `app/` alone."""
    written = []
    for file, tree in trees(*(room for room in ROOMS if room != "app")):
        for call, name in calls(tree):
            how = [ast.unparse(one) for one in (*call.args, *(word.value for word in call.keywords))]
            last = name.rpartition(".")[2]
            opened = last == "open" and any(one[:2] in ("'w", "'a", "'x", "'r+") for one in how)
            if opened or last in WRITES or name in ("os.open", "open") or name.startswith("tempfile."):
                written.append(f"{file}: {ast.unparse(call)}")
    assert written == []


def test_no_pattern_is_built_of_anybodys_words() -> None:
    """Patterns are constants, are put together of constants, or take a word through `re.escape`."""
    built = []
    for file, tree in trees(*ROOMS):
        for call, name in calls(tree):
            if name.startswith("re.") and name[3:] in PATTERNS and not _constant(call.args[0]):
                built.append(f"{file}: {ast.unparse(call.args[0])}")
    assert (
        sorted(built)
        == [
            "actions/word_reading.py: f'<{tag}(?: [^>]*)?/>|<{tag}(?: [^>]*[^/>])?>.*?</{tag}>'",  # of a list of ours
            "program/roster_columns.py: pattern",  # of tables of ours
            "program/roster_draft.py: pattern",
        ]
    )


def _constant(pattern: ast.expr) -> bool:
    """Words of ours, names written in capitals, and what is escaped."""
    if isinstance(pattern, ast.Constant):
        return True
    if isinstance(pattern, ast.Call) and ast.unparse(pattern.func) == "re.escape":
        return True
    names = {one.id for one in ast.walk(pattern) if isinstance(one, ast.Name)}
    if isinstance(pattern, ast.JoinedStr):
        parts = [one.value for one in pattern.values if isinstance(one, ast.FormattedValue)]
        return all(_constant(one) for one in parts)
    return all(one.strip("_").isupper() or one in ("sorted", "len", "re") for one in names)


def test_types_are_checked_strictly_in_every_room() -> None:
    """`make check` runs it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert set(settings["packages"]) == set(ROOMS)
    assert settings["exclude"] == ["storage/migrations/versions"]
    assert "mypy" in (ROOT / "scripts/check.sh").read_text(encoding="utf-8")


def test_the_hosts_that_are_reached_are_those_of_the_operators_page() -> None:
    written: dict[str, set[str]] = {}
    for file, tree in trees(*ROOMS):
        for words in _said(tree):
            for host in ADDRESS.findall(words):
                written.setdefault(host, set()).add(file)
    reached = {host for host, files in written.items() if files & {"app/settings.py", "bot/vk/client.py"}}
    platforms = {urlsplit(part.model_fields["api_url"].default).netloc for part in (Telegram, Vk)}
    assert reached == platforms == {"api.telegram.org", "api.vk.ru"}
    assert urlsplit(OFFICIAL).netloc in platforms
    assert urlsplit(PRODUCTION.base).netloc in platforms
    assert written.keys() - reached == SHOWN
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"\*\*Если сеть школы фильтруют\*\*[^:]*:(.*?)\.\s+Страницы", page, re.DOTALL)
    assert set(re.findall(r"`([^`]+)`", told)) == platforms | NAMED_BY_VK
    assert len(platforms | NAMED_BY_VK) == 5  # as docs/security.md says


def _said(tree: ast.Module) -> Iterator[str]:
    """Words of the code that are not about it."""
    about = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield node.value
