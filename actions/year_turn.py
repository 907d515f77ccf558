"""The wizard of the new school year: what the curator has chosen so far and what each step would do.

Nothing here changes a person, a pair or a class: that is `actions.year_turning`. Source: ux.md A53; domain.md 2.2, st7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from actions import journal
from actions.work import Work
from program.errors import Refusal
from program.forms import open_to
from program.names import class_order
from program.roadmap import next_year
from program.roles import Category, PersonState, Side
from program.school_years import (
    CLOSE,
    EXTEND,
    NO,
    YES,
    Choices,
    Move,
    Question,
    Step,
    asks_who_stays,
    joined,
    leavers,
    moves_of,
    next_class,
    opens_on,
)
from program.states import PairStatus, ParticipationStatus
from storage import consent_lists, pairs, roadmap
from storage import school_year as rows
from storage.tables import Pair, PairMember, Participation, Person, YearTurn, YearWord

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)
WAITING = tuple(status for status in rows.OPEN if status != ParticipationStatus.PAIRED)


@dataclass(frozen=True)
class ClassLine:
    """A class. `to`: what it is called from then on; `teachers`: accounts that go along with it."""

    name: str
    count: int
    move: Move
    to: str
    teachers: int
    asks: bool  # who of them stays

    @property
    def up_to(self) -> str:
        return next_class(self.name)

    @property
    def can_go_up(self) -> bool:
        return next_class(self.name) != self.name


@dataclass(frozen=True)
class Asked:
    """Somebody and their word. `word` is None while nobody has asked."""

    person: Person
    word: YearWord | None
    reached: bool  # a chat takes messages

    @property
    def answer(self) -> str:
        return self.word.answer if self.word is not None else ""


@dataclass(frozen=True)
class PairLine:
    """A pair at work and what becomes of it.

    Args:
        words: of everybody who would go on in it.
        agreed: all have said yes, in the chat or to the curator, and nobody no.
        leaves: somebody of it leaves the school, so it cannot go on; a group goes on while both sides are there.
        less: how many leave the school out of a group that can go on.
        ahead: a meeting is still to come.
    """

    pair: Pair
    stay: Sequence[PairMember]
    choice: str
    words: Mapping[int, YearWord | None]
    spoken: bool
    agreed: bool
    leaves: bool
    less: int
    ahead: bool

    @property
    def refused(self) -> bool:
        return any(word is not None and word.answer == NO for word in self.words.values())


def next_of(work: Work) -> str:
    """The year that begins when the one in work is over."""
    return next_year(work.settings.year)


async def begin(work: Work) -> YearTurn:
    """The turn to the next year; begun by whoever comes first.

    Raises:
        Refusal: the year in work has months to go.
    """
    year = next_of(work)
    if work.today < opens_on(year):
        raise Refusal("year-early", day=f"{opens_on(year):%d.%m.%Y}")
    await rows.begin(
        work.session, school_id=work.school.id, year=year, step=Step.CLASSES, changed_at=work.now,
        changed_by=work.actor, done_by="", undone_by="",
    )  # fmt: skip
    turn = await rows.turn_of(work.session, work.school.id, year)
    assert turn is not None
    return turn


async def held(work: Work, version: int) -> YearTurn:
    """The turn as it is now, held.

    Args:
        version: as the page showed it.

    Raises:
        Refusal: it was not begun, was done, or somebody else has saved it since.
    """
    turn = await rows.lock_turn(work.session, work.school.id, next_of(work))
    if turn is None:
        before = await rows.turn_of(work.session, work.school.id, work.settings.year)
        done = before is not None and before.done_at is not None
        raise Refusal("year-done-before" if done else "year-not-begun")
    if turn.done_at is not None:
        raise Refusal("year-done-before")
    if turn.version != version:
        raise Refusal("year-changed")
    return turn


async def save(work: Work, version: int, step: Step, change: Callable[[Choices], Choices]) -> YearTurn:
    """Keeps what was chosen at a step; the wizard can be left then. Raises Refusal as `held`."""
    turn = await held(work, version)
    turn.choices = change(choices(turn)).to_json()
    turn.step, turn.version = step.next, turn.version + 1
    turn.changed_at, turn.changed_by = work.now, work.actor
    await work.session.flush()
    await journal.note(work, "year.chosen", f"year:{turn.id}", after={"year": turn.year})
    return turn


def choices(turn: YearTurn) -> Choices:
    return Choices.read(turn.choices)


# --- step 1: classes ---


async def class_lines(work: Work, chosen: Choices) -> list[ClassLine]:
    """Every class of the school in the order of its years."""
    found = await rows.classes(work.session, work.school.id)
    moves = moves_of(found.keys(), chosen.moves)
    own: dict[str, int] = {}
    for user in await rows.class_teachers(work.session, work.school.id):
        own[user.class_name] = own.get(user.class_name, 0) + 1
    gone = leavers(next_of(work))
    return [
        ClassLine(
            name,
            found[name],
            move,
            called_then(name, move, gone),
            own.get(name, 0),
            asks_who_stays(name, move),
        )
        for name, move in sorted(moves.items(), key=lambda one: class_order(one[0]))
    ]


def called_then(name: str, move: Move, gone: str) -> str:
    if move is Move.OUT:
        return gone
    return next_class(name) if move is Move.UP else name


def merged(lines: Sequence[ClassLine]) -> list[tuple[str, list[str]]]:
    return joined({one.name: one.move for one in lines})


async def who_may_stay(work: Work, lines: Sequence[ClassLine]) -> Sequence[Person]:
    """Pupils of the ninth classes that go up: the curator says who stays."""
    return await rows.pupils(work.session, work.school.id, [one.name for one in lines if one.asks])


async def who_leaves(work: Work, chosen: Choices, *, anew: bool = False) -> list[Person]:
    """Everybody who leaves the school: whole classes, and those who do not stay after the ninth."""
    lines = await class_lines(work, chosen)
    out = await rows.pupils(
        work.session, work.school.id, [one.name for one in lines if one.move is Move.OUT], anew=anew
    )
    some = [one for one in await who_may_stay(work, lines) if one.id in set(chosen.leaving)]
    return [*out, *some]


# --- steps 2 and 4: people and their words ---


async def words_of(work: Work) -> dict[tuple[str, int, int], YearWord]:
    """By question, person and what it is about."""
    found = await rows.words(work.session, work.school.id, next_of(work))
    return {(one.question, one.person_id, one.about): one for one in found}


async def graduates(work: Work, chosen: Choices, leaving: Sequence[Person] | None = None) -> list[Asked]:
    """Who leaves and can be asked to stay in touch: those who have joined the programme at some time.

    Args:
        leaving: `who_leaves`, where the caller has asked already; so in the functions below.
    """
    leaving = await who_leaves(work, chosen) if leaving is None else leaving
    known = [one for one in leaving if one.state == PersonState.ACTIVE]
    return await _asked(work, Question.ALUMNUS, known)


def alumni_form(work: Work) -> str:
    """The form in which alumni lead pupils; "" where the school has none: then nobody is asked."""
    found = open_to(Category.ALUMNUS, Side.MENTOR, work.settings.forms)
    return found[0].slug if found else ""


def mentor_form(work: Work, category: str | None) -> str:
    """The form in which a mentee of this category could lead others; "" if there is none."""
    found = open_to(Category(category or Category.OTHER), Side.MENTOR, work.settings.forms)
    return found[0].slug if found else ""


async def might_lead(work: Work, chosen: Choices, leaving: Sequence[Person] | None = None) -> list[Asked]:
    """Mentees of this year's pairs who could be mentors themselves."""
    gone = {one.id for one in (await who_leaves(work, chosen) if leaving is None else leaving)}
    had = await _of_pairs(work)
    out = gone | {one.person_id for one in had if one.side == Side.MENTOR}
    could = {one: bool(mentor_form(work, one)) for one in {one.category for one in had}}
    found = {
        one.person_id
        for one in had
        if one.side == Side.MENTEE
        and one.person_id not in out
        and one.state == PersonState.ACTIVE
        and could[one.category]
    }
    return await _asked(work, Question.MENTOR, await rows.people(work.session, work.school.id, found))


async def led_before(
    work: Work,
    chosen: Choices,
    leaving: Sequence[Person] | None = None,
    lines: Sequence[PairLine] | None = None,
) -> list[Asked]:
    """Mentors of this year whose pairs are to be closed: once more? `lines`: of `pair_lines`."""
    leaving = await who_leaves(work, chosen) if leaving is None else leaving
    gone = {one.id for one in leaving}
    lines = await pair_lines(work, chosen, leaving) if lines is None else lines
    going_on = {m.person_id for one in lines if one.choice == EXTEND for m in one.stay}
    out = gone | going_on
    found = {
        one.person_id
        for one in await _of_pairs(work)
        if one.side == Side.MENTOR and one.person_id not in out and one.state == PersonState.ACTIVE
    }
    return await _asked(work, Question.AGAIN, await rows.people(work.session, work.school.id, found))


async def waiting(
    work: Work, chosen: Choices, leaving: Sequence[Person] | None = None
) -> list[Participation]:
    """Places without a pair that could wait on in the new year, by name."""
    ids = await waiting_ids(work, chosen, leaving)
    return await rows.some_places(work.session, work.school.id, ids)


async def waiting_ids(work: Work, chosen: Choices, leaving: Sequence[Person] | None = None) -> list[int]:
    """As `waiting`, for a page that shows a part of them and their number."""
    gone = {one.id for one in (await who_leaves(work, chosen) if leaving is None else leaving)}
    found = await rows.waiting(work.session, work.school.id, work.settings.year, WAITING)
    return [key for key, person_id in found if person_id not in gone]


async def _of_pairs(work: Work) -> Sequence[rows.Had]:
    """Places of this year with a pair, now or before; without those who have left it unfinished."""
    had = (ParticipationStatus.PAIRED, ParticipationStatus.FINISHED)
    return await rows.had(work.session, work.school.id, work.settings.year, had)


async def _asked(work: Work, question: Question, people: Sequence[Person]) -> list[Asked]:
    words = await words_of(work)
    reached = await consent_lists.reachable(work.session, work.school.id, [one.id for one in people])
    listed = sorted(people, key=lambda one: (one.plain, one.id))
    return [Asked(one, words.get((question, one.id, 0)), one.id in reached) for one in listed]


# --- step 3: pairs ---


async def pair_lines(work: Work, chosen: Choices, leaving: Sequence[Person] | None = None) -> list[PairLine]:
    """Pairs at work with everybody's word. One that cannot go on is closed, whatever was chosen before."""
    found = await pairs.board(work.session, work.school.id, work.settings.year, statuses=AT_WORK)
    gone = {one.id for one in (await who_leaves(work, chosen) if leaving is None else leaving)}
    words = await words_of(work)
    ahead = await rows.with_meetings_ahead(work.session, work.school.id, [one.id for one in found], work.now)
    made = []
    for pair in sorted(found, key=lambda one: (one.form, one.id)):
        here = pairs.present(pair)
        stay = [one for one in here if one.person_id not in gone]
        said = {one.person_id: words.get((Question.PAIR, one.person_id, pair.id)) for one in stay}
        answers = [word.answer if word is not None else "" for word in said.values()]
        spoken = pair.id in chosen.spoken and NO not in answers
        agreed = spoken or all(one == YES for one in answers)
        can = len(stay) == len(here) or (pair.is_group and {one.side for one in stay} == set(Side))
        wanted = chosen.pairs.get(str(pair.id), CLOSE) == EXTEND
        choice = EXTEND if wanted and can else CLOSE
        less = len(here) - len(stay) if can else 0
        made.append(PairLine(pair, stay, choice, said, spoken, agreed, not can, less, pair.id in ahead))
    return made


async def unfinished(work: Work) -> tuple[int, int]:
    """Announced pairs that wait for answers, and proposals that nobody was told of."""
    found = await rows.undecided(work.session, work.school.id, work.settings.year)
    return found.pop(PairStatus.OFFERED, 0), sum(found.values())


# --- step 5: the start ---


async def maps(work: Work) -> tuple[bool, bool]:
    """Whether this year has a road map, and whether the next one has."""
    years = await roadmap.years(work.session, work.school.id)
    return work.settings.year in years, next_of(work) in years


async def under_way(work: Work) -> bool:
    """Whether the year in work has pairs or places that are not over: then only the wizard ends it."""
    place = (work.session, work.school.id, work.settings.year)
    return bool(await rows.worked_pairs_left(*place) or await rows.open_places(*place))
