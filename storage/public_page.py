"""What stands on a school's public page: queries. Every query takes the school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import distinct, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.public_page import PAIRS
from program.states import ENTERED, MeetingStatus, NewsStatus, PairStatus
from storage.adding import add_new
from storage.tables import Meeting, NewsItem, Pair, PairMember, PublicEdition

MOST_STORIES = 12


async def counted(session: AsyncSession, school_id: int, year: str) -> dict[str, int]:
    """By «mentors:<form>», «mentees:<form>», «pairs:<form>»: who has entered the programme (domain.md 3.4, rule 4).

    A person counts once on each side of a form.
    """
    lasted = exists().where(Meeting.pair_id == Pair.id, Meeting.status == MeetingStatus.HELD)
    entered = (
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_(ENTERED),
        or_(Pair.status.not_in((PairStatus.STOPPED, PairStatus.REPLACED)), lasted),
    )
    pairs = select(Pair.form, func.count(Pair.id)).where(*entered).group_by(Pair.form)
    people = (
        select(Pair.form, PairMember.side, func.count(distinct(PairMember.person_id)))
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(*entered)
        .group_by(Pair.form, PairMember.side)
    )
    found = {f"{PAIRS}:{form}": count for form, count in await session.execute(pairs)}
    return found | {f"{side}s:{form}": count for form, side, count in await session.execute(people)}


async def editions(session: AsyncSession, school_id: int) -> Sequence[PublicEdition]:
    """Of every school year, the newest first."""
    statement = select(PublicEdition).where(PublicEdition.school_id == school_id)
    return (await session.scalars(statement.order_by(PublicEdition.year.desc()))).all()


async def hold(session: AsyncSession, school_id: int, year: str, now: datetime) -> PublicEdition:
    """The edition of a year, made if there is none, held until the transaction ends."""
    values = {"school_id": school_id, "year": year, "at": now, "changed_at": now, "body": {}}
    await add_new(session, PublicEdition, values, ["school_id", "year"])
    statement = (
        select(PublicEdition)
        .where(PublicEdition.school_id == school_id, PublicEdition.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def stories(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """Published news that the school wants on its page, the newest first; who they show is not looked at."""
    statement = (
        select(NewsItem)
        .where(
            NewsItem.school_id == school_id,
            NewsItem.status == NewsStatus.PUBLISHED,
            NewsItem.to_site.is_(True),
        )
        .order_by(NewsItem.published_at.desc(), NewsItem.id.desc())
    )
    return (await session.scalars(statement.limit(MOST_STORIES))).all()


async def published(session: AsyncSession, school_id: int) -> Sequence[NewsItem]:
    """News that can be put on the page, the newest first."""
    statement = select(NewsItem).where(
        NewsItem.school_id == school_id, NewsItem.status == NewsStatus.PUBLISHED
    )
    newest = statement.order_by(NewsItem.published_at.desc(), NewsItem.id.desc())
    return (await session.scalars(newest.limit(4 * MOST_STORIES))).all()
