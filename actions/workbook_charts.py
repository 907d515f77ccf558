"""A native chart below its table: it is the office's own, so whoever gets the file can paste and restyle it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COLOURS = ("#14506E", "#A9CBD9", "#FFFFFF")
EDGE = "#14506E"


@dataclass(frozen=True)
class Picture:
    """Args:
    kind: bar, column or line, as the file format calls them.
    values: columns of the table that are drawn; `labels`: the column that names them.
    rows: how many rows of the table, from the first one on; totals below them are not drawn.
    stacked: parts of a whole.
    """

    title: str
    kind: str
    values: tuple[int, ...]
    rows: int
    labels: int = 0
    stacked: bool = False


def draw(book: Any, sheet: Any, name: str, picture: Picture, head: int, at: int) -> None:
    """Adds the chart.

    Args:
        name: of the sheet. head: row of the column titles. at: row at which the chart begins.
    """
    if not picture.rows:
        return
    options = {"type": picture.kind} | ({"subtype": "stacked"} if picture.stacked else {})
    chart = book.add_chart(options)
    first, last = head + 1, head + picture.rows
    for number, column in enumerate(picture.values):
        series: dict[str, Any] = {
            "name": [name, head, column],
            "categories": [name, first, picture.labels, last, picture.labels],
            "values": [name, first, column, last, column],
            "data_labels": {"value": True}
            | ({"font": {"color": "#FFFFFF"}} if picture.stacked and not number else {}),
        }
        if picture.kind == "line":
            dash = {"dash_type": "dash"} if number else {}
            series |= {"line": {"color": EDGE, "width": 2.25} | dash, "marker": {"type": "circle"}}
        else:
            series |= {"fill": {"color": COLOURS[number % 3]}, "border": {"color": EDGE}}
        chart.add_series(series)
    chart.set_title({"name": picture.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True} if len(picture.values) == 1 else {"position": "bottom"})
    if picture.kind == "bar":  # the first row on top, as in the table
        chart.set_y_axis({"reverse": True})
    tall = max(260, 60 + 34 * picture.rows) if picture.kind == "bar" else 300
    chart.set_size({"width": 720, "height": tall})
    sheet.insert_chart(at, 0, chart)
