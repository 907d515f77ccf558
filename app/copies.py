"""Copies of everything, made from the admin: in DATA_DIR/backups, the newest few are kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from admin.visit import Copy
from app import backup
from app.settings import Settings

KEEP = 7
SPACE = 500  # megabytes that a school's year with copies needs
# Whoever asks for erasure is erased within this time; a copy that is older would keep them.
OLDEST = timedelta(days=30)
PREFIX = "nastavnik-"


class Shelf:
    """Args:
    clock: the house's time.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._settings, self._clock = settings, clock

    @property
    def _folder(self) -> Path:
        return self._settings.data_dir / "backups"

    async def make(self) -> Copy:
        """Makes a copy and opens it to see that it can be read.

        Raises:
            Refusal: as `backup.make`.
        """
        now = self._clock()
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{PREFIX}{now:%Y%m%d-%H%M%S}{backup.ending(self._settings)}"
        await backup.make(self._settings, file, now)
        self.tidy()
        return _copy(file)

    def tidy(self) -> None:
        """Lets go of copies that are too many or too old, the last one as well: «Сегодня» has asked for a new one."""
        for number, old in enumerate(self._files()):
            if number >= KEEP or self._clock() - _copy(old).made_at > OLDEST:
                old.unlink(missing_ok=True)

    @property
    def locks(self) -> bool:
        return bool(self._settings.passphrase)

    @property
    def cramped(self) -> int | None:
        """Free megabytes of the disk with the data where they are too few; None: enough."""
        try:
            free = shutil.disk_usage(self._settings.data_dir).free // 1_000_000
        except OSError:
            return None
        return free if free < SPACE else None

    def listed(self) -> list[Copy]:
        """The newest first."""
        return [_copy(file) for file in self._files()]

    def path(self, name: str) -> Path | None:
        """Where a listed copy lies; None for any other name."""
        return next((file for file in self._files() if file.name == name), None)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"{PREFIX}*"), reverse=True)


def _copy(file: Path) -> Copy:
    made = datetime.strptime(file.stem.removeprefix(PREFIX) + "+0000", "%Y%m%d-%H%M%S%z")
    return Copy(file.name, file.stat().st_size, made)
