"""Where copies are made and kept: a folder apart while one is made, DATA_DIR/backups for those before an upgrade."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.settings import Settings

KEEP = 14  # automatic copies
APART = "copying-"  # folders in which a copy lies open while it is made or looked at
FORGOTTEN = timedelta(days=1)  # no copy takes so long
BEFORE = "before-upgrade-"


@contextmanager
def apart(place: Path, now: datetime) -> Iterator[Path]:
    """A folder of its own, for its owner only, gone afterwards. What a power cut left of others goes as well."""
    for left in place.glob(f"{APART}*"):
        with suppress(FileNotFoundError):  # whose owner was quicker
            if left.stat().st_mtime < (now - FORGOTTEN).timestamp():
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=APART, dir=place) as folder:
        yield Path(folder)


def before_upgrade(settings: Settings, now: datetime, ending: str) -> Path:
    """Where the copy of this moment belongs; its folder is there."""
    folder = settings.data_dir / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{BEFORE}{now:%Y%m%d-%H%M%S}{ending}"


def keep_the_newest(folder: Path) -> None:
    """Lets go of copies before an upgrade that are too many."""
    for old in sorted(folder.glob(f"{BEFORE}*"))[:-KEEP]:
        old.unlink(missing_ok=True)
