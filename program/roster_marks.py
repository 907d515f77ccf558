"""Which cell a remark about a row is about: where it is put right, and where the marked copy turns red."""

from __future__ import annotations

from collections.abc import Collection

from program.roster_columns import Field
from program.text import Text

# The beginning of the remark's id -> the column it is about.
_ABOUT: tuple[tuple[str, Field], ...] = (
    ("roster-name-", Field.FULL),
    ("roster-born-", Field.BORN),
    ("roster-twice", Field.BORN),
    ("roster-twin", Field.BORN),
    ("roster-ambiguous", Field.BORN),
    ("roster-namesake", Field.BORN),
    ("roster-no-category", Field.CLASS),
    ("roster-class-odd", Field.CLASS),
    ("roster-phone-", Field.PHONE),
    ("roster-email-", Field.EMAIL),
    ("roster-line-odd", Field.POSITION),
    ("roster-since-odd", Field.SINCE),
)
# What the curator already sees without being asked to act.
QUIET = ("roster-name-lookalike", "roster-name-order", "roster-phone-first", "roster-born-empty")


def about(remark: Text) -> Field | None:
    """The column; None: the row as a whole, which no cell puts right."""
    return next((field for begins, field in _ABOUT if remark.id.startswith(begins)), None)


def marked(remark: Text, present: Collection[Field]) -> Field | None:
    """The column of the file whose cell is marked; of a row as a whole, the one that holds the name."""
    field = about(remark)
    if field is not None and field in present:
        return field
    return next((one for one in (Field.FULL, Field.LAST, Field.FIRST) if one in present), None)
