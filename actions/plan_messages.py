"""What the members of a pair are told about their programme: neutral words, names without surnames."""

from __future__ import annotations

from collections.abc import Iterable

from actions.meeting_messages import called, concerned, partner
from actions.tell import tell
from actions.work import Work
from program.outgoing import Choice, Message, say
from program.roles import Side
from program.text import Text, raw
from storage import meetings
from storage.tables import Pair, PairMember, Person, Plan

CURATOR = Choice(Text("menu-curator"), "f:curator")


def open_button(plan: Plan) -> Choice:
    return Choice(Text("plan-title"), f"f:plan:{plan.pair_id}")


def yes(plan: Plan) -> Choice:
    return Choice(Text("plan-button-agree"), f"f:plan-agree:{plan.id}.{plan.version}", style="primary")


def no(plan: Plan) -> Choice:
    return Choice(Text("plan-button-propose"), f"f:plan-propose:{plan.id}.{plan.version}")


def read(plan: Plan) -> Choice:
    return Choice(Text("plan-button-read"), f"f:plan-read:{plan.pair_id}")


def wish(plan: Plan) -> Choice:
    return Choice(Text("plan-button-wish"), f"f:plan-wish:{plan.pair_id}")


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


async def tell_others(work: Work, plan: Plan, pair: Pair, text: str, *, but: str) -> None:
    """To every member except the actor `but` ("" for nobody excepted)."""
    for reader in meetings.reachable(pair):
        if but != f"person:{reader.id}":
            await _tell(work, plan, pair, reader, text)


async def wished(work: Work, plan: Plan, pair: Pair, person_id: int, words: str) -> None:
    """To the mentors alone: what a mentee wishes, in the mentee's words."""
    by = next(one.person for one in pair.members if one.person_id == person_id)
    for reader in _mentors(pair, but=person_id):
        args = {"partner": called(by)}
        message = Message((Text("plan-wish-added", args), raw(f"«{words}»")), ((open_button(plan),),))
        key = f"plan-wish:{plan.id}:{person_id}:{work.now.isoformat()}:{reader.id}"
        await tell(work, reader, message.about(*concerned(pair, reader), person_id), key=key)


async def objected(
    work: Work, plan: Plan, pair: Pair, person_id: int, words: str, *, everybody: bool
) -> None:
    """To the mentors: who would like it otherwise, and how. Not a refusal: the talk goes on.

    Args:
        everybody: the other mentees of a group hear that it is still being talked about, and no more.
    """
    by: Person | None = next((m.person for m in pair.members if m.person_id == person_id), None)
    leads = _mentors(pair, but=person_id)
    for reader in meetings.reachable(pair):
        if reader.id == person_id:
            continue
        if reader not in leads and pair.is_group:
            if not everybody:
                continue
            await _tell(work, plan, pair, reader, "plan-talked-over")
            continue
        texts = [Text("plan-objected", {"partner": called(by) if by else partner(pair, reader)})]
        if words:
            texts.append(raw(f"«{words}»"))
        edit = Choice(Text("plan-button-change"), f"f:plan-change:{plan.pair_id}", style="primary")
        rows = ((edit,), (open_button(plan),)) if reader in leads else ((open_button(plan),),)
        message = Message(tuple(texts), rows).about(*concerned(pair, reader), person_id)
        key = f"plan-objected:{plan.id}:{plan.version}:{person_id}:{reader.id}"
        await tell(work, reader, message, key=key)


async def welcome(work: Work, plan: Plan, pair: Pair, new: Iterable[PairMember]) -> None:
    """To who joined after it was agreed: there is a programme, it can be read and agreed to. Once each."""
    known = set(meetings.reachable(pair))
    for member in new:
        if member.person in known:
            own = (wish(plan),) if member.side == Side.MENTEE else ()
            text = Text("plan-newcomer", {"partner": partner(pair, member.person)})
            message = say(text, read(plan), yes(plan), *own, CURATOR)
            message = message.about(*concerned(pair, member.person))
            stamp = member.joined_at.date().isoformat()
            await tell(
                work, member.person, message, key=f"plan-newcomer:{plan.id}:{member.person_id}:{stamp}"
            )


def _mentors(pair: Pair, *, but: int) -> list[Person]:
    """Mentors of now whom the programme may write to, without the one who speaks."""
    known = set(meetings.reachable(pair))
    here = [one for one in meetings.present(pair) if one.side == Side.MENTOR and one.person in known]
    return [one.person for one in here if one.person_id != but]


async def _tell(work: Work, plan: Plan, pair: Pair, reader: Person, text: str) -> None:
    message = say(Text(text, {"partner": partner(pair, reader)}), open_button(plan))
    message = message.about(*concerned(pair, reader))
    await tell(work, reader, message, key=f"{text}:{plan.id}:{plan.version}:{reader.id}")
