"""What the curator decides about reports survives its JSON, and an upgrade loses no column."""

from __future__ import annotations

from program.report_settings import Column, ReportSettings, arranged

OWN = ("№", "ФИО", "Форма")


def test_what_is_as_it_comes_is_not_kept() -> None:
    own = ReportSettings()
    own = own.with_columns("t", [Column(name, name) for name in OWN], OWN).with_title("r", "База", "База")
    assert own.with_year("2026-2027", {}, {}).to_json() == {}


def test_it_comes_back_from_its_json() -> None:
    columns = [Column("Форма", "Модуль"), Column("№", "№"), Column("ФИО", "ФИО", shown=False)]
    own = ReportSettings().with_columns("t", columns, OWN).with_title("r", "Наша база", "База")
    own = own.with_year("2026-2027", {"F1": 12.5}, {"pupils_10_19": 400})
    again = ReportSettings.read(own.to_json())
    assert again == own
    assert again.title("r", "База") == "Наша база"
    assert again.totals == {"2026-2027": {"pupils_10_19": 400}}
    assert arranged([1, "Котова", "Ученик"], OWN, again.of_table("t", OWN)) == ["Ученик", 1]


def test_a_column_of_a_later_version_comes_last_and_a_lost_one_goes() -> None:
    own = ReportSettings().with_columns(
        "t", [Column("Старый", "Старый"), Column("ФИО", "Кто")], ("ФИО", "Старый")
    )
    assert [one.title for one in own.of_table("t", OWN)] == ["Кто", "№", "Форма"]


def test_a_table_is_never_without_columns() -> None:
    own = ReportSettings().with_columns("t", [Column(name, name, shown=False) for name in OWN], OWN)
    assert all(one.shown for one in own.of_table("t", OWN))
