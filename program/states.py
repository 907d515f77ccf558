"""Statuses of the programme's things and the ways between them. Source: domain.md 3.5."""

from __future__ import annotations

from enum import StrEnum


class ParticipationStatus(StrEnum):
    """One person, one side, one form."""

    REGISTERED = "registered"
    CONSENT_PENDING = "consent_pending"
    IN_BASE = "in_base"
    SEARCHING = "searching"
    PAIRED = "paired"
    FINISHED = "finished"
    DECLINED = "declined"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


class PairStatus(StrEnum):
    SUGGESTED = "suggested"  # by the matching run; nobody decided
    APPROVED = "approved"  # by the curator; nobody was told
    OFFERED = "offered"  # announced; both sides are asked whether it suits them
    ACTIVE = "active"  # at work
    COMPLETED = "completed"
    REJECTED = "rejected"  # by the curator; never proposed again
    DECLINED = "declined"  # by a participant or a guardian; never proposed again
    REPLACED = "replaced"  # another mentor is looked for
    STOPPED = "stopped"
    PAUSED = "paused"
    DROPPED = "dropped"  # a suggestion that a later run did not repeat


# Pairs that take a place of the mentor.
HOLDING = (
    PairStatus.SUGGESTED,
    PairStatus.APPROVED,
    PairStatus.OFFERED,
    PairStatus.ACTIVE,
    PairStatus.PAUSED,
)
# Announced and not over: the people of the pair know of each other.
KNOWN = (PairStatus.OFFERED, PairStatus.ACTIVE, PairStatus.PAUSED)
# Pairs that count as work in the programme (domain.md 3.4, rule 4).
ENTERED = (
    PairStatus.ACTIVE,
    PairStatus.PAUSED,
    PairStatus.COMPLETED,
    PairStatus.REPLACED,
    PairStatus.STOPPED,
)


class MeetingStatus(StrEnum):
    PROPOSED = "proposed"  # slots are offered, the other side has not chosen
    CONFIRMED = "confirmed"
    HELD = "held"
    MISSED = "missed"
    MOVED = "moved"
    CANCELLED = "cancelled"


class MeetingKind(StrEnum):
    """The recommended sequence. Source: domain.md 7.1."""

    M0 = "m0"
    M1 = "m1"
    M2 = "m2"
    M3 = "m3"
    M4 = "m4"
    M5 = "m5"
    M6 = "m6"
    FLASH = "flash"


class MeetingFormat(StrEnum):
    OFFLINE = "offline"
    ONLINE = "online"


class NewsStatus(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"  # goes out by itself at its hour
    STOPPED = "stopped"  # its hour came, and it may not go out
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # taken back after it was published


class IdeaState(StrEnum):
    """What has become of an idea for the news."""

    OPEN = "open"
    USED = "used"
    DISMISSED = "dismissed"


class StoryState(StrEnum):
    """What has become of a story that somebody proposed for the news."""

    NEW = "new"
    TAKEN = "taken"  # a draft was made of it
    PUBLISHED = "published"
    DECLINED = "declined"


class MailingState(StrEnum):
    """A news item on its way to many people. Finished is not a state: nothing of it waits any more."""

    GOING = "going"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class WallState(StrEnum):
    """Where a news item stands on its way to the wall of the VK community."""

    OFF = "off"
    QUEUED = "queued"
    POSTED = "posted"
    MANUAL = "manual"  # to be posted by hand with the kit
    STOPPED = "stopped"  # somebody it shows agrees no longer; it was not posted
    REMOVED = "removed"  # and was taken down again


class NewsPlace(StrEnum):
    """Where a published news item stands."""

    WALL = "wall"
    CHATS = "chats"  # with those who got it in a messenger


class RequestState(StrEnum):
    """A call for help or a message to the curator."""

    NEW = "new"
    IN_WORK = "in_work"
    CLOSED = "closed"
