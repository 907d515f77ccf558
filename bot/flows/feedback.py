"""After a held meeting: at most four taps. Entered from: the poll's button `f:feedback:<meeting>`."""

from __future__ import annotations

from actions import feedback as polls
from bot.flows.questionnaire import walk
from bot.talk import Talk
from program.errors import Refusal
from program.feedback import AFTER_START
from program.text import Text

LONGEST_ID = 15  # digits: what both databases take


async def feedback(talk: Talk) -> None:
    """One side's poll about one meeting; after the first two meetings also whether to go on."""
    if not talk.arg.isdecimal() or len(talk.arg) > LONGEST_ID:
        raise Refusal("feedback-not-yours")
    meeting_id = int(talk.arg)
    about = await talk.once("poll", lambda work: polls.poll(work, talk.person_id, meeting_id))
    talk.say(Text("feedback-about", {"partner": about["partner"], "when": about["when"]}))
    code, start, left_out = about["code"], about["start"], about["left_out"]
    versions = about["versions"]
    answers = await walk(talk, code, versions[code], left_out=left_out, after=int(start), intro=False)
    if start:
        asked = len(answers) - len(left_out)
        answers |= await walk(talk, AFTER_START, versions[AFTER_START], before=asked, intro=False)
    recorded = await talk.finish(
        lambda work: polls.record(work, talk.person_id, meeting_id, answers, versions)
    )
    if recorded.urgent:
        talk.say(Text("feedback-help", {"line": about["help_line"]}))
    else:
        talk.say(Text("feedback-told" if recorded.concerns else "feedback-thanks"))
