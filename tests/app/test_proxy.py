"""The web server in front of the programme keeps no secret address and finds parts that were made anew."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.routing import Route

from storage.database import Database
from storage.tables import School
from tests.admin.test_addresses import routes
from tests.app.test_start import a_house
from tests.reading import ROOT

CONFIG = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECRET = "a-word-that-opens-a-page"
# What nginx may write down of a request: nothing that holds more of its address than the beginning.
HARMLESS = {"remote_addr", "time_iso8601", "request_method", "section", "status", "body_bytes_sent", "request_time"}  # fmt: skip


def directives(words: str) -> str:
    return re.sub(r"#.*", "", words)


def section(path: str) -> str:
    """What the map of the configuration makes of a path."""
    (written,) = re.findall(r"map \$uri \$section \{\s+~(\S+) \$section_of_uri;\s+default /;\s+\}", CONFIG)
    found = re.match(written.replace("(?<", "(?P<"), path)
    return found["section_of_uri"] if found else "/"


async def test_no_secret_part_of_any_address_reaches_the_journal_of_nginx(
    database: Database, school: School, tmp_path: Path
) -> None:
    house = await a_house(database, tmp_path)
    walked = [one.path for one in routes(house.web)]
    walked += [one.path for one in house.web.routes if isinstance(one, Route)]
    secret = {path for path in walked if "{" in path}
    assert {"/chat/{token}", "/consent/{token}", "/my-data/{token}", "/welcome/{token}"} <= secret
    assert [path for path in walked if SECRET in section(re.sub(r"{[^}]+}", SECRET, path))] == []
    for odd in (f"//chat/{SECRET}", f"/chat/{SECRET}/../{SECRET}", SECRET, ""):
        assert SECRET not in section(odd)


def test_nginx_writes_down_only_the_beginning_of_an_address() -> None:
    words = directives(CONFIG)
    (written,) = re.findall(r"log_format nastavnik '([^']*)';", words)
    assert set(re.findall(r"\$(\w+)", written)) <= HARMLESS
    server = words[words.index("server {") :]
    # In `server`: beside the journal that nginx.conf of the system names in `http` it would be a second one.
    assert re.findall(r"access_log .*", words) == re.findall(r"access_log .*", server)
    assert re.findall(r"access_log (.*);", server) == ["/var/log/nginx/access.log nastavnik"]
    # Below crit nginx writes the whole line of the request beside each fault.
    assert re.findall(r"error_log \S+ (\w+);", server) == ["crit"]


def test_the_sample_of_the_page_writes_down_no_address() -> None:
    (sample,) = re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)
    assert "access_log off;" in sample
    assert re.findall(r"error_log \S+ (\w+);", sample) == ["crit"]


def test_nginx_looks_up_the_parts_while_it_runs() -> None:
    words = directives(CONFIG)
    assert re.search(r"resolver 127\.0\.0\.11 valid=\d+s", words)  # docker's own
    assert "set $admin admin:8000;" in words
    assert re.findall(r"proxy_pass (.*);", words) == ["http://$admin"]
