"""The diary of meetings: topics on buttons, what a line may hold, who reads it. Source: domain.md 6.10, 1.6."""

from __future__ import annotations

from datetime import date, timedelta

from program.errors import Refusal

# What a meeting was about, in the programme's words; anything else is typed. Texts: `meeting-topic-<code>`.
TOPICS = ("acquaint", "study", "project", "career", "art_sport", "friends", "confidence", "plan", "talk")
LONGEST_TOPIC = 100
LONGEST_STEP = 300
LENGTHS = (15, 30, 45, 60, 90)  # minutes on buttons
LONGEST = 480
WRITTEN_FOR = timedelta(days=30)  # after the meeting; later nobody remembers it well enough
STEP_AHEAD = timedelta(days=180)


def require_line(topic: str, topic_words: str, step: str, minutes: int) -> None:
    """Raises Refusal unless such a line can be kept: a topic of the list or in words, sound lengths."""
    if topic and topic not in TOPICS:
        raise Refusal("meeting-diary-odd")
    if not topic and not topic_words:
        raise Refusal("meeting-diary-odd")
    if len(topic_words) > LONGEST_TOPIC or len(step) > LONGEST_STEP or not 1 <= minutes <= LONGEST:
        raise Refusal("meeting-diary-odd")


def require_step_day(step_on: date | None, today: date) -> None:
    if step_on is not None and not today <= step_on <= today + STEP_AHEAD:
        raise Refusal("meeting-diary-step-day")
