"""A picture of every page of the admin at both widths, from a running demo: invented people, real pages.

    .venv/bin/python scripts/page_pictures.py http://127.0.0.1:8000 PASSWORD [--missing]

Pages are found as people find them: by the links of the pages before; then by addresses made of the numbers that those
links held. A list is loaded first, and the next school year begun where the demo's clock stands in its last months
(`POST /demo/clock {"advance": "P120D"}`). With --missing the pictures that are there stay. What could not be opened is
named at the end.
"""

from __future__ import annotations

import argparse
import base64
import os
import re
import shutil
from collections import deque
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Error, Page, sync_playwright
from screenshots import FLAGS, PATIENCE

from admin.access import RULES
from admin.application import PAGES
from locales import Texts

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pages"
WIDTHS = (1280, 360)
TALLEST = 1800  # pixels; a longer list goes on as it began
QUALITY = 20  # of WebP: words stay readable, a page takes about 25 KB
# Which account sees the pages that the curator may not open.
ACCOUNTS = ("curator", "psychologist", "teacher", "director", "coordinator")
# Pages that are asked for with words or a choice.
BESIDE = ("/find?q=Ко", "/views?page=people", "/invitations/class?class_name=8А", "/meetings/month")
PIECES = ("mailing-live", "pack-live", "help-live")  # parts that a page asks for by itself
EACH = {"year-turn": "step"}  # routes of several pages: the part of the address that tells them apart
# A list as schools have it, with what has to be put right.
LIST = """Список 8А класса;;;
Фамилия Имя Отчество;Класс;Дата рождения;Телефон родителя
Ягодкина Мария Олеговна;8А;05.03.2012;8 900 000 11 22
Снежин Пётр;8А;31.02.2012;
;8А;14.06.2012;
Лесная Анна Павловна;8А;;+7 900 000 33 44
"""
KEPT_TITLE = re.compile(r"^\| (.+?) \| \[1280\]\((.+?)-1280\.webp\)", re.MULTILINE)
TRIES = 12  # numbers of one kind that are tried


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures of every page of the admin from a running demo.")
    parser.add_argument("address", help="for example http://127.0.0.1:8000")
    parser.add_argument("password", help="of the demo's accounts; stands on the demo's page")
    parser.add_argument("--missing", action="store_true", help="only pages that have no picture yet")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    routes = pages_with_an_address()
    for old in FOLDER.glob("*.webp"):
        if not asked.missing or of_route(old.stem.rpartition("-")[0]) not in routes:
            old.unlink()
    kept = {one.stem.rpartition("-")[0] for one in FOLDER.glob("*.webp")}
    taken: dict[str, str] = {}
    known: dict[str, list[str]] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        for login in ACCOUNTS:
            walk(browser, asked.address, login, asked.password, routes, taken, kept, known)
        browser.close()
    write_list(taken, kept)
    missing = sorted(set(routes) - {of_route(name) for name in taken})
    print(f"{len(taken)} pages; not opened: {', '.join(missing) or 'none'}")  # noqa: T201


def pages_with_an_address() -> dict[str, re.Pattern[str]]:
    """Routes of pages that somebody may open, and what their addresses look like."""
    return {
        route.name: route.path_regex
        for page in PAGES
        for route in page.router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and route.name in RULES
    }


def of_route(name: str) -> str:
    """The route of a picture."""
    return next((route for route in EACH if name.startswith(f"{route}-")), name)


def set_up(page: Page, address: str) -> str:
    """Loads a list up to the look at it, and begins the next year if it may be begun; returns where the list is."""
    page.goto(f"{address}/years")
    begin = page.locator("form[action='/years/turn'] button")
    if begin.count():
        begin.first.click()
        page.wait_for_load_state()
    page.goto(f"{address}/roster")
    page.set_input_files("#file", {"name": "8А.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.locator("main .btn-primary").click()
    page.wait_for_load_state()
    action = page.locator("form[action^='/roster/']").first.get_attribute("action") or ""
    return f"{address}/roster/{action.split('/')[2]}"


def walk(
    browser: Browser, address: str, login: str, password: str,
    routes: dict[str, re.Pattern[str]], taken: dict[str, str], kept: set[str], known: dict[str, list[str]],
) -> None:  # fmt: skip
    """Opens what links lead to, each kind of page once, and takes its picture.

    Args:
        kept: pages whose pictures stay as they are.
        known: by the part of an address that names them, numbers that links have held.
    """
    page = browser.new_page(
        viewport={"width": WIDTHS[0], "height": 900}, locale="ru-RU", reduced_motion="reduce"
    )
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/login")
    page.get_by_label("Логин").fill(login)
    page.get_by_label("Пароль", exact=True).fill(password)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_load_state()
    if page.url.endswith("/login"):
        print(f"{login}: no such account in this demo")  # noqa: T201
        return
    waiting, opened = deque([page.url, *(address + path for path in BESIDE)]), set()
    if login == ACCOUNTS[0]:
        waiting.append(set_up(page, address))
    while waiting or (waiting := deque(guessed(address, routes, taken, known, opened))):
        url = waiting.popleft()
        path = urlsplit(url).path
        name, shape = next(
            ((name, shape) for name, shape in routes.items() if shape.match(path)), (None, None)
        )
        if path in opened:
            continue
        if name in EACH and shape is not None and (parts := shape.match(path)):
            name = f"{name}-{parts[EACH[name]]}"
        opened.add(path)  # also what is left out: an address that was guessed would be guessed for ever
        if name is None or name in taken or name in PIECES:
            continue
        try:
            answer = page.goto(url)
        except Error:  # the link is a file
            continue
        if answer is None or answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        taken[name] = page.title()
        if name not in kept:
            take(page, name)
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        waiting += [link for link in links if link.startswith(address)]
        note(links, address, routes, known)
    page.context.close()


def note(
    links: list[str], address: str, routes: dict[str, re.Pattern[str]], known: dict[str, list[str]]
) -> None:
    for link in links:
        path = urlsplit(link).path if link.startswith(address) else ""
        for shape in routes.values():
            for part, value in (found.groupdict() if (found := shape.match(path)) else {}).items():
                if value not in known.setdefault(part, []):
                    known[part].append(value)


def guessed(
    address: str,
    routes: dict[str, re.Pattern[str]],
    taken: dict[str, str],
    known: dict[str, list[str]],
    opened: set[str],
) -> list[str]:
    """Addresses of pages that no link leads to, made of numbers that are known; a few of each."""
    paths = {
        route.name: route.path_format
        for page in PAGES
        for route in page.router.routes
        if isinstance(route, APIRoute)
    }
    found = []
    for name in set(routes) - set(taken):
        parts = re.findall(r"{(\w+)}", paths[name])
        values = [known.get(part, [])[:TRIES] for part in parts]
        made = [paths[name].format(**dict(zip(parts, one, strict=True))) for one in product(*values)][
            : TRIES * 2
        ]
        found += [address + path for path in made if path not in opened]
    return found


def take(page: Page, name: str) -> None:
    wire = page.context.new_cdp_session(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        shot = wire.send(
            "Page.captureScreenshot",
            {
                "format": "webp", "quality": QUALITY, "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
            },
        )  # fmt: skip
        (FOLDER / f"{name}-{width}.webp").write_bytes(base64.b64decode(shot["data"]))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def write_list(taken: dict[str, str], kept: set[str]) -> None:
    """A picture that was kept keeps its title, too."""
    product_name = Texts()("admin-product")
    listed = FOLDER / "README.md"
    before = KEPT_TITLE.findall(listed.read_text(encoding="utf-8")) if listed.exists() else []
    titles = {name: title for title, name in before if (FOLDER / f"{name}-1280.webp").exists()}
    new = {name: title for name, title in taken.items() if name not in kept or name not in titles}
    titles |= {name: title.removesuffix(f" – {product_name}") for name, title in new.items()}
    lines = [
        "# Every page of the admin\n",
        "Made by `scripts/page_pictures.py` from a demo with invented people; 1280 and 360 pixels wide.\n",
        "| page | wide | phone |",
        "| --- | --- | --- |",
    ]
    for name, title in sorted(titles.items(), key=lambda one: (one[1], one[0])):
        lines.append(f"| {title} | [1280]({name}-1280.webp) | [360]({name}-360.webp) |")
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
