"""The table of contents of a pack, and what is not in it, with the reason and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.work import Work
from actions.workbook import Page, Remark, Value, workbook
from locales import Texts
from program.packs import Wanted
from program.periods import WHOLE, period
from program.text import Arg, Text
from storage.tables import PackFile

say = Texts()


def contents(work: Work, wanted: Wanted, files: Sequence[PackFile], made_at: datetime) -> bytes:
    """The .xlsx: the same files give the same bytes.

    Args:
        files: of the whole pack, in its order, all of them settled but this one.
    """
    inside = [one for one in files if not one.why and one.ready]
    missing = {
        (one.thing, one.why): one for one in files if one.why
    }.values()  # as Word and PDF it is one paper
    rows: list[Sequence[Value]] = []
    for number, one in enumerate(inside, 1):
        folder, _, name = one.name.rpartition("/")
        told = _t("personal-yes") if one.personal else _t("personal-no")
        rows.append((number, folder, one.title, one.about, name, told, max(1, round(one.size / 1024))))
    out: list[Sequence[Value]] = [
        (number, one.title, one.about, one.why) for number, one in enumerate(missing, 1)
    ]
    of = period(wanted.year, wanted.part)
    lines = [
        ", ".join(part for part in (work.school.name, work.school.city) if part),
        _t("contents-year", year=wanted.year.replace("-", "–"))
        + ("" if of.code == WHOLE else f", {of.first:%d.%m.%Y} – {of.last:%d.%m.%Y}"),
        _t("contents-made", day=f"{wanted.on:%d.%m.%Y}"),
        say(Text("report-footer-personal")),
    ]
    nothing = [] if out else [Remark(_t("contents-whole"))]
    found = [
        Page(
            _t("contents"), [_t(f"col-{name}") for name in ("number", "folder", "title", "about", "file", "personal", "size")],
            rows, title=_t("contents"), lines=lines, personal=True, keep=1, widths=(6, 30, 44, 44, 52, 16, 10),
        ),
        Page(
            _t("missing"), [_t(f"col-{name}") for name in ("number", "title", "about", "why")], out,
            title=_t("missing"), lines=[*lines, _t("missing-lead")], remarks=[*nothing, Remark(_t("never")), Remark(_t("codes"))], personal=True,
            keep=1, widths=(6, 44, 44, 80),
        ),
    ]  # fmt: skip
    return workbook(found, made_at)


def _t(key: str, **args: Arg) -> str:
    return say(Text(f"pack-{key}", args))
