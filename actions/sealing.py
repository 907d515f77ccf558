"""Sealing what only a running house may read: a copy of the database alone opens nothing.

AES-256 in Galois/Counter Mode, by the `cryptography` library. Content is padded, so that its length tells as little
as its bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, TAG, BLOCK = 12, 16, 2048  # bytes


class WrongKey(ValueError):
    """Sealed with another key, or changed since."""


class Box:
    """Args:
    secret: the installation's key; two purposes never share what is derived from it.
    """

    def __init__(self, secret: str, purpose: str) -> None:
        self._cipher = AESGCM(hashlib.sha256(f"{purpose}:seal:{secret}".encode()).digest())
        self._marking = hashlib.sha256(f"{purpose}:mark:{secret}".encode()).digest()

    def seal(self, value: Any) -> str:
        """`value` is JSON. The same value is sealed differently each time."""
        plain = json.dumps(value, ensure_ascii=False).encode()
        plain = plain.ljust(-(-(len(plain) + 1) // BLOCK) * BLOCK)
        nonce = secrets.token_bytes(NONCE)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, plain, None)).decode()

    def open(self, sealed: str) -> Any:
        """Raises WrongKey."""
        try:
            whole = base64.b64decode(sealed, validate=True)
        except ValueError:
            raise WrongKey from None
        if len(whole) <= NONCE + TAG:
            raise WrongKey
        try:
            return json.loads(self._cipher.decrypt(whole[:NONCE], whole[NONCE:], None))
        except InvalidTag:
            raise WrongKey from None

    def mark(self, words: str) -> str:
        """The same for the same words; who has the database and not the key can try none out on it."""
        return hmac.digest(self._marking, words.encode(), "sha256").hex()
