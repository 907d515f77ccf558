"""«Очередь»: mentees without a pair, and what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from actions.matching_left import Left
from actions.queue import SUPPORT, InQueue
from actions.work import Work
from admin.filters import Number, OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Many, Table
from program.forms import FORMS
from program.text import Text


def built(
    work: Work, waiting: Sequence[InQueue], left: Mapping[int, Left]
) -> tuple[Table[InQueue], Source[InQueue]]:
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.forms if slug in FORMS]
    columns: list[Column[InQueue]] = [
        Column("name", "pairs-queue-who", lambda one: one.person.plain, lambda one: one.person.full_name),
        Column("class", "admin-people-class", cell=lambda one: one.person.class_name, hidden=True),
        Column(
            "form", "admin-people-form", cell=lambda one: work.settings.form_name(one.place.form), hidden=True
        ),
        Column("days", "pairs-queue-days", lambda one: one.days, lambda one: one.days),
        Column("blocks", "pairs-queue-blocks", cell=_blocks(left)),
        Column("support", "pairs-queue-support", lambda one: one.place.support, lambda one: _support(one)),
        Column("meanwhile", "pairs-queue-meanwhile"),
    ]
    table = Table(
        "queue",
        "pairs-queue",
        columns,
        [
            Words("q", "admin-people-words", fits=Words.of(lambda one: one.person.plain)),
            OneOf("form", "admin-people-form", fits=lambda one, slug: one.place.form == slug, options=forms),
            Number("days", "table-queue-days", fits=Number.of(lambda one: one.days), more=True),
            OneOf(
                "support",
                "pairs-queue-support",
                fits=lambda one, mark: (one.place.support or "none") == mark,
                options=[(mark or "none", Text(f"pairs-support-{mark or 'none'}")) for mark in SUPPORT],
                more=True,
            ),
        ],
        usual="-days",
    )
    return table, Made(waiting)


def _blocks(left: Mapping[int, Left]) -> Callable[[InQueue], Many]:
    def cell(one: InQueue) -> Many:
        if one.suggested:
            return Many([Text("pairs-queue-suggested")])
        why = left.get(one.place.id)
        if why is None:
            return Many([Text("pairs-queue-found")])
        return Many(
            [
                Text("board-left-rule", {"rule": rule, "n": count})
                for rule, count in zip(why.rules, why.counts, strict=False)
            ]
        )

    return cell


def _support(one: InQueue) -> Text:
    return Text(f"pairs-support-{one.place.support or 'none'}")
