"""Makes `lists/telegram.json` and `lists/vk.json` from the published descriptions: names, types, limits, tokens.

    python -m tests.worlds.derive_methods <bot-api-10.2.json> <bot-api-10.1.min.json> <folder of vk-api-schema>

Facts only, no prose. A parameter is `"name": "type limits"`; `!` after the name: required; `1..64`: characters of
a String, UTF-8 bytes where a `b` follows, items of a list, the value of a number; `{a|b}`: nothing else.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "lists"
TELEGRAM_SOURCES = [
    "Bot API 10.2 (2026-07-14): github.com/aiogram/aiogram c1b0353 .butcher/schema/schema.json (MIT)",
    "subtypes of unions, Bot API 10.1: github.com/PaulSonOfLars/telegram-bot-api-spec 160fd99 api.min.json (MIT)",
]
VK_SOURCES = [
    "VK API 5.199: github.com/VKCOM/vk-api-schema 0efe478 */methods.json (MIT)",
    "messages.edit conversation_message_id: dev.vk.com/ru/method/messages.edit, absent from the schema",
    "wall.get owner_id: negezor.github.io/vk-io Params.WallGetParams, CRAN vkR getWall; absent from the schema",
    "messages.send, messages.edit message: 4096 in dev.vk.com/ru/method/messages.send, 9000 in the schema",
]
# What the schema lacks or says otherwise; the sources stand above.
VK_BEYOND = {
    "messages.edit": {"conversation_message_id": "integer 0..", "message": "string ..4096"},
    "messages.send": {"message": "string ..4096"},
    "wall.get": {"owner_id": "integer"},
}
SPAN = re.compile(r"(\d+)-(\d+) (characters|bytes)")
VALUES = re.compile(r"(?:between|[;,]) (\d+)-(\d+)(?:[., ]|$)")
ITEMS = re.compile(r"(?:list of|include) (\d+)-(\d+)")
MOST = re.compile(r"(?:At most|up to) (\d+) ")


def telegram(newest: Path, unions: Path) -> dict[str, Any]:
    shapes = {
        one["name"]: one
        for part in json.loads(newest.read_text("utf-8"))["items"]
        for one in part["children"]
    }
    older = json.loads(unions.read_text("utf-8"))["types"]
    methods = {name: _telegram(one) for name, one in shapes.items() if name[0].islower()}
    types: dict[str, Any] = {}
    wanted = {word for one in methods.values() for said in one.values() for word in _names(said)}
    while wanted:
        name = wanted.pop()
        if name in types or name not in shapes or name == "InputFile":
            continue
        kinds = (older.get(name) or {}).get("subtypes")
        types[name] = kinds or _telegram(shapes[name])
        said = kinds or list(types[name].values())
        wanted |= {word for one in said for word in _names(one)}
    return {"sources": TELEGRAM_SOURCES, "methods": methods, "types": types}


def _telegram(shape: dict[str, Any]) -> dict[str, str]:
    found = {}
    for one in shape["annotations"]:
        kind, about = one["type"], one.get("description", "")
        only = re.search(r"must be (\w+)$", about) if one["name"] in ("type", "source") else None
        limits = "{" + only[1] + "}" if only else _limits(kind, about)
        found[one["name"] + ("!" if one["required"] else "")] = f"{kind} {limits}".strip()
    return found


def _limits(kind: str, about: str) -> str:
    if kind == "String":
        span = SPAN.search(about)
        return f"{span[1]}..{span[2]}" + ("b" if span[3] == "bytes" else "") if span else ""
    if kind == "Integer" and (values := VALUES.search(about)):
        return f"{values[1]}..{values[2]}"
    if kind.startswith("Array of"):
        if items := ITEMS.search(about):
            return f"{items[1]}..{items[2]}"
        if most := MOST.search(about):
            return f"..{most[1]}"
    return ""


def _names(said: str) -> set[str]:
    return set(re.findall(r"\b[A-Z][A-Za-z]+\b", said))


def vk(folder: Path) -> dict[str, Any]:
    methods = {}
    for file in sorted(folder.glob("*/methods.json")):
        for one in json.loads(file.read_text("utf-8"))["methods"]:
            given = {
                part["name"] + ("!" if part.get("required") else ""): _vk(part)
                for part in one.get("parameters", [])
            }
            given |= VK_BEYOND.get(one["name"], {})
            methods[one["name"]] = {"tokens": one["access_token_type"], "takes": given}
    return {"sources": VK_SOURCES, "methods": methods}


def _vk(part: dict[str, Any]) -> str:
    kind = "string" if isinstance(part["type"], list) else str(part["type"])
    least, most = part.get("minimum"), part.get("maximum")
    if kind == "string":
        least, most = part.get("minLength"), part.get("maxLength")
    if kind == "array":
        least, most = part.get("minItems"), part.get("maxItems")
        kind = f"array of {part.get('items', {}).get('type', 'string')}"
    limits = f" {_bare(least)}..{_bare(most)}" if least is not None or most is not None else ""
    choice = "|".join(map(str, part["enum"])) if part.get("enum") else ""
    return kind + limits + (f" {{{choice}}}" if choice else "")


def _bare(number: float | None) -> str:
    return "" if number is None else str(int(number) if float(number).is_integer() else number)


def write(name: str, found: dict[str, Any]) -> None:
    """One line for each method and type: differences can be read."""
    lines = [f'"sources": {json.dumps(found.pop("sources"), ensure_ascii=False)}']
    for part, rows in found.items():
        body = ",\n".join(
            f"{json.dumps(key)}: {json.dumps(rows[key], separators=(',', ':'))}" for key in sorted(rows)
        )
        lines.append(f'"{part}": {{\n{body}\n}}')
    (DATA / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    newest, unions, folder = map(Path, sys.argv[1:4])
    write("telegram", telegram(newest, unions))
    write("vk", vk(folder))
