"""Rules of the programme's news: lengths, whom they are for, when they may be planned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from program.channels import Channel
from program.errors import Refusal
from program.roles import Side
from program.states import ParticipationStatus

MOST_PHOTOS = 10  # of one post on a wall (platforms.md 2.6)
TITLE_LIMIT, BODY_LIMIT = 150, 3500  # characters; the whole fits one message of Telegram and VK
CAPTION_LIMIT = 200  # what is on a photo, in words

PARENT = "parent"
ROLES = (Side.MENTOR.value, Side.MENTEE.value, PARENT)

_S = ParticipationStatus
# Where somebody is in the programme, as a school would say it.
STAGES: Mapping[str, tuple[ParticipationStatus, ...]] = {
    "waiting": (_S.IN_BASE, _S.SEARCHING),
    "paired": (_S.PAIRED,),
    "paused": (_S.PAUSED,),
    "finished": (_S.FINISHED,),
}

LATE = timedelta(
    hours=6
)  # after a longer standstill a planned item waits for somebody: «завтра в 15:00» is over
FARTHEST = timedelta(days=366)

# How long after sending a platform lets a bot touch its message; no line: at any time. Source: platforms.md.
CHANGEABLE: Mapping[Channel, timedelta] = {Channel.VK: timedelta(hours=24)}
REMOVABLE: Mapping[Channel, timedelta] = {
    Channel.VK: timedelta(hours=24),
    Channel.TELEGRAM: timedelta(hours=48),
}

STORY_LONGEST, STORY_SHORTEST = 1500, 20  # characters of a story that somebody proposes
STORIES_OPEN = 5  # of one person that wait for the curator
STORY_KEPT = timedelta(days=30)  # after it was decided; what was published is the school's news
STORY_WAITS = timedelta(days=180)  # and without a decision
IDEA_FRESH = timedelta(days=60)  # older news are no news


def require_plannable(at: datetime, now: datetime) -> None:
    """Raises Refusal for an hour that is over, or more than a year ahead."""
    if at <= now:
        raise Refusal("news-plan-past")
    if at - now > FARTHEST:
        raise Refusal("news-plan-far")
