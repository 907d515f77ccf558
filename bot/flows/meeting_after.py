"""After a meeting: whether it was held, who came, and two taps for the diary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from actions import feedback as polls
from actions import meeting_diary, meeting_outcomes
from actions import meeting_messages as messages
from actions import meeting_views as views
from actions.work import Work
from bot.answers import Option, else_words, whole_number
from bot.flows.meeting_shared import me, number
from bot.flows.meeting_times import day_ahead, example_day
from bot.flows.shared_words import shared_text
from bot.talk import Talk, options
from program.meeting_diary import LENGTHS, LONGEST, LONGEST_STEP, LONGEST_TOPIC, STEP_AHEAD, TOPICS
from program.outgoing import Choice
from program.states import MeetingStatus
from program.text import Text, raw
from storage.tables import MeetingNote

CURATOR = Choice(Text("menu-curator"), "f:curator")
NO_DAY = "none"
IDEA = "idea"  # the topic is what the pair took from the ideas


async def meeting_outcome(talk: Talk) -> None:
    """«Состоялась?» Entered from: the question's buttons, `f:meeting-outcome:<meeting>.<outcome>`."""
    key, _, answer = talk.arg.partition(".")
    meeting_id = number(key)
    known = await talk.once("ended", lambda work: views.ended(work, talk.person_id, meeting_id))
    chosen = answer in messages.OUTCOMES or known["open"]
    if not chosen:
        answer = str(MeetingStatus.HELD)  # somebody has said so already: what stands is told
    if answer not in messages.OUTCOMES:
        offered = [Option(str(outcome), Text(f"reminder-{outcome}")) for outcome in messages.OUTCOMES]
        answer = await talk.choose("outcome", Text("meeting-outcome-which"), offered)
    absent: list[str] = []
    if answer == MeetingStatus.HELD and known["group"] and known["open"]:
        absent = await absent_of(talk, known)

    async def note(work: Work) -> tuple[MeetingStatus, bool, int, bool, bool]:
        who = await me(talk, work)
        away = {int(one) for one in absent}
        said = MeetingStatus(answer)
        kept = await meeting_outcomes.outcome(work, who, meeting_id, said, away)
        differs = chosen and MeetingStatus.HELD in (said, kept[0]) and said is not kept[0]
        if differs:
            await polls.contradict(work, who, meeting_id, said)
        return *kept, differs, await polls.is_open(work, who.id, meeting_id)

    stands, first, pair_id, differs, asked = await talk.finish(note)
    if differs:
        talk.say(Text("meeting-outcome-differs", {"outcome": str(stands)}), CURATOR)
    elif not first:
        talk.say(Text("meeting-outcome-said", {"outcome": str(stands)}))
        if asked:
            talk.then("feedback", arg=str(meeting_id))
    elif known.get("over") and stands is not MeetingStatus.HELD:
        talk.say(Text("meeting-outcome-over"))
    elif stands is MeetingStatus.HELD:
        held = Text("meeting-outcome-held")
        said_held(talk, meeting_id, held, leads=known["leads"], group=known["group"])
    else:
        again = Choice(Text("meeting-pick-time"), f"f:meeting:{pair_id}")
        talk.say(Text(f"meeting-outcome-{stands}"), again)


def said_held(talk: Talk, meeting_id: int, text: Text, *, leads: bool, group: bool) -> None:
    """What follows a held meeting: the diary for whoever leads, who came, the poll."""
    ways = [Choice(Text("meeting-diary-write"), f"f:meeting-diary:{meeting_id}")] if leads else []
    if group:
        ways.append(Choice(Text("meeting-came-change"), f"f:meeting-came:{meeting_id}"))
    talk.say(text, *ways)
    talk.then("feedback", arg=str(meeting_id))


async def meeting_came(talk: Talk) -> None:
    """Who of a group was at a held meeting, said once more. `f:meeting-came:<meeting>`."""
    meeting_id = number(talk.arg)
    known = await talk.once("ended", lambda work: views.ended(work, talk.person_id, meeting_id))
    absent = {int(one) for one in await absent_of(talk, known)}
    came = {int(one) for one, _ in known["people"]} - absent

    async def note(work: Work) -> dict[int, bool]:
        who = await me(talk, work)
        return await meeting_outcomes.attendance(work, meeting_id, came | {who.id}, by=who)

    await talk.finish(note)
    talk.say(Text("meeting-came-kept"))


async def absent_of(talk: Talk, known: dict[str, Any]) -> list[str]:
    """One tap where everybody was there; else those who were not are ticked."""
    people, away = known["people"], known.get("away", "")
    all_or_not = options((("all", Text("meeting-came-all")), ("some", Text("meeting-came-some"))))
    asked = Text("meeting-came-but", {"names": away}) if away else Text("meeting-came")
    if not people or await talk.choose("came", asked, all_or_not) == "all":
        return []
    named = [Option(str(key), raw(name)) for key, name in people]
    return await talk.choose_many("absent", Text("meeting-absent-who"), named, skip=True)


async def diary(talk: Talk) -> None:
    """Two taps: what it was about, how it went. `f:meeting-diary:<meeting>`."""
    meeting_id = number(talk.arg)
    known = await talk.once("diary", lambda work: meeting_diary.to_write(work, talk.person_id, meeting_id))
    idea = known.get("idea", "")
    topics = [Option(IDEA, raw(idea))] if idea else []
    topics += [Option(code, Text(f"meeting-topic-{code}")) for code in TOPICS]
    args = {"when": known["when"], "partner": known["partner"]}
    topic = await talk.ask(
        "topic",
        Text("meeting-diary-topic", args),
        else_words(talk.one_of(topics), await shared_text(talk, LONGEST_TOPIC)),
        options=topics,
    )
    methods = [Option(slug, Text.from_json(label)) for slug, label in known["methods"]]
    many = [Option("many", Text("meeting-diary-many"))] if len(methods) > 1 else []
    method = ""
    if methods:
        method = await talk.choose("method", Text("meeting-diary-method"), [*methods, *many])
    chosen = [method] if method else []
    if method == "many":
        chosen = await talk.choose_many("methods", Text("meeting-diary-methods"), methods)

    async def keep(work: Work) -> MeetingNote:
        who = await me(talk, work)
        listed = topic in TOPICS
        return await meeting_diary.write(
            work,
            who,
            meeting_id,
            topic=topic if listed else "",
            topic_words="" if listed else idea if topic == IDEA else topic,
            methods=chosen,
        )

    await talk.finish(keep)
    talk.say(
        Text("meeting-diary-kept", {"minutes": known["minutes"]}),
        Choice(Text("meeting-diary-step-add"), f"f:meeting-step:{meeting_id}"),
        Choice(Text("meeting-diary-length-change"), f"f:meeting-length:{meeting_id}"),
    )


async def diary_step(talk: Talk) -> None:
    """One sentence about what comes next, and by when. `f:meeting-step:<meeting>`."""
    meeting_id = number(talk.arg)
    known = await talk.once("diary", lambda work: meeting_diary.to_write(work, talk.person_id, meeting_id))
    step = await talk.ask("step", Text("meeting-diary-step"), await shared_text(talk, LONGEST_STEP))
    week = (talk.today + timedelta(weeks=1)).isoformat()
    days = [Option(day, Text("meeting-diary-next", {"day": words})) for day, words in known["next"]]
    if week not in {option.value for option in days}:
        days.append(Option(week, Text("meeting-diary-week")))
    days.append(Option(NO_DAY, Text("meeting-diary-no-day")))
    read = else_words(talk.one_of(days), day_ahead(talk.today, talk.today + STEP_AHEAD))
    day = await talk.ask(
        "day", Text("meeting-diary-when", {"example": example_day(talk.today)}), read, options=days
    )
    until = None if day == NO_DAY else date.fromisoformat(day)

    async def keep(work: Work) -> MeetingNote:
        return await meeting_diary.add_step(work, await me(talk, work), meeting_id, step, until)

    await talk.finish(keep)
    talk.say(Text("meeting-diary-step-kept"))


async def diary_length(talk: Talk) -> None:
    """How long it really was. `f:meeting-length:<meeting>`."""
    meeting_id = number(talk.arg)
    lengths = [Option(str(one), Text("meeting-minutes", {"minutes": one})) for one in LENGTHS]

    def read(typed: str) -> str:
        return str(whole_number(5, LONGEST)(typed))

    # A typed «30» is thirty minutes, not the thirtieth button.
    minutes = await talk.ask("minutes", Text("meeting-diary-length"), read, options=lengths)

    async def keep(work: Work) -> MeetingNote:
        return await meeting_diary.set_length(work, await me(talk, work), meeting_id, int(minutes))

    await talk.finish(keep)
    talk.say(Text("meeting-diary-length-kept", {"minutes": int(minutes)}))


async def diary_read(talk: Talk) -> None:
    """The newest lines, for either side. `f:meeting-notes:<pair>`."""
    pair_id = number(talk.arg)
    lines = await talk.once("lines", lambda work: meeting_diary.to_read(work, talk.person_id, pair_id))
    if not lines:
        talk.say(Text("meeting-diary-empty"))
    for line in lines:
        talk.say(Text.from_json(line))
