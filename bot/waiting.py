"""Conversations that wait under the open one, and how the open one begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.turn import Turn
from storage.tables import Conversation

ONCE = ("join",)  # nobody goes through it twice at a time, whichever link, button or word has opened it
DEEPEST = 3  # conversations that may wait under the open one


def topic(subject: Mapping[str, Any]) -> dict[str, Any]:
    """What a conversation is about; behind a dot stands an answer that was given on the button already."""
    arg = subject.get("arg")
    return {**subject, "arg": arg.partition(".")[0]} if isinstance(arg, str) else dict(subject)


def going_on(turn: Turn, flow: str, subject: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """What a flow that is opened is about, and what has been answered in it: the same button again goes on.

    Of `ONCE` also the one that waits under another conversation, which waits there no longer; «Хочу участвовать»
    names no invitation, so the one that is being followed holds.
    """
    talk = turn.conversation
    if talk is None:
        return subject, []
    known: list[dict[str, Any]] = [{"flow": talk.flow, "subject": talk.subject, "journal": talk.journal}]
    if flow in ONCE:
        known += reversed(talk.parked)
        talk.parked = [one for one in talk.parked if one["flow"] != flow]
    for one in known:
        if one["flow"] == flow and (
            topic(one["subject"]) == topic(subject) or (flow in ONCE and not subject)
        ):
            return dict(one["subject"]) if flow in ONCE else subject, list(one["journal"])
    return subject, []


def begin(turn: Turn, under: list[dict[str, Any]], **known: Any) -> None:
    """The open conversation from here on; `known`: flow, subject, step, and the journal of one that waited."""
    turn.conversation = Conversation(
        person_id=turn.person.id, school_id=turn.work.school.id, turn=0,
        channel=turn.came_from or turn.channel, away=turn.came_from is not None,
        started_at=turn.work.now, updated_at=turn.work.now, parked=under, **known,
    )  # fmt: skip
    turn.work.session.add(turn.conversation)


def parked(interrupted: Conversation) -> list[dict[str, Any]]:
    waiting = {
        "flow": interrupted.flow,
        "subject": interrupted.subject,
        "journal": interrupted.journal,
        "step": interrupted.step,
        "paused": interrupted.paused,
    }
    return [*interrupted.parked, waiting][-DEEPEST:]
