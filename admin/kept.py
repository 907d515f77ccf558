"""What was typed into a form while the session ran out: it survives signing in (ux.md, A40).

The words never rest in the house: they travel in a hidden field of the sign-in page and come back to the
same browser as a form that waits for one press.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from fastapi import Request

LONGEST = 200_000  # characters of JSON: the longest form of ours is a tenth of it
MOST_FIELDS = 500
NEVER = frozenset({"password", "new_password", "entry_code"})  # typed again


@dataclass(frozen=True)
class Kept:
    """A form that came too late.

    Args:
        where: the path it was posted to.
        fields: names and values in their order; files are not kept.
        had_files: they have to be chosen again.
    """

    where: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool = False

    def packed(self) -> str:
        return json.dumps([self.where, self.fields, self.had_files], ensure_ascii=False)

    @staticmethod
    def unpacked(text: str) -> Kept | None:
        """None for what `packed` has not made. The path may still be another host's: the caller looks."""
        try:
            where, fields, had_files = json.loads(text)
            pairs = tuple((name, value) for name, value in fields)
        except (ValueError, TypeError, RecursionError):
            return None
        words = all(isinstance(part, str) for pair in pairs for part in pair)
        if not isinstance(where, str) or not words or len(pairs) > MOST_FIELDS:
            return None
        return Kept(where, pairs, bool(had_files))


async def late_form(request: Request) -> Kept | None:
    """What a post without a session carried; None if nothing was typed or it is too much to keep."""
    async with request.form(max_files=20, max_fields=MOST_FIELDS) as form:
        every = form.multi_items()
        fields = tuple((name, value) for name, value in every if isinstance(value, str) and name not in NEVER)
        had_files = any(not isinstance(value, str) and value.filename for _, value in every)
    kept = Kept(request.url.path, fields, had_files)
    return kept if any(value for _, value in fields) and len(kept.packed()) <= LONGEST else None
