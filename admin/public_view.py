"""What the public page shows: its pictures and words."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from actions import charts
from actions.charts import Chart, Row, Series, number
from actions.public_page import View
from admin.show import version
from locales import Texts, dates


def pictures(t: Texts, view: View) -> list[Chart]:
    found = []
    if len(view.lines) > 1:
        found.append(_forms(t, view))
    if len(view.months) > 1:
        found.append(_months(t, view))
    return found


def words(view: View) -> dict[str, Any]:
    return {
        "public_version": version("public.css"),
        "number": number,
        "full_day": lambda day: f"{dates.day(day)} {day.year}",
        "month": dates.month,
    }


def plain(t: Texts, view: View, page_url: str) -> Markup:
    """Numbers alone as HTML to paste where frames are not allowed: no pictures, no people, a date and the way here."""
    rows = [
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            t(line.form), *(number(one) if one else "–" for one in (line.mentors, line.mentees, line.pairs))
        )
        for line in view.lines
    ]
    heads = [t(f"site-column-{name}") for name in ("form", "mentors", "mentees", "pairs")]
    return Markup(
        '<h2>{}</h2>\n<p>{}</p>\n<table>\n<tr>{}</tr>\n{}\n</table>\n<p>{}</p>\n<p><a href="{}">{}</a></p>'
    ).format(
        t("site-title"),
        f"{view.school}, {t('site-year', year=view.year.replace('-', '–'))}",
        Markup("").join(Markup("<th>{}</th>").format(name) for name in heads),
        Markup("\n").join(rows),
        t("site-as-of", day=f"{dates.day(view.changed)} {view.changed.year}"),
        page_url,
        escape(t("site-more")),
    )


def _forms(t: Texts, view: View) -> Chart:
    names = [t(line.form) for line in view.lines]
    columns = (
        Series(t("site-column-mentees"), [line.mentees for line in view.lines]),
        Series(t("site-column-mentors"), [line.mentors for line in view.lines]),
    )
    most = max(view.lines, key=lambda line: line.mentees + line.mentors)
    return Chart(
        "public-forms",
        t("site-forms"),
        t("site-said-forms", form=most.form),
        charts.bars("public-forms", names, columns),
        (t("site-column-form"), *(one.name for one in columns), t("site-column-pairs")),
        tuple(
            Row(name, tuple(number(one) if one else "–" for one in (line.mentees, line.mentors, line.pairs)))
            for name, line in zip(names, view.lines, strict=True)
        ),
    )


def _months(t: Texts, view: View) -> Chart:
    met = [count for _, count in view.months]
    return Chart(
        "public-months",
        t("site-months"),
        t("site-said-months", count=sum(met)),
        charts.columns("public-months", [dates.short_month(day) for day, _ in view.months], met),
        (t("site-column-month"), t("site-column-meetings")),
        tuple(Row(dates.month(day), (number(count),)) for day, count in view.months),
    )
