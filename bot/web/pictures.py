"""Pictures for the web chat, light enough for a slow line and an old phone."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from io import BytesIO

import structlog
from PIL import Image, ImageOps, UnidentifiedImageError

from storage.tables import StoredFile

log = structlog.get_logger()

ENOUGH = 200 * 1024  # bytes that a chat's picture may weigh
SIDES = (1280, 1024, 800, 640)  # pixels of the longer side, tried one after the other
QUALITIES = (82, 70, 58)
MOST_PIXELS = 40_000_000  # a decoded picture takes three bytes for each


@dataclass(frozen=True)
class Shown:
    content_type: str
    data: bytes


@dataclass
class Light:
    """Light copies of stored pictures; the last ones are remembered, twelve megabytes at most."""

    most: int = 60
    _known: OrderedDict[str, Shown] = field(default_factory=OrderedDict)

    async def of(self, file: StoredFile) -> Shown:
        """The picture itself where it is light, else a smaller JPEG of it."""
        if file.size <= ENOUGH:
            return Shown(file.content_type, file.data)
        known = self._known.get(file.sha256)
        if known is None:
            known = await asyncio.to_thread(lighter, file.data, file.content_type)
            self._known[file.sha256] = known
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        self._known.move_to_end(file.sha256)
        return known


def lighter(data: bytes, content_type: str) -> Shown:
    """A JPEG of at most `ENOUGH` bytes, upright; the picture as it is where it cannot be read."""
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
            opened.draft("RGB", (SIDES[0], SIDES[0]))  # a JPEG is decoded small at once
            if opened.width * opened.height > MOST_PIXELS:
                return Shown(content_type, data)
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as failure:
        log.info("chat.picture_unread", error=type(failure).__name__)
        return Shown(content_type, data)
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    made = b""
    for side in SIDES:
        paper.thumbnail((side, side))
        for quality in QUALITIES:
            made = _jpeg(paper, quality)
            if len(made) <= ENOUGH:
                return Shown("image/jpeg", made)
    return Shown("image/jpeg", made)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=quality, optimize=True, progressive=True)
    return kept.getvalue()
