"""After a held meeting: at most four taps. Entered from: `f:feedback:<meeting>`, and the buttons of the invitation,
`f:feedback:<meeting>.<answer to its question>`.
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
    """One side's poll about one meeting; after the first two meetings also whether to go on."""
    key, _, first = talk.arg.partition(".")
    if not key.isdecimal() or len(key) > LONGEST_ID:
        raise Refusal("feedback-not-yours")
    meeting_id = int(key)
    about = await talk.once("poll", lambda work: polls.poll(work, talk.person_id, meeting_id, first))
    talk.say(Text("feedback-about", {"partner": about["partner"], "when": about["when"]}))
    code, start, left_out = about["code"], about["start"], about["left_out"]
    versions = about["versions"]
    known = about.get("known", {})  # a conversation begun before this version has none
    answers = await walk(
        talk, code, versions[code], known=known, left_out=left_out, after=int(start), intro=False
    )
    if start:
        asked = len(answers) - len(left_out) - len(known)
        answers |= await walk(talk, AFTER_START, versions[AFTER_START], before=asked, intro=False)
    recorded = await talk.finish(
        lambda work: polls.record(work, talk.person_id, meeting_id, answers, versions)
    )
    for text in recorded.receipt:
        talk.say(text)
    if not recorded.receipt:
        # The line of the diary was offered before the questions; a web page has put its button away by now.
        write = Choice(Text("meeting-diary-write"), f"f:meeting-diary:{meeting_id}")
        thanks = Text("feedback-told" if recorded.concerns else "feedback-thanks")
        talk.say(thanks, *([write] if about.get("diary") else ()))
