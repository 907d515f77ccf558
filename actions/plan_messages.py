"""What the members of a pair are told about their programme: neutral words, names without surnames."""

from __future__ import annotations

from actions.meeting_messages import called, concerned, partner
from actions.tell import tell
from actions.work import Work
from program.outgoing import Choice, Message, say
from program.text import Text, raw
from storage import meetings
from storage.tables import Pair, Person, Plan

CURATOR = Choice(Text("menu-curator"), "f:curator")


def open_button(plan: Plan) -> Choice:
    return Choice(Text("plan-title"), f"f:plan:{plan.pair_id}")


def yes(plan: Plan) -> Choice:
    return Choice(Text("plan-button-agree"), f"f:plan-agree:{plan.id}.{plan.version}", style="primary")


def no(plan: Plan) -> Choice:
    return Choice(Text("plan-button-propose"), f"f:plan-propose:{plan.id}.{plan.version}")


def read(plan: Plan) -> Choice:
    return Choice(Text("plan-button-read"), f"f:plan-read:{plan.pair_id}")


async def ask(work: Work, plan: Plan, pair: Pair, text: str) -> int:
    """Puts this version to everybody who has not said yes to it; returns how many were told."""
    told = 0
    for reader in meetings.reachable(pair):
        if plan.said.get(str(reader.id)) == plan.version:
            continue
        message = say(
            Text(text, {"partner": partner(pair, reader)}), read(plan), yes(plan), no(plan), CURATOR
        ).about(*concerned(pair, reader))
        told += await tell(work, reader, message, key=f"{text}:{plan.id}:{plan.version}:{reader.id}")
    return told


async def tell_others(
    work: Work, plan: Plan, pair: Pair, text: str, *, but: str, words: str = "", event: str = ""
) -> None:
    """To every member except the actor `but` ("" for nobody excepted)."""
    for reader in meetings.reachable(pair):
        if but == f"person:{reader.id}":
            continue
        texts = [Text(text, {"partner": partner(pair, reader)})]
        if words:
            texts.append(raw(f"«{words}»"))
        message = Message(tuple(texts), ((open_button(plan),),)).about(*concerned(pair, reader))
        key = f"{text}:{plan.id}:{event or plan.version}:{reader.id}"
        await tell(work, reader, message, key=key)


async def objected(work: Work, plan: Plan, pair: Pair, person_id: int, words: str) -> None:
    """To the mentors: what somebody would like otherwise. Not a refusal: the talk goes on."""
    by: Person | None = next((m.person for m in pair.members if m.person_id == person_id), None)
    for member in meetings.present(pair):
        if member.person_id == person_id or member.person not in meetings.reachable(pair):
            continue
        texts = [Text("plan-objected", {"partner": called(by) if by else partner(pair, member.person)})]
        if words:
            texts.append(raw(f"«{words}»"))
        edit = Choice(Text("plan-button-change"), f"f:plan-change:{plan.pair_id}", style="primary")
        rows = ((edit,), (open_button(plan),)) if member.side == "mentor" else ((open_button(plan),),)
        message = Message(tuple(texts), rows).about(*concerned(pair, member.person))
        key = f"plan-objected:{plan.id}:{plan.version}:{person_id}:{member.person_id}"
        await tell(work, member.person, message, key=key)
