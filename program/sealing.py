"""Sealing what only a running house may read: a copy of the database alone opens nothing.

Encrypt, then authenticate, with HMAC-SHA256 as the one primitive: its output under a counter is the stream, and
a second key signs. Content is padded, so that its length tells as little as its bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

NONCE, TAG, BLOCK = 16, 32, 2048  # bytes


class WrongKey(ValueError):
    """Sealed with another key, or changed since."""


class Box:
    """Args:
    secret: the installation's key; two purposes never share what is derived from it.
    """

    def __init__(self, secret: str, purpose: str) -> None:
        self._stream = hashlib.sha256(f"{purpose}:stream:{secret}".encode()).digest()
        self._sign = hashlib.sha256(f"{purpose}:sign:{secret}".encode()).digest()

    def seal(self, value: Any) -> str:
        """`value` is JSON. The same value is sealed differently each time."""
        plain = json.dumps(value, ensure_ascii=False).encode()
        plain = plain.ljust(-(-(len(plain) + 1) // BLOCK) * BLOCK)
        nonce = secrets.token_bytes(NONCE)
        hidden = self._mixed(nonce, plain)
        return base64.b64encode(nonce + hidden + self._tag(nonce + hidden)).decode()

    def open(self, sealed: str) -> Any:
        """Raises WrongKey."""
        try:
            whole = base64.b64decode(sealed, validate=True)
        except ValueError:
            raise WrongKey from None
        told, tag = whole[:-TAG], whole[-TAG:]
        if len(told) <= NONCE or not hmac.compare_digest(tag, self._tag(told)):
            raise WrongKey
        return json.loads(self._mixed(told[:NONCE], told[NONCE:]))

    def _mixed(self, nonce: bytes, content: bytes) -> bytes:
        blocks = range(-(-len(content) // hashlib.sha256().digest_size))
        stream = b"".join(
            hmac.digest(self._stream, nonce + number.to_bytes(8, "big"), "sha256") for number in blocks
        )
        return bytes(one ^ two for one, two in zip(content, stream, strict=False))

    def _tag(self, told: bytes) -> bytes:
        return hmac.digest(self._sign, told, "sha256")
