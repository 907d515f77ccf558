"""What stands at the head and at the foot of the school's papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

LONGEST = 300  # characters of each line


@dataclass(frozen=True)
class Letterhead:
    """Every line may be empty: papers then leave room to write it by hand, or do without.

    Args:
        full_name: as in the charter. founder: the body that has founded the school.
        contacts: phone and mail in one line. head_name: surname, first name, patronymic.
        head_position: «Директор».
    """

    full_name: str = ""
    founder: str = ""
    address: str = ""
    contacts: str = ""
    head_name: str = ""
    head_position: str = "Директор"

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Letterhead:
        known = {one.name for one in fields(Letterhead)}
        return Letterhead(**{name: value for name, value in stored.items() if name in known})

    def to_json(self) -> dict[str, str]:
        return asdict(self)

    @property
    def head_short(self) -> str:
        """«М. П. Орлова»; what is not three words stays as it was typed."""
        parts = self.head_name.split()
        if len(parts) not in (2, 3):
            return self.head_name
        last, *first = parts
        return " ".join([*(f"{one[0]}." for one in first), last])
