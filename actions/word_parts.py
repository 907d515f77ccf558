"""Some sections of a document that has been read: each paper of a file of many becomes a PDF of its own."""

from __future__ import annotations

from typing import Any

from actions.word_reading import Read


def part(whole: Read, first: int, end: int) -> Read:
    """Its sections from `first` up to `end`, with nothing but what is used there."""
    found = Read(whole.title, whole.author)
    shapes: dict[int, int] = {}
    looks: dict[int, int] = {}

    def of(blocks: list[Any]) -> list[Any]:
        return [
            [shapes.setdefault(one[0], len(shapes)), *one[1:]]
            if isinstance(one, list)
            else one | {"heads": rows(one["heads"]), "rows": rows(one["rows"])}
            for one in blocks
        ]

    def rows(those: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
        return [
            [
                cell | {"look": looks.setdefault(cell["look"], len(looks)), "body": of(cell["body"])}
                for cell in row
            ]
            for row in those
        ]

    found.sections = [
        one | {name: of(one[name]) for name in ("head", "foot", "body")} for one in whole.sections[first:end]
    ]
    found.shapes = [whole.shapes[number] for number in shapes]
    found.looks = [whole.looks[number] for number in looks]
    named = {run["picture"] for shape in found.shapes for run in shape["runs"] if "picture" in run}
    found.pictures = {name: data for name, data in whole.pictures.items() if name in named}
    return found
