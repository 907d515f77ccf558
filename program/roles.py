"""Who people are in the programme, and who may do what in the admin. Source: domain.md 0.3."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """The two sides of a pair. One person may stand on both, in different forms."""

    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> Side:
        return Side.MENTEE if self is Side.MENTOR else Side.MENTOR


class Category(StrEnum):
    """What a person is to the school, apart from the programme."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    PARENT = "parent"
    ALUMNUS = "alumnus"
    STUDENT = "student"
    EMPLOYER = "employer"
    OTHER = "other"


class PersonState(StrEnum):
    """How much of a person the school may keep.

    VISITOR: somebody opened the chat; nothing but the address is kept, and it is purged.
    INVITED: on the school's own list, has not answered yet. ACTIVE: joined.
    FROZEN: consent withdrawn, the clock of deletion runs. ERASED: only counts are left.
    """

    VISITOR = "visitor"
    INVITED = "invited"
    ACTIVE = "active"
    FROZEN = "frozen"
    ERASED = "erased"


NOT_JOINED = (PersonState.VISITOR, PersonState.INVITED)


class StaffRole(StrEnum):
    """Accounts of the admin (contract, section 2)."""

    CURATOR = "curator"
    DIRECTOR = "director"
    CLASS_TEACHER = "class_teacher"
    PSYCHOLOGIST = "psychologist"
    MUNICIPAL_COORDINATOR = "municipal_coordinator"
    SITE_EDITOR = "site_editor"
    EVALUATOR = "evaluator"  # of another organisation: numbers without names, until a day
    SYSADMIN = "sysadmin"
    AUDITOR = "auditor"


_ORDINARY = frozenset({
    StaffRole.CURATOR, StaffRole.DIRECTOR, StaffRole.CLASS_TEACHER, StaffRole.SITE_EDITOR, StaffRole.EVALUATOR,
    StaffRole.AUDITOR,
})  # fmt: skip
# Whose accounts one may make, close and let back in. Not the psychologist's for the curator: the closed notes would
# be closed no more. The coordinator sees other schools, so no school gives that account: the command line does.
_GIVES = {
    StaffRole.CURATOR: _ORDINARY,
    StaffRole.SYSADMIN: _ORDINARY | {StaffRole.PSYCHOLOGIST, StaffRole.SYSADMIN},
}
ENDING = frozenset({StaffRole.EVALUATOR})  # whose access has a last day from the beginning


def gives(role: StaffRole) -> frozenset[StaffRole]:
    """The roles whose accounts this role looks after."""
    return _GIVES.get(role, frozenset())
