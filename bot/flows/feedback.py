"""After a held meeting: at most four taps. Entered from: `f:feedback:<meeting>`, and the buttons of the invitation,
`f:feedback:<meeting>.<answer to its question>`; `f:feedback-start:<meeting>` goes on.

What was said of the meeting is kept with its last question: a call for help must not wait for whether they go on.
"""

from __future__ import annotations

from actions import feedback as polls
from bot.flows.questionnaire import walk
from bot.talk import Talk
from program.errors import Refusal
from program.feedback import AFTER_START
from program.outgoing import Choice
from program.text import Text

LONGEST_ID = 15  # digits: what both databases take


async def feedback(talk: Talk) -> None:
    """One side's poll about one meeting; after the first two meetings another flow asks whether to go on."""
    key, _, first = talk.arg.partition(".")
    meeting_id = _meeting(key)
    about = await talk.once("poll", lambda work: polls.poll(work, talk.person_id, meeting_id, first))
    if about.get("kept"):
        talk.then("feedback-start", arg=key)
        return
    talk.say(Text("feedback-about", {"partner": about["partner"], "when": about["when"]}))
    code, start, left_out = about["code"], about["start"], about["left_out"]
    versions = about["versions"]
    known = about.get("known", {})  # a conversation begun before this version has none
    answers = await walk(
        talk, code, versions[code], known=known, left_out=left_out, after=int(start), intro=False
    )
    recorded = await talk.finish(
        lambda work: polls.record(work, talk.person_id, meeting_id, answers, versions)
    )
    for text in recorded.receipt:
        talk.say(text)
    if start:
        asked = len(answers) - len(left_out) - len(known)
        talk.then("feedback-start", arg=key, asked=asked, told=bool(recorded.concerns))
    elif not recorded.receipt:
        _thank(talk, meeting_id, told=bool(recorded.concerns), diary=about.get("diary", False))


async def feedback_start(talk: Talk) -> None:
    """Whether to go on together: after the poll, or later where it was left open."""
    meeting_id = _meeting(talk.arg)
    about = await talk.once("poll", lambda work: polls.going_on(work, talk.person_id, meeting_id))
    asked = int(talk.subject.get("asked", 0))
    if asked:
        talk.goes_on(asked)
    else:
        talk.say(Text("feedback-about", {"partner": about["partner"], "when": about["when"]}))
    version = about["version"]
    answers = await walk(talk, AFTER_START, version, before=asked, intro=False)
    recorded = await talk.finish(
        lambda work: polls.record(work, talk.person_id, meeting_id, answers, {AFTER_START: version})
    )
    told = bool(recorded.concerns or talk.subject.get("told"))
    _thank(talk, meeting_id, told=told, diary=about["diary"])


def _thank(talk: Talk, meeting_id: int, *, told: bool, diary: bool) -> None:
    # The line of the diary was offered before the questions; a web page has put its button away by now.
    write = Choice(Text("meeting-diary-write"), f"f:meeting-diary:{meeting_id}")
    talk.say(Text("feedback-told" if told else "feedback-thanks"), *([write] if diary else ()))


def _meeting(key: str) -> int:
    if not key.isdecimal() or len(key) > LONGEST_ID:
        raise Refusal("feedback-not-yours")
    return int(key)
