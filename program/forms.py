"""Forms of mentoring: who may stand on which side. Source: domain.md 1.1 (federal model, seeds 000-003)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from program.roles import Category, Side

PUPIL, TEACHER, PARENT = Category.PUPIL, Category.TEACHER, Category.PARENT
ALUMNUS, STUDENT, EMPLOYER, OTHER = Category.ALUMNUS, Category.STUDENT, Category.EMPLOYER, Category.OTHER


@dataclass(frozen=True)
class Form:
    """One form («модуль») of mentoring. Its label is the text `form-<slug with - for _>`."""

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
        return "form-" + self.slug.replace("_", "-")


def _form(
    slug: str, mentors: Iterable[Category], mentees: Iterable[Category], *, federal: bool = False
) -> Form:
    return Form(slug, frozenset(mentors), frozenset(mentees), federal)


FORMS: dict[str, Form] = {
    form.slug: form
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
}

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


_MODELS = (
    ("uch_uch.uspev_neuspev", "Успевающий – неуспевающий", "Помощь в учёбе"),
    ("uch_uch.lider_passiv", "Лидер – пассивный", "Вместе активнее"),
    ("uch_uch.lider_tihonya", "Лидер – тихоня", "Вместе смелее"),
    ("uch_uch.ravny_ravnomu", "Равный – равному", "Равный – равному"),
    ("uch_uch.adapt_neadapt", "Адаптированный – неадаптированный", "Новичок и проводник"),
    ("uch_uch.nastavnik_podopechny", "Наставник – подопечный", "Наставник – подопечный"),
    ("uch_uch.master_klass", "«Мастер-класс»", "Мастер-класс"),
    ("uch_uch.volonter_otryad", "«Волонтёрский отряд наставников»", "Отряд наставников"),
    ("uch_uch.lider_klass", "Лидер – класс", "Лидер – класс"),
    ("uch_uch.vozhaty_rebenok", "Вожатый – ребёнок", "Вожатый"),
    ("uchit_uchit.opyt_molod", "Опытный педагог – молодой специалист", "Опытный педагог – молодой специалист"),
    ("uchit_uchit.lider_problem", "Лидер педагогического сообщества – педагог, испытывающий проблемы", "Коллега – коллега"),
    ("uchit_uchit.novator_konserv", "Педагог-новатор – консервативный педагог", "Новые технологии"),
    ("uchit_uchit.predmetnik", "Опытный предметник – неопытный предметник", "Предметное наставничество"),
    ("uchit_uchit.stazhist_novichok", "Педагог-«стажист» – педагог-«новичок»", "Педагог-«стажист» – педагог-«новичок»"),
    ("uchit_uch.neuspev", "Учитель – неуспевающий ученик", "Поддержка в учёбе"),
    ("uchit_uch.odaren", "Учитель – одарённый ребёнок", "Развитие таланта"),
    ("uchit_uch.osoben", "Учитель – «особенный» ребёнок", "Индивидуальная поддержка"),
    ("uchit_uch.passiv", "Учитель – пассивный ученик", "Вместе интереснее"),
    ("uchit_uch.kommunik", "Учитель – мотивированный ученик с трудностями общения", "Смелее вместе"),
    ("stud_uch.uspev_neuspev", "Успевающий – неуспевающий", "Помощь в учёбе"),
    ("stud_uch.lider_ravnod", "Лидер – равнодушный", "Вместе активнее"),
    ("stud_uch.ravny_drugomu", "Равный – другому", "Равный – другому"),
    ("stud_uch.kurator_avtor", "Куратор – автор проекта", "Куратор проекта"),
    ("rab_uch.aktiv_potreb", "Активный профессионал – равнодушный потребитель", "Знакомство с профессией"),
    ("rab_uch.uspesh_vybor", "Успешный профессионал – ученик, выбирающий профессию", "Выбор профессии"),
    ("rab_uch.kollega", "Коллега – молодой коллега", "Совместный проект"),
    ("rab_uch.rabotodatel", "Работодатель – будущий сотрудник", "Первая стажировка"),
    ("rab_stud.aktiv_potreb", "Активный профессионал – равнодушный потребитель", "Знакомство с профессией"),
    ("rab_stud.uspesh_vybor", "Успешный профессионал – студент, выбирающий профессию", "Выбор профессии"),
    ("rab_stud.kollega", "Коллега – будущий коллега", "Совместный проект"),
    ("rab_stud.rabotodatel", "Работодатель – будущий сотрудник", "Первая стажировка"),
    ("prep_stud.talant", "Преподаватель – талантливый обучающийся", "Развитие таланта"),
)  # fmt: skip

# Source: domain.md 1.2 (seed 000 names those with counts, S000-31…33).
ROLE_MODELS: dict[str, RoleModel] = {
    slug: RoleModel(slug, slug.split(".")[0], staff, shown) for slug, staff, shown in _MODELS
}


def models_of(form: str) -> tuple[RoleModel, ...]:
    return tuple(model for model in ROLE_MODELS.values() if model.form == form)
