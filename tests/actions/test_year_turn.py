"""The school year turns in one press: everybody where they belong, nobody told too early, everything taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import (
    assignments,
    roadmap,
    sweeps,
    year_back,
    year_check,
    year_clock,
    year_turn,
    year_turning,
    year_words,
)
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.instruments import Method
from program.outgoing import Message
from program.roadmap import Calendar
from program.roles import Category, PersonState, Side
from program.school_years import Choices, Question, Step
from program.states import (
    MeetingFormat,
    MeetingKind,
    MeetingStatus,
    PairStatus,
    ParticipationStatus,
    RequestState,
)
from program.text import Text
from storage import roadmap as roadmap_rows
from storage.tables import (
    Base,
    GroupChange,
    JournalEntry,
    Meeting,
    OutboxRow,
    Pair,
    PairMember,
    PairRequest,
    PairWorry,
    Participation,
    Response,
    School,
    User,
    YearLine,
    YearTurn,
    YearWord,
)
from tests import build
from tests.actions.year import NEW, OLD, Season, chosen, in_june, named, places_of, season, turned

FINISHED, PENDING = ParticipationStatus.FINISHED, ParticipationStatus.CONSENT_PENDING


@pytest.fixture
async def made(work: Work) -> Season:
    return await season(work.session, work.school)


async def pair_of(work: Work, pair_id: int) -> Pair:
    found = await work.session.get(Pair, pair_id, populate_existing=True)
    assert found is not None
    return found


async def everything(work: Work) -> dict[str, list[Any]]:
    """All rows of the school as plain values, but for what the turn writes about itself and what is not said yet."""
    await work.session.flush()
    found: dict[str, list[Any]] = {}
    for table in set(Base.metadata.sorted_tables) - {YearTurn.__table__, JournalEntry.__table__}:
        statement = select(table).order_by(*table.primary_key.columns)
        if table is OutboxRow.__table__:
            statement = statement.where(~table.c.key.startswith("year-told:"))
        found[table.name] = [tuple(row) for row in await work.session.execute(statement)]
    return found


async def loose_ends(work: Work, made: Season) -> None:
    """Somebody asks for something in each pair, a group change is planned, somebody is to look at a pair."""
    session, place = work.session, {"school_id": work.school.id}
    for pair, person in ((made.closing, made.closing_mentee), (made.going, made.going_mentee)):
        session.add_all(
            (
                PairRequest(
                    **place, pair_id=pair, person_id=person, side="mentee", kind="pause", said={},
                    state=RequestState.IN_WORK, at=work.now,
                ),
                PairWorry(
                    **place, pair_id=pair, sign="no-meeting", light=2, key="x", since=work.today, args={},
                    found_at=work.now, state=RequestState.IN_WORK, taken_by="user:1",
                ),
            )
        )  # fmt: skip
    waits = await session.scalar(select(Participation).where(Participation.person_id == made.waits))
    assert waits is not None
    session.add(
        GroupChange(
            **place, pair_id=made.closing, participation_id=waits.id, comes=True, on_day=work.today,
            at=work.now, outcome="group-full",
        )
    )  # fmt: skip
    await tell(
        work, await named(work, made.waits), Message((Text("talk-saved"),)), key="other", due_at=work.now
    )
    await session.flush()


async def test_everybody_is_where_they_belong_after_the_last_press(work: Work, made: Season) -> None:
    june = in_june(work)
    turn = await turned(june, made)

    assert work.settings.year == NEW
    assert (await named(june, made.closing_mentee)).class_name == "9А"
    assert (await named(june, made.going_mentee)).class_name == "8-Б"
    assert (await named(june, made.ninth_stays)).class_name == "10А"
    assert (await named(june, made.ninth_leaves)).class_name == "ВЫПУСК 2027"
    graduate = await named(june, made.graduate)
    assert (graduate.category, graduate.class_name) == (Category.ALUMNUS, "")
    assert (await places_of(june, made.graduate))[NEW, "mentor", "vyp_uch"] == PENDING
    assert await places_of(june, made.closing_mentee) == {(OLD, "mentee", "uchit_uch"): FINISHED}
    assert await places_of(june, made.waits) == {
        (OLD, "mentee", "uch_uch"): ParticipationStatus.ARCHIVED,
        (NEW, "mentee", "uch_uch"): PENDING,
    }
    user = await june.session.get(User, made.teacher, populate_existing=True)
    assert user is not None
    assert user.class_name == "9А"
    assert turn.numbers["pairs"] == 2
    assert turn.numbers["forms"]["uchit_uch"]["mentees"] == 2


async def test_a_pair_that_goes_on_is_a_new_one_and_the_old_year_keeps_its_own(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    await turned(june, made)

    old = await pair_of(june, made.going)
    new = (await june.session.scalars(select(Pair).where(Pair.continues_id == made.going))).one()
    assert (old.year, old.status, new.year, new.status) == (OLD, PairStatus.COMPLETED, NEW, PairStatus.ACTIVE)
    assert new.starts_on is not None
    assert new.starts_on.isoformat() == "2027-09-01"
    assert (await places_of(june, made.going_mentor))[
        NEW, "mentor", "uchit_uch"
    ] == ParticipationStatus.PAIRED
    place = (
        await june.session.scalars(
            select(Participation).where(
                Participation.person_id == made.going_mentor, Participation.year == NEW
            )
        )
    ).one()
    assert (place.capacity, place.admitted) == (3, True)
    meeting = (await june.session.scalars(select(Meeting).execution_options(populate_existing=True))).one()
    assert (meeting.pair_id, meeting.status) == (new.id, MeetingStatus.CONFIRMED)


async def test_who_leaves_without_having_taken_part_is_forgotten_as_one_who_left(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    await turned(june, made)
    assert await year_clock.say_goodbye(in_june(work, hours=23)) == 0
    assert (await named(june, made.stranger)).state == PersonState.INVITED
    await sweeps.clean(in_june(work, hours=25))
    assert await year_clock.say_goodbye(in_june(work, hours=25)) == 2
    for key in (made.stranger, made.ninth_leaves):
        gone = await named(june, key)
        assert (gone.state, gone.erase_basis) == (PersonState.FROZEN, "left")
    assert await year_clock.say_goodbye(in_june(work, hours=25)) == 0
    assert (await june.session.scalars(select(YearLine))).all() == []
    assert (await named(june, made.ninth_stays)).state == PersonState.INVITED


async def test_nobody_is_told_before_the_day_of_grace_is_over(work: Work, made: Season) -> None:
    june = in_june(work)
    turn = await turned(june, made)
    found = (
        await june.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("year-told:")))
    ).all()
    assert {row.person_id for row in found} == {
        made.closing_mentee, made.closing_mentor, made.going_mentee, made.going_mentor,
    }  # fmt: skip
    assert turn.done_at is not None
    assert all(row.due_at >= turn.done_at + timedelta(hours=24) for row in found)
    assert await assignments.invite_due(in_june(work, hours=20)) == 0
    assert await assignments.invite_due(in_june(work, days=93)) == 2  # the two who go on, in September


async def test_pressed_twice_it_is_done_once(work: Work, made: Season) -> None:
    june = in_june(work)
    turn = await chosen(june, made)
    version = turn.version
    await year_turning.turn(june, version)
    with pytest.raises(Refusal, match="year-done-before"):
        await year_turning.turn(june, version)
    assert len((await june.session.scalars(select(Pair).where(Pair.year == NEW))).all()) == 1


async def test_who_saves_on_an_old_page_is_told_so(work: Work, made: Season) -> None:
    june = in_june(work)
    turn = await year_turn.begin(june)
    seen = turn.version
    await year_turn.save(june, seen, Step.START, lambda now: replace(now, roadmap=False))
    with pytest.raises(Refusal, match="year-changed"):
        await year_turn.save(june, seen, Step.START, lambda now: now)
    with pytest.raises(Refusal, match="year-changed"):
        await year_turning.turn(june, seen)
    assert work.settings.year == OLD


async def test_taken_back_everything_is_as_it_was(work: Work, made: Season) -> None:
    june = in_june(work)
    await loose_ends(june, made)
    await roadmap.take(june, OLD, Calendar.YEAR)
    turn = await chosen(june, made)
    before = await everything(june)
    await year_turning.turn(june, turn.version)
    changed = {name for name, found in (await everything(june)).items() if found != before[name]}
    assert changed >= {
        "group_change", "meeting", "pair", "pair_member", "pair_request", "pair_worry", "participation",
        "person", "roadmap_event", "roadmap_stage", "school", "user_account",
    }  # fmt: skip

    back = await year_back.undo(in_june(work, hours=23))

    assert back.kept == {}
    june.session.expire_all()
    await june.session.refresh(work.school)
    after = await everything(june)
    assert {name: found for name, found in after.items() if found != before[name]} == {}
    waiting = select(OutboxRow).where(OutboxRow.key.startswith("year-told:"), OutboxRow.dropped == "")
    assert (await june.session.scalars(waiting.execution_options(populate_existing=True))).all() == []


async def test_a_road_map_that_somebody_has_made_for_the_new_year_stays(work: Work, made: Season) -> None:
    june = in_june(work)
    await roadmap.begin_empty(june, NEW)
    await turned(june, made)
    back = await year_back.undo(june)
    assert back.kept == {}
    assert NEW in await roadmap_rows.years(june.session, work.school.id)


async def test_a_copied_road_map_on_which_somebody_works_stays_and_that_is_said(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    await roadmap.take(june, OLD, Calendar.YEAR)
    await turned(june, made)
    await roadmap.add_stage(june, NEW, "Свой этап")
    back = await year_back.undo(june)
    assert back.kept == {"roadmap": 1}
    assert NEW in await roadmap_rows.years(june.session, work.school.id)


async def test_a_meeting_that_has_begun_is_of_the_old_year_and_one_agreed_meanwhile_comes_back(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    ahead = await june.session.scalar(select(Meeting.id))
    june.session.add(meeting_at(june, made, "begun", -1))
    await turned(june, made)
    (new,) = await june.session.scalars(select(Pair).where(Pair.year == NEW))
    of = select(Meeting.uid, Meeting.pair_id).order_by(Meeting.uid)
    assert dict((await june.session.execute(of)).all()) == {"ahead": new.id, "begun": made.going}
    assert ahead is not None
    agreed = meeting_at(june, made, "agreed", 3)
    agreed.pair_id = new.id
    june.session.add(agreed)
    await june.session.flush()
    assert (await year_back.undo(june)).kept == {}
    assert set(await june.session.scalars(select(Meeting.pair_id))) == {made.going}


def meeting_at(work: Work, made: Season, uid: str, hours: int) -> Meeting:
    return Meeting(
        school_id=work.school.id, pair_id=made.going, kind=MeetingKind.M4, status=MeetingStatus.CONFIRMED,
        proposed_by=made.going_mentor, starts_at=work.now + timedelta(hours=hours), uid=uid,
        format=MeetingFormat.OFFLINE, created_at=work.now,
    )  # fmt: skip


async def test_who_loses_a_partner_meanwhile_searches_again(work: Work, made: Season) -> None:
    june = in_june(work)
    await turned(june, made)
    (await named(june, made.closing_mentor)).state = PersonState.FROZEN
    await june.session.flush()
    back = await year_back.undo(june)
    assert back.kept == {"pair": 1, "place": 1}
    assert (await places_of(june, made.closing_mentee))[OLD, "mentee", "uchit_uch"] == "searching"


async def test_what_was_taken_back_can_be_done_again(work: Work, made: Season) -> None:
    june = in_june(work)
    await turned(june, made)
    await year_back.undo(june)
    turn = await year_turn.begin(june)
    await year_turning.turn(in_june(work, hours=1), turn.version)
    assert work.settings.year == NEW
    told = select(OutboxRow).where(OutboxRow.key.startswith("year-told:"), OutboxRow.dropped == "")
    assert len((await june.session.scalars(told)).all()) == 4


async def test_it_cannot_be_taken_back_after_a_day_or_once_somebody_was_told(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    await turned(june, made)
    with pytest.raises(Refusal, match="year-undo-late"):
        await year_back.undo(in_june(work, hours=24))
    row = (
        await june.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("year-told:")))
    ).first()
    assert row is not None
    row.sent_at = june.now
    await june.session.flush()
    with pytest.raises(Refusal, match="year-undo-told"):
        await year_back.undo(in_june(work, hours=1))


async def test_what_somebody_has_changed_since_stays(work: Work, made: Season) -> None:
    june = in_june(work)
    await turned(june, made)
    person = await named(june, made.closing_mentee)
    person.class_name = "9Г"
    await june.session.flush()
    back = await year_back.undo(june)
    assert back.kept == {"person": 1}
    assert (await named(june, made.closing_mentee)).class_name == "9Г"
    assert (await named(june, made.going_mentee)).class_name == "7-Б"


@pytest.mark.parametrize("way", ["agreed", "ahead", "offered"])
async def test_what_a_human_has_to_look_at_first_stands_in_the_way(
    work: Work, made: Season, way: str
) -> None:
    june = in_june(work)
    turn = await chosen(june, made)
    if way == "agreed":
        asked = (YearWord.person_id == made.going_mentee, YearWord.question == Question.PAIR)
        word = (await june.session.scalars(select(YearWord).where(*asked))).one()
        await year_words.say(june, made.going_mentee, word.id, "no")
    elif way == "ahead":
        turn = await year_turn.save(june, turn.version, Step.PAIRS, lambda now: replace(now, pairs={}))
    else:
        (await pair_of(june, made.closing)).status = PairStatus.OFFERED
        await june.session.flush()
    with pytest.raises(Refusal, match=f"year-block-{way}"):
        await year_turning.turn(june, turn.version)
    assert work.settings.year == OLD
    assert (await named(june, made.waits)).class_name == "6А"


async def test_a_pair_with_somebody_who_leaves_cannot_go_on(work: Work, made: Season) -> None:
    june = in_june(work)
    (await named(june, made.going_mentee)).class_name = "11А"
    await june.session.flush()
    lines = await year_turn.pair_lines(june, Choices(pairs={str(made.going): "extend"}))
    assert {one.pair.id: (one.choice, one.leaves) for one in lines}[made.going] == ("close", True)


async def test_a_group_goes_on_without_those_who_leave_while_both_sides_are_there(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    group = await pair_of(june, made.going)
    group.is_group, group.title = True, "Лаборатория"
    leaver = await named(june, made.graduate)
    leaver.category = Category.PUPIL
    place = build.participation(leaver, Side.MENTEE, "uchit_uch", status="paired", enrolled_at=build.NOW)
    june.session.add(place)
    await june.session.flush()
    june.session.add(
        PairMember(
            school_id=work.school.id, pair_id=group.id, person_id=leaver.id, participation_id=place.id,
            side=Side.MENTEE, joined_at=build.NOW,
        )
    )  # fmt: skip
    turn = await chosen(june, made)
    asked = await june.session.scalars(select(YearWord.person_id).where(YearWord.question == Question.PAIR))
    assert set(asked) == {made.going_mentee, made.going_mentor}
    (line,) = [one for one in await year_turn.pair_lines(june, year_turn.choices(turn)) if one.less]
    assert (line.choice, line.leaves, line.agreed, line.less) == ("extend", False, True, 1)
    await year_turning.turn(june, turn.version)
    (new,) = await june.session.scalars(select(Pair.id).where(Pair.year == NEW))
    inside = await june.session.scalars(select(PairMember.person_id).where(PairMember.pair_id == new))
    assert set(inside) == {made.going_mentee, made.going_mentor}
    assert (await places_of(june, leaver.id))[OLD, "mentee", "uchit_uch"] == FINISHED
    told = select(OutboxRow.key).where(
        OutboxRow.person_id == leaver.id, OutboxRow.key.startswith("year-told")
    )
    assert (await june.session.scalars(told)).one().endswith(f"{made.going}:{leaver.id}")
    assert (await year_back.undo(june)).kept == {}


async def test_who_has_not_answered_after_the_work_is_counted_before_the_last_press(
    work: Work, made: Season
) -> None:
    june = in_june(work)
    turn = await chosen(june, made)
    assert (await year_check.check(june, turn)).unanswered == 0
    for person, code in (
        (made.closing_mentee, "PRE_UCHIT_UCH_MENTEE"),
        (made.going_mentee, "PRE_UCHIT_UCH_MENTEE"),
        (made.going_mentee, "POST_UCHIT_UCH_MENTEE"),
        (made.waits, "PRE_UCH_UCH_MENTEE"),
    ):
        june.session.add(
            Response(
                school_id=work.school.id, person_id=person, code=code, version=1, round=OLD,
                finished_at=june.now, method=Method.CHAT,
            )
        )  # fmt: skip
    await june.session.flush()
    assert (await year_check.check(june, turn)).unanswered == 1


async def test_a_no_is_final_and_nobody_is_asked_twice(work: Work, made: Season) -> None:
    june = in_june(work)
    turn = await year_turn.begin(june)
    assert await year_words.send(june, turn.version, Question.MENTOR) == 2  # of the two pairs
    word = (
        await june.session.scalars(select(YearWord).where(YearWord.person_id == made.closing_mentee))
    ).one()
    await year_words.say(june, made.closing_mentee, word.id, "yes")
    await year_words.say(june, made.closing_mentee, word.id, "no")
    with pytest.raises(Refusal, match="turn-said-no"):
        await year_words.say(june, made.closing_mentee, word.id, "yes")
    assert await year_words.send(june, turn.version, Question.MENTOR) == 0
    with pytest.raises(Refusal, match="turn-not-yours"):
        await year_words.say(june, made.going_mentee, word.id, "yes")


@pytest.mark.parametrize(
    ("answer", "places"),
    [
        ("yes", {(NEW, "mentor", "uch_uch"): PENDING}),
        ("again", {(NEW, "mentee", "uchit_uch"): PENDING}),
        ("no", {}),
        ("", {}),
    ],
)
async def test_a_mentee_goes_on_as_they_wish(
    work: Work, made: Season, answer: str, places: dict[tuple[str, str, str], ParticipationStatus]
) -> None:
    june = in_june(work)
    turn = await chosen(june, made)
    if answer:
        asked = (YearWord.person_id == made.closing_mentee, YearWord.question == Question.MENTOR)
        word = (await june.session.scalars(select(YearWord).where(*asked))).one()
        await year_words.say(june, made.closing_mentee, word.id, answer)
    await year_turning.turn(june, turn.version)
    assert await places_of(june, made.closing_mentee) == {(OLD, "mentee", "uchit_uch"): FINISHED, **places}


async def test_the_curator_notes_what_somebody_says(work: Work, made: Season) -> None:
    june = in_june(work)
    turn = await year_turn.begin(june)
    await year_words.note(june.by("user:1"), turn.version, Question.AGAIN, made.closing_mentor, "yes")
    await year_turn.save(
        june,
        turn.version,
        Step.PAIRS,
        lambda now: replace(now, pairs={str(made.going): "extend"}, spoken=(made.going,)),
    )
    await year_turning.turn(june, turn.version)
    assert (await places_of(june, made.closing_mentor))[NEW, "mentor", "uchit_uch"] == PENDING


async def test_questionnaires_are_offered_anew_on_the_chosen_day_and_once(work: Work, made: Season) -> None:
    june = in_june(work)
    await turned(june, made)
    asked = select(OutboxRow).where(OutboxRow.key == f"in-base:{made.waits}:{NEW}")
    assert await year_clock.start(in_june(work, days=60)) == 0
    september = in_june(work, days=92)
    assert await year_clock.start(september) == 2  # who waits, and the graduate
    assert (await june.session.scalars(asked)).one().person_id == made.waits
    assert (await places_of(september, made.waits))[NEW, "mentee", "uch_uch"] == ParticipationStatus.IN_BASE
    assert await year_clock.start(in_june(work, days=93)) == 0
    with pytest.raises(Refusal, match="year-undo"):
        await year_back.undo(september)


async def test_another_school_is_not_touched(work: Work, made: Season) -> None:
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    theirs = build.person(other, class_name="5А")
    work.session.add(theirs)
    await turned(in_june(work), made)
    assert (await named(work, theirs.id)).class_name == "5А"
    assert (await work.session.get_one(School, other.id)).settings.get("year") is None


async def test_the_journal_says_what_was_done(work: Work, made: Season) -> None:
    june = in_june(work)
    await turned(june, made)
    found = (
        await june.session.scalars(select(JournalEntry).where(JournalEntry.action == "year.turned"))
    ).one()
    assert found.after["year"] == NEW
    assert (found.after["closed"], found.after["extended"], found.after["alumni"]) == (1, 1, 1)
    turn = (await june.session.scalars(select(YearTurn))).one()
    assert found.subject == f"year:{turn.id}"
