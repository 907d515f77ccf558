"""Files that we did not write are the ones that vendor.toml names."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ADMIN = Path(__file__).parents[2] / "admin"


@pytest.mark.parametrize("folder", [ADMIN, ADMIN.parent / "actions" / "fonts"])
def test_vendored_files_are_unchanged_and_bring_their_licences(folder: Path) -> None:
    listed = tomllib.loads((folder / "vendor.toml").read_text(encoding="utf-8"))["file"]
    assert listed
    for file in listed:
        data = (folder / file["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"], file["path"]
        assert (folder / file["licence_text"]).stat().st_size > 100
        assert file["version"] in file["path"]


def test_the_theme_stays_small() -> None:
    assert len((ADMIN / "static" / "theme.css").read_bytes()) <= 3 * 1024


def test_no_template_holds_inline_styles_scripts_or_addresses_of_other_hosts() -> None:
    for template in sorted((ADMIN / "templates").rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        for forbidden in (" style=", "<style", "onclick=", "<script>", "http://", "https://"):
            assert forbidden not in text, f"{template.name}: {forbidden}"


def test_every_password_is_typed_unseen_and_may_be_pasted() -> None:
    """In every state of a page; what a browser gets is looked at in `test_every_route.py`."""
    fields = [
        (template.name, given)
        for template in sorted((ADMIN / "templates").rglob("*.html"))
        for given in re.findall(
            r"field\(\"(?:\w*password|again)\"[^{}]*", template.read_text(encoding="utf-8")
        )
    ]
    assert len(fields) >= 9
    for name, given in fields:
        assert 'type="password"' in given, name
        assert re.search(r'autocomplete="(current|new)-password"', given), name
    for script in ((ADMIN / "static").glob("*.js"), (ADMIN.parent / "bot" / "web" / "static").glob("*.js")):
        for one in script:
            assert one.name.startswith("htmx-") or "paste" not in one.read_text(encoding="utf-8"), one.name
