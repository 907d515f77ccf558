"""What is not needed any more is not kept. Source: domain.md 8.4, house promise P7."""

from __future__ import annotations

from datetime import timedelta

from actions import news_stories, partners, relay_keeping, roster_undo, uploads
from actions.work import Work
from program.school_years import UNDO
from storage import accounts, ballots, bulk, exports, packs, sweeping, year_lines

EVENTS_KEPT = timedelta(days=3)  # the platforms repeat an event for a day at most
VISITORS_KEPT = timedelta(days=7)
TALKS_KEPT = timedelta(days=30)  # an unfinished conversation holds answers that nobody sent
ANSWERS_KEPT = timedelta(
    days=60
)  # of the bot in messengers: most of all that goes out, and of no use any more
POLLS_KEPT = timedelta(days=60)  # who answered an anonymous poll; its counts stay
BULK_KEPT = timedelta(days=30)  # what was done to many at once; the journal keeps that it was done
EXPORTS_KEPT = timedelta(hours=24)  # an archive of everything is personal data of everybody
PACKS_KEPT = timedelta(hours=24)  # so is the one of all papers
LINKS_KEPT = timedelta(days=30)  # of colleagues, after their last day
VISITORS_AT_ONCE, ANSWERS_AT_ONCE = 200, 500  # keeps the transaction short


async def clean(work: Work) -> None:
    """Forgets handled events, the bot's old answers, sessions that ended, lists that nobody confirmed, conversations left
    unfinished and visitors who only looked.

    A visitor is forgotten together with the address, unless there is anything to keep: a consent, a
    call for help, a place in the programme, a child or guardian, an invitation, an answer.
    """
    session, now = work.session, work.now
    await sweeping.events(session, now - EVENTS_KEPT)
    await sweeping.sign_ins(session, now)
    await accounts.forget_invitations(session, now - LINKS_KEPT)
    await uploads.forget_old(work)
    await roster_undo.forget_old(work)
    await relay_keeping.forget_old(work)
    await partners.forget_old_contacts(work)
    await news_stories.forget_old(work)
    await sweeping.conversations(session, work.school.id, now - TALKS_KEPT)
    await sweeping.answers(session, work.school.id, now - ANSWERS_KEPT, ANSWERS_AT_ONCE)
    await ballots.forget_past(session, work.school.id, now - POLLS_KEPT)
    await bulk.forget_old(session, work.school.id, now - BULK_KEPT)
    await year_lines.forget_old(session, work.school.id, now - UNDO)
    await exports.forget_old(session, work.school.id, now - EXPORTS_KEPT)
    await packs.forget_old(session, work.school.id, now - PACKS_KEPT)
    idle = await sweeping.idle_visitors(session, work.school.id, now - VISITORS_KEPT, VISITORS_AT_ONCE)
    await sweeping.forget(session, idle)
