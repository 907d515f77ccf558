"""A mentee's gender and the wish for a mentor of the same: from the questionnaire, or written down on the card."""

from __future__ import annotations

from collections.abc import Mapping

from actions import journal
from actions.matching_pool import SAME_GENDER
from actions.work import Work
from program.errors import Refusal
from program.instruments import Value
from storage import people
from storage.tables import Person

GENDERS = ("female", "male")
QUESTION, SAME = "INT_ME_P.6b", "same"


async def note(work: Work, person_id: int, gender: str, same_gender: bool) -> None:
    """Writes both down. The wish is a mentee's or a guardian's; it counts where genders are known.

    Args:
        gender: one of `GENDERS`, or "" where nobody has said.

    Raises:
        Refusal: no such person in this school, no such gender, or a wish without a gender to compare with.
    """
    person = await people.lock(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("pair-unknown")
    if gender not in ("", *GENDERS):
        raise Refusal("board-gender-unknown")
    if same_gender and not gender:
        raise Refusal("board-gender-first")
    before = {"gender": person.gender, "wish": wishes_same(person.preferences)}
    kept = {name: value for name, value in person.preferences.items() if name != SAME_GENDER}
    person.gender, person.preferences = gender, kept | ({SAME_GENDER: True} if same_gender else {})
    after = {"gender": gender, "wish": same_gender}
    if after != before:
        await journal.note(work, "person.same-gender", f"person:{person.id}", before, after)


async def heard(work: Work, person: Person, answers: Mapping[str, Value]) -> None:
    """What a pupil answered about the mentor's gender; whoever skipped the question has changed nothing."""
    answer = answers.get(QUESTION)
    if answer is None:
        return
    person = await people.lock(work.session, person.id) or person
    wish, before = answer == SAME, wishes_same(person.preferences)
    if wish == before:
        return
    kept = {name: value for name, value in person.preferences.items() if name != SAME_GENDER}
    person.preferences = kept | ({SAME_GENDER: True} if wish else {})
    await journal.note(work, "person.same-gender", f"person:{person.id}", {"wish": before}, {"wish": wish})


def wishes_same(preferences: dict[str, object]) -> bool:
    return bool(preferences.get(SAME_GENDER))
