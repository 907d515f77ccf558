"""The web server in front of the programme keeps no secret address, finds parts that were made anew, and locks the line."""

from __future__ import annotations

import re
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from starlette.routing import Route

from bot.telegram.webhook import PATH as PATH_OF_TELEGRAM
from bot.vk.callback import PATH as PATH_OF_VK
from storage.database import Database
from storage.tables import School
from tests.admin.test_addresses import routes
from tests.app.test_start import a_house, browser
from tests.reading import ROOT

CONFIG = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECRET = "a-word-that-opens-a-page"
# What nginx may write down of a request: nothing that holds more of its address than the beginning.
HARMLESS = {"remote_addr", "time_iso8601", "request_method", "section", "status", "body_bytes_sent", "request_time"}  # fmt: skip


def directives(words: str) -> str:
    return re.sub(r"#.*", "", words)


def servers() -> tuple[str, str]:
    """What answers to http, and what answers to https."""
    plain, locked = directives(CONFIG).split("server {")[1:]
    assert re.findall(r"listen (.*);", plain + locked) == ["80", "443 ssl"]
    return plain, locked


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
    plain, server = servers()
    # In `server`: beside the journal that nginx.conf of the system names in `http` it would be a second one.
    assert re.findall(r"access_log .*", words) == re.findall(r"access_log .*", plain + server)
    assert re.findall(r"access_log (.*);", server) == ["/var/log/nginx/access.log nastavnik"]
    assert re.findall(r"access_log (.*);", plain) == ["off"]
    for one in (plain, server):
        # Below crit nginx writes the whole line of the request beside each fault.
        assert re.findall(r"error_log \S+ (\w+);", one) == ["crit"]


def test_the_sample_of_the_page_writes_down_no_address() -> None:
    (sample,) = re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)
    assert "access_log off;" in sample
    assert re.findall(r"error_log \S+ (\w+);", sample) == ["crit"]


def test_nginx_looks_up_the_parts_while_it_runs() -> None:
    words = directives(CONFIG)
    assert re.search(r"resolver 127\.0\.0\.11 valid=\d+s", words)  # docker's own
    assert "set $admin admin:8000;" in words
    assert re.findall(r"proxy_pass (.*);", words) == ["http://$admin"]


def test_nginx_speaks_the_versions_and_ciphers_of_today_only() -> None:
    plain, server = servers()
    assert re.findall(r"ssl_protocols (.*);", CONFIG) == ["TLSv1.2 TLSv1.3"]
    (ciphers,) = re.findall(r"ssl_ciphers (.*);", server)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(ciphers)
    known = context.get_ciphers()
    assert {one["name"] for one in known if one["protocol"] == "TLSv1.2"} == set(ciphers.split(":"))
    # The key of a session is made anew each time, and what is changed on the way is noticed.
    assert {(one["kea"], one["aead"]) for one in known} == {("kx-ecdhe", True), ("kx-any", True)}
    assert {one["strength_bits"] for one in known} <= {128, 256}
    assert "ssl" not in plain


async def test_people_are_led_from_http_to_https_and_programmes_are_refused(
    database: Database, school: School, tmp_path: Path
) -> None:
    """Whose telephone or platform is set up for http would never notice what it tells everybody on the way."""
    house = await a_house(database, tmp_path)
    plain, _ = servers()
    assert "proxy_pass" not in plain
    assert re.findall(r"location (.*?) \{\s+(.*?)\s+\}", plain, re.DOTALL)[0] == (
        "/", "return 301 https://$server_name$request_uri;"
    )  # fmt: skip
    (programmes,) = re.findall(r"location ~ (\S+) \{\s+return 403;\s+\}", plain)
    assert re.findall(r"location (/\S+) \{\s+(.*?)\s+\}", plain, re.DOTALL) == [
        ("/.well-known/acme-challenge/", "root /var/lib/letsencrypt;")
    ]
    assert plain.count("location") == 3
    every = {re.sub(r"{[^}]+}", SECRET, one.path) for one in routes(house.web)} | {
        PATH_OF_VK,
        PATH_OF_TELEGRAM,
    }
    refused = {path for path in every if re.match(programmes, path)}
    assert refused == {
        PATH_OF_TELEGRAM, PATH_OF_VK, f"/calendar/{SECRET}.ics", "/metrics", "/livez", "/readyz"
    }  # fmt: skip
    assert {"/", "/login", f"/chat/{SECRET}", f"/consent/{SECRET}"} <= every - refused


async def test_nginx_lets_the_word_pass_that_only_https_is_to_be_used(
    database: Database, school: School, tmp_path: Path
) -> None:
    """The programme says it: a second one of nginx's own would make browsers take neither, or the shorter."""
    assert "proxy_hide_header" not in directives(CONFIG)
    assert "add_header" not in directives(CONFIG)
    (address,) = re.findall(r"NASTAVNIK_PUBLIC_URL: (\S+)", COMPOSE)
    assert re.findall(r"server_name (\S+);", CONFIG) == [urlsplit(address).netloc] * 2
    house = await a_house(database, tmp_path, PUBLIC_URL=address)
    async with browser(house) as outside:
        assert (await outside.get("/login")).headers["Strict-Transport-Security"] == "max-age=31536000"
    (ports,) = re.findall(r"ports: (\[.*\])", COMPOSE)
    assert ports == '["443:443", "80:80"]'
