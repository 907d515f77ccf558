"""What a curator writes down on a person's card for the matching: the gender, and a wish about the mentor's."""

from __future__ import annotations

from actions import journal
from actions.matching_pool import SAME_GENDER
from actions.work import Work
from program.errors import Refusal
from storage import people

GENDERS = ("female", "male")


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


def wishes_same(preferences: dict[str, object]) -> bool:
    return bool(preferences.get(SAME_GENDER))
