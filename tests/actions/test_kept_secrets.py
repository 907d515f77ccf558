"""What is kept of a password and of a session, and where the chance in them comes from."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from sqlalchemy import select

from actions import accounts
from actions.work import Work
from program.roles import StaffRole
from storage.tables import SignIn

PASSWORD = "длинная фраза для входа"


async def test_a_password_is_kept_as_the_library_advises(work: Work) -> None:
    user = await accounts.add_user(work, "maria", StaffRole.CURATOR, PASSWORD)
    kept, advised = user.password_hash, PasswordHasher()
    assert kept.startswith(
        f"$argon2id$v=19$m={advised.memory_cost},t={advised.time_cost},p={advised.parallelism}$"
    )
    assert not advised.check_needs_rehash(kept)
    made = extract_parameters(kept)
    assert made.type is Type.ID
    # What OWASP's cheat sheet on keeping passwords asks for at least: 19 MiB and two passes.
    assert (made.memory_cost >= 19 * 1024, made.time_cost >= 2) == (True, True)
    assert (made.salt_len, made.hash_len) == (16, 32)
    again = await accounts.hash_password(PASSWORD)
    assert again != kept, "each has a salt of its own"
    assert accounts._NOBODY.rsplit("$", 2)[0] == kept.rsplit("$", 2)[0], "a login of nobody costs the same"


async def test_a_session_has_256_bits_of_the_systems_own_chance(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await accounts.add_user(work, "maria", StaffRole.CURATOR, PASSWORD)
    asked: list[int] = []
    drawn = secrets.token_urlsafe
    monkeypatch.setattr(accounts.secrets, "token_urlsafe", lambda many: (asked.append(many), drawn(many))[1])
    tokens = [await accounts.open_session(work, user) for _ in range(20)]
    assert asked == [32] * 20
    assert {len(urlsafe_b64decode(one + "=")) * 8 for one in tokens} == {256}
    assert len(set(tokens)) == 20
    await work.session.flush()
    kept = set(await work.session.scalars(select(SignIn.token_hash)))
    assert kept == {accounts.digest(one) for one in tokens}
    assert not kept & set(tokens)
