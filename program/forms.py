"""Forms of mentoring: who may stand on which side. Source: domain.md 1.1 (federal model, seeds 000-003).

A school may add its own («олимпиадный клуб»). Its slug names the nearest shipped form, «uchit_uch.own1», and from
that one it has all that a form needs: who leads whom, questionnaires, the mentors' checklist, ways of matching. What
the school calls it stands in its settings (`SchoolSettings.form_names`); a report counts it in a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from program.directories import Directory, shipped
from program.roles import Category, Side

PUPIL, TEACHER, PARENT = Category.PUPIL, Category.TEACHER, Category.PARENT
ALUMNUS, STUDENT, EMPLOYER, OTHER = Category.ALUMNUS, Category.STUDENT, Category.EMPLOYER, Category.OTHER


@dataclass(frozen=True)
class Form:
    """One form («модуль») of mentoring. Words for it: `SchoolSettings.form_name`."""

    slug: str
    mentors: frozenset[Category]
    mentees: frozenset[Category]
    federal: bool = False

    def side_of(self, category: Category) -> tuple[Side, ...]:
        """The sides a person of this category may take in this form."""
        sides = []
        if category in self.mentors:
            sides.append(Side.MENTOR)
        if category in self.mentees:
            sides.append(Side.MENTEE)
        return tuple(sides)

    @property
    def text(self) -> str:
        """Id of the shipped name; of the nearest form for a school's own."""
        return "form-" + base_of(self.slug).replace("_", "-")


def _form(
    slug: str, mentors: Iterable[Category], mentees: Iterable[Category], *, federal: bool = False
) -> Form:
    return Form(slug, frozenset(mentors), frozenset(mentees), federal)


_OWN = re.compile(r"([a-z_]+)\.own[1-9]\d{0,3}")


def base_of(slug: str) -> str:
    """The shipped form that stands behind a school's own; a shipped one stands for itself."""
    return slug.partition(".")[0]


class _Forms(dict[str, Form]):
    """Shipped forms in their order; a school's own are found by their slugs, but not listed: see its settings."""

    def __contains__(self, slug: object) -> bool:
        if super().__contains__(slug):
            return True
        own = _OWN.fullmatch(slug) if isinstance(slug, str) else None
        return own is not None and super().__contains__(own[1])

    def __missing__(self, slug: str) -> Form:
        if slug not in self:
            raise KeyError(slug)
        return replace(self[base_of(slug)], slug=slug, federal=False)


FORMS: dict[str, Form] = _Forms(
    (form.slug, form)
    for form in (
        _form("uch_uch", [PUPIL], [PUPIL], federal=True),
        _form("uchit_uchit", [TEACHER], [TEACHER], federal=True),
        _form("uchit_uch", [TEACHER], [PUPIL]),
        _form("stud_uch", [STUDENT], [PUPIL], federal=True),
        _form("rab_uch", [EMPLOYER], [PUPIL], federal=True),
        _form("rab_stud", [EMPLOYER], [STUDENT], federal=True),
        _form("stud_stud", [STUDENT], [STUDENT]),
        _form("prep_stud", [TEACHER], [STUDENT]),
        _form("spec_uch", [EMPLOYER, OTHER], [PUPIL]),
        _form("vyp_uch", [ALUMNUS], [PUPIL]),
        _form("rod_uch", [PARENT], [PUPIL]),
        _form("ruk_uchit", [TEACHER], [TEACHER]),
        _form("vuz_uchit", [TEACHER, OTHER], [TEACHER]),
        _form("partner_uchit", [EMPLOYER, OTHER], [TEACHER]),
    )
)

# What a school that has just been made offers; the curator changes it in the settings.
DEFAULT_FORMS = ("uch_uch", "uchit_uchit", "uchit_uch", "rab_uch", "vyp_uch")


def open_to(category: Category, side: Side, enabled: Iterable[str]) -> tuple[Form, ...]:
    """The enabled forms in which a person of this category may take this side, in the school's order."""
    return tuple(FORMS[slug] for slug in enabled if slug in FORMS and side in FORMS[slug].side_of(category))


@dataclass(frozen=True)
class RoleModel:
    """A variant of a form. `staff` wording may hurt and never leaves the admin; `shown` is for participants."""

    slug: str
    form: str
    staff: str
    shown: str


# Source: domain.md 1.2 (seed 000 names those with counts, S000-31…33); a school adds its own to the directory.
ROLE_MODELS: dict[str, RoleModel] = {
    entry.slug: RoleModel(entry.slug, entry.parent, entry.label.ru, entry.shown.ru)
    for entry in shipped(Directory.ROLE_MODEL)
}


def models_of(form: str) -> tuple[RoleModel, ...]:
    return tuple(model for model in ROLE_MODELS.values() if model.form == form)
