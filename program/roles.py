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


class StaffRole(StrEnum):
    """Accounts of the admin (contract, section 2)."""

    CURATOR = "curator"
    DIRECTOR = "director"
    CLASS_TEACHER = "class_teacher"
    PSYCHOLOGIST = "psychologist"
    MUNICIPAL_COORDINATOR = "municipal_coordinator"
    SYSADMIN = "sysadmin"
    AUDITOR = "auditor"
