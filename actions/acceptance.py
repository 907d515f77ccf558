"""Whether an announced pair suits those in it: a yes, a no with a reason, silence and the curator's word.

The reason is read by the curator only; the other side hears a neutral and kind sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog

from actions import consents, journal, meetings
from actions.announcing import letter
from actions.meeting_messages import partner
from actions.pair_news import begun, tell_begun, unsay
from actions.places import begin, hold, hold_pairs, line, release
from actions.tell import tell
from actions.work import Work
from locales import dates
from program.acceptance import DISSOLVING, REASONS, Answer, Asked, both_agree, part, remind_at
from program.announcement import answers as buttons
from program.errors import Refusal
from program.outgoing import Kind, Message
from program.roles import PersonState, Side
from program.states import KNOWN, PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PAIR
from storage import acceptance, matching, outbox, pairs
from storage.tables import Pair, PairAnswer, Participation, Person

log = structlog.get_logger()

LONGEST_WORDS = 300
AGAIN_AFTER = timedelta(days=1)  # a curator's own reminder, at most once a day


@dataclass(frozen=True)
class Said:
    """Args:
    status: of the pair now. begun: what the person reads when the pair begins to work by this very answer.
    """

    status: PairStatus
    asked: Asked
    begun: Message | None = None


async def agree(work: Work, person_id: int, pair_id: int, about: int = 0) -> Said:
    """«Мне подходит». Once both sides have said so, the pair begins to work. A second press is harmless.

    Args:
        about: the child as whose guardian the person speaks.

    Raises:
        Refusal: not asked about this pair, or it is over.
    """
    pair, rows, row = await _asked(work, person_id, pair_id, about)
    asked = part(row.person_id, row.about_id, row.side)
    if pair.status in (PairStatus.ACTIVE, PairStatus.PAUSED):
        return Said(PairStatus(pair.status), asked)
    return Said(*await _yes(work, pair, rows, row, asked))


async def decline(
    work: Work, person_id: int, pair_id: int, reason: str, words: str = "", about: int = 0
) -> Said:
    """«Не подходит». Both are looked for somebody else; these two are never proposed again.

    A mentee of a group, or one of several mentors, only leaves the group.

    Args:
        reason, words: for the curator only.

    Raises:
        Refusal: not asked about this pair, it is over, or the time for a plain «no» is.
    """
    pair, _, row = await _asked(work, person_id, pair_id, about)
    if pair.status in (PairStatus.ACTIVE, PairStatus.PAUSED):
        late = pair.answer_by is None or work.now >= pair.answer_by or pair.status == PairStatus.PAUSED
        if late:
            raise Refusal("pair-no-late")
    asked = part(row.person_id, row.about_id, row.side)
    await _no(work, pair, row, reason, words)
    return Said(PairStatus(pair.status), asked)


async def standing(work: Work, person_id: int, pair_id: int, about: int = 0) -> dict[str, str]:
    """Facts for the question about a «no»; JSON. Raises Refusal as `decline` does."""
    pair, _, row = await _asked(work, person_id, pair_id, about)
    if pair.status != PairStatus.OFFERED and (pair.answer_by is None or work.now >= pair.answer_by):
        raise Refusal("pair-no-late")
    return {"partner": partner(pair, row.about), "asked": part(row.person_id, row.about_id, row.side)}


async def note_spoken(work: Work, pair_id: int, answer_id: int, answer: Answer, reason: str = "") -> Pair:
    """The curator writes down what somebody said by voice.

    Raises:
        Refusal: the pair does not wait for answers, or nobody such was asked.
    """
    pair, rows = await _offered(work, pair_id)
    row = next((one for one in rows if one.id == answer_id), None)
    if row is None:
        raise Refusal("pair-unknown")
    row.noted_by = work.actor
    if answer is Answer.YES:
        await _yes(work, pair, rows, row, part(row.person_id, row.about_id, row.side), spoken=True)
    else:
        await _no(work, pair, row, reason, "", spoken=True)
    return pair


async def start(work: Work, pair_id: int) -> Pair:
    """The curator's word after the time to answer: the pair begins to work.

    Raises:
        Refusal: the pair does not wait for answers, their time is not over, or a consent does not hold.
    """
    pair, _ = await _offered(work, pair_id)
    if pair.answer_by is not None and work.now < pair.answer_by:
        raise Refusal("pair-answers-awaited")
    if not await _begin(work, pair):
        raise Refusal("pair-consent-lost")
    await tell_begun(work, pair)
    return pair


async def dissolve(work: Work, pair_id: int, reason: str) -> Pair:
    """offered → rejected, by the curator. Whoever has heard of the pair gets a neutral word.

    Raises:
        Refusal: the pair does not wait for answers, or there is no such reason.
    """
    if reason not in DISSOLVING:
        raise Refusal("pair-reason-unknown")
    pair, _ = await _offered(work, pair_id)
    await _end(work, pair, PairStatus.REJECTED, reason, "curator", ())
    return pair


async def remind(work: Work, pair_id: int) -> int:
    """Asks the silent ones of both sides once more, at most once a day; returns how many.

    Raises:
        Refusal: the pair does not wait for answers.
    """
    pair, rows = await _offered(work, pair_id)
    return await _remind(work, pair, rows, work.today.isoformat())


async def follow(work: Work) -> None:
    """By the clock: one reminder to the silent; a pair whose consents hold again begins if both agreed."""
    offered = await acceptance.offered(work.session, work.school.id)
    await hold_pairs(work, [seen.id for seen in offered])
    for seen in offered:
        if seen.status != PairStatus.OFFERED:
            continue  # answered or called off while we waited
        assert seen.announced_at is not None and seen.answer_by is not None  # noqa: PT018
        rows = (await acceptance.answers(work.session, [seen.id])).get(seen.id, [])
        if both_agree(_plain(seen, rows)):
            pair, _ = await hold(work, seen.id)
            if pair.status == PairStatus.OFFERED and await _begin(work, pair):
                await tell_begun(work, pair)
        elif remind_at(seen.answer_by, seen.announced_at) <= work.now < seen.answer_by:
            await _remind(work, seen, rows, "once")


async def fall_through(work: Work, pair: Pair, leaving: int) -> None:
    """offered → dropped: somebody took a consent back. The others hear a neutral word; the pair is held."""
    PAIR.require(pair.status, PairStatus.DROPPED)
    before = {"status": pair.status}
    pair.status, pair.closed_at = PairStatus.DROPPED, work.now
    await unsay(work, pair, "pair-not-now", but=(leaving,))
    await journal.note(work, "pair.dropped", f"pair:{pair.id}", before, {"status": pair.status})


def _plain(pair: Pair, rows: Sequence[PairAnswer]) -> list[tuple[Asked, Answer]]:
    here = {one.person_id for one in pairs.present(pair)}
    return [
        (part(row.person_id, row.about_id, row.side), Answer(row.answer))
        for row in rows
        if row.about_id in here
    ]


async def _asked(
    work: Work, person_id: int, pair_id: int, about: int
) -> tuple[Pair, list[PairAnswer], PairAnswer]:
    """The held pair, everybody asked, and this person's own row; a guardian must still be confirmed."""
    pair, _ = await hold_known(work, pair_id)
    rows = (await acceptance.answers(work.session, [pair.id])).get(pair.id, [])
    row = next((r for r in rows if r.person_id == person_id and r.about_id == (about or person_id)), None)
    if row is None:
        raise Refusal("pair-not-yours")
    if row.person_id != row.about_id:
        guardians = await matching.confirmed_guardians(work.session, work.school.id, [row.about_id])
        if person_id not in {one.id for one in guardians.get(row.about_id, [])}:
            raise Refusal("pair-not-yours")
    if pair.status not in KNOWN or row.about_id not in {one.person_id for one in pairs.present(pair)}:
        raise Refusal("pair-over")
    return pair, rows, row


async def hold_known(work: Work, pair_id: int) -> tuple[Pair, dict[int, Participation]]:
    """As `places.hold`, for participants: what they cannot know of is not theirs."""
    try:
        return await hold(work, pair_id)
    except Refusal:
        raise Refusal("pair-not-yours") from None


async def _offered(work: Work, pair_id: int) -> tuple[Pair, list[PairAnswer]]:
    pair, _ = await hold(work, pair_id)
    if pair.status != PairStatus.OFFERED:
        raise Refusal("pair-not-offered")
    return pair, (await acceptance.answers(work.session, [pair.id])).get(pair.id, [])


async def _yes(
    work: Work,
    pair: Pair,
    rows: Sequence[PairAnswer],
    row: PairAnswer,
    asked: Asked,
    *,
    spoken: bool = False,
) -> tuple[PairStatus, Asked, Message | None]:
    """The status then, and what the person reads in the reply if the pair begins by this answer.

    Args:
        spoken: a curator wrote it down, so nobody reads a reply: everybody is told.
    """
    if row.answer != Answer.YES:
        row.answer, row.answered_at = Answer.YES, work.now
        await work.session.flush()
        await journal.note(
            work, "pair.agreed", f"pair:{pair.id}", after={"part": asked, "about": row.about_id}
        )
    if not both_agree(_plain(pair, rows)) or not await _begin(work, pair):
        return PairStatus(pair.status), asked, None
    await tell_begun(work, pair, but=0 if spoken else row.person_id)
    return PairStatus.ACTIVE, asked, None if asked is Asked.GUARDIAN else begun(pair, row.person)


async def _begin(work: Work, pair: Pair) -> bool:
    """False while somebody lacks a consent; the clock looks again."""
    members = [one.person for one in pairs.present(pair)]
    if len(await consents.allowed(work, members)) < len({one.id for one in members}):
        return False
    before = {"status": pair.status}
    await begin(work, pair)
    await outbox.cancel(work.session, f"pair-remind:{pair.id}:", "answered", now=work.now)
    await journal.note(work, "pair.begun", f"pair:{pair.id}", before, {"status": pair.status})
    log.info("pair.begun", pair=pair.id)
    return True


async def _no(
    work: Work, pair: Pair, row: PairAnswer, reason: str, words: str, *, spoken: bool = False
) -> None:
    if reason not in REASONS:
        raise Refusal("pair-reason-unknown")
    row.answer, row.answered_at = Answer.NO, work.now
    row.reason, row.words = reason, line(words, LONGEST_WORDS)
    who = part(row.person_id, row.about_id, row.side)
    but = () if spoken and row.person_id != row.about_id else (row.person_id,)
    left = [one for one in pairs.present(pair) if one.person_id != row.about_id]
    if pair.is_group and {one.side for one in left} == set(Side):
        await _leave(work, pair, row.about_id, reason, who)
        return
    await _end(work, pair, PairStatus.DECLINED, reason, who, but)


async def _leave(work: Work, pair: Pair, member_id: int, reason: str, who: Asked) -> None:
    """Out of a group that goes on; it may begin when everybody else has agreed."""
    mine = next(one for one in pairs.present(pair) if one.person_id == member_id)
    mine.left_at, mine.left_for = work.now, reason
    await work.session.flush()
    await _reopen(work, pair, mine.participation)
    after = {"person": member_id, "by": who, "reason": reason}
    await journal.note(work, "pair.left", f"pair:{pair.id}", after=after)


async def _end(
    work: Work, pair: Pair, status: PairStatus, reason: str, who: str, but: tuple[int, ...]
) -> None:
    PAIR.require(pair.status, status)
    before = {"status": pair.status}
    pair.status, pair.closed_at, pair.ends_on = status, work.now, work.today
    pair.end_reason, pair.end_by = reason, who
    pair.decided_at, pair.decided_by = work.now, work.actor
    await meetings.call_off(work, pair)
    here = pairs.present(pair)
    for one in here:
        one.left_at = work.now
    await work.session.flush()
    for one in here:
        await _reopen(work, pair, one.participation)
    await unsay(work, pair, "pair-not-now", but=but)
    after = {"status": status, "by": who, "reason": reason}
    await journal.note(work, f"pair.{status.value}", f"pair:{pair.id}", before, after)
    log.info("pair.not_accepted", pair=pair.id, status=status.value)


async def _reopen(work: Work, pair: Pair, place: Participation) -> None:
    """Back to the search; who was never put aside for this pair stays where they are."""
    if place.status == ParticipationStatus.IN_BASE:
        place.status = ParticipationStatus.SEARCHING
    await release(work, place, PairStatus.DECLINED)


async def _remind(work: Work, pair: Pair, rows: Sequence[PairAnswer], round: str) -> int:
    """Both sides only: a guardian's silence is no question."""
    assert pair.announced_at is not None and pair.answer_by is not None  # noqa: PT018
    stamp = letter(pair.id, pair.announced_at).rpartition(":")[2]
    told = 0
    for row in rows:
        reader: Person = row.person
        silent = row.answer == Answer.WAITING and row.person_id == row.about_id
        if not silent or reader.state != PersonState.ACTIVE:
            continue
        end = dates.moment(pair.answer_by, work.zone, reader.language)
        args = {"partner": partner(pair, reader), "until": end}
        text = Text("pair-remind" if work.now < pair.answer_by else "pair-remind-late", args)
        message = Message((text,), buttons(pair.id)).about(*[one.person_id for one in pairs.present(pair)])
        key = f"pair-remind:{pair.id}:{stamp}:{reader.id}:{round}"
        until = pair.answer_by if round == "once" else work.now.astimezone(UTC) + AGAIN_AFTER * 3
        told += await tell(work, reader, message, key=key, kind=Kind.NUDGE, expires_at=until)
    return told
