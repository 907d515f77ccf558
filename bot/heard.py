"""What inboxes share: harmless text, the order of one person, patience after a fault."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import structlog

from bot.messenger import DeliveryFailed, Heard, Incoming, Place, Receive
from program.text import storable

log = structlog.get_logger()
T = TypeVar("T")

LONGEST = 4096  # characters
LAST_WORDS = 10.0  # seconds that a stop waits for the events in hand
AT_ONCE = 20  # people whose events are worked on side by side
SLOW = 1.0  # seconds after which a reader is told that an answer is being written
AGAIN = 4.0  # seconds; «печатает…» is shown for five at most

ANSWERED = (Heard.TEXT, Heard.PRESS, Heard.START, Heard.OTHER)  # what somebody waits for an answer to

# What reading an event of a shape that nobody described may raise. It is logged and passed over: it would come for ever
# and let nothing else through.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError, RecursionError)

# Text ids of what is not text; the words live in locales/*/heard.ftl.
STICKER, VOICE, PHOTO, FILE, OTHER = (
    "heard-sticker",
    "heard-voice",
    "heard-photo",
    "heard-file",
    "heard-other",
)


# Where people put words into a poll, a list, a contact, a place or a formatted message, whatever the depth.
WORDED = frozenset(
    {
        "question", "text", "explanation", "description", "title", "summary", "credit", "label", "caption",
        "first_name", "last_name", "vcard", "address",
    }
)  # fmt: skip


def words_in(part: object, *, worded: bool = False) -> str:
    """All words that stand in a part of a message, without its names of types, ids and links."""
    if isinstance(part, str):
        return part if worded else ""
    if isinstance(part, Mapping):
        inside = [words_in(value, worded=key in WORDED) for key, value in part.items()]
    elif isinstance(part, list):
        inside = [words_in(value, worded=worded) for value in part]
    else:
        return ""
    return "\n".join(words for words in inside if words)


def readable(text: str) -> tuple[str, bool]:
    """Text that every database takes (no NUL, no halves of characters), and whether it was cut."""
    text = storable(text)
    return text[:LONGEST], len(text) > LONGEST


async def finish(work: Awaitable[T]) -> T:
    """What `work` returns. A cancellation waits for it: whoever stops us, the work in hand is finished.

    A transaction cut in the middle would also leave SQLite's only writer locked for its busy timeout.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        done, _ = await asyncio.wait({task}, timeout=LAST_WORDS)
        if not done:
            task.cancel()
        elif not task.cancelled() and (error := task.exception()):
            log.warning("inbox.stopped_with_fault", error=type(error).__name__)
        raise


async def part(asides: Asides, place: Place) -> None:
    """The end of an inbox: nothing is left running, the next reader may come in at once."""
    await asides.stop()
    try:
        await finish(place.leave())
    except Exception as error:
        log.warning("inbox.not_left", error=type(error).__name__)  # the lease runs out by itself


class Patience:
    """Growing pauses after faults, with jitter; back to the start after a success."""

    def __init__(self, first: float, longest: float) -> None:
        self._first, self._longest = first, longest
        self._next = first

    def reset(self) -> None:
        self._next = self._first

    async def pause(self, at_least: float = 0.0) -> None:
        seconds = max(at_least, self._next * random.uniform(0.7, 1.3))  # noqa: S311 - jitter, no secret
        self._next = min(self._next * 2, self._longest)
        await asyncio.sleep(seconds)


async def until_taken(
    tell: Callable[[], Awaitable[object]],
    patience: Patience,
    event: str,
    *,
    is_final: Callable[[DeliveryFailed], bool],
    **about: str,
) -> bool:
    """Whether a platform took in the end what it is told at a start. A refusal that will stay one ends the trying.

    Args:
        event: begins the names of the log lines: `….refused`, `….later`.
    """
    while True:
        try:
            await tell()
        except DeliveryFailed as failed:
            if is_final(failed):
                log.error(f"{event}.refused", reason=failed.reason, **about)
                return False
            log.warning(f"{event}.later", reason=failed.reason, **about)
            await patience.pause(failed.retry_after or 0.0)
        else:
            return True


@dataclass
class Batch:
    """Hands events on, each person's in their order, different people side by side.

    Remembers what was handed on, so that a batch given again repeats only what failed.
    """

    done: set[str] = field(default_factory=set)

    async def hand_on(self, events: Iterable[Incoming], receive: Receive) -> set[str]:
        """Returns the ids that must be given again: those that raised, and what the same person sent after."""
        people: dict[str, list[Incoming]] = {}
        for event in events:
            if event.event_id not in self.done:
                people.setdefault(event.address, []).append(event)
        gate = asyncio.Semaphore(AT_ONCE)
        left = await asyncio.gather(*(self._one_person(queue, receive, gate) for queue in people.values()))
        return set().union(*left)

    async def _one_person(self, queue: list[Incoming], receive: Receive, gate: asyncio.Semaphore) -> set[str]:
        async with gate:
            for number, event in enumerate(queue):
                try:
                    await receive(event)
                except Exception:
                    # Most often the database is away. The front door has logged a defect of ours already.
                    log.exception("inbox.failed", channel=event.channel, event_id=event.event_id)
                    return {later.event_id for later in queue[number:]}
                self.done.add(event.event_id)
        return set()


def typing(receive: Receive, show: Callable[[Incoming], Awaitable[object]]) -> Receive:
    """The same; while somebody waits longer than a second «печатает…» is shown. Never for show. Source: ux.md 1.2.

    Args:
        show: shows it once, where the event came from.
    """

    async def heard(incoming: Incoming) -> None:
        if incoming.heard not in ANSWERED:
            await receive(incoming)
            return
        signs = asyncio.create_task(_signs(partial(show, incoming)))
        try:
            await receive(incoming)
        finally:
            signs.cancel()

    return heard


async def _signs(show: Callable[[], Awaitable[object]]) -> None:
    await asyncio.sleep(SLOW)
    while True:
        try:
            await show()
        except Exception as error:
            log.info("inbox.typing_not_shown", error=type(error).__name__)
        await asyncio.sleep(AGAIN)


class Asides:
    """Calls that nobody waits for (the spinner on a button), kept from being collected half way."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, call: Callable[[], Awaitable[object]], event: str) -> None:
        task = asyncio.create_task(self._run(call, event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, call: Callable[[], Awaitable[object]], event: str) -> None:
        try:
            await call()
        except Exception as error:
            log.info(event, error=type(error).__name__)

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
