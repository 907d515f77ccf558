"""«Анкеты»: what was sent, what came back, where people stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.questionnaire_results import Line
from actions.work import Work
from admin.filters import Number, OneOf, Words
from admin.listing import Made, Source
from admin.tables import Column, Many, Table
from program.instruments import Audience, Instrument
from program.text import Text


def built(
    work: Work, known: Mapping[str, Instrument], lines: Sequence[Line]
) -> tuple[Table[Line], Source[Line]]:
    def title(line: Line) -> str:
        return known[line.code].title.ru

    def meant(line: Line) -> Many:
        one = known[line.code]
        return Many(
            [Text(f"quiz-for-{one.audience}"), *(work.settings.form_name(form) for form in one.forms)]
        )

    audiences = [(one.value, Text(f"quiz-for-{one}")) for one in Audience if one is not Audience.STAFF]
    columns: list[Column[Line]] = [
        Column("title", "quiz-one", lambda line: title(line).casefold().replace("ё", "е"), title),
        Column("whom", "table-quiz-whom", cell=meant, hidden=True),
        Column("sent", "quiz-sent", lambda line: line.sent, lambda line: line.sent),
        Column("finished", "quiz-finished", lambda line: line.finished, lambda line: line.finished),
        Column(
            "stopped", "quiz-stopped", lambda line: line.worst[1] if line.worst else line.inside, _stopped
        ),
    ]
    table = Table(
        "quizzes",
        "quiz-title",
        columns,
        [
            Words("q", "quiz-one", fits=Words.of(title)),
            OneOf(
                "whom",
                "table-quiz-whom",
                fits=lambda line, whom: known[line.code].audience == whom,
                options=audiences,
            ),
            Number("finished", "quiz-finished", fits=Number.of(lambda line: line.finished), more=True),
        ],
        usual="-sent",
        personal=False,
    )
    return table, Made(lines)


def _stopped(line: Line) -> Text | None:
    if line.worst:
        return Text("quiz-stopped-at", {"number": line.worst[0], "count": line.worst[1]})
    return Text("quiz-inside", {"count": line.inside}) if line.inside else None
