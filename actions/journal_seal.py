"""Where the journal of changes ended, under the installation's key: what is cut off or reckoned anew is found out.

Every hour the number and the hash of each school's last line are signed with a key that does not lie in the
database. Whoever can write into the database alone can neither drop sealed lines nor make a chain of others. What
has been written since the last seal is held by the chain alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import structlog
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.work import Work
from storage import system
from storage.tables import JournalEntry

log = structlog.get_logger()

NAME = "journal-seal:"  # and the school's id


@dataclass(frozen=True)
class Fault:
    """Args:
    number: of the line within the school; of a lost end, the last line that is known to have been there.
    why: "changed" (the line or the one before it), "lost" (the end), "seal" (the seal itself is not ours).
    """

    school_id: int
    number: int
    why: str


class Seals:
    """Args:
    secret: the installation's key.
    """

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, salt="journal")

    def made(self, school_id: int, number: int, hash_: str) -> str:
        return str(self._signer.dumps([school_id, number, hash_]))

    def read(self, seal: str) -> tuple[int, int, str] | None:
        """School, number and hash; None if the signature is not ours."""
        try:
            school_id, number, hash_ = self._signer.loads(seal)
        except (BadSignature, ValueError, TypeError):
            return None
        return int(school_id), int(number), str(hash_)


def keeping(seals: Seals) -> Callable[[Work], Awaitable[None]]:
    """A line of the timetable: seals the end of one school's journal.

    A seal that the journal no longer bears out stays, so that `nastavnik audit verify` goes on telling.
    """

    async def keep(work: Work) -> None:
        name = f"{NAME}{work.school.id}"
        last = await journal.last(work.session, work.school.id)
        if last is None:
            return
        before = await system.get(work.session, name)
        if before is not None and (fault := await _fault(work.session, seals, work.school.id, before)):
            log.error("journal.broken", school=work.school.id, number=fault.number, why=fault.why)
            return
        await system.put(work.session, name, seals.made(work.school.id, *last), work.now)

    return keep


async def faults(
    session: AsyncSession, seals: Seals, known: Mapping[int, tuple[int, str]] = MappingProxyType({})
) -> AsyncIterator[Fault]:
    """Everything that is wrong with the journals of all schools.

    Args:
        known: by school, number and the beginning of the hash of a line that somebody wrote down.
    """
    async for line in journal.broken(session):
        yield Fault(line.school_id, line.number, "changed")
    for name, seal in (await system.beginning(session, NAME)).items():
        fault = await _fault(session, seals, int(name.removeprefix(NAME)), seal)
        if fault:
            yield fault
    for school_id, (number, hash_) in known.items():
        found = await _hash(session, school_id, number)
        if found is None or not found.startswith(hash_):
            yield Fault(school_id, number, "lost" if found is None else "changed")


async def sealed(session: AsyncSession, seals: Seals) -> dict[int, int]:
    """By school, the number of the line up to which its journal is sealed."""
    read = [seals.read(seal) for seal in (await system.beginning(session, NAME)).values()]
    return {one[0]: one[1] for one in read if one is not None}


async def _fault(session: AsyncSession, seals: Seals, school_id: int, seal: str) -> Fault | None:
    read = seals.read(seal)
    if read is None or read[0] != school_id:
        return Fault(school_id, 0, "seal")
    found = await _hash(session, school_id, read[1])
    if found == read[2]:
        return None
    return Fault(school_id, read[1], "lost" if found is None else "changed")


async def _hash(session: AsyncSession, school_id: int, number: int) -> str | None:
    return await session.scalar(
        select(JournalEntry.hash).where(JournalEntry.school_id == school_id, JournalEntry.number == number)
    )
