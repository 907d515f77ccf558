"""Codes of an authenticator app: six digits, a new one every half minute. Source: RFC 4226, RFC 6238.

The algorithm is an HMAC and a cut; the kept libraries add nothing to it (pyotp: 300 lines of the same).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote

STEP = 30  # seconds
DIGITS = 6
AROUND = 1  # steps before and after: a telephone's clock is rarely half a minute off
RECOVERY = 10  # codes for whoever has lost the telephone
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike; ten of them are 49 bits


def new_secret() -> bytes:
    """As long as the hash, as RFC 4226 (R6) wants it."""
    return secrets.token_bytes(20)


def typed_secret(secret: bytes) -> str:
    """For whoever types it: «JBSW Y3DP …»."""
    whole = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def address(secret: bytes, issuer: str, account: str) -> str:
    """What the QR code holds; authenticator apps read it."""
    who = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    plain = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{who}?secret={plain}&issuer={quote(issuer, safe='')}"


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    mac = hmac.digest(secret, struct.pack(">Q", step), hashlib.sha1)
    at = mac[-1] & 15
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: bytes, typed: str, now: datetime, after: int) -> int | None:
    """The step whose code this is; None: a wrong one, or one that was used.

    Args:
        after: the step of the newest code that was used: no code counts twice.
    """
    plain = "".join(typed.split())
    if len(plain) != DIGITS or not (plain.isascii() and plain.isdecimal()):
        return None
    here = step_of(now)
    for step in range(here - AROUND, here + AROUND + 1):
        if step > after and hmac.compare_digest(code_at(secret, step), plain):
            return step
    return None


def recovery_codes() -> list[str]:
    """Ten new ones: «kmw4t-9xqrd»."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY)
    ]


def folded(code: str) -> str:
    """A recovery code as it is compared: however it was copied."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())
