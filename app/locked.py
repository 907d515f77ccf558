"""A copy under a passphrase: who finds the file reads nothing. AES-256-GCM in pieces, the key by scrypt (cryptography).

The file: `HEAD`, the cost of scrypt (one byte), a salt, then pieces of `PIECE` bytes, each sealed with its number and
with whether it is the last: none can be changed, moved, left out or cut off.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from program.errors import Refusal

HEAD = b"nastavnik-locked-1\n"
SALT, TAG = 16, 16  # bytes
PIECE = 1024 * 1024
COST = 17  # of scrypt: two to this power, 128 MB and half a second; OWASP Password Storage
MOST = 20  # a file that asks for more is not ours


def is_locked(file: Path) -> bool:
    with file.open("rb") as found:
        return found.read(len(HEAD)) == HEAD


def lock(plain: Path, file: Path, passphrase: str) -> None:
    """Writes `file` anew, readable by its owner only."""
    salt = secrets.token_bytes(SALT)
    head = HEAD + bytes([COST]) + salt
    cipher = _cipher(passphrase, salt, COST)
    with (
        plain.open("rb") as source,
        open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,  # noqa: PTH123 - the mode
    ):
        out.write(head)
        for number, piece, last in _pieces(source, PIECE):
            out.write(cipher.encrypt(_nonce(number, last=last), piece, head))


def unlock(file: Path, plain: Path, passphrase: str) -> None:
    """Raises Refusal: another passphrase, or the file was changed or cut off."""
    with (
        file.open("rb") as source,
        open(os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,  # noqa: PTH123 - the mode
    ):
        head = source.read(len(HEAD) + 1 + SALT)
        if len(head) < len(HEAD) + 1 + SALT or head[len(HEAD)] > MOST:
            raise Refusal("backup-damaged", file=file.name)
        cipher = _cipher(passphrase, head[-SALT:], head[len(HEAD)])
        for number, piece, last in _pieces(source, PIECE + TAG):
            try:
                out.write(cipher.decrypt(_nonce(number, last=last), piece, head))
            except InvalidTag:
                # The first piece opens with the right passphrase, whatever became of the rest.
                raise Refusal(
                    "backup-damaged" if number else "backup-wrong-passphrase", file=file.name
                ) from None


def _cipher(passphrase: str, salt: bytes, cost: int) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    """Never twice under one key: each file has a key of its own."""
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes, and whether it is the last; an empty source is one empty piece."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following
