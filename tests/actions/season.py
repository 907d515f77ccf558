"""The programme of seed 000 in rows: its published numbers, invented names. Source: domain.md 1.2, 5.3."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from actions.work import Work
from program.roles import Category, Side
from program.states import PairStatus, ParticipationStatus
from storage.tables import Pair, PairMember, Participation, Person
from tests import build

YEAR = "2026-2027"
FIRST = ("Алиса", "Тимур", "Вера", "Олег", "Лада", "Пётр", "Зоя", "Марат", "Ника", "Егор")
LETTERS = "абвгдежзиклмнопрстуф"


class Season:
    """People, participations and pairs, added to the session of `work`."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._numbers = count()

    async def people(self, number: int, category: Category, **values: object) -> list[Person]:
        made = []
        for index in range(number):
            n = next(self._numbers)
            surname = f"Ромашкин{LETTERS[n // 20 % 20]}{LETTERS[n % 20]}а"
            if category is Category.PUPIL:
                values |= {"class_name": f"{5 + n % 7}А", "birth_date": date(2010 + n % 5, 3, 5)}
            made.append(
                build.person(self.work.school, FIRST[index % 10], surname, category=category, **values)
            )
        self.work.session.add_all(made)
        await self.work.session.flush()
        return made

    async def places(self, people: list[Person], side: Side, form: str) -> list[Participation]:
        """They stand in the base; `enrolled_at` two weeks ago."""
        made = [
            build.participation(
                person,
                side,
                form,
                year=YEAR,
                status=ParticipationStatus.PAIRED,
                enrolled_at=self.work.now - timedelta(days=14),
            )
            for person in people
        ]
        self.work.session.add_all(made)
        await self.work.session.flush()
        return made

    async def pair(
        self,
        model: str,
        mentors: list[Participation],
        mentees: list[Participation],
        status: PairStatus = PairStatus.ACTIVE,
    ) -> Pair:
        """A pair; with more than two people a group."""
        pair = Pair(
            school_id=self.work.school.id,
            year=YEAR,
            form=model.split(".")[0],
            role_model=model,
            is_group=len(mentors) + len(mentees) > 2,
            status=status,
            created_at=self.work.now,
        )
        self.work.session.add(pair)
        await self.work.session.flush()
        self.work.session.add_all(
            PairMember(
                school_id=self.work.school.id,
                pair_id=pair.id,
                person_id=place.person_id,
                participation_id=place.id,
                side=place.side,
                joined_at=self.work.now,
            )
            for place in (*mentors, *mentees)
        )
        await self.work.session.flush()
        return pair


async def seed_000(work: Work) -> Season:
    """39 pairs and 5 groups: 57 pupils and 4 teachers led, by 11 pupils and 15 teachers."""
    season = Season(work)
    led = await season.people(57, Category.PUPIL)
    older = await season.places(await season.people(11, Category.PUPIL), Side.MENTOR, "uch_uch")
    younger = await season.places(led, Side.MENTEE, "uch_uch")
    await season.pair("uch_uch.lider_tihonya", older[:1], younger[:1])
    for index in range(1, 5):
        await season.pair("uch_uch.nastavnik_podopechny", [older[index]], [younger[index]])
    await season.pair("uch_uch.master_klass", older[5:7], younger[5:22])
    await season.pair("uch_uch.ravny_ravnomu", older[7:9], younger[22:39])
    await season.pair("uch_uch.volonter_otryad", older[9:], younger[39:])

    teachers = await season.places(await season.people(11, Category.TEACHER), Side.MENTOR, "uchit_uch")
    # The 37 of this form are among the 57: one person, two participations (domain.md 3.4, rule 5).
    pupils = await season.places(led[:37], Side.MENTEE, "uchit_uch")
    models = ["uchit_uch.neuspev"] * 5 + ["uchit_uch.odaren"] * 23 + ["uchit_uch.osoben"] * 2
    for index, model in enumerate(models):
        await season.pair(model, [teachers[index % 11]], [pupils[index]])
    await season.pair("uchit_uch.odaren", teachers[:1], pupils[30:34])
    await season.pair("uchit_uch.odaren", teachers[1:2], pupils[34:])

    skilled = await season.places(await season.people(4, Category.TEACHER), Side.MENTOR, "uchit_uchit")
    young = await season.places(await season.people(4, Category.TEACHER), Side.MENTEE, "uchit_uchit")
    for mentor, mentee in zip(skilled, young, strict=True):
        await season.pair("uchit_uchit.opyt_molod", [mentor], [mentee])
    return season
