"""Results: counts and means, groups under five hidden, words for the curator, where people have stopped."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from actions import card_evidence, questionnaire_results, questionnaires, staff_cards
from actions.sealing import Box
from actions.work import Work
from program.channels import Channel
from program.errors import Refusal
from program.instruments import Value
from program.roles import Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, ParticipationStatus
from storage.tables import Conversation, Meeting, Person, User
from tests import build


async def pupils(work: Work, count: int) -> list[Person]:
    found = [build.person(work.school, f"Ученик{n}") for n in range(count)]
    work.session.add_all(found)
    await work.session.flush()
    return found


async def answer(work: Work, person: Person, **answers: Value) -> None:
    given = {name.replace("_", "."): value for name, value in answers.items()}
    await questionnaires.save(work, person, "MID", 1, given, round=work.settings.year)


async def test_five_answers_are_shown_and_four_are_not(work: Work) -> None:
    for n, person in enumerate(await pupils(work, 5)):
        await answer(work, person, MID_1=5 + n, MID_2=7 if n else None, MID_3="few", MID_8=f"Слова {n}")
    found = await questionnaire_results.results(work, "MID", words=False)
    first, second, third = found.answers[:3]
    assert (first.count, first.mean, first.hidden) == (5, 7.0, False)
    assert (second.count, second.skipped, second.hidden) == (4, 1, True)
    assert dict(third.options)["Мало"] == 5
    assert not any(one.words for one in found.answers)
    for_curator = await questionnaire_results.results(work, "MID", words=True)
    assert sorted(for_curator.answers[7].words) == [f"Слова {n}" for n in range(5)]


async def test_the_workbook_hides_what_the_page_hides(work: Work) -> None:
    for n, person in enumerate(await pupils(work, 5)):
        await answer(work, person, MID_1=8, MID_2=3 if n else None, MID_8="Личное")
    for words in (False, True):
        name, data = await questionnaire_results.file(work, "MID", words=words, box=Box("key", "ballots"))
        assert name == "Анкета в середине года, 2026-2027.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [
            str(cell.value) for row in book["Сводка"].iter_rows() for cell in row if cell.value is not None
        ]
        assert "Меньше 5 ответов: не показываем." in cells
        assert ("Свободные ответы" in book.sheetnames) is words
        assert "Личное" not in cells


async def test_the_list_says_where_most_have_stopped(work: Work) -> None:
    for n, person in enumerate(await pupils(work, 4)):
        work.session.add(
            Conversation(
                person_id=person.id, school_id=work.school.id, flow="questionnaire", subject={"arg": "MID"},
                journal=[], step="MID.4" if n else "MID.2", turn=1, channel=Channel.WEB, started_at=work.now,
                updated_at=work.now,
            )
        )  # fmt: skip
    await work.session.flush()
    mid = await questionnaires.current(work, "MID")
    line = (await questionnaire_results.overview(work, {"MID": mid}))["MID"]
    assert (line.inside, line.worst) == (4, (4, 3))
    found = await questionnaire_results.results(work, "MID", words=False)
    assert [(number, count) for number, _, count in found.stopped] == [(2, 1), (4, 3)]


async def user(work: Work, role: StaffRole) -> User:
    made = User(school_id=work.school.id, login=f"{role}", role=role, password_hash="-", created_at=work.now)
    work.session.add(made)
    await work.session.flush()
    return made


async def test_a_card_is_filled_once_by_each_author_and_time(work: Work) -> None:
    teacher = await user(work, StaffRole.CLASS_TEACHER)
    [pupil] = await pupils(work, 1)
    card = await staff_cards.card(work, StaffRole.CLASS_TEACHER, "OBS")
    given: dict[str, Value] = {"OBS.1": 7, "OBS.9": 425}
    response = await staff_cards.fill(work, teacher, card, pupil, given)
    assert (response.person_id, response.user_id, response.round) == (None, teacher.id, "2026-2027/1")
    with pytest.raises(Refusal) as refusal:
        await staff_cards.fill(work, teacher, card, pupil, {"OBS.1": 1})
    assert refusal.value.text.id == "quiz-filled-already"
    [(_, kept)] = await staff_cards.filled(work, card, pupil)
    assert (kept["OBS.1"], kept["OBS.9"]) == (7, 425)
    may = Work(work.session, work.school, work.now.replace(year=2027, month=5))
    assert (await staff_cards.fill(may, teacher, card, pupil, {})).round == "2026-2027/2"


async def test_a_card_is_filled_by_its_roles_and_about_somebody(work: Work) -> None:
    with pytest.raises(Refusal):
        await staff_cards.card(work, StaffRole.CLASS_TEACHER, "COND")
    with pytest.raises(Refusal):
        await staff_cards.card(work, StaffRole.CURATOR, "INT_E")
    curator = await user(work, StaffRole.CURATOR)
    with pytest.raises(Refusal, match="quiz-interview-elsewhere"):
        await staff_cards.card(work, StaffRole.CURATOR, "IVW")
    card = await staff_cards.card(work, StaffRole.CURATOR, "OBS")
    with pytest.raises(Refusal) as refusal:
        await staff_cards.fill(work, curator, card, None, {})
    assert refusal.value.text.id == "quiz-choose-person"


async def test_the_swot_is_offered_what_participants_said(work: Work) -> None:
    for n, person in enumerate(await pupils(work, 5)):
        given: dict[str, Value] = {"C08": 8, "C15": "same" if n else "no", "C16": "no"}
        await questionnaires.save(work, person, "POST_UCH_UCH_MENTEE", 1, given, round=work.settings.year)
    card = await staff_cards.card(work, StaffRole.CURATOR, "SWOT_UCH_UCH")
    found = await card_evidence.of(work, card)
    assert {name: found[name].mark for name in ("SW1", "SW2")} == {"SW1": 8, "SW2": 8}
    assert "SW3" not in found
    other = await card_evidence.of(work, await staff_cards.card(work, StaffRole.CURATOR, "SWOT_RAB_UCH"))
    assert "SW1" not in other


async def test_the_swot_is_offered_what_was_counted(work: Work) -> None:
    """Six mentees, four of them in a pair; one more waits for a consent; two of three meetings were held."""
    people = await pupils(work, 7)
    states = [ParticipationStatus.PAIRED] * 4 + [ParticipationStatus.SEARCHING] * 2
    places = [
        build.participation(one, Side.MENTEE, status=status)
        for one, status in zip(people, [*states, ParticipationStatus.CONSENT_PENDING], strict=True)
    ]
    work.session.add_all(places)
    await work.session.flush()
    pair = build.pair(places[0])
    work.session.add(pair)
    await work.session.flush()
    for n, status in enumerate((MeetingStatus.HELD, MeetingStatus.HELD, MeetingStatus.MISSED)):
        work.session.add(
            Meeting(
                school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M2, status=status, uid=f"u{n}",
                proposed_by=people[0].id, starts_at=work.now - timedelta(days=n + 1), format=MeetingFormat.ONLINE,
                created_at=work.now,
            )
        )  # fmt: skip
    card = await staff_cards.card(work, StaffRole.CURATOR, "SWOT_UCH_UCH")
    found = await card_evidence.of(work, card)
    said = {name: (found[name].mark, dict(found[name].text.args)) for name in ("SW6", "SW7", "SW8", "SW12")}
    assert said == {
        "SW6": (7, {"part": 4, "whole": 6}),
        "SW7": (None, {"part": 2, "whole": 3}),  # too few for a mark
        "SW8": (9, {"part": 6, "whole": 7}),
        "SW12": (None, {"part": 0, "whole": 0}),
    }
    assert found["OT2"].text.args == {"count": 0}
    conditions = await card_evidence.of(work, await staff_cards.card(work, StaffRole.CURATOR, "COND"))
    assert conditions == {}


async def test_a_swot_may_be_thought_over_and_keeps_its_versions(work: Work) -> None:
    curator = await user(work, StaffRole.CURATOR)
    card = await staff_cards.card(work, StaffRole.CURATOR, "SWOT_UCH_UCH")
    await staff_cards.fill(work, curator, card, None, {"SW1": 5})
    with pytest.raises(Refusal, match="quiz-filled-already"):
        await staff_cards.fill(work, curator, card, None, {"SW1": 6})
    await staff_cards.fill(work, curator, card, None, {"SW1": 8}, revision=2)
    with pytest.raises(Refusal, match="quiz-filled-already"):
        await staff_cards.fill(work, curator, card, None, {"SW1": 9}, revision=2)
    kept = [values["SW1"] for _, values in await staff_cards.filled(work, card, None)]
    assert kept == [5, 8]
    climate = await staff_cards.card(work, StaffRole.CURATOR, "CLIMATE")
    await staff_cards.fill(work, curator, climate, None, {"CLIMATE.1": 5})
    with pytest.raises(Refusal, match="quiz-filled-already"):
        await staff_cards.fill(work, curator, climate, None, {"CLIMATE.1": 6}, revision=2)


async def test_counts_grow_by_whole_fives_so_that_one_more_answer_shows_nothing_of_itself(work: Work) -> None:
    seen = []
    for n, person in enumerate(await pupils(work, 12)):
        await answer(work, person, MID_1=10 if n == 5 else 5, MID_3="few")
        first, _, third = (await questionnaire_results.results(work, "MID", words=False)).answers[:3]
        seen.append((first.count, first.shown, first.mean, sum(count for _, count in third.options)))
    assert [shown for _, shown, *_ in seen] == [0] * 4 + [5] * 5 + [10] * 3
    assert {mean for _, shown, mean, _ in seen if shown == 5} == {5.0}
    assert [count for *_, count in seen] == [shown for _, shown, *_ in seen]


async def test_marks_before_and_after_the_work_are_left_to_their_comparison(work: Work) -> None:
    for person in await pupils(work, 6):
        given: dict[str, Value] = {"C01": 8, "C16": "no", "C18": "month"}
        await questionnaires.save(work, person, "PRE_UCH_UCH_MENTEE", 1, given, round=work.settings.year)
    found = await questionnaire_results.results(work, "PRE_UCH_UCH_MENTEE", words=True)
    by_id = {one.question.id: one for one in found.answers}
    assert (by_id["C01"].compared, by_id["C01"].mean, by_id["C01"].count) == (True, None, 6)
    assert sum(count for _, count in by_id["C01"].options) == 0
    assert by_id["C16"].compared, "who wants to be a mentor is shown before beside after (R8)"
    assert sum(count for _, count in by_id["C18"].options) == 5
