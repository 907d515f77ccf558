"""One nursery and one ground for all tests of a process: what they load and prepare takes ten seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.faults.births import Nursery
from tests.faults.trial import Ground


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    async with Nursery() as nursery:
        yield nursery


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def ground(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    ground = Ground(tmp_path_factory.mktemp("ground"), nursery)
    await ground.prepare()
    return ground
